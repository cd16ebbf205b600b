//! What the links in mails lead to, with the site's books and keys.

use std::sync::{Arc, Mutex};

use super::publisher::books;
use super::{Place, Problem, token_keys};
use crate::clock::Clock;
use crate::http::Leaving;
use crate::store::SqliteLedger;

/// Opens the ledger once more for the server: a reader who leaves waits for no broadcast.
pub fn leaving(place: &Place, clock: &Arc<Clock>) -> Result<Leaving, Problem> {
    let clock = clock.clone();
    Ok(Leaving {
        site: place.settings.name.clone(),
        keys: token_keys(place)?,
        ledger: Mutex::new(Box::new(SqliteLedger::open(&place.root, &place.host.store).map_err(books)?)),
        now: Box::new(move || clock.now()),
    })
}
