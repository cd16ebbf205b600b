//! Promises: `WHAT; by TIME; WHO [; agreed TIME]`, in headers and in the task list of a review.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::decode::Lines;
use super::header_lines::trimmed;
use super::keywords::{Keywords, Phrase, plain};
use super::moment::{Moment, end_of_day};
use super::{Promise, Task, Update};
use crate::config::faults::Faults;
use crate::config::rules::{BAD_PROMISE, BAD_TIME};
use crate::text::Span;

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
        items(source, section).into_iter().filter_map(|item| self.task(source, item, faults)).collect()
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
        let parts: Vec<&str> = text.split(';').map(str::trim).collect();
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

/// The list items of a section, marks left out, continuation lines included.
fn items(source: &str, section: Span) -> Vec<Span> {
    let mut items: Vec<Span> = Vec::new();
    let mut open = false;
    for line in Lines::of(source, section) {
        let words = trimmed(source, line);
        let said = words.of(source);
        let outer = words.start - line.start <= 3;
        let mark = said.strip_prefix(['-', '*', '+']).or_else(|| {
            said.trim_start_matches(|c: char| c.is_ascii_digit())
                .strip_prefix(['.', ')'])
                .filter(|_| said.starts_with(|c: char| c.is_ascii_digit()))
        });
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
            None => open = false,
        }
    }
    items
}

/// Reports each `Kept` and `Withdrawn` that names no open promise, or more than one. `updates` are in order of time.
pub(super) fn check_settlements(updates: &[Update], faults: &mut Faults<'_>) {
    let mut open: Vec<(&str, String)> = Vec::new();
    for update in updates {
        faults.update = Some(update.at);
        for settlement in update.header.kept.iter().chain(&update.header.withdrawn) {
            let words = plain(&settlement.words);
            let fits: Vec<usize> = (0..open.len())
                .filter(|index| !words.is_empty() && open[*index].1.starts_with(&words))
                .collect();
            match fits[..] {
                [only] => {
                    open.remove(only);
                }
                [] => {
                    let help = if open.is_empty() {
                        "No promise is open here. Say what is done in the text.".to_owned()
                    } else {
                        let list: Vec<_> = open.iter().map(|(what, _)| format!("“{what}”")).collect();
                        format!("Write the first words of one of these: {}.", list.join(", "))
                    };
                    faults.error(
                        BAD_PROMISE,
                        settlement.span,
                        format!("“{}” is no open promise.", settlement.words),
                        help,
                    );
                }
                _ => {
                    let list: Vec<_> = fits.iter().map(|index| format!("“{}”", open[*index].0)).collect();
                    faults.error(
                        BAD_PROMISE,
                        settlement.span,
                        format!("“{}” could be {}.", settlement.words, list.join(" or ")),
                        "Write more of its words, enough for one only.",
                    );
                }
            }
        }
        let tasks = update.tasks.iter().filter(|task| !task.ticked).map(|task| &task.promise);
        let promised = update.header.promises.iter().map(|promise| &promise.value).chain(tasks);
        open.extend(promised.map(|promise| (promise.what.as_str(), plain(&promise.what))));
    }
    faults.update = None;
}
