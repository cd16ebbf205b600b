//! Messages to channels: the same steps as a delivery, on a small table of their own.
//!
//! A channel belongs to the operator, so it cannot leave, and its failures suppress nobody.

use super::db::{self, Connection, OptionalExtension, Row, params};
use jiff::Timestamp;

use super::codes::{Code, Ms, int};
use super::incidents::{Incidents, Moment};
use super::row::delivery;
use super::turn::said;
use crate::outbox::{
    Claim, Delivery, JobKey, Outcome, OwnerId, Phase, PostClaim, PostReport, PostState, Publication,
    Situation,
};
use crate::text::Slug;

/// Gives an incident the channels that its plan names. One that it has stays, whatever the plan says now: who heard
/// the beginning hears the end.
pub(super) fn admit(db: &Connection, incident: i64, publication: &Publication) -> db::Result<()> {
    let sql = "INSERT INTO post (incident_id, channel, pace, staff, since) VALUES (?1, ?2, ?3, ?4, ?5)
               ON CONFLICT (incident_id, channel) DO UPDATE SET pace = excluded.pace, staff = excluded.staff";
    for aim in &publication.channels {
        let values = params![incident, aim.name, Code(aim.pace), aim.staff, Ms(publication.published_at)];
        db.prepare_cached(sql)?.execute(values)?;
    }
    let sql = "UPDATE post SET phase = 0, attempt = 0, due_at = NULL WHERE incident_id = ?1 AND phase = 5";
    db.prepare_cached(sql)?.execute(params![incident])?;
    Ok(())
}

/// The desk of the channels, at one moment.
pub(super) struct Posts<'a> {
    pub(super) db: &'a Connection,
    pub(super) incidents: &'a mut Incidents,
    pub(super) owner: OwnerId,
    pub(super) moment: Moment,
}

struct Post {
    incident: i64,
    channel: String,
    staff: bool,
    row: Delivery,
}

const COLUMNS: &str =
    "SELECT incident_id, channel, staff, pace, acked_seq, sure_seq, phase, halt, try_seq, attempt,
                              doubts, due_at, owner, lease_until, last_code, since FROM post";

impl Posts<'_> {
    pub(super) fn claim(&mut self, limit: usize) -> db::Result<Vec<Claim>> {
        let sql =
            "UPDATE post SET phase = 0, due_at = NULL WHERE phase IN (3, 4) AND halt = 0 AND due_at <= ?1";
        self.db.prepare_cached(sql)?.execute(params![Ms(self.moment.now)])?;
        let sql = format!(
            "{COLUMNS} WHERE owner IS NOT NULL AND lease_until <= ?1 /*server FOR UPDATE SKIP LOCKED*/"
        );
        let overdue = self.rows(&sql, Ms(self.moment.now))?;
        self.abandon(overdue)?;
        let sql = format!(
            "{COLUMNS} p WHERE phase = 0 AND halt = 0
             AND acked_seq < (SELECT CASE p.pace WHEN 1 THEN news_seq ELSE all_seq END FROM incident WHERE id = p.incident_id)
             ORDER BY incident_id, channel LIMIT ?1 /*server FOR UPDATE SKIP LOCKED*/"
        );
        let mut claims = Vec::new();
        // Some of them wait for the public's hour.
        for mut post in self.rows(&sql, 1000_i64)? {
            if claims.len() >= limit {
                break;
            }
            let situation = self.situation(&post, post.row.try_seq)?;
            if situation.held {
                continue;
            }
            let incident = self.incidents.get(self.db, post.incident)?;
            let Some(update) = incident.update(situation.target) else { continue };
            if self.moment.now >= post.row.worth_until(situation.expires_at) {
                post.row.phase = Phase::Expired;
                post.row.try_seq = situation.target;
                self.save(&post, "")?;
                continue;
            }
            post.row.claim(self.owner, situation.target, self.moment.now);
            self.save(&post, "")?;
            claims.push(Claim::Post(PostClaim {
                incident: incident.slug.clone(),
                channel: post.channel,
                from_seq: post.row.sure,
                seq: situation.target,
                kind: update.kind,
                published_at: update.published_at,
            }));
        }
        Ok(claims)
    }

    pub(super) fn intend(&mut self, key: &JobKey) -> db::Result<bool> {
        let (Some(mut post), JobKey::Post { seq, .. }) = (self.load(key)?, key) else { return Ok(false) };
        let situation = self.situation(&post, *seq)?;
        let may_go = post.row.intend(self.owner, *seq, &situation);
        if may_go {
            self.save(&post, "")?;
        }
        Ok(may_go)
    }

    pub(super) fn settle(&mut self, key: &JobKey, outcome: &Outcome) -> db::Result<()> {
        let (Some(mut post), JobKey::Post { seq, .. }) = (self.load(key)?, key) else { return Ok(()) };
        let situation = self.situation(&post, *seq)?;
        let seed = post.channel.bytes().fold(post.incident as u64, |sum, byte| sum * 31 + u64::from(byte));
        post.row.settle(self.owner, *seq, outcome, &situation, seed);
        let (_, text) = said(outcome);
        self.save(&post, text)
    }

    /// Takes back what a dead sender held; returns how many had not begun, and how many are in doubt.
    pub(super) fn bury(&mut self, owner: OwnerId) -> db::Result<(u64, u64)> {
        let held = self.rows(&format!("{COLUMNS} WHERE owner = ?1"), owner.0)?;
        let count = held.len() as u64;
        let in_doubt = self.abandon(held)?;
        Ok((count - in_doubt, in_doubt))
    }

    fn abandon(&mut self, held: Vec<Post>) -> db::Result<u64> {
        let mut in_doubt = 0;
        for mut post in held {
            let situation = self.situation(&post, post.row.try_seq)?;
            in_doubt += u64::from(post.row.abandon(&situation).is_some());
            self.save(&post, "its sender died")?;
        }
        Ok(in_doubt)
    }

    fn situation(&mut self, post: &Post, seq: u64) -> db::Result<Situation> {
        let incident = self.incidents.get(self.db, post.incident)?;
        let situation = incident.situation(post.row.pace, seq, true, self.moment);
        // Our own people do not wait for the public's hour.
        let held = if post.staff { incident.paused } else { situation.held };
        Ok(Situation { held, ..situation })
    }

    fn load(&mut self, key: &JobKey) -> db::Result<Option<Post>> {
        let JobKey::Post { incident, channel, .. } = key else { return Ok(None) };
        let Some(id) = self.incidents.id(self.db, incident)? else { return Ok(None) };
        let sql = format!("{COLUMNS} WHERE incident_id = ?1 AND channel = ?2 /*server FOR UPDATE*/");
        self.db.prepare_cached(&sql)?.query_row(params![id, channel], read).optional()
    }

    fn rows(&self, sql: &str, value: impl db::ToSql) -> db::Result<Vec<Post>> {
        self.db.prepare_cached(sql)?.query_map(params![value], read)
    }

    fn save(&self, post: &Post, text: &str) -> db::Result<()> {
        let sql = "UPDATE post SET acked_seq = ?3, sure_seq = ?4, phase = ?5, halt = ?6, try_seq = ?7, attempt = ?8,
                          doubts = ?9, due_at = ?10, owner = ?11, lease_until = ?12, last_code = ?13,
                          last_text = CASE ?14 WHEN '' THEN last_text ELSE ?14 END
                   WHERE incident_id = ?1 AND channel = ?2";
        let row = &post.row;
        self.db.prepare_cached(sql)?.execute(params![
            post.incident,
            post.channel,
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
            text,
        ])?;
        Ok(())
    }
}

fn read(row: &Row<'_>) -> db::Result<Post> {
    Ok(Post { incident: row.get(0)?, channel: row.get(1)?, staff: row.get(2)?, row: delivery(row, 3)? })
}

/// When a channel is due next; `now` where one is.
pub(super) fn next_due(db: &Connection, now: Timestamp) -> db::Result<Option<Timestamp>> {
    let sql = "SELECT 1 FROM post p JOIN incident i ON i.id = p.incident_id
               WHERE p.phase = 0 AND p.halt = 0 AND i.paused IS NULL AND (p.staff = 1 OR i.starts_at <= ?1)
                 AND p.acked_seq < CASE p.pace WHEN 1 THEN i.news_seq ELSE i.all_seq END LIMIT 1";
    if db.prepare_cached(sql)?.exists(params![Ms(now)])? {
        return Ok(Some(now));
    }
    let sql = "SELECT min(due_at) FROM post WHERE due_at IS NOT NULL AND halt = 0";
    let due: Option<Ms> = db.prepare_cached(sql)?.query_row(params![], |row| row.get(0))?;
    Ok(due.map(|ms| ms.0.max(now)))
}

pub(super) fn reports(db: &Connection) -> db::Result<Vec<PostReport>> {
    let sql = "SELECT i.slug, p.channel, p.acked_seq, CASE p.pace WHEN 1 THEN i.news_seq ELSE i.all_seq END, p.phase,
                      p.halt, p.due_at, p.last_code, p.last_text
               FROM post p JOIN incident i ON i.id = p.incident_id ORDER BY i.id DESC, p.channel";
    let report = |row: &Row<'_>| {
        let (acked, target): (i64, i64) = (row.get(2)?, row.get(3)?);
        let phase = row.get::<Code<Phase>>(4)?.0;
        let due = row.get::<Option<Ms>>(6)?.map(|ms| ms.0);
        let state = match (phase, due) {
            _ if row.get::<i64>(5)? != 0 => PostState::Refused,
            (Phase::Claimed | Phase::Dot, _) => PostState::Sending,
            (Phase::InDoubt, Some(due)) => PostState::InDoubt(due),
            (Phase::Waiting, Some(due)) => PostState::Waiting(due),
            (Phase::Expired, _) => PostState::Expired,
            _ if acked >= target => PostState::Told,
            _ => PostState::Due,
        };
        Ok(PostReport {
            incident: Slug::new(row.get::<String>(0)?),
            channel: row.get(1)?,
            seq: acked.unsigned_abs(),
            target: target.unsigned_abs(),
            state,
            code: row.get(7)?,
            text: row.get(8)?,
        })
    };
    db.prepare_cached(sql)?.query_map(params![], report)
}
