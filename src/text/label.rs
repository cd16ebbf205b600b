//! Short texts of registers and settings, such as the name of a service, in the languages that they are given in.

use std::fmt;
use std::ops::Deref;

/// A text in the site's default language, as which it can be used everywhere, with its translations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    text: String,
    /// BCP 47 tag and text.
    translations: Vec<(String, String)>,
}

impl Label {
    pub fn new(text: impl Into<String>, translations: Vec<(String, String)>) -> Self {
        Self { text: text.into(), translations }
    }

    /// The translation into `lang`; `None` where there is none, also for the default language.
    pub fn translated(&self, lang: &str) -> Option<&str> {
        nearest_in(&self.translations, lang, |(known, _)| known).map(|(_, text)| text.as_str())
    }

    /// In every language.
    pub fn texts(&self) -> impl Iterator<Item = &str> + Clone {
        std::iter::once(self.text.as_str()).chain(self.translations.iter().map(|(_, text)| text.as_str()))
    }

    /// In `lang` where it was translated, else in the default language.
    pub fn said_in(&self, lang: &str) -> &str {
        self.translated(lang).unwrap_or(&self.text)
    }
}

impl Deref for Label {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<T: Into<String>> From<T> for Label {
    fn from(text: T) -> Self {
        Self::new(text, Vec::new())
    }
}

/// Of things in several languages the one in `lang`, else in the same language of another region.
pub fn nearest_in<'t, T>(all: &'t [T], lang: &str, tag: impl Fn(&T) -> &str) -> Option<&'t T> {
    all.iter()
        .find(|one| tag(one).eq_ignore_ascii_case(lang))
        .or_else(|| all.iter().find(|one| same_language(tag(one), lang)))
}

/// Whether two BCP 47 tags name one language, whatever the region.
pub fn same_language(a: &str, b: &str) -> bool {
    let plain = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    plain(a) == plain(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_of_its_own_comes_before_the_same_language_elsewhere() {
        let of = |tag: &str, text: &str| (tag.to_owned(), text.to_owned());
        let name =
            Label::new("Tap water", vec![of("pt-BR", "Água encanada"), of("pt-PT", "Água da torneira")]);
        assert_eq!(name.said_in("pt-PT"), "Água da torneira");
        assert_eq!(name.said_in("pt"), "Água encanada");
        assert_eq!(name.said_in("fr"), "Tap water");
    }
}
