//! SQLite's errors in the words of the ledger.

use rusqlite::ErrorCode;

use crate::outbox::LedgerError;

/// What may go wrong inside a transaction.
#[derive(Debug)]
pub(super) enum Fault {
    Sql(rusqlite::Error),
    Ledger(LedgerError),
    /// A line of the record that is no such line.
    Line(String),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
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
            Self::Sql(error) => match error.sqlite_error_code() {
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => LedgerError::Locked,
                Some(ErrorCode::DiskFull) => LedgerError::Full { place },
                Some(ErrorCode::NotADatabase) => {
                    let why =
                        "it is not an SQLite file; name another in [store] of candor.host.toml".to_owned();
                    LedgerError::Broken { place, why }
                }
                _ => LedgerError::Broken { place, why: error.to_string() },
            },
        }
    }
}
