//! How much and how many: what measures the harm that a passage tells of, in its words and in the header of its update.

use std::ops::Range;

use super::{Passage, Phrases};
use crate::content::Affected;

/// Whether the header of its update, or for a summary that of the first one, says how many are hit, or that nobody knows and why.
pub(super) fn header_counts(passage: &Passage<'_>) -> bool {
    let affected = passage.header().or(passage.first).and_then(|header| header.affected.as_ref());
    affected.is_some_and(|affected| match &affected.value {
        Affected::Everyone => true,
        Affected::NotKnown { because } => !because.is_empty(),
        Affected::Figure { figure, .. } => {
            let counts = |lexicon: &Phrases| {
                let figure = figure.to_lowercase();
                lexicon.has("people_count", &figure) || lexicon.has("share", &figure)
            };
            figure.chars().any(|char| char.is_ascii_digit()) || passage.lexicon().is_none_or(counts)
        }
    })
}

/// Whether the words of a passage count people, or the things that `some` names in `of`; or say that we do not know how
/// many there are.
pub(super) fn words_count(passage: &Passage<'_>, lexicon: &Phrases, of: &str, some: Range<usize>) -> bool {
    let name = last_word(&of[some.clone()]);
    passage.sentences().any(|sentence| {
        let text = sentence.text;
        // "Some Room 202 workstations" counts nothing.
        let itself = |counted: &Range<usize>| text == of && some.contains(&counted.start);
        let named = |counted: Range<usize>| !itself(&counted) && same_name(last_word(&text[counted]), name);
        lexicon.has("people_count", text)
            || lexicon.has("share", text)
            || lexicon.has("uncounted", text)
            || lexicon.find("counted", text).any(named)
    })
}

/// Whether a sentence measures: how long, how many, from when to when.
pub(super) fn is_measured(lexicon: &Phrases, text: &str) -> bool {
    ["length", "people_count", "counted", "share", "stretch"].into_iter().any(|set| lexicon.has(set, text))
}

/// The last word of a phrase: the noun of "a small number of bookings".
pub(super) fn last_word(phrase: &str) -> &str {
    phrase.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default()
}

fn same_name(one: &str, other: &str) -> bool {
    one.trim_end_matches('s') == other.trim_end_matches('s')
}
