//! The server of `run` and `signup`: the built site with live reload and the maildir on loopback, and the sign-up service,
//! to which the links in mails lead.
//!
//! tokio runs inside this module only. [`fetch`] reads a file from another server, [`Visitor`] a whole site.

mod fetch;
mod mailbox;
mod pages;
mod preview;
mod server;
mod signup;
mod visit;

pub use fetch::{FetchError, fetch};
pub use preview::Preview;
use server::Peer;
pub use server::{Serve, Server, ServerError, free_to_listen};
pub use signup::{Equipment, OnShow, SignUpService};
pub use visit::{Answer, Visitor};
