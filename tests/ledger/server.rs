//! The PostgreSQL that `tests/with_postgres.sh` started.

use std::sync::atomic::{AtomicUsize, Ordering};

use candor::config::StoreSettings;

/// A ledger of its own on the server; `None` where none was given.
pub(crate) fn on_server() -> Option<StoreSettings> {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let server = std::env::var("CANDOR_TEST_POSTGRES").ok()?;
    let name = format!("town_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let mut client = postgres::Client::connect(&server, postgres::NoTls).unwrap();
    client.batch_execute(&format!("CREATE SCHEMA {name}")).unwrap();
    let server = format!("{server}?options=-csearch_path%3D{name}");
    Some(StoreSettings { server, ..StoreSettings::file("") })
}
