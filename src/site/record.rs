//! `/api/candor/v1/record.jsonl`: what was really published, and when. An empty ledger is restored from it.
//!
//! The record is the one file that grows with every statement ever made, so it is handed out in pieces, and where an
//! earlier build of this process wrote its beginning, only what follows.

use super::index::Site;
use super::plan::{Pages, Planned, Writing};
use crate::text::Fingerprint;
use crate::timeline::{Record, RecordLine, jsonl};

/// Where the record is, below the site's root.
pub const RECORD: &str = "api/candor/v1/record.jsonl";

/// Lines of the record, to be written as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lines<'a> {
    lines: &'a [RecordLine],
    /// Whether they follow what an earlier build of this process wrote to the same path.
    pub appended: bool,
}

impl Lines<'_> {
    /// The text in pieces of some hundred kilobytes.
    pub fn pieces(&self) -> impl Iterator<Item = String> {
        self.lines.chunks(256).map(jsonl)
    }
}

/// How much of the record was written: enough to tell whether it has only grown since.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Mark {
    lines: usize,
    last: String,
    /// How many lines have their text: a text is only ever taken away.
    texts: usize,
}

impl Mark {
    pub(super) fn of(record: &Record) -> Self {
        Self {
            lines: record.lines().len(),
            last: record.last_hash().to_owned(),
            texts: texts(record.lines()),
        }
    }
}

/// The lines to write, given what was written before.
pub(super) fn lines<'a>(record: &'a Record, written: Option<&Mark>) -> Lines<'a> {
    let all = record.lines();
    let grown = written.and_then(|mark| {
        let (head, tail) = all.split_at_checked(mark.lines)?;
        // The last hash seals every value of the lines before it but their texts.
        let same = head.last()?.hash == mark.last && texts(head) == mark.texts;
        same.then_some(tail)
    });
    Lines { lines: grown.unwrap_or(all), appended: grown.is_some() }
}

fn texts(lines: &[RecordLine]) -> usize {
    lines.iter().filter(|line| line.text.is_some()).count()
}

pub(super) fn plan(site: &Site<'_>, pages: &mut Pages) {
    let mut fingerprint = Fingerprint::default();
    fingerprint.add(&Mark::of(site.view.record));
    pages.add(Planned {
        path: RECORD.to_owned(),
        fingerprint: fingerprint.finish(),
        tongue: 0,
        item: 0,
        writing: Writing::Record,
        source: None,
    });
}
