//! Words as data, one file for each language: `words/LANG.toml`.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

/// One language's file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Language {
    edit: EditWords,
}

/// What [`super::edit`] has to know.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct EditWords {
    /// Negations, quantities, statuses, states, days and months: one letter makes another claim.
    held: Vec<String>,
    /// The word before the date on which a task was done.
    done: Vec<String>,
}

static LANGUAGES: LazyLock<Vec<(&'static str, Language)>> = LazyLock::new(|| {
    [("en", include_str!("words/en.toml")), ("fr", include_str!("words/fr.toml"))]
        .into_iter()
        .map(|(tag, file)| {
            (tag, toml::from_str(file).expect("a word file that is compiled in is read by a test"))
        })
        .collect()
});

static HELD: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| LANGUAGES.iter().flat_map(|(_, words)| &words.edit.held).map(String::as_str).collect());

/// Whether a lower-case word carries a claim in any language that we know.
pub(super) fn is_held(word: &str) -> bool {
    HELD.contains(word) || word.ends_with("n't")
}

/// Whether a lower-case word says that a task is done.
pub(super) fn means_done(word: &str) -> bool {
    LANGUAGES.iter().flat_map(|(_, words)| &words.edit.done).any(|done| done == word)
}
