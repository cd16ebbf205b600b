//! Work that is done by nobody: "a fix has been implemented".

use std::ops::Range;

use crate::content::Status;
use crate::diag::Level;
use crate::lint::{Category, Check, Lowered, Passage, Phrases, Report, Rule, agency, backing};

use super::open_ended_update;

pub(super) const RULE: Rule = Rule {
    id: "agentless-action",
    category: Category::Responsibility,
    level: Level::Warning,
    withholds: false,
    overridable: true,
    summary: "Work that nobody does: “the issue is being investigated”, “a fix has been implemented”.",
    explanation: "People want to know that somebody has it in hand. “The issue is being investigated” could be said by \
        a passer-by; “our night crew is at the pump” cannot. Who writes “we” also notices sooner when nobody does it.",
    source: "How not to react when something goes wrong: be straightforward. digital.gov, plain language: active voice \
        makes clear who is supposed to do what.",
    backing: "The one who acts: “we”, “our night crew”, or “by the electricity company” in the same clause. What is said \
        of the trouble or the service as a whole (“has been resolved”, “was restored”), and what happens to the \
        reader, needs none. Nor does a promise of news that gives its time.",
    check: Check::Words(check),
};

fn check(passage: &Passage<'_>, report: &mut Report<'_>) {
    let (Some(phrases), Some(lexicon)) = (passage.phrases(RULE.id), passage.lexicon()) else { return };
    for sentence in passage.sentences() {
        let Some(words) = hidden(passage, phrases, lexicon, &sentence) else { continue };
        report.find(
            passage.place(sentence.original(words)),
            "This does not say who acts.",
            format!("Say who does it: “{}”", phrases.suggestion("who")),
        );
    }
}

/// From the first to the last word of a sentence that hides who acts.
fn hidden(
    passage: &Passage<'_>,
    phrases: &Phrases,
    lexicon: &Phrases,
    sentence: &Lowered<'_>,
) -> Option<Range<usize>> {
    let text = sentence.text;
    let over = passage.status.is_some_and(Status::is_final) && passage.maintenance;
    let mut found: Vec<Range<usize>> = phrases.find("work", text).collect();
    if !over {
        found.extend(phrases.find("handled", text));
    }
    if !backing::says_when_next(passage) && !open_ended_update::is_open_ended(passage, text) {
        found.extend(phrases.find("told", text));
    }
    if found.is_empty() || passage.maintenance && agency::owns_act(lexicon, text) {
        return None;
    }
    let nameless = |words: &Range<usize>| {
        let clause = backing::clause_at(lexicon, text, words.start);
        let rest = &text[words.end..clause.end.max(words.end)];
        let before = &text[clause.start..words.start];
        let said = &text[words.clone()];
        !agency::names_agent(lexicon, rest)
            && !lexicon.has("negation", said)
            && !phrases.has("none", before)
            && !phrases.has("aside", said)
            && !phrases.has("condition", before)
    };
    let found = found.into_iter().filter(nameless);
    found.reduce(|one, other| one.start.min(other.start)..one.end.max(other.end))
}
