//! Phrases as data: one folder per language, one file per rule, with the sentences that must and must not fire.
//!
//! A file holds sets of patterns, in lower case, as the sentences are that they are held against. Those under `[words]`
//! match whole words, those under `[patterns]` as they are. `@{name}` stands for a fragment of the language's `lexicon.toml`. `triggers` are literal words,
//! one of which stands in every passage that the rule could report: a first look so cheap that a site with ten thousand
//! incidents is read in one go. Under `[glossary]` are literal words with what to say for them, or their value; they are
//! triggers and the set `glossary`. Which set means what is the rule's affair.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use include_dir::{Dir, include_dir};
use regex::Regex;
use serde::Deserialize;

static LANGUAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/lint/phrases");

/// All phrases of one language.
pub struct Pack {
    lexicon: Phrases,
    /// By id of the rule.
    rules: Vec<(&'static str, Phrases)>,
    triggers: AhoCorasick,
    /// For each trigger, the index of the rule whose file holds it.
    trigger_rules: Vec<usize>,
}

/// Some of the rules of a pack.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Rules(u128);

/// The phrases of one rule in one language.
pub struct Phrases {
    sets: BTreeMap<String, Set>,
    suggestions: BTreeMap<String, String>,
    glossary: BTreeMap<String, String>,
    fires: Vec<Example>,
    silent: Vec<Example>,
}

struct Set {
    pattern: String,
    regex: OnceLock<Regex>,
}

/// A text in an update on which a rule must fire or stay silent.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "Written")]
pub struct Example {
    pub text: String,
    /// The word in the update's heading.
    pub status: String,
    /// Header lines of the update.
    pub header: String,
    /// The underlined words; empty: any.
    pub words: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Text(String),
    Update {
        text: String,
        #[serde(default = "usual_status")]
        status: String,
        #[serde(default)]
        header: String,
        #[serde(default)]
        words: String,
    },
}

impl Example {
    /// The status that an example has unless it says so.
    pub const USUAL_STATUS: &'static str = "Identified";
}

fn usual_status() -> String {
    Example::USUAL_STATUS.to_owned()
}

impl From<Written> for Example {
    fn from(written: Written) -> Self {
        match written {
            Written::Text(text) => {
                Self { text, status: usual_status(), header: String::new(), words: String::new() }
            }
            Written::Update { text, status, header, words } => Self { text, status, header, words },
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct PhraseFile {
    fragments: BTreeMap<String, String>,
    /// Of a lexicon: whether words have letters beyond ASCII, so that word boundaries must heed them. That is slower.
    accents: bool,
    triggers: Vec<String>,
    words: BTreeMap<String, Vec<String>>,
    patterns: BTreeMap<String, Vec<String>>,
    suggestions: BTreeMap<String, String>,
    glossary: BTreeMap<String, String>,
    fires: Vec<Example>,
    silent: Vec<Example>,
}

impl Pack {
    /// The phrases for a BCP 47 tag; `None` where nobody has written any.
    pub fn of(language: &str) -> Option<&'static Self> {
        let packs = Self::all();
        let primary = language.split(['-', '_']).next().unwrap_or_default();
        packs.get(primary).or_else(|| packs.get(primary.to_ascii_lowercase().as_str()))
    }

    /// Every language that somebody has written phrases for.
    pub fn all() -> &'static BTreeMap<&'static str, Self> {
        static PACKS: OnceLock<BTreeMap<&'static str, Pack>> = OnceLock::new();
        PACKS.get_or_init(|| {
            LANGUAGES.dirs().filter_map(|dir| Some((dir.path().to_str()?, Self::load(dir)))).collect()
        })
    }

    fn load(dir: &'static Dir<'static>) -> Self {
        let mut files: Vec<(&'static str, PhraseFile)> = dir
            .files()
            .filter_map(|file| Some((file.path().file_stem()?.to_str()?, file.contents_utf8()?)))
            .map(|(name, text)| {
                (name, toml::from_str(text).expect("phrase files are well-formed: a test reads them all"))
            })
            .collect();
        files.sort_by_key(|(name, _)| *name);
        let (fragments, accents) = files
            .iter_mut()
            .find(|(name, _)| *name == LEXICON)
            .map(|(_, file)| (std::mem::take(&mut file.fragments), file.accents))
            .unwrap_or_default();
        let expander = Expander { fragments, accents };
        let mut triggers = Vec::new();
        let mut trigger_rules = Vec::new();
        let mut rules = Vec::new();
        let mut lexicon = None;
        for (name, mut file) in files {
            if name == LEXICON {
                lexicon = Some(Phrases::from_file(file, &expander));
                continue;
            }
            file.triggers.extend(file.glossary.keys().cloned());
            trigger_rules.extend(file.triggers.iter().map(|_| rules.len()));
            triggers.append(&mut file.triggers);
            rules.push((name, Phrases::from_file(file, &expander)));
        }
        let triggers = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::DFA))
            .build(&triggers)
            .expect("a few hundred short words make a small automaton");
        let lexicon = lexicon.expect("every language has a lexicon");
        Self { lexicon, rules, triggers, trigger_rules }
    }

    /// Phrases that several rules share.
    pub fn lexicon(&self) -> &Phrases {
        &self.lexicon
    }

    pub fn rule(&self, id: &str) -> Option<&Phrases> {
        self.rules.iter().find(|(rule, _)| *rule == id).map(|(_, phrases)| phrases)
    }

    /// The phrases of a rule, if it is among some.
    pub(super) fn triggered_rule(&self, id: &str, among: Rules) -> Option<&Phrases> {
        let index = self.rules.iter().position(|(rule, _)| *rule == id)?;
        let (_, phrases) = self.rules.get(index)?;
        (among.0 >> index & 1 == 1).then_some(phrases)
    }

    /// The rules whose triggers stand in one of the texts.
    pub(super) fn triggered<'t>(&self, texts: impl Iterator<Item = &'t str>) -> Rules {
        let mut found = 0;
        for text in texts {
            for hit in self.triggers.find_overlapping_iter(text) {
                found |= 1 << self.trigger_rules[hit.pattern().as_usize()];
            }
        }
        Rules(found)
    }
}

const LEXICON: &str = "lexicon";

impl Phrases {
    fn from_file(file: PhraseFile, expander: &Expander) -> Self {
        let set = |pattern: String| Set { pattern: expander.expand(pattern), regex: OnceLock::new() };
        let mut sets = BTreeMap::new();
        for (name, words) in file.words {
            sets.insert(name, set(format!(r"\b(?:{})\b", words.join("|"))));
        }
        for (name, patterns) in file.patterns {
            sets.insert(name, set(format!("(?:{})", patterns.join("|"))));
        }
        if !file.glossary.is_empty() {
            sets.insert("glossary".to_owned(), set(glossary_pattern(&file.glossary)));
        }
        let PhraseFile { suggestions, glossary, fires, silent, .. } = file;
        Self { sets, suggestions, glossary, fires, silent }
    }

    /// Every place in `text` that a set matches. A set that the language lacks matches nothing.
    pub fn find<'t>(&self, set: &str, text: &'t str) -> impl Iterator<Item = Range<usize>> + use<'_, 't> {
        self.sets.get(set).into_iter().flat_map(|set| set.regex().find_iter(text)).map(|found| found.range())
    }

    pub fn has(&self, set: &str, text: &str) -> bool {
        self.sets.get(set).is_some_and(|set| set.regex().is_match(text))
    }

    /// The first place in `text` that a set matches.
    pub fn first(&self, set: &str, text: &str) -> Option<Range<usize>> {
        self.find(set, text).next()
    }

    /// Where the last match of a set in `text` ends.
    pub fn last_end(&self, set: &str, text: &str) -> Option<usize> {
        self.find(set, text).last().map(|found| found.end)
    }

    /// Words to write instead, in the language of the text.
    pub fn suggestion(&self, name: &str) -> &str {
        self.suggestions.get(name).map_or("", String::as_str)
    }

    /// The word of the glossary that a match of the set `glossary` is, and what stands there for it.
    pub fn meaning(&self, matched: &str) -> Option<(&str, &str)> {
        let forms = [matched, matched.trim_end_matches('s'), matched.trim_end_matches("es")];
        let entry = forms.into_iter().find_map(|form| self.glossary.get_key_value(form));
        entry.map(|(word, meaning)| (word.as_str(), meaning.as_str()))
    }

    pub fn fires(&self) -> &[Example] {
        &self.fires
    }

    pub fn silent(&self) -> &[Example] {
        &self.silent
    }

    /// The names of its sets.
    pub fn sets(&self) -> impl Iterator<Item = &str> {
        self.sets.keys().map(String::as_str)
    }
}

/// The words of a glossary, one or many of each; the longest that stands at a place is found.
fn glossary_pattern(glossary: &BTreeMap<String, String>) -> String {
    let mut words: Vec<&String> = glossary.keys().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let words: Vec<String> = words.into_iter().map(|word| regex::escape(word)).collect();
    format!(r"\b(?:{})(?:s|es)?\b", words.join("|"))
}

impl Set {
    fn regex(&self) -> &Regex {
        self.regex.get_or_init(|| {
            Regex::new(&self.pattern).expect("phrases are well-formed: a test compiles them all")
        })
    }
}

/// Makes plain regular expressions of a language's patterns.
struct Expander {
    fragments: BTreeMap<String, String>,
    accents: bool,
}

impl Expander {
    /// Puts fragments in; they may hold others. A word boundary of ASCII lets the fast engine run.
    fn expand(&self, mut pattern: String) -> String {
        for _ in 0..8 {
            if !pattern.contains("@{") {
                break;
            }
            for (name, fragment) in &self.fragments {
                pattern = pattern.replace(&format!("@{{{name}}}"), &format!("(?:{fragment})"));
            }
        }
        if self.accents { pattern } else { pattern.replace(r"\b", r"(?-u:\b)") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_compiles_and_knows_its_fragments() {
        for (language, pack) in Pack::all() {
            assert!(pack.rules.len() <= 128, "`Rules` holds one bit for each");
            for phrases in pack.rules.iter().map(|(_, phrases)| phrases).chain([&pack.lexicon]) {
                for set in phrases.sets.values() {
                    assert!(!set.pattern.contains("@{"), "{language}: unknown fragment in {}", set.pattern);
                    let upper = set.pattern.replace("\u{FFFC}", "").chars().any(|c| c.is_ascii_uppercase());
                    assert!(!upper, "{language}: not in lower case: {}", set.pattern);
                    assert!(!set.regex().is_match("xyzzy"), "{language}: matches anything: {}", set.pattern);
                }
            }
        }
        assert!(Pack::of("en-GB").is_some());
        assert!(Pack::of("xx").is_none());
    }

    #[test]
    fn fragments_hold_fragments_and_accents_are_letters_where_they_are_used() {
        let fragments = BTreeMap::from([
            ("unit".to_owned(), "minutes|hours".to_owned()),
            ("span".to_owned(), r"[0-9]+ @{unit}\b".to_owned()),
        ]);
        let expanded =
            |accents| Expander { fragments: fragments.clone(), accents }.expand("in @{span}".to_owned());
        assert_eq!(expanded(false), r"in (?:[0-9]+ (?:minutes|hours)(?-u:\b))");
        assert_eq!(expanded(true), r"in (?:[0-9]+ (?:minutes|hours)\b)");
    }
}
