//! `[lint]`, `[[phrase]]` and `[[term]]` of `candor.toml`.

use std::collections::BTreeMap;

use super::faults::Faults;
use super::rules::WRONG_TYPE;
use super::table::{Table, Value};
use super::{Glob, HousePhrase, LevelOverride, LintSettings, Term};
use crate::diag::Level;
use crate::text::Spanned;

/// Reads a level word.
fn level(value: Value<'_>, faults: &mut Faults<'_>) -> Option<Level> {
    let level = match value.value.as_str() {
        Some("off") => Some(Level::Off),
        Some("info") => Some(Level::Info),
        Some("warning") => Some(Level::Warning),
        Some("error") => Some(Level::Error),
        _ => None,
    };
    if level.is_none() {
        value.wrong(
            faults,
            "a level: \"off\", \"info\", \"warning\" or \"error\"",
            format!("{} = \"warning\"", value.key),
        );
    }
    level
}

pub(super) fn lint(mut table: Table<'_>, faults: &mut Faults<'_>) -> LintSettings {
    let paths =
        table.tables("path", faults).into_iter().filter_map(|table| level_override(table, faults)).collect();
    // No rule's id has an underscore, so this is none.
    let rules_url = table.string("rules_url", faults).and_then(|url| address(&url, faults));
    LintSettings { levels: levels(&mut table, faults), paths, rules_url }
}

/// An address with a place for the rule's id.
fn address(url: &Spanned<String>, faults: &mut Faults<'_>) -> Option<String> {
    let is_whole = url.starts_with("https://") || url.starts_with("http://");
    if is_whole && url.contains("{rule}") {
        return Some(url.value.clone());
    }
    faults.error(
        WRONG_TYPE,
        url.span,
        "`rules_url` is the whole address of a rule's page, with `{rule}` for its name.",
        "Write `rules_url = \"https://docs.example.org/rules/{rule}\"`.",
    );
    None
}

/// Which rules exist is known in `lint`, so every key that is left counts as a rule here.
fn levels(table: &mut Table<'_>, faults: &mut Faults<'_>) -> BTreeMap<String, Level> {
    table
        .take_rest()
        .into_iter()
        .filter_map(|(rule, value)| Some((rule.value.to_owned(), level(value, faults)?)))
        .collect()
}

fn level_override(mut table: Table<'_>, faults: &mut Faults<'_>) -> Option<LevelOverride> {
    let Some(glob) = table.string("path", faults) else {
        table.missing("path", "\"content/incidents/2019/**\"", faults);
        return None;
    };
    Some(LevelOverride { glob: Glob::new(&glob.value), levels: levels(&mut table, faults) })
}

pub(super) fn phrase(mut table: Table<'_>, faults: &mut Faults<'_>) -> Option<HousePhrase> {
    let pattern = table.string("pattern", faults);
    let message = table.text("message", faults);
    let level = table.take("level").and_then(|value| level(value, faults)).unwrap_or(Level::Warning);
    let unless = table.text("unless", faults);
    if pattern.is_none() {
        table.missing("pattern", "\"words that must not be written\"", faults);
    }
    table.finish(faults);
    Some(HousePhrase {
        pattern: pattern.filter(|pattern| !pattern.is_empty())?.value,
        message,
        level,
        unless,
    })
}

pub(super) fn term(mut table: Table<'_>, faults: &mut Faults<'_>) -> Option<Term> {
    let jargon = table.string("jargon", faults);
    let say = table.text("say", faults);
    if jargon.is_none() {
        table.missing("jargon", "\"PRV\"", faults);
    }
    table.finish(faults);
    Some(Term { jargon: jargon.filter(|jargon| !jargon.is_empty())?.value, say })
}
