//! The preview server: the built site on loopback with live reload, and mails that went to the maildir.
//!
//! It shows files that others wrote and changes nothing. tokio runs inside this module only.

mod mailbox;
mod pages;
mod server;

pub use server::{Preview, PreviewError, Server};
