//! How we did, by month and by service: promises to speak, to repair and to act, and what readers say of our words.
//!
//! An incident counts in the month in which it began, an answer in the month in which it came. History from elsewhere
//! was promised by nobody here and does not count.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::Feedback;
use crate::config::Plans;
use crate::text::ServiceId;
use crate::timeline::{PromiseState, Timeline};

/// The whole card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Scorecard {
    /// Newest first.
    pub months: Vec<Month>,
    /// In the order of their ids; only those that readers said something about.
    pub services: Vec<ServiceScore>,
}

/// One month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Month {
    /// `2026-11`
    pub month: String,
    pub incidents: u32,
    /// The median over the incidents, from their start to the first statement, in seconds; `null`: nothing was said.
    pub first_word_seconds: Option<i64>,
    /// The longest time between two statements while an incident was open, in seconds.
    pub longest_silence_seconds: i64,
    pub spoken: Kept,
    /// Due times that only a holding update kept; they are in `spoken.kept` too.
    pub held: u32,
    pub repaired: Kept,
    pub promised: Kept,
    pub answers: Answers,
}

/// Promises of one kind that have come due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Kept {
    pub kept: u32,
    pub late: u32,
    pub missed: u32,
}

/// Whether statements told readers what they needed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Answers {
    pub yes: u32,
    pub no: u32,
    /// Mails in answer to ours.
    pub replies: u32,
}

impl Answers {
    fn add(&mut self, helped: Option<bool>) {
        match helped {
            Some(true) => self.yes += 1,
            Some(false) => self.no += 1,
            None => self.replies += 1,
        }
    }
}

/// What readers said about incidents of one service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ServiceScore {
    pub service: ServiceId,
    pub answers: Answers,
}

/// Counts everything up to the moment of the timelines.
pub fn scorecard<'a>(
    timelines: impl Iterator<Item = &'a Timeline>,
    feedback: &[Feedback],
    plans: &Plans,
    zone: &TimeZone,
) -> Scorecard {
    let mut months: BTreeMap<String, (Month, Vec<SignedDuration>)> = BTreeMap::new();
    let mut services: BTreeMap<ServiceId, Answers> = BTreeMap::new();
    let name = |at: jiff::Timestamp| at.to_zoned(zone.clone()).strftime("%Y-%m").to_string();
    let counts = |timeline: &&Timeline| {
        let incident = &timeline.incident;
        !incident.draft && !incident.imported && incident.started.value <= timeline.now
    };
    for timeline in timelines.filter(counts) {
        let (month, first_words) = months.entry(name(timeline.incident.started.value)).or_default();
        month.count(timeline, plans);
        let first = timeline.statements.iter().map(|statement| statement.said_at()).min();
        let started = timeline.incident.started.value;
        // Planned work is told before it begins; that is no reaction.
        first_words.extend(
            first
                .filter(|_| !timeline.incident.is_maintenance())
                .map(|first| first.duration_since(started).max(SignedDuration::ZERO)),
        );
        let answers = feedback.iter().filter(|one| one.incident == timeline.incident.slug);
        for answer in answers {
            for service in &timeline.facts.services {
                services.entry(service.clone()).or_default().add(answer.helped);
            }
        }
    }
    for answer in feedback {
        months.entry(name(answer.at)).or_default().0.answers.add(answer.helped);
    }
    let months = months.into_iter().rev().map(|(name, (mut month, mut first_words))| {
        first_words.sort_unstable();
        month.month = name;
        month.first_word_seconds = first_words.get(first_words.len() / 2).map(SignedDuration::as_secs);
        month
    });
    Scorecard {
        months: months.collect(),
        services: services.into_iter().map(|(service, answers)| ServiceScore { service, answers }).collect(),
    }
}

impl Month {
    fn count(&mut self, timeline: &Timeline, plans: &Plans) {
        self.incidents += 1;
        let tally = timeline.tally(plans);
        self.held += tally.held;
        self.spoken.kept += tally.spoken + tally.held;
        self.spoken.missed += tally.missed;
        self.repaired.kept += tally.fixes_kept;
        self.repaired.missed += tally.fixes_missed;
        for promise in &timeline.promises {
            match promise.state {
                PromiseState::Kept => self.promised.kept += 1,
                PromiseState::KeptLate => self.promised.late += 1,
                PromiseState::Missed => self.promised.missed += 1,
                PromiseState::Open | PromiseState::Withdrawn => {}
            }
        }
        let mut said: Vec<_> = timeline.statements.iter().map(|statement| statement.said_at()).collect();
        said.retain(|at| timeline.ended.is_none_or(|ended| *at <= ended));
        said.sort_unstable();
        // While it goes on, the silence goes on as well.
        said.extend(timeline.open.then_some(timeline.now));
        let silence = said.windows(2).map(|pair| match pair {
            [before, after] => after.duration_since(*before).as_secs(),
            _ => 0,
        });
        self.longest_silence_seconds = self.longest_silence_seconds.max(silence.max().unwrap_or(0));
    }
}
