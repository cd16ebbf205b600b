//! Promises, counted: those that we make with every statement, to speak by a time and to have it fixed by a time, and
//! those that somebody gave in words.

use std::ops::AddAssign;

use jiff::Timestamp;
use serde::Serialize;

use super::{PromiseState, StatementKind, Timeline};
use crate::config::Plans;

/// How the due times, estimates and promises of incidents turned out so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Due times by which a person had written.
    pub spoken: u32,
    /// Due times that only a holding update kept.
    pub held: u32,
    /// Due times by which nothing was out, grace included, and every slot named as missed.
    pub missed: u32,
    /// Estimates by which it was over.
    pub fixes_kept: u32,
    /// Estimates that passed with the incident open.
    pub fixes_missed: u32,
    /// Explicit promises and tasks of reviews.
    pub promises_open: u32,
    pub promises_kept: u32,
    pub promises_kept_late: u32,
    pub promises_missed: u32,
    pub promises_withdrawn: u32,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.spoken += other.spoken;
        self.held += other.held;
        self.missed += other.missed;
        self.fixes_kept += other.fixes_kept;
        self.fixes_missed += other.fixes_missed;
        self.promises_open += other.promises_open;
        self.promises_kept += other.promises_kept;
        self.promises_kept_late += other.promises_kept_late;
        self.promises_missed += other.promises_missed;
        self.promises_withdrawn += other.promises_withdrawn;
    }
}

impl Timeline {
    /// Counts what has come due by now. Due times and estimates still to come are not in it.
    pub fn tally(&self, plans: &Plans) -> Tally {
        let mut tally = Tally::default();
        let mut due: Option<Timestamp> = None;
        let mut in_order: Vec<_> = self.statements.iter().collect();
        in_order.sort_by_key(|statement| (statement.said_at(), statement.at));
        for statement in in_order {
            let grace = plans.of(statement.facts.severity).grace;
            if let Some(due) = due {
                let named = u32::try_from(statement.missed.len()).unwrap_or(u32::MAX);
                if named > 0 {
                    tally.missed = tally.missed.saturating_add(named);
                } else if statement.said_at().duration_since(due) > grace {
                    tally.missed += 1;
                } else if statement.kind == StatementKind::Holding {
                    tally.held += 1;
                } else {
                    tally.spoken += 1;
                }
            }
            due = statement.due;
        }
        tally.missed += u32::from(self.due.is_some_and(|due| due.missed));
        for estimate in &self.estimates {
            let over = self.ended.zip(estimate.fix.at).is_some_and(|(ended, by)| ended <= by);
            tally.fixes_missed += u32::from(estimate.passed);
            tally.fixes_kept += u32::from(!estimate.passed && over);
        }
        for promise in &self.promises {
            *match promise.state {
                PromiseState::Open => &mut tally.promises_open,
                PromiseState::Kept => &mut tally.promises_kept,
                PromiseState::KeptLate => &mut tally.promises_kept_late,
                PromiseState::Missed => &mut tally.promises_missed,
                PromiseState::Withdrawn => &mut tally.promises_withdrawn,
            } += 1;
        }
        tally
    }
}
