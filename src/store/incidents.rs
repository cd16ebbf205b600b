//! What the desk must know of each incident at every step, kept in memory between transactions.
//!
//! Only a copy: it is dropped whenever this process changes an incident, whenever another process commits anything,
//! and whenever a transaction fails.

use std::collections::HashMap;
use std::sync::Arc;

use super::db::{self, Connection, OptionalExtension, Row, params};
use jiff::Timestamp;

use super::codes::{Code, Ms};
use crate::outbox::{Aims, Pace, Situation, UpdateKind, retry};
use crate::text::Slug;

/// One incident.
pub(super) struct Incident {
    pub(super) id: i64,
    pub(super) slug: Slug,
    pub(super) aims: Aims,
    pub(super) starts_at: Timestamp,
    pub(super) paused: bool,
    /// By number, from 1.
    updates: Vec<Update>,
}

/// What a number stands for.
#[derive(Clone, Copy)]
pub(super) struct Update {
    pub(super) kind: UpdateKind,
    pub(super) last: bool,
    pub(super) told: bool,
    pub(super) published_at: Timestamp,
    pub(super) expires_at: Timestamp,
}

/// The moment of a turn.
#[derive(Clone, Copy)]
pub(super) struct Moment {
    pub(super) now: Timestamp,
    pub(super) gate: Timestamp,
}

impl Incident {
    pub(super) fn update(&self, seq: u64) -> Option<&Update> {
        self.updates.get(usize::try_from(seq).ok()?.checked_sub(1)?)
    }

    pub(super) fn held(&self, now: Timestamp) -> bool {
        self.paused || now < self.starts_at
    }

    /// Readers of this pace are due below this number; 0: none is.
    pub(super) fn wanted(&self, pace: Pace, moment: Moment) -> u64 {
        let digest = if pace == Pace::Digest { self.digest(moment.gate) } else { 0 };
        self.aims.wanted(pace, digest)
    }

    /// The latest number told before the gate.
    fn digest(&self, gate: Timestamp) -> u64 {
        let before = self.updates.iter().rposition(|update| update.told && update.published_at <= gate);
        before.map_or(0, |index| index as u64 + 1)
    }

    /// Until when the number that this pace is brought to is worth sending.
    pub(super) fn expires_at(&self, pace: Pace, moment: Moment) -> Timestamp {
        let expires = self.update(self.aims.target(pace)).map_or(Timestamp::MIN, |update| update.expires_at);
        if pace == Pace::Digest {
            expires.max(moment.gate.saturating_add(retry::LATE).unwrap_or(Timestamp::MAX))
        } else {
            expires
        }
    }

    /// What a step of a delivery at this pace depends on; `seq`: the number of the mail in hand.
    pub(super) fn situation(&self, pace: Pace, seq: u64, confirmed: bool, moment: Moment) -> Situation {
        Situation {
            now: moment.now,
            target: self.aims.target(pace),
            expires_at: self.expires_at(pace, moment),
            last: self.update(seq).is_some_and(|update| update.last),
            held: self.held(moment.now),
            confirmed,
        }
    }
}

/// The copy.
#[derive(Default)]
pub(super) struct Incidents {
    ids: HashMap<Slug, i64>,
    loaded: HashMap<i64, Arc<Incident>>,
    with_work: Option<Arc<[i64]>>,
    /// The count of changes by others, as of the last look.
    version: i64,
}

impl Incidents {
    pub(super) fn clear(&mut self) {
        self.ids.clear();
        self.loaded.clear();
        self.with_work = None;
    }

    /// Takes the database's count of changes by others. True where there were some, and the copy was dropped.
    pub(super) fn refresh(&mut self, version: i64) -> bool {
        let moved = self.version != version;
        if moved {
            self.clear();
            self.version = version;
        }
        moved
    }

    pub(super) fn id(&mut self, db: &Connection, slug: &Slug) -> db::Result<Option<i64>> {
        if let Some(id) = self.ids.get(slug) {
            return Ok(Some(*id));
        }
        let sql = "SELECT id FROM incident WHERE slug = ?1";
        let id = db.prepare_cached(sql)?.query_row(params![slug.as_str()], |row| row.get(0)).optional()?;
        if let Some(id) = id {
            self.ids.insert(slug.clone(), id);
        }
        Ok(id)
    }

    /// The incident of a row. An id comes from a row of the same database, so it exists.
    pub(super) fn get(&mut self, db: &Connection, id: i64) -> db::Result<Arc<Incident>> {
        if let Some(incident) = self.loaded.get(&id) {
            return Ok(incident.clone());
        }
        let incident = Arc::new(load(db, id)?);
        self.loaded.insert(id, incident.clone());
        Ok(incident)
    }

    /// Incidents of which deliveries may be due.
    pub(super) fn with_work(&mut self, db: &Connection) -> db::Result<Arc<[i64]>> {
        if let Some(ids) = &self.with_work {
            return Ok(ids.clone());
        }
        let mut query = db.prepare_cached("SELECT id FROM incident WHERE work = 1")?;
        let ids: Arc<[i64]> = query.query_map(params![], |row| row.get(0))?.into();
        self.with_work = Some(ids.clone());
        Ok(ids)
    }
}

fn load(db: &Connection, id: i64) -> db::Result<Incident> {
    let sql = "SELECT seq, kind, last, told, published_at, expires_at FROM update_ WHERE incident_id = ?1 ORDER BY seq";
    let mut query = db.prepare_cached(sql)?;
    let updates = query.query_map(params![id], update)?;
    let sql =
        "SELECT slug, all_seq, news_seq, ends_seq, starts_at, paused IS NOT NULL FROM incident WHERE id = ?1";
    db.prepare_cached(sql)?.query_row(params![id], |row| {
        let seq = |column| row.get::<i64>(column).map(i64::unsigned_abs);
        Ok(Incident {
            id,
            slug: Slug::new(row.get::<String>(0)?),
            aims: Aims { all: seq(1)?, news: seq(2)?, ends: seq(3)? },
            starts_at: row.get::<Ms>(4)?.0,
            paused: row.get(5)?,
            updates,
        })
    })
}

fn update(row: &Row<'_>) -> db::Result<Update> {
    Ok(Update {
        kind: row.get::<Code<_>>(1)?.0,
        last: row.get(2)?,
        told: row.get(3)?,
        published_at: row.get::<Ms>(4)?.0,
        expires_at: row.get::<Ms>(5)?.0,
    })
}
