//! Something promised for later whose day has passed.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::content::{Incident, Update, Word};
use crate::diag::Level;
use crate::lint::backing;
use crate::lint::{Category, Check, Pack, Passage, Phrases, Place, Report, Rule, Subject};
use crate::timeline::{PromiseState, Promised, StatementKind};

pub(super) const RULE: Rule = Rule {
    id: "overdue-follow-up",
    category: Category::Time,
    level: Level::Warning,
    withholds: false,
    overridable: true,
    summary: "A change or a report that was promised in public is overdue.",
    explanation: "Once the trouble is over, what was promised for later is easily forgotten by those who promised it, \
        and not by those who were hurt. A promise that lapses in silence costs more trust than the incident did.",
    source: "How not to react when something goes wrong: learn, and say what you changed. Effective incident handling: \
        follow up after the resolution.",
    backing: "A task of a review that is ticked, with `done DATE`; a promise that a later update settles with `Kept:`, \
        or moves: `Withdrawn: FIRST WORDS because REASON` and a new `Promise:`. A report promised in words wants a \
        `Review` by the day that was said, else within 14 days; `review = \"none because …\"` backs it too. A task \
        without a day cannot be read at all.",
    check: Check::History(check),
};

/// How long a report that was promised for no day may take.
const REPORT_WITHIN: SignedDuration = SignedDuration::from_hours(14 * 24);

/// From this many words on, an update tells what happened.
const ACCOUNT: usize = 45;

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let Some(timeline) = subject.timeline else { return };
    let now = subject.context.now;
    let grace = subject.context.settings.plans.of(timeline.facts.severity).grace;
    for promise in &timeline.promises {
        match promise.state {
            PromiseState::Missed if promise.whole_day || now.duration_since(promise.by) > grace => {
                overdue(subject, promise, report);
            }
            PromiseState::Withdrawn if promise.because.is_none() => withdrawn(subject, promise, report),
            _ => {}
        }
    }
    missing_report(subject, report);
}

fn overdue(subject: &Subject<'_>, promise: &Promised, report: &mut Report<'_>) {
    let format = if promise.whole_day { "%Y-%m-%d" } else { "%Y-%m-%d %H:%M" };
    let by = promise.by.to_zoned(subject.context.settings.zone.clone()).strftime(format);
    report.find(
        place_of(subject, promise),
        format!("“{}” was promised by {by}. It is overdue.", promise.what),
        format!(
            "Do it and say so (`- [x] …; done DATE`, or `Kept: {0}` in a new update); or publish a new day: `Withdrawn: \
             {0} because REASON` and a `Promise:` below it.",
            first_words(&promise.what)
        ),
    );
}

fn withdrawn(subject: &Subject<'_>, promise: &Promised, report: &mut Report<'_>) {
    let settled = |update: &&Update| Some(update.at) == promise.settled_at;
    let Some(update) = subject.incident.updates.iter().find(settled) else { return };
    let lines = &update.header.withdrawn;
    let unreasoned = lines.iter().filter(|line| line.because.is_none());
    let line = unreasoned.min_by_key(|line| !promise.what.to_lowercase().starts_with(&line.words.to_lowercase()));
    let Some(line) = line else { return };
    let finding = report.find(
        subject.place_in(update, line.span),
        format!("The promise “{}” is taken back without a reason.", promise.what),
        format!("Give it: `Withdrawn: {} because REASON`. If it only comes later, promise the new day.", line.words),
    );
    finding.level = subject.level_of_words(update, RULE.level);
}

/// The line in which a promise was made.
fn place_of<'a>(subject: &Subject<'a>, promise: &Promised) -> Place<'a> {
    let incident: &'a Incident = subject.incident;
    let Some(update) = incident.updates.iter().find(|update| update.at == promise.made_at) else {
        return subject.latest_place();
    };
    let headed = update.header.promises.iter().map(|line| (&line.value, line.span));
    let listed = update.tasks.iter().map(|task| (&task.promise, task.span));
    let mut lines = headed.chain(listed);
    let line = lines.find(|(made, _)| made.by == promise.by && made.what == promise.what);
    subject.place_in(update, line.map_or(update.heading, |(_, span)| span))
}

fn first_words(what: &str) -> String {
    what.split_whitespace().take(3).collect::<Vec<_>>().join(" ")
}

/// Whether the words promised a report that has not come.
fn missing_report(subject: &Subject<'_>, report: &mut Report<'_>) {
    let incident = subject.incident;
    let (Some(timeline), None) = (subject.timeline, &incident.no_review) else { return };
    let Some(phrases) = Pack::of(&incident.lang).and_then(|pack| pack.rule(RULE.id)) else { return };
    if timeline.ended.is_none() || incident.is_maintenance() {
        return;
    }
    let mut promised = None;
    for passage in subject.own() {
        let Some(update) = passage.update.filter(|update| is_out(subject, update)) else { continue };
        let told = promised.is_some() && is_account(passage);
        if told || update.word == Word::Review || passage.sentences().any(|said| phrases.has("published", said.text)) {
            promised = None;
        } else if update.header.promises.is_empty() {
            promised = announced(phrases, passage, update).or(promised);
        }
    }
    // A review may have come under another heading time than the updates of the file.
    let reviewed = timeline.statements.iter().any(|said| said.kind == StatementKind::Review);
    let Some((place, deadline)) = promised.filter(|_| !reviewed) else { return };
    if subject.context.now > deadline {
        let by = backing::written(subject.context, deadline, subject.context.now);
        report.find(
            place,
            format!("You told people that a report would come; none was published by {by}."),
            "Publish it: `candor update` with the word `Review`. Or say, in a `Review`, by when it will come and why it is \
             late; `review = \"none because …\"` says that there will be none.",
        );
    }
}

/// Whether a later update is long enough to be the report itself. Who promises it again has not given it.
fn is_account(passage: &Passage<'_>) -> bool {
    passage.sentences().map(|said| said.text.split_whitespace().count()).sum::<usize>() >= ACCOUNT
}

fn is_out(subject: &Subject<'_>, update: &Update) -> bool {
    update.at <= subject.context.now
}

/// The sentence that promises a report, and until when it may take.
fn announced<'a>(phrases: &Phrases, passage: &Passage<'a>, update: &Update) -> Option<(Place<'a>, Timestamp)> {
    let lexicon = passage.lexicon()?;
    passage.sentences().find_map(|said| {
        let words = phrases.first("report", said.text)?;
        if lexicon.has("negation", &said.text[..words.end]) {
            return None;
        }
        let zone = &passage.context.settings.zone;
        let heading = update.at.to_zoned(zone.clone()).date();
        let day = lexicon.find("when", said.text).find_map(|when| stated_day(&said.text[when], heading));
        let end = |day: Date| day.tomorrow().ok()?.to_zoned(zone.clone()).ok().map(|zoned| zoned.timestamp());
        let deadline = day.and_then(end).or_else(|| update.at.checked_add(REPORT_WITHIN).ok())?;
        Some((passage.place(said.original(words)), deadline))
    })
}

/// The day that words such as "4 december", "december 4", "2026-12-04" or "within 5 working days" mean.
fn stated_day(words: &str, heading: Date) -> Option<Date> {
    if let Ok(day) = words.parse::<Date>() {
        return Some(day);
    }
    let parts: Vec<&str> = words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let number = parts.iter().find_map(|part| part.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<i8>().ok());
    if let (Some(month), Some(day)) = (parts.iter().find_map(|part| month(part)), number) {
        let this_year = Date::new(heading.year(), month, day).ok()?;
        return if this_year < heading { this_year.checked_add(1.year()).ok() } else { Some(this_year) };
    }
    let count = i64::from(number?);
    let unit = |name: &str| parts.iter().any(|part| part.starts_with(name));
    if unit("week") {
        heading.checked_add(count.weeks()).ok()
    } else if unit("day") {
        // Working days are at most seven of the calendar for each five, and a weekend more.
        let days = if unit("working") || unit("business") { count + (count / 5 + 1) * 2 } else { count };
        heading.checked_add(days.days()).ok()
    } else {
        None
    }
}

/// The number of an English month by its first three letters.
fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let at = MONTHS.iter().position(|month| word.starts_with(month))?;
    i8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        let heading = Date::constant(2026, 11, 21);
        let day = |words: &str| stated_day(words, heading).map(|day| day.to_string());
        assert_eq!(day("4 december").as_deref(), Some("2026-12-04"));
        assert_eq!(day("january 9th").as_deref(), Some("2027-01-09"));
        assert_eq!(day("2026-12-04").as_deref(), Some("2026-12-04"));
        assert_eq!(day("within 2 weeks").as_deref(), Some("2026-12-05"));
        assert_eq!(day("within 5 working days").as_deref(), Some("2026-11-30"));
        assert_eq!(day("15:30"), None);
        assert_eq!(day("friday"), None);
    }
}
