//! Sentences of masked, folded text that know their bytes in the source.

use std::ops::Range;

use super::fold::{Folded, MASK};
use crate::text::Span;

/// One sentence, ready for matching.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    folded: Folded,
    /// The bytes of the source it came from.
    pub span: Span,
}

/// A word of a sentence: letters and digits, joined by single `'`, `’` or `-`; in numbers also by `.`, `,` and `:`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    pub text: &'a str,
    /// First byte in the sentence's text.
    pub start: usize,
}

impl Word<'_> {
    /// Bytes of the sentence's text.
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }
}

impl Sentence {
    /// What stands for code, addresses, pictures and quoted speech: one for each run.
    pub const MASK: char = MASK;

    pub(super) fn new(folded: Folded) -> Self {
        let span = folded.original(0..folded.text.len());
        Self { folded, span }
    }

    /// The author's own words: white space runs are one blank, quotes and dashes are ASCII (a long dash is `--`),
    /// what cannot be seen is gone, and masked text is [`Sentence::MASK`].
    pub fn text(&self) -> &str {
        &self.folded.text
    }

    /// The source bytes of a byte range of the text; of an empty range, the place where it stands.
    pub fn original(&self, range: Range<usize>) -> Span {
        self.folded.original(range)
    }

    /// The words in order; masks are not words.
    pub fn words(&self) -> impl Iterator<Item = Word<'_>> {
        let text = self.text();
        let mut from = 0;
        std::iter::from_fn(move || {
            let start = from + text.get(from..)?.find(char::is_alphanumeric)?;
            from = word_end(text, start);
            Some(Word { text: &text[start..from], start })
        })
    }
}

/// Where the word that begins at `start` ends.
fn word_end(text: &str, start: usize) -> usize {
    let mut end = start;
    let mut chars = text[start..].chars().peekable();
    let mut before = ' ';
    while let Some(char) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let joins = match char {
            '\'' | '-' => next.is_alphanumeric(),
            '.' | ',' | ':' => before.is_ascii_digit() && next.is_ascii_digit(),
            _ => char.is_alphanumeric() || is_mark(char),
        };
        if !joins {
            break;
        }
        end += char.len_utf8();
        before = char;
    }
    end
}

/// Accents typed as characters of their own.
fn is_mark(char: char) -> bool {
    matches!(char, '\u{300}'..='\u{36F}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::Prose;

    #[test]
    fn words_keep_what_joins_them() {
        let text = "Don’t use the soon-to-expire card — 1,200 homes, from 14:30, 3.5 km. Call `503`!";
        let prose = Prose::read(text, Span::new(0, text.len()));
        let words: Vec<_> = prose.sentences().flat_map(|s| s.words().map(|w| w.text.to_owned())).collect();
        let expected = "Don't|use|the|soon-to-expire|card|1,200|homes|from|14:30|3.5|km|Call";
        assert_eq!(words.join("|"), expected);
    }

    #[test]
    fn a_word_is_found_again_in_the_source() {
        let text = "Pumps **will not** run, so *please* don’t wash.";
        let prose = Prose::read(text, Span::new(0, text.len()));
        let sentence = prose.sentences().next().unwrap();
        let word = sentence.words().find(|word| word.text == "don't").unwrap();
        assert_eq!(sentence.original(word.range()).of(text), "don’t");
    }
}
