//! A next update that came late, or has not come.

use crate::diag::Level;
use crate::lint::backing;
use crate::lint::{Category, Check, Pack, Report, Rule, Subject};
use crate::timeline::{Statement, Words};

pub(super) const RULE: Rule = Rule {
    id: "missed-next-update",
    category: Category::Time,
    level: Level::Error,
    withholds: false,
    overridable: true,
    summary: "Nothing was said by the time that was promised, or that the plan sets.",
    explanation: "Silence past a promised time tells readers that nobody is looking. An update without news, on time, is \
        worth more than news that comes late.",
    source: "Diana Booher: an update each half hour, from one named person. Effective incident handling: update even if \
        there is nothing new. Statuspage: keep the rhythm that you promise.",
    backing: "A statement by the due time plus the plan's grace (5 minutes); a holding update counts. The due time is the \
        `Next update` that was printed, else the plan's interval, moved to the plan's hours. A late update that says \
        that it is late has owned up.",
    check: Check::History(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let Some(timeline) = subject.timeline else { return };
    for pair in timeline.statements.windows(2) {
        if let [before, after] = pair {
            judge_pair(subject, before, after, report);
        }
    }
    let Some(due) = timeline.due.filter(|due| timeline.open && due.missed) else { return };
    let at = backing::written(subject.context, due.at, subject.context.now);
    report.find(
        subject.latest_place(),
        format!("An update was due by {at}, and nothing has been said since."),
        "Publish one now, even without news, and say that it is late.",
    );
}

/// Whether `after` came by the time printed with `before`.
fn judge_pair(subject: &Subject<'_>, before: &Statement, after: &Statement, report: &mut Report<'_>) {
    let (Some(due), Words::Written(index)) = (before.due, &after.words) else { return };
    let Some(update) = subject.incident.updates.get(*index) else { return };
    // An archive's times are those of its headings: nobody was watching when it was published.
    let said = if after.backdated && !after.archived { after.said_at() } else { after.at };
    let grace = subject.context.settings.plans.of(before.facts.severity).grace;
    if said.duration_since(due) <= grace {
        return;
    }
    let phrases = Pack::of(&subject.incident.lang).and_then(|pack| pack.rule(RULE.id));
    let owned = phrases.is_none_or(|phrases| {
        subject.passage(*index).is_some_and(|passage| passage.sentences().any(|s| phrases.has("owned", s.text)))
    });
    if owned {
        return;
    }
    let (due, came) = (
        backing::written(subject.context, due, said),
        backing::written(subject.context, said, said),
    );
    let finding = report.find(
        subject.place_in(update, update.heading),
        format!("An update was due by {due}; this one came at {came} and does not say that it is late."),
        format!("Say so: “We said that we would write by {due}. This update is late.”"),
    );
    finding.level = subject.level_of_words(update, RULE.level);
}
