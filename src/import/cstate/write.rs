//! An imported incident as one of our files.

use toml_edit::{Array, DocumentMut, value};

use super::history::History;
use super::{Head, ImportedFile, names};
use crate::config::Settings;
use crate::content::Registers;
use crate::content::scaffold::NewUpdate;
use jiff::Timestamp;

/// The file and what the site must know for it.
pub(super) fn file(
    head: &Head,
    history: &History,
    settings: &Settings,
    registers: &Registers,
) -> ImportedFile {
    let (owner, person) = names::owner(registers);
    let mut front = DocumentMut::new();
    front["title"] = value(&head.title);
    front["severity"] = value(head.severity.word());
    front["services"] = value(head.services.iter().map(|service| service.id.as_str()).collect::<Array>());
    front["owner"] = value(owner);
    match history.planned_end {
        None => front["started"] = value(local(history.started, settings)),
        Some(end) => {
            front["start"] = value(local(history.started, settings));
            front["end"] = value(local(end, settings));
        }
    }
    front["imported"] = value(true);
    let mut text = format!("+++\n{front}+++\n");
    if !history.summary.is_empty() {
        text.push_str(&format!("\n{}\n", history.summary));
    }
    for said in &history.updates {
        let word = capitalised(said.status.word());
        let update = NewUpdate {
            at: said.at,
            zone: &settings.zone,
            word: &word,
            next: None,
            header: &[],
            body: &said.text,
        };
        text.push_str(&update.text());
    }
    let kind = if history.planned_end.is_some() { "maintenance" } else { "incidents" };
    let year = history.started.to_zoned(settings.zone.clone()).year();
    ImportedFile {
        path: format!("content/{kind}/{year}/{}.md", head.slug),
        text,
        services: head
            .services
            .iter()
            .filter(|service| registers.service(&service.id).is_none())
            .cloned()
            .collect(),
        person,
    }
}

/// A moment in the site's zone; with its offset where the local time exists twice.
fn local(at: Timestamp, settings: &Settings) -> toml_edit::Datetime {
    let local = at.to_zoned(settings.zone.clone());
    let twice = settings.zone.to_ambiguous_timestamp(local.datetime()).is_ambiguous();
    let format = if twice { "%Y-%m-%dT%H:%M:%S%:z" } else { "%Y-%m-%dT%H:%M:%S" };
    local.strftime(format).to_string().parse().expect("a moment written as RFC 3339 is a TOML date")
}

pub(super) fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
