//! Ids of services and areas as small numbers, so that a fan-out compares no texts.

use super::db::{self, Connection, params};

/// What a topic is; the number in the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Service = 0,
    Area = 1,
}

/// The number of an id; a new one where it was never seen.
pub(super) fn number(db: &Connection, kind: Kind, name: &str) -> db::Result<i64> {
    let values = params![kind as i64, name];
    db.prepare_cached("INSERT INTO topic (kind, name) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
        .execute(values)?;
    let sql = "SELECT id FROM topic WHERE kind = ?1 AND name = ?2";
    db.prepare_cached(sql)?.query_row(values, |row| row.get(0))
}

/// What a subscriber wants to hear about, in the order of the ids.
pub(super) fn wishes(db: &Connection, subscriber: i64, kind: Kind) -> db::Result<Vec<String>> {
    let sql = "SELECT t.name FROM wish w JOIN topic t ON t.id = w.topic_id
               WHERE w.subscriber_id = ?1 AND w.kind = ?2 ORDER BY t.name";
    db.prepare_cached(sql)?.query_map(params![subscriber, kind as i64], |row| row.get(0))
}

/// Replaces what a subscriber wants to hear about.
pub(super) fn wish(db: &Connection, subscriber: i64, wishes: &[(Kind, &str)]) -> db::Result<()> {
    db.prepare_cached("DELETE FROM wish WHERE subscriber_id = ?1")?.execute(params![subscriber])?;
    for (kind, name) in wishes {
        let topic = number(db, *kind, name)?;
        let sql =
            "INSERT INTO wish (subscriber_id, kind, topic_id) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
        db.prepare_cached(sql)?.execute(params![subscriber, *kind as i64, topic])?;
    }
    Ok(())
}
