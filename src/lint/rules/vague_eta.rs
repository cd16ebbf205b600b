//! A time for what is to come that has no end: "in a few hours", "later today".

use std::ops::Range;

use crate::diag::Level;
use crate::lint::backing;
use crate::lint::{Category, Check, Lowered, Passage, Phrases, Report, Rule};

use super::unbacked_soon;

pub(super) const RULE: Rule = Rule {
    id: "vague-eta",
    category: Category::Time,
    level: Level::Warning,
    withholds: false,
    overridable: true,
    summary: "A time for what is to come that has no end.",
    explanation: "“In a few hours” is two to one reader and eight to another; “later today” ends at closing time for some \
        and at midnight for others. Nobody can plan by it, and nobody can see whether it was kept.",
    source: "Diana Booher: no white lies about when. GOV.UK, service unavailable pages: give day, date and time.",
    backing: "A clock time, a date or a length that ends, in the same sentence (“in a few hours, by 17:00 at the latest”); a \
        time for the repair elsewhere in the update, in the header (`Expected fix`) or in the text. For news: the time of \
        the next update.",
    check: Check::Words(check),
};

fn check(passage: &Passage<'_>, report: &mut Report<'_>) {
    let (Some(phrases), Some(lexicon)) = (passage.phrases(RULE.id), passage.lexicon()) else { return };
    let found: Vec<(usize, Lowered<'_>, Range<usize>)> = passage
        .sentences()
        .enumerate()
        .filter_map(|(index, sentence)| {
            Some((index, sentence, vague(phrases, lexicon, passage.maintenance, sentence.text)?))
        })
        .collect();
    if found.is_empty() || is_timed(passage) {
        return;
    }
    let soon = unbacked_soon::claims(passage);
    for (index, sentence, cue) in found {
        if soon.iter().any(|claim| claim.sentence == index) {
            continue; // It has its finding already.
        }
        let clause = &sentence.text[backing::clause_at(lexicon, sentence.text, cue.start)];
        let news = lexicon.has("news", clause);
        if news && backing::says_when_next(passage) || backing::is_promised(passage, clause) {
            continue;
        }
        let words = sentence.written(cue.clone());
        let help = if news {
            format!("Give the time of the next update: {}.", backing::next_update_line(passage))
        } else {
            format!("Give the latest time that you stand behind: “{}”.", phrases.suggestion("latest"))
        };
        let place = passage.place(sentence.original(cue));
        report.find(place, format!("“{words}” has no end: people cannot plan by it."), help);
    }
}

/// Whether the update says elsewhere by when it is to work again.
fn is_timed(passage: &Passage<'_>) -> bool {
    let header = passage.header().and_then(|header| header.expected_fix.as_ref());
    header.is_some_and(|fix| fix.at.is_some()) || !backing::estimates(passage).is_empty()
}

/// The words of a sentence that give a time without an end.
fn vague(phrases: &Phrases, lexicon: &Phrases, maintenance: bool, text: &str) -> Option<Range<usize>> {
    phrases.find("vague", text).find(|cue| is_claim(phrases, lexicon, maintenance, text, cue))
}

fn is_claim(phrases: &Phrases, lexicon: &Phrases, maintenance: bool, text: &str, cue: &Range<usize>) -> bool {
    let (left, right) = (&text[..cue.start], &text[cue.end..]);
    if [left, right].iter().any(|part| lexicon.has("when", part) || phrases.has("hour", part)) {
        return false;
    }
    let clause = backing::clause_at(lexicon, text, cue.start);
    let (before, after) = (&text[clause.start..cue.start], &text[cue.end..clause.end.max(cue.end)]);
    if lexicon.has("negation", before) || phrases.has("bygone", &text[clause.clone()]) || phrases.has("compared", right) {
        return false;
    }
    let about_us = lexicon.has("recovery", &text[clause.clone()]) || lexicon.has("news", &text[clause.clone()]);
    if about_us && phrases.has("look_forward", before) {
        return true;
    }
    if backing::asks_reader(lexicon, before) || backing::asks_reader(lexicon, &left[..clause.start.min(left.len())]) {
        return false;
    }
    // How long the work or the trouble itself lasts is another matter.
    let lasting = phrases.has("lasting", &text[cue.clone()]) && !lexicon.has("recovery", &text[clause]);
    if lasting || maintenance && !lexicon.has("recovery", text) {
        return false;
    }
    let opening = !before.contains(char::is_alphanumeric);
    let possible = phrases.has("possible", before) && lexicon.has("recovery", text);
    possible || lexicon.has("future", before) || opening && lexicon.has("future", after) || phrases.has("bare", before)
}
