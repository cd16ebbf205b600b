//! Claiming: the most urgent deliveries that are due, marked as ours in the same transaction.
//!
//! Readers of one incident and pace form a lane; lanes are served by the kind of their number, then by age. Within a
//! lane the buckets are walked from a start that rotates. How far the walk has come is remembered, so that a lane
//! which is done is not searched again at every turn.

use std::collections::HashMap;
use std::sync::Arc;

use super::db::{self, Connection, Row, params};
use jiff::Timestamp;

use super::codes::{Code, Ms, int};
use super::incidents::{Incident, Incidents, Moment};
use super::row::{self, Loaded, RowKey};
use crate::outbox::{
    BUCKETS, Claim, Following, OwnHours, OwnerId, Pace, StatementClaim, SubscriberId, Trouble, UpdateKind,
    first_bucket, retry,
};
use crate::text::{AreaId, ServiceId};

/// Rows that one turn looks at in a lane: where a whole city sleeps, its other readers and the results of mails do not
/// wait until each row is put off.
const AT_ONCE: usize = 2000;

/// How far the walk through a lane has come.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Walk {
    wanted: u64,
    target: u64,
    expired: bool,
    /// Buckets done.
    done: u64,
}

/// What a sender remembers from turn to turn. Only copies: forgetting them costs a search, or reading a row again.
#[derive(Default)]
pub(super) struct Walks {
    lanes: HashMap<(i64, Pace), Walk>,
    /// Rows in our hands, as they are in a file that nobody else has written since. Never used with a server, where others
    /// write beside us.
    hands: HashMap<RowKey, Loaded>,
}

impl Walks {
    pub(super) fn clear(&mut self) {
        self.lanes.clear();
        self.hands.clear();
    }

    /// Call when rows may change other than by a step of the mail in hand.
    pub(super) fn forget_hands(&mut self) {
        self.hands.clear();
    }

    /// A delivery of this lane became idle again.
    pub(super) fn touch(&mut self, incident: i64, pace: Pace) {
        self.lanes.remove(&(incident, pace));
    }

    /// Call when nothing was due. On a server another sender gives rows back without our hearing of it, so what is done is
    /// looked at again next time.
    pub(super) fn look_again(&mut self, db: &Connection) {
        if matches!(db, Connection::Server(_)) {
            self.lanes.retain(|_, walk| walk.done < BUCKETS);
        }
    }

    /// The row of a mail in hand, taken out of the copies; `None` where its reader was erased since.
    pub(super) fn take(&mut self, db: &Connection, key: RowKey) -> db::Result<Option<Loaded>> {
        match self.hands.remove(&key) {
            Some(loaded) => Ok(Some(loaded)),
            None => row::load(db, key),
        }
    }

    /// Remembers a row as it was just written.
    pub(super) fn hold(&mut self, db: &Connection, key: RowKey, loaded: Loaded) {
        if matches!(db, Connection::File(_)) {
            self.hands.insert(key, loaded);
        }
    }
}

/// Readers of one incident and pace who are to reach one number.
pub(super) struct Lane {
    pub(super) incident: Arc<Incident>,
    pace: Pace,
    wanted: u64,
    target: u64,
    kind: UpdateKind,
    published_at: Timestamp,
    expired: bool,
}

/// What claiming works on.
pub(super) struct Claiming<'a> {
    pub(super) db: &'a Connection,
    pub(super) incidents: &'a mut Incidents,
    pub(super) walks: &'a mut Walks,
    pub(super) moment: Moment,
}

impl Claiming<'_> {
    /// Up to `limit` deliveries, the most urgent first.
    pub(super) fn claim(&mut self, owner: OwnerId, limit: usize) -> db::Result<Vec<Claim>> {
        let mut claims = Vec::new();
        for lane in self.lanes()? {
            if claims.len() >= limit {
                break;
            }
            self.walk(&lane, owner, limit, &mut claims)?;
        }
        Ok(claims)
    }

    /// Whether any reader is due now.
    pub(super) fn has_work(&mut self) -> db::Result<bool> {
        let sql =
            "SELECT 1 FROM delivery WHERE incident_id = ?1 AND pace = ?2 AND bucket = ?3 AND acked_seq < ?4
                   AND phase = 0 AND halt = 0";
        for lane in self.lanes()? {
            let mut query = self.db.prepare_cached(sql)?;
            for bucket in 0..BUCKETS {
                if query.exists(params![lane.incident.id, Code(lane.pace), int(bucket), int(lane.wanted)])? {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// The most urgent first.
    fn lanes(&mut self) -> db::Result<Vec<Lane>> {
        let mut lanes = Vec::new();
        for id in self.incidents.with_work(self.db)?.iter() {
            let incident = self.incidents.get(self.db, *id)?;
            if !incident.held(self.moment.now) {
                lanes.extend(Pace::ALL.into_iter().filter_map(|pace| self.lane(&incident, pace)));
            }
        }
        lanes.sort_by_key(|lane| (lane.kind.priority(), lane.published_at, lane.incident.id));
        Ok(lanes)
    }

    fn lane(&self, incident: &Arc<Incident>, pace: Pace) -> Option<Lane> {
        let wanted = incident.wanted(pace, self.moment);
        let target = incident.aims.target(pace);
        let update = incident.update(target).filter(|_| wanted > 0)?;
        Some(Lane {
            incident: incident.clone(),
            pace,
            wanted,
            target,
            kind: update.kind,
            published_at: update.published_at,
            expired: incident.expires_at(pace, self.moment) <= self.moment.now,
        })
    }

    /// Whether nothing more will come of an incident's lanes as they are.
    pub(super) fn is_done(&self, incident: &Arc<Incident>) -> bool {
        Pace::ALL.into_iter().all(|pace| match self.lane(incident, pace) {
            Some(lane) => {
                let walked =
                    self.walks.lanes.get(&(incident.id, pace)).is_some_and(|walk| walk.done == BUCKETS);
                lane.expired && walked && lane.wanted >= incident.aims.wanted(pace, incident.aims.all)
            }
            // A digest whose hour has not come yet.
            None => pace != Pace::Digest || incident.aims.all == 0,
        })
    }

    fn walk(&mut self, lane: &Lane, owner: OwnerId, limit: usize, claims: &mut Vec<Claim>) -> db::Result<()> {
        let key = (lane.incident.id, lane.pace);
        let start = Walk { wanted: lane.wanted, target: lane.target, expired: lane.expired, done: 0 };
        let mut walk = match self.walks.lanes.get(&key) {
            Some(walk) if (Walk { done: 0, ..*walk }) == start => *walk,
            _ => start,
        };
        if lane.expired && walk.done == 0 {
            self.expire(lane)?;
        }
        let mut seen = 0;
        while walk.done < BUCKETS && claims.len() < limit && seen < AT_ONCE {
            let bucket = (first_bucket(lane.target) + walk.done) % BUCKETS;
            let room = limit - claims.len();
            let (found, looked_at) = self.take(lane, owner, bucket, room)?;
            seen += looked_at;
            if looked_at < room {
                walk.done += 1;
            }
            claims.extend(found.into_iter().map(Claim::Statement));
        }
        self.walks.lanes.insert(key, walk);
        Ok(())
    }

    /// Claims what is due in one bucket, and puts off who sleeps. Also says how many were looked at.
    fn take(
        &mut self,
        lane: &Lane,
        owner: OwnerId,
        bucket: u64,
        room: usize,
    ) -> db::Result<(Vec<StatementClaim>, usize)> {
        // Of an expired number only those are still served who came late.
        let since = if lane.expired { self.late_since() } else { Timestamp::MIN };
        let sql = format!(
            "{READER}, d.sure_seq FROM delivery d JOIN subscriber s ON s.id = d.subscriber_id
             WHERE d.incident_id = ?1 AND d.pace = ?2 AND d.bucket = ?3 AND d.acked_seq < ?4
               AND d.phase = 0 AND d.halt = 0 AND d.since > ?5 AND s.state = 1
             LIMIT ?6 /*server FOR UPDATE OF d SKIP LOCKED*/"
        );
        let found = self.db.prepare_cached(&sql)?.query_map(
            params![
                lane.incident.id,
                Code(lane.pace),
                int(bucket),
                int(lane.wanted),
                Ms(since),
                int(room as u64)
            ],
            |row| Ok((claim(row, lane)?, OwnHours::kept(row.get(7)?, row.get(8)?))),
        )?;
        let looked_at = found.len();
        let mut claims = Vec::with_capacity(looked_at);
        for (claim, hours) in found {
            let key = RowKey::new(lane.incident.id, claim.subscriber);
            let Some(mut loaded) = row::load(self.db, key)? else { continue };
            let rests = hours.rests_until(lane.pace, self.moment.now);
            match rests {
                Some(until) => loaded.delivery.rest_until(until),
                None => loaded.delivery.claim(owner, lane.target, self.moment.now),
            }
            row::save(self.db, key, &loaded.delivery, None)?;
            if rests.is_none() {
                self.walks.hold(self.db, key, loaded);
                claims.push(claim);
            }
        }
        Ok((claims, looked_at))
    }

    /// A mail in doubt is sent again. `None` where its reader was erased since.
    pub(super) fn again(&mut self, key: RowKey, owner: OwnerId) -> db::Result<Option<Claim>> {
        let Some(mut loaded) = row::load(self.db, key)? else { return Ok(None) };
        let incident = self.incidents.get(self.db, key.incident)?;
        let Some(lane) = self.lane(&incident, loaded.delivery.pace) else { return Ok(None) };
        loaded.delivery.claim(owner, lane.target, self.moment.now);
        row::save(self.db, key, &loaded.delivery, None)?;
        let sql = format!("{READER}, CAST(?3 AS BIGINT) FROM subscriber s WHERE s.id = ?2");
        let values = params![key.incident, key.subscriber, int(loaded.delivery.sure)];
        let found = self.db.prepare_cached(&sql)?.query_row(values, |row| claim(row, &lane))?;
        Ok(Some(Claim::Statement(found)))
    }

    /// Writes off readers whom a number did not reach while it was worth sending.
    fn expire(&self, lane: &Lane) -> db::Result<()> {
        let (incident, pace, wanted) = (lane.incident.id, Code(lane.pace), int(lane.wanted));
        let sql = "INSERT INTO trouble (at, incident_id, seq, subscriber_id, what, code, text)
                   SELECT ?5, incident_id, ?6, subscriber_id, ?7, last_code, '' FROM delivery
                   WHERE incident_id = ?1 AND pace = ?2 AND acked_seq < ?3 AND since <= ?4 AND phase = 0 AND halt = 0";
        self.db.prepare_cached(sql)?.execute(params![
            incident,
            pace,
            wanted,
            Ms(self.late_since()),
            Ms(self.moment.now),
            int(lane.target),
            Code(Trouble::Expired)
        ])?;
        let sql = "UPDATE delivery SET phase = 5, try_seq = ?5
                   WHERE incident_id = ?1 AND pace = ?2 AND acked_seq < ?3 AND since <= ?4 AND phase = 0 AND halt = 0";
        self.db.prepare_cached(sql)?.execute(params![
            incident,
            pace,
            wanted,
            Ms(self.late_since()),
            int(lane.target)
        ])?;
        Ok(())
    }

    /// Readers who came after this have time of their own.
    fn late_since(&self) -> Timestamp {
        self.moment.now.saturating_sub(retry::LATE).unwrap_or(Timestamp::MIN)
    }
}

/// A reader, and what they asked for: ids parted by blanks. The statement's first value is the incident's id.
const READER: &str = "SELECT s.id, s.email, s.name, s.language, s.token_epoch,
    CASE WHEN s.all_services = 1 THEN NULL ELSE (SELECT string_agg(t.name, ' ') FROM wish w JOIN topic t ON t.id = w.topic_id
         WHERE w.subscriber_id = s.id AND w.kind = 0) END,
    CASE WHEN s.all_areas = 1 THEN NULL ELSE (SELECT string_agg(t.name, ' ') FROM wish w JOIN topic t ON t.id = w.topic_id
         WHERE w.subscriber_id = s.id AND w.kind = 1) END,
    s.zone, s.quiet, s.only_followed, EXISTS (SELECT 1 FROM follow f JOIN incident i ON i.slug = f.slug WHERE f.subscriber_id = s.id AND i.id = ?1)";

fn ids(row: &Row<'_>, column: usize) -> db::Result<Vec<String>> {
    let ids: Option<String> = row.get(column)?;
    Ok(ids.iter().flat_map(|ids| ids.split(' ')).map(str::to_owned).collect())
}

fn claim(row: &Row<'_>, lane: &Lane) -> db::Result<StatementClaim> {
    Ok(StatementClaim {
        incident: lane.incident.slug.clone(),
        from_seq: row.get::<i64>(11)?.unsigned_abs(),
        seq: lane.target,
        kind: lane.kind,
        published_at: lane.published_at,
        subscriber: SubscriberId(row.get(0)?),
        email: row.get(1)?,
        name: row.get(2)?,
        language: row.get(3)?,
        token_epoch: row.get(4)?,
        services: ids(row, 5)?.into_iter().map(ServiceId::new).collect(),
        areas: ids(row, 6)?.into_iter().map(AreaId::new).collect(),
        following: match (row.get(9)?, row.get(10)?) {
            (true, _) => Following::Alone,
            (false, true) => Following::Beside,
            (false, false) => Following::No,
        },
    })
}
