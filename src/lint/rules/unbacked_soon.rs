//! "Soon" without a time, or with a time that nothing backs.

use std::ops::Range;

use crate::diag::Level;
use crate::lint::backing::{self, Estimate};
use crate::lint::correct;
use crate::lint::{Category, Check, Lowered, Passage, Phrases, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "unbacked-soon",
    category: Category::Time,
    level: Level::Error,
    withholds: true,
    overridable: true,
    summary: "A promise that something happens soon, with no time and no reason to believe it.",
    explanation: "“Soon” is what people write when nobody knows. Readers plan their day around it, wait, and stop \
        believing the next update. An uncertain wait is harder to bear than a long one: a time, or an honest “we do \
        not know yet”, is worth more than a comfort.",
    source: "Diana Booher: no white lies about when. GOV.UK, service unavailable pages: give day, date and time. David \
        Maister: uncertain waits feel longer than known ones.",
    backing: "For something that is to work again: in the same update a time and how you know it, in the header \
        (`Expected fix: 15:30 because …`) or in the text, or the honest `Expected fix: not known because …`. For news: \
        the time of the next update, in the header or in the text.",
    check: Check::Words(check),
};

/// A vague promise in one sentence.
pub(super) struct Claim<'p> {
    /// Index of the sentence in its passage.
    pub(super) sentence: usize,
    words: Lowered<'p>,
    /// The cue, in bytes of the sentence's text.
    cue: Range<usize>,
    fault: Fault,
}

enum Fault {
    /// News is promised, and no time for it is given.
    News,
    /// Nothing gives a time.
    Fix,
    /// A time is given, and no reason to believe it.
    Unreasoned(Estimate),
}

fn check(passage: &Passage<'_>, report: &mut Report<'_>) {
    let Some(phrases) = passage.phrases(RULE.id) else { return };
    for claim in claims(passage) {
        let cue = claim.words.written(claim.cue.clone());
        let place = passage.place(claim.words.original(claim.cue.clone()));
        let (fix, unknown) = (phrases.suggestion("fix"), phrases.suggestion("unknown"));
        let finding = match &claim.fault {
            Fault::News => report.find(
                place,
                format!("“{cue}” promises news without saying when."),
                format!("Say when you will speak next, even if there may be nothing new: {}.", backing::next_update_line(passage)),
            ),
            Fault::Fix => report.find(
                place,
                format!("“{cue}” promises a time without giving one."),
                format!(
                    "Say when, and how you know: `{fix}` in the header, or the same in a sentence. If nobody knows \
                     yet, say that: `{unknown}`."
                ),
            ),
            Fault::Unreasoned(estimate) => {
                let time = estimate_words(passage, estimate);
                report.find(
                    place,
                    format!("“{cue}” comes with a time (“{time}”), but with no reason to believe it."),
                    format!("Say how you know, in the text or in the header: `{fix}`."),
                )
            }
        };
        if matches!(claim.fault, Fault::News) {
            finding.fix = correct::write_next_update(passage);
        }
    }
}

fn estimate_words<'p>(passage: &'p Passage<'_>, estimate: &Estimate) -> &'p str {
    let sentence = passage.sentences().nth(estimate.sentence);
    sentence.map(|sentence| sentence.written(estimate.time.clone())).unwrap_or_default()
}

/// The vague promises of a passage that nothing in it backs.
pub(super) fn claims<'p>(passage: &'p Passage<'_>) -> Vec<Claim<'p>> {
    let (Some(phrases), Some(lexicon)) = (passage.phrases(RULE.id), passage.lexicon()) else { return Vec::new() };
    let mut claims = Vec::new();
    for (index, sentence) in passage.sentences().enumerate() {
        let text = sentence.text;
        let cue = phrases.find("asap", text).map(|cue| (cue, true));
        let cues = cue.chain(phrases.find("soon", text).map(|cue| (cue, false)));
        let promised = cues.filter(|(cue, asap)| promises(phrases, lexicon, text, cue, *asap));
        let promised = promised.chain(phrases.find("not_long", text).map(|cue| (cue, false)));
        for (cue, _) in promised {
            if let Some(fault) = fault(passage, phrases, lexicon, index, text, &cue) {
                claims.push(Claim { sentence: index, words: sentence, cue, fault });
                break; // One finding a sentence: mending it mends the others.
            }
        }
    }
    claims
}

/// Whether the words around a cue make a promise of ours about what is to come.
fn promises(phrases: &Phrases, lexicon: &Phrases, text: &str, cue: &Range<usize>, asap: bool) -> bool {
    let (left, right) = (&text[..cue.start], &text[cue.end..]);
    let part_of_another = phrases.has("before", left) && !phrases.has("stronger", left);
    if !asap && (phrases.has("event", right) || part_of_another) {
        return false;
    }
    let clause = backing::clause_at(lexicon, text, cue.start);
    let (before, after) = (&text[clause.start..cue.start], &text[cue.end..clause.end.max(cue.end)]);
    let whole = &text[clause];
    if lexicon.has("negation", before) || phrases.has("bygone", whole) {
        return false;
    }
    let about_us = lexicon.has("recovery", whole) || lexicon.has("news", whole);
    if about_us && phrases.has("look_forward", before) {
        return true;
    }
    if &text[cue.clone()] == "imminent" {
        return about_us && phrases.has("near", before);
    }
    if backing::asks_reader(lexicon, before) {
        return false;
    }
    if lexicon.has("future", before) || phrases.has("bare", before) && !lexicon.has("future", after) {
        return true;
    }
    if phrases.has("opening", before) {
        return lexicon.has("future", after);
    }
    // The work goes on, or was begun for the sake of what is to come.
    let past = phrases.last_end("past", before);
    phrases.last_end("purpose", before).is_some_and(|purpose| past.is_none_or(|past| past <= purpose))
}

/// What is missing behind a promise; `None` where it is backed.
fn fault(
    passage: &Passage<'_>,
    phrases: &Phrases,
    lexicon: &Phrases,
    index: usize,
    text: &str,
    cue: &Range<usize>,
) -> Option<Fault> {
    let clause = &text[backing::clause_at(lexicon, text, cue.start)];
    if lexicon.has("news", clause) {
        let said = backing::says_when_next(passage) || backing::is_promised(passage, clause);
        return (!said).then_some(Fault::News);
    }
    let by_window = passage.maintenance && phrases.has("planned", text);
    // Work of our own wants a time; only for what is to recover must we say how we know it.
    let own_work = !lexicon.has("recovery", clause) && lexicon.has("when", clause);
    if by_window || own_work || backing::header_explains_fix(passage) || backing::is_promised(passage, clause) {
        return None;
    }
    let mut estimates = backing::estimates(passage);
    if estimates.iter().any(|estimate| estimate.reasoned) {
        return None;
    }
    // The time in the same sentence is the one that is meant.
    estimates.sort_by_key(|estimate| estimate.sentence != index);
    Some(estimates.into_iter().next().map_or(Fault::Fix, Fault::Unreasoned))
}
