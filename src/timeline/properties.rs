//! What must hold for any incident, any record, and any clock: a daemon that wakes and sleeps as it likes, and a person
//! who writes when they like.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::sketch::{Sketch, World, at, given, next_update_at, promise_by};
use super::{LineKind, Record, StatementKind, Timeline};
use crate::config::{Hours, Severity};
use crate::content::{Incident, Settlement, Status, Word};

/// One update as a person may write it.
#[derive(Clone, Debug)]
struct Written {
    /// Minutes after the one before.
    after: i64,
    word: Word,
    /// Minutes until it is pushed.
    late: i64,
    /// Minutes until `Next update`.
    next: Option<i64>,
    severity: Option<Severity>,
    /// Minutes until a promise is due; its words are the update's number.
    promise: Option<i64>,
    /// Says that the promise of the update with this number is kept.
    keeps: Option<usize>,
}

fn words() -> impl Strategy<Value = Word> {
    prop_oneof![
        4 => prop_oneof![
            Just(Status::Investigating), Just(Status::Identified), Just(Status::Monitoring), Just(Status::Resolved),
        ]
        .prop_map(Word::Status),
        1 => Just(Word::Correction),
        1 => Just(Word::Review),
    ]
}

fn severities() -> impl Strategy<Value = Severity> {
    prop_oneof![Just(Severity::Minor), Just(Severity::Major), Just(Severity::Critical)]
}

fn written() -> impl Strategy<Value = Written> {
    let optional = |range: std::ops::Range<i64>| proptest::option::weighted(0.3, range);
    (
        (1_i64..200, prop_oneof![2 => Just(0_i64), 1 => 1_i64..60]),
        words(),
        optional(1..400),
        proptest::option::weighted(0.2, severities()),
        optional(1..2_000),
        proptest::option::weighted(0.2, 0_usize..6),
    )
        .prop_map(|((after, late), word, next, severity, promise, keeps)| Written {
            after,
            late,
            word,
            next,
            severity,
            promise,
            keeps,
        })
}

fn start() -> Timestamp {
    at("2026-11-21 13:55")
}

fn minutes(count: i64) -> SignedDuration {
    SignedDuration::from_mins(count)
}

fn incident(severity: Severity, updates: &[Written]) -> Arc<Incident> {
    let mut sketch = Sketch::new("any", severity, start());
    let mut moment = start();
    for (number, update) in updates.iter().enumerate() {
        moment += minutes(update.after);
        sketch = sketch.update(moment, update.word, "Words.", |header| {
            header.next_update = update.next.map(|next| next_update_at(moment + minutes(next)));
            header.severity = update.severity.map(given);
            if let Some(by) = update.promise {
                header.promises = vec![given(promise_by(&format!("Promise {number}"), moment + minutes(by)))];
            }
            if let Some(kept) = update.keeps {
                header.kept = vec![given(Settlement { words: format!("Promise {kept}"), because: None })];
            }
        });
    }
    sketch.build()
}

fn lateness(updates: &[Written]) -> HashMap<Timestamp, SignedDuration> {
    let mut moment = start();
    let late = updates.iter().map(|update| {
        moment += minutes(update.after);
        (moment, minutes(update.late))
    });
    late.collect()
}

/// An incident, and how many minutes the daemon lets pass before each look.
fn stories() -> impl Strategy<Value = (World, Vec<i64>)> {
    let sleeps = prop_oneof![6 => 1_i64..3, 3 => 3_i64..90, 1 => 90_i64..5_000];
    (
        severities(),
        proptest::collection::vec(written(), 0..7),
        proptest::collection::vec(sleeps, 1..60),
        1_u32..5,
        prop_oneof![Just("always"), Just("07:00-22:00"), Just("20:00-04:00")],
    )
        .prop_map(|(severity, updates, sleeps, quiet_limit, hours)| {
            let mut world = World::new(incident(severity, &updates));
            world.pushed_after = lateness(&updates);
            for plan in [&mut world.plans.minor, &mut world.plans.major, &mut world.plans.critical] {
                plan.quiet_limit = quiet_limit;
                plan.hours = Hours::parse(hours).unwrap();
            }
            world.record.push(earlier());
            (world, sleeps)
        })
}

/// A line of another incident: the record is not empty, so nothing is taken for an archive.
fn earlier() -> super::RecordLine {
    let slug = crate::text::Slug::from("earlier");
    Record::default().next_line(super::Entry {
        id: super::StatementId::from("earlier"),
        incident: slug,
        kind: LineKind::Incident,
        at: start(),
        published_at: start(),
        due: None,
        missed: Vec::new(),
        archived: false,
        text: String::new(),
        translated: std::collections::BTreeMap::new(),
    })
}

/// Plays a story and shows each look: the moment, what went out then, and what is there to see.
fn play(world: &mut World, sleeps: &[i64], mut look: impl FnMut(&World, Timestamp, &[String])) {
    let mut now = start();
    for sleep in sleeps {
        now += minutes(*sleep);
        let out = world.wake(now);
        look(world, now, &out);
    }
}

fn said(timeline: &Timeline) -> Vec<(String, String)> {
    let words = |words: &super::Words| match words {
        super::Words::Written(index) => timeline
            .incident
            .updates
            .get(*index)
            .map_or("", |u| u.body.of(timeline.incident.text()))
            .to_owned(),
        super::Words::Composed(text) => text.to_string(),
        super::Words::Retracted => "retracted".to_owned(),
    };
    timeline.statements.iter().map(|s| (s.id.to_string(), words(&s.words))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_that_was_said_disappears((mut world, sleeps) in stories()) {
        let mut before: HashSet<(String, String)> = HashSet::new();
        play(&mut world, &sleeps, |world, now, _| {
            let seen: HashSet<_> = said(&world.at(now)).into_iter().collect();
            assert!(before.is_subset(&seen), "{:?}", before.difference(&seen));
            before = seen;
        });
    }

    #[test]
    fn looking_back_shows_what_was_there_to_see((mut world, sleeps) in stories()) {
        let mut looks = Vec::new();
        play(&mut world, &sleeps, |world, now, _| looks.push((now, said(&world.at(now)))));
        for (moment, seen) in looks {
            assert_eq!(said(&world.at(moment)), seen, "{moment}");
        }
    }

    #[test]
    fn a_due_time_is_after_the_last_statement((mut world, sleeps) in stories()) {
        play(&mut world, &sleeps, |world, now, _| {
            let seen = world.at(now);
            if let (Some(due), Some(last)) = (seen.due, seen.last_said()) {
                assert!(due.at > last.said_at(), "{due:?} {last:?}");
                assert!(due.speak_from >= last.said_at() && due.speak_from <= due.at, "{due:?}");
            }
        });
    }

    #[test]
    fn no_statement_promises_a_time_that_is_past((mut world, sleeps) in stories()) {
        play(&mut world, &sleeps, |_, _, _| {});
        for line in world.record.lines() {
            assert!(line.due.is_none_or(|due| due > line.published_at), "{line:?}");
        }
    }

    #[test]
    fn one_look_gives_at_most_one_composed_statement_and_a_slot_is_filled_once((mut world, sleeps) in stories()) {
        let mut slots = HashSet::new();
        play(&mut world, &sleeps, |world, now, out| {
            let composed: Vec<_> = out.iter().filter(|id| id.ends_with(['h', 'f'])).collect();
            assert!(composed.len() <= 1, "{out:?}");
            for id in composed {
                assert!(slots.insert((*id).clone()), "{id} twice");
            }
            let again = world.at(now);
            assert_eq!(super::next_slot(&again, &world.inputs()), None, "nothing is left to say");
        });
    }

    #[test]
    fn a_gap_is_named_once((mut world, sleeps) in stories()) {
        play(&mut world, &sleeps, |_, _, _| {});
        let mut named = HashSet::new();
        for line in world.record.lines() {
            for slot in &line.missed {
                assert!(named.insert(*slot), "{slot} twice");
                assert!(*slot < line.published_at);
            }
        }
    }

    #[test]
    fn what_is_over_is_silent_and_what_opens_again_speaks((mut world, sleeps) in stories()) {
        play(&mut world, &sleeps, |world, now, out| {
            let seen = world.at(now);
            let over = seen.status.is_some_and(Status::is_final);
            assert_eq!(seen.due.is_none(), over, "{:?} {:?}", seen.status, seen.due);
            assert_eq!(seen.open, !over);
            assert_eq!(seen.ended.is_some(), over);
            assert!(!over || !out.iter().any(|id| id.ends_with('h')), "{out:?}");
            let ends = seen.statements.iter().filter(|s| matches!(s.kind, StatementKind::Update(s) if s.is_final()));
            assert!(seen.reopened as usize <= ends.count());
        });
    }

    #[test]
    fn another_zone_changes_nothing_but_the_display((mut world, sleeps) in stories()) {
        for plan in [&mut world.plans.minor, &mut world.plans.major, &mut world.plans.critical] {
            plan.hours = Hours::Always;
        }
        let run = |zone: &str| {
            let mut world = World::new(world.at(start()).incident);
            world.zone = TimeZone::get(zone).unwrap();
            let mut facts = Vec::new();
            play(&mut world, &sleeps, |world, now, out| {
                let seen = world.at(now);
                facts.push((out.to_vec(), seen.due, seen.wake, seen.promises));
            });
            facts
        };
        assert_eq!(run("America/Winnipeg"), run("Pacific/Auckland"));
    }

    #[test]
    fn later_plans_and_values_change_nothing_that_was_due_or_promised((mut world, sleeps) in stories()) {
        let mut printed: Vec<(String, Option<Timestamp>)> = Vec::new();
        let mut made: Vec<(String, Timestamp)> = Vec::new();
        let mut looks = 0;
        play(&mut world, &sleeps, |world, now, _| {
            // Halfway, somebody halves every interval.
            looks += 1;
            let mut inputs = world.inputs();
            let mut plans = world.plans.clone();
            if looks > sleeps.len() / 2 {
                for plan in [&mut plans.minor, &mut plans.major, &mut plans.critical] {
                    plan.every /= 2;
                }
            }
            inputs.plans = &plans;
            let seen = super::timeline(&inputs, now);
            for earlier in &printed {
                assert!(seen.statements.iter().any(|s| (s.id.to_string(), s.due) == *earlier), "{earlier:?}");
            }
            for earlier in &made {
                assert!(seen.promises.iter().any(|p| (p.what.clone(), p.by) == *earlier), "{earlier:?}");
            }
            printed = seen.statements.iter().map(|s| (s.id.to_string(), s.due)).collect();
            made = seen.promises.iter().map(|p| (p.what.clone(), p.by)).collect();
        });
    }

    #[test]
    fn the_clock_changes_nothing_before_it_said_it_would((mut world, sleeps) in stories(), part in 0.0_f64..1.0) {
        let check = |world: &World, from: Timestamp| {
            let mut now = from;
            for _ in 0..20 {
                let seen = world.at(now);
                let until = seen.wake.unwrap_or(now + SignedDuration::from_hours(10_000));
                let wait = until.duration_since(now) - SignedDuration::from_nanos(1);
                let same = world.at(now + wait.mul_f64(part));
                assert_eq!((seen.due, seen.wake, seen.open), (same.due, same.wake, same.open));
                assert_eq!((&seen.promises, &seen.estimates), (&same.promises, &same.estimates));
                assert_eq!((&seen.states, said(&seen)), (&same.states, said(&same)));
                assert_eq!((seen.follow_up_due, seen.review_due), (same.follow_up_due, same.review_due));
                now = until;
            }
        };
        check(&world, start());
        play(&mut world, &sleeps, |_, _, _| {});
        check(&world, start());
    }

    #[test]
    fn the_grid_does_not_depend_on_sleep((mut world, sleeps) in stories()) {
        let mut awake = World::new(world.at(start()).incident);
        awake.plans = world.plans.clone();
        awake.record.push(earlier());
        play(&mut world, &sleeps, |_, _, _| {});
        let end = start() + minutes(sleeps.iter().sum::<i64>().min(600));
        awake.run(start(), end);
        // A daemon that never sleeps misses nothing.
        for line in awake.record.lines() {
            assert_eq!(line.missed, [], "{line:?}");
        }
    }

    #[test]
    fn a_record_restores_what_was_said((mut world, sleeps) in stories()) {
        play(&mut world, &sleeps, |_, _, _| {});
        let (read, problems) = Record::parse(&world.record.to_jsonl());
        // The first line stands alone; ours follow it.
        assert_eq!(problems, []);
        let end = start() + minutes(sleeps.iter().sum());
        let before = said(&world.at(end));
        world.record = read;
        assert_eq!(said(&world.at(end)), before);
    }
}
