//! Publishing: the record, the numbers, and who is to be told.

use candor::outbox::*;
use candor::timeline::{LineKind, Record, StatementKind};

use crate::town::*;

#[test]
fn everyone_whom_it_concerns_is_told_once() {
    let mut town = Town::new();
    let people = [
        SignUp { services: services(&["water"]), areas: areas(&["norwood"]), ..town.person("in") },
        SignUp { services: services(&["roads", "water"]), ..town.person("everywhere") },
        SignUp { areas: areas(&["south"]), ..town.person("around") },
        SignUp { services: services(&["roads"]), ..town.person("roads") },
        SignUp { areas: areas(&["riverside"]), ..town.person("elsewhere") },
    ];
    town.sign_up(&people);
    let mut opened = town.publication(MAIN, UpdateKind::Opened);
    // As `Audience::of` makes it: Norwood lies in the south.
    opened.audience = Audience { services: services(&["water"]), areas: areas(&["norwood", "south"]) };
    assert_eq!(town.ledger.publish(&opened).unwrap(), Published::New { seq: 1, told: 3 });
    assert_eq!(town.deliver(), told(&[("around", 0, 1), ("everywhere", 0, 1), ("in", 0, 1)]));
    assert_eq!(town.deliver(), []);
}

#[test]
fn a_wider_area_adds_readers_and_a_narrower_one_drops_nobody() {
    let mut town = Town::new();
    for area in ["north", "south"] {
        let person = SignUp { areas: areas(&[area]), ..town.person(area) };
        town.sign_up(&[person]);
    }
    let mut told_in = |kind, list: &[&str]| {
        town.pass(minutes(1));
        let publication = Publication {
            audience: Audience { services: vec![], areas: areas(list) },
            ..town.publication(MAIN, kind)
        };
        town.ledger.publish(&publication).unwrap();
        town.deliver()
    };
    assert_eq!(told_in(UpdateKind::Opened, &["north"]), told(&[("north", 0, 1)]));
    assert_eq!(told_in(UpdateKind::Update, &["north", "south"]), told(&[("north", 1, 2), ("south", 0, 2)]));
    assert_eq!(told_in(UpdateKind::Resolved, &["south"]), told(&[("north", 2, 3), ("south", 2, 3)]));
}

#[test]
fn a_slot_is_published_once_however_often_it_is_tried() {
    let mut town = Town::new();
    town.subscribe("ann");
    town.publish(MAIN, UpdateKind::Opened);
    let holding = town.publication(MAIN, UpdateKind::Holding);
    assert_eq!(town.ledger.publish(&holding).unwrap(), Published::New { seq: 2, told: 1 });
    assert_eq!(town.ledger.publish(&holding).unwrap(), Published::Already { seq: 2 });
    let same_slot = Publication { statement: "burst-main/other".into(), ..holding };
    assert_eq!(town.ledger.publish(&same_slot).unwrap(), Published::Already { seq: 2 });
    assert_eq!(town.ledger.record().unwrap().lines().len(), 2);
}

#[test]
fn a_publisher_that_missed_a_line_is_told_to_read_again() {
    let mut town = Town::new();
    town.publish(MAIN, UpdateKind::Opened);
    town.pass(minutes(1));
    let mut update = town.publication(MAIN, UpdateKind::Update);
    update.lines[0].prev = "hash 0".into();
    assert!(matches!(town.ledger.publish(&update), Err(LedgerError::RecordMoved)));
    assert_eq!(town.ledger.numbered(&slug(MAIN)).unwrap().len(), 1, "nothing of it was done");
}

#[test]
fn the_record_comes_back_as_it_was_given_and_a_retracted_text_is_gone() {
    let mut town = Town::new();
    let opened = town.publication(MAIN, UpdateKind::Opened);
    town.ledger.publish(&opened).unwrap();
    let incident = town.line(MAIN, LineKind::Incident, town.now);
    town.ledger.append(std::slice::from_ref(&incident)).unwrap();
    town.pass(minutes(1));
    let retraction = Publication {
        retracts: Some(opened.statement.clone()),
        ..town.publication(MAIN, UpdateKind::Correction)
    };
    town.ledger.publish(&retraction).unwrap();
    let mut first = opened.lines[0].clone();
    first.text = None;
    let record = town.ledger.record().unwrap();
    assert_eq!(record.lines(), [first, incident, retraction.lines[0].clone()]);
}

#[test]
fn nobody_is_mailed_for_what_an_empty_ledger_is_restored_from() {
    let mut town = Town::new();
    town.subscribe("ann");
    let mut record = Record::default();
    for status in [candor::content::Status::Investigating, candor::content::Status::Identified] {
        town.pass(minutes(30));
        record.push(town.line(MAIN, LineKind::Statement(StatementKind::Update(status)), town.now));
    }
    let slot = town.now + minutes(30);
    record.push(town.line(MAIN, LineKind::Statement(StatementKind::Holding), slot));
    town.ledger.restore(&record).unwrap();
    assert_eq!(town.ledger.record().unwrap().lines(), record.lines());
    assert!(matches!(town.ledger.restore(&record), Err(LedgerError::NotEmpty)));
    town.subscribe("late");
    assert_eq!(town.deliver(), []);
    // The slot of the restored holding update is taken; the next word is told as usual.
    let again = Publication { slot: Some(slot), ..town.publication(MAIN, UpdateKind::Holding) };
    assert_eq!(town.ledger.publish(&again).unwrap(), Published::Already { seq: 3 });
    let kinds: Vec<_> = town.ledger.numbered(&slug(MAIN)).unwrap().iter().map(|one| one.kind).collect();
    assert_eq!(kinds, [UpdateKind::Opened, UpdateKind::Update, UpdateKind::Holding]);
}

#[test]
fn what_is_published_in_silence_is_told_with_the_next_word() {
    let mut town = Town::new();
    town.subscribe("ann");
    let silent = Publication { telling: Telling::Nobody, ..town.publication(MAIN, UpdateKind::Opened) };
    assert_eq!(town.ledger.publish(&silent).unwrap(), Published::New { seq: 1, told: 0 });
    assert_eq!(town.deliver(), []);
    town.publish(MAIN, UpdateKind::Update);
    assert_eq!(town.deliver(), told(&[("ann", 0, 2)]));
}

#[test]
fn each_pace_hears_what_it_asked_for() {
    let mut town = Town::new();
    for pace in [Pace::All, Pace::News, Pace::Ends] {
        town.subscribe_at(pace.word(), pace);
    }
    let mut told_of = |kind| {
        town.publish(MAIN, kind);
        town.deliver()
    };
    let everyone = told(&[("all", 0, 1), ("ends", 0, 1), ("news", 0, 1)]);
    assert_eq!(told_of(UpdateKind::Opened), everyone);
    assert_eq!(told_of(UpdateKind::Holding), told(&[("all", 1, 2)]));
    assert_eq!(told_of(UpdateKind::Update), told(&[("all", 2, 3), ("news", 1, 3)]));
    assert_eq!(told_of(UpdateKind::Resolved), told(&[("all", 3, 4), ("ends", 1, 4), ("news", 3, 4)]));
}

#[test]
fn a_digest_comes_once_a_day_and_carries_the_newest() {
    let mut town = Town::new();
    town.subscribe_at("ann", Pace::Digest);
    town.publish(MAIN, UpdateKind::Opened);
    town.publish(MAIN, UpdateKind::Holding);
    assert_eq!(town.deliver(), []);
    town.gate += hours(24);
    town.now = town.gate + minutes(1);
    town.publish(MAIN, UpdateKind::Update);
    assert_eq!(town.deliver(), told(&[("ann", 0, 3)]));
    town.publish(MAIN, UpdateKind::Holding);
    assert_eq!(town.deliver(), []);
    town.gate += hours(24);
    town.now = town.gate;
    assert_eq!(town.deliver(), told(&[("ann", 3, 4)]));
}

#[test]
fn the_first_message_waits_for_the_time_in_which_a_slip_can_be_taken_back() {
    let mut town = Town::new();
    town.subscribe("ann");
    let opened = town.publication(MAIN, UpdateKind::Opened);
    let opened = Publication { starts_at: town.now + minutes(1), ..opened };
    town.ledger.publish(&opened).unwrap();
    assert_eq!(town.claim(), []);
    assert_eq!(town.ledger.next_due(town.now, town.gate).unwrap(), Some(town.now + minutes(1)));
    town.pass(minutes(1));
    assert_eq!(town.deliver(), told(&[("ann", 0, 1)]));
    assert_eq!(town.ledger.next_due(town.now, town.gate).unwrap(), None);
}

#[test]
fn resolved_overtakes_a_holding_update_of_another_incident() {
    let mut town = Town::new();
    town.subscribe("ann");
    for (incident, kind) in [
        ("followed", UpdateKind::FollowUp),
        ("held", UpdateKind::Holding),
        ("opened", UpdateKind::Opened),
        ("updated", UpdateKind::Update),
        ("resolved", UpdateKind::Resolved),
    ] {
        town.publish(incident, kind);
    }
    let order: Vec<_> = town.claim().iter().map(|claim| claim.incident.to_string()).collect();
    assert_eq!(order, ["resolved", "opened", "updated", "held", "followed"]);
}
