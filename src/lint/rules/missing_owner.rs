//! An open incident for which nobody answers by name or role.

use crate::content::Incident;
use crate::diag::Level;
use crate::lint::{Category, Check, Pack, Report, Rule, Subject};
use crate::text::PersonId;

pub(super) const RULE: Rule = Rule {
    id: "missing-owner",
    category: Category::Structure,
    level: Level::Error,
    withholds: false,
    overridable: true,
    summary: "An open incident without a person or role who answers for it in public.",
    explanation: "People trust a person who says “I” more than a department, and when nobody is named, nobody is \
        reminded and nobody answers. A role serves where a name would put someone in danger.",
    source: "Effective incident handling: offer to take full ownership, give your name and contact details. Diana \
        Booher: one representative stays with the case.",
    backing: "`owner` in the front matter, or `Owner:` in an update: a person of `people.toml`, with a name or a named \
        role such as “Duty manager, north depot”. A team, a mailbox, “support” or “IT” is nobody.",
    check: Check::Structure(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let incident = subject.incident;
    let Some(timeline) = subject.timeline.filter(|timeline| timeline.open) else { return };
    match timeline.facts.owner.as_ref() {
        Some(owner) if stands(subject, owner) => {}
        Some(owner) => {
            let name = subject.context.content.registers.person(owner).map_or(owner.as_str(), |p| p.name.as_str());
            anonymous(subject, name, report);
        }
        None => match &incident.owner_text {
            // A name that is merely unknown is a finding of the reader, with the nearest known one.
            Some(owner) if is_nobody(incident, owner) => anonymous(subject, owner, report),
            Some(_) => {}
            None => {
                report.find(
                    subject.place(incident.title.span),
                    "Nobody is named who answers for this incident.",
                    "Add `owner = \"…\"` with the id of a person or role from `people.toml`.",
                );
            }
        },
    }
}

fn anonymous(subject: &Subject<'_>, name: &str, report: &mut Report<'_>) {
    let incident = subject.incident;
    let later = incident.updates.iter().rev().find_map(|update| Some((update, update.header.owner.as_ref()?)));
    let place = match (later, &incident.owner_text) {
        (Some((update, owner)), _) => subject.place_in(update, owner.span),
        (None, Some(owner)) => subject.place(owner.span),
        (None, None) => subject.place(incident.title.span),
    };
    report.find(
        place,
        format!("“{name}” is not someone whom people can turn to."),
        "Name the person or the role that answers for this incident in public, such as “Duty manager, north depot”.",
    );
}

/// Whether someone stands behind a known person's entry: its name or its role.
fn stands(subject: &Subject<'_>, owner: &PersonId) -> bool {
    let Some(person) = subject.context.content.registers.person(owner) else { return true };
    std::iter::once(person.name.as_str())
        .chain(person.role.texts())
        .any(|words| !words.trim().is_empty() && !is_nobody(subject.incident, words))
}

fn is_nobody(incident: &Incident, name: &str) -> bool {
    let phrases = Pack::of(&incident.lang).and_then(|pack| pack.rule(RULE.id));
    phrases.is_some_and(|phrases| phrases.has("nobody", &name.trim().to_lowercase()))
}
