//! The record: what was really published, and when.
//!
//! Append-only. Each line carries the hash of its text and of the line before, so that anyone can show that nothing
//! was rewritten. A line of kind `incident` keeps an incident's front matter and summary, so that a file which can no
//! longer be read is restored from the record alone. No personal data beyond what the page shows: comments and
//! `staff_note` are not recorded. This module does not decide what may be published.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{StatementId, StatementKind};
use crate::content::Incident;
use crate::text::{Slug, hex};

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
    /// Missed slots that the statement names.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub missed: Vec<Timestamp>,
    /// First seen more than 24 h after its time: listed, never mailed.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub archived: bool,
    /// The file's own markdown (heading, header and body) or the composed text, without comments. `None` once retracted.
    pub text: Option<String>,
    /// SHA-256 of the text when published, in hex. Stays when the text is taken down.
    pub text_hash: String,
    /// What Candor composed, in the other languages of the site, by BCP 47 tag.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub translated: BTreeMap<String, Translated>,
    /// Hash of the line before; of the first line, empty.
    pub prev: String,
    /// SHA-256 over everything above except the texts themselves, in hex: see [`RecordLine::chain_hash`].
    pub hash: String,
}

/// A composed text in one more language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Translated {
    /// `None` once retracted.
    pub text: Option<String>,
    /// SHA-256 of the text when published, in hex.
    pub text_hash: String,
}

/// What a line records. In JSON one word: `incident`, or the statement's kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum LineKind {
    /// Front matter and summary of an incident; the latest one counts.
    Incident,
    Statement(StatementKind),
}

/// What is to become the next line: everything but the hashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: StatementId,
    pub incident: Slug,
    pub kind: LineKind,
    pub at: Timestamp,
    pub published_at: Timestamp,
    pub due: Option<Timestamp>,
    pub missed: Vec<Timestamp>,
    pub archived: bool,
    pub text: String,
    /// A composed text in the other languages of the site, by BCP 47 tag.
    pub translated: BTreeMap<String, String>,
}

impl Entry {
    /// The line that follows the one whose hash is `prev`.
    pub fn after(self, prev: &str) -> RecordLine {
        self.loose().after(prev)
    }

    /// The line without its place in the chain, which needs no other line to be known.
    pub(super) fn loose(self) -> RecordLine {
        RecordLine {
            text_hash: sha256(&self.text),
            id: self.id,
            incident: self.incident,
            kind: self.kind,
            at: self.at,
            published_at: self.published_at,
            due: self.due,
            missed: self.missed,
            archived: self.archived,
            text: Some(self.text),
            translated: (self.translated.into_iter())
                .map(|(lang, text)| (lang, Translated { text_hash: sha256(&text), text: Some(text) }))
                .collect(),
            prev: String::new(),
            hash: String::new(),
        }
    }
}

impl RecordLine {
    /// Takes its place after the line whose hash is `prev`.
    pub(super) fn after(mut self, prev: &str) -> Self {
        prev.clone_into(&mut self.prev);
        self.hash = self.chain_hash();
        self
    }

    /// Reads a line of JSON, with what is wrong with it whatever stands before it.
    fn read(json: &str) -> serde_json::Result<(Self, Vec<String>)> {
        let line: Self = serde_json::from_str(json)?;
        let mut wrong = Vec::new();
        if line.texts().any(|(text, hash)| text.is_some_and(|text| sha256(text) != hash)) {
            wrong.push(format!("the text of {} is not the one that was published", line.id));
        }
        if line.hash != line.chain_hash() {
            wrong.push(format!("the values of {} were changed after publication", line.id));
        }
        Ok((line, wrong))
    }

    /// SHA-256, in hex, over these values with a line feed after each: id, incident, kind, at, published_at, due (or
    /// nothing), the missed slots with blanks between, `archived` (or nothing), text_hash, prev; then, for each other
    /// language by its tag, the tag, a blank and its text_hash. Times as in the JSON.
    pub fn chain_hash(&self) -> String {
        let missed: Vec<String> = self.missed.iter().map(Timestamp::to_string).collect();
        let due = self.due.map(|due| due.to_string()).unwrap_or_default();
        let archived = if self.archived { "archived" } else { "" };
        let translated: Vec<String> =
            self.translated.iter().map(|(lang, other)| format!("{lang} {}\n", other.text_hash)).collect();
        sha256(&format!(
            "{}\n{}\n{}\n{}\n{}\n{due}\n{}\n{archived}\n{}\n{}\n{}",
            self.id,
            self.incident,
            self.kind.word(),
            self.at,
            self.published_at,
            missed.join(" "),
            self.text_hash,
            self.prev,
            translated.concat(),
        ))
    }

    /// The text in every language, with the hash that it had when published.
    fn texts(&self) -> impl Iterator<Item = (Option<&str>, &str)> {
        let others = self.translated.values().map(|other| (other.text.as_deref(), other.text_hash.as_str()));
        std::iter::once((self.text.as_deref(), self.text_hash.as_str())).chain(others)
    }

    /// Takes the text down, in every language; the hashes stay, and with them the chain. False: there is none.
    pub fn take_down(&mut self) -> bool {
        for other in self.translated.values_mut() {
            other.text = None;
        }
        self.text.take().is_some()
    }

    /// The kind of statement; `None` for an incident line.
    pub fn statement_kind(&self) -> Option<StatementKind> {
        match self.kind {
            LineKind::Incident => None,
            LineKind::Statement(kind) => Some(kind),
        }
    }
}

impl LineKind {
    pub fn word(self) -> String {
        match self {
            Self::Incident => "incident".to_owned(),
            Self::Statement(kind) => kind.word(),
        }
    }
}

impl From<LineKind> for String {
    fn from(kind: LineKind) -> Self {
        kind.word()
    }
}

impl TryFrom<String> for LineKind {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        if word == "incident" {
            Ok(Self::Incident)
        } else {
            StatementKind::try_from(word).map(Self::Statement)
        }
    }
}

/// Lines of a record, or some of them, one JSON object a line.
pub fn jsonl(lines: &[RecordLine]) -> String {
    let mut text =
        String::with_capacity(lines.iter().map(|line| 640 + line.text.as_ref().map_or(0, String::len)).sum());
    for line in lines {
        text += &serde_json::to_string(line).expect("a line holds only texts, times and lists");
        text.push('\n');
    }
    text
}

fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// All lines, in order, with an index by incident.
#[derive(Clone, Debug, Default)]
pub struct Record {
    lines: Vec<RecordLine>,
    by_incident: HashMap<Slug, Vec<usize>, foldhash::fast::RandomState>,
}

/// Something wrong with a line of a record that was read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordProblem {
    /// From 1.
    pub line: usize,
    pub why: String,
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
        incident.aliases.iter().chain([&incident.slug]).flat_map(|slug| self.of(slug))
    }

    /// Every incident that has a line, in no order.
    pub fn incidents(&self) -> impl Iterator<Item = &Slug> {
        self.by_incident.keys()
    }

    /// How many statements there are.
    pub fn statements(&self) -> usize {
        self.lines.iter().filter(|line| line.kind != LineKind::Incident).count()
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Appends a line as it is.
    pub fn push(&mut self, line: RecordLine) {
        self.by_incident.entry(line.incident.clone()).or_default().push(self.lines.len());
        self.lines.push(line);
    }

    /// The hash that the next line has to name.
    pub fn last_hash(&self) -> &str {
        self.lines.last().map_or("", |line| &line.hash)
    }

    /// The line that an entry would become now.
    pub fn next_line(&self, entry: Entry) -> RecordLine {
        entry.after(self.last_hash())
    }

    /// Takes the text of a statement down; its hash stays, and with it the chain. False where there is no such text.
    pub fn retract(&mut self, id: &StatementId) -> bool {
        let line = self.lines.iter_mut().find(|line| line.id == *id && line.statement_kind().is_some());
        line.is_some_and(RecordLine::take_down)
    }

    /// One JSON object a line.
    pub fn to_jsonl(&self) -> String {
        jsonl(&self.lines)
    }

    /// Reads a record back. What can be read is kept even where a hash does not fit, because it was said; every
    /// problem is reported.
    pub fn parse(jsonl: &str) -> (Self, Vec<RecordProblem>) {
        let written: Vec<(usize, &str)> =
            jsonl.lines().enumerate().filter(|(_, text)| !text.trim().is_empty()).collect();
        // What concerns one line alone, on all cores.
        let read: Vec<_> = written.par_iter().map(|(_, text)| RecordLine::read(text)).collect();
        let mut record = Self::default();
        let mut problems = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for ((index, _), read) in written.into_iter().zip(read) {
            let mut report = |why: String| problems.push(RecordProblem { line: index + 1, why });
            let (line, wrong) = match read {
                Ok(read) => read,
                Err(error) => {
                    report(format!("it cannot be read: {error}"));
                    continue;
                }
            };
            wrong.into_iter().for_each(&mut report);
            if line.prev != record.last_hash() {
                report(format!(
                    "{} does not follow the line before it: a line is missing or out of order",
                    line.id
                ));
            }
            if line.statement_kind().is_some() && !seen.insert(line.id.clone()) {
                report(format!("{} is there twice; the first one counts", line.id));
                continue;
            }
            record.push(line);
        }
        (record, problems)
    }
}

/// Statements of `old` that `new` lacks or tells otherwise: a build must not replace `old` by `new` then.
/// A text that was taken down is not lost.
pub fn lost(old: &Record, new: &Record) -> Vec<StatementId> {
    let kept: HashMap<&StatementId, &str> = new
        .lines()
        .iter()
        .filter(|line| line.statement_kind().is_some())
        .map(|line| (&line.id, line.text_hash.as_str()))
        .collect();
    old.lines()
        .iter()
        .filter(|line| line.statement_kind().is_some())
        .filter(|line| kept.get(&line.id) != Some(&line.text_hash.as_str()))
        .map(|line| line.id.clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Status;

    fn record() -> Record {
        let mut record = Record::default();
        for (minute, kind) in [
            (0, StatementKind::Update(Status::Investigating)),
            (30, StatementKind::Holding),
            (60, StatementKind::Update(Status::InProgress)),
        ] {
            let at = Timestamp::from_second(1_800_000_000 + minute * 60).unwrap();
            let slug = Slug::from("burst-main");
            let line = record.next_line(Entry {
                id: StatementId::of(&slug, kind, at),
                incident: slug,
                kind: LineKind::Statement(kind),
                at,
                published_at: at,
                due: Some(at),
                missed: vec![at; usize::from(minute == 30) * 2],
                archived: minute == 60,
                text: format!("Said at minute {minute}."),
                translated: [("fr".to_owned(), format!("Dit à la minute {minute}."))].into(),
            });
            record.push(line);
        }
        record
    }

    #[test]
    fn a_record_is_read_back_as_it_was_written() {
        let (read, problems) = Record::parse(&record().to_jsonl());
        assert_eq!(problems, []);
        assert_eq!(read.lines(), record().lines());
    }

    #[test]
    fn every_change_by_hand_is_noticed_and_nothing_is_dropped() {
        let jsonl = record().to_jsonl();
        for (from, to, line) in [
            ("Said at minute 30", "Said at minute 31", 2),
            ("\"in-progress\"", "\"completed\"", 3),
            ("\"archived\":true,", "", 3),
        ] {
            let (read, problems) = Record::parse(&jsonl.replacen(from, to, 1));
            assert_eq!(problems.iter().map(|p| p.line).collect::<Vec<_>>(), [line], "{from}");
            assert_eq!(read.lines().len(), 3);
        }
        let shortened: String = jsonl.lines().skip(1).map(|line| format!("{line}\n")).collect();
        assert_eq!(Record::parse(&shortened).1[0].line, 1);
    }

    #[test]
    fn a_text_taken_down_keeps_the_chain_and_is_not_lost() {
        let mut taken_down = record();
        let id = taken_down.lines()[1].id.clone();
        assert!(taken_down.retract(&id));
        assert!(!taken_down.to_jsonl().contains("minute 30"));
        assert_eq!(Record::parse(&taken_down.to_jsonl()).1, []);
        assert_eq!(lost(&record(), &taken_down), []);
    }

    #[test]
    fn a_missing_and_a_rewritten_statement_are_lost() {
        let (mut other, old) = (Record::default(), record());
        other.push(old.lines()[0].clone());
        other.push(RecordLine { text_hash: String::new(), ..old.lines()[1].clone() });
        assert_eq!(lost(&old, &other), [old.lines()[1].id.clone(), old.lines()[2].id.clone()]);
    }
}
