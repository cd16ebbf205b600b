//! Incidents for tests, sketched in code: no reader is needed to try the timeline.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::{Entry, Inputs, LineKind, Record, Timeline, publications, timeline};
use crate::config::{Contact, Plans, Severity};
use crate::content::{
    Affected, ExpectedFix, Header, Incident, Kind, NextUpdate, Person, Promise, Registers, Section,
    SectionKind, Update, Window, Word,
};
use crate::text::{PersonId, ServiceId, Slug, Source, Span, Spanned};

pub(super) fn zone() -> TimeZone {
    TimeZone::get("America/Winnipeg").unwrap()
}

/// `2026-11-21 14:10` in Winnipeg; a bare time is on that day.
pub(super) fn at(text: &str) -> Timestamp {
    let text = if text.contains(' ') { text.to_owned() } else { format!("2026-11-21 {text}") };
    let local: jiff::civil::DateTime = text.replace(' ', "T").parse().unwrap();
    local.to_zoned(zone()).unwrap().timestamp()
}

pub(super) fn given<T>(value: T) -> Spanned<T> {
    Spanned::new(value, Span::default())
}

pub(super) fn next_update(time: &str) -> Option<Spanned<NextUpdate>> {
    Some(next_update_at(at(time)))
}

pub(super) fn next_update_at(at: Timestamp) -> Spanned<NextUpdate> {
    given(NextUpdate { at, because: None })
}

pub(super) fn fix(time: &str, because: &str) -> Option<Spanned<ExpectedFix>> {
    let at = (!time.is_empty()).then(|| at(time));
    Some(given(ExpectedFix { at, because: because.to_owned() }))
}

pub(super) fn affected(figure: &str, how: &str) -> Option<Spanned<Affected>> {
    Some(given(Affected::Figure { figure: figure.to_owned(), how: how.to_owned() }))
}

pub(super) fn promise(what: &str, by: &str, who: &str) -> Promise {
    Promise { who: who.to_owned(), ..promise_by(what, at(by)) }
}

pub(super) fn promise_by(what: &str, by: Timestamp) -> Promise {
    Promise { what: what.to_owned(), by, whole_day: false, who: String::new(), agreed: None }
}

/// An incident under construction.
pub(super) struct Sketch(Incident);

impl Sketch {
    pub(super) fn new(slug: &str, severity: Severity, started: Timestamp) -> Self {
        let text = "+++\n+++\n\nHomes have no water.\n\n".to_owned();
        Self(Incident {
            slug: Slug::from(slug),
            kind: Kind::Incident,
            title: given("Burst water main on Riverside Drive".to_owned()),
            severity: given(severity),
            services: vec![given(ServiceId::from("water-supply"))],
            areas: Vec::new(),
            owner: Some(given(PersonId::from("dana-osei"))),
            owner_text: None,
            deputy: Some(given(PersonId::from("luis-marin"))),
            started: given(started),
            every: None,
            cause: None,
            risk: None,
            goodwill: String::new(),
            contact: None,
            technical: false,
            related: Vec::new(),
            first_of_kind: None,
            apology_not_needed: None,
            no_review: None,
            detected: None,
            aliases: Vec::new(),
            imported: false,
            lang: "en".to_owned(),
            draft: false,
            front_matter: Span::new(4, 4),
            summary: Span::new(8, text.len()),
            summary_sections: Vec::new(),
            updates: Vec::new(),
            comments: Vec::new(),
            translations: Vec::new(),
            fingerprint: 0,
            source: Source::new(format!("content/incidents/{slug}.md"), text),
        })
    }

    pub(super) fn maintenance(slug: &str, start: &str, end: &str) -> Self {
        let window = Window { start: at(start), end: at(end) };
        Self::new(slug, Severity::Minor, window.start)
            .with(|incident| incident.kind = Kind::Maintenance { window, repeat: None })
    }

    pub(super) fn with(mut self, change: impl FnOnce(&mut Incident)) -> Self {
        change(&mut self.0);
        self
    }

    /// Adds an update whose heading and body are in the text; the header is only in the value.
    pub(super) fn update(
        mut self,
        moment: Timestamp,
        word: Word,
        body: &str,
        header: impl FnOnce(&mut Header),
    ) -> Self {
        let mut text = self.0.source.text.to_string();
        let start = text.len();
        let local = moment.to_zoned(zone()).strftime("%Y-%m-%d %H:%M").to_string();
        let name = match word {
            Word::Status(status) => status.word().to_owned(),
            other => format!("{other:?}"),
        };
        text += &format!("## {local} {name}");
        let heading = Span::new(start, text.len());
        text += "\n\n";
        let from = text.len();
        text += body;
        text += "\n\n";
        let mut given = Header::default();
        header(&mut given);
        self.0.updates.push(Update {
            at: moment,
            word,
            now: false,
            heading,
            span: Span::new(start, text.len()),
            header: given,
            header_span: Span::at(from),
            body: Span::new(from, from + body.len()),
            sections: Vec::new(),
            tasks: Vec::new(),
            comments: Vec::new(),
        });
        self.0.updates.sort_by_key(|update| update.at);
        self.0.source.text = text.into();
        self
    }

    /// Gives the last update a section "What you can do".
    pub(super) fn actions(mut self, body: &str) -> Self {
        let mut text = self.0.source.text.to_string();
        text += "### What you can do\n\n";
        let span = Span::new(text.len(), text.len() + body.len());
        text += body;
        text += "\n\n";
        if let Some(update) = self.0.updates.last_mut() {
            update.span.end = text.len();
            update.sections.push(Section {
                kind: SectionKind::Actions,
                heading: given("What you can do".to_owned()),
                body: span,
            });
        }
        self.0.source.text = text.into();
        self
    }

    pub(super) fn build(self) -> Arc<Incident> {
        Arc::new(self.0)
    }
}

/// A site with one incident and a daemon that may sleep.
#[derive(Debug)]
pub(super) struct World {
    /// As the file is in the end.
    file: Arc<Incident>,
    /// How long after its own time an update is pushed.
    pub(super) pushed_after: HashMap<Timestamp, SignedDuration>,
    /// As it was when the daemon last woke.
    pub(super) incident: Arc<Incident>,
    pub(super) plans: Plans,
    pub(super) zone: TimeZone,
    pub(super) record: Record,
    pub(super) delayed: bool,
    pub(super) registers: Registers,
    pub(super) contact: Contact,
}

impl World {
    pub(super) fn new(incident: Arc<Incident>) -> Self {
        let person = |id: &str, name: &str, role: &str| Person {
            id: PersonId::from(id),
            name: name.to_owned(),
            role: role.into(),
            phone: String::new(),
            mail: String::new(),
            hours: "".into(),
        };
        Self {
            file: incident.clone(),
            pushed_after: HashMap::new(),
            incident,
            plans: Plans::default(),
            zone: zone(),
            record: Record::default(),
            delayed: false,
            registers: Registers {
                people: vec![
                    person("dana-osei", "Dana Osei", "Water operations lead"),
                    person("luis-marin", "Luis Marin", "Head of water"),
                ],
                ..Registers::default()
            },
            contact: Contact {
                phone: "+1 204 555 0100".to_owned(),
                hours: "24 hours".into(),
                ..Contact::default()
            },
        }
    }

    pub(super) fn inputs(&self) -> Inputs<'_> {
        Inputs {
            incident: &self.incident,
            plans: &self.plans,
            zone: &self.zone,
            record: &self.record,
            delayed: self.delayed,
            backdate_limit: SignedDuration::from_mins(15),
        }
    }

    pub(super) fn voice(&self) -> super::Voice<'_> {
        super::Voice {
            registers: &self.registers,
            zone: &self.zone,
            contact: &self.contact,
            language: "en",
            others: &[],
        }
    }

    pub(super) fn at(&self, now: Timestamp) -> Timeline {
        timeline(&self.inputs(), now)
    }

    fn write_until(&mut self, now: Timestamp) {
        let mut incident = (*self.file).clone();
        incident.updates.retain(|update| {
            let wait = self.pushed_after.get(&update.at).copied().unwrap_or_default();
            update.at + wait <= now
        });
        self.incident = Arc::new(incident);
    }

    /// What the daemon does when it is awake at `now`: publish what was written, else speak for a slot that has come.
    /// Returns the ids of what went out.
    pub(super) fn wake(&mut self, now: Timestamp) -> Vec<String> {
        self.write_until(now);
        let before = self.record.lines().len();
        let lines = publications(&self.record, [self.inputs()], now);
        for line in lines {
            self.record.push(line);
        }
        let seen = self.at(now);
        let composed = super::next_slot(&seen, &self.inputs())
            .map(|slot| super::holding::compose(&seen, &slot, &self.voice()))
            .or_else(|| super::follow_up::compose(&seen, &self.inputs(), &self.voice()));
        if let Some(entry) = composed {
            self.say(entry);
        }
        let out = self.record.lines()[before..].iter().filter(|line| line.kind != LineKind::Incident);
        out.map(|line| line.id.stamp().to_owned()).collect()
    }

    fn say(&mut self, entry: Entry) {
        let line = self.record.next_line(entry);
        self.record.push(line);
    }

    /// Wakes every minute from one moment to another, both included.
    pub(super) fn run(&mut self, from: Timestamp, to: Timestamp) -> Vec<String> {
        let mut out = Vec::new();
        let mut now = from;
        while now <= to {
            out.extend(self.wake(now));
            now += SignedDuration::from_mins(1);
        }
        out
    }

    /// The text of the last line.
    pub(super) fn last_text(&self) -> &str {
        self.record.lines().last().and_then(|line| line.text.as_deref()).unwrap_or_default()
    }
}
