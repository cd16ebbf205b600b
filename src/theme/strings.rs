//! The theme's words, as Fluent messages: one `.ftl` file per language, `section-key` to text with values.
//!
//! A missing key falls back to the built-in words of that language, then to English, so that no page ever has a hole.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use super::Html;
use super::ftl::{self, Words};
use super::phrase::{self, Form, Phrase, Setting};
use crate::diag::Finding;
use crate::text::Source;

/// The words of one language.
#[derive(Clone, Default)]
pub struct Strings {
    /// BCP 47 tag of the words, which is that of the page's own text.
    pub lang: String,
    words: Words,
    /// Whether the words run from right to left, so that values in them must stand by themselves.
    isolating: bool,
}

impl Strings {
    /// Reads the built-in words of a language and the overlay's. What English (`known`) lacks is a finding.
    pub(super) fn read(
        lang: &str,
        built_in: Option<&Source>,
        overlay: Option<&Source>,
        known: Option<&Self>,
    ) -> (Self, Vec<Finding>) {
        let (words, findings) = ftl::read(lang, built_in, overlay, known);
        let mut strings = Self { lang: lang.to_owned(), words, isolating: false };
        strings.isolating = strings.find("language.dir") == Some("rtl");
        (strings, findings)
    }

    /// Takes over from `other` what is missing here.
    pub(super) fn complete_from(&mut self, other: &Self) {
        for (key, phrase) in &other.words {
            self.words.entry(key.clone()).or_insert_with(|| phrase.clone());
        }
    }

    /// The text of `section.key`, which takes no values; the key itself where even English lacks it.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.find(key).unwrap_or(key)
    }

    /// The text of a key that some languages leave out, such as its name for another language.
    pub fn find(&self, key: &str) -> Option<&str> {
        match self.words.get(key)? {
            Phrase::Whole(text) => Some(text),
            Phrase::Around(_) | Phrase::Chosen(_) => None,
        }
    }

    /// The text with its values put in, as they stand.
    pub fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.form(key, values, Form::Plain)
    }

    /// The text as HTML, with pieces of HTML put in.
    pub fn say_html(&self, key: &str, values: &[(&str, &Html)]) -> Html {
        let values: Vec<(&str, &str)> = values.iter().map(|(name, html)| (*name, html.as_str())).collect();
        Html::new(self.form(key, &values, Form::Html))
    }

    /// A value that stands beside words of this language in plain text, so that each keeps its own order.
    pub fn apart(&self, value: &str) -> String {
        let mut out = String::with_capacity(value.len() + 6);
        phrase::put(value, Setting { form: Form::Plain, isolating: self.isolating }, &mut out);
        out
    }

    /// The text for a number, which is the value `n`.
    pub fn count(&self, key: &str, n: usize) -> String {
        self.say(key, &[("n", &n.to_string())])
    }

    fn form(&self, key: &str, values: &[(&str, &str)], form: Form) -> String {
        let setting = Setting { form, isolating: self.isolating };
        self.words.get(key).map_or_else(|| key.to_owned(), |phrase| phrase.say(values, setting))
    }

    /// Sections with their keys, for templates: those that take no values.
    pub fn sections(&self) -> BTreeMap<&str, BTreeMap<&str, &str>> {
        let mut sections: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
        for (key, phrase) in &self.words {
            if let (Some((section, key)), Phrase::Whole(text)) = (key.split_once('.'), phrase) {
                sections.entry(section).or_default().insert(key, text);
            }
        }
        sections
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.words.contains_key(key)
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(String::as_str)
    }

    /// The names of the values that a text takes.
    pub(super) fn values(&self, key: &str) -> Option<BTreeSet<&str>> {
        self.words.get(key).map(Phrase::values)
    }
}

impl fmt::Debug for Strings {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Strings({}: {} texts)", self.lang, self.words.len())
    }
}

/// All languages of a theme.
#[derive(Clone, Debug, Default)]
pub(super) struct Languages(BTreeMap<String, Arc<Strings>>);

impl Languages {
    pub(super) fn insert(&mut self, strings: Strings) {
        self.0.insert(strings.lang.clone(), Arc::new(strings));
    }

    /// The words for a language: its own, those of the language without region, else English.
    pub(super) fn of(&self, lang: &str) -> Arc<Strings> {
        let plain = lang.split('-').next().unwrap_or(lang);
        [lang, plain, "en"].iter().find_map(|lang| self.0.get(*lang).cloned()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source::new("themes/city/strings/xx.ftl", text)
    }

    fn read(lang: &str, text: &str) -> Strings {
        let (strings, findings) = Strings::read(lang, Some(&source(text)), None, None);
        assert_eq!(findings, []);
        strings
    }

    fn findings(known: &str, overlay: &str) -> Vec<(String, String, usize)> {
        let known = read("en", known);
        let (_, findings) = Strings::read("en", None, Some(&source(overlay)), Some(&known));
        findings.into_iter().map(|found| (found.message, found.help, found.span.start)).collect()
    }

    #[test]
    fn values_are_put_in_and_unknown_ones_stay() {
        let strings =
            read("en", "due-next-one = by { $time }{ $x } { \"{\" } & so\n-city = Norwood\na-b = { -city }!");
        assert_eq!(strings.say("due.next_one", &[("time", "{ $x }")]), "by { $x }{x} { & so");
        let html =
            strings.say_html("due.next_one", &[("time", &Html::new("<b>3pm</b>")), ("x", &Html::default())]);
        assert_eq!(html.as_str(), "by <b>3pm</b> { &amp; so");
        assert_eq!(strings.get("a.b"), "Norwood!");
    }

    #[test]
    fn a_number_chooses_the_form_of_its_language() {
        let forms = "n-days = { $n ->\n  [zero] z\n  [one] one { $what }\n  [two] t\n  [few] f\n  [many] m\n *[other] { $n } o\n }";
        let said =
            |lang: &str, n: usize| read(lang, forms).say("n.days", &[("n", &n.to_string()), ("what", "<x>")]);
        assert_eq!(["en", "fr"].map(|lang| said(lang, 0)), ["0 o", "one <x>"]);
        assert_eq!([0, 1, 2, 3, 6, 4].map(|n| said("cy", n)), ["z", "one <x>", "t", "f", "m", "4 o"]);
        assert_eq!([0, 1, 2, 3, 11, 100].map(|n| said("ar", n)), ["z", "one <x>", "t", "f", "m", "100 o"]);
    }

    #[test]
    fn values_stand_by_themselves_where_words_run_from_right_to_left() {
        let strings = read("ar", "language-dir = rtl\na-b = اتصل { $phone } { $n }");
        assert_eq!(strings.say("a.b", &[("phone", "204-555"), ("n", "3")]), "اتصل \u{2068}204-555\u{2069} 3");
        let html = strings.say_html("a.b", &[("phone", &Html::text("204-555")), ("n", &Html::text("3"))]);
        assert_eq!(html.as_str(), "اتصل <bdi>204-555</bdi> 3");
        assert_eq!(strings.apart("204-555"), "\u{2068}204-555\u{2069}");
        assert_eq!(read("en", "a-b = c").apart("204-555"), "204-555");
    }

    #[test]
    fn a_slip_in_the_words_is_found_at_its_place() {
        let known = "due-next = Next update by { $time }\nn-days = { $n ->\n [one] day\n*[other] days\n }";
        let text = "due-nxt = x\ndue-next = Soon at { $tmie }\n";
        assert_eq!(
            findings(known, text),
            [
                ("The theme knows no words called `due-nxt`.".into(), "Did you mean `due-next`?".into(), 0),
                (
                    "Nothing fills `{ $tmie }` in `due-next`.".into(),
                    "What can stand there: { $time }. Until then the built-in words are used.".into(),
                    12
                ),
            ]
        );
        for (text, message, at) in [
            ("due-next Soon", "Here should be `=`.", 9),
            ("# fine\ndue-next = { $time", "Here should be `}`.", 25),
            ("n-days = { $n ->\n [one] é\n }", "None of these forms is the one for everything else.", 28),
            ("due-next = } é", "This brace closes nothing.", 11),
            ("due-next = { é }", "Nothing that Fluent knows stands after this brace.", 13),
            (
                "due-next = { due-nxt }",
                "`due-next` cannot be put together: Resolver error: Unknown message: due-nxt.",
                0,
            ),
            ("due-next = a\ndue-next = b", "`due-next` is there twice; the last one counts.", 13),
            ("due-next =\n", "`due-next` has no words.", 0),
        ] {
            let found = findings(known, text);
            assert_eq!((found[0].0.as_str(), found[0].2), (message, at), "{text}");
        }
    }

    #[test]
    fn an_overlay_replaces_single_messages_and_terms_everywhere() {
        let plain = source("-us = We\na-b = { -us } say\na-c = c { $x }\na-d = d");
        let known = read("en", &plain.text);
        let over = source("-us = Norwood\na-c = { $y }\na-d = D\n");
        let (strings, findings) = Strings::read("en", Some(&plain), Some(&over), Some(&known));
        assert_eq!(findings.len(), 1);
        assert_eq!(strings.get("a.b"), "Norwood say");
        assert_eq!(strings.say("a.c", &[("x", "1")]), "c 1");
        assert_eq!(strings.get("a.d"), "D");
    }

    #[test]
    fn a_language_without_words_of_its_own_gets_the_nearest() {
        let mut languages = Languages::default();
        for lang in ["en", "fr"] {
            languages.insert(Strings { lang: lang.to_owned(), ..Strings::default() });
        }
        assert_eq!(languages.of("fr-CA").lang, "fr");
        assert_eq!(languages.of("cy").lang, "en");
    }
}
