//! `delivery`: how the telling goes, in words.

use jiff::Timestamp;

use super::publisher::books;
use super::table::table;
use super::{Place, Problem};
use crate::outbox::{DoubtState, FailureState, Ledger};
use crate::store::SqliteLedger;
use crate::text::{Slug, nearest};
use crate::timeline::When;

/// The ledger, opened to look at deliveries or to steer them.
pub struct Deliveries<'a> {
    place: &'a Place,
    ledger: SqliteLedger,
}

impl<'a> Deliveries<'a> {
    pub fn open(place: &'a Place) -> Result<Self, Problem> {
        Ok(Self { place, ledger: open_ledger(place)? })
    }

    /// How far each incident's latest statement has come, latest first.
    pub fn progress(&mut self) -> Result<String, Problem> {
        let rows: Vec<Vec<String>> = self
            .ledger
            .progress()
            .map_err(books)?
            .into_iter()
            .map(|row| {
                let mut state = vec![format!("{} told", row.told)];
                let parts = [
                    (row.due, "due"),
                    (row.sending, "being sent"),
                    (row.resting, "asleep or waiting for their daily mail"),
                    (row.waiting, "to try again"),
                    (row.in_doubt, "in doubt"),
                    (row.expired, "not reached in time"),
                    (row.halted, "left or muted"),
                ];
                state.extend(
                    parts
                        .iter()
                        .filter(|(count, _)| *count > 0)
                        .map(|(count, what)| format!("{count} {what}")),
                );
                if !row.paused.is_empty() {
                    state.push(format!("paused: {}", row.paused));
                }
                vec![
                    row.incident.to_string(),
                    row.seq.to_string(),
                    self.time(row.published_at),
                    state.join(", "),
                ]
            })
            .collect();
        Ok(table(
            &["incident", "statement", "published", "readers"],
            &rows,
            "Nothing was told to anyone yet.",
        ))
    }

    /// Readers who were not reached, and why.
    pub fn failed(&mut self) -> Result<String, Problem> {
        let failures = self.ledger.failed(None).map_err(books)?;
        let rows: Vec<Vec<String>> = failures
            .into_iter()
            .map(|row| {
                let state = match row.state {
                    FailureState::Waiting(at) => format!("tried again {}", self.time(at)),
                    FailureState::Expired => "not reached in time".to_owned(),
                    FailureState::Refused => "refused for good".to_owned(),
                };
                let why = row.last.map_or_else(String::new, |last| format!("{} {}", last.code, last.text));
                vec![
                    row.incident.to_string(),
                    row.seq.to_string(),
                    row.subscriber.0.to_string(),
                    row.email,
                    state,
                    why,
                ]
            })
            .collect();
        Ok(table(
            &["incident", "statement", "reader", "address", "state", "the relay said"],
            &rows,
            "Everyone was reached.",
        ))
    }

    /// Mails of which nobody knew whether they arrived.
    pub fn in_doubt(&mut self) -> Result<String, Problem> {
        let doubts = self.ledger.doubts().map_err(books)?;
        let rows: Vec<Vec<String>> = doubts
            .into_iter()
            .map(|row| {
                let state = match row.state {
                    DoubtState::PresumedSent => "taken as sent; the next mail says it again".to_owned(),
                    DoubtState::AgainAt(at) => format!("sent again {}", self.time(at)),
                    DoubtState::DueAgain => "did not arrive; due again".to_owned(),
                    DoubtState::Accepted => "sent again and accepted".to_owned(),
                    DoubtState::Covered => "a later mail said it again".to_owned(),
                };
                vec![
                    self.time(row.at),
                    row.incident.to_string(),
                    row.seq.to_string(),
                    row.subscriber.0.to_string(),
                    row.email,
                    state,
                    row.why,
                ]
            })
            .collect();
        Ok(table(
            &["when", "incident", "statement", "reader", "address", "state", "why"],
            &rows,
            "No mail is in doubt.",
        ))
    }

    /// Addresses that are never mailed.
    pub fn suppressed(&mut self) -> Result<String, Problem> {
        use crate::outbox::Bar;
        let suppressed = self.ledger.suppressed().map_err(books)?;
        let rows: Vec<Vec<String>> = suppressed
            .into_iter()
            .map(|row| {
                let why = match row.why {
                    Bar::Left => "unsubscribed",
                    Bar::Refused => "the relay refused the address",
                    Bar::Forgotten => "erased",
                };
                let email =
                    if row.email.is_empty() { "(only a keyed hash is left)".to_owned() } else { row.email };
                vec![self.time(row.at), email, why.to_owned(), row.text]
            })
            .collect();
        Ok(table(&["since", "address", "why", "the relay said"], &rows, "No address is suppressed."))
    }

    /// Stops sending about an incident.
    pub fn pause(&mut self, incident: &str) -> Result<String, Problem> {
        let slug = self.known(incident)?;
        self.ledger.pause(&slug, "paused by hand").map_err(books)?;
        Ok(format!("No mail about {slug} starts any more. Go on with `candor delivery resume {slug}`.\n"))
    }

    /// Goes on sending about an incident.
    pub fn resume(&mut self, incident: &str) -> Result<String, Problem> {
        let slug = self.known(incident)?;
        self.ledger.resume(&slug).map_err(books)?;
        Ok(format!("Mail about {slug} goes out again with the next round of `candor run`.\n"))
    }

    /// Makes failed deliveries due again.
    pub fn retry(&mut self, incident: &str, now: Timestamp) -> Result<String, Problem> {
        let slug = self.known(incident)?;
        let count = self.ledger.retry(&slug, now).map_err(books)?;
        Ok(format!("{count} deliveries about {slug} are due again.\n"))
    }

    fn known(&mut self, incident: &str) -> Result<Slug, Problem> {
        let slugs: Vec<Slug> =
            self.ledger.progress().map_err(books)?.into_iter().map(|row| row.incident).collect();
        if let Some(slug) = slugs.iter().find(|slug| slug.as_str() == incident) {
            return Ok(slug.clone());
        }
        let near = nearest(incident, slugs.iter().map(Slug::as_str));
        let hint = near.map_or_else(String::new, |near| format!(" Did you mean `{near}`?"));
        Err(Problem::configuration(format!(
            "nobody was told about `{incident}`.{hint} `candor delivery progress` lists what was told"
        )))
    }

    fn time(&self, at: Timestamp) -> String {
        When::new(&self.place.settings.zone, "en").full(at)
    }
}

/// Opens the site's ledger; where there is none yet, says how it comes to be.
pub(super) fn open_ledger(place: &Place) -> Result<SqliteLedger, Problem> {
    if !place.ledger().exists() {
        return Err(Problem::configuration(format!(
            "there is no ledger yet at {}. `candor run --once` starts one",
            place.ledger().display()
        )));
    }
    SqliteLedger::open(&place.root, &place.host.store).map_err(books)
}
