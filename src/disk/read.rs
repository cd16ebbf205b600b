//! A site's folder to files in memory.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use crate::content::File;

/// Larger files are not read whole: the reader refuses them by their first bytes past this limit.
pub const LARGEST: u64 = 10 * 1024 * 1024;

/// What was found, and what could not be read.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// By path.
    pub files: Vec<File>,
    /// When each file was last saved, as far as the file system tells.
    pub saved: HashMap<Arc<str>, Timestamp>,
    pub unread: Vec<Unread>,
}

/// A path that is there and cannot be read.
#[derive(Clone, Debug)]
pub struct Unread {
    /// Relative to the site, `/` between parts.
    pub path: String,
    pub why: String,
}

/// Reads `candor.toml` and everything below `content/` and `themes/`. Dot files are left out; a folder that is reached
/// a second time through links is not entered again and is reported.
pub fn site(root: &Path) -> Found {
    let mut found = Found::default();
    let mut seen = HashSet::new();
    file(root, &root.join("candor.toml"), &mut found);
    for folder in ["content", "themes"] {
        walk(root, &root.join(folder), &mut seen, &mut found);
    }
    found.files.sort_by(|a, b| a.path.cmp(&b.path));
    found.unread.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Reads some paths of a site, relative to it. Paths that are gone are simply not there.
pub fn some(root: &Path, paths: &[String]) -> Found {
    let mut found = Found::default();
    for path in paths {
        file(root, &root.join(path), &mut found);
    }
    found
}

fn walk(root: &Path, folder: &Path, seen: &mut HashSet<PathBuf>, found: &mut Found) {
    let entries = match fs::canonicalize(folder).and_then(|real| Ok((real, fs::read_dir(folder)?))) {
        Ok((real, entries)) => {
            if !seen.insert(real) {
                found.unread.push(unread(
                    root,
                    folder,
                    "it leads back to a folder that was read already: remove this link",
                ));
                return;
            }
            entries
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return,
        Err(error) => return found.unread.push(unread(root, folder, &error.to_string())),
    };
    for entry in entries.filter_map(Result::ok) {
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let path = entry.path();
        match fs::metadata(&path) {
            Ok(meta) if meta.is_dir() => walk(root, &path, seen, found),
            Ok(_) => file(root, &path, found),
            Err(error) => found.unread.push(unread(root, &path, &error.to_string())),
        }
    }
}

fn file(root: &Path, path: &Path, found: &mut Found) {
    use std::io::Read;
    let mut bytes = Vec::new();
    let read = fs::File::open(path).and_then(|file| {
        let saved = file.metadata()?.modified().ok();
        file.take(LARGEST + 1).read_to_end(&mut bytes)?;
        Ok(saved)
    });
    match read {
        Ok(saved) => {
            let path = relative(root, path);
            if let Some(saved) = saved.and_then(|saved| Timestamp::try_from(saved).ok()) {
                found.saved.insert(path.clone(), saved);
            }
            found.files.push(File { path, bytes: bytes.into(), committed: None });
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !path.is_symlink() => {}
        Err(error) => found.unread.push(unread(root, path, &error.to_string())),
    }
}

fn unread(root: &Path, path: &Path, why: &str) -> Unread {
    Unread { path: relative(root, path).to_string(), why: why.to_owned() }
}

fn relative(root: &Path, path: &Path) -> Arc<str> {
    let inside = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_in_order_and_survives_a_loop() {
        let dir = tempfile::tempdir().unwrap();
        let incidents = dir.path().join("content/incidents/2026");
        fs::create_dir_all(&incidents).unwrap();
        fs::write(incidents.join("b.md"), "b").unwrap();
        fs::write(incidents.join("a.md"), "a").unwrap();
        fs::write(incidents.join(".hidden.md"), "no").unwrap();
        std::os::unix::fs::symlink(dir.path().join("content"), incidents.join("loop")).unwrap();
        std::os::unix::fs::symlink("nowhere", incidents.join("dangling.md")).unwrap();
        let found = site(dir.path());
        let paths: Vec<&str> = found.files.iter().map(|file| &*file.path).collect();
        assert_eq!(paths, ["content/incidents/2026/a.md", "content/incidents/2026/b.md"]);
        let unread: Vec<&str> = found.unread.iter().map(|unread| unread.path.as_str()).collect();
        assert_eq!(unread, ["content/incidents/2026/dangling.md", "content/incidents/2026/loop"]);
    }
}
