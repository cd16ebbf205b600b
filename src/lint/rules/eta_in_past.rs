//! A time for what is to come that has passed when it is said.

use jiff::civil::Time;
use jiff::{SignedDuration, Timestamp};

use crate::diag::Level;
use crate::lint::backing;
use crate::lint::{Category, Check, Lowered, Passage, Phrases, Report, Rule};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    id: "eta-in-past",
    category: Category::Time,
    level: Level::Error,
    withholds: true,
    overridable: true,
    summary: "A time for the next update or the fix that is not after the update itself.",
    explanation: "A promise for a time that has gone is false when it is read. Most often it was copied from the update \
        before, or the day is missing.",
    source: "Diana Booher: promise only what you know to be true.",
    backing: "A time after the heading's. A time on another day wants its date. What was said before may be quoted: \
        “we had said 14:00”.",
    check: Check::Words(check),
};

/// A bare clock time further back than this may as well be meant for the next day.
const SURELY_TODAY: SignedDuration = SignedDuration::from_hours(3);

fn check(passage: &Passage<'_>, report: &mut Report<'_>) {
    let Some(update) = passage.update else { return };
    if !passage.translated {
        let next = update.header.next_update.as_ref().map(|next| (next.span, next.value.at));
        let fix = update.header.expected_fix.as_ref().and_then(|fix| Some((fix.span, fix.value.at?)));
        for (span, at) in next.into_iter().chain(fix).filter(|(_, at)| *at <= update.at) {
            find(passage, report, span, at, update.at);
        }
    }
    let (Some(phrases), Some(lexicon)) = (passage.phrases(RULE.id), passage.lexicon()) else { return };
    let over = passage.status.is_some_and(|status| status.is_final());
    if over || passage.maintenance {
        return; // What was said before is told, or the window says it.
    }
    let estimates = backing::estimates(passage);
    for (index, sentence) in passage.sentences().enumerate() {
        let text = sentence.text;
        if !lexicon.has("clock", text) {
            continue;
        }
        let promises = backing::is_appointment(lexicon, text) && phrases.has("next", text)
            || estimates.iter().any(|estimate| estimate.sentence == index);
        if promises && let Some((span, at)) = passed(passage, phrases, lexicon, &sentence, update.at) {
            find(passage, report, span, at, update.at);
        }
    }
}

fn find(passage: &Passage<'_>, report: &mut Report<'_>, span: Span, at: Timestamp, heading: Timestamp) {
    let (at, heading) =
        (backing::written(passage.context, at, heading), backing::written(passage.context, heading, heading));
    report.find(
        passage.place(span),
        format!("This is {at}, and the update itself is of {heading}: the time has passed when people read it."),
        "Give a time that is still to come. If it is on another day, write the date with it.",
    );
}

/// The only clock time of a sentence, if it has passed at `heading`.
fn passed(
    passage: &Passage<'_>,
    phrases: &Phrases,
    lexicon: &Phrases,
    sentence: &Lowered<'_>,
    heading: Timestamp,
) -> Option<(Span, Timestamp)> {
    let text = sentence.text;
    let mut clocks = lexicon.find("clock", text);
    let clock = clocks.next()?;
    if clocks.next().is_some() || phrases.has("elsewhere", text) || names_zone(sentence.written(clock.end..text.len())) {
        return None;
    }
    let zone = &passage.context.settings.zone;
    let date = heading.to_zoned(zone.clone()).date();
    let read = |time: Time| date.to_datetime(time).to_zoned(zone.clone()).ok().map(|zoned| zoned.timestamp());
    let (early, late) = clock_time(&text[clock.clone()])?;
    let at = read(late.unwrap_or(early))?;
    let since = heading.duration_since(at);
    let sure = phrases.has("today", text) || since < SURELY_TODAY;
    (at <= heading && sure).then(|| (sentence.original(clock), at))
}

/// Whether a zone or an offset follows a clock time: "10:00 BST", "10:00 (CET)", "10:00+01:00".
fn names_zone(rest: &str) -> bool {
    let word = rest.trim_start_matches([' ', '(']);
    let capitals = word.chars().take_while(char::is_ascii_uppercase).count();
    let ends = !word.chars().nth(capitals).is_some_and(char::is_alphanumeric);
    let offset = word.starts_with(['+', '-']) && word.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    (1..=5).contains(&capitals) && ends || offset
}

/// A clock time in words as time of day; second, twelve hours later, where it may be either: "3:30".
fn clock_time(words: &str) -> Option<(Time, Option<Time>)> {
    let words = words.to_ascii_lowercase().replace(['.', ' '], "");
    if matches!(words.as_str(), "noon" | "midday") {
        return Some((Time::midnight().with().hour(12).build().ok()?, None));
    }
    let digits_end = words.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(words.len());
    let (digits, half) = words.split_at(digits_end);
    let (hour, minute) = digits.split_once(':').unwrap_or((digits, "0"));
    let (mut hour, minute): (i8, i8) = (hour.parse().ok()?, minute.parse().ok()?);
    let twelve = (1..=12).contains(&hour);
    match half {
        "pm" | "p" if twelve => hour = hour % 12 + 12,
        "am" | "a" if twelve => hour %= 12,
        "" => {}
        _ => return None,
    }
    let open = half.is_empty() && (1..12).contains(&hour) && !digits.starts_with('0');
    let late = if open { Time::new(hour + 12, minute, 0, 0).ok() } else { None };
    Some((Time::new(hour, minute, 0, 0).ok()?, late))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_times_are_read_as_people_write_them() {
        let read = |words: &str| {
            clock_time(words).map(|(time, late)| (time.strftime("%H:%M").to_string(), late.is_some()))
        };
        assert_eq!(read("23:30"), Some(("23:30".to_owned(), false)));
        assert_eq!(read("3:30 p.m"), Some(("15:30".to_owned(), false)));
        assert_eq!(read("12am"), Some(("00:00".to_owned(), false)));
        assert_eq!(read("3:30"), Some(("03:30".to_owned(), true)));
        assert_eq!(read("noon"), Some(("12:00".to_owned(), false)));
        assert_eq!(read("midnight"), None);
    }
}
