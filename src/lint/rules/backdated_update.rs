//! An update dated earlier than readers could see it.

use crate::content::Update;
use crate::diag::Level;
use crate::lint::backing;
use crate::lint::{Category, Check, Pack, Report, Rule, Subject};

pub(super) const RULE: Rule = Rule {
    id: "backdated-update",
    category: Category::History,
    level: Level::Warning,
    withholds: false,
    overridable: true,
    summary: "An update whose heading is earlier than its publication by more than `backdate_limit`.",
    explanation: "Whoever looked at the page at that time saw nothing. Dated back, the update claims that we spoke when we \
        were silent, and readers can prove it. The page prints both times.",
    source: "How not to react when something goes wrong: they will find out.",
    backing: "A heading no more than `backdate_limit` (15 minutes) before the update is first published; or a sentence \
        that says it comes late. Where no record shows what was published, nothing can be said, and the rule is silent; \
        as it is on updates that came more than a day late and were entered as an archive.",
    check: Check::History(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let (Some(timeline), false) = (subject.timeline, subject.context.record.is_empty()) else { return };
    for (index, update) in subject.incident.updates.iter().enumerate() {
        let Some(statement) = subject.statement(index) else { continue };
        if statement.archived || owns_up(subject, index) {
            continue;
        }
        let limit = subject.context.settings.backdate_limit;
        let written = |moment| backing::written(subject.context, moment, subject.context.now);
        match statement.published_at {
            Some(_) if statement.backdated => {
                let message = format!(
                    "Readers saw nothing at {}: this was published at {}.",
                    written(update.at),
                    written(statement.said_at())
                );
                let help = "The page prints both times. Date the next update when you publish it, and say in its text when \
                    things happened.";
                let finding = report.find(subject.place_in(update, update.heading), message, help);
                finding.level = subject.level_of_words(update, RULE.level);
                if timeline.ended.is_none() {
                    finding.level = Level::Info;
                }
            }
            None if timeline.now.duration_since(update.at) > limit => fresh(subject, update, report),
            _ => {}
        }
    }
}

/// Not out yet: it can still be dated rightly.
fn fresh(subject: &Subject<'_>, update: &Update, report: &mut Report<'_>) {
    let at = backing::written(subject.context, update.at, subject.context.now);
    report.find(
        subject.place_in(update, update.heading),
        format!("This is not published yet, so readers saw nothing at {at}."),
        "Date it when you publish it (`## now …` does so), and say in the text when things happened. For history from \
         elsewhere, write `imported = true` into the front matter.",
    );
}

fn owns_up(subject: &Subject<'_>, index: usize) -> bool {
    let phrases = Pack::of(&subject.incident.lang).and_then(|pack| pack.rule(RULE.id));
    let Some((phrases, passage)) = phrases.zip(subject.passage(index)) else { return false };
    passage.sentences().any(|said| phrases.has("owned", said.text))
}
