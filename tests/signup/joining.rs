//! Asking, confirming, following one incident.

use candor::config::HttpSettings;
use candor::outbox::{Follows, Ledger, Pace, Purpose, SubscriberState, TokenKeys};
use jiff::SignedDuration;

use crate::town::{SECRET, Town};

#[test]
fn a_reader_asks_looks_confirms_and_is_told() {
    let mut town = Town::new();
    town.get("/subscribe")
        .is(200)
        .says("Your mail address")
        .says("Buses &amp; &lt;b&gt;trams")
        .silent_about("<script");
    town.post("/subscribe?lang=fr", "email=ann%40mail.example&service=water&postcode=tn1+5ab&pace=news&language=fr&quiet_from=22:00&quiet_to=07:00")
        .is(200)
        .says("Consultez votre bo");
    let ann = town.subscriber("ann@mail.example").unwrap();
    assert_eq!(
        (ann.state, ann.pace, ann.language.as_str()),
        (SubscriberState::Unconfirmed, Pace::News, "fr")
    );
    assert_eq!((ann.services[0].as_str(), ann.areas[0].as_str()), ("water", "north"));
    assert_eq!((ann.hours.zone(), ann.hours.quiet()), ("Europe/London", "22:00-07:00"));
    let mails = town.mails("ann@mail.example");
    assert_eq!(mails.len(), 1);
    assert!(
        mails[0].subject.starts_with("Merci de confirmer") && mails[0].body.contains("Water; North side"),
        "{mails:?}"
    );

    let link = town.link("ann@mail.example");
    for _ in 0..3 {
        town.get(&link).is(200).says("Oui, ").says("Water; North side").says("ann@mail.example");
    }
    town.ask("HEAD", &link, &[], b"").is(200);
    town.ask("OPTIONS", &link, &[], b"");
    assert_eq!(town.subscriber("ann@mail.example").unwrap().state, SubscriberState::Unconfirmed);
    assert_eq!(town.mails_due(), 0);

    town.post(&link, "").is(200).says("Vous ");
    assert_eq!(town.subscriber("ann@mail.example").unwrap().state, SubscriberState::Confirmed);
    assert_eq!(town.mails_due(), 1, "who confirms hears what is going on");
    town.post(&link, "").is(200);
    assert_eq!(town.mails_due(), 1, "twice is once");
}

#[test]
fn what_is_wrong_with_a_form_is_said_beside_the_field_and_nothing_typed_is_lost() {
    let mut town = Town::new();
    let page =
        town.post("/subscribe", "email=ann&service=water&postcode=ZZ9&pace=ends&quiet_from=22:00").is(422);
    let page = page.says("id=\"email-wrong\"").says("id=\"postcode-wrong\"").says("id=\"hours-wrong\"");
    let page = page.says("value=\"ann\"").says("value=\"ZZ9\"").says("value=\"ends\" checked");
    page.says("value=\"water\" checked").says("role=\"alert\"");
    town.post("/subscribe", "email=").is(422).says("Write your mail address");
    town.post("/subscribe", "email=ann%40mail.example&service=gas").is(422).says("not on our list");
    town.post("/subscribe", "email=ann%40mail.example&incident=nothing").is(422).says("not on our list");
    assert_eq!(town.ledger.notices().unwrap().len(), 0);
}

#[test]
fn one_address_gets_one_mail_a_day_and_a_link_works_for_a_week() {
    let mut town = Town::new();
    for _ in 0..5 {
        town.post("/subscribe", "email=ann%40mail.example").is(200);
        town.post("/subscribe", "email=Ann%40MAIL.example").is(200);
    }
    assert_eq!(town.mails("ann@mail.example").len() + town.mails("Ann@mail.example").len(), 1);
    town.pass(SignedDuration::from_hours(24));
    town.post("/subscribe", "email=ann%40mail.example").is(200);
    assert_eq!(town.mails("ann@mail.example").len(), 2);
    let link = town.link("ann@mail.example");
    town.pass(SignedDuration::from_hours(7 * 24 + 1));
    town.post(&link, "").is(404).says("does not work any more");
    assert_eq!(town.subscriber("ann@mail.example").unwrap().state, SubscriberState::Unconfirmed);
    let now = town.now();
    town.ledger.tidy(now).unwrap();
    assert!(town.subscriber("ann@mail.example").is_none(), "who never confirmed is forgotten");
    assert_eq!(town.ledger.notices().unwrap().len(), 0, "and so is the mail to them");
}

#[test]
fn who_follows_one_incident_hears_of_nothing_else() {
    let mut town = Town::new();
    town.get("/subscribe?incident=burst")
        .is(200)
        .says("Burst main in Mill Lane")
        .silent_about("name=\"service\"");
    town.post("/subscribe", "email=ann%40mail.example&incident=burst").is(200);
    let link = town.link("ann@mail.example");
    town.get(&link).says("Burst main in Mill Lane");
    town.post(&link, "").is(200);
    let ann = town.subscriber("ann@mail.example").unwrap();
    assert_eq!(ann.follows, Follows::only(vec!["burst".into()]));
    assert_eq!(town.mails_due(), 1);
    let now = town.now();
    let other = candor::outbox::Publication {
        incident: "other".into(),
        statement: "other/20261121T1411Z".into(),
        audience: candor::outbox::Audience::default(),
        kind: candor::outbox::UpdateKind::Opened,
        slot: None,
        lines: Vec::new(),
        retracts: None,
        published_at: now,
        starts_at: now,
        expires_at: now + SignedDuration::from_hours(4),
        channels: Vec::new(),
        telling: candor::outbox::Telling::Audience,
    };
    town.ledger.publish(&other).unwrap();
    assert_eq!(town.mails_due(), 1, "the other one concerns everybody, and not her");
    // Their choice of one incident stays when they change the pace, and ends when they say so.
    let page = town.path(&ann, candor::outbox::Purpose::Preferences);
    town.get(&page).is(200).says("Write to me about everything else too");
    town.post(&page, "pace=ends").is(200);
    assert!(town.subscriber("ann@mail.example").unwrap().follows.nothing_else);
    town.post(&page, "pace=ends&widen=yes").is(200);
    let follows = town.subscriber("ann@mail.example").unwrap().follows;
    assert_eq!((follows.nothing_else, follows.incidents), (false, vec!["burst".into()]));
    assert_eq!(town.mails_due(), 2);
}

/// Somebody who hears about buses in the north, in French, and not about the burst main.
fn bus_rider(town: &mut Town) -> candor::outbox::Subscriber {
    town.post("/subscribe", "email=ann%40mail.example&service=buses&language=fr").is(200);
    let link = town.link("ann@mail.example");
    town.post(&link, "").is(200);
    assert_eq!(town.mails_due(), 0);
    town.pass(SignedDuration::from_hours(24));
    town.subscriber("ann@mail.example").unwrap()
}

#[test]
fn a_reader_follows_one_incident_beside_the_rest_by_a_link_in_a_mail() {
    let mut town = Town::new();
    let before = bus_rider(&mut town);
    town.post("/subscribe", "email=ann%40mail.example&incident=burst&pace=ends&language=en").is(200);
    assert_eq!(town.subscriber("ann@mail.example").unwrap(), before, "whoever typed it may be a stranger");
    let mail = town.mails("ann@mail.example").pop().unwrap();
    assert_eq!(mail.subject, "Suivre aussi « Burst main in Mill Lane » ?");
    let link = town.link("ann@mail.example");
    assert!(link.starts_with("/i/") && link.ends_with("/burst") && link.len() < 160, "{link}");
    for _ in 0..3 {
        town.get(&link).is(200).says("Burst main in Mill Lane").says("<button");
    }
    town.ask("HEAD", &link, &[], b"").is(200);
    town.ask("OPTIONS", &link, &[], b"");
    assert_eq!((town.subscriber("ann@mail.example").unwrap(), town.mails_due()), (before.clone(), 0));
    for _ in 0..2 {
        town.post(&link, "").is(200);
        let after = town.subscriber("ann@mail.example").unwrap();
        let follows = Follows { incidents: vec!["burst".into()], nothing_else: false };
        assert_eq!(after, candor::outbox::Subscriber { follows, ..before.clone() });
        assert_eq!(town.mails_due(), 1);
    }
    town.post(&link.replace("burst", "nothing"), "").is(404);
    // Muted it is followed no longer, and the link takes it up again.
    town.post(&town.path(&before, Purpose::Mute), "").is(200);
    assert_eq!((town.subscriber("ann@mail.example").unwrap(), town.mails_due()), (before.clone(), 0));
    town.post(&link, "").is(200);
    assert_eq!(town.mails_due(), 1);
    // Who left is brought back by no old link.
    town.post(&town.path(&before, Purpose::Unsubscribe), "").is(200);
    town.get(&link).is(404);
    town.post(&link, "").is(404);
    assert_eq!(town.mails_due(), 0);
}

#[test]
fn the_page_of_choices_offers_what_goes_on_and_keeps_what_is_followed() {
    let mut town = Town::new();
    let ann = bus_rider(&mut town);
    let page = town.path(&ann, Purpose::Preferences);
    let choices = "service=buses&language=fr";
    town.get(&page).is(200).says("name=\"incident\" value=\"burst\">").says("Burst main in Mill Lane");
    town.post(&page, &format!("{choices}&incident=nothing")).is(422);
    town.post(&page, &format!("{choices}&incident=burst")).is(200);
    assert_eq!(town.mails_due(), 1);
    town.get(&page).is(200).says("« Burst main in Mill Lane »").silent_about("name=\"incident\"");
    town.post(&page, "service=buses&language=fr&pace=ends").is(200);
    let after = town.subscriber("ann@mail.example").unwrap();
    assert_eq!(after.follows, Follows { incidents: vec!["burst".into()], nothing_else: false });
    assert_eq!((after.pace, town.mails_due()), (Pace::Ends, 1));
}

#[test]
fn keys_are_changed_without_a_link_going_dead() {
    let mut old = Town::new();
    let reader = old.reader("ann");
    let link = old.path(&reader, candor::outbox::Purpose::Unsubscribe);
    let keys = TokenKeys::new(b"a new key");
    let mut town = Town::with(&HttpSettings::default(), keys.clone().or(SECRET));
    let same = town.reader("ann");
    assert_eq!(same.id, reader.id, "the same person in a copy of the town");
    town.post(&link, "").is(200);
    assert_eq!(town.subscriber("ann@mail.example").unwrap().state, SubscriberState::Left);
    let mut without = Town::with(&HttpSettings::default(), keys);
    assert_eq!(without.reader("ann").id, reader.id);
    without.post(&link, "").is(404);
}

#[test]
fn machines_are_told_how_it_is_and_the_public_is_not() {
    let town = Town::new();
    town.get("/healthz").is(200);
    town.get("/readyz").is(200).says("ready");
    town.post("/subscribe", "email=ann%40mail.example").is(200);
    town.get("/metrics")
        .is(200)
        .says("candor_signup_events_total{what=\"asked\"} 1")
        .says("route=\"/subscribe\"");
    town.ask("GET", "/metrics", &[("X-Forwarded-For", "192.0.2.1")], b"").is(404);
}
