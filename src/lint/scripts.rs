//! Words that people have read before: updates as runs of words with numbers and names masked.
//!
//! A run of four words is known where at least [`OFTEN`] other incidents used it earlier. For each run only the earliest
//! few incidents are kept, so that the whole costs no more than reading every word once.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use aho_corasick::{AhoCorasick, MatchKind};
use jiff::Timestamp;

use crate::content::{Incident, Registers, Update};
use crate::text::Slug;

/// In how many other incidents words must have stood before they count as a script.
const OFTEN: usize = 3;

/// How many words make a run.
const RUN: usize = 4;

/// Every run of words of the site, with the incidents that used it first.
#[derive(Debug)]
pub(super) struct Scripts {
    names: Option<AhoCorasick>,
    /// At most one more than [`OFTEN`], so that an incident does not count for itself.
    runs: HashMap<u64, Vec<(Timestamp, Slug)>>,
}

/// The runs of one sentence.
struct Sentence {
    runs: Vec<u64>,
    /// Whether it holds a number or a name.
    fact: bool,
}

impl Scripts {
    pub(super) fn of<'a>(incidents: impl Iterator<Item = &'a Incident>, registers: &Registers) -> Self {
        let services = registers.services.iter();
        let names = services.flat_map(|service| service.names());
        let names = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(names.filter(|name| !name.is_empty()))
            .ok();
        let mut scripts = Self { names, runs: HashMap::new() };
        let mut updates: Vec<(&Incident, &Update)> = incidents
            .flat_map(|incident| incident.updates.iter().map(move |update| (incident, update)))
            .collect();
        updates.sort_by_key(|(_, update)| update.at);
        for (incident, update) in updates {
            for run in scripts.sentences(incident, update).into_iter().flat_map(|sentence| sentence.runs) {
                let users = scripts.runs.entry(run).or_default();
                if users.len() <= OFTEN && users.iter().all(|(_, slug)| *slug != incident.slug) {
                    users.push((update.at, incident.slug.clone()));
                }
            }
        }
        scripts
    }

    /// Whether nine of ten runs of an update stood in other incidents before it, and no sentence of its own brings a fact.
    pub(super) fn is_known(&self, incident: &Incident, update: &Update) -> bool {
        let sentences = self.sentences(incident, update);
        let known = |run: &u64| self.is_used_before(*run, incident, update);
        let count = |sentence: &Sentence| sentence.runs.iter().filter(|run| known(run)).count();
        let own_fact =
            sentences.iter().any(|sentence| sentence.fact && count(sentence) * 2 < sentence.runs.len());
        let all: usize = sentences.iter().map(|sentence| sentence.runs.len()).sum();
        let seen: usize = sentences.iter().map(count).sum();
        all > 0 && seen * 10 >= all * 9 && !own_fact
    }

    fn is_used_before(&self, run: u64, incident: &Incident, update: &Update) -> bool {
        let users = self.runs.get(&run).map(Vec::as_slice).unwrap_or_default();
        users.iter().filter(|(at, slug)| *at < update.at && *slug != incident.slug).count() >= OFTEN
    }

    fn sentences(&self, incident: &Incident, update: &Update) -> Vec<Sentence> {
        let text = update.words().of(incident.text());
        let masked = self.mask_names(text);
        let ends = |c: char| matches!(c, '.' | '!' | '?' | '\n');
        // A stop within a number or an address ends nothing.
        masked.split_inclusive(ends).map(sentence).filter(|sentence| !sentence.runs.is_empty()).collect()
    }

    fn mask_names(&self, text: &str) -> String {
        let Some(names) = &self.names else { return text.to_owned() };
        let mut masked = String::with_capacity(text.len());
        let mut from = 0;
        let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        for name in names.find_iter(text) {
            let whole =
                edge(text[..name.start()].chars().next_back()) && edge(text[name.end()..].chars().next());
            if whole {
                masked.push_str(&text[from..name.start()]);
                masked.push(NAME);
                from = name.end();
            }
        }
        masked.push_str(&text[from..]);
        masked
    }
}

/// What stands for a name.
const NAME: char = '\u{FFFC}';

fn sentence(text: &str) -> Sentence {
    let mut words: Vec<String> = Vec::new();
    let mut fact = false;
    let pieces = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != NAME);
    for piece in pieces.filter(|piece| !piece.is_empty()) {
        let number = piece.contains(|c: char| c.is_ascii_digit());
        let capital = piece.chars().next().is_some_and(char::is_uppercase) && piece.len() > 1;
        let name = piece.contains(NAME) || capital && !words.is_empty();
        fact |= number || name;
        let word = match (number, name) {
            (true, _) => "#".to_owned(),
            (_, true) => NAME.to_string(),
            _ => piece.to_lowercase(),
        };
        // "Norwood Park Road" is one name, "12 345" one number.
        if words.last() != Some(&word) || !(number || name) {
            words.push(word);
        }
    }
    let runs =
        if words.is_empty() { Vec::new() } else { words.windows(RUN.min(words.len())).map(hash).collect() };
    Sentence { runs, fact }
}

/// Whether two updates say the same words, whatever their marks and line breaks.
pub(super) fn same_words(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let a = words(a);
    !a.is_empty() && a == words(b)
}

fn hash(words: &[String]) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_are_the_same_in_every_script() {
        let runs = |text: &str| sentence(text).runs;
        assert_eq!(runs("We restored 40 homes in Norwood."), runs("We restored 1,200 homes in Mill Lane."));
        assert_ne!(runs("We restored 40 homes in Norwood."), runs("We closed 40 homes in Norwood."));
        assert!(!sentence("We are looking into it.").fact && sentence("It is back since 14:10.").fact);
    }

    #[test]
    fn the_same_words_are_the_same_however_they_are_set() {
        assert!(same_words("We are *looking* into it.", "we are looking\ninto it"));
        assert!(!same_words("We are looking into it.", "We looked into it."));
        assert!(!same_words("", "---"));
    }
}
