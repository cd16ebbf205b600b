//! Due times: when the next statement must be out.
//!
//! Intervals are elapsed time; only the plan's hours look at a clock on a wall. A time that a person wrote as
//! `Next update` is kept as written, inside the hours or not: it was said in public.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::Facts;
use crate::config::{Plan, Plans, Severity};
use crate::content::{Incident, Status};

/// When the next statement is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    pub at: Timestamp,
    /// From which a holding update goes out: `at` less the plan's lead, and never before half of the wait is over.
    pub speak_from: Timestamp,
    /// Whether `at` has come with nothing newer.
    pub late: bool,
    /// `at` plus grace.
    pub missed_from: Timestamp,
    /// Whether `missed_from` has come with nothing newer.
    pub missed: bool,
}

impl Due {
    /// Judges a due time that was set at `said`.
    pub(super) fn judge(at: Timestamp, said: Timestamp, plan: &Plan, now: Timestamp) -> Self {
        let lead = plan.lead.min(at.duration_since(said) / 2).max(SignedDuration::ZERO);
        Self {
            at,
            speak_from: back(at, lead),
            late: now >= at,
            missed_from: forward(at, plan.grace),
            missed: now >= forward(at, plan.grace),
        }
    }
}

/// How often we speak about one incident while certain facts hold.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rhythm<'a> {
    pub(super) plan: &'a Plan,
    pub(super) every: SignedDuration,
    zone: &'a TimeZone,
    always: bool,
    /// Before this moment the interval does not run: the end of a maintenance's window.
    runs_from: Option<Timestamp>,
}

impl<'a> Rhythm<'a> {
    pub(super) fn of(
        incident: &Incident,
        facts: &Facts,
        status: Option<Status>,
        plans: &'a Plans,
        zone: &'a TimeZone,
    ) -> Self {
        let plan = plans.of(facts.severity);
        let planned = if status == Some(Status::Monitoring) { plan.monitoring_every } else { plan.every };
        let every = incident.every.as_ref().map_or(planned, |every| every.value);
        Self {
            plan,
            // Ids have whole minutes, so two slots in one minute could not be told apart.
            every: every.max(SignedDuration::from_mins(1)),
            zone,
            always: facts.severity == Severity::Critical,
            runs_from: facts.window.map(|window| window.end),
        }
    }

    /// When the interval that begins at `moment` is over, moved to the next opening, in whole minutes.
    pub(super) fn after(&self, moment: Timestamp) -> Timestamp {
        self.step(moment, self.every)
    }

    /// As [`Self::after`], with a day for the interval where that is longer: what the public gets once it is quiet.
    pub(super) fn a_day_after(&self, moment: Timestamp) -> Timestamp {
        self.step(moment, self.every.max(SignedDuration::from_hours(24)))
    }

    fn step(&self, moment: Timestamp, interval: SignedDuration) -> Timestamp {
        let begin = self.runs_from.map_or(moment, |from| moment.max(from));
        let due = whole_minute(forward(begin, interval));
        if self.always { due } else { self.plan.hours.at_or_next_opening(due, self.zone) }
    }
}

/// `moment` plus `wait`, or the last moment there is.
pub(super) fn forward(moment: Timestamp, wait: SignedDuration) -> Timestamp {
    moment.saturating_add(wait).unwrap_or(Timestamp::MAX)
}

/// `moment` less `wait`, or the first moment there is.
pub(super) fn back(moment: Timestamp, wait: SignedDuration) -> Timestamp {
    moment.saturating_sub(wait).unwrap_or(Timestamp::MIN)
}

/// The moment itself where it is a whole minute, else the next one: headings, ids and pages have minutes.
pub(super) fn whole_minute(moment: Timestamp) -> Timestamp {
    let into = moment.as_nanosecond().rem_euclid(60_000_000_000);
    if into == 0 {
        return moment;
    }
    Timestamp::from_nanosecond(moment.as_nanosecond() - into + 60_000_000_000).unwrap_or(moment)
}
