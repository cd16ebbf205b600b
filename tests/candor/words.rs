//! The theme's words: every language says everything, in every plural form that it has, and nothing is there in vain.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey};
use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use regex::Regex;
use unic_langid::LanguageIdentifier;

/// The languages that are built in.
const LANGUAGES: &[&str] = &["en", "fr", "es", "de", "cy", "ar"];

/// Sections of which code names a key by a word of a closed list.
const FAMILIES: &[&str] = &["languages", "severity", "state", "status"];

#[derive(Debug, Default)]
struct Message {
    values: BTreeSet<String>,
    /// For each choice, what chooses and the names of its forms.
    choices: Vec<(String, BTreeSet<String>)>,
}

fn messages(lang: &str) -> BTreeMap<String, Message> {
    let text = fs::read_to_string(format!("themes/default/strings/{lang}.ftl")).unwrap();
    parse(&text)
}

fn parse(text: &str) -> BTreeMap<String, Message> {
    let resource = fluent_syntax::parser::parse_runtime(text).unwrap();
    let mut messages = BTreeMap::new();
    for entry in &resource.body {
        if let Entry::Message(message) = entry {
            let mut found = Message::default();
            pattern(message.value.as_ref().unwrap(), &mut found);
            messages.insert(message.id.name.to_owned(), found);
        }
    }
    messages
}

fn pattern(written: &Pattern<&str>, found: &mut Message) {
    for element in &written.elements {
        if let PatternElement::Placeable { expression } = element {
            read(expression, found);
        }
    }
}

fn read(expression: &Expression<&str>, found: &mut Message) {
    match expression {
        Expression::Inline(InlineExpression::VariableReference { id }) => {
            found.values.insert(id.name.to_owned());
        }
        Expression::Inline(_) => {}
        Expression::Select { selector: InlineExpression::VariableReference { id }, variants } => {
            found.values.insert(id.name.to_owned());
            found.choices.push((id.name.to_owned(), variants.iter().map(name).collect()));
            for variant in variants {
                pattern(&variant.value, found);
            }
        }
        Expression::Select { .. } => panic!("a choice by something else than a value"),
    }
}

fn name(variant: &Variant<&str>) -> String {
    match &variant.key {
        VariantKey::Identifier { name } => (*name).to_owned(),
        VariantKey::NumberLiteral { value } => (*value).to_owned(),
    }
}

/// The plural forms of a language that whole numbers take, as Unicode's CLDR has them.
fn plural_forms(lang: &str) -> BTreeSet<String> {
    let rules =
        PluralRules::create(lang.parse::<LanguageIdentifier>().unwrap(), PluralRuleType::CARDINAL).unwrap();
    let forms = (0..=1000_usize).map(|n| match rules.select(n).unwrap() {
        PluralCategory::ZERO => "zero",
        PluralCategory::ONE => "one",
        PluralCategory::TWO => "two",
        PluralCategory::FEW => "few",
        PluralCategory::MANY => "many",
        PluralCategory::OTHER => "other",
    });
    forms.map(str::to_owned).collect()
}

/// What is wrong with one language's messages beside the English ones.
fn faults(lang: &str, english: &BTreeMap<String, Message>, own: &BTreeMap<String, Message>) -> Vec<String> {
    let mut faults = Vec::new();
    let forms = plural_forms(lang);
    for (id, there) in english {
        let Some(here) = own.get(id) else {
            faults.push(format!("{lang}: `{id}` is missing"));
            continue;
        };
        if here.values != there.values {
            faults.push(format!(
                "{lang}: `{id}` has the values {:?}, in English {:?}",
                here.values, there.values
            ));
        }
        for (value, _) in &there.choices {
            if forms.len() > 1 && here.choices.iter().all(|(other, _)| other != value) {
                faults.push(format!("{lang}: `{id}` has one form for every {value}"));
            }
        }
        for (value, has) in &here.choices {
            let missing: Vec<_> = forms.difference(has).collect();
            if !missing.is_empty() {
                faults.push(format!("{lang}: `{id}` lacks the forms {missing:?} of {value}"));
            }
        }
    }
    let extra = own.keys().filter(|id| !english.contains_key(*id));
    faults.extend(extra.map(|id| format!("{lang}: `{id}` is not in English")));
    faults
}

#[test]
fn every_language_says_everything_in_every_plural_form() {
    let english = messages("en");
    let files = fs::read_dir("themes/default/strings").unwrap().count();
    assert_eq!(files, LANGUAGES.len(), "a language is not held against English");
    let mut wrong = Vec::new();
    for lang in LANGUAGES {
        wrong.extend(faults(lang, &english, &messages(lang)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_fault_in_the_words_of_a_language_is_found() {
    let english = parse("a = x { $t }\nb = y\nn = { $n ->\n [one] { $n } d\n *[other] { $n } ds\n }");
    let welsh = parse("a = x { $u }\nc = z\nn = { $n ->\n [one] { $n } d\n *[other] { $n } ds\n }");
    let found = faults("cy", &english, &welsh).join("\n");
    for words in [
        "cy: `a` has the values {\"u\"}",
        "cy: `b` is missing",
        "cy: `n` lacks the forms [\"few\", \"many\", \"two\", \"zero\"] of n",
        "cy: `c` is not in English",
    ] {
        assert!(found.contains(words), "{words} in\n{found}");
    }
    let flat = parse("a = x { $t }\nb = y\nn = { $n } d");
    assert_eq!(faults("fr", &english, &flat), ["fr: `n` has one form for every n"]);
    assert_eq!(faults("ja", &english, &flat), Vec::<String>::new());
}

fn files(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// The messages that templates and code name, with the file that does: all that might be one, and those that surely are.
fn named() -> [BTreeMap<String, PathBuf>; 2] {
    let mut paths = Vec::new();
    files(Path::new("src"), &mut paths);
    files(Path::new("themes/default"), &mut paths);
    let template = Regex::new(r"\b(?:s|words)\.([a-z]+)\.([a-z_]+)").unwrap();
    let literal = Regex::new(r#""([a-z]+)\.([a-z_]+)""#).unwrap();
    let spoken = Regex::new(r#"\b(?:say|say_html|word|count)\(\s*"([a-z]+)\.([a-z_]+)""#).unwrap();
    let mut named = [BTreeMap::new(), BTreeMap::new()];
    for path in paths {
        let text = fs::read_to_string(&path).unwrap_or_default();
        let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        let patterns = match path.extension().and_then(|ending| ending.to_str()) {
            Some("rs") => [&literal, &spoken],
            Some("html" | "txt") => [&template, &template],
            _ => continue,
        };
        for (named, pattern) in named.iter_mut().zip(patterns) {
            for found in pattern.captures_iter(text) {
                named.insert(format!("{}-{}", &found[1], found[2].replace('_', "-")), path.clone());
            }
        }
    }
    named
}

#[test]
fn every_message_is_used_and_every_used_one_is_there() {
    let english = messages("en");
    let [named, surely] = named();
    let family = |id: &str| FAMILIES.contains(&id.split('-').next().unwrap());
    let unused: Vec<_> = english.keys().filter(|id| !family(id) && !named.contains_key(*id)).collect();
    assert!(unused.is_empty(), "no template and no code uses {unused:#?}");
    let missing: Vec<_> = surely.iter().filter(|(id, _)| !english.contains_key(*id)).collect();
    assert!(missing.is_empty(), "the words lack {missing:#?}");
}
