//! The layer table of ARCHITECTURE.md, enforced.

// A test stops at the first thing that does not hold; clippy allows this in test functions only, not in their helpers.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

/// Lowest first. A module may use only modules listed before it.
const LAYERS: &[&str] = &[
    "text", "diag", "prose", "config", "content", "timeline", "lint", "theme", "site",
    "outbox", // core: pure
    "clock", "disk", "store", "mail", "http", "lsp", "import", // edges: adapters
    "daemon", "cli",
];
const CORE: usize = 10;
const EDGES: std::ops::Range<usize> = CORE..17;

/// Words that no core module may contain: they read the clock, the disk, the network or the environment.
const EFFECTS: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "Timestamp::now",
    "Zoned::now",
    "SystemTime::now",
    "Instant::now",
    "tokio::",
    "rusqlite::",
    "println!",
    "eprintln!",
];

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The layer of a file under `src`, by its first path part; `None` for `lib.rs` and `main.rs`.
fn layer(path: &Path) -> Option<usize> {
    let part = path.strip_prefix("src").unwrap().iter().next().unwrap().to_str().unwrap();
    let name = part.trim_end_matches(".rs");
    if name == "lib" || name == "main" {
        return None;
    }
    let index = LAYERS.iter().position(|layer| *layer == name);
    assert!(index.is_some(), "{}: `{name}` is not in the layer table", path.display());
    index
}

/// Modules of this crate that a text names as `crate::NAME`.
fn uses(text: &str) -> Vec<&str> {
    text.match_indices("crate::")
        .map(|(at, found)| &text[at + found.len()..])
        .map(|rest| &rest[..rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())])
        .filter(|name| LAYERS.contains(name))
        .collect()
}

/// The text without line comments and without its test module, which may use what it likes.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
    text.lines().map(|line| line.split("//").next().unwrap()).collect::<Vec<_>>().join("\n")
}

#[test]
fn imports_point_down() {
    let mut wrong = Vec::new();
    for path in files(Path::new("src")) {
        let Some(here) = layer(&path) else { continue };
        for name in uses(&code(&fs::read_to_string(&path).unwrap())) {
            let there = LAYERS.iter().position(|layer| *layer == name).unwrap();
            let between_edges = EDGES.contains(&here) && EDGES.contains(&there) && here != there;
            if there > here || between_edges {
                wrong.push(format!("{}: uses {name}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "imports that point up or across:\n{}", wrong.join("\n"));
}

#[test]
fn the_core_has_no_effects() {
    let mut wrong = Vec::new();
    for path in files(Path::new("src")) {
        if layer(&path).is_none_or(|index| index >= CORE) {
            continue;
        }
        let code = code(&fs::read_to_string(&path).unwrap());
        wrong.extend(
            EFFECTS
                .iter()
                .filter(|effect| code.contains(**effect))
                .map(|effect| format!("{}: {effect}", path.display())),
        );
    }
    assert!(wrong.is_empty(), "effects in the core:\n{}", wrong.join("\n"));
}

#[test]
fn the_table_test_can_fail() {
    assert_eq!(uses("use crate::cli::x; // crate::nothing"), ["cli"]);
    assert_eq!(code("a // crate::cli\nb"), "a \nb");
}
