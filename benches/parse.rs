//! The least that any check has to do: read the files of a site and what they say. No timelines, no history, no rules.
//!
//! Run by `benches/lint.py`: `parse FOLDER`.

// What a benchmark cannot do, it says by stopping.
#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use candor::config::read_settings;
use candor::content;
use candor::disk::read;
use candor::text::Source;

fn main() {
    let Some(root) = std::env::args().skip(1).find(|arg| !arg.starts_with('-')).map(PathBuf::from) else {
        return;
    };
    let found = read::site(&root);
    let text = std::fs::read_to_string(root.join("candor.toml")).unwrap();
    let (settings, _) = read_settings(&Source::new("candor.toml", text));
    let read = content::read(&found.files, &settings);
    assert!(!read.value.incidents.is_empty(), "{} holds no incidents", root.display());
}
