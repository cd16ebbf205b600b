//! What may be written at a place.

use std::collections::BTreeMap;

use jiff::Timestamp;
use lsp_types::{CompletionItem, CompletionItemKind, CompletionTextEdit, TextEdit};

use super::View;
use super::diagnostics::Sheet;
use super::documents::Document;
use super::names::Kind;
use super::spot::{Spot, spot};
use crate::content::{FRONT_MATTER_KEYS, Key, Keywords, Place, place, scaffold};
use crate::lint;

/// One thing to write: the word, what it means, and what follows it.
struct Offer {
    word: String,
    meaning: String,
    after: &'static str,
    kind: CompletionItemKind,
}

impl Offer {
    fn new(kind: CompletionItemKind, word: impl Into<String>, meaning: impl Into<String>) -> Self {
        Self { word: word.into(), meaning: meaning.into(), after: "", kind }
    }
}

pub(super) fn completion(
    document: &Document,
    view: &View,
    keywords: &Keywords,
    sheet: &Sheet<'_>,
    offset: usize,
    now: Timestamp,
) -> Vec<CompletionItem> {
    let Some(path) = document.path.as_deref() else { return Vec::new() };
    let maintenance = matches!(place(path), Place::Maintenance { .. });
    let (spot, begun) = spot(path, &document.text, offset, keywords);
    let words = |words: &mut dyn Iterator<Item = &str>| -> Vec<Offer> {
        words.map(|word| Offer::new(CompletionItemKind::ENUM_MEMBER, word, "")).collect()
    };
    let offers = match spot {
        Spot::TomlKey if path.ends_with(".md") => front_matter_keys(maintenance),
        Spot::TomlValue("severity") => words(&mut keywords.severities()),
        Spot::TomlValue("audience") => words(&mut ["public", "technical"].into_iter()),
        Spot::TomlValue("imported" | "draft") => words(&mut ["true", "false"].into_iter()),
        Spot::TomlValue("lang") => words(&mut view.settings.languages.iter().map(String::as_str)),
        Spot::TomlValue("cause") => causes(view),
        Spot::TomlValue("related") => related(view),
        Spot::TomlValue(key) => Kind::of_key(key).map(|kind| names(kind, view)).unwrap_or_default(),
        Spot::HeadingTime => {
            let time = scaffold::heading_time(now, &view.settings.zone);
            vec![
                Offer {
                    after: " ",
                    ..Offer::new(CompletionItemKind::EVENT, time, "The time that it is now.")
                },
                Offer {
                    after: " ",
                    ..Offer::new(CompletionItemKind::EVENT, "now", "The time at which it is committed.")
                },
            ]
        }
        Spot::HeadingWord => words(&mut keywords.words(maintenance)),
        Spot::Section => words(&mut keywords.sections()),
        Spot::HeaderKey => header_keys(keywords),
        Spot::HeaderValue(key, value) => header_value(key, value, view, keywords),
        Spot::Rule => lint::rules()
            .iter()
            .map(|rule| Offer::new(CompletionItemKind::REFERENCE, rule.id, rule.summary))
            .collect(),
        Spot::TomlKey | Spot::Prose => Vec::new(),
    };
    let range = sheet.range(begun);
    let item = |offer: Offer| CompletionItem {
        kind: Some(offer.kind),
        detail: (!offer.meaning.is_empty()).then_some(offer.meaning),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(
            range,
            format!("{}{}", offer.word, offer.after),
        ))),
        label: offer.word,
        ..CompletionItem::default()
    };
    offers.into_iter().map(item).collect()
}

fn front_matter_keys(maintenance: bool) -> Vec<Offer> {
    let fits = FRONT_MATTER_KEYS.iter().filter(|(_, whose, _)| whose.fits(maintenance));
    fits.map(|(name, _, meaning)| Offer {
        after: " = ",
        ..Offer::new(CompletionItemKind::PROPERTY, *name, *meaning)
    })
    .collect()
}

fn header_keys(keywords: &Keywords) -> Vec<Offer> {
    let keys = keywords.keys();
    keys.map(|(form, key)| Offer {
        after: ": ",
        ..Offer::new(CompletionItemKind::PROPERTY, form, key.meaning())
    })
    .collect()
}

fn header_value(key: Key, value: &str, view: &View, keywords: &Keywords) -> Vec<Offer> {
    let word = |word: &str| Offer::new(CompletionItemKind::ENUM_MEMBER, word, "");
    match key {
        Key::Services => match value.rsplit(';').next().unwrap_or_default().contains(':') {
            true => keywords.states().map(word).collect(),
            false => {
                let names = names(Kind::Service, view).into_iter();
                names.map(|offer| Offer { after: ": ", ..offer }).collect()
            }
        },
        Key::Areas => names(Kind::Area, view),
        Key::By | Key::Owner => names(Kind::Person, view),
        Key::Severity => keywords.severities().map(word).collect(),
        _ => Vec::new(),
    }
}

fn names(kind: Kind, view: &View) -> Vec<Offer> {
    let list = kind.list(view).into_iter();
    list.map(|(id, name)| Offer::new(CompletionItemKind::CONSTANT, id, name)).collect()
}

/// The causes given so far, with how often.
fn causes(view: &View) -> Vec<Offer> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::from([("unknown", 0)]);
    for cause in view.content.incidents.iter().filter_map(|incident| incident.cause.as_ref()) {
        *counts.entry(cause.value.as_str()).or_default() += 1;
    }
    let said = |(cause, count): (&str, usize)| {
        let meaning = match count {
            0 => String::new(),
            1 => "1 incident".to_owned(),
            many => format!("{many} incidents"),
        };
        Offer::new(CompletionItemKind::CONSTANT, cause, meaning)
    };
    counts.into_iter().map(said).collect()
}

/// The names of other incidents, latest first.
fn related(view: &View) -> Vec<Offer> {
    let latest = view.content.incidents.iter().rev().take(200);
    latest
        .map(|incident| {
            Offer::new(CompletionItemKind::FILE, incident.slug.as_str(), incident.title.value.as_str())
        })
        .collect()
}
