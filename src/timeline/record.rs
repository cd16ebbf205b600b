//! The record: what was really published, and when.
//!
//! Append-only. Each line carries the hash of its text and of the line before, so that anyone can show that nothing
//! was rewritten. A line of kind `incident` keeps an incident's front matter and summary, so that a file which can no
//! longer be read is restored from the record alone. No personal data beyond what the page shows: comments and
//! `staff_note` are not recorded.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{StatementId, StatementKind};
use crate::content::Incident;
use crate::text::Slug;

/// One line of `record.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordLine {
    /// Statement id; of an incident line, the slug.
    pub id: StatementId,
    pub incident: Slug,
    pub kind: LineKind,
    /// Heading time, slot or due time: what the id is made from. Of an incident line: its start.
    pub at: Timestamp,
    pub published_at: Timestamp,
    /// The due time printed with it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub due: Option<Timestamp>,
    /// Missed slots that a holding update names.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub missed: Vec<Timestamp>,
    /// First seen more than 24 h after its time: listed, never mailed.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub archived: bool,
    /// The file's own markdown (heading, header and body) or the composed text, without comments. `None` once retracted.
    pub text: Option<String>,
    /// SHA-256 of the text when published, in hex. Stays when the text is taken down.
    pub text_hash: String,
    /// Hash of the line before; of the first line, empty.
    pub prev: String,
    /// SHA-256 over everything above except `text`, in hex.
    pub hash: String,
}

/// What a line records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineKind {
    /// Front matter and summary of an incident; the latest one counts.
    Incident,
    Statement(StatementKind),
}

/// All lines, in order, with an index by incident.
#[derive(Clone, Debug, Default)]
pub struct Record {
    lines: Vec<RecordLine>,
    by_incident: HashMap<Slug, Vec<usize>>,
}

impl Record {
    pub fn lines(&self) -> &[RecordLine] {
        &self.lines
    }

    pub fn of<'a>(&'a self, slug: &Slug) -> impl Iterator<Item = &'a RecordLine> {
        self.by_incident.get(slug).into_iter().flatten().map(|&index| &self.lines[index])
    }

    /// The lines of an incident, those under its earlier slugs included.
    pub fn of_incident<'a>(&'a self, incident: &'a Incident) -> impl Iterator<Item = &'a RecordLine> {
        std::iter::once(&incident.slug).chain(&incident.aliases).flat_map(|slug| self.of(slug))
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Appends a line as it is.
    pub fn push(&mut self, line: RecordLine) {
        self.by_incident.entry(line.incident.clone()).or_default().push(self.lines.len());
        self.lines.push(line);
    }
}
