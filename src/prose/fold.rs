//! Unicode folding with offsets kept, so that one spelling of a phrase finds all the ways in which it is typed.
//!
//! Folding changes quotes, dashes, ellipses, blanks and what cannot be seen. It leaves case, accents and digits alone.

use std::ops::Range;

use crate::text::Span;

/// Stands for text that is not the author's own words: code, addresses, quoted speech, pictures.
pub(super) const MASK: char = '\u{FFFC}';

/// Folded text and where each part of it was written.
#[derive(Clone, Debug, Default)]
pub(super) struct Folded {
    pub(super) text: String,
    runs: Vec<Run>,
}

/// A stretch of folded text, up to the start of the next run.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// First byte in the folded text.
    text: usize,
    /// What it stands for in the source.
    source: Span,
    /// Whether it stands there byte for byte; else the whole run stands for the whole span.
    exact: bool,
}

impl Folded {
    /// Appends `written`, which is what `span` of `source` means (they differ for `&amp;`).
    pub(super) fn push(&mut self, written: &str, span: Span, source: &str) {
        if span.of(source) == written {
            self.push_exact(written, span.start);
        } else {
            let mut other = Self::default();
            other.push_exact(written, 0);
            self.push_run(other.text.as_str(), span, false);
        }
    }

    fn push_exact(&mut self, written: &str, start: usize) {
        let mut plain_from = 0;
        for (at, char) in written.char_indices() {
            let folded = match fold(char) {
                Some(folded) => folded,
                // A blank at the very start or after another blank says nothing.
                None if char == ' ' && self.ends_blank(&written[plain_from..at]) => "",
                None => continue,
            };
            self.push_run(&written[plain_from..at], Span::new(start + plain_from, start + at), true);
            plain_from = at + char.len_utf8();
            let span = Span::new(start + at, start + plain_from);
            if folded == " " {
                self.blank(span);
            } else {
                self.push_run(folded, span, false);
            }
        }
        let rest = &written[plain_from..];
        self.push_run(rest, Span::new(start + plain_from, start + written.len()), true);
    }

    /// Appends a blank, unless one is there already.
    pub(super) fn blank(&mut self, span: Span) {
        if !self.ends_blank("") {
            self.push_run(" ", span, false);
        }
    }

    /// Appends a mask for what `span` holds; masks that follow on each other are one.
    pub(super) fn mask(&mut self, span: Span) {
        if self.text.ends_with(MASK)
            && let Some(last) = self.runs.last_mut()
        {
            last.source.end = span.end;
            return;
        }
        let mut buffer = [0; 4];
        self.push_run(MASK.encode_utf8(&mut buffer), span, false);
    }

    /// Appends a part of another folded text.
    pub(super) fn push_part(&mut self, other: &Self, range: Range<usize>) {
        let first = other.run_at(range.start);
        for (index, run) in other.runs.iter().enumerate().skip(first) {
            if run.text >= range.end {
                break;
            }
            let end = other.runs.get(index + 1).map_or(other.text.len(), |next| next.text).min(range.end);
            let start = run.text.max(range.start);
            let source = if run.exact {
                Span::new(run.source.start + start - run.text, run.source.start + end - run.text)
            } else {
                run.source
            };
            self.push_run(&other.text[start..end], source, run.exact);
        }
    }

    /// The source bytes of a byte range of the folded text; of an empty range, the place where it stands.
    pub(super) fn original(&self, range: Range<usize>) -> Span {
        let end_of_all = self.runs.last().map_or(0, |run| run.source.end);
        let start = match self.runs.get(self.run_at(range.start)) {
            Some(run) if range.start < self.text.len() => {
                run.source.start + if run.exact { range.start - run.text } else { 0 }
            }
            _ => end_of_all,
        };
        if range.end <= range.start {
            return Span::at(start);
        }
        let last = range.end.min(self.text.len()).saturating_sub(1);
        let end = self.runs.get(self.run_at(last)).map_or(end_of_all, |run| {
            if run.exact { run.source.start + last + 1 - run.text } else { run.source.end }
        });
        Span::new(start, end.max(start))
    }

    /// The index of the run that holds a byte of the folded text.
    fn run_at(&self, at: usize) -> usize {
        self.runs.partition_point(|run| run.text <= at).saturating_sub(1)
    }

    fn push_run(&mut self, text: &str, source: Span, exact: bool) {
        if text.is_empty() {
            return;
        }
        let follows_on =
            self.runs.last().is_some_and(|last| exact && last.exact && last.source.end == source.start);
        match self.runs.last_mut() {
            Some(last) if follows_on => last.source.end = source.end,
            _ => self.runs.push(Run { text: self.text.len(), source, exact }),
        }
        self.text.push_str(text);
    }

    fn ends_blank(&self, pending: &str) -> bool {
        let text = if pending.is_empty() { &self.text } else { pending };
        text.is_empty() || text.ends_with(' ')
    }
}

/// What a character is folded to; `None`: itself.
fn fold(char: char) -> Option<&'static str> {
    if matches!(char, ' '..='~') {
        return None;
    }
    Some(match char {
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' | '´' => "'",
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => "\"",
        '\u{2010}' | '\u{2011}' | '\u{2012}' | '–' | '\u{2212}' => "-",
        // Two, because it parts words and a hyphen joins them.
        '—' | '\u{2015}' => "--",
        '…' => "...",
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' => "",
        '\u{2060}'..='\u{2069}' | '\u{FEFF}' => "",
        // The author's own would pass for a mask, and hide words.
        MASK => "",
        char if char.is_whitespace() => " ",
        char if char.is_control() => "",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(source: &str) -> Folded {
        let mut folded = Folded::default();
        folded.push(source, Span::new(0, source.len()), source);
        folded
    }

    #[test]
    fn folds_what_looks_alike_and_drops_what_cannot_be_seen() {
        assert_eq!(folded("“It’s  so\u{AD}on”\u{A0}– we\t\u{FEFF}hope…").text, "\"It's soon\" - we hope...");
        assert_eq!(folded("  soon—later").text, "soon--later");
    }

    #[test]
    fn nobody_can_write_a_mask() {
        let source = "so\u{FFFC}on \u{FFFC}";
        let mut folded = folded(source);
        assert_eq!(folded.text, "soon ");
        folded.mask(Span::new(8, 11));
        assert_eq!(folded.original(0..4).of(source), "so\u{FFFC}on");
    }

    #[test]
    fn a_match_is_found_again_in_the_source() {
        let source = "We’ll  be back so\u{AD}on…";
        let folded = folded(source);
        let original = |needle: &str| {
            let at = folded.text.find(needle).unwrap();
            folded.original(at..at + needle.len()).of(source)
        };
        assert_eq!(original("soon"), "so\u{AD}on");
        assert_eq!(original("We'll be"), "We’ll  be");
        assert_eq!(original(".."), "…");
        assert_eq!(folded.original(99..120), Span::at(source.len()));
    }
}
