//! The heart: what was said, what is due, what was promised. Pure.
//!
//! [`timeline`] reads no clock, no disk and no database; site, mails, feeds, rules and scorecard all use what it
//! returns, so they cannot disagree.

mod departure;
mod due;
pub mod edit;
mod facts;
mod fingerprint;
pub mod follow_up;
pub mod holding;
mod one_more;
mod past;
mod promises;
#[cfg(test)]
mod properties;
mod publish;
mod record;
mod reminder;
mod restore;
#[cfg(test)]
mod riverside;
mod said;
mod series;
#[cfg(test)]
mod sketch;
mod slot;
#[cfg(test)]
mod speech;
mod statement;
mod states;
mod tally;
mod transcript;
mod voice;
mod when;
mod words;

pub use departure::{Change, Departure, departures};
pub use due::Due;
pub use facts::{Estimate, Facts};
pub use one_more::{OneMore, one_more};
pub use past::{Spell, spells};
pub use promises::{PromiseState, Promised};
pub use publish::publications;
pub use record::{Entry, LineKind, Record, RecordLine, RecordProblem, jsonl, lost};
pub use reminder::{Reminder, Why, reminders};
pub use restore::{Piece, assemble, restore, start_of};
pub use said::AHEAD;
pub use series::Occurrence;
pub use slot::{Quiet, Slot, next_slot};
pub use statement::{Statement, StatementId, StatementKind, Words};
pub use states::{service_states, service_states_in, state_of, states};
pub use tally::Tally;
pub use transcript::written_out;
pub use voice::Voice;
pub use when::When;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::config::{Plans, Settings};
use crate::content::{Incident, ServiceState, Status};
use crate::text::ServiceId;
use due::{Rhythm, forward};
use said::{Said, said};

/// What [`timeline`] works from, besides the moment.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    pub incident: &'a Arc<Incident>,
    pub plans: &'a Plans,
    /// The site's zone: for the plan's hours and for dates.
    pub zone: &'a TimeZone,
    pub record: &'a Record,
    /// Whether a written update of this incident is being withheld.
    pub delayed: bool,
    /// An update published later than this after its time counts as backdated.
    pub backdate_limit: SignedDuration,
}

impl<'a> Inputs<'a> {
    /// What the site's settings say, for one incident; `delayed`: whether an update of it is withheld.
    pub fn of(
        incident: &'a Arc<Incident>,
        settings: &'a Settings,
        record: &'a Record,
        delayed: bool,
    ) -> Self {
        Self {
            incident,
            plans: &settings.plans,
            zone: &settings.zone,
            record,
            delayed,
            backdate_limit: settings.backdate_limit,
        }
    }
}

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
    /// The windows of planned work that repeats, by the rule: all that have begun and the next twelve. Empty for all else.
    pub series: Vec<Occurrence>,
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
    /// When readers first and last heard of it; `None`: never.
    pub heard: Option<(Timestamp, Timestamp)>,
    /// Of everything above but *now*: equal fingerprints, and pages say the same.
    pub fingerprint: u64,
}

/// One incident as it stood at `now`.
pub fn timeline(inputs: &Inputs<'_>, now: Timestamp) -> Timeline {
    let Said { statements, facts, status, ended, reopened, series } = said(inputs, now);
    let incident = inputs.incident;
    let live = ended.is_none() && !incident.imported && !incident.draft;
    let working = states::work_goes_on(&facts, status, &statements, now);
    let begun = facts.window.is_none_or(|window| working || now >= window.start);
    let mut timeline = Timeline {
        incident: incident.clone(),
        now,
        status,
        open: live && begun,
        due: None,
        promises: promises::promises(incident, &statements, inputs.zone, now),
        estimates: facts::estimates(incident, &statements, now),
        states: states::states(incident, &facts, live && (working || !incident.is_maintenance())),
        ended,
        series,
        reopened,
        follow_up_due: None,
        review_due: None,
        quiet: quiet(&statements),
        delayed: inputs.delayed,
        wake: None,
        heard: heard(&statements),
        fingerprint: 0,
        statements,
        facts,
    };
    if live {
        timeline.due = timeline.next_due(inputs);
    } else {
        timeline.follow_up_due = timeline.next_follow_up(inputs.plans);
        timeline.review_due = timeline.next_review(inputs.plans);
    }
    timeline.wake = timeline.next_change(inputs.record);
    timeline.fingerprint = fingerprint::fingerprint(&timeline);
    timeline
}

impl Timeline {
    /// The statement that readers saw last. Its due time is the one that counts.
    pub fn last_said(&self) -> Option<&Statement> {
        self.statements.iter().max_by_key(|statement| (statement.said_at(), statement.at))
    }

    /// The last statement that a person wrote.
    pub fn last_written(&self) -> Option<&Statement> {
        self.statements.iter().rev().find(|statement| statement.kind.is_written())
    }

    fn next_due(&self, inputs: &Inputs<'_>) -> Option<Due> {
        let rhythm = Rhythm::of(&self.incident, &self.facts, self.status, inputs.plans, inputs.zone);
        let last = self.last_said();
        let said = last.map_or_else(|| first_seen(inputs), Statement::said_at);
        let printed = last.and_then(|last| last.due).filter(|due| *due > said);
        let mut at = match printed {
            Some(due) => due,
            None if self.incident.is_maintenance() && !self.open => return None,
            None => rhythm.after(said),
        };
        // A slot that a holding update has taken is over, even where a later statement named its time again.
        while self.statements.iter().any(|statement| statement.slot == Some(at)) {
            at = rhythm.after(at);
        }
        Some(Due::judge(at, said, rhythm.plan, self.now))
    }

    fn next_follow_up(&self, plans: &Plans) -> Option<Timestamp> {
        let ended = self.closing()?;
        let written =
            self.statements.iter().any(|s| s.kind == StatementKind::FollowUp && s.at >= ended.said_at());
        let due = forward(ended.said_at(), plans.of(self.facts.severity).follow_up_after);
        (!written && !ended.archived).then_some(due)
    }

    fn next_review(&self, plans: &Plans) -> Option<Timestamp> {
        let ended = self.closing()?;
        let within = plans.of(self.facts.severity).review_within;
        let written = self.statements.iter().any(|s| s.kind == StatementKind::Review && s.at >= ended.at);
        let wanted = !within.is_zero() && self.incident.no_review.is_none() && !written;
        wanted.then(|| forward(ended.at, within))
    }

    /// The statement that ended an incident which calls for a follow-up: not planned work, history or a draft.
    fn closing(&self) -> Option<&Statement> {
        let incident = &self.incident;
        if incident.imported || incident.draft || incident.is_maintenance() {
            return None;
        }
        let ended = self.ended?;
        self.statements.iter().rev().find(|s| s.at == ended && matches!(s.kind, StatementKind::Update(_)))
    }

    /// The next moment at which the clock alone changes something here.
    fn next_change(&self, record: &Record) -> Option<Timestamp> {
        let due = self.due.iter().flat_map(|due| [due.speak_from, due.at, due.missed_from]);
        let window = self.facts.window.iter().flat_map(|window| [window.start, window.end]);
        let windows = self.series.iter().map(|one| one.window.start);
        let promises = self.promises.iter().filter(|p| p.state == PromiseState::Open).map(|p| p.by);
        let estimates = self.estimates.iter().filter(|e| !e.passed).filter_map(|e| e.fix.at);
        let recorded = record.of_incident(&self.incident).map(|line| line.published_at);
        let written = self.incident.updates.iter().map(|update| due::back(update.at, AHEAD));
        due.chain(window)
            .chain(windows)
            .chain(promises)
            .chain(estimates)
            .chain(written)
            .chain(recorded)
            .chain(self.follow_up_due)
            .chain(self.review_due)
            .filter(|moment| *moment > self.now)
            .min()
    }
}

/// When the page of an incident without any statement appeared.
fn first_seen(inputs: &Inputs<'_>) -> Timestamp {
    let line = inputs.record.of_incident(inputs.incident).next();
    line.map_or(inputs.incident.started.value, |line| line.published_at)
}

fn heard(statements: &[Statement]) -> Option<(Timestamp, Timestamp)> {
    let said_at = || statements.iter().map(Statement::said_at);
    said_at().min().zip(said_at().max())
}

/// Holding updates since the last written statement, by the order in which they went out.
fn quiet(statements: &[Statement]) -> u32 {
    let written = statements.iter().filter(|s| s.kind.is_written()).map(Statement::said_at).max();
    let quiet = statements.iter().filter(|s| s.kind == StatementKind::Holding);
    quiet.filter(|s| written.is_none_or(|written| s.said_at() > written)).fold(0, |count, _| count + 1)
}
