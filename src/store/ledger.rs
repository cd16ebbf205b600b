//! The trait's methods, each one transaction. What each does is in the module of its subject.

use super::db::{self, Access, params};
use jiff::{SignedDuration, Timestamp};

use super::claim::Claiming;
use super::codes::{Code, Ms};
use super::incidents::Moment;
use super::posts::{self, Posts};
use super::row::{self, RowKey};
use super::{
    At, Store, accounts, asking, feedback, notices, people, publish, record, returned, roll, senders, turn,
};
use crate::outbox::{
    Address, Asked, Buried, CONFIRM_WITHIN, Consequence, Doubt, Failure, Feedback, History, Ledger,
    LedgerError, Notice, NoticeReport, Numbered, OwnerId, PostReport, Progress, Publication, Published,
    Returned, Search, SignUp, SignedUp, Subscriber, SubscriberId, SubscriberState, Suppressed, Telling, Turn,
    Turned, Via, retry,
};
use crate::text::Slug;
use crate::timeline::{Record, RecordLine, StatementId};

type Result<T> = std::result::Result<T, LedgerError>;

/// How long logs of mails and spent keys are kept.
const KEEP_LOGS: SignedDuration = SignedDuration::from_hours(365 * 24);
/// How long the words of a notice are kept after they were worth sending.
const KEEP_NOTICES: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How often a sender leaves a sign of life.
const HEARTBEAT: SignedDuration = SignedDuration::from_secs(10);

impl Ledger for Store {
    fn record(&mut self) -> Result<Record> {
        self.read(|at| record::read(at.db))
    }

    fn record_end(&mut self) -> Result<String> {
        self.read(|at| Ok(record::end(at.db)?))
    }

    fn restore(&mut self, record: &Record) -> Result<()> {
        self.write(|at| {
            at.forget_copies();
            record::restore(at.db, record)
        })
    }

    fn append(&mut self, lines: &[RecordLine]) -> Result<()> {
        self.write(|at| record::append(at.db, lines))
    }

    fn publish(&mut self, publication: &Publication) -> Result<Published> {
        self.write(|at| {
            at.walks.clear();
            publish::publish(at.db, at.incidents, publication)
        })
    }

    fn numbered(&mut self, incident: &Slug) -> Result<Vec<Numbered>> {
        self.read(|at| {
            let sql = "SELECT u.seq, u.statement, u.kind, u.told, u.published_at, u.expires_at
                       FROM update_ u JOIN incident i ON i.id = u.incident_id WHERE i.slug = ?1 ORDER BY u.seq";
            let mut query = at.db.prepare_cached(sql)?;
            let rows = query.query_map(params![incident.as_str()], |row| {
                Ok(Numbered {
                    seq: row.get::<i64>(0)?.unsigned_abs(),
                    statement: StatementId::from(row.get::<String>(1)?.as_str()),
                    kind: row.get::<Code<_>>(2)?.0,
                    telling: if row.get(3)? { Telling::Audience } else { Telling::Nobody },
                    published_at: row.get::<Ms>(4)?.0,
                    expires_at: row.get::<Ms>(5)?.0,
                })
            })?;
            Ok(rows)
        })
    }

    fn sign_up(&mut self, people: &[SignUp], via: Via, now: Timestamp) -> Result<Vec<SignedUp>> {
        self.write(|at| {
            at.forget_copies();
            let taken = people.iter().map(|person| people::sign_up(at.db, person, via, now));
            Ok(taken.collect::<db::Result<_>>()?)
        })
    }

    fn ask(
        &mut self,
        forms: &[SignUp],
        letter: &dyn Fn(&Subscriber, &SignUp) -> Notice,
        now: Timestamp,
    ) -> Result<Vec<Asked>> {
        // Nobody is told anything before they confirm, so no copy grows old.
        self.write(|at| {
            let asked = forms.iter().map(|form| asking::ask(at.db, form, letter, now));
            Ok(asked.collect::<db::Result<_>>()?)
        })
    }

    fn confirm(&mut self, subscriber: SubscriberId, now: Timestamp) -> Result<bool> {
        self.write(|at| {
            at.forget_copies();
            Ok(people::confirm(at.db, subscriber, now)?)
        })
    }

    fn follow(&mut self, subscriber: SubscriberId, incident: &Slug, now: Timestamp) -> Result<bool> {
        self.write(|at| {
            at.forget_copies();
            Ok(people::follow(at.db, subscriber, incident, now)?)
        })
    }

    fn leave(&mut self, subscriber: SubscriberId) -> Result<bool> {
        self.write(|at| Ok(people::leave(at.db, subscriber)?))
    }

    fn mute(&mut self, subscriber: SubscriberId, incident: &Slug, now: Timestamp) -> Result<bool> {
        self.write(|at| match at.incidents.id(at.db, incident)? {
            Some(id) => Ok(people::mute(at.db, subscriber, id, now)?),
            None => Ok(false),
        })
    }

    fn forget(&mut self, subscriber: SubscriberId, now: Timestamp) -> Result<bool> {
        // Erased rows are overwritten, not only unlinked.
        self.overwriting(true)?;
        let done = self.write(|at| Ok(people::forget(at.db, subscriber, now)?));
        self.overwriting(false)?;
        done
    }

    fn subscriber(&mut self, id: SubscriberId) -> Result<Option<Subscriber>> {
        self.read(|at| Ok(roll::by_id(at.db, id)?))
    }

    fn subscriber_at(&mut self, address: &Address) -> Result<Option<Subscriber>> {
        self.read(|at| Ok(roll::by_address(at.db, &address.same())?))
    }

    fn find(&mut self, search: &Search, each: &mut dyn FnMut(Subscriber)) -> Result<()> {
        self.read(|at| Ok(roll::find(at.db, search, each)?))
    }

    fn history(&mut self, subscriber: SubscriberId) -> Result<Option<History>> {
        self.read(|at| Ok(roll::history(at.db, subscriber)?))
    }

    fn enlist(&mut self, host: &str, now: Timestamp) -> Result<OwnerId> {
        self.write(|at| {
            let owner = senders::add(at.db, host, now)?;
            // Before the commit: no other process ever sees a sender without its lock.
            at.locks.take(at.db, owner)?;
            Ok(owner)
        })
    }

    fn dead(&mut self) -> Result<Vec<OwnerId>> {
        self.read(|at| {
            let mut dead = Vec::new();
            for owner in senders::all(at.db)? {
                if at.locks.is_free(at.db, owner)? {
                    dead.push(owner);
                }
            }
            Ok(dead)
        })
    }

    fn bury(&mut self, owner: OwnerId, now: Timestamp) -> Result<Buried> {
        let buried = self.write(|at| {
            let (given_back, in_doubt) = notices::bury(at.db, owner, now)?;
            let moment = Moment { now, gate: Timestamp::MIN };
            let (posts, posts_in_doubt) =
                Posts { db: at.db, incidents: at.incidents, owner, moment }.bury(owner)?;
            let (given_back, in_doubt) = (given_back + posts, in_doubt + posts_in_doubt);
            let mut claiming = at.claiming(moment);
            let held = claiming.held_by(owner)?;
            let doubts = claiming.abandon(&held, "its sender died after the final dot")?;
            senders::remove(at.db, owner)?;
            Ok(Buried { given_back: given_back + held.len() as u64 - doubts, in_doubt: in_doubt + doubts })
        })?;
        self.locks.drop_lock(&self.db, owner);
        Ok(buried)
    }

    fn queue(&mut self, notice: &Notice) -> Result<bool> {
        self.write(|at| Ok(notices::queue(at.db, notice)?))
    }

    fn once(&mut self, key: &str, now: Timestamp) -> Result<bool> {
        self.write(|at| Ok(notices::once(at.db, key, now)?))
    }

    fn turn(&mut self, turn: &Turn<'_>) -> Result<Turned> {
        let beat = turn.now.saturating_sub(HEARTBEAT).unwrap_or(Timestamp::MIN);
        self.transact(Access::Send, |at| {
            let sql = "UPDATE sender SET heartbeat_at = ?2 WHERE owner = ?1 AND heartbeat_at < ?3";
            at.db.prepare_cached(sql)?.execute(params![turn.owner.0, Ms(turn.now), Ms(beat)])?;
            turn::turn(at.db, at.incidents, at.walks, turn)
        })
    }

    fn next_due(&mut self, now: Timestamp, digest_gate: Timestamp) -> Result<Option<Timestamp>> {
        self.read(|at| {
            if at.claiming(Moment { now, gate: digest_gate }).has_work()? {
                return Ok(Some(now));
            }
            let sql = "SELECT min(due_at) FROM delivery WHERE due_at IS NOT NULL AND halt = 0";
            let due: Option<Ms> = at.db.prepare_cached(sql)?.query_row(params![], |row| row.get(0))?;
            let sql = "SELECT min(starts_at) FROM incident WHERE work = 1 AND starts_at > ?1";
            let starts: Option<Ms> =
                at.db.prepare_cached(sql)?.query_row(params![Ms(now)], |row| row.get(0))?;
            let notice = notices::next_due(at.db, now)?;
            let post = posts::next_due(at.db, now)?;
            Ok([due.map(|ms| ms.0), starts.map(|ms| ms.0), notice, post].into_iter().flatten().min())
        })
    }

    fn pause(&mut self, incident: &Slug, why: &str) -> Result<bool> {
        self.write(|at| {
            at.forget_copies();
            let sql = "UPDATE incident SET paused = ?2 WHERE slug = ?1";
            Ok(at.db.prepare_cached(sql)?.execute(params![incident.as_str(), why])? > 0)
        })
    }

    fn resume(&mut self, incident: &Slug) -> Result<bool> {
        self.write(|at| {
            at.forget_copies();
            let sql = "UPDATE incident SET paused = NULL, work = 1 WHERE slug = ?1";
            Ok(at.db.prepare_cached(sql)?.execute(params![incident.as_str()])? > 0)
        })
    }

    fn retry(&mut self, incident: &Slug, now: Timestamp) -> Result<u64> {
        self.write(|at| {
            let Some(id) = at.incidents.id(at.db, incident)? else { return Ok(0) };
            at.forget_copies();
            // Whoever asks for it thinks that it is still worth sending.
            let until = now.saturating_add(retry::LATE).unwrap_or(Timestamp::MAX);
            let sql =
                "UPDATE update_ SET expires_at = max(expires_at, ?2) WHERE incident_id = ?1 AND told = 1
                       AND seq >= (SELECT news_seq FROM incident WHERE id = ?1)";
            at.db.prepare_cached(sql)?.execute(params![id, Ms(until)])?;
            at.db.prepare_cached("UPDATE incident SET work = 1 WHERE id = ?1")?.execute(params![id])?;
            let sql = "UPDATE delivery SET phase = 0, due_at = NULL, attempt = 0
                       WHERE incident_id = ?1 AND phase IN (4, 5) AND halt = 0";
            let readers = at.db.prepare_cached(sql)?.execute(params![id])?;
            let sql = "UPDATE post SET phase = 0, halt = 0, due_at = NULL, attempt = 0
                       WHERE incident_id = ?1 AND (phase IN (4, 5) OR halt <> 0)";
            Ok((readers + at.db.prepare_cached(sql)?.execute(params![id])?) as u64)
        })
    }

    fn resolve(
        &mut self,
        incident: &Slug,
        subscriber: SubscriberId,
        arrived: bool,
        now: Timestamp,
    ) -> Result<bool> {
        self.write(|at| {
            let Some(id) = at.incidents.id(at.db, incident)? else { return Ok(false) };
            let key = RowKey::new(id, subscriber);
            let Some(mut loaded) = row::load(at.db, key)? else { return Ok(false) };
            let from = loaded.delivery.sure;
            if !loaded.delivery.resolve(arrived, now) {
                return Ok(false);
            }
            row::save(at.db, key, &loaded.delivery, None)?;
            if arrived {
                row::told(at.db, key, now, from, loaded.delivery.acked)?;
            } else {
                at.db.prepare_cached("UPDATE incident SET work = 1 WHERE id = ?1")?.execute(params![id])?;
            }
            at.forget_copies();
            Ok(true)
        })
    }

    fn returned(&mut self, returned: &Returned) -> Result<Consequence> {
        self.write(|at| Ok(returned::take_in(at.db, returned)?))
    }

    fn feedback(&mut self, feedback: &[Feedback]) -> Result<()> {
        self.write(|at| Ok(feedback.iter().try_for_each(|one| feedback::add(at.db, one))?))
    }

    fn replied(&mut self, key: &str, reply: &Feedback) -> Result<bool> {
        self.write(|at| Ok(feedback::reply(at.db, key, reply)?))
    }

    fn feedbacks(&mut self) -> Result<Vec<Feedback>> {
        self.read(|at| Ok(feedback::all(at.db)?))
    }

    fn pass_on_feedback(
        &mut self,
        write: &dyn Fn(&Slug, &[Feedback]) -> Option<Notice>,
        every: SignedDuration,
        now: Timestamp,
    ) -> Result<u64> {
        self.write(|at| Ok(feedback::pass_on(at.db, write, every, now)?))
    }

    fn progress(&mut self) -> Result<Vec<Progress>> {
        self.read(|at| Ok(accounts::progress(at.db, at.incidents)?))
    }

    fn failed(&mut self, incident: Option<&Slug>) -> Result<Vec<Failure>> {
        self.read(|at| {
            let Some(slug) = incident else { return Ok(accounts::failed(at.db, None)?) };
            match at.incidents.id(at.db, slug)? {
                Some(id) => Ok(accounts::failed(at.db, Some(id))?),
                None => Ok(Vec::new()),
            }
        })
    }

    fn doubts(&mut self) -> Result<Vec<Doubt>> {
        self.read(|at| Ok(accounts::doubts(at.db)?))
    }

    fn suppressed(&mut self) -> Result<Vec<Suppressed>> {
        self.read(|at| Ok(accounts::suppressed(at.db)?))
    }

    fn posts(&mut self) -> Result<Vec<PostReport>> {
        self.read(|at| Ok(posts::reports(at.db)?))
    }

    fn returns(&mut self) -> Result<Vec<Returned>> {
        self.read(|at| Ok(returned::all(at.db)?))
    }

    fn notices(&mut self) -> Result<Vec<NoticeReport>> {
        self.read(|at| Ok(notices::reports(at.db)?))
    }

    fn tidy(&mut self, now: Timestamp) -> Result<()> {
        let before = |keep| now.saturating_sub(keep).unwrap_or(Timestamp::MIN);
        self.write(|at| {
            // Who was confirmed once and did not follow the new link stays where they were: out.
            let sql = "UPDATE subscriber SET state = ?2 WHERE state = 0 AND confirmed_at IS NOT NULL AND signed_up_at < ?1";
            at.db.execute(sql, params![Ms(before(CONFIRM_WITHIN)), Code(SubscriberState::Left)])?;
            let gone = "SELECT id FROM subscriber WHERE state = 0 AND signed_up_at < ?1";
            at.db.execute(
                &format!("DELETE FROM wish WHERE subscriber_id IN ({gone})"),
                params![Ms(before(CONFIRM_WITHIN))],
            )?;
            at.db.execute(
                &format!("DELETE FROM follow WHERE subscriber_id IN ({gone})"),
                params![Ms(before(CONFIRM_WITHIN))],
            )?;
            at.db.execute("DELETE FROM subscriber WHERE state = 0 AND signed_up_at < ?1", params![Ms(before(CONFIRM_WITHIN))])?;
            for table in ["sent", "trouble", "once", "bounce"] {
                at.db.execute(&format!("DELETE FROM {table} WHERE at < ?1"), params![Ms(before(KEEP_LOGS))])?;
            }
            asking::tidy(at.db, now)?;
            Ok(notices::tidy(at.db, before(KEEP_NOTICES), before(CONFIRM_WITHIN))?)
        })
    }
}

impl At<'_> {
    fn claiming(&mut self, moment: Moment) -> Claiming<'_> {
        Claiming { db: self.db, incidents: self.incidents, walks: self.walks, moment }
    }
}
