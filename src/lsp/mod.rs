//! The language server: what `candor check` says, while the author writes.
//!
//! The loop ([`serve`]) answers at once from the texts that the editor holds and from the last [`View`] of the site. Two
//! threads judge (`glances`, `looks`): they take the newest texts, leave out states that nobody looks at any more, and what
//! they find about a version that is not the newest is never shown. This module reads no file and no clock: [`Sites`] does.

mod actions;
mod address;
mod completion;
mod definition;
mod diagnostics;
mod documents;
mod glances;
mod hover;
mod looks;
mod names;
mod server;
mod silence;
mod site;
mod spot;
mod stdio;
mod symbols;

pub use server::{End, serve};
pub use site::{Buffers, Ground, Look, Site, Sites, View};
pub use stdio::{Stdio, stdio};
