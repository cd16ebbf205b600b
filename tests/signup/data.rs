//! One's own data: taken along, and erased.

use candor::outbox::{Address, Follows, Ledger, Purpose, SignUp, SignedUp, Via};

use crate::town::Town;

#[test]
fn a_reader_takes_everything_along() {
    let mut town = Town::new();
    let ann = town.reader("ann");
    let page = town.path(&ann, Purpose::Preferences);
    town.get(&format!("{page}/data")).is(200).says("Download everything");
    town.get(&format!("{page}/export")).is(405);
    let file = town.post(&format!("{page}/export"), "").is(200);
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"my-data.json\"");
    let data: serde_json::Value = serde_json::from_str(&file.body).unwrap();
    assert_eq!(data["email"], "ann@mail.example");
    assert_eq!(data["state"], "confirmed");
}

#[test]
fn erasing_asks_once_and_then_leaves_nothing_but_a_code() {
    let mut town = Town::new();
    let ann = town.reader("ann");
    let page = town.path(&ann, Purpose::Preferences);
    town.post(&format!("{page}/erase"), "").is(422).says("Tick the box first");
    assert!(town.subscriber("ann@mail.example").is_some());
    town.post(&format!("{page}/erase"), "sure=yes").is(200).says("erased");
    assert!(town.subscriber("ann@mail.example").is_none());
    assert_eq!(town.mails("ann@mail.example").len(), 0);
    town.post(&format!("{page}/erase"), "sure=yes").is(404);
    town.get(&page).is(404);
    let again = SignUp {
        name: String::new(),
        email: Address::read("ann@mail.example").unwrap(),
        services: ann.services,
        areas: ann.areas,
        follows: Follows::default(),
        language: String::new(),
        pace: ann.pace,
        hours: ann.hours,
    };
    let now = town.now();
    let came = town.ledger.sign_up(&[again], Via::Operator, now).unwrap();
    assert!(matches!(came[..], [SignedUp::Barred(_)]), "no list brings her back");
}

#[test]
fn who_left_can_still_have_their_data_erased() {
    let mut town = Town::new();
    let ann = town.reader("ann");
    town.post(&town.path(&ann, Purpose::Unsubscribe), "").is(200);
    let page = town.path(&ann, Purpose::Preferences);
    town.get(&page).is(404);
    town.get(&format!("{page}/data")).is(200);
    town.post(&format!("{page}/erase"), "sure=yes").is(200);
    assert!(town.subscriber("ann@mail.example").is_none());
}
