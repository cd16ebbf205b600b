//! Which lines under an update's heading are its header, and how they are cut into keys and values.

use std::borrow::Cow;

use super::decode::{Lines, after_line};
use super::keywords::{Key, Keywords};
use crate::text::{Span, Spanned};

/// A header of more lines than this is none.
const LONGEST: usize = 200;

/// The header lines of one update.
#[derive(Debug, Default)]
pub(super) struct HeaderLines<'t> {
    pub(super) lines: Vec<HeaderLine<'t>>,
    /// From the first line to the last; empty where there is no header.
    pub(super) span: Span,
    /// Where the body begins.
    pub(super) body: usize,
}

/// `Key: value`, continuation lines joined.
#[derive(Debug)]
pub(super) struct HeaderLine<'t> {
    pub(super) key: Spanned<&'t str>,
    /// `None`: not a key that Candor knows.
    pub(super) known: Option<Key>,
    pub(super) value: Text<'t>,
    /// Whether the line is indented although it begins a key of its own.
    pub(super) indented: bool,
}

/// A value's words with their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Text<'t> {
    pub(super) words: Cow<'t, str>,
    pub(super) span: Span,
}

impl Text<'_> {
    /// The place of a part of the words; that of the whole where lines were joined.
    pub(super) fn place(&self, part: &str) -> Span {
        let Cow::Borrowed(words) = &self.words else { return self.span };
        let offset = (part.as_ptr() as usize).wrapping_sub(words.as_ptr() as usize);
        let span = Span::new(
            self.span.start.saturating_add(offset),
            self.span.start.saturating_add(offset).saturating_add(part.len()),
        );
        if self.span.contains(span) { span } else { self.span }
    }
}

/// Finds the header in `span`, which begins after the heading's line. `comments` are those of the update.
pub(super) fn header_lines<'t>(
    text: &'t str,
    span: Span,
    comments: &[Span],
    keywords: &Keywords,
) -> HeaderLines<'t> {
    let none = HeaderLines { lines: Vec::new(), span: Span::at(span.start), body: span.start };
    let mut run: Vec<HeaderLine<'t>> = Vec::new();
    let mut last = Span::at(span.start);
    for line in Lines::of(text, span).take(LONGEST) {
        let words = line.of(text);
        if is_comment(text, line, comments) || (run.is_empty() && words.trim().is_empty()) {
            continue;
        }
        let indented = words.starts_with([' ', '\t']);
        match key_and_value(text, line, keywords) {
            Some(new) if !indented || new.known.is_some() => run.push(HeaderLine { indented, ..new }),
            _ if indented && !words.trim().is_empty() => {
                let Some(open) = run.last_mut() else { break };
                let joined = format!("{} {}", open.value.words, words.trim());
                open.value = Text {
                    words: Cow::Owned(joined.trim_start().to_owned()),
                    span: Span::new(open.value.span.start, trimmed(text, line).end),
                };
            }
            _ => break,
        }
        last = line;
    }
    let meant = run.iter().any(|line| line.known.is_some() || keywords.nearest_key(&line.key).is_some());
    let Some(first) = run.first().filter(|_| meant) else { return none };
    let span = Span::new(first.key.span.start, trimmed(text, last).end);
    HeaderLines { lines: run, span, body: after_line(text, last) }
}

/// Whether a line belongs to comments and to nothing else. `comments` are in the order of the text.
fn is_comment(text: &str, line: Span, comments: &[Span]) -> bool {
    let words = trimmed(text, line);
    let inside = |place: usize| {
        let next = comments.partition_point(|comment| comment.end <= place);
        comments.get(next).is_some_and(|comment| comment.start <= place)
    };
    match words.is_empty() {
        true => inside(line.start),
        false => inside(words.start) && inside(words.end - 1),
    }
}

/// The span without white space at either end.
pub(super) fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let start = span.start + (words.len() - words.trim_start().len());
    Span::new(start, start + words.trim().len())
}

/// Cuts `Key: value`; `None` where the line is something else.
fn key_and_value<'t>(text: &'t str, line: Span, keywords: &Keywords) -> Option<HeaderLine<'t>> {
    let words = line.of(text);
    let colon = words.find(':')?;
    let key = words[..colon].trim();
    let letters = |c: char| c.is_alphabetic() || c.is_whitespace() || matches!(c, '\'' | '’' | '-' | '_');
    if !key.starts_with(char::is_alphabetic)
        || !key.chars().all(letters)
        || key.split_whitespace().count() > 5
    {
        return None;
    }
    let known = keywords.key(key);
    let after = &words[colon + 1..];
    let apart = after.is_empty() || after.starts_with(char::is_whitespace);
    if !apart && known.is_none() {
        return None;
    }
    let key_span = trimmed(text, Span::new(line.start, line.start + colon));
    let value_span = trimmed(text, Span::new(line.start + colon + 1, line.end));
    Some(HeaderLine {
        key: Spanned::new(key, key_span),
        known,
        value: Text { words: Cow::Borrowed(value_span.of(text)), span: value_span },
        indented: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::outline::outline;

    fn read(text: &str) -> (Vec<(String, String)>, String) {
        let whole = Span::new(0, text.len());
        let found = header_lines(text, whole, &outline(text, whole).comments, Keywords::of("fr"));
        let lines = found.lines.iter().map(|line| (line.key.to_string(), line.value.words.to_string()));
        (lines.collect(), text[found.body..].to_owned())
    }

    fn pair(key: &str, value: &str) -> (String, String) {
        (key.to_owned(), value.to_owned())
    }

    #[test]
    fn the_header_is_the_run_of_lines_under_the_heading() {
        let (lines, body) = read("\n\nNext update: 14:40\nby : Dana\n\nText.\n");
        assert_eq!(lines, [pair("Next update", "14:40"), pair("by", "Dana")]);
        assert_eq!(body, "\nText.\n");
        // The first other line ends it, blank or not.
        let (lines, body) = read("Next update: 14:40\nWe are digging.\nAffected: all\n");
        assert_eq!(lines.len(), 1);
        assert_eq!(body, "We are digging.\nAffected: all\n");
        assert_eq!(read("By: Dana\n\nKept: x\n").1, "\nKept: x\n");
    }

    #[test]
    fn an_indented_line_continues_a_value() {
        let (lines, body) = read("Expected fix: 20:00\r\n  because the pipe\r\n\tis on site\r\nText.");
        assert_eq!(lines, [pair("Expected fix", "20:00 because the pipe is on site")]);
        assert_eq!(body, "Text.");
        assert_eq!(read("Affected:\n  everyone\n").0, [pair("Affected", "everyone")]);
        // Unless it is a key of its own.
        assert_eq!(read("By: Dana\n  Next update: 14:40\n").0.len(), 2);
    }

    #[test]
    fn a_run_without_a_known_key_is_text() {
        for text in [
            "Good news: the water is back.\n",
            "See https://x.example\n",
            "Note: a\nPlease note: b\n",
            "12:30: we arrived\n",
        ] {
            assert_eq!(read(text), (vec![], text.to_owned()));
        }
        // Within two edits of a known key, the run is a header, and its other lines with it.
        assert_eq!(read("Nxt updat: 14:40\nGood news: b\n").0.len(), 2);
    }

    #[test]
    fn a_comment_may_stand_over_a_header_line() {
        let (lines, body) =
            read("<!-- candor: allow(x) because y -->\nNext update: 14:40\n<!-- a\nb -->\nBy: Dana\n\nText.");
        assert_eq!(lines.len(), 2);
        assert_eq!(body, "\nText.");
    }

    #[test]
    fn french_writes_a_blank_before_the_colon() {
        assert_eq!(read("Prochain point\u{a0}: 14:40\n").0, [pair("Prochain point", "14:40")]);
    }
}
