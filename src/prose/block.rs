//! Markdown to blocks.

use super::Sentence;
use crate::text::Span;

/// What one stretch of markdown says, with byte spans of the whole source text.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    pub blocks: Vec<Block>,
    pub links: Vec<Link>,
    /// Raw HTML that is not a comment to Candor.
    pub raw_html: Vec<Span>,
    /// All HTML comments, Candor's included.
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
    pub span: Span,
    pub image: bool,
}

impl Prose {
    /// Reads the markdown in `span` of `text`. Block quotes and code hold no sentences.
    pub fn read(text: &str, span: Span) -> Self {
        let _ = (text, span);
        Self::default()
    }

    pub fn sentences(&self) -> impl Iterator<Item = &Sentence> {
        self.blocks.iter().flat_map(|block| &block.sentences)
    }
}
