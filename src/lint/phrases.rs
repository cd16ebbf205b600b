//! Phrases as data: one folder per language, one file per rule, with the sentences that must and must not fire.
//!
//! A file holds sets of patterns. Those under `[words]` match whole words, those under `[patterns]` as they are; all
//! match in any case. `@{name}` stands for a fragment of the language's `lexicon.toml`. `triggers` are literal words,
//! one of which stands in every passage that the rule could report: a first look so cheap that a site with ten thousand
//! incidents is read in one go. Which set means what is the rule's affair.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use include_dir::{Dir, include_dir};
use regex::Regex;
use serde::Deserialize;

static LANGUAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/lint/phrases");

/// All phrases of one language.
pub struct Pack {
    lexicon: Phrases,
    rules: HashMap<&'static str, Phrases>,
    triggers: AhoCorasick,
    /// For each trigger, the rule whose file holds it.
    trigger_rules: Vec<&'static str>,
}

/// The phrases of one rule in one language.
pub struct Phrases {
    sets: BTreeMap<String, Set>,
    suggestions: BTreeMap<String, String>,
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
    triggers: Vec<String>,
    words: BTreeMap<String, Vec<String>>,
    patterns: BTreeMap<String, Vec<String>>,
    suggestions: BTreeMap<String, String>,
    fires: Vec<Example>,
    silent: Vec<Example>,
}

impl Pack {
    /// The phrases for a BCP 47 tag; `None` where nobody has written any.
    pub fn of(language: &str) -> Option<&'static Self> {
        static PACKS: OnceLock<HashMap<&'static str, Pack>> = OnceLock::new();
        let packs = PACKS.get_or_init(|| {
            LANGUAGES.dirs().filter_map(|dir| Some((dir.path().to_str()?, Self::load(dir)))).collect()
        });
        let primary = language.split(['-', '_']).next().unwrap_or_default();
        packs.get(primary).or_else(|| packs.get(primary.to_ascii_lowercase().as_str()))
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
        let fragments = files
            .iter_mut()
            .find(|(name, _)| *name == LEXICON)
            .map(|(_, file)| std::mem::take(&mut file.fragments))
            .unwrap_or_default();
        let mut triggers = Vec::new();
        let mut trigger_rules = Vec::new();
        let mut rules = HashMap::new();
        for (name, mut file) in files {
            trigger_rules.extend(file.triggers.iter().map(|_| name));
            triggers.append(&mut file.triggers);
            rules.insert(name, Phrases::from_file(file, &fragments));
        }
        let triggers = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(&triggers)
            .expect("a few hundred short words make a small automaton");
        let lexicon = rules.remove(LEXICON).expect("every language has a lexicon");
        Self { lexicon, rules, triggers, trigger_rules }
    }

    /// Phrases that several rules share.
    pub fn lexicon(&self) -> &Phrases {
        &self.lexicon
    }

    pub fn rule(&self, id: &str) -> Option<&Phrases> {
        self.rules.get(id)
    }

    /// The rules whose triggers stand in one of the texts.
    pub fn triggered<'t>(&self, texts: impl Iterator<Item = &'t str>) -> Vec<&'static str> {
        let mut found = Vec::new();
        for text in texts {
            for hit in self.triggers.find_overlapping_iter(text) {
                let rule = self.trigger_rules[hit.pattern().as_usize()];
                if !found.contains(&rule) {
                    found.push(rule);
                }
            }
        }
        found
    }
}

const LEXICON: &str = "lexicon";

impl Phrases {
    fn from_file(file: PhraseFile, fragments: &BTreeMap<String, String>) -> Self {
        let set = |pattern: String| Set { pattern: expand(pattern, fragments), regex: OnceLock::new() };
        let mut sets = BTreeMap::new();
        for (name, words) in file.words {
            sets.insert(name, set(format!(r"(?i)\b(?:{})\b", words.join("|"))));
        }
        for (name, patterns) in file.patterns {
            sets.insert(name, set(format!("(?i)(?:{})", patterns.join("|"))));
        }
        Self { sets, suggestions: file.suggestions, fires: file.fires, silent: file.silent }
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

impl Set {
    fn regex(&self) -> &Regex {
        self.regex.get_or_init(|| {
            Regex::new(&self.pattern).expect("phrases are well-formed: a test compiles them all")
        })
    }
}

/// Puts fragments in; they may hold others. A word boundary of ASCII lets the fast engine run.
fn expand(mut pattern: String, fragments: &BTreeMap<String, String>) -> String {
    for _ in 0..8 {
        if !pattern.contains("@{") {
            break;
        }
        for (name, fragment) in fragments {
            pattern = pattern.replace(&format!("@{{{name}}}"), &format!("(?:{fragment})"));
        }
    }
    pattern.replace(r"\b", r"(?-u:\b)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_compiles_and_knows_its_fragments() {
        let pack = Pack::of("en-GB").unwrap();
        for phrases in pack.rules.values().chain([&pack.lexicon]) {
            for set in phrases.sets.values() {
                assert!(!set.pattern.contains("@{"), "unknown fragment in {}", set.pattern);
                assert!(!set.regex().is_match("xyzzy"), "matches anything: {}", set.pattern);
            }
        }
        assert!(Pack::of("xx").is_none());
    }

    #[test]
    fn fragments_hold_fragments() {
        let fragments = BTreeMap::from([
            ("unit".to_owned(), "minutes|hours".to_owned()),
            ("span".to_owned(), r"\d+ @{unit}".to_owned()),
        ]);
        assert_eq!(expand("in @{span}".to_owned(), &fragments), r"in (?:\d+ (?:minutes|hours))");
    }
}
