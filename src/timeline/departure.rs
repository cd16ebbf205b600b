//! Where a file departs from what was published: the record beside the file, statement by statement.
//!
//! `lint` tells the author, and its verdict puts the published words back: both from this one comparison.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use super::edit::{Edit, compare};
use super::{LineKind, Record, RecordLine, StatementKind, transcript};
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
    let taken_down: HashSet<Timestamp> =
        incident.updates.iter().filter_map(|update| Some(update.header.retracts.as_ref()?.0)).collect();
    let mut found = Vec::new();
    let mut start = None;
    let mut deleted = Vec::new();
    for line in record.of_incident(incident) {
        let Some(text) = &line.text else { continue };
        match line.kind {
            LineKind::Incident => start = Some((line, text)),
            LineKind::Statement(kind) if kind.is_written() && !taken_down.contains(&line.at) => {
                match update_at(incident, line.at) {
                    Some(update) => {
                        let edits = update_edits(incident, update, text);
                        if !edits.is_empty() {
                            found.push(Departure { line, change: Change::Edited { update, edits } });
                        }
                    }
                    None => deleted.push((line, text)),
                }
            }
            LineKind::Statement(_) => {}
        }
    }
    if !deleted.is_empty() {
        let new = new_updates(incident, record);
        found.extend(deleted.into_iter().map(|(line, text)| {
            let moved_to = new.get(&words(after_heading(text).of(text))).copied();
            Departure { line, change: Change::Deleted { moved_to } }
        }));
    }
    if let Some((line, text)) = start {
        found.extend(beginning(incident, text).into_iter().map(|change| Departure { line, change }));
    }
    found
}

fn update_at(incident: &Incident, at: Timestamp) -> Option<&Update> {
    let index = incident.updates.partition_point(|update| update.at < at);
    incident.updates.get(index).filter(|update| update.at == at)
}

fn update_edits(incident: &Incident, update: &Update, text: &str) -> Vec<Edit> {
    // `now` is written out when it is published, so those headings differ by design.
    let (old, new) = if update.now {
        (after_heading(text), Span::new(update.heading.end, update.span.end))
    } else {
        (Span::new(0, text.len()), update.span)
    };
    edits(text, old, incident.text(), new)
}

/// Updates that were never published, by their words without the heading.
fn new_updates<'a>(incident: &'a Incident, record: &Record) -> HashMap<String, &'a Update> {
    let published: HashSet<Timestamp> = record
        .of_incident(incident)
        .filter(|line| line.statement_kind().is_some_and(StatementKind::is_written))
        .map(|line| line.at)
        .collect();
    let new = incident.updates.iter().filter(|update| !published.contains(&update.at));
    new.map(|update| {
        let body = Span::new(update.heading.end, update.span.end);
        (words(&transcript::without_comments(incident.text(), body)), update)
    })
    .collect()
}

/// Words without regard to white space.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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
