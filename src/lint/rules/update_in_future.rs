//! An update dated ahead of now.

use crate::diag::Level;
use crate::lint::backing;
use crate::lint::{Category, Check, Report, Rule, Subject};
use crate::timeline::AHEAD;

pub(super) const RULE: Rule = Rule {
    id: "update-in-future",
    category: Category::Time,
    level: Level::Error,
    withholds: true,
    overridable: true,
    summary: "A heading more than 5 minutes ahead of now.",
    explanation: "A statement with a time that is still to come is false when it is read, and everything that is \
        reckoned from it (what is due, what was late) is wrong.",
    source: "Candor's own: the time of an update is when it was said.",
    backing: "A heading's time up to 5 minutes ahead, for clocks that differ. To announce work to come, write a \
        maintenance file or give the time in the text.",
    check: Check::Incident(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let now = subject.context.now;
    for update in &subject.incident.updates {
        if update.at.duration_since(now) > AHEAD {
            let (at, now) = (backing::written(subject.context, update.at, now), backing::written(subject.context, now, now));
            report.find(
                subject.place_in(update, update.heading),
                format!("This update is dated {at}, but it is {now} now."),
                "Write the time at which you publish it, or `## now` and a status; check the offset if you gave one.",
            );
        }
    }
}
