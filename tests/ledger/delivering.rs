//! Delivering: what may go, what waits, what is written off.

use candor::outbox::*;

use crate::town::*;

#[test]
fn a_slow_reader_gets_the_newest_and_everything_since() {
    let mut town = Town::new();
    town.subscribe("ann");
    town.publish(MAIN, UpdateKind::Opened);
    town.deliver();
    town.publish(MAIN, UpdateKind::Update);
    let claim = town.claim().remove(0);
    town.publish(MAIN, UpdateKind::Update);
    assert!(!town.intend(&claim), "something newer is out");
    town.settle(&claim, Outcome::TakenBack);
    assert_eq!(town.deliver(), told(&[("ann", 1, 3)]));
}

#[test]
fn a_holding_update_does_not_take_back_a_mail_to_who_asked_for_news() {
    let mut town = Town::new();
    town.subscribe_at("ann", Pace::News);
    town.publish(MAIN, UpdateKind::Opened);
    let claim = town.claim().remove(0);
    town.publish(MAIN, UpdateKind::Holding);
    assert!(town.intend(&claim));
}

#[test]
fn a_mail_is_given_to_one_sender_only_and_may_go_once() {
    let mut town = Town::new();
    town.subscribe("ann");
    town.publish(MAIN, UpdateKind::Opened);
    let claim = town.claim().remove(0);
    assert_eq!(town.claim(), []);
    let other = town.ledger.enlist("there", town.now).unwrap();
    let me = std::mem::replace(&mut town.me, other);
    assert!(!town.intend(&claim), "it is not the other's");
    town.me = me;
    assert!(town.intend(&claim));
    assert!(!town.intend(&claim));
}

#[test]
fn what_a_relay_puts_off_comes_again_later_and_later() {
    let mut town = Town::new();
    town.subscribe("ann");
    town.publish(MAIN, UpdateKind::Opened);
    let mut waits = Vec::new();
    for _ in 0..3 {
        let claim = town.claim().remove(0);
        assert!(town.intend(&claim));
        town.settle(&claim, later());
        assert_eq!(town.claim(), []);
        let due = town.ledger.next_due(town.now, town.gate).unwrap().unwrap();
        waits.push(due.duration_since(town.now).as_secs());
        town.now = due;
    }
    assert!((24..=36).contains(&waits[0]) && (48..=72).contains(&waits[1]) && (96..=144).contains(&waits[2]));
    let failed = town.ledger.failed(None).unwrap();
    let last = failed[0].last.as_ref().unwrap();
    assert_eq!((last.trouble, last.code, last.text.as_str()), (Trouble::Later, 451, "4.7.1 greylisted"));
    assert_eq!(town.deliver(), told(&[("ann", 0, 1)]));
    assert_eq!(town.ledger.failed(None).unwrap(), []);
}

#[test]
fn a_refused_address_is_never_mailed_again_about_anything() {
    let mut town = Town::new();
    let ann = town.subscribe("ann");
    town.publish("other", UpdateKind::Opened);
    town.publish(MAIN, UpdateKind::Opened);
    let claims = town.claim();
    assert!(town.intend(&claims[0]));
    town.settle(&claims[0], refused());
    assert!(!town.intend(&claims[1]), "the other incident stops too");
    town.settle(&claims[1], Outcome::TakenBack);
    town.publish(MAIN, UpdateKind::Update);
    town.publish("third", UpdateKind::Opened);
    assert_eq!(town.claim(), []);
    let suppressed = town.ledger.suppressed().unwrap();
    assert_eq!((suppressed[0].why, suppressed[0].text.as_str()), (Bar::Refused, "550 5.1.1 no such user"));
    assert_eq!(suppressed[0].subscriber, Some(ann));
    assert_eq!(town.sign_up(&[town.person("ann")]), [SignedUp::Barred(Bar::Refused)]);
    assert_eq!(town.ledger.history(ann).unwrap().unwrap().mails, [], "never shown as sent");
    assert_eq!(town.ledger.failed(None).unwrap()[0].state, FailureState::Refused);
}

#[test]
fn a_policy_refusal_is_our_fault_and_suppresses_nobody() {
    let mut town = Town::new();
    town.subscribe("ann");
    town.publish(MAIN, UpdateKind::Opened);
    let claim = town.claim().remove(0);
    assert!(town.intend(&claim));
    town.settle(&claim, Outcome::Policy { code: 550, text: "5.7.1 blocked".into() });
    assert_eq!(town.ledger.suppressed().unwrap(), []);
    town.pass(minutes(1));
    assert_eq!(town.deliver(), told(&[("ann", 0, 1)]));
}

#[test]
fn what_was_not_sent_is_due_again_at_once() {
    let mut town = Town::new();
    town.subscribe("ann");
    town.publish(MAIN, UpdateKind::Opened);
    let claim = town.claim().remove(0);
    town.settle(&claim, Outcome::NotSent { why: "connection refused".into() });
    assert_eq!(town.deliver(), told(&[("ann", 0, 1)]));
}

#[test]
fn a_holding_update_that_was_not_delivered_by_the_next_slot_is_written_off_and_the_next_one_tells_all() {
    let mut town = Town::new();
    town.subscribe("ann");
    town.publish(MAIN, UpdateKind::Opened);
    town.pass(hours(5));
    town.publish(MAIN, UpdateKind::Holding);
    let claim = town.claim().remove(0);
    town.pass(minutes(30));
    assert!(!town.intend(&claim), "its time is over");
    town.settle(&claim, Outcome::TakenBack);
    assert_eq!(town.claim(), []);
    assert_eq!(town.ledger.failed(None).unwrap()[0].state, FailureState::Expired);
    assert_eq!(town.ledger.next_due(town.now, town.gate).unwrap(), None);
    assert_eq!(town.publish(MAIN, UpdateKind::Holding).1, 1);
    assert_eq!(town.deliver(), told(&[("ann", 0, 3)]));
}

#[test]
fn nothing_is_lost_while_the_relay_is_down_for_an_hour_and_nothing_bursts_when_it_is_back() {
    let mut town = Town::new();
    for n in 0..50 {
        town.subscribe(&format!("reader{n:02}"));
    }
    town.publish(MAIN, UpdateKind::Opened);
    let mut attempts = 0;
    for _ in 0..60 {
        for claim in town.turn(&[], &[], 20).claims {
            attempts += 1;
            town.turn(&[(claim.key(), Outcome::NotSent { why: "connection refused".into() })], &[], 0);
        }
        town.pass(minutes(1));
    }
    assert!(attempts < 60 * 20, "{attempts} attempts");
    // A quarter of an hour, give or take a fifth of it.
    town.pass(minutes(18));
    assert_eq!(town.deliver().len(), 50);
    assert_eq!(town.deliver(), []);
}

#[test]
fn a_paused_incident_stops_at_once_and_goes_on_when_it_is_resumed() {
    let mut town = Town::new();
    town.subscribe("ann");
    town.subscribe("bob");
    town.publish(MAIN, UpdateKind::Opened);
    let claim = town.turn(&[], &[], 1).claims.remove(0);
    assert!(town.ledger.pause(&slug(MAIN), "the relay refuses us").unwrap());
    assert_eq!(town.turn(&[], &[claim.key()], 5).may_go, [false]);
    town.turn(&[(claim.key(), Outcome::TakenBack)], &[], 0);
    assert_eq!(town.claim(), []);
    assert_eq!(town.ledger.progress().unwrap()[0].paused, "the relay refuses us");
    assert!(town.ledger.resume(&slug(MAIN)).unwrap());
    assert_eq!(town.deliver(), told(&[("ann", 0, 1), ("bob", 0, 1)]));
    assert!(!town.ledger.pause(&slug("unknown"), "").unwrap());
}

#[test]
fn expired_deliveries_are_tried_again_when_a_person_asks_for_it() {
    let mut town = Town::new();
    town.subscribe("ann");
    town.publish(MAIN, UpdateKind::Opened);
    town.pass(hours(9));
    assert_eq!(town.claim(), []);
    assert_eq!(town.ledger.retry(&slug(MAIN), town.now).unwrap(), 1);
    assert_eq!(town.deliver(), told(&[("ann", 0, 1)]));
}

#[test]
fn progress_counts_every_reader_once() {
    let mut town = Town::new();
    for name in ["told", "waiting", "sending", "due", "gone"] {
        town.subscribe(name);
    }
    town.publish(MAIN, UpdateKind::Opened);
    let claims = town.claim();
    let of = |name: &str| claims.iter().find(|claim| claim.name == name).unwrap();
    for (name, outcome) in [("told", accepted()), ("waiting", later())] {
        assert!(town.intend(of(name)));
        town.settle(of(name), outcome);
    }
    town.settle(of("due"), Outcome::TakenBack);
    town.settle(of("gone"), Outcome::TakenBack);
    town.ledger.leave(of("gone").subscriber).unwrap();
    let progress = town.ledger.progress().unwrap().remove(0);
    let counts = (progress.told, progress.waiting, progress.sending, progress.due, progress.halted);
    assert_eq!(counts, (1, 1, 1, 1, 1));
    assert_eq!((progress.expired, progress.in_doubt, progress.seq), (0, 0, 1));
}

#[test]
fn a_notice_goes_before_anything_else_once_and_is_retried_until_it_is_worth_nothing() {
    let mut town = Town::new();
    town.subscribe("ann");
    town.publish(MAIN, UpdateKind::Resolved);
    let notice = |key: &str, minutes_left| Notice {
        key: key.to_owned(),
        to: "owner@example.org".into(),
        subject: "Your next update is due at 14:40".into(),
        body: "Write one.".into(),
        at: town.now,
        expires_at: town.now + minutes(minutes_left),
    };
    let (first, second) = (notice("remind 14:40", 10), notice("withheld", 2));
    assert!(town.ledger.queue(&first).unwrap() && town.ledger.queue(&second).unwrap());
    assert!(!town.ledger.queue(&first).unwrap());
    let claims = town.turn(&[], &[], 3).claims;
    assert!(matches!(&claims[0], Claim::Notice(_, claimed) if *claimed == first));
    assert!(matches!(&claims[2], Claim::Statement(_)));
    let keys = [claims[0].key(), claims[1].key()];
    assert_eq!(town.turn(&[], &keys, 0).may_go, [true, true]);
    assert_eq!(town.turn(&[], &keys, 0).may_go, [false, false]);
    town.turn(&[(keys[0].clone(), accepted()), (keys[1].clone(), later())], &[], 0);
    town.pass(minutes(3));
    town.turn(&[], &[], 9);
    let states: Vec<_> = town.ledger.notices().unwrap().into_iter().map(|report| report.state).collect();
    assert_eq!(states, [NoticeState::Sent, NoticeState::Expired]);
}

#[test]
fn a_key_is_spent_once() {
    let mut town = Town::new();
    assert!(town.ledger.once("published burst-main/1", town.now).unwrap());
    assert!(!town.ledger.once("published burst-main/1", town.now).unwrap());
}

#[test]
fn what_has_been_kept_long_enough_goes_and_a_key_is_not_spent_anew() {
    let mut town = Town::new();
    let ann = town.subscribe("ann");
    let form = town.person("form");
    let [SignedUp::Added(unconfirmed)] = town.ledger.sign_up(&[form], Via::Form, town.now).unwrap()[..]
    else {
        panic!("a new address is added")
    };
    town.publish(MAIN, UpdateKind::Opened);
    town.deliver();
    town.ledger.once("key", town.now).unwrap();
    town.pass(hours(8 * 24));
    town.ledger.tidy(town.now).unwrap();
    assert_eq!(town.ledger.subscriber(unconfirmed).unwrap(), None);
    assert_eq!(town.ledger.history(ann).unwrap().unwrap().mails.len(), 1);
    assert!(!town.ledger.once("key", town.now).unwrap());
    town.pass(hours(400 * 24));
    town.ledger.tidy(town.now).unwrap();
    assert_eq!(town.ledger.history(ann).unwrap().unwrap().mails, []);
    assert_eq!(town.deliver(), [], "what was told stays told");
}
