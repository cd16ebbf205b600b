//! What every ledger must do. The tests speak to the trait alone; `town::fresh` says which ledgers there are.

// Clippy knows test functions, not their helpers.
#![allow(clippy::unwrap_used, unreachable_pub)]

mod channels;
mod delivering;
mod desk;
mod doubts;
mod hours;
mod model;
mod people;
mod publishing;
mod returned;
mod sqlite;
mod town;
