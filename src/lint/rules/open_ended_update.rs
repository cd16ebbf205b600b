//! A promise of news with a condition in place of a time.

use std::ops::Range;

use crate::lint::{backing, correct};
use crate::lint::{Category, Check, Passage, Phrases, Report, Rule};

use super::unbacked_soon;

pub(super) const RULE: Rule = Rule {
    id: "open-ended-update",
    category: Category::Time,
    level: crate::diag::Level::Warning,
    withholds: false,
    overridable: true,
    summary: "A promise to inform people that gives a condition instead of a time.",
    explanation: "“We will update this page once we know more” leaves people to look again and again, and lets us stay \
        silent for as long as we like without breaking our word. A time can be kept, even when there is nothing new.",
    source: "Diana Booher: an update each half hour. Effective incident handling: regular updates, even if there is \
        nothing to report. Statuspage: set and keep a rhythm.",
    backing: "The time of the next update in the same update: the header line `Next update`, or a sentence that says it.",
    check: Check::Words(check),
};

fn check(passage: &Passage<'_>, report: &mut Report<'_>) {
    let Some(phrases) = passage.phrases(RULE.id) else { return };
    if backing::says_when_next(passage) {
        return;
    }
    let soon = unbacked_soon::claims(passage);
    for (index, sentence) in passage.sentences().enumerate() {
        let Some(words) = open_ended(phrases, passage, sentence.text) else { continue };
        if soon.iter().any(|claim| claim.sentence == index) {
            continue; // It has its finding already.
        }
        let over = passage.status.is_some_and(|status| status.is_final());
        let help = if over {
            format!("Say by when: “{}” A `Promise:` line in the header keeps count of it.", phrases.suggestion("end"))
        } else {
            format!(
                "Give the time of the next update, even if there may be nothing new: {}.",
                backing::next_update_line(passage)
            )
        };
        let place = passage.place(sentence.original(words));
        let message = "This tells people to keep checking: it gives no time for the next word.";
        report.find(place, message, help).fix = correct::write_next_update(passage);
    }
}

/// Whether this rule has something to say about a sentence.
pub(super) fn is_open_ended(passage: &Passage<'_>, text: &str) -> bool {
    passage.phrases(RULE.id).is_some_and(|phrases| open_ended(phrases, passage, text).is_some())
}

/// The words of a sentence that promise news some day.
fn open_ended(phrases: &Phrases, passage: &Passage<'_>, text: &str) -> Option<Range<usize>> {
    let lexicon = passage.lexicon()?;
    if phrases.has("request", text) {
        return None;
    }
    let negated = |words: &Range<usize>| lexicon.has("negation", &text[words.clone()]);
    if let Some(words) = phrases.first("alone", text) {
        return (!negated(&words)).then_some(words);
    }
    let inform = phrases.first("inform", text)?;
    let condition = phrases.find("condition", text).find(|condition| condition.start >= inform.end)?;
    // "We will post again by 11:00, or sooner if we know more."
    let timed = lexicon.has("appointment", &text[inform.start..condition.start]);
    let words = inform.start..condition.end;
    (!timed && !negated(&words)).then_some(words)
}
