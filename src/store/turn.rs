//! One turn at the desk: what became of mails, which may go, what is next. One transaction.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::claim::{Claiming, Walks};
use super::codes::{Ms, int};
use super::db::{self, Connection, params};
use super::fault::Fault;
use super::incidents::{Incidents, Moment};
use super::posts::Posts;
use super::row::{self, RowKey};
use super::{notices, suppression};
use crate::outbox::{JobKey, Outcome, OwnerId, Phase, Trouble, Turn, Turned, Work};

pub(super) fn turn(
    db: &Connection,
    incidents: &mut Incidents,
    walks: &mut Walks,
    turn: &Turn<'_>,
) -> Result<Turned, Fault> {
    let moment = Moment { now: turn.now, gate: turn.digest_gate };
    let mut desk = At { db, incidents, walks, owner: turn.owner, moment, accepted: BTreeMap::new() };
    for (key, outcome) in turn.settle {
        match key {
            JobKey::Notice(id) => notices::settle(db, *id, turn.owner, outcome, moment.now)?,
            JobKey::Delivery { incident, subscriber, seq } => {
                if let Some(incident) = desk.incidents.id(db, incident)? {
                    desk.settle(RowKey::new(incident, *subscriber), *seq, outcome)?;
                }
            }
            JobKey::Post { .. } => desk.posts().settle(key, outcome)?,
        }
    }
    let mut turned = Turned::default();
    for key in turn.intend {
        turned.may_go.push(match key {
            JobKey::Notice(id) => notices::intend(db, *id, turn.owner, moment.now)?,
            JobKey::Delivery { incident, subscriber, seq } => match desk.incidents.id(db, incident)? {
                Some(incident) => desk.intend(RowKey::new(incident, *subscriber), *seq)?,
                None => false,
            },
            JobKey::Post { .. } => desk.posts().intend(key)?,
        });
    }
    let accepted = desk.accepted;
    if turn.claim > 0 {
        for work in turn.work {
            let room = turn.claim - turned.claims.len();
            turned.claims.extend(match work {
                Work::Notices => notices::claim(db, turn.owner, moment.now, room)?,
                Work::Readers => {
                    let mut claiming = Claiming { db, incidents, walks, moment };
                    let mut claims = claiming.sweep(turn.owner, room)?;
                    claims.extend(claiming.claim(turn.owner, room - claims.len())?);
                    if claims.is_empty() && room > 0 {
                        claiming.finish()?;
                        walks.look_again(db);
                    }
                    claims
                }
                Work::Channels => Posts { db, incidents, owner: turn.owner, moment }.claim(room)?,
            });
        }
    }
    // Last, for all senders of a statement write this one row.
    count(db, accepted, moment.now)?;
    Ok(turned)
}

/// Writes down how many readers this turn brought to each number: once a turn, not once a mail.
fn count(db: &Connection, accepted: BTreeMap<(i64, u64), i64>, now: Timestamp) -> db::Result<()> {
    // A reader who was asleep until morning says nothing about the pace of the night.
    let sql = "UPDATE update_ SET sent_n = sent_n + ?3, first_sent_at = coalesce(first_sent_at, ?4), last_sent_at = ?4
               WHERE incident_id = ?1 AND seq = ?2 AND (last_sent_at IS NULL OR last_sent_at + 60000 > ?4)";
    for ((incident, seq), count) in accepted {
        db.prepare_cached(sql)?.execute(params![incident, int(seq), count, Ms(now)])?;
    }
    Ok(())
}

/// A sender at the desk, at one moment.
struct At<'a> {
    db: &'a Connection,
    incidents: &'a mut Incidents,
    walks: &'a mut Walks,
    owner: OwnerId,
    moment: Moment,
    /// Accepted mails by incident and number.
    accepted: BTreeMap<(i64, u64), i64>,
}

impl At<'_> {
    fn posts(&mut self) -> Posts<'_> {
        Posts { db: self.db, incidents: self.incidents, owner: self.owner, moment: self.moment }
    }

    fn settle(&mut self, key: RowKey, seq: u64, outcome: &Outcome) -> db::Result<()> {
        let Some(mut loaded) = self.walks.take(self.db, key)? else { return Ok(()) };
        let incident = self.incidents.get(self.db, key.incident)?;
        let row = &mut loaded.delivery;
        let situation = incident.situation(row.pace, seq, loaded.confirmed, self.moment);
        let from = row.sure;
        let seed = (key.subscriber as u64) << 20 ^ (key.incident as u64);
        let trouble = row.settle(self.owner, seq, outcome, &situation, seed);
        let reply = match outcome {
            Outcome::Accepted { reply } => Some(reply.as_str()),
            _ => None,
        };
        row::save(self.db, key, row, reply)?;
        if reply.is_some() {
            row::told(self.db, key, self.moment.now, from, seq)?;
            *self.accepted.entry((key.incident, seq)).or_default() += 1;
        }
        if let Some(trouble) = trouble {
            row::log(self.db, key, self.moment.now, seq, trouble, said(outcome))?;
            if trouble == Trouble::Refused {
                self.walks.forget_hands();
                let (code, text) = said(outcome);
                suppression::refuse(self.db, key.subscriber, &format!("{code} {text}"), self.moment.now)?;
            }
        }
        if row.phase == Phase::Idle && row.acked < situation.target {
            self.walks.touch(key.incident, row.pace);
        }
        Ok(())
    }

    fn intend(&mut self, key: RowKey, seq: u64) -> db::Result<bool> {
        let Some(mut loaded) = self.walks.take(self.db, key)? else { return Ok(false) };
        let incident = self.incidents.get(self.db, key.incident)?;
        let row = &mut loaded.delivery;
        let situation = incident.situation(row.pace, seq, loaded.confirmed, self.moment);
        let may_go = row.intend(self.owner, seq, &situation);
        if may_go {
            row::save_intent(self.db, key, row)?;
            self.walks.hold(self.db, key, loaded);
        }
        Ok(may_go)
    }
}

/// Code and words of an outcome, for the log.
pub(super) fn said(outcome: &Outcome) -> (u16, &str) {
    match outcome {
        Outcome::Later { code, text } | Outcome::Refused { code, text } | Outcome::Policy { code, text } => {
            (*code, text)
        }
        Outcome::InDoubt { why } | Outcome::NotSent { why } => (0, why),
        Outcome::Accepted { reply } => (250, reply),
        Outcome::TakenBack => (0, ""),
    }
}
