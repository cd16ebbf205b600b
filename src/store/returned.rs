//! Mail that came back.

use super::db::{self, Connection, Row, params};
use jiff::Timestamp;

use super::codes::{Code, Ms};
use super::{people, roll, suppression};
use crate::outbox::returned::is_given_up;
use crate::outbox::{Bar, Consequence, ReturnKind, Returned, SubscriberId, SubscriberState};

pub(super) fn take_in(db: &Connection, returned: &Returned) -> db::Result<Consequence> {
    let Some(person) = roll::by_id(db, returned.subscriber)? else { return Ok(Consequence::Nobody) };
    let sql = "INSERT INTO bounce (report, at, subscriber_id, kind, status, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING";
    let values = params![
        returned.report,
        Ms(returned.at),
        returned.subscriber.0,
        Code(returned.kind),
        returned.status,
        returned.text
    ];
    if db.prepare_cached(sql)?.execute(values)? == 0 {
        return Ok(Consequence::Known);
    }
    let gives_up = match returned.kind {
        ReturnKind::Hard => true,
        ReturnKind::Soft => is_given_up(&soft(db, returned.subscriber)?),
        ReturnKind::Policy => false,
        ReturnKind::Complaint => {
            // Kept as a hash too: no import brings back who complained, even after their row is erased.
            let same = roll::same(db, returned.subscriber)?;
            let id = Some(returned.subscriber.0);
            suppression::add(db, &same, Bar::Left, "marked a mail as spam", returned.at, id)?;
            people::leave(db, returned.subscriber)?;
            return Ok(Consequence::Left);
        }
    };
    if !gives_up || person.state != SubscriberState::Confirmed {
        return Ok(Consequence::Noted);
    }
    let words = format!("{} {}", returned.status, returned.text);
    suppression::refuse(db, returned.subscriber.0, words.trim(), returned.at)?;
    Ok(Consequence::Suppressed)
}

/// Soft returns since something last arrived: a mail of which no report came within five days, the time for which mail
/// servers try.
fn soft(db: &Connection, subscriber: SubscriberId) -> db::Result<Vec<Timestamp>> {
    const TRIED: i64 = 5 * 24 * 3600 * 1000;
    let arrived = "SELECT coalesce(max(s.at), 0) FROM incident i JOIN sent s ON s.incident_id = i.id
                   WHERE s.subscriber_id = ?1 AND s.bucket = (SELECT bucket FROM subscriber WHERE id = ?1)
                     AND s.at < (SELECT max(at) FROM bounce WHERE subscriber_id = ?1) - ?2
                     AND NOT EXISTS (SELECT 1 FROM bounce b WHERE b.subscriber_id = ?1 AND b.at BETWEEN s.at AND s.at + ?2)";
    let sql = format!(
        "SELECT at FROM bounce WHERE subscriber_id = ?1 AND kind = 1 AND at > ({arrived}) ORDER BY at"
    );
    db.prepare_cached(&sql)?.query_map(params![subscriber.0, TRIED], |row| row.get::<Ms>(0).map(|ms| ms.0))
}

pub(super) fn all(db: &Connection) -> db::Result<Vec<Returned>> {
    let sql = "SELECT report, subscriber_id, kind, status, text, at FROM bounce ORDER BY at, id";
    let read = |row: &Row<'_>| {
        Ok(Returned {
            report: row.get(0)?,
            subscriber: SubscriberId(row.get(1)?),
            kind: row.get::<Code<_>>(2)?.0,
            status: row.get(3)?,
            text: row.get(4)?,
            at: row.get::<Ms>(5)?.0,
        })
    };
    db.prepare_cached(sql)?.query_map(params![], read)
}
