//! Statements into the books: each becomes a line of the record and is due to its readers, in one transaction.
//!
//! Two keepers exist. With a ledger (the daemon's) publishing tells subscribers. Without one (a build in CI) the
//! record alone grows, and nobody is told.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::Problem;
use crate::config::{ChannelSettings, Plan, Settings, Severity};
use crate::content::{Incident, Registers};
use crate::outbox::{
    Audience, ChannelAim, Ledger, LedgerError, Pace, Publication, Published, Telling, UpdateKind, retry,
};
use crate::text::Slug;
use crate::timeline::{Entry, LineKind, Record, RecordLine, StatementId, StatementKind};

/// Where publications are kept.
pub struct Publisher {
    ledger: Option<Box<dyn Ledger>>,
    /// Those of the host.
    channels: Vec<ChannelSettings>,
    record: Record,
}

/// A statement that has just been published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub incident: Slug,
    pub statement: StatementId,
    pub kind: UpdateKind,
    pub at: Timestamp,
    /// When the first message to the public may leave.
    pub starts_at: Timestamp,
    /// How many readers are due a mail.
    pub told: u64,
}

/// What publishing needs to know of the site.
#[derive(Clone, Copy, Debug)]
pub struct House<'a> {
    pub settings: &'a Settings,
    pub registers: &'a Registers,
    /// As they may be published, by slug.
    pub incidents: &'a HashMap<Slug, Arc<Incident>>,
}

impl Publisher {
    /// Publishes to a ledger and its readers.
    pub fn with_ledger(mut ledger: Box<dyn Ledger>, channels: Vec<ChannelSettings>) -> Result<Self, Problem> {
        let record = ledger.record().map_err(books)?;
        Ok(Self { ledger: Some(ledger), channels, record })
    }

    /// Only keeps a record.
    pub fn with_record(record: Record) -> Self {
        Self { ledger: None, channels: Vec::new(), record }
    }

    pub fn record(&self) -> &Record {
        &self.record
    }

    /// Reads the record again where another process has published since; true where one had.
    pub fn catch_up(&mut self) -> Result<bool, Problem> {
        let behind = self.is_behind()?;
        if let Some(ledger) = self.ledger.as_mut().filter(|_| behind) {
            self.record = ledger.record().map_err(books)?;
        }
        Ok(behind)
    }

    /// Whether another process has published since the record was read.
    pub fn is_behind(&mut self) -> Result<bool, Problem> {
        let Some(ledger) = &mut self.ledger else { return Ok(false) };
        Ok(ledger.record_end().map_err(books)? != self.record.last_hash())
    }

    /// The ledger, where there is one.
    pub fn ledger(&mut self) -> Option<&mut (dyn Ledger + 'static)> {
        self.ledger.as_deref_mut()
    }

    /// Publishes lines that follow the record's last one, in order. The lines of an incident itself go with the
    /// statement after them; what was published before is passed over. Answers with what was said.
    pub fn publish(&mut self, house: House<'_>, lines: Vec<RecordLine>) -> Result<Vec<Said>, Problem> {
        let mut lines = self.restore_archive(lines)?.into_iter().peekable();
        let mut said = Vec::new();
        while let Some(line) = lines.next() {
            if line.kind != LineKind::Incident {
                said.extend(self.publish_one(house, vec![line])?);
            } else if let Some(next) =
                lines.next_if(|next| next.incident == line.incident && next.kind != LineKind::Incident)
            {
                said.extend(self.publish_one(house, vec![line, next])?);
            } else {
                self.append(line)?;
            }
        }
        Ok(said)
    }

    /// Publishes a composed statement.
    pub fn compose(&mut self, house: House<'_>, entry: Entry) -> Result<Option<Said>, Problem> {
        let line = self.record.next_line(entry);
        self.publish_one(house, vec![line])
    }

    /// An archive seen for the first time goes into an empty record in one step: nobody is told of it. The lines from the
    /// first that is news are handed back.
    fn restore_archive(&mut self, mut lines: Vec<RecordLine>) -> Result<Vec<RecordLine>, Problem> {
        if lines.is_empty() || !self.record.is_empty() {
            return Ok(lines);
        }
        let news = lines
            .iter()
            .find(|line| line.kind != LineKind::Incident && !line.archived)
            .map(|line| line.incident.clone());
        let from =
            news.and_then(|slug| lines.iter().position(|line| line.incident == slug)).unwrap_or(lines.len());
        let rest = lines.split_off(from);
        lines.into_iter().for_each(|line| self.record.push(line));
        if let Some(ledger) = &mut self.ledger {
            ledger.restore(&self.record).map_err(books)?;
        }
        Ok(rest)
    }

    fn append(&mut self, line: RecordLine) -> Result<(), Problem> {
        if let Some(ledger) = &mut self.ledger {
            ledger.append(std::slice::from_ref(&line)).map_err(books)?;
        }
        self.record.push(line);
        Ok(())
    }

    /// Publishes the statement in the last of `lines`, with the incident line before it.
    fn publish_one(&mut self, house: House<'_>, lines: Vec<RecordLine>) -> Result<Option<Said>, Problem> {
        let Some(line) = lines.last() else { return Ok(None) };
        let Some(incident) = house.incidents.get(&line.incident) else { return Ok(None) };
        let (first, ended) = self.before(incident);
        let Some(kind) = UpdateKind::of_line(line.kind, first, ended) else { return Ok(None) };
        let retracts = self.retracted_by(incident, line);
        let written = line.statement_kind().is_some_and(StatementKind::is_written);
        let plan = house.settings.plans.of(severity_at(incident, line.at));
        // Nobody waits for words that nobody wrote.
        let wait = if written { house.settings.undo.max(plan.staff_first) } else { SignedDuration::ZERO };
        let publication = Publication {
            incident: line.incident.clone(),
            statement: line.id.clone(),
            kind,
            slot: (line.statement_kind() == Some(StatementKind::Holding)).then_some(line.at),
            retracts,
            published_at: line.published_at,
            starts_at: line.published_at.saturating_add(wait).unwrap_or(line.published_at),
            expires_at: retry::expiry(kind, line.published_at, line.due),
            audience: audience(incident, house.registers),
            channels: self.aims(plan),
            telling: if line.archived || incident.imported { Telling::Nobody } else { Telling::Audience },
            lines,
        };
        let told = match &mut self.ledger {
            None => 0,
            Some(ledger) => match ledger.publish(&publication).map_err(books)? {
                Published::New { told, .. } => told,
                Published::Already { .. } => return Ok(None),
            },
        };
        if let Some(id) = &publication.retracts {
            self.record.retract(id);
        }
        let Publication { incident, statement, published_at: at, starts_at, lines, .. } = publication;
        lines.into_iter().for_each(|line| self.record.push(line));
        Ok(Some(Said { incident, statement, kind, at, starts_at, told }))
    }

    /// The host's channels that a plan names, for the public or for staff.
    fn aims(&self, plan: &Plan) -> Vec<ChannelAim> {
        let named = |channel: &&ChannelSettings| {
            plan.channels.contains(&channel.name) || plan.staff.contains(&channel.name)
        };
        let aim = |channel: &ChannelSettings| ChannelAim {
            name: channel.name.clone(),
            pace: if channel.holding_updates { Pace::All } else { Pace::News },
            staff: plan.staff.contains(&channel.name),
        };
        self.channels.iter().filter(named).map(aim).collect()
    }

    /// Whether nothing was said about the incident yet, and whether what was said last had ended it.
    fn before(&self, incident: &Incident) -> (bool, bool) {
        let mut ended = false;
        let mut first = true;
        for line in self.record.of_incident(incident) {
            if let Some(kind) = UpdateKind::of_line(line.kind, first, ended) {
                ended = !kind.leaves_open(ended);
                first = false;
            }
        }
        (first, ended)
    }

    /// The statement that an update takes down, where its header has `Retracts`.
    fn retracted_by(&self, incident: &Incident, line: &RecordLine) -> Option<StatementId> {
        let update = incident.updates.iter().find(|update| update.at == line.at)?;
        let (time, _) = &update.header.retracts.as_ref()?.value;
        let named =
            |line: &&RecordLine| line.kind != LineKind::Incident && line.at == *time && line.text.is_some();
        self.record.of_incident(incident).find(named).map(|line| line.id.clone())
    }
}

/// How bad an incident is said to be at a moment.
fn severity_at(incident: &Incident, at: Timestamp) -> Severity {
    let said = incident.updates.iter().filter(|update| update.at <= at);
    let changed = said.filter_map(|update| update.header.severity.as_ref()).next_back();
    changed.unwrap_or(&incident.severity).value
}

/// Whom an incident concerns now: its start values and everything that updates have added.
pub(super) fn audience(incident: &Incident, registers: &Registers) -> Audience {
    let mut services: Vec<_> = incident.services.iter().map(|service| service.value.clone()).collect();
    let mut areas: Vec<_> = incident.areas.iter().map(|area| area.value.clone()).collect();
    for header in incident.updates.iter().map(|update| &update.header) {
        services.extend(header.services.iter().map(|said| said.value.0.clone()));
        if let Some(widened) = &header.areas {
            if widened.value.is_empty() || areas.is_empty() {
                areas.clear();
            } else {
                areas.extend(widened.value.iter().cloned());
            }
        }
    }
    services.sort();
    services.dedup();
    areas.sort();
    areas.dedup();
    Audience::of(&services, &areas, registers)
}

/// What the ledger's errors mean to whoever runs the program.
pub(super) fn books(error: LedgerError) -> Problem {
    match error {
        LedgerError::Newer { .. } | LedgerError::NotEmpty => Problem::configuration(error),
        other => Problem::outside(other),
    }
}
