//! Texts that mean to be more than text: header lines, markup, template code, paths.

use candor::outbox::{Ledger, Purpose};

use crate::town::{STAMP, Town};

#[test]
fn no_typed_text_becomes_a_header_of_a_mail() {
    let mut town = Town::new();
    for email in [
        "ann%40mail.example%0D%0ABcc%3A+eve%40mail.example",
        "ann%40mail.example%0ABcc%3A+eve%40mail.example",
        "ann%40mail.example%00",
        "ann%40mail.example%2C+eve%40mail.example",
        "%3Cann%40mail.example%3E",
        "%22ann%20x%22%40mail.example",
        "ann%40mail.example+eve%40mail.example",
        "ann%40[127.0.0.1]",
        "%E2%80%AEann%40mail.example%0D",
    ] {
        let status = town.post("/subscribe", &format!("email={email}")).status;
        assert!(status == 422 || status == 200, "{email}: {status}");
    }
    town.post(
        "/subscribe",
        "email=bo%40mail.example&language=en%0D%0AX-Evil%3A+1&pace=all%0D%0A&name=a%0D%0ABcc%3A+x",
    )
    .is(200);
    for report in town.ledger.notices().unwrap() {
        let notice = report.notice;
        for text in [&notice.to, &notice.subject, &notice.key] {
            assert!(!text.contains(['\r', '\n', '\0']), "{notice:?}");
        }
        assert!(!notice.to.contains([',', ' ', '<']), "{notice:?}");
    }
    assert_eq!(town.subscriber("bo@mail.example").unwrap().language, "en");
}

#[test]
fn no_typed_text_becomes_a_header_of_an_answer() {
    let town = Town::new();
    for path in [
        "/subscribe?lang=en%0d%0aX-Evil:%201",
        "/subscribe?incident=%0d%0aX-Evil:%201",
        "/c/%0d%0aX-Evil:%201",
    ] {
        let answer = town.get(path);
        assert!(!answer.head.to_lowercase().contains("x-evil"), "{}", answer.head);
    }
}

#[test]
fn markup_and_template_code_stay_text() {
    let town = Town::new();
    let evil = "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E%7B%7B+7*191+%7D%7D%7B%25+include+%22x%22+%25%7D";
    let page = town.post("/subscribe", &format!("email={evil}&postcode={evil}&lang={evil}")).is(422);
    page.silent_about("<script>alert").silent_about("1337").says("&lt;script&gt;").says("{{ 7*191 }}").ok();
    let page = town.post(&format!("/f/burst/{STAMP}"), &format!("words={evil}&contact={evil}"));
    page.is(422).silent_about("<script>alert").silent_about("1337").says("&lt;script&gt;").ok();
    town.get(&format!("/subscribe?incident={evil}&area={evil}&lang={evil}"))
        .is(200)
        .silent_about("script>alert")
        .ok();
}

#[test]
fn what_a_reader_says_is_text_in_the_owners_mail() {
    let mut town = Town::new();
    let evil = "%7B%7B+7*191+%7D%7D+%E2%80%AE+Subject%3A+x%0D%0A.%0D%0AMAIL+FROM%3A%3Cx%3E";
    town.post(&format!("/f/burst/{STAMP}"), &format!("helped=no&words={evil}")).is(200);
    let kept = &town.ledger.feedbacks().unwrap()[0].words;
    assert!(!kept.contains(['\r', '\n']) && kept.contains("{{ 7*191 }}"), "{kept}");
    let mail = &crate::feedback::owner_hears(&mut town, 1)[0];
    assert!(mail.body.contains("{{ 7*191 }}") && !mail.body.contains("1337"), "{mail:?}");
    assert!(!mail.body.lines().any(|line| line == "." || line.starts_with("MAIL FROM")), "{mail:?}");
}

#[test]
fn paths_lead_nowhere_else() {
    let mut town = Town::new();
    let ann = town.reader("ann");
    let page = town.path(&ann, Purpose::Preferences);
    let token = page.trim_start_matches("/p/");
    for path in [
        format!("/u/../p/{token}"),
        format!("//p/{token}"),
        format!("/p//{token}"),
        format!("/p/{token}/"),
        format!("/p/{token}/../{token}/erase"),
        format!("/p/{token}%2Ferase"),
        format!("/p/{token}%00"),
        format!("/%70/{token}/x"),
        format!("/m/{token}/..%2f..%2fetc%2fpasswd"),
        "/f/..%2f..%2fetc/passwd".to_owned(),
        "/../../etc/passwd".to_owned(),
        "/%2e%2e/%2e%2e/etc/passwd".to_owned(),
        "/subscribe/../healthz".to_owned(),
        format!("/c/{}", "A".repeat(8000)),
        "/f/burst/%ff%fe".to_owned(),
        "/_mail/".to_owned(),
        "/_preview/".to_owned(),
    ] {
        let (looked, posted) = (town.get(&path), town.post(&path, "sure=yes"));
        assert!(matches!(looked.status, 400 | 404 | 405), "GET {path}: {}", looked.status);
        assert!(matches!(posted.status, 400 | 404 | 405), "POST {path}: {}", posted.status);
        assert!(!looked.body.contains("root:"));
    }
    let strange = town.raw(b"POST http://evil.example/subscribe HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\nGET /p/x HTTP/1.1\r\n\r\n");
    assert!(strange.head.matches("HTTP/1.1").count() <= 1, "one question, one answer: {}", strange.head);
    assert_eq!(town.subscriber("ann@mail.example"), Some(ann));
}
