//! The sign-up service with the site's books, keys and words: within `run`, or alone.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::look::{Lookout, Seen};
use super::{Place, Problem, Stop, token_keys};
use crate::clock::Clock;
use crate::http::{Equipment, OnShow, SignUpService};

/// How often the service alone looks at what is published.
const LOOK: Duration = Duration::from_secs(15);

/// Opens the ledger once more for the service: a reader waits for no broadcast. It answers once something is on show.
pub fn signup_service(place: &Place, clock: &Arc<Clock>) -> Result<Arc<SignUpService>, Problem> {
    let clock = clock.clone();
    let equipment = Equipment {
        mail: place.host.mail.clone(),
        http: place.host.http.clone(),
        keys: token_keys(place)?,
        ledger: Box::new(place.open_ledger()?),
        now: Box::new(move || clock.now()),
    };
    let service = SignUpService::new(equipment)
        .map_err(|error| Problem::outside(format!("the sign-up service cannot start: {error}")))?;
    Ok(Arc::new(service))
}

/// Keeps the service up to date with what another process publishes, until it is stopped. `trouble` hears what could not
/// be read; the service goes on with what it showed before.
pub fn keep_showing(
    service: &SignUpService,
    place: &Place,
    clock: &Clock,
    stop: &Stop,
    trouble: &mut dyn FnMut(&Problem),
) -> Result<(), Problem> {
    let mut lookout = Lookout::new(place)?;
    let mut shown = false;
    while !stop.is_raised() {
        match lookout.look(clock.now()) {
            Ok(seen) => {
                service.show(on_show(seen, &place.host.http.public_url));
                shown = true;
            }
            // What could not be read once is not there to be shown at all.
            Err(problem) if !shown => return Err(problem),
            Err(problem) => trouble(&problem),
        }
        let until = clock.now().saturating_add(LOOK).unwrap_or(Timestamp::MAX);
        clock.sleep_until(until, &|| stop.is_raised());
    }
    Ok(())
}

fn on_show(seen: Seen, public_url: &str) -> OnShow {
    let Seen { settings, registers, pages, theme, timelines } = seen;
    OnShow::new(settings, registers, &pages, theme, timelines, public_url)
}
