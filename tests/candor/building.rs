//! `build`: what is published stays, what is broken hurts nothing else, and only what changed is written.

use std::io::{Read, Write};

use crate::site::Site;

/// A major incident that ended well, with every interval kept.
pub(crate) const PUMP: &str = "\
+++
title = \"No water in Mill Lane\"
severity = \"major\"
services = [\"water\"]
areas = [\"mill\"]
owner = \"ann\"
started = 2026-03-02T08:50:00
cause = \"pump\"
+++

The pump at Mill Lane stopped at 8:50am. 212 homes had no water.

## 2026-03-02 09:00 Investigating

Affected: 212 homes, counted from meters
Expected fix: not known because the pump is still hot

We are sorry that you have no water. We are cooling the pump to look inside.

### What you can do

Bottled water is at the school, open until 8pm.

## 2026-03-02 09:25 Resolved

Water is back in every home since 9:20am. A fuse had blown; we replaced it.
";

const AT: &[&str] = &["build", "--at", "2026-03-05 12:00"];

#[test]
fn a_file_becomes_a_page_a_feed_and_a_record() {
    let site = Site::town();
    site.write("content/incidents/2026-03-02-pump.md", PUMP);
    site.candor(AT).exits(0).says("recorded  2 statements");
    let more =
        format!("{PUMP}\n## 2026-03-04 10:00 Review\n\nA fuse blew in the heat; we had no second one.\n");
    site.write("content/incidents/2026-03-02-pump.md", &more);
    site.candor(AT).says("published 2026-03-02-pump/20260304T1000Z");
    let page = site.read("public/incidents/2026-03-02-pump/index.html");
    for words in ["No water in Mill Lane", "Water is back in every home", "212 homes", "Ann Bell"] {
        assert!(page.contains(words), "{words} is not on the page");
    }
    assert!(site.read("public/index.html").contains("No water in Mill Lane"));
    assert!(site.read("public/feed.atom").contains("tag:status.town.example"));
    assert_eq!(site.read("public/api/candor/v1/record.jsonl").lines().count(), 4);
}

#[test]
fn the_same_again_writes_nothing() {
    let site = Site::town();
    site.write("content/incidents/2026-03-02-pump.md", PUMP);
    site.candor(AT).exits(0);
    let before: Vec<String> =
        site.files("public").iter().map(|path| site.read(&format!("public/{path}"))).collect();
    site.candor(AT).exits(0).says("0 files written");
    let after: Vec<String> =
        site.files("public").iter().map(|path| site.read(&format!("public/{path}"))).collect();
    assert_eq!(before, after);
}

#[test]
fn a_file_that_breaks_stays_as_it_was_published() {
    let site = Site::town();
    site.write("content/incidents/2026-03-02-pump.md", PUMP);
    site.candor(AT).exits(0);
    site.write("content/incidents/2026-03-02-pump.md", &PUMP.replace("severity = \"major\"", "severity = "));
    site.candor(AT).exits(1).says("2026-03-02-pump.md:3");
    let page = site.read("public/incidents/2026-03-02-pump/index.html");
    assert!(page.contains("Water is back in every home"), "the statement is gone");
    assert!(page.contains("corrected"), "readers are not told that a statement is being corrected");
}

#[test]
fn a_deleted_file_and_a_silent_edit_do_not_take_back_what_was_said() {
    let site = Site::town();
    site.write("content/incidents/2026-03-02-pump.md", PUMP);
    site.candor(AT).exits(0);
    site.write(
        "content/incidents/2026-03-02-pump.md",
        &PUMP.replace("212 homes had", "12 homes had").replace("A fuse had blown", "Nothing happened"),
    );
    site.candor(AT).exits(1).says("silent-edit");
    let page = site.read("public/incidents/2026-03-02-pump/index.html");
    assert!(page.contains("A fuse had blown") && !page.contains("Nothing happened"));
    std::fs::remove_file(site.path("content/incidents/2026-03-02-pump.md")).unwrap();
    site.candor(AT).exits(1);
    assert!(site.read("public/incidents/2026-03-02-pump/index.html").contains("A fuse had blown"));
}

#[test]
fn a_false_promise_is_withheld_and_the_rest_is_published() {
    let site = Site::town();
    let update = "\n## 2026-03-02 09:20 Identified\n\nIt will be fixed soon.\n";
    let (head, tail) = PUMP.split_at(PUMP.find("\n## 2026-03-02 09:25").unwrap());
    site.write("content/incidents/2026-03-02-pump.md", &format!("{head}{update}{tail}"));
    site.candor(AT).exits(1).says("unbacked-soon").says("withheld");
    let page = site.read("public/incidents/2026-03-02-pump/index.html");
    assert!(page.contains("Water is back in every home") && !page.contains("fixed soon"));
}

/// Serves one text to one client, and says where.
fn served(text: String) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let (mut client, _) = listener.accept().unwrap();
        let mut asked = Vec::new();
        while !asked.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            client.read_exact(&mut byte).unwrap();
            asked.push(byte[0]);
        }
        write!(client, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{text}", text.len()).unwrap();
    });
    format!("http://{address}/api/candor/v1/record.jsonl")
}

#[test]
fn the_record_of_the_site_that_is_online_is_read_back() {
    let site = Site::town();
    site.write("content/incidents/2026-03-02-pump.md", PUMP);
    site.candor(&["build", "--at", "2026-03-02 09:30"]).exits(0);
    let record = site.read("public/api/candor/v1/record.jsonl");
    std::fs::remove_dir_all(site.path("public")).unwrap();
    let build = |url: &str| site.candor(&["build", "--at", "2026-03-05 12:00", "--record", url]);
    build(&served(record.replace("fuse", "cable"))).exits(3).says("damaged at line");
    build("http://127.0.0.1:1/record.jsonl").exits(3).says("opens in a browser");
    build(&served(record.clone())).exits(0);
    assert!(site.read("public/api/candor/v1/record.jsonl").starts_with(&record));
}

#[test]
fn a_demo_that_cannot_be_shown_leaves_nothing_behind() {
    let site = Site::empty();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    site.candor(&["demo", "town", "--listen", &address]).exits(2).says("cannot listen on");
    assert!(!site.exists("town"));
}

#[test]
fn a_record_that_would_lose_statements_is_refused() {
    let site = Site::town();
    site.write("content/incidents/2026-03-02-pump.md", PUMP);
    site.candor(AT).exits(0);
    site.write("empty.jsonl", "");
    std::fs::remove_file(site.path("content/incidents/2026-03-02-pump.md")).unwrap();
    let before = site.read("public/incidents/2026-03-02-pump/index.html");
    site.candor(&["build", "--at", "2026-03-05 12:00", "--record", "empty.jsonl"]).exits(3).says("--record");
    assert_eq!(site.read("public/incidents/2026-03-02-pump/index.html"), before);
}

#[test]
fn what_is_not_committed_is_previewed_and_not_published() {
    let site = Site::town();
    site.write("candor.toml", &site.read("candor.toml").replace("publish = \"save\"\n", ""));
    site.write(".gitignore", "public/\n.candor/\n");
    site.git(&["init", "-q", "-b", "main"]);
    site.candor(AT).exits(2).says("no commit");
    site.git(&["add", "-A"]);
    site.git(&["commit", "-qm", "start"]);
    site.write("content/incidents/2026-03-02-pump.md", PUMP);
    site.candor(AT).exits(0).says("--preview");
    assert!(!site.exists("public/incidents/2026-03-02-pump/index.html"));
    site.candor(&["build", "--preview", "--at", "2026-03-05 12:00"]).exits(0);
    assert!(site.read(".candor/preview/incidents/2026-03-02-pump/index.html").contains("A fuse had blown"));
    site.git(&["add", "-A"]);
    site.git(&["commit", "-qm", "pump"]);
    site.candor(AT).exits(0);
    assert!(site.exists("public/incidents/2026-03-02-pump/index.html"));
}

#[test]
fn files_that_are_not_candors_are_left_alone() {
    let site = Site::town();
    site.write("public/CNAME", "status.town.example\n");
    site.write("content/incidents/2026-03-02-pump.md", PUMP);
    site.candor(AT).exits(0);
    assert_eq!(site.read("public/CNAME"), "status.town.example\n");
}
