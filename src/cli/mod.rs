//! One file per command: flags in, call, print. No logic.

pub mod args;
mod exit;

pub use exit::Exit;
