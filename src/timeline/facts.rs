//! What holds: the values that stay until a later statement replaces them.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::StatementId;
use crate::config::Severity;
use crate::content::{Affected, ExpectedFix, ServiceState, Window};
use crate::text::{AreaId, PersonId, ServiceId, Span};

/// The facts after one statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    pub severity: Severity,
    pub owner: Option<PersonId>,
    /// Services touched, in the order of the file.
    pub services: Vec<ServiceId>,
    /// States said by `Services:`; the others follow from severity.
    pub said: BTreeMap<ServiceId, ServiceState>,
    /// None: everywhere.
    pub areas: Vec<AreaId>,
    pub affected: Option<Affected>,
    pub expected_fix: Option<ExpectedFix>,
    /// The section "What you can do", in the incident's text.
    pub actions: Option<Span>,
    /// Of a maintenance.
    pub window: Option<Window>,
}

/// One estimate and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    pub statement: StatementId,
    pub said_at: Timestamp,
    pub fix: ExpectedFix,
    /// Whether its time passed with the incident open.
    pub passed: bool,
}

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
