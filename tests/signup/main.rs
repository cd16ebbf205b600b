//! The sign-up service as readers, mail programs and attackers meet it: requests over a socket, answers as bytes, and what
//! the ledger holds afterwards.

// A test stops at the first thing that does not hold; clippy allows this in test functions only, not in their helpers.
#![allow(clippy::unwrap_used)]

mod data;
mod feedback;
mod forgery;
mod injection;
mod joining;
mod leaving;
mod sameness;
#[path = "../ledger/server.rs"]
mod server;
mod size;
mod town;
