//! An open incident that does not say what is being done.

use crate::content::{Status, Word};
use crate::diag::Level;
use crate::lint::{Category, Check, Pack, Passage, Phrases, Report, Rule, Subject, agency};

pub(super) const RULE: Rule = Rule {
    id: "missing-plan",
    category: Category::Structure,
    level: Level::Warning,
    withholds: false,
    overridable: true,
    summary: "An open incident whose latest update does not say what is done, or what comes next.",
    explanation: "“We are aware of the problem” and “we are working on it” say that something is being done and hide what. \
        One concrete step (“we are checking the link between our two sites”) shows that somebody has begun, and lets \
        people judge how long it may take.",
    source: "How not to react when something goes wrong: explain how you are going to fix the problem. NHS Scotland: \
        remedy, one of the four Rs.",
    backing: "One step in progress or next, in the latest update: “We are restoring last night's copy”, “We do not know \
        the cause yet. We are checking the valve first.” Under `Monitoring`, what we watch is such a step.",
    check: Check::Structure(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    if subject.incident.is_maintenance() || subject.timeline.is_none_or(|timeline| !timeline.open) {
        return;
    }
    let Some(phrases) = Pack::of(&subject.incident.lang).and_then(|pack| pack.rule(RULE.id)) else { return };
    let updates = &subject.incident.updates;
    let latest = updates.iter().rposition(|update| matches!(update.word, Word::Status(_)));
    let Some((index, update)) = latest.and_then(|index| Some((index, updates.get(index)?))) else { return };
    let Some(passage) = subject.passage(index) else { return };
    let watched = passage.status == Some(Status::Monitoring);
    if passage.status.is_some_and(Status::is_final) || has_plan(phrases, passage, watched) {
        return;
    }
    let empty = passage.sentences().find_map(|said| {
        let words = phrases.first("empty", said.text)?;
        (!phrases.has("specific", &said.text[words.end..])).then(|| said.original(words))
    });
    let Some(words) = empty else { return };
    report
        .find(
            passage.place(words),
            "This says that something is being done, and not what.",
            format!("Say the step that you are at or the next one: “{}”", phrases.suggestion("step")),
        )
        .level = subject.level_of_words(update, RULE.level);
}

fn has_plan(phrases: &Phrases, passage: &Passage<'_>, watched: bool) -> bool {
    let Some(lexicon) = passage.lexicon() else { return true };
    passage.sentences().any(|sentence| {
        let text = sentence.text;
        let step = |clause: &str| phrases.has("under_way", clause) && !phrases.has("bare", clause);
        agency::own_clauses(lexicon, text).into_iter().any(step)
            || phrases.has("passive", text)
            || watched && phrases.has("watch", text)
    })
}
