//! The words that mean something in an incident file, in English and in the file's language.
//!
//! Data in `keywords/LANG.toml`; the first form of each is the one that Candor writes. English is always accepted.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{SectionKind, ServiceState, Status, Word};
use crate::config::Severity;
use crate::text::nearest;

/// What each language ships.
const FILES: [(&str, &str); 6] = [
    ("en", include_str!("keywords/en.toml")),
    ("fr", include_str!("keywords/fr.toml")),
    ("es", include_str!("keywords/es.toml")),
    ("de", include_str!("keywords/de.toml")),
    ("cy", include_str!("keywords/cy.toml")),
    ("ar", include_str!("keywords/ar.toml")),
];

/// A key of an update's header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    NextUpdate,
    ExpectedFix,
    Affected,
    By,
    Severity,
    Areas,
    Owner,
    Services,
    Promise,
    Kept,
    Withdrawn,
    Corrects,
    Retracts,
    Window,
}

impl Key {
    const NAMES: [(&'static str, Self); 14] = [
        ("next-update", Self::NextUpdate),
        ("expected-fix", Self::ExpectedFix),
        ("affected", Self::Affected),
        ("by", Self::By),
        ("severity", Self::Severity),
        ("areas", Self::Areas),
        ("owner", Self::Owner),
        ("services", Self::Services),
        ("promise", Self::Promise),
        ("kept", Self::Kept),
        ("withdrawn", Self::Withdrawn),
        ("corrects", Self::Corrects),
        ("retracts", Self::Retracts),
        ("window", Self::Window),
    ];

    /// Whether the key may stand more than once in a header.
    pub(super) fn repeats(self) -> bool {
        matches!(self, Self::Promise | Self::Kept | Self::Withdrawn)
    }
}

/// What a level-2 heading ends in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HeadingWord {
    Of(Word),
    Draft,
    Now,
}

const HEADING_WORDS: [(&str, HeadingWord); 12] = [
    ("investigating", HeadingWord::Of(Word::Status(Status::Investigating))),
    ("identified", HeadingWord::Of(Word::Status(Status::Identified))),
    ("monitoring", HeadingWord::Of(Word::Status(Status::Monitoring))),
    ("resolved", HeadingWord::Of(Word::Status(Status::Resolved))),
    ("scheduled", HeadingWord::Of(Word::Status(Status::Scheduled))),
    ("in-progress", HeadingWord::Of(Word::Status(Status::InProgress))),
    ("completed", HeadingWord::Of(Word::Status(Status::Completed))),
    ("cancelled", HeadingWord::Of(Word::Status(Status::Cancelled))),
    ("correction", HeadingWord::Of(Word::Correction)),
    ("review", HeadingWord::Of(Word::Review)),
    ("draft", HeadingWord::Draft),
    ("now", HeadingWord::Now),
];

const SECTIONS: [(&str, SectionKind); 5] = [
    ("actions", SectionKind::Actions),
    ("questions", SectionKind::Questions),
    ("what-happened", SectionKind::WhatHappened),
    ("why", SectionKind::Why),
    ("changing", SectionKind::Changing),
];

const SEVERITIES: [(&str, Severity); 3] =
    [("minor", Severity::Minor), ("major", Severity::Major), ("critical", Severity::Critical)];

const STATES: [(&str, ServiceState); 5] = [
    ("operational", ServiceState::Operational),
    ("planned-work", ServiceState::PlannedWork),
    ("degraded", ServiceState::Degraded),
    ("partial-outage", ServiceState::PartialOutage),
    ("outage", ServiceState::Outage),
];

/// Small words with a place of their own in the grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phrase {
    Because,
    By,
    NotKnown,
    Everyone,
    Everywhere,
    To,
    Agreed,
    Done,
}

const PHRASES: [(&str, Phrase); 8] = [
    ("because", Phrase::Because),
    ("by", Phrase::By),
    ("not-known", Phrase::NotKnown),
    ("everyone", Phrase::Everyone),
    ("everywhere", Phrase::Everywhere),
    ("to", Phrase::To),
    ("agreed", Phrase::Agreed),
    ("done", Phrase::Done),
];

/// Forms and what they mean, in the order of the files: the language's own first, then English.
type Forms<T> = Vec<Form<T>>;

/// One way to write something.
#[derive(Debug)]
struct Form<T> {
    written: String,
    /// As [`plain`] folds it.
    folded: String,
    meaning: T,
}

/// The words of one language, with the English ones.
#[derive(Debug)]
pub struct Keywords {
    words: Forms<HeadingWord>,
    keys: Forms<Key>,
    sections: Forms<SectionKind>,
    phrases: Forms<Phrase>,
    severities: Forms<Severity>,
    states: Forms<ServiceState>,
}

static ALL: LazyLock<Vec<(&'static str, Keywords)>> = LazyLock::new(|| {
    let written: Vec<_> = FILES.iter().map(|(lang, text)| (*lang, Written::parse(text))).collect();
    let english = Written::parse(FILES[0].1);
    written
        .iter()
        .map(|(lang, own)| (*lang, Keywords::new(own, (*lang != "en").then_some(&english))))
        .collect()
});

impl Keywords {
    /// The words of a language (its first subtag counts); English where Candor does not know it.
    pub fn of(lang: &str) -> &'static Self {
        let primary = lang.split('-').next().unwrap_or_default();
        let found = ALL.iter().find(|(known, _)| *known == primary).or_else(|| ALL.first());
        &found.expect("English is always there").1
    }

    fn new(own: &Written, english: Option<&Written>) -> Self {
        fn forms<T: Copy>(
            own: &Written,
            english: Option<&Written>,
            group: &str,
            names: &[(&str, T)],
        ) -> Forms<T> {
            std::iter::once(own)
                .chain(english)
                .flat_map(|written| names.iter().map(move |(name, meaning)| (written, *name, *meaning)))
                .flat_map(|(written, name, meaning)| {
                    let forms = written.forms(group, name).iter();
                    forms.map(move |form| Form { written: form.clone(), folded: plain(form), meaning })
                })
                .collect()
        }
        Self {
            words: forms(own, english, "words", &HEADING_WORDS),
            keys: forms(own, english, "keys", &Key::NAMES),
            sections: forms(own, english, "sections", &SECTIONS),
            phrases: forms(own, english, "phrases", &PHRASES),
            severities: forms(own, english, "severities", &SEVERITIES),
            states: forms(own, english, "states", &STATES),
        }
    }

    pub(super) fn heading_word(&self, text: &str) -> Option<HeadingWord> {
        meaning(&self.words, text)
    }

    /// The header keys as Candor writes them in this language.
    pub fn keys(&self) -> impl Iterator<Item = (&str, Key)> {
        written(&self.keys)
    }

    /// What a heading may end in, for a maintenance or an incident.
    pub fn words(&self, maintenance: bool) -> impl Iterator<Item = &str> {
        written(&self.words).filter_map(move |(form, word)| match word {
            HeadingWord::Of(Word::Status(status)) => (status.of_maintenance() == maintenance).then_some(form),
            HeadingWord::Of(Word::Correction | Word::Review) => Some(form),
            HeadingWord::Draft | HeadingWord::Now => None,
        })
    }

    /// The sections that mean something to Candor.
    pub fn sections(&self) -> impl Iterator<Item = &str> {
        written(&self.sections).map(|(form, _)| form)
    }

    pub fn severities(&self) -> impl Iterator<Item = &str> {
        written(&self.severities).map(|(form, _)| form)
    }

    /// The states of a service.
    pub fn states(&self) -> impl Iterator<Item = &str> {
        written(&self.states).map(|(form, _)| form)
    }

    pub fn key(&self, text: &str) -> Option<Key> {
        meaning(&self.keys, text)
    }

    /// The key that a text begins with, as written, and what follows it; the longest form counts.
    pub(super) fn key_at_start<'t>(&self, text: &'t str) -> Option<(Key, &str, &'t str)> {
        let begun = self.keys.iter().filter_map(|form| Some((form, strip_word(text, &form.written)?)));
        let (form, rest) = begun.max_by_key(|(form, _)| form.written.len())?;
        Some((form.meaning, &form.written, rest))
    }

    /// The known key within two edits of a text.
    pub fn nearest_key(&self, text: &str) -> Option<&str> {
        nearest(text, self.keys.iter().map(|form| form.written.as_str()))
    }

    /// The word of a heading within two edits of a text.
    pub(super) fn nearest_heading_word(&self, text: &str) -> Option<&str> {
        nearest(text, self.words.iter().map(|form| form.written.as_str()))
    }

    /// The section within two edits of a text.
    pub(super) fn nearest_section(&self, text: &str) -> Option<&str> {
        nearest(text, self.sections.iter().map(|form| form.written.as_str()))
    }

    pub(super) fn nearest_state(&self, text: &str) -> Option<&str> {
        nearest(text, self.states.iter().map(|form| form.written.as_str()))
    }

    pub(super) fn section(&self, text: &str) -> SectionKind {
        meaning(&self.sections, text.trim_end_matches([':', '?', ' '])).unwrap_or(SectionKind::Other)
    }

    pub(super) fn severity(&self, text: &str) -> Option<Severity> {
        meaning(&self.severities, text)
    }

    pub(super) fn state(&self, text: &str) -> Option<ServiceState> {
        meaning(&self.states, text)
    }

    /// Whether a text is this phrase, and nothing else.
    pub(super) fn is(&self, phrase: Phrase, text: &str) -> bool {
        let text = plain(text);
        self.phrases.iter().any(|form| form.meaning == phrase && form.folded == text)
    }

    /// What follows where a text begins with this phrase; the longest form counts.
    pub(super) fn after<'t>(&self, phrase: Phrase, text: &'t str) -> Option<&'t str> {
        let text = text.trim_start();
        self.phrases
            .iter()
            .filter(|form| form.meaning == phrase)
            .filter_map(|form| Some((form.written.len(), strip_word(text, &form.written)?)))
            .max_by_key(|(length, _)| *length)
            .map(|(_, rest)| rest)
    }

    /// The text before and after the first place of this phrase.
    pub(super) fn split<'t>(&self, phrase: Phrase, text: &'t str) -> Option<(&'t str, &'t str)> {
        text.char_indices()
            .filter(|(at, c)| {
                c.is_alphabetic() && !text[..*at].chars().next_back().is_some_and(char::is_alphanumeric)
            })
            .find_map(|(at, _)| Some((&text[..at], self.after(phrase, &text[at..])?)))
    }
}

/// The first form of each meaning: the one that Candor writes.
fn written<T: Copy + PartialEq>(forms: &Forms<T>) -> impl Iterator<Item = (&str, T)> {
    forms.iter().enumerate().filter_map(|(index, form)| {
        let first = !forms[..index].iter().any(|earlier| earlier.meaning == form.meaning);
        first.then_some((form.written.as_str(), form.meaning))
    })
}

fn meaning<T: Copy>(forms: &Forms<T>, text: &str) -> Option<T> {
    // Files are nearly always written in the very form; folding is for the rest.
    if let Some(form) = forms.iter().find(|form| form.written == text) {
        return Some(form.meaning);
    }
    let text = plain(text);
    forms.iter().find(|form| form.folded == text).map(|form| form.meaning)
}

/// Lower case, one blank between words, straight apostrophes; hyphens count as blanks.
pub(super) fn plain(text: &str) -> String {
    let folded = text.to_lowercase().replace('’', "'").replace(['-', '_'], " ");
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The rest of `text` after `word`, in any case, where no letter or digit follows it directly. A word that ends in an
/// apostrophe needs no boundary: `parce qu'il`.
fn strip_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let mut rest = text;
    for wanted in word.chars() {
        let mut chars = rest.chars();
        let found = chars.next()?;
        let same = found == wanted
            || found.to_lowercase().eq(wanted.to_lowercase())
            || (wanted == '\'' && found == '’')
            || (wanted == ' ' && found.is_whitespace());
        if !same {
            return None;
        }
        rest = chars.as_str();
    }
    let ends = word.ends_with('\'') || !rest.chars().next().is_some_and(char::is_alphanumeric);
    ends.then(|| rest.trim_start())
}

/// A file as written: group → name → forms.
struct Written(BTreeMap<String, BTreeMap<String, Vec<String>>>);

impl Written {
    fn parse(text: &str) -> Self {
        Self(toml::from_str(text).expect("the keyword files are valid; a test reads them all"))
    }

    fn forms(&self, group: &str, name: &str) -> &[String] {
        self.0.get(group).and_then(|names| names.get(name)).map(Vec::as_slice).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_says_everything_that_english_says() {
        let shape = |text: &str| -> Vec<(String, String)> {
            let names = Written::parse(text).0.into_iter();
            names
                .flat_map(|(group, names)| {
                    names.into_iter().map(move |(name, forms)| (group.clone(), name, forms))
                })
                .map(|(group, name, forms)| {
                    assert!(!forms.is_empty(), "{group}.{name} has no form");
                    (group, name)
                })
                .collect()
        };
        let english = shape(FILES[0].1);
        assert_eq!(english.len(), 12 + 14 + 5 + 8 + 3 + 5);
        for (lang, text) in FILES {
            assert_eq!(shape(text), english, "{lang}");
        }
    }

    #[test]
    fn one_form_of_each_is_offered_in_the_files_language() {
        let french = Keywords::of("fr");
        assert_eq!(french.keys().count(), Key::NAMES.len());
        assert!(french.keys().any(|(form, key)| key == Key::NextUpdate && form != "Next update"));
        assert_eq!(Keywords::of("en").words(false).collect::<Vec<_>>()[..2], ["Investigating", "Identified"]);
        assert_eq!(Keywords::of("en").words(true).count(), 6);
    }

    #[test]
    fn no_form_means_two_things_within_a_group() {
        for (lang, keywords) in ALL.iter() {
            for form in &keywords.keys {
                assert_eq!(keywords.key(&form.written), Some(form.meaning), "{lang}: {form:?}");
            }
            for form in &keywords.words {
                assert_eq!(keywords.heading_word(&form.written), Some(form.meaning), "{lang}: {form:?}");
            }
            for form in &keywords.states {
                assert_eq!(keywords.state(&form.written), Some(form.meaning), "{lang}: {form:?}");
            }
        }
    }

    #[test]
    fn english_and_the_language_are_both_accepted() {
        let french = Keywords::of("fr-CA");
        assert_eq!(
            french.heading_word("enquête  en cours"),
            Some(HeadingWord::Of(Word::Status(Status::Investigating)))
        );
        assert_eq!(
            french.heading_word("INVESTIGATING"),
            Some(HeadingWord::Of(Word::Status(Status::Investigating)))
        );
        assert_eq!(french.split(Phrase::Because, "20:00, parce qu’il pleut"), Some(("20:00, ", "il pleut")));
        assert_eq!(french.split(Phrase::Because, "la carrière"), None);
        assert_eq!(Keywords::of("xx").key("Next update"), Some(Key::NextUpdate));
        assert_eq!(Keywords::of("en").key("Prochain point"), None);
    }
}
