//! cState content to ours. [`import`] is pure, one file at a time; [`import_folder`] walks a folder and writes.
//!
//! What was written is kept, what was not written is not made up:
//!
//! - A part of the text whose time nobody wrote down gets no update of its own. It becomes a section of the update
//!   before it, "Update, time not recorded".
//! - Times without a zone are in the site's zone, with a warning.
//! - Hidden comments are left out, and counted.
//! - `section: issue` is an incident and `section: maintenance` planned work, whatever the title says. Planned work
//!   without an end is read as an incident.
//! - `notice`, `disrupted`, `down` are minor, major, critical. `informational` is a minor incident that was over when it
//!   was told.
//! - cState knows no owner and ours must have one: it is the first person of the site, or, where the site has no people,
//!   a person "Archive" that the import adds. An owner of imported history answers questions; nothing is ever due.
//! - Services that the site does not know are added to `services.toml` in the group "Imported".
//!
//! Slugs come from file names, so a second run writes the same bytes, and a file that was edited since is left alone.

mod clean;
mod folder;
mod front;
mod history;
mod names;
mod parts;
mod when;
mod write;

pub use folder::{ImportError, Imported, Mode, import_folder};

use std::sync::Arc;

use front::{Front, Words};
use history::Times;

use crate::config::{Settings, Severity};
use crate::content::{Person, Read, Registers, Service};
use crate::diag::{Finding, Level};
use crate::text::Span;

/// A file that cannot be imported, and why.
const SKIPPED: &str = "import-skipped";
/// A value that had to be guessed or left out.
const GUESSED: &str = "import-guessed";
/// Comments that were left out.
const HIDDEN: &str = "import-hidden-comment";

/// One file of ours, and what the site must know for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedFile {
    /// Relative to the site's root.
    pub path: String,
    pub text: String,
    /// Services that the site does not know yet.
    pub services: Vec<Service>,
    /// The owner, where the site has no people.
    pub person: Option<Person>,
}

/// Where findings about one cState file go.
struct Report<'a> {
    path: Arc<str>,
    text: &'a str,
    cut: &'a front::Cut,
    findings: Vec<Finding>,
}

impl Report<'_> {
    fn guessed(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.findings.push(Finding::warning(GUESSED, &self.path, span, message, help));
    }

    fn key(&self, key: &str) -> Span {
        front::key_span(self.text, self.cut, key)
    }
}

/// Reads one cState file. `path` is only for findings and for the slug. `None`: a finding says why not.
pub fn import(
    path: &str,
    text: &str,
    settings: &Settings,
    registers: &Registers,
) -> Read<Option<ImportedFile>> {
    let path_shared: Arc<str> = path.into();
    let skipped = |span: Span, message: String, help: &str| Read {
        value: None,
        findings: vec![Finding::error(SKIPPED, &path_shared, span, message, help)],
    };
    let Some(cut) = front::cut(text) else {
        let message = "This file has no front matter, so it is not a cState issue.".to_owned();
        return skipped(
            Span::at(0),
            message,
            "Begin it with a line `---` and keys such as `title` and `date`.",
        );
    };
    let front = match Front::read(text, &cut) {
        Ok(front) => front,
        Err(why) => {
            let message = format!("The front matter cannot be read: {why}.");
            return skipped(cut.front, message, "Mend it in the cState file, then import again.");
        }
    };
    if front.draft.as_ref().is_some_and(Words::yes) {
        let mut read = skipped(cut.front, "This file is a draft, so nobody has seen it.".to_owned(), "");
        read.findings.iter_mut().for_each(|finding| finding.level = Level::Info);
        return read;
    }
    let mut report = Report { path: path_shared.clone(), text, cut: &cut, findings: Vec::new() };
    let Some(times) = Times::read(&front, &mut report, &settings.zone) else {
        let message = "It says not when it began: `date` is missing or cannot be read.".to_owned();
        let span = report.key("date");
        return skipped(span, message, "Write it as `date: 2021-06-08 07:37:00 +00:00`.");
    };
    let (lines, comments) = clean::lines(text, cut.body);
    if let Some(first) = comments.first() {
        let count = match comments.len() {
            1 => "1 hidden comment".to_owned(),
            n => format!("{n} hidden comments"),
        };
        report.findings.push(Finding {
            level: Level::Info,
            ..Finding::warning(HIDDEN, &path_shared, *first, format!("{count} left out."), "")
        });
    }
    let history = history::history(&front, parts::parts(&lines), times, &mut report, &settings.zone);
    let head = head(path, &front, registers, &mut report);
    let file = write::file(&head, &history, settings, registers);
    Read { value: Some(file), findings: report.findings }
}

/// What the front matter says, in our words.
struct Head {
    slug: String,
    title: String,
    severity: Severity,
    /// Ids that the site knows or will know.
    services: Vec<Service>,
}

fn head(path: &str, front: &Front, registers: &Registers, report: &mut Report<'_>) -> Head {
    let stem = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".md");
    let slug = names::slug(stem);
    let written = front.title.as_ref().and_then(Words::one);
    let title = written
        .map_or_else(|| stem.to_owned(), |title| title.split_whitespace().collect::<Vec<_>>().join(" "));
    if written.is_none() {
        let message = format!("There is no title; the name of the file stands for it: “{stem}”.");
        report.guessed(report.key("title"), message, "Write a title.");
    }
    let affected = front.affected.iter().flat_map(|affected| &affected.0);
    let mut services: Vec<Service> = Vec::new();
    for name in affected.map(|name| name.trim()).filter(|name| !name.is_empty()) {
        let service = names::service(name, registers);
        if !services.iter().any(|known| known.id == service.id) {
            services.push(service);
        }
    }
    Head { slug, title, severity: severity(front, report), services }
}

fn severity(front: &Front, report: &mut Report<'_>) -> Severity {
    if front.informational.as_ref().is_some_and(Words::yes) {
        return Severity::Minor;
    }
    let written = front.severity.as_ref().and_then(Words::one);
    match written.unwrap_or_default().to_lowercase().as_str() {
        "notice" => Severity::Minor,
        "disrupted" => Severity::Major,
        "down" => Severity::Critical,
        _ => {
            let said = written.map_or("no severity".to_owned(), |word| format!("the severity “{word}”"));
            let message = format!("The file has {said}; it is imported as minor.");
            report.guessed(report.key("severity"), message, "Write `notice`, `disrupted` or `down`.");
            Severity::Minor
        }
    }
}
