//! A person as the cause: "human error".

use std::ops::Range;

use crate::diag::Level;
use crate::lint::{Category, Check, Passage, Phrases, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "blame-person",
    category: Category::Responsibility,
    level: Level::Warning,
    withholds: false,
    overridable: true,
    summary: "A person is given as the cause, and not what let it happen.",
    explanation: "Everybody slips. Readers want to know why one slip could take their water, and whether it can again. \
        “Human error” answers neither, and puts a colleague in the pillory.",
    source: "Defend without being defensive: support co-workers. Google, Site Reliability Engineering: blameless \
        reviews.",
    backing: "The condition that let it happen, in the same update: “one click deleted it, and nothing asked to \
        confirm”.",
    check: Check::Words(check),
};

fn check(passage: &Passage<'_>, report: &mut Report<'_>) {
    let (Some(phrases), Some(lexicon)) = (passage.phrases(RULE.id), passage.lexicon()) else { return };
    if passage.sentences().any(|sentence| phrases.has("condition", sentence.text)) {
        return;
    }
    for sentence in passage.sentences() {
        let text = sentence.text;
        let found = blamed(passage, phrases, text).filter(|words| {
            !lexicon.has("negation", &text[..words.start]) && !phrases.has("harmless", &text[words.end..])
        });
        let Some(words) = found else { continue };
        report.find(
            passage.place(sentence.original(words)),
            "This blames a person and does not say what let it happen.",
            format!("Say, as “we”, what in our system or our way of working let it happen: “{}”", phrases.suggestion("condition")),
        );
    }
}

fn blamed(passage: &Passage<'_>, phrases: &Phrases, text: &str) -> Option<Range<usize>> {
    let slip = phrases.find("slip", text).find(|slip| !phrases.has("label", &text[slip.end..]));
    slip.or_else(|| phrases.first("culprit", text)).or_else(|| named(passage, phrases, text))
}

/// Someone of the register, by name, and what they did wrong.
fn named(passage: &Passage<'_>, phrases: &Phrases, text: &str) -> Option<Range<usize>> {
    passage.context.content.registers.people.iter().find_map(|person| {
        let name = person.name.to_lowercase();
        let start = text.find(&name).filter(|_| !name.is_empty())?;
        let fault = phrases.first("fault", &text[start + name.len()..])?;
        Some(start..start + name.len() + fault.end)
    })
}
