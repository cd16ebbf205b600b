//! A promise that nobody can make: never again, guaranteed, fixed for good.

use std::ops::Range;

use crate::diag::Level;
use crate::lint::backing;
use crate::lint::{Category, Check, Part, Passage, Phrases, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "absolute-promise",
    category: Category::Time,
    level: Level::Error,
    withholds: true,
    overridable: true,
    summary: "A promise that nobody can make: never again, guaranteed, fixed for good.",
    explanation: "Pipes burst and disks fail again, and the second time people remember the promise. It also says less than \
        the plain fact would: what was changed, when, and how it will be seen whether that works.",
    source: "Diana Booher: promise only what you know to be true. CDC, crisis and emergency risk communication: do not \
        over-reassure.",
    backing: "What was done, with its date, in place of the certainty: “To make this less likely, we added an alarm on 4 \
        March.” Words that say what you aim at, or what you cannot promise, stand. “Fully resolved” stands under \
        `Resolved`.",
    check: Check::Words(check),
};

fn check(passage: &Passage<'_>, report: &mut Report<'_>) {
    let (Some(phrases), Some(lexicon)) = (passage.phrases(RULE.id), passage.lexicon()) else { return };
    let over = passage.part == Part::Title || passage.status.is_some_and(|status| status.is_final());
    for sentence in passage.sentences() {
        let text = sentence.text;
        let promise = phrases.find("promise", text).find(|cue| is_promise(phrases, lexicon, text, cue));
        let state = || phrases.find("state", text).find(|cue| is_state(phrases, lexicon, text, cue));
        let whole = || {
            let mut told = phrases.find("whole", text).filter(|cue| is_state(phrases, lexicon, text, cue));
            told.find(|cue| !lexicon.has("bygone", &text[..cue.start]))
        };
        let found = promise.map(|cue| (cue, true)).or_else(|| state().map(|cue| (cue, true)));
        let Some((cue, future)) = found.or_else(|| whole().filter(|_| !over).map(|cue| (cue, false))) else {
            continue;
        };
        let words = sentence.written(cue.clone());
        let place = passage.place(sentence.original(cue));
        if future {
            report.find(
                place,
                format!("“{words}”: nobody can know this."),
                format!(
                    "Say what you changed, and when you will check that it works: “{}”.",
                    phrases.suggestion("change")
                ),
            );
        } else {
            report.find(
                place,
                format!("“{words}”: the status says that it is not over yet."),
                format!("Say what works again, and what you still watch: “{}”.", phrases.suggestion("watch")),
            );
        }
    }
}

fn is_promise(phrases: &Phrases, lexicon: &Phrases, text: &str, cue: &Range<usize>) -> bool {
    let clause = backing::clause_at(lexicon, text, cue.start);
    let before = &text[clause.start..cue.start];
    !(lexicon.has("negation", before) || phrases.has("aim", before) || phrases.has("terms", &text[cue.end..]))
}

/// Whether a state is told as one, and not as what is to come or to be waited for.
fn is_state(phrases: &Phrases, lexicon: &Phrases, text: &str, cue: &Range<usize>) -> bool {
    let clause = backing::clause_at(lexicon, text, cue.start);
    let before = &text[clause.start..cue.start];
    let pending = lexicon.has("negation", before) || phrases.has("pending", before) || phrases.has("condition", &text[..cue.start]);
    !pending && !text.trim_end().ends_with('?')
}
