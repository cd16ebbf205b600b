//! Forms: who typed an address gets one mail a day at most, and nothing else happens before its link is used.

use jiff::{SignedDuration, Timestamp};

use super::codes::Ms;
use super::db::{self, Connection, params};
use super::{notices, people, roll, suppression};
use crate::outbox::{ASK_AGAIN, Asked, Notice, SignUp, SignedUp, Subscriber, Via};

pub(super) fn ask(
    db: &Connection,
    person: &SignUp,
    letter: &dyn Fn(&Subscriber, &SignUp) -> Notice,
    now: Timestamp,
) -> db::Result<Asked> {
    let id = match people::sign_up(db, person, Via::Form, now)? {
        SignedUp::Added(id) | SignedUp::Changed(id) | SignedUp::Unchanged(id) => id,
        SignedUp::Barred(_) => return Ok(Asked::TooSoon),
    };
    if !is_time(db, &person.email.same(), now)? {
        return Ok(Asked::TooSoon);
    }
    if let Some(known) = roll::by_id(db, id)? {
        notices::queue(db, &letter(&known, person))?;
    }
    Ok(Asked::Written)
}

/// Whether this address may be written to again, and if so, that it is.
fn is_time(db: &Connection, same: &str, now: Timestamp) -> db::Result<bool> {
    let hash = suppression::hash(db, same)?;
    let sql = "INSERT INTO asked (email_hmac, at) VALUES (?1, ?2)
               ON CONFLICT (email_hmac) DO UPDATE SET at = ?2 WHERE asked.at <= ?3 OR asked.at > ?2";
    Ok(db.prepare_cached(sql)?.execute(params![hash, Ms(now), Ms(before(now, ASK_AGAIN))])? > 0)
}

/// Drops what limits nothing any more.
pub(super) fn tidy(db: &Connection, now: Timestamp) -> db::Result<()> {
    db.execute("DELETE FROM asked WHERE at <= ?1", params![Ms(before(now, ASK_AGAIN))])?;
    Ok(())
}

pub(super) fn before(now: Timestamp, time: SignedDuration) -> Timestamp {
    now.saturating_sub(time).unwrap_or(Timestamp::MIN)
}
