//! Dates and times as people write them in front matter and in headings of updates.
//!
//! Nothing is guessed that is not written: what is missing stays `None`, and the caller says what stands for it.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};
use regex::{Captures, Regex};

/// A moment as far as it is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) date: Option<DayOf>,
    pub(super) time: Option<Time>,
    pub(super) offset: Option<Offset>,
}

/// A day, perhaps without its year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DayOf {
    year: Option<i16>,
    month: i8,
    day: i8,
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

static ISO: LazyLock<Regex> = LazyLock::new(|| pattern(r"(\d{4})-(\d{1,2})-(\d{1,2})"));
static DAY_MONTH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?(?:\s+(\d{4}))?",
    )
});
static MONTH_DAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?\b(?:,?\s+(\d{4})\b)?",
    )
});
static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(\d{1,2})[:h](\d{2})(?::(\d{2})(?:\.\d+)?)?(?:\s*(am|pm)\b)?|\b(\d{1,2})\s*(am|pm)\b")
});
static OFFSET: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s*(?:(z|utc|gmt)\b|\(?(?:utc|gmt)?([+-])(\d{2}):?(\d{2})\b)"));

fn pattern(text: &str) -> Regex {
    Regex::new(&format!("(?i){text}")).expect("the pattern is a constant and was tested")
}

impl Written {
    /// What `text` says, and the text without it.
    pub(super) fn find(text: &str) -> (Self, String) {
        let mut rest = text.to_owned();
        let mut written = Self::default();
        if let Some(found) = ISO.captures(text) {
            written.date = day(number(&found, 1), number(&found, 2), number(&found, 3));
            rest = without(&rest, &found);
        } else if let Some(found) = DAY_MONTH.captures(text) {
            written.date = day(number(&found, 3), month(&found, 2), number(&found, 1));
            rest = without(&rest, &found);
        } else if let Some(found) = MONTH_DAY.captures(text) {
            written.date = day(number(&found, 3), month(&found, 1), number(&found, 2));
            rest = without(&rest, &found);
        }
        if let Some(found) = CLOCK.captures(&rest.clone()) {
            written.time = time(&found);
            let end = found.get(0).map_or(0, |found| found.end());
            if let Some(zone) = OFFSET.captures(&rest[end..]) {
                written.offset = offset(&zone);
                let length = zone.get(0).map_or(0, |zone| zone.end());
                rest.replace_range(end..end + length, "");
            }
            rest = without(&rest, &found);
        }
        (written, rest)
    }

    /// The moment, with `day` where no date is written and `zone` where no offset is. `None` without a time of day.
    pub(super) fn moment(&self, day: Date, zone: &TimeZone) -> Option<Timestamp> {
        let date = match self.date {
            None => day,
            Some(written) => written.near(day)?,
        };
        let local = date.to_datetime(self.time?);
        match self.offset {
            Some(offset) => offset.to_timestamp(local).ok(),
            // A time that does not exist or exists twice is read as the clocks of that day would be.
            None => zone.to_ambiguous_timestamp(local).compatible().ok(),
        }
    }
}

impl DayOf {
    /// The day; without a year, the one within half a year of `near`.
    fn near(self, near: Date) -> Option<Date> {
        if let Some(year) = self.year {
            return Date::new(year, self.month, self.day).ok();
        }
        [near.year(), near.year() + 1, near.year() - 1]
            .into_iter()
            .filter_map(|year| Date::new(year, self.month, self.day).ok())
            .min_by_key(|date| date.since(near).map_or(i32::MAX, |span| span.get_days().abs()))
    }
}

fn day(year: Option<i16>, month: Option<i16>, day: Option<i16>) -> Option<DayOf> {
    let (month, day) = (i8::try_from(month?).ok()?, i8::try_from(day?).ok()?);
    // 2024 has every day that a year can have.
    Date::new(year.unwrap_or(2024), month, day).ok()?;
    Some(DayOf { year, month, day })
}

fn time(found: &Captures<'_>) -> Option<Time> {
    let hour = number(found, 1).or_else(|| number(found, 5))?;
    let afternoon =
        found.get(4).or_else(|| found.get(6)).map(|half| half.as_str().eq_ignore_ascii_case("pm"));
    // "13:00am" is a slip of the pen; the hour says what was meant.
    let hour = match afternoon {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    let part = |index| i8::try_from(number(found, index).unwrap_or(0)).ok();
    Time::new(i8::try_from(hour).ok()?, part(2)?, part(3)?, 0).ok()
}

fn offset(found: &Captures<'_>) -> Option<Offset> {
    if found.get(1).is_some() {
        return Some(Offset::UTC);
    }
    let seconds = i32::from(number(found, 3)?) * 3600 + i32::from(number(found, 4)?) * 60;
    let sign = if found.get(2)?.as_str() == "-" { -1 } else { 1 };
    Offset::from_seconds(sign * seconds).ok()
}

fn number(found: &Captures<'_>, index: usize) -> Option<i16> {
    found.get(index)?.as_str().parse().ok()
}

fn month(found: &Captures<'_>, index: usize) -> Option<i16> {
    let name = found.get(index)?.as_str().to_lowercase();
    let index = MONTHS.iter().position(|month| name.starts_with(month))?;
    i16::try_from(index + 1).ok()
}

fn without(text: &str, found: &Captures<'_>) -> String {
    let mut rest = text.to_owned();
    if let Some(found) = found.get(0) {
        rest.replace_range(found.range(), " ");
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str, rest: &str) {
        let (written, left) = Written::find(text);
        let zone = TimeZone::get("Europe/London").unwrap();
        let moment = written.moment(Date::constant(2021, 12, 30), &zone);
        assert_eq!(moment.map_or("none".to_owned(), |moment| moment.to_string()), expected);
        assert_eq!(left.trim(), rest);
    }

    #[test]
    fn moments_are_read_as_they_are_written() {
        check("2021-06-08T07:37:00-00:00", "2021-06-08T07:37:00Z", "T");
        check("2022-04-06 14:25:00 -0400", "2022-04-06T18:25:00Z", "");
        check("2025-09-17T9:30:00+02:00", "2025-09-17T07:30:00Z", "T");
        check("2021-06-08 12:00:00", "2021-06-08T11:00:00Z", "");
        check("17th of February 2021 - 14:00 UTC", "2021-02-17T14:00:00Z", "-");
        check("2024-05-05 10h30 UTC", "2024-05-05T10:30:00Z", "");
        check("January 2, 5PM", "2022-01-02T17:00:00Z", ",");
        check("at 13:00am", "2021-12-30T13:00:00Z", "at");
        check("12:05 am", "2021-12-30T00:05:00Z", "");
    }

    #[test]
    fn nothing_is_guessed() {
        check("Monday 16th", "none", "Monday 16th");
        check("2022-03-04", "none", "");
        check("version 2.465 of 12 agents", "none", "version 2.465 of 12 agents");
        check("2021-13-45 25:99", "none", "");
    }
}
