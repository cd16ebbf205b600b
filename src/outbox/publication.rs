//! A publication: one statement becomes a line of the record and a number that readers are to reach.
//!
//! Whether the statement may be said is not decided here but in `lint::verdict`; which words it has, in the timeline.

use jiff::Timestamp;

use super::{Audience, ChannelAim};
use crate::text::Slug;
use crate::timeline::{LineKind, RecordLine, Statement, StatementId, StatementKind};

/// What a statement is to its readers; decides who hears it, how soon, and for how long it is worth sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UpdateKind {
    /// The first statement of an incident.
    Opened,
    Update,
    Holding,
    Correction,
    /// Resolved, completed or cancelled, also where it is the first statement.
    Resolved,
    Reopened,
    FollowUp,
    Review,
}

impl UpdateKind {
    pub const ALL: [Self; 8] = [
        Self::Opened,
        Self::Update,
        Self::Holding,
        Self::Correction,
        Self::Resolved,
        Self::Reopened,
        Self::FollowUp,
        Self::Review,
    ];

    /// The kind of a statement; `first` where nothing was published about the incident before.
    pub fn of(statement: &Statement, first: bool) -> Self {
        Self::from_parts(statement.kind, first, statement.reopens)
    }

    /// The kind of a recorded line, `None` for an incident line. `ended`: whether the lines before it left the
    /// incident ended.
    pub fn of_line(kind: LineKind, first: bool, ended: bool) -> Option<Self> {
        let LineKind::Statement(kind) = kind else { return None };
        let reopens = matches!(kind, StatementKind::Update(status) if ended && !status.is_final());
        Some(Self::from_parts(kind, first, reopens))
    }

    fn from_parts(kind: StatementKind, first: bool, reopens: bool) -> Self {
        match kind {
            StatementKind::Update(status) if status.is_final() => Self::Resolved,
            StatementKind::Update(_) if reopens => Self::Reopened,
            StatementKind::Update(_) if first => Self::Opened,
            StatementKind::Update(_) => Self::Update,
            StatementKind::Holding => Self::Holding,
            StatementKind::Correction => Self::Correction,
            StatementKind::Review => Self::Review,
            StatementKind::FollowUp => Self::FollowUp,
        }
    }

    /// For people who watch the daemon.
    pub fn word(self) -> &'static str {
        match self {
            Self::Opened => "first statement",
            Self::Update => "update",
            Self::Holding => "holding update",
            Self::Correction => "correction",
            Self::Resolved => "end",
            Self::Reopened => "opened again",
            Self::FollowUp => "follow-up",
            Self::Review => "review",
        }
    }

    /// Smaller goes first (DELIVERY section 5.6). Notices, which are 0, go before any statement.
    pub fn priority(self) -> u8 {
        match self {
            Self::Resolved => 1,
            Self::Opened | Self::Reopened => 2,
            Self::Update | Self::Correction => 3,
            Self::Holding => 5,
            Self::FollowUp | Self::Review => 6,
        }
    }

    /// Whether the incident is open after it; `ended`: whether it was ended before.
    pub fn leaves_open(self, ended: bool) -> bool {
        match self {
            Self::Opened | Self::Update | Self::Reopened => true,
            Self::Resolved => false,
            Self::Holding | Self::Correction | Self::FollowUp | Self::Review => !ended,
        }
    }

    /// Whether no later mail is sure to come that would make up for a lost one. `ended` as in [`Self::leaves_open`].
    pub fn is_last(self, ended: bool) -> bool {
        match self {
            Self::Resolved | Self::FollowUp | Self::Review => true,
            Self::Correction => ended,
            Self::Opened | Self::Update | Self::Holding | Self::Reopened => false,
        }
    }

    /// Whether readers of the pace "ends" hear it: the first, the last, and that it begins again.
    pub fn is_end(self, ended: bool) -> bool {
        matches!(self, Self::Opened | Self::Reopened) || self.is_last(ended)
    }
}

/// One statement to be recorded and told, all at once or not at all.
#[derive(Clone, Debug)]
pub struct Publication {
    pub incident: Slug,
    pub statement: StatementId,
    pub kind: UpdateKind,
    /// The slot of a holding update: published once, however often it is tried.
    pub slot: Option<Timestamp>,
    /// The statement's line and, where front matter or summary changed, the incident's; hashes complete.
    pub lines: Vec<RecordLine>,
    /// A statement whose text this one takes down: its line stays, without the text.
    pub retracts: Option<StatementId>,
    pub published_at: Timestamp,
    /// Before this no mail about the incident starts: `published_at` plus `undo`, or plus `staff_first`.
    pub starts_at: Timestamp,
    /// After this no mail about it starts; see [`super::retry::expiry`].
    pub expires_at: Timestamp,
    pub audience: Audience,
    /// Where it is told beside mail.
    pub channels: Vec<ChannelAim>,
    pub telling: Telling,
}

/// Whether a publication is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Telling {
    /// Everyone in the audience, and everyone who was told about the incident before.
    Audience,
    /// Recorded only: archived, imported, or published in silence.
    Nobody,
}

/// What came of a publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published {
    /// Committed under this number; so many readers are due a mail.
    New { seq: u64, told: u64 },
    /// The statement, or its slot, was published before under this number; nothing changed.
    Already { seq: u64 },
}

/// A published statement as the ledger numbers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered {
    /// From 1, without gaps, within its incident.
    pub seq: u64,
    pub statement: StatementId,
    pub kind: UpdateKind,
    pub telling: Telling,
    pub published_at: Timestamp,
    pub expires_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Status;

    #[test]
    fn an_open_status_after_the_end_opens_again_and_an_end_ends_even_as_the_first_word() {
        let line = |status, first, ended| {
            UpdateKind::of_line(LineKind::Statement(StatementKind::Update(status)), first, ended)
        };
        assert_eq!(line(Status::Identified, true, false), Some(UpdateKind::Opened));
        assert_eq!(line(Status::Identified, false, false), Some(UpdateKind::Update));
        assert_eq!(line(Status::Identified, false, true), Some(UpdateKind::Reopened));
        assert_eq!(line(Status::Cancelled, true, false), Some(UpdateKind::Resolved));
        assert_eq!(UpdateKind::of_line(LineKind::Incident, true, false), None);
    }

    #[test]
    fn a_correction_is_a_last_word_only_once_it_is_over() {
        assert!(!UpdateKind::Correction.is_end(false));
        assert!(UpdateKind::Correction.is_end(true) && UpdateKind::Correction.is_last(true));
        assert!(!UpdateKind::Correction.leaves_open(true));
    }
}
