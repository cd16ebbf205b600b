//! An incident that got as far as its cause and does not tell it.

use crate::content::{SectionKind, Status, Word};
use crate::diag::Level;
use crate::lint::{Category, Check, Pack, Passage, Phrases, Report, Rule, Subject};
use crate::prose::Prose;

pub(super) const RULE: Rule = Rule {
    id: "missing-cause-statement",
    category: Category::Structure,
    level: Level::Warning,
    withholds: false,
    overridable: true,
    summary: "Identified, monitoring or resolved, and no word on why it happened.",
    explanation: "“The issue has been identified” keeps for ourselves what everybody wants to know. Told nothing, people \
        guess, and they guess worse than it was. “We do not know yet” is an answer too.",
    source: "How not to react when something goes wrong: why did this happen? Lewicki, Polin and Lount: an explanation is \
        part of an apology. CDC, crisis communication: say what you do not know.",
    backing: "A sentence anywhere in the incident that says what broke or what was done wrong; one that says that you do not \
        know why (yet); the section `### Why` of a review; `cause = \"unknown\"`. Another tag in `cause` is for the record and \
        is not printed as a reason. An incident with more than 30 words since its cause was found, beyond what is fixed and \
        watched, is believed to tell it.",
    check: Check::Structure(check),
};

/// From this many words on, an incident may tell its cause in plain words that no list holds.
const PLAIN: usize = 30;

/// The words of the updates since the cause was found, without those that say only how far it has come.
fn words_since_found(subject: &Subject<'_>, phrases: &Phrases) -> usize {
    let later = subject.own().filter(|passage| {
        passage.update.is_some() && passage.status.is_some_and(|status| status != Status::Investigating)
    });
    let sentences = later.flat_map(Passage::sentences).filter(|said| !phrases.has("progress", said.text));
    sentences.map(|said| said.text.split_whitespace().count()).sum()
}

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let incident = subject.incident;
    let Some(phrases) = Pack::of(&incident.lang).and_then(|pack| pack.rule(RULE.id)) else { return };
    let latest = incident.updates.iter().rev().find_map(|update| match update.word {
        Word::Status(status) => Some((update, status)),
        _ => None,
    });
    let Some((update, status)) = latest else { return };
    if !matches!(status, Status::Identified | Status::Monitoring | Status::Resolved)
        || incident.cause.as_ref().is_some_and(|cause| cause.value == "unknown")
    {
        return;
    }
    let words = |section: &crate::content::Section| {
        section.kind == SectionKind::Why && Prose::read(incident.text(), section.body).sentences().next().is_some()
    };
    let why = incident.updates.iter().flat_map(|update| &update.sections).any(words);
    let tells = |set: &str| {
        let mut said = subject.own().flat_map(Passage::sentences);
        said.any(|said| phrases.has(set, said.text))
    };
    if why || ["because", "unknown", "cause"].into_iter().any(tells) || words_since_found(subject, phrases) > PLAIN {
        return;
    }
    let finding = report.find(
        subject.place_in(update, update.heading),
        "This does not say why it happened, nor that you do not know.",
        "Add one sentence: “It happened because …”, or “We do not know yet why it happened.” With `cause = \"unknown\"` the \
         page says so.",
    );
    finding.level = subject.level_of_words(update, RULE.level);
}
