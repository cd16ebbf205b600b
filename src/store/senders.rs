//! Senders, and how a dead one is told from a slow one.
//!
//! Each sender holds an exclusive lock of its own for as long as its process lives: on a file beside an SQLite ledger, or on
//! its number at the PostgreSQL server. The system, or the server, drops the lock with the process, however it dies. So
//! whoever gets that lock knows. No time-out can prove a death.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::codes::Ms;
use super::db::{self, Access, Connection, params};
use super::fault::Fault;
use crate::outbox::{LedgerError, OwnerId};

/// The locks of senders, and those that this process holds.
#[derive(Debug)]
pub(super) enum Locks {
    /// In memory nobody else can be.
    Memory,
    Files {
        folder: PathBuf,
        held: Vec<(OwnerId, File)>,
    },
    /// Locks of our session with the server, on the owner's number.
    Server {
        held: Vec<OwnerId>,
        /// The session in which they were taken is gone.
        lost: bool,
    },
}

impl Locks {
    pub(super) fn beside(ledger: &Path) -> Self {
        let mut name = ledger.file_name().unwrap_or_default().to_owned();
        name.push("-senders");
        Self::Files { folder: ledger.with_file_name(name), held: Vec::new() }
    }

    /// Takes the lock of a new sender. Call before its row can be seen by others.
    pub(super) fn take(&mut self, db: &Connection, owner: OwnerId) -> Result<(), Fault> {
        match self {
            Self::Memory => {}
            Self::Files { folder, held } => {
                let file = file(folder, owner).map_err(|error| broken(folder, &error))?;
                held.push((owner, file));
            }
            Self::Server { held, .. } => {
                lock(db, owner)?;
                held.push(owner);
            }
        }
        Ok(())
    }

    /// Whether nobody holds the lock of a sender.
    pub(super) fn is_free(&self, db: &Connection, owner: OwnerId) -> Result<bool, Fault> {
        match self {
            Self::Memory => Ok(false),
            Self::Files { held, .. } if held.iter().any(|(ours, _)| *ours == owner) => Ok(false),
            Self::Files { folder, .. } => {
                is_unlocked(&path(folder, owner)).map_err(|error| broken(folder, &error))
            }
            Self::Server { held, .. } if held.contains(&owner) => Ok(false),
            Self::Server { .. } => {
                let free = lock(db, owner)?;
                if free {
                    unlock(db, owner)?;
                }
                Ok(free)
            }
        }
    }

    /// The sender is gone from the ledger.
    pub(super) fn drop_lock(&mut self, db: &Connection, owner: OwnerId) {
        match self {
            Self::Memory => {}
            Self::Files { folder, held } => {
                held.retain(|(ours, _)| *ours != owner);
                // What stays behind is an empty file that nobody asks for again.
                let _ = fs::remove_file(path(folder, owner));
            }
            Self::Server { held, .. } if held.contains(&owner) => {
                held.retain(|ours| *ours != owner);
                // What stays locked is a number that nobody asks for again.
                let _ = unlock(db, owner);
            }
            Self::Server { .. } => {}
        }
    }

    /// The server has forgotten our locks with the session in which they were taken.
    pub(super) fn lose(&mut self) {
        if let Self::Server { held, lost } = self {
            *lost = !held.is_empty();
        }
    }

    /// Takes again what was lost, before anything else is done; perhaps somebody has buried us meanwhile. Then nothing is
    /// ours any more, and we go on as a sender that holds nothing.
    pub(super) fn retake(&mut self, db: &Connection) -> Result<(), Fault> {
        let Self::Server { held, lost: lost @ true } = self else { return Ok(()) };
        db.begin(Access::Write)?;
        for owner in held.iter() {
            // The server may not know yet that the old session is gone.
            if !lock(db, *owner)? {
                return Err(LedgerError::Locked.into());
            }
            let sql = "INSERT INTO sender (owner, host, started_at, heartbeat_at) VALUES (?1, 'candor', 0, 0)
                       ON CONFLICT DO NOTHING";
            db.execute(sql, params![owner.0])?;
        }
        db.commit()?;
        *lost = false;
        Ok(())
    }
}

fn path(folder: &Path, owner: OwnerId) -> PathBuf {
    folder.join(owner.0.to_string())
}

fn file(folder: &Path, owner: OwnerId) -> io::Result<File> {
    fs::create_dir_all(folder)?;
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(path(folder, owner))?;
    file.lock()?;
    Ok(file)
}

fn is_unlocked(path: &Path) -> io::Result<bool> {
    match File::open(path) {
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

fn broken(folder: &Path, error: &io::Error) -> Fault {
    let place = folder.display().to_string();
    LedgerError::Broken { place, why: format!("the lock of a sender: {error}") }.into()
}

/// False: another session has it. A database may hold several ledgers, each in a schema of its own.
fn lock(db: &Connection, owner: OwnerId) -> db::Result<bool> {
    let sql = "SELECT pg_try_advisory_lock(hashtext(current_schema()), CAST(CAST(?1 AS BIGINT) AS INTEGER))";
    db.query_row(sql, params![owner.0], |row| row.get(0))
}

fn unlock(db: &Connection, owner: OwnerId) -> db::Result<bool> {
    let sql = "SELECT pg_advisory_unlock(hashtext(current_schema()), CAST(CAST(?1 AS BIGINT) AS INTEGER))";
    db.query_row(sql, params![owner.0], |row| row.get(0))
}

pub(super) fn add(db: &Connection, host: &str, now: Timestamp) -> db::Result<OwnerId> {
    let sql = "INSERT INTO sender (host, started_at, heartbeat_at) VALUES (?1, ?2, ?2) RETURNING owner";
    db.query_row(sql, params![host, Ms(now)], |row| row.get(0).map(OwnerId))
}

pub(super) fn all(db: &Connection) -> db::Result<Vec<OwnerId>> {
    db.prepare_cached("SELECT owner FROM sender ORDER BY owner")?
        .query_map(params![], |row| row.get(0).map(OwnerId))
}

pub(super) fn remove(db: &Connection, owner: OwnerId) -> db::Result<()> {
    db.prepare_cached("DELETE FROM sender WHERE owner = ?1")?.execute(params![owner.0])?;
    Ok(())
}
