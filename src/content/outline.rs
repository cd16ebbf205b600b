//! The skeleton of a markdown body: headings and comments, with code blocks and comments passed over.
//!
//! A scan over lines, not a parse: it agrees with CommonMark on what is a heading at the top level, a fenced code
//! block and a comment, and it looks into nothing else. A heading inside a code block or a comment is not a heading.

use super::decode::Lines;
use crate::text::Span;

/// A heading outside of code and comments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    /// 1 to 6.
    pub(super) level: u8,
    /// The line, without its line end.
    pub(super) line: Span,
    /// The words.
    pub(super) text: Span,
    /// Whether it is one because the next line is a row of dashes.
    pub(super) underlined: bool,
}

/// How many bytes into a line a slip of the pen may push the marks of a heading.
const NEAR: usize = 6;

/// What a scan found.
#[derive(Clone, Debug, Default)]
pub(super) struct Outline {
    pub(super) headings: Vec<Heading>,
    /// HTML comments, `<!--` and `-->` included.
    pub(super) comments: Vec<Span>,
    /// A code block or comment that is never closed, from its opening to the end of the body.
    pub(super) unclosed: Option<Span>,
    /// Lines that may be meant as headings and are none: `##Now`, `x## Why`, `2026-11-21 14:10 Resolved`.
    pub(super) near: Vec<Span>,
}

/// Scans the lines in `span` of `text`. Takes time in proportion to the text, whatever it holds.
pub(super) fn outline(text: &str, span: Span) -> Outline {
    let mut scan = Scan {
        text,
        end: span.end,
        found: Outline::default(),
        paragraph: None,
        open: None,
        passed: span.start,
    };
    let mut fence: Option<Fence> = None;
    for line in Lines::of(text, span) {
        if line.start < scan.passed {
            // Inside a comment. What follows it on its last line is looked at for further comments only.
            if scan.passed <= line.end {
                scan.comments(Span::new(scan.passed, line.end), false);
            }
            continue;
        }
        let words = line.of(text);
        let bare = unindented(words);
        if let Some(open) = fence {
            fence = Some(open).filter(|open| !open.closed_by(words));
        } else if words.trim().is_empty() {
            scan.end_paragraph();
        } else if let Some(open) = bare.and_then(|bare| Fence::opened_by(bare, line.start)) {
            scan.end_paragraph();
            fence = Some(open);
        } else {
            scan.line(line, bare);
        }
    }
    if let Some(open) = fence {
        scan.found.unclosed = Some(Span::new(open.start, span.end));
    }
    scan.found
}

/// The state of a scan between two lines.
struct Scan<'t> {
    text: &'t str,
    end: usize,
    found: Outline,
    /// The last line, where it is one of a paragraph.
    paragraph: Option<Span>,
    /// A comment that began within this paragraph and may end in it.
    open: Option<usize>,
    /// Up to here everything is inside a comment.
    passed: usize,
}

impl Scan<'_> {
    fn end_paragraph(&mut self) {
        (self.paragraph, self.open) = (None, None);
    }

    /// A line that is neither blank nor code.
    fn line(&mut self, line: Span, bare: Option<&str>) {
        let dashes = |bare: &str| bare.trim_end().bytes().all(|b| b == b'-');
        if let Some(heading) = bare.and_then(|bare| atx(bare, line)) {
            self.found.headings.push(heading);
            self.end_paragraph();
        } else if let Some(above) = self.paragraph.filter(|_| bare.is_some_and(dashes)) {
            self.found.headings.push(Heading { level: 2, line: above, text: above, underlined: true });
            self.end_paragraph();
        } else {
            if is_near_heading(line.of(self.text)) {
                self.found.near.push(line);
            }
            self.paragraph = bare.filter(|bare| is_paragraph(bare)).map(|_| line);
        }
        self.comments(line, true);
    }

    /// Finds the comments that begin or end in `line`. `whole`: the line is seen from its beginning.
    fn comments(&mut self, line: Span, whole: bool) {
        let mut at = line.start;
        if let Some(open) = self.open {
            let Some(close) = line.of(self.text).find("-->").map(|close| line.start + close + 3) else {
                return;
            };
            self.found.comments.push(Span::new(open, close));
            (self.open, at) = (None, close);
        }
        let mut in_code = false;
        while let Some(open) = self.text[at..line.end].find("<!--").map(|open| at + open) {
            in_code ^= self.text[at..open].bytes().filter(|b| *b == b'`').count() % 2 == 1;
            at = open + 4;
            if in_code {
                continue;
            }
            let block = whole && self.text[line.start..open].trim().is_empty();
            // A comment that begins a line ends anywhere; one within a paragraph ends with the paragraph.
            let search = if block { self.end } else { line.end };
            match self.text[at..search].find("-->").map(|close| at + close + 3) {
                Some(close) => {
                    self.found.comments.push(Span::new(open, close));
                    self.passed = close;
                    if close > line.end {
                        self.end_paragraph();
                        return;
                    }
                    at = close;
                }
                None if block => {
                    self.found.unclosed = Some(Span::new(open, self.end));
                    self.passed = self.end;
                    return;
                }
                None => {
                    self.open = Some(open);
                    return;
                }
            }
        }
    }
}

/// A line without up to three leading blanks; `None` where it is indented further, as code is.
fn unindented(line: &str) -> Option<&str> {
    let bare = line.trim_start_matches(' ');
    (line.len() - bare.len() <= 3 && !bare.starts_with('\t')).then_some(bare)
}

fn atx(bare: &str, line: Span) -> Option<Heading> {
    let level = bare.bytes().take_while(|b| *b == b'#').count();
    let rest = bare.get(level..)?;
    if !(1..=6).contains(&level) || !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
        return None;
    }
    let mut words = rest.trim();
    // A closing row of `#` belongs to the mark, not to the words.
    let open = words.trim_end_matches('#');
    if open.is_empty() || open.ends_with([' ', '\t']) {
        words = open.trim_end();
    }
    let start = line.end - rest.len() + (rest.len() - rest.trim_start().len());
    let text = if words.is_empty() { Span::at(line.end) } else { Span::new(start, start + words.len()) };
    Some(Heading { level: u8::try_from(level).ok()?, line, text, underlined: false })
}

/// Whether a line that is no heading was perhaps meant as one: `#` near its beginning, or a date.
fn is_near_heading(line: &str) -> bool {
    let start = line.trim_start().as_bytes();
    let digits = start.iter().take_while(|b| b.is_ascii_digit()).count();
    start.iter().take(NEAR).any(|b| *b == b'#') || (digits == 4 && start.get(4) == Some(&b'-'))
}

/// Whether a row of dashes under the line would make a heading of it.
fn is_paragraph(bare: &str) -> bool {
    let mark = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    let item = bare.starts_with(['-', '*', '+', '>', '|', '<'])
        || (mark.len() < bare.len() && mark.starts_with(['.', ')']));
    !item && !bare.contains('|')
}

/// An open code block.
#[derive(Clone, Copy)]
struct Fence {
    mark: u8,
    length: usize,
    start: usize,
}

impl Fence {
    fn opened_by(bare: &str, start: usize) -> Option<Self> {
        let mark = *bare.as_bytes().first().filter(|b| matches!(b, b'`' | b'~'))?;
        let length = bare.bytes().take_while(|b| *b == mark).count();
        let info = &bare[length..];
        (length >= 3 && !(mark == b'`' && info.contains('`'))).then_some(Self { mark, length, start })
    }

    fn closed_by(self, line: &str) -> bool {
        unindented(line).is_some_and(|bare| {
            let length = bare.bytes().take_while(|b| *b == self.mark).count();
            length >= self.length && bare[length..].trim().is_empty()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headings(text: &str) -> Vec<(u8, &str)> {
        outline(text, Span::new(0, text.len())).headings.iter().map(|h| (h.level, h.text.of(text))).collect()
    }

    #[test]
    fn headings_are_found_outside_of_code_and_comments() {
        let text = "# a\n## b ##\r\n   ### c\n    ## code\n```\n## d\n```\n<!--\n## e\n-->\n## f\n~~~~\n~~~\n## g\n~~~~\n##\n##h\n";
        assert_eq!(headings(text), [(1, "a"), (2, "b"), (3, "c"), (2, "f"), (2, "")]);
    }

    #[test]
    fn a_row_of_dashes_under_a_paragraph_makes_a_heading() {
        assert_eq!(headings("one\ntwo\n---\n"), [(2, "two")]);
        assert_eq!(headings("one\n\n---\n- a\n---\na | b\n--- | ---\n# h\n---\n> q\n---\n"), [(1, "h")]);
    }

    #[test]
    fn comments_are_found_wherever_they_stand() {
        let text = "a <!-- b --> c <!-- d -->\n<!-- e\n\nf -->\n`<!-- g -->`\nx <!-- h\n\ni -->\n```\n<!-- j -->\n```\ny <!-- k\nl --> m <!-- n -->\n";
        let found = outline(text, Span::new(0, text.len()));
        let words: Vec<_> = found.comments.iter().map(|span| span.of(text)).collect();
        assert_eq!(words, ["<!-- b -->", "<!-- d -->", "<!-- e\n\nf -->", "<!-- k\nl -->", "<!-- n -->"]);
        assert_eq!(found.unclosed, None);
    }

    #[test]
    fn what_is_never_closed_is_told() {
        for text in ["a\n```\n## b\n", "a\n<!-- x\n## b\n"] {
            let found = outline(text, Span::new(0, text.len()));
            assert_eq!(found.headings, [], "{text}");
            assert_eq!(found.unclosed, Some(Span::new(2, text.len())), "{text}");
        }
    }
}
