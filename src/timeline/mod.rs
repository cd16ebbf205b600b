//! The heart: what was said, what is due, what was promised. Pure.
//!
//! [`timeline`] reads no clock, no disk and no database; site, mails, feeds, rules and scorecard all use what it
//! returns, so they cannot disagree.

mod facts;
mod record;
mod statement;

pub use facts::{Estimate, Facts, PromiseState, Promised};
pub use record::{LineKind, Record, RecordLine};
pub use statement::{Statement, StatementId, StatementKind, Words};

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use crate::content::{Incident, ServiceState, Status};
use crate::text::ServiceId;

/// One incident or maintenance at one moment.
#[derive(Clone, Debug)]
pub struct Timeline {
    pub incident: Arc<Incident>,
    /// The moment it is seen at.
    pub now: Timestamp,
    /// What was said, oldest first. What was never published is not here.
    pub statements: Vec<Statement>,
    /// The status of the latest written update; `None` before the first.
    pub status: Option<Status>,
    /// Open incidents are due a next statement. False for imported ones, drafts, and maintenance before its window.
    pub open: bool,
    /// What holds now.
    pub facts: Facts,
    /// By when we speak next; `None` when nothing is due.
    pub due: Option<Due>,
    /// Every promise ever made, by the time it was made.
    pub promises: Vec<Promised>,
    /// Every estimate ever given, oldest first.
    pub estimates: Vec<Estimate>,
    /// The state of each affected service now; operational ones included when an update says so.
    pub states: BTreeMap<ServiceId, ServiceState>,
    /// When it was last resolved, completed or cancelled; `None` while it goes on.
    pub ended: Option<Timestamp>,
    /// How often a resolved incident opened again.
    pub reopened: u32,
    /// The composed follow-up's due time; `None` when none is due (any more).
    pub follow_up_due: Option<Timestamp>,
    /// The review's due time; `None` when none is due (any more).
    pub review_due: Option<Timestamp>,
    /// Holding updates in a row since the last written statement.
    pub quiet: u32,
    /// Whether a written update is being withheld.
    pub delayed: bool,
    /// When this timeline next changes by the clock alone; `None`: never.
    pub wake: Option<Timestamp>,
}

/// When the next statement is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    pub at: Timestamp,
    /// From which a holding update goes out: `at` less the plan's lead.
    pub speak_from: Timestamp,
    /// Whether `at` has passed with nothing newer.
    pub late: bool,
    /// Whether `at` plus grace has passed with nothing newer.
    pub missed: bool,
}
