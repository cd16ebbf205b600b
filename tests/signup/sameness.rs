//! Whoever types an address learns nothing about it, and cannot make us write to it again and again.

use std::time::{Duration, Instant};

use candor::config::HttpSettings;
use candor::outbox::{Address, Follows, Ledger, Pace, Purpose, SignUp, TokenKeys, Via};

use crate::town::{SECRET, Town};

/// Addresses in every state that there is; the last one is not known.
fn everyone(town: &mut Town) -> Vec<&'static str> {
    town.reader("confirmed");
    let left = town.reader("left");
    town.post(&town.path(&left, Purpose::Unsubscribe), "").is(200);
    let erased = town.reader("erased");
    let now = town.now();
    town.ledger.forget(erased.id, now).unwrap();
    town.post("/subscribe", "email=unconfirmed%40mail.example").is(200);
    let imported = SignUp {
        name: "Imported".into(),
        email: Address::read("imported@mail.example").unwrap(),
        services: vec!["water".into()],
        areas: Vec::new(),
        follows: Follows::default(),
        language: "fr".into(),
        pace: Pace::Digest,
        hours: Default::default(),
    };
    town.ledger.sign_up(&[imported], Via::Operator, now).unwrap();
    vec!["confirmed", "left", "erased", "unconfirmed", "imported", "unknown"]
}

#[test]
fn the_answer_is_the_same_whatever_is_known_about_an_address() {
    let mut town = Town::new();
    let people = everyone(&mut town);
    let without_date = |answer: &crate::town::Answer| {
        answer
            .head
            .lines()
            .filter(|line| !line.to_lowercase().starts_with("date:"))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let mut answers = Vec::new();
    for _ in 0..2 {
        for name in &people {
            let answer =
                town.post("/subscribe", &format!("email={name}%40mail.example&service=buses&pace=ends"));
            answers.push((without_date(&answer), answer.body.clone()));
        }
        answers.push({
            let trapped = town.post("/subscribe", "email=bot%40mail.example&website=x");
            (without_date(&trapped), trapped.body)
        });
    }
    assert!(answers[0].0.starts_with("HTTP/1.1 200"));
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:#?}");
    for name in &people {
        let answer = town.post("/subscribe", &format!("email={name}%40mail.example&incident=burst"));
        assert_eq!((without_date(&answer), answer.body.clone()), answers[0], "{name}");
    }
    let confirmed = town.subscriber("confirmed@mail.example").unwrap();
    assert_eq!((confirmed.pace, confirmed.services.len()), (Pace::All, 0), "and changes nothing");
    let imported = town.subscriber("imported@mail.example").unwrap();
    assert_eq!((imported.pace, imported.language.as_str()), (Pace::Digest, "fr"));
    let mail = &town.mails("imported@mail.example")[0];
    assert!(
        mail.subject.contains("déjà") && mail.body.contains("/p/") && mail.body.contains("/u/"),
        "{mail:?}"
    );
}

#[test]
fn the_time_is_the_same_whatever_is_known_about_an_address() {
    const ROUNDS: usize = 40;
    let http = HttpSettings { per_network: 100_000, ..HttpSettings::default() };
    let mut town = Town::with(&http, TokenKeys::new(SECRET));
    let people = everyone(&mut town);
    let mut took: Vec<Vec<Duration>> = vec![Vec::new(); people.len()];
    for round in 0..ROUNDS {
        for (index, name) in people.iter().enumerate() {
            // The unknown one is a new one each time.
            let name = if *name == "unknown" { format!("unknown{round}") } else { (*name).to_owned() };
            let started = Instant::now();
            town.post("/subscribe", &format!("email={name}%40mail.example")).is(200);
            took[index].push(started.elapsed());
        }
    }
    let medians: Vec<Duration> = took
        .iter_mut()
        .map(|times| {
            times.sort_unstable();
            times[ROUNDS / 2]
        })
        .collect();
    // Looking an address up costs far less than that, so every answer waits for the same time.
    assert!(medians.iter().all(|median| *median >= Duration::from_millis(25)), "{people:?}: {medians:?}");
}

#[test]
fn nobody_is_bombed_with_mail() {
    let mut town = Town::new();
    let bomb = |town: &Town, from: &str, email: &str| {
        let headers = [("X-Forwarded-For", from), ("Content-Type", "application/x-www-form-urlencoded")];
        town.ask("POST", "/subscribe", &headers, format!("email={email}%40mail.example").as_bytes()).status
    };
    // One victim, many networks: one mail.
    for n in 0..150 {
        assert_eq!(bomb(&town, &format!("192.0.2.{n}"), "victim"), 200);
    }
    assert_eq!(town.mails("victim@mail.example").len(), 1);
    // Many victims, one network: sixty an hour, and others are served as before.
    let answers: Vec<u16> = (0..100).map(|n| bomb(&town, "198.51.100.7", &format!("many{n}"))).collect();
    assert_eq!(answers.iter().filter(|status| **status == 200).count(), 60);
    assert_eq!(answers.last(), Some(&429));
    assert_eq!(bomb(&town, "198.51.100.7, 203.0.113.1", "other"), 200);
    // What a client writes into the header itself changes nothing: the proxy's own word is the last one.
    assert_eq!(bomb(&town, "203.0.113.77, 198.51.100.7", "many200"), 429);
    // One subscriber has a whole /64.
    let answers: Vec<u16> =
        (0..70).map(|n| bomb(&town, &format!("2001:db8:1:2::{n:x}"), &format!("six{n}"))).collect();
    assert_eq!(answers.iter().filter(|status| **status == 200).count(), 60);
}

#[test]
fn all_networks_together_have_a_limit_and_are_told_when_to_come_back() {
    let http = HttpSettings { per_hour: 30, ..HttpSettings::default() };
    let town = Town::with(&http, TokenKeys::new(SECRET));
    for n in 0..30 {
        town.post("/subscribe", &format!("email=r{n}%40mail.example")).is(200);
    }
    let answer = town.post("/subscribe", "email=late%40mail.example").is(429);
    let wait: u64 = answer.header("retry-after").parse().unwrap();
    assert!((1..=121).contains(&wait), "{wait}");
    answer.says("minutes").ok();
}
