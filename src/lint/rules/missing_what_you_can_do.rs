//! An open incident that does not tell readers what they can do.

use crate::diag::Level;
use crate::prose::{BlockKind, Prose};
use crate::lint::{Category, Check, Pack, Passage, Phrases, Report, Rule, Subject};
use crate::timeline::Words;

pub(super) const RULE: Rule = Rule {
    id: "missing-what-you-can-do",
    category: Category::Structure,
    level: Level::Warning,
    withholds: false,
    overridable: true,
    summary: "An open incident that does not tell readers what they can do now, or that they need do nothing.",
    explanation: "People come to the page with a question of their own: can I wash, must I come in, do I have to send it \
        again? Someone who knows what to do is calmer and does less harm, even where the answer is “nothing”.",
    source: "Winnipeg's frozen pipes: the city “failed to notify homeowners about what they could do”. CDC, crisis \
        communication: promote action. GOV.UK: link to another way.",
    backing: "The section `### What you can do`, which holds until a later update replaces it; or a sentence to the \
        reader in the latest update or the summary: “You can still book by phone”, “You do not need to do \
        anything”, or where it goes another way: “Line 4 runs via Mill Lane”. “Try again later” is no answer, as it gives no time.",
    check: Check::Structure(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let incident = subject.incident;
    let Some(timeline) = subject.timeline.filter(|timeline| timeline.open) else { return };
    let stands = |section| Prose::read(incident.text(), section).sentences().next().is_some();
    if incident.is_maintenance() || timeline.facts.actions.is_some_and(stands) {
        return;
    }
    let phrases = Pack::of(&incident.lang).and_then(|pack| pack.rule(RULE.id));
    let says = |passage: &Passage<'_>| phrases.is_some_and(|phrases| tells(phrases, passage));
    // A correction adds to the update before it, so what that one said still stands.
    let latest = timeline.statements.iter().rev().find_map(|statement| match statement.words {
        Words::Written(index) if matches!(statement.kind, crate::timeline::StatementKind::Update(_)) => Some(index),
        _ => None,
    });
    let current = |passage: &&Passage<'_>| match (passage.part, latest) {
        (crate::lint::Part::Update(index), Some(latest)) => index >= latest,
        (crate::lint::Part::Update(_), None) => true,
        _ => true,
    };
    if subject.own().filter(current).any(says) {
        return;
    }
    let (message, help) = if subject.own().any(says) {
        (
            "The latest update does not say what people can do; an earlier one did.",
            "Put it under the heading `### What you can do`: it then holds until you replace it.",
        )
    } else {
        (
            "This does not tell people what they can do now, or that they need do nothing.",
            "Add `### What you can do` and a sentence below it, such as “You do not need to do anything; your booking \
             is safe.”",
        )
    };
    report.find(subject.latest_place(), message, help);
}

fn tells(phrases: &Phrases, passage: &Passage<'_>) -> bool {
    // The heading "What you can do" tells nobody what.
    let heading = |span| {
        let blocks = &passage.prose.blocks;
        blocks.iter().any(|block| block.kind == BlockKind::Heading && block.span.contains(span))
    };
    passage.sentences().filter(|said| !heading(said.original(0..said.text.len()))).any(|sentence| {
        let mut text = sentence.text.to_owned();
        while let Some(empty) = phrases.first("empty", &text) {
            text.replace_range(empty, "\u{FFFC}");
        }
        phrases.has("can", &text) || phrases.has("imperative", &text)
    })
}
