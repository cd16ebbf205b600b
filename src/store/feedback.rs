//! What readers answered about statements, and who was told of it.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::asking::before;
use super::codes::Ms;
use super::db::{self, Connection, Row, params};
use super::notices;
use crate::outbox::{Feedback, Notice};
use crate::text::Slug;
use crate::timeline::StatementId;

const COLUMNS: &str = "SELECT at, incident, statement, helped, words, contact FROM feedback";

pub(super) fn add(db: &Connection, feedback: &Feedback) -> db::Result<()> {
    let sql = "INSERT INTO feedback (at, incident, statement, helped, words, contact) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    db.prepare_cached(sql)?.execute(params![
        Ms(feedback.at),
        feedback.incident.as_str(),
        feedback.statement.as_str(),
        // 2: a reply.
        feedback.helped.map_or(2, i64::from),
        feedback.words,
        feedback.contact
    ])?;
    Ok(())
}

/// Takes in a reply once. False: it was taken in before.
pub(super) fn reply(db: &Connection, key: &str, reply: &Feedback) -> db::Result<bool> {
    let first = notices::once(db, key, reply.at)?;
    if first {
        add(db, reply)?;
    }
    Ok(first)
}

pub(super) fn all(db: &Connection) -> db::Result<Vec<Feedback>> {
    db.prepare_cached(&format!("{COLUMNS} ORDER BY id"))?.query_map(params![], read)
}

pub(super) fn pass_on(
    db: &Connection,
    write: &dyn Fn(&Slug, &[Feedback]) -> Option<Notice>,
    every: SignedDuration,
    now: Timestamp,
) -> db::Result<u64> {
    let sql = format!(
        "{COLUMNS} f WHERE told_at IS NULL AND NOT EXISTS
         (SELECT 1 FROM feedback t WHERE t.incident = f.incident AND t.told_at > ?1) ORDER BY id"
    );
    let mut query = db.prepare_cached(&sql)?;
    let waiting = query.query_map(params![Ms(before(now, every))], read)?;
    let mut by_incident: BTreeMap<Slug, Vec<Feedback>> = BTreeMap::new();
    for feedback in waiting {
        by_incident.entry(feedback.incident.clone()).or_default().push(feedback);
    }
    let mut told = 0;
    for (incident, feedback) in by_incident {
        let Some(notice) = write(&incident, &feedback) else { continue };
        notices::queue(db, &notice)?;
        let sql = "UPDATE feedback SET told_at = ?2 WHERE incident = ?1 AND told_at IS NULL";
        told += db.prepare_cached(sql)?.execute(params![incident.as_str(), Ms(now)])? as u64;
        let sql = "UPDATE feedback SET words = '', contact = '' WHERE incident = ?1 AND helped = 2";
        db.prepare_cached(sql)?.execute(params![incident.as_str()])?;
    }
    Ok(told)
}

fn read(row: &Row<'_>) -> db::Result<Feedback> {
    Ok(Feedback {
        at: row.get::<Ms>(0)?.0,
        incident: Slug::new(row.get::<String>(1)?),
        statement: StatementId::from(row.get::<String>(2)?.as_str()),
        helped: match row.get::<i64>(3)? {
            2 => None,
            helped => Some(helped != 0),
        },
        words: row.get(4)?,
        contact: row.get(5)?,
    })
}
