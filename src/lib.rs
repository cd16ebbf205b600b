//! Candor turns markdown incident files in git into a public status site, refuses to publish words that nobody
//! can stand behind, and tells subscribers what is known at a fixed interval until it is over.
//!
//! Layers, lowest first; a module uses only modules before it (`tests/tidy.rs` holds the table).

pub mod config;
pub mod content;
pub mod diag;
pub mod lint;
pub mod outbox;
pub mod prose;
pub mod site;
pub mod text;
pub mod theme;
pub mod timeline;

pub mod clock;
pub mod disk;
pub mod http;
pub mod import;
pub mod lsp;
pub mod mail;
pub mod store;

pub mod cli;
pub mod daemon;
