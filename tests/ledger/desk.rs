//! The desk: many connections, one ledger, one commit for all who wait.

use std::path::Path;
use std::sync::atomic::AtomicI64;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};

use candor::clock::Clock;
use candor::config::StoreSettings;
use candor::daemon::{DeskEvent, DeskSettings, OpenDesk};
use candor::outbox::*;
use candor::store::Store;
use jiff::tz::TimeZone;

use crate::town::*;

fn settings(now: jiff::Timestamp) -> (DeskSettings, Receiver<DeskEvent>) {
    let (say, events) = channel();
    let settings = DeskSettings {
        work: &Work::ALL,
        host: "here".into(),
        connections: 2,
        compose: Box::new(|claim| {
            let to = match claim {
                Claim::Statement(claim) => claim.email.clone(),
                Claim::Notice(_, notice) => notice.to.clone(),
                Claim::Post(post) => post.channel.clone(),
            };
            Some(Arc::new(move || Envelope { from: String::new(), to: to.clone(), message: Vec::new() }))
        }),
        clock: Arc::new(Clock::Fixed(now)),
        zone: TimeZone::UTC,
        notify: Box::new(move |event| {
            let _ = say.send(event);
        }),
    };
    (settings, events)
}

/// A town with a ledger in a file, and so many readers who are due a first mail.
fn town(site: &Path, readers: usize) -> Town {
    let settings = StoreSettings::file("candor.db");
    let mut town = Town::with(Box::new(Store::open(site, &settings, None).unwrap()));
    for n in 0..readers {
        town.subscribe(&format!("reader{n}"));
    }
    town.publish(MAIN, UpdateKind::Opened);
    town
}

fn ask<T: Send + 'static>(question: impl FnOnce(Reply<T>)) -> Option<T> {
    let (answer, wait) = channel();
    question(Box::new(move |value| {
        let _ = answer.send(value);
    }));
    wait.recv().ok()
}

fn next(desk: &OpenDesk) -> Option<Job> {
    ask(|reply| desk.next(reply)).unwrap()
}

/// Sends one mail as a transport does.
fn send(desk: &OpenDesk, job: &Job, outcome: Outcome) -> bool {
    let may_go = ask(|reply| desk.intend(&job.key, reply)).unwrap();
    let outcome = if may_go { outcome } else { Outcome::TakenBack };
    ask(|reply| desk.settle(&job.key, outcome, reply)).unwrap();
    may_go
}

#[test]
fn many_connections_tell_everyone_once() {
    let site = tempfile::tempdir().unwrap();
    let town = town(site.path(), 300);
    let (desk, _) = OpenDesk::open(town.ledger, settings(town.now).0).unwrap();
    let told = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                while let Some(job) = next(&desk) {
                    assert!(send(&desk, &job, accepted()));
                    told.lock().unwrap().push((job.render)().to);
                }
            });
        }
    });
    let mut told = told.into_inner().unwrap();
    told.sort();
    let all = told.len();
    told.dedup();
    assert_eq!((all, told.len()), (300, 300));
    let progress = desk.with_ledger(|ledger| ledger.progress().unwrap().remove(0)).unwrap();
    assert_eq!((progress.told, progress.sending), (300, 0));
}

#[test]
fn what_was_taken_ahead_is_given_back_at_the_end() {
    let site = tempfile::tempdir().unwrap();
    let town = town(site.path(), 50);
    let (desk, _) = OpenDesk::open(town.ledger, settings(town.now).0).unwrap();
    let job = next(&desk).unwrap();
    assert!(send(&desk, &job, accepted()));
    let sending = |desk: &OpenDesk| desk.with_ledger(|ledger| ledger.progress().unwrap()[0].sending).unwrap();
    assert!(sending(&desk) > 0 && sending(&desk) <= 5, "two mails for each connection, not the whole town");
    desk.put_back();
    assert_eq!(sending(&desk), 0);
    desk.close();
    assert!(desk.with_ledger(|_| ()).is_none());
    assert!(ask(|reply| desk.next(reply)).is_none(), "a closed desk drops the reply");
}

#[test]
fn a_desk_that_was_not_closed_leaves_nothing_but_doubts_behind() {
    let site = tempfile::tempdir().unwrap();
    let mut town = town(site.path(), 10);
    // What a killed process leaves: two claimed, one of them past the dot.
    let claims = town.turn(&[], &[], 2).claims;
    assert_eq!(town.turn(&[], &[claims[0].key()], 0).may_go, [true]);
    let now = town.now;
    drop(town);
    let store = StoreSettings::file("candor.db");
    let ledger = Store::open(site.path(), &store, None).unwrap();
    let (desk, buried) = OpenDesk::open(Box::new(ledger), settings(now).0).unwrap();
    assert_eq!(buried, Buried { given_back: 1, in_doubt: 1 });
    let mut told = 0;
    while let Some(job) = next(&desk) {
        told += usize::from(send(&desk, &job, accepted()));
    }
    assert_eq!(told, 9);
}

#[test]
fn what_a_sender_held_that_dies_beside_others_is_free_within_seconds() {
    let site = tempfile::tempdir().unwrap();
    let mut dying = town(site.path(), 2);
    let now = dying.now;
    let clock =
        Arc::new(Clock::Jumping { nanoseconds: AtomicI64::new(now.as_nanosecond().try_into().unwrap()) });
    let ledger = Store::open(site.path(), &StoreSettings::file("candor.db"), None).unwrap();
    let living = DeskSettings { clock: clock.clone(), ..settings(now).0 };
    let (desk, _) = OpenDesk::open(Box::new(ledger), living).unwrap();
    assert_eq!(dying.claim().len(), 2);
    drop(dying);
    assert!(next(&desk).is_none());
    clock.sleep_until(now + jiff::SignedDuration::from_secs(10), &|| false);
    assert!(next(&desk).is_some());
}

#[test]
fn a_mail_for_which_there_are_no_words_is_put_off_and_not_forgotten() {
    let site = tempfile::tempdir().unwrap();
    let town = town(site.path(), 10);
    let wordless = DeskSettings { compose: Box::new(|_| None), ..settings(town.now).0 };
    let (desk, _) = OpenDesk::open(town.ledger, wordless).unwrap();
    assert!(next(&desk).is_none());
    desk.put_back();
    let progress = desk.with_ledger(|ledger| ledger.progress().unwrap().remove(0)).unwrap();
    assert_eq!((progress.sending, progress.due + progress.waiting), (0, 10), "{progress:?}");
}

#[test]
fn when_the_ledger_cannot_be_written_nothing_starts_and_results_are_kept() {
    let site = tempfile::tempdir().unwrap();
    let town = town(site.path(), 10);
    let (settings, events) = settings(town.now);
    let (desk, _) = OpenDesk::open(town.ledger, settings).unwrap();
    let (under_way, at_the_dot) = (next(&desk).unwrap(), next(&desk).unwrap());
    assert!(ask(|reply| desk.intend(&under_way.key, reply)).unwrap());
    let other = rusqlite::Connection::open(site.path().join("candor.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert!(!ask(|reply| desk.intend(&at_the_dot.key, reply)).unwrap());
    assert!(matches!(events.recv().unwrap(), DeskEvent::Stuck(LedgerError::Locked)));
    let (answer, settled) = channel();
    desk.settle(&under_way.key, accepted(), Box::new(move |()| answer.send(()).unwrap()));
    assert!(settled.try_recv().is_err());
    other.execute_batch("ROLLBACK").unwrap();
    settled.recv().unwrap();
    assert!(matches!(events.recv().unwrap(), DeskEvent::Unstuck));
    let history = desk.with_ledger(|ledger| ledger.progress().unwrap()[0].told).unwrap();
    assert_eq!(history, 1);
}

#[test]
fn a_relay_that_refuses_us_again_and_again_pauses_the_incident() {
    let site = tempfile::tempdir().unwrap();
    let town = town(site.path(), 30);
    let (settings, events) = settings(town.now);
    let (desk, _) = OpenDesk::open(town.ledger, settings).unwrap();
    let mut refused = 0;
    while let Some(job) = next(&desk) {
        refused +=
            usize::from(send(&desk, &job, Outcome::Policy { code: 550, text: "5.7.1 blocked".into() }));
    }
    assert_eq!(refused, 20);
    let DeskEvent::Paused(tripped) = events.recv().unwrap() else { panic!("nobody was told") };
    assert_eq!(tripped.why, "the relay refused 20 of the last 20 mails: 550 5.7.1 blocked");
    let paused = desk.with_ledger(|ledger| ledger.progress().unwrap().remove(0)).unwrap();
    assert_eq!(paused.paused, tripped.why);
    assert!(desk.with_ledger(|ledger| ledger.suppressed().unwrap().is_empty()).unwrap());
}
