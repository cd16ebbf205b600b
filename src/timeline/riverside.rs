//! One incident, told by hand: the burst main on Riverside Drive at ten moments, and what a daemon says around it.

use std::sync::Arc;

use jiff::SignedDuration;

use super::sketch::{Sketch, World, affected, at, fix, given, next_update, promise};
use super::{PromiseState, StatementKind, service_states};
use crate::config::Severity;
use crate::content::{Incident, ServiceState, Settlement, Status, Task, Word};
use crate::text::{AreaId, ServiceId};

fn riverside() -> Arc<Incident> {
    let status = Word::Status;
    Sketch::new("riverside", Severity::Major, at("13:55"))
        .with(|incident| {
            incident.areas = vec![given(AreaId::from("riverside")), given(AreaId::from("norwood"))];
        })
        .update(at("14:10"), status(Status::Investigating), "We closed Riverside Drive.", |header| {
            header.next_update = next_update("14:40");
            header.affected = affected("about 1,200 homes", "counted from pressure sensors");
            header.expected_fix = fix("", "the crew has not yet found the break");
        })
        .actions("Bottled water is at Norwood Hall from 3pm.")
        .update(at("14:40"), status(Status::Identified), "The break is at 4th Street.", |header| {
            header.expected_fix = fix("20:00", "the replacement pipe is on site");
            header.promises = vec![given(promise("Bottled water at Norwood Hall", "20:00", "Dana Osei"))];
        })
        .update(at("15:20"), Word::Correction, "We left out the homes on the Norwood loop.", |header| {
            header.corrects = Some(given((at("14:10"), "with Norwood it is about 1,900".to_owned())));
            header.affected = affected("about 1,900 homes", "counted from meters");
        })
        .update(at("19:10"), status(Status::Monitoring), "The new pipe holds.", |header| {
            header.next_update = next_update("19:40");
            header.services = vec![given((ServiceId::from("water-supply"), ServiceState::Degraded))];
        })
        .update(at("19:40"), status(Status::Resolved), "Water is back since 19:25.", |header| {
            header.kept = vec![given(Settlement { words: "bottled Water".to_owned(), because: None })];
        })
        .update(at("2026-11-28 10:00"), Word::Review, "A joint cracked.", |_| {})
        .with(|incident| {
            let task = |what: &str, by: &str, done: Option<&str>| Task {
                promise: promise(what, by, "Luis Marin"),
                done: done.map(|date| date.parse().unwrap()),
                ticked: done.is_some(),
                span: crate::text::Span::default(),
            };
            incident.updates.last_mut().unwrap().tasks = vec![
                task("Fit pressure alarms", "2027-01-31 23:59", None),
                task("Publish the standpipe list", "2026-12-05 23:59", Some("2026-12-03")),
            ];
        })
        .build()
}

/// Moment, statements, status, due, water supply in the areas, in the city, open promises.
type Moment = (&'static str, usize, Option<Status>, Option<&'static str>, Option<ServiceState>, usize);

#[test]
fn ten_moments() {
    let world = World::new(riverside());
    let partial = Some(ServiceState::PartialOutage);
    let moments: [Moment; 10] = [
        ("14:00", 0, None, Some("14:25"), partial, 0),
        ("14:10", 1, Some(Status::Investigating), Some("14:40"), partial, 0),
        ("14:34", 1, Some(Status::Investigating), Some("14:40"), partial, 0),
        ("14:40", 2, Some(Status::Identified), Some("15:10"), partial, 1),
        ("15:12", 2, Some(Status::Identified), Some("15:10"), partial, 1),
        ("15:20", 3, Some(Status::Identified), Some("15:50"), partial, 1),
        ("19:10", 4, Some(Status::Monitoring), Some("19:40"), Some(ServiceState::Degraded), 1),
        ("19:40", 5, Some(Status::Resolved), None, None, 0),
        ("2026-11-28 10:00", 6, Some(Status::Resolved), None, None, 2),
        ("2026-12-04 10:00", 6, Some(Status::Resolved), None, None, 1),
    ];
    for (moment, statements, status, due, state, open) in moments {
        let seen = world.at(at(moment));
        assert_eq!(seen.statements.len(), statements, "{moment}");
        assert_eq!(seen.status, status, "{moment}");
        assert_eq!(seen.due.map(|due| due.at), due.map(at), "{moment}");
        assert_eq!(seen.open, due.is_some(), "{moment}");
        assert_eq!(seen.states.get("water-supply").copied(), state, "{moment}");
        let promises = seen.promises.iter().filter(|p| p.state == PromiseState::Open).count();
        assert_eq!(promises, open, "{moment}");
    }
}

#[test]
fn facts_hold_until_they_are_replaced() {
    let world = World::new(riverside());
    let seen = world.at(at("19:15"));
    let text = format!("{:?}", seen.facts.affected);
    assert!(text.contains("1,900"), "the correction replaced the figure: {text}");
    assert_eq!(seen.facts.expected_fix.as_ref().unwrap().at, Some(at("20:00")));
    let actions = seen.facts.actions.unwrap().of(seen.incident.text());
    assert_eq!(actions, "Bottled water is at Norwood Hall from 3pm.");
    assert_eq!(seen.statements[0].corrected_by, [seen.statements[2].id.clone()]);
    assert_eq!(seen.statements[2].corrects, Some(seen.statements[0].id.clone()));
}

#[test]
fn the_end_brings_follow_up_and_review_and_settles_what_was_promised() {
    let world = World::new(riverside());
    let seen = world.at(at("2026-11-22 09:00"));
    assert_eq!(seen.follow_up_due, Some(at("2026-11-24 19:40")));
    assert_eq!(seen.review_due, Some(at("2026-12-01 19:40")));
    assert_eq!(seen.promises[0].state, PromiseState::Kept);
    assert_eq!(seen.estimates.iter().filter(|estimate| estimate.passed).count(), 0);
    assert_eq!(seen.tally(&world.plans).fixes_kept, 1);
    assert_eq!(world.at(at("2026-11-28 10:00")).review_due, None);
    let task = &world.at(at("2026-12-04 09:00")).promises[2];
    assert_eq!((task.state, task.settled_at), (PromiseState::Kept, Some(at("2026-12-03 00:00"))));
    assert_eq!(world.at(at("2027-02-01 00:00")).promises[1].state, PromiseState::Missed);
}

#[test]
fn an_area_limits_what_the_city_sees() {
    let critical = World::new(
        Sketch::new("critical", Severity::Critical, at("13:00"))
            .with(|incident| incident.areas = vec![given(AreaId::from("riverside"))])
            .build(),
    );
    let seen = critical.at(at("13:05"));
    let water = ServiceId::from("water-supply");
    assert_eq!(seen.states[&water], ServiceState::Outage);
    assert_eq!(service_states([&seen])[&water], ServiceState::PartialOutage);
    let here = super::service_states_in([&seen], |areas| areas.contains(&AreaId::from("riverside")));
    assert_eq!(here[&water], ServiceState::Outage);
    assert!(super::service_states_in([&seen], |_| false).is_empty());
}

#[test]
fn a_daemon_speaks_at_each_due_time_when_nobody_wrote() {
    let mut world = World::new(riverside());
    world.plans.major.monitoring_every = SignedDuration::from_hours(1);
    let utc = |text: &str| at(text).strftime("%Y%m%dT%H%MZ").to_string();
    let said = world.run(at("14:00"), at("20:00"));
    let expected: Vec<String> = [
        ("14:10", ""),
        ("14:40", "h"),
        ("14:40", ""),
        ("15:10", "h"),
        ("15:20", ""),
        ("15:50", "h"),
        ("16:20", "h"),
        ("16:50", "h"),
        ("17:20", "h"),
        ("17:50", "h"),
        ("18:20", "h"),
        ("19:10", ""),
        ("19:40", "h"),
        ("19:40", ""),
    ]
    .map(|(time, suffix)| utc(time) + suffix)
    .to_vec();
    assert_eq!(said, expected);
    let seen = world.at(at("18:30"));
    assert_eq!(seen.quiet, 6);
    assert_eq!(seen.due.unwrap().at, at("2026-11-22 18:20"), "then once a day");

    let follow_up = world.run(at("2026-11-24 19:39"), at("2026-11-24 19:41"));
    assert_eq!(follow_up, [utc("2026-11-24 19:40") + "f"]);
    assert_eq!(world.run(at("2026-11-24 19:42"), at("2026-11-24 20:00")), [""; 0]);
    assert_eq!(world.at(at("2026-11-24 20:00")).statements.last().unwrap().kind, StatementKind::FollowUp);
}

#[test]
fn a_slot_that_was_filled_is_not_filled_again_for_a_statement_that_came_late() {
    let incident = Sketch::new("late", Severity::Major, at("13:55"))
        .update(at("14:10"), Word::Status(Status::Investigating), "We look.", |header| {
            header.next_update = next_update("14:40");
        })
        .update(at("14:36"), Word::Status(Status::Identified), "We found it.", |header| {
            header.next_update = next_update("14:40");
        })
        .build();
    let mut world = World::new(incident);
    world.pushed_after.insert(at("14:36"), SignedDuration::from_mins(3));
    world.run(at("14:10"), at("14:39"));
    assert_eq!(world.at(at("14:39")).due.unwrap().at, at("15:10"));
    assert_eq!(world.run(at("14:40"), at("15:07")), [""; 0]);
}

#[test]
fn a_late_update_names_the_gap_prints_both_times_and_is_due_from_when_it_was_out() {
    let incident = Sketch::new("late", Severity::Major, at("13:55"))
        .update(at("14:10"), Word::Status(Status::Investigating), "We look.", |_| {})
        .update(at("14:30"), Word::Status(Status::Identified), "We found it.", |_| {})
        .build();
    let mut world = World::new(incident);
    world.pushed_after.insert(at("14:30"), SignedDuration::from_mins(50));
    world.wake(at("14:10"));
    world.wake(at("15:20"));
    let seen = world.at(at("15:20"));
    let late = seen.statements.last().unwrap();
    assert_eq!((late.published_at, late.backdated), (Some(at("15:20")), true));
    assert_eq!(late.missed, [at("14:40"), at("15:10")]);
    assert_eq!(late.due, Some(at("15:50")), "15:00 is over");
    assert_eq!(seen.tally(&world.plans).missed, 2);
}

#[test]
fn an_archive_seen_for_the_first_time_is_listed_with_its_own_times() {
    let mut world = World::new(riverside());
    world.wake(at("2026-11-25 12:00"));
    let seen = world.at(at("2026-11-25 12:00"));
    assert!(seen.statements.iter().all(|said| said.archived && said.published_at == Some(said.at)));
    assert!(seen.statements.iter().all(|said| said.missed.is_empty()));
    assert_eq!(seen.follow_up_due, None, "nobody is told about the past");
    assert_eq!(world.record.lines()[0].kind, super::LineKind::Incident);
    assert_eq!(world.wake(at("2026-11-25 12:01")), [""; 0]);
}

#[test]
fn history_and_drafts_are_never_due() {
    for change in
        [|incident: &mut Incident| incident.imported = true, |incident: &mut Incident| incident.draft = true]
    {
        let incident = Sketch::new("past", Severity::Critical, at("13:55"))
            .update(at("14:10"), Word::Status(Status::Investigating), "We look.", |_| {})
            .with(change)
            .build();
        let seen = World::new(incident).at(at("2026-12-25 14:10"));
        assert_eq!((seen.due, seen.open, seen.statements.len()), (None, false, 1));
        assert!(seen.states.is_empty() && seen.review_due.is_none());
    }
}

#[test]
fn a_due_time_outside_the_hours_moves_to_the_next_opening_but_not_one_that_was_written() {
    let incident = |severity, next: Option<&str>| {
        Sketch::new("night", severity, at("21:00"))
            .update(at("21:30"), Word::Status(Status::Investigating), "We look.", |header| {
                header.next_update = next.and_then(next_update);
            })
            .build()
    };
    let due = |severity, next| {
        let mut world = World::new(incident(severity, next));
        world.plans.minor.hours = crate::config::Hours::parse("07:00-22:00").unwrap();
        world.plans.critical.hours = world.plans.minor.hours;
        world.at(at("21:30")).due.unwrap().at
    };
    assert_eq!(due(Severity::Minor, None), at("2026-11-22 07:00"));
    assert_eq!(due(Severity::Minor, Some("23:00")), at("23:00"));
    assert_eq!(due(Severity::Critical, None), at("21:45"), "critical: always");
}

#[test]
fn what_is_retracted_is_taken_down_and_its_hash_stays() {
    let incident = Sketch::new("private", Severity::Major, at("13:55"))
        .update(at("14:10"), Word::Status(Status::Investigating), "Call Mary on 555 0199.", |_| {})
        .update(at("14:20"), Word::Correction, "We named a person.", |header| {
            header.retracts = Some(given((at("14:10"), "it named a person".to_owned())));
        })
        .build();
    let mut world = World::new(incident);
    world.wake(at("14:10"));
    world.wake(at("14:20"));
    let seen = world.at(at("14:20"));
    assert_eq!(seen.statements[0].words, super::Words::Retracted);
    assert_eq!(seen.statements[0].corrected_by, [seen.statements[1].id.clone()]);
    assert!(world.record.retract(&seen.statements[0].id));
    assert!(!world.record.to_jsonl().contains("Mary"));
    let mut archive = World::new(seen.incident.clone());
    archive.wake(at("14:20"));
    assert!(!archive.record.to_jsonl().contains("Mary"), "nor is it written anew");
}

#[test]
fn a_statement_that_its_file_has_lost_stays() {
    let mut world = World::new(riverside());
    world.run(at("14:10"), at("14:41"));
    let mut without = (*world.incident).clone();
    without.updates.remove(0);
    world.incident = Arc::new(without);
    let seen = world.at(at("14:41"));
    assert_eq!(seen.statements.len(), 3);
    let super::Words::Composed(text) = &seen.statements[0].words else { panic!("{:?}", seen.statements[0]) };
    assert!(text.starts_with("We closed Riverside Drive."), "{text}");
}

#[test]
fn what_opens_again_says_so_and_its_follow_up_waits_for_the_last_end() {
    let status = Word::Status;
    let incident = Sketch::new("again", Severity::Major, at("13:55"))
        .update(at("14:10"), status(Status::Investigating), "We look.", |_| {})
        .update(at("15:00"), status(Status::Resolved), "Water is back.", |_| {})
        .update(at("16:00"), status(Status::Investigating), "It broke again.", |_| {})
        .update(at("17:00"), status(Status::Resolved), "Water is back for good.", |_| {})
        .build();
    let world = World::new(incident);
    let seen = world.at(at("15:30"));
    assert_eq!((seen.ended, seen.due, seen.reopened), (Some(at("15:00")), None, 0));
    let seen = world.at(at("16:10"));
    assert_eq!((seen.ended, seen.reopened, seen.follow_up_due), (None, 1, None));
    assert!(seen.statements[2].reopens && !seen.statements[0].reopens);
    assert_eq!(seen.due.unwrap().at, at("16:30"));
    assert_eq!(world.at(at("18:00")).follow_up_due, Some(at("2026-11-24 17:00")));
}
