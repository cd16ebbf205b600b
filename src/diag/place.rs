//! From a finding's bytes to the line that people see, fit for a terminal.
//!
//! Source text is not trusted: whatever could move the cursor or turn the reading direction is shown as a sign for it.

use std::ops::Range;

use super::{Finding, Level};
use crate::text::{LineColumn, Positions, Span};

/// Finds the text of a file by its path, as the findings name it. `None`: not known, or not text.
pub type Lookup<'s> = dyn Fn(&str) -> Option<&'s str> + 's;

/// A longer line is cut around the words that are meant, in characters. Fitting the terminal is the renderer's work;
/// this only keeps a file of one endless line from costing time.
const LONGEST: usize = 1_000;

/// Findings that are to be shown, in an order that does not depend on how they were found.
pub(super) fn shown(findings: &[Finding]) -> Vec<&Finding> {
    let mut shown: Vec<&Finding> = findings.iter().filter(|finding| finding.level > Level::Off).collect();
    shown.sort_by(|a, b| a.order().cmp(&b.order()).then_with(|| a.message.cmp(&b.message)));
    shown
}

/// The texts that findings point into. Remembers where the lines of the last one begin.
pub(super) struct Texts<'l, 's> {
    lookup: &'l Lookup<'s>,
    last: Option<(String, Option<(&'s str, Positions<'s>)>)>,
}

/// Where a span is, with the line that it begins in.
pub(super) struct Place {
    pub(super) start: LineColumn,
    pub(super) end: LineColumn,
    pub(super) excerpt: Excerpt,
}

/// One line with the words that are meant. Character by character as in the source, so that columns can be counted.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub(super) text: String,
    /// Bytes of `text`; empty where the finding is about a point.
    pub(super) words: Range<usize>,
    /// Whether the whole line is there.
    pub(super) whole: bool,
}

impl<'l, 's> Texts<'l, 's> {
    pub(super) fn new(lookup: &'l Lookup<'s>) -> Self {
        Self { lookup, last: None }
    }

    /// A span counted in Unicode scalar values from the beginning of the text; `None` where the text is not known.
    pub(super) fn characters(&mut self, path: &str, span: Span) -> Option<Range<usize>> {
        let (text, _) = self.of(path)?;
        let count = |end: usize| text[..text.floor_char_boundary(end)].chars().count();
        Some(count(span.start)..count(span.end.max(span.start)))
    }

    /// The place of a span; `None` where the text is not known.
    pub(super) fn place(&mut self, path: &str, span: Span) -> Option<Place> {
        let (text, positions) = self.of(path)?;
        Some(Place {
            start: positions.line_column(span.start),
            end: positions.line_column(span.end.max(span.start)),
            excerpt: excerpt(text, span),
        })
    }

    fn of(&mut self, path: &str) -> Option<&(&'s str, Positions<'s>)> {
        if self.last.as_ref().is_none_or(|(last, _)| last != path) {
            let text = (self.lookup)(path).map(|text| (text, Positions::of(text)));
            self.last = Some((path.to_owned(), text));
        }
        self.last.as_ref()?.1.as_ref()
    }
}

/// The line that `span` begins in; of a longer span only what is on this line.
fn excerpt(text: &str, span: Span) -> Excerpt {
    let at = text.floor_char_boundary(span.start);
    let line_start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line_end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    let line = text[line_start..line_end].trim_end();
    let start = (at - line_start).min(line.len());
    let end = text.floor_char_boundary(span.end.clamp(at, line_end)) - line_start;
    cut(line, start..end.clamp(start, line.len()))
}

/// Cuts a line to [`LONGEST`] around the words that are meant, and makes it safe to print.
fn cut(line: &str, words: Range<usize>) -> Excerpt {
    let before = &line[..words.start];
    let meant = &line[words.clone()];
    let after = &line[words.end..];
    let meant = first(meant, LONGEST);
    let left = LONGEST.saturating_sub(meant.chars().take(LONGEST).count());
    // Room that one side does not need goes to the other.
    let room_after =
        after.chars().take(left).count().min(left - before.chars().rev().take(left * 2 / 5).count());
    let mut text = String::new();
    let before_kept = last(before, left - room_after);
    if before_kept.len() < before.len() {
        text.push('…');
    }
    text.push_str(&visible(before_kept));
    let start = text.len();
    text.push_str(&visible(meant));
    let end = text.len();
    let after_kept = if meant.len() < words.len() { "" } else { first(after, room_after) };
    text.push_str(&visible(after_kept));
    if words.start + meant.len() + after_kept.len() < line.len() {
        text.push('…');
    }
    let whole = before_kept.len() + meant.len() + after_kept.len() == line.len();
    Excerpt { text, words: start..end, whole }
}

fn first(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(at, _)| &text[..at])
}

fn last(text: &str, count: usize) -> &str {
    if count == 0 {
        return "";
    }
    text.char_indices().rev().nth(count - 1).map_or(text, |(at, _)| &text[at..])
}

/// `text` with everything that a terminal would obey shown instead, one character for each.
pub(super) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '\t' => out.push(char),
            '\n' => out.push(' '),
            // The Unicode pictures of the first 32 control characters stand in the same order.
            '\0'..='\u{1F}' => out.push(char::from_u32(0x2400 + u32::from(char)).unwrap_or('\u{FFFD}')),
            '\u{7F}' => out.push('\u{2421}'),
            '\u{80}'..='\u{9F}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}'
            | '\u{FEFF}' => out.push('\u{FFFD}'),
            char => out.push(char),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, words: &str) -> (String, String) {
        let at = text.find(words).unwrap();
        let excerpt = excerpt(text, Span::new(at, at + words.len()));
        (excerpt.text[excerpt.words.clone()].to_owned(), excerpt.text)
    }

    #[test]
    fn a_short_line_is_whole() {
        assert_eq!(of("a\r\nWe hope soon.\r\nb", "soon"), ("soon".into(), "We hope soon.".into()));
        assert_eq!(of("one\ntwo\nthree", "two\nthree"), ("two".into(), "two".into()));
    }

    #[test]
    fn a_long_line_is_cut_around_the_words() {
        let line = format!("{}soon{}", "é ".repeat(3000), " x".repeat(3000));
        let (words, text) = of(&line, "soon");
        assert_eq!(words, "soon");
        assert_eq!(text.chars().count(), LONGEST + 2);
        assert!(text.starts_with('…') && text.ends_with('…'));
        let (words, text) = of(&line, &line.clone());
        assert_eq!((words.chars().count(), text.chars().count()), (LONGEST, LONGEST + 1));
    }

    #[test]
    fn nothing_reaches_the_terminal_that_it_would_obey() {
        let (words, text) = of("a\t\u{1b}[31m\u{202e}b\u{9b}c", "b");
        assert_eq!((words.as_str(), text.as_str()), ("b", "a\t␛[31m\u{FFFD}b\u{FFFD}c"));
    }

    #[test]
    fn a_span_beyond_the_text_points_at_its_end() {
        let found = excerpt("ab\n", Span::new(70, 90));
        assert_eq!(found, Excerpt { text: String::new(), words: 0..0, whole: true });
        assert_eq!(excerpt("ab", Span::new(70, 90)).words, 2..2);
    }
}
