//! Sentences of masked, folded text that know their bytes in the source.

use std::ops::Range;

use crate::text::Span;

/// One sentence, ready for matching.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    /// The author's own words: white space runs are one blank, quotes and dashes are ASCII, U+FEFF and soft hyphens
    /// are gone, and masked text (code, addresses, quoted speech) is `\u{FFFC}`, one for each run.
    pub text: String,
    /// The bytes of the source it came from.
    pub span: Span,
    /// For each byte of `text`, and one past its end, the byte of the source it stands for.
    pub offsets: Vec<usize>,
}

impl Sentence {
    /// The source bytes of a byte range of `text`.
    pub fn original(&self, range: Range<usize>) -> Span {
        let at = |index: usize| self.offsets.get(index).copied().unwrap_or(self.span.end);
        Span::new(at(range.start), at(range.end))
    }
}
