//! What was said: the updates of the file and the lines of the record, brought together in order.
//!
//! A written update and its line are one statement. A line without an update is a composed statement, or one that
//! the file has lost: it stays, because nothing that was said disappears. Times after *now* were not said yet.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::due::{Rhythm, back};
use super::series::{Occurrence, Series};
use super::{Facts, Inputs, LineKind, RecordLine, Statement, StatementId, StatementKind, Words};
use crate::content::{Status, Update};

/// How far ahead of now a heading may be.
pub const AHEAD: SignedDuration = SignedDuration::from_mins(5);

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// The statements with what they meant, and what held after the last one.
pub(super) struct Said {
    pub(super) statements: Vec<Statement>,
    pub(super) facts: Facts,
    pub(super) status: Option<Status>,
    pub(super) ended: Option<Timestamp>,
    pub(super) reopened: u32,
    pub(super) series: Vec<Occurrence>,
}

/// Every statement that was out at `now`, oldest first.
pub(super) fn said(inputs: &Inputs<'_>, now: Timestamp) -> Said {
    let mut said = Said {
        statements: collect(inputs, now),
        facts: Facts::at_start(inputs.incident),
        status: None,
        ended: None,
        reopened: 0,
        series: Vec::new(),
    };
    let mut series = Series::of(inputs.incident, inputs.zone, now);
    for index in 0..said.statements.len() {
        said.carry_over(index, series.as_mut(), inputs);
    }
    if let Some(series) = series {
        said.stand_at(series, now);
    }
    link(inputs, &mut said.statements);
    said
}

impl Said {
    /// Gives one statement the facts that held from it on, and its due time.
    fn carry_over(&mut self, index: usize, series: Option<&mut Series>, inputs: &Inputs<'_>) {
        let incident = inputs.incident;
        let statement = &mut self.statements[index];
        let update = match statement.words {
            Words::Written(index) => incident.updates.get(index),
            Words::Composed(_) | Words::Retracted => None,
        };
        if let Some(update) = update {
            self.facts.replace_by(update);
        }
        let status = match statement.kind {
            StatementKind::Update(status) => Some(status),
            _ => None,
        };
        let mut goes_on = false;
        if let Some(series) = series {
            let moved = update.and_then(|update| update.header.window.as_deref().copied());
            self.facts.window = series.hear(statement.at, status, moved).or(self.facts.window);
            goes_on = series.standing(statement.at).is_some();
        }
        if let Some(status) = status {
            if goes_on {
                self.ended = None;
            } else if status.is_final() {
                self.ended = Some(statement.at);
            } else if self.ended.take().is_some() {
                statement.reopens = true;
                self.reopened += 1;
            }
            self.status = Some(status);
        }
        if statement.kind.is_written() {
            statement.by = update
                .and_then(|update| update.header.by.as_ref())
                .map(|by| by.value.clone())
                .or_else(|| self.facts.owner.clone());
        }
        statement.facts = self.facts.clone();
        if statement.due.is_none() && self.ended.is_none() && !incident.imported && !incident.draft {
            let rhythm = Rhythm::of(incident, &self.facts, self.status, inputs.plans, inputs.zone);
            let promised = update
                .and_then(|update| update.header.next_update.as_ref())
                .map(|next| next.at)
                .filter(|at| *at > statement.said_at());
            statement.due = match promised {
                None if incident.is_maintenance() => None,
                None => Some(after(&rhythm, statement)),
                promised => promised,
            };
        }
    }

    /// Leaves the facts of repeated work with the window that stands now, and the status with what was said of it.
    fn stand_at(&mut self, series: Series, now: Timestamp) {
        let standing = series.standing(now);
        let shown = standing.or_else(|| series.windows().len().checked_sub(1));
        self.facts.window = shown.map(|index| series.windows()[index].window).or(self.facts.window);
        if let Some(standing) = standing {
            let begins = standing.checked_sub(1).map(|before| {
                let before = &series.windows()[before];
                before.completed.or(before.cancelled).unwrap_or(series.windows()[standing].window.start)
            });
            let last = self.statements.iter().rev().find(|s| matches!(s.kind, StatementKind::Update(_)));
            if last.is_some_and(|last| begins.is_some_and(|begins| last.at <= begins)) {
                self.status = None;
            }
        }
        self.series = series.into_windows();
    }
}

/// The interval runs from the statement's own time; where that is over when it is published, from its publication.
fn after(rhythm: &Rhythm<'_>, statement: &Statement) -> Timestamp {
    let due = rhythm.after(statement.at);
    if due > statement.said_at() { due } else { rhythm.after(statement.said_at()) }
}

fn collect(inputs: &Inputs<'_>, now: Timestamp) -> Vec<Statement> {
    let incident = inputs.incident;
    let mut lines: HashMap<&str, &RecordLine> = HashMap::new();
    for line in inputs.record.of_incident(incident) {
        if matches!(line.kind, LineKind::Statement(_)) {
            lines.entry(line.id.stamp()).or_insert(line);
        }
    }
    let empty = Facts::at_start(incident);
    let mut statements: Vec<Statement> = Vec::with_capacity(incident.updates.len() + lines.len());
    for (index, update) in incident.updates.iter().enumerate() {
        let kind = StatementKind::of(update.word);
        let id = StatementId::of(&incident.slug, kind, update.at);
        if statements.last().is_some_and(|before| before.id.stamp() == id.stamp()) {
            continue; // Two updates in one minute would share an id: a finding of the reader.
        }
        let line = lines.remove(id.stamp());
        let unsaid = match line {
            Some(line) => line.published_at > now,
            None => back(update.at, AHEAD) > now,
        };
        if !unsaid {
            statements.push(written(inputs, update, index, id, line, &empty));
        }
    }
    for line in lines.into_values().filter(|line| line.published_at <= now) {
        if let LineKind::Statement(kind) = line.kind {
            statements.push(from_line(line, kind, &empty));
        }
    }
    statements.sort_by(|a, b| (a.at, !a.kind.is_written(), &a.id).cmp(&(b.at, !b.kind.is_written(), &b.id)));
    statements
}

fn written(
    inputs: &Inputs<'_>,
    update: &Update,
    index: usize,
    id: StatementId,
    line: Option<&RecordLine>,
    facts: &Facts,
) -> Statement {
    let published_at = line.map(|line| line.published_at);
    let gone = line.is_some_and(|line| line.text.is_none());
    Statement {
        // A renamed file keeps the ids under which its statements went out.
        id: line.map_or(id, |line| line.id.clone()),
        kind: StatementKind::of(update.word),
        at: update.at,
        published_at,
        backdated: published_at
            .is_some_and(|published| published.duration_since(update.at) > inputs.backdate_limit),
        due: line.and_then(|line| line.due),
        by: None,
        words: if gone { Words::Retracted } else { Words::Written(index) },
        translated: BTreeMap::new(),
        facts: facts.clone(),
        reopens: false,
        slot: None,
        missed: line.map(|line| line.missed.clone()).unwrap_or_default(),
        archived: line.is_some_and(|line| line.archived),
        corrected_by: Vec::new(),
        corrects: None,
    }
}

/// A statement that is in no file: composed by Candor, or lost from its file.
fn from_line(line: &RecordLine, kind: StatementKind, facts: &Facts) -> Statement {
    let words = match &line.text {
        None => Words::Retracted,
        Some(text) if kind.is_written() => {
            let body = text.split_once('\n').map_or("", |(_heading, rest)| rest);
            Words::Composed(body.trim_start().into())
        }
        Some(text) => Words::Composed(text.as_str().into()),
    };
    let translated = line.translated.iter().filter_map(|(lang, other)| {
        let text: Arc<str> = other.text.as_deref()?.into();
        Some((lang.clone(), text))
    });
    Statement {
        id: line.id.clone(),
        kind,
        at: if kind.is_written() { line.at } else { line.published_at },
        published_at: Some(line.published_at),
        backdated: false,
        due: line.due,
        by: None,
        words,
        translated: translated.collect(),
        facts: facts.clone(),
        reopens: false,
        slot: (kind == StatementKind::Holding).then_some(line.at),
        missed: line.missed.clone(),
        archived: line.archived,
        corrected_by: Vec::new(),
        corrects: None,
    }
}

/// Ties corrections and retractions to the statement that they name by its time.
fn link(inputs: &Inputs<'_>, statements: &mut [Statement]) {
    for index in 0..statements.len() {
        let Words::Written(at) = statements[index].words else { continue };
        let Some(header) = inputs.incident.updates.get(at).map(|update| &update.header) else { continue };
        let retracts = header.retracts.is_some();
        let Some(time) = header.retracts.as_ref().or(header.corrects.as_ref()).map(|named| named.value.0)
        else {
            continue;
        };
        // People name a statement by its minute.
        let from = statements.partition_point(|statement| statement.at < time);
        let minute =
            statements[from..].iter().take_while(|statement| statement.at.duration_since(time) < MINUTE);
        let named = (from..from + minute.count()).filter(|&other| other != index);
        let Some(named) = named.min_by_key(|&other| !statements[other].kind.is_written()) else { continue };
        let id = statements[index].id.clone();
        statements[index].corrects = Some(statements[named].id.clone());
        statements[named].corrected_by.push(id);
        if retracts {
            statements[named].words = Words::Retracted;
        }
    }
}
