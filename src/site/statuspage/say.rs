//! Candor's words and states in those of the Statuspage API.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::super::feed::second;
use super::super::front::Headline;
use super::super::index::Site;
use super::super::plain;
use super::super::shown::{Phase, Shown};
use super::super::voice::Voice;
use super::shape::{Change, Component, Incident, Page, Status as Overall, Update};
use super::{is_active, listed};
use crate::config::Severity;
use crate::content::{Service, ServiceState, Status};
use crate::text::{ServiceId, hex};
use crate::timeline::{Statement, StatementKind, states};

/// Speaks for the whole site.
pub(super) struct Speaker<'s, 'v> {
    site: &'s Site<'v>,
    page_id: String,
    /// When the first thing was said on this page: nothing older is known of its components.
    began: Timestamp,
    /// By service: when its state was last spoken of.
    spoken: BTreeMap<&'s ServiceId, Timestamp>,
}

impl<'s, 'v> Speaker<'s, 'v> {
    pub(super) fn new(site: &'s Site<'v>) -> Self {
        let heard = |place: &usize| Some(site.order.shown[*place].heard?.1);
        let latest = |of: &Vec<usize>| of.iter().filter_map(heard).max();
        let services = site.view.registers.services.iter().zip(&site.order.by_service);
        let spoken = services.filter_map(|(service, of)| Some((&service.id, latest(of)?))).collect();
        let began = site.order.shown.iter().filter_map(|shown| Some(shown.heard?.0)).min();
        Self { site, page_id: id(site, "page", ""), began: began.unwrap_or(Timestamp::UNIX_EPOCH), spoken }
    }

    pub(super) fn page(&self) -> Page {
        let settings = self.site.view.settings;
        Page {
            id: self.page_id.clone(),
            name: settings.name.clone(),
            url: settings.base_url.clone(),
            time_zone: settings.zone.iana_name().unwrap_or("Etc/UTC").to_owned(),
            updated_at: second(self.spoken.values().copied().max().unwrap_or(self.began)),
        }
    }

    pub(super) fn status(&self) -> Overall {
        let worst = self.site.states.values().copied().max().unwrap_or_default();
        let indicator = match worst {
            ServiceState::Operational => "none",
            ServiceState::PlannedWork => "maintenance",
            ServiceState::Degraded => "minor",
            ServiceState::PartialOutage => "major",
            ServiceState::Outage => "critical",
        };
        Overall { indicator, description: Headline::of(self.site).plain(&self.site.tongues[0]) }
    }

    /// Services in the order of the register, each group before its services.
    pub(super) fn components(&self) -> Vec<Component> {
        let mut components = Vec::new();
        for (position, (name, members)) in self.site.view.registers.groups().into_iter().enumerate() {
            let members: Vec<&Service> = members.into_iter().map(|(_, service)| service).collect();
            if !name.is_empty() {
                components.push(self.group(name, &members, position + 1));
            }
            let services = members.iter().enumerate();
            components.extend(services.map(|(position, service)| self.component(service, position + 1)));
        }
        components
    }

    fn group(&self, name: &str, members: &[&Service], position: usize) -> Component {
        let worst = members.iter().map(|service| self.site.state_of(service)).max().unwrap_or_default();
        let updated = members.iter().filter_map(|service| self.spoken.get(&service.id)).max();
        Component {
            id: id(self.site, "group", name),
            name: name.to_owned(),
            status: component_status(worst),
            created_at: second(self.began),
            updated_at: second(*updated.unwrap_or(&self.began)),
            position,
            description: None,
            showcase: false,
            start_date: None,
            group_id: None,
            page_id: self.page_id.clone(),
            group: true,
            only_show_if_degraded: false,
            components: Some(members.iter().map(|service| self.service_id(&service.id)).collect()),
        }
    }

    fn component(&self, service: &Service, position: usize) -> Component {
        Component {
            id: self.service_id(&service.id),
            name: service.name.to_string(),
            status: component_status(self.site.state_of(service)),
            created_at: second(self.began),
            updated_at: second(*self.spoken.get(&service.id).unwrap_or(&self.began)),
            position,
            description: Some(service.description.to_string()).filter(|words| !words.is_empty()),
            showcase: true,
            start_date: None,
            group_id: (!service.group.is_empty()).then(|| id(self.site, "group", &service.group)),
            page_id: self.page_id.clone(),
            group: false,
            only_show_if_degraded: false,
            components: None,
        }
    }

    pub(super) fn incidents(&self, phase: impl Fn(Phase) -> bool) -> Vec<Incident> {
        let listed = listed(self.site, |shown| !shown.planned, phase);
        listed.into_iter().map(|shown| self.incident(shown)).collect()
    }

    pub(super) fn maintenances(&self, phase: impl Fn(Phase) -> bool) -> Vec<Incident> {
        let listed = listed(self.site, |shown| shown.planned, phase);
        listed.into_iter().map(|shown| self.incident(shown)).collect()
    }

    fn incident(&self, shown: &Shown) -> Incident {
        let (timeline, incident) = (&shown.timeline, shown.incident());
        let tongue = &self.site.tongues[0];
        let page = format!("{}/{}{}", self.site.view.settings.base_url, tongue.prefix, shown.href);
        let voice = Voice::new(self.site, tongue, incident).at(&page);
        let incident_id = id(self.site, "incident", incident.slug.as_str());
        let updates = self.updates(shown, &voice, &incident_id);
        let created = timeline.statements.first().map_or(incident.started.value, Statement::said_at);
        let updated = timeline.statements.iter().map(Statement::said_at).max().unwrap_or(created);
        let monitoring =
            timeline.statements.iter().find(|said| said.kind == StatementKind::Update(Status::Monitoring));
        let window = timeline.facts.window;
        let services = &self.site.view.registers.services;
        let touched = services.iter().enumerate().filter(|(_, s)| timeline.facts.services.contains(&s.id));
        Incident {
            id: incident_id,
            name: voice.plain_title().to_owned(),
            status: status_word(shown, timeline.status),
            created_at: second(created),
            updated_at: second(updated),
            monitoring_at: monitoring.map(|said| second(said.at)),
            resolved_at: timeline.ended.map(second),
            impact: match (incident.is_maintenance(), timeline.facts.severity) {
                (true, _) => "maintenance",
                (_, Severity::Minor) => "minor",
                (_, Severity::Major) => "major",
                (_, Severity::Critical) => "critical",
            },
            shortlink: page,
            started_at: second(shown.start()),
            page_id: self.page_id.clone(),
            incident_updates: updates,
            components: touched.map(|(position, service)| self.component(service, position + 1)).collect(),
            scheduled_for: window.map(|window| second(window.start)),
            scheduled_until: window.map(|window| second(window.end)),
        }
    }

    /// What was said, newest first. Of planned work that nobody has spoken about yet, its summary: clients want one
    /// update at least.
    fn updates(&self, shown: &Shown, voice: &Voice<'_>, incident_id: &str) -> Vec<Update> {
        let incident = shown.incident();
        let mut status = None;
        let mut before: BTreeMap<ServiceId, ServiceState> = BTreeMap::new();
        let mut updates = Vec::new();
        for statement in &shown.timeline.statements {
            if let StatementKind::Update(said) = statement.kind {
                status = Some(said);
            }
            let live = status.map_or(!incident.is_maintenance(), |status: Status| {
                !status.is_final() && status != Status::Scheduled
            });
            let after = states(incident, &statement.facts, live);
            updates.push(Update {
                id: id(self.site, "update", statement.id.as_str()),
                status: match statement.kind {
                    StatementKind::Review => "postmortem",
                    _ => status_word(shown, status),
                },
                body: plain::body(voice, statement),
                incident_id: incident_id.to_owned(),
                created_at: second(statement.said_at()),
                updated_at: second(statement.said_at()),
                display_at: second(statement.at),
                affected_components: self.changes(&before, &after),
            });
            before = after;
        }
        updates.reverse();
        if updates.is_empty() {
            let at = second(incident.started.value);
            let summary = plain::text(voice, incident.text(), incident.summary);
            updates.push(Update {
                id: id(self.site, "update", incident.slug.as_str()),
                status: status_word(shown, None),
                body: if summary.is_empty() { voice.plain_title().to_owned() } else { summary },
                incident_id: incident_id.to_owned(),
                created_at: at.clone(),
                updated_at: at.clone(),
                display_at: at,
                affected_components: None,
            });
        }
        updates
    }

    fn changes(
        &self,
        before: &BTreeMap<ServiceId, ServiceState>,
        after: &BTreeMap<ServiceId, ServiceState>,
    ) -> Option<Vec<Change>> {
        let mut touched: Vec<&ServiceId> = before.keys().chain(after.keys()).collect();
        touched.sort();
        touched.dedup();
        let state =
            |states: &BTreeMap<ServiceId, ServiceState>, id| states.get(id).copied().unwrap_or_default();
        let changes: Vec<Change> = touched
            .into_iter()
            .filter(|service| state(before, *service) != state(after, *service))
            .map(|service| Change {
                code: self.service_id(service),
                name: self.site.service_name(&self.site.tongues[0], service).to_owned(),
                old_status: component_status(state(before, service)),
                new_status: component_status(state(after, service)),
            })
            .collect();
        (!changes.is_empty()).then_some(changes)
    }

    fn service_id(&self, service: &ServiceId) -> String {
        id(self.site, "service", service.as_str())
    }
}

/// Twelve hexadecimal digits, for ever the same for the same thing of the same site.
fn id(site: &Site<'_>, kind: &str, name: &str) -> String {
    let digest = Sha256::digest(format!("{}/{kind}/{name}", site.view.settings.id_domain));
    hex(&digest[..6])
}

fn component_status(state: ServiceState) -> &'static str {
    match state {
        ServiceState::Operational => "operational",
        ServiceState::PlannedWork => "under_maintenance",
        ServiceState::Degraded => "degraded_performance",
        ServiceState::PartialOutage => "partial_outage",
        ServiceState::Outage => "major_outage",
    }
}

/// The status of the moment; before anybody has said one, that which the clock gives.
fn status_word(shown: &Shown, said: Option<Status>) -> &'static str {
    let maintenance = shown.planned;
    match said {
        Some(Status::Investigating) => "investigating",
        Some(Status::Identified) => "identified",
        Some(Status::Monitoring) => "monitoring",
        Some(Status::Resolved) => "resolved",
        Some(Status::InProgress) => "in_progress",
        Some(Status::Completed | Status::Cancelled) => "completed",
        Some(Status::Scheduled) | None if maintenance && is_active(shown.phase) => "in_progress",
        Some(Status::Scheduled) => "scheduled",
        None if maintenance => "scheduled",
        None if shown.phase == Phase::Over => "resolved",
        None => "investigating",
    }
}
