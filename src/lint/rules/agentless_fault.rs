//! Harm that was done by nobody: "40 bookings were deleted".

use std::ops::Range;

use crate::diag::Level;
use crate::lint::{Category, Check, Passage, Phrases, Report, Rule, agency, backing};

pub(super) const RULE: Rule = Rule {
    id: "agentless-fault",
    category: Category::Responsibility,
    level: Level::Warning,
    withholds: false,
    overridable: true,
    summary: "A fault or a decision that nobody committed: “mistakes were made”.",
    explanation: "“40 bookings were deleted” leaves readers to guess who deleted them, and sounds as if we hoped that \
        they would not ask. Saying “we” costs one word, and people forgive more easily who owns up.",
    source: "How not to react when something goes wrong: be straightforward. digital.gov, plain language: active voice \
        shows who is responsible.",
    backing: "The one who did it in the clause (“we deleted”, “by our clean-up script”), or a sentence of the same \
        update that says the same of us.",
    check: Check::Words(check),
};

fn check(passage: &Passage<'_>, report: &mut Report<'_>) {
    let Some(phrases) = passage.phrases(RULE.id) else { return };
    for sentence in passage.sentences() {
        let Some(words) = nobodys(passage, phrases, sentence.text) else { continue };
        report.find(
            passage.place(sentence.original(words)),
            "This does not say who did it.",
            format!("Say who: “{}”", phrases.suggestion("who")),
        );
    }
}

/// The words of a sentence that tell of a fault without its author.
fn nobodys(passage: &Passage<'_>, phrases: &Phrases, text: &str) -> Option<Range<usize>> {
    let lexicon = passage.lexicon()?;
    let known = |words: &Range<usize>| {
        let clause = backing::clause_at(lexicon, text, words.start);
        let whole = &text[clause.start..words.end];
        let before = &text[clause.start..words.start];
        let negated = lexicon.has("negation", before) || phrases.has("none", whole);
        agency::names_agent(lexicon, &text[words.end..clause.end.max(words.end)])
            || agency::owns_act(lexicon, before)
            || negated
            || phrases.has("supposed", whole)
            || phrases.has("reported", text)
    };
    let mut found = phrases.find("decided", text).chain(phrases.find("harmed", text));
    let words = found.find(|words| !known(words))?;
    (!is_owned_elsewhere(passage, phrases, lexicon, &text[words.clone()])).then_some(words)
}

/// Whether another sentence says who does what the last verb of these words says of nobody: "we deleted", "a script that
/// was deleting".
fn is_owned_elsewhere(passage: &Passage<'_>, phrases: &Phrases, lexicon: &Phrases, words: &str) -> bool {
    let verb = words.split_whitespace().next_back().unwrap_or_default();
    let active = format!("{}ing", verb.strip_suffix("ed").unwrap_or(verb));
    let word = |text: &str, wanted: &str| text.split(|c: char| !c.is_alphanumeric()).any(|word| word == wanted);
    passage.sentences().any(|sentence| {
        let text = sentence.text;
        phrases.has("owned", text) || word(text, &active) || agency::own_clauses(lexicon, text).into_iter().any(|clause| word(clause, verb))
    })
}
