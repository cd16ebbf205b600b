//! Promises: `WHAT; by TIME; WHO [; agreed TIME]`, in headers and in the task list of a review.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::decode::Lines;
use super::header_lines::trimmed;
use super::keywords::{Keywords, Phrase, plain};
use super::moment::{Moment, end_of_day};
use super::{Promise, Settlement, Task, Update};
use crate::config::faults::Faults;
use crate::config::rules::{BAD_PROMISE, BAD_TIME};
use crate::text::{Span, Spanned};

const FORM: &str = "Write `WHAT; by 2027-01-31; WHO`.";

/// What a promise is read against.
#[derive(Clone, Copy)]
pub(super) struct PromiseReader<'a> {
    pub(super) keywords: &'a Keywords,
    pub(super) zone: &'a TimeZone,
    /// Time of the update's heading.
    pub(super) heading: Timestamp,
}

/// A promise as read, with the `done` of a task.
struct Parsed {
    promise: Promise,
    done: Option<Date>,
}

impl PromiseReader<'_> {
    /// Reads the value of `Promise:`. `None` where it cannot be one; the findings say why.
    pub(super) fn promise(self, text: &str, span: Span, faults: &mut Faults<'_>) -> Option<Promise> {
        let parsed = self.parse(text, span, faults)?;
        if let Some(done) = parsed.done {
            faults.error(
                BAD_PROMISE,
                span,
                format!("A promise in a header is not done on {done} when it is made."),
                "Leave `done` out; say `Kept:` in a later update.",
            );
        }
        Some(parsed.promise)
    }

    /// Reads the tasks in the list items of a section.
    pub(super) fn tasks(self, source: &str, section: Span, faults: &mut Faults<'_>) -> Vec<Task> {
        let (items, stray) = items(source, section);
        for line in stray {
            faults.error(
                BAD_PROMISE,
                line,
                "This task is not in the list, so nobody will follow it up.",
                "Begin the line with `- [ ] ` or `- [x] `.",
            );
        }
        items.into_iter().filter_map(|item| self.task(source, item, faults)).collect()
    }

    fn task(self, source: &str, span: Span, faults: &mut Faults<'_>) -> Option<Task> {
        let words = span.of(source).split_whitespace().collect::<Vec<_>>().join(" ");
        let (boxed, text) = ["[ ]", "[x]", "[X]"]
            .into_iter()
            .find_map(|mark| Some((mark, words.strip_prefix(mark)?)))
            .unzip();
        let Some(text) = text else {
            faults.warning(
                BAD_PROMISE,
                span,
                "This change has no box, so nobody can see whether it is done.",
                "Write `- [ ] WHAT; by 2027-01-31; WHO`.",
            );
            return None;
        };
        let parsed = self.parse(text.trim(), span, faults)?;
        let ticked = boxed != Some("[ ]");
        if parsed.done.is_some() && !ticked {
            faults.warning(BAD_PROMISE, span, "It is done, and its box is empty.", "Write `- [x]`.");
        }
        Some(Task { promise: parsed.promise, done: parsed.done, ticked, span })
    }

    fn parse(self, text: &str, span: Span, faults: &mut Faults<'_>) -> Option<Parsed> {
        let parts: Vec<&str> = text.split([';', '؛']).map(str::trim).collect();
        // A semicolon within WHAT is fine: the promise is what stands before the first part that begins with `by TIME`.
        let by =
            (1..parts.len()).find_map(|index| Some((index, self.keywords.after(Phrase::By, parts[index])?)));
        let Some((index, time)) = by else {
            faults.error(BAD_PROMISE, span, "This promise has no time by which it will be kept.", FORM);
            return None;
        };
        let what = parts[..index].join("; ");
        let (by, whole_day) = self.time(time, span, faults)?;
        let mut promise = Promise { what, by, whole_day, who: String::new(), agreed: None };
        let mut done = None;
        for part in parts[index + 1..].iter().filter(|part| !part.is_empty()) {
            if let Some(time) = self.keywords.after(Phrase::Agreed, part) {
                promise.agreed = self.agreed(time, span, faults);
            } else if let Some(date) = self.keywords.after(Phrase::Done, part) {
                done = date.trim().parse().ok();
                if done.is_none() {
                    faults.withhold(
                        BAD_TIME,
                        span,
                        format!("“{date}” is not a date."),
                        "Write `done 2026-12-03`.",
                    );
                }
            } else if promise.who.is_empty() {
                promise.who = (*part).to_owned();
            } else {
                faults.error(BAD_PROMISE, span, format!("“{part}” is too much here."), FORM);
            }
        }
        if promise.what.is_empty() {
            faults.error(BAD_PROMISE, span, "This promise does not say what is promised.", FORM);
            return None;
        }
        if promise.who.is_empty() {
            faults.error(BAD_PROMISE, span, "This promise does not say who will keep it.", FORM);
        }
        Some(Parsed { promise, done })
    }

    /// A time, or a date alone, which is the end of that day.
    fn time(self, text: &str, span: Span, faults: &mut Faults<'_>) -> Option<(Timestamp, bool)> {
        let read = Moment::read(text).and_then(|moment| match (moment.date, moment.time) {
            (Some(date), None) => Ok((end_of_day(date, self.zone), true)),
            _ => moment.after(self.heading, self.zone).map(|at| (Some(at), false)),
        });
        match read {
            Ok((at, whole_day)) => Some((at?, whole_day)),
            Err(trouble) => {
                faults.withhold(BAD_TIME, span, trouble.message, trouble.help);
                None
            }
        }
    }

    fn agreed(self, text: &str, span: Span, faults: &mut Faults<'_>) -> Option<Timestamp> {
        match Moment::read(text).and_then(|moment| moment.before(self.heading, self.zone)) {
            Ok(at) => Some(at),
            Err(trouble) => {
                faults.withhold(BAD_TIME, span, trouble.message, trouble.help);
                None
            }
        }
    }
}

/// The list items of a section, marks left out, continuation lines included; and lines with a box that are none.
fn items(source: &str, section: Span) -> (Vec<Span>, Vec<Span>) {
    let (mut items, mut stray): (Vec<Span>, Vec<Span>) = (Vec::new(), Vec::new());
    let mut open = false;
    for line in Lines::of(source, section) {
        let words = trimmed(source, line);
        let said = words.of(source);
        let outer = words.start - line.start <= 3;
        let number = said.trim_start_matches(|c: char| c.is_ascii_digit());
        let mark = said
            .strip_prefix(['-', '*', '+'])
            .or_else(|| number.strip_prefix(['.', ')']).filter(|_| number.len() < said.len()));
        match mark.filter(|rest| outer && rest.starts_with([' ', '\t'])) {
            Some(rest) => {
                items.push(trimmed(source, Span::new(words.end - rest.len(), words.end)));
                open = true;
            }
            None if open && !said.is_empty() && words.start > line.start => {
                if let Some(item) = items.last_mut() {
                    item.end = words.end;
                }
            }
            None => {
                open = false;
                let start = &said[..said.floor_char_boundary(BOX)];
                stray.extend((start.contains('[') && start.contains(']')).then_some(words));
            }
        }
    }
    (items, stray)
}

/// How many bytes into a line a box stands.
const BOX: usize = 8;

/// How many promises a finding names.
const NAMED: usize = 5;

/// Reports each `Kept` and `Withdrawn` that names no open promise, or more than one. `updates` are in order of time.
pub(super) fn check_settlements(updates: &[Update], faults: &mut Faults<'_>) {
    // By folded words, so that the promises that begin with some words stand together.
    let mut open: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for update in updates {
        faults.update = Some(update.at);
        for settlement in update.header.kept.iter().chain(&update.header.withdrawn) {
            settle(settlement, &mut open, faults);
        }
        let tasks = update.tasks.iter().filter(|task| !task.ticked).map(|task| &task.promise);
        for promise in update.header.promises.iter().map(|promise| &promise.value).chain(tasks) {
            open.entry(plain(&promise.what)).or_default().push(&promise.what);
        }
    }
    faults.update = None;
}

fn settle(settlement: &Spanned<Settlement>, open: &mut BTreeMap<String, Vec<&str>>, faults: &mut Faults<'_>) {
    let words = plain(&settlement.words);
    let named = |what: &&str| format!("“{what}”");
    let fits: Vec<(String, &str)> = open
        .range(words.clone()..)
        .take_while(|(what, _)| !words.is_empty() && what.starts_with(&words))
        .flat_map(|(key, same)| same.iter().map(|what| (key.clone(), *what)))
        .take(NAMED)
        .collect();
    match &fits[..] {
        [(only, _)] => {
            open.remove(only);
        }
        [] => {
            let list: Vec<_> = open.values().flatten().take(NAMED).map(named).collect();
            let help = if list.is_empty() {
                "No promise is open here. Say what is done in the text.".to_owned()
            } else {
                format!("Write the first words of one of these: {}.", list.join(", "))
            };
            faults.error(
                BAD_PROMISE,
                settlement.span,
                format!("“{}” is no open promise.", settlement.words),
                help,
            );
        }
        several => {
            let list: Vec<_> = several.iter().map(|(_, what)| named(what)).collect();
            faults.error(
                BAD_PROMISE,
                settlement.span,
                format!("“{}” could be {}.", settlement.words, list.join(" or ")),
                "Write more of its words, enough for one only.",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{at, front, read, told, under_heading};

    fn promise(line: &str) -> String {
        let (update, told) = under_heading(&format!("Promise: {line}"));
        match update.header.promises.first() {
            Some(promise) if told.is_empty() => {
                let agreed = promise.agreed.map(|agreed| format!(" agreed {agreed}")).unwrap_or_default();
                format!("{}|{}|{}{agreed}", promise.what, promise.by, promise.who)
            }
            _ => told.join("\n"),
        }
    }

    #[test]
    fn a_promise_is_what_by_when_and_who() {
        assert_eq!(
            promise("Bottled water; by 20:00; Dana Osei"),
            "Bottled water|2026-11-21T20:00:00Z|Dana Osei"
        );
        assert_eq!(
            promise("Buses run; by 2026-11-23 06:00; Northline; agreed 13:40"),
            "Buses run|2026-11-23T06:00:00Z|Northline agreed 2026-11-21T13:40:00Z"
        );
        // A semicolon within what is promised.
        assert_eq!(promise("Water; and tea; by 20:00; Dana"), "Water; and tea|2026-11-21T20:00:00Z|Dana");
        assert!(promise("Bottled water; 20:00; Dana").starts_with("bad-promise"));
        assert!(promise("Bottled water; by 20:00").contains("does not say who will keep it"));
        assert!(promise("Bottled water; by soon; Dana").starts_with("bad-time!"));
        assert!(promise("Bottled water; by 20:00; Dana; Luis").contains("“Luis” is too much here"));
    }

    fn review(list: &str) -> (Vec<String>, Vec<String>) {
        let text = format!(
            "{}## 2026-11-21 14:10 Resolved\n\nx\n\n## 2026-11-28 10:00 Review\n\n### What we are changing\n\n{list}",
            front("")
        );
        let read = read(&text);
        let tasks = read.value.unwrap().updates.remove(1).tasks;
        let said = tasks.iter().map(|task| {
            let promise = &task.promise;
            format!("{}|{}|{}|{:?}|{}", promise.what, promise.by, promise.who, task.done, task.ticked)
        });
        (said.collect(), told(&read.findings))
    }

    #[test]
    fn the_tasks_of_a_review_are_promises_with_boxes() {
        let (tasks, told) = review(
            "- [ ] Fit pressure\n  alarms; by 2027-01-31; Luis Marin\n* [x] Publish the list; by 2026-12-05; Dana; done 2026-12-03\n",
        );
        assert_eq!(told, [""; 0]);
        assert_eq!(
            tasks,
            [
                "Fit pressure alarms|2027-01-31T23:59:59Z|Luis Marin|None|false",
                "Publish the list|2026-12-05T23:59:59Z|Dana|Some(2026-12-03)|true"
            ]
        );
        let (tasks, told) =
            review("- Train people\n- [ ] Train more\n- [ ] C; by 2027-01-01; D; done 2026-12-01\n");
        assert_eq!(tasks.len(), 1);
        assert!(told[0].starts_with("bad-promise \"Train people\": This change has no box"), "{told:?}");
        assert!(told[1].starts_with("bad-promise \"[ ] Train more\": This promise has no time"), "{told:?}");
        assert!(told[2].contains("It is done, and its box is empty."), "{told:?}");
    }

    #[test]
    fn kept_and_withdrawn_name_one_open_promise_by_its_first_words() {
        let settled = |line: &str| {
            let text = format!(
                "{}## 2026-11-21 14:10 Identified\nPromise: Water at Norwood; by 20:00; X\nPromise: Water at the mall; by 20:00; X\n\nx\n\n\
                 ## 2026-11-21 15:10 Identified\n{line}\n\ny\n",
                front("")
            );
            told(&read(&text).findings).join("\n")
        };
        assert_eq!(settled("Kept: water at  norwood"), "");
        assert_eq!(settled("Withdrawn: Water at the because it is closed"), "");
        assert!(
            settled("Kept: Water").contains("“Water” could be “Water at Norwood” or “Water at the mall”.")
        );
        assert!(
            settled("Kept: Tea").contains("“Tea” is no open promise. Write the first words of one of these:")
        );
        assert!(settled("Kept: Water at Norwood\nKept: Water at Norwood").contains("is no open promise"));
    }

    #[test]
    fn a_task_of_a_review_can_be_kept_later() {
        let text = format!(
            "{}## 2026-11-21 14:10 Review\n\n### What we are changing\n\n- [ ] Fit alarms; by 2027-01-31; X\n\n\
             ## 2027-01-10 09:00 Review\nKept: Fit alarms\n",
            front("")
        );
        let read = read(&text);
        assert_eq!(told(&read.findings), [""; 0]);
        assert_eq!(read.value.unwrap().updates[1].at, at("2027-01-10T09:00:00Z"));
    }
}
