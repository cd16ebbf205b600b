//! An update without a sentence: a heading and perhaps facts, but no words.

use crate::content::{Update, Word};
use crate::diag::Level;
use crate::lint::{Category, Check, Part, Passage, Report, Rule, Subject};
use crate::prose::BlockKind;

pub(super) const RULE: Rule = Rule {
    id: "nothing-said",
    category: Category::Structure,
    level: Level::Error,
    withholds: false,
    overridable: true,
    summary: "An update without a sentence: a heading, perhaps some facts, and no words for the reader.",
    explanation: "A new file and `candor update` leave comments where your words belong. Readers do not see comments: \
        they would get a mail that says \"Investigating\" and nothing else, and learn that our mails are not worth \
        opening.",
    source: "A first walk through the tour: a new file that nobody had filled in passed the check, and was mailed.",
    backing: "One sentence in the update. The first update may leave it to the summary above it. An update whose header \
        settles or makes a promise, or moves the time of planned work, says something.",
    check: Check::Structure(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let summary = subject.own().any(|passage| passage.part == Part::Summary && has_words(passage));
    for (index, update) in subject.incident.updates.iter().enumerate() {
        let silent = subject.passage(index).is_some_and(|passage| !has_words(passage));
        if !silent || header_says_something(update) || (index == 0 && summary) {
            continue;
        }
        report.find(
            subject.place_in(update, update.heading),
            "This update says nothing: it has no sentence that readers see.",
            "Write at least one below the heading: what you know now, and what you are doing next. Comments \
             (`<!-- … -->`) are not shown.",
        );
    }
}

/// A heading alone is no word to the reader.
fn has_words(passage: &Passage<'_>) -> bool {
    let said = |block: &&crate::prose::Block| !matches!(block.kind, BlockKind::Heading);
    passage.prose.blocks.iter().filter(said).any(|block| block.sentences.iter().any(|one| one.words().next().is_some()))
}

fn header_says_something(update: &Update) -> bool {
    let header = &update.header;
    !matches!(update.word, Word::Status(_))
        || header.window.is_some()
        || !header.promises.is_empty()
        || !header.kept.is_empty()
        || !header.withdrawn.is_empty()
}
