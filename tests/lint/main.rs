//! What the rules say about whole sites: files in, findings out.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod docs;
mod examples;
mod fixes;
mod honest;
mod list;
mod paraphrases;
mod properties;
mod silencing;
mod site;
