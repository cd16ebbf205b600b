//! Senders that are killed again and again: nobody is skipped, nobody is told twice, and every mail of which nobody knows is
//! listed, one for each connection and kill at most (T1 of DELIVERY.md).
//!
//! The relay is the ground truth. It answers some time after it has stored a mail, so that kills leave doubts. Short here;
//! in full, 100,000 mails and 50 kills each, over both kinds of ledger:
//!
//! ```sh
//! CANDOR_TEST_READERS=100000 CANDOR_TEST_KILLS=50 tests/with_postgres.sh cargo test --release --test candor killing -- --nocapture
//! ```

use std::collections::HashMap;
use std::process::Child;
use std::time::{Duration, Instant};

use crate::relay::Relay;
use crate::sharing::on_server;
use crate::site::Site;
use crate::telling::{by_reader, live, roster};

const CONNECTIONS: usize = 4;

#[test]
fn one_sender_on_a_file() {
    kill_and_count(1, "sqlite:.candor/candor.db", 20, 2_000);
}

#[test]
fn two_senders_on_one_file() {
    let folder = tempfile::tempdir().unwrap();
    kill_and_count(2, &format!("sqlite:{}", folder.path().join("shared.db").display()), 10, 1_000);
}

#[test]
fn one_sender_on_a_server() {
    if let Some(url) = on_server("killing_one") {
        kill_and_count(1, &url, 10, 1_000);
    }
}

#[test]
fn two_senders_on_a_server() {
    if let Some(url) = on_server("killing_two") {
        kill_and_count(2, &url, 20, 2_000);
    }
}

/// A number from the environment, for the long run.
fn number(name: &str, short: usize) -> usize {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(short)
}

#[allow(clippy::print_stdout)] // For `--nocapture`.
fn kill_and_count(senders: usize, store: &str, kills: usize, readers: usize) {
    let (kills, readers) = (number("CANDOR_TEST_KILLS", kills), number("CANDOR_TEST_READERS", readers));
    let broadcast = Broadcast::prepare(senders, store, readers);
    let Broadcast { relay, sites, .. } = &broadcast;
    let began = Instant::now();
    // The first one publishes; the others find it published.
    let mut running = vec![sites[0].start(&["run", "--once"])];
    wait(|| relay.count() > 0);
    running.extend(sites[1..].iter().map(|site| site.start(&["run", "--once"])));
    let mut seed: usize = 0x5eed;
    for kill in 0..kills {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        // Spread over the whole broadcast, and never at its end.
        let step = readers * 9 / 10 / kills;
        let target = relay.count() + step / 2 + (seed >> 33) % (step / 2).max(1);
        wait(|| relay.count() >= target);
        let victim = kill % senders;
        end(&mut running[victim]);
        running[victim] = sites[victim].start(&["run", "--once"]);
    }
    running.iter_mut().for_each(|child| assert!(child.wait().unwrap().success()));
    let Account { doubts, lost } = broadcast.account();
    assert!(doubts <= CONNECTIONS * kills, "{doubts} mails in doubt after {kills} kills");
    println!(
        "{senders} senders, {store}: {readers} readers, {kills} kills in {:.0?}: 0 skipped, 0 told twice, {doubts} in doubt, of \
         which {lost} were not stored",
        began.elapsed(),
    );
}

/// Breaks with a server cost less than a kill: the sender lives and keeps what it cannot write down yet (T9).
#[test]
fn a_sender_whose_sessions_the_server_ends() {
    let Some(url) = on_server("killing_sessions") else { return };
    let broadcast = Broadcast::prepare(1, &url, 1_000);
    let Broadcast { relay, sites, .. } = &broadcast;
    let run = || sites[0].start(&["run", "--once"]);
    let mut sender = run();
    for _ in 0..8 {
        let target = relay.count() + 60;
        wait(|| relay.count() >= target || sender.try_wait().unwrap().is_some());
        end_sessions(&url);
        // With nothing more permitted, its connections may all have come to their end.
        if sender.try_wait().unwrap().is_some() {
            sender = run();
        }
    }
    sender.wait().unwrap();
    assert_eq!(broadcast.account().doubts, 0);
}

/// Ends the sessions of the senders of one ledger, which hold its locks.
fn end_sessions(url: &str) {
    let mut client = postgres::Client::connect(url, postgres::NoTls).unwrap();
    let sql = "SELECT count(pg_terminate_backend(pid)) FROM pg_locks
               WHERE locktype = 'advisory' AND pid <> pg_backend_pid() AND objsubid = 2
                 AND classid::bigint = hashtext(current_schema())::bigint & 4294967295";
    client.query(sql, &[]).unwrap();
}

/// A town's first words to its readers, and the relay that carries them.
struct Broadcast {
    relay: Relay,
    sites: Vec<Site>,
    readers: usize,
    _keys: tempfile::NamedTempFile,
}

/// What a broadcast left.
struct Account {
    doubts: usize,
    /// Doubts of which the relay stored nothing.
    lost: usize,
}

impl Broadcast {
    /// So many senders share one ledger; nothing is published yet.
    fn prepare(senders: usize, store: &str, readers: usize) -> Self {
        let relay = Relay::keeping_heads(Duration::from_millis(4));
        let keys = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(keys.path(), "one key for all senders").unwrap();
        let host = format!(
            "[store]\nurl = \"{store}\"\n\n[mail]\nrelay = \"smtp://127.0.0.1:{}\"\nfrom = \"Town status <status@town.example>\"\n\
             connections = {CONNECTIONS}\ntoken_key_file = \"{}\"\n",
            relay.port,
            keys.path().display()
        );
        let news = live(3);
        let sites: Vec<Site> = (0..senders).map(|_| Site::town()).collect();
        for site in &sites {
            site.write("candor.host.toml", &host);
        }
        sites[0].write("list.csv", &roster(readers));
        sites[0].candor(&["subscribers", "import", "list.csv"]).exits(0);
        for site in &sites {
            site.write("content/incidents/live.md", &news);
        }
        Self { relay, sites, readers, _keys: keys }
    }

    /// Sends what is left, and holds the mailboxes against the books.
    fn account(&self) -> Account {
        self.sites[0].candor(&["run", "--once"]).exits(0);
        let mails = by_reader(&self.relay.stored());
        let twice: Vec<_> = mails.iter().filter(|(_, ids)| ids.len() > 1).take(5).collect();
        assert!(twice.is_empty(), "told twice: {twice:?}");
        let doubts = listed(&self.sites[0]);
        let skipped = (0..self.readers)
            .map(|n| format!("r{n}@mail.example"))
            .find(|reader| !mails.contains_key(reader) && !doubts.contains_key(reader));
        assert_eq!(skipped, None);
        assert!(doubts.values().all(|times| *times == 1), "{doubts:?}");
        let lost = doubts.keys().filter(|reader| !mails.contains_key(*reader)).count();
        Account { doubts: doubts.len(), lost }
    }
}

/// Readers whose mail is listed as in doubt, and how often.
fn listed(site: &Site) -> HashMap<String, usize> {
    let mut times = HashMap::new();
    for line in site.candor(&["delivery", "in-doubt"]).exits(0).out.lines() {
        if let Some(reader) = line.split_whitespace().find(|word| word.contains("@mail.example")) {
            let reader = reader.trim_matches(|c: char| !c.is_alphanumeric());
            *times.entry(reader.to_owned()).or_default() += 1;
        }
    }
    times
}

fn wait(mut until: impl FnMut() -> bool) {
    let began = Instant::now();
    while !until() && began.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(1));
    }
    assert!(until(), "nothing happened for a minute");
}

fn end(child: &mut Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}
