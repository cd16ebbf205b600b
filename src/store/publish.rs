//! Publishing: the record, the number, and everyone who is to be told, in one transaction.

use super::db::{self, Connection, OptionalExtension, params};
use jiff::Timestamp;

use super::codes::{Code, Ms, int};
use super::fault::Fault;
use super::incidents::{Incident, Incidents};
use super::posts;
use super::record::{self, Found};
use super::topics::{self, Kind};
use crate::outbox::{Pace, Publication, Published, Telling};

pub(super) fn publish(
    db: &Connection,
    incidents: &mut Incidents,
    publication: &Publication,
) -> Result<Published, Fault> {
    let incident = record::incident(db, &publication.incident)?;
    if let Some(seq) = published(db, incident.id, publication)? {
        return Ok(Published::Already { seq });
    }
    record::append(db, &publication.lines)?;
    if let Some(statement) = &publication.retracts {
        record::retract(db, statement)?;
    }
    number(db, &incident, publication)?;
    record::advance(db, &incident, publication.kind)?;
    reach(db, incident.id, publication)?;
    incidents.clear();
    let seq = incident.latest + 1;
    if publication.telling == Telling::Nobody {
        return Ok(Published::New { seq, told: 0 });
    }
    aim(db, incidents, &incident, publication)?;
    posts::admit(db, incident.id, publication)?;
    let incident = incidents.get(db, incident.id)?;
    admit(db, Newcomers::All { incident: incident.id }, publication.published_at)?;
    revive(db, &incident)?;
    Ok(Published::New { seq, told: due(db, &incident)? })
}

/// The number under which the statement or its slot is published already.
fn published(db: &Connection, incident: i64, publication: &Publication) -> db::Result<Option<u64>> {
    let sql = "SELECT seq FROM update_ WHERE statement = ?2 OR (incident_id = ?1 AND slot_at = ?3)";
    let values = params![incident, publication.statement.as_str(), publication.slot.map(Ms)];
    let seq = db.prepare_cached(sql)?.query_row(values, |row| row.get::<i64>(0)).optional()?;
    Ok(seq.map(i64::unsigned_abs))
}

fn number(db: &Connection, incident: &Found, publication: &Publication) -> db::Result<()> {
    let sql = "INSERT INTO update_ (incident_id, seq, statement, kind, last, told, slot_at, published_at, expires_at)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    db.prepare_cached(sql)?.execute(params![
        incident.id,
        int(incident.latest + 1),
        publication.statement.as_str(),
        Code(publication.kind),
        publication.kind.is_last(incident.ended),
        publication.telling == Telling::Audience,
        publication.slot.map(Ms),
        Ms(publication.published_at),
        Ms(publication.expires_at)
    ])?;
    Ok(())
}

/// Raises what each pace is to reach.
fn aim(
    db: &Connection,
    incidents: &mut Incidents,
    incident: &Found,
    publication: &Publication,
) -> db::Result<()> {
    let mut aims = incidents.get(db, incident.id)?.aims;
    aims.raise(incident.latest + 1, publication.kind, incident.ended);
    let sql = "UPDATE incident SET all_seq = ?2, news_seq = ?3, ends_seq = ?4, starts_at = max(starts_at, ?5), work = 1
               WHERE id = ?1";
    db.prepare_cached(sql)?.execute(params![
        incident.id,
        int(aims.all),
        int(aims.news),
        int(aims.ends),
        Ms(publication.starts_at)
    ])?;
    incidents.clear();
    Ok(())
}

/// Writes down whom the incident concerns from now on.
fn reach(db: &Connection, incident: i64, publication: &Publication) -> db::Result<()> {
    let audience = &publication.audience;
    let sql = "UPDATE incident SET all_services = ?2, all_areas = ?3 WHERE id = ?1";
    let values = params![incident, audience.services.is_empty(), audience.areas.is_empty()];
    db.prepare_cached(sql)?.execute(values)?;
    db.prepare_cached("DELETE FROM reach WHERE incident_id = ?1")?.execute(params![incident])?;
    let services = audience.services.iter().map(|id| (Kind::Service, id.as_str()));
    let areas = audience.areas.iter().map(|id| (Kind::Area, id.as_str()));
    for (kind, name) in services.chain(areas) {
        let topic = topics::number(db, kind, name)?;
        let sql =
            "INSERT INTO reach (incident_id, kind, topic_id) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
        db.prepare_cached(sql)?.execute(params![incident, kind as i64, topic])?;
    }
    Ok(())
}

/// For whom rows are made.
#[derive(Clone, Copy)]
pub(super) enum Newcomers {
    /// Everyone whom an incident concerns and who has no row.
    All { incident: i64 },
    /// One subscriber, for every open incident that was told and concerns them.
    One { subscriber: i64 },
}

/// Makes rows for those who are to be told and have none.
pub(super) fn admit(db: &Connection, newcomers: Newcomers, now: Timestamp) -> db::Result<()> {
    const INSERT: &str = "INSERT INTO delivery (incident_id, subscriber_id, bucket, pace, since)
         SELECT i.id, s.id, s.bucket, s.pace, ?2 FROM incident i CROSS JOIN subscriber s
         WHERE s.state = 1 AND s.only_followed = 0
           AND (i.all_services = 1 OR s.all_services = 1 OR EXISTS (
                 SELECT 1 FROM wish w JOIN reach r ON r.incident_id = i.id AND r.kind = 0 AND r.topic_id = w.topic_id
                 WHERE w.subscriber_id = s.id AND w.kind = 0))
           AND (i.all_areas = 1 OR s.all_areas = 1 OR EXISTS (
                 SELECT 1 FROM wish w JOIN reach r ON r.incident_id = i.id AND r.kind = 1 AND r.topic_id = w.topic_id
                 WHERE w.subscriber_id = s.id AND w.kind = 1))";
    let (which, id) = match newcomers {
        Newcomers::All { incident } => ("AND i.id = ?1", incident),
        Newcomers::One { subscriber } => {
            ("AND s.id = ?1 AND i.final_seq IS NULL AND i.all_seq > 0", subscriber)
        }
    };
    let mut made = db
        .prepare_cached(&format!("{INSERT} {which} ON CONFLICT DO NOTHING"))?
        .execute(params![id, Ms(now)])?;
    made += follow(db, newcomers, now)?;
    if let (Newcomers::One { .. }, 1..) = (newcomers, made) {
        db.prepare_cached("UPDATE incident SET work = 1 WHERE final_seq IS NULL AND all_seq > 0")?
            .execute(params![])?;
    }
    Ok(())
}

/// Rows for those who follow an incident. Of one that is over, whoever comes late gets what is still said.
fn follow(db: &Connection, newcomers: Newcomers, now: Timestamp) -> db::Result<usize> {
    const INSERT: &str = "INSERT INTO delivery (incident_id, subscriber_id, bucket, pace, since, acked_seq)
         SELECT i.id, s.id, s.bucket, s.pace, ?2, CASE WHEN i.final_seq IS NULL OR ?3 THEN 0 ELSE i.all_seq END
         FROM incident i JOIN follow f ON f.slug = i.slug JOIN subscriber s ON s.id = f.subscriber_id
         WHERE s.state = 1 AND i.all_seq > 0";
    let (which, id, at_once) = match newcomers {
        Newcomers::All { incident } => ("AND i.id = ?1", incident, true),
        Newcomers::One { subscriber } => ("AND s.id = ?1", subscriber, false),
    };
    db.prepare_cached(&format!("{INSERT} {which} ON CONFLICT DO NOTHING"))?.execute(params![
        id,
        Ms(now),
        at_once
    ])
}

/// Something newer is worth sending to those whom the last number did not reach in time.
fn revive(db: &Connection, incident: &Incident) -> db::Result<()> {
    let sql = "UPDATE delivery SET phase = 0, attempt = 0
               WHERE incident_id = ?1 AND phase = 5 AND pace = ?2 AND try_seq < ?3";
    for pace in Pace::ALL {
        let target = int(incident.aims.target(pace));
        db.prepare_cached(sql)?.execute(params![incident.id, Code(pace), target])?;
    }
    Ok(())
}

/// How many readers are below what their pace wants, today or at their next digest.
fn due(db: &Connection, incident: &Incident) -> db::Result<u64> {
    let sql = "SELECT count(*) FROM delivery WHERE incident_id = ?1 AND halt = 0
               AND acked_seq < CASE pace WHEN 1 THEN CAST(?3 AS BIGINT) WHEN 2 THEN CAST(?4 AS BIGINT) ELSE CAST(?2 AS BIGINT) END";
    let aims = incident.aims;
    let values = params![incident.id, int(aims.all), int(aims.news), int(aims.ends)];
    let count: i64 = db.prepare_cached(sql)?.query_row(values, |row| row.get(0))?;
    Ok(count.unsigned_abs())
}
