//! Words that residents do not know: the language's list and the site's own.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::config::Term;
use crate::diag::Level;
use crate::lint::{Category, Check, Lowered, Passage, Phrases, Report, Rule};

use super::house_phrase::whole_words;

pub(super) const RULE: Rule = Rule {
    id: "jargon",
    category: Category::Size,
    level: Level::Warning,
    withholds: false,
    overridable: true,
    summary: "A word of the trade that residents do not know, unexplained.",
    explanation: "A reader who meets “failover” or “turbidity” stops at it, and wonders whether it is dangerous. Most \
        such words tell what our machines did; people need what it means for them. `[[term]]` in `candor.toml` adds words \
        of your own with what to say (`jargon = \"PRV\"`, `say = \"pressure-reducing valve\"`); an entry without `say` \
        is a word that your readers know.",
    source: "Statuspage: write in layman's terms. GOV.UK: no “500”, no “bad request”. Guides to plain language.",
    backing: "An explanation beside it, in brackets, after a dash or after “which means”, once in the update; the words of \
        the `[[term]]` entry beside it; code; the name of one of your services; `audience = \"technical\"`.",
    check: Check::Words(check),
};

fn check(passage: &Passage<'_>, report: &mut Report<'_>) {
    if passage.technical {
        return;
    }
    let house = &passage.context.settings.terms;
    house.iter().filter(|term| !term.say.is_empty()).for_each(|term| house_term(term, passage, report));
    let Some(phrases) = passage.phrases(RULE.id) else { return };
    let mut seen: BTreeSet<&str> = house.iter().map(|term| term.jargon.as_str()).collect();
    for sentence in passage.sentences() {
        listed(phrases, passage, &sentence, &mut seen, report);
    }
}

/// Reports the first use of each word of the language's list, unless it is explained somewhere.
fn listed<'p>(
    phrases: &'p Phrases,
    passage: &'p Passage<'_>,
    sentence: &Lowered<'p>,
    seen: &mut BTreeSet<&'p str>,
    report: &mut Report<'_>,
) {
    let text = sentence.text;
    for range in phrases.find("glossary", text) {
        let Some((word, say)) = phrases.meaning(&text[range.clone()]) else { continue };
        let known = seen.iter().any(|seen| seen.eq_ignore_ascii_case(word));
        if known || phrases.has("plain", text) || is_name(passage, text, word) || is_address(text, &range) {
            continue;
        }
        seen.insert(word);
        if !is_explained(phrases, passage, word) {
            let words = sentence.written(range.clone());
            report.find(
                passage.place(sentence.original(range)),
                format!("“{words}” is a word that many readers do not know."),
                format!("Say it in words that readers use (“{say}”), or explain it once in brackets."),
            );
        }
    }
    for (set, say) in [("code", phrases.suggestion("code")), ("zone", phrases.suggestion("zone"))] {
        let Some(range) = phrases.find(set, text).next().filter(|_| seen.insert(set)) else { continue };
        report.find(
            passage.place(sentence.original(range.clone())),
            format!("“{}” tells readers nothing.", sentence.written(range)),
            format!("Say what people see: {say}."),
        );
    }
}

fn house_term(term: &Term, passage: &Passage<'_>, report: &mut Report<'_>) {
    let (jargon, say) = (term.jargon.to_lowercase(), term.say.to_lowercase());
    let find = |text: &str| {
        let stands = text.contains(&jargon);
        let forms = || [jargon.clone(), format!("{jargon}s")].into_iter();
        if stands { forms().find_map(|form| whole_words(text, &form).into_iter().next()) } else { None }
    };
    let used = passage.sentences().find_map(|sentence| Some((sentence, find(sentence.text)?)));
    let Some((sentence, range)) = used else { return };
    if passage.sentences().any(|sentence| sentence.text.contains(&say)) || is_name(passage, sentence.text, &jargon) {
        return;
    }
    report.find(
        passage.place(sentence.original(range.clone())),
        format!("“{}” is a word that this site's readers do not know.", sentence.written(range)),
        format!("Say “{}”, or put it beside this once.", term.say),
    );
}

/// Whether a word is explained anywhere in the passage.
fn is_explained(phrases: &Phrases, passage: &Passage<'_>, word: &str) -> bool {
    passage.sentences().any(|sentence| {
        let text = sentence.text;
        let mut uses = phrases.find("glossary", text).filter(|range| {
            phrases.meaning(&text[range.clone()]).is_some_and(|(found, _)| found == word)
        });
        uses.any(|range| {
            phrases.has("explained_after", &text[range.end..]) || phrases.has("explained_before", &text[..range.start])
        })
    })
}

/// Whether a word is a part of an address or of a file's name: `jwks.json`, `api.example.org`.
fn is_address(text: &str, range: &Range<usize>) -> bool {
    let joint = |c: char| matches!(c, '.' | '/' | '_' | '@' | '#' | ':');
    let mut after = text[range.end..].chars();
    let goes_on = after.next().is_some_and(joint) && after.next().is_some_and(char::is_alphanumeric);
    text[..range.start].ends_with(joint) || goes_on
}

/// Whether a word stands in the sentence only as part of a service's name.
fn is_name(passage: &Passage<'_>, text: &str, word: &str) -> bool {
    let services = &passage.context.content.registers.services;
    let names = services.iter().flat_map(|service| service.names());
    names.map(|name| name.to_lowercase()).any(|name| name.contains(word) && text.contains(&name))
}
