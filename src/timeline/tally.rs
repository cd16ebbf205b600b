//! The promises that we make with every statement, counted: to speak by a time, and to have it fixed by a time.

use jiff::Timestamp;

use super::{StatementKind, Timeline};
use crate::config::Plans;

/// How the due times and estimates of one incident turned out so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
        tally
    }
}
