//! Files and git: read, write, watch. Knows no incident.

mod built;
pub mod git;
mod grown;
mod lock;
mod manifest;
pub mod read;
mod save;
mod watch;
mod write;

pub use built::Built;
pub use lock::{Lock, LockError};
pub use manifest::MANIFEST;
pub use save::{save, save_over};
pub use watch::{Watch, WatchError};
pub use write::{Folder, Report, Staging, WriteError};
