//! How we communicate at a severity.

use jiff::SignedDuration;
use serde::Serialize;

use super::Hours;
use crate::text::PersonId;

/// How bad an incident is; decides its plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Minor,
    Major,
    Critical,
}

impl Severity {
    pub const ALL: [Self; 3] = [Self::Minor, Self::Major, Self::Critical];

    /// The word in files and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Minor => "minor",
            Self::Major => "major",
            Self::Critical => "critical",
        }
    }
}

/// The plan of one severity. Intervals are elapsed time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The interval between statements while an incident is open.
    pub every: SignedDuration,
    /// The interval once monitoring; `every` where it is not set.
    pub monitoring_every: SignedDuration,
    /// When we speak; a due time outside moves to the next opening.
    pub hours: Hours,
    /// How long before due a holding update goes out.
    pub lead: SignedDuration,
    /// How long after due a statement still counts as on time.
    pub grace: SignedDuration,
    /// Holding updates in a row after which the public gets one a day.
    pub quiet_limit: u32,
    /// How long before due the owner is reminded, longest first.
    pub remind: Vec<SignedDuration>,
    /// Who is told each interval after the quiet limit, besides owner and deputy.
    pub escalate: Vec<PersonId>,
    /// How long before the public the staff are told; zero: at the same time.
    pub staff_first: SignedDuration,
    /// Who they are: ids of people, or names of channels. Empty: owner, deputy and `escalate`.
    pub staff: Vec<String>,
    /// When the follow-up is due, after resolution.
    pub follow_up_after: SignedDuration,
    /// When the review is due, after resolution; zero: no review is due.
    pub review_within: SignedDuration,
    /// Channels by the names that `candor.host.toml` gives them. Mail always goes out.
    pub channels: Vec<String>,
}

impl Plan {
    /// The defaults of DESIGN section 4: critical 15 min always, major 30 min, minor 2 h.
    pub fn default_for(severity: Severity) -> Self {
        let every = match severity {
            Severity::Critical => SignedDuration::from_mins(15),
            Severity::Major => SignedDuration::from_mins(30),
            Severity::Minor => SignedDuration::from_hours(2),
        };
        Self {
            every,
            monitoring_every: every,
            hours: Hours::always(),
            lead: SignedDuration::from_mins(2),
            grace: SignedDuration::from_mins(5),
            quiet_limit: 6,
            remind: vec![SignedDuration::from_mins(10), SignedDuration::from_mins(3)],
            escalate: Vec::new(),
            staff_first: SignedDuration::ZERO,
            staff: Vec::new(),
            follow_up_after: SignedDuration::from_hours(72),
            review_within: if severity == Severity::Minor {
                SignedDuration::ZERO
            } else {
                SignedDuration::from_hours(240)
            },
            channels: vec!["mail".to_owned()],
        }
    }
}

/// One plan per severity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plans {
    pub minor: Plan,
    pub major: Plan,
    pub critical: Plan,
}

impl Plans {
    pub fn of(&self, severity: Severity) -> &Plan {
        match severity {
            Severity::Minor => &self.minor,
            Severity::Major => &self.major,
            Severity::Critical => &self.critical,
        }
    }
}

impl Default for Plans {
    fn default() -> Self {
        Self {
            minor: Plan::default_for(Severity::Minor),
            major: Plan::default_for(Severity::Major),
            critical: Plan::default_for(Severity::Critical),
        }
    }
}
