//! The list of rules is closed, and what it names is there.

use std::collections::BTreeSet;
use std::fs;

use candor::config::Settings;
use candor::lint::{Check, Pack, overridable, rules};

fn sources() -> Vec<(String, String)> {
    let read = |entry: fs::DirEntry| {
        let name = entry.file_name().into_string().unwrap();
        (name.trim_end_matches(".rs").to_owned(), fs::read_to_string(entry.path()).unwrap())
    };
    fs::read_dir("src/lint/rules").unwrap().map(|entry| read(entry.unwrap())).collect()
}

#[test]
fn every_file_is_a_listed_rule_of_that_name() {
    let files: BTreeSet<String> =
        sources().into_iter().map(|(name, _)| name.replace('_', "-")).filter(|name| name != "mod").collect();
    let listed: BTreeSet<String> = rules().iter().map(|rule| rule.id.to_owned()).collect();
    assert_eq!(files, listed);
    assert_eq!(rules().len(), listed.len(), "an id stands twice");
}

#[test]
fn phrases_and_cases_belong_to_rules() {
    let known: BTreeSet<String> = rules().iter().map(|rule| rule.id.to_owned()).collect();
    let languages = Pack::all().into_keys().map(|language| format!("src/lint/phrases/{language}"));
    for folder in languages.chain(["src/lint/cases".to_owned()]) {
        for entry in fs::read_dir(&folder).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let id = name.strip_suffix(".toml").unwrap();
            assert!(id == "lexicon" || known.contains(id), "{folder}/{name} belongs to no rule");
        }
    }
}

/// A set that is misspelt in the code would match nothing, in silence.
#[test]
fn every_set_that_the_code_names_is_in_the_phrases() {
    let pack = Pack::of("en").unwrap();
    let lexicon: BTreeSet<&str> = pack.lexicon().sets().collect();
    let backing = fs::read_to_string("src/lint/backing.rs").unwrap();
    let agency = fs::read_to_string("src/lint/agency.rs").unwrap();
    for (name, source) in
        sources().into_iter().chain([("backing".to_owned(), backing), ("agency".to_owned(), agency)])
    {
        let own: BTreeSet<&str> =
            pack.rule(&name.replace('_', "-")).map(|phrases| phrases.sets().collect()).unwrap_or_default();
        for (receiver, set) in named_sets(&source) {
            let sets = if receiver == "lexicon" { &lexicon } else { &own };
            assert!(sets.contains(set.as_str()), "{name}.rs: no set `{set}` in {receiver}");
        }
    }
}

/// A language may lack a set, but what it has must have a reader.
#[test]
fn other_languages_have_no_sets_of_their_own() {
    let english = Pack::of("en").unwrap();
    let own = |pack: &'static Pack, rule: &str| -> BTreeSet<&'static str> {
        pack.rule(rule).map(|phrases| phrases.sets().collect()).unwrap_or_default()
    };
    for (language, pack) in Pack::all() {
        for rule in rules() {
            let strange: Vec<_> = own(pack, rule.id).difference(&own(english, rule.id)).copied().collect();
            assert!(strange.is_empty(), "{language}/{}: {strange:?}", rule.id);
        }
        let lexicon: BTreeSet<&str> = english.lexicon().sets().collect();
        let strange: Vec<_> = pack.lexicon().sets().filter(|set| !lexicon.contains(set)).collect();
        assert!(strange.is_empty(), "{language}/lexicon: {strange:?}");
    }
}

/// `(receiver, set)` of calls such as `phrases.has("set", …)`.
fn named_sets(source: &str) -> Vec<(String, String)> {
    let code = source.split("#[cfg(test)]").next().unwrap();
    let mut named = Vec::new();
    for method in [".has(\"", ".first(\"", ".find(\"", ".last_end(\""] {
        for (at, _) in code.match_indices(method) {
            let receiver = code[..at].rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
            let set = code[at + method.len()..].split('"').next().unwrap();
            named.push((receiver.to_owned(), set.to_owned()));
        }
    }
    named
}

#[test]
fn what_withholds_is_what_the_design_says() {
    let withheld: Vec<&str> = rules().iter().filter(|rule| rule.withholds).map(|rule| rule.id).collect();
    assert_eq!(
        withheld,
        [
            "unbacked-soon",
            "eta-in-past",
            "absolute-promise",
            "update-in-future",
            "unchecked-never-before",
            "silent-edit",
            "translation-awaited",
            "status-text-conflict",
            "raw-html",
            "unsafe-link"
        ]
    );
    let never: Vec<&str> = rules().iter().map(|rule| rule.id).filter(|id| !overridable(id)).collect();
    assert_eq!(never, ["silent-edit", "raw-html", "unsafe-link"]);
    assert!(!overridable("unreadable"));
    assert!(overridable("bad-time"));
    assert!(rules().iter().all(|rule| !(rule.withholds && matches!(rule.check, Check::History(_)))));
}

#[test]
fn messages_are_complete() {
    for rule in rules() {
        for text in [rule.summary, rule.explanation, rule.source, rule.backing] {
            assert!(text.trim_end_matches('”').ends_with('.') && !text.contains("  "), "{}: {text}", rule.id);
        }
    }
    assert_eq!(Settings::default().default_language(), "en");
}
