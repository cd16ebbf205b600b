//! A time for what is to come that has passed when it is said.

use std::cell::OnceCell;

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
    let estimates = OnceCell::new();
    for (index, sentence) in passage.sentences().enumerate() {
        let text = sentence.text;
        if !lexicon.has("clock", text) {
            continue;
        }
        let promises = backing::is_appointment(lexicon, text) && phrases.has("next", text)
            || estimates
                .get_or_init(|| backing::estimates(passage))
                .iter()
                .any(|estimate| estimate.sentence == index);
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
    let (early, late) = backing::clock_time(&text[clock.clone()])?;
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
