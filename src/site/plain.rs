//! Words without markup, for interfaces that take plain text.

use super::voice::{Voice, written};
use crate::prose::{Rendering, to_plain};
use crate::text::Span;
use crate::timeline::{Statement, Words};

/// The words of a statement with the headings of its sections.
pub(super) fn body(voice: &Voice<'_>, statement: &Statement) -> String {
    match &statement.words {
        Words::Retracted => voice.tongue.word("statement.taken_down"),
        Words::Composed(_) => {
            let composed = voice.composed(statement).map_or("", |(composed, _)| composed);
            text(voice, composed, Span::new(0, composed.len()))
        }
        Words::Written(_) => {
            let Some(spoken) = written(statement).and_then(|index| voice.update(index)) else {
                return String::new();
            };
            let mut parts = vec![text(voice, spoken.text, spoken.update.body)];
            for section in &spoken.update.sections {
                parts.push(section.heading.value.clone());
                parts.push(text(voice, spoken.text, section.body));
            }
            parts.retain(|part| !part.is_empty());
            parts.join("\n\n")
        }
    }
}

/// The summary of the incident.
pub(super) fn summary(voice: &Voice<'_>) -> String {
    let (source, span, _) = voice.summary_source();
    text(voice, source, span)
}

/// The markdown in `span` of `text` as plain text, links made absolute where the voice speaks elsewhere.
pub(super) fn text(voice: &Voice<'_>, text: &str, span: Span) -> String {
    let (done, to_do) = (voice.tongue.word("promise.done"), voice.tongue.word("promise.to_do"));
    to_plain(
        text,
        span,
        &Rendering { base: voice.base(), done: &done, to_do: &to_do, ..Rendering::default() },
    )
}
