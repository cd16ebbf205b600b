//! An incident's file put together again from what was published.
//!
//! The text that comes out goes through the same reader as any file, so what is restored means what it meant.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::departure::front_matter;
use super::{LineKind, Record, RecordLine, StatementKind};
use crate::content::{Incident, Status};
use crate::text::{Slug, Source};

/// One update's markdown with the time that orders it.
#[derive(Clone, Debug)]
pub struct Piece<'a> {
    pub at: Timestamp,
    pub markdown: std::borrow::Cow<'a, str>,
}

impl<'a> Piece<'a> {
    /// A published statement that a person wrote, as its line has it. Where its text was taken down, only the heading is left.
    pub fn of(line: &'a RecordLine) -> Option<Self> {
        let kind = line.statement_kind().filter(|kind| kind.is_written())?;
        let markdown = match &line.text {
            Some(text) => text.as_str().into(),
            None => heading(line.at, kind).into(),
        };
        Some(Self { at: line.at, markdown })
    }
}

/// The incident as it was last published, from the record alone; `None` where the record has no incident line.
pub fn restore(slug: &Slug, record: &Record) -> Option<Source> {
    let start = record.of(slug).filter(|line| line.kind == LineKind::Incident).last()?.text.as_deref()?;
    let values = front_matter(start);
    let earlier = values.get("aliases").and_then(toml::Value::as_array).into_iter().flatten();
    let slugs = earlier.filter_map(toml::Value::as_str).map(Slug::from).chain([slug.clone()]);
    let lines: Vec<&RecordLine> = slugs.flat_map(|slug| record.of(&slug).collect::<Vec<_>>()).collect();
    let pieces = lines.into_iter().filter_map(Piece::of).collect();
    // Only planned work has an end.
    let folder = if values.contains_key("end") { "maintenance" } else { "incidents" };
    Some(Source::new(format!("content/{folder}/{slug}.md"), assemble(start, pieces)))
}

/// Front matter with its summary, then the updates by time.
pub fn assemble(start: &str, mut pieces: Vec<Piece<'_>>) -> String {
    pieces.sort_by_key(|piece| piece.at);
    let mut text = start.trim_end().to_owned();
    for piece in pieces {
        text += "\n\n";
        text += piece.markdown.trim();
    }
    text.push('\n');
    text
}

/// Front matter and summary of a file as they are, comments included.
pub fn start_of(incident: &Incident) -> &str {
    incident.text().get(..incident.summary.end).unwrap_or_default()
}

fn heading(at: Timestamp, kind: StatementKind) -> String {
    let word = match kind {
        StatementKind::Update(status) => match status {
            Status::InProgress => "In progress".to_owned(),
            status => capital(status.word()),
        },
        kind => capital(&kind.word()),
    };
    format!("## {} {word}", at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:%MZ"))
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::config::read_settings;
    use crate::content::{self, File, Surroundings};
    use crate::timeline::{Facts, Inputs, Timeline, departures, publications, timeline};

    /// The sample city of this repository.
    static CITY: include_dir::Dir<'_> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/content");

    fn files(dir: &include_dir::Dir<'_>, found: &mut Vec<File>) {
        found.extend(
            dir.files().map(|file| File::new(format!("content/{}", file.path().display()), file.contents())),
        );
        dir.dirs().for_each(|dir| files(dir, found));
    }

    /// What readers are told: everything but places in the text.
    fn told(timeline: &Timeline) -> Vec<String> {
        let statement = |said: &crate::timeline::Statement| {
            let facts = Facts { actions: None, ..said.facts.clone() };
            format!(
                "{} {:?} {:?} {:?} {:?} {facts:?}",
                said.id, said.kind, said.due, said.by, said.corrected_by
            )
        };
        timeline.statements.iter().map(statement).chain([format!("{:?}", timeline.promises)]).collect()
    }

    #[test]
    fn every_incident_of_the_sample_comes_back_from_its_record_as_it_was() {
        let toml = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/candor.toml"));
        let (settings, _) = read_settings(&Source::new("candor.toml", toml));
        let mut found = Vec::new();
        files(&CITY, &mut found);
        let content = content::read(&found, &settings).value;
        assert!(content.incidents.len() > 20);
        let mut record = Record::default();
        let now = Timestamp::MAX;
        let lines = publications(
            &record,
            content.incidents.iter().map(|incident| Inputs::of(incident, &settings, &record, false)),
            now,
        );
        lines.into_iter().for_each(|line| record.push(line));
        let seen = |incident: &Arc<Incident>| timeline(&Inputs::of(incident, &settings, &record, false), now);
        for incident in &content.incidents {
            let source = restore(&incident.slug, &record).unwrap();
            let file = File::new(source.path.clone(), source.text.as_bytes());
            let around = Surroundings::new(&settings, &content.registers);
            let back = Arc::new(content::read_incident(&file, &[], around).value.unwrap());
            let (as_was, as_is) = (seen(incident), seen(&back));
            assert_eq!(told(&as_is), told(&as_was), "{}", incident.slug);
            assert!(departures(&back, &record).is_empty(), "{}", incident.slug);
        }
    }
}
