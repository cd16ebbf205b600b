//! Words that people have read before.

use crate::diag::Level;
use crate::lint::scripts::same_words;
use crate::lint::{Category, Check, Report, Rule, Subject};

pub(super) const RULE: Rule = Rule {
    id: "scripted-update",
    category: Category::History,
    level: Level::Off,
    withholds: false,
    overridable: true,
    summary: "An update in the same words as the one before it, or as those of other incidents.",
    explanation: "A text that fits every incident says nothing about this one, and regular readers skip it. A script may open an \
        update; one fact of today makes it worth reading. This rule is off unless the site asks for it.",
    source: "How not to react when something goes wrong: no scripted responses.",
    backing: "A sentence of its own with a number, a time, a place or a name. Numbers, names and services do not make a text \
        another one: nine tenths of its words, by runs of four, stood in three other incidents before it. Planned work may be \
        announced in the same words each time.",
    check: Check::History(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let incident = subject.incident;
    if incident.is_maintenance() || incident.draft {
        return;
    }
    let scripts = subject.context.history.scripts(&subject.context.content.registers);
    let mut before = None;
    for update in &incident.updates {
        let words = update.words().of(incident.text());
        let message = if before.is_some_and(|before| same_words(before, words)) {
            Some("The update before this one has the same words.")
        } else if scripts.is_known(incident, update) {
            Some("People have read this text before: it stood in at least three other incidents.")
        } else {
            None
        };
        before = Some(words);
        let Some(message) = message else { continue };
        report.find(
            subject.place_in(update, update.heading),
            message,
            "Add what is different now: a number, a finding, a time.",
        );
    }
}
