//! Whole mails: what a reader reads, and what strict programs find in them.

use std::sync::LazyLock;

use mail_parser::{Message, MessageParser, MimeHeaders};
use proptest::prelude::*;

use super::sample::{Told, riverside, riverside_resolved, told, try_told};
use super::{
    Envelope, Following, News, Notice, Purpose, Reader, Stationery, SubscriberId, TokenKeys, headers, letter,
    notice,
};
use crate::config::{HostSettings, MailSettings};
use crate::theme::Theme;

fn ann() -> Reader<'static> {
    Reader {
        following: Following::No,
        subscriber: SubscriberId(7),
        name: "Ann Smith",
        email: "ann@example.org",
        services: &[],
        areas: &[],
        token_epoch: 3,
    }
}

fn keys() -> TokenKeys {
    TokenKeys::new(b"a key for tests")
}

fn settings() -> MailSettings {
    MailSettings {
        from: "Riverton City status <status@riverton.example>".into(),
        bounce_domain: "bounces.riverton.example".into(),
        reply_to: "help@riverton.example".into(),
        ..HostSettings::default().mail
    }
}

fn write(told: &Told, (from, to): (u64, u64), language: &str, reader: &Reader<'_>) -> Envelope {
    write_with(told, (from, to), language, reader, &settings())
}

fn write_with(
    told: &Told,
    (from, to): (u64, u64),
    language: &str,
    reader: &Reader<'_>,
    mail: &MailSettings,
) -> Envelope {
    let http = HostSettings::default().http;
    static THEME: LazyLock<Theme> = LazyLock::new(|| Theme::new(&[]).0);
    let keys = keys();
    let with = Stationery {
        settings: &told.settings,
        mail,
        http: &http,
        registers: &told.registers,
        theme: &THEME,
        keys: &keys,
    };
    let news = News::between(&told.timeline, &told.numbered, from, to).unwrap();
    letter(&with, &news, language).render(reader)
}

fn parse(mail: &Envelope) -> Message<'_> {
    MessageParser::default().parse(&mail.message).unwrap()
}

fn text(mail: &Envelope) -> String {
    parse(mail).body_text(0).unwrap().replace("\r\n", "\n")
}

fn html(mail: &Envelope) -> String {
    parse(mail).body_html(0).unwrap().into_owned()
}

/// The words above the title, where the facts begin.
fn news_of(mail: &Envelope, title: &str) -> String {
    let text = text(mail);
    text[..text.find(&format!("\n{title}\n")).unwrap()].trim().to_owned()
}

#[test]
fn new_words_come_first_then_what_was_missed() {
    let mail = write(&riverside(), (1, 4), "en", &ann());
    assert_eq!(
        news_of(&mail, "Burst water main on Riverside Drive"),
        "\
Correction, 3:20pm

Hello Ann Smith,

This corrects what we said at 2:10pm: we said 1,200 homes; with Norwood
it is about 1,900

We left out the homes on the Norwood loop. The advice above is for you
too.

What you can do

- Bottled water is at Norwood Hall from 3pm.
- Do not use the washing machine.

Since our last mail to you

Identified, 2:40pm

The break is at 4th Street. We are cutting out six metres of pipe.

We promise: Bottled water at Norwood Hall, by 8pm."
    );
}

#[test]
fn facts_and_ways_out_follow() {
    let mail = write(&riverside(), (0, 1), "en", &ann());
    let text = text(&mail);
    assert!(html(&mail).contains("line-height: 1.3\">What you can do</h2>"), "{}", html(&mail));
    let facts = &text[text.find("\nBurst water main").unwrap()..];
    let link = |path: &str, purpose| {
        let sealed = keys().seal(super::Token { purpose, subscriber: SubscriberId(7), epoch: 3 });
        format!("https://status.riverton.example/{path}/{sealed}")
    };
    let expected = format!(
        "
Burst water main on Riverside Drive

Next update by: 2:40pm
Who is affected: about 1,200 homes (counted from pressure sensors)
Expected fix: Not known yet (the crew has not yet found the break)
Areas: Riverside, Norwood
Who is responsible: Dana Osei, Water operations lead
How to reach us: +1 204 555 0100 (24 hours)

Everything that we said about this:
https://status.riverton.example/incidents/2026-11-21-burst-main/

Did this tell you what you needed?
https://status.riverton.example/f/2026-11-21-burst-main/20261121T2010Z?lang=en

Answer this mail to write to Dana Osei.

--\u{20}
Stop mails about this incident:
{}/2026-11-21-burst-main
Choose what we write to you about, and how often:
{}
Stop all mails from us:
{}

You get this mail because ann@example.org signed up for
updates from Riverton City.
You asked for: all services. Places: everywhere.
Riverton City, 510 Main Street, Riverton",
        link("m", Purpose::Mute),
        link("p", Purpose::Preferences),
        link("u", Purpose::Unsubscribe)
    );
    assert_eq!(facts.trim_end(), expected);
}

#[test]
fn a_mail_speaks_to_its_reader() {
    let told = riverside();
    let (services, areas) = (["water-supply".into()], ["riverside".into(), "old-town".into()]);
    let reader = Reader { services: &services, areas: &areas, name: "Zoë\r\nBcc: x@example.org", ..ann() };
    let mail = write(&told, (0, 1), "fr", &reader);
    assert!(text(&mail).contains("\nBonjour Zoë Bcc: x@example.org,\n"), "{}", text(&mail));
    assert!(html(&mail).contains(">\nBonjour") || html(&mail).contains(">Bonjour Zoë"), "{}", html(&mail));
    assert!(text(&mail).contains("Riverside, old-town."), "{}", text(&mail));
    let nobody = write(&told, (0, 1), "en", &Reader { name: "\u{202e} \0", ..ann() });
    assert!(text(&nobody).contains("\n\nHello,\n\n"), "{}", text(&nobody));
    let only = text(&write(&told, (0, 1), "en", &Reader { following: Following::Alone, ..ann() }));
    assert!(
        only.contains("You follow single incidents and nothing else.\n") && !only.contains("everywhere"),
        "{only}"
    );
    let also = Reader { services: &services, following: Following::Beside, ..ann() };
    let also = text(&write(&told, (0, 1), "en", &also));
    assert!(
        also.replace('\n', " ").contains("Places: everywhere. You follow this incident as well."),
        "{also}"
    );
    // A name cannot become another hole.
    let hole = write(&told, (0, 1), "en", &Reader { name: "\u{10fff0}\u{10fff8}<b>", ..ann() });
    assert!(html(&hole).contains("Hello &lt;b&gt;,"), "{}", html(&hole));
    let many: Vec<crate::text::AreaId> = (0..500).map(|n| format!("area-{n}").as_str().into()).collect();
    let long = write(&told, (0, 1), "en", &Reader { areas: &many, ..ann() });
    assert!(
        html(&long).len() < 30_000 && text(&long).contains("area-11,") && !text(&long).contains("area-12")
    );
}

#[test]
fn the_first_mail_says_what_it_is_about_and_no_later_one_does() {
    let told = riverside();
    let summary = "A 40 cm main broke under Riverside Drive";
    assert!(text(&write(&told, (0, 2), "en", &ann())).contains(summary));
    assert!(!text(&write(&told, (1, 2), "en", &ann())).contains(summary));
    let late = news_of(&write(&told, (0, 3), "en", &ann()), "Burst water main on Riverside Drive");
    assert!(
        late.starts_with("No news yet, 3:08pm\n")
            && late.contains("What we said before\n\nIdentified, 2:40pm")
    );
}

#[test]
fn the_end_tells_no_old_estimate_and_what_we_offer() {
    let text = text(&write(&riverside_resolved(), (4, 5), "en", &ann()));
    assert!(text.starts_with("Resolved, 7:40pm\n"), "{text}");
    assert!(!text.contains("Expected fix") && !text.contains("Next update"), "{text}");
    assert!(text.contains("What we offer: We refund the bottled water"), "{text}");
}

#[test]
fn a_translated_mail_says_what_is_not_translated() {
    let mail = write(&riverside(), (0, 1), "fr", &ann());
    let parsed = parse(&mail);
    assert_eq!(parsed.subject(), Some("Rupture d'une conduite d'eau sur Riverside Drive"));
    assert!(text(&mail).contains("Touchés") || text(&mail).contains("environ 1 200 logements"));
    assert!(html(&mail).contains("<html lang=\"fr\" dir=\"ltr\">"));
    let mail = write(&riverside(), (1, 2), "fr", &ann());
    assert!(text(&mail).contains("Ce qui manque est en anglais."), "{}", text(&mail));
    assert!(html(&mail).contains("<div lang=\"en\""));
}

#[test]
fn a_holding_update_speaks_the_readers_language() {
    let mail = write(&riverside(), (2, 3), "fr", &ann());
    let said = text(&mail);
    for words in ["Pas encore de nouvelles", "Nous n'avons rien de nouveau", "distribuée à Norwood Hall"] {
        assert!(said.contains(words), "{words} is not in\n{said}");
    }
    assert!(!said.contains("Ce qui manque") && !html(&mail).contains("lang=\"en\""), "{said}");
}

#[test]
fn the_same_news_is_the_same_mail_however_late_it_is_written() {
    let (then, later) = (riverside(), riverside_resolved());
    for numbers in [(0, 1), (1, 2), (0, 2), (1, 3), (2, 4)] {
        assert_eq!(write(&then, numbers, "en", &ann()), write(&later, numbers, "en", &ann()), "{numbers:?}");
    }
}

#[test]
fn every_mail_about_an_incident_is_in_one_thread() {
    let told = riverside_resolved();
    let mails: Vec<Envelope> = (1..=5).map(|to| write(&told, (to - 1, to), "en", &ann())).collect();
    let parsed: Vec<Message<'_>> = mails.iter().map(parse).collect();
    let first = &parsed[0];
    let ids: std::collections::BTreeSet<_> = parsed.iter().map(|mail| mail.message_id().unwrap()).collect();
    assert_eq!(ids.len(), 5);
    for mail in &parsed {
        assert_eq!(mail.subject(), Some("Burst water main on Riverside Drive"));
        assert_eq!((mail.references(), mail.in_reply_to()), (first.references(), first.references()));
        assert!(!ids.contains(mail.references().as_text().unwrap()), "the root is a mail that never was");
    }
    let other = write(&told, (0, 1), "en", &Reader { subscriber: SubscriberId(8), ..ann() });
    assert_ne!(parse(&other).message_id(), first.message_id());
    assert_eq!(first.date().unwrap().to_rfc3339(), "2026-11-21T14:10:00-06:00");
}

#[test]
fn the_headers_are_those_that_big_receivers_ask_for() {
    let mail = write(&riverside(), (0, 1), "en", &ann());
    let parsed = parse(&mail);
    let raw = |name: &str| {
        let all: Vec<_> = parsed.headers_raw().filter(|(n, _)| n.eq_ignore_ascii_case(name)).collect();
        assert_eq!(all.len(), 1, "{name}");
        all[0].1.trim().to_owned()
    };
    for name in ["From", "To", "Date", "Message-ID", "Subject", "MIME-Version", "Content-Type", "Reply-To"] {
        raw(name);
    }
    let unsubscribe = raw("List-Unsubscribe");
    let token =
        unsubscribe.strip_prefix("<https://status.riverton.example/u/").unwrap().trim_end_matches('>');
    assert_eq!(keys().open(token, Purpose::Unsubscribe).unwrap().subscriber, SubscriberId(7));
    assert!(unsubscribe.len() < 200);
    assert_eq!(raw("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    assert_eq!(raw("List-Id"), "Riverton City <updates.status.riverton.example>");
    assert_eq!(raw("Auto-Submitted"), "auto-generated");
    assert!(raw("Feedback-ID").starts_with("investigating:2026-11-21-burst-main:updates:"));
    assert_eq!(parsed.from().unwrap().first().unwrap().address(), Some("status@riverton.example"));
    assert_eq!(parsed.reply_to().unwrap().first().unwrap().address(), Some("dana.osei@riverton.example"));
    let bounce = mail.from.strip_prefix("b+").unwrap().strip_suffix("@bounces.riverton.example").unwrap();
    assert_eq!(keys().open(bounce, Purpose::Bounce).unwrap().subscriber, SubscriberId(7));
    assert!(!String::from_utf8_lossy(&mail.message).contains("ann@example.org, "), "one recipient");
}

#[test]
fn the_status_goes_into_the_subject_where_that_is_wanted() {
    let mail = MailSettings { subject_status: true, ..settings() };
    let mail = write_with(&riverside(), (1, 2), "en", &ann(), &mail);
    assert_eq!(parse(&mail).subject(), Some("Identified: Burst water main on Riverside Drive"));
}

#[test]
fn a_mail_stays_small_whatever_was_written() {
    let long = "We are digging & <b>looking</b>. ".repeat(40) + "\n\n";
    let list = format!("- {}\n", "<&>".repeat(50)).repeat(2_000);
    let update = |time: &str, body: &str| {
        format!("## 2026-11-21 {time} Identified\n\n{body}\n\n### What you can do\n\n{list}\n\n")
    };
    let text = format!(
        "+++\ntitle = \"{}\"\nseverity = \"major\"\nservices = [\"water-supply\"]\nowner = \"dana-osei\"\nstarted = 2026-11-21T13:55:00\n+++\n\n{}\n\n{}{}{}",
        "Burst ".repeat(1_000),
        long.repeat(100),
        update("14:10", &long.repeat(300)),
        update("14:20", &long.repeat(300)),
        update("14:30", &"x".repeat(1 << 20)),
    );
    let told = told(&text, &["20:10", "20:20", "20:30"]);
    for numbers in [(0, 1), (0, 3), (1, 3), (1, 2)] {
        let mail = write(&told, numbers, "en", &ann());
        let html = html(&mail);
        assert!(html.len() <= 30_000, "{numbers:?}: {}", html.len());
        assert!(html.contains("Read the rest on the page"), "{numbers:?}");
        assert!(mail.message.len() < 100_000);
        check_strictly(&mail);
    }
}

/// What every relay and reader may count on (RFC 5321, RFC 5322).
fn check_strictly(mail: &Envelope) {
    let text = std::str::from_utf8(&mail.message).unwrap();
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n', '\0']));
    assert!(text.lines().all(|line| line.len() <= 998));
    let (head, _) = text.split_once("\r\n\r\n").unwrap();
    let names: Vec<&str> = head
        .split("\r\n")
        .filter(|line| !line.starts_with(' '))
        .map(|line| line.split_once(": ").expect("a header").0)
        .collect();
    assert_eq!(
        names,
        [
            "To",
            "Message-ID",
            "List-Unsubscribe",
            "From",
            "Reply-To",
            "Subject",
            "Date",
            "In-Reply-To",
            "References",
            "List-Id",
            "List-Unsubscribe-Post",
            "Auto-Submitted",
            "Feedback-ID",
            "Content-Language",
            "MIME-Version",
            "Content-Type",
        ]
    );
    let parsed = parse(mail);
    assert_eq!(parsed.parts.len(), 3, "multipart, text, HTML");
    assert!(parsed.parts.iter().all(|part| !part.is_encoding_problem));
    assert_eq!(parsed.to().unwrap().iter().count(), 1);
    let alternative = parsed.content_type().unwrap();
    assert_eq!((alternative.ctype(), alternative.subtype()), ("multipart", Some("alternative")));
}

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "\r\n",
            "\n",
            "\r",
            "\0",
            "\r\nBcc: x@example.org\r\n",
            "\r\n\r\n",
            ".\r\n",
            "=?utf-8?q?x?=",
            "\u{202e}",
            "\u{200f}",
            "😀",
            "é",
            "漢字",
            "\u{10fff0}",
            "<",
            ">",
            "\"",
            ",",
            ";",
            ":",
            "@",
            "\\",
            "=",
            "--=_",
            "{{ mail }}",
            "</div>",
            "\t",
            "  ",
            "\u{85}",
            "\u{2028}",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,12}",
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

#[test]
fn a_notice_is_a_plain_mail_to_one_of_us() {
    let written = notice_to(
        "dana.osei@riverton.example",
        "Due by 3:10pm: Burst\r\nBcc: x@example.org",
        "Dana,\n\nÀ vous.\n",
    );
    assert_eq!(
        written,
        notice_to(
            "dana.osei@riverton.example",
            "Due by 3:10pm: Burst\r\nBcc: x@example.org",
            "Dana,\n\nÀ vous.\n"
        )
    );
    let parsed = parse(&written);
    assert_eq!(parsed.subject(), Some("Due by 3:10pm: Burst Bcc: x@example.org"));
    assert_eq!(parsed.to().unwrap().first().unwrap().address(), Some("dana.osei@riverton.example"));
    assert_eq!((parsed.bcc().is_none(), parsed.parts.len()), (true, 1));
    assert_eq!(text(&written), "Dana,\n\nÀ vous.\n");
    // A body is a whole line, whether or not its writer ended it.
    assert!(notice_to("dana.osei@riverton.example", "x", "no end").message.ends_with(b"no end\r\n"));
}

fn notice_to(to: &str, subject: &str, body: &str) -> Envelope {
    let told = riverside();
    let host = HostSettings::default();
    let (theme, keys) = (Theme::new(&[]).0, keys());
    let with = Stationery {
        settings: &told.settings,
        mail: &settings(),
        http: &host.http,
        registers: &told.registers,
        theme: &theme,
        keys: &keys,
    };
    let at = "2026-11-21T21:00:00Z".parse().unwrap();
    let words = Notice {
        key: "remind burst-main".into(),
        to: to.into(),
        subject: subject.into(),
        body: body.into(),
        at,
        expires_at: at,
    };
    notice(&with, &words)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_a_reader_is_called_it_is_one_mail_to_one_reader(name in hostile(), local in hostile(), long in 0usize..4) {
        let name = name + &"é\r\n".repeat([0, 30, 3_000, 400_000][long]);
        static TOLD: LazyLock<Told> = LazyLock::new(riverside);
        let reader = Reader { name: &name, ..ann() };
        let mail = write(&TOLD, (1, 2), "en", &reader);
        check_strictly(&mail);
        let parsed = parse(&mail);
        let to = parsed.to().unwrap().first().unwrap();
        prop_assert_eq!(to.address(), Some("ann@example.org"));
        prop_assert_eq!(to.name().unwrap_or_default(), headers::one_line(&name));
        // An address that is none never reaches a header.
        let address = format!("{local}@example.org");
        let mail = write(&TOLD, (1, 2), "en", &Reader { email: &address, ..ann() });
        prop_assert!(std::str::from_utf8(&mail.message).unwrap().split("\r\n\r\n").next().unwrap().lines().count() < 30);
    }

    #[test]
    fn whatever_is_written_it_is_one_mail(title in hostile(), body in hostile(), site in hostile()) {
        let quoted = toml::Value::String(title.replace('\0', "")).to_string();
        // A file with a NUL in it is not read at all.
        let body = body.replace('\0', "");
        let text = format!(
            "+++\ntitle = {quoted}\nseverity = \"major\"\nservices = [\"water-supply\"]\nowner = \"dana-osei\"\nstarted = 2026-11-21T13:55:00\n+++\n\nWater is out.\n\n## 2026-11-21 14:10 Investigating\n\nWe are digging.\n\n{body}\n"
        );
        let Some(mut told) = try_told(&text, &["20:10"]).filter(|told| !told.numbered.is_empty()) else {
            return Err(TestCaseError::reject("nothing is published"));
        };
        told.settings.name = site;
        let mail = write(&told, (0, 1), "en", &ann());
        check_strictly(&mail);
        let subject = parse(&mail).subject().unwrap_or_default().to_owned();
        let expected = headers::one_line(&told.timeline.incident.title.value);
        prop_assert_eq!(subject, expected);
    }
}
