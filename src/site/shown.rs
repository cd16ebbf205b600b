//! One incident or planned work, ready to be listed.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use super::View;
use crate::content::Incident;
use crate::text::Fingerprint;
use crate::timeline::{StatementKind, Timeline};

/// Where an incident or planned work stands for a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Phase {
    /// Something is wrong now.
    Open,
    /// Planned work that has not begun.
    Upcoming,
    /// Planned work within its window, or going on by a person's word.
    UnderWay,
    /// Planned work past its end that nobody has called completed.
    Overdue,
    /// Resolved, completed or cancelled; or history from elsewhere that goes on nowhere.
    Over,
}

/// One incident or planned work. What lists ask of every one stands here, beside one another in memory: a look at ten
/// thousand timelines costs more than all the rest of a small change.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) timeline: Arc<Timeline>,
    pub(super) phase: Phase,
    /// Below the language's root: `incidents/burst-main/`.
    pub(super) href: String,
    pub(super) started: Timestamp,
    /// The day on which it began, in the site's zone.
    pub(super) began: Date,
    /// As [`Timeline::heard`] and [`Timeline::ended`].
    pub(super) heard: Option<(Timestamp, Timestamp)>,
    pub(super) ended: Option<Timestamp>,
    pub(super) draft: bool,
    /// Whether it is planned work.
    pub(super) planned: bool,
    /// Whether its promises count: history from elsewhere was promised by nobody here.
    pub(super) counts: bool,
    /// Whether it says anything of the state of a service now.
    pub(super) troubles: bool,
    /// Whether a promise was made.
    pub(super) promised: bool,
    /// Whether it has a review, or is due one.
    pub(super) reviewed: bool,
    /// Whether the clock will change anything about it.
    pub(super) moves: bool,
    /// Of everything that any page says about it.
    pub(super) fingerprint: u64,
}

impl Shown {
    /// `None`: readers may not know of it at this moment.
    pub(super) fn new(timeline: &Arc<Timeline>, unreadable: bool, view: &View<'_>) -> Option<Self> {
        if !view.preview && !is_out(timeline) {
            return None;
        }
        let incident = &timeline.incident;
        let phase = Phase::of(timeline);
        let has_review =
            || timeline.statements.iter().any(|statement| statement.kind == StatementKind::Review);
        Some(Self {
            phase,
            href: format!("{}/{}/", incident.folder(), incident.slug),
            started: incident.started.value,
            began: start(timeline).to_zoned(view.settings.zone.clone()).date(),
            heard: timeline.heard,
            ended: timeline.ended,
            draft: incident.draft,
            planned: incident.is_maintenance(),
            counts: !incident.draft && !incident.imported,
            troubles: !timeline.states.is_empty(),
            promised: !timeline.promises.is_empty(),
            reviewed: timeline.review_due.is_some() || has_review(),
            moves: timeline.wake.is_some(),
            fingerprint: Fingerprint::default().add(&(timeline.fingerprint, phase, unreadable)).finish(),
            timeline: timeline.clone(),
        })
    }

    /// Whether this takes the place of `old` in every list.
    pub(super) fn stands_where(&self, old: &Self) -> bool {
        let place = |shown: &Self| (shown.started, shown.began, shown.draft);
        let (new, before) = (self.incident(), old.incident());
        place(self) == place(old)
            && self.href == old.href
            && self.timeline.facts.services == old.timeline.facts.services
            && self.timeline.facts.areas == old.timeline.facts.areas
            && new.aliases == before.aliases
            && new.related.iter().map(|slug| &slug.value).eq(before.related.iter().map(|slug| &slug.value))
    }

    /// When it began, or of planned work that was moved, when it is to begin.
    pub(super) fn start(&self) -> Timestamp {
        start(&self.timeline)
    }

    pub(super) fn incident(&self) -> &Incident {
        &self.timeline.incident
    }
}

/// Whether readers may know of it at this moment: no draft, and not of a time to come.
fn is_out(timeline: &Timeline) -> bool {
    let incident = &timeline.incident;
    // A file whose every update lies ahead of `now` was not there yet: the site is being built as it was.
    let ahead = timeline.statements.is_empty()
        && (!incident.updates.is_empty()
            || !incident.is_maintenance() && incident.started.value > timeline.now);
    !incident.draft && !ahead
}

fn start(timeline: &Timeline) -> Timestamp {
    timeline.facts.window.map_or(timeline.incident.started.value, |window| window.start)
}

impl Phase {
    fn of(timeline: &Timeline) -> Self {
        if timeline.ended.is_some() {
            return Self::Over;
        }
        let Some(window) = timeline.facts.window else {
            return if timeline.incident.imported { Self::Over } else { Self::Open };
        };
        if timeline.incident.imported {
            Self::Over
        } else if !timeline.open && timeline.now < window.start {
            Self::Upcoming
        } else if timeline.now < window.end || !timeline.states.is_empty() {
            Self::UnderWay
        } else {
            Self::Overdue
        }
    }

    pub(super) fn is_live(self) -> bool {
        !matches!(self, Self::Over)
    }
}
