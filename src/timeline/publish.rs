//! From an incident as it may be published to the lines that the record does not have yet.
//!
//! Whether a statement may be published is decided in `lint::verdict`; here everything in the file counts. Composed
//! statements come from `holding` and `follow_up`.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use rayon::prelude::*;

use super::due::Rhythm;
use super::said::said;
use super::slot::missed_before;
use super::{
    Entry, Inputs, LineKind, Record, RecordLine, Statement, StatementId, StatementKind, Words, quiet,
    transcript,
};
use crate::content::{Incident, Update};

/// First seen later than this after its time, a statement is listed and nobody is mailed.
const NEWS: SignedDuration = SignedDuration::from_hours(24);

/// The lines to append to `record`, chained to its end: for each incident its incident line where that is new, then
/// every written statement that has none. An empty record means an archive seen for the first time: nobody was
/// watching, so each statement's own time is its time of publication.
pub fn publications<'a>(
    record: &Record,
    incidents: impl IntoIterator<Item = Inputs<'a>>,
    now: Timestamp,
) -> Vec<RecordLine> {
    let incidents: Vec<Inputs<'a>> = incidents.into_iter().collect();
    // On all cores; only the chain is made line by line.
    let loose: Vec<Vec<RecordLine>> =
        incidents.par_iter().map(|inputs| new_lines(inputs, record.is_empty(), now)).collect();
    let mut lines: Vec<RecordLine> = Vec::new();
    for line in loose.into_iter().flatten() {
        let prev = lines.last().map_or(record.last_hash(), |line| &line.hash);
        lines.push(line.after(prev));
    }
    lines
}

/// What is new about one incident, not chained yet.
fn new_lines(inputs: &Inputs<'_>, first_run: bool, now: Timestamp) -> Vec<RecordLine> {
    let lines = entries(inputs, first_run, now).into_iter().map(|(entry, taken_down)| {
        let line = entry.loose();
        RecordLine { text: line.text.filter(|_| !taken_down), ..line }
    });
    lines.collect()
}

/// What is new about one incident, with whether its text is already taken down.
fn entries(inputs: &Inputs<'_>, first_run: bool, now: Timestamp) -> Vec<(Entry, bool)> {
    let incident = inputs.incident;
    if incident.draft {
        return Vec::new();
    }
    let mut entries = Vec::new();
    entries.extend(incident_entry(inputs, first_run, now).map(|entry| (entry, false)));

    let unsaid =
        said(inputs, now).statements.into_iter().filter(|statement| statement.published_at.is_none());
    let new: Vec<(Statement, &Update)> = unsaid
        .filter_map(|statement| match statement.words {
            Words::Written(index) => Some((statement, incident.updates.get(index)?)),
            _ => None,
        })
        .collect();
    if new.is_empty() {
        return entries;
    }

    // Once more with the new statements in the record: only then are their due times known.
    let mut provisional = Record::default();
    for line in inputs.record.of_incident(incident) {
        provisional.push(line.clone());
    }
    let written: Vec<Entry> =
        new.iter().map(|(statement, update)| entry(inputs, statement, update, first_run, now)).collect();
    for entry in &written {
        provisional.push(entry.clone().after(""));
    }
    let meant = said(&Inputs { record: &provisional, ..*inputs }, now).statements;
    let mut gap = gap(inputs, &meant, first_run, now);
    for mut entry in written {
        let statement = meant.iter().find(|statement| statement.id == entry.id);
        entry.due = statement.and_then(|statement| statement.due);
        if !entry.archived {
            entry.missed = std::mem::take(&mut gap);
        }
        entries.push((entry, statement.is_some_and(|statement| statement.words == Words::Retracted)));
    }
    entries
}

fn entry(
    inputs: &Inputs<'_>,
    statement: &Statement,
    update: &Update,
    first_run: bool,
    now: Timestamp,
) -> Entry {
    Entry {
        id: statement.id.clone(),
        incident: inputs.incident.slug.clone(),
        kind: LineKind::Statement(statement.kind),
        at: update.at,
        published_at: if first_run { update.at.min(now) } else { now },
        due: None,
        missed: Vec::new(),
        archived: inputs.incident.imported || now.duration_since(update.at) > NEWS,
        text: transcript::of_update(inputs.incident, update, inputs.zone),
        translated: BTreeMap::new(),
    }
}

/// The incident line, where front matter or summary are not as last recorded.
fn incident_entry(inputs: &Inputs<'_>, first_run: bool, now: Timestamp) -> Option<Entry> {
    let incident = inputs.incident;
    let text = transcript::of_incident(incident);
    let last = inputs.record.of_incident(incident).filter(|line| line.kind == LineKind::Incident).last();
    if last.is_some_and(|last| last.incident == incident.slug && last.text.as_deref() == Some(&text)) {
        return None;
    }
    let started = incident.started.value;
    Some(Entry {
        id: StatementId::from(incident.slug.as_str()),
        incident: incident.slug.clone(),
        kind: LineKind::Incident,
        at: started,
        published_at: if first_run { started.min(now) } else { now },
        due: None,
        missed: Vec::new(),
        archived: incident.imported || now.duration_since(first_word(incident)) > NEWS,
        text,
        translated: BTreeMap::new(),
    })
}

fn first_word(incident: &Incident) -> Timestamp {
    incident.updates.first().map_or(incident.started.value, |update| update.at)
}

/// The slots in which readers heard nothing before the statements that are published now.
fn gap(inputs: &Inputs<'_>, statements: &[Statement], first_run: bool, now: Timestamp) -> Vec<Timestamp> {
    if first_run {
        return Vec::new();
    }
    let heard: Vec<Statement> =
        statements.iter().filter(|statement| statement.said_at() < now).cloned().collect();
    let Some(last) = heard.iter().max_by_key(|statement| (statement.said_at(), statement.at)) else {
        return Vec::new();
    };
    let Some(due) = last.due else { return Vec::new() };
    let status = heard.iter().rev().find_map(|statement| match statement.kind {
        StatementKind::Update(status) => Some(status),
        _ => None,
    });
    let rhythm = Rhythm::of(inputs.incident, &last.facts, status, inputs.plans, inputs.zone);
    missed_before(&rhythm, due, quiet(&heard), now)
}
