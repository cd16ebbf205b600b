//! What holds: the values that stay until a later statement replaces them.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Statement, StatementId, StatementKind, Words};
use crate::config::Severity;
use crate::content::{
    Affected, ExpectedFix, Incident, Kind, Section, SectionKind, ServiceState, Status, Update, Window,
};
use crate::text::{AreaId, PersonId, ServiceId, Span};

/// The facts after one statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    pub severity: Severity,
    pub owner: Option<PersonId>,
    /// Services touched, in the order of the file.
    pub services: Vec<ServiceId>,
    /// States said by `Services:`; the others follow from severity.
    pub said: BTreeMap<ServiceId, ServiceState>,
    /// None: everywhere.
    pub areas: Vec<AreaId>,
    pub affected: Option<Affected>,
    pub expected_fix: Option<ExpectedFix>,
    /// The section "What you can do", in the incident's text.
    pub actions: Option<Span>,
    /// Of a maintenance.
    pub window: Option<Window>,
}

impl Facts {
    /// What the front matter and the summary say, before any update.
    pub(super) fn at_start(incident: &Incident) -> Self {
        Self {
            severity: incident.severity.value,
            owner: incident.owner.as_ref().map(|owner| owner.value.clone()),
            services: incident.services.iter().map(|service| service.value.clone()).collect(),
            said: BTreeMap::new(),
            areas: incident.areas.iter().map(|area| area.value.clone()).collect(),
            affected: None,
            expected_fix: None,
            actions: actions(&incident.summary_sections),
            window: match &incident.kind {
                Kind::Incident => None,
                Kind::Maintenance { window, .. } => Some(*window),
            },
        }
    }

    /// Takes over what one update gives; what it leaves out goes on holding.
    pub(super) fn replace_by(&mut self, update: &Update) {
        fn replace<T: Clone>(held: &mut T, given: Option<&T>) {
            if let Some(given) = given {
                *held = given.clone();
            }
        }
        let header = &update.header;
        replace(&mut self.severity, header.severity.as_deref());
        replace(&mut self.areas, header.areas.as_deref());
        if let Some(owner) = &header.owner {
            self.owner = Some(owner.value.clone());
        }
        if let Some(affected) = &header.affected {
            self.affected = Some(affected.value.clone());
        }
        if let Some(fix) = &header.expected_fix {
            self.expected_fix = Some(fix.value.clone());
        }
        if let Some(window) = &header.window {
            self.window = Some(window.value);
        }
        for entry in &header.services {
            let (service, state) = &entry.value;
            self.said.insert(service.clone(), *state);
            if !self.services.contains(service) {
                self.services.push(service.clone());
            }
        }
        self.actions = actions(&update.sections).or(self.actions);
    }
}

fn actions(sections: &[Section]) -> Option<Span> {
    sections.iter().rev().find(|section| section.kind == SectionKind::Actions).map(|section| section.body)
}

/// One estimate and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    pub statement: StatementId,
    pub said_at: Timestamp,
    pub fix: ExpectedFix,
    /// Whether its time passed with the incident open.
    pub passed: bool,
}

/// Every estimate ever given, oldest first.
pub(super) fn estimates(incident: &Incident, statements: &[Statement], now: Timestamp) -> Vec<Estimate> {
    let statuses: Vec<(Timestamp, Status)> = statements
        .iter()
        .filter_map(|statement| match statement.kind {
            StatementKind::Update(status) => Some((statement.at, status)),
            _ => None,
        })
        .collect();
    // An end counts from its own minute on.
    let is_open_at = |moment: Timestamp| {
        let after = statuses.partition_point(|(at, _)| *at <= moment);
        after.checked_sub(1).is_none_or(|last| !statuses[last].1.is_final())
    };
    let given = statements.iter().filter_map(|statement| {
        let Words::Written(index) = statement.words else { return None };
        let fix = incident.updates.get(index)?.header.expected_fix.as_ref()?.value.clone();
        let passed =
            fix.at.is_some_and(|at| at <= now && at >= statement.at && !incident.imported && is_open_at(at));
        Some(Estimate { statement: statement.id.clone(), said_at: statement.at, fix, passed })
    });
    given.collect()
}
