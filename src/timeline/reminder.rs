//! Who among us is told that a statement is due. Pure: sending, and not sending twice, is the daemon's.

use jiff::Timestamp;

use super::due::{Rhythm, back};
use super::slot::staff_slots;
use super::{Inputs, Timeline};
use crate::text::PersonId;

/// One message to one of us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// When it is to go out. With `to` and the incident it is unique, so it can be sent once.
    pub at: Timestamp,
    pub to: PersonId,
    pub why: Why,
}

/// Why someone is reminded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The next statement is due then, and this person answers for it.
    Due(Timestamp),
    /// The owner let the due time before this one pass, so it is the deputy's turn.
    OwnerSilent(Timestamp),
    /// Nobody has written for so many holding updates in a row.
    Quiet(u32),
}

/// The reminders until the next due time, by time: those to come, and of those that have come only the latest, so that
/// a daemon that slept does not send a pile.
pub fn reminders(timeline: &Timeline, inputs: &Inputs<'_>) -> Vec<Reminder> {
    let mut reminders = round(timeline, inputs);
    reminders.sort_by_key(|reminder| reminder.at);
    let latest = reminders.iter().map(|reminder| reminder.at).filter(|at| *at <= timeline.now).max();
    reminders.retain(|reminder| latest.is_none_or(|latest| reminder.at >= latest));
    reminders
}

/// Everything between the last statement and the next due time.
fn round(timeline: &Timeline, inputs: &Inputs<'_>) -> Vec<Reminder> {
    let Some(due) = timeline.due else { return Vec::new() };
    let rhythm = Rhythm::of(&timeline.incident, &timeline.facts, timeline.status, inputs.plans, inputs.zone);
    let said = timeline.last_said().map_or(timeline.incident.started.value, |last| last.said_at());
    let owner = timeline.facts.owner.as_ref();
    let deputy = timeline.incident.deputy.as_ref().map(|deputy| &deputy.value);

    let mut reminders = Vec::new();
    if timeline.quiet >= rhythm.plan.quiet_limit {
        let mut all: Vec<&PersonId> = Vec::new();
        for person in owner.into_iter().chain(deputy).chain(&rhythm.plan.escalate) {
            if !all.contains(&person) {
                all.push(person);
            }
        }
        // The interval runs on from the slot of the last holding update, not from the minute before it.
        let from = timeline.last_said().and_then(|last| last.slot).unwrap_or(said);
        for at in staff_slots(&rhythm, from, &due) {
            let why = Why::Quiet(timeline.quiet);
            reminders.extend(all.iter().map(|to| Reminder { at, to: (*to).clone(), why }));
        }
        return reminders;
    }
    let (to, why) = match (owner, deputy) {
        (Some(_), Some(deputy)) if timeline.quiet > 0 => (deputy, Why::OwnerSilent(due.at)),
        (Some(owner), _) => (owner, Why::Due(due.at)),
        (None, Some(deputy)) => (deputy, Why::Due(due.at)),
        (None, None) => return reminders,
    };
    for before in &rhythm.plan.remind {
        let at = back(due.at, *before);
        if at > said {
            reminders.push(Reminder { at, to: to.clone(), why });
        }
    }
    reminders
}
