//! Changes on disk, as they settle.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use notify::event::EventKind;
use notify::{RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

/// How long a file must be quiet before its change counts: editors write in several steps.
const SETTLE: Duration = Duration::from_millis(15);

/// Watches some files and folders.
#[derive(Debug)]
pub struct Watch {
    root: PathBuf,
    changes: Receiver<DebounceEventResult>,
    _watcher: Debouncer<RecommendedWatcher, RecommendedCache>,
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
        let mut watcher = new_debouncer(SETTLE, None, sender).map_err(|error| failed(&root, &error))?;
        for path in paths.iter().filter(|path| path.exists()) {
            let mode = if path.is_dir() { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            watcher.watch(path, mode).map_err(|error| failed(path, &error))?;
        }
        Ok(Self { root, changes, _watcher: watcher })
    }

    /// The paths that changed, waiting at most `patience` for the first. Everything that has arrived is handed over at
    /// once. The first watched path itself stands for "anything may have changed" (the system's queue was full).
    pub fn changed(&self, patience: Duration) -> BTreeSet<PathBuf> {
        let mut paths = BTreeSet::new();
        match self.changes.recv_timeout(patience) {
            Ok(result) => self.collect(result, &mut paths),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return paths,
        }
        while let Ok(result) = self.changes.try_recv() {
            self.collect(result, &mut paths);
        }
        paths
    }

    fn collect(&self, result: DebounceEventResult, paths: &mut BTreeSet<PathBuf>) {
        let Ok(events) = result else {
            paths.insert(self.root.clone());
            return;
        };
        for event in events {
            if event.need_rescan() {
                paths.insert(self.root.clone());
            }
            if !matches!(event.kind, EventKind::Access(_)) {
                paths.extend(event.event.paths);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn sees_a_save_by_rename() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.md");
        fs::write(&file, "one").unwrap();
        let watch = Watch::start(&[dir.path().to_owned()]).unwrap();
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
}
