//! The body of a cState file as lines that fit into ours: without comments, headings moved down, nothing that our
//! reader would take for a header or an update.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use crate::content::Keywords;
use crate::prose::Prose;
use crate::text::Span;

/// One line of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) text: String,
    /// Whether it is code, in which nothing means anything.
    pub(super) code: bool,
    /// Where it stands in the file.
    pub(super) span: Span,
}

/// The lines, what was left out, and what is shown otherwise than it was.
pub(super) struct Lines {
    pub(super) lines: Vec<Line>,
    pub(super) comments: Vec<Span>,
    /// Blocks of raw HTML, which become text: rendered it never is, and left out it would be lost.
    pub(super) html: Vec<Span>,
}

/// Cuts the body in lines.
pub(super) fn lines(text: &str, body: Span) -> Lines {
    let comments = Prose::read(text, body).comments;
    let mut lines = seen(text, body, &comments);
    let mut html = Vec::new();
    // What is left is read anew: without its comments a line may be a heading, or HTML, that was none.
    let (joined, starts) = joined(&lines);
    for block in html_blocks(&joined) {
        let (first, last) = (line_at(&starts, block.start), line_at(&starts, block.end.saturating_sub(1)));
        html.push(lines[first].span);
        lines[first..=last].iter_mut().for_each(|line| line.text = line.text.replace('<', "&lt;"));
    }
    outline(&mut lines);
    Lines { lines, comments, html }
}

/// The lines without comments and without what cannot be seen.
fn seen(text: &str, body: Span, comments: &[Span]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut at = body.start;
    let mut next = 0;
    for written in body.of(text).split_inclusive('\n') {
        let span = Span::new(at, at + written.trim_end_matches(['\r', '\n']).len());
        at += written.len();
        let mut left = String::new();
        let mut from = span.start;
        while let Some(comment) = comments.get(next).filter(|comment| comment.start < at) {
            left.push_str(&text[from..comment.start.max(from)]);
            from = comment.end.min(span.end);
            if comment.end > at {
                break;
            }
            next += 1;
        }
        left.push_str(&text[from..span.end]);
        left.retain(|c| !matches!(c, '\0' | '\r' | '\u{FEFF}'));
        // A line of nothing but a comment goes whole, or it would tear the paragraph around it.
        if !left.trim().is_empty() || span.of(text).trim().is_empty() {
            lines.push(Line { text: left, code: false, span });
        }
    }
    lines
}

/// All lines as one text, and where each begins.
fn joined(lines: &[Line]) -> (String, Vec<usize>) {
    let mut text = String::new();
    let mut starts = Vec::with_capacity(lines.len());
    for line in lines {
        starts.push(text.len());
        text.push_str(&line.text);
        text.push('\n');
    }
    (text, starts)
}

fn line_at(starts: &[usize], at: usize) -> usize {
    starts.partition_point(|&start| start <= at).saturating_sub(1)
}

/// Marks code, and moves headings down below the updates' own.
fn outline(lines: &mut [Line]) {
    let (joined, starts) = joined(lines);
    let mut underlined = Vec::new();
    for (event, range) in Parser::new_ext(&joined, Options::ENABLE_TABLES).into_offset_iter() {
        let first = line_at(&starts, range.start);
        let last = line_at(&starts, range.end.saturating_sub(1).max(range.start));
        match event {
            Event::Start(Tag::CodeBlock(_)) => {
                lines[first..=last].iter_mut().for_each(|line| line.code = true);
            }
            Event::Start(Tag::Heading { .. }) if last > first && hashes(&lines[first].text).is_none() => {
                underlined.push((first, last));
            }
            _ => {}
        }
    }
    for (first, last) in underlined {
        // Under a sentence, the dashes were meant to part two updates.
        if !lines[first].text.trim_end().ends_with(['.', ':', '!', '?', '"']) {
            lines[first].text.insert_str(0, "### ");
        }
        lines[last].text.clear();
    }
    let is_heading = |line: &Line| if line.code { None } else { hashes(&line.text) };
    let highest = lines.iter().filter_map(is_heading).min().unwrap_or(3).min(3);
    for line in lines {
        if let (Some(level), Some(at)) = (is_heading(line), line.text.find('#')) {
            line.text.insert_str(at, &"#".repeat((3 - highest).min(6 - level)));
        }
    }
}

/// How many `#` begin a line that is a heading.
fn hashes(line: &str) -> Option<usize> {
    let words = line.trim_start_matches(' ');
    let rest = words.trim_start_matches('#');
    let level = words.len() - rest.len();
    let heading = line.len() - words.len() < 4 && (1..=6).contains(&level);
    (heading && (rest.trim().is_empty() || rest.starts_with([' ', '\t']))).then_some(level)
}

/// The lines as one text, fit to stand under an update's heading.
pub(super) fn join(lines: &[Line], keywords: &Keywords) -> String {
    let is_rule = |line: &Line| !line.code && is_rule(&line.text);
    let kept = |line: &&Line| !is_rule(line) && !line.text.trim().is_empty();
    let Some(first) = lines.iter().position(|line| kept(&line)) else { return String::new() };
    let last = lines.iter().rposition(|line| kept(&line)).unwrap_or(first);
    let text = |line: &Line| {
        let text = line.text.trim_end();
        if is_rule(line) {
            // Dashes under a line of words would make a heading of it.
            return "***".to_owned();
        }
        if line.code { text.to_owned() } else { not_a_header(text, keywords) }
    };
    sealed(lines[first..=last].iter().map(text).collect::<Vec<_>>().join("\n"))
}

/// Raw HTML on lines of its own. Within a line of words it is left out when the page is made, and the words stay.
fn html_blocks(text: &str) -> Vec<Span> {
    let mut blocks = Prose::read(text, Span::new(0, text.len())).raw_html;
    blocks.retain(|block| {
        let before = text[..block.start].rsplit('\n').next().unwrap_or_default();
        let after = text[block.end..].split('\n').next().unwrap_or_default();
        before.trim().is_empty() && after.trim().is_empty()
    });
    blocks
}

/// The text with everything closed that would swallow the update after it: HTML, which a cut may have laid bare, and a
/// fence.
fn sealed(mut text: String) -> String {
    for block in html_blocks(&text).into_iter().rev() {
        let shown = block.of(&text).replace('<', "&lt;");
        text.replace_range(block.range(), &shown);
    }
    let fences = Parser::new(&text).into_offset_iter().filter_map(|(event, range)| match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
            text[range].lines().next().map(str::trim_start)
        }
        _ => None,
    });
    if let Some(opening) = fences.last().filter(|_| !ends(&text)) {
        let mark = opening.chars().next().unwrap_or('`');
        let fence: String = opening.chars().take_while(|c| *c == mark).collect();
        text = format!("{text}\n{fence}");
    }
    text
}

/// Whether a heading after the text is a heading.
fn ends(text: &str) -> bool {
    let after = format!("{text}\n\n## after\n");
    let headings = Parser::new(&after)
        .into_offset_iter()
        .filter(|(event, _)| matches!(event, Event::Start(Tag::Heading { .. })));
    headings.last().is_some_and(|(_, range)| range.start > text.len())
}

/// A line of dashes or stars, which cState puts between updates.
fn is_rule(line: &str) -> bool {
    let marks: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    marks.len() >= 3 && ["*", "-", "_"].iter().any(|mark| marks.replace(mark, "").is_empty())
}

/// `Affected: all` is a header to us and was none to its author.
fn not_a_header(line: &str, keywords: &Keywords) -> String {
    match line.split_once(':') {
        Some((key, value))
            if key.trim_start().starts_with(char::is_alphabetic) && keywords.nearest_key(key).is_some() =>
        {
            format!("{key}&#58;{value}")
        }
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(text: &str) -> String {
        join(&lines(text, Span::new(0, text.len())).lines, Keywords::of("en"))
    }

    #[test]
    fn comments_go_and_their_places_are_known() {
        let text = "a\n<!-- b\n\nc -->\nd <!-- e -->f\n\n`<!-- g -->`";
        let Lines { lines, comments, .. } = lines(text, Span::new(0, text.len()));
        assert_eq!(join(&lines, Keywords::of("en")), "a\n\nd f\n\n`<!-- g -->`");
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
    fn nothing_swallows_the_next_update() {
        assert_eq!(joined("a\n~~~~ sh\nb"), "a\n~~~~ sh\nb\n~~~~");
        assert_eq!(joined("a\n\n<script>\nb"), "a\n\n&lt;script>\nb");
        assert_eq!(joined("<!-- never closed"), "&lt;!-- never closed");
        assert_eq!(joined("- ```\n  b"), "- ```\n  b");
    }

    #[test]
    fn nothing_becomes_a_header_by_accident() {
        assert_eq!(joined("Note: x\nAfected: all\nBy: us"), "Note: x\nAfected&#58; all\nBy&#58; us");
        assert_eq!(joined("https://a.example: x"), "https://a.example: x");
        assert_eq!(joined("At 14:00: y"), "At 14:00: y");
        assert_eq!(joined("- Affected: all"), "- Affected: all");
    }
}
