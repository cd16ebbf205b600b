//! `## now`, whose time stands nowhere in the file.

use crate::content::scaffold;
use crate::diag::{Fix, Level};
use crate::lint::{Category, Check, Place, Report, Rule, Subject, backing};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    id: "now-heading",
    category: Category::Time,
    level: Level::Info,
    withholds: false,
    overridable: true,
    summary: "A heading that says `now` in place of a time.",
    explanation: "`## now Identified` takes the time of the commit that brings it in, or of the save. That works; but \
        whoever reads the file later, or touches that line, cannot see when it was said.",
    source: "Candor's own: the file is the record that people can read.",
    backing: "A time. `candor check --fix` and the commit hook write it out, and so does the editor.",
    check: Check::Incident(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let incident = subject.incident;
    let zone = &subject.context.settings.zone;
    let own = incident.updates.iter().map(|update| (&incident.source, update));
    let translated = incident
        .translations
        .iter()
        .flat_map(|translation| translation.updates.iter().map(|update| (&translation.source, update)));
    for (source, update) in own.chain(translated).filter(|(_, update)| update.now) {
        let Some(word) = scaffold::now_word(update.heading.of(&source.text)) else { continue };
        let start = update.heading.start;
        let span = Span::new(start + word.start, start + word.end);
        let time = scaffold::heading_time(update.at, zone);
        let read = backing::written(subject.context, update.at, subject.context.now);
        let finding = report.find(
            Place { source, span: update.heading, update: Some(update.at) },
            format!("`now` stands for {read} here, and the file does not say so."),
            format!("Write `## {time}`, as `candor check --fix` and the commit hook do. Committed as it is, it takes the time of the commit."),
        );
        finding.fix = Some(Fix::of(format!("Write out `now` as {time}"), span, time));
    }
}
