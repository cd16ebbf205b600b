//! Apologies for what perhaps happened, or for "any inconvenience".

use std::ops::Range;

use crate::diag::Level;
use crate::lint::backing;
use crate::lint::{Category, Check, Passage, Phrases, Report, Rule};

pub(super) const RULE: Rule = Rule {
    id: "conditional-apology",
    category: Category::Apology,
    level: Level::Error,
    withholds: false,
    overridable: true,
    summary: "An apology that leaves open whether anyone was harmed.",
    explanation: "“Sorry if you were affected” and “any inconvenience” tell people who lost their morning that we are \
        not sure it happened. It reads as a formula, and makes them angrier than none. “The inconvenience”, which \
        names no harm, is a warning.",
    source: "CDC, crisis and emergency risk communication: regretful, not defensive. Guidance on the duty of candour. \
        Lewicki and others, 2016: an apology works by naming what was done. 37signals, 2009.",
    backing: "An apology that says what we did and what it meant for people. A condition that sorts out who is meant \
        may stand before it: “If you lost a booking, we are sorry and will ring you today.”",
    check: Check::Words(check),
};

fn check(passage: &Passage<'_>, report: &mut Report<'_>) {
    let Some(phrases) = passage.phrases(RULE.id) else { return };
    for sentence in passage.sentences() {
        let Some((words, level)) = conditional(passage, phrases, sentence.text) else { continue };
        let message = match level {
            Level::Error => "This apology leaves open whether anyone was harmed.",
            _ => "This apology does not say what people went through.",
        };
        let help = format!(
            "Name what you did and what it meant for people: “{}”",
            phrases.suggestion("apology")
        );
        report.find(passage.place(sentence.original(words)), message, help).level = level;
    }
}

fn conditional(passage: &Passage<'_>, phrases: &Phrases, text: &str) -> Option<(Range<usize>, Level)> {
    let lexicon = passage.lexicon()?;
    let denied = |words: &Range<usize>| phrases.has("negation", &text[..words.start]);
    if let Some(sorry) = phrases.first("sorry", text) {
        // What stands before the apology sorts out who is meant; what stands behind it in the clause takes it back.
        let clause = backing::clause_at(lexicon, text, sorry.start);
        let (before, after) = (&text[..sorry.start], &text[sorry.end..]);
        if phrases.has("unsaid", before) || phrases.has("told_sadly", after) {
            return None;
        }
        let rest = &text[sorry.end..clause.end.max(sorry.end)];
        if let Some(condition) = phrases.first("condition", rest).or_else(|| phrases.first("bare", rest)) {
            return Some((sorry.start..sorry.end + condition.end, Level::Error));
        }
        if phrases.has("doubt", before) && !phrases.has("deed", after) {
            return Some((sorry, Level::Error));
        }
    }
    if let Some(any) = phrases.first("any", text).filter(|any| !denied(any)) {
        return Some((any, Level::Error));
    }
    let apologises = phrases.has("sorry", text);
    let named = phrases.first("named", text);
    let formula = named.or_else(|| phrases.first("trouble", text).filter(|_| apologises))?;
    let told = phrases.has("told", &text[formula.end..]);
    (!told && !denied(&formula)).then_some((formula, Level::Warning))
}
