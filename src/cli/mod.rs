//! One file per command: flags in, call, print.
pub mod args;
