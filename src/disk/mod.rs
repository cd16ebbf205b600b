//! Files and git: read, write, watch. Knows no incident.

mod manifest;
mod write;

pub use manifest::MANIFEST;
pub use write::{Folder, Report, Staging, WriteError};
