//! An open statement that gives no time for the next word, where no plan gives one either.

use crate::content::Kind;
use crate::diag::Level;
use crate::lint::{backing, correct};
use crate::lint::{Category, Check, Report, Rule, Subject};
use crate::timeline::{StatementKind, Words};

pub(super) const RULE: Rule = Rule {
    id: "missing-next-update",
    category: Category::Structure,
    level: Level::Warning,
    withholds: false,
    overridable: true,
    summary: "An open statement without a time for the next word, where no plan prints one.",
    explanation: "Waiting is easier to bear when one knows until when. The plan's interval gives the time for every open \
        incident; planned work has only its window, and once that is over, readers are told nothing unless you say it.",
    source: "Diana Booher: an update each half hour. Effective incident handling: regular updates, even if there is nothing \
        new. Statuspage: keep the rhythm that you promise.",
    backing: "`Next update: TIME` in the header, or a sentence that says when you speak next. The plan's interval backs \
        every open incident; planned work is backed by its window until the end of that. “We will keep you \
        informed” gives no time.",
    check: Check::Structure(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let Some(last) = subject.timeline.filter(|timeline| timeline.open).and_then(|timeline| timeline.last_written())
    else {
        return;
    };
    let (Words::Written(index), StatementKind::Update(status), None) = (&last.words, last.kind, last.due) else { return };
    let Some((update, passage)) = subject.incident.updates.get(*index).zip(subject.passage(*index)) else { return };
    // `last.facts` knows of a window that was moved.
    let end = last.facts.window.map(|window| window.end).filter(|_| matches!(subject.incident.kind, Kind::Maintenance { .. }));
    if status.is_final() || end.is_some_and(|end| last.at < end) || backing::says_when_next(passage) {
        return;
    }
    let due = subject.timeline.and_then(|timeline| timeline.due).map(|due| due.at);
    let time = due.map_or_else(|| "TIME".to_owned(), |due| backing::written(subject.context, due, update.at));
    let finding = report.find(
        subject.place_in(update, update.heading),
        "The work runs past its end, and this does not say when you will speak next.",
        format!("Add `Next update: {time}` below the heading, or move the end: `Window: START to END`."),
    );
    finding.fix = due.and_then(|due| correct::write_due(passage, due));
}
