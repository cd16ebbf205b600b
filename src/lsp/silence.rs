//! Where a comment that silences a finding goes.

use crate::content::Incident;
use crate::diag::Finding;
use crate::lint::{self, Check};

/// The comment, without its reason, and the byte where it goes; `None` where nothing silences the finding.
pub(super) fn comment(finding: &Finding, incident: &Incident, text: &str) -> Option<(usize, String)> {
    let rule = lint::rule(&finding.rule)?;
    if matches!(rule.check, Check::Silencing(_) | Check::Site(_)) || finding.path != *incident.path() {
        return None;
    }
    let at = place(finding, incident, text);
    Some((at, format!("<!-- candor: allow({}) because  -->\n\n", rule.id)))
}

/// The beginning of the block that a finding is in. What is about the front matter is silenced before the first block of the
/// summary, what is about a heading or header before the first block of its update.
fn place(finding: &Finding, incident: &Incident, text: &str) -> usize {
    let update = incident.updates.iter().find(|update| update.span.contains(finding.span));
    let body = update.map_or(incident.summary.start, |update| update.body.start);
    let first = body + (text[body..].len() - text[body..].trim_start().len());
    if finding.span.start < first {
        return first;
    }
    let mut start = first;
    let mut blank = false;
    let mut passed = first;
    for line in text[first..].split_inclusive('\n') {
        if passed > finding.span.start {
            break;
        }
        let is_blank = line.trim().is_empty();
        if blank && !is_blank || line.starts_with('#') {
            start = passed;
        }
        blank = is_blank;
        passed += line.len();
    }
    start
}
