//! "Dear service user".

use crate::diag::Level;
use crate::lint::{Category, Check, Passage, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "generic-salutation",
    category: Category::Apology,
    level: Level::Error,
    withholds: false,
    overridable: true,
    summary: "A form of address that would fit anybody.",
    explanation: "“Dear valued customer” tells readers that nobody thought of them. On a page that people open to see \
        whether they have water, it only stands in the way.",
    source: "How not to react when something goes wrong: scripted words (“dear service user”).",
    backing: "A name, or what the readers share: “If you have a booking on 4 March, this is for you.” Or start with the \
        fact.",
    check: Check::Words(check),
};

fn check(passage: &Passage<'_>, report: &mut Report<'_>) {
    let Some(phrases) = passage.phrases(RULE.id) else { return };
    for sentence in passage.sentences() {
        let text = sentence.text;
        let found = phrases.first("salutation", text).or_else(|| phrases.first("valued", text));
        let Some(found) = found else { continue };
        let words = text[found.clone()].trim_end_matches(|c: char| !c.is_alphanumeric());
        report.find(
            passage.place(sentence.original(found.start..found.start + words.len())),
            "This could be said to anybody.",
            format!("Start with the fact, or with what the readers share: “{}”", phrases.suggestion("address")),
        );
    }
}
