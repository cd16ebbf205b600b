//! Markdown to blocks, sentences and words with byte spans; to HTML; to plain text for mail.
//!
//! ```text
//! markdown ─► Prose: blocks ─► folded text ─► masked sentences ─► words   (for rules; spans of the source)
//!          ├► to_html    (for pages, feeds and mails)
//!          └► to_plain   (for mails and reading aloud)
//! ```
//!
//! Spans are those of pulldown-cmark, so a finding always points at the author's own bytes; nothing is searched
//! for again in rendered text. Raw HTML and unsafe links are never rendered: they are left out and listed.
//! This module does not know what an update is; callers give it the span that holds prose.

mod address;
mod block;
mod fold;
mod html;
mod markdown;
mod plain;
mod quote;
mod rendering;
mod sentence;
mod split;

pub use address::is_safe;
pub use block::{Block, BlockKind, Link, Prose};
pub use html::{escape, to_html};
pub use plain::to_plain;
pub use rendering::Rendering;
pub use sentence::{Sentence, Word};
