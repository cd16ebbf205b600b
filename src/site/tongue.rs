//! One language of the site: its words, its times, its place among the paths.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde::Serialize;

use crate::text::{Label, same_language};
use crate::theme::{Html, Strings, Theme};
use crate::timeline::When;

/// A language in which the whole site is built.
#[derive(Debug)]
pub(super) struct Tongue<'v> {
    /// BCP 47 tag of the content that is wanted.
    pub(super) lang: &'v str,
    /// Where its pages are: empty for the default language, `fr/` for another.
    pub(super) prefix: String,
    /// The theme's words. Where the theme lacks this language they are English, and so is the page's `lang`.
    pub(super) strings: Arc<Strings>,
    zone: &'v TimeZone,
    when: When<'v>,
    /// Attributes of a text in the site's default language, and of one in `lang`; empty where that is the page's.
    pub(super) marks: [String; 2],
}

/// A text in a language that may not be the page's.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Passage {
    pub(super) html: Html,
    /// Set where the text is not in the page's language, with the direction of its script.
    pub(super) lang: Option<String>,
    pub(super) dir: Option<String>,
}

impl<'v> Tongue<'v> {
    /// `default` is the site's default language.
    pub(super) fn new(lang: &'v str, default: &str, theme: &Theme, zone: &'v TimeZone) -> Self {
        let prefix = if lang == default { String::new() } else { format!("{lang}/") };
        let strings = theme.strings(lang);
        let when = When::new(zone, &strings.lang);
        let mut tongue = Self { lang, prefix, when, strings, zone, marks: Default::default() };
        tongue.marks = [default, lang].map(|lang| tongue.marks_of(lang, theme));
        tongue
    }

    /// Attributes of a text in `lang`; empty where that is the page's language.
    fn marks_of(&self, lang: &str, theme: &Theme) -> String {
        let passage = self.passage(Html::default(), lang, theme);
        passage.lang.zip(passage.dir).map_or_else(String::new, |(lang, dir)| {
            format!(" lang=\"{}\" dir=\"{dir}\"", Html::text(&lang).as_str())
        })
    }

    /// A text of registers or settings, marked where it is not in the page's language.
    pub(super) fn label(&self, label: &Label) -> Html {
        self::label(label, self.lang, &self.marks)
    }

    /// A plain text in `lang`, marked where that is not the page's language.
    pub(super) fn marked(&self, text: &str, lang: &str, theme: &Theme) -> Html {
        marked(text, &self.marks_of(lang, theme))
    }

    /// The words of `key`, with pieces of HTML in its placeholders.
    pub(super) fn say(&self, key: &str, values: &[(&str, &Html)]) -> Html {
        self.strings.say_html(key, values)
    }

    pub(super) fn word(&self, key: &str) -> String {
        self.strings.get(key).to_owned()
    }

    pub(super) fn local(&self, at: Timestamp) -> Zoned {
        at.to_zoned(self.zone.clone())
    }

    /// The time of day.
    pub(super) fn clock(&self, at: Timestamp) -> Html {
        self.time(at, &self.when.time(at))
    }

    /// The day and the time.
    pub(super) fn moment(&self, at: Timestamp) -> Html {
        self.time(at, &self.when.full(at))
    }

    /// The day and the time as plain words.
    pub(super) fn moment_words(&self, at: Timestamp) -> String {
        self.when.full(at)
    }

    /// The time of day, and the day where it is not that of `near`, whose day stands beside it.
    pub(super) fn moment_near(&self, at: Timestamp, near: Timestamp) -> Html {
        self.time(at, &self.when.near(at, near))
    }

    /// The same without markup.
    pub(super) fn plain(&self, at: Timestamp, near: Timestamp) -> String {
        self.when.near(at, near)
    }

    /// The same with a preposition: "at 3:10pm", "on Monday 24 November at 9:30am".
    pub(super) fn said(&self, at: Timestamp, near: Timestamp) -> Html {
        self.time(at, &self.when.said(at, near))
    }

    /// The day of a moment.
    pub(super) fn day(&self, at: Timestamp) -> Html {
        let words = Html::text(&self.when.date_with_year(at));
        Html::new(format!("<time datetime=\"{}\">{}</time>", self.local(at).date(), words.as_str()))
    }

    /// A day of the calendar.
    pub(super) fn date(&self, day: Date) -> Html {
        // Midday is in the day wherever the clocks change.
        let noon = day.at(12, 0, 0, 0).to_zoned(self.zone.clone());
        noon.map(|noon| self.day(noon.timestamp())).unwrap_or_default()
    }

    /// A month with its year.
    pub(super) fn month(&self, first: Date) -> String {
        self.when.month(first)
    }

    fn time(&self, at: Timestamp, words: &str) -> Html {
        let machine = self.local(at).strftime("%Y-%m-%dT%H:%M%:z").to_string();
        Html::new(format!("<time datetime=\"{machine}\">{}</time>", Html::text(words).as_str()))
    }

    /// From one moment to another, the day said once where it is the same.
    pub(super) fn span(&self, from: Timestamp, to: Timestamp) -> Html {
        if self.local(from).date() == self.local(to).date() {
            let (from, to, day) = (self.clock(from), self.clock(to), self.day(to));
            self.say("window.one_day", &[("start", &from), ("end", &to), ("day", &day)])
        } else {
            let (from, to) = (self.moment(from), self.moment(to));
            self.say("window.days", &[("start", &from), ("end", &to)])
        }
    }

    /// How long something took.
    pub(super) fn duration(&self, from: Timestamp, to: Timestamp) -> String {
        self.when.duration(to.duration_since(from))
    }

    /// A text in `lang`, marked where that is not the language of the page's own words.
    pub(super) fn passage(&self, html: Html, lang: &str, theme: &Theme) -> Passage {
        if same_language(lang, &self.strings.lang) {
            return Passage { html, lang: None, dir: None };
        }
        let strings = theme.strings(lang);
        let known = same_language(&strings.lang, lang);
        let dir = if known { strings.get("language.dir").to_owned() } else { "auto".to_owned() };
        Passage { html, lang: Some(lang.to_owned()), dir: Some(dir) }
    }

    /// What this language calls another one; its tag where it has no word for it.
    pub(super) fn language(&self, lang: &str) -> String {
        let plain = lang.split('-').next().unwrap_or_default();
        self.strings.find(&format!("languages.{plain}")).unwrap_or(lang).to_owned()
    }

    /// Whether a text in `lang` is what a reader of this language asked for.
    pub(super) fn wants(&self, lang: &str) -> bool {
        same_language(lang, self.lang)
    }
}

/// See [`Tongue::label`] and [`Tongue::marks`].
pub(super) fn label(label: &Label, lang: &str, [default, own]: &[String; 2]) -> Html {
    label.translated(lang).map_or_else(|| marked(label, default), |text| marked(text, own))
}

fn marked(text: &str, marks: &str) -> Html {
    let words = Html::text(text);
    if marks.is_empty() || words.is_empty() {
        return words;
    }
    Html::new(format!("<span{marks}>{}</span>", words.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tongue<'v>(lang: &'v str, zone: &'v TimeZone) -> Tongue<'v> {
        Tongue::new(lang, "en", &Theme::new(&[]).0, zone)
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_is_said_only_where_it_is_another() {
        let zone = TimeZone::get("America/Winnipeg").unwrap();
        let en = tongue("en", &zone);
        let said = at("2026-11-22T05:30:00Z");
        assert_eq!(
            en.moment_near(at("2026-11-22T05:50:00Z"), said).as_str(),
            "<time datetime=\"2026-11-21T23:50-06:00\">11:50pm</time>"
        );
        assert_eq!(
            en.moment_near(at("2026-11-22T06:20:00Z"), said).as_str(),
            "<time datetime=\"2026-11-22T00:20-06:00\">Sunday 22 November at 12:20am</time>"
        );
    }

    #[test]
    fn a_text_in_another_language_is_marked() {
        let (theme, _) = Theme::new(&[]);
        let zone = TimeZone::UTC;
        let fr = tongue("fr", &zone);
        assert_eq!(fr.passage(Html::text("x"), "en", &theme).lang.as_deref(), Some("en"));
        assert_eq!(fr.passage(Html::text("x"), "fr-CA", &theme).lang, None);
        assert_eq!(fr.passage(Html::text("x"), "he", &theme).dir.as_deref(), Some("auto"));
    }
}
