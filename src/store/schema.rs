//! The layout of the tables, and how an older one becomes the present one.

use rusqlite::{Connection, TransactionBehavior};

use super::fault::Fault;
use crate::outbox::LedgerError;

/// Each step lifts the layout by one; the count of steps is the layout that this version knows.
const STEPS: &[&str] =
    &[include_str!("schema.sql"), include_str!("schema_channels.sql"), include_str!("schema_signup.sql")];

/// Brings the tables to the present layout.
pub(super) fn migrate(db: &mut Connection, place: &str) -> Result<(), Fault> {
    let step = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have done it while we waited for the lock.
    let layout = check(&step, place)?;
    for sql in STEPS.iter().skip(layout) {
        step.execute_batch(sql)?;
    }
    step.pragma_update(None, "user_version", STEPS.len() as i64)?;
    step.commit()?;
    Ok(())
}

/// The layout of the tables as they are; 0: there are none. Refuses what a newer version wrote.
pub(super) fn check(db: &Connection, place: &str) -> Result<usize, Fault> {
    let found: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let known = STEPS.len();
    match usize::try_from(found) {
        Ok(layout) if layout <= known => Ok(layout),
        _ => Err(LedgerError::Newer { place: place.to_owned(), found, known: known as i64 }.into()),
    }
}
