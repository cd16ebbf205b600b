//! Dates, times and offsets as they are written, and what to write instead of what cannot be read.

use jiff::civil::{Date, Time};
use jiff::tz::Offset;

use super::moment::Moment;

/// Why a text is no time, or no certain one, and what to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Trouble {
    pub(super) message: String,
    pub(super) help: String,
}

impl Trouble {
    pub(super) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }
}

pub(super) const FORMS: &str = "Write a time such as `15:10`, `3:10pm` or `2026-11-21 15:10`.";

/// Reads `2026-11-21`. What looks like another way to write a date is trouble.
pub(super) fn take_date(text: &str) -> Result<Option<(Date, &str)>, Trouble> {
    let end =
        text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '/' | '.'))).unwrap_or(text.len());
    let (written, rest) = text.split_at(end);
    let mark = if written.contains('-') {
        '-'
    } else if written.contains('/') {
        '/'
    } else {
        '.'
    };
    let parts: Vec<&str> = written.split(mark).collect();
    // `14:10-05:00` holds a dash too, but there the colon comes first.
    let [first, second, third] = parts[..] else { return Ok(None) };
    if [first, second, third].iter().any(|part| part.is_empty() || part.bytes().any(|b| !b.is_ascii_digit()))
    {
        return Ok(None);
    }
    let iso = mark == '-' && first.len() == 4 && second.len() == 2 && third.len() == 2;
    let number = |part: &str| part.parse::<i16>().unwrap_or(-1);
    let small = |part: &str| i8::try_from(number(part)).unwrap_or(-1);
    let date = Date::new(number(first), small(second), small(third)).ok();
    match date {
        Some(date) if iso => Ok(Some((date, rest))),
        Some(date) if first.len() == 4 => Err(Trouble::new(
            format!("“{written}” is not how Candor writes a date."),
            format!("Write `{date}`."),
        )),
        None if first.len() == 4 => Err(Trouble::new(
            format!("There is no day {written}."),
            "Write the date as year-month-day: `2026-11-21`.",
        )),
        _ => Err(Trouble::new(
            format!("“{written}” could be more than one day."),
            "Write the date as year-month-day: `2026-11-21`.",
        )),
    }
}

/// Reads `15:10`, `3:10pm` or `3pm`.
pub(super) fn take_time(text: &str) -> Result<Option<(Time, &str)>, Trouble> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&digits) {
        return Ok(None);
    }
    let (hour, rest) = text.split_at(digits);
    let (minute, rest) = match rest.strip_prefix(':') {
        Some(after) if after.bytes().take_while(u8::is_ascii_digit).count() == 2 => {
            let (minute, rest) = after.split_at(2);
            (Some(minute), rest)
        }
        _ => (None, rest),
    };
    let blank = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let half = blank.get(..2).map(str::to_ascii_lowercase).filter(|half| {
        matches!(half.as_str(), "am" | "pm") && !blank[2..].starts_with(char::is_alphanumeric)
    });
    let rest = if half.is_some() { &blank[2..] } else { rest };
    if minute.is_none() && half.is_none()
        || rest.starts_with(|c: char| c.is_alphabetic() && !matches!(c, 'Z' | 'z'))
    {
        return Ok(None);
    }
    let written = &text[..text.len() - rest.len()];
    let bad = || {
        let help = match (hour, minute) {
            ("24", Some("00")) => "Midnight at the end of a day is `00:00` of the next day, with its date.",
            _ => FORMS,
        };
        Trouble::new(format!("There is no time {written}."), help)
    };
    if rest.starts_with(':') {
        return Err(Trouble::new(
            format!("“{}” is more exact than Candor keeps time.", text.trim()),
            "Write hours and minutes, such as `15:10`.",
        ));
    }
    let hour: i8 = hour.parse().map_err(|_| bad())?;
    let minute: i8 = minute.unwrap_or("00").parse().map_err(|_| bad())?;
    let hour = match half.as_deref() {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return Err(bad()),
        Some("am") => hour % 12,
        Some(_) => hour % 12 + 12,
    };
    Time::new(hour, minute, 0, 0).map(|time| Some((time, rest))).map_err(|_| bad())
}

/// Reads `+01:00`, `-0500` or `Z`, a blank before it allowed. Where there is none, the text is returned as it is.
pub(super) fn take_offset(text: &str) -> (Option<Offset>, &str) {
    let none = (None, text);
    let bare = text.trim_start();
    if let Some(rest) = bare.strip_prefix(['Z', 'z']) {
        return if rest.starts_with(char::is_alphanumeric) { none } else { (Some(Offset::UTC), rest) };
    }
    let (sign, rest) = if let Some(rest) = bare.strip_prefix('+') {
        (1, rest)
    } else if let Some(rest) = bare.strip_prefix(['-', '−']) {
        (-1, rest)
    } else {
        return none;
    };
    let two = |text: &str| {
        text.get(..2)
            .filter(|two| two.bytes().all(|b| b.is_ascii_digit()))
            .and_then(|two| two.parse::<i32>().ok())
    };
    let Some(hours) = two(rest) else { return none };
    let after = &rest[2..];
    let after = after.strip_prefix(':').unwrap_or(after);
    let Some(minutes) = two(after).filter(|minutes| *minutes < 60) else { return none };
    let rest = &after[2..];
    if rest.starts_with(|c: char| c.is_alphanumeric() || c == ':')
        || rest.starts_with("am")
        || rest.starts_with("pm")
    {
        return none;
    }
    match Offset::from_seconds(sign * (hours * 3_600 + minutes * 60)) {
        Ok(offset) if hours <= 14 => (Some(offset), rest),
        _ => none,
    }
}

/// The second time of a range, where what follows the first is one.
pub(super) fn range_end(rest: &str) -> Option<&str> {
    let last = rest
        .strip_prefix(['-', '–', '—', '/'])
        .or_else(|| ["to ", "and ", "or ", "until "].iter().find_map(|word| rest.strip_prefix(word)))?;
    Moment::take(last.trim()).ok().map(|(_, after)| last.trim().strip_suffix(after).unwrap_or(last).trim())
}

pub(super) fn no_time(text: &str) -> Trouble {
    let text = text.trim();
    if text.is_empty() {
        return Trouble::new("The time is missing.", FORMS);
    }
    // `15.10` and `15h10` are what many write.
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=2).contains(&digits) && text[digits..].starts_with(['.', 'h', 'H', ' ']) {
        let minute: String = text[digits..]
            .chars()
            .skip_while(|c| !c.is_ascii_digit())
            .take_while(char::is_ascii_digit)
            .collect();
        if minute.len() == 2 {
            return Trouble::new(
                format!("“{text}” is not a time that Candor reads."),
                format!("Write `{}:{minute}`.", &text[..digits]),
            );
        }
    }
    Trouble::new(format!("“{text}” is not a time."), FORMS)
}
