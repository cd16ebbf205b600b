//! Published text that was changed or taken out without a word.

use crate::content::{Incident, Update};
use crate::diag::{Finding, Level, Note};
use crate::lint::backing;
use crate::lint::{Category, Check, Report, Rule, Subject};
use crate::text::Span;
use crate::timeline::edit::compare;
use crate::timeline::{LineKind, RecordLine, Words};

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

/// Front matter that was public with the first statement; later values come by update.
const HELD_KEYS: &[&str] = &["title", "started", "start", "severity", "services", "areas", "owner"];

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let incident = subject.incident;
    let mut published = false;
    for line in subject.context.record.of_incident(incident) {
        let LineKind::Statement(kind) = line.kind else { continue };
        published = true;
        let Some(text) = line.text.as_ref().filter(|_| kind.is_written() && !is_retracted(subject, line)) else {
            continue;
        };
        match incident.updates.iter().find(|update| update.at == line.at) {
            Some(update) => edited(subject, update, text, report),
            None => deleted(subject, line, text, report),
        }
    }
    let start = start_line(subject).and_then(|line| line.text.as_deref()).and_then(parts);
    if let Some((values, words)) = start.filter(|_| published) {
        front_matter(subject, values, report);
        summary(subject, words, report);
    }
}

/// The last line that says how the incident began.
fn start_line<'a>(subject: &Subject<'a>) -> Option<&'a RecordLine> {
    let lines = subject.context.record.of_incident(subject.incident);
    lines.filter(|line| line.kind == LineKind::Incident).last()
}

fn is_retracted(subject: &Subject<'_>, line: &RecordLine) -> bool {
    subject.timeline.is_some_and(|timeline| {
        timeline.statements.iter().any(|said| said.id == line.id && said.words == Words::Retracted)
    })
}

fn edited(subject: &Subject<'_>, update: &Update, published: &str, report: &mut Report<'_>) {
    let file = subject.incident.text();
    // `## now` is written out when it is published, so the headings differ by design.
    let (old, new) = if update.now {
        let body = published.find('\n').unwrap_or(published.len());
        (&published[body..], Span::new(update.heading.end, update.span.end))
    } else {
        (published, update.span)
    };
    let Some(edit) = compare(old, new.of(file)).into_iter().next() else { return };
    let words = edit.new.shifted(new.start);
    let span = if words.is_empty() { update.heading } else { words };
    let finding = report.find(
        subject.place_in(update, span),
        changed(edit.old.of(old), words.of(file)),
        format!(
            "Put the published text back and add a new update below the others: `## DATE TIME Correction`, with \
             `Corrects: {}, WHAT WAS WRONG`.",
            backing::written(subject.context, update.at, update.at)
        ),
    );
    keep_published(finding, update.heading, published);
}

/// What was changed, in the words of both texts.
fn changed(old: &str, new: &str) -> String {
    let quoted = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        let shown = words.iter().take(12).copied().collect::<Vec<_>>().join(" ");
        if words.len() > 12 { format!("\"{shown} …\"") } else { format!("\"{shown}\"") }
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

fn deleted(subject: &Subject<'_>, line: &RecordLine, published: &str, report: &mut Report<'_>) {
    let incident = subject.incident;
    let at = backing::written(subject.context, line.at, subject.context.now);
    let finding = report.find(
        subject.place(incident.title.span),
        format!("The update of {at}, which readers saw, is not in the file any more."),
        format!(
            "Put it back. If it was wrong, add `## DATE TIME Correction` with `Corrects: {at}, WHAT WAS WRONG`; if it \
             must be taken down, `Retracts: {at}, WHY`."
        ),
    );
    finding.update = Some(line.at);
    keep_published(finding, incident.title.span, published);
}

/// Values at the start that were changed after they were published.
fn front_matter(subject: &Subject<'_>, published: &str, report: &mut Report<'_>) {
    let incident = subject.incident;
    let Ok(old) = published.parse::<toml::Table>() else { return };
    let Ok(new) = incident.front_matter.of(incident.text()).parse::<toml::Table>() else { return };
    for key in HELD_KEYS {
        let (before, after) = (value(&old, key), value(&new, key));
        if compare(&before, &after).is_empty() {
            continue;
        }
        report.find(
            subject.place(place_of(incident, key)),
            format!("`{key}` was published as {before}; now it is {after}."),
            format!("Put {before} back. {}", later(key)),
        );
    }
}

fn later(key: &str) -> &'static str {
    match key {
        "severity" => "A new severity goes into the header of a new update: `Severity: …`.",
        "services" => "Later services go into the header of a new update: `Services: ID: STATE`.",
        "areas" => "Later areas go into the header of a new update: `Areas: …`.",
        "owner" => "A new owner goes into the header of a new update: `Owner: …`.",
        "start" => "A new time goes into the header of a new update: `Window: START to END`.",
        _ => "If it was wrong, add a `Correction` that says so.",
    }
}

/// A front matter value as text; empty where it is not given.
fn value(table: &toml::Table, key: &str) -> String {
    table.get(key).map(ToString::to_string).unwrap_or_default()
}

/// Front matter and summary of a recorded text.
fn parts(text: &str) -> Option<(&str, &str)> {
    text.trim_start().strip_prefix("+++")?.split_once("\n+++")
}

/// The summary, which stands on the page for as long as the incident does.
fn summary(subject: &Subject<'_>, published: &str, report: &mut Report<'_>) {
    let incident = subject.incident;
    let new = incident.summary.of(incident.text());
    let Some(edit) = compare(published, new).into_iter().next() else { return };
    let words = edit.new.shifted(incident.summary.start);
    let span = if words.is_empty() { incident.title.span } else { words };
    let finding = report.find(
        subject.place(span),
        changed(edit.old.of(published), words.of(incident.text())),
        "Put the published summary back. What is new goes into an update; what was wrong, into a `Correction`.",
    );
    keep_published(finding, incident.title.span, published);
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
