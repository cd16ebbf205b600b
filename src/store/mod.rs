//! The ledger in a database: SQLite's file, or PostgreSQL where several senders share it.
//!
//! In a file every method is one transaction that takes the write lock at its start, so two processes never decide on the
//! same old state; on a server senders only share their lock (`db::Access`). What may be sent is decided in `outbox`; here
//! it is only looked up and written down.

mod accounts;
mod asking;
mod claim;
mod codes;
mod db;
mod fault;
mod feedback;
mod incidents;
mod ledger;
mod notices;
mod people;
mod posts;
mod publish;
mod queue;
mod record;
mod returned;
mod roll;
mod row;
mod schema;
mod senders;
mod suppression;
mod sweep;
mod topics;
mod turn;

use std::fs::{self, OpenOptions};
use std::io;
use std::path::Path;
use std::time::Duration;

use rusqlite::OpenFlags;
use rusqlite::config::DbConfig;

use crate::config::StoreSettings;
use crate::outbox::LedgerError;
use claim::Walks;
use db::{Access, Connection, Server};
use fault::Fault;
use incidents::Incidents;
use queue::Queue;
use senders::Locks;

/// How long another connection may hold the write lock before we give up for this time: so many steps. SQLite's own steps
/// grow to a tenth of a second, and then a reader at the sign-up pages waits for a broadcast.
const STEPS: i32 = 10_000;
const STEP: Duration = Duration::from_micros(500);

/// A ledger in a database.
pub struct Store {
    db: Connection,
    /// Path or address, for messages.
    place: String,
    locks: Locks,
    queue: Queue,
    incidents: Incidents,
    walks: Walks,
}

impl Store {
    /// Opens the ledger of a site, and makes it where there is none. `password`: of the user at the server, where one is
    /// needed. Only its owner may read a file.
    pub fn open(site: &Path, settings: &StoreSettings, password: Option<&str>) -> Result<Self, LedgerError> {
        if settings.server.is_empty() {
            return Self::in_file(&site.join(&settings.path), settings.survive_power_loss);
        }
        let place = settings.server.clone();
        let open = || -> Result<Connection, Fault> {
            let mut server = Server::connect(&place, password)?;
            schema::migrate_server(&mut server, &place)?;
            Ok(Connection::Server(Box::new(server.into())))
        };
        let db = open().map_err(|fault| fault.at(&place))?;
        Ok(Self::on(db, place, Locks::Server { held: Vec::new(), lost: false }, Queue::default()))
    }

    fn in_file(path: &Path, survive_power_loss: bool) -> Result<Self, LedgerError> {
        let place = path.display().to_string();
        prepare(path)
            .map_err(|error| LedgerError::Broken { place: place.clone(), why: error.to_string() })?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let open = || -> Result<Connection, Fault> {
            let mut db = rusqlite::Connection::open_with_flags(path, flags)?;
            db.busy_handler(Some(wait))?;
            schema::check(&db, &place)?;
            db.pragma_update(None, "journal_mode", "WAL")?;
            // NORMAL: a commit survives the death of the process. FULL: also that of the machine.
            let synchronous = if survive_power_loss { "FULL" } else { "NORMAL" };
            db.pragma_update(None, "synchronous", synchronous)?;
            // 32 MB of log before it is folded in: the same few pages are written again and again while sending.
            db.pragma_update(None, "wal_autocheckpoint", 8000)?;
            // 16 MB, whatever the number of subscribers.
            db.pragma_update(None, "cache_size", -16_000)?;
            schema::migrate(&mut db, &place)?;
            Ok(cached(db)?)
        };
        let db = open().map_err(|fault| fault.at(&place))?;
        Ok(Self::on(db, place, Locks::beside(path), Queue::of(path)))
    }

    /// The same code on memory alone; gone when it is dropped.
    pub fn in_memory() -> Result<Self, LedgerError> {
        let place = "in memory".to_owned();
        let open = || -> Result<Connection, Fault> {
            let mut db = rusqlite::Connection::open_in_memory()?;
            schema::migrate(&mut db, "in memory")?;
            Ok(cached(db)?)
        };
        let db = open().map_err(|fault| fault.at(&place))?;
        Ok(Self::on(db, place, Locks::Memory, Queue::default()))
    }

    fn on(db: Connection, place: String, locks: Locks, queue: Queue) -> Self {
        Self { db, place, locks, queue, incidents: Incidents::default(), walks: Walks::default() }
    }

    /// One transaction that may write.
    fn write<T>(&mut self, work: impl FnOnce(&mut At<'_>) -> Result<T, Fault>) -> Result<T, LedgerError> {
        self.transact(Access::Write, work)
    }

    /// One transaction that only looks, and keeps nobody from writing.
    fn read<T>(&mut self, work: impl FnOnce(&mut At<'_>) -> Result<T, Fault>) -> Result<T, LedgerError> {
        self.transact(Access::Look, work)
    }

    fn transact<T>(
        &mut self,
        access: Access,
        work: impl FnOnce(&mut At<'_>) -> Result<T, Fault>,
    ) -> Result<T, LedgerError> {
        let Self { db, place, locks, queue, incidents, walks } = self;
        let attempt = || -> Result<T, Fault> {
            if db.revive()? {
                locks.lose();
            }
            locks.retake(db)?;
            if incidents.refresh(db.begin(access)?) {
                walks.clear();
            }
            if access == Access::Write {
                walks.forget_hands();
            }
            let mut at = At { db, locks, incidents, walks };
            let done = work(&mut at)?;
            db.commit()?;
            Ok(done)
        };
        // A panic between the two leaves the transaction open; whoever catches it cannot go on with this ledger.
        let done = if access == Access::Look { attempt() } else { queue.in_turn(attempt) };
        done.map_err(|fault| {
            db.roll_back();
            // What it did to the copies is undone with it.
            incidents.clear();
            walks.clear();
            fault.at(place)
        })
    }

    /// Whether what is deleted is overwritten, too. A server has its own rules for that.
    fn overwriting(&self, on: bool) -> Result<(), LedgerError> {
        let Connection::File(file) = &self.db else { return Ok(()) };
        file.pragma_update(None, "secure_delete", on).map_err(|error| Fault::from(error).at(&self.place))
    }
}

/// Calls `heard` with `true` after each publication, sign-up or departure that another process brought to a shared ledger,
/// and with `false` now and then, until it answers `false`.
pub fn listen(
    settings: &StoreSettings,
    password: Option<&str>,
    heard: &mut dyn FnMut(bool) -> bool,
) -> Result<(), LedgerError> {
    let listened = db::listen(&settings.server, password, heard);
    listened.map_err(|error| Fault::from(error).at(&settings.server))
}

fn cached(db: rusqlite::Connection) -> Result<Connection, rusqlite::Error> {
    db.set_prepared_statement_cache_capacity(128);
    // Plans that do not depend on the values given: else a statement is prepared anew for each of them, which takes longer
    // than all the rest of a turn.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(Connection::File(db))
}

/// What a method works on, within its transaction.
struct At<'a> {
    db: &'a Connection,
    locks: &'a mut Locks,
    incidents: &'a mut Incidents,
    walks: &'a mut Walks,
}

impl At<'_> {
    /// Call after anything that may change what is due, other than a turn.
    fn forget_copies(&mut self) {
        self.incidents.clear();
        self.walks.clear();
    }
}

/// Waits one step for the write lock; false: no longer.
fn wait(steps: i32) -> bool {
    std::thread::sleep(STEP);
    steps < STEPS
}

/// Makes the file, for its owner's eyes only, before SQLite would make it for everyone's. The files beside it take its
/// permissions. An existing file is not opened here: closing it would drop the locks that SQLite has on it (POSIX).
fn prepare(path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        made => drop(made?),
    }
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbox::{Ledger, Notice};

    #[test]
    fn the_tables_and_the_outbox_agree_on_buckets() {
        let ledger = Store::in_memory().unwrap();
        for id in [1, 2, 31, 32, 1000, 65_537, 1_000_000, 3_000_000_000_i64] {
            let sql = "INSERT INTO subscriber (id, name, email, email_same, found_by, language, pace, state, all_services,
                                               all_areas, signed_up_at) VALUES (?1, '', '', ?1, '', '', 0, 0, 0, 0, 0)
                       RETURNING bucket";
            let bucket: i64 = ledger.db.query_row(sql, db::params![id], |row| row.get(0)).unwrap();
            assert_eq!(
                bucket as u64,
                crate::outbox::bucket(crate::outbox::SubscriberId(id)),
                "subscriber {id}"
            );
        }
    }

    #[test]
    fn a_full_disk_is_said_and_nothing_half_done_stays() {
        let site = tempfile::tempdir().unwrap();
        let settings = StoreSettings::file("candor.db");
        let mut ledger = Store::open(site.path(), &settings, None).unwrap();
        let Connection::File(file) = &ledger.db else { panic!("it is a file") };
        let pages: i64 = file.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
        file.pragma_update(None, "max_page_count", pages + 2).unwrap();
        let now = jiff::Timestamp::UNIX_EPOCH;
        let notice = |size| Notice {
            key: "withheld".into(),
            to: "owner@example.org".into(),
            subject: "Withheld".into(),
            body: "x".repeat(size),
            at: now,
            expires_at: now,
        };
        let error = ledger.queue(&notice(100_000)).unwrap_err();
        assert!(matches!(error, LedgerError::Full { .. }), "{error}");
        assert!(ledger.queue(&notice(10)).unwrap(), "the key was not spent");
    }
}
