//! What was promised, and what became of it.
//!
//! Explicit promises and the tasks of reviews are one thing. Next updates and expected fixes are promises too; they
//! are counted in `tally`.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Statement, StatementId, Words};
use crate::content::{Incident, Promise, Settlement, Task};

/// A promise with its state.
#[derive(Clone, Debug, PartialEq)]
pub struct Promised {
    pub what: String,
    pub who: String,
    pub by: Timestamp,
    pub whole_day: bool,
    pub made_at: Timestamp,
    pub statement: StatementId,
    pub state: PromiseState,
    pub settled_at: Option<Timestamp>,
    pub because: Option<String>,
}

/// What became of a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PromiseState {
    Open,
    Kept,
    KeptLate,
    Missed,
    Withdrawn,
}

/// Every promise made in `statements`, by the time it was made.
pub(super) fn promises(
    incident: &Incident,
    statements: &[Statement],
    zone: &TimeZone,
    now: Timestamp,
) -> Vec<Promised> {
    let mut book = Book::default();
    for statement in statements {
        let Words::Written(index) = statement.words else { continue };
        let Some(update) = incident.updates.get(index) else { continue };
        let header = &update.header;
        for settlement in &header.kept {
            book.settle(settlement, statement.at, false);
        }
        for settlement in &header.withdrawn {
            book.settle(settlement, statement.at, true);
        }
        for promise in &header.promises {
            book.make(promise, statement);
        }
        for task in &update.tasks {
            let index = book.make(&task.promise, statement);
            if let Some(done) = done(task, statement, zone).filter(|done| *done <= now) {
                book.keep(index, done);
            }
        }
    }
    for promise in &mut book.made {
        if promise.state == PromiseState::Open && now >= promise.by {
            promise.state = PromiseState::Missed;
        }
    }
    book.made
}

/// The promises so far, and those still open by their words.
#[derive(Default)]
struct Book {
    made: Vec<Promised>,
    known: HashMap<(Timestamp, String), usize>,
    open: BTreeSet<(String, usize)>,
}

impl Book {
    /// Enters a promise and returns where it is; one that is only said again stays one.
    fn make(&mut self, promise: &Promise, statement: &Statement) -> usize {
        let words = plain(&promise.what);
        if let Some(again) = self.known.get(&(promise.by, words.clone())) {
            return *again;
        }
        let index = self.made.len();
        self.made.push(Promised {
            what: promise.what.clone(),
            who: promise.who.clone(),
            by: promise.by,
            whole_day: promise.whole_day,
            made_at: statement.at,
            statement: statement.id.clone(),
            state: PromiseState::Open,
            settled_at: None,
            because: None,
        });
        self.open.insert((words.clone(), index));
        self.known.insert((promise.by, words), index);
        index
    }

    /// Settles the one open promise that begins with the words; where none or several do, nothing is settled.
    fn settle(&mut self, settlement: &Settlement, at: Timestamp, withdrawn: bool) {
        let words = plain(&settlement.words);
        let mut fitting =
            self.open.range((words.clone(), 0)..).take_while(|(what, _)| what.starts_with(&words));
        let (Some((_, index)), None) = (fitting.next(), fitting.next()) else { return };
        let index = *index;
        self.keep(index, at);
        let promise = &mut self.made[index];
        promise.because.clone_from(&settlement.because);
        if withdrawn {
            promise.state = PromiseState::Withdrawn;
        }
    }

    /// Marks an open promise as kept.
    fn keep(&mut self, index: usize, at: Timestamp) {
        let promise = &mut self.made[index];
        if self.open.remove(&(plain(&promise.what), index)) {
            promise.state = if at <= promise.by { PromiseState::Kept } else { PromiseState::KeptLate };
            promise.settled_at = Some(at);
        }
    }
}

/// When a task was done: on its date, or where it has none, when the review was written. `None`: not done.
fn done(task: &Task, statement: &Statement, zone: &TimeZone) -> Option<Timestamp> {
    match task.done {
        Some(date) => Some(date.to_zoned(zone.clone()).map_or(statement.at, |day| day.timestamp())),
        None => task.ticked.then_some(statement.at),
    }
}

/// Words as people compare them: case, white space and the end's punctuation do not count.
fn plain(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    words.trim_end_matches(['.', '…', ',', ';', ':']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Severity;
    use crate::content::{Status, Word};
    use crate::timeline::sketch::{Sketch, World, at, given, promise};

    #[test]
    fn each_promise_ends_in_one_state() {
        let settle = |words: &str, because: Option<&str>| {
            given(Settlement { words: words.to_owned(), because: because.map(str::to_owned) })
        };
        let incident = Sketch::new("promises", Severity::Minor, at("13:00"))
            .update(at("13:10"), Word::Status(Status::Identified), "We promise.", |header| {
                header.promises =
                    ["Bring water", "Bring blankets", "Close the road", "Call the school", "Open a desk"]
                        .map(|what| given(promise(what, "15:00", "Dana Osei")))
                        .to_vec();
            })
            .update(at("14:00"), Word::Status(Status::Identified), "Some kept.", |header| {
                header.kept = vec![settle("Bring", None), settle("close THE  road.", None)];
                header.withdrawn = vec![settle("Call", Some("it is closed"))];
                header.promises = vec![given(promise("Bring water", "15:00", "Dana Osei"))];
            })
            .update(at("15:30"), Word::Status(Status::Resolved), "Late.", |header| {
                header.kept = vec![settle("Bring water", None)];
            })
            .build();
        let world = World::new(incident);
        let states = |now: &str| {
            let promises = world.at(at(now)).promises;
            promises.into_iter().map(|promise| (promise.what, promise.state)).collect::<Vec<_>>()
        };
        use PromiseState::{Kept, KeptLate, Missed, Open, Withdrawn};
        let named = |states: [PromiseState; 5]| {
            let what = ["Bring water", "Bring blankets", "Close the road", "Call the school", "Open a desk"];
            what.map(str::to_owned).into_iter().zip(states).collect::<Vec<_>>()
        };
        assert_eq!(states("14:30"), named([Open, Open, Kept, Withdrawn, Open]), "`Bring` fits two");
        assert_eq!(states("15:00"), named([Missed, Missed, Kept, Withdrawn, Missed]));
        assert_eq!(states("15:30"), named([KeptLate, Missed, Kept, Withdrawn, Missed]));
    }
}
