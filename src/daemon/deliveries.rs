//! `delivery`: how the telling goes, in words.

use jiff::Timestamp;

use super::publisher::books;
use super::table::table;
use super::{Place, Problem};
use crate::outbox::{
    Address, DoubtState, FailureState, Ledger, NoticeReport, NoticeState, PostState, SubscriberId, forecast,
};
use crate::store::Store;
use crate::text::{Slug, nearest};
use crate::timeline::When;

/// The ledger, opened to look at deliveries or to steer them.
pub struct Deliveries<'a> {
    place: &'a Place,
    ledger: Store,
}

impl<'a> Deliveries<'a> {
    pub fn open(place: &'a Place) -> Result<Self, Problem> {
        Ok(Self { place, ledger: open_ledger(place)? })
    }

    /// How far each incident's latest statement has come, latest first; or one's.
    pub fn progress(&mut self, incident: Option<&str>, now: Timestamp) -> Result<String, Problem> {
        let only = self.one(incident)?;
        let all = self.ledger.progress().map_err(books)?;
        let rows: Vec<Vec<String>> = all
            .iter()
            .filter(|row| only.as_ref().is_none_or(|slug| *slug == row.incident))
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
                let counted = parts.iter().filter(|(count, _)| *count > 0);
                state.extend(counted.map(|(count, what)| format!("{count} {what}")));
                if let Some(forecast) = forecast::forecast(row, &all, self.place.rate(now), now) {
                    let at = When::new(&self.place.settings.zone, "en").near(forecast.last_at, now);
                    state.push(format!("the last reader gets this at {at} ({:.1} a second)", forecast.rate));
                }
                if !row.paused.is_empty() {
                    state.push(format!("paused: {}", row.paused));
                }
                let (seq, published) = (row.seq.to_string(), self.time(row.published_at));
                vec![row.incident.to_string(), seq, published, state.join(", ")]
            })
            .collect();
        Ok(table(
            &["incident", "statement", "published", "readers"],
            &rows,
            "Nothing was told to anyone yet.",
        ))
    }

    /// Readers who were not reached, and why; of one incident, or of all and with mails to one person.
    pub fn failed(&mut self, incident: Option<&str>) -> Result<String, Problem> {
        let only = self.one(incident)?;
        let failures = self.ledger.failed(only.as_ref()).map_err(books)?;
        let notices = self.notices(only.as_ref())?;
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
            .chain(notices.into_iter().filter_map(|report| {
                let state = match report.state {
                    NoticeState::Waiting(at) => format!("tried again {}", self.time(at)),
                    NoticeState::Expired => "not reached in time".to_owned(),
                    NoticeState::Refused => "refused for good".to_owned(),
                    _ => return None,
                };
                let [incident, statement, reader] = ["a mail to one person", "", ""].map(str::to_owned);
                let why = format!("{} {}", report.code, report.text);
                Some(vec![incident, statement, reader, report.notice.to, state, why])
            }))
            .collect();
        Ok(table(
            &["incident", "statement", "reader", "address", "state", "the relay said"],
            &rows,
            "Everyone was reached.",
        ))
    }

    /// Mails of which nobody knew whether they arrived; of one incident, or of all and with mails to one person.
    pub fn in_doubt(&mut self, incident: Option<&str>) -> Result<String, Problem> {
        let only = self.one(incident)?;
        let mut doubts = self.ledger.doubts().map_err(books)?;
        doubts.retain(|row| only.as_ref().is_none_or(|slug| *slug == row.incident));
        let notices = self.notices(only.as_ref())?;
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
            .chain(notices.into_iter().filter(|report| report.state == NoticeState::PresumedSent).map(
                |report| {
                    let [incident, statement, reader] = ["a mail to one person", "", ""].map(str::to_owned);
                    let state = "taken as sent; it is not sent again".to_owned();
                    let when = self.time(report.notice.at);
                    vec![when, incident, statement, reader, report.notice.to, state, report.text]
                },
            ))
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

    /// Mail that came back, and why.
    pub fn returned(&mut self) -> Result<String, Problem> {
        let mut rows = Vec::new();
        for row in self.ledger.returns().map_err(books)? {
            let known = self.ledger.subscriber(row.subscriber).map_err(books)?;
            rows.push(vec![
                self.time(row.at),
                row.subscriber.0.to_string(),
                known.map_or_else(|| "(erased)".to_owned(), |person| person.email),
                row.kind.word().to_owned(),
                format!("{} {}", row.status, row.text).trim().to_owned(),
            ]);
        }
        Ok(table(&["when", "reader", "address", "why", "the receiver said"], &rows, "No mail came back."))
    }

    /// How far each channel beside mail has come.
    pub fn channels(&mut self) -> Result<String, Problem> {
        let rows: Vec<Vec<String>> = self
            .ledger
            .posts()
            .map_err(books)?
            .into_iter()
            .map(|row| {
                let state = match row.state {
                    PostState::Told => "told".to_owned(),
                    PostState::Due => "due".to_owned(),
                    PostState::Sending => "being told".to_owned(),
                    PostState::Waiting(at) => format!("tried again {}", self.time(at)),
                    PostState::InDoubt(at) => format!("in doubt, told again {}", self.time(at)),
                    PostState::Expired => "not reached in time".to_owned(),
                    PostState::Refused => {
                        format!("gone; mend it, then `candor delivery retry {}`", row.incident)
                    }
                };
                let said = match row.code {
                    0 => row.text,
                    code => format!("{code} {}", row.text),
                };
                vec![
                    row.incident.to_string(),
                    row.channel,
                    format!("{} of {}", row.seq, row.target),
                    state,
                    said,
                ]
            })
            .collect();
        Ok(table(
            &["incident", "channel", "statement", "state", "it last said"],
            &rows,
            "No channel was told anything yet. Plans name them in candor.toml, candor.host.toml says where they are.",
        ))
    }

    /// Settles a mail in doubt by what somebody found out.
    pub fn resolve(
        &mut self,
        incident: &str,
        reader: &str,
        arrived: bool,
        now: Timestamp,
    ) -> Result<String, Problem> {
        let slug = self.known(incident)?;
        let id = match reader.parse() {
            Ok(id) => Some(SubscriberId(id)),
            Err(_) => match Address::read(reader) {
                Ok(address) => self.ledger.subscriber_at(&address).map_err(books)?.map(|person| person.id),
                Err(_) => None,
            },
        };
        let settled = match id {
            Some(id) => self.ledger.resolve(&slug, id, arrived, now).map_err(books)?,
            None => false,
        };
        if !settled {
            return Err(Problem::configuration(format!(
                "no mail about {slug} to {reader} is in doubt. `candor delivery in-doubt` lists those that are"
            )));
        }
        Ok(if arrived {
            "It is written down that this mail arrived.\n".to_owned()
        } else {
            "The mail goes out again with the next round of `candor run`.\n".to_owned()
        })
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

    fn one(&mut self, incident: Option<&str>) -> Result<Option<Slug>, Problem> {
        incident.map(|incident| self.known(incident)).transpose()
    }

    /// Mails to one person; they are about no incident.
    fn notices(&mut self, only: Option<&Slug>) -> Result<Vec<NoticeReport>, Problem> {
        if only.is_some() { Ok(Vec::new()) } else { self.ledger.notices().map_err(books) }
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
pub(super) fn open_ledger(place: &Place) -> Result<Store, Problem> {
    if !place.has_ledger() {
        return Err(Problem::configuration(format!(
            "there is no ledger yet at {}. `candor run --once` starts one",
            place.ledger()
        )));
    }
    place.open_ledger()
}
