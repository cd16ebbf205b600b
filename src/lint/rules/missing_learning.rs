//! Trouble that is over, and nobody said what was changed.

use crate::content::Word;
use crate::diag::Level;
use crate::lint::backing;
use crate::lint::{Category, Check, Pack, Part, Report, Rule, Subject};
use crate::timeline::{StatementKind, Words};

pub(super) const RULE: Rule = Rule {
    id: "missing-learning",
    category: Category::Structure,
    level: Level::Info,
    withholds: false,
    overridable: true,
    summary: "Resolved, past the day of its review, and no word on what was changed.",
    explanation: "“Lessons will be learned” is what everybody says. People believe it when they read what is different now, \
        who did it and when; else they wait for the next time.",
    source: "How not to react when something goes wrong: how can you prevent this from happening again? Effective incident \
        handling: learn from it. Winnipeg's frozen pipes.",
    backing: "An update `Review` with tasks below `### What we are changing`; or a sentence in the last update or later that \
        says what you changed: “We added an alarm on 4 March”. `review = \"none because …\"` gives the reason why there is \
        none. The day comes from the plan (`review_within`); where that is zero, as for minor incidents, no review is due.",
    check: Check::History(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let (incident, context) = (subject.incident, subject.context);
    let Some(timeline) = subject.timeline.filter(|_| incident.no_review.is_none() && !incident.is_maintenance()) else {
        return;
    };
    let Some(ended) = timeline.ended else { return };
    let within = context.settings.plans.of(timeline.facts.severity).review_within;
    let Ok(due) = ended.checked_add(within) else { return };
    if within.is_zero() || context.now <= due {
        return;
    }
    let after = |index: usize| incident.updates.get(index).is_some_and(|update| update.at >= ended);
    if incident.updates.iter().any(|update| !update.tasks.is_empty()) {
        return;
    }
    let phrases = Pack::of(&incident.lang).and_then(|pack| pack.rule(RULE.id));
    let reviewed = timeline.statements.iter().any(|said| said.kind == StatementKind::Review);
    let tells = subject.own().any(|passage| match (passage.part, phrases) {
        (Part::Update(index), Some(phrases)) if after(index) => {
            passage.sentences().any(|said| phrases.has("changed", said.text))
        }
        _ => false,
    });
    if tells || (reviewed && phrases.is_none()) {
        return;
    }
    let due = backing::written(context, due, context.now);
    let message = if reviewed {
        "The review does not say what you changed, so that it is less likely to happen again.".to_owned()
    } else {
        format!("A review was due by {due}; nothing says what you changed so that this is less likely to happen again.")
    };
    let review = timeline.statements.iter().rev().find_map(|said| match said.words {
        Words::Written(index) => incident.updates.get(index).filter(|update| update.word == Word::Review),
        _ => None,
    });
    let place = review.map_or_else(|| subject.latest_place(), |update| subject.place_in(update, update.heading));
    report.find(
        place,
        message,
        "Add an update `Review` with `### What we are changing`, and below it `- [ ] WHAT; by DATE; WHO` for each. If there \
         will be none, write `review = \"none because …\"` into the front matter.",
    );
}
