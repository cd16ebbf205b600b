//! The words of one incident in one language: the translation's where there is one, else the source's, marked.
//!
//! Figures, times and states always come from the source; a translation brings only words.

use super::index::Site;
use super::tongue::{Passage, Tongue};
use crate::content::{Header, Incident, Promise, SectionKind, Translation, Update};
use crate::prose::{Rendering, to_html};
use crate::text::{Span, nearest_in, same_language};
use crate::theme::{Html, Theme};
use crate::timeline::{Statement, Timeline, Words};

/// Speaks for one incident in one language.
#[derive(Debug)]
pub(super) struct Voice<'s> {
    pub(super) tongue: &'s Tongue<'s>,
    theme: &'s Theme,
    incident: &'s Incident,
    translation: Option<&'s Translation>,
    composed_lang: &'s str,
    /// Absolute address of the incident's page, where links must be absolute; else empty.
    base: String,
}

/// An update with the text that its spans point into.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spoken<'s> {
    pub(super) update: &'s Update,
    pub(super) text: &'s str,
    pub(super) lang: &'s str,
}

impl<'s> Voice<'s> {
    pub(super) fn new(site: &'s Site<'s>, tongue: &'s Tongue<'s>, incident: &'s Incident) -> Self {
        let own = same_language(&incident.lang, tongue.lang);
        let near = || nearest_in(&incident.translations, tongue.lang, |other| &other.lang);
        let translation = if own { None } else { near().map(AsRef::as_ref) };
        Self {
            tongue,
            theme: site.theme,
            incident,
            translation,
            composed_lang: site.view.settings.default_language(),
            base: String::new(),
        }
    }

    /// The same voice for words that stand elsewhere: links become absolute.
    pub(super) fn at(mut self, page: &str) -> Self {
        page.clone_into(&mut self.base);
        self
    }

    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// Whether the words that a reader gets were made by a machine.
    pub(super) fn is_machine(&self) -> bool {
        self.translation.is_some_and(|translation| translation.machine)
    }

    pub(super) fn title(&self) -> Passage {
        let translated =
            self.translation.and_then(|t| Some((t.title.as_ref()?.value.as_str(), t.lang.as_str())));
        let (title, lang) = translated.unwrap_or((&self.incident.title.value, &self.incident.lang));
        self.passage(Html::text(title), lang)
    }

    /// The title without markup, for the head of the page and feeds.
    pub(super) fn plain_title(&self) -> &'s str {
        let translated = self.translation.and_then(|t| t.title.as_ref());
        &translated.unwrap_or(&self.incident.title).value
    }

    /// The summary up to its first section.
    pub(super) fn summary(&self) -> Option<Passage> {
        let (text, span, lang) = self.summary_source();
        self.prose(text, span, lang, 3)
    }

    /// Where the summary is written, and in which language it is.
    pub(super) fn summary_source(&self) -> (&'s str, Span, &'s str) {
        if let Some(translation) =
            self.translation.filter(|t| !t.summary.of(&t.source.text).trim().is_empty())
        {
            return (&translation.source.text, translation.summary, &translation.lang);
        }
        let (text, whole) = (self.incident.text(), self.incident.summary);
        let first =
            self.incident.summary_sections.first().map_or(whole.end, |section| section.heading.span.start);
        // The heading's span may begin at its words; its line belongs to the section.
        let head = Span::new(whole.start, first).of(text);
        let marks = if first < whole.end { head.rfind('\n').map_or(0, |at| at + 1) } else { head.len() };
        (text, Span::new(whole.start, whole.start + marks), &self.incident.lang)
    }

    /// A written update, in translation where that has it.
    pub(super) fn update(&self, index: usize) -> Option<Spoken<'s>> {
        let source = self.incident.updates.get(index)?;
        let translated = self.translation.and_then(|translation| {
            let update = translation.updates.iter().find(|update| update.at == source.at)?;
            Some(Spoken { update, text: &translation.source.text, lang: &translation.lang })
        });
        Some(translated.unwrap_or(Spoken {
            update: source,
            text: self.incident.text(),
            lang: &self.incident.lang,
        }))
    }

    /// The header as the source has it: for times, states and places.
    pub(super) fn source_header(&self, index: usize) -> Option<&'s Header> {
        self.incident.updates.get(index).map(|update| &update.header)
    }

    /// A value with prose from an update's header: the translation's if it has one, else the source's, with its
    /// language.
    pub(super) fn header<T>(
        &self,
        index: usize,
        value: impl Fn(&'s Header) -> Option<T>,
    ) -> Option<(T, &'s str)> {
        let source = || {
            let update = self.incident.updates.get(index)?;
            Some((value(&update.header)?, self.incident.lang.as_str()))
        };
        let spoken = self.update(index)?;
        value(&spoken.update.header).map(|value| (value, spoken.lang)).or_else(source)
    }

    /// The same, from the latest update that gave it: what holds.
    pub(super) fn held<T>(
        &self,
        timeline: &Timeline,
        value: impl Fn(&'s Header) -> Option<T>,
    ) -> Option<(T, &'s str)> {
        timeline.statements.iter().rev().filter_map(written).find_map(|index| self.header(index, &value))
    }

    /// "What you can do" as it holds, wherever it was said. `heading` is the level of headings within.
    pub(super) fn actions(&self, timeline: &Timeline, heading: u8) -> Option<Passage> {
        let (text, span, lang) = self.actions_source(timeline.facts.actions)?;
        self.prose(text, span, lang, heading)
    }

    /// Where that which held is written in the reader's language, and in which language it is. `held` is its place in the
    /// incident's own text.
    pub(super) fn actions_source(&self, held: Option<Span>) -> Option<(&'s str, Span, &'s str)> {
        let held = held?;
        let is_held = |update: &Update| update.sections.iter().any(|section| section.body == held);
        let translated = self.incident.updates.iter().position(is_held).and_then(|index| {
            let spoken = self.update(index)?;
            let section = spoken.update.sections.iter().rev().find(|s| s.kind == SectionKind::Actions)?;
            let said = !section.body.of(spoken.text).trim().is_empty();
            said.then_some((spoken.text, section.body, spoken.lang))
        });
        Some(translated.unwrap_or((self.incident.text(), held, &self.incident.lang)))
    }

    /// What a promise says, in translation where the same line is there.
    pub(super) fn promise(&self, statement: &Statement, what: &str) -> Passage {
        fn all(update: &Update) -> Vec<&Promise> {
            let said = update.header.promises.iter().map(|promise| &promise.value);
            said.chain(update.tasks.iter().map(|task| &task.promise)).collect()
        }
        let translated = written(statement).and_then(|index| {
            let source = all(self.incident.updates.get(index)?);
            let at = source.iter().position(|promise| promise.what == what)?;
            let spoken = self.update(index)?;
            let words = all(spoken.update);
            // The lines correspond only where there are as many.
            let promise = words.get(at).filter(|_| words.len() == source.len())?;
            Some((promise.what.as_str(), spoken.lang))
        });
        let (what, lang) = translated.unwrap_or((what, &self.incident.lang));
        self.passage(Html::text(what), lang)
    }

    /// Markdown as HTML; `None` where it says nothing.
    pub(super) fn prose(&self, text: &str, span: Span, lang: &str, heading: u8) -> Option<Passage> {
        if span.of(text).trim().is_empty() {
            return None;
        }
        let strings = &self.tongue.strings;
        let rendering = Rendering {
            heading,
            base: &self.base,
            done: strings.get("promise.done"),
            to_do: strings.get("promise.to_do"),
        };
        let html = to_html(text, span, &rendering);
        (!html.trim().is_empty()).then(|| self.passage(Html::new(html), lang))
    }

    /// A text with its language, where that is not the page's.
    pub(super) fn passage(&self, html: Html, lang: &str) -> Passage {
        self.tongue.passage(html, lang, self.theme)
    }

    /// A plain text of the source.
    pub(super) fn source_passage(&self, words: &str) -> Passage {
        self.passage(Html::text(words), &self.incident.lang)
    }

    /// What Candor composed, in the reader's language where the record has that, and the language that it is in.
    pub(super) fn composed<'t>(&self, statement: &'t Statement) -> Option<(&'t str, &'s str)> {
        statement.composed(self.tongue.lang, self.composed_lang)
    }

    /// The site's default language.
    pub(super) fn composed_lang(&self) -> &'s str {
        self.composed_lang
    }

    /// Whether any words of this incident are missing in the reader's language.
    pub(super) fn falls_back(&self, timeline: &Timeline) -> bool {
        let own = self.tongue.wants(&self.incident.lang);
        (!own && self.translation.is_none())
            || timeline.statements.iter().any(|statement| match statement.words {
                Words::Written(index) => {
                    self.update(index).is_some_and(|spoken| !self.tongue.wants(spoken.lang))
                }
                Words::Composed(_) => {
                    self.composed(statement).is_some_and(|(_, lang)| !self.tongue.wants(lang))
                }
                Words::Retracted => false,
            })
    }

    /// The language that missing words are shown in, as the reader's language calls it.
    pub(super) fn source_language(&self) -> String {
        self.tongue.language(&self.incident.lang)
    }
}

/// The index of a statement that is in the file.
pub(super) fn written(statement: &Statement) -> Option<usize> {
    match statement.words {
        Words::Written(index) => Some(index),
        Words::Composed(_) | Words::Retracted => None,
    }
}
