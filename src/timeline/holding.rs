//! The holding update: what Candor says when a slot has come and nobody wrote.
//!
//! Composed from facts alone, each with the time at which it was said. It never says more than is known: while a
//! written update is being withheld, it does not say that there is nothing new.

use super::transcript;
use super::voice::{AffectedWords, sentence_end};
use super::words::{HoldingWords, say};
use super::{
    Entry, LineKind, Quiet, Slot, Statement, StatementId, StatementKind, Timeline, Voice, When, Words,
};
use crate::content::{ExpectedFix, Header, SectionKind, Status, Translation, Update};

/// The holding update for a slot, ready for the record.
pub fn compose(timeline: &Timeline, slot: &Slot, voice: &Voice<'_>) -> Entry {
    let slug = &timeline.incident.slug;
    let text = |voice: &Voice<'_>| {
        let translation = voice.translation(&timeline.incident);
        Composer { timeline, slot, voice, translation, when: voice.when(), words: &voice.words().holding }
            .text()
    };
    Entry {
        id: StatementId::of(slug, StatementKind::Holding, slot.at),
        incident: slug.clone(),
        kind: LineKind::Statement(StatementKind::Holding),
        at: slot.at,
        published_at: timeline.now,
        due: Some(slot.next_due),
        missed: slot.missed.clone(),
        archived: false,
        text: text(voice),
        translated: voice.in_others(|voice| Some(text(voice))),
    }
}

struct Composer<'a> {
    timeline: &'a Timeline,
    slot: &'a Slot,
    voice: &'a Voice<'a>,
    /// Where the words of people are found in this language.
    translation: Option<&'a Translation>,
    when: When<'a>,
    words: &'static HoldingWords,
}

impl Composer<'_> {
    fn text(&self) -> String {
        let passed = self.passed_estimate();
        let fix = if passed.is_some() { None } else { self.fix() };
        let mut paragraphs = Vec::new();
        paragraphs.extend(passed);
        paragraphs.extend(self.unconfirmed_end());
        paragraphs.extend(self.gap());
        paragraphs.push(self.news());
        paragraphs.extend(self.affected());
        paragraphs.extend(fix);
        paragraphs.extend(self.actions());
        paragraphs.extend(self.responsible());
        paragraphs.push(self.next());
        paragraphs.join("\n\n") + "\n"
    }

    fn passed_estimate(&self) -> Option<String> {
        let at = self.timeline.facts.expected_fix.as_ref()?.at.filter(|at| *at <= self.timeline.now)?;
        let monitoring = self.timeline.status == Some(Status::Monitoring);
        let sentence = if monitoring { &self.words.passed_monitoring } else { &self.words.passed };
        Some(say(sentence, &[("time", &self.near(at))]))
    }

    fn unconfirmed_end(&self) -> Option<String> {
        let end = self.timeline.facts.window?.end;
        (end <= self.timeline.now).then(|| say(&self.words.passed_work, &[("time", &self.near(end))]))
    }

    fn gap(&self) -> Option<String> {
        let missed = &self.slot.missed;
        let (first, last) = (missed.first()?, missed.last()?);
        let times = self.when.list(missed, self.timeline.now);
        let sentence = match missed.len() {
            1 => &self.words.missed_one,
            2..=4 => &self.words.missed_few,
            _ => &self.words.missed_many,
        };
        let count = missed.len().to_string();
        let values = [
            ("times", &*times),
            ("count", &count),
            ("first", &self.near(*first)),
            ("last", &self.near(*last)),
        ];
        Some(say(sentence, &values))
    }

    fn news(&self) -> String {
        if self.timeline.delayed {
            return self.words.delayed.clone();
        }
        let last = self.timeline.last_written();
        let since = last.map_or(self.timeline.incident.started.value, |last| last.at);
        say(&self.words.nothing_new, &[("time", &self.near(since))])
    }

    fn affected(&self) -> Option<String> {
        let affected = self.timeline.facts.affected.as_ref()?;
        let (statement, update) = self.last(|header| header.affected.is_some())?;
        let said = self.when.said(statement.at, self.timeline.now);
        let affected =
            self.translated(update).and_then(|own| own.header.affected.as_deref()).unwrap_or(affected);
        let words = AffectedWords {
            figure: &self.words.affected,
            plain: &self.words.affected_plain,
            everyone: &self.words.everyone,
            unknown: [&self.words.affected_unknown_plain, &self.words.affected_unknown],
        };
        Some(words.sentence(affected, &said))
    }

    fn fix(&self) -> Option<String> {
        let ExpectedFix { at, because } = self.timeline.facts.expected_fix.as_ref()?;
        let (statement, update) = self.last(|header| header.expected_fix.is_some())?;
        let said = self.when.said(statement.at, self.timeline.now);
        let own = self.translated(update).and_then(|own| own.header.expected_fix.as_ref());
        let because = own.map(|own| &own.because).filter(|words| !words.is_empty()).unwrap_or(because);
        let because = sentence_end(because);
        let sentence = match (at, because.is_empty()) {
            (Some(_), false) => &self.words.fix,
            (Some(_), true) => &self.words.fix_plain,
            (None, false) => &self.words.fix_unknown,
            (None, true) => &self.words.fix_unknown_plain,
        };
        let fix = at.map(|at| self.near(at)).unwrap_or_default();
        Some(say(sentence, &[("said", &said), ("fix", &fix), ("because", because)]))
    }

    fn actions(&self) -> Option<String> {
        let incident = &self.timeline.incident;
        let span = self.timeline.facts.actions?;
        let holder = self.written().find(|(_, update)| update.span.contains(span));
        let said = holder.map_or(incident.started.value, |(statement, _)| statement.at);
        let translated = holder.and_then(|(_, update)| {
            let sections = &self.translated(update)?.sections;
            let own = sections.iter().rev().find(|section| section.kind == SectionKind::Actions)?;
            Some(transcript::without_comments(&self.translation?.source.text, own.body))
        });
        let body = translated.filter(|body| !body.trim().is_empty());
        let body = body.unwrap_or_else(|| transcript::without_comments(incident.text(), span));
        let heading = say(&self.words.actions, &[("said", &self.when.said(said, self.timeline.now))]);
        (!body.trim().is_empty()).then(|| format!("{heading}\n\n{}", body.trim_end()))
    }

    fn responsible(&self) -> Option<String> {
        let owner = self.voice.person(self.timeline.facts.owner.as_ref());
        let contact = self.voice.contact(&self.timeline.incident, owner);
        let mut sentences = Vec::new();
        if let Some(owner) = owner {
            let sentence = if owner.role.is_empty() { &self.words.owner_plain } else { &self.words.owner };
            sentences.push(say(
                sentence,
                &[("name", &owner.name), ("role", owner.role.said_in(self.voice.language))],
            ));
        }
        if !contact.is_empty() {
            sentences.push(say(&self.words.contact, &[("contact", &contact)]));
        }
        (!sentences.is_empty()).then(|| sentences.join(" "))
    }

    fn next(&self) -> String {
        let time = self.near(self.slot.next_due);
        match self.slot.quiet {
            Quiet::No => say(&self.words.next, &[("time", &time)]),
            Quiet::Begins(count) => {
                say(&self.words.quiet_begins, &[("time", &time), ("count", &count.to_string())])
            }
            Quiet::GoesOn => say(&self.words.quiet, &[("time", &time)]),
        }
    }

    /// The last written statement that gave a value.
    fn last(&self, gives: impl Fn(&Header) -> bool) -> Option<(&Statement, &Update)> {
        self.written().filter(|(_, update)| gives(&update.header)).last()
    }

    /// The same update in this language.
    fn translated(&self, update: &Update) -> Option<&Update> {
        self.translation?.updates.iter().find(|own| own.at == update.at)
    }

    fn written(&self) -> impl Iterator<Item = (&Statement, &Update)> {
        self.timeline.statements.iter().filter_map(|statement| match statement.words {
            Words::Written(index) => Some((statement, self.timeline.incident.updates.get(index)?)),
            _ => None,
        })
    }

    fn near(&self, moment: jiff::Timestamp) -> String {
        self.when.near(moment, self.timeline.now)
    }
}
