//! Markdown to plain text, for mail, JSON bodies and reading aloud.

use pulldown_cmark::{Event, LinkType, Tag, TagEnd, TextMergeStream};

use super::{Rendering, address, markdown};
use crate::text::Span;

/// The markdown in `span` of `text` as plain text, paragraphs apart by an empty line, lists with `- `, a link's
/// address in angle brackets after its words, table rows as `Heading: cell; Heading: cell`. Not wrapped; no line end
/// at the end.
pub fn to_plain(text: &str, span: Span, rendering: &Rendering<'_>) -> String {
    let mut writer = Writer::new(rendering);
    for event in TextMergeStream::new(markdown::events(text, span)) {
        writer.take(event);
    }
    writer.out.truncate(writer.out.trim_end().len());
    writer.out
}

/// Deeper lists and quotes are not indented further, so that a hostile file cannot cost memory.
const DEEPEST: usize = 16;

struct Writer<'r> {
    rendering: &'r Rendering<'r>,
    out: String,
    /// What each line begins with, one part for each list item or block quote around it.
    indents: Vec<&'static str>,
    /// Next number of each list; `None`: bullets.
    lists: Vec<Option<u64>>,
    /// Target and start of the words of each open link or picture.
    links: Vec<(String, usize)>,
    headings: Vec<String>,
    cells: Vec<String>,
    cell_start: usize,
    raw: bool,
    gap: Gap,
    /// The gap before the row whose cells are being read.
    row_gap: Gap,
}

/// What parts the next words from those before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// Nothing was written yet.
    Start,
    None,
    Line,
    Paragraph,
}

impl<'r> Writer<'r> {
    fn new(rendering: &'r Rendering<'r>) -> Self {
        Self {
            rendering,
            out: String::new(),
            indents: Vec::new(),
            lists: Vec::new(),
            links: Vec::new(),
            headings: Vec::new(),
            cells: Vec::new(),
            cell_start: 0,
            raw: false,
            gap: Gap::Start,
            row_gap: Gap::None,
        }
    }

    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(_) if self.raw => {}
            Event::Text(words) | Event::Code(words) => self.words(&words),
            Event::SoftBreak => self.words(" "),
            Event::HardBreak => self.words("\n"),
            Event::Rule => {
                self.part(Gap::Paragraph);
                self.words("* * *");
                self.gap = Gap::Paragraph;
            }
            Event::FootnoteReference(name) => self.words(&format!(" [{name}]")),
            Event::TaskListMarker(ticked) => {
                let word = if ticked { self.rendering.done } else { self.rendering.to_do };
                self.words(&format!("{word}: "));
            }
            Event::Html(_) | Event::InlineHtml(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            // The first paragraph of an item goes on after its mark.
            Tag::Paragraph | Tag::Heading { .. } if self.gap == Gap::None => {}
            Tag::Paragraph | Tag::Heading { .. } | Tag::CodeBlock(_) => self.part(Gap::Paragraph),
            Tag::BlockQuote(_) => {
                self.part(Gap::Paragraph);
                self.indents.push("> ");
            }
            Tag::List(first) => {
                self.part(if self.lists.is_empty() { Gap::Paragraph } else { Gap::Line });
                self.lists.push(first);
            }
            Tag::Item => {
                self.part(Gap::Line);
                let mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_owned(),
                };
                self.words(&mark);
                self.gap = Gap::None;
                self.indents.push("  ");
            }
            Tag::FootnoteDefinition(name) => {
                self.part(Gap::Paragraph);
                self.words(&format!("[{name}] "));
            }
            Tag::Table(_) => self.part(Gap::Paragraph),
            Tag::TableHead | Tag::TableRow => {
                self.cells.clear();
                self.row_gap = std::mem::replace(&mut self.gap, Gap::None);
            }
            Tag::TableCell => self.cell_start = self.out.len(),
            Tag::Strikethrough => self.words("~~"),
            Tag::Link { link_type, dest_url, .. } => {
                let shown = matches!(link_type, LinkType::Autolink | LinkType::Email);
                let target = if shown { String::new() } else { dest_url.into_string() };
                self.links.push((target, self.out.len()));
            }
            Tag::Image { dest_url, .. } => self.links.push((dest_url.into_string(), self.out.len())),
            Tag::HtmlBlock => self.raw = true,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::Table
            | TagEnd::FootnoteDefinition => {
                self.gap = Gap::Paragraph;
            }
            TagEnd::BlockQuote(_) => {
                self.indents.pop();
                self.gap = Gap::Paragraph;
            }
            TagEnd::Item => {
                self.indents.pop();
                self.gap = Gap::Line;
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.gap = if self.lists.is_empty() { Gap::Paragraph } else { Gap::Line };
            }
            TagEnd::TableCell => {
                let cell = self.out.split_off(self.cell_start);
                self.cells.push(cell.trim().to_owned());
            }
            TagEnd::TableHead => {
                self.headings = std::mem::take(&mut self.cells);
                self.gap = self.row_gap;
            }
            TagEnd::TableRow => self.row(),
            TagEnd::Strikethrough => self.words("~~"),
            TagEnd::Link | TagEnd::Image => self.link(),
            TagEnd::HtmlBlock => self.raw = false,
            _ => {}
        }
    }

    fn row(&mut self) {
        let cells = std::mem::take(&mut self.cells);
        let named = cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()).map(|(index, cell)| {
            match self.headings.get(index) {
                Some(heading) if !heading.is_empty() => format!("{heading}: {cell}"),
                _ => cell.clone(),
            }
        });
        let line = named.collect::<Vec<_>>().join("; ");
        self.gap = self.row_gap;
        self.words(&line);
        self.gap = Gap::Line;
    }

    /// Adds a link's address, unless its words say it already or nobody should open it.
    fn link(&mut self) {
        let Some((target, start)) = self.links.pop() else { return };
        let target = address::resolve(self.rendering.base, target.trim()).into_owned();
        let words = self.out.get(start..).unwrap_or_default().trim();
        let said = words == target || target.strip_prefix("mailto:") == Some(words);
        if !target.is_empty() && !said && address::is_safe(&target) {
            let blank = if words.is_empty() { "" } else { " " };
            self.words(&format!("{blank}<{target}>"));
        }
    }

    fn part(&mut self, gap: Gap) {
        self.gap = match (self.gap, gap) {
            (Gap::Start, _) => Gap::Start,
            (Gap::None, _) => Gap::Line,
            (Gap::Line, Gap::Line) => Gap::Line,
            _ => Gap::Paragraph,
        };
    }

    fn words(&mut self, words: &str) {
        self.open_line();
        for char in words.chars() {
            match char {
                '\n' => {
                    self.out.push('\n');
                    self.indent();
                }
                '\t' => self.out.push(' '),
                char if char.is_control() => {}
                char => self.out.push(char),
            }
        }
    }

    fn indent(&mut self) {
        self.indents.iter().take(DEEPEST).for_each(|indent| self.out.push_str(indent));
    }

    fn open_line(&mut self) {
        let ends = match self.gap {
            Gap::None => return,
            Gap::Start => "",
            Gap::Line => "\n",
            Gap::Paragraph => "\n\n",
        };
        self.gap = Gap::None;
        self.out.truncate(self.out.trim_end().len());
        self.out.push_str(ends);
        self.indent();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(to_plain(text, Span::new(0, text.len()), &Rendering::default()), expected);
    }

    #[test]
    fn blocks_are_apart_and_lists_together() {
        check(
            "# A\nb\nc\n\n- d\n- [x] e\n  1. f\n  2. g\n\n> h\n>\n> i\n\n    j\n    k\n\n***\nl  \nm",
            "A\n\nb c\n\n- d\n- Done: e\n  1. f\n  2. g\n\n> h\n\n> i\n\nj\nk\n\n* * *\n\nl\nm",
        );
        check("> quoted", "> quoted");
        check("- a\n\n  b\n\n- c", "- a\n\n  b\n- c");
    }

    #[test]
    fn links_show_where_they_go() {
        check(
            "[Map](https://a.example/m), <https://a.example>, [b@c.example](mailto:b@c.example), [x](javascript:y)",
            "Map <https://a.example/m>, https://a.example, b@c.example, x",
        );
        check("![Flooded road](road.png)", "Flooded road <road.png>");
    }

    #[test]
    fn table_rows_read_as_sentences_do() {
        check(
            "Hours:\n\n|Place|Open|\n|-|-|\n|North|8-12|\n|South||\n\nEnd",
            "Hours:\n\nPlace: North; Open: 8-12\nPlace: South\n\nEnd",
        );
    }

    #[test]
    fn nothing_hidden_or_raw_is_said_and_struck_words_stay_struck() {
        check(
            "a <b>b</b> <!-- c -->\n\n<div>x</div>\n\n~~soon~~ late[^n]\n\n[^n]: why",
            "a b\n\n~~soon~~ late [n]\n\n[n] why",
        );
    }
}
