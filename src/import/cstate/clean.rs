//! The body of a cState file as lines that fit into ours: without comments, headings moved down, nothing that our
//! reader would take for a header or an update.

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::prose::Prose;
use crate::text::Span;

/// Stands for a byte of a comment until the lines are cut, so that places stay where they were.
const GONE: char = '\u{1}';

/// One line of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) text: String,
    /// Whether it is code, in which nothing means anything.
    pub(super) code: bool,
    /// Where it stands in the file.
    pub(super) span: Span,
}

/// The lines, and where comments were left out.
pub(super) fn lines(text: &str, body: Span) -> (Vec<Line>, Vec<Span>) {
    let comments = Prose::read(text, body).comments;
    let mut masked = text.get(..body.end).unwrap_or(text).replace(GONE, " ");
    for comment in &comments {
        // Line ends stay, so that lines keep their places too.
        let gone: String =
            comment.of(text).bytes().map(|byte| if byte == b'\n' { '\n' } else { GONE }).collect();
        masked.replace_range(comment.range(), &gone);
    }
    let outline = outline(&masked, body);
    let mut lines = Vec::new();
    let mut at = body.start;
    for (index, written) in masked.get(body.range()).unwrap_or_default().split_inclusive('\n').enumerate() {
        let span = Span::new(at, at + written.trim_end_matches(['\r', '\n']).len());
        at += written.len();
        let line = written.trim_end_matches(['\r', '\n']);
        let empty = line.contains(GONE) && line.chars().all(|c| c == GONE || c.is_whitespace());
        // A line of nothing but a comment goes whole, or it would tear the paragraph around it.
        if !empty {
            lines.push(outline.line(index, line.replace(GONE, ""), span));
        }
    }
    (lines, comments)
}

/// What the lines of the body are, by their number.
#[derive(Default)]
struct Outline {
    code: Vec<bool>,
    /// For a line with `#` headings: how many more it gets.
    deeper: usize,
    headings: Vec<bool>,
    /// First lines of headings that are underlined, and the underlines.
    underlined: Vec<bool>,
    underlines: Vec<bool>,
}

fn outline(masked: &str, body: Span) -> Outline {
    let inside = body.of(masked);
    let count = inside.split_inclusive('\n').count();
    let starts: Vec<usize> =
        std::iter::once(0).chain(inside.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let line_of = |at: usize| starts.partition_point(|&start| start <= at).saturating_sub(1);
    let none = || vec![false; count + 1];
    let mut outline =
        Outline { code: none(), deeper: 0, headings: none(), underlined: none(), underlines: none() };
    let mut highest = 3;
    for (event, range) in Parser::new_ext(inside, Options::ENABLE_TABLES).into_offset_iter() {
        let (first, last) = (line_of(range.start), line_of(range.end.saturating_sub(1).max(range.start)));
        match event {
            Event::Start(Tag::CodeBlock(_)) => outline.code[first..=last].fill(true),
            Event::Start(Tag::Heading { level, .. }) => {
                let line = inside[starts[first]..].lines().next().unwrap_or_default();
                if line.trim_start().starts_with('#') {
                    outline.headings[first] = true;
                    highest = highest.min(level as usize);
                } else if last > first {
                    outline.underlined[first] = true;
                    outline.underlines[last] = true;
                }
            }
            _ => {}
        }
    }
    outline.deeper = 3 - highest;
    outline
}

impl Outline {
    fn line(&self, index: usize, mut text: String, span: Span) -> Line {
        let is = |lines: &[bool]| lines.get(index).copied().unwrap_or_default();
        if is(&self.headings) {
            if let Some(at) = text.find('#') {
                let deeper = self
                    .deeper
                    .min(6usize.saturating_sub(text[at..].bytes().take_while(|b| *b == b'#').count()));
                text.insert_str(at, &"#".repeat(deeper));
            }
        } else if is(&self.underlined) && !text.trim_end().ends_with(['.', ':', '!', '?', '"']) {
            text.insert_str(0, "### ");
        } else if is(&self.underlines) {
            // Under a sentence, the dashes were meant to part two updates.
            text.clear();
        }
        Line { text, code: is(&self.code), span }
    }
}

/// The lines as one text, fit to stand under an update's heading.
pub(super) fn join(lines: &[Line]) -> String {
    let is_rule = |line: &Line| !line.code && is_rule(&line.text);
    let kept = |line: &&Line| !is_rule(line) && !line.text.trim().is_empty();
    let Some(first) = lines.iter().position(|line| kept(&line)) else { return String::new() };
    let last = lines.iter().rposition(|line| kept(&line)).unwrap_or(first);
    let mut texts: Vec<String> =
        lines[first..=last].iter().map(|line| line.text.trim_end().to_owned()).collect();
    if let Some(line) = texts.first_mut().filter(|_| !lines[first].code) {
        *line = not_a_header(line);
    }
    texts.join("\n")
}

/// A line of dashes or stars, which cState puts between updates.
fn is_rule(line: &str) -> bool {
    let marks: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    marks.len() >= 3 && ["*", "-", "_"].iter().any(|mark| marks.replace(mark, "").is_empty())
}

/// `Affected: all` at the top of an update is a header to us and was none to its author.
fn not_a_header(line: &str) -> String {
    let Some(colon) = line.find(':') else { return line.to_owned() };
    let key = line[..colon].trim();
    let wordy =
        key.chars().all(|c| c.is_alphabetic() || c.is_whitespace() || matches!(c, '\'' | '’' | '-' | '_'));
    if key.is_empty() || !wordy || line[colon + 1..].starts_with("//") {
        return line.to_owned();
    }
    format!("{}&#58;{}", &line[..colon], &line[colon + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(text: &str) -> String {
        join(&lines(text, Span::new(0, text.len())).0)
    }

    #[test]
    fn comments_go_and_their_places_are_known() {
        let text = "a\n<!-- b\n\nc -->\nd <!-- e -->f\n\n`<!-- g -->`";
        let (lines, comments) = lines(text, Span::new(0, text.len()));
        assert_eq!(join(&lines), "a\n\nd f\n\n`<!-- g -->`");
        assert_eq!(
            comments.iter().map(|c| c.of(text)).collect::<Vec<_>>(),
            ["<!-- b\n\nc -->", "<!-- e -->"]
        );
        assert_eq!(lines.last().unwrap().span.of(text), "`<!-- g -->`");
    }

    #[test]
    fn headings_move_down_but_not_in_code() {
        assert_eq!(joined("## A\n```\n# b\n```\n#### C"), "### A\n```\n# b\n```\n##### C");
        assert_eq!(joined("Title\n-----\nx\n\nIt is back.\n---\ny"), "### Title\n\nx\n\nIt is back.\n\ny");
        assert_eq!(joined("***\n\na\n\n***\n\nb\n\n---\n"), "a\n\n***\n\nb");
    }

    #[test]
    fn nothing_becomes_a_header_by_accident() {
        assert_eq!(joined("Affected: all\nBy: us"), "Affected&#58; all\nBy: us");
        assert_eq!(joined("https://a.example: x"), "https://a.example: x");
        assert_eq!(joined("At 14:00: y"), "At 14:00: y");
    }
}
