//! How many mails a second the books alone can carry: claim, intent and result of each, with every commit, over 10
//! connections that send nothing. `cargo bench --bench delivery -- [READERS] [CONNECTIONS]`

use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Instant;

use candor::clock::Clock;
use candor::config::StoreSettings;
use candor::daemon::{DeskSettings, OpenDesk};
use candor::outbox::*;
use candor::store::SqliteLedger;
use candor::timeline::StatementId;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

fn main() {
    let numbers: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let readers = numbers.first().copied().unwrap_or(20_000);
    let connections = numbers.get(1).copied().unwrap_or(10);
    for survive_power_loss in [false, true] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let settings = StoreSettings { path: "candor.db".into(), survive_power_loss };
        let mut ledger = SqliteLedger::open(folder.path(), &settings).expect("a new ledger");
        let started = Instant::now();
        ledger.sign_up(&people(readers), Via::Operator, Timestamp::now()).expect("new subscribers");
        println!("survive_power_loss = {survive_power_loss}: {readers} imported in {:?}", started.elapsed());
        for kind in [UpdateKind::Opened, UpdateKind::Update, UpdateKind::Resolved] {
            let started = Instant::now();
            ledger.publish(&publication(kind)).expect("a new statement");
            let published = started.elapsed();
            let (back, took) = broadcast(ledger, connections, readers);
            ledger = back.reopen(folder.path(), &settings);
            let rate = readers as f64 / took.as_secs_f64();
            println!("  {kind:?}: published in {published:?}, sent in {took:?}, {rate:.0} mails/s");
        }
    }
}

/// A ledger that was given to a desk, and closed with it.
struct Closed;

impl Closed {
    fn reopen(self, folder: &std::path::Path, settings: &StoreSettings) -> SqliteLedger {
        SqliteLedger::open(folder, settings).expect("the ledger again")
    }
}

fn people(readers: usize) -> Vec<SignUp> {
    let person = |n| SignUp {
        name: format!("Reader {n}"),
        email: Address::read(&format!("reader{n}@example.org")).expect("an address"),
        services: Vec::new(),
        areas: Vec::new(),
        language: String::new(),
        pace: Pace::All,
    };
    (0..readers).map(person).collect()
}

fn publication(kind: UpdateKind) -> Publication {
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
        telling: Telling::Audience,
    }
}

fn broadcast(ledger: SqliteLedger, connections: usize, readers: usize) -> (Closed, std::time::Duration) {
    let settings = DeskSettings {
        host: "bench".into(),
        connections,
        compose: Box::new(|_| {
            Some(Arc::new(|| Envelope { from: String::new(), to: String::new(), message: Vec::new() }))
        }),
        clock: Arc::new(Clock::System),
        zone: TimeZone::UTC,
        notify: Box::new(|event| println!("{event:?}")),
    };
    let (desk, _) = OpenDesk::open(Box::new(ledger), settings).expect("the desk opens");
    let started = Instant::now();
    let sent: usize = std::thread::scope(|scope| {
        let work: Vec<_> = (0..connections).map(|_| scope.spawn(|| connection(&desk))).collect();
        work.into_iter().map(|thread| thread.join().expect("a connection")).sum()
    });
    let took = started.elapsed();
    assert_eq!(sent, readers);
    desk.close();
    (Closed, took)
}

fn connection(desk: &OpenDesk) -> usize {
    let mut sent = 0;
    while let Some(job) = ask(|reply| desk.next(reply)) {
        assert!(ask(|reply| desk.intend(&job.key, reply)));
        ask(|reply| {
            desk.settle(&job.key, Outcome::Accepted { reply: "250 2.0.0 Ok: queued as 12345".into() }, reply)
        });
        sent += 1;
    }
    sent
}

fn ask<T: Send + 'static>(question: impl FnOnce(Reply<T>)) -> T {
    let (answer, wait) = channel();
    question(Box::new(move |value| {
        let _ = answer.send(value);
    }));
    wait.recv().expect("the desk is open")
}
