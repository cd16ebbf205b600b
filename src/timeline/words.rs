//! Words as data, one file for each language: `words/LANG.toml`. A language without a file is spoken to in English.

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::sync::LazyLock;

use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use serde::Deserialize;
use unic_langid::LanguageIdentifier;

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
    /// The time of day, with `{h12}`, `{h24}`, `{minute}` and `{half}`.
    pub(super) time: String,
    pub(super) full_hour: String,
    #[serde(default)]
    pub(super) am: String,
    #[serde(default)]
    pub(super) pm: String,
    /// Where noon and the first minute of a day have names of their own.
    pub(super) midday: Option<String>,
    pub(super) midnight: Option<String>,
    pub(super) date: String,
    pub(super) date_with_year: String,
    pub(super) month_with_year: String,
    pub(super) first_of_month: String,
    pub(super) at: String,
    pub(super) said_today: String,
    pub(super) said_on: String,
    pub(super) minutes: Forms,
    pub(super) hours: Forms,
    pub(super) days: Forms,
    /// Two of them together.
    pub(super) both: String,
    pub(super) comma: String,
    pub(super) and: String,
    #[serde(skip)]
    plural: Plural,
}

/// Sentences by plural form, as Unicode's CLDR names the forms of a language.
pub(super) type Forms = BTreeMap<String, String>;

/// Which plural form a number takes.
#[derive(Default)]
struct Plural(Option<PluralRules>);

impl WhenWords {
    /// The sentence for a number, with `{count}` filled in.
    pub(super) fn count(&self, forms: &Forms, n: u64) -> String {
        let category = self.plural.0.as_ref().and_then(|rules| rules.select(n).ok());
        let form = match category {
            Some(PluralCategory::ZERO) => "zero",
            Some(PluralCategory::ONE) => "one",
            Some(PluralCategory::TWO) => "two",
            Some(PluralCategory::FEW) => "few",
            Some(PluralCategory::MANY) => "many",
            Some(PluralCategory::OTHER) | None => "other",
        };
        let sentence = forms.get(form).or_else(|| forms.get("other")).map_or("{count}", String::as_str);
        fill(sentence, &[("count", &n.to_string())])
    }
}

impl fmt::Debug for Plural {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Plural")
    }
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
    /// Between two ways.
    pub(super) between: String,
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

static LANGUAGES: LazyLock<[(&'static str, Words); 6]> = LazyLock::new(|| {
    [
        ("en", include_str!("words/en.toml")),
        ("fr", include_str!("words/fr.toml")),
        ("es", include_str!("words/es.toml")),
        ("de", include_str!("words/de.toml")),
        ("cy", include_str!("words/cy.toml")),
        ("ar", include_str!("words/ar.toml")),
    ]
    .map(|(tag, file)| {
        let mut words: Words = toml::from_str(file).expect("the files compiled in are read by a test");
        let locale = tag.parse::<LanguageIdentifier>().ok();
        let rules = locale.and_then(|locale| PluralRules::create(locale, PluralRuleType::CARDINAL).ok());
        words.when.plural = Plural(rules);
        (tag, words)
    })
});

static HELD: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| LANGUAGES.iter().flat_map(|(_, words)| &words.edit.held).map(String::as_str).collect());

/// The words of a BCP 47 tag's language.
pub(super) fn of(language: &str) -> &'static Words {
    known(language).unwrap_or(&LANGUAGES[0].1)
}

/// The words of a language, where it has any of its own.
pub(super) fn known(language: &str) -> Option<&'static Words> {
    let primary = language.split(['-', '_']).next().unwrap_or_default();
    LANGUAGES.iter().find(|(tag, _)| tag.eq_ignore_ascii_case(primary)).map(|(_, words)| words)
}

/// The words of one language for a sentence by itself, such as a holding update.
///
/// Where they run from right to left, a value in Latin script or digits must not mix its order with theirs.
pub(super) fn say(sentence: &str, values: &[(&str, &str)]) -> String {
    if !sentence.chars().any(is_right_to_left) {
        return fill(sentence, values);
    }
    let apart = |value: &str| {
        let mixed = value.chars().any(|c| c.is_alphanumeric() && !is_right_to_left(c));
        // First strong isolate, pop directional isolate.
        if mixed { format!("\u{2068}{value}\u{2069}") } else { value.to_owned() }
    };
    let values: Vec<(&str, String)> = values.iter().map(|(name, value)| (*name, apart(value))).collect();
    fill(sentence, &values.iter().map(|(name, value)| (*name, value.as_str())).collect::<Vec<_>>())
}

/// Hebrew, Arabic, Syriac, Thaana and their neighbours.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
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
        for (tag, words) in LANGUAGES.iter() {
            let when = &words.when;
            for forms in [&when.minutes, &when.hours, &when.days] {
                for n in 0..=1000_u64 {
                    let form = when.plural.0.as_ref().unwrap().select(n).unwrap();
                    let name = format!("{form:?}").to_lowercase();
                    assert!(forms.contains_key(&name), "{tag} has no {name} in {forms:?}");
                }
            }
        }
    }

    #[test]
    fn every_language_fills_in_the_same_values() {
        fn named(file: &str) -> BTreeMap<String, Vec<String>> {
            let file: BTreeMap<String, BTreeMap<String, toml::Value>> = toml::from_str(file).unwrap();
            let sections = file.into_iter().filter(|(name, _)| name != "when" && name != "edit");
            sections
                .flat_map(|(section, words)| {
                    words.into_iter().map(move |(key, words)| {
                        let words = words.as_str().unwrap().to_owned();
                        let names = words.split('{').skip(1).filter_map(|part| part.split_once('}'));
                        let mut names: Vec<String> = names.map(|(name, _)| name.to_owned()).collect();
                        names.sort();
                        (format!("{section}.{key}"), names)
                    })
                })
                .collect()
        }
        let english = named(include_str!("words/en.toml"));
        for file in [
            include_str!("words/fr.toml"),
            include_str!("words/es.toml"),
            include_str!("words/de.toml"),
            include_str!("words/cy.toml"),
            include_str!("words/ar.toml"),
        ] {
            assert_eq!(named(file), english);
        }
    }

    #[test]
    fn foreign_values_stand_by_themselves_in_arabic() {
        assert_eq!(say("call {n}", &[("n", "1 2")]), "call 1 2");
        assert_eq!(say("اتصل {n} {m}", &[("n", "+1 506"), ("m", "غدًا")]), "اتصل \u{2068}+1 506\u{2069} غدًا");
    }

    #[test]
    fn values_are_put_in_once() {
        assert_eq!(fill("{a} and {b}.", &[("a", "{b}"), ("b", "2")]), "{b} and 2.");
    }
}
