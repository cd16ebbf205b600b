//! `subscribers`: who is told, in words and as CSV.

use std::io::{self, BufRead};

use jiff::Timestamp;

use super::publisher::books;
use super::table::table;
use super::{Place, Problem, read_working_copy};
use crate::content::Registers;
use crate::outbox::{
    Address, Audience, Bar, Ledger, RosterContext, RosterFault, RosterRow, Search, SignedUp, Subscriber,
    SubscriberId, SubscriberState, Via, read_roster, roster_heading, roster_line,
};
use crate::store::Store;
use crate::timeline::When;

/// People taken up in one commit: a million rows are no one transaction that keeps everybody else waiting.
const BATCH: usize = 1000;

/// The ledger, opened for its subscribers.
pub struct Roll<'a> {
    place: &'a Place,
    registers: Registers,
    ledger: Store,
}

/// Why an import ended before its end.
enum Stop {
    Read(io::Error),
    Books(Problem),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Read(error)
    }
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Books(problem)
    }
}

/// What an import did.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    pub added: usize,
    pub changed: usize,
    pub unchanged: usize,
    /// Rows that were kept out because the person had left, was refused or erased.
    pub barred: usize,
    /// Rows that were left out because of what is in them.
    pub left_out: usize,
}

impl Imported {
    fn count(&mut self, came: Vec<SignedUp>) {
        for came in came {
            match came {
                SignedUp::Added(_) => self.added += 1,
                SignedUp::Changed(_) => self.changed += 1,
                SignedUp::Unchanged(_) => self.unchanged += 1,
                SignedUp::Barred(Bar::Left | Bar::Refused | Bar::Forgotten) => self.barred += 1,
            }
        }
    }

    pub fn summary(&self) -> String {
        if self.left_out > 0 && self.added + self.changed + self.unchanged + self.barred == 0 {
            return "Nobody was taken in. Mend what is listed above, then import again.".to_owned();
        }
        let mut text =
            format!("{} added, {} changed, {} as they were", self.added, self.changed, self.unchanged);
        if self.barred > 0 {
            text.push_str(&format!(
                ", {} not brought back because they had left, were refused or erased",
                self.barred
            ));
        }
        if self.left_out > 0 {
            let rows =
                if self.left_out == 1 { "1 row".to_owned() } else { format!("{} rows", self.left_out) };
            text.push_str(&format!(", {rows} left out (listed above), all others are in"));
        }
        text.push('.');
        text
    }
}

impl<'a> Roll<'a> {
    /// Opens the ledger, making it where there is none.
    pub fn open(place: &'a Place) -> Result<Self, Problem> {
        let ledger = place.open_ledger()?;
        Ok(Self { place, registers: read_working_copy(place).registers, ledger })
    }

    /// Takes up the rows of a CSV file; good rows are kept, `fault` hears of each bad one as it is read. Again changes
    /// nothing.
    pub fn import(
        &mut self,
        input: impl BufRead,
        now: Timestamp,
        fault: &mut dyn FnMut(&RosterFault),
    ) -> Result<Imported, Problem> {
        let Self { place, registers, ledger } = self;
        let context =
            RosterContext { registers, languages: &place.settings.languages, zone: &place.settings.zone };
        let mut imported = Imported::default();
        let mut batch = Vec::with_capacity(BATCH);
        let mut last = 0;
        read_roster::<Stop>(input, context, &mut |row| {
            match row {
                RosterRow::Person(person) => batch.push(person),
                RosterRow::Fault(found) => {
                    // A row may have several.
                    if found.left_out && found.line != last {
                        imported.left_out += 1;
                        last = found.line;
                    }
                    fault(&found);
                }
            }
            if batch.len() == BATCH {
                imported.count(ledger.sign_up(&batch, Via::Operator, now).map_err(books)?);
                batch.clear();
            }
            Ok(())
        })
        .map_err(|stop| match stop {
            Stop::Books(problem) => problem,
            Stop::Read(error) => Problem::outside(format!(
                "the list cannot be read to its end: {error}. What was read before is taken in; mend the file and import it again"
            )),
        })?;
        imported.count(ledger.sign_up(&batch, Via::Operator, now).map_err(books)?);
        Ok(imported)
    }

    /// Everyone who is told, as CSV that [`Self::import`] reads, and how many are told and are not in it: a list has no
    /// word for a single incident; read back, the line would ask for everything. Whoever left, was refused or never
    /// confirmed is in no list: read back, they would be mailed.
    pub fn export(&mut self) -> Result<(String, u64), Problem> {
        let mut csv = roster_heading();
        let mut left_out = 0;
        self.ledger
            .find(&Search::default(), &mut |person| match (person.state, person.follows.nothing_else) {
                (SubscriberState::Confirmed, false) => csv.push_str(&roster_line(&person)),
                (SubscriberState::Confirmed, true) => left_out += 1,
                _ => {}
            })
            .map_err(books)?;
        Ok((csv, left_out))
    }

    /// Everyone whose name or address holds `what`, or who would be told about its area where it is a postcode.
    pub fn list(&mut self, what: &str) -> Result<String, Problem> {
        let search = match self.registers.area_of_postcode(what) {
            Some(area) if !what.is_empty() => Search {
                areas: Audience::of(&[], std::slice::from_ref(&area.id), &self.registers).areas,
                ..Search::default()
            },
            _ => Search { text: what.to_owned(), ..Search::default() },
        };
        let mut rows = Vec::new();
        self.ledger.find(&search, &mut |person| rows.push(row(&person))).map_err(books)?;
        let empty = if what.is_empty() {
            "Nobody has subscribed yet. `candor subscribers import FILE.csv` reads a list."
        } else {
            "Nobody fits."
        };
        Ok(table(&["id", "name", "address", "services", "areas", "language", "pace", "state"], &rows, empty))
    }

    /// Everything that we ever told this person.
    pub fn show(&mut self, who: &str) -> Result<String, Problem> {
        let id = self.known(who)?;
        let Some(history) = self.ledger.history(id).map_err(books)? else { return Err(nobody(who)) };
        let when = When::new(&self.place.settings.zone, "en");
        let mut text = table(
            &["id", "name", "address", "services", "areas", "language", "pace", "state"],
            &[row(&history.subscriber)],
            "",
        );
        let mails: Vec<Vec<String>> = history
            .mails
            .iter()
            .map(|mail| {
                let first = mail.from_seq + 1;
                let which =
                    if first >= mail.seq { mail.seq.to_string() } else { format!("{first} to {}", mail.seq) };
                vec![when.full(mail.at), mail.incident.to_string(), which]
            })
            .collect();
        text.push('\n');
        text.push_str(&table(
            &["mailed", "incident", "statements"],
            &mails,
            "Nothing was mailed to this person yet.",
        ));
        if !history.troubles.is_empty() {
            let troubles: Vec<Vec<String>> = history
                .troubles
                .iter()
                .map(|entry| {
                    vec![
                        when.full(entry.at),
                        entry.incident.to_string(),
                        entry.seq.to_string(),
                        format!("{} {}", entry.code, entry.text),
                    ]
                })
                .collect();
            text.push('\n');
            text.push_str(&table(&["trouble", "incident", "statement", "the relay said"], &troubles, ""));
        }
        Ok(text)
    }

    /// Erases a person.
    pub fn forget(&mut self, who: &str, now: Timestamp) -> Result<String, Problem> {
        let id = self.known(who)?;
        if !self.ledger.forget(id, now).map_err(books)? {
            return Err(nobody(who));
        }
        Ok(format!(
            "Subscriber {} is erased. A keyed hash of the address is kept, so that no import brings it back.",
            id.0
        ))
    }

    fn known(&mut self, who: &str) -> Result<SubscriberId, Problem> {
        if let Ok(id) = who.parse() {
            return Ok(SubscriberId(id));
        }
        let address = Address::read(who)
            .map_err(|why| Problem::configuration(format!("`{who}` is neither a subscriber's id nor an address: it {why}. `candor subscribers find` looks for part of a name")))?;
        let found = self.ledger.subscriber_at(&address).map_err(books)?;
        found.map(|person| person.id).ok_or_else(|| nobody(who))
    }
}

fn nobody(who: &str) -> Problem {
    Problem::configuration(format!(
        "there is no subscriber {who}. `candor subscribers find` looks by part of a name"
    ))
}

fn row(person: &Subscriber) -> Vec<String> {
    let list = |ids: Vec<&str>, all: &str| if ids.is_empty() { all.to_owned() } else { ids.join(" ") };
    let state = match person.state {
        SubscriberState::Unconfirmed => "not confirmed",
        SubscriberState::Confirmed => "told",
        SubscriberState::Left => "left",
        SubscriberState::Refused => "refused by the relay",
    };
    vec![
        person.id.0.to_string(),
        person.name.clone(),
        person.email.clone(),
        list(person.services.iter().map(|id| id.as_str()).collect(), "all"),
        list(person.areas.iter().map(|id| id.as_str()).collect(), "everywhere"),
        person.language.clone(),
        person.pace.word().to_owned(),
        state.to_owned(),
    ]
}
