//! The theme's words: one TOML file per language, key to text with `{placeholders}`.
//!
//! A missing key falls back to the built-in words of that language, then to English, so that no page ever has a hole.
//! Plural has two forms, one and other; a fuller grammar is Fluent's task.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::Finding;
use crate::text::{Source, Span, nearest};

/// The words of one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strings {
    /// BCP 47 tag of the words, which is that of the page's own text.
    pub lang: String,
    /// `section.key` to text.
    words: BTreeMap<String, String>,
}

impl Strings {
    /// Reads a strings file. What is not a table of texts, or a key that `known` lacks, is a finding.
    pub(super) fn read(lang: &str, source: &Source, known: Option<&Self>) -> (Self, Vec<Finding>) {
        let mut strings = Self { lang: lang.to_owned(), ..Self::default() };
        let table = match source.text.parse::<toml::Table>() {
            Ok(table) => table,
            Err(error) => {
                let span = error.span().unwrap_or_default();
                let finding = Finding::error(
                    "theme-strings",
                    &source.path,
                    span,
                    format!("This file of words cannot be read: {}.", error.message().trim_end_matches('.')),
                    "Mend the line, or delete the file to use the built-in words.",
                );
                return (strings, vec![finding]);
            }
        };
        let mut findings = Vec::new();
        for (section, value) in table {
            let toml::Value::Table(entries) = value else {
                findings.push(not_text(source, &section));
                continue;
            };
            for (key, value) in entries {
                let key = format!("{section}.{key}");
                if let Some(known) = known.filter(|known| !known.has(&key)) {
                    findings.push(unknown(source, &key, known));
                }
                match value {
                    toml::Value::String(text) => {
                        findings.extend(known.and_then(|known| strange(source, &key, &text, known)));
                        strings.words.insert(key, text);
                    }
                    _ => findings.push(not_text(source, &key)),
                }
            }
        }
        (strings, findings)
    }

    /// Takes over from `other` what is missing here.
    pub(super) fn complete_from(&mut self, other: &Self) {
        for (key, text) in &other.words {
            self.words.entry(key.clone()).or_insert_with(|| text.clone());
        }
    }

    /// The text of `section.key`; the key itself where even English lacks it.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// The text of a key that some languages leave out, such as its name for another language.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.words.get(key).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// The text with its placeholders filled in. Values stand as they are: escape them first where HTML is meant.
    pub fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        Self::fill(self.get(key), values)
    }

    /// Fills each `{name}` of a text; a name without a value stays as it is.
    pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
        let mut out = String::with_capacity(text.len() + 32);
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let value = after.split_once('}').and_then(|(name, after)| {
                values.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value, after))
            });
            if let Some((value, after)) = value {
                out.push_str(value);
                rest = after;
            } else {
                out.push('{');
                rest = after;
            }
        }
        out.push_str(rest);
        out
    }

    /// `KEY_one` or `KEY_other`, with `{n}` filled in.
    pub fn count(&self, key: &str, n: usize) -> String {
        let one = n == 1 || (n == 0 && self.find("language.zero_is_one").is_some());
        let form = if one { "one" } else { "other" };
        self.say(&format!("{key}_{form}"), &[("n", &n.to_string())])
    }

    /// Sections with their keys, for templates.
    pub fn sections(&self) -> BTreeMap<&str, BTreeMap<&str, &str>> {
        let mut sections: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
        for (key, text) in &self.words {
            if let Some((section, key)) = key.split_once('.') {
                sections.entry(section).or_default().insert(key, text);
            }
        }
        sections
    }

    fn has(&self, key: &str) -> bool {
        self.words.contains_key(key)
    }
}

fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name))
}

fn at(source: &Source, key: &str) -> Span {
    let key = key.rsplit('.').next().unwrap_or(key);
    let line = source.text.lines().find(|line| line.trim_start().starts_with(key));
    line.map_or(Span::default(), |line| {
        let start = line.as_ptr() as usize - source.text.as_ptr() as usize;
        Span::new(start, start + line.len())
    })
}

fn not_text(source: &Source, key: &str) -> Finding {
    Finding::error(
        "theme-strings",
        &source.path,
        at(source, key),
        format!("`{key}` is not a text in quotes under a [section]."),
        "Write a section such as [time], and under it lines such as: by = \"by {time}\"",
    )
}

fn unknown(source: &Source, key: &str, known: &Strings) -> Finding {
    let help = match nearest(key, known.words.keys().map(String::as_str)) {
        Some(near) => format!("Did you mean `{near}`?"),
        None => "Delete it: no page uses it.".to_owned(),
    };
    let message = format!("The theme knows no words called `{key}`.");
    Finding::warning("theme-strings", &source.path, at(source, key), message, help)
}

/// A placeholder that the built-in text of the same key does not have, so that nothing would fill it.
fn strange(source: &Source, key: &str, text: &str, known: &Strings) -> Option<Finding> {
    let usual = known.words.get(key)?;
    let available: Vec<&str> = placeholders(usual).collect();
    let strange = placeholders(text).find(|name| !available.contains(name))?;
    let available: Vec<String> = available.iter().map(|name| format!("{{{name}}}")).collect();
    let available = if available.is_empty() { "none".to_owned() } else { available.join(", ") };
    Some(Finding::error(
        "theme-strings",
        &source.path,
        at(source, key),
        format!("Nothing fills `{{{strange}}}` in `{key}`."),
        format!("What can stand there: {available}."),
    ))
}

/// All languages of a theme.
#[derive(Clone, Debug, Default)]
pub(super) struct Languages(BTreeMap<String, Arc<Strings>>);

impl Languages {
    pub(super) fn insert(&mut self, strings: Strings) {
        self.0.insert(strings.lang.clone(), Arc::new(strings));
    }

    /// The words for a language: its own, those of the language without region, else English.
    pub(super) fn of(&self, lang: &str) -> Arc<Strings> {
        let plain = lang.split('-').next().unwrap_or(lang);
        [lang, plain, "en"].iter().find_map(|lang| self.0.get(*lang).cloned()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, known: Option<&Strings>) -> (Strings, Vec<Finding>) {
        Strings::read("en", &Source::new("themes/city/strings/en.toml", text), known)
    }

    #[test]
    fn placeholders_are_filled_and_unknown_ones_stay() {
        assert_eq!(Strings::fill("by {time}{x} {", &[("time", "3pm")]), "by 3pm{x} {");
        let (strings, _) = read("[n]\nhours_one = \"{n} hour\"\nhours_other = \"{n} hours\"", None);
        assert_eq!(strings.count("n.hours", 1), "1 hour");
        assert_eq!(strings.count("n.hours", 0), "0 hours");
    }

    #[test]
    fn a_slip_in_the_words_is_found() {
        let (known, _) = read("[due]\nnext = \"Next update by {time}\"", None);
        let (_, findings) = read("[due]\nnxt = \"x\"\nnext = \"Soon at {tmie}\"", Some(&known));
        let said: Vec<_> = findings.iter().map(|f| (f.message.as_str(), f.help.as_str())).collect();
        assert_eq!(
            said,
            [
                ("Nothing fills `{tmie}` in `due.next`.", "What can stand there: {time}."),
                ("The theme knows no words called `due.nxt`.", "Did you mean `due.next`?"),
            ]
        );
        let (_, findings) = read("[due]\nnext = 3\nx", None);
        assert!(findings[0].message.starts_with("This file of words cannot be read"), "{findings:?}");
    }

    #[test]
    fn a_language_without_words_of_its_own_gets_the_nearest() {
        let mut languages = Languages::default();
        for lang in ["en", "fr"] {
            languages.insert(Strings { lang: lang.to_owned(), ..Strings::default() });
        }
        assert_eq!(languages.of("fr-CA").lang, "fr");
        assert_eq!(languages.of("cy").lang, "en");
    }
}
