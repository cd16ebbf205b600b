//! Addresses that are never mailed, kept as keyed hashes so that the list says nothing about people who are gone.

use super::db::{self, Connection, OptionalExtension, params};
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::Sha256;

use super::codes::{Code, Ms};
use crate::outbox::{Bar, Halt, SubscriberState};

/// The hash of an address in the spelling of `Address::same`.
pub(super) fn hash(db: &Connection, same: &str) -> db::Result<[u8; 32]> {
    let sql = "SELECT value FROM setting WHERE name = 'suppression key'";
    let key: Vec<u8> = db.prepare_cached(sql)?.query_row(params![], |row| row.get(0))?;
    let mac = Hmac::<Sha256>::new_from_slice(&key).expect("HMAC takes a key of any length");
    Ok(mac.chain_update(same).finalize().into_bytes().into())
}

/// Why an address is on the list.
pub(super) fn find(db: &Connection, same: &str) -> db::Result<Option<Bar>> {
    let hash = hash(db, same)?;
    let sql = "SELECT reason FROM suppression WHERE email_hmac = ?1";
    db.prepare_cached(sql)?
        .query_row(params![hash], |row| row.get::<Code<Bar>>(0))
        .optional()
        .map(|bar| bar.map(|bar| bar.0))
}

/// Puts an address on the list. `subscriber`: whose it is, while there is still a row.
pub(super) fn add(
    db: &Connection,
    same: &str,
    bar: Bar,
    text: &str,
    at: Timestamp,
    subscriber: Option<i64>,
) -> db::Result<()> {
    let sql = "INSERT INTO suppression (email_hmac, reason, text, at, subscriber_id) VALUES (?1, ?2, ?3, ?4, ?5)
               ON CONFLICT (email_hmac) DO UPDATE SET reason = excluded.reason, text = excluded.text, at = excluded.at,
                      subscriber_id = excluded.subscriber_id";
    let hash = hash(db, same)?;
    db.prepare_cached(sql)?.execute(params![hash, Code(bar), text, Ms(at), subscriber])?;
    Ok(())
}

/// The person has asked for mail again and proved that it arrives.
pub(super) fn lift(db: &Connection, same: &str) -> db::Result<()> {
    let hash = hash(db, same)?;
    db.prepare_cached("DELETE FROM suppression WHERE email_hmac = ?1")?.execute(params![hash])?;
    Ok(())
}

/// A relay refused the address for good: no incident is mailed to it any more.
pub(super) fn refuse(db: &Connection, subscriber: i64, words: &str, now: Timestamp) -> db::Result<()> {
    let sql = "SELECT email_same FROM subscriber WHERE id = ?1";
    let same: String = db.prepare_cached(sql)?.query_row(params![subscriber], |row| row.get(0))?;
    add(db, &same, Bar::Refused, words, now, Some(subscriber))?;
    let sql = "UPDATE subscriber SET state = ?2 WHERE id = ?1";
    db.prepare_cached(sql)?.execute(params![subscriber, Code(SubscriberState::Refused)])?;
    halt(db, subscriber, None, Halt::Refused)
}

/// Stops every delivery to a reader, or that of one incident, that is not stopped already. A mail whose dot may have been sent goes on to its
/// result; whatever waits, does so no longer.
pub(super) fn halt(db: &Connection, subscriber: i64, incident: Option<i64>, halt: Halt) -> db::Result<()> {
    // In doubt and never sent again: presumed sent, as any other. Muted (2) outlasts the others: who comes back did not
    // ask for this incident again.
    let sql = "UPDATE delivery SET halt = ?2, due_at = NULL,
                      acked_seq = CASE phase WHEN 3 THEN max(acked_seq, try_seq) ELSE acked_seq END,
                      phase = CASE WHEN phase IN (3, 4, 5) THEN 0 ELSE phase END
               WHERE bucket = (SELECT bucket FROM subscriber WHERE id = ?1)
                 AND subscriber_id = ?1 AND channel = 0 AND (halt = 0 OR ?2 = 2)
                 AND incident_id IN (SELECT id FROM incident WHERE CAST(?3 AS BIGINT) IS NULL OR id = ?3)";
    db.prepare_cached(sql)?.execute(params![subscriber, Code(halt), incident])?;
    Ok(())
}
