//! Whose turn it is to write, among the connections of this process: in the order of asking. SQLite hands its lock to
//! whoever happens to try, and a broadcast tries all the time.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use parking_lot::{FairMutex, Mutex};

static QUEUES: LazyLock<Mutex<HashMap<PathBuf, Queue>>> = LazyLock::new(Mutex::default);

/// The queue of one file.
#[derive(Clone, Default)]
pub(super) struct Queue(Arc<FairMutex<()>>);

impl Queue {
    /// The queue of a file that exists.
    pub(super) fn of(file: &Path) -> Self {
        let file = file.canonicalize().unwrap_or_else(|_| file.to_owned());
        QUEUES.lock().entry(file).or_default().clone()
    }

    /// Waits for its turn, which lasts as long as `work`.
    pub(super) fn in_turn<T>(&self, work: impl FnOnce() -> T) -> T {
        let _turn = self.0.lock();
        work()
    }
}
