//! A small site in memory: files, what was published of them, and a clock.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use candor::config::{Settings, read_settings};
use candor::content::{self, Committed, Content, File};
use candor::diag::{Finding, Level};
use candor::lint::{self, Case, Context, History};
use candor::text::{Slug, Source};
use candor::timeline::{Inputs, Record, Timeline, publications, timeline};
use jiff::Timestamp;

const SETTINGS: &str = "name = \"Riverton City\"\nbase_url = \"https://status.example.org\"\ntime_zone = \"UTC\"\n\
    languages = [\"en\", \"fr\"]\n";
const CONTACT: &str = "contact = { phone = \"+44 1632 960001\", callback = true }\n";
const SERVICES: &str = "[[service]]\nid = \"water\"\nname = \"Water\"\ngroup = \"Utilities\"\n\n\
    [[service]]\nid = \"payments\"\nname = \"Payments\"\ngroup = \"Offices\"\n";
const PEOPLE: &str = "[[person]]\nid = \"amina-yusuf\"\nname = \"Amina Yusuf\"\nrole = \"Duty manager\"\n\n\
    [[person]]\nid = \"support\"\nname = \"Support\"\nrole = \"\"\n";

/// The incident's file.
pub(crate) const PATH: &str = "content/incidents/burst-main.md";

/// An incident that a running site published before.
const RUNNING: &str = "content/incidents/earlier.md";

#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub settings: String,
    /// Services, people, areas.
    pub registers: Vec<(String, String)>,
    pub files: Vec<(String, String)>,
    pub published: Vec<(String, String)>,
    /// When readers saw it first, on a site that was running; else it is an archive, seen at its own times.
    pub seen: Option<Timestamp>,
    pub assets: Vec<String>,
    pub now: Timestamp,
}

impl Site {
    /// A site with one incident file, looked at in the minute of its last update.
    pub(crate) fn of(file: &str) -> Self {
        let mut site = Self {
            settings: format!("{SETTINGS}{CONTACT}"),
            registers: [("content/services.toml", SERVICES), ("content/people.toml", PEOPLE)]
                .map(|(path, text)| (path.to_owned(), text.to_owned()))
                .to_vec(),
            files: vec![(path(file), file.to_owned())],
            published: Vec::new(),
            seen: None,
            assets: Vec::new(),
            now: at("2026-03-04T14:00:00Z"),
        };
        let (content, _) = site.read(&site.files);
        let last =
            content.incidents.iter().flat_map(|incident| &incident.updates).map(|update| update.at).max();
        site.now = last.unwrap_or(site.now);
        site
    }

    /// The site in a folder, looked at from a moment after all that it tells.
    pub(crate) fn folder(folder: &Path, now: &str) -> Self {
        let mut files = Vec::new();
        walk(folder, &folder.join("content"), &mut files);
        files.sort();
        let (registers, files) = files.into_iter().partition(|(path, _)| path.ends_with(".toml"));
        Self {
            settings: fs::read_to_string(folder.join("candor.toml")).unwrap(),
            registers,
            files,
            published: Vec::new(),
            seen: None,
            assets: Vec::new(),
            now: at(now),
        }
    }

    /// An incident with one update of 14:00.
    pub(crate) fn update(status: &str, header: &str, body: &str) -> Self {
        Self::update_in("en", status, header, body)
    }

    /// The same in a file of another language.
    pub(crate) fn update_in(language: &str, status: &str, header: &str, body: &str) -> Self {
        let header = if header.is_empty() { String::new() } else { format!("{}\n\n", header.trim()) };
        let front = if language == "en" { String::new() } else { format!("lang = \"{language}\"") };
        Self::of(&file(&front, &format!("## 2026-03-04 14:00 {status}\n\n{header}{body}\n")))
    }

    /// The situation of a case.
    pub(crate) fn case(case: &Case) -> Self {
        let whole = |body: &str| {
            if body.trim_start().starts_with("+++") { body.to_owned() } else { file(&case.front, body) }
        };
        let mut site = Self::of(&whole(&case.file));
        let tables = if case.settings.starts_with('[') { Some(0) } else { case.settings.find("\n[") };
        let tables = tables.unwrap_or(case.settings.len());
        for key in case.settings[..tables].lines() {
            site = site.with_settings(key);
        }
        if tables < case.settings.len() {
            site = site.with_settings(&case.settings[tables..]);
        }
        for other in &case.beside {
            let path = format!("content/incidents/{}.md", other.slug);
            site = site.with_file(&path, &file(&other.front, &other.file));
        }
        if !case.now.is_empty() {
            site = site.at(&case.now);
        }
        if !case.translation.is_empty() {
            site = site.with_file(&PATH.replace(".md", ".fr.md"), &case.translation);
        }
        if !case.published.is_empty() {
            site = site.published(&whole(&case.published));
        }
        if !case.seen.is_empty() {
            site.seen = Some(at(&case.seen));
        }
        site
    }

    pub(crate) fn at(mut self, now: &str) -> Self {
        self.now = at(now);
        self
    }

    pub(crate) fn with_settings(mut self, toml: &str) -> Self {
        // Keys of the same name replace the usual ones; tables come last.
        let key = toml.split('=').next().unwrap_or_default().trim();
        let kept: String =
            self.settings.lines().filter(|line| !line.starts_with(key)).map(|l| format!("{l}\n")).collect();
        self.settings = if toml.trim_start().starts_with('[') {
            format!("{}{toml}\n", self.settings)
        } else {
            format!("{toml}\n{kept}")
        };
        self
    }

    pub(crate) fn with_file(mut self, path: &str, text: &str) -> Self {
        self.files.push((path.to_owned(), text.to_owned()));
        self
    }

    /// Readers have seen the incident's file as this text.
    pub(crate) fn published(mut self, file: &str) -> Self {
        self.published.push((PATH.to_owned(), file.to_owned()));
        self
    }

    /// All findings of the rules.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        let (content, settings) = self.read(&self.files);
        let record = self.record();
        let timelines = timelines(&content, &settings, &record, self.now);
        let context = Context {
            settings: &settings,
            content: &content,
            timelines: &timelines,
            record: &record,
            history: &History::new(&content),
            assets: &self.assets,
            now: self.now,
        };
        lint::check(&context)
    }

    /// The findings of one rule; one that is off by itself is turned on.
    pub(crate) fn of_rule(&self, rule: &str) -> Vec<Finding> {
        let off = lint::rule(rule).is_some_and(|rule| rule.level == Level::Off);
        let site = self.clone();
        let site = if off { site.with_settings(&format!("[lint]\n{rule} = \"warning\"")) } else { site };
        site.findings().into_iter().filter(|finding| finding.rule == rule).collect()
    }

    /// What the reader says about the files.
    pub(crate) fn reading(&self) -> Vec<Finding> {
        content::read(&self.bytes(&self.files), &self.read(&self.files).1).findings
    }

    fn bytes(&self, files: &[(String, String)]) -> Vec<File> {
        let all = files.iter().chain(&self.registers);
        all.map(|(path, text)| File {
            path: path.as_str().into(),
            bytes: text.as_bytes().into(),
            committed: Committed::At(self.now),
        })
        .collect()
    }

    /// The site as it is read.
    pub(crate) fn content(&self) -> Content {
        self.read(&self.files).0
    }

    fn read(&self, files: &[(String, String)]) -> (Content, Settings) {
        let (settings, findings) = read_settings(&Source::new("candor.toml", self.settings.as_str()));
        assert!(findings.is_empty(), "{findings:?}\n{}", self.settings);
        (content::read(&self.bytes(files), &settings).value, settings)
    }

    fn record(&self) -> Record {
        let mut record = Record::default();
        if let Some(seen) = self.seen {
            self.publish(&[(RUNNING.to_owned(), file("", ""))], seen, &mut record);
        }
        self.publish(&self.published, self.seen.unwrap_or(self.now), &mut record);
        record
    }

    fn publish(&self, files: &[(String, String)], now: Timestamp, record: &mut Record) {
        let (content, settings) = self.read(files);
        let inputs: Vec<Inputs<'_>> =
            content.incidents.iter().map(|incident| Inputs::of(incident, &settings, record, false)).collect();
        for line in publications(record, inputs, now) {
            record.push(line);
        }
    }
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            files.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}

fn timelines(
    content: &Content,
    settings: &Settings,
    record: &Record,
    now: Timestamp,
) -> HashMap<Slug, Arc<Timeline>> {
    let of = |incident| Arc::new(timeline(&Inputs::of(incident, settings, record, false), now));
    content.incidents.iter().map(|incident| (incident.slug.clone(), of(incident))).collect()
}

/// An incident's file: the usual front matter, with `front` added or in place of keys of the same name.
pub(crate) fn file(front: &str, body: &str) -> String {
    let usual = [
        "title = \"No water in Norwood\"",
        "severity = \"major\"",
        "services = [\"water\"]",
        "owner = \"amina-yusuf\"",
        "started = 2026-03-04T13:00:00Z",
        "cause = \"unknown\"",
        "apology = \"not needed because the frost broke the main\"",
    ];
    let key = |line: &str| line.split('=').next().unwrap_or_default().trim().to_owned();
    let given: Vec<String> = front.lines().map(key).collect();
    let kept = usual.iter().filter(|line| !given.contains(&key(line))).map(|line| format!("{line}\n"));
    // A key without a value takes the usual one out.
    let added = front
        .lines()
        .filter(|line| line.contains('=') && !line.trim_end().ends_with('='))
        .map(|line| format!("{line}\n"));
    let front: String = kept.chain(added).collect();
    format!("+++\n{front}+++\n\nHomes in Norwood have no water.\n\n{}\n", body.trim())
}

/// Only planned work has an end.
fn path(file: &str) -> String {
    if file.contains("\nend = ") { PATH.replace("incidents", "maintenance") } else { PATH.to_owned() }
}

pub(crate) fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}
