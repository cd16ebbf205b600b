//! Times as people write them: `15:10`, `3:10pm`, `2026-11-21 15:10`, each with an optional offset; a date alone.
//!
//! Reading a time is one thing ([`Moment::take`]); which instant it means, beside the heading it stands under, is the
//! other. A local time that does not exist or exists twice is never guessed.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{SignedDuration, Timestamp, ToSpan};

pub(super) use super::clock_words::Trouble;
use super::clock_words::{FORMS, no_time, range_end, take_date, take_offset, take_time};

/// How far from its heading a time without a date may lie.
const REACH: SignedDuration = SignedDuration::from_hours(12);

/// A time as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) date: Option<Date>,
    pub(super) time: Option<Time>,
    pub(super) offset: Option<Offset>,
}

impl Moment {
    /// Reads the whole text as a time.
    pub(super) fn read(text: &str) -> Result<Self, Trouble> {
        let text = text.trim();
        let (moment, rest) = Self::take(text)?;
        if rest.is_empty() {
            return Ok(moment);
        }
        if let Some(last) = range_end(rest) {
            return Err(Trouble::new(
                format!("“{text}” is a range, and people will hold you to its first time."),
                format!("Give the latest time that you stand behind: `{last}`."),
            ));
        }
        Err(Trouble::new(
            format!("“{text}” is not a time: “{rest}” is too much."),
            "Write the time alone, such as `15:10`; a reason comes after `because`.",
        ))
    }

    /// Reads the time that a text begins with, and returns what follows it.
    pub(super) fn take(text: &str) -> Result<(Self, &str), Trouble> {
        let (date, rest) = match take_date(text)? {
            Some((date, rest)) => (Some(date), rest),
            None => (None, text),
        };
        let after_date = rest.strip_prefix(['T', 't']).unwrap_or_else(|| rest.trim_start());
        match take_time(after_date)? {
            Some((time, rest)) => {
                let (offset, rest) = take_offset(rest);
                Ok((Self { date, time: Some(time), offset }, rest.trim_start()))
            }
            None if date.is_some() => Ok((Self { date, time: None, offset: None }, rest.trim_start())),
            None => Err(no_time(text)),
        }
    }

    /// The instant of a time that has a date, as headings and front matter do.
    pub(super) fn instant(self, zone: &TimeZone) -> Result<Timestamp, Trouble> {
        let (Some(date), Some(time)) = (self.date, self.time) else {
            let message = if self.date.is_some() {
                "This is a date without a time."
            } else {
                "This is a time without a date."
            };
            return Err(Trouble::new(message, "Write both, such as `2026-11-21 15:10`."));
        };
        instant(date.to_datetime(time), self.offset, zone)
    }

    /// The instant meant under a heading: a time without a date is its next occurrence within 12 hours.
    pub(super) fn after(self, heading: Timestamp, zone: &TimeZone) -> Result<Timestamp, Trouble> {
        self.near(heading, zone, |instant| instant > heading && instant.duration_since(heading) <= REACH)
    }

    /// The instant meant where it must have passed: a time without a date is its latest occurrence within 12 hours.
    pub(super) fn before(self, heading: Timestamp, zone: &TimeZone) -> Result<Timestamp, Trouble> {
        self.near(heading, zone, |instant| instant <= heading && heading.duration_since(instant) <= REACH)
    }

    fn near(
        self,
        heading: Timestamp,
        zone: &TimeZone,
        fits: impl Fn(Timestamp) -> bool,
    ) -> Result<Timestamp, Trouble> {
        let Some(time) = self.time else {
            return Err(Trouble::new(
                "This is a date without a time.",
                "Write both, such as `2026-11-21 15:10`.",
            ));
        };
        if self.date.is_some() {
            return self.instant(zone);
        }
        let here = self.offset.map_or_else(|| zone.clone(), TimeZone::fixed);
        let today = heading.to_zoned(here).date();
        for day in [today.saturating_sub(1.day()), today, today.saturating_add(1.day())] {
            let local = day.to_datetime(time);
            if both(local, self.offset, zone).into_iter().flatten().any(&fits) {
                return instant(local, self.offset, zone);
            }
        }
        let clock = time.strftime("%H:%M");
        let said = heading.to_zoned(zone.clone());
        Err(Trouble::new(
            format!(
                "“{clock}” does not say which day: it is not within 12 hours of the heading, {}.",
                said.strftime("%H:%M")
            ),
            format!(
                "Write the date too, such as `{}`.",
                said.date().saturating_add(1.day()).to_datetime(time).strftime("%Y-%m-%d %H:%M")
            ),
        ))
    }
}

/// The last second of a day.
pub(super) fn end_of_day(date: Date, zone: &TimeZone) -> Option<Timestamp> {
    let next = date.saturating_add(1.day()).to_datetime(Time::midnight());
    let start = zone.to_ambiguous_timestamp(next).compatible().ok()?;
    start.checked_sub(SignedDuration::from_secs(1)).ok()
}

/// The instants that a local time may mean: one, or the two around a change of clocks.
fn both(local: DateTime, offset: Option<Offset>, zone: &TimeZone) -> [Option<Timestamp>; 2] {
    if let Some(offset) = offset {
        return [offset.to_timestamp(local).ok(), None];
    }
    match zone.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Unambiguous { offset } => [offset.to_timestamp(local).ok(), None],
        AmbiguousOffset::Gap { before, after } | AmbiguousOffset::Fold { before, after } => {
            [before.to_timestamp(local).ok(), after.to_timestamp(local).ok()]
        }
    }
}

fn instant(local: DateTime, offset: Option<Offset>, zone: &TimeZone) -> Result<Timestamp, Trouble> {
    let out_of_range = |_| Trouble::new("This time is too far away.", FORMS);
    if let Some(offset) = offset {
        return offset.to_timestamp(local).map_err(out_of_range);
    }
    let (before, after, what) = match zone.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Unambiguous { offset } => return offset.to_timestamp(local).map_err(out_of_range),
        AmbiguousOffset::Gap { before, after } => {
            (before, after, "does not exist: the clocks go forward over it")
        }
        AmbiguousOffset::Fold { before, after } => {
            (before, after, "exists twice: the clocks go back over it")
        }
    };
    let stamp = local.strftime("%Y-%m-%d %H:%M");
    let (before, after) = (offset_text(before), offset_text(after));
    Err(Trouble::new(
        format!("{stamp} {what}, from {before} to {after}."),
        format!("Write the offset too: `{stamp}{before}` or `{stamp}{after}`."),
    ))
}

/// `+01:00`, as the grammar takes it.
pub(super) fn offset_text(offset: Offset) -> String {
    let minutes = offset.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone() -> TimeZone {
        TimeZone::get("Europe/London").unwrap()
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    /// What a time means under a heading at 14:10 on a winter's day, or why it means nothing.
    fn under(text: &str) -> String {
        match Moment::read(text).and_then(|moment| moment.after(at("2026-11-21T14:10:00Z"), &zone())) {
            Ok(instant) => instant.to_string(),
            Err(trouble) => format!("{} {}", trouble.message, trouble.help),
        }
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        for (text, meant) in [
            ("15:10", "2026-11-21T15:10:00Z"),
            ("3:10pm", "2026-11-21T15:10:00Z"),
            ("3:10 PM", "2026-11-21T15:10:00Z"),
            ("3pm", "2026-11-21T15:00:00Z"),
            ("12:30am", "2026-11-22T00:30:00Z"),
            ("15:10+01:00", "2026-11-21T14:10:00Z"),
            ("15:30 +01:00", "2026-11-21T14:30:00Z"),
            ("15:10Z", "2026-11-21T15:10:00Z"),
            ("2026-11-23 09:05", "2026-11-23T09:05:00Z"),
            ("2026-11-23T09:05-05:00", "2026-11-23T14:05:00Z"),
            ("2026-07-01 09:05", "2026-07-01T08:05:00Z"),
        ] {
            let read =
                Moment::read(text).and_then(|moment| moment.after(at("2026-11-21T14:00:00Z"), &zone()));
            assert_eq!(read, Ok(at(meant)), "{text}");
        }
    }

    #[test]
    fn a_bare_time_is_its_next_occurrence_within_twelve_hours() {
        assert_eq!(under("14:11"), "2026-11-21T14:11:00Z");
        assert_eq!(under("00:30"), "2026-11-22T00:30:00Z");
        assert_eq!(under("02:10"), "2026-11-22T02:10:00Z");
        for text in ["02:11", "14:10", "14:00"] {
            assert!(under(text).contains("does not say which day"), "{text}: {}", under(text));
        }
        assert!(under("14:00").ends_with("`2026-11-22 14:00`."), "{}", under("14:00"));
    }

    #[test]
    fn a_time_that_must_have_passed_is_its_latest_occurrence() {
        let before = |text: &str| {
            Moment::read(text).and_then(|moment| moment.before(at("2026-11-21T01:10:00Z"), &zone()))
        };
        assert_eq!(before("01:10"), Ok(at("2026-11-21T01:10:00Z")));
        assert_eq!(before("23:50"), Ok(at("2026-11-20T23:50:00Z")));
        assert!(before("12:00").is_err());
    }

    #[test]
    fn a_time_in_a_change_of_clocks_shows_both_offsets() {
        let gap = Moment::read("2026-03-29 01:30").unwrap().instant(&zone()).unwrap_err();
        assert_eq!(
            gap.message,
            "2026-03-29 01:30 does not exist: the clocks go forward over it, from +00:00 to +01:00."
        );
        let fold = Moment::read("2026-10-25 01:30").unwrap().instant(&zone()).unwrap_err();
        assert_eq!(
            fold.message,
            "2026-10-25 01:30 exists twice: the clocks go back over it, from +01:00 to +00:00."
        );
        assert_eq!(fold.help, "Write the offset too: `2026-10-25 01:30+01:00` or `2026-10-25 01:30+00:00`.");
        let offset = Moment::read("2026-10-25 01:30+01:00").unwrap().instant(&zone());
        assert_eq!(offset, Ok(at("2026-10-25T00:30:00Z")));
        // Without a date, on the same night.
        let bare = Moment::read("1:30").unwrap().after(at("2026-10-24T23:50:00Z"), &zone()).unwrap_err();
        assert_eq!(bare.message, fold.message);
    }

    #[test]
    fn what_is_no_time_says_what_to_write() {
        for (text, part) in [
            ("15:00-16:00", "Give the latest time that you stand behind: `16:00`."),
            ("15:00 to 16:00", "`16:00`"),
            ("15.10", "Write `15:10`."),
            ("15h10", "Write `15:10`."),
            ("24:00", "`00:00` of the next day"),
            ("25:00", "There is no time 25:00."),
            ("13:10pm", "There is no time 13:10pm."),
            ("15:10:30", "more exact"),
            ("2026-02-30 10:00", "There is no day 2026-02-30."),
            ("2026-1-5 10:00", "Write `2026-01-05`."),
            ("21/11/2026 10:00", "could be more than one day"),
            ("2026-11-22", "a date without a time"),
            ("soon", "“soon” is not a time."),
            ("", "The time is missing."),
            ("14:3O", "not a time"),
        ] {
            assert!(under(text).contains(part), "{text}: {}", under(text));
        }
    }

    #[test]
    fn a_day_ends_with_its_last_second_even_when_it_has_25_hours() {
        let day = |text: &str| end_of_day(text.parse().unwrap(), &zone());
        assert_eq!(day("2026-10-25"), Some(at("2026-10-25T23:59:59Z")));
        assert_eq!(day("2026-07-01"), Some(at("2026-07-01T22:59:59Z")));
    }
}
