//! `run` and `subscribers`: who is told, once, in order, and what stays when the sender is killed.

use std::collections::HashMap;
use std::time::Duration;

use jiff::{Timestamp, ToSpan, Zoned, tz::TimeZone};

use crate::relay::{Relay, Stored};
use crate::site::Site;

fn local(moment: Timestamp) -> Zoned {
    moment.to_zoned(TimeZone::get("Europe/London").unwrap())
}

/// An incident that began minutes ago, so that it is news.
pub(crate) fn live(minutes_ago: i64) -> String {
    let at = local(Timestamp::now() - minutes_ago.minutes());
    format!(
        "+++\ntitle = \"No water in Mill Lane\"\nseverity = \"major\"\nservices = [\"water\"]\nareas = [\"mill\"]\nowner = \"ann\"\ndeputy = \"bo\"\nstarted = {}\n+++\n\nThe pump at Mill Lane stopped.\n\n## {} Investigating\n\nAffected: 212 homes, counted from meters\nExpected fix: not known because the pump is still hot\n\nWe are sorry that you have no water. We are cooling the pump to look inside.\n\n### What you can do\n\nBottled water is at the school, open until 8pm.\n",
        at.strftime("%Y-%m-%dT%H:%M:00%:z"),
        at.strftime("%Y-%m-%d %H:%M%:z")
    )
}

pub(crate) fn roster(count: usize) -> String {
    let rows = (0..count).map(|n| format!("Reader {n},r{n}@mail.example,water,,en,all\n"));
    "name,email,services,areas,language,pace\n".to_owned() + &rows.collect::<String>()
}

fn host(relay: &Relay, connections: usize) -> String {
    format!(
        "[mail]\nrelay = \"smtp://127.0.0.1:{}\"\nfrom = \"Town status <status@town.example>\"\nconnections = {connections}\n",
        relay.port
    )
}

pub(crate) fn by_reader(stored: &[Stored]) -> HashMap<String, Vec<String>> {
    let mut mails: HashMap<String, Vec<String>> = HashMap::new();
    for mail in stored.iter().filter(|mail| mail.to.starts_with('r')) {
        let id =
            mail.message.lines().find(|line| line.to_ascii_lowercase().starts_with("message-id:")).unwrap();
        mails.entry(mail.to.clone()).or_default().push(id.to_owned());
    }
    mails
}

#[test]
fn bad_rows_are_listed_and_good_ones_kept() {
    let site = Site::town();
    site.write(
        "list.csv",
        "email,name,services,pace\nann@mail.example,Ann,water,all\nnot an address,Bo,water,all\ncy@mail.example,Cy,watr,all\ndi@mail.example,Di,buses,weekly\n",
    );
    let run = site.candor(&["subscribers", "import", "list.csv"]);
    let all = format!("{}{}", run.out, run.err);
    for words in ["list.csv:3", "list.csv:4", "\"water\"", "list.csv:5"] {
        assert!(all.contains(words), "no {words} in\n{all}");
    }
    site.candor(&["subscribers", "list"]).exits(0).says("ann@mail.example");
    site.candor(&["subscribers", "import", "list.csv"]).says("0 added");
    site.write("headless.csv", "ann@mail.example,Ann\n");
    site.candor(&["subscribers", "import", "headless.csv"]).exits(1).says("Nobody was taken in");
    let export = site.candor(&["subscribers", "export"]).exits(0).out;
    assert!(export.starts_with("name,email,services,areas,language,pace,zone,quiet\n"), "{export}");
    site.candor(&["subscribers", "forget", "ann@mail.example"]).exits(0);
    site.candor(&["subscribers", "import", "list.csv"]).says("not brought back");
}

#[test]
fn who_asked_for_no_language_is_led_to_the_page_in_the_sites_own() {
    let site = Site::town();
    let relay = Relay::start(Duration::ZERO);
    site.write("candor.host.toml", &host(&relay, 2));
    site.write("list.csv", "email\nra@mail.example\n");
    site.candor(&["subscribers", "import", "list.csv"]).exits(0);
    site.write("content/incidents/live.md", &live(4));
    site.candor(&["run", "--once"]).exits(0);
    let stored = relay.stored();
    let mail = stored.iter().find(|mail| mail.to == "ra@mail.example").unwrap();
    assert!(mail.message.contains("\r\nhttps://status.town.example/incidents/live/\r\n"), "{}", mail.message);
}

#[test]
fn an_archive_mails_nobody_and_news_mails_those_concerned() {
    let site = Site::town();
    let relay = Relay::start(Duration::ZERO);
    site.write("candor.host.toml", &host(&relay, 2));
    site.write("content/incidents/2026-03-02-pump.md", crate::building::PUMP);
    site.write("list.csv", "name,email,services,areas\nA,ra@mail.example,water,north\nB,rb@mail.example,buses,\nC,rc@mail.example,,\n");
    site.candor(&["subscribers", "import", "list.csv"]).exits(0);
    site.candor(&["run", "--once"]).exits(0);
    assert_eq!(relay.stored(), []);
    site.write("content/incidents/live.md", &live(4));
    site.candor(&["run", "--once", "--dry-run"]).exits(0).says("ra@mail.example");
    assert_eq!(relay.stored(), []);
    site.candor(&["run", "--once"]).exits(0);
    let mails = by_reader(&relay.stored());
    assert_eq!(mails.len(), 2, "{mails:?}");
    assert!(mails.contains_key("ra@mail.example") && mails.contains_key("rc@mail.example"));
    site.candor(&["run", "--once"]).exits(0);
    assert_eq!(by_reader(&relay.stored()), mails, "told twice");
    site.candor(&["delivery", "progress"]).exits(0).says("2 told");
    site.candor(&["subscribers", "show", "ra@mail.example"]).exits(0).says("live");
}

#[test]
fn a_silence_is_filled_once_and_a_lost_ledger_mails_nobody_again() {
    let site = Site::town();
    let relay = Relay::start(Duration::ZERO);
    site.write("candor.host.toml", &host(&relay, 2));
    site.write("list.csv", &roster(1));
    site.candor(&["subscribers", "import", "list.csv"]).exits(0);
    site.write("content/incidents/live.md", &live(10));
    site.candor(&["run", "--once"]).exits(0);
    let later = |minutes: i64| (Timestamp::now() + minutes.minutes()).to_string();
    // Nobody wrote: a warning sign for the owner, and a statement for the readers.
    site.candor(&["run", "--once", "--at", &later(25)]).says("holding update");
    site.candor(&["run", "--once", "--at", &later(26)]);
    let stored = relay.stored();
    let mails = by_reader(&stored);
    assert_eq!(mails["r0@mail.example"].len(), 2, "{mails:?}");
    assert!(site.read("public/incidents/live/index.html").contains("nothing new"));

    for file in ["candor.db", "candor.db-wal", "candor.db-shm"] {
        let _ = std::fs::remove_file(site.path(".candor").join(file));
    }
    site.candor(&["run", "--once", "--at", &later(27)]);
    assert_eq!(relay.stored().len(), stored.len(), "a lost ledger told someone again");
    assert!(site.read("public/incidents/live/index.html").contains("nothing new"));
}
