//! The state of services: of one incident, and of the whole city.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Facts, Statement, StatementKind, Timeline};
use crate::config::Severity;
use crate::content::{Incident, ServiceState, Status};
use crate::text::{AreaId, ServiceId};

/// The state that an open incident of this severity gives its services, unless `Services` says otherwise.
pub fn state_of(severity: Severity) -> ServiceState {
    match severity {
        Severity::Minor => ServiceState::Degraded,
        Severity::Major => ServiceState::PartialOutage,
        Severity::Critical => ServiceState::Outage,
    }
}

/// The states of one open incident's services; none for what is over, was never live, or is not yet begun.
pub fn states(incident: &Incident, facts: &Facts, live: bool) -> BTreeMap<ServiceId, ServiceState> {
    if !live {
        return BTreeMap::new();
    }
    let usual = if incident.is_maintenance() { ServiceState::PlannedWork } else { state_of(facts.severity) };
    facts
        .services
        .iter()
        .map(|service| (service.clone(), facts.said.get(service).copied().unwrap_or(usual)))
        .collect()
}

/// Whether planned work goes on: by the clock within its window, and outside it when a person said so.
pub(super) fn work_goes_on(
    facts: &Facts,
    status: Option<Status>,
    statements: &[Statement],
    now: Timestamp,
) -> bool {
    let Some(window) = facts.window else { return false };
    if status.is_some_and(Status::is_final) {
        return false;
    }
    let begun = status == Some(Status::InProgress);
    if now < window.end {
        return begun || now >= window.start;
    }
    let said_after_end =
        statements.iter().rev().find(|statement| matches!(statement.kind, StatementKind::Update(_)));
    begun && said_after_end.is_some_and(|statement| statement.at >= window.end)
}

/// The state of each service in the whole city: the worst open incident wins, and one that is limited to areas counts
/// as a partial outage at most. Services that no open incident touches are not in the map: they are operational.
pub fn service_states<'a>(
    timelines: impl IntoIterator<Item = &'a Timeline>,
) -> BTreeMap<ServiceId, ServiceState> {
    worst(timelines.into_iter().map(|timeline| {
        let limited = !timeline.facts.areas.is_empty();
        (timeline, if limited { ServiceState::PartialOutage } else { ServiceState::Outage })
    }))
}

/// The state of each service in one area: `touches` tells whether an incident's areas concern it.
pub fn service_states_in<'a>(
    timelines: impl IntoIterator<Item = &'a Timeline>,
    touches: impl Fn(&[AreaId]) -> bool,
) -> BTreeMap<ServiceId, ServiceState> {
    worst(
        timelines
            .into_iter()
            .filter(|timeline| timeline.facts.areas.is_empty() || touches(&timeline.facts.areas))
            .map(|timeline| (timeline, ServiceState::Outage)),
    )
}

fn worst<'a>(
    timelines: impl Iterator<Item = (&'a Timeline, ServiceState)>,
) -> BTreeMap<ServiceId, ServiceState> {
    let mut worst = BTreeMap::new();
    for (timeline, at_most) in timelines {
        for (service, state) in &timeline.states {
            let held = worst.entry(service.clone()).or_insert(ServiceState::Operational);
            *held = (*held).max((*state).min(at_most));
        }
    }
    worst
}
