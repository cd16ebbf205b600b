//! What is held back of one incident, and why.

use std::collections::HashSet;

use jiff::Timestamp;

use super::overridable;
use crate::content::{Comment, Directive, Incident, Update};
use crate::diag::Finding;
use crate::text::Slug;
use crate::timeline::{Change, Departure, RecordLine, StatementKind, start_of};

/// An update that is not published until its findings are mended.
#[derive(Clone, Debug)]
pub struct Withheld {
    pub incident: Slug,
    /// Heading time; `None` where front matter, summary or an unreadable heading is held back.
    pub at: Option<Timestamp>,
    /// The findings that withhold it.
    pub findings: Vec<Finding>,
}

/// What is held back of one incident.
#[derive(Default)]
pub(super) struct Held {
    pub(super) withheld: Vec<Withheld>,
    /// Front matter or summary.
    pub(super) start: bool,
    /// Whether something newer than everything published is among it.
    pub(super) delays: bool,
}

impl Held {
    pub(super) fn of(
        incident: &Incident,
        findings: &[&Finding],
        lines: &[&RecordLine],
        departures: &[Departure<'_>],
    ) -> Self {
        let mut held = Self::default();
        if incident.imported {
            return held;
        }
        let out: HashSet<Timestamp> =
            lines.iter().filter(|line| is_written(line)).map(|line| line.at).collect();
        let is_out = |at: Timestamp| out.contains(&at);
        let last = out.iter().max().copied();
        for finding in findings {
            let update = about(incident, finding);
            match update {
                Some(update) if is_out(update.at) || publishes_anyway(&update.comments, finding) => {}
                Some(update) => {
                    held.delays |= last.is_none_or(|last| update.at > last);
                    held.hold(incident, Some(update.at), finding);
                }
                // Published words that are gone: the record has them.
                None if finding.update.is_some_and(is_out) => {}
                None if publishes_anyway(&incident.comments, finding) => {}
                None => {
                    let in_start = finding.span.start < start_of(incident).len();
                    held.start |= in_start;
                    held.delays |= !in_start;
                    held.hold(incident, None, finding);
                }
            }
        }
        // Published words under a new time would go out a second time.
        for departure in departures {
            let Change::Deleted { moved_to: Some(update) } = departure.change else { continue };
            let told = findings.iter().filter(|finding| finding.update == Some(departure.line.at));
            let findings = told.map(|finding| (*finding).clone()).collect();
            held.withheld.push(Withheld { incident: incident.slug.clone(), at: Some(update.at), findings });
        }
        held
    }

    fn hold(&mut self, incident: &Incident, at: Option<Timestamp>, finding: &Finding) {
        if let Some(withheld) = self.withheld.iter_mut().find(|withheld| withheld.at == at) {
            withheld.findings.push(finding.clone());
        } else {
            let incident = incident.slug.clone();
            self.withheld.push(Withheld { incident, at, findings: vec![finding.clone()] });
        }
    }

    pub(super) fn has(&self, at: Timestamp) -> bool {
        self.withheld.iter().any(|withheld| withheld.at == Some(at))
    }
}

fn is_written(line: &RecordLine) -> bool {
    line.statement_kind().is_some_and(StatementKind::is_written)
}

/// Whether a finding is about an update, by its time, else by its place.
pub(super) fn concerns(finding: &Finding, update: &Update) -> bool {
    finding.update.map_or_else(|| update.span.contains(finding.span), |at| at == update.at)
}

/// The update that a finding is about.
fn about<'a>(incident: &'a Incident, finding: &Finding) -> Option<&'a Update> {
    let first = match finding.update {
        Some(at) => incident.updates.partition_point(|update| update.at < at),
        None => 0,
    };
    incident.updates[first..].iter().find(|update| concerns(finding, update))
}

pub(super) fn publishes_anyway(comments: &[Comment], finding: &Finding) -> bool {
    let asked = comments.iter().any(|comment| matches!(comment.directive, Directive::PublishAnyway { .. }));
    asked && overridable(&finding.rule)
}
