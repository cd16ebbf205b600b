//! The small site that this module's tests read.

use std::sync::Arc;

use jiff::Timestamp;

use super::{File, Incident, Read, Registers, Surroundings, read_incident};
use crate::config::{Settings, read_settings};
use crate::diag::Finding;
use crate::text::Source;

/// London, English and French.
pub(super) fn settings() -> Settings {
    let text = "name = \"R\"\nbase_url = \"https://r.example\"\ntime_zone = \"Europe/London\"\nlanguages = [\"en\", \"fr\"]\n";
    let (settings, findings) = read_settings(&Source::new("candor.toml", text));
    assert_eq!(findings, []);
    settings
}

/// Files that define two services, two areas, two people and a risk.
pub(super) fn register_files() -> Vec<File> {
    let files = [
        (
            "content/services.toml",
            "[[service]]\nid = \"water-supply\"\nname = \"Water supply\"\naliases = [\"tap water\"]\n[[service]]\nid = \"roads\"\nname = \"Roads\"\n",
        ),
        (
            "content/areas.toml",
            "[[area]]\nid = \"riverside\"\nname = \"Riverside\"\n[[area]]\nid = \"norwood\"\nname = \"Norwood\"\n",
        ),
        (
            "content/people.toml",
            "[[person]]\nid = \"dana-osei\"\nname = \"Dana Osei\"\n[[person]]\nid = \"luis-marin\"\nname = \"Luis Marin\"\n",
        ),
        (
            "content/risks.toml",
            "[[risk]]\nid = \"main-burst\"\ntitle = \"A main bursts\"\nlikelihood = 3\nseriousness = 4\n",
        ),
    ];
    files.into_iter().map(|(path, text)| file(path, text)).collect()
}

pub(super) fn registers() -> Registers {
    super::read(&register_files(), &settings()).value.registers
}

pub(super) fn file(path: &str, text: &str) -> File {
    File::new(path, text.as_bytes())
}

/// Front matter that is well-formed, with further keys.
pub(super) fn front(more: &str) -> String {
    format!(
        "+++\ntitle = \"Burst main\"\nseverity = \"major\"\nservices = [\"water-supply\"]\nowner = \"dana-osei\"\n\
         started = 2026-11-21T13:55:00\n{more}+++\n\nNo water.\n\n"
    )
}

/// Reads a text as the file of the incident `a`.
pub(super) fn read(text: &str) -> Read<Option<Incident>> {
    read_files(&[file("content/incidents/a.md", text)])
}

/// Reads an incident, given first, and its translations.
pub(super) fn read_files(files: &[File]) -> Read<Option<Incident>> {
    let (settings, registers) = (settings(), registers());
    let translations: Vec<&File> = files[1..].iter().collect();
    read_incident(&files[0], &translations, Surroundings::new(&settings, &registers))
}

/// Reads an incident of one update with this header, at 14:10.
pub(super) fn under_heading(header: &str) -> (super::Update, Vec<String>) {
    let text = format!("{}## 2026-11-21 14:10 Identified\n{header}\n\nWe are digging.\n", front(""));
    let read = read(&text);
    let told = told(&read.findings);
    (read.value.unwrap().updates.remove(0), told)
}

/// Findings as `rule! "words": message help`, the mark where they withhold.
pub(super) fn told(findings: &[Finding]) -> Vec<String> {
    let mark = |finding: &Finding| if finding.withholds { "!" } else { "" };
    findings.iter().map(|f| format!("{}{} {:?}: {} {}", f.rule, mark(f), f.text, f.message, f.help)).collect()
}

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The incident as written into a new file of this name.
pub(super) fn written(slug: &str, text: &str) -> File {
    File { path: Arc::from(format!("content/incidents/{slug}.md")), ..file("", text) }
}
