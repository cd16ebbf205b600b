//! Real parts: every mail of this repository's city, read by strict parsers and carried to a real SMTP server.
//!
//! What needs Python is ignored by default; `tests/run.sh` installs it and runs everything.

// Clippy knows test functions, not their helpers.
#![allow(clippy::unwrap_used)]

mod city;

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::{Arc, LazyLock, Mutex};

use candor::config::{MailSettings, Tls};
use candor::mail::Smtp;
use candor::outbox::{Desk, Envelope, Job, JobKey, Outcome, Reader, Reply, SubscriberId, Transport};
use city::City;
use sha2::{Digest, Sha256};

/// Every mail that the city's readers got: as a first mail and as the next one, in both languages.
fn mails() -> &'static [Envelope] {
    static MAILS: LazyLock<Vec<Envelope>> = LazyLock::new(write_mails);
    &MAILS
}

fn write_mails() -> Vec<Envelope> {
    let city = City::read();
    let mut mails = Vec::new();
    for told in city.told() {
        let numbers = 1..=told.numbered.len() as u64;
        for (from, to) in
            numbers.flat_map(|to| [(0, to), (to - 1, to), (1, to)]).filter(|(from, to)| from < to)
        {
            for language in &city.settings.languages {
                let id = mails.len() as i64;
                let name = ["Ann", "", "Zoë O'Neill, 3rd", "Søren \"Bo\" Ødegård", "李小龍"][mails.len() % 5];
                let email = format!("reader{id}@example.org");
                let reader = Reader {
                    following: candor::outbox::Following::No,
                    subscriber: SubscriberId(id),
                    name,
                    email: &email,
                    services: &[],
                    areas: &[],
                    token_epoch: 0,
                };
                mails.push(city.letter(&told, from, to, language).render(&reader));
            }
        }
    }
    mails
}

#[test]
fn every_mail_of_the_city_says_something_and_stays_small() {
    let mails = mails();
    assert!(mails.len() > 300, "{}", mails.len());
    let key = regex::Regex::new(r"\b(mail|fact|statement|notice)\.[a-z]").unwrap();
    for mail in mails {
        let parsed = mail_parser::MessageParser::default().parse(&mail.message).unwrap();
        let (text, html) = (parsed.body_text(0).unwrap(), parsed.body_html(0).unwrap());
        let subject = parsed.subject().unwrap();
        assert!(html.len() <= 30_000, "{subject}");
        for part in [&text, &html] {
            assert_eq!(key.find(part).map(|key| key.as_str()), None, "a word is missing: {part}");
            assert!(part.contains("https://signup.portavery.example/u/"), "{part}");
        }
        assert!(text.contains(&format!("\n{subject}")), "{text}");
    }
}

#[test]
#[ignore = "needs python3"]
fn a_strict_parser_finds_no_defect() {
    let folder = tempfile::tempdir().unwrap();
    for (index, mail) in mails().iter().enumerate() {
        std::fs::write(folder.path().join(format!("{index}.eml")), &mail.message).unwrap();
    }
    let status = Command::new("python3").arg("tests/smtp/strict.py").arg(folder.path()).status().unwrap();
    assert!(status.success());
}

/// Hands out mails and remembers what became of them.
struct Books {
    due: Mutex<VecDeque<(i64, Envelope)>>,
    settled: Mutex<BTreeMap<i64, Outcome>>,
}

impl Desk for Books {
    fn next(&self, reply: Reply<Option<Job>>) {
        let next = self.due.lock().unwrap().pop_front();
        reply(next.map(|(id, mail)| Job {
            key: JobKey::Delivery { incident: "city".into(), subscriber: SubscriberId(id), seq: 1 },
            render: Arc::new(move || mail.clone()),
        }));
    }

    fn intend(&self, _: &JobKey, reply: Reply<bool>) {
        reply(true);
    }

    fn settle(&self, key: &JobKey, outcome: Outcome, reply: Reply<()>) {
        let JobKey::Delivery { subscriber, .. } = key else { panic!("no notices here") };
        assert!(self.settled.lock().unwrap().insert(subscriber.0, outcome).is_none(), "settled twice");
        reply(());
    }
}

#[test]
#[ignore = "needs python3 with aiosmtpd"]
fn a_real_server_takes_every_mail_as_it_was_written() {
    let mut server = Command::new("python3")
        .arg("tests/smtp/listen.py")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let port = lines.next().expect("aiosmtpd runs").unwrap().parse().unwrap();
    // Read while we send: a full pipe would stop the server.
    let taken = std::thread::spawn(move || lines.map_while(Result::ok).collect::<Vec<String>>());
    let mails = mails();
    let settings = MailSettings {
        relay: "127.0.0.1".into(),
        port,
        tls: Tls::None,
        connections: 5,
        ..City::read().host.mail
    };
    let books =
        Arc::new(Books { due: Mutex::new((0..).zip(mails.to_vec()).collect()), settled: Mutex::default() });
    Smtp::new(&settings, "").unwrap().deliver(books.clone(), &|| false).unwrap();
    drop(server.stdin.take());

    let lines = taken.join().unwrap();
    let mut taken = BTreeMap::new();
    for line in lines {
        let mail: serde_json::Value = serde_json::from_str(&line).unwrap();
        let to = mail["to"][0].as_str().unwrap().to_owned();
        let what = (mail["from"].as_str().unwrap().to_owned(), mail["sha256"].as_str().unwrap().to_owned());
        assert!(taken.insert(to, what).is_none(), "taken twice");
    }
    server.wait().unwrap();
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let sent: BTreeMap<_, _> = mails
        .iter()
        .map(|mail| (mail.to.clone(), (mail.from.clone(), hex(&Sha256::digest(&mail.message)))))
        .collect();
    assert_eq!(taken, sent);
    let settled = books.settled.lock().unwrap();
    assert!(settled.values().all(|outcome| matches!(outcome, Outcome::Accepted { .. })));
    assert_eq!(settled.len(), mails.len());
}
