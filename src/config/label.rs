//! A short text in one language or in several: `name = "Tap water"`, or `name = { en = "Tap water", fr = "Eau" }`.

use super::faults::Faults;
use super::rules::{TRANSLATION, WRONG_TYPE};
use super::table::{Table, Value};
use crate::text::{Label, same_language};

impl Table<'_> {
    /// The text of `key`, empty where it is not given. `languages` are the site's, the default one first: a text alone is
    /// in that one, and a table must have it.
    pub(crate) fn label(
        &mut self,
        key: &'static str,
        languages: &[String],
        faults: &mut Faults<'_>,
    ) -> Label {
        self.take(key).map(|value| label(value, languages, faults)).unwrap_or_default()
    }
}

fn label(value: Value<'_>, languages: &[String], faults: &mut Faults<'_>) -> Label {
    let default = languages.first().map_or("en", String::as_str);
    if value.value.as_table().is_none() {
        if value.value.as_str().is_none() {
            value.wrong(faults, "text in quotes", format!("{} = \"…\"", value.key));
            return Label::default();
        }
        return value.string(faults).map(|text| text.value).unwrap_or_default().into();
    }
    let mut text = None;
    let mut translations = Vec::new();
    let entries = value.table(value.key.to_owned(), faults).map(|mut table| table.take_rest());
    for (lang, words) in entries.unwrap_or_default() {
        let Some(words) = words.string(faults).filter(|words| !words.is_empty()) else { continue };
        if same_language(&lang, default) {
            text = Some(words.value);
        } else if languages.iter().any(|known| same_language(known, &lang)) {
            translations.push((lang.value.to_owned(), words.value));
        } else {
            faults.warning(
                TRANSLATION,
                lang.span,
                format!("The site does not speak “{}”, so nobody sees this.", lang.value),
                format!("Add `\"{}\"` to `languages` in candor.toml.", lang.value),
            );
        }
    }
    if text.is_none() {
        faults.error(
            WRONG_TYPE,
            value.span,
            format!("`{}` has no text in “{default}”, the site's first language.", value.key),
            format!("Write `{} = {{ {default} = \"…\", … }}`.", value.key),
        );
    }
    // What stands there is better than nothing.
    let text = text.or_else(|| translations.first().map(|(_, text)| text.clone())).unwrap_or_default();
    Label::new(text, translations)
}

#[cfg(test)]
mod tests {
    use crate::config::faults::Faults;
    use crate::config::table::{self, Table};
    use crate::text::{Label, Source};

    fn read(written: &str) -> (Label, Vec<String>) {
        let source = Source::new("services.toml", written);
        let mut faults = Faults::new(&source);
        let (document, _) = table::parse(&source.text, 0, &mut faults);
        let languages = ["en", "fr", "cy"].map(str::to_owned);
        let label = Table::new("services.toml", &document, 0).label("name", &languages, &mut faults);
        (label, faults.findings.into_iter().map(|finding| finding.message).collect())
    }

    #[test]
    fn a_text_is_in_the_first_language_and_a_table_in_each() {
        let (plain, told) = read("name = \"Tap water\"\n");
        assert_eq!((&*plain, plain.translated("fr"), plain.said_in("fr")), ("Tap water", None, "Tap water"));
        assert_eq!(told, [""; 0]);
        for written in [
            "name = { en = \"Tap water\", fr = \"Eau du robinet\" }\n",
            "name.fr = \"Eau du robinet\"\nname.en-GB = \"Tap water\"\n",
        ] {
            let (label, told) = read(written);
            assert_eq!((&*label, label.said_in("fr-CA")), ("Tap water", "Eau du robinet"), "{written}");
            assert_eq!((label.said_in("cy"), label.translated("en")), ("Tap water", None));
            assert_eq!(told, [""; 0]);
        }
    }

    #[test]
    fn what_is_missing_or_meant_for_nobody_is_told() {
        let (label, told) = read("name = { fr = \"Eau\", de = \"Wasser\" }\n");
        assert_eq!(&*label, "Eau");
        assert_eq!(
            told,
            [
                "The site does not speak “de”, so nobody sees this.",
                "`name` has no text in “en”, the site's first language."
            ]
        );
        assert_eq!(read("name = 7\n").1.len(), 1);
    }
}
