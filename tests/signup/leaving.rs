//! Unsubscribing and muting.

use candor::outbox::{Pace, Purpose, SubscriberState};

use crate::town::Town;

#[test]
fn one_click_works_in_every_shape_that_mail_programs_send_and_a_look_does_not() {
    let multipart =
        "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n";
    let shapes: [(&[(&str, &str)], &str); 4] = [
        (&[("Content-Type", "application/x-www-form-urlencoded")], "List-Unsubscribe=One-Click"),
        (&[("Content-Type", "multipart/form-data; boundary=x")], multipart),
        (&[], ""),
        (&[("Content-Type", "text/plain")], "List-Unsubscribe=One-Click"),
    ];
    for (headers, body) in shapes {
        let mut town = Town::new();
        let ann = town.reader("ann");
        let link = town.path(&ann, Purpose::Unsubscribe);
        town.get(&link).is(200).says("No more mail from us?").says("Get less instead");
        town.ask("HEAD", &link, &[], b"").is(200);
        town.ask("OPTIONS", &link, &[], b"").is(405);
        assert_eq!(town.subscriber("ann@mail.example").unwrap().state, SubscriberState::Confirmed);
        for _ in 0..2 {
            let answer = town.ask("POST", &link, headers, body.as_bytes()).is(200);
            assert_eq!(answer.header("location"), "", "no redirect");
        }
        assert_eq!(town.subscriber("ann@mail.example").unwrap().state, SubscriberState::Left);
        assert_eq!(town.mails_due(), 0);
    }
}

#[test]
fn muting_one_incident_leaves_the_rest() {
    let mut town = Town::new();
    let ann = town.reader("ann");
    assert_eq!(town.mails_due(), 1);
    let link = town.path(&ann, Purpose::Mute);
    town.get(&link).is(200).says("Burst main in Mill Lane");
    assert_eq!(town.mails_due(), 1);
    town.post(&link, "").is(200);
    assert_eq!(town.mails_due(), 0);
    assert_eq!(town.subscriber("ann@mail.example").unwrap().state, SubscriberState::Confirmed);
    town.post(&link.replace("/burst", "/nothing"), "").is(404);
}

#[test]
fn choices_are_shown_as_they_are_and_kept_as_they_are_made() {
    let mut town = Town::new();
    let ann = town.reader("ann");
    let link = town.path(&ann, Purpose::Preferences);
    town.get(&link).is(200).says("value=\"all\" checked").says("ann@mail.example");
    town.post(&link, "pace=digest&service=buses&area=north&language=fr&quiet_from=21:30&quiet_to=06:00&zone=America/Winnipeg").is(200);
    let ann = town.subscriber("ann@mail.example").unwrap();
    assert_eq!((ann.pace, ann.language.as_str(), ann.services[0].as_str()), (Pace::Digest, "fr", "buses"));
    assert_eq!((ann.hours.zone(), ann.hours.quiet()), ("America/Winnipeg", "21:30-06:00"));
    let page = town.get(&link).is(200).says("value=\"digest\" checked").says("value=\"buses\" checked");
    page.says("value=\"21:30\"").says("value=\"America/Winnipeg\"").says("lang=\"fr\"");
    town.post(&link, "pace=digest&zone=Mars/Crater&quiet_from=1:00&quiet_to=2:00").is(422);
    town.get(&format!("{link}?lang=en")).says("What you get");
}
