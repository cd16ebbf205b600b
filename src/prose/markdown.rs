//! The one way in which Candor parses markdown: CommonMark with tables, footnotes, struck-out text and task lists.

use pulldown_cmark::{Event, Options, Parser};

use crate::text::Span;

/// U+FEFF, which some editors put at the start of a text.
const BYTE_ORDER_MARK: char = '\u{FEFF}';

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
}

/// The events of the markdown in `span` of `text`.
pub(super) fn events(text: &str, span: Span) -> impl Iterator<Item = Event<'_>> {
    Parser::new_ext(slice(text, span).1, options())
}

/// The same with the bytes of `text` that each event covers.
pub(super) fn events_with_spans(text: &str, span: Span) -> impl Iterator<Item = (Event<'_>, Span)> {
    let (start, slice) = slice(text, span);
    Parser::new_ext(slice, options())
        .into_offset_iter()
        .map(move |(event, range)| (event, Span::from(range).shifted(start)))
}

fn slice(text: &str, span: Span) -> (usize, &str) {
    let slice = span.of(text);
    let shorter = slice.trim_start_matches(BYTE_ORDER_MARK);
    (span.start + slice.len() - shorter.len(), shorter)
}
