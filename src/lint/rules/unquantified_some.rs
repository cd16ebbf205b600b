//! "Some people" are hit, and nobody says how many or which ones.

use std::ops::Range;

use crate::content::Status;
use crate::diag::Level;
use crate::lint::{Category, Check, Part, Passage, Phrases, Report, Rule, backing, size};

pub(super) const RULE: Rule = Rule {
    id: "unquantified-some",
    category: Category::Size,
    level: Level::Warning,
    withholds: false,
    overridable: true,
    summary: "A vague quantity of people or things that are hit, with no number and no way to tell who they are.",
    explanation: "“Some customers” may be four or forty thousand. Readers cannot tell whether it is about them, ring to \
        ask, and suspect that the number was left out because it is large. A rough figure, a group that people can find \
        themselves in, or “we do not know yet” all serve them better.",
    source: "How not to react when something goes wrong: they will find out. Customer Service Solutions: a failure that \
        nobody measured. Statuspage: say who is affected.",
    backing: "In the same update: a number, a share or a bound (“about 40 of 900”); words that let readers place \
        themselves (“bookings made between 09:00 and 09:40”); that you do not know how many; or the header line \
        `Affected`.",
    check: Check::Words(check),
};

fn check(passage: &Passage<'_>, report: &mut Report<'_>) {
    let (Some(phrases), Some(lexicon)) = (passage.phrases(RULE.id), passage.lexicon()) else { return };
    // A title has no room for figures. Who will be hit by planned work is not known before it begins.
    let to_come = passage.maintenance && passage.status.is_none_or(|status| status == Status::Scheduled);
    if passage.part == Part::Title || to_come || size::header_counts(passage) {
        return;
    }
    for sentence in passage.sentences() {
        let text = sentence.text;
        let vague = some_hit(phrases, lexicon, text)
            .find(|some| !size::words_count(passage, lexicon, text, some.clone()));
        let Some(some) = vague else { continue };
        report.find(
            passage.place(sentence.original(some.clone())),
            format!("“{}” leaves readers to guess how many, and whether they are among them.", sentence.written(some)),
            format!(
                "Give a number (“{}”), or a way to tell (“{}”). If nobody knows yet, say that: `{}`.",
                phrases.suggestion("number"),
                phrases.suggestion("group"),
                phrases.suggestion("unknown"),
            ),
        );
    }
}

/// The vague quantities of a sentence that something happens to.
fn some_hit<'s>(
    phrases: &'s Phrases,
    lexicon: &'s Phrases,
    text: &'s str,
) -> impl Iterator<Item = Range<usize>> + 's {
    phrases.find("some", text).filter(move |some| {
        let (before, after) = (&text[..some.start], &text[some.end..]);
        let named = phrases.has("named", after) && !phrases.has("vague_place", after) || phrases.has("route", after);
        // "Some Quays-bound trams": the noun is still to come.
        let torn = after.starts_with('-');
        let other = torn || phrases.has("other", size::last_word(&text[some.clone()]));
        !named && !other && is_hit(phrases, lexicon, text, some, before)
    })
}

/// Whether the sentence tells of harm to them rather than of what we ask or do, or of their recovery.
fn is_hit(phrases: &Phrases, lexicon: &Phrases, text: &str, some: &Range<usize>, before: &str) -> bool {
    let clause = backing::clause_at(lexicon, text, some.start);
    let lead = before.get(clause.start..).unwrap_or_default();
    let words = &text[clause];
    let recovers = phrases.has("recovered", words) && !phrases.has("still", words);
    lexicon.has("harm", text) && !recovers && !phrases.has("asked", lead)
}
