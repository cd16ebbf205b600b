//! What readers answer, and who hears of it.

use std::time::{Duration, Instant};

use candor::outbox::{Ledger, Notice};
use jiff::SignedDuration;

use crate::town::{STAMP, Town};

/// Waits until the owner has so many mails.
pub(crate) fn owner_hears(town: &mut Town, count: usize) -> Vec<Notice> {
    let since = Instant::now();
    loop {
        let mails = town.mails("ann@town.example");
        if mails.len() >= count || since.elapsed() > Duration::from_secs(20) {
            return mails;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn the_owner_hears_what_readers_say_without_their_address_unless_it_is_given() {
    let mut town = Town::new();
    let page = format!("/f/burst/{STAMP}");
    town.get(&page)
        .is(200)
        .says("Burst main in Mill Lane")
        .says("Did our statement tell you what you needed?");
    assert_eq!(town.ledger.feedbacks().unwrap().len(), 0);
    town.post(&page, "words=hello").is(422).says("Choose yes or no").says("hello");
    town.post(&page, "helped=no&words=Where+is%0D%0Athe+tap%3F").is(200).says("Thank you");
    town.post(&page, "helped=yes&contact=bo%40mail.example").is(200);
    town.post(&page, "helped=yes&contact=nonsense").is(422);
    town.post(&page, "helped=yes&website=x").is(200);
    let kept = town.ledger.feedbacks().unwrap();
    assert_eq!(
        kept.iter().map(|one| (one.helped, one.words.as_str())).collect::<Vec<_>>(),
        [(Some(false), "Where is the tap?"), (Some(true), "")]
    );
    let mails = owner_hears(&mut town, 1);
    let said: String = mails.iter().map(|mail| mail.body.as_str()).collect();
    assert!(said.contains("> Where is the tap?") && mails[0].subject.contains("Burst main"), "{mails:?}");

    // Within a quarter of an hour there is no second mail; after it there is one with all that came.
    let before = mails.len();
    town.post(&page, "helped=no&words=One").is(200);
    town.post(&page, "helped=no&words=Two").is(200);
    std::thread::sleep(Duration::from_secs(6));
    assert_eq!(town.mails("ann@town.example").len(), before);
    town.pass(SignedDuration::from_mins(16));
    let mails = owner_hears(&mut town, before + 1);
    let last = &mails.last().unwrap().body;
    assert!(last.contains("> One") && last.contains("> Two"), "{last}");
    let all: String = mails.iter().map(|mail| mail.body.as_str()).collect();
    assert!(all.contains("Answer to: bo@mail.example") && all.matches("@mail.example").count() == 1, "{all}");
}

#[test]
fn only_what_was_said_can_be_answered() {
    let town = Town::new();
    town.get("/f/burst/20261121T1500Z").is(404);
    town.post("/f/burst/20261121T1500Z", "helped=yes").is(404);
    town.post(&format!("/f/nothing/{STAMP}"), "helped=yes").is(404);
}
