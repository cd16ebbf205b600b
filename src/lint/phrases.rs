//! Phrases as data: one folder per language, one file per rule, with the sentences that must and must not fire.
//!
//! A file holds sets of patterns, in lower case, as the sentences are that they are held against. Those under `[words]`
//! match whole words, those under `[patterns]` as they are. `@{name}` stands for a fragment of the language's `lexicon.toml`. `triggers` are literal words,
//! one of which stands in every passage that the rule could report: a first look so cheap that a site with ten thousand
//! incidents is read in one go. Under `[glossary]` are literal words with what to say for them, or their value; they are
//! triggers and the set `glossary`. Under `[cues]` are, for some sets, literal words one of which stands in every text that
//! the set matches, so that its engine is seldom made. Which set means what is the rule's affair.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, LazyLock, OnceLock};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use include_dir::{Dir, include_dir};
use regex_automata::meta::Regex;
use serde::Deserialize;

static LANGUAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/lint/phrases");

/// All phrases of one language.
pub struct Pack {
    lexicon: Phrases,
    /// By id of the rule.
    rules: Vec<(&'static str, Lazy)>,
    triggers: AhoCorasick,
    /// In the order of the automaton's patterns.
    trigger_rules: Vec<Trigger>,
}

/// The phrases of a rule, read when its triggers first stand in a text.
type Lazy = LazyLock<Phrases, Box<dyn FnOnce() -> Phrases + Send + Sync>>;

/// What stands behind one literal word.
#[derive(Clone, Copy)]
struct Trigger {
    /// The index of the rule whose file holds it.
    rule: usize,
    /// A word of the glossary counts only as a word.
    whole: bool,
}

/// Languages by name, each with its folder and what was read from it.
type Packs = Vec<(&'static str, &'static Dir<'static>, OnceLock<Pack>)>;

fn packs() -> &'static Packs {
    static PACKS: OnceLock<Packs> = OnceLock::new();
    PACKS.get_or_init(|| {
        LANGUAGES.dirs().filter_map(|dir| Some((dir.path().to_str()?, dir, OnceLock::new()))).collect()
    })
}

/// Some of the rules of a pack.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Rules(u128);

/// The phrases of one rule in one language.
pub struct Phrases {
    sets: BTreeMap<String, Set>,
    expander: Arc<Expander>,
    suggestions: BTreeMap<String, String>,
    glossary: BTreeMap<String, String>,
    /// The whole file.
    text: &'static str,
    /// Read when first asked for: no check needs them.
    examples: OnceLock<Examples>,
}

struct Set {
    /// With fragments still to be put in.
    pattern: String,
    /// Literal words one of which stands in every text that it matches; empty: none are known.
    cues: Vec<String>,
    /// Made when a text is first held against it: most texts need few sets.
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
    cues: BTreeMap<String, Vec<String>>,
    words: BTreeMap<String, Vec<String>>,
    patterns: BTreeMap<String, Vec<String>>,
    suggestions: BTreeMap<String, String>,
    glossary: BTreeMap<String, String>,
}

/// What is needed of every rule's file to know which rules a text concerns.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Head {
    triggers: Vec<String>,
    glossary: BTreeMap<String, String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Examples {
    fires: Vec<Example>,
    silent: Vec<Example>,
}

/// A phrase file without its examples: these stand last before the first table.
fn without_examples(text: &str) -> String {
    let start = ["\nfires = [", "\nsilent = ["].into_iter().filter_map(|key| text.find(key)).min();
    let Some(start) = start else { return text.to_owned() };
    let tables = text[start..].find("\n[").map_or("", |at| &text[start + at..]);
    format!("{}{tables}", &text[..start])
}

impl PhraseFile {
    fn read(text: &str) -> Self {
        toml::from_str(&without_examples(text)).expect("phrase files are well-formed: a test reads them all")
    }
}

impl Head {
    fn read(text: &str) -> Self {
        let head =
            ["\nfires = [", "\nsilent = [", "\n["].into_iter().filter_map(|next| text.find(next)).min();
        let glossary = text.find("\n[glossary]").map_or("", |start| {
            let table = &text[start..];
            &table[..table[1..].find("\n[").map_or(table.len(), |end| end + 1)]
        });
        toml::from_str(&format!("{}{glossary}", &text[..head.unwrap_or(text.len())]))
            .expect("phrase files are well-formed: a test reads them all")
    }
}

impl Pack {
    /// The phrases for a BCP 47 tag; `None` where nobody has written any. A language is read when first asked for.
    pub fn of(language: &str) -> Option<&'static Self> {
        let primary = language.split(['-', '_']).next().unwrap_or_default();
        let (_, dir, pack) = packs().iter().find(|(name, ..)| name.eq_ignore_ascii_case(primary))?;
        Some(pack.get_or_init(|| Self::load(dir)))
    }

    /// Every language that somebody has written phrases for.
    pub fn all() -> BTreeMap<&'static str, &'static Self> {
        packs().iter().filter_map(|(name, ..)| Some((*name, Self::of(name)?))).collect()
    }

    fn load(dir: &'static Dir<'static>) -> Self {
        let mut files: Vec<(&'static str, &'static str)> = dir
            .files()
            .filter_map(|file| Some((file.path().file_stem()?.to_str()?, file.contents_utf8()?)))
            .collect();
        files.sort_unstable();
        let lexicon =
            files.iter().position(|(name, _)| *name == LEXICON).expect("every language has a lexicon");
        let (_, text) = files.remove(lexicon);
        let mut file = PhraseFile::read(text);
        let expander =
            Arc::new(Expander { fragments: std::mem::take(&mut file.fragments), accents: file.accents });
        let lexicon = Phrases::from_file(file, text, &expander);
        let mut triggers = Vec::new();
        let mut trigger_rules = Vec::new();
        let mut rules: Vec<(&'static str, Lazy)> = Vec::new();
        for (name, text) in files {
            let rule = rules.len();
            let head = Head::read(text);
            trigger_rules.extend(head.triggers.iter().map(|_| Trigger { rule, whole: false }));
            triggers.extend(head.triggers);
            trigger_rules.extend(head.glossary.keys().map(|_| Trigger { rule, whole: true }));
            triggers.extend(head.glossary.into_keys());
            let expander = expander.clone();
            let read = move || Phrases::from_file(PhraseFile::read(text), text, &expander);
            rules.push((name, LazyLock::new(Box::new(read))));
        }
        let triggers = AhoCorasick::builder()
            // A command that checks one file spends more on making an automaton than on running it.
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&triggers)
            .expect("a few hundred short words make a small automaton");
        Self { lexicon, rules, triggers, trigger_rules }
    }

    /// Phrases that several rules share.
    pub fn lexicon(&self) -> &Phrases {
        &self.lexicon
    }

    pub fn rule(&self, id: &str) -> Option<&Phrases> {
        self.rules.iter().find(|(rule, _)| *rule == id).map(|(_, phrases)| &**phrases)
    }

    /// The phrases of a rule, if it is among some.
    pub(super) fn triggered_rule(&self, id: &str, among: Rules) -> Option<&Phrases> {
        let index = self.rules.iter().position(|(rule, _)| *rule == id)?;
        let (_, phrases) = self.rules.get(index)?;
        (among.0 >> index & 1 == 1).then(|| &**phrases)
    }

    /// The rules whose triggers stand in one of the texts, which are in lower case.
    pub(super) fn triggered<'t>(&self, texts: impl Iterator<Item = &'t str>) -> Rules {
        let mut found = 0;
        for text in texts {
            for hit in self.triggers.find_overlapping_iter(text) {
                let trigger = self.trigger_rules[hit.pattern().as_usize()];
                if !trigger.whole || is_whole(text, hit.start()..hit.end()) {
                    found |= 1 << trigger.rule;
                }
            }
        }
        Rules(found)
    }
}

const LEXICON: &str = "lexicon";

impl Phrases {
    fn from_file(file: PhraseFile, text: &'static str, expander: &Arc<Expander>) -> Self {
        let mut sets = BTreeMap::new();
        let mut cues = file.cues;
        let mut add = |name: String, pattern: String| {
            let cues = cues.remove(&name).unwrap_or_default();
            sets.insert(name, Set { pattern, cues, regex: OnceLock::new() });
        };
        for (name, words) in file.words {
            add(name, format!(r"\b(?:{})\b", words.join("|")));
        }
        for (name, patterns) in file.patterns {
            add(name, format!("(?:{})", patterns.join("|")));
        }
        if !file.glossary.is_empty() {
            add("glossary".to_owned(), glossary_pattern(&file.glossary));
        }
        assert!(cues.is_empty(), "cues for sets that there are: a test reads all files");
        let PhraseFile { suggestions, glossary, .. } = file;
        Self { sets, expander: expander.clone(), suggestions, glossary, text, examples: OnceLock::new() }
    }

    /// The engine of a set, unless it cannot match in `text`.
    fn regex(&self, set: &str, text: &str) -> Option<&Regex> {
        let set = self.sets.get(set)?;
        if !set.cues.is_empty() && !set.cues.iter().any(|cue| text.contains(cue)) {
            return None;
        }
        Some(set.regex.get_or_init(|| compile(&self.expander.expand(&set.pattern))))
    }

    /// Every place in `text` that a set matches. A set that the language lacks matches nothing.
    pub fn find<'t>(&self, set: &str, text: &'t str) -> impl Iterator<Item = Range<usize>> + use<'_, 't> {
        self.regex(set, text)
            .into_iter()
            .flat_map(move |regex| regex.find_iter(text))
            .map(|found| found.range())
    }

    pub fn has(&self, set: &str, text: &str) -> bool {
        self.regex(set, text).is_some_and(|regex| regex.is_match(text))
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
        &self.examples().fires
    }

    pub fn silent(&self) -> &[Example] {
        &self.examples().silent
    }

    fn examples(&self) -> &Examples {
        self.examples.get_or_init(|| {
            toml::from_str(self.text).expect("examples are well-formed: a test reads them all")
        })
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

/// Whether a word of a glossary stands on its own, as one or as many.
fn is_whole(text: &str, at: Range<usize>) -> bool {
    let joins = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let rest = &text[at.end..];
    let ends = ["", "s", "es"].into_iter().filter_map(|many| rest.strip_prefix(many));
    !text[..at.start].ends_with(joins) && ends.into_iter().any(|rest| !rest.starts_with(joins))
}

/// The engine for a pattern. Sentences are short and there are hundreds of sets, so what makes an engine quick to build counts
/// for more than what makes it quick on long texts.
fn compile(pattern: &str) -> Regex {
    let quick = Regex::config().auto_prefilter(false).onepass(false).dfa(false);
    Regex::builder()
        .configure(quick)
        .build(pattern)
        .expect("phrases are well-formed: a test compiles them all")
}

/// Makes plain regular expressions of a language's patterns.
struct Expander {
    fragments: BTreeMap<String, String>,
    accents: bool,
}

impl Expander {
    /// Puts fragments in; they may hold others. A word boundary of ASCII lets the fast engine run.
    fn expand(&self, pattern: &str) -> String {
        let mut expanded = String::with_capacity(pattern.len() * 2);
        self.put(pattern, &mut expanded);
        if self.accents { expanded } else { expanded.replace(r"\b", r"(?-u:\b)") }
    }

    /// Appends a pattern. An unknown fragment stays as it is written.
    fn put(&self, pattern: &str, expanded: &mut String) {
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once("@{") {
            expanded.push_str(before);
            let name = after.split_once('}').map_or("", |(name, _)| name);
            match self.fragments.get(name) {
                Some(fragment) => {
                    expanded.push_str("(?:");
                    self.put(fragment, expanded);
                    expanded.push(')');
                    rest = &after[name.len() + 1..];
                }
                None => {
                    expanded.push_str("@{");
                    rest = after;
                }
            }
        }
        expanded.push_str(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_compiles_and_knows_its_fragments() {
        for (language, pack) in Pack::all() {
            assert!(pack.rules.len() <= 128, "`Rules` holds one bit for each");
            for phrases in pack.rules.iter().map(|(_, phrases)| &**phrases).chain([&pack.lexicon]) {
                for (name, set) in &phrases.sets {
                    let pattern = phrases.expander.expand(&set.pattern);
                    assert!(!pattern.contains("@{"), "{language}: unknown fragment in {pattern}");
                    let upper = pattern.replace("\u{FFFC}", "").chars().any(|c| c.is_ascii_uppercase());
                    assert!(!upper, "{language}: not in lower case: {pattern}");
                    assert!(!phrases.has(name, "xyzzy"), "{language}: matches anything: {pattern}");
                }
            }
        }
        assert!(Pack::of("en-GB").is_some());
        assert!(Pack::of("xx").is_none());
    }

    #[test]
    fn nothing_but_examples_is_left_out() {
        let mut cut = 0;
        for file in LANGUAGES.dirs().flat_map(Dir::files) {
            let text = file.contents_utf8().unwrap();
            let mut whole: toml::Table = toml::from_str(text).unwrap();
            cut += [whole.remove("fires"), whole.remove("silent")].into_iter().flatten().count();
            let read: toml::Table = toml::from_str(&without_examples(text)).unwrap();
            assert_eq!(read, whole, "{}: examples stand last before the first table", file.path().display());
            let (head, whole) = (Head::read(text), toml::from_str::<Head>(text).unwrap());
            assert_eq!((head.triggers, head.glossary), (whole.triggers, whole.glossary));
        }
        assert!(cut > 40, "{cut}");
    }

    #[test]
    fn where_a_set_matches_one_of_its_cues_stands() {
        let mut matched = 0;
        for pack in Pack::all().into_values() {
            let all = || pack.rules.iter().map(|(_, phrases)| &**phrases).chain([&pack.lexicon]);
            let examples = all().flat_map(|phrases| phrases.fires().iter().chain(phrases.silent()));
            let texts: Vec<String> = examples.map(|example| example.text.to_lowercase()).collect();
            for phrases in all() {
                for set in phrases.sets.values().filter(|set| !set.cues.is_empty()) {
                    let regex = compile(&phrases.expander.expand(&set.pattern));
                    for text in texts.iter().filter(|text| regex.is_match(text.as_str())) {
                        matched += 1;
                        assert!(set.cues.iter().any(|cue| text.contains(cue)), "{}: {text}", set.pattern);
                    }
                }
            }
        }
        assert!(matched > 20, "some examples are about these sets: {matched}");
    }

    #[test]
    fn a_word_of_a_glossary_counts_only_as_a_word() {
        let whole = |text: &str, word: &str| {
            let start = text.find(word).unwrap();
            is_whole(text, start..start + word.len())
        };
        assert!(whole("the ttl is up", "ttl") && whole("many ttls", "ttl") && whole("(ttl)", "ttl"));
        assert!(!whole("bottled water", "ttl") && !whole("ttlx", "ttl"));
    }

    #[test]
    fn fragments_hold_fragments_and_accents_are_letters_where_they_are_used() {
        let fragments = BTreeMap::from([
            ("unit".to_owned(), "minutes|hours".to_owned()),
            ("span".to_owned(), r"[0-9]+ @{unit}\b".to_owned()),
        ]);
        let expanded = |accents| Expander { fragments: fragments.clone(), accents }.expand("in @{span}");
        assert_eq!(expanded(false), r"in (?:[0-9]+ (?:minutes|hours)(?-u:\b))");
        assert_eq!(expanded(true), r"in (?:[0-9]+ (?:minutes|hours)\b)");
    }
}
