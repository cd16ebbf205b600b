//! Headings of updates: `## DATE TIME WORD`.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::keywords::{HeadingWord, Keywords};
use super::moment::Moment;
use super::{Status, Word};
use crate::config::rules::{BAD_TIME, UNKNOWN_STATUS, UPDATE_HEADING};

/// What a level-2 heading is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum HeadingKind {
    Update {
        at: Timestamp,
        word: Word,
    },
    /// `## now WORD`: the time is the commit's.
    Now {
        word: Word,
    },
    Draft,
    /// Looks like an update and is not one.
    Broken(Fault),
    /// No update and not meant as one.
    Other,
}

/// What is wrong with a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) rule: &'static str,
    pub(super) message: String,
    pub(super) help: String,
    /// The time, where it can be read.
    pub(super) at: Option<Timestamp>,
}

/// How many digits a date and a time have, a slip allowed for.
const DIGITS: usize = 10;

/// What may stand between date, time and word.
const BETWEEN: &[char] = &[' ', '\t', '\u{a0}', '\u{202f}', '-', '–', '—', '·', '•', '.', ','];

/// Reads the words of a level-2 heading.
pub(super) fn read_heading(
    text: &str,
    keywords: &Keywords,
    zone: &TimeZone,
    maintenance: bool,
) -> HeadingKind {
    let text = text.trim();
    match keywords.heading_word(text) {
        Some(HeadingWord::Draft) => return HeadingKind::Draft,
        Some(_) => {
            return HeadingKind::Broken(Fault {
                rule: UPDATE_HEADING,
                message: format!("“{text}” lacks its date and time."),
                help: format!("Write `## now {text}`, or the time itself: `## 2026-11-21 14:10 {text}`."),
                at: None,
            });
        }
        None => {}
    }
    if let Some((first, rest)) = text.split_once([' ', '\t'])
        && keywords.heading_word(first) == Some(HeadingWord::Now)
    {
        return match word(rest, keywords, maintenance, None) {
            Ok(word) => HeadingKind::Now { word },
            // "Now we know more" is a heading of a summary, not a slip.
            Err(_) if keywords.nearest_heading_word(rest.trim_start_matches(BETWEEN)).is_none() => {
                HeadingKind::Other
            }
            Err(fault) => HeadingKind::Broken(fault),
        };
    }
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let status = |from: usize| keywords.heading_word(&text[from..]).is_some();
        if digits < DIGITS || !text.match_indices(' ').any(|(blank, _)| status(blank + 1)) {
            return HeadingKind::Other;
        }
        // "`026-11-21 14:10 Resolved": a date with a slip at its very beginning.
        return HeadingKind::Broken(Fault {
            rule: UPDATE_HEADING,
            message: format!("“{text}” does not begin with a date."),
            help: "Write `## 2026-11-21 14:10 Identified`: date, time, status.".to_owned(),
            at: None,
        });
    }
    match dated(text, keywords, zone, maintenance) {
        Ok(kind) => kind,
        Err(fault) => HeadingKind::Broken(fault),
    }
}

fn dated(text: &str, keywords: &Keywords, zone: &TimeZone, maintenance: bool) -> Result<HeadingKind, Fault> {
    let bad_time = |trouble: super::moment::Trouble| Fault {
        rule: BAD_TIME,
        message: trouble.message,
        help: trouble.help,
        at: None,
    };
    let (mut moment, mut rest) = match Moment::take(text) {
        Ok(taken) => taken,
        // "3 things to know" and "2026 in review" are headings of a page, not slips.
        Err(_) if !text.contains([':', '-', '/']) && text.contains(char::is_alphabetic) => {
            return Ok(HeadingKind::Other);
        }
        Err(trouble) => return Err(bad_time(trouble)),
    };
    // A dash or dot may stand between date and time.
    let after_date = rest.trim_start_matches(BETWEEN);
    if moment.time.is_none() && after_date.starts_with(|c: char| c.is_ascii_digit()) {
        let (time, after) = Moment::take(after_date).map_err(bad_time)?;
        (moment.time, moment.offset, rest) = (time.time, time.offset, after);
    }
    if moment.date.is_none() || moment.time.is_none() {
        let lacks = if moment.date.is_none() { "date" } else { "time" };
        let word = rest.trim_start_matches(BETWEEN);
        return Err(Fault {
            rule: UPDATE_HEADING,
            message: format!("“{text}” lacks its {lacks}."),
            help: format!(
                "Write both: `## 2026-11-21 14:10 {}`.",
                if word.is_empty() { "Identified" } else { word }
            ),
            at: None,
        });
    }
    let at = moment.instant(zone).map_err(bad_time)?;
    let word = word(rest, keywords, maintenance, Some(at))?;
    Ok(HeadingKind::Update { at, word })
}

fn word(rest: &str, keywords: &Keywords, maintenance: bool, at: Option<Timestamp>) -> Result<Word, Fault> {
    let text = rest.trim_start_matches(BETWEEN).trim();
    let fault = |message: String, help: String| Fault { rule: UNKNOWN_STATUS, message, help, at };
    let statuses = || {
        let fits = Status::ALL.into_iter().filter(|status| status.of_maintenance() == maintenance);
        let mut words: Vec<_> = fits.map(Status::word).collect();
        words.extend(["Correction", "Review"]);
        words.join(", ")
    };
    if text.is_empty() {
        return Err(fault(
            "The heading ends without a status.".to_owned(),
            format!("End it with one of: {}.", statuses()),
        ));
    }
    match keywords.heading_word(text) {
        Some(HeadingWord::Of(Word::Status(status))) if status.of_maintenance() != maintenance => {
            let (what, other) =
                if maintenance { ("a maintenance", "an incident") } else { ("an incident", "a maintenance") };
            Err(fault(
                format!("“{text}” is a status of {other}, and this file is {what}."),
                format!("Write one of: {}.", statuses()),
            ))
        }
        Some(HeadingWord::Of(word)) => Ok(word),
        Some(HeadingWord::Draft) => Err(fault(
            "A draft has no time yet.".to_owned(),
            "Write `## Draft` alone; everything below it stays unpublished.".to_owned(),
        )),
        Some(HeadingWord::Now) | None => Err(match keywords.nearest_heading_word(text) {
            Some(near) => fault(format!("“{text}” is not a status."), format!("Did you mean `{near}`?")),
            None => fault(format!("“{text}” is not a status."), format!("Write one of: {}.", statuses())),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let zone = TimeZone::get("America/Winnipeg").unwrap();
        match read_heading(text, Keywords::of("fr"), &zone, false) {
            HeadingKind::Update { at, word } => format!("{at} {word:?}"),
            HeadingKind::Now { word } => format!("now {word:?}"),
            HeadingKind::Draft => "draft".to_owned(),
            HeadingKind::Other => "other".to_owned(),
            HeadingKind::Broken(fault) => format!("{}: {} {}", fault.rule, fault.message, fault.help),
        }
    }

    #[test]
    fn a_dash_or_dot_may_stand_between_and_case_does_not_count() {
        for text in [
            "2026-11-21 14:10 Identified",
            "2026-11-21 14:10 - Identified",
            "2026-11-21 14:10 — identified",
            "2026-11-21 · 14:10 · IDENTIFIED",
            "2026-11-21T14:10. Identified",
            "2026-11-21 2:10pm Identified",
            "2026-11-21 14:10-06:00 Identified",
            "2026-11-21 20:10Z - Identified",
            "2026-11-21 21:10 +01:00 Cause identifiée",
        ] {
            assert_eq!(read(text), "2026-11-21T20:10:00Z Status(Identified)", "{text}");
        }
        assert_eq!(read("2026-11-21 14:10 Review"), "2026-11-21T20:10:00Z Review");
        assert_eq!(read("now Résolu"), "now Status(Resolved)");
        assert_eq!(read("DRAFT"), "draft");
    }

    #[test]
    fn what_looks_like_an_update_and_is_none_says_what_to_write() {
        for (text, told) in [
            (
                "2026-11-21 14:10 Identifed",
                "unknown-status: “Identifed” is not a status. Did you mean `Identified`?",
            ),
            ("2026-11-21 14:10", "unknown-status: The heading ends without a status."),
            ("2026-11-21 14:10 Scheduled", "unknown-status: “Scheduled” is a status of a maintenance"),
            ("14:10 Identified", "update-heading: “14:10 Identified” lacks its date."),
            ("2026-11-21 Identified", "update-heading: “2026-11-21 Identified” lacks its time."),
            ("Identified", "update-heading: “Identified” lacks its date and time."),
            ("2026-11-31 14:10 Identified", "bad-time: There is no day 2026-11-31."),
            ("21/11/2026 14:10 Identified", "bad-time: “21/11/2026” could be more than one day."),
            ("2026-11-01 01:30 Identified", "bad-time: 2026-11-01 01:30 exists twice"),
            (
                "x026-11-21 14:10 Identified",
                "update-heading: “x026-11-21 14:10 Identified” does not begin with a date.",
            ),
            ("now identifyed", "unknown-status: “identifyed” is not a status. Did you mean `Identified`?"),
        ] {
            assert!(read(text).starts_with(told), "{text}: {}", read(text));
        }
    }

    #[test]
    fn other_headings_are_left_alone() {
        for text in ["Background", "Now we know more", "3 things to know", "", "2026 in review"] {
            assert_eq!(read(text), "other", "{text}");
        }
    }
}
