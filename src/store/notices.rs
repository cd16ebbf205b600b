//! Mails to one person: the same steps as a delivery, on a table of their own.
//!
//! A notice in doubt is presumed sent: a reminder that comes twice at night does more harm than one that comes late.

use super::db::{self, Connection, OptionalExtension, Row, params};
use jiff::Timestamp;

use super::codes::{Code, Ms};
use super::turn::said;
use crate::outbox::{
    CONFIRMATION, Claim, Delivery, Notice, NoticeId, NoticeReport, NoticeState, Outcome, OwnerId, Pace,
    Phase, Situation,
};

/// Spends a key. True the first time.
pub(super) fn once(db: &Connection, key: &str, now: Timestamp) -> db::Result<bool> {
    let sql = "INSERT INTO once (key, at) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    Ok(db.prepare_cached(sql)?.execute(params![key, Ms(now)])? > 0)
}

pub(super) fn queue(db: &Connection, notice: &Notice) -> db::Result<bool> {
    if !once(db, &notice.key, notice.at)? {
        return Ok(false);
    }
    let sql =
        "INSERT INTO notice (key, recipient, subject, body, at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    db.prepare_cached(sql)?.execute(params![
        notice.key,
        notice.to,
        notice.subject,
        notice.body,
        Ms(notice.at),
        Ms(notice.expires_at)
    ])?;
    Ok(true)
}

pub(super) fn claim(db: &Connection, owner: OwnerId, now: Timestamp, limit: usize) -> db::Result<Vec<Claim>> {
    let sql = "UPDATE notice SET phase = 0, due_at = NULL WHERE done = 0 AND halt = 0 AND phase = 4 AND due_at <= ?1";
    db.prepare_cached(sql)?.execute(params![Ms(now)])?;
    let sql = "UPDATE notice SET phase = 5 WHERE done = 0 AND halt = 0 AND phase = 0 AND expires_at <= ?1";
    db.prepare_cached(sql)?.execute(params![Ms(now)])?;
    let overdue = keys(
        db,
        "SELECT id FROM notice WHERE done = 0 AND halt = 0 AND phase IN (1, 2) AND lease_until <= ?1 /*server FOR UPDATE SKIP LOCKED*/",
        Ms(now),
    )?;
    abandon(db, &overdue, now)?;
    let sql = "SELECT id, key, recipient, subject, body, at, expires_at FROM notice
               WHERE done = 0 AND halt = 0 AND phase = 0 ORDER BY id LIMIT ?1 /*server FOR UPDATE SKIP LOCKED*/";
    let found = db
        .prepare_cached(sql)?
        .query_map(params![limit as i64], |row| Ok((NoticeId(row.get(0)?), notice(row)?)))?;
    for (id, _) in &found {
        step(db, *id, now, "", |row, _| row.claim(owner, 1, now))?;
    }
    Ok(found.into_iter().map(|(id, notice)| Claim::Notice(id, notice)).collect())
}

pub(super) fn intend(db: &Connection, id: NoticeId, owner: OwnerId, now: Timestamp) -> db::Result<bool> {
    Ok(step(db, id, now, "", |row, situation| row.intend(owner, 1, situation))?.unwrap_or(false))
}

pub(super) fn settle(
    db: &Connection,
    id: NoticeId,
    owner: OwnerId,
    outcome: &Outcome,
    now: Timestamp,
) -> db::Result<()> {
    let (_, text) = said(outcome);
    let seed = id.0.unsigned_abs();
    step(db, id, now, text, |row, situation| {
        row.settle(owner, 1, outcome, situation, seed);
    })?;
    Ok(())
}

/// Takes back what a dead sender held; returns how many had not begun, and how many are in doubt.
pub(super) fn bury(db: &Connection, owner: OwnerId, now: Timestamp) -> db::Result<(u64, u64)> {
    let held = keys(
        db,
        "SELECT id FROM notice WHERE done = 0 AND halt = 0 AND phase IN (1, 2) AND owner = ?1",
        owner.0,
    )?;
    let in_doubt = abandon(db, &held, now)?;
    Ok((held.len() as u64 - in_doubt, in_doubt))
}

fn abandon(db: &Connection, held: &[NoticeId], now: Timestamp) -> db::Result<u64> {
    let mut in_doubt = 0;
    for id in held {
        let trouble = step(db, *id, now, "its sender died", |row, situation| row.abandon(situation))?;
        in_doubt += u64::from(trouble.flatten().is_some());
    }
    Ok(in_doubt)
}

/// When a waiting notice may go on; `now` where one may already.
pub(super) fn next_due(db: &Connection, now: Timestamp) -> db::Result<Option<Timestamp>> {
    let sql = "SELECT 1 FROM notice WHERE done = 0 AND halt = 0 AND phase = 0 AND expires_at > ?1";
    if db.prepare_cached(sql)?.exists(params![Ms(now)])? {
        return Ok(Some(now));
    }
    let sql = "SELECT min(due_at) FROM notice WHERE done = 0 AND halt = 0 AND phase = 4";
    let due: Option<Ms> = db.prepare_cached(sql)?.query_row(params![], |row| row.get(0))?;
    Ok(due.map(|ms| ms.0.max(now)))
}

pub(super) fn reports(db: &Connection) -> db::Result<Vec<NoticeReport>> {
    let sql = "SELECT id, key, recipient, subject, body, at, expires_at, done, sure, phase, halt, due_at, last_code, last_text
               FROM notice ORDER BY id";
    let report = |row: &Row<'_>| {
        let (done, sure, phase): (bool, bool, Code<Phase>) = (row.get(7)?, row.get(8)?, row.get(9)?);
        let halted = row.get::<i64>(10)? != 0;
        let state = match (phase.0, row.get::<Option<Ms>>(11)?) {
            _ if sure => NoticeState::Sent,
            _ if done => NoticeState::PresumedSent,
            _ if halted => NoticeState::Refused,
            (Phase::Expired, _) => NoticeState::Expired,
            (Phase::Waiting, Some(due)) => NoticeState::Waiting(due.0),
            (Phase::Claimed | Phase::Dot, _) => NoticeState::Sending,
            _ => NoticeState::Due,
        };
        Ok(NoticeReport { notice: notice(row)?, state, code: row.get(12)?, text: row.get(13)? })
    };
    db.prepare_cached(sql)?.query_map(params![], report)
}

/// Drops what was worth nothing any more by `then`; and answers to forms from before `asked`, for the address may be
/// that of somebody who never wanted anything.
pub(super) fn tidy(db: &Connection, then: Timestamp, asked: Timestamp) -> db::Result<()> {
    db.execute("DELETE FROM notice WHERE expires_at <= ?1 AND phase NOT IN (1, 2)", params![Ms(then)])?;
    let sql = "DELETE FROM notice WHERE at <= ?1 AND substr(key, 1, length(?2)) = ?2 AND phase NOT IN (1, 2)";
    db.execute(sql, params![Ms(asked), CONFIRMATION])?;
    Ok(())
}

fn keys(db: &Connection, sql: &str, value: impl db::ToSql) -> db::Result<Vec<NoticeId>> {
    db.prepare_cached(sql)?.query_map(params![value], |row| row.get(0).map(NoticeId))
}

fn notice(row: &Row<'_>) -> db::Result<Notice> {
    Ok(Notice {
        key: row.get(1)?,
        to: row.get(2)?,
        subject: row.get(3)?,
        body: row.get(4)?,
        at: row.get::<Ms>(5)?.0,
        expires_at: row.get::<Ms>(6)?.0,
    })
}

/// Lets a notice go one step as a delivery whose only number is 1. `None`: it was tidied away.
fn step<T>(
    db: &Connection,
    id: NoticeId,
    now: Timestamp,
    text: &str,
    go: impl FnOnce(&mut Delivery, &Situation) -> T,
) -> db::Result<Option<T>> {
    let sql =
        "SELECT done, sure, phase, halt, attempt, doubts, due_at, owner, lease_until, last_code, expires_at
               FROM notice WHERE id = ?1 /*server FOR UPDATE*/";
    let read = |row: &Row<'_>| {
        let delivery = Delivery {
            pace: Pace::All,
            acked: u64::from(row.get::<bool>(0)?),
            sure: u64::from(row.get::<bool>(1)?),
            phase: row.get::<Code<_>>(2)?.0,
            halt: row.get::<Code<_>>(3)?.0,
            try_seq: 1,
            attempt: row.get(4)?,
            doubts: row.get(5)?,
            due: row.get::<Option<Ms>>(6)?.map(|ms| ms.0),
            owner: row.get::<Option<i64>>(7)?.map(OwnerId),
            lease: row.get::<Option<Ms>>(8)?.map(|ms| ms.0),
            code: row.get(9)?,
            // No time beyond its own.
            since: Timestamp::MIN,
        };
        let expires_at = row.get::<Ms>(10)?.0;
        Ok((delivery, Situation { now, target: 1, expires_at, last: false, held: false, confirmed: true }))
    };
    let Some((mut row, situation)) = db.prepare_cached(sql)?.query_row(params![id.0], read).optional()?
    else {
        return Ok(None);
    };
    let result = go(&mut row, &situation);
    let sql = "UPDATE notice SET done = ?2, sure = ?3, phase = ?4, halt = ?5, attempt = ?6, doubts = ?7, due_at = ?8,
                      owner = ?9, lease_until = ?10, last_code = ?11,
                      last_text = CASE ?12 WHEN '' THEN last_text ELSE ?12 END
               WHERE id = ?1";
    db.prepare_cached(sql)?.execute(params![
        id.0,
        row.acked > 0,
        row.sure > 0,
        Code(row.phase),
        Code(row.halt),
        row.attempt,
        row.doubts,
        row.due.map(Ms),
        row.owner.map(|owner| owner.0),
        row.lease.map(Ms),
        row.code,
        text,
    ])?;
    Ok(Some(result))
}
