//! Tokens: made up, used again, and used for something else.

use candor::outbox::{Ledger, Purpose, SubscriberState, Token, TokenKeys};

use crate::town::Town;

const PURPOSES: [Purpose; 6] = [
    Purpose::Confirm,
    Purpose::Unsubscribe,
    Purpose::Mute,
    Purpose::Preferences,
    Purpose::Bounce,
    Purpose::Follow,
];

/// Every address within the service that takes a token.
fn doors(token: &str) -> Vec<(Purpose, String)> {
    vec![
        (Purpose::Confirm, format!("/c/{token}")),
        (Purpose::Unsubscribe, format!("/u/{token}")),
        (Purpose::Mute, format!("/m/{token}/burst")),
        (Purpose::Follow, format!("/i/{token}/burst")),
        (Purpose::Preferences, format!("/p/{token}")),
        (Purpose::Preferences, format!("/p/{token}/export")),
        (Purpose::Preferences, format!("/p/{token}/erase")),
    ]
}

#[test]
fn a_forged_token_opens_nothing() {
    let mut town = Town::new();
    let ann = town.reader("ann");
    let mine = TokenKeys::new(b"the attacker's own key");
    for purpose in PURPOSES {
        let good = town.keys.seal(Token { purpose, subscriber: ann.id, epoch: ann.token_epoch });
        let made_up = mine.seal(Token { purpose, subscriber: ann.id, epoch: ann.token_epoch });
        let mut tried = vec![made_up, String::new(), "x".repeat(42), good.repeat(2), good[..41].to_owned()];
        for at in 0..good.len() {
            let other = if good.as_bytes()[at] == b'A' { "B" } else { "A" };
            tried.push(format!("{}{other}{}", &good[..at], &good[at + 1..]));
        }
        for token in tried {
            for (_, door) in doors(&token) {
                town.post(&door, "sure=yes&pace=ends").is(404);
            }
        }
    }
    let after = town.subscriber("ann@mail.example").unwrap();
    assert_eq!((after, town.mails_due()), (ann, 1));
}

#[test]
fn a_token_for_one_thing_is_good_for_nothing_else() {
    let mut town = Town::new();
    let ann = town.reader("ann");
    for purpose in PURPOSES {
        let token = town.keys.seal(Token { purpose, subscriber: ann.id, epoch: ann.token_epoch });
        for (door, path) in doors(&token).into_iter().filter(|(door, _)| *door != purpose) {
            assert_eq!(town.post(&path, "sure=yes&pace=ends").status, 404, "{purpose:?} at {door:?}");
            if !path.ends_with("export") && !path.ends_with("erase") {
                assert_eq!(town.get(&path).status, 404, "{purpose:?} at {door:?}");
            }
        }
    }
    let after = town.subscriber("ann@mail.example").unwrap();
    assert_eq!((after, town.mails_due()), (ann, 1));
}

#[test]
fn a_link_used_again_brings_nobody_back() {
    let mut town = Town::new();
    let ann = town.reader("ann");
    let confirm = town.path(&ann, Purpose::Confirm);
    let choose = town.path(&ann, Purpose::Preferences);
    town.post(&town.path(&ann, Purpose::Unsubscribe), "").is(200);
    town.get(&confirm).is(404);
    town.post(&confirm, "").is(404);
    town.post(&choose, "pace=all").is(404);
    assert_eq!(town.subscriber("ann@mail.example").unwrap().state, SubscriberState::Left);
    // A stranger asks for her: her old links still confirm nothing that she did not ask for, by the way of choices.
    town.pass(jiff::SignedDuration::from_hours(25));
    town.post("/subscribe", "email=ann%40mail.example").is(200);
    town.post(&choose, "pace=all").is(404);
    assert_eq!(town.subscriber("ann@mail.example").unwrap().state, SubscriberState::Unconfirmed);
    let now = town.now();
    town.ledger.forget(ann.id, now).unwrap();
    for path in [confirm, choose, town.path(&ann, Purpose::Unsubscribe)] {
        town.post(&path, "").is(404);
    }
    town.post("/subscribe", "email=ann%40mail.example").is(200);
    assert_ne!(town.subscriber("ann@mail.example").map(|again| again.id), Some(ann.id));
}

#[test]
fn a_raised_epoch_makes_every_older_link_void() {
    let mut town = Town::new();
    let ann = town.reader("ann");
    let newer = candor::outbox::Subscriber { token_epoch: ann.token_epoch + 1, ..ann.clone() };
    for purpose in PURPOSES.into_iter().filter(|purpose| *purpose != Purpose::Bounce) {
        town.post(&town.path(&newer, purpose), "").is(404);
        town.get(&town.path(&newer, purpose)).is(404);
    }
    assert_eq!(town.subscriber("ann@mail.example"), Some(ann));
}

#[test]
fn another_sites_page_cannot_act_for_a_reader_and_frames_nothing() {
    let mut town = Town::new();
    let ann = town.reader("ann");
    for path in [
        "/subscribe".to_owned(),
        town.path(&ann, Purpose::Preferences),
        town.path(&ann, Purpose::Unsubscribe),
    ] {
        let page = town.get(&path).is(200);
        let policy = page.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "style-src 'sha256-",
        ] {
            assert!(policy.contains(part), "{policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        for (name, value) in [
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
            ("cache-control", "no-store"),
            ("cross-origin-opener-policy", "same-origin"),
            ("set-cookie", ""),
            ("access-control-allow-origin", ""),
        ] {
            assert_eq!(page.header(name), value, "{name}");
        }
        page.silent_about("<script").ok();
    }
}
