//! A delivery's row: loaded, let go one step by `outbox::Delivery`, saved.

use super::db::{self, Connection, OptionalExtension, Row, params};
use jiff::Timestamp;

use super::codes::{Code, Ms, int};
use crate::outbox::{Delivery, OwnerId, SubscriberId, SubscriberState, Trouble, bucket};

/// Which delivery by mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct RowKey {
    pub(super) incident: i64,
    pub(super) subscriber: i64,
    bucket: i64,
}

impl RowKey {
    pub(super) fn new(incident: i64, subscriber: SubscriberId) -> Self {
        Self { incident, subscriber: subscriber.0, bucket: int(bucket(subscriber)) }
    }
}

/// A delivery, and whether its reader may be mailed at all.
pub(super) struct Loaded {
    pub(super) delivery: Delivery,
    pub(super) confirmed: bool,
}

const LOAD: &str =
        "SELECT d.pace, d.acked_seq, d.sure_seq, d.phase, d.halt, d.try_seq, d.attempt, d.doubts, d.due_at,
                      d.owner, d.lease_until, d.last_code, d.since, s.state
               FROM delivery d JOIN subscriber s ON s.id = d.subscriber_id
               WHERE d.incident_id = ?1 AND d.bucket = ?2 AND d.subscriber_id = ?3 AND d.channel = 0 /*server FOR UPDATE OF d*/";

/// `None` where the reader was erased since.
pub(super) fn load(db: &Connection, key: RowKey) -> db::Result<Option<Loaded>> {
    db.prepare_cached(LOAD)?.query_row(params![key.incident, key.bucket, key.subscriber], read).optional()
}

/// A delivery from the columns from `first` on: pace, acked, sure, phase, halt, try, attempt, doubts, due, owner, lease,
/// code, since.
pub(super) fn delivery(row: &Row<'_>, first: usize) -> db::Result<Delivery> {
    Ok(Delivery {
        pace: row.get::<Code<_>>(first)?.0,
        acked: row.get::<i64>(first + 1)?.unsigned_abs(),
        sure: row.get::<i64>(first + 2)?.unsigned_abs(),
        phase: row.get::<Code<_>>(first + 3)?.0,
        halt: row.get::<Code<_>>(first + 4)?.0,
        try_seq: row.get::<i64>(first + 5)?.unsigned_abs(),
        attempt: row.get(first + 6)?,
        doubts: row.get(first + 7)?,
        due: row.get::<Option<Ms>>(first + 8)?.map(|ms| ms.0),
        owner: row.get::<Option<i64>>(first + 9)?.map(OwnerId),
        lease: row.get::<Option<Ms>>(first + 10)?.map(|ms| ms.0),
        code: row.get(first + 11)?,
        since: row.get::<Ms>(first + 12)?.0,
    })
}

fn read(row: &Row<'_>) -> db::Result<Loaded> {
    let delivery = delivery(row, 0)?;
    let state = row.get::<Code<SubscriberState>>(13)?.0;
    Ok(Loaded { delivery, confirmed: state == SubscriberState::Confirmed })
}

/// Writes everything that a step may change. `relay_ref`: what the relay said when it accepted; `None` keeps the last.
pub(super) fn save(db: &Connection, key: RowKey, row: &Delivery, relay_ref: Option<&str>) -> db::Result<()> {
    let sql = "UPDATE delivery SET acked_seq = ?4, sure_seq = ?5, phase = ?6, halt = ?7, try_seq = ?8, attempt = ?9,
                      doubts = ?10, due_at = ?11, owner = ?12, lease_until = ?13, last_code = ?14,
                      relay_ref = coalesce(?15, relay_ref), since = ?16
               WHERE incident_id = ?1 AND bucket = ?2 AND subscriber_id = ?3 AND channel = 0";
    db.prepare_cached(sql)?.execute(params![
        key.incident,
        key.bucket,
        key.subscriber,
        int(row.acked),
        int(row.sure),
        Code(row.phase),
        Code(row.halt),
        int(row.try_seq),
        row.attempt,
        row.doubts,
        row.due.map(Ms),
        row.owner.map(|owner| owner.0),
        row.lease.map(Ms),
        row.code,
        relay_ref,
        Ms(row.since),
    ])?;
    Ok(())
}

/// Writes what permission for the final dot changes.
pub(super) fn save_intent(db: &Connection, key: RowKey, row: &Delivery) -> db::Result<()> {
    let sql = "UPDATE delivery SET phase = ?4, lease_until = ?5
               WHERE incident_id = ?1 AND bucket = ?2 AND subscriber_id = ?3 AND channel = 0";
    let values = params![key.incident, key.bucket, key.subscriber, Code(row.phase), row.lease.map(Ms)];
    db.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

/// Writes down a mail that was accepted, and which words it carried.
pub(super) fn told(db: &Connection, key: RowKey, at: Timestamp, from: u64, to: u64) -> db::Result<()> {
    let sql = "INSERT INTO sent (incident_id, bucket, subscriber_id, seq, from_seq, at)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING";
    db.prepare_cached(sql)?.execute(params![
        key.incident,
        key.bucket,
        key.subscriber,
        int(to),
        int(from),
        Ms(at)
    ])?;
    Ok(())
}

/// Writes down an attempt that failed or is in doubt.
pub(super) fn log(
    db: &Connection,
    key: RowKey,
    at: Timestamp,
    seq: u64,
    trouble: Trouble,
    (code, text): (u16, &str),
) -> db::Result<()> {
    let sql = "INSERT INTO trouble (at, incident_id, seq, subscriber_id, what, code, text)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    db.prepare_cached(sql)?.execute(params![
        Ms(at),
        key.incident,
        int(seq),
        key.subscriber,
        Code(trouble),
        code,
        text
    ])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use rusqlite::StatementStatus;

    use super::*;
    use crate::store::Store;

    #[test]
    fn a_row_is_read_without_its_statement_being_prepared_anew() {
        let store = Store::in_memory().unwrap();
        let Connection::File(file) = &store.db else { panic!("it is no server") };
        let mut load = file.prepare_cached(LOAD).unwrap();
        for n in 1..5 {
            assert!(!load.exists([n, n + 1, n + 2]).unwrap());
        }
        assert_eq!(load.get_status(StatementStatus::RePrepare), 0);
    }
}
