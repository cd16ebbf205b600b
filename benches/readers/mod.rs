//! A ledger's readers and what they are told, for the benchmarks that send.

use candor::outbox::*;
use candor::timeline::StatementId;
use jiff::{SignedDuration, Timestamp};

/// Somebody who wants everything.
pub(crate) fn person(n: usize) -> SignUp {
    SignUp {
        name: format!("Reader {n}"),
        email: Address::read(&format!("reader{n}@example.org")).expect("an address"),
        services: Vec::new(),
        areas: Vec::new(),
        follows: Default::default(),
        language: String::new(),
        pace: Pace::All,
        hours: OwnHours::default(),
    }
}

/// A statement of now for everybody; one of each kind.
pub(crate) fn publication(kind: UpdateKind) -> Publication {
    let now = Timestamp::now();
    Publication {
        incident: "burst-main".into(),
        statement: StatementId::from(format!("burst-main/{kind:?}").as_str()),
        kind,
        slot: None,
        lines: Vec::new(),
        retracts: None,
        published_at: now,
        starts_at: now,
        expires_at: now + SignedDuration::from_hours(4),
        audience: Audience::default(),
        channels: Vec::new(),
        telling: Telling::Audience,
    }
}
