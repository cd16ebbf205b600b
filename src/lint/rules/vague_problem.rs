//! A stock name for the trouble, in place of what does not work.

use std::ops::Range;

use crate::diag::Level;
use crate::lint::{Category, Check, Lowered, Part, Passage, Phrases, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "vague-problem",
    category: Category::Size,
    level: Level::Warning,
    withholds: false,
    overridable: true,
    summary: "A stock name for the trouble (“technical difficulties”, “service disruption”), in place of what does not work.",
    explanation: "“We are experiencing issues” tells nobody whether they can pay, travel or see a nurse. People come \
        with one question: does it work for me? Only what they can see answers it.",
    source: "How not to react when something goes wrong: do not beat about the bush. GOV.UK, pages for problems with a \
        service: not “technical difficulties”, not “maintenance” or “improvements”.",
    backing: "What people see, in the same sentence or beside it: cannot, fails, slow, takes an hour, missing, wrong, \
        closed. For a reason such as “unforeseen circumstances”: the reason itself.",
    check: Check::Words(check),
};

fn check(passage: &Passage<'_>, report: &mut Report<'_>) {
    let Some(phrases) = passage.phrases(RULE.id) else { return };
    let sentences: Vec<Lowered<'_>> = passage.sentences().collect();
    if passage.part == Part::Title && empty_title(phrases, &sentences) {
        let [first, ..] = sentences.as_slice() else { return };
        let title = first.written(0..first.text.len());
        report.find(
            passage.place(first.span()),
            format!("“{title}” could be the title of any trouble."),
            format!("Say what people cannot do, in their words: “{}”.", phrases.suggestion("title")),
        );
        return;
    }
    for (index, sentence) in sentences.iter().enumerate() {
        let reason = phrases.first("reason", sentence.text);
        let reason = reason.filter(|words| !phrases.has("placed", &sentence.text[words.end..]));
        if let Some(words) = reason {
            report.find(
                passage.place(sentence.original(words.clone())),
                format!("“{}” is no reason.", sentence.written(words)),
                format!("Say what happened (“{}”), or that you do not know yet.", phrases.suggestion("reason")),
            );
        } else if let Some(words) = vague(passage, phrases, &sentences, index) {
            report.find(
                passage.place(sentence.original(words.clone())),
                format!("“{}” does not say what people cannot do.", sentence.written(words)),
                format!("Say it in their words, beside this: “{}”.", phrases.suggestion("effect")),
            );
        }
    }
}

fn empty_title(phrases: &Phrases, sentences: &[Lowered<'_>]) -> bool {
    sentences.iter().all(|sentence| phrases.has("empty_title", sentence.text))
        && sentences.iter().any(|sentence| phrases.has("some_trouble", sentence.text))
}

/// A stock name in a sentence, with no effect told in it or beside it.
fn vague(
    passage: &Passage<'_>,
    phrases: &Phrases,
    sentences: &[Lowered<'_>],
    index: usize,
) -> Option<Range<usize>> {
    if passage.part == Part::Title {
        return None; // What it says beside the stock name is its subject.
    }
    let text = sentences.get(index)?.text;
    let experience = || {
        phrases.find("experience", text).find(|words| phrases.has("no_object", &text[words.end..]))
    };
    let degraded = phrases.first("degraded", text);
    let is_verb = degraded.is_some();
    let words = degraded.or_else(|| phrases.first("stock", text)).or_else(experience)?;
    let (before, after) = (&text[..words.start], &text[words.end..]);
    let ends_with = |set| phrases.find(set, before).any(|found| found.end == before.trim_end().len());
    let theirs = phrases.has("experiencer", before) && phrases.has("experience", text);
    if !is_verb && (ends_with("known") || ends_with("entire")) || ends_with("experiencer") || theirs || phrases.has("prevention", text) {
        return None;
    }
    let beside = [before_it(passage, index), Some(index + 1)].into_iter().flatten();
    let told = phrases.has("effect", before)
        || phrases.has("effect", after)
        || beside.filter_map(|beside| sentences.get(beside)).any(|beside| phrases.has("effect", beside.text));
    (!told).then_some(words)
}

/// The sentence before another one, in the same paragraph or list item.
fn before_it(passage: &Passage<'_>, index: usize) -> Option<usize> {
    let blocks = passage.prose.blocks.iter().enumerate();
    let block_of: Vec<usize> = blocks.flat_map(|(at, block)| block.sentences.iter().map(move |_| at)).collect();
    let before = index.checked_sub(1)?;
    (block_of.get(before) == block_of.get(index)).then_some(before)
}
