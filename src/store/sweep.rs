//! What the clock alone changes: waiting mails become due, leases run out, doubts grow old, work is finished.

use super::db::{self, params};

use super::claim::Claiming;
use super::codes::Ms;
use super::row::{self, RowKey};
use crate::outbox::{Claim, OwnerId, SubscriberId};

impl Claiming<'_> {
    /// Brings the rows up to the moment. Returns doubts that are to be sent again, claimed for `owner`, `limit` at most.
    pub(super) fn sweep(&mut self, owner: OwnerId, limit: usize) -> db::Result<Vec<Claim>> {
        self.wake()?;
        let overdue = self.keys(
            "SELECT incident_id, subscriber_id FROM delivery WHERE owner IS NOT NULL AND lease_until <= ?1 /*server FOR UPDATE SKIP LOCKED*/",
            Ms(self.moment.now),
        )?;
        self.abandon(&overdue, "its sender gave no sign of life for 15 minutes")?;
        self.doubts(owner, limit)
    }

    /// What waited long enough is idle again.
    fn wake(&mut self) -> db::Result<()> {
        let sql = "UPDATE delivery SET phase = 0, due_at = NULL WHERE due_at <= ?1 AND phase = 4";
        if self.db.prepare_cached(sql)?.execute(params![Ms(self.moment.now)])? > 0 {
            self.walks.clear();
        }
        Ok(())
    }

    fn doubts(&mut self, owner: OwnerId, limit: usize) -> db::Result<Vec<Claim>> {
        let old = self.keys(
            "SELECT incident_id, subscriber_id FROM delivery WHERE due_at <= ?1 AND phase = 3 AND halt = 0 /*server FOR UPDATE SKIP LOCKED*/",
            Ms(self.moment.now),
        )?;
        let mut claims = Vec::new();
        for key in old {
            let Some(mut loaded) = row::load(self.db, key)? else { continue };
            let incident = self.incidents.get(self.db, key.incident)?;
            let (pace, seq) = (loaded.delivery.pace, loaded.delivery.try_seq);
            let situation = incident.situation(pace, seq, loaded.confirmed, self.moment);
            if situation.held {
                continue;
            }
            if !loaded.delivery.outlive_doubt(&situation) {
                row::save(self.db, key, &loaded.delivery, None)?;
                self.walks.touch(key.incident, pace);
            } else if claims.len() < limit {
                claims.extend(self.again(key, owner)?);
            }
        }
        Ok(claims)
    }

    /// Takes rows back from a sender that is dead or silent; returns how many of them are in doubt.
    pub(super) fn abandon(&mut self, rows: &[RowKey], why: &str) -> db::Result<u64> {
        let mut in_doubt = 0;
        self.walks.forget_hands();
        for key in rows {
            let Some(mut loaded) = row::load(self.db, *key)? else { continue };
            let incident = self.incidents.get(self.db, key.incident)?;
            let (pace, seq) = (loaded.delivery.pace, loaded.delivery.try_seq);
            let situation = incident.situation(pace, seq, loaded.confirmed, self.moment);
            if let Some(trouble) = loaded.delivery.abandon(&situation) {
                row::log(self.db, *key, self.moment.now, seq, trouble, (0, why))?;
                in_doubt += 1;
            }
            row::save(self.db, *key, &loaded.delivery, None)?;
            self.walks.touch(key.incident, pace);
        }
        Ok(in_doubt)
    }

    pub(super) fn held_by(&self, owner: OwnerId) -> db::Result<Vec<RowKey>> {
        self.keys("SELECT incident_id, subscriber_id FROM delivery WHERE owner = ?1", owner.0)
    }

    /// Marks incidents of which nothing more can become due by itself.
    pub(super) fn finish(&mut self) -> db::Result<()> {
        for id in self.incidents.with_work(self.db)?.iter() {
            let incident = self.incidents.get(self.db, *id)?;
            if incident.held(self.moment.now) || !self.is_done(&incident) {
                continue;
            }
            let sql = "UPDATE incident SET work = 0 WHERE id = ?1
                       AND NOT EXISTS (SELECT 1 FROM delivery WHERE owner IS NOT NULL AND incident_id = ?1)
                       AND NOT EXISTS (SELECT 1 FROM delivery WHERE due_at IS NOT NULL AND halt = 0 AND incident_id = ?1)";
            if self.db.prepare_cached(sql)?.execute(params![id])? > 0 {
                self.incidents.clear();
            }
        }
        Ok(())
    }

    fn keys(&self, sql: &str, value: impl db::ToSql) -> db::Result<Vec<RowKey>> {
        self.db
            .prepare_cached(sql)?
            .query_map(params![value], |row| Ok(RowKey::new(row.get(0)?, SubscriberId(row.get(1)?))))
    }
}
