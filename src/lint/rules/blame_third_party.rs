//! A cause that ends outside, and nothing that we do about it.

use std::ops::Range;

use crate::content::SectionKind;
use crate::diag::Level;
use crate::lint::{Category, Check, Lowered, Part, Passage, Phrases, Report, Rule, agency, backing};

pub(super) const RULE: Rule = Rule {
    id: "blame-third-party",
    category: Category::Responsibility,
    level: Level::Warning,
    withholds: false,
    overridable: true,
    summary: "Somebody else is named as the cause, and nothing says what we do about it.",
    explanation: "Readers deal with us, not with our suppliers. “An issue with our provider” may be a fact; alone, it \
        says that this is not our affair, and leaves people without anybody who helps.",
    source: "Effective incident handling: “the onus is on you as the supplier, not your sub-contractors”. Service \
        recovery: act, regardless of who is at fault. Statuspage: own the problem.",
    backing: "In the same update, one thing that we do, did or offer instead (“we moved calls to a second line at \
        09:50”), that we answer for it, or what readers can use meanwhile. Names of firms are those of `[[supplier]]` in \
        `services.toml`.",
    check: Check::Words(check),
};

fn check(passage: &Passage<'_>, report: &mut Report<'_>) {
    let (Some(phrases), Some(lexicon)) = (passage.phrases(RULE.id), passage.lexicon()) else { return };
    if passage.part == Part::Title {
        return; // A title has no room for what we do.
    }
    let blame = passage.sentences().find_map(|sentence| {
        let words = blamed(passage, phrases, lexicon, &sentence)?;
        Some((sentence, words))
    });
    let Some((sentence, words)) = blame else { return };
    let owned = |sentence: Lowered<'_>| {
        agency::owns_act(lexicon, sentence.text) || phrases.has("owned", sentence.text) || phrases.has("offer", sentence.text)
    };
    if passage.sentences().any(owned) || offers_elsewhere(passage) {
        return;
    }
    report.find(
        passage.place(sentence.original(words)),
        "This names somebody else as the cause, and the update does not say what you do about it.",
        format!("Keep the name as a fact and add what you do: “{}”", phrases.suggestion("own")),
    );
}

/// Whether the update has its section `What you can do`.
fn offers_elsewhere(passage: &Passage<'_>) -> bool {
    passage.update.is_some_and(|update| update.sections.iter().any(|section| section.kind == SectionKind::Actions))
}

/// The words of a sentence that lay the fault at somebody else's door.
fn blamed(
    passage: &Passage<'_>,
    phrases: &Phrases,
    lexicon: &Phrases,
    sentence: &Lowered<'_>,
) -> Option<Range<usize>> {
    let text = sentence.text;
    if let Some(words) = phrases.first("control", text) {
        return Some(words);
    }
    outsiders(passage, phrases, sentence).into_iter().find_map(|outsider| {
        let clause = backing::clause_at(lexicon, text, outsider.start);
        let before = &text[clause.start..outsider.start];
        let after = &text[outsider.end..clause.end.max(outsider.end)];
        if phrases.has("of_reader", before) || phrases.has("other_sense", after) {
            return None;
        }
        let close = |cause: &Range<usize>, words: usize| before[cause.end..].split_whitespace().count() <= words;
        let cause = phrases.find("cause", before).last().filter(|cause| close(cause, 6));
        let cause = cause.or_else(|| phrases.find("trouble", before).last().filter(|cause| close(cause, 3)));
        match cause {
            Some(cause) if phrases.has("denied", &before[..cause.start]) => None,
            Some(cause) => Some(clause.start + cause.start..outsider.end),
            None => phrases.first("at_fault", after).map(|fault| outsider.start..outsider.end + fault.end),
        }
    })
}

/// Where a sentence speaks of a third party: a supplier of the register, by its name or by the name without its last
/// word, or one of the words for such.
fn outsiders(passage: &Passage<'_>, phrases: &Phrases, sentence: &Lowered<'_>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = phrases.find("outsider", sentence.text).collect();
    let written = sentence.written(0..sentence.text.len());
    for supplier in &passage.context.content.registers.suppliers {
        let name = supplier.name.as_str();
        let short = name.rsplit_once(' ').map_or(name, |(short, _)| short);
        let at = |name: &str| written.find(name).map(|at| at..at + name.len());
        found.extend(at(name).or_else(|| at(short)));
    }
    found.sort_by_key(|range| range.start);
    found
}
