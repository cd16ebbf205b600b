//! Mail that came back, and doubts that somebody settled.

use candor::outbox::*;
use jiff::SignedDuration;

use crate::town::*;

impl Town {
    fn comes_back(&mut self, who: SubscriberId, kind: ReturnKind, report: &str) -> Consequence {
        let (status, text) = ("5.1.1".to_owned(), "no such user".to_owned());
        let report = report.to_owned();
        self.ledger.returned(&Returned { report, subscriber: who, kind, status, text, at: self.now }).unwrap()
    }

    fn state_of(&mut self, who: SubscriberId) -> SubscriberState {
        self.ledger.subscriber(who).unwrap().unwrap().state
    }
}

fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

#[test]
fn a_mailbox_that_does_not_exist_is_never_mailed_again() {
    let mut town = Town::new();
    let ann = town.subscribe("ann");
    town.publish(MAIN, UpdateKind::Opened);
    town.deliver();
    assert_eq!(town.comes_back(ann, ReturnKind::Hard, "r1"), Consequence::Suppressed);
    assert_eq!(town.comes_back(ann, ReturnKind::Hard, "r1"), Consequence::Known);
    town.publish(MAIN, UpdateKind::Update);
    assert_eq!(town.deliver(), told(&[]));
    let suppressed = &town.ledger.suppressed().unwrap()[0];
    assert_eq!((suppressed.why, suppressed.text.as_str()), (Bar::Refused, "5.1.1 no such user"));
    // Erased, the address stays out: an import does not bring it back.
    town.ledger.forget(ann, town.now).unwrap();
    assert!(town.ledger.returns().unwrap().is_empty());
    let ann = town.person("ann");
    assert_eq!(town.sign_up(&[ann]), [SignedUp::Barred(Bar::Forgotten)]);
}

#[test]
fn a_full_mailbox_is_given_up_after_three_reports_in_three_days() {
    let mut town = Town::new();
    let ann = town.subscribe("ann");
    for (day, expected) in [(0, Consequence::Noted), (1, Consequence::Noted), (2, Consequence::Suppressed)] {
        town.publish(&format!("main-{day}"), UpdateKind::Opened);
        assert_eq!(town.deliver().len(), 1);
        assert_eq!(town.comes_back(ann, ReturnKind::Soft, &format!("r{day}")), expected, "day {day}");
        town.pass(days(2));
    }
    assert_eq!(town.state_of(ann), SubscriberState::Refused);
}

#[test]
fn a_mail_that_arrived_between_two_full_mailboxes_begins_the_count_anew() {
    let mut town = Town::new();
    let ann = town.subscribe("ann");
    for report in ["r1", "r2"] {
        town.publish(report, UpdateKind::Opened);
        town.deliver();
        assert_eq!(town.comes_back(ann, ReturnKind::Soft, report), Consequence::Noted);
        town.pass(days(2));
    }
    town.pass(days(6));
    town.publish("arrives", UpdateKind::Opened);
    town.deliver();
    town.pass(days(6));
    town.publish("third", UpdateKind::Opened);
    town.deliver();
    assert_eq!(town.comes_back(ann, ReturnKind::Soft, "r3"), Consequence::Noted);
    assert_eq!(town.state_of(ann), SubscriberState::Confirmed);
}

#[test]
fn a_bad_hour_of_ours_unsubscribes_nobody() {
    let mut town = Town::new();
    let ann = town.subscribe("ann");
    for n in 0..10 {
        assert_eq!(town.comes_back(ann, ReturnKind::Policy, &format!("r{n}")), Consequence::Noted);
        town.pass(days(1));
    }
    assert_eq!(town.state_of(ann), SubscriberState::Confirmed);
}

#[test]
fn a_complaint_ends_all_mail_at_once_and_outlives_the_person() {
    let mut town = Town::new();
    let ann = town.subscribe("ann");
    town.publish(MAIN, UpdateKind::Opened);
    let claim = town.claim().remove(0);
    assert_eq!(town.comes_back(ann, ReturnKind::Complaint, "arf"), Consequence::Left);
    assert!(!town.intend(&claim), "even a mail that is on its way");
    let suppressed = &town.ledger.suppressed().unwrap()[0];
    assert_eq!((suppressed.why, suppressed.text.as_str()), (Bar::Left, "marked a mail as spam"));
    let again = town.person("ann");
    assert_eq!(town.sign_up(&[again]), [SignedUp::Barred(Bar::Left)]);
    assert_eq!(town.comes_back(SubscriberId(999), ReturnKind::Hard, "who"), Consequence::Nobody);
}

#[test]
fn whoever_finds_out_what_became_of_a_doubt_settles_it() {
    let mut town = Town::new();
    let (ann, bob) = (town.subscribe("ann"), town.subscribe("bob"));
    town.publish(MAIN, UpdateKind::Opened);
    for claim in town.claim() {
        assert!(town.intend(&claim));
        town.settle(&claim, lost());
    }
    let slug = slug(MAIN);
    assert!(town.ledger.resolve(&slug, ann, true, town.now).unwrap());
    assert!(!town.ledger.resolve(&slug, ann, true, town.now).unwrap(), "once is enough");
    assert!(town.ledger.resolve(&slug, bob, false, town.now).unwrap());
    let states: Vec<_> =
        town.ledger.doubts().unwrap().into_iter().map(|doubt| (doubt.subscriber, doubt.state)).collect();
    assert_eq!(states.len(), 2);
    assert!(states.contains(&(ann, DoubtState::Accepted)) && states.contains(&(bob, DoubtState::DueAgain)));
    assert_eq!(town.deliver(), told(&[("bob", 0, 1)]));
    // Ann's next mail begins where the settled one ended.
    town.publish(MAIN, UpdateKind::Update);
    assert_eq!(town.deliver(), told(&[("ann", 1, 2), ("bob", 1, 2)]));
}

#[test]
fn a_reply_is_kept_until_the_owner_has_it_and_counted_once() {
    let mut town = Town::new();
    let ann = town.subscribe("ann");
    town.publish(MAIN, UpdateKind::Opened);
    let reply = |words: &str, contact: &str, town: &Town| Feedback {
        at: town.now,
        incident: slug(MAIN),
        statement: "burst-main/1".into(),
        helped: None,
        words: words.into(),
        contact: contact.into(),
    };
    let (brown, smell) =
        (reply("Brown.", "Ann <ann@example.org>", &town), reply("Smell.", "x@example.org", &town));
    assert!(town.ledger.replied("reply 1", &brown).unwrap());
    assert!(!town.ledger.replied("reply 1", &brown).unwrap(), "the same mail again");
    assert!(town.ledger.replied("reply 2", &smell).unwrap());
    // Who is erased before it is passed on takes the words along.
    town.ledger.forget(ann, town.now).unwrap();
    let heard = std::cell::RefCell::new(Vec::new());
    let at = town.now;
    let write = |incident: &candor::text::Slug, said: &[Feedback]| {
        heard.borrow_mut().extend(said.iter().map(|one| one.words.clone()));
        Some(Notice {
            key: format!("said {incident}"),
            to: "owner@example.org".into(),
            subject: String::new(),
            body: String::new(),
            at,
            expires_at: at,
        })
    };
    assert_eq!(town.ledger.pass_on_feedback(&write, minutes(15), town.now).unwrap(), 2);
    assert_eq!(*heard.borrow(), ["", "Smell."]);
    let kept = town.ledger.feedbacks().unwrap();
    assert_eq!(kept.iter().map(|one| one.helped).collect::<Vec<_>>(), [None, None]);
    assert!(kept.iter().all(|one| one.words.is_empty() && one.contact.is_empty()), "{kept:?}");
}
