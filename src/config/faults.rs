//! The findings about one file, while it is being read.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::Timestamp;

use crate::diag::Finding;
use crate::text::{Source, Span};

/// Collects findings about one source and knows which incident and update it is at.
pub(crate) struct Faults<'a> {
    source: &'a Source,
    /// Slug of the incident that the file is about.
    pub(crate) incident: Option<Arc<str>>,
    /// Heading time of the update that is being read.
    pub(crate) update: Option<Timestamp>,
    pub(crate) findings: Vec<Finding>,
    /// How many findings there were of each rule.
    counts: Vec<(Cow<'static, str>, usize)>,
    /// Takes what is too much.
    spare: Option<Finding>,
}

/// How much of the place is quoted in a finding.
const QUOTED: usize = 160;

/// How many findings of one rule a file may have; what withholds is always told.
const MOST: usize = 100;

impl<'a> Faults<'a> {
    pub(crate) fn new(source: &'a Source) -> Self {
        Self { source, incident: None, update: None, findings: Vec::new(), counts: Vec::new(), spare: None }
    }

    pub(crate) fn source(&self) -> &'a Source {
        self.source
    }

    /// Adds a finding at error level and gives it back, so that the caller may add to it.
    pub(crate) fn error(
        &mut self,
        rule: &'static str,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> &mut Finding {
        let finding = Finding::error(rule, &self.source.path, span, message, help);
        self.push(finding)
    }

    pub(crate) fn warning(
        &mut self,
        rule: &'static str,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> &mut Finding {
        let finding = Finding::warning(rule, &self.source.path, span, message, help);
        self.push(finding)
    }

    /// An error that keeps the update, or the file, from being published until it is mended.
    pub(crate) fn withhold(
        &mut self,
        rule: &'static str,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> &mut Finding {
        let finding = Finding::error(rule, &self.source.path, span, message, help);
        self.push(Finding { withholds: true, ..finding })
    }

    /// The findings of a file that publishes nothing itself, and so withholds nothing.
    pub(crate) fn without_withholding(self) -> Vec<Finding> {
        self.findings.into_iter().map(|finding| Finding { withholds: false, ..finding }).collect()
    }

    fn push(&mut self, finding: Finding) -> &mut Finding {
        let line = finding.span.of(&self.source.text).trim().lines().next().unwrap_or_default();
        let text = line[..line.floor_char_boundary(QUOTED)].to_owned();
        let mut finding = Finding { incident: self.incident.clone(), update: self.update, text, ..finding };
        match self.count(&finding) {
            count if finding.withholds || count < MOST => {
                self.findings.push(finding);
                self.findings.last_mut().expect("a finding was pushed just now")
            }
            count => {
                if count == MOST {
                    finding.message +=
                        " There are more findings of this kind in the file; they are not listed.";
                    self.findings.push(finding.clone());
                }
                self.spare.insert(finding)
            }
        }
    }

    /// How many findings of the same rule were told before.
    fn count(&mut self, finding: &Finding) -> usize {
        if let Some((_, count)) = self.counts.iter_mut().find(|(rule, _)| *rule == finding.rule) {
            *count += 1;
            return *count - 1;
        }
        self.counts.push((finding.rule.clone(), 1));
        0
    }
}
