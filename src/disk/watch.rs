//! Changes on disk, as they settle.
//!
//! Editors save in several steps, and a folder changes in many. What counts is not the time since a step but whether
//! the step is whole: on Linux the system says when a file that was being written is closed, so a save is seen at once.
//! Where the system does not say it, a file counts once it has been quiet for a moment.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

/// How long to wait for the next step of a save where every file is whole: an editor that renames does it in two.
const NEXT_STEP: Duration = Duration::from_millis(4);
/// How long a file that is being written must be quiet where nobody says that it is closed.
const SETTLE: Duration = Duration::from_millis(15);
/// A folder that never rests is handed over as it is after so long.
const LONGEST: Duration = Duration::from_millis(250);

/// Watches some files and folders.
#[derive(Debug)]
pub struct Watch {
    root: PathBuf,
    changes: Receiver<notify::Result<Event>>,
    _watcher: RecommendedWatcher,
}

/// The watcher of the operating system could not be set up.
#[derive(Debug, thiserror::Error)]
#[error("cannot watch {path}: {why}")]
pub struct WatchError {
    pub path: PathBuf,
    pub why: String,
}

impl Watch {
    /// Watches folders with everything below them, and files through the folder that they are in, so that an editor
    /// which saves by renaming is seen. What does not exist is left out.
    pub fn start(paths: &[PathBuf]) -> Result<Self, WatchError> {
        let failed =
            |path: &Path, error: &notify::Error| WatchError { path: path.to_owned(), why: error.to_string() };
        let (sender, changes) = mpsc::channel();
        let root = paths.first().cloned().unwrap_or_default();
        let mut watcher = notify::recommended_watcher(sender).map_err(|error| failed(&root, &error))?;
        for path in paths.iter().filter(|path| path.exists()) {
            let mode = if path.is_dir() { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            watcher.watch(path, mode).map_err(|error| failed(path, &error))?;
        }
        Ok(Self { root, changes, _watcher: watcher })
    }

    /// The paths that changed, waiting at most `patience` for the first. Everything that belongs to one change is handed
    /// over at once. The first watched path itself stands for "anything may have changed" (the system's queue was full).
    pub fn changed(&self, patience: Duration) -> BTreeSet<PathBuf> {
        let mut settling = Settling::default();
        let mut until = Instant::now() + patience;
        let mut longest = None;
        loop {
            match self.changes.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(event) => self.hear(event, &mut settling),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return settling.changed,
            }
            if !settling.changed.is_empty() {
                let quiet = if settling.open.is_empty() { NEXT_STEP } else { SETTLE };
                let now = Instant::now();
                until = (now + quiet).min(*longest.get_or_insert(now + LONGEST));
            }
        }
    }

    fn hear(&self, event: notify::Result<Event>, settling: &mut Settling) {
        let Ok(event) = event else {
            settling.changed.insert(self.root.clone());
            return;
        };
        if event.need_rescan() {
            settling.changed.insert(self.root.clone());
        }
        match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => {
                settling.open.retain(|path| !event.paths.contains(path));
            }
            EventKind::Access(_) => return,
            EventKind::Create(CreateKind::File | CreateKind::Any)
            | EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Any) => {
                settling.open.extend(event.paths.iter().cloned());
            }
            _ => {}
        }
        settling.changed.extend(event.paths);
    }
}

/// What one change has come to.
#[derive(Debug, Default)]
struct Settling {
    changed: BTreeSet<PathBuf>,
    /// Files that somebody may still be writing.
    open: HashSet<PathBuf>,
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write;

    use super::*;

    fn watched(file: &str) -> (tempfile::TempDir, PathBuf, Watch) {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join(file);
        fs::write(&file, "one").unwrap();
        let watch = Watch::start(&[dir.path().to_owned()]).unwrap();
        (dir, file, watch)
    }

    #[test]
    fn sees_a_save_by_rename() {
        let (dir, file, watch) = watched("a.md");
        fs::write(dir.path().join("a.md~"), "two").unwrap();
        fs::rename(dir.path().join("a.md~"), &file).unwrap();
        let mut changed = BTreeSet::new();
        for _ in 0..50 {
            changed.extend(watch.changed(Duration::from_millis(100)));
            if changed.contains(&file) {
                return;
            }
        }
        panic!("the save was not seen: {changed:?}");
    }

    #[test]
    fn a_file_written_in_steps_is_one_change() {
        let (_dir, path, watch) = watched("a.md");
        let mut file = fs::File::create(&path).unwrap();
        for step in ["two", "three"] {
            file.write_all(step.as_bytes()).unwrap();
        }
        drop(file);
        let changed: Vec<PathBuf> = watch.changed(Duration::from_secs(5)).into_iter().collect();
        assert_eq!(changed, [path]);
        assert_eq!(watch.changed(Duration::from_millis(50)), BTreeSet::new());
    }

    #[test]
    fn reading_is_no_change() {
        let (_dir, path, watch) = watched("a.md");
        fs::read(&path).unwrap();
        assert_eq!(watch.changed(Duration::from_millis(50)), BTreeSet::new());
    }
}
