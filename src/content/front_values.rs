//! Values of front matter that are more than a word: times, dates, reasons, names of files.

use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::civil::Date;
use toml::de::DeValue;

use super::FirstOfKind;
use super::keywords::{Keywords, Phrase};
use super::moment::{Moment, Trouble};
use super::place::is_slug;
use super::repeat::Repeat;
use super::surroundings::Surroundings;
use crate::config::faults::Faults;
use crate::config::rules::{BAD_ID, REASON_MISSING, TIME_ORDER, WRONG_TYPE};
use crate::config::table::{Table, Value};
use crate::text::{Slug, Spanned};

/// The instant of a TOML value; `None` where it is of another type.
pub(super) fn instant(value: Value<'_>, around: Surroundings<'_>) -> Option<Result<Timestamp, Trouble>> {
    let text = match value.value {
        // One reader for all times: what TOML takes is written as the grammar of updates has it.
        DeValue::Datetime(datetime) => {
            let mut time = *datetime;
            let seconds = time.time.as_mut().and_then(|time| {
                time.nanosecond = None;
                time.second.take()
            });
            let read =
                Moment::read(&without_seconds(time)).and_then(|moment| moment.instant(&around.settings.zone));
            let seconds = SignedDuration::from_secs(i64::from(seconds.unwrap_or(0).min(59)));
            return Some(read.map(|at| at.checked_add(seconds).unwrap_or(at)));
        }
        DeValue::String(text) => text,
        _ => return None,
    };
    Some(Moment::read(text).and_then(|moment| moment.instant(&around.settings.zone)))
}

fn without_seconds(datetime: toml::value::Datetime) -> String {
    let date = datetime.date.map(|date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day));
    let time = datetime.time.map(|time| format!("{:02}:{:02}", time.hour, time.minute));
    let offset = datetime.offset.map(|offset| match offset {
        toml::value::Offset::Z => "Z".to_owned(),
        toml::value::Offset::Custom { minutes } => {
            let sign = if minutes < 0 { '-' } else { '+' };
            format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
        }
    });
    let time = time.map(|time| time + &offset.unwrap_or_default());
    [date, time].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// A subset of RRULE: `FREQ=MONTHLY;BYDAY=1TU`.
pub(super) fn repeat(written: &Spanned<String>, faults: &mut Faults<'_>) -> Option<Spanned<Repeat>> {
    match Repeat::parse(&written.value) {
        Ok(repeat) => Some(Spanned::new(repeat, written.span)),
        Err(part) => {
            faults.error(
                WRONG_TYPE,
                written.span,
                format!("“{}” does not say how the work repeats: {part}.", written.value),
                "Write `repeat = \"FREQ=MONTHLY;BYDAY=1TU\"`; FREQ, INTERVAL, BYDAY, BYMONTHDAY, COUNT and UNTIL are known.",
            );
            None
        }
    }
}

pub(super) fn technical(audience: &Spanned<String>, faults: &mut Faults<'_>) -> bool {
    if !matches!(audience.as_str(), "public" | "technical") {
        faults.error(
            WRONG_TYPE,
            audience.span,
            format!("“{}” is not an audience.", audience.value),
            "Write `audience = \"public\"` or `\"technical\"`.",
        );
    }
    audience.value == "technical"
}

pub(super) fn slugs(table: &mut Table<'_>, key: &'static str, faults: &mut Faults<'_>) -> Vec<Spanned<Slug>> {
    let written = table.strings(key, faults).unwrap_or_default();
    let mut slugs = Vec::new();
    for slug in written {
        if is_slug(&slug) {
            slugs.push(Spanned::new(Slug::from(slug.as_str()), slug.span));
        } else {
            faults.error(
                BAD_ID,
                slug.span,
                format!("“{}” is not the name of an incident's file.", slug.value),
                format!("Write the file's name without folder and ending, such as `{key} = [\"2026-11-21-burst-main\"]`."),
            );
        }
    }
    slugs
}

/// `{ checked = DATE, since = DATE }`.
pub(super) fn first_of_kind(value: Value<'_>, faults: &mut Faults<'_>) -> Option<Spanned<FirstOfKind>> {
    let mut table = value.table("first_of_kind".to_owned(), faults)?;
    let checked = date(&mut table, "checked", faults);
    let since = date(&mut table, "since", faults);
    table.finish(faults);
    let (checked, since) = (checked?, since?);
    if checked < since {
        faults.error(
            TIME_ORDER,
            value.span,
            "The record was checked before it began.",
            "`since` is how far back the record goes; `checked` is the day on which you looked.",
        );
        return None;
    }
    Some(Spanned::new(FirstOfKind { checked, since }, value.span))
}

fn date(table: &mut Table<'_>, key: &'static str, faults: &mut Faults<'_>) -> Option<Date> {
    let Some(value) = table.take(key) else {
        table.missing(key, "2026-11-21", faults);
        return None;
    };
    let date = match value.value {
        DeValue::Datetime(datetime) if datetime.time.is_none() => datetime.to_string().parse().ok(),
        DeValue::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    if date.is_none() {
        value.wrong(faults, "a date", format!("{key} = 2026-11-21"));
    }
    date
}

/// `apology = "not needed because …"`: the reason.
pub(super) fn refusal(
    table: &mut Table<'_>,
    key: &'static str,
    words: &str,
    faults: &mut Faults<'_>,
) -> Option<Spanned<String>> {
    let written = table.string(key, faults)?;
    let form = format!("Write `{key} = \"{words} because …\"`.");
    let (head, reason) = Keywords::of("en").split(Phrase::Because, &written).unwrap_or((&written, ""));
    if !head.trim().trim_end_matches(',').trim_end().eq_ignore_ascii_case(words) {
        faults.error(
            WRONG_TYPE,
            written.span,
            format!("`{key}` takes “{words} because …” and nothing else."),
            form,
        );
        return None;
    }
    let reason = reason.trim();
    if reason.is_empty() {
        faults.error(REASON_MISSING, written.span, format!("`{key}` gives no reason."), form);
        return None;
    }
    Some(Spanned::new(reason.to_owned(), written.span))
}
