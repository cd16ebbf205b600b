//! The city of this repository as a source of mail: every incident, told statement by statement.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use candor::config::{HostSettings, Settings, read_settings};
use candor::content::{Content, File, Incident, read};
use candor::outbox::{Letter, News, Numbered, Stationery, Telling, TokenKeys, UpdateKind, letter};
use candor::text::Source;
use candor::theme::Theme;
use candor::timeline::{Inputs, Record, Timeline, publications, timeline};
use jiff::Timestamp;

/// A site read from disk.
pub(crate) struct City {
    pub(crate) settings: Settings,
    pub(crate) host: HostSettings,
    content: Content,
    theme: Theme,
    keys: TokenKeys,
}

/// One incident with its numbers.
pub(crate) struct Told {
    pub(crate) timeline: Timeline,
    pub(crate) numbered: Vec<Numbered>,
}

impl City {
    /// Reads the site in the folder that Cargo runs tests and benchmarks in.
    pub(crate) fn read() -> Self {
        let toml = fs::read_to_string("candor.toml").expect("this repository is a site");
        let (settings, _) = read_settings(&Source::new("candor.toml", toml));
        let mut files = Vec::new();
        gather(Path::new("content"), &mut files);
        let mut host = HostSettings::default();
        host.mail.from = "Port Avery status <status@portavery.example>".into();
        host.mail.bounce_domain = "bounces.portavery.example".into();
        host.http.public_url = "https://signup.portavery.example".into();
        let content = read(&files, &settings).value;
        Self { settings, host, content, theme: Theme::new(&[]).0, keys: TokenKeys::new(b"a key for tests") }
    }

    /// Every incident and maintenance, told to its end.
    pub(crate) fn told(&self) -> Vec<Told> {
        self.content.incidents.iter().map(|incident| self.tell(incident)).collect()
    }

    fn tell(&self, incident: &Arc<Incident>) -> Told {
        let now: Timestamp = "2027-06-01T00:00:00Z".parse().expect("a time");
        let mut record = Record::default();
        let lines = publications(&record, [self.inputs(incident, &record)], now);
        for line in lines {
            record.push(line);
        }
        let statements = record
            .lines()
            .iter()
            .filter_map(|line| Some((line, UpdateKind::of_line(line.kind, false, false)?)));
        let numbered = (1..)
            .zip(statements)
            .map(|(seq, (line, kind))| Numbered {
                seq,
                statement: line.id.clone(),
                kind,
                telling: Telling::Audience,
                published_at: line.published_at,
                expires_at: Timestamp::MAX,
            })
            .collect();
        Told { timeline: timeline(&self.inputs(incident, &record), now), numbered }
    }

    fn inputs<'a>(&'a self, incident: &'a Arc<Incident>, record: &'a Record) -> Inputs<'a> {
        Inputs::of(incident, &self.settings, record, false)
    }

    /// The letter that carries readers of an incident from one number to another.
    pub(crate) fn letter(&self, told: &Told, from: u64, to: u64, language: &str) -> Letter {
        let with = Stationery {
            settings: &self.settings,
            mail: &self.host.mail,
            http: &self.host.http,
            registers: &self.content.registers,
            theme: &self.theme,
            keys: &self.keys,
        };
        let news = News::between(&told.timeline, &told.numbered, from, to).expect("both numbers are told");
        letter(&with, &news, language)
    }
}

fn gather(folder: &Path, files: &mut Vec<File>) {
    let mut entries: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            gather(&path, files);
        } else {
            let bytes = fs::read(&path).expect("a file");
            files.push(File::new(path.to_str().expect("a name"), bytes));
        }
    }
}
