//! Slots: the due times for which Candor speaks when nobody wrote.
//!
//! Slots lie on a grid: each is one interval after the one before, moved to the plan's hours; once it is quiet, a day
//! after it. The grid is the same whether the daemon was awake or slept, so waking up yields one statement.

use jiff::Timestamp;

use super::due::{Rhythm, forward};
use super::{Due, Inputs, Timeline};

/// One holding update that has to go out now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The due time that it stands for; its id is made from it.
    pub at: Timestamp,
    /// Slots in which nothing was said, oldest first; the statement names them.
    pub missed: Vec<Timestamp>,
    /// When we speak next.
    pub next_due: Timestamp,
    pub quiet: Quiet,
}

/// Whether the public gets a statement each interval or one a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quiet {
    No,
    /// From this statement on, and it says so. It is the N-th without news.
    Begins(u32),
    GoesOn,
}

/// More slots than this in one sleep are a day apart, so that a year asleep stays a list that one can print.
const MOST_SLOTS_IN_A_ROW: u32 = 1_000;

/// The slot that is to be filled now; `None` while there is time, or when nothing is due.
pub fn next_slot(timeline: &Timeline, inputs: &Inputs<'_>) -> Option<Slot> {
    let now = timeline.now;
    let due = timeline.due.filter(|due| due.speak_from <= now)?;
    let rhythm = Rhythm::of(&timeline.incident, &timeline.facts, timeline.status, inputs.plans, inputs.zone);
    let covered = forward(now, rhythm.plan.lead);
    let slots = slots(&rhythm, due.at, timeline.quiet, covered);
    let at = slots.last().copied().unwrap_or(due.at);
    let quiet = timeline.quiet.saturating_add(1);
    let limit = rhythm.plan.quiet_limit;
    let mut next_due = at;
    while next_due <= covered {
        next_due = if quiet >= limit { rhythm.a_day_after(next_due) } else { rhythm.after(next_due) };
    }
    Some(Slot {
        at,
        missed: slots.into_iter().filter(|slot| forward(*slot, rhythm.plan.grace) <= now).collect(),
        next_due,
        quiet: match quiet {
            quiet if quiet < limit => Quiet::No,
            quiet if quiet == limit => Quiet::Begins(quiet),
            _ => Quiet::GoesOn,
        },
    })
}

/// The slots from `first` on that are over by `until`; `first` itself in any case.
fn slots(rhythm: &Rhythm<'_>, first: Timestamp, quiet: u32, until: Timestamp) -> Vec<Timestamp> {
    let mut slots = vec![first];
    let mut silent = quiet.saturating_add(1);
    let limit = rhythm.plan.quiet_limit.min(MOST_SLOTS_IN_A_ROW);
    let mut last = first;
    loop {
        let next = if silent >= limit { rhythm.a_day_after(last) } else { rhythm.after(last) };
        if next > until || next <= last {
            return slots;
        }
        slots.push(next);
        last = next;
        silent = silent.saturating_add(1);
    }
}

/// The slots from `due` on in which nothing was out, grace included, when a person spoke again at `spoke`.
pub(super) fn missed_before(
    rhythm: &Rhythm<'_>,
    due: Timestamp,
    quiet: u32,
    spoke: Timestamp,
) -> Vec<Timestamp> {
    let mut slots = slots(rhythm, due, quiet, spoke);
    slots.retain(|slot| forward(*slot, rhythm.plan.grace) < spoke);
    slots
}

/// When the staff are told while the public hears once a day: each interval from the last statement until due.
pub(super) fn staff_slots(rhythm: &Rhythm<'_>, said: Timestamp, due: &Due) -> Vec<Timestamp> {
    let mut slots = Vec::new();
    let mut slot = rhythm.after(said);
    while slot < due.at {
        slots.push(slot);
        slot = rhythm.after(slot);
    }
    slots
}
