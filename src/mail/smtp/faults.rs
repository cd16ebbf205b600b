//! Every way a relay can fail, and what each must come to: outcomes are held against what the server really stored.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::RootCertStore;

use super::scripted::{Script, Server};
use super::{Deadlines, Smtp};
use crate::config::{HostSettings, MailSettings, Tls};
use crate::mail::books::Books;
use crate::outbox::{Envelope, Outcome, Transport, TransportError};

const SHORT: Duration = Duration::from_millis(150);

fn mail(to: &str) -> Envelope {
    mail_from("b+TOKEN", to)
}

fn mail_from(from: &str, to: &str) -> Envelope {
    Envelope {
        from: format!("{from}@bounces.example.org"),
        to: format!("{to}@example.org"),
        message: format!("Subject: for {to}\r\n\r\nOne\r\n.\r\n..two\r\n").into_bytes(),
    }
}

fn settings(server: &Server, connections: usize, tls: Tls) -> MailSettings {
    MailSettings {
        relay: "localhost".into(),
        port: server.port,
        tls,
        from: "Status <status@example.org>".into(),
        connections,
        ..HostSettings::default().mail
    }
}

fn smtp(server: &Server, connections: usize) -> Smtp {
    with(server, &settings(server, connections, Tls::None))
}

fn with(server: &Server, settings: &MailSettings) -> Smtp {
    let deadlines = Deadlines {
        connect: Duration::from_secs(2),
        greeting: Duration::from_secs(2),
        command: SHORT,
        data: SHORT,
        block: SHORT,
        dot: SHORT,
        ..Deadlines::default()
    };
    Smtp::trusting(settings, "secret", server.roots.clone()).unwrap().with_deadlines(deadlines)
}

/// Outcomes in short: `accepted`, `later 450`, `refused 550`, `policy 550`, `doubt`, `not sent`, `taken back`.
fn short(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Accepted { .. } => "accepted".into(),
        Outcome::Later { code, .. } => format!("later {code}"),
        Outcome::Refused { code, .. } => format!("refused {code}"),
        Outcome::Policy { code, .. } => format!("policy {code}"),
        Outcome::InDoubt { .. } => "doubt".into(),
        Outcome::NotSent { .. } => "not sent".into(),
        Outcome::TakenBack => "taken back".into(),
    }
}

fn shorts(books: &Books) -> Vec<String> {
    books.outcomes().iter().map(short).collect()
}

/// Sends these on one connection to a server with this script.
fn send(script: Script, mails: Vec<Envelope>) -> (Server, Arc<Books>, Result<(), TransportError>) {
    let server = Server::start(script);
    let books = Arc::new(Books::with(mails));
    let result = smtp(&server, 1).deliver(books.clone(), &|| false);
    (server, books, result)
}

const NO_PIPELINING: &[&str] = &["8BITMIME"];

#[test]
fn mails_arrive_as_they_were_written() {
    for keywords in [Script::default().keywords, NO_PIPELINING, &[]] {
        let (server, books, result) =
            send(Script { keywords, ..Script::default() }, vec![mail("ann"), mail("bob")]);
        result.unwrap();
        assert_eq!(shorts(&books), ["accepted", "accepted"]);
        assert_eq!(server.connections(), 1);
        let stored = server.stored();
        assert_eq!(stored[1].to, "bob@example.org");
        assert_eq!(stored[1].bytes, mail("bob").message);
    }
}

#[test]
fn every_refusal_is_judged_and_the_connection_lives_on() {
    for (from, to, expected) in [
        ("b", "rcpt.550.5-1-1", "refused 550"),
        ("b", "rcpt.450.4-2-0", "later 450"),
        ("b", "rcpt.550.5-7-1", "policy 550"),
        ("mail.451.4-3-0", "ann", "later 451"),
        ("mail.553.5-1-8", "ann", "policy 553"),
        ("b", "data.451.4-3-0", "later 451"),
        ("b", "data.554.5-3-0", "later 554"),
        ("b", "dot.452.4-3-1", "later 452"),
        ("b", "dot.550.5-7-515", "policy 550"),
        ("b", "dot.554.5-6-0", "policy 554"),
        ("b", "dot.550.5-1-1", "refused 550"),
        // RFC 2920: DATA accepted although the recipient was not.
        ("b", "rcpt.go", "refused 550"),
        ("b", "not an address", "refused 501"),
    ] {
        for keywords in [Script::default().keywords, NO_PIPELINING] {
            let script = Script { keywords, ..Script::default() };
            let (server, books, result) = send(script, vec![mail("ann"), mail_from(from, to), mail("bob")]);
            result.unwrap();
            assert_eq!(shorts(&books), ["accepted", expected, "accepted"], "{from} {to} {keywords:?}");
            assert_eq!(server.recipients(), ["ann@example.org", "bob@example.org"], "{from} {to}");
            assert_eq!(server.connections(), 1, "{from} {to}");
        }
    }
}

#[test]
fn what_breaks_before_the_dot_was_not_sent_and_what_breaks_after_it_is_in_doubt() {
    let cases = [
        ("mail.drop", "cy", "not sent", false),
        ("mail.hang", "cy", "not sent", false),
        ("mail.garbage", "cy", "not sent", false),
        ("mail.421.4-3-2", "cy", "not sent", false),
        ("b", "rcpt.drop", "not sent", false),
        ("b", "rcpt.hang", "not sent", false),
        ("b", "rcpt.garbage", "not sent", false),
        ("b", "rcpt.421.4-3-2", "not sent", false),
        ("b", "rcpt.endless", "not sent", false),
        ("b", "data.drop", "not sent", false),
        ("b", "data.hang", "not sent", false),
        ("b", "data.250.2-0-0", "not sent", false),
        ("b", "body.early", "not sent", false),
        ("b", "body.notice", "not sent", false),
        ("b", "body.drop", "not sent", false),
        ("b", "dot.drop", "doubt", false),
        ("b", "dot.stored-drop", "doubt", true),
        ("b", "dot.hang", "doubt", true),
        ("b", "dot.garbage", "doubt", true),
        ("b", "dot.354.x", "doubt", true),
        ("b", "dot.endless", "doubt", true),
        ("b", "dot.421.4-3-2", "later 421", false),
    ];
    std::thread::scope(|scope| {
        for (from, to, expected, stored) in cases {
            scope.spawn(move || breaks(from, to, expected, stored));
        }
    });
}

fn breaks(from: &str, to: &str, expected: &str, stored: bool) {
    let server = Server::start(Script::default());
    // A commit takes a while, as a disk does: what the relay says or does meanwhile is seen before the dot.
    let books = Books::with([mail("ann"), mail_from(from, to), mail("bob")]);
    let books = Arc::new(books.committing_in(Duration::from_millis(30)));
    smtp(&server, 1).deliver(books.clone(), &|| false).unwrap();
    assert_eq!(shorts(&books), ["accepted", expected, "accepted"], "{from} {to}");
    assert_eq!(server.connections(), 2, "{from} {to}: a connection in doubt is never used again");
    assert_eq!(server.recipients().contains(&format!("{to}@example.org")), stored, "{from} {to}");
}

#[test]
fn a_send_that_timed_out_does_not_make_the_next_refusal_a_success() {
    let mails =
        vec![mail("ann"), mail("dot.hang"), mail("rcpt.550.5-1-1"), mail("dot.550.5-1-1"), mail("bob")];
    let (server, books, result) = send(Script::default(), mails);
    result.unwrap();
    assert_eq!(shorts(&books), ["accepted", "doubt", "refused 550", "refused 550", "accepted"]);
    assert_eq!(server.recipients(), ["ann@example.org", "bob@example.org", "dot.hang@example.org"]);
}

#[test]
fn odd_replies_that_say_yes_are_a_yes() {
    let mails = ["dot.multi", "dot.huge", "dot.latin", "dot.bare", "rcpt.multi", "data.multi"].map(mail);
    let (server, books, result) = send(Script::default(), mails.to_vec());
    result.unwrap();
    let outcomes = books.outcomes();
    assert_eq!(outcomes[2], Outcome::Accepted { reply: "re?u".into() });
    assert!(outcomes[..5].iter().all(|outcome| short(outcome) == "accepted"), "{outcomes:?}");
    assert_eq!(server.recipients().len(), 5);
}

#[test]
fn a_relay_that_speaks_a_byte_at_a_time_is_understood() {
    let script = Script { trickle: Some(Duration::from_micros(200)), ..Script::default() };
    let (server, books, result) = send(script, vec![mail("ann"), mail("rcpt.550.5-1-1"), mail("bob")]);
    result.unwrap();
    assert_eq!(shorts(&books), ["accepted", "refused 550", "accepted"]);
    assert_eq!(server.connections(), 1);
}

#[test]
fn a_slow_answer_to_the_dot_is_waited_for() {
    let server = Server::start(Script::default());
    let books = Arc::new(Books::with([mail("dot.late"), mail("ann")]));
    let deadlines = Deadlines { dot: Duration::from_secs(5), ..Deadlines::default() };
    smtp(&server, 1).with_deadlines(deadlines).deliver(books.clone(), &|| false).unwrap();
    assert_eq!(shorts(&books), ["accepted", "accepted"]);
    assert_eq!(server.recipients().len(), 2, "one mail, not two");
}

#[test]
fn a_relay_that_stops_reading_is_left() {
    let server = Server::start(Script::default());
    let big = Envelope { message: vec![b'x'; 30_000_000], ..mail("body.hang") };
    let books = Arc::new(Books::with([mail("ann"), big, mail("bob")]));
    smtp(&server, 1).deliver(books.clone(), &|| false).unwrap();
    assert_eq!(shorts(&books), ["accepted", "not sent", "accepted"]);
}

#[test]
fn a_mail_taken_back_at_the_dot_is_discarded_by_the_relay() {
    let server = Server::start(Script::default());
    let books = Arc::new(Books::with((0..20).map(|n| mail(&format!("r{n}")))).refusing(|seq| seq % 3 == 0));
    smtp(&server, 2).deliver(books.clone(), &|| false).unwrap();
    let outcomes = books.outcomes();
    assert_eq!(outcomes.iter().filter(|o| **o == Outcome::TakenBack).count(), 7);
    let accepted: Vec<_> = (0..20).filter(|n| n % 3 != 0).map(|n| format!("r{n}@example.org")).collect();
    let mut stored = server.recipients();
    stored.sort_by_key(|to| to[1..].split('@').next().unwrap().parse::<u32>().unwrap());
    assert_eq!(stored, accepted);
}

#[test]
fn the_next_dot_waits_for_the_result_before_it() {
    let server = Server::start(Script::default());
    let mails = (0..12).map(|n| if n % 4 == 3 { mail("rcpt.550.5-1-1") } else { mail(&format!("r{n}")) });
    let books = Arc::new(Books::with(mails).committing_in(Duration::from_millis(20)));
    smtp(&server, 1).deliver(books.clone(), &|| false).unwrap();
    assert_eq!(books.outcomes().len(), 12);
    assert_eq!(books.most_uncommitted(), 0);
}

#[test]
fn a_relay_that_cannot_be_reached_or_greets_badly_ends_the_delivery() {
    for banner in ["421 4.3.2 too busy", "554 5.7.1 go away", "hang", "what?", "HTTP/1.1 400 Bad Request"] {
        let server = Server::start(Script { banner, ..Script::default() });
        let books = Arc::new(Books::with((0..50).map(|n| mail(&format!("r{n}")))));
        let deadlines = Deadlines { greeting: SHORT, ..Deadlines::default() };
        let error = smtp(&server, 3).with_deadlines(deadlines).deliver(books.clone(), &|| false).unwrap_err();
        assert!(shorts(&books).iter().all(|outcome| outcome == "not sent"), "{banner}");
        assert!(books.still_due() >= 47, "{banner}: no attempt burst");
        let refused = matches!(error, TransportError::Refused { .. });
        assert_eq!(refused, banner.starts_with(['4', '5']), "{banner}: {error}");
    }
    let mut nowhere = settings(&Server::start(Script::default()), 2, Tls::None);
    nowhere.port = 1;
    let books = Arc::new(Books::with([mail("ann"), mail("bob"), mail("cy")]));
    let error = Smtp::new(&nowhere, "").unwrap().deliver(books.clone(), &|| false).unwrap_err();
    assert!(error.to_string().starts_with("the relay localhost:1 cannot be reached: "), "{error}");
    assert_eq!(books.still_due(), 1);
}

#[test]
fn a_relay_that_drops_every_mail_is_not_hammered() {
    for fault in ["dot.stored-drop", "rcpt.drop", "rcpt.421.4-3-2"] {
        let (server, books, result) = send(Script::default(), (0..50).map(|_| mail(fault)).collect());
        assert!(result.is_err(), "{fault}");
        assert_eq!((server.connections(), books.outcomes().len(), books.still_due()), (1, 1, 49), "{fault}");
    }
}

#[test]
fn a_limit_on_connections_leaves_the_others_working() {
    let server = Server::start(Script { at_most: 2, ..Script::default() });
    let books = Arc::new(Books::with((0..200).map(|n| mail(&format!("r{n}")))));
    smtp(&server, 6).deliver(books.clone(), &|| false).unwrap();
    let turned_away = shorts(&books).iter().filter(|outcome| *outcome == "not sent").count();
    assert!(turned_away <= 5, "{turned_away}");
    assert_eq!(server.stored().len() + turned_away + books.still_due(), 200);
    assert!(server.stored().len() >= 100, "{}", server.stored().len());
}

#[test]
fn a_relay_that_turns_a_connection_away_mid_way_gets_half() {
    let server = Server::start(Script { at_most: 1, ..Script::default() });
    let books = Arc::new(Books::with((0..150).map(|n| mail(&format!("r{n}")))));
    // The first connection carries a hundred, for longer than a second; the second is greeted with 421.
    let smtp = smtp(&server, 1).limited_by(Arc::new(|| 60));
    assert!(smtp.deliver(books, &|| false).is_err());
    assert_eq!((server.connections(), server.stored().len()), (2, 100));
    assert!(smtp.throttle.rate() <= 32.0, "{}", smtp.throttle.rate());
}

#[test]
fn a_domain_with_a_limit_of_its_own_gets_no_more() {
    let server = Server::start(Script::default());
    let to = |n: usize, domain: &str| Envelope { to: format!("r{n}@{domain}"), ..mail("x") };
    let slow = (0..4).map(|n| to(n, "Slow.example"));
    let books = Arc::new(Books::with((0..100).map(|n| to(n, "quick.example")).chain(slow)));
    let domains = [("slow.example".to_owned(), 4)].into();
    let settings = MailSettings { domains, ..settings(&server, 4, Tls::None) };
    let began = Instant::now();
    with(&server, &settings).limited_by(Arc::new(|| 0)).deliver(books.clone(), &|| false).unwrap();
    assert!(shorts(&books).iter().all(|outcome| outcome == "accepted"));
    let took = began.elapsed();
    assert!(took > Duration::from_millis(700), "four at four a second: {took:?}");
}

#[test]
fn a_connection_that_idles_is_closed_and_another_one_goes_on() {
    let server = Server::start(Script::default());
    let books = Arc::new(Books::with([mail("ann"), mail("bob"), mail("cy")]));
    let smtp = smtp(&server, 1).limited_by(Arc::new(|| 2));
    let deadlines = Deadlines { idle: Duration::from_millis(20), ..Deadlines::default() };
    smtp.with_deadlines(deadlines).deliver(books.clone(), &|| false).unwrap();
    assert_eq!(shorts(&books), ["accepted", "accepted", "accepted"]);
    assert_eq!(server.connections(), 3, "half a second lay between two mails");
}

#[test]
fn a_relay_that_ends_each_connection_after_a_few_mails_gets_them_all() {
    let (server, books, result) =
        send(Script { mails: 3, ..Script::default() }, (0..10).map(|n| mail(&format!("r{n}"))).collect());
    result.unwrap();
    let not_sent = shorts(&books).iter().filter(|outcome| *outcome == "not sent").count();
    assert_eq!(server.stored().len() + not_sent, 10);
    assert!(not_sent <= 3, "one mail met each 421, and is due again: {not_sent}");
}

#[test]
fn a_connection_carries_a_hundred_mails() {
    let (server, _, result) = send(Script::default(), (0..250).map(|n| mail(&format!("r{n}"))).collect());
    result.unwrap();
    assert_eq!((server.stored().len(), server.connections()), (250, 3));
}

#[test]
fn told_to_stop_it_finishes_what_has_begun() {
    let server = Server::start(Script::default());
    let books = Arc::new(Books::with((0..50).map(|_| mail("dot.late"))));
    let began = Instant::now();
    let deadlines = Deadlines::default();
    let stop = || began.elapsed() > Duration::from_millis(100);
    smtp(&server, 2).with_deadlines(deadlines).deliver(books.clone(), &stop).unwrap();
    assert_eq!(shorts(&books), ["accepted", "accepted"]);
    assert_eq!(books.still_due(), 48);
}

#[test]
fn told_to_stop_it_does_not_wait_for_a_greeting() {
    let server = Server::start(Script { banner: "hang", ..Script::default() });
    let books = Arc::new(Books::with([mail("ann")]));
    let began = Instant::now();
    let stop = || began.elapsed() > Duration::from_millis(100);
    smtp(&server, 1).with_deadlines(Deadlines::default()).deliver(books.clone(), &stop).unwrap();
    assert_eq!(shorts(&books), ["not sent"]);
    assert!(began.elapsed() < Duration::from_secs(5));
}

#[test]
fn tls_from_the_start_and_by_starttls() {
    for (tls, keywords) in [(Tls::Implicit, &["PIPELINING"] as &[_]), (Tls::StartTls, &["STARTTLS"])] {
        let server =
            Server::start(Script { implicit_tls: tls == Tls::Implicit, keywords, ..Script::default() });
        let books = Arc::new(Books::with([mail("ann"), mail("rcpt.go"), mail("dot.drop"), mail("bob")]));
        with(&server, &settings(&server, 1, tls)).deliver(books.clone(), &|| false).unwrap();
        assert_eq!(shorts(&books), ["accepted", "refused 550", "doubt", "accepted"], "{tls:?}");
        assert_eq!(server.stored()[0].bytes, mail("ann").message);
    }
}

#[test]
fn tls_is_required_and_verified() {
    let plain = Server::start(Script::default());
    let injecting =
        Server::start(Script { keywords: &["STARTTLS"], injected: "250 trust me\r\n", ..Script::default() });
    let secure = Server::start(Script { implicit_tls: true, ..Script::default() });
    let other_host = MailSettings { relay: "127.0.0.1".into(), ..settings(&secure, 1, Tls::Implicit) };
    for (server, settings, roots, expected) in [
        (&plain, settings(&plain, 1, Tls::StartTls), &plain.roots, "refuses us: it offers no STARTTLS"),
        (&injecting, settings(&injecting, 1, Tls::StartTls), &injecting.roots, "TLS failed"),
        (
            &secure,
            settings(&secure, 1, Tls::Implicit),
            &RootCertStore::empty(),
            "TLS failed: invalid peer certificate",
        ),
        (&secure, other_host, &secure.roots, "TLS failed: invalid peer certificate"),
        (&plain, settings(&plain, 1, Tls::Implicit), &plain.roots, "TLS failed"),
    ] {
        let books = Arc::new(Books::with([mail("ann")]));
        let smtp = Smtp::trusting(&settings, "", roots.clone()).unwrap();
        let error = smtp.deliver(books.clone(), &|| false).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
        assert_eq!(shorts(&books), ["not sent"]);
        assert!(server.stored().is_empty());
    }
}

#[test]
fn a_user_name_is_given_by_plain_or_login() {
    for (keywords, login, expected) in [
        (&["PIPELINING", "AUTH PLAIN LOGIN"] as &'static [&'static str], ("status", "secret"), Ok(())),
        (&["AUTH LOGIN"], ("status", "secret"), Ok(())),
        (
            &["AUTH PLAIN"],
            ("status", "other"),
            Err("refuses us: user name or password not accepted: 535 5.7.8 wrong"),
        ),
        (&["AUTH CRAM-MD5"], ("status", "secret"), Err("No compatible authentication mechanism")),
    ] {
        let server = Server::start(Script { keywords, login, ..Script::default() });
        let settings = MailSettings { username: "status".into(), ..settings(&server, 1, Tls::None) };
        let books = Arc::new(Books::with([mail("ann")]));
        let result = with(&server, &settings).deliver(books.clone(), &|| false);
        match expected {
            Ok(()) => assert_eq!(shorts(&books), ["accepted"]),
            Err(words) => {
                let error = result.unwrap_err().to_string();
                assert!(error.contains(words), "{error}");
                assert!(!error.contains("secret"));
            }
        }
    }
}

#[test]
fn a_password_never_crosses_the_network_in_the_clear() {
    let settings = MailSettings {
        relay: "relay.example.org".into(),
        tls: Tls::None,
        username: "status".into(),
        ..HostSettings::default().mail
    };
    let error = Smtp::new(&settings, "secret").map(drop).unwrap_err().to_string();
    assert!(error.contains("write smtps://"), "{error}");
}

#[test]
fn a_desk_that_has_gone_stops_the_work() {
    struct Gone;
    impl crate::outbox::Desk for Gone {
        fn next(&self, reply: crate::outbox::Reply<Option<crate::outbox::Job>>) {
            drop(reply);
        }
        fn intend(&self, _: &crate::outbox::JobKey, _: crate::outbox::Reply<bool>) {}
        fn settle(&self, _: &crate::outbox::JobKey, _: Outcome, _: crate::outbox::Reply<()>) {}
    }
    let server = Server::start(Script::default());
    smtp(&server, 2).deliver(Arc::new(Gone), &|| false).unwrap();
    assert_eq!(server.connections(), 0);
}
