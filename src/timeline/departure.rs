//! Where a file departs from what was published: the record beside the file, statement by statement.
//!
//! `lint` tells the author, and its verdict puts the published words back: both from this one comparison.

use super::edit::{Edit, compare};
use super::{LineKind, Record, RecordLine};
use crate::content::{Incident, Update};
use crate::text::Span;

/// One published text that the file does not say any more.
#[derive(Clone, Debug)]
pub struct Departure<'a> {
    /// What was published.
    pub line: &'a RecordLine,
    pub change: Change<'a>,
}

/// How the file departs from a line of the record.
#[derive(Clone, Debug)]
pub enum Change<'a> {
    /// Words of the update were changed. Old spans are bytes of the line's text, new ones of the file.
    Edited { update: &'a Update, edits: Vec<Edit> },
    /// The update is gone. Where another one has its words under another time, that one is named.
    Deleted { moved_to: Option<&'a Update> },
    /// A value of the front matter, as TOML; empty where it is not given.
    Value { key: &'static str, before: String, after: String },
    /// Words of the summary were changed. Old spans are bytes of the line's text, new ones of the file.
    Summary { edits: Vec<Edit> },
}

/// Front matter that is public with the first statement; later values come by update.
const HELD_KEYS: [&str; 8] = ["title", "started", "start", "end", "severity", "services", "areas", "owner"];

/// Every departure of the file from the record, by line. What was taken down, or is by an update of the file, is none.
pub fn departures<'a>(incident: &'a Incident, record: &'a Record) -> Vec<Departure<'a>> {
    let mut found = Vec::new();
    let mut start = None;
    for line in record.of_incident(incident) {
        let Some(text) = &line.text else { continue };
        match line.kind {
            LineKind::Incident => start = Some((line, text)),
            LineKind::Statement(kind) if kind.is_written() => {
                let change = statement(incident, record, line, text);
                found.extend(change.map(|change| Departure { line, change }));
            }
            LineKind::Statement(_) => {}
        }
    }
    if let Some((line, text)) = start {
        found.extend(beginning(incident, text).into_iter().map(|change| Departure { line, change }));
    }
    found
}

fn statement<'a>(
    incident: &'a Incident,
    record: &Record,
    line: &RecordLine,
    text: &str,
) -> Option<Change<'a>> {
    let taken_down =
        incident.updates.iter().filter_map(|update| update.header.retracts.as_ref()).any(|r| r.0 == line.at);
    if taken_down {
        return None;
    }
    let Some(update) = incident.updates.iter().find(|update| update.at == line.at) else {
        let published =
            |update: &Update| record.of_incident(incident).any(|line| is_statement_at(line, update));
        let moved_to =
            incident.updates.iter().find(|update| !published(update) && same_words(incident, update, text));
        return Some(Change::Deleted { moved_to });
    };
    // `now` is written out when it is published, so those headings differ by design.
    let (old, new) = if update.now {
        (after_heading(text), Span::new(update.heading.end, update.span.end))
    } else {
        (Span::new(0, text.len()), update.span)
    };
    let edits = edits(text, old, incident.text(), new);
    (!edits.is_empty()).then_some(Change::Edited { update, edits })
}

fn is_statement_at(line: &RecordLine, update: &Update) -> bool {
    line.at == update.at && line.statement_kind().is_some_and(|kind| kind.is_written())
}

/// Whether an update says what was published under another heading.
pub(super) fn same_words(incident: &Incident, update: &Update, published: &str) -> bool {
    let body = Span::new(update.heading.end, update.span.end).of(incident.text());
    compare(after_heading(published).of(published), body).is_empty()
}

fn after_heading(text: &str) -> Span {
    Span::new(text.find('\n').unwrap_or(text.len()), text.len())
}

/// The edits between two pieces of text, in bytes of the whole texts.
fn edits(old: &str, old_span: Span, new: &str, new_span: Span) -> Vec<Edit> {
    compare(old_span.of(old), new_span.of(new))
        .into_iter()
        .map(|edit| Edit { old: edit.old.shifted(old_span.start), new: edit.new.shifted(new_span.start) })
        .collect()
}

/// The front matter and the summary.
fn beginning<'a>(incident: &Incident, recorded: &str) -> Vec<Change<'a>> {
    let mut found = Vec::new();
    let Some((front, summary)) = parts(recorded) else { return found };
    let file = incident.text();
    if front.of(recorded).trim() != incident.front_matter.of(file).trim() {
        let (old, new) = (table(front.of(recorded)), table(incident.front_matter.of(file)));
        for key in HELD_KEYS {
            let (before, after) = (value(&old, key), value(&new, key));
            // Only a title has words to spell; the others are ids and times.
            let same = before == after || key == "title" && compare(&before, &after).is_empty();
            if !same {
                found.push(Change::Value { key, before, after });
            }
        }
    }
    let edits = edits(recorded, summary, file, incident.summary);
    if !edits.is_empty() {
        found.push(Change::Summary { edits });
    }
    found
}

/// The front matter and the summary of a recorded incident line.
fn parts(recorded: &str) -> Option<(Span, Span)> {
    let begin = "+++\n".len();
    let rest = recorded.strip_prefix("+++\n")?;
    let end = if rest.starts_with("+++\n") { 0 } else { rest.find("\n+++\n")? + 1 };
    Some((Span::new(begin, begin + end), Span::new(begin + end + "+++\n".len(), recorded.len())))
}

/// The values of a recorded incident line.
pub(super) fn front_matter(recorded: &str) -> toml::Table {
    parts(recorded).map(|(front, _)| table(front.of(recorded))).unwrap_or_default()
}

fn table(front_matter: &str) -> toml::Table {
    front_matter.parse().unwrap_or_default()
}

/// A value as one line of TOML, times in one form, lists in one order; empty where it is not given or an empty list.
fn value(table: &toml::Table, key: &str) -> String {
    match table.get(key) {
        None => String::new(),
        Some(toml::Value::Array(items)) => {
            let mut items: Vec<String> = items.iter().map(ToString::to_string).collect();
            items.sort();
            items.join(", ")
        }
        Some(toml::Value::Datetime(time)) => time.to_string().replace('T', " "),
        Some(value) => value.to_string(),
    }
}
