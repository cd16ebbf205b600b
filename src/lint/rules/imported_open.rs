//! Imported history that never ended.

use crate::content::{Kind, Word};
use crate::diag::Level;
use crate::lint::{Category, Check, Report, Rule, Subject};

pub(super) const RULE: Rule = Rule {
    id: "imported-open",
    category: Category::History,
    level: Level::Warning,
    withholds: false,
    overridable: true,
    summary: "An imported incident that is still open.",
    explanation: "Imported history is never due and never mailed. If it is really over, the page goes on showing trouble \
        that is gone; if it is not, nobody will be told how it goes on.",
    source: "Candor's own: silence must be a decision.",
    backing: "A last update with `Resolved`, or `Completed` or `Cancelled` for planned work. If it really goes on, take \
        `imported = true` out, so that it is due like any other.",
    check: Check::Incident(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let incident = subject.incident;
    let ahead = matches!(&incident.kind, Kind::Maintenance { window, .. } if window.end > subject.context.now);
    if !incident.imported || incident.draft || ahead {
        return;
    }
    let last = incident.updates.iter().rev().find_map(|update| match update.word {
        Word::Status(status) => Some(status),
        _ => None,
    });
    if last.is_some_and(|status| status.is_final()) {
        return;
    }
    let (word, end) =
        if incident.is_maintenance() { ("maintenance", "Completed") } else { ("incident", "Resolved") };
    report.find(
        subject.latest_place(),
        format!("This {word} was imported and is still open: the page shows it as going on, and nobody is told."),
        format!("If it is over, add an update `{end}`. If it goes on, remove `imported = true`."),
    );
}
