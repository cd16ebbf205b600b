//! Trouble that was made public long after it began.

use jiff::SignedDuration;

use crate::config::Severity;
use crate::diag::Level;
use crate::lint::backing;
use crate::lint::{Category, Check, Pack, Report, Rule, Subject};
use crate::timeline::Words;

pub(super) const RULE: Rule = Rule {
    id: "late-notice",
    category: Category::Structure,
    level: Level::Off,
    withholds: false,
    overridable: true,
    summary: "The first word came long after the trouble began, and does not say why.",
    explanation: "People who waited for a bus or a payment in the meantime know how long it took us to speak. Saying when \
        we noticed, and why not before, is the difference between late and hidden.",
    source: "Winnipeg's frozen pipes: the city “failed to identify the problem soon enough”. CDC, crisis communication: \
        be first.",
    backing: "A first update within 30 minutes of `started` (2 hours for a minor incident is no matter: it is not judged), \
        or a sentence that owns the gap: “We noticed at 10:50. We should have noticed at 08:00.” Planned work and minor \
        incidents are left alone. Off unless the site turns it on: `late-notice = \"warning\"` under `[lint]`.",
    check: Check::Structure(check),
};

/// How long after its start an incident may become public.
fn limit(severity: Severity) -> Option<SignedDuration> {
    match severity {
        Severity::Critical => Some(SignedDuration::from_mins(30)),
        Severity::Major => Some(SignedDuration::from_hours(2)),
        Severity::Minor => None,
    }
}

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let incident = subject.incident;
    let Some(limit) = limit(incident.severity.value).filter(|_| !incident.is_maintenance()) else { return };
    let Some(first) = subject.timeline.and_then(|timeline| timeline.statements.first()) else { return };
    let Words::Written(index) = first.words else { return };
    let Some(update) = incident.updates.get(index) else { return };
    let said = if first.archived { first.at } else { first.said_at() };
    let gap = said.duration_since(incident.started.value);
    if gap <= limit {
        return;
    }
    let phrases = Pack::of(&incident.lang).and_then(|pack| pack.rule(RULE.id));
    let owned = match phrases {
        Some(phrases) => subject.own().any(|passage| passage.sentences().any(|said| phrases.has("owned", said.text))),
        None => incident.detected.is_some(),
    };
    if owned {
        return;
    }
    let noticed = match &incident.detected {
        Some(detected) => format!(
            "Say why nobody noticed before {}.",
            backing::written(subject.context, detected.value, update.at)
        ),
        None => "Say when you noticed, and why not before: “We noticed at TIME. We should have noticed at TIME.”".to_owned(),
    };
    let finding = report.find(
        subject.place_in(update, update.heading),
        format!("This was made public {} after it began, and does not say why.", backing::length(gap)),
        noticed,
    );
    finding.level = subject.level_of_words(update, RULE.level);
}
