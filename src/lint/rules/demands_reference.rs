//! A number that people must have before we help them.

use crate::diag::Level;
use crate::lint::{Category, Check, Passage, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "demands-reference",
    category: Category::Responsibility,
    level: Level::Warning,
    withholds: false,
    overridable: true,
    summary: "Asks people for an incident or reference number.",
    explanation: "The number is ours, for our own filing. Someone who stands in a wet cellar does not have it, and takes \
        the request for a reason not to ring.",
    source: "Effective incident handling: do not ask customers to quote an incident number; use their name and postcode.",
    backing: "Another way in the same sentence: “or your name and postcode”, “if you have it”.",
    check: Check::Words(check),
};

fn check(passage: &Passage<'_>, report: &mut Report<'_>) {
    let Some(phrases) = passage.phrases(RULE.id) else { return };
    for sentence in passage.sentences() {
        let text = sentence.text;
        let Some(words) = phrases.first("demand", text).filter(|_| !phrases.has("instead", text)) else { continue };
        let lead = phrases.first("verb", &text[words.clone()]).map_or(0, |verb| verb.start);
        report.find(
            passage.place(sentence.original(words.start + lead..words.end)),
            "People rarely know this number.",
            format!("Ask for what they know, or offer both: “{}”", phrases.suggestion("instead")),
        );
    }
}
