//! The record's lines, as they stand in `record.jsonl`.

use super::db::{self, Connection, OptionalExtension, params};

use super::codes::{Code, Ms, int};
use super::fault::Fault;
use crate::outbox::{LedgerError, UpdateKind};
use crate::text::Slug;
use crate::timeline::{Record, RecordLine, StatementId};

pub(super) fn read(db: &Connection) -> Result<Record, Fault> {
    let mut record = Record::default();
    let sql = "SELECT line FROM record ORDER BY n";
    for line in db.prepare_cached(sql)?.query_map(params![], |row| row.get::<String>(0))? {
        record.push(parse(&line)?);
    }
    Ok(record)
}

/// The hash of the last line; empty: there is none.
pub(super) fn end(db: &Connection) -> db::Result<String> {
    let sql = "SELECT hash FROM record ORDER BY n DESC LIMIT 1";
    let end = db.prepare_cached(sql)?.query_row(params![], |row| row.get(0)).optional()?;
    Ok(end.unwrap_or_default())
}

/// Appends lines that were made for the end of the record as it is.
pub(super) fn append(db: &Connection, lines: &[RecordLine]) -> Result<(), Fault> {
    let Some(first) = lines.first() else { return Ok(()) };
    if first.prev != end(db)? {
        return Err(LedgerError::RecordMoved.into());
    }
    lines.iter().try_for_each(|line| insert(db, line))
}

/// Takes down the text of a statement; everything else of its line stays.
pub(super) fn retract(db: &Connection, statement: &StatementId) -> Result<(), Fault> {
    let sql = "SELECT n, line FROM record WHERE id = ?1";
    let found = db
        .prepare_cached(sql)?
        .query_row(params![statement.as_str()], |row| Ok((row.get::<i64>(0)?, row.get::<String>(1)?)))
        .optional()?;
    let Some((n, text)) = found else { return Ok(()) };
    let mut line = parse(&text)?;
    line.take_down();
    db.prepare_cached("UPDATE record SET line = ?2 WHERE n = ?1")?.execute(params![n, json(&line)?])?;
    Ok(())
}

/// Fills empty tables from a record. Its statements are numbered, and count as told to nobody.
pub(super) fn restore(db: &Connection, record: &Record) -> Result<(), Fault> {
    let filled = "SELECT EXISTS (SELECT 1 FROM record) OR EXISTS (SELECT 1 FROM incident)";
    if db.query_row(filled, params![], |row| row.get(0))? {
        return Err(LedgerError::NotEmpty.into());
    }
    for line in record.lines() {
        insert(db, line)?;
        let incident = incident(db, &line.incident)?;
        let Some(kind) = UpdateKind::of_line(line.kind, incident.latest == 0, incident.ended) else {
            continue;
        };
        number(db, &incident, kind, line)?;
    }
    Ok(())
}

/// An incident's row, as a new statement finds it.
pub(super) struct Found {
    pub(super) id: i64,
    pub(super) latest: u64,
    pub(super) ended: bool,
}

/// Finds an incident, or makes one of which nothing was said.
pub(super) fn incident(db: &Connection, slug: &Slug) -> db::Result<Found> {
    db.prepare_cached("INSERT INTO incident (slug) VALUES (?1) ON CONFLICT DO NOTHING")?
        .execute(params![slug.as_str()])?;
    let sql = "SELECT id, latest_seq, final_seq IS NOT NULL FROM incident WHERE slug = ?1";
    db.prepare_cached(sql)?.query_row(params![slug.as_str()], |row| {
        Ok(Found { id: row.get(0)?, latest: row.get::<i64>(1)?.unsigned_abs(), ended: row.get(2)? })
    })
}

fn number(db: &Connection, incident: &Found, kind: UpdateKind, line: &RecordLine) -> db::Result<()> {
    let slot = (kind == UpdateKind::Holding).then_some(Ms(line.at));
    let sql = "INSERT INTO update_ (incident_id, seq, statement, kind, last, told, slot_at, published_at, expires_at)
               VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, ?7, ?7)";
    db.prepare_cached(sql)?.execute(params![
        incident.id,
        int(incident.latest + 1),
        line.id.as_str(),
        Code(kind),
        kind.is_last(incident.ended),
        slot,
        Ms(line.published_at)
    ])?;
    advance(db, incident, kind)
}

/// The incident is one statement further.
pub(super) fn advance(db: &Connection, incident: &Found, kind: UpdateKind) -> db::Result<()> {
    let sql = "UPDATE incident SET latest_seq = ?2,
                      final_seq = CASE WHEN ?3 THEN NULL ELSE coalesce(final_seq, ?2) END
               WHERE id = ?1";
    let open = kind.leaves_open(incident.ended);
    db.prepare_cached(sql)?.execute(params![incident.id, int(incident.latest + 1), open])?;
    Ok(())
}

fn insert(db: &Connection, line: &RecordLine) -> Result<(), Fault> {
    let sql = "INSERT INTO record (id, hash, line) VALUES (?1, ?2, ?3)";
    db.prepare_cached(sql)?.execute(params![line.id.as_str(), line.hash, json(line)?])?;
    Ok(())
}

fn json(line: &RecordLine) -> Result<String, Fault> {
    serde_json::to_string(line).map_err(|error| broken(&error))
}

fn parse(text: &str) -> Result<RecordLine, Fault> {
    serde_json::from_str(text).map_err(|error| broken(&error))
}

fn broken(error: &serde_json::Error) -> Fault {
    Fault::Line(error.to_string())
}
