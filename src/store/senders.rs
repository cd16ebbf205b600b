//! Senders, and how a dead one is told from a slow one.
//!
//! Each sender holds an exclusive lock on a file of its own for as long as its process lives; the system drops the
//! lock with the process, however it dies. So whoever gets that lock knows. No time-out can prove a death.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::codes::Ms;
use crate::outbox::OwnerId;

/// Lock files beside the ledger, and those that this process holds.
#[derive(Debug)]
pub(super) struct Locks {
    folder: PathBuf,
    held: Vec<(OwnerId, File)>,
}

impl Locks {
    pub(super) fn beside(ledger: &Path) -> Self {
        let mut name = ledger.file_name().unwrap_or_default().to_owned();
        name.push("-senders");
        Self { folder: ledger.with_file_name(name), held: Vec::new() }
    }

    /// Takes the lock of a new sender. Call before its row can be seen by others.
    pub(super) fn take(&mut self, owner: OwnerId) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(self.path(owner))?;
        file.lock()?;
        self.held.push((owner, file));
        Ok(())
    }

    /// Whether nobody holds the lock of a sender.
    pub(super) fn is_free(&self, owner: OwnerId) -> io::Result<bool> {
        if self.held.iter().any(|(ours, _)| *ours == owner) {
            return Ok(false);
        }
        match File::open(self.path(owner)) {
            Ok(file) => match file.try_lock_shared() {
                Ok(()) => Ok(true),
                Err(TryLockError::WouldBlock) => Ok(false),
                Err(TryLockError::Error(error)) => Err(error),
            },
            // Somebody cleaned up, or the folder was copied without it.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
            Err(error) => Err(error),
        }
    }

    /// The sender is gone from the ledger.
    pub(super) fn drop_lock(&mut self, owner: OwnerId) {
        self.held.retain(|(ours, _)| *ours != owner);
        // What stays behind is an empty file that nobody asks for again.
        let _ = fs::remove_file(self.path(owner));
    }

    /// For messages.
    pub(super) fn place(&self) -> String {
        self.folder.display().to_string()
    }

    fn path(&self, owner: OwnerId) -> PathBuf {
        self.folder.join(owner.0.to_string())
    }
}

pub(super) fn add(db: &Connection, host: &str, now: Timestamp) -> rusqlite::Result<OwnerId> {
    let sql = "INSERT INTO sender (host, started_at, heartbeat_at) VALUES (?1, ?2, ?2)";
    db.prepare_cached(sql)?.execute(params![host, Ms(now)])?;
    Ok(OwnerId(db.last_insert_rowid()))
}

pub(super) fn all(db: &Connection) -> rusqlite::Result<Vec<OwnerId>> {
    db.prepare_cached("SELECT owner FROM sender ORDER BY owner")?
        .query_map([], |row| row.get(0).map(OwnerId))?
        .collect()
}

pub(super) fn remove(db: &Connection, owner: OwnerId) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM sender WHERE owner = ?1")?.execute([owner.0])?;
    Ok(())
}
