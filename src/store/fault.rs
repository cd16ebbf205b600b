//! A database's errors in the words of the ledger.

use postgres::error::SqlState;
use rusqlite::ErrorCode;

use super::db;
use crate::outbox::LedgerError;

/// What may go wrong inside a transaction.
#[derive(Debug)]
pub(super) enum Fault {
    Sql(db::Error),
    Ledger(LedgerError),
    /// A line of the record that is no such line.
    Line(String),
}

impl From<db::Error> for Fault {
    fn from(error: db::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error.into())
    }
}

impl From<LedgerError> for Fault {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl Fault {
    pub(super) fn at(self, place: &str) -> LedgerError {
        let place = place.to_owned();
        match self {
            Self::Ledger(error) => error,
            Self::Line(why) => {
                let why = format!(
                    "a line of its record cannot be read ({why}). Move the file away; the record is restored from \
                     record.jsonl of the site"
                );
                LedgerError::Broken { place, why }
            }
            Self::Sql(db::Error::File(error)) => of_file(&error, place),
            Self::Sql(db::Error::Server(error)) => of_server(&error, place),
            Self::Sql(error) => LedgerError::Broken { place, why: error.to_string() },
        }
    }
}

fn of_file(error: &rusqlite::Error, place: String) -> LedgerError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => LedgerError::Locked,
        Some(ErrorCode::DiskFull) => LedgerError::Full { place },
        Some(ErrorCode::NotADatabase) => {
            let why = "it is not an SQLite file; name another in [store] of candor.host.toml".to_owned();
            LedgerError::Broken { place, why }
        }
        _ => LedgerError::Broken { place, why: error.to_string() },
    }
}

fn of_server(error: &postgres::Error, place: String) -> LedgerError {
    let Some(said) = error.as_db_error() else {
        let why = format!(
            "{}. Is PostgreSQL running, and is `url` in [store] of candor.host.toml right?",
            db::in_full(error)
        );
        return LedgerError::Broken { place, why };
    };
    match *said.code() {
        SqlState::LOCK_NOT_AVAILABLE
        | SqlState::T_R_DEADLOCK_DETECTED
        | SqlState::T_R_SERIALIZATION_FAILURE => LedgerError::Locked,
        SqlState::DISK_FULL => LedgerError::Full { place },
        _ => {
            let detail = said.detail().map(|detail| format!(" ({detail})"));
            LedgerError::Broken { place, why: format!("{}{}", said.message(), detail.unwrap_or_default()) }
        }
    }
}
