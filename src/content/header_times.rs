//! The lines of a header that hold times.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::header_lines::Text;
use super::header_values::HeaderReader;
use super::keywords::Phrase;
use super::moment::{Moment, Trouble};
use super::{ExpectedFix, NextUpdate, Window};
use crate::config::faults::Faults;
use crate::config::rules::{BAD_TIME, REASON_MISSING, TIME_ORDER};
use crate::text::Span;

impl HeaderReader<'_> {
    /// `TIME [because REASON]`.
    pub(super) fn next_update(self, text: &Text<'_>, faults: &mut Faults<'_>) -> Option<NextUpdate> {
        let (time, reason) = self.because(&text.words);
        let moment = self.moment(time, text, faults)?;
        let at = self.resolve(moment, text.place(time), faults)?;
        if at <= self.at {
            faults.withhold(
                TIME_ORDER,
                text.place(time),
                "The next update would come before this one.",
                "Write a time after the time of the heading.",
            );
            return None;
        }
        Some(NextUpdate { at, because: reason.filter(|reason| !reason.is_empty()).map(str::to_owned) })
    }

    /// `TIME because REASON` or `not known because REASON`.
    pub(super) fn expected_fix(self, text: &Text<'_>, faults: &mut Faults<'_>) -> Option<ExpectedFix> {
        let (time, reason) = self.because(&text.words);
        let at = if self.keywords.is(Phrase::NotKnown, time) {
            None
        } else {
            let moment = self.moment(time, text, faults)?;
            Some(self.resolve(moment, text.place(time), faults)?)
        };
        let because = reason.unwrap_or_default().to_owned();
        if because.is_empty() {
            let help = if at.is_some() {
                format!("Write how you know: `{time} because the replacement pipe is on site`.")
            } else {
                "Write why: `not known because the crew has not yet found the break`.".to_owned()
            };
            faults.error(REASON_MISSING, text.span, "This expected fix gives no reason.", help);
        }
        // A fix that was expected before the update is left to the rule `eta-in-past`, which knows the whole update.
        Some(ExpectedFix { at, because })
    }

    /// `TIME, WHAT WAS WRONG`: the time of an earlier statement.
    pub(super) fn corrected(self, text: &Text<'_>, faults: &mut Faults<'_>) -> Option<(Timestamp, String)> {
        let (time, what) = text.words.split_once(',').unwrap_or((text.words.as_ref(), ""));
        let (time, what) = (time.trim(), what.trim());
        if what.is_empty() {
            faults.error(
                REASON_MISSING,
                text.span,
                "This does not say what was wrong.",
                "Write it behind a comma: `Corrects: 14:10, we said 1,200 homes; it is about 1,900`.",
            );
        }
        let moment = self.moment(time, text, faults)?;
        let at = match self.statement_at(moment) {
            Ok(at) => at,
            Err(trouble) => {
                faults.withhold(BAD_TIME, text.place(time), trouble.message, trouble.help);
                return None;
            }
        };
        if !self.said.contains(at) || at >= self.at {
            faults.warning(
                BAD_TIME,
                text.place(time),
                format!("No earlier update in this file has the time {time}."),
                "Write the time of the heading that is corrected. For a holding update, which is in no file, this is right as it is.",
            );
        }
        Some((at, what.to_owned()))
    }

    /// The statement meant by a time: the one heading before this one that has it, else its latest occurrence.
    fn statement_at(self, moment: Moment) -> Result<Timestamp, Trouble> {
        let zone = &self.around.settings.zone;
        if let (None, Some(time)) = (moment.date, moment.time) {
            match self.said.at_clock(time, moment.offset, self.at)[..] {
                [only] => return Ok(only),
                [] => {}
                [first, ..] => {
                    let first = first.to_zoned(moment.offset.map_or_else(|| zone.clone(), TimeZone::fixed));
                    return Err(Trouble {
                        message: format!("More than one update was made at {}.", first.strftime("%H:%M")),
                        help: format!("Write the date too, such as `{}`.", first.strftime("%Y-%m-%d %H:%M")),
                    });
                }
            }
        }
        moment.before(self.at, zone)
    }

    /// `START to END`; an end without a date is its next occurrence after the start.
    pub(super) fn window(self, text: &Text<'_>, faults: &mut Faults<'_>) -> Option<Window> {
        let zone = &self.around.settings.zone;
        let Some((start, end)) = self.keywords.split(Phrase::To, &text.words) else {
            faults.withhold(
                BAD_TIME,
                text.span,
                "A window has a start and an end.",
                "Write `Window: 2026-12-03 22:00 to 2026-12-04 05:00`.",
            );
            return None;
        };
        let start_at =
            self.resolve(self.moment(start.trim(), text, faults)?, text.place(start.trim()), faults)?;
        let end = end.trim();
        let end_at = match self.moment(end, text, faults)?.after(start_at, zone) {
            Ok(at) => at,
            Err(trouble) => {
                faults.withhold(BAD_TIME, text.place(end), trouble.message, trouble.help);
                return None;
            }
        };
        if end_at <= start_at {
            faults.withhold(
                TIME_ORDER,
                text.span,
                "The window ends before it starts.",
                "Write the earlier time first: `START to END`.",
            );
            return None;
        }
        Some(Window { start: start_at, end: end_at })
    }

    fn moment(self, words: &str, text: &Text<'_>, faults: &mut Faults<'_>) -> Option<Moment> {
        match Moment::read(words) {
            Ok(moment) => Some(moment),
            Err(trouble) => {
                faults.withhold(BAD_TIME, text.place(words), trouble.message, trouble.help);
                None
            }
        }
    }

    fn resolve(self, moment: Moment, span: Span, faults: &mut Faults<'_>) -> Option<Timestamp> {
        match moment.after(self.at, &self.around.settings.zone) {
            Ok(at) => Some(at),
            Err(trouble) => {
                faults.withhold(BAD_TIME, span, trouble.message, trouble.help);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{at, file, front, read, read_files, told, under_heading};
    use super::*;

    /// What one header line is told, the update being at 14:10.
    fn told_about(line: &str) -> String {
        under_heading(line).1.join("\n")
    }

    #[test]
    fn a_next_update_is_a_time_and_perhaps_a_reason() {
        let (update, told) = under_heading("Next update: 14:40 because the crew calls in at 14:30");
        assert_eq!(told, [""; 0]);
        let next = update.header.next_update.unwrap();
        assert_eq!(next.at, at("2026-11-21T14:40:00Z"));
        assert_eq!(next.because.as_deref(), Some("the crew calls in at 14:30"));
        assert!(told_about("Next update: 14:00").starts_with("bad-time! \"14:00\""));
        assert!(told_about("Next update: 2026-11-21 14:00").starts_with("time-order!"));
        assert!(
            told_about("Next update: 14:40-15:00")
                .contains("Give the latest time that you stand behind: `15:00`.")
        );
        assert!(told_about("Next update: 2026-11-22").starts_with("bad-time!"));
    }

    #[test]
    fn an_expected_fix_has_a_reason_after_the_first_because() {
        for line in ["Expected fix: 20:00 because a because b", "Expected fix: 20:00, because a because b"] {
            let (update, told) = under_heading(line);
            assert_eq!(told, [""; 0]);
            let fix = update.header.expected_fix.unwrap().value;
            assert_eq!(
                fix,
                ExpectedFix { at: Some(at("2026-11-21T20:00:00Z")), because: "a because b".to_owned() }
            );
        }
        let (update, _) = under_heading("Expected fix: not known, because the crew\n  is still digging");
        let fix = update.header.expected_fix.unwrap().value;
        assert_eq!(fix, ExpectedFix { at: None, because: "the crew is still digging".to_owned() });
        assert!(told_about("Expected fix: 20:00").starts_with("reason-missing \"20:00\""));
        assert!(told_about("Expected fix: not known").starts_with("reason-missing"));
        assert!(told_about("Expected fix: soon because we hope").starts_with("bad-time! \"soon\""));
        assert!(
            told_about("Expected fix: 20:00, the pipe is here").contains("a reason comes after `because`")
        );
    }

    #[test]
    fn a_correction_names_an_earlier_statement_by_its_time() {
        let correction = |line: &str| {
            let text = format!(
                "{}## 2026-11-20 14:10 Investigating\n\na\n\n## 2026-11-21 09:30 Identified\n\nb\n\n## 2026-11-21 23:50 Correction\n{line}\n\nc\n",
                front("")
            );
            let read = read(&text);
            let header = read.value.unwrap().updates.remove(2).header;
            (header.corrects.or(header.retracts).map(|v| v.value), told(&read.findings))
        };
        // However long ago: the time of a heading is enough where only one has it.
        let (corrects, told) = correction("Corrects: 14:10, we said 40");
        assert_eq!((corrects, told.len()), (Some((at("2026-11-20T14:10:00Z"), "we said 40".to_owned())), 0));
        assert_eq!(correction("Retracts: 09:30, a name").0.unwrap().0, at("2026-11-21T09:30:00Z"));
        // No heading has it: perhaps a holding update, perhaps a slip.
        let (corrects, told) = correction("Corrects: 22:00, we said 40");
        assert_eq!(corrects.unwrap().0, at("2026-11-21T22:00:00Z"));
        assert!(
            told[0].starts_with("bad-time \"22:00\": No earlier update in this file has the time 22:00."),
            "{told:?}"
        );
        assert!(correction("Corrects: 14:10").1[0].starts_with("reason-missing"));
        assert!(correction("By: Dana Osei").1[0].starts_with("missing-key"));
        assert!(correction("Corrects: 03:00, x").1[0].starts_with("bad-time!"));
    }

    #[test]
    fn a_window_ends_after_it_starts() {
        let window = |line: &str| {
            let text = format!(
                "+++\ntitle = \"Valves\"\nservices = [\"water-supply\"]\nowner = \"dana-osei\"\nstart = 2026-12-02T22:00:00\n\
                 end = 2026-12-03T05:00:00\n+++\n\n## 2026-11-30 12:00 Scheduled\n{line}\n"
            );
            let read = read_files(&[file("content/maintenance/a.md", &text)]);
            let window = read.value.unwrap().updates.remove(0).header.window.map(|window| window.value);
            (window, told(&read.findings).join("\n"))
        };
        let moved = Window { start: at("2026-12-03T22:00:00Z"), end: at("2026-12-04T05:00:00Z") };
        for line in ["Window: 2026-12-03 22:00 to 2026-12-04 05:00", "Window: 2026-12-03 10pm to 5:00"] {
            assert_eq!(window(line), (Some(moved), String::new()), "{line}");
        }
        assert!(window("Window: 2026-12-03 22:00 to 2026-12-02 05:00").1.starts_with("time-order!"));
        assert!(window("Window: 2026-12-03 22:00").1.starts_with("bad-time!"));
    }
}
