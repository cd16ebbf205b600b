//! Findings about the past: words that readers saw about something that is over, and imported history. Nobody can mend
//! these any more, so `check` tells them only when it is asked to (`--history`).

use super::{Check, rule};
use crate::content::Incident;
use crate::diag::{Finding, Level};
use crate::timeline::{LineKind, Record, Timeline};

/// Whether a finding is about words that cannot change any more. What must still be done about the past (a review that
/// is due, a silent edit, an imported incident that never ended) is of today.
pub fn is_past(timeline: &Timeline, record: &Record, finding: &Finding) -> bool {
    let Some(rule) = rule(&finding.rule) else { return false };
    let of_words = matches!(rule.check, Check::Words(_) | Check::Markdown(_)) && rule.overridable;
    if timeline.incident.imported {
        return of_words;
    }
    // A rule that judges more than words says by a milder level that nothing can be made good. One whose own level is
    // the mildest cannot; what the clock or the record asks for can still be done.
    let milder = finding.level == Level::Info
        && (rule.level > Level::Info || !matches!(rule.check, Check::History(_)));
    timeline.ended.is_some() && (of_words || milder) && was_seen(record, &timeline.incident, finding)
}

/// Whether readers saw the words that a finding is about.
fn was_seen(record: &Record, incident: &Incident, finding: &Finding) -> bool {
    record.of_incident(incident).any(|line| match (line.kind, finding.update) {
        (LineKind::Incident, None) => true,
        (LineKind::Statement(kind), Some(at)) => kind.is_written() && line.at == at,
        _ => false,
    })
}
