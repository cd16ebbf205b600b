//! Harm for which nobody said sorry.

use crate::config::Severity;
use crate::content::{Status, Word};
use crate::diag::Level;
use crate::lint::{Category, Check, Pack, Passage, Report, Rule, Subject};

pub(super) const RULE: Rule = Rule {
    id: "missing-apology",
    category: Category::Apology,
    level: Level::Warning,
    withholds: false,
    overridable: true,
    summary: "A major or critical incident whose cause is found or that is over, without an apology for a harm that is named.",
    explanation: "People forgive much to somebody who says sorry for what happened to them, and little to somebody who says \
        “unfortunately”. In England and Wales an apology is not in itself an admission (Compensation Act 2006, section 2).",
    source: "Customer Service Solutions: defend without being defensive. Statuspage: apologise. The duty of candour in \
        health care. Lewicki, Polin and Lount: responsibility first, then repair.",
    backing: "A sentence in any update that says sorry, and in it or beside it what happened to people: “We are sorry. 412 \
        people got no reminder.” A sentence that takes the fault on \
        oneself (“that is our fault”) counts. `apology = \"not needed because …\"` where it was nobody's doing, such as the weather. Minor \
        incidents and planned work need none.",
    check: Check::Structure(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let incident = subject.incident;
    let Some(phrases) = Pack::of(&incident.lang).and_then(|pack| pack.rule(RULE.id)) else { return };
    let status = incident.updates.iter().rev().find_map(|update| match update.word {
        Word::Status(status) => Some(status),
        _ => None,
    });
    let far = matches!(status, Some(Status::Identified | Status::Monitoring | Status::Resolved));
    let severity = subject.timeline.map_or(incident.severity.value, |timeline| timeline.facts.severity);
    if !far || severity == Severity::Minor || incident.apology_not_needed.is_some() || incident.is_maintenance() {
        return;
    }
    let owns = |passage: &Passage<'_>| passage.sentences().any(|said| phrases.has("owns", said.text));
    if subject.own().any(owns) {
        return;
    }
    let sorry = |passage: &Passage<'_>| {
        passage.lexicon().is_some_and(|lexicon| passage.sentences().any(|said| lexicon.has("apology", said.text)))
    };
    let names_harm = |passage: &Passage<'_>| {
        let Some(lexicon) = passage.lexicon() else { return false };
        let bare = |text: &str| phrases.has("bare", text);
        let whole = passage.sentences().any(|said| lexicon.has("apology", said.text) && !bare(said.text));
        whole || passage.sentences().any(|said| !bare(said.text) && phrases.has("harm", said.text))
    };
    let mut said = subject.own().filter(|passage| sorry(passage)).peekable();
    let none = said.peek().is_none();
    if !none && said.any(names_harm) {
        return;
    }
    let (message, help) = if none {
        ("Nobody says sorry for this.", "Say it for the harm that people had, and what you do to put it right: “We are sorry \
          that … We will …” Where nobody could have helped it, write `apology = \"not needed because …\"` into the front \
          matter.")
    } else {
        ("The apology names nothing that it is for.", "Say what happened to people: “We are sorry that you could not … from … \
          to …”.")
    };
    let finding = report.find(subject.latest_place(), message, help);
    if let Some(update) = incident.updates.last() {
        finding.level = subject.level_of_words(update, RULE.level);
    }
}
