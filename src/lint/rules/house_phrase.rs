//! The house's own phrases: `[[phrase]]` in `candor.toml`.

use crate::config::HousePhrase;
use crate::content::Header;
use crate::diag::Level;
use crate::lint::{Category, Check, Passage, Report, Rule, Subject};

pub(super) const RULE: Rule = Rule {
    id: "house-phrase",
    category: Category::House,
    level: Level::Error,
    withholds: false,
    overridable: true,
    summary: "A phrase that the site's own `candor.toml` does not want.",
    explanation: "Every organisation has words that its readers do not know, or have learned to distrust. `[[phrase]]` \
        names them, with what to say instead and a level of its own.",
    source: "The organisation that runs the site.",
    backing: "Other words; or, where the entry has `unless`, that header line in the same update.",
    check: Check::Incident(check),
};

fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let phrases = &subject.context.settings.phrases;
    for passage in &subject.passages {
        for phrase in phrases.iter().filter(|phrase| !is_backed(phrase, passage.header())) {
            find(phrase, passage, report);
        }
    }
}

fn find(phrase: &HousePhrase, passage: &Passage<'_>, report: &mut Report<'_>) {
    let pattern = phrase.pattern.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let help = if phrase.message.trim().is_empty() { "Write it in other words." } else { &phrase.message };
    for sentence in passage.sentences() {
        for range in whole_words(sentence.text, &pattern) {
            let place = passage.place(sentence.original(range));
            report.find(place, format!("This site does not say “{}”.", phrase.pattern), help).level = phrase.level;
        }
    }
}

/// Where `pattern`, in lower case, stands in `text` with no letter or digit right beside it.
pub(super) fn whole_words(text: &str, pattern: &str) -> Vec<std::ops::Range<usize>> {
    if pattern.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (start, _) in text.char_indices() {
        let Some(end) = end_of_match(&text[start..], pattern).map(|length| start + length) else { continue };
        let before = text[..start].chars().next_back();
        let after = text[end..].chars().next();
        if !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric) {
            found.push(start..end);
        }
    }
    found
}

/// The length of the beginning of `text` that is `pattern` in any case.
fn end_of_match(text: &str, pattern: &str) -> Option<usize> {
    let mut wanted = pattern.chars();
    let mut next = wanted.next();
    for (at, char) in text.char_indices() {
        for lower in char.to_lowercase() {
            let Some(expected) = next else { return Some(at) };
            if lower != expected {
                return None;
            }
            next = wanted.next();
        }
    }
    next.is_none().then_some(text.len())
}

/// Whether the header has the line that the entry asks for.
fn is_backed(phrase: &HousePhrase, header: Option<&Header>) -> bool {
    let Some(header) = header else { return false };
    match phrase.unless.trim().to_lowercase().replace(['_', '-'], " ").as_str() {
        "next update" => header.next_update.is_some(),
        "expected fix" => header.expected_fix.is_some(),
        "affected" => header.affected.is_some(),
        "by" => header.by.is_some(),
        "severity" => header.severity.is_some(),
        "areas" => header.areas.is_some(),
        "owner" => header.owner.is_some(),
        "services" => !header.services.is_empty(),
        "promise" => !header.promises.is_empty(),
        "kept" => !header.kept.is_empty(),
        "withdrawn" => !header.withdrawn.is_empty(),
        "corrects" => header.corrects.is_some(),
        "retracts" => header.retracts.is_some(),
        "window" => header.window.is_some(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_found_whole_and_in_any_case() {
        let found = |text: &str| {
            whole_words(text, "water pressure event").into_iter().map(|range| text[range].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(found("A Water Pressure Event began."), ["Water Pressure Event"]);
        assert_eq!(found("Water pressure eventually fell."), [""; 0]);
        assert_eq!(found("water pressure event, WATER PRESSURE EVENT").len(), 2);
    }
}
