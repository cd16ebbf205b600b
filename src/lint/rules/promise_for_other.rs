//! A promise of what somebody else will do.

use std::ops::Range;

use crate::content::Registers;
use crate::diag::Level;
use crate::lint::backing;
use crate::lint::{Category, Check, Lowered, Passage, Phrases, Report, Rule};
use crate::text::PersonId;

pub(super) const RULE: Rule = Rule {
    id: "promise-for-other",
    category: Category::Time,
    level: Level::Warning,
    withholds: false,
    overridable: true,
    summary: "A promise of what somebody outside will do, without a word that they agreed.",
    explanation: "“He will call you back” is not ours to promise. Readers wait for the call, and when it does not come it is \
        we who broke our word, without having been able to keep it.",
    source: "Diana Booher: do not promise for others (“I'll have him call you back”).",
    backing: "The words of the one who promised, with when they said it (“the company told us at 09:40 that it will …”); what \
        you asked for, and what to do if it does not happen; or a line `Promise: WHAT; by TIME; WHO; agreed TIME` in the \
        header. Your own teams, and the owner of the incident, promise for themselves.",
    check: Check::Words(check),
};

fn check(passage: &Passage<'_>, report: &mut Report<'_>) {
    let (Some(phrases), Some(lexicon)) = (passage.phrases(RULE.id), passage.lexicon()) else { return };
    let others = named(&passage.context.content.registers, passage);
    let mut before = "";
    for sentence in passage.sentences() {
        if let Some((who, words)) = promised(phrases, lexicon, &others, before, &sentence)
            && !backing::is_promised(passage, sentence.text)
        {
            let who = sentence.written(who).trim();
            report.find(
                passage.place(sentence.original(words)),
                format!("You cannot promise what others do (“{who}”)."),
                format!(
                    "Say what you asked for and what people can do if it does not happen (“{}”), or record their word: \
                     `{}`.",
                    phrases.suggestion("asked"),
                    phrases.suggestion("recorded")
                ),
            );
        }
        before = sentence.text;
    }
}

/// People and suppliers of the registers, in lower case, but those who speak in the update.
fn named(registers: &Registers, passage: &Passage<'_>) -> Vec<String> {
    let speaks = |id: &PersonId| {
        let header = passage.header().and_then(|header| header.by.as_ref()).map(|by| &by.value);
        header == Some(id) || passage.owner == Some(id)
    };
    let people = registers.people.iter().filter(|person| !speaks(&person.id)).map(|person| &person.name);
    let suppliers = registers.suppliers.iter().map(|supplier| &supplier.name);
    people.chain(suppliers).filter(|name| !name.is_empty()).map(|name| name.to_lowercase()).collect()
}

/// Who promises, and the words of the promise.
fn promised(
    phrases: &Phrases,
    lexicon: &Phrases,
    others: &[String],
    sentence_before: &str,
    sentence: &Lowered<'_>,
) -> Option<(Range<usize>, Range<usize>)> {
    let text = sentence.text;
    if phrases.has("agreed", text) {
        return None;
    }
    if let Some(words) = phrases.first("arrange", text) {
        let clause = backing::clause_at(lexicon, text, words.start);
        let ours = phrases.has("ours", &text[words.clone()]) || lexicon.has("negation", &text[clause]);
        return (!ours).then(|| (words.clone(), words));
    }
    // "will call", "is going to restore": whose?
    phrases.find("act", text).find_map(|act| {
        let clause = backing::clause_at(lexicon, text, act.start);
        let before = &text[clause.start..act.start];
        let subject = phrases
            .find("other", before)
            .last()
            .filter(|found| before[found.end..].trim().is_empty())
            .or_else(|| titled(phrases, before, sentence.written(clause.start..act.start)))
            .or_else(|| listed(others, before))
            .or_else(|| they(phrases, before, sentence_before, &text[..clause.start]))?;
        let who = clause.start + subject.start..clause.start + subject.end;
        let words = &text[who.clone()];
        let ours = phrases.has("ours", words);
        let sure = !lexicon.has("negation", &text[act.clone()]) && !phrases.has("asking", &text[..who.start]);
        (!ours && sure).then(|| (who.clone(), who.start..act.end))
    })
}

/// A title with a name, as "Dr Patel".
fn titled(phrases: &Phrases, before: &str, written: &str) -> Option<Range<usize>> {
    let title = phrases.find("title", before).last()?;
    let name = written.get(title.end..)?;
    let words = name.split_whitespace();
    let capitals = words.clone().all(|word| word.chars().next().is_some_and(char::is_uppercase));
    (capitals && (1..=3).contains(&words.count())).then(|| title.start..before.trim_end().len())
}

/// Somebody of the registers, right before the act.
fn listed(others: &[String], before: &str) -> Option<Range<usize>> {
    let before = before.trim_end();
    let name = others.iter().find(|name| before.ends_with(name.as_str()))?;
    let start = before.len() - name.len();
    before[..start].chars().next_back().is_none_or(|c| !c.is_alphanumeric()).then_some(start..before.len())
}

/// "They", where the words before say that it is somebody outside.
fn they(phrases: &Phrases, before: &str, sentence_before: &str, clauses_before: &str) -> Option<Range<usize>> {
    let they = phrases.find("they", before).last().filter(|found| before[found.end..].trim().is_empty())?;
    let context = if clauses_before.trim().is_empty() { sentence_before } else { clauses_before };
    let outside = phrases.find("other", context).any(|found| !phrases.has("ours", &context[found]));
    (outside && !phrases.has("agreed", context)).then_some(they)
}
