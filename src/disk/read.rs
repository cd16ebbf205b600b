//! A site's folder to files in memory.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

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

/// Reads `candor.toml` and everything below `content/` and `themes/`. Dot files are left out. Links are followed last,
/// so that a file is known by its own path whatever the order of the folder; one that leads to a folder that was read
/// already, or out of the site, is reported instead.
pub fn site(root: &Path) -> Found {
    let mut walk =
        Walk { root, seen: HashSet::new(), links: BTreeSet::new(), files: Vec::new(), unread: Vec::new() };
    for name in ["candor.toml", "content", "themes"] {
        let path = root.join(name);
        let kind = fs::symlink_metadata(&path).map(|meta| meta.file_type());
        walk.entry(path, kind);
    }
    while let Some(link) = walk.links.pop_first() {
        walk.link(link);
    }
    let mut found = Found { unread: walk.unread, ..Found::default() };
    let read: Vec<_> = walk.files.par_iter().map(|path| file(root, path)).collect();
    read.into_iter().for_each(|read| found.take(read));
    found.files.sort_by(|a, b| a.path.cmp(&b.path));
    found.unread.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Reads some paths of a site, relative to it. Paths that are gone are simply not there.
pub fn some(root: &Path, paths: &[String]) -> Found {
    let mut found = Found::default();
    for path in paths {
        found.take(file(root, &root.join(path)));
    }
    found
}

/// A walk through a site's folder.
struct Walk<'a> {
    root: &'a Path,
    /// Folders that were read, by their real path.
    seen: HashSet<PathBuf>,
    /// Links still to follow.
    links: BTreeSet<PathBuf>,
    files: Vec<PathBuf>,
    unread: Vec<Unread>,
}

impl Walk<'_> {
    fn entry(&mut self, path: PathBuf, kind: io::Result<fs::FileType>) {
        match kind {
            Ok(kind) if kind.is_symlink() => {
                self.links.insert(path);
            }
            Ok(kind) if kind.is_dir() => self.folder(&path),
            Ok(_) => self.files.push(path),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => self.unread(&path, &error.to_string()),
        }
    }

    fn folder(&mut self, folder: &Path) {
        match fs::canonicalize(folder).and_then(|real| Ok((real, fs::read_dir(folder)?))) {
            Ok((real, _)) if self.seen.contains(&real) => {
                self.unread(folder, "it leads back to a folder that was read already: remove this link");
            }
            Ok((real, entries)) => {
                self.seen.insert(real);
                for entry in entries.filter_map(Result::ok) {
                    if !entry.file_name().as_encoded_bytes().starts_with(b".") {
                        self.entry(entry.path(), entry.file_type());
                    }
                }
            }
            Err(error) => self.unread(folder, &error.to_string()),
        }
    }

    /// Whoever can write to the content may not publish what lies elsewhere on this machine.
    fn link(&mut self, link: PathBuf) {
        match fs::canonicalize(&link).and_then(|real| Ok((fs::canonicalize(self.root)?, real))) {
            Ok((root, real)) if !real.starts_with(&root) => {
                self.unread(&link, "it leads out of the site: put the file itself here");
            }
            Ok((_, real)) if real.is_dir() => self.folder(&link),
            Ok(_) => self.files.push(link),
            Err(error) => self.unread(&link, &error.to_string()),
        }
    }

    fn unread(&mut self, path: &Path, why: &str) {
        self.unread.push(unread(self.root, path, why));
    }
}

impl Found {
    fn take(&mut self, read: Option<Result<(File, Option<Timestamp>), Unread>>) {
        match read {
            Some(Ok((file, saved))) => {
                self.saved.extend(saved.map(|saved| (file.path.clone(), saved)));
                self.files.push(file);
            }
            Some(Err(unread)) => self.unread.push(unread),
            None => {}
        }
    }
}

/// A file, with when it was saved last; `None`: there is none.
fn file(root: &Path, path: &Path) -> Option<Result<(File, Option<Timestamp>), Unread>> {
    // Opening a pipe would wait for somebody to write into it.
    if fs::metadata(path).is_ok_and(|meta| !meta.is_file()) {
        return Some(Err(unread(root, path, "it is not a file: remove it")));
    }
    let mut bytes = Vec::new();
    let read = fs::File::open(path).and_then(|file| {
        let saved = file.metadata()?.modified().ok();
        file.take(LARGEST + 1).read_to_end(&mut bytes)?;
        Ok(saved)
    });
    match read {
        Ok(saved) => {
            let saved = saved.and_then(|saved| Timestamp::try_from(saved).ok());
            Some(Ok((File::new(relative(root, path), bytes), saved)))
        }
        Err(error) if error.kind() == ErrorKind::NotFound && !path.is_symlink() => None,
        Err(error) => Some(Err(unread(root, path, &error.to_string()))),
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

    #[test]
    fn a_file_is_known_by_its_own_path_and_nothing_outside_is_read() {
        let (dir, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let link = |to: &Path, at: &str| std::os::unix::fs::symlink(to, dir.path().join(at)).unwrap();
        fs::create_dir_all(dir.path().join("content/incidents/z")).unwrap();
        fs::write(dir.path().join("content/incidents/z/a.md"), "a").unwrap();
        fs::write(outside.path().join("secret"), "password").unwrap();
        link(&dir.path().join("content/incidents/z"), "content/incidents/a");
        link(&outside.path().join("secret"), "content/incidents/secret.md");
        link(outside.path(), "content/pages");
        let pipe = dir.path().join("content/pipe.md");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let found = site(dir.path());
        let paths: Vec<&str> = found.files.iter().map(|file| &*file.path).collect();
        assert_eq!(paths, ["content/incidents/z/a.md"]);
        let unread: Vec<&str> = found.unread.iter().map(|unread| unread.path.as_str()).collect();
        assert_eq!(
            unread,
            ["content/incidents/a", "content/incidents/secret.md", "content/pages", "content/pipe.md"]
        );
    }
}
