//! A next update promised later than the plan allows.

use crate::content::{Status, Word};
use crate::diag::Level;
use crate::lint::backing;
use crate::lint::{Category, Check, Report, Rule, Subject};

pub(super) const RULE: Rule = Rule {
    id: "next-update-too-late",
    category: Category::Time,
    level: Level::Error,
    withholds: false,
    overridable: true,
    summary: "`Next update` is later than the plan's interval, without a reason.",
    explanation: "The plan was made on a quiet day, for days like this one. Under pressure the easy way is to promise \
        the next word for tomorrow; readers then hear nothing while the trouble goes on.",
    source: "Diana Booher: an update each half hour, and plans for exceptions.",
    backing: "A time within the plan's interval for the severity (`every` of the incident, `monitoring_every` once \
        monitoring), with the plan's grace; or a reason: `Next update: 07:00 because crews resume at first light`. \
        Where the interval ends outside the plan's hours, the rule is silent.",
    check: Check::Structure(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let incident = subject.incident;
    if incident.is_maintenance() {
        return;
    }
    let mut status = None;
    for (index, update) in incident.updates.iter().enumerate() {
        if let Word::Status(said) = update.word {
            status = Some(said);
        }
        let Some(next) = update.header.next_update.as_ref().filter(|next| next.because.is_none()) else { continue };
        let severity = subject.facts(index).map_or(incident.severity.value, |facts| facts.severity);
        let plan = subject.context.settings.plans.of(severity);
        let planned = if status == Some(Status::Monitoring) { plan.monitoring_every } else { plan.every };
        let every = incident.every.as_ref().map_or(planned, |every| every.value);
        let Ok(due) = update.at.checked_add(every) else { continue };
        let open = plan.hours.at_or_next_opening(due, &subject.context.settings.zone) == due;
        if open && next.at.duration_since(due) > plan.grace {
            let due = backing::written(subject.context, due, update.at);
            report.find(
                subject.place_in(update, next.span),
                format!("The plan for {} incidents is a word every {}.", severity.word(), backing::length(every)),
                format!("Write `Next update: {due}`, or give the reason: `Next update: TIME because REASON`."),
            );
        }
    }
}
