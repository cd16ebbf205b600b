//! Words as data, one file for each language: `words/LANG.toml`. A language without a file is spoken to in English.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

/// One language's file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) when: WhenWords,
    pub(super) holding: HoldingWords,
    pub(super) follow_up: FollowUpWords,
    pub(super) contact: ContactWords,
    edit: EditWords,
}

/// What [`super::when`] needs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WhenWords {
    /// From Monday.
    pub(super) weekdays: [String; 7],
    pub(super) months: [String; 12],
    pub(super) clock: Clock,
    pub(super) midday: String,
    pub(super) date: String,
    pub(super) date_with_year: String,
    pub(super) first_of_month: String,
    pub(super) at: String,
    pub(super) said_today: String,
    pub(super) said_on: String,
    /// One, and several.
    pub(super) minutes: [String; 2],
    pub(super) hours: [String; 2],
    pub(super) days: [String; 2],
    pub(super) and: String,
}

/// How the time of day is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(super) enum Clock {
    /// `3:10pm`
    #[serde(rename = "12")]
    Twelve,
    /// `15 h 10`
    #[serde(rename = "24h")]
    TwentyFour,
}

/// Sentences of holding updates.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HoldingWords {
    pub(super) passed: String,
    pub(super) passed_monitoring: String,
    pub(super) passed_work: String,
    pub(super) missed_one: String,
    pub(super) missed_few: String,
    pub(super) missed_many: String,
    pub(super) nothing_new: String,
    pub(super) delayed: String,
    pub(super) affected: String,
    pub(super) affected_plain: String,
    pub(super) everyone: String,
    pub(super) affected_unknown: String,
    pub(super) affected_unknown_plain: String,
    pub(super) fix: String,
    pub(super) fix_plain: String,
    pub(super) fix_unknown: String,
    pub(super) fix_unknown_plain: String,
    pub(super) actions: String,
    pub(super) owner: String,
    pub(super) owner_plain: String,
    pub(super) contact: String,
    pub(super) next: String,
    pub(super) quiet_begins: String,
    pub(super) quiet: String,
}

/// Sentences of follow-ups.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FollowUpWords {
    pub(super) happened: String,
    pub(super) happened_earlier: String,
    pub(super) affected: String,
    pub(super) affected_plain: String,
    pub(super) everyone: String,
    pub(super) closing: String,
    pub(super) promises: String,
    pub(super) fix: String,
    pub(super) promise: String,
    pub(super) kept: String,
    pub(super) kept_at: String,
    pub(super) kept_late: String,
    pub(super) missed: String,
    pub(super) open: String,
    pub(super) withdrawn: String,
    pub(super) withdrawn_because: String,
    pub(super) spoke: String,
    pub(super) review_out: String,
    pub(super) review_due: String,
    pub(super) no_review: String,
    pub(super) tell: String,
    pub(super) mails: String,
    pub(super) mails_plain: String,
}

/// Ways to reach a person.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ContactWords {
    pub(super) phone: String,
    pub(super) phone_hours: String,
    pub(super) mail: String,
    pub(super) place: String,
    pub(super) callback: String,
}

/// What [`super::edit`] has to know.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct EditWords {
    /// Negations, quantities, statuses, states, days and months: one letter makes another claim.
    held: Vec<String>,
    /// The word before the date on which a task was done.
    done: Vec<String>,
}

static LANGUAGES: LazyLock<[(&'static str, Words); 2]> = LazyLock::new(|| {
    [("en", include_str!("words/en.toml")), ("fr", include_str!("words/fr.toml"))]
        .map(|(tag, file)| (tag, toml::from_str(file).expect("the files compiled in are read by a test")))
});

static HELD: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| LANGUAGES.iter().flat_map(|(_, words)| &words.edit.held).map(String::as_str).collect());

/// The words of a BCP 47 tag's language.
pub(super) fn of(language: &str) -> &'static Words {
    let primary = language.split(['-', '_']).next().unwrap_or_default();
    let known = LANGUAGES.iter().find(|(tag, _)| tag.eq_ignore_ascii_case(primary));
    &known.unwrap_or(&LANGUAGES[0]).1
}

/// Puts values into the `{names}` of a sentence, once: braces in a value stay as they are.
pub(super) fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        filled += before;
        let Some((name, after)) = after.split_once('}') else { break };
        filled += values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
        rest = after;
    }
    filled + rest
}

/// Whether a lower-case word carries a claim in any language that we know.
pub(super) fn is_held(word: &str) -> bool {
    HELD.contains(word) || word.ends_with("n't")
}

/// Whether a lower-case word says that a task is done.
pub(super) fn means_done(word: &str) -> bool {
    LANGUAGES.iter().flat_map(|(_, words)| &words.edit.done).any(|done| done == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_word() {
        assert_eq!(of("fr-CA").when.months[7], "août");
        assert_eq!(of("xx").when.months[7], "August");
    }

    #[test]
    fn values_are_put_in_once() {
        assert_eq!(fill("{a} and {b}.", &[("a", "{b}"), ("b", "2")]), "{b} and 2.");
    }
}
