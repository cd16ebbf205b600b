//! Readers who sleep, and readers who want one mail a day on a clock of their own.

use candor::outbox::*;
use jiff::tz::TimeZone;

use crate::town::*;

/// 14:00 in the town is 23:00 in Tokyo.
fn asleep() -> OwnHours {
    OwnHours::read("Asia/Tokyo", "22:00-07:00", &TimeZone::UTC).unwrap()
}

#[test]
fn a_sleeper_reads_everything_in_one_mail_when_they_rise() {
    let mut town = Town::new();
    let ann = SignUp { hours: asleep(), ..town.person("ann") };
    town.sign_up(&[ann]);
    town.subscribe("bob");
    town.publish(MAIN, UpdateKind::Opened);
    assert_eq!(town.deliver(), told(&[("bob", 0, 1)]));
    town.publish(MAIN, UpdateKind::Update);
    assert_eq!(town.deliver(), told(&[("bob", 1, 2)]));
    let progress = &town.ledger.progress().unwrap()[0];
    assert_eq!((progress.told, progress.resting, progress.waiting), (1, 1, 0));
    assert_eq!(town.ledger.failed(None).unwrap(), [], "nothing failed");
    // 07:00 in Tokyo, eight hours later: past the time for which an update is worth sending to others.
    town.now = "2026-11-21T21:59:59Z".parse().unwrap();
    assert_eq!(town.deliver(), told(&[]));
    town.pass(jiff::SignedDuration::from_secs(1));
    assert_eq!(town.deliver(), told(&[("ann", 0, 2)]));
    let progress = &town.ledger.progress().unwrap()[0];
    assert_eq!((progress.told, progress.resting, progress.sent), (2, 0, 1));
    assert_eq!(town.ledger.next_due(town.now, town.gate).unwrap(), None);
}

#[test]
fn who_wakes_up_and_says_so_is_told_at_once() {
    let mut town = Town::new();
    let ann = SignUp { hours: asleep(), ..town.person("ann") };
    town.sign_up(std::slice::from_ref(&ann));
    town.publish(MAIN, UpdateKind::Opened);
    assert_eq!(town.deliver(), told(&[]));
    town.sign_up(&[SignUp { hours: OwnHours::default(), ..ann }]);
    assert_eq!(town.deliver(), told(&[("ann", 0, 1)]));
}

#[test]
fn a_daily_mail_comes_at_eight_where_the_reader_lives() {
    let mut town = Town::new();
    let hours = OwnHours::read("Asia/Tokyo", "", &TimeZone::UTC).unwrap();
    let ann = SignUp { hours, pace: Pace::Digest, ..town.person("ann") };
    town.sign_up(&[ann]);
    town.publish(MAIN, UpdateKind::Opened);
    town.publish(MAIN, UpdateKind::Update);
    // The site's own morning is 17:00 in Tokyo.
    town.now = "2026-11-22T08:00:00Z".parse().unwrap();
    town.gate = town.now;
    assert_eq!(town.deliver(), told(&[]));
    town.now = "2026-11-22T23:00:00Z".parse().unwrap();
    assert_eq!(town.deliver(), told(&[("ann", 0, 2)]));
    // What comes later in the day waits for the next.
    town.publish(MAIN, UpdateKind::Resolved);
    assert_eq!(town.deliver(), told(&[]));
}

#[test]
fn who_leaves_while_asleep_is_never_told() {
    let mut town = Town::new();
    let ann = SignUp { hours: asleep(), ..town.person("ann") };
    let SignedUp::Added(id) = town.sign_up(&[ann])[0] else { panic!("ann is new") };
    town.publish(MAIN, UpdateKind::Opened);
    assert_eq!(town.deliver(), told(&[]));
    town.ledger.leave(id).unwrap();
    town.now = "2026-11-21T22:00:00Z".parse().unwrap();
    assert_eq!(town.deliver(), told(&[]));
}
