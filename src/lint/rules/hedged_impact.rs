//! "May have been affected": harm that the status says is real, told as if it might not be.

use std::ops::Range;

use crate::content::{Status, Word};
use crate::diag::Level;
use crate::lint::{Category, Check, Part, Passage, Phrases, Report, Rule, backing};

pub(super) const RULE: Rule = Rule {
    id: "hedged-impact",
    category: Category::Size,
    level: Level::Warning,
    withholds: false,
    overridable: true,
    summary: "“May”, “might” or “could” about harm that, by the status, is known to be real.",
    explanation: "“Some of you may have been unable to pay” doubts what people saw with their own eyes. Once we know \
        what is wrong we also know what it did; where we do not, that is what readers need to hear. Under \
        `Investigating` nobody can know what each reader sees; but whether our own website is up we can look, so a hedge \
        about a thing of ours is reported there too, as information.",
    source: "Diana Booher: say what you know is true. How not to react when something goes wrong: they will find out. \
        CoNLL-2010 and Hyland: the words that hedge.",
    backing: "A status under which you are still looking (`Investigating`); a condition by which readers can tell (“if \
        you booked before 10:00, you may …”); planned work, whose risk is still to come.",
    check: Check::Words(check),
};

fn check(passage: &Passage<'_>, report: &mut Report<'_>) {
    let (Some(phrases), Some(lexicon)) = (passage.phrases(RULE.id), passage.lexicon()) else { return };
    let Some(level) = level(passage) else { return };
    if level == Level::Info && passage.sentences().any(|sentence| phrases.has("planned", sentence.text)) {
        return;
    }
    for sentence in passage.sentences() {
        let Some(words) = hedged(phrases, lexicon, sentence.text, level == Level::Info) else { continue };
        let place = passage.place(sentence.original(words.clone()));
        let words = sentence.written(words);
        if level == Level::Info {
            let message = format!("“{words}” leaves open what you can find out.");
            let help = format!(
                "Look, and say whether it is so. Until you know, say that (“{}”).",
                phrases.suggestion("unknown")
            );
            report.find(place, message, help).level = Level::Info;
        } else {
            let message = format!("“{words}” hedges what you know happened.");
            let help = format!(
                "Write what people experienced (“{}”). What you do not know, say as that (“{}”).",
                phrases.suggestion("fact"),
                phrases.suggestion("unknown")
            );
            report.find(place, message, help);
        }
    }
}

/// How bad a hedge is by how much is known; `None` where all is still to come.
fn level(passage: &Passage<'_>) -> Option<Level> {
    let update = passage.update.filter(|_| matches!(passage.part, Part::Update(_)) && !passage.maintenance)?;
    match (update.word, passage.status?) {
        (Word::Review, _) | (_, Status::Identified | Status::Monitoring | Status::Resolved) => Some(Level::Warning),
        (_, Status::Investigating) => Some(Level::Info),
        (_, Status::Scheduled | Status::InProgress | Status::Completed | Status::Cancelled) => None,
    }
}

/// A hedge about harm that nothing excuses; of `things` alone, whose state we can look up.
fn hedged(phrases: &Phrases, lexicon: &Phrases, text: &str, things: bool) -> Option<Range<usize>> {
    if !lexicon.has("harm", text) || phrases.has("excused", text) {
        return None;
    }
    phrases.find("hedge", text).find(|hedge| {
        let clause = backing::clause_at(lexicon, text, hedge.start);
        let (before, after) = (&text[clause.start..hedge.start], &text[hedge.start..clause.end.max(hedge.end)]);
        let month = phrases.has("month", &text[..hedge.start]);
        let reason = phrases.has("because_of", &text[..hedge.start]);
        let ends = |set| phrases.last_end(set, before).is_some_and(|end| end == before.trim_end().len());
        let spared = month || reason || ends("ours") || phrases.has("harmless", after);
        let of_readers = phrases.has("readers", before) || ends("pointer");
        !spared && lexicon.has("harm", after) && !(things && of_readers)
    })
}
