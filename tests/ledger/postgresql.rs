//! What is PostgreSQL's own: several senders at once, sessions that break, layouts, news between processes.

use std::io::Write;
use std::path::Path;
use std::sync::mpsc::channel;
use std::time::Duration;

use candor::config::StoreSettings;
use candor::outbox::*;
use candor::store::{Store, listen};

use crate::server::on_server;
use crate::town::*;

/// A server's ledger, opened as often as a test wants. Says so where there is no server, past the capture of test output.
fn server() -> Option<StoreSettings> {
    let settings = on_server();
    if settings.is_none() {
        let told =
            "SKIPPED over PostgreSQL: no server was given. tests/with_postgres.sh cargo test --test ledger\n";
        std::io::stderr().write_all(told.as_bytes()).unwrap();
    }
    settings
}

fn open(settings: &StoreSettings) -> Result<Store, LedgerError> {
    Store::open(Path::new(""), settings, None)
}

fn town(settings: &StoreSettings) -> Town {
    Town::with(Box::new(open(settings).unwrap()))
}

#[test]
fn two_senders_share_the_work_and_hear_of_each_others_publications() {
    let Some(settings) = server() else { return };
    share_the_work(town(&settings), town(&settings));
}

#[test]
fn a_sender_whose_session_ended_is_dead_and_gives_back_what_it_held() {
    let Some(settings) = server() else { return };
    let (mut one, mut two) = (town(&settings), town(&settings));
    one.subscribe("ann");
    one.publish(MAIN, UpdateKind::Opened);
    assert_eq!(one.claim().len(), 1);
    assert_eq!((one.ledger.dead().unwrap(), two.ledger.dead().unwrap()), (vec![], vec![]));
    let (first, now) = (one.me, one.now);
    drop(one);
    let dead = (0..50).find_map(|_| {
        std::thread::sleep(Duration::from_millis(20));
        Some(two.ledger.dead().unwrap()).filter(|dead| !dead.is_empty())
    });
    assert_eq!(dead, Some(vec![first]));
    assert_eq!(two.ledger.bury(first, now).unwrap(), Buried { given_back: 1, in_doubt: 0 });
    two.now = now;
    assert_eq!(two.deliver(), told(&[("ann", 0, 1)]));
}

#[test]
fn a_session_that_broke_is_opened_again_and_nothing_that_was_permitted_before_is_permitted_twice() {
    let Some(settings) = server() else { return };
    let mut town = town(&settings);
    town.subscribe("ann");
    town.publish(MAIN, UpdateKind::Opened);
    let claim = town.claim().remove(0);
    assert!(town.intend(&claim));
    cut(&settings);
    let turn = Turn {
        owner: town.me,
        now: town.now,
        settle: &[],
        intend: &[],
        claim: 1,
        work: &Work::ALL,
        digest_gate: town.gate,
    };
    // The first one to notice fails whole; the next one is answered over a new session.
    let tried = (0..2).find_map(|_| town.ledger.turn(&turn).ok());
    assert!(tried.is_some_and(|turned| turned.claims.is_empty()));
    assert_eq!(town.ledger.dead().unwrap(), [], "it took its lock again");
    assert!(!town.intend(&claim));
    town.settle(&claim, accepted());
    assert_eq!(town.ledger.progress().unwrap()[0].told, 1);
}

/// Ends the session of every sender.
fn cut(settings: &StoreSettings) {
    let mut client = postgres::Client::connect(&settings.server, postgres::NoTls).unwrap();
    let sql = "SELECT count(pg_terminate_backend(pid)) FROM pg_locks
               WHERE locktype = 'advisory' AND pid <> pg_backend_pid() AND objsubid = 2
                 AND classid::bigint = hashtext(current_schema())::bigint & 4294967295";
    client.query(sql, &[]).unwrap();
}

#[test]
fn whoever_listens_hears_of_a_publication_of_another_process_at_once() {
    let Some(settings) = server() else { return };
    let mut town = town(&settings);
    let (heard, hear) = channel();
    let listener = std::thread::spawn(move || {
        let mut began = false;
        listen(&settings, None, &mut |news| {
            if !std::mem::replace(&mut began, true) || news {
                heard.send(news).unwrap();
            }
            !news
        })
    });
    let patience = Duration::from_secs(10);
    assert!(!hear.recv_timeout(patience).unwrap(), "it listens");
    town.publish(MAIN, UpdateKind::Opened);
    assert!(hear.recv_timeout(patience).unwrap());
    listener.join().unwrap().unwrap();
}

#[test]
fn tables_that_a_newer_version_wrote_are_refused_with_the_way_out() {
    let Some(settings) = server() else { return };
    drop(open(&settings).unwrap());
    let mut client = postgres::Client::connect(&settings.server, postgres::NoTls).unwrap();
    client.batch_execute("UPDATE layout SET n = 99").unwrap();
    let error = open(&settings).err().unwrap();
    assert!(matches!(error, LedgerError::Newer { found: 99, .. }));
    assert!(error.to_string().contains("Run that version again"), "{error}");
}

#[test]
fn a_server_that_is_not_there_is_said_with_what_to_look_at() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let server = format!("postgres://candor@{nobody}/candor");
    let error = open(&StoreSettings { server, ..StoreSettings::file("") }).err().unwrap();
    assert!(error.to_string().contains("Is PostgreSQL running"), "{error}");
}

#[test]
fn senders_at_the_same_time_take_each_mail_once() {
    const READERS: usize = 2000;
    let Some(settings) = server() else { return };
    let mut first = town(&settings);
    let people: Vec<SignUp> = (0..READERS).map(|n| first.person(&format!("reader{n}"))).collect();
    first.sign_up(&people);
    first.publish(MAIN, UpdateKind::Opened);
    let now = first.now;
    let mut told: Vec<_> = std::thread::scope(|scope| {
        let senders: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let mut town = town(&settings);
                    town.now = now;
                    town.deliver()
                })
            })
            .collect();
        senders.into_iter().flat_map(|sender| sender.join().unwrap()).collect()
    });
    told.sort();
    told.dedup();
    assert_eq!(told.len(), READERS);
    assert_eq!(first.ledger.progress().unwrap()[0].told, READERS as u64);
}
