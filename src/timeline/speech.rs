//! What composed statements say, word for word.

use std::sync::Arc;

use super::reminder::{Why, reminders};
use super::sketch::{Sketch, World, affected, at, fix, given, next_update, promise};
use super::{Quiet, holding, next_slot};
use crate::config::Severity;
use crate::content::{Affected, ExpectedFix, Incident, Status, Word};

fn burst_main(fix_by: &str) -> Arc<Incident> {
    Sketch::new("burst", Severity::Major, at("13:55"))
        .update(at("14:10"), Word::Status(Status::Investigating), "Our crew is digging.", |header| {
            header.next_update = next_update("14:40");
            header.affected = affected("about 1,200 homes", "counted from pressure sensors");
            header.expected_fix = fix(fix_by, "the crew has the replacement pipe");
        })
        .actions("- Bottled water is at Norwood Hall.\n- Do not use the washing machine.")
        .build()
}

fn paragraphs(text: &str) -> Vec<&str> {
    text.trim_end().split("\n\n").collect()
}

#[test]
fn a_holding_update_says_what_is_known_and_when_we_speak_next() {
    let mut world = World::new(burst_main("20:00"));
    world.wake(at("14:10"));
    assert_eq!(world.wake(at("14:37")), [""; 0]);
    world.wake(at("14:38"));
    assert_eq!(
        paragraphs(world.last_text()),
        [
            "We have nothing new to tell you since 2:10pm. We are publishing this because we said that we would speak again.",
            "Who is affected, as we said at 2:10pm: about 1,200 homes (counted from pressure sensors).",
            "We said at 2:10pm that we expect this to be fixed by 8pm, because the crew has the replacement pipe.",
            "What you can do, as we said at 2:10pm:",
            "- Bottled water is at Norwood Hall.\n- Do not use the washing machine.",
            "Dana Osei, Water operations lead, is responsible. You can reach us: call +1 204 555 0100 (24 hours).",
            "Our next update is due by 3:10pm.",
        ]
    );
}

#[test]
fn a_passed_estimate_comes_first_and_is_not_repeated_as_a_hope() {
    let mut world = World::new(burst_main("14:30"));
    world.wake(at("14:10"));
    world.wake(at("14:38"));
    let said = paragraphs(world.last_text());
    assert_eq!(
        said[0],
        "We said that we expected this to be fixed by 2:30pm. It is not fixed, and we have no new estimate."
    );
    assert!(!world.last_text().contains("we expect this"), "{said:?}");
}

#[test]
fn while_monitoring_nobody_says_that_it_is_not_fixed() {
    let incident = Sketch::new("burst", Severity::Major, at("13:55"))
        .update(at("14:10"), Word::Status(Status::Monitoring), "The pipe holds.", |header| {
            header.expected_fix = fix("14:30", "the pipe is in");
        })
        .build();
    let mut world = World::new(incident);
    world.wake(at("14:10"));
    world.wake(at("14:38"));
    assert!(paragraphs(world.last_text())[0].contains("We have not yet confirmed that it is fixed"));
}

#[test]
fn a_withheld_update_means_delayed_never_nothing_new() {
    let mut world = World::new(burst_main("20:00"));
    world.wake(at("14:10"));
    world.delayed = true;
    world.wake(at("14:38"));
    let said = world.last_text();
    assert!(said.starts_with("Our next statement is delayed."), "{said}");
    assert!(!said.contains("nothing new"), "{said}");
}

#[test]
fn what_is_not_known_is_said_with_its_reason() {
    let incident = Sketch::new("burst", Severity::Major, at("13:55"))
        .with(|incident| incident.owner = None)
        .update(at("14:10"), Word::Status(Status::Investigating), "We look.", |header| {
            header.affected = Some(given(Affected::NotKnown { because: "the sensors are off.".to_owned() }));
            header.expected_fix = Some(given(ExpectedFix { at: None, because: String::new() }));
        })
        .build();
    let mut world = World::new(incident);
    world.wake(at("14:10"));
    world.wake(at("14:38"));
    assert_eq!(
        paragraphs(world.last_text())[1..4],
        [
            "We said at 2:10pm that we did not know how many people are affected, because the sensors are off.",
            "We said at 2:10pm that we did not know when this will be fixed.",
            "You can reach us: call +1 204 555 0100 (24 hours).",
        ]
    );
}

#[test]
fn a_daemon_that_slept_speaks_once_and_names_the_gap_once() {
    let mut world = World::new(burst_main("20:00"));
    world.wake(at("14:10"));
    world.wake(at("15:41"));
    assert_eq!(
        paragraphs(world.last_text())[0],
        "We missed the updates promised for 2:40pm and 3:10pm, and we are sorry that you heard nothing from us."
    );
    assert!(world.last_text().contains("due by 4:10pm"), "the grid stays: {}", world.last_text());
    let line = world.record.lines().last().unwrap();
    assert_eq!((line.at, line.due), (at("15:40"), Some(at("16:10"))));
    assert_eq!(line.missed, [at("14:40"), at("15:10")], "15:40 is kept within the grace");
    assert_eq!(world.run(at("15:42"), at("16:07")), [""; 0]);
    world.wake(at("16:08"));
    assert!(!world.last_text().contains("missed"), "named once");
}

#[test]
fn a_long_sleep_is_one_sentence() {
    let mut world = World::new(burst_main(""));
    world.wake(at("14:10"));
    world.wake(at("2026-11-24 09:00"));
    assert_eq!(
        paragraphs(world.last_text())[0],
        "We missed 8 updates, promised for Saturday 21 November at 2:40pm and the times after it up to \
         Monday 23 November at 5:10pm. We are sorry that you heard nothing from us."
    );
    assert!(world.last_text().contains("due by 9:10am"), "{}", world.last_text());
}

#[test]
fn after_the_limit_it_is_one_a_day_and_says_so_and_the_staff_hear_each_interval() {
    let mut world = World::new(burst_main(""));
    world.plans.major.quiet_limit = 2;
    world.plans.major.escalate = vec!["duty-manager".into()];
    world.wake(at("14:10"));
    world.wake(at("14:38"));
    world.wake(at("15:08"));
    assert!(
        world.last_text().contains("This is update 2 in a row without news, so from now on"),
        "{}",
        world.last_text()
    );
    assert!(world.last_text().contains("by Sunday 22 November at 3:10pm"));
    let seen = world.at(at("15:09"));
    let told = reminders(&seen, &world.inputs());
    assert_eq!(told.len(), 47 * 3, "each half hour until the next day, three people");
    assert_eq!((told[0].at, told[0].why), (at("15:40"), Why::Quiet(2)));
    assert_eq!(
        told.iter().map(|r| r.to.as_str()).take(3).collect::<Vec<_>>(),
        ["dana-osei", "luis-marin", "duty-manager"]
    );
    let asleep = world.at(at("2026-11-22 09:00"));
    let told = reminders(&asleep, &world.inputs());
    assert_eq!(told.first().unwrap().at, at("2026-11-22 08:40"), "what was slept through is not made up for");
    world.wake(at("2026-11-22 15:08"));
    assert!(world.last_text().contains("Until there is news we publish one update a day."));
    assert_eq!(next_slot(&world.at(at("2026-11-23 15:08")), &world.inputs()).unwrap().quiet, Quiet::GoesOn);
}

#[test]
fn the_owner_is_reminded_then_the_deputy() {
    let mut world = World::new(burst_main(""));
    world.wake(at("14:10"));
    let told = |world: &World, now: &str| {
        let reminders = reminders(&world.at(at(now)), &world.inputs());
        reminders.into_iter().map(|r| (r.at, r.to.to_string(), r.why)).collect::<Vec<_>>()
    };
    let due = at("14:40");
    assert_eq!(
        told(&world, "14:11"),
        [
            (at("14:30"), "dana-osei".to_owned(), Why::Due(due)),
            (at("14:37"), "dana-osei".to_owned(), Why::Due(due)),
        ]
    );
    world.wake(at("14:38"));
    assert_eq!(
        told(&world, "14:39")[0],
        (at("15:00"), "luis-marin".to_owned(), Why::OwnerSilent(at("15:10")))
    );
}

#[test]
fn work_that_was_to_end_is_not_confirmed_until_a_person_says_so() {
    let incident = Sketch::maintenance("valves", "22:00", "23:00")
        .update(at("09:00"), Word::Status(Status::Scheduled), "New valves.", |_| {})
        .build();
    let mut world = World::new(incident);
    world.plans.minor.every = jiff::SignedDuration::from_mins(30);
    assert_eq!(world.run(at("09:00"), at("23:27")).len(), 1, "nothing is due before its end");
    world.wake(at("23:28"));
    assert_eq!(
        paragraphs(world.last_text())[0],
        "This work was to end by 11pm. We have not confirmed that it has ended."
    );
    assert!(world.at(at("22:30")).states.contains_key("water-supply"));
    assert!(world.at(at("23:30")).states.is_empty(), "the clock ends planned work");
}

#[test]
fn a_follow_up_answers_for_every_promise() {
    let incident = Sketch::new("burst", Severity::Major, at("13:55"))
        .with(|incident| incident.goodwill = "We take 5 dollars off your next bill.".to_owned())
        .update(at("14:10"), Word::Status(Status::Identified), "It broke.", |header| {
            header.affected = affected("1,900 homes", "counted from meters");
            header.expected_fix = fix("14:30", "the pipe is here");
            header.promises = vec![
                given(promise("Bottled water at Norwood Hall", "20:00", "Dana Osei")),
                given(promise("A letter to every home", "2026-12-24 12:00", "Dana Osei")),
            ];
        })
        .update(at("14:35"), Word::Status(Status::Resolved), "Water is back.\n\nLet the tap run.", |_| {})
        .build();
    let mut world = World::new(incident);
    world.run(at("14:10"), at("14:36"));
    world.wake(at("2026-11-24 14:35"));
    assert_eq!(
        paragraphs(world.last_text()),
        [
            "Burst water main on Riverside Drive. It began on Saturday 21 November at 1:55pm and ended on Saturday 21 November at 2:35pm, 40 minutes later. Who was affected: 1,900 homes (counted from meters).",
            "When it ended we wrote:",
            "> Water is back.\n>\n> Let the tap run.",
            "What we promised, and what became of it:",
            "- Fixed by Saturday 21 November at 2:30pm, as we said on Saturday 21 November at 2:10pm: missed\n\
             - Bottled water at Norwood Hall; by Saturday 21 November at 8pm; Dana Osei: missed\n\
             - A letter to every home; by Thursday 24 December at midday; Dana Osei: not yet due\n\
             - Updates by the time we said: 1 of 1",
            "We publish our review on this page by Tuesday 1 December.",
            "We take 5 dollars off your next bill.",
            "Tell us how this was for you: call +1 204 555 0100 (24 hours). You can answer any of our mails about it; Dana Osei reads the answers.",
        ]
    );
}

#[test]
fn a_french_site_speaks_french() {
    let mut world = World::new(burst_main("20:00"));
    world.wake(at("14:10"));
    let seen = world.at(at("14:38"));
    let slot = next_slot(&seen, &world.inputs()).unwrap();
    let said = holding::compose(&seen, &slot, &super::Voice { language: "fr-CA", ..world.voice() }).text;
    assert!(said.starts_with("Nous n'avons rien de nouveau à vous dire depuis 14\u{a0}h\u{a0}10."), "{said}");
    assert!(!said.contains('{'), "{said}");
}

#[test]
fn the_other_languages_of_a_site_are_composed_too_where_there_are_words_for_them() {
    let mut world = World::new(burst_main("20:00"));
    world.wake(at("14:10"));
    let seen = world.at(at("14:38"));
    let slot = next_slot(&seen, &world.inputs()).unwrap();
    let others = ["cy".to_owned(), "it".to_owned(), "ar".to_owned()];
    let entry = holding::compose(&seen, &slot, &super::Voice { others: &others, ..world.voice() });
    assert!(entry.text.starts_with("We have nothing new"), "{}", entry.text);
    assert_eq!(entry.translated.keys().collect::<Vec<_>>(), ["ar", "cy"]);
    let welsh = &entry.translated["cy"];
    assert!(welsh.starts_with("Nid oes gennym ddim newydd i'w ddweud wrthych ers 2:10pm."), "{welsh}");
    let arabic = &entry.translated["ar"];
    assert!(arabic.starts_with("ليس لدينا جديد نقوله لكم منذ \u{2068}الساعة 2:10 مساءً\u{2069}."), "{arabic}");
    assert!(!welsh.contains('{') && !arabic.contains('{'), "{welsh}{arabic}");
}
