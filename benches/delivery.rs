//! How many mails a second the books alone can carry: claim, intent and result of each, with every commit, over 10
//! connections that send nothing. `cargo bench --bench delivery -- [READERS] [CONNECTIONS]`

#![allow(clippy::print_stdout)] // It is a program for a person at a terminal.

mod readers;

use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use candor::clock::Clock;
use candor::config::StoreSettings;
use candor::daemon::{DeskSettings, OpenDesk};
use candor::outbox::*;
use candor::store::Store;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use readers::{person, publication};

fn main() {
    let numbers: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let readers = numbers.first().copied().unwrap_or(20_000);
    let connections = numbers.get(1).copied().unwrap_or(10);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let settings = StoreSettings::file("candor.db");
    let open = || Store::open(folder.path(), &settings, None).expect("the ledger opens");
    let mut ledger = open();
    let started = Instant::now();
    let people: Vec<SignUp> = (0..readers).map(person).collect();
    ledger.sign_up(&people, Via::Operator, Timestamp::now()).expect("new subscribers");
    println!("{readers} readers imported in {:?}", started.elapsed());
    for kind in [UpdateKind::Opened, UpdateKind::Update, UpdateKind::Holding] {
        publish(&mut ledger, kind);
        let rate = |took: Duration| (readers as f64 / took.as_secs_f64()).round();
        println!("  {kind:?} by the books alone: {} mails/s", rate(alone(&mut ledger, connections, readers)));
    }
    for kind in [UpdateKind::Correction, UpdateKind::Reopened, UpdateKind::Resolved] {
        publish(&mut ledger, kind);
        let took = at_the_desk(open(), connections, readers);
        let rate = (readers as f64 / took.as_secs_f64()).round();
        println!("  {kind:?} over {connections} connections of the desk: {rate} mails/s");
    }
}

fn publish(ledger: &mut Store, kind: UpdateKind) {
    let started = Instant::now();
    ledger.publish(&publication(kind)).expect("a new statement");
    println!("  {kind:?} published in {:?}", started.elapsed());
}

/// One thread that plays all connections in step: results of some, intents of others, work for the rest.
fn alone(ledger: &mut Store, connections: usize, readers: usize) -> Duration {
    let owner = ledger.enlist("bench", Timestamp::now()).expect("a sender");
    let started = Instant::now();
    let (mut intend, mut settle, mut sent) = (Vec::new(), Vec::new(), 0);
    loop {
        let now = Timestamp::now();
        let turn = Turn {
            owner,
            work: &Work::ALL,
            now,
            settle: &settle,
            intend: &intend,
            claim: connections,
            digest_gate: now,
        };
        let turned = ledger.turn(&turn).expect("a turn");
        sent += settle.len();
        assert!(turned.may_go.iter().all(|go| *go));
        settle = intend.into_iter().map(|key| (key, accepted())).collect();
        intend = turned.claims.iter().map(Claim::key).collect();
        if settle.is_empty() && intend.is_empty() {
            break;
        }
    }
    let took = started.elapsed();
    assert_eq!(sent, readers);
    ledger.bury(owner, Timestamp::now()).expect("a living sender");
    took
}

fn accepted() -> Outcome {
    Outcome::Accepted { reply: "250 2.0.0 Ok: queued as 12345".into() }
}

/// Threads that ask and wait, as connections do.
fn at_the_desk(ledger: Store, connections: usize, readers: usize) -> Duration {
    let settings = DeskSettings {
        host: "bench".into(),
        work: &Work::ALL,
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
    took
}

fn connection(desk: &OpenDesk) -> usize {
    let mut sent = 0;
    while let Some(job) = ask(|reply| desk.next(reply)) {
        assert!(ask(|reply| desk.intend(&job.key, reply)));
        ask(|reply| desk.settle(&job.key, accepted(), reply));
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
