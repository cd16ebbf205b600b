//! A session with PostgreSQL.
//!
//! Whoever changes what others depend on (a publication, a reader who leaves) holds the *books* alone, a lock of the
//! transaction; senders share it among one another. So a permission for a final dot is given before such a change or after it,
//! never beside it, and senders do not wait for each other, but for the moment in which they count what was accepted. Each such change raises `version`, which tells every session to
//! forget its copies, and notifies those who listen.
//!
//! A session that broke is opened again by the next transaction.

use std::collections::HashMap;
use std::time::Duration;

use postgres::fallible_iterator::FallibleIterator;
use postgres::types::ToSql as Wire;
use postgres::{Client, Config, NoTls, SimpleQueryMessage};

use super::{Access, Error, Params, Result, Value};

/// The lock of the books. A database may hold several ledgers, each in a schema of its own.
const BOOKS: &str = "hashtextextended(current_schema(), 7)";
/// What the lock was waited for is seen once it is given, whatever the server's default.
const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";
/// How long another may hold the books before we give up for this time.
const PATIENCE: &str = "5s";

pub(in crate::store) struct Server {
    settings: Config,
    client: Client,
    /// By our SQL.
    statements: HashMap<String, postgres::Statement>,
    access: Access,
    /// On which sessions tell each other of changes.
    channel: String,
}

impl Server {
    pub(in crate::store) fn connect(url: &str, password: Option<&str>) -> Result<Self> {
        let mut settings: Config = url.parse()?;
        if let Some(password) = password {
            settings.password(password);
        }
        settings.application_name("candor");
        if settings.get_connect_timeout().is_none() {
            settings.connect_timeout(Duration::from_secs(5));
        }
        // A machine that lost its power says no farewell.
        settings
            .keepalives_idle(Duration::from_secs(10))
            .keepalives_interval(Duration::from_secs(5))
            .keepalives_retries(3)
            .tcp_user_timeout(Duration::from_secs(30));
        let mut client = open(&settings)?;
        let schema: Option<String> =
            client.query_one("SELECT CAST(current_schema() AS TEXT)", &[])?.try_get(0)?;
        let schema = schema.ok_or_else(|| {
            Error::Odd("there is no schema that the user may use; see `search_path` of PostgreSQL".to_owned())
        })?;
        let channel = format!("\"candor {}\"", schema.replace('"', "_"));
        Ok(Self { settings, client, statements: HashMap::new(), access: Access::Look, channel })
    }

    /// Opens the session again if it is gone; true where it was.
    pub(super) fn revive(&mut self) -> Result<bool> {
        if !self.client.is_closed() {
            return Ok(false);
        }
        self.statements.clear();
        self.client = open(&self.settings)?;
        Ok(true)
    }

    pub(super) fn begin(&mut self, access: Access) -> Result<i64> {
        self.access = access;
        // One message; each statement of it sees what was committed when its turn came, so the version is read under the lock.
        let words = match access {
            Access::Look => {
                "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT n FROM version".to_owned()
            }
            Access::Send => {
                format!("{BEGIN}; SELECT pg_advisory_xact_lock_shared({BOOKS}); SELECT n FROM version")
            }
            Access::Write => {
                format!(
                    "{BEGIN}; SELECT pg_advisory_xact_lock({BOOKS}); UPDATE version SET n = n + 1 RETURNING n"
                )
            }
        };
        self.number(&words)
    }

    /// The number that the last of these statements finds.
    pub(in crate::store) fn number(&mut self, words: &str) -> Result<i64> {
        let answers = self.client.simple_query(words)?;
        let number = answers.iter().rev().find_map(|answer| match answer {
            SimpleQueryMessage::Row(row) => row.get(0)?.parse().ok(),
            _ => None,
        });
        number.ok_or_else(|| Error::Odd(format!("no number comes of {words}")))
    }

    pub(super) fn commit(&mut self) -> Result<()> {
        match self.access {
            Access::Write => self.client.batch_execute(&format!("NOTIFY {}; COMMIT", self.channel))?,
            Access::Look | Access::Send => self.client.batch_execute("COMMIT")?,
        }
        Ok(())
    }

    pub(super) fn roll_back(&mut self) {
        if !self.client.is_closed() {
            // Outside of a transaction this is a warning in the server's log.
            let _ = self.client.batch_execute("ROLLBACK");
        }
    }

    /// Says words that have no parameters and no answer.
    pub(in crate::store) fn say(&mut self, words: &str) -> Result<()> {
        Ok(self.client.batch_execute(words)?)
    }

    pub(super) fn prepare(&mut self, sql: &str) -> Result<postgres::Statement> {
        if let Some(known) = self.statements.get(sql) {
            return Ok(known.clone());
        }
        let prepared = self.client.prepare(&translated(sql))?;
        self.statements.insert(sql.to_owned(), prepared.clone());
        Ok(prepared)
    }

    pub(super) fn execute(&mut self, statement: &postgres::Statement, params: Params<'_>) -> Result<usize> {
        let values: Vec<Value<'_>> = params.iter().map(|param| param.value()).collect();
        let count = self.client.execute(statement, &wired(&values))?;
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }

    pub(super) fn query(
        &mut self,
        statement: &postgres::Statement,
        params: Params<'_>,
    ) -> Result<Vec<postgres::Row>> {
        let values: Vec<Value<'_>> = params.iter().map(|param| param.value()).collect();
        Ok(self.client.query(statement, &wired(&values))?)
    }
}

fn open(settings: &Config) -> Result<Client> {
    let mut client = settings.connect(NoTls)?;
    // Notices ("relation exists already") are not for our users.
    // A sender that vanished within a transaction must not keep the books from everyone for the two hours of TCP.
    client.batch_execute(&format!(
        "SET client_min_messages = warning; SET lock_timeout = '{PATIENCE}';
         SET idle_in_transaction_session_timeout = '30s';
         SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3"
    ))?;
    Ok(client)
}

fn wired<'a>(values: &'a [Value<'a>]) -> Vec<&'a (dyn Wire + Sync)> {
    values.iter().map(|value| value as &(dyn Wire + Sync)).collect()
}

/// Our SQL in PostgreSQL's words.
fn translated(sql: &str) -> String {
    sql.replace('?', "$").replace("/*server", "").replace("*/", "")
}

/// Calls `heard` after each change by another session on which others depend, with `true`, and now and then with `false`,
/// until it answers `false` itself. Blocks. An error: the session broke.
pub(in crate::store) fn listen(
    url: &str,
    password: Option<&str>,
    heard: &mut dyn FnMut(bool) -> bool,
) -> Result<()> {
    let mut server = Server::connect(url, password)?;
    let listen = format!("LISTEN {}", server.channel);
    server.say(&listen)?;
    loop {
        let news = server.client.notifications().timeout_iter(Duration::from_millis(500)).next()?;
        if !heard(news.is_some()) {
            return Ok(());
        }
        if server.client.is_closed() {
            return Err(Error::Odd("the server closed the session".to_owned()));
        }
    }
}
