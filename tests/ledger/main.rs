//! What every ledger must do. The tests speak to the trait alone; `town::fresh` says which ledgers there are.
//! `tests/with_postgres.sh cargo test --test ledger` runs them all over PostgreSQL.

// Clippy knows test functions, not their helpers.
#![allow(clippy::unwrap_used, unreachable_pub)]

mod channels;
mod delivering;
mod desk;
mod doubts;
mod hours;
mod model;
mod people;
mod postgresql;
mod publishing;
mod returned;
mod server;
mod sqlite;
mod town;
