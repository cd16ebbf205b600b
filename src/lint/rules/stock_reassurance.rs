//! Effort and care that are claimed, with no fact.

use std::ops::Range;

use crate::diag::Level;
use crate::lint::{Category, Check, Part, Passage, Phrases, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "stock-reassurance",
    category: Category::Size,
    level: Level::Warning,
    withholds: false,
    overridable: true,
    summary: "A stock sentence that claims effort or care (“working hard”, “top priority”), with no fact in it.",
    explanation: "Everybody says that they work hard, so it says nothing, and to somebody without water it sounds like \
        an answering machine. Who is doing what since when reassures; and thanks for a patience that nobody has promised \
        takes it for granted.",
    source: "Diana Booher: show what is being done. CDC crisis communication: do not over-reassure. How not to react \
        when something goes wrong: they will find out.",
    backing: "A fact in the same sentence: who, how many, since when, what.",
    check: Check::Words(check),
};

fn check(passage: &Passage<'_>, report: &mut Report<'_>) {
    let Some(phrases) = passage.phrases(RULE.id).filter(|_| passage.part != Part::Title) else { return };
    for sentence in passage.sentences() {
        let Some((words, thanks)) = stock(phrases, sentence.text) else { continue };
        let place = passage.place(sentence.original(words.clone()));
        let words = sentence.written(words);
        let fact = phrases.suggestion("fact");
        if thanks {
            report.find(
                place,
                format!("“{words}” fills a line and tells people nothing."),
                format!("Leave it out, or say what they are waiting for: “{fact}.”"),
            );
        } else {
            report.find(
                place,
                format!("“{words}” claims effort or care, and gives no fact."),
                format!("Say what is being done, by whom, since when (“{fact}”); or leave it out."),
            );
        }
    }
}

/// A stock claim that no fact of the sentence backs, and whether it is thanks.
fn stock(phrases: &Phrases, text: &str) -> Option<(Range<usize>, bool)> {
    if phrases.has("fact", text) {
        return None;
    }
    let claim = phrases.first("care", text).or_else(|| phrases.first("effort", text));
    let claim = claim.filter(|_| !phrases.has("foreign", text)).map(|words| (words, false));
    let thanks = phrases.first("thanks", text).map(|words| (words, true));
    claim.into_iter().chain(thanks).min_by_key(|(words, _)| words.start)
}
