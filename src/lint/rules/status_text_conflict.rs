//! Words that say something else than the status of their update.

use std::ops::Range;

use crate::content::Status;
use crate::diag::Level;
use crate::lint::backing;
use crate::lint::{Category, Check, Lowered, Part, Passage, Phrases, Report, Rule, Subject};
use crate::prose::Sentence;

pub(super) const RULE: Rule = Rule {
    id: "status-text-conflict",
    category: Category::Structure,
    level: Level::Error,
    withholds: true,
    overridable: true,
    summary: "The status says one thing, the words another.",
    explanation: "Half of the readers see the status, the other half the words. “Resolved” over “some stations are \
        still down” is false for one of them, and subscribers are told that it is over.",
    source: "How not to react when something goes wrong: be consistent, everyone on the same page; they will find out.",
    backing: "Words that agree. Under a final status one may go on watching, look for the root cause, or work on \
        prevention, and tell in the past tense what was done. Under `Investigating` one may say what one suspects.",
    check: Check::Incident(check),
};

/// How the words differ from the status.
struct Conflict {
    words: Range<usize>,
    message: &'static str,
    help: &'static str,
}

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    for passage in &subject.passages {
        let Part::Update(index) = passage.part else { continue };
        let (Some(phrases), Some(status)) = (passage.phrases(RULE.id), passage.status) else { continue };
        let says_status = passage
            .update
            .is_some_and(|update| matches!(update.word, crate::content::Word::Status(_)));
        if !says_status {
            continue; // A review or a correction tells of the past.
        }
        let judge = Judge { subject, passage, phrases, index };
        for sentence in passage.sentences() {
            if let Some(conflict) = judge.conflict(status, &sentence) {
                let place = passage.place(sentence.original(conflict.words));
                report.find(place, format!("The status is “{}”; {}", status.word(), conflict.message), conflict.help);
            }
        }
    }
}

struct Judge<'j, 'a> {
    subject: &'j Subject<'a>,
    passage: &'j Passage<'a>,
    phrases: &'static Phrases,
    index: usize,
}

impl Judge<'_, '_> {
    fn conflict(&self, status: Status, sentence: &Lowered<'_>) -> Option<Conflict> {
        let text = sentence.text;
        // A link leads to another incident or to somebody else's page: it is about that.
        if text.contains(Sentence::MASK) || self.is_link(sentence) {
            return None;
        }
        match status {
            Status::Resolved | Status::Completed => self.not_over(text),
            Status::Monitoring => self.not_cured(text),
            Status::Investigating => self.over(text).or_else(|| self.all_well(text)),
            Status::Identified => self.all_well(text),
            Status::Scheduled | Status::InProgress | Status::Cancelled => None,
        }
    }

    fn is_link(&self, sentence: &Lowered<'_>) -> bool {
        self.passage.prose.links.iter().any(|link| sentence.span().contains(link.span))
    }

    /// Under a final status: it goes on, or its end is only hoped for.
    fn not_over(&self, text: &str) -> Option<Conflict> {
        let phrases = self.phrases;
        let conditional = |at: usize| phrases.has("conditional", self.clause(text, at));
        if let Some(words) = phrases.first("goes_on", text).filter(|words| !conditional(words.start)) {
            return (!phrases.has("aftercare", text)).then_some(Conflict {
                words,
                message: "the words say that it goes on.",
                help: "Keep the status that fits the words (such as `Monitoring`) until it is over, or say since when it \
                    works.",
            });
        }
        if let Some(words) = self.search(text) {
            return Some(Conflict {
                words,
                message: "the words say that you are still looking for the trouble.",
                help: "If it is over, say since when, and that you are looking for the cause: “We are looking for the \
                    root cause.” If not, keep the status that fits.",
            });
        }
        let said_plainly = || self.passage.sentences().any(|sentence| {
            phrases.has("certain", sentence.text) && !phrases.has("hedged", sentence.text)
        });
        let words = phrases.first("hedged", text).filter(|words| !conditional(words.start))?;
        (!said_plainly()).then_some(Conflict {
            words,
            message: "the words only hope that it is over.",
            help: "Check it and say so (“Payments work since 15:20”), or keep the status `Monitoring` until you know.",
        })
    }

    /// A search whose object is nothing, or the trouble itself.
    fn search(&self, text: &str) -> Option<Range<usize>> {
        let lexicon = self.passage.lexicon()?;
        let words = self.phrases.first("search", text)?;
        let clause = backing::clause_at(lexicon, text, words.start);
        let object = &text[words.end..clause.end.max(words.end)];
        let whole = &text[clause.start..clause.end];
        let other = self.phrases.has("aftercare", object) || self.phrases.has("conditional", whole);
        (!other).then_some(words)
    }

    /// Under "monitoring": nobody has found a cure yet.
    fn not_cured(&self, text: &str) -> Option<Conflict> {
        let words = self.search(text)?;
        let cured = self
            .subject
            .own()
            .filter(|passage| matches!(passage.part, Part::Update(index) if index <= self.index))
            .any(|passage| passage.sentences().any(|sentence| self.phrases.has("cure", sentence.text)));
        (!cured).then_some(Conflict {
            words,
            message: "the words say that you are still looking, and no update says what was done.",
            help: "Say what you did that you are now watching, or use `Investigating` or `Identified`.",
        })
    }

    /// Under "investigating": it is over, or the cause is known.
    fn over(&self, text: &str) -> Option<Conflict> {
        let phrases = self.phrases;
        let plain = |words: &Range<usize>| {
            !phrases.has("conditional", &text[..words.start]) && !phrases.has("reserve", &text[words.end..])
        };
        if let Some(words) = phrases.first("over", text).filter(plain) {
            return Some(Conflict {
                words,
                message: "the words say that it is over.",
                help: "Use `Resolved`, or `Monitoring` while you make sure.",
            });
        }
        let words = phrases.first("known", text).filter(plain)?;
        let doubted = phrases.has("unknown", &text[words.start..]);
        (!doubted).then_some(Conflict {
            words,
            message: "the words say that the cause is known.",
            help: "Use `Identified`; or say that it is what you suspect.",
        })
    }

    /// Everything is said to work while the incident is open.
    fn all_well(&self, text: &str) -> Option<Conflict> {
        let words = self.phrases.first("all_well", text)?;
        let other = self.phrases.has("conditional", text) || self.phrases.has("reserve", text);
        (!other).then_some(Conflict {
            words,
            message: "the words say that everything works.",
            help: "Use `Monitoring` or `Resolved`; or say what does not work yet.",
        })
    }

    fn clause<'t>(&self, text: &'t str, at: usize) -> &'t str {
        let Some(lexicon) = self.passage.lexicon() else { return text };
        &text[backing::clause_at(lexicon, text, at)]
    }
}
