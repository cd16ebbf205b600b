//! Words that make the trouble small, with no measure of it.

use std::ops::Range;

use crate::diag::Level;
use crate::lint::{Category, Check, Passage, Phrases, Report, Rule, backing, size};

pub(super) const RULE: Rule = Rule {
    id: "minimising-word",
    category: Category::Size,
    level: Level::Warning,
    withholds: false,
    overridable: true,
    summary: "A word that makes the trouble small (“brief”, “minor”, “hiccup”), with no measure of it.",
    explanation: "What is minor to us is somebody's missed appointment. Who was hit reads that it hardly counted, and \
        stops believing the rest. A measure lets people judge for themselves, and a small one needs no adjective.",
    source: "How not to react when something goes wrong: they will find out. Customer Service Solutions: defend without \
        being defensive. CDC crisis communication: be regretful, not defensive.",
    backing: "A measure in the same sentence (how long, how many, from when to when), or a length or an end of it in the \
        next one: “It lasted 4 minutes.” Planned work has its window, which \
        says how long.",
    check: Check::Words(check),
};

fn check(passage: &Passage<'_>, report: &mut Report<'_>) {
    let (Some(phrases), Some(lexicon)) = (passage.phrases(RULE.id), passage.lexicon()) else { return };
    if passage.maintenance {
        return;
    }
    let mut sentences = passage.sentences().peekable();
    while let Some(sentence) = sentences.next() {
        let Some(words) = minimised(phrases, lexicon, sentence.text) else { continue };
        if sentences.peek().is_some_and(|next| measures_it(phrases, lexicon, next.text)) {
            continue;
        }
        report.find(
            passage.place(sentence.original(words.clone())),
            format!("“{}” makes it small without measuring it.", sentence.written(words)),
            format!(
                "Let people judge the size: say how long, how many, or what they could not do (“{}”).",
                phrases.suggestion("measure")
            ),
        );
    }
}

/// Whether a sentence goes on about the trouble of the one before it, and says how long or until when.
fn measures_it(phrases: &Phrases, lexicon: &Phrases, text: &str) -> bool {
    phrases.has("follows", text) && ["length", "stretch", "appointment"].iter().any(|set| lexicon.has(set, text))
}

/// The words of a sentence that belittle what is not measured there.
fn minimised(phrases: &Phrases, lexicon: &Phrases, text: &str) -> Option<Range<usize>> {
    if size::is_measured(lexicon, text) || phrases.has("compared", text) {
        return None;
    }
    phrases.find("minimised", text).find(|words| {
        let clause = backing::clause_at(lexicon, text, words.start);
        let told = phrases.has("told", &text[words.end..]) || phrases.has("verb", &text[words.clone()]);
        !told && !phrases.has("spared", &text[clause.start..words.start])
    })
}
