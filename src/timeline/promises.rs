//! What was promised, and what became of it.
//!
//! Explicit promises and the tasks of reviews are one thing. Next updates and expected fixes are promises too; they
//! are counted in `tally`.

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
    let mut made: Vec<Promised> = Vec::new();
    for statement in statements {
        let Words::Written(index) = statement.words else { continue };
        let Some(update) = incident.updates.get(index) else { continue };
        let header = &update.header;
        for settlement in &header.kept {
            settle(&mut made, settlement, statement.at, false);
        }
        for settlement in &header.withdrawn {
            settle(&mut made, settlement, statement.at, true);
        }
        for promise in &header.promises {
            make(&mut made, promise, statement);
        }
        for task in &update.tasks {
            let index = make(&mut made, &task.promise, statement);
            do_task(&mut made[index], task, statement, zone, now);
        }
    }
    for promise in &mut made {
        if promise.state == PromiseState::Open && now >= promise.by {
            promise.state = PromiseState::Missed;
        }
    }
    made
}

/// Adds a promise and returns where it is; one that is only said again stays one.
fn make(made: &mut Vec<Promised>, promise: &Promise, statement: &Statement) -> usize {
    let again = made
        .iter()
        .position(|earlier| earlier.by == promise.by && plain(&earlier.what) == plain(&promise.what));
    again.unwrap_or_else(|| {
        made.push(Promised {
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
        made.len() - 1
    })
}

/// Settles the one open promise that begins with the words; where none or several do, nothing is settled.
fn settle(made: &mut [Promised], settlement: &Settlement, at: Timestamp, withdrawn: bool) {
    let words = plain(&settlement.words);
    let mut fitting = made
        .iter_mut()
        .filter(|promise| promise.state == PromiseState::Open && plain(&promise.what).starts_with(&words));
    let (Some(promise), None) = (fitting.next(), fitting.next()) else { return };
    promise.state = if withdrawn { PromiseState::Withdrawn } else { kept(at <= promise.by) };
    promise.settled_at = Some(at);
    promise.because.clone_from(&settlement.because);
}

/// A ticked task is done on its date, or where it has none, when the review was written.
fn do_task(promise: &mut Promised, task: &Task, statement: &Statement, zone: &TimeZone, now: Timestamp) {
    if promise.state != PromiseState::Open || !(task.ticked || task.done.is_some()) {
        return;
    }
    let done = match task.done {
        Some(date) => date.to_zoned(zone.clone()).map_or(statement.at, |day| day.timestamp()),
        None => statement.at,
    };
    if done <= now {
        promise.state = kept(done <= promise.by);
        promise.settled_at = Some(done);
    }
}

fn kept(in_time: bool) -> PromiseState {
    if in_time { PromiseState::Kept } else { PromiseState::KeptLate }
}

/// Words as people compare them: case, white space and the end's punctuation do not count.
fn plain(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    words.trim_end_matches(['.', '…', ',', ';', ':']).to_owned()
}
