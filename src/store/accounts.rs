//! How the telling goes: progress, failures, doubts, suppressed addresses.

use super::db::{self, Connection, OptionalExtension, Row, params};

use super::codes::{Code, Ms};
use super::incidents::Incidents;
use super::roll;
use crate::outbox::{
    Doubt, DoubtState, Failure, FailureState, Halt, Pace, Phase, Progress, SubscriberId, Suppressed,
};
use crate::text::Slug;

pub(super) fn progress(db: &Connection, incidents: &mut Incidents) -> db::Result<Vec<Progress>> {
    let sql = "SELECT i.id FROM incident i JOIN update_ u ON u.incident_id = i.id AND u.seq = i.all_seq
               WHERE i.all_seq > 0 ORDER BY u.published_at DESC, i.id DESC";
    let ids = db.prepare_cached(sql)?.query_map(params![], |row| row.get::<i64>(0))?;
    ids.into_iter().filter_map(|id| of_incident(db, incidents, id).transpose()).collect()
}

fn of_incident(db: &Connection, incidents: &mut Incidents, id: i64) -> db::Result<Option<Progress>> {
    let incident = incidents.get(db, id)?;
    let Some(latest) = incident.update(incident.aims.all) else { return Ok(None) };
    let sql = "SELECT i.paused, u.sent_n, u.first_sent_at, u.last_sent_at FROM incident i
               JOIN update_ u ON u.incident_id = i.id AND u.seq = i.all_seq WHERE i.id = ?1";
    let (paused, sent, sent_between) = db.prepare_cached(sql)?.query_row(params![id], |row| {
        let between = row.get::<Option<Ms>>(2)?.zip(row.get::<Option<Ms>>(3)?);
        let sent = row.get::<i64>(1)?.unsigned_abs();
        Ok((row.get::<Option<String>>(0)?, sent, between.map(|(first, last)| (first.0, last.0))))
    })?;
    let mut progress = Progress {
        incident: incident.slug.clone(),
        seq: incident.aims.all,
        kind: latest.kind,
        published_at: latest.published_at,
        expires_at: latest.expires_at,
        told: 0,
        due: 0,
        sending: 0,
        resting: 0,
        waiting: 0,
        in_doubt: 0,
        expired: 0,
        halted: 0,
        paused: paused.unwrap_or_default(),
        sent,
        sent_between,
    };
    let sql = "SELECT pace, phase, halt, acked_seq, count(*), attempt = 0 FROM delivery WHERE incident_id = ?1 GROUP BY 1, 2, 3, 4, 6";
    let count = |row: &Row<'_>| {
        let pace: Pace = row.get::<Code<_>>(0)?.0;
        let (phase, halt): (Code<Phase>, Code<Halt>) = (row.get(1)?, row.get(2)?);
        let acked = row.get::<i64>(3)?.unsigned_abs();
        let count = row.get::<i64>(4)?.unsigned_abs();
        // A digest counts as due from the moment of publication.
        let told = acked >= incident.aims.wanted(pace, incident.aims.all);
        let place = match phase.0 {
            _ if halt.0 != Halt::None => &mut progress.halted,
            Phase::Claimed | Phase::Dot => &mut progress.sending,
            Phase::InDoubt => &mut progress.in_doubt,
            _ if told => &mut progress.told,
            // At their next morning.
            Phase::Idle if pace == Pace::Digest => &mut progress.resting,
            Phase::Idle => &mut progress.due,
            Phase::Waiting if row.get(5)? => &mut progress.resting,
            Phase::Waiting => &mut progress.waiting,
            Phase::Expired => &mut progress.expired,
        };
        *place += count;
        Ok(())
    };
    db.prepare_cached(sql)?.query_map(params![id], count)?;
    Ok(Some(progress))
}

pub(super) fn failed(db: &Connection, incident: Option<i64>) -> db::Result<Vec<Failure>> {
    let sql = "SELECT i.slug, d.try_seq, d.subscriber_id, s.email, d.phase, d.halt, d.due_at, d.incident_id
               FROM delivery d JOIN incident i ON i.id = d.incident_id JOIN subscriber s ON s.id = d.subscriber_id
               WHERE (d.halt = 3 OR d.halt = 0 AND (d.phase = 5 OR d.phase = 4 AND d.attempt > 0)) AND (CAST(?1 AS BIGINT) IS NULL OR d.incident_id = ?1)
               ORDER BY d.incident_id, d.subscriber_id";
    let failure = |row: &Row<'_>| {
        let (phase, halt): (Code<Phase>, Code<Halt>) = (row.get(4)?, row.get(5)?);
        let due = row.get::<Option<Ms>>(6)?;
        let state = match (halt.0, phase.0, due) {
            (Halt::Refused, ..) => FailureState::Refused,
            (_, Phase::Waiting, Some(due)) => FailureState::Waiting(due.0),
            _ => FailureState::Expired,
        };
        let subscriber = row.get(2)?;
        let sql = "SELECT t.at, CAST(?3 AS TEXT), t.seq, t.what, t.code, t.text FROM trouble t
                   WHERE t.subscriber_id = ?1 AND t.incident_id = ?2 AND t.what <> 5 ORDER BY t.id DESC LIMIT 1";
        let slug: String = row.get(0)?;
        let values = params![subscriber, row.get::<i64>(7)?, slug];
        let last = db.prepare_cached(sql)?.query_row(values, roll::trouble).optional()?;
        Ok(Failure {
            incident: Slug::new(slug),
            seq: row.get::<i64>(1)?.unsigned_abs(),
            subscriber: SubscriberId(subscriber),
            email: row.get(3)?,
            state,
            last,
        })
    };
    db.prepare_cached(sql)?.query_map(params![incident], failure)
}

pub(super) fn doubts(db: &Connection) -> db::Result<Vec<Doubt>> {
    let sql = "SELECT t.at, i.slug, t.seq, t.subscriber_id, coalesce(s.email, ''), t.text, d.phase, d.try_seq, d.due_at,
                      (SELECT max(seq) FROM sent WHERE incident_id = t.incident_id AND bucket = t.bucket AND subscriber_id = t.subscriber_id),
                      EXISTS (SELECT 1 FROM sent WHERE incident_id = t.incident_id AND bucket = t.bucket AND subscriber_id = t.subscriber_id
                              AND seq = t.seq),
                      d.acked_seq
               FROM trouble t JOIN incident i ON i.id = t.incident_id
               LEFT JOIN subscriber s ON s.id = t.subscriber_id
               LEFT JOIN delivery d ON d.incident_id = t.incident_id AND d.bucket = t.bucket AND d.subscriber_id = t.subscriber_id
                    AND d.channel = 0
               WHERE t.what = 4 ORDER BY t.id";
    db.prepare_cached(sql)?.query_map(params![], doubt)
}

fn doubt(row: &Row<'_>) -> db::Result<Doubt> {
    let seq = row.get::<i64>(2)?.unsigned_abs();
    let phase = row.get::<Option<Code<Phase>>>(6)?.map(|phase| phase.0);
    let trying = row.get::<Option<i64>>(7)?.map(i64::unsigned_abs);
    let due = row.get::<Option<Ms>>(8)?.map(|ms| ms.0);
    let reached = row.get::<Option<i64>>(9)?.map_or(0, i64::unsigned_abs);
    let state = match (phase, due) {
        _ if row.get(10)? => DoubtState::Accepted,
        _ if reached > seq => DoubtState::Covered,
        (Some(Phase::InDoubt), Some(due)) if trying == Some(seq) => DoubtState::AgainAt(due),
        _ if row.get::<Option<i64>>(11)?.is_some_and(|acked| acked.unsigned_abs() < seq) => {
            DoubtState::DueAgain
        }
        _ => DoubtState::PresumedSent,
    };
    Ok(Doubt {
        at: row.get::<Ms>(0)?.0,
        incident: Slug::new(row.get::<String>(1)?),
        seq,
        subscriber: SubscriberId(row.get(3)?),
        email: row.get(4)?,
        why: row.get(5)?,
        state,
    })
}

pub(super) fn suppressed(db: &Connection) -> db::Result<Vec<Suppressed>> {
    let sql = "SELECT p.at, p.reason, p.text, s.id, coalesce(s.email, '')
               FROM suppression p LEFT JOIN subscriber s ON s.id = p.subscriber_id ORDER BY p.at, p.email_hmac";
    let read = |row: &Row<'_>| {
        Ok(Suppressed {
            at: row.get::<Ms>(0)?.0,
            why: row.get::<Code<_>>(1)?.0,
            text: row.get(2)?,
            subscriber: row.get::<Option<i64>>(3)?.map(SubscriberId),
            email: row.get(4)?,
        })
    };
    db.prepare_cached(sql)?.query_map(params![], read)
}
