//! cState content to ours. [`import`] is pure, one file at a time; [`import_folder`] walks a folder and writes.
//!
//! What was written is kept, what was not written is not made up:
//!
//! - A part of the text whose time nobody wrote down gets no update of its own. It becomes a section of the update
//!   before it, "Update, time not recorded".
//! - Times without a zone are in the site's zone, with a warning.
//! - Hidden comments are left out, and counted. Blocks of raw HTML are shown as text.
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
use crate::content::{Keywords, Person, Read, Registers, Service};
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
    let clean::Lines { lines, comments, html } = clean::lines(text, cut.body);
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
    for span in html {
        let message = "Raw HTML is never rendered, so it is shown as it is written.";
        report.guessed(span, message, "Write it as markdown in the cState file, then import again.");
    }
    let parts = parts::parts(&lines, Keywords::of(settings.default_language()));
    let history = history::history(&front, parts, &times, &mut report, &settings.zone);
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
    let title = written.map_or_else(|| stem.to_owned(), tidy);
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

/// One line without anything that cannot be seen.
fn tidy(title: &str) -> String {
    let seen: String = title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
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

#[cfg(test)]
pub(in crate::import) fn service_named(name: &str) -> Service {
    names::service(name, &Registers::default())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use snapbox::{assert_data_eq, str};

    use super::*;
    use crate::content::{self, File, Incident};
    use crate::import::register;

    fn settings() -> Settings {
        Settings { zone: jiff::tz::TimeZone::get("Europe/London").unwrap(), ..Settings::default() }
    }

    /// The imported file, and what was told about it.
    fn imported(text: &str) -> (ImportedFile, Vec<String>) {
        let read = import("issues/2021-06-08-disk.full.md", text, &settings(), &Registers::default());
        (read.value.unwrap(), read.findings.into_iter().map(|finding| finding.message).collect())
    }

    /// The file as our own reader reads it; fails on any error.
    fn read_back(file: &ImportedFile) -> Arc<Incident> {
        let text = |path: &str, text: &str| File::new(path, text.as_bytes());
        let people: Vec<Person> = file.person.iter().cloned().collect();
        let files = [
            text("content/services.toml", &register::add_services("", &file.services).unwrap()),
            text("content/people.toml", &register::add_people("", &people).unwrap()),
            text(&file.path, &file.text),
        ];
        let read = content::read(&files, &settings());
        let error = read.findings.iter().find(|finding| finding.level == Level::Error);
        assert!(error.is_none(), "{error:#?}\n{}", file.text);
        read.value.incidents.into_iter().next().unwrap()
    }

    fn issue(front: &str, body: &str) -> String {
        format!("---\ntitle: Disk full\nseverity: down\n{front}\naffected:\n  - Mirror\n---\n{body}")
    }

    #[test]
    fn an_incident_told_newest_first() {
        let text = issue(
            "date: 2021-06-08T07:37:00-00:00\nresolved: yes\nresolvedWhen: 2021-06-08 10:00:00 +0000",
            "[Final message]\nAll is well.\n\n<!-- [Update]\nnot yet -->\n[Update 2]\nHalf done.\n\n[Initial message]\nAffected: all mirrors.\n",
        );
        let (file, told) = imported(&text);
        assert_data_eq!(
            &file.text,
            str![[r#"
+++
title = "Disk full"
severity = "critical"
services = ["mirror"]
owner = "archive"
started = 2021-06-08T08:37:00
imported = true
+++

## 2021-06-08 08:37 Investigating

Affected&#58; all mirrors.

### Update 2, time not recorded

Half done.

## 2021-06-08 11:00 Resolved

All is well.

"#]]
        );
        assert_eq!(file.path, "content/incidents/2021/2021-06-08-disk-full.md");
        assert_eq!(told.len(), 2, "{told:?}");
        assert_eq!(told[0], "1 hidden comment left out.");
        assert!(read_back(&file).imported);
    }

    #[test]
    fn planned_work_needs_an_end() {
        let front = "section: maintenance\ndate: 2021-06-08T07:00:00Z";
        let whole =
            issue(&format!("{front}\nresolved: true\nresolvedWhen: 2021-06-08T09:00:00Z"), "We swap disks.");
        let (file, told) = imported(&whole);
        assert_eq!((file.path.as_str(), told.len()), ("content/maintenance/2021/2021-06-08-disk-full.md", 0));
        let incident = read_back(&file);
        assert!(incident.is_maintenance());
        assert_eq!(incident.updates.len(), 2);
        let (file, told) = imported(&issue(&format!("{front}\nresolved: false"), "We swap disks."));
        assert!(
            file.path.starts_with("content/incidents/") && told[0].contains("without an end"),
            "{told:?}"
        );
        read_back(&file);
    }

    #[test]
    fn what_is_missing_is_told() {
        let (file, told) = imported("---\ndate: 2021-06-08\nresolved: true\nseverity: bad\n---\nx");
        read_back(&file);
        for words in ["no time of day", "no zone", "“bad”", "no title", "resolved is not written"] {
            assert!(told.iter().any(|told| told.contains(words)), "{words}: {told:#?}");
        }
        assert_eq!(told.len(), 5, "{told:#?}");
    }

    #[test]
    fn what_was_only_information_is_over_when_it_is_told() {
        let (file, _) =
            imported(&issue("date: 2021-06-08T07:00:00Z\ninformational: true", "We have a new page."));
        let incident = read_back(&file);
        assert_eq!(incident.updates.len(), 1);
        assert!(file.text.contains("## 2021-06-08 08:00 Resolved\n\nWe have a new page.\n"), "{}", file.text);
        assert!(file.text.contains("severity = \"minor\""));
    }

    #[test]
    fn a_local_time_that_exists_twice_gets_its_offset() {
        let (file, _) = imported(&issue("date: 2021-10-31T01:30:00Z\nresolved: false", "x"));
        assert!(file.text.contains("started = 2021-10-31T01:30:00+00:00\n"), "{}", file.text);
        assert_eq!(read_back(&file).started.value.to_string(), "2021-10-31T01:30:00Z");
    }

    #[test]
    fn the_site_s_own_people_and_services_are_used() {
        let mut registers = Registers::default();
        let (_, archive) = names::owner(&registers);
        registers.people.push(Person { id: "dana".into(), ..archive.unwrap() });
        registers.services.push(Service { aliases: vec!["mirror".into()], ..service_named("Downloads") });
        let text = issue("date: 2021-06-08T07:00:00Z\nresolved: false", "x");
        let file = import("a.md", &text, &settings(), &registers).value.unwrap();
        assert!(file.services.is_empty() && file.person.is_none());
        assert!(file.text.contains("services = [\"downloads\"]\nowner = \"dana\"\n"), "{}", file.text);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn whatever_the_text_the_file_reads_without_a_finding(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "[Initial message]\n", "[Final Message]\n", "[Update]\n", "[Update - 2021-06-08 12h30 UTC]\n", "**Update at 13:00 UTC**\n",
                "*Resolved* - It is back. {{< track \"2021-06-08 14:00:00\" >}}\n", "## Identified\n", "## now Resolved\n", "# Timeline\n",
                "## 2021-06-08 10:00 Resolved\n", "## Draft\n", "### What you can do\n", "Text\n", "Title\n---\n", "***\n", "\n", "\n\n", "Affected: all\n",
                "Next update: soon\n", "  By: me\n", "```\n", "~~~~\n", "    code\n", "- item\n", "- [ ] task; by never\n", "> quote\n", "<div>\n", "<!--", "-->",
                "<!-- candor: allow(x) because y -->\n", "<script>\n", "+++\n", "| a | b |\n|---|---|\n", "é ", "\u{0}", "\u{FEFF}", "\r\n", "[a]: b\n", "<pre>\n",
            ]), 0..14),
            front in prop::sample::select(vec![
                "date: 2021-06-08T07:00:00Z\nresolved: true\nresolvedWhen: 2021-06-08T16:00:00Z",
                "date: 2021-06-08 07:00:00\nresolved: false",
                "date: 2021-06-08T07:00:00Z\nresolved: on\nresolvedWhen: 2020-06-08T16:00:00Z",
                "date: 2021-06-08T07:00:00Z\nsection: maintenance\nresolved: true\nresolvedWhen: 2021-06-09T16:00:00Z",
            ]),
        ) {
            let (file, _) = imported(&issue(front, &pieces.concat()));
            let incident = read_back(&file);
            let headings = pulldown_cmark::Parser::new(&file.text).filter(|event| {
                let second = pulldown_cmark::HeadingLevel::H2;
                *event == pulldown_cmark::Event::End(pulldown_cmark::TagEnd::Heading(second))
            });
            prop_assert_eq!(incident.updates.len(), headings.count(), "{}", file.text);
            prop_assert!(incident.updates.iter().all(|update| update.header_span.is_empty()));
        }
    }
}
