//! A town with a ledger: subscribers, incidents, a sender, and a clock that stands still until it is moved.

use std::path::Path;

use candor::outbox::*;
use candor::store::Store;
use candor::text::{AreaId, ServiceId, Slug};
use candor::timeline::{LineKind, RecordLine, StatementId, StatementKind};
use jiff::{SignedDuration, Timestamp};

use crate::server::on_server;

/// Every kind of ledger must pass the same tests: in memory, or on the server that `tests/with_postgres.sh` started.
pub fn fresh() -> Box<dyn Ledger> {
    match on_server() {
        Some(settings) => Box::new(Store::open(Path::new(""), &settings, None).unwrap()),
        None => Box::new(Store::in_memory().unwrap()),
    }
}

pub const MAIN: &str = "burst-main";

pub fn minutes(minutes: i64) -> SignedDuration {
    SignedDuration::from_mins(minutes)
}

pub fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

pub fn accepted() -> Outcome {
    Outcome::Accepted { reply: "250 2.0.0 queued as 1".into() }
}

pub fn later() -> Outcome {
    Outcome::Later { code: 451, text: "4.7.1 greylisted".into() }
}

pub fn refused() -> Outcome {
    Outcome::Refused { code: 550, text: "5.1.1 no such user".into() }
}

pub fn lost() -> Outcome {
    Outcome::InDoubt { why: "connection closed".into() }
}

pub struct Town {
    pub ledger: Box<dyn Ledger>,
    pub now: Timestamp,
    /// The last 08:00.
    pub gate: Timestamp,
    pub me: OwnerId,
    work: &'static [Work],
    end: String,
    lines: u64,
}

impl Town {
    pub fn new() -> Self {
        Self::with(fresh())
    }

    pub fn with(mut ledger: Box<dyn Ledger>) -> Self {
        let now: Timestamp = "2026-11-21T14:00:00Z".parse().unwrap();
        let me = ledger.enlist("here", now).unwrap();
        let gate = "2026-11-21T08:00:00Z".parse().unwrap();
        Self { ledger, now, gate, me, work: &Work::ALL, end: String::new(), lines: 0 }
    }

    pub fn pass(&mut self, time: SignedDuration) {
        self.now += time;
    }

    /// A record line that fits the end of the record.
    pub fn line(&mut self, incident: &str, kind: LineKind, at: Timestamp) -> RecordLine {
        self.lines += 1;
        let id = match kind {
            LineKind::Incident => StatementId::from(incident),
            LineKind::Statement(kind) => StatementId::of(&incident.into(), kind, at),
        };
        let hash = format!("hash {}", self.lines);
        RecordLine {
            id,
            incident: incident.into(),
            kind,
            at,
            published_at: self.now,
            due: None,
            missed: Vec::new(),
            archived: false,
            text: Some(format!("Words of line {}.", self.lines)),
            text_hash: format!("text {}", self.lines),
            translated: std::collections::BTreeMap::new(),
            prev: std::mem::replace(&mut self.end, hash.clone()),
            hash,
        }
    }

    /// A publication of now, about the whole town.
    pub fn publication(&mut self, incident: &str, kind: UpdateKind) -> Publication {
        use candor::content::Status;
        let statement = match kind {
            UpdateKind::Opened => StatementKind::Update(Status::Investigating),
            UpdateKind::Update | UpdateKind::Reopened => StatementKind::Update(Status::Identified),
            UpdateKind::Resolved => StatementKind::Update(Status::Resolved),
            UpdateKind::Holding => StatementKind::Holding,
            UpdateKind::Correction => StatementKind::Correction,
            UpdateKind::Review => StatementKind::Review,
            UpdateKind::FollowUp => StatementKind::FollowUp,
        };
        let line = self.line(incident, LineKind::Statement(statement), self.now);
        Publication {
            incident: incident.into(),
            statement: line.id.clone(),
            kind,
            slot: (kind == UpdateKind::Holding).then_some(self.now),
            lines: vec![line],
            retracts: None,
            published_at: self.now,
            starts_at: self.now,
            expires_at: retry::expiry(kind, self.now, Some(self.now + minutes(30))),
            audience: Audience::default(),
            channels: Vec::new(),
            telling: Telling::Audience,
        }
    }

    /// Publishes a minute later than whatever came before; returns number and readers to be told.
    pub fn publish(&mut self, incident: &str, kind: UpdateKind) -> (u64, u64) {
        self.pass(minutes(1));
        let publication = self.publication(incident, kind);
        match self.ledger.publish(&publication).unwrap() {
            Published::New { seq, told } => (seq, told),
            Published::Already { seq } => panic!("{} was published before, as {seq}", publication.statement),
        }
    }

    pub fn person(&self, name: &str) -> SignUp {
        SignUp {
            name: name.to_owned(),
            email: Address::read(&format!("{name}@example.org")).unwrap(),
            services: Vec::new(),
            areas: Vec::new(),
            follows: Follows::default(),
            language: String::new(),
            pace: Pace::All,
            hours: OwnHours::default(),
        }
    }

    pub fn sign_up(&mut self, people: &[SignUp]) -> Vec<SignedUp> {
        self.ledger.sign_up(people, Via::Operator, self.now).unwrap()
    }

    /// Someone who wants everything.
    pub fn subscribe(&mut self, name: &str) -> SubscriberId {
        self.subscribe_at(name, Pace::All)
    }

    pub fn subscribe_at(&mut self, name: &str, pace: Pace) -> SubscriberId {
        let person = SignUp { pace, ..self.person(name) };
        match self.sign_up(&[person])[..] {
            [SignedUp::Added(id)] => id,
            ref other => panic!("{name}: {other:?}"),
        }
    }

    /// As [`Self::deliver`], by the sender of mails to readers.
    pub fn deliver_readers(&mut self) -> Vec<(String, u64, u64)> {
        self.work = &[Work::Readers];
        let told = self.deliver();
        self.work = &Work::ALL;
        told
    }

    pub fn turn(&mut self, settle: &[(JobKey, Outcome)], intend: &[JobKey], claim: usize) -> Turned {
        let (owner, now, digest_gate) = (self.me, self.now, self.gate);
        self.ledger.turn(&Turn { owner, work: self.work, now, settle, intend, claim, digest_gate }).unwrap()
    }

    pub fn claim(&mut self) -> Vec<StatementClaim> {
        let claims = self.turn(&[], &[], 100).claims;
        claims
            .into_iter()
            .map(|claim| match claim {
                Claim::Statement(claim) => claim,
                other => panic!("{other:?}"),
            })
            .collect()
    }

    pub fn intend(&mut self, claim: &StatementClaim) -> bool {
        self.turn(&[], &[key(claim)], 0).may_go == [true]
    }

    pub fn settle(&mut self, claim: &StatementClaim, outcome: Outcome) {
        self.turn(&[(key(claim), outcome)], &[], 0);
    }

    /// Sends what is due until nothing is, and everything is accepted. Returns who was told: name, from, to.
    pub fn deliver(&mut self) -> Vec<(String, u64, u64)> {
        let mut told = Vec::new();
        loop {
            let claims = self.claim();
            if claims.is_empty() {
                told.sort();
                return told;
            }
            for claim in claims {
                if self.intend(&claim) {
                    self.settle(&claim, accepted());
                    told.push((claim.name, claim.from_seq, claim.seq));
                } else {
                    self.settle(&claim, Outcome::TakenBack);
                }
            }
        }
    }
}

/// Two senders on one ledger: each takes what the other has not, and hears what the other publishes.
pub fn share_the_work(mut one: Town, mut two: Town) {
    for n in 0..10 {
        one.subscribe(&format!("reader{n}"));
    }
    one.publish(MAIN, UpdateKind::Opened);
    two.now = one.now;
    let ours = one.turn(&[], &[], 4).claims;
    let theirs = two.turn(&[], &[], 100).claims;
    assert_eq!((ours.len(), theirs.len()), (4, 6));
    one.publish(MAIN, UpdateKind::Update);
    assert_eq!(two.turn(&[], &[theirs[0].key()], 0).may_go, [false], "it heard of the newer statement");
}

pub fn key(claim: &StatementClaim) -> JobKey {
    Claim::Statement(claim.clone()).key()
}

pub fn told(list: &[(&str, u64, u64)]) -> Vec<(String, u64, u64)> {
    list.iter().map(|(name, from, to)| ((*name).to_owned(), *from, *to)).collect()
}

pub fn slug(text: &str) -> Slug {
    text.into()
}

pub fn services(ids: &[&str]) -> Vec<ServiceId> {
    ids.iter().map(|id| ServiceId::from(*id)).collect()
}

pub fn areas(ids: &[&str]) -> Vec<AreaId> {
    ids.iter().map(|id| AreaId::from(*id)).collect()
}
