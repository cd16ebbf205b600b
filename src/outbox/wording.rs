//! One incident's words in one language, for mails: as HTML and as plain text.
//!
//! The translation's words where there is one, else the source's, marked with their language. Figures, times and
//! states always come from the source.

use std::sync::Arc;

use serde::Serialize;

use super::letter::without_marks;
use crate::config::Settings;
use crate::content::{Header, Incident, Section, SectionKind, Translation, Update};
use crate::prose::{Rendering, to_html, to_plain};
use crate::text::{Span, nearest_in, same_language};
use crate::theme::{Html, Strings, Theme};
use crate::timeline::{Facts, Statement, StatementKind, Timeline, When, Words};

/// Prose for both parts of a mail.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Passage {
    pub(super) html: Html,
    pub(super) text: String,
    /// Set where the words are not in the mail's language.
    pub(super) lang: Option<String>,
    /// Whether it was cut to fit into a mail.
    pub(super) cut: bool,
}

/// The words of one incident in one language.
pub(super) struct Wording<'a> {
    pub(super) incident: &'a Incident,
    pub(super) strings: Arc<Strings>,
    pub(super) when: When<'a>,
    /// Absolute address of the incident's page in this language.
    pub(super) page: String,
    translation: Option<&'a Translation>,
    /// The reader's language, and that of the site, in which everything is said.
    pub(super) language: &'a str,
    default: &'a str,
}

/// An update's text in the language that it exists in.
#[derive(Clone, Copy)]
pub(super) struct Spoken<'a> {
    pub(super) update: &'a Update,
    text: &'a str,
    lang: &'a str,
}

/// The language in which a reader who asked for `wanted` gets mail: the site's nearest, else its default.
pub fn language_for<'a>(settings: &'a Settings, wanted: &str) -> &'a str {
    let find =
        |fits: &dyn Fn(&str) -> bool| settings.languages.iter().map(String::as_str).find(|tag| fits(tag));
    find(&|tag| tag.eq_ignore_ascii_case(wanted))
        .or_else(|| find(&|tag| same_language(tag, wanted)))
        .unwrap_or_else(|| settings.default_language())
}

impl<'a> Wording<'a> {
    /// `language` is one of the site's.
    pub(super) fn new(
        settings: &'a Settings,
        theme: &Theme,
        incident: &'a Incident,
        language: &'a str,
    ) -> Self {
        let translation = nearest_in(&incident.translations, language, |other| &other.lang);
        let prefix =
            if language == settings.default_language() { String::new() } else { format!("{language}/") };
        Self {
            incident,
            strings: theme.strings(language),
            when: When::new(&settings.zone, language),
            page: format!("{}/{prefix}{}/{}/", settings.base_url, incident.folder(), incident.slug),
            language,
            default: settings.default_language(),
            translation: if same_language(&incident.lang, language) {
                None
            } else {
                translation.map(AsRef::as_ref)
            },
        }
    }

    pub(super) fn title(&self) -> &'a str {
        let translated = self.translation.and_then(|translation| translation.title.as_ref());
        &translated.unwrap_or(&self.incident.title).value
    }

    pub(super) fn goodwill(&self) -> &'a str {
        let translated = self.translation.map(|translation| translation.goodwill.as_str());
        translated.filter(|words| !words.is_empty()).unwrap_or(&self.incident.goodwill)
    }

    /// The name of what a statement is: its status, or `Correction`.
    pub(super) fn label(&self, kind: StatementKind) -> &str {
        self.strings.get(match kind {
            StatementKind::Update(status) => match status.word() {
                "in progress" => "status.in_progress",
                "investigating" => "status.investigating",
                "identified" => "status.identified",
                "monitoring" => "status.monitoring",
                "resolved" => "status.resolved",
                "scheduled" => "status.scheduled",
                "completed" => "status.completed",
                _ => "status.cancelled",
            },
            StatementKind::Holding => "status.holding",
            StatementKind::Correction => "status.correction",
            StatementKind::Review => "status.review",
            StatementKind::FollowUp => "status.follow_up",
        })
    }

    /// A written update, in translation where that has it.
    pub(super) fn update(&self, index: usize) -> Option<Spoken<'a>> {
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

    /// A value with prose from the latest header that gave it, among statements up to `last`: translated, else as in
    /// the source.
    pub(super) fn held<T>(
        &self,
        timeline: &'a Timeline,
        last: &Statement,
        value: impl Fn(&'a Header) -> Option<T>,
    ) -> Option<T> {
        let until = timeline.statements.iter().filter(|statement| statement.at <= last.at);
        let given = until.rev().filter_map(index).find(|index| {
            self.incident.updates.get(*index).is_some_and(|update| value(&update.header).is_some())
        })?;
        let translated = self.update(given).and_then(|spoken| value(&spoken.update.header));
        translated.or_else(|| value(&self.incident.updates.get(given)?.header))
    }

    /// What was said first of all, up to its first section.
    pub(super) fn summary(&self, limit: usize) -> Option<Passage> {
        let translated = self.translation.map(|t| (t.source.text.as_ref(), t.summary, t.lang.as_str()));
        if let Some((text, span, lang)) =
            translated.filter(|(text, span, _)| !span.of(text).trim().is_empty())
        {
            return self.prose(text, span, lang, limit);
        }
        let Span { start, end } = self.incident.summary;
        let end = self.incident.summary_sections.first().map_or(end, |section| section.heading.span.start);
        // The span of a heading is that of its words; the marks before it are no prose.
        let text = self.incident.text();
        let said = Span::new(start, end.max(start)).of(text).trim_end_matches(['#', ' ']);
        self.prose(text, Span::new(start, start + said.len()), &self.incident.lang, limit)
    }

    /// All that a statement says in words.
    pub(super) fn words(&self, statement: &Statement, limit: usize) -> Option<Passage> {
        match &statement.words {
            Words::Written(index) => {
                let Spoken { update, text, lang } = self.update(*index)?;
                self.prose(text, update.words(), lang, limit)
            }
            Words::Composed(_) => {
                let (text, lang) = statement.composed(self.language, self.default)?;
                self.prose(text, Span::new(0, text.len()), lang, limit)
            }
            Words::Retracted => None,
        }
    }

    /// Whether a machine translated the words of a statement.
    pub(super) fn is_machine(&self, statement: &Statement) -> bool {
        let spoken = index(statement).and_then(|index| self.update(index));
        let translation = self.translation.filter(|translation| translation.machine);
        translation.zip(spoken).is_some_and(|(translation, spoken)| spoken.lang == translation.lang)
    }

    /// The language of a statement's words, where that is not the mail's.
    pub(super) fn foreign<'s>(&'s self, statement: &'s Statement) -> Option<&'s str> {
        let lang = match statement.words {
            Words::Written(index) => self.update(index)?.lang,
            Words::Composed(_) => statement.composed(self.language, self.default)?.1,
            Words::Retracted => return None,
        };
        self.is_foreign(lang).then_some(lang)
    }

    fn is_foreign(&self, lang: &str) -> bool {
        !same_language(lang, &self.strings.lang)
    }

    /// "What you can do" as it holds, where `said` does not say it itself.
    pub(super) fn actions(&self, facts: &Facts, said: &Statement, limit: usize) -> Option<Passage> {
        let held = facts.actions?;
        let holds = |section: &&Section| section.body == held;
        let at = self.incident.updates.iter().position(|update| update.sections.iter().any(|s| holds(&s)));
        if at.is_some() && at == index(said) {
            return None;
        }
        let translated = at.and_then(|at| {
            let Spoken { update, text, lang } = self.update(at)?;
            let section =
                update.sections.iter().rev().find(|section| section.kind == SectionKind::Actions)?;
            self.prose(text, section.body, lang, limit)
        });
        translated.or_else(|| self.prose(self.incident.text(), held, &self.incident.lang, limit))
    }

    /// Markdown for both parts, cut at a paragraph so that its HTML is at most `limit` bytes; `None` where it says nothing.
    fn prose(&self, text: &str, span: Span, lang: &str, limit: usize) -> Option<Passage> {
        let rendering = Rendering {
            heading: 2,
            base: &self.page,
            done: self.strings.get("promise.done"),
            to_do: self.strings.get("promise.to_do"),
        };
        let mut span = span;
        let mut cut = false;
        let mut most = limit;
        loop {
            let whole = span.of(text);
            if whole.len() > most {
                span = Span::new(span.start, span.start + paragraphs(whole, most));
                cut = true;
            }
            let html = to_html(text, span, &rendering);
            if html.len() <= limit || most < 64 {
                if html.trim().is_empty() || html.len() > limit {
                    return None;
                }
                let plain = to_plain(text, span, &rendering);
                return Some(Passage {
                    html: Html::new(without_marks(&html)),
                    text: without_marks(&plain),
                    lang: self.is_foreign(lang).then(|| lang.to_owned()),
                    cut,
                });
            }
            most /= 2;
        }
    }
}

/// The length of the whole paragraphs within the first `most` bytes; where the first is longer, all of it that fits.
fn paragraphs(text: &str, most: usize) -> usize {
    let most = text.floor_char_boundary(most);
    let whole = text[..most].rfind("\n\n").filter(|end| !text[..*end].trim().is_empty());
    whole.unwrap_or(most)
}

/// The index of the update that a statement is.
pub(super) fn index(statement: &Statement) -> Option<usize> {
    match statement.words {
        Words::Written(index) => Some(index),
        Words::Composed(_) | Words::Retracted => None,
    }
}
