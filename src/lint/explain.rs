//! The page of a rule, for `--explain` and for `docs/rules`: made from the rule itself and from its tests.

use std::fmt::Write as _;

use super::phrases::{Example, Pack};
use super::{Category, Check, Rule, rule, rules};
use crate::config::{READING_RULES, Settings};
use crate::diag::{Level, RulePage};

/// The page of a rule or of a finding of the reader, in markdown; `None` for an id that nothing reports.
pub fn explain(id: &str) -> Option<String> {
    if let Some(rule) = rule(id) {
        return Some(page(rule));
    }
    let (id, meaning) = READING_RULES.iter().find(|(reading, _)| *reading == id)?;
    Some(reading_page(id, meaning))
}

/// The page of a rule or of a finding of the reader, for formats that carry it along.
pub fn rule_page(id: &str, settings: &Settings) -> Option<RulePage> {
    let text = explain(id)?;
    let rule = rule(id);
    let meaning = READING_RULES.iter().find(|(reading, _)| *reading == id).map(|(_, meaning)| *meaning);
    Some(RulePage {
        summary: rule.map(|rule| rule.summary).or(meaning).unwrap_or_default().to_owned(),
        text,
        url: settings.lint.rules_url.as_ref().map(|url| url.replace("{rule}", id)),
        level: rule.map(|rule| rule.level),
        chapter: rule.map_or("Reading", |rule| rule.category.title()),
    })
}

/// Every id that [`explain`] knows, rules first.
pub fn explained() -> Vec<&'static str> {
    rules().iter().map(|rule| rule.id).chain(READING_RULES.iter().map(|(id, _)| *id)).collect()
}

/// The table of all rules, in markdown.
pub fn reference_index() -> String {
    let mut page = String::from(
        "# Rules\n\nWhat `candor check` reports, and why. Made from the rules themselves: `candor check --explain RULE` \
         prints the same pages. A level is the usual one; `candor.toml` may set others. \"Holds back\" means that an \
         update with such a finding is not published until it is mended.\n",
    );
    let listed = |category: &Category| rules().iter().any(|rule| rule.category == *category);
    for category in Category::ALL.into_iter().filter(listed) {
        let _ = write!(
            page,
            "\n## {}\n\n| rule | level | holds back | reports |\n| --- | --- | --- | --- |\n",
            category.title()
        );
        for rule in rules().iter().filter(|rule| rule.category == category) {
            let withholds = if rule.withholds { "yes" } else { "" };
            let _ = writeln!(
                page,
                "| [`{0}`]({0}.md) | {1} | {withholds} | {2} |",
                rule.id,
                level(rule.level),
                rule.summary
            );
        }
    }
    page.push_str("\n## Reading\n\n| rule | says |\n| --- | --- |\n");
    for (id, meaning) in READING_RULES {
        let _ = writeln!(page, "| [`{id}`]({id}.md) | {meaning} |");
    }
    page
}

fn page(rule: &Rule) -> String {
    let mut page = format!("# {}\n\n{}\n\n", rule.id, rule.summary);
    let _ = writeln!(page, "Level: {}. {}\n", level(rule.level), publication(rule));
    let _ = writeln!(page, "## Why\n\n{}\n\nSource: {}\n", rule.explanation, rule.source);
    let _ = writeln!(page, "## What lets it stand\n\n{}\n", rule.backing);
    if let Some(phrases) = Pack::of("en").and_then(|pack| pack.rule(rule.id)) {
        examples(&mut page, "Reported", phrases.fires());
        examples(&mut page, "Not reported", phrases.silent());
    }
    super::cases::describe(&mut page, rule.id);
    if !matches!(rule.check, Check::Silencing(_) | Check::Site(_)) {
        silencing(&mut page, rule);
    }
    page
}

fn publication(rule: &Rule) -> &'static str {
    match (rule.withholds, rule.overridable) {
        (true, true) => {
            "An update with such a finding is not published until it is mended; in an emergency \
             `<!-- candor: publish-anyway because REASON -->` in that update makes it a warning and publishes it all the same, and the quality page lists it."
        }
        (true, false) => "What it finds is never published, not even in an emergency.",
        (false, _) => "It never keeps an update from being published.",
    }
}

fn examples(page: &mut String, heading: &str, examples: &[Example]) {
    if examples.is_empty() {
        return;
    }
    let _ = writeln!(page, "## {heading}\n");
    for example in examples {
        let text = example.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = write!(page, "- {text}");
        if example.status != Example::USUAL_STATUS {
            let _ = write!(page, " (under `{}`)", example.status);
        }
        if !example.header.is_empty() {
            let _ = write!(page, " (with `{}`)", example.header.trim().replace('\n', "`, `"));
        }
        page.push('\n');
    }
    page.push('\n');
}

fn silencing(page: &mut String, rule: &Rule) {
    let _ = writeln!(
        page,
        "## How to silence it\n\nIn one place, with a comment on the line before the block; it is never published:\n\n\
         ```markdown\n<!-- candor: allow({}) because REASON -->\n```\n\n`until DATE` after the reason ends it. Before the \
         first block of an update it also covers its heading and header. For the whole site or some files, \
         `candor.toml` sets the level:\n\n```toml\n[lint]\n{} = \"{}\"\n```",
        rule.id,
        rule.id,
        if rule.level == Level::Error { "warning" } else { "off" }
    );
}

fn reading_page(id: &str, meaning: &str) -> String {
    let meanwhile = match id {
        "contrast" => "The theme's own colour is used until it is mended.",
        "base-url" => "The site is built all the same.",
        _ => {
            "What cannot be read as it was meant must not be guessed: what was published before stays on the page until it \
             is mended."
        }
    };
    format!(
        "# {id}\n\n{meaning}\n\nThis is reported while a file is read. The finding shows the place, the line and what to \
         write instead. It cannot be silenced. {meanwhile}\n"
    )
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Off => "off",
        Level::Info => "info",
        Level::Warning => "warning",
        Level::Error => "error",
    }
}
