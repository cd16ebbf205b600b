//! The follow-up: what Candor says some days after the end, composed from what was said and promised.

use super::transcript;
use super::voice::{AffectedWords, sentence_end};
use super::words::{FollowUpWords, say};
use super::{
    Entry, Inputs, LineKind, PromiseState, Promised, StatementId, StatementKind, Timeline, Voice, When, Words,
};
use crate::content::{Affected, Translation, Update};

/// The follow-up where it is due now, ready for the record.
pub fn compose(timeline: &Timeline, inputs: &Inputs<'_>, voice: &Voice<'_>) -> Option<Entry> {
    let at = timeline.follow_up_due.filter(|due| *due <= timeline.now)?;
    let slug = &timeline.incident.slug;
    let text = |voice: &Voice<'_>| {
        let translation = voice.translation(&timeline.incident);
        let words = &voice.words().follow_up;
        Composer { timeline, inputs, voice, translation, when: voice.when(), words }.text()
    };
    Some(Entry {
        id: StatementId::of(slug, StatementKind::FollowUp, at),
        incident: slug.clone(),
        kind: LineKind::Statement(StatementKind::FollowUp),
        at,
        published_at: timeline.now,
        due: None,
        missed: Vec::new(),
        archived: false,
        text: text(voice)?,
        translated: voice.in_others(text),
    })
}

struct Composer<'a> {
    timeline: &'a Timeline,
    inputs: &'a Inputs<'a>,
    voice: &'a Voice<'a>,
    /// Where the words of people are found in this language.
    translation: Option<&'a Translation>,
    when: When<'a>,
    words: &'static FollowUpWords,
}

impl Composer<'_> {
    /// `None` for an incident that is not over.
    fn text(&self) -> Option<String> {
        let mut paragraphs = vec![self.happened()?];
        paragraphs.extend(self.closing_words());
        paragraphs.extend(self.promises());
        paragraphs.extend(self.review());
        let goodwill = self.translation.map(|own| own.goodwill.trim()).filter(|words| !words.is_empty());
        let goodwill = goodwill.unwrap_or(self.timeline.incident.goodwill.trim());
        if !goodwill.is_empty() {
            paragraphs.push(goodwill.to_owned());
        }
        paragraphs.push(self.answer());
        Some(paragraphs.join("\n\n") + "\n")
    }

    fn happened(&self) -> Option<String> {
        let incident = &self.timeline.incident;
        let ended = self.timeline.ended?;
        let began = incident.started.value;
        let took = ended.duration_since(began);
        let sentence = if took.is_positive() { &self.words.happened } else { &self.words.happened_earlier };
        let title = self.translation.and_then(|own| own.title.as_ref()).unwrap_or(&incident.title);
        let values = [
            ("title", sentence_end(title)),
            ("began", &self.said(began)),
            ("ended", &self.said(ended)),
            ("duration", &self.when.duration(took)),
        ];
        let words = AffectedWords {
            figure: &self.words.affected,
            plain: &self.words.affected_plain,
            everyone: &self.words.everyone,
            unknown: ["", ""],
        };
        let affected = self.timeline.facts.affected.as_ref();
        let affected = affected.map(|affected| words.sentence(self.affected().unwrap_or(affected), ""));
        let sentences = [Some(say(sentence, &values)), affected];
        Some(sentences.into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" "))
    }

    /// What the last status said, as a quotation: the person who wrote it stands for it.
    fn closing_words(&self) -> Option<String> {
        let incident = &self.timeline.incident;
        let closing = self.timeline.closing()?;
        let Words::Written(index) = closing.words else { return None };
        let update = incident.updates.get(index)?;
        let own = self.translated(update).map(|(source, own)| transcript::without_comments(source, own.body));
        let own = own.filter(|body| !body.trim().is_empty());
        let body = own.unwrap_or_else(|| transcript::without_comments(incident.text(), update.body));
        let quoted: Vec<String> =
            body.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect();
        (!quoted.is_empty()).then(|| format!("{}\n\n{}", self.words.closing, quoted.join("\n")))
    }

    /// Who was affected, as the translation of the update that said it last puts it.
    fn affected(&self) -> Option<&Affected> {
        let update =
            self.timeline.incident.updates.iter().rfind(|update| update.header.affected.is_some())?;
        self.translated(update)?.1.header.affected.as_deref()
    }

    /// The same update in this language, with the text that it is in.
    fn translated(&self, update: &Update) -> Option<(&str, &Update)> {
        let own = self.translation?;
        Some((&own.source.text, own.updates.iter().find(|found| found.at == update.at)?))
    }

    fn promises(&self) -> Option<String> {
        let mut items = Vec::new();
        for estimate in &self.timeline.estimates {
            let Some(by) = estimate.fix.at else { continue };
            let values = [("time", &*self.near(by)), ("said", &self.said(estimate.said_at))];
            let state = if estimate.passed { &self.words.missed } else { &self.words.kept };
            items.push(format!("- {}: {state}", say(&self.words.fix, &values)));
        }
        items.extend(self.timeline.promises.iter().map(|promise| self.promise(promise)));
        let tally = self.timeline.tally(self.inputs.plans);
        let kept = tally.spoken + tally.held;
        if kept + tally.missed > 0 {
            let values = [("kept", &*kept.to_string()), ("all", &(kept + tally.missed).to_string())];
            items.push(format!("- {}", say(&self.words.spoke, &values)));
        }
        (!items.is_empty()).then(|| format!("{}\n\n{}", self.words.promises, items.join("\n")))
    }

    fn promise(&self, promise: &Promised) -> String {
        let now = self.timeline.now;
        let by = if promise.whole_day { self.when.date_near(promise.by, now) } else { self.near(promise.by) };
        let said = say(&self.words.promise, &[("what", &promise.what), ("time", &by), ("who", &promise.who)]);
        let settled = promise
            .settled_at
            .map(|at| if promise.whole_day { self.when.date_near(at, now) } else { self.near(at) });
        let time = settled.as_deref().unwrap_or_default();
        let state = match promise.state {
            PromiseState::Open => self.words.open.clone(),
            PromiseState::Kept if settled.is_none() => self.words.kept.clone(),
            PromiseState::Kept => say(&self.words.kept_at, &[("time", time)]),
            PromiseState::KeptLate => say(&self.words.kept_late, &[("time", time)]),
            PromiseState::Missed => self.words.missed.clone(),
            PromiseState::Withdrawn => match &promise.because {
                Some(because) => say(&self.words.withdrawn_because, &[("because", sentence_end(because))]),
                None => self.words.withdrawn.clone(),
            },
        };
        format!("- {said}: {state}")
    }

    fn review(&self) -> Option<String> {
        let timeline = self.timeline;
        if timeline.statements.iter().any(|statement| statement.kind == StatementKind::Review) {
            return Some(self.words.review_out.clone());
        }
        if let Some(because) = &timeline.incident.no_review {
            return Some(say(&self.words.no_review, &[("because", sentence_end(because))]));
        }
        // A date that has passed cannot be promised any more; the rule about overdue reviews speaks of it.
        let due = timeline.review_due.filter(|due| *due > timeline.now)?;
        Some(say(&self.words.review_due, &[("time", &self.when.date_near(due, timeline.now))]))
    }

    fn answer(&self) -> String {
        let owner = self.voice.person(self.timeline.facts.owner.as_ref());
        let contact = self.voice.contact(&self.timeline.incident, owner);
        let mut sentences = Vec::new();
        if !contact.is_empty() {
            sentences.push(say(&self.words.tell, &[("contact", &contact)]));
        }
        sentences.push(match owner {
            Some(owner) => say(&self.words.mails, &[("name", &owner.name)]),
            None => self.words.mails_plain.clone(),
        });
        sentences.join(" ")
    }

    fn near(&self, moment: jiff::Timestamp) -> String {
        self.when.near(moment, self.timeline.now)
    }

    fn said(&self, moment: jiff::Timestamp) -> String {
        self.when.said(moment, self.timeline.now)
    }
}
