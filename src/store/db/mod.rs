//! One connection to the database that keeps the ledger: SQLite's file, or PostgreSQL's server.
//!
//! Above this module there is one SQL for both: parameters are `?1`, every number is 64 bits wide, conflicts are settled with
//! `ON CONFLICT`. What only a server needs, where several write at once, stands as `/*server … */`; SQLite reads a comment
//! there. The names are those of rusqlite.

mod error;
mod server;
mod value;

use std::cell::RefCell;

pub(super) use error::{Error, OptionalExtension, Result, in_full};
pub(super) use server::{Server, listen};
pub(super) use value::{FromSql, ToSql, Value};

/// The values of a statement's parameters, `?1` first.
macro_rules! params {
    ($($value:expr),* $(,)?) => { &[$(&$value as &dyn $crate::store::db::ToSql),*] };
}
pub(super) use params;

pub(super) type Params<'a> = &'a [&'a dyn ToSql];

/// What a transaction may do, and beside whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// Looks only, and keeps nobody from writing.
    Look,
    /// Writes rows of its own; on a server other senders do so at the same time.
    Send,
    /// Writes what everyone depends on: nobody else writes meanwhile, and whoever comes after sees it.
    Write,
}

pub(super) enum Connection {
    File(rusqlite::Connection),
    Server(Box<RefCell<Server>>),
}

impl Connection {
    /// Opens a broken session with a server again; true where that was needed.
    pub(super) fn revive(&self) -> Result<bool> {
        match self {
            Self::File(_) => Ok(false),
            Self::Server(server) => server.borrow_mut().revive(),
        }
    }

    /// Begins a transaction. Returns a number that differs from the last one if others may have changed what is copied.
    pub(super) fn begin(&self, access: Access) -> Result<i64> {
        match self {
            Self::File(file) => {
                // Not `rusqlite::Transaction`, which has these words parsed anew for each of thousands of turns a second.
                let begin = if access == Access::Look { "BEGIN" } else { "BEGIN IMMEDIATE" };
                file.prepare_cached(begin)?.execute([])?;
                // SQLite's count of commits by others.
                Ok(file.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?)
            }
            Self::Server(server) => server.borrow_mut().begin(access),
        }
    }

    pub(super) fn commit(&self) -> Result<()> {
        match self {
            Self::File(file) => file.prepare_cached("COMMIT")?.execute([]).map(drop)?,
            Self::Server(server) => server.borrow_mut().commit()?,
        }
        Ok(())
    }

    /// Where even this fails, so does every later beginning, and is reported.
    pub(super) fn roll_back(&self) {
        match self {
            Self::File(file) if file.is_autocommit() => {}
            Self::File(file) => drop(file.execute_batch("ROLLBACK")),
            Self::Server(server) => server.borrow_mut().roll_back(),
        }
    }

    pub(super) fn prepare_cached<'a>(&'a self, sql: &str) -> Result<Statement<'a>> {
        Ok(match self {
            Self::File(file) => Statement::File(file.prepare_cached(sql)?),
            Self::Server(server) => {
                let prepared = server.borrow_mut().prepare(sql)?;
                Statement::Server(prepared, server)
            }
        })
    }

    pub(super) fn execute(&self, sql: &str, params: Params<'_>) -> Result<usize> {
        self.prepare_cached(sql)?.execute(params)
    }

    pub(super) fn query_row<T>(
        &self,
        sql: &str,
        params: Params<'_>,
        read: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<T> {
        self.prepare_cached(sql)?.query_row(params, read)
    }
}

/// A statement that is kept prepared.
pub(super) enum Statement<'a> {
    File(rusqlite::CachedStatement<'a>),
    Server(postgres::Statement, &'a RefCell<Server>),
}

impl Statement<'_> {
    /// How many rows it changed.
    pub(super) fn execute(&mut self, params: Params<'_>) -> Result<usize> {
        match self {
            Self::File(statement) => Ok(statement.execute(in_file(params))?),
            Self::Server(statement, server) => server.borrow_mut().execute(statement, params),
        }
    }

    /// The first row; [`Error::NoRow`] where there is none.
    pub(super) fn query_row<T>(
        &mut self,
        params: Params<'_>,
        read: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<T> {
        match self {
            Self::File(statement) => {
                let mut rows = statement.query(in_file(params))?;
                rows.next()?.map_or(Err(Error::NoRow), |row| read(&Row::File(row)))
            }
            Self::Server(statement, server) => {
                let rows = server.borrow_mut().query(statement, params)?;
                rows.first().map_or(Err(Error::NoRow), |row| read(&Row::Server(row)))
            }
        }
    }

    /// Every row, read at once.
    pub(super) fn query_map<T>(
        &mut self,
        params: Params<'_>,
        mut read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        match self {
            Self::File(statement) => {
                let mut rows = statement.query(in_file(params))?;
                let mut found = Vec::new();
                while let Some(row) = rows.next()? {
                    found.push(read(&Row::File(row))?);
                }
                Ok(found)
            }
            Self::Server(statement, server) => {
                let rows = server.borrow_mut().query(statement, params)?;
                rows.iter().map(|row| read(&Row::Server(row))).collect()
            }
        }
    }

    pub(super) fn exists(&mut self, params: Params<'_>) -> Result<bool> {
        Ok(self.query_row(params, |_| Ok(())).optional()?.is_some())
    }
}

fn in_file<'a>(params: Params<'a>) -> impl rusqlite::Params + 'a {
    rusqlite::params_from_iter(params.iter().map(|param| param.value()))
}

/// A row of an answer.
pub(super) enum Row<'a> {
    File(&'a rusqlite::Row<'a>),
    Server(&'a postgres::Row),
}

impl Row<'_> {
    /// The value of a column, counted from 0.
    pub(super) fn get<T: FromSql>(&self, column: usize) -> Result<T> {
        let value = match self {
            Self::File(row) => Value::of_file(row.get_ref(column)?),
            Self::Server(row) => Value::of_server(row, column)?,
        };
        T::read(value).ok_or_else(|| Error::Odd(format!("column {column} holds {value:?}")))
    }
}
