//! The language server as an editor meets it: messages over a connection, a site in a folder, a clock that stands still.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod client;
mod judging;
mod lifecycle;
mod writing;
