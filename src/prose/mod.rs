//! Markdown to blocks, sentences and words with byte spans; to HTML; to plain text for mail.
//!
//! Spans are those of pulldown-cmark, so a finding always points at the author's own bytes; nothing is searched
//! for again in rendered text. Raw HTML and unsafe links are never rendered: they are left out and listed.

mod block;
mod fold;
mod html;
mod plain;
mod sentence;

pub use block::{Block, BlockKind, Link, Prose};
pub use html::to_html;
pub use plain::to_plain;
pub use sentence::Sentence;
