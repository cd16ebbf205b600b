//! What state a service was in before now, as said at the time: what a chart of past days is drawn from.

use jiff::Timestamp;

use super::states::{states, work_goes_on};
use super::{Facts, Statement, StatementKind, Timeline};
use crate::content::{ServiceState, Status};
use crate::text::ServiceId;

/// A stretch of time in which one incident gave one service one state, other than operational.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Spell {
    pub service: ServiceId,
    /// For the whole city: an incident limited to areas counts as a partial outage at most.
    pub state: ServiceState,
    pub from: Timestamp,
    /// Excluded; *now* where it goes on.
    pub to: Timestamp,
}

/// Every stretch until `now`, by service and time. A timeline that the clock has not changed since may be older.
pub fn spells(timeline: &Timeline, now: Timestamp) -> Vec<Spell> {
    let mut bounds = bounds(timeline);
    bounds.retain(|at| *at <= now);
    bounds.push(now);
    bounds.sort();
    bounds.dedup();
    let mut spells: Vec<Spell> = Vec::new();
    for pair in bounds.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let said = timeline.statements.partition_point(|statement| statement.at <= from);
        let said = &timeline.statements[..said];
        let at_start;
        let facts = match said.last() {
            Some(last) => &last.facts,
            None => {
                at_start = Facts::at_start(&timeline.incident);
                &at_start
            }
        };
        let limited = !facts.areas.is_empty();
        let most = if limited { ServiceState::PartialOutage } else { ServiceState::Outage };
        for (service, state) in states(&timeline.incident, facts, was_live(timeline, facts, said, from)) {
            let state = state.min(most);
            if state == ServiceState::Operational {
                continue;
            }
            let same =
                |spell: &&mut Spell| spell.service == service && spell.state == state && spell.to == from;
            match spells.iter_mut().rev().find(same) {
                Some(spell) => spell.to = to,
                None => spells.push(Spell { service, state, from, to }),
            }
        }
    }
    spells.sort_by(|a, b| (&a.service, a.from).cmp(&(&b.service, b.from)));
    spells
}

/// Every moment at which a state may have changed.
fn bounds(timeline: &Timeline) -> Vec<Timestamp> {
    let statements = &timeline.statements;
    let moved = statements.iter().filter_map(|statement| statement.facts.window);
    let windows = timeline.series.iter().map(|one| one.window).chain(moved).chain(timeline.facts.window);
    let said = statements.iter().map(|statement| statement.at);
    windows
        .flat_map(|window| [window.start, window.end])
        .chain(said)
        .chain([timeline.incident.started.value])
        .collect()
}

fn was_live(timeline: &Timeline, facts: &Facts, said: &[Statement], at: Timestamp) -> bool {
    let incident = &timeline.incident;
    if incident.draft
        || (incident.imported && timeline.ended.is_none() && said.len() == timeline.statements.len())
    {
        return false;
    }
    if !timeline.series.is_empty() {
        return timeline.series.iter().any(|one| one.covers(at));
    }
    let status = said.iter().rev().find_map(|statement| match statement.kind {
        StatementKind::Update(status) => Some(status),
        _ => None,
    });
    if incident.is_maintenance() {
        return work_goes_on(facts, status, said, at);
    }
    at >= incident.started.value && !status.is_some_and(Status::is_final)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Severity;
    use crate::content::{Kind, Repeat, Window, Word};
    use crate::text::AreaId;
    use crate::timeline::sketch::{Sketch, World, at, given, zone};

    fn told(sketch: Sketch, now: &str) -> Vec<String> {
        let world = World::new(sketch.build());
        let timeline = world.at(at(now));
        let clock = |at: Timestamp| at.to_zoned(zone()).strftime("%d %H:%M").to_string();
        let spells = spells(&timeline, timeline.now);
        spells.iter().map(|s| format!("{} {}-{}", s.state.word(), clock(s.from), clock(s.to))).collect()
    }

    #[test]
    fn each_state_lasts_as_long_as_it_was_said_to() {
        let sketch = Sketch::new("burst", Severity::Critical, at("13:55"))
            .update(at("14:10"), Word::Status(Status::Investigating), "We dig.", |_| {})
            .update(at("15:00"), Word::Status(Status::Identified), "Found.", |header| {
                header.severity = Some(given(Severity::Minor));
            })
            .update(at("16:00"), Word::Status(Status::Resolved), "Back.", |_| {});
        assert_eq!(told(sketch, "18:00"), ["outage 21 13:55-21 15:00", "degraded 21 15:00-21 16:00"]);
        let limited = Sketch::new("burst", Severity::Critical, at("13:55"))
            .with(|incident| incident.areas = vec![given(AreaId::from("riverside"))]);
        assert_eq!(told(limited, "14:00"), ["partial outage 21 13:55-21 14:00"]);
    }

    #[test]
    fn planned_work_counts_within_its_windows_only() {
        let sketch = || {
            Sketch::maintenance("valves", "09:00", "12:00").with(|incident| {
                let window = Window { start: at("09:00"), end: at("12:00") };
                let repeat = Repeat::parse("FREQ=DAILY").unwrap();
                incident.kind = Kind::Maintenance { window, repeat: Some(given(repeat)) };
            })
        };
        assert_eq!(told(sketch(), "08:00"), Vec::<String>::new());
        assert_eq!(
            told(sketch(), "2026-11-22 10:00"),
            ["planned work 21 09:00-21 12:00", "planned work 22 09:00-22 10:00"]
        );
        let early = sketch().update(at("10:30"), Word::Status(Status::Completed), "Done.", |_| {});
        assert_eq!(told(early, "13:00"), ["planned work 21 09:00-21 10:30"]);
    }
}
