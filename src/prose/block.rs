//! Markdown to blocks.

use std::cmp::Reverse;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::fold::Folded;
use super::{Sentence, address, markdown, split};
use crate::text::Span;

/// What one stretch of markdown says, with byte spans of the whole source text.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    /// In the order of the text.
    pub blocks: Vec<Block>,
    /// Links, bare addresses and pictures, those in block quotes included.
    pub links: Vec<Link>,
    /// Raw HTML that is not a comment.
    pub raw_html: Vec<Span>,
    /// All HTML comments, Candor's included, from `<!--` to `-->`.
    pub comments: Vec<Span>,
}

/// One paragraph, heading, list item's text, table cell, footnote or image text.
#[derive(Clone, Debug)]
pub struct Block {
    pub kind: BlockKind,
    pub span: Span,
    /// Sentences of the author's own words: code, addresses, block quotes and quoted speech masked.
    pub sentences: Vec<Sentence>,
}

/// Where prose stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    Paragraph,
    Heading,
    Item,
    Cell,
    Footnote,
    Image,
}

/// A link or an image source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub target: String,
    /// The whole of it: `[words](target)`.
    pub span: Span,
    /// The words that readers see; empty where there are none.
    pub label: Span,
    pub image: bool,
}

impl Prose {
    /// Reads the markdown in `span` of `text`. Block quotes and code hold no sentences.
    pub fn read(text: &str, span: Span) -> Self {
        let mut reader = Reader::new(text);
        for (event, span) in markdown::events_with_spans(text, span) {
            reader.take(event, span);
        }
        reader.end_block();
        let mut prose = reader.prose;
        // The text of a picture ends before the paragraph that holds it.
        prose.blocks.sort_by_key(|block| (block.span.start, Reverse(block.span.end)));
        prose.links.sort_by_key(|link| link.span);
        prose
    }

    pub fn sentences(&self) -> impl Iterator<Item = &Sentence> {
        self.blocks.iter().flat_map(|block| &block.sentences)
    }

    /// The link whose label holds `span`.
    pub fn link_at(&self, span: Span) -> Option<&Link> {
        self.links.iter().find(|link| link.label.contains(span))
    }
}

/// A block that is being read.
struct Draft {
    kind: BlockKind,
    span: Span,
    folded: Folded,
}

struct Reader<'a> {
    text: &'a str,
    prose: Prose,
    /// Items and footnotes around the current place, innermost last.
    around: Vec<BlockKind>,
    /// Drafts, innermost last: a picture's text within a paragraph.
    drafts: Vec<Draft>,
    links: Vec<Link>,
    quotes: usize,
    code: bool,
    html: Option<Span>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            prose: Prose::default(),
            around: Vec::new(),
            drafts: Vec::new(),
            links: Vec::new(),
            quotes: 0,
            code: false,
            html: None,
        }
    }

    fn take(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(words) if !self.code => self.words(&words, span),
            Event::Code(_) => self.draft(span).folded.mask(span),
            Event::SoftBreak | Event::HardBreak => self.draft(span).folded.blank(span),
            Event::Html(_) => {
                self.html = Some(self.html.map_or(span, |html| Span::new(html.start, span.end)));
            }
            Event::InlineHtml(_) => self.html(span),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Link { dest_url, link_type, .. } => {
                let mail = if link_type == LinkType::Email { "mailto:" } else { "" };
                self.open_link(format!("{mail}{dest_url}"), span, false);
                if matches!(link_type, LinkType::Autolink | LinkType::Email) {
                    self.draft(span).folded.mask(span);
                    self.code = true; // Its text is the address.
                }
            }
            Tag::Image { dest_url, .. } => {
                self.draft(span).folded.mask(span);
                self.open_link(dest_url.into_string(), span, true);
                self.drafts.push(Draft { kind: BlockKind::Image, span, folded: Folded::default() });
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {}
            _ => {
                self.end_block();
                self.start_block(&tag, span);
            }
        }
    }

    fn start_block(&mut self, tag: &Tag<'_>, span: Span) {
        match tag {
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::CodeBlock(_) => self.code = true,
            Tag::Item => self.around.push(BlockKind::Item),
            Tag::FootnoteDefinition(_) => self.around.push(BlockKind::Footnote),
            Tag::Heading { .. } => self.begin(BlockKind::Heading, span),
            Tag::TableCell => self.begin(BlockKind::Cell, span),
            Tag::Paragraph => self.begin(self.kind_here(), span),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Link | TagEnd::Image => {
                if tag == TagEnd::Image {
                    self.end_draft();
                }
                self.code = false;
                self.prose.links.extend(self.links.pop());
            }
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript => {}
            TagEnd::HtmlBlock => {
                if let Some(html) = self.html.take() {
                    self.html(html);
                }
            }
            _ => {
                self.end_block();
                match tag {
                    TagEnd::BlockQuote(_) => self.quotes = self.quotes.saturating_sub(1),
                    TagEnd::CodeBlock => self.code = false,
                    TagEnd::Item | TagEnd::FootnoteDefinition => drop(self.around.pop()),
                    _ => {}
                }
            }
        }
    }

    fn words(&mut self, words: &str, span: Span) {
        let text = self.text;
        if let Some(link) = self.links.last_mut() {
            let start = if link.label.is_empty() { span.start } else { link.label.start };
            link.label = Span::new(start, span.end);
        }
        self.draft(span).folded.push(words, span, text);
    }

    fn open_link(&mut self, target: String, span: Span, image: bool) {
        self.links.push(Link { target, span, label: Span::at(span.start), image });
    }

    /// Sorts HTML into comments and the rest.
    fn html(&mut self, span: Span) {
        let html = span.of(self.text);
        let mut from = 0;
        let mut rest = |part: &str, from: usize| {
            let trimmed = part.trim();
            if !trimmed.is_empty() {
                let start = span.start + from + part.len() - part.trim_start().len();
                self.prose.raw_html.push(Span::new(start, start + trimmed.len()));
            }
        };
        while let Some(open) = html[from..].find("<!--").map(|at| from + at) {
            let Some(close) = html[open + 4..].find("-->").map(|at| open + 4 + at + 3) else { break };
            rest(&html[from..open], from);
            self.prose.comments.push(Span::new(span.start + open, span.start + close));
            from = close;
        }
        rest(&html[from..], from);
    }

    fn kind_here(&self) -> BlockKind {
        self.around.last().copied().unwrap_or(BlockKind::Paragraph)
    }

    fn begin(&mut self, kind: BlockKind, span: Span) {
        self.drafts.push(Draft { kind, span, folded: Folded::default() });
    }

    /// The draft that text at `span` belongs to. The text of a tight list item begins one without an event.
    fn draft(&mut self, span: Span) -> &mut Draft {
        if self.drafts.is_empty() {
            self.begin(self.kind_here(), span);
        }
        let draft = self.drafts.last_mut().expect("a draft was begun");
        draft.span.end = draft.span.end.max(span.end);
        draft
    }

    fn end_block(&mut self) {
        while !self.drafts.is_empty() {
            self.end_draft();
        }
    }

    fn end_draft(&mut self) {
        let Some(draft) = self.drafts.pop() else { return };
        let written = self.prose.links.len();
        for range in address::bare(&draft.folded.text) {
            let span = draft.folded.original(range.clone());
            let target = draft.folded.text[range].to_owned();
            // Links are in the order of their ends; a picture may be one inside another.
            let links = &self.prose.links[..written];
            let next = links.partition_point(|link| link.span.end < span.end);
            let inside = links[next..].iter().take(2).any(|link| link.span.contains(span));
            if address::opens(&target) && !inside {
                self.prose.links.push(Link { target, span, label: Span::at(span.start), image: false });
            }
        }
        if self.quotes == 0 {
            let sentences = split::sentences(&draft.folded);
            self.prose.blocks.push(Block { kind: draft.kind, span: draft.span, sentences });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One line for each sentence: kind, text with masks as `*`, and the source it came from.
    fn read(text: &str) -> (Prose, Vec<String>) {
        let prose = Prose::read(text, Span::new(0, text.len()));
        let lines = prose
            .blocks
            .iter()
            .flat_map(|block| block.sentences.iter().map(move |s| (block.kind, s)))
            .map(|(kind, s)| format!("{kind:?}: {}", s.text().replace(Sentence::MASK, "*")))
            .collect();
        (prose, lines)
    }

    #[test]
    fn everything_that_readers_see_is_prose() {
        let (_, lines) = read(
            "# Head\nOne. Two\nlines `code`.\n\n- item\n  - inner\n\n    more\n\n|A|B|\n|-|-|\n|c|d|\n\n\
             Note[^n] ![alt *text*](x.png) end.\n\n[^n]: foot\n\n> quoted\n\n```\ncode\n```\n",
        );
        let expected = [
            "Heading: Head",
            "Paragraph: One.",
            "Paragraph: Two lines *.",
            "Item: item",
            "Item: inner",
            "Item: more",
            "Cell: A",
            "Cell: B",
            "Cell: c",
            "Cell: d",
            "Paragraph: Note * end.",
            "Image: alt text",
            "Footnote: foot",
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn what_stands_in_something_else_is_prose_too() {
        let text = "Setext\n======\n\n- [x] done ~~not~~ yet\n\n  > theirs\n\n  ours\n\n      code\n\n\
             | `c` d | ![pic *here*](p.png) |\n|-|-|\n| [the *label*][ref] | \u{201C}theirs\u{201D} ours |\n\n\
             Text[^n]  \nbro\u{FEFF}ken. ![alt][ref] [![inner](i.png)](x)\n\n[^n]: one\n\n    two\n\n    > theirs\n\n\
             [ref]: http://x.example \"title\"\n\n> # theirs\n> - theirs\n> ![theirs](x.png)\n";
        let expected = [
            "Heading: Setext",
            "Item: done not yet",
            "Item: ours",
            "Cell: * d",
            "Image: pic here",
            "Cell: the label",
            "Cell: * ours",
            "Paragraph: Text broken.",
            "Image: alt",
            "Image: inner",
            "Footnote: one",
            "Footnote: two",
        ];
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            assert_eq!(read(&text).1, expected);
        }
    }

    #[test]
    fn links_and_bare_addresses_are_listed_with_their_labels() {
        let text = "> [The *map*](map.html)\n\nSee https://a.example/x, <b@c.example> and ![Road](r.png).";
        let (prose, lines) = read(text);
        let links: Vec<_> = prose
            .links
            .iter()
            .map(|link| (link.target.as_str(), link.span.of(text), link.label.of(text), link.image))
            .collect();
        assert_eq!(
            links,
            [
                ("map.html", "[The *map*](map.html)", "The *map", false),
                ("https://a.example/x", "https://a.example/x", "", false),
                ("mailto:b@c.example", "<b@c.example>", "", false),
                ("r.png", "![Road](r.png)", "Road", true),
            ]
        );
        assert_eq!(lines, ["Paragraph: See *, * and *.", "Image: Road"]);
    }

    #[test]
    fn comments_are_told_from_raw_html() {
        let text = "<!-- candor: allow(x) because y -->\nA <b>bold</b><!-- c --> word.\n\n<div>\nx\n</div> <!-- d -->\n\n<!-- open";
        let (prose, lines) = read(text);
        let of = |spans: &[Span]| spans.iter().map(|span| span.of(text).to_owned()).collect::<Vec<_>>();
        assert_eq!(of(&prose.comments), ["<!-- candor: allow(x) because y -->", "<!-- c -->", "<!-- d -->"]);
        assert_eq!(of(&prose.raw_html), ["<b>", "</b>", "<div>\nx\n</div>", "<!-- open"]);
        assert_eq!(lines, ["Paragraph: A bold word."]);
    }

    #[test]
    fn spans_count_from_the_start_of_the_whole_text() {
        let text = "é front\n\u{FEFF}# Two &amp; *three*\n";
        let prose = Prose::read(text, Span::new(9, text.len()));
        let sentence = prose.sentences().next().unwrap();
        assert_eq!(sentence.text(), "Two & three");
        assert_eq!(sentence.original(4..5).of(text), "&amp;");
        assert_eq!(sentence.original(6..11).of(text), "three");
    }
}
