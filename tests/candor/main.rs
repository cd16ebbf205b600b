//! The program from outside: a folder in, a folder out; a command, its output, its exit code.

// A test stops at the first thing that does not hold; clippy allows this in test functions only, not in their helpers.
#![allow(clippy::unwrap_used)]

mod answering;
mod bad_input;
mod building;
mod channels;
mod checking;
mod editing;
mod host;
mod killing;
mod languages;
mod leaving;
mod quality;
mod relay;
mod scoring;
mod settings;
mod sharing;
mod site;
mod telling;
mod verifying;
mod weight;
mod words;
mod writing;
