//! What backs a claim, in the words of a passage and in the header of its update: times, reasons, appointments.

use std::ops::Range;

use jiff::civil::Time;
use jiff::{SignedDuration, Timestamp};

use super::{Context, Lowered, Passage, Phrases};

/// A time by which something is to work again, as the words of one sentence give it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Estimate {
    /// Index of the sentence in its passage.
    pub sentence: usize,
    /// The time, in bytes of the sentence's text.
    pub time: Range<usize>,
    /// Whether this sentence or the next one says how we know.
    pub reasoned: bool,
}

/// The estimates of a passage that has words for them.
pub(super) fn estimates(passage: &Passage<'_>) -> Vec<Estimate> {
    let Some(lexicon) = passage.lexicon() else { return Vec::new() };
    let sentences: Vec<Lowered<'_>> = passage.sentences().collect();
    let estimate = |(index, sentence): (usize, &Lowered<'_>)| {
        let time = estimated(lexicon, sentence.text)?;
        Some(Estimate { sentence: index, time, reasoned: is_reasoned(lexicon, &sentences, index) })
    };
    sentences.iter().enumerate().filter_map(estimate).collect()
}

/// The time that a sentence gives for a recovery to come. Sentences about what happened, and about what we will say,
/// give none.
fn estimated(lexicon: &Phrases, text: &str) -> Option<Range<usize>> {
    if let Some(eta) = lexicon.first("eta", text) {
        return Some(eta);
    }
    // Few sentences speak of what is to come, and fewer give a time, so these come first.
    if !lexicon.has("future", text) || !lexicon.has("estimate", text) || !lexicon.has("recovery", text) {
        return None;
    }
    let clauses = clauses(lexicon, text);
    clauses.iter().enumerate().find_map(|(index, clause)| {
        let words = &text[clause.clone()];
        let about_recovery = lexicon.has("recovery", words) && lexicon.has("future", words);
        if !about_recovery || lexicon.has("news", words) || lexicon.has("bygone", words) {
            return None;
        }
        let next = clauses.get(index + 1).filter(|next| goes_on(lexicon, &text[(*next).clone()]));
        time_in(lexicon, text, clause).or_else(|| time_in(lexicon, text, next?))
    })
}

/// The time that a clause gives, in bytes of the sentence, without the word that leads to it.
fn time_in(lexicon: &Phrases, text: &str, clause: &Range<usize>) -> Option<Range<usize>> {
    let found = lexicon.first("estimate", &text[clause.clone()])?;
    let found = clause.start + found.start..clause.start + found.end;
    let when = lexicon.first("when", &text[found.clone()])?;
    Some(found.start + when.start..found.start + when.end)
}

/// Whether a clause goes on about the one before it: "soon: we expect this by 15:30", "shortly, by 15:30 at the latest".
fn goes_on(lexicon: &Phrases, clause: &str) -> bool {
    let short = clause.split_whitespace().count() <= 5;
    let other = lexicon.has("news", clause) || lexicon.has("bygone", clause);
    !other && (short || lexicon.has("future", clause))
}

/// Whether a sentence or the one after it says how we know.
pub(super) fn is_reasoned(lexicon: &Phrases, sentences: &[Lowered<'_>], index: usize) -> bool {
    sentences.iter().skip(index).take(2).any(|sentence| lexicon.has("basis", sentence.text))
}

/// The clauses of a sentence, in order, without gaps.
pub(super) fn clauses(lexicon: &Phrases, text: &str) -> Vec<Range<usize>> {
    let mut starts = vec![0];
    starts.extend(lexicon.find("break", text).map(|found| found.start).filter(|&start| start > 0));
    let ends = starts.iter().skip(1).copied().chain([text.len()]).collect::<Vec<_>>();
    starts.into_iter().zip(ends).map(|(start, end)| start..end).collect()
}

/// The clause that holds `at`.
pub(super) fn clause_at(lexicon: &Phrases, text: &str, at: usize) -> Range<usize> {
    clauses(lexicon, text).into_iter().find(|clause| clause.contains(&at)).unwrap_or(0..text.len())
}

/// When its update says that we speak next, by the header or in its words. The interval of the plan says it to the page,
/// but words such as "another update shortly" want it written.
pub(super) fn says_when_next(passage: &Passage<'_>) -> bool {
    *passage.says_when_next.get_or_init(|| {
        let header = passage.header().is_some_and(|header| header.next_update.is_some());
        let words = |lexicon| passage.sentences().any(|sentence| is_appointment(lexicon, sentence.text));
        header || passage.lexicon().is_some_and(words)
    })
}

/// Whether a sentence says when the next word comes.
pub(super) fn is_appointment(lexicon: &Phrases, text: &str) -> bool {
    if !lexicon.has("news", text) {
        return false;
    }
    clauses(lexicon, text).into_iter().any(|clause| {
        let words = &text[clause.clone()];
        // "Updates are posted every 30 minutes; the next one is at 14:30": the clause before may hold the noun.
        let about_news = lexicon.has("news", words) || lexicon.has("news", &text[..clause.end]);
        about_news && lexicon.has("appointment", words) && !lexicon.has("bygone", words)
    })
}

/// Whether the header says when it will work again and why, or that and why we do not know.
pub(super) fn header_explains_fix(passage: &Passage<'_>) -> bool {
    passage
        .header()
        .and_then(|header| header.expected_fix.as_ref())
        .is_some_and(|fix| is_reason(&fix.because))
}

/// Whether an explicit promise in the header, which has its time, is about what the clause is about.
pub(super) fn is_promised(passage: &Passage<'_>, clause: &str) -> bool {
    let clause = clause.to_lowercase();
    passage.header().is_some_and(|header| {
        let words =
            header.promises.iter().flat_map(|promise| promise.what.split(|c: char| !c.is_alphanumeric()));
        words.filter(|word| word.chars().count() > 3).any(|word| clause.contains(&word.to_lowercase()))
    })
}

/// Whether the words before a cue ask something of readers, so that it promises them nothing.
pub(super) fn asks_reader(lexicon: &Phrases, before: &str) -> bool {
    let order = before.trim_start_matches(|c: char| !c.is_alphanumeric());
    lexicon.has("request", before) && !lexicon.has("outcome", before) || lexicon.has("imperative", order)
}

/// A reason has at least three words.
pub(super) fn is_reason(text: &str) -> bool {
    text.split_whitespace().count() >= 3
}

/// The header line that says when we speak next, with the time that is due by the plan.
pub(super) fn next_update_line(passage: &Passage<'_>) -> String {
    match (passage.due, passage.update) {
        (Some(due), Some(update)) => format!("`Next update: {}`", written(passage.context, due, update.at)),
        _ => "`Next update: TIME`".to_owned(),
    }
}

/// A moment as people of the site write it: the clock alone where the day is the same as that of `beside`.
pub(super) fn written(context: &Context<'_>, moment: Timestamp, beside: Timestamp) -> String {
    let zone = &context.settings.zone;
    let (moment, beside) = (moment.to_zoned(zone.clone()), beside.to_zoned(zone.clone()));
    let format = if moment.date() == beside.date() { "%H:%M" } else { "%Y-%m-%d %H:%M" };
    moment.strftime(format).to_string()
}

/// The moment that a clock time in words means, if it is not after `heading` and on the same day.
pub(super) fn earlier_today(context: &Context<'_>, words: &str, heading: Timestamp) -> Option<Timestamp> {
    let zone = &context.settings.zone;
    let date = heading.to_zoned(zone.clone()).date();
    let (early, late) = clock_time(words)?;
    let read = |time: Time| date.to_datetime(time).to_zoned(zone.clone()).ok().map(|zoned| zoned.timestamp());
    late.into_iter().chain([early]).filter_map(read).find(|at| *at <= heading)
}

/// A clock time in words as time of day; second, twelve hours later, where it may be either: "3:30".
pub(super) fn clock_time(words: &str) -> Option<(Time, Option<Time>)> {
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

/// An interval as people say it: "30 minutes", "2 hours", "1 hour 30 minutes".
pub(super) fn length(interval: SignedDuration) -> String {
    let minutes = interval.as_mins();
    let part = |count: i64, unit: &str| match count {
        0 => None,
        1 => Some(format!("1 {unit}")),
        _ => Some(format!("{count} {unit}s")),
    };
    let parts: Vec<String> =
        [part(minutes / 60, "hour"), part(minutes % 60, "minute")].into_iter().flatten().collect();
    if parts.is_empty() { "minute".to_owned() } else { parts.join(" ") }
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
