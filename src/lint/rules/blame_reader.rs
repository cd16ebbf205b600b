//! The reader as the cause, or as somebody who worries without need.

use std::ops::Range;

use crate::diag::Level;
use crate::lint::{Category, Check, Passage, Phrases, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "blame-reader",
    category: Category::Responsibility,
    level: Level::Warning,
    withholds: false,
    overridable: true,
    summary: "Words that make it the reader's fault, or their worry unfounded.",
    explanation: "People who lost their work are not helped by hearing that they failed to save it; people who are \
        afraid for their water do not stop because we say “no need to panic”. Both stop listening. “Simply restart” and \
        “as previously stated”, which say that it should have been easy to know, are warnings.",
    source: "How not to react when something goes wrong: dismissing feelings as irrational or misinformed. CDC, crisis \
        communication: respect people's fears. Defend without being defensive.",
    backing: "What happened, from the reader's side (“if you did not save before 10:00, your text is lost”), or our own \
        part in it in the same update (“our letter was unclear”).",
    check: Check::Words(check),
};

fn check(passage: &Passage<'_>, report: &mut Report<'_>) {
    let Some(phrases) = passage.phrases(RULE.id) else { return };
    let owns = || passage.sentences().any(|sentence| phrases.has("own_part", sentence.text));
    for sentence in passage.sentences() {
        let Some((words, level, message)) = blamed(phrases, sentence.text, owns) else { continue };
        let help = format!("Say what happened from their side, and own what was unclear: “{}”", phrases.suggestion("side"));
        report.find(passage.place(sentence.original(words)), message, help).level = level;
    }
}

/// `owns` tells whether the update owns our part in it.
fn blamed(phrases: &Phrases, text: &str, owns: impl Fn() -> bool) -> Option<(Range<usize>, Level, &'static str)> {
    let at_fault = |words: &Range<usize>| !phrases.has("supposed", &text[..words.start]) && !owns();
    if let Some(words) = phrases.first("fault", text).filter(at_fault) {
        return Some((words, Level::Error, "This makes it the reader's fault."));
    }
    if let Some(words) = phrases.first("dismissed", text) {
        return Some((words, Level::Error, "This tells people that they worry, or ask, without need."));
    }
    if let Some(words) = phrases.first("repeated", text) {
        return Some((words, Level::Warning, "This tells people that they should have listened."));
    }
    let words = phrases.first("easy", text)?;
    Some((words, Level::Warning, "This tells people that it should have been easy."))
}
