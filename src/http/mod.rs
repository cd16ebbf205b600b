//! The small server of `run`: the built site with live reload and the maildir on loopback, and what the links in mails
//! lead to (unsubscribe, mute, pace).
//!
//! tokio runs inside this module only. Signing up over the web is not here yet. [`fetch`] reads a file from another server, [`Visitor`] a whole
//! site.

mod fetch;
mod leave;
mod mailbox;
mod pages;
mod server;
mod visit;

pub use fetch::{FetchError, fetch};
pub use leave::Leaving;
pub use server::{Preview, PreviewError, Server, free_to_listen};
pub use visit::{Answer, Visitor};
