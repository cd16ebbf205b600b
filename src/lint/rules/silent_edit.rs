//! Published text that was changed or taken out without a word.

use crate::content::{Incident, Update};
use crate::diag::{Finding, Level, Note};
use crate::lint::{backing, correct};
use crate::lint::{Category, Check, Report, Rule, Subject};
use crate::text::Span;
use crate::timeline::edit::Edit;
use crate::timeline::{Change, Departure, RecordLine, departures};

pub(super) const RULE: Rule = Rule {
    id: "silent-edit",
    category: Category::History,
    level: Level::Error,
    withholds: true,
    overridable: false,
    summary: "Published text that differs from what readers saw.",
    explanation: "Readers compare, keep mails and take pictures of pages. A change that nobody owns up to turns a small \
        mistake into a hidden one. Candor goes on showing the published text until the change is made openly.",
    source: "How not to react when something goes wrong: they will find out. Diana Booher: no white lies.",
    backing: "White space, and spelling where the word holds no digit and is no negation, key, status or time, may change. \
        Anything else goes into a new update: `Correction` with `Corrects: TIME, WHAT WAS WRONG`, or `Retracts` where \
        text must be taken down.",
    check: Check::Incident(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    for Departure { line, change } in departures(subject.incident, subject.context.record) {
        let published = line.text.as_deref().unwrap_or_default();
        match change {
            Change::Edited { update, edits } => edited(subject, update, &edits, published, report),
            Change::Deleted { moved_to } => deleted(subject, line, moved_to, published, report),
            Change::Value { key, before, after } => value(subject, key, &before, &after, report),
            Change::Summary { edits } => summary(subject, &edits, published, report),
        }
    }
}

fn edited(subject: &Subject<'_>, update: &Update, edits: &[Edit], published: &str, report: &mut Report<'_>) {
    let Some(edit) = edits.first() else { return };
    let span = if edit.new.is_empty() { update.heading } else { edit.new };
    let finding = report.find(
        subject.place_in(update, span),
        changed(edit.old.of(published), edit.new.of(subject.incident.text())),
        format!(
            "Put the published text back and add a new update below the others: `## DATE TIME Correction`, with \
             `Corrects: {}, WHAT WAS WRONG`.",
            backing::written(subject.context, update.at, update.at)
        ),
    );
    finding.fix = correct::correct(subject, update, edits, published);
    keep_published(finding, update.heading, published);
}

/// What was changed, in the words of both texts.
fn changed(old: &str, new: &str) -> String {
    let quoted = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        let shown = words.iter().take(12).copied().collect::<Vec<_>>().join(" ");
        if words.len() > 12 { format!("“{shown} …”") } else { format!("“{shown}”") }
    };
    match (old.trim().is_empty(), new.trim().is_empty()) {
        (false, true) => format!("Readers saw {} here; it is gone.", quoted(old)),
        (true, false) => format!("Readers did not see {}; it was added later.", quoted(new)),
        _ => format!("Readers saw {}; now it says {}.", quoted(old), quoted(new)),
    }
}

fn keep_published(finding: &mut Finding, span: Span, published: &str) {
    let path = finding.path.clone();
    finding.notes.push(Note { path, span, message: format!("published:\n{}", published.trim_end()) });
}

fn deleted(
    subject: &Subject<'_>,
    line: &RecordLine,
    moved_to: Option<&Update>,
    published: &str,
    report: &mut Report<'_>,
) {
    let title = subject.incident.title.span;
    let at = backing::written(subject.context, line.at, subject.context.now);
    let (span, message, help) = match moved_to {
        Some(update) => (
            update.heading,
            format!("Readers saw this update under {at}; now it has another time."),
            format!("Put {at} back into its heading. If that time was wrong, say so in a `Correction`."),
        ),
        None => (
            title,
            format!("The update of {at}, which readers saw, is not in the file any more."),
            format!(
                "Put it back. If it was wrong, add `## DATE TIME Correction` with `Corrects: {at}, WHAT WAS WRONG`; if \
                 it must be taken down, `Retracts: {at}, WHY`."
            ),
        ),
    };
    let finding = report.find(subject.place(span), message, help);
    finding.update = Some(line.at);
    finding.fix = moved_to.and_then(|update| correct::heading_back(update, published));
    keep_published(finding, title, published);
}

/// A value at the start that was changed after it was published.
fn value(subject: &Subject<'_>, key: &str, before: &str, after: &str, report: &mut Report<'_>) {
    let (message, back) = match (before, after) {
        ("", _) => (format!("`{key}` was published without a value; now it is {after}."), "Take it out.".to_owned()),
        (_, "") => (format!("`{key}` was published as {before}; it is gone."), format!("Put {before} back.")),
        _ => (format!("`{key}` was published as {before}; now it is {after}."), format!("Put {before} back.")),
    };
    report.find(subject.place(place_of(subject.incident, key)), message, format!("{back} {}", later(key)));
}

/// The summary stands on the page for as long as the incident does.
fn summary(subject: &Subject<'_>, edits: &[Edit], published: &str, report: &mut Report<'_>) {
    let Some(edit) = edits.first() else { return };
    let incident = subject.incident;
    let span = if edit.new.is_empty() { incident.title.span } else { edit.new };
    let finding = report.find(
        subject.place(span),
        changed(edit.old.of(published), edit.new.of(incident.text())),
        "Put the published summary back. What is new goes into an update; what was wrong, into a `Correction`.",
    );
    keep_published(finding, incident.title.span, published);
}

fn later(key: &str) -> &'static str {
    match key {
        "severity" => "A new severity goes into the header of a new update: `Severity: …`.",
        "services" => "Later services go into the header of a new update: `Services: ID: STATE`.",
        "areas" => "Later areas go into the header of a new update: `Areas: …`.",
        "owner" => "A new owner goes into the header of a new update: `Owner: …`.",
        "start" | "end" => "New times go into the header of a new update: `Window: START to END`.",
        _ => "If it was wrong, add a `Correction` that says so.",
    }
}

fn place_of(incident: &Incident, key: &str) -> Span {
    let first = |span: Option<Span>| span.unwrap_or(incident.title.span);
    match key {
        "started" | "start" => incident.started.span,
        "severity" => incident.severity.span,
        "services" => first(incident.services.first().map(|service| service.span)),
        "areas" => first(incident.areas.first().map(|area| area.span)),
        "owner" => first(incident.owner_text.as_ref().map(|owner| owner.span)),
        _ => incident.title.span,
    }
}
