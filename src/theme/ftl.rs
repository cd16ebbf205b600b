//! Reads `.ftl` files: Fluent's errors become findings, and each message is held against the built-in one of its name.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use fluent_bundle::{FluentError, FluentResource};
use fluent_syntax::ast::Entry;
use fluent_syntax::parser::{ErrorKind, ParserError};
use unic_langid::LanguageIdentifier;

use super::phrase::{Bundle, Phrase};
use super::strings::Strings;
use crate::diag::Finding;
use crate::text::{Source, Span, nearest};

/// Messages by `section.key`.
pub(super) type Words = BTreeMap<String, Phrase>;

/// The built-in words of a language and, over them, those of an overlay. `known` are the words in English: what they
/// lack is a finding. A message that cannot be said as it is written is a finding, and the built-in one stays.
pub(super) fn read(
    lang: &str,
    built_in: Option<&Source>,
    overlay: Option<&Source>,
    known: Option<&Strings>,
) -> (Words, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut words = Words::new();
    let plain = built_in.map(|source| (source, parse(source, &mut findings)));
    if let Some((source, resource)) = &plain {
        let bundle = bundle(lang, &[resource]);
        words = ready(source, resource, &bundle, known, &mut findings);
    }
    if let Some(source) = overlay {
        let resource = parse(source, &mut findings);
        let below = plain.iter().map(|(_, resource)| resource);
        let bundle = bundle(lang, &below.chain([&resource]).collect::<Vec<_>>());
        // A term of the overlay may stand in built-in messages too.
        if let Some((source, plain)) = &plain {
            let mut again = ready(source, plain, &bundle, None, &mut Vec::new());
            let own: HashSet<String> = messages(&resource).filter_map(key_of).collect();
            again.retain(|key, _| !own.contains(key));
            words.extend(again);
        }
        words.extend(ready(source, &resource, &bundle, known, &mut findings));
    }
    (words, findings)
}

fn parse(source: &Source, findings: &mut Vec<Finding>) -> Arc<FluentResource> {
    match FluentResource::try_new(source.text.to_string()) {
        Ok(resource) => Arc::new(resource),
        Err((resource, errors)) => {
            findings.extend(errors.iter().map(|error| unreadable(source, error)));
            Arc::new(resource)
        }
    }
}

fn bundle(lang: &str, resources: &[&Arc<FluentResource>]) -> Arc<Bundle> {
    let locale: LanguageIdentifier = lang.parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![locale]);
    // `phrase` isolates values itself, and only where the words run from right to left.
    bundle.set_use_isolating(false);
    for resource in resources {
        bundle.add_resource_overriding(Arc::clone(resource));
    }
    Arc::new(bundle)
}

fn messages(resource: &FluentResource) -> impl Iterator<Item = &str> {
    resource.entries().filter_map(|entry| match entry {
        Entry::Message(message) => Some(message.id.name),
        _ => None,
    })
}

/// The sound messages of a file.
fn ready(
    source: &Source,
    resource: &FluentResource,
    bundle: &Arc<Bundle>,
    known: Option<&Strings>,
    findings: &mut Vec<Finding>,
) -> Words {
    let mut words = Words::new();
    let mut seen = HashSet::new();
    for entry in resource.entries() {
        let id = match entry {
            Entry::Message(message) => message.id.name,
            Entry::Term(term) => term.id.name,
            _ => continue,
        };
        let place = span_of(resource, id);
        if !seen.insert((id, matches!(entry, Entry::Term(_)))) {
            findings.push(twice(source, place, id));
        }
        if matches!(entry, Entry::Term(_)) {
            continue;
        }
        let Some(key) = key_of(id) else {
            findings.push(unknown(source, place, id, known));
            continue;
        };
        if known.is_some_and(|known| !known.has(&key)) {
            findings.push(unknown(source, place, id, known));
        }
        let Some((phrase, errors)) = Phrase::new(bundle, id) else {
            findings.push(wordless(source, place, id));
            continue;
        };
        if let Some(error) = errors.first() {
            findings.push(unresolved(source, place, id, error));
            continue;
        }
        if let Some(finding) = known.and_then(|known| strange(source, place, &key, id, &phrase, known)) {
            findings.push(finding);
            continue;
        }
        words.insert(key, phrase);
    }
    words
}

/// `front-all-history` is `front.all_history` in templates and code.
pub(super) fn key_of(id: &str) -> Option<String> {
    let (section, key) = id.split_once('-')?;
    Some(format!("{section}.{}", key.replace('-', "_")))
}

fn id_of(key: &str) -> String {
    key.replace(['.', '_'], "-")
}

/// The place of a name that is a slice of the resource's text.
fn span_of(resource: &FluentResource, name: &str) -> Span {
    let start = (name.as_ptr() as usize).saturating_sub(resource.source().as_ptr() as usize);
    Span::new(start, start + name.len())
}

fn unreadable(source: &Source, error: &ParserError) -> Finding {
    let start = source.text.floor_char_boundary(error.pos.start);
    let end = source.text.ceil_char_boundary(error.pos.end);
    let (message, help) = match &error.kind {
        ErrorKind::ExpectedToken('=') => (
            "Here should be `=`.".to_owned(),
            "Write each message as: its-name = its words. Begin further lines of the words with spaces.",
        ),
        ErrorKind::ExpectedToken(token) => {
            (format!("Here should be `{token}`."), "Write what is filled in as { $name }.")
        }
        ErrorKind::ExpectedCharRange { .. } => (
            "A message cannot begin like this.".to_owned(),
            "Begin the line of a message with its name, further lines of it with spaces, and a comment with #.",
        ),
        ErrorKind::ExpectedMessageField { entry_id } => {
            (format!("`{entry_id}` has no words."), "Write the words after the =, or delete the line.")
        }
        ErrorKind::MissingDefaultVariant => (
            "None of these forms is the one for everything else.".to_owned(),
            "Mark that form with a star, such as *[other].",
        ),
        ErrorKind::UnbalancedClosingBrace => {
            ("This brace closes nothing.".to_owned(), "To show a brace, write { \"}\" }.")
        }
        ErrorKind::ExpectedInlineExpression => (
            "Nothing that Fluent knows stands after this brace.".to_owned(),
            "Write what is filled in as { $name }; to show a brace, write { \"{\" }.",
        ),
        kind => (format!("Fluent cannot read this: {kind}."), "Mend the line as projectfluent.org shows."),
    };
    let help = format!("{help} Until then the built-in words are used.");
    Finding::error("theme-strings", &source.path, Span::new(start, end.max(start)), message, help)
}

fn twice(source: &Source, place: Span, id: &str) -> Finding {
    let message = format!("`{id}` is there twice; the last one counts.");
    Finding::warning("theme-strings", &source.path, place, message, "Delete one of them.")
}

fn wordless(source: &Source, place: Span, id: &str) -> Finding {
    let message = format!("`{id}` has no words.");
    Finding::error(
        "theme-strings",
        &source.path,
        place,
        message,
        "Write the words after the =, or delete the line.",
    )
}

fn unresolved(source: &Source, place: Span, id: &str, error: &FluentError) -> Finding {
    Finding::error(
        "theme-strings",
        &source.path,
        place,
        format!("`{id}` cannot be put together: {error}."),
        "Correct the name that it refers to. Until then the built-in words are used.",
    )
}

fn unknown(source: &Source, place: Span, id: &str, known: Option<&Strings>) -> Finding {
    let names: Vec<String> = known.into_iter().flat_map(Strings::keys).map(id_of).collect();
    let help = match nearest(id, names.iter().map(String::as_str)) {
        Some(near) => format!("Did you mean `{near}`?"),
        None => "Delete it: no page uses it.".to_owned(),
    };
    let message = format!("The theme knows no words called `{id}`.");
    Finding::warning("theme-strings", &source.path, place, message, help)
}

/// A value that the English words of the same key do not have, so that nothing would fill it.
fn strange(
    source: &Source,
    place: Span,
    key: &str,
    id: &str,
    phrase: &Phrase,
    known: &Strings,
) -> Option<Finding> {
    let available = known.values(key)?;
    let strange: BTreeSet<&str> = phrase.values();
    let strange = strange.difference(&available).next()?;
    let available: Vec<String> = available.iter().map(|name| format!("{{ ${name} }}")).collect();
    let available = if available.is_empty() { "none".to_owned() } else { available.join(", ") };
    Some(Finding::error(
        "theme-strings",
        &source.path,
        place,
        format!("Nothing fills `{{ ${strange} }}` in `{id}`."),
        format!("What can stand there: {available}. Until then the built-in words are used."),
    ))
}
