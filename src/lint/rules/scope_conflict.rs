//! The size that the words tell differs from the one that the header and the clock tell.

use std::ops::Range;

use crate::config::Severity;
use crate::content::{Affected, Update, Word};
use crate::diag::Level;
use crate::lint::{Category, Check, Lowered, Part, Passage, Phrases, Report, Rule, Subject, backing, size};

pub(super) const RULE: Rule = Rule {
    id: "scope-conflict",
    category: Category::Structure,
    level: Level::Warning,
    withholds: false,
    overridable: true,
    summary: "The size in the words differs from the one in the header: severity, number, duration or service.",
    explanation: "The page shows the header's facts beside the words. Where one says “critical” and the other “a minor \
        issue”, or one 412 people and the other about 40, readers believe neither.",
    source: "How not to react when something goes wrong: be consistent, everyone on the same page; they will find out.",
    backing: "Facts that agree. Rounded numbers and times agree with exact ones; a number of a part (“300 of them”) and \
        the time that one place was without do not contradict the whole.",
    check: Check::Incident(check),
};

/// Words of a sentence, and the two facts that differ.
struct Conflict {
    words: Range<usize>,
    header: String,
    help: &'static str,
}

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    for passage in &subject.passages {
        let Part::Update(index) = passage.part else { continue };
        let (Some(phrases), Some(lexicon)) = (passage.phrases(RULE.id), passage.lexicon()) else { continue };
        let Some(update) = passage.update.filter(|update| matches!(update.word, Word::Status(_))) else {
            continue; // A review or a correction tells of the past.
        };
        let judge = Judge { subject, passage, phrases, lexicon, index, update };
        for sentence in passage.sentences() {
            let Some(conflict) = judge.conflict(&sentence) else { continue };
            let words = sentence.written(conflict.words.clone());
            report.find(
                passage.place(sentence.original(conflict.words)),
                format!("The words say “{words}”; {}.", conflict.header),
                conflict.help,
            );
        }
    }
}

struct Judge<'j, 'a> {
    subject: &'j Subject<'a>,
    passage: &'j Passage<'a>,
    phrases: &'static Phrases,
    lexicon: &'static Phrases,
    index: usize,
    update: &'j Update,
}

impl Judge<'_, '_> {
    fn conflict(&self, sentence: &Lowered<'_>) -> Option<Conflict> {
        let text = sentence.text;
        if !self.lexicon.has("harm", text) {
            return None;
        }
        self.belittled(text)
            .or_else(|| self.miscounted(text))
            .or_else(|| self.mistimed(text))
            .or_else(|| self.unlisted(text))
    }

    /// A critical incident told as small, or everyone told as a few.
    fn belittled(&self, text: &str) -> Option<Conflict> {
        let plain = |words: &Range<usize>| !self.lexicon.has("negation", &text[..words.start]);
        let critical = self.subject.facts(self.index).is_some_and(|facts| facts.severity == Severity::Critical);
        if critical && let Some(words) = self.phrases.first("belittled", text).filter(plain) {
            return Some(Conflict {
                words,
                header: "the severity is critical".to_owned(),
                help: "Say what it does to people, or lower it with `Severity: minor` if that is what it is.",
            });
        }
        let everyone = matches!(self.affected(), Some(Affected::Everyone));
        let words = self.phrases.first("few", text).filter(plain).filter(|_| everyone)?;
        Some(Conflict {
            words,
            header: "the header says `Affected: everyone`".to_owned(),
            help: "Say who is hit in the same way in both places.",
        })
    }

    /// A number of those who are hit that is not the header's.
    fn miscounted(&self, text: &str) -> Option<Conflict> {
        let Some(Affected::Figure { figure, .. }) = self.affected() else { return None };
        let numbers = self.numbers(&figure.to_lowercase());
        let counted = |set| self.lexicon.find(set, text);
        let words = counted("people_count").chain(counted("counted")).find(|words| {
            let clause = backing::clause_at(self.lexicon, text, words.start);
            let (before, after) = (&text[clause.start..words.start], &text[words.end..clause.end.max(words.end)]);
            let around = [before, &text[words.clone()], after];
            let whole = around.iter().all(|words| !self.phrases.has("part", words));
            whole && self.is_same_noun(figure, &text[words.clone()])
        })?;
        let told = self.numbers(&text[words.clone()]);
        let differs = !told.is_empty()
            && !numbers.is_empty()
            && told.iter().all(|told| numbers.iter().all(|number| (told - number).abs() > number * 0.1));
        differs.then(|| Conflict {
            words,
            header: format!("the header says `Affected: {figure}`"),
            help: "Give the same number in both places; for a part of them, say that it is one (“40 of the 412”).",
        })
    }

    /// Whether a number in the text counts what the header's figure counts.
    fn is_same_noun(&self, figure: &str, counted: &str) -> bool {
        let figure = figure.to_lowercase();
        let noun = size::last_word(counted);
        figure.contains(noun) || !figure.contains(|c: char| c.is_alphabetic()) && self.lexicon.has("people_count", counted)
    }

    /// A duration of the whole that does not fit between the start and the end.
    fn mistimed(&self, text: &str) -> Option<Conflict> {
        let over = self.passage.status.is_some_and(|status| status.is_final()) && !self.passage.maintenance;
        let words = over.then(|| self.phrases.first("lasted", text)).flatten()?;
        let rest = [&text[..words.start], &text[words.end..]];
        let of_all = rest.iter().any(|rest| self.phrases.has("whole", rest) || text[words.clone()].starts_with("last"));
        let of_each = self.phrases.has("each", text) || self.lexicon.has("clock", text);
        let told = self.minutes(&text[words.clone()]).filter(|_| of_all && !of_each)?;
        let started = self.subject.incident.started.value;
        let since = |at: jiff::Timestamp| at.duration_since(started).as_secs_f64() / 60.0;
        let open = |update: &&Update| matches!(update.word, Word::Status(status) if !status.is_final() && status != crate::content::Status::Monitoring);
        let before = self.subject.incident.updates.iter().take(self.index).filter(open).map(|update| since(update.at));
        let (least, most) = (before.fold(0.0, f64::max), since(self.update.at));
        // "An hour" may be anything from half an hour to one and a half.
        let rounding = if text[words.clone()].contains("minute") { 1.0 } else { 30.0_f64.max(told * 0.1) };
        let fits = told >= least * 0.9 - rounding && told <= most * 1.1 + rounding;
        (!fits && most > 0.0).then(|| Conflict {
            words,
            header: format!(
                "by its start and this update it was {}",
                backing::length(self.update.at.duration_since(started))
            ),
            help: "Say from when to when, or mend `started`.",
        })
    }

    /// A service that does not work, and is not one of those that the incident names.
    fn unlisted(&self, text: &str) -> Option<Conflict> {
        let facts = self.subject.facts(self.index)?;
        let registers = &self.subject.context.content.registers;
        let listed = |id| facts.services.contains(id) || facts.services.is_empty();
        let mut others = registers.services.iter().filter(|service| !listed(&service.id));
        others.find_map(|service| {
            let name = service.name.to_lowercase();
            let start = text.find(&name)?;
            let words = start..start + name.len();
            let begins = !text[..start].ends_with(|c: char| c.is_alphanumeric() || c == '-');
            let broken = begins && self.phrases.has("broken", &text[words.end..]);
            (broken && !self.lexicon.has("negation", &text[words.end..])).then(|| Conflict {
                words,
                header: format!("its services do not name {}", service.name),
                help: "Add it with a `Services:` line, so that its page and its subscribers hear of it; or say that it works.",
            })
        })
    }

    fn affected(&self) -> Option<&Affected> {
        self.update.header.affected.as_ref().map(|affected| &affected.value)
    }

    /// The numbers in a phrase.
    fn numbers(&self, text: &str) -> Vec<f64> {
        let digits = self.phrases.find("digits", text).filter_map(|range| number(&text[range]));
        let words = self.phrases.find("glossary", text).filter_map(|range| {
            self.phrases.meaning(&text[range]).and_then(|(_, meaning)| meaning.parse().ok())
        });
        digits.chain(words).collect()
    }

    /// The minutes of a duration as people say it: "2 hours 20 minutes", "an hour and a half".
    fn minutes(&self, text: &str) -> Option<f64> {
        let digits = self.phrases.find("digits", text).map(|range| (range.start, text[range].to_owned()));
        let words = self.phrases.find("glossary", text).filter_map(|range| {
            Some((range.start, self.phrases.meaning(&text[range])?.1.to_owned()))
        });
        let mut parts: Vec<(usize, String)> = digits.chain(words).collect();
        parts.sort();
        let (mut total, mut count, mut unit) = (0.0, None, 0.0);
        for (_, part) in parts {
            if let Some(minutes) = part.strip_suffix(" minutes") {
                unit = number(minutes)?;
                total += count.take()? * unit;
            } else if let Some(more) = part.strip_prefix('+') {
                match &mut count {
                    Some(count) => *count += number(more)?,
                    None => total += number(more)? * unit,
                }
            } else {
                count = number(&part);
            }
        }
        (total > 0.0).then_some(total)
    }
}

fn number(text: &str) -> Option<f64> {
    text.replace(',', "").parse().ok()
}
