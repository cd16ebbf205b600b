//! An estimate with no reason to believe it.

use crate::diag::Level;
use crate::lint::backing;
use crate::lint::{Category, Check, Part, Passage, Report, Rule};

use super::unbacked_soon;

pub(super) const RULE: Rule = Rule {
    id: "eta-without-basis",
    category: Category::Time,
    level: Level::Warning,
    withholds: false,
    overridable: true,
    summary: "A time by which it should work again, without how we know.",
    explanation: "People arrange their day by an estimate. If it is a guess, it will be wrong, and the next one will not \
        be believed. Saying what it rests on lets readers judge it, and makes the writer ask before promising.",
    source: "Diana Booher: promise only what you know to be true. CDC, crisis and emergency risk communication: be \
        first, be right, be credible.",
    backing: "`Expected fix: TIME because REASON` in the header, with a reason of three words or more; or a reason in \
        the same sentence or the next one: a measurement, a test, how long it took last time, who told you and when; or \
        the words that you are not sure of the time.",
    check: Check::Words(check),
};

fn check(passage: &Passage<'_>, report: &mut Report<'_>) {
    let over = passage.status.is_some_and(|status| status.is_final());
    if passage.maintenance || over || passage.part == Part::Title {
        return;
    }
    let fix = passage.header().and_then(|header| header.expected_fix.as_ref());
    if let Some(fix) = fix
        && !passage.translated
        && fix.at.is_some()
        && !fix.because.is_empty() // No reason at all is a finding of the reader.
        && !backing::is_reason(&fix.because)
    {
        report.find(
            passage.place(fix.span),
            format!("“{}” is hardly a reason to believe this time.", fix.because),
            "Say how you know, in three words or more: a measurement, a test, or who told you and when.",
        );
    }
    // Where the header explains the time, the words need not do it again.
    if !backing::header_explains_fix(passage) {
        in_words(passage, report);
    }
}

fn in_words(passage: &Passage<'_>, report: &mut Report<'_>) {
    let Some(phrases) = passage.phrases(RULE.id) else { return };
    let soon = unbacked_soon::claims(passage);
    if !soon.is_empty() {
        return; // "Soon" without a reason is the same fault, and has its finding.
    }
    let estimates = backing::estimates(passage);
    for estimate in estimates.iter().filter(|estimate| !estimate.reasoned) {
        let Some(sentence) = passage.sentences().nth(estimate.sentence) else { continue };
        let time = sentence.written(estimate.time.clone());
        report.find(
            passage.place(sentence.original(estimate.time.clone())),
            format!("“{time}”: nothing here says why this time can be believed."),
            format!(
                "Say how you know: a measurement, a test, or who told you and when (“{}”). If it is a guess, say that \
                 you are not sure of it.",
                phrases.suggestion("basis")
            ),
        );
    }
}
