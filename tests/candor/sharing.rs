//! Senders that share a ledger on a server.

use std::io::Write;
use std::time::Duration;

use jiff::Timestamp;

use crate::site::Site;
use crate::telling::{live, roster};

/// An empty ledger on the server that was given; says so, past the capture of test output, where there is none.
pub(crate) fn on_server(name: &str) -> Option<String> {
    let Ok(server) = std::env::var("CANDOR_TEST_POSTGRES") else {
        let told = format!(
            "SKIPPED {name}: no PostgreSQL was given. tests/with_postgres.sh cargo test --test candor\n"
        );
        std::io::stderr().write_all(told.as_bytes()).unwrap();
        return None;
    };
    let mut client = postgres::Client::connect(&server, postgres::NoTls).unwrap();
    client.batch_execute(&format!("DROP SCHEMA IF EXISTS {name} CASCADE; CREATE SCHEMA {name}")).unwrap();
    Some(format!("{server}?options=-csearch_path%3D{name}"))
}

#[test]
fn what_one_machine_takes_up_another_sees() {
    let Some(url) = on_server("sharing_two") else { return };
    let (one, two) = (Site::town(), Site::town());
    for site in [&one, &two] {
        site.write("candor.host.toml", &format!("[store]\nurl = \"{url}\"\n"));
    }
    one.write("list.csv", &roster(3));
    one.candor(&["subscribers", "import", "list.csv"]).exits(0);
    two.candor(&["doctor"]).says("the ledger holds 3 subscribers");
    assert!(!one.exists(".candor/candor.db") && !two.exists(".candor/candor.db"));
}

#[test]
fn a_machine_goes_on_where_another_has_published() {
    let Some(url) = on_server("sharing_turns") else { return };
    let (one, two) = (Site::town(), Site::town());
    let commit = |site: &Site| {
        site.git(&["add", "-A"]);
        site.git(&["commit", "-qm", "news"]);
    };
    for site in [&one, &two] {
        site.write("candor.toml", &site.read("candor.toml").replace("publish = \"save\"\n", ""));
        site.write("candor.host.toml", &format!("[store]\nurl = \"{url}\"\n"));
        site.write(".gitignore", "public/\n.candor/\ncandor.host.toml\n");
        site.git(&["init", "-q", "-b", "main"]);
        commit(site);
    }
    let mut daemons = [&one, &two].map(|site| site.start(&["run", "--no-serve"]));
    let record = "public/api/candor/v1/record.jsonl";
    let comes = |site: &Site, words: &str| {
        let there = || site.exists(record) && site.read(record).contains(words);
        (0..1_200).any(|_| {
            std::thread::sleep(Duration::from_millis(50));
            there()
        })
    };
    let first = live(4);
    one.write("content/incidents/live.md", &first);
    commit(&one);
    let told = comes(&one, "We are cooling the pump");
    let heard = comes(&two, "We are cooling the pump");
    // The second machine is the first to see what comes next.
    let at = Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).strftime("%Y-%m-%d %H:%M%:z");
    two.write(
        "content/incidents/live.md",
        &format!("{first}\n## {at} Identified\n\nA bearing broke. We are changing it.\n"),
    );
    commit(&two);
    let went_on = comes(&two, "A bearing broke") && two.read(record).contains("We are cooling the pump");
    for daemon in &mut daemons {
        daemon.kill().unwrap();
        daemon.wait().unwrap();
    }
    assert!(told && heard && went_on, "told {told}, heard {heard}, went on {went_on}");
}

#[test]
fn the_doctor_asks_whether_the_server_is_there_and_for_one_key_for_all() {
    let site = Site::town();
    site.write(
        "candor.host.toml",
        "[store]\nurl = \"postgres://candor@127.0.0.1:9/candor\"\n\n[mail]\nrelay = \"smtp://127.0.0.1:9\"\n",
    );
    site.candor(&["doctor"])
        .exits(2)
        .says("Is PostgreSQL running")
        .says("senders share the ledger, but each makes a key of its own");
}
