//! What is SQLite's own: the file, its layout, its locks, several processes.

use std::path::Path;

use candor::config::StoreSettings;
use candor::outbox::*;
use candor::store::Store;

use crate::town::*;

fn open(site: &Path) -> Result<Store, LedgerError> {
    let settings = StoreSettings { survive_power_loss: true, ..StoreSettings::file(".candor/candor.db") };
    Store::open(site, &settings, None)
}

#[test]
fn what_was_committed_is_there_when_it_is_opened_again() {
    let site = tempfile::tempdir().unwrap();
    let mut town = Town::with(Box::new(open(site.path()).unwrap()));
    town.subscribe("ann");
    town.publish(MAIN, UpdateKind::Opened);
    drop(town);
    let mut ledger = open(site.path()).unwrap();
    assert_eq!(ledger.record().unwrap().lines().len(), 1);
    assert_eq!(ledger.progress().unwrap()[0].due, 1);
}

#[cfg(unix)]
#[test]
fn nobody_else_may_read_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let site = tempfile::tempdir().unwrap();
    let _ledger = open(site.path()).unwrap();
    for name in ["candor.db", "candor.db-wal", "candor.db-shm"] {
        let mode = std::fs::metadata(site.path().join(".candor").join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn a_file_that_a_newer_version_wrote_is_refused_with_the_way_out() {
    let site = tempfile::tempdir().unwrap();
    drop(open(site.path()).unwrap());
    let path = site.path().join(".candor/candor.db");
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let error = open(site.path()).err().unwrap();
    assert!(matches!(error, LedgerError::Newer { found: 99, .. }));
    assert!(error.to_string().contains("Run that version again, or put back the copy"), "{error}");
}

#[test]
fn a_file_that_is_something_else_is_refused_and_left_alone() {
    let site = tempfile::tempdir().unwrap();
    let path = site.path().join(".candor/candor.db");
    std::fs::create_dir(site.path().join(".candor")).unwrap();
    std::fs::write(&path, "This is a shopping list, not a database. ".repeat(50)).unwrap();
    let error = open(site.path()).err().unwrap();
    assert!(error.to_string().contains("is not an SQLite file"), "{error}");
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("This is a shopping list"));
}

#[test]
fn a_living_sender_is_not_dead_and_one_whose_process_ended_is() {
    let site = tempfile::tempdir().unwrap();
    let now = Town::new().now;
    let (mut one, mut two) = (open(site.path()).unwrap(), open(site.path()).unwrap());
    let first = one.enlist("one", now).unwrap();
    let second = two.enlist("two", now).unwrap();
    assert_eq!((one.dead().unwrap(), two.dead().unwrap()), (vec![], vec![]));
    // The lock goes with the connection, as it goes with the process.
    drop(one);
    assert_eq!(two.dead().unwrap(), [first]);
    two.bury(first, now).unwrap();
    assert_eq!(two.dead().unwrap(), []);
    two.bury(second, now).unwrap();
    assert!(std::fs::read_dir(site.path().join(".candor/candor.db-senders")).unwrap().next().is_none());
}

#[test]
fn two_processes_share_the_work_and_hear_of_each_others_publications() {
    let site = tempfile::tempdir().unwrap();
    let town = || Town::with(Box::new(open(site.path()).unwrap()));
    share_the_work(town(), town());
}

#[test]
fn while_another_process_writes_nothing_starts_and_then_it_goes_on() {
    let site = tempfile::tempdir().unwrap();
    let mut town = Town::with(Box::new(open(site.path()).unwrap()));
    town.subscribe("ann");
    town.publish(MAIN, UpdateKind::Opened);
    let other = rusqlite::Connection::open(site.path().join(".candor/candor.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let turn = Turn {
        owner: town.me,
        work: &Work::ALL,
        now: town.now,
        settle: &[],
        intend: &[],
        claim: 1,
        digest_gate: town.gate,
    };
    assert!(matches!(town.ledger.turn(&turn), Err(LedgerError::Locked)));
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(town.deliver(), told(&[("ann", 0, 1)]));
}
