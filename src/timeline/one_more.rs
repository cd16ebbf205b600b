//! One more update for an incident's file, its time, status and next due filled in.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::{Inputs, timeline};
use crate::config::Settings;
use crate::content::scaffold::{self, NewUpdate};
use crate::content::{File, Incident, Registers, Status, Surroundings, read_incident};

/// What the update is to say.
#[derive(Clone, Debug)]
pub struct OneMore<'a> {
    /// The heading's word; `None`: the status that holds.
    pub word: Option<&'a str>,
    /// Whether the header says when we speak next; else the plan does.
    pub next_is_said: bool,
    /// Header lines, as `(key, value)`.
    pub header: &'a [(&'a str, &'a str)],
    pub body: &'a str,
}

/// The incident's file with the update at its end. Two statements need two times: in the minute of the last one it takes the
/// next.
pub fn one_more(inputs: &Inputs<'_>, settings: &Settings, say: &OneMore<'_>, now: Timestamp) -> String {
    let incident = inputs.incident;
    let now = after_last(incident, now);
    let word = match say.word {
        Some(word) => capital(word),
        None => {
            let first = if incident.is_maintenance() { Status::Scheduled } else { Status::Investigating };
            capital(timeline(inputs, now).status.unwrap_or(first).word())
        }
    };
    let mut new =
        NewUpdate { at: now, zone: inputs.zone, word: &word, next: None, header: say.header, body: say.body };
    let mut text = scaffold::append(incident.text(), &new.text());
    if !say.next_is_said {
        new.next = due_after(inputs, settings, &text, now);
        text = scaffold::append(incident.text(), &new.text());
    }
    text
}

/// `now`, or the minute after the last update where that one is of this very minute.
fn after_last(incident: &Incident, now: Timestamp) -> Timestamp {
    let minute = |at: Timestamp| at.as_second().div_euclid(60);
    match incident.updates.iter().map(|update| update.at).max() {
        Some(last) if minute(last) == minute(now) => last + SignedDuration::from_mins(1),
        _ => now,
    }
}

/// The due time that the plan gives to the update at `now` in `text`.
fn due_after(inputs: &Inputs<'_>, settings: &Settings, text: &str, now: Timestamp) -> Option<Timestamp> {
    let file = File::new(inputs.incident.path().clone(), text.as_bytes());
    let registers = Registers::default();
    let incident = Arc::new(read_incident(&file, &[], Surroundings::new(settings, &registers)).value?);
    timeline(&Inputs { incident: &incident, ..*inputs }, now).due.map(|due| due.at)
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
