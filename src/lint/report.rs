//! What rules report into: one finding type, filled in the same way by all.

use jiff::Timestamp;

use super::Rule;
use crate::diag::Finding;
use crate::text::{Slug, Source, Span};

/// Where a finding is.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub source: &'a Source,
    pub span: Span,
    /// Heading time of the update, where the finding is about one.
    pub update: Option<Timestamp>,
}

/// Collects what one rule finds in one incident or page.
#[derive(Debug)]
pub struct Report<'a> {
    rule: &'static Rule,
    incident: Option<&'a Slug>,
    may_withhold: bool,
    findings: &'a mut Vec<Finding>,
}

impl<'a> Report<'a> {
    pub(super) fn new(
        rule: &'static Rule,
        incident: Option<&'a Slug>,
        may_withhold: bool,
        findings: &'a mut Vec<Finding>,
    ) -> Self {
        Self { rule, incident, may_withhold, findings }
    }

    /// Adds a finding at the rule's level. What is returned may be made milder or given notes.
    pub fn find(
        &mut self,
        place: Place<'_>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> &mut Finding {
        let words = place.span.of(&place.source.text);
        self.findings.push(Finding {
            rule: self.rule.id.into(),
            level: self.rule.level,
            path: place.source.path.clone(),
            span: place.span,
            incident: self.incident.map(|slug| slug.as_str().into()),
            update: place.update,
            text: words.split_whitespace().collect::<Vec<_>>().join(" "),
            message: message.into(),
            help: help.into(),
            withholds: self.rule.withholds && self.may_withhold,
            notes: Vec::new(),
            fix: None,
        });
        self.findings.last_mut().expect("one was just pushed")
    }
}
