//! One public statement in an incident file: heading, header, body, sections.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::incident::Window;
use crate::config::Severity;
use crate::text::{AreaId, PersonId, ServiceId, Span, Spanned};

/// An update as written.
#[derive(Clone, Debug)]
pub struct Update {
    /// The heading's time, to the minute.
    pub at: Timestamp,
    pub word: Word,
    /// Whether the heading says `now` and took the commit's time.
    pub now: bool,
    /// The heading line, without its line end.
    pub heading: Span,
    /// From the heading to the next one or the end of the file.
    pub span: Span,
    pub header: Header,
    /// The header lines; empty where there are none.
    pub header_span: Span,
    /// The prose after the header, up to the first section.
    pub body: Span,
    /// Sections (level-3 headings) in the order written.
    pub sections: Vec<Section>,
    /// The task list of a review.
    pub tasks: Vec<Task>,
    pub comments: Vec<Comment>,
}

impl Update {
    /// All its words after the header, sections included.
    pub fn words(&self) -> Span {
        Span::new(self.body.start, self.span.end)
    }
}

/// The last word of an update's heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Word {
    Status(Status),
    Correction,
    Review,
}

/// How far an incident or a maintenance has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    Investigating,
    Identified,
    Monitoring,
    Resolved,
    Scheduled,
    InProgress,
    Completed,
    Cancelled,
}

impl Status {
    pub const ALL: [Self; 8] = [
        Self::Investigating,
        Self::Identified,
        Self::Monitoring,
        Self::Resolved,
        Self::Scheduled,
        Self::InProgress,
        Self::Completed,
        Self::Cancelled,
    ];

    /// The word in headings, in English, lower case.
    pub fn word(self) -> &'static str {
        match self {
            Self::Investigating => "investigating",
            Self::Identified => "identified",
            Self::Monitoring => "monitoring",
            Self::Resolved => "resolved",
            Self::Scheduled => "scheduled",
            Self::InProgress => "in progress",
            Self::Completed => "completed",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn of_maintenance(self) -> bool {
        matches!(self, Self::Scheduled | Self::InProgress | Self::Completed | Self::Cancelled)
    }

    /// Whether it ends the interval.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Resolved | Self::Completed | Self::Cancelled)
    }
}

/// The state of a service, best first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceState {
    #[default]
    Operational,
    PlannedWork,
    Degraded,
    PartialOutage,
    Outage,
}

impl ServiceState {
    pub const ALL: [Self; 5] =
        [Self::Operational, Self::PlannedWork, Self::Degraded, Self::PartialOutage, Self::Outage];

    /// The words in files, in English.
    pub fn word(self) -> &'static str {
        match self {
            Self::Operational => "operational",
            Self::PlannedWork => "planned work",
            Self::Degraded => "degraded",
            Self::PartialOutage => "partial outage",
            Self::Outage => "outage",
        }
    }
}

/// The `Key: value` lines under an update's heading. A key that is not given is `None` or empty.
#[derive(Clone, Debug, Default)]
pub struct Header {
    pub next_update: Option<Spanned<NextUpdate>>,
    pub expected_fix: Option<Spanned<ExpectedFix>>,
    pub affected: Option<Spanned<Affected>>,
    pub by: Option<Spanned<PersonId>>,
    pub severity: Option<Spanned<Severity>>,
    pub areas: Option<Spanned<Vec<AreaId>>>,
    pub owner: Option<Spanned<PersonId>>,
    pub services: Vec<Spanned<(ServiceId, ServiceState)>>,
    pub promises: Vec<Spanned<Promise>>,
    pub kept: Vec<Spanned<Settlement>>,
    pub withdrawn: Vec<Spanned<Settlement>>,
    /// `Corrects: TIME, WHAT WAS WRONG`.
    pub corrects: Option<Spanned<(Timestamp, String)>>,
    /// `Retracts: TIME, WHY`.
    pub retracts: Option<Spanned<(Timestamp, String)>>,
    pub window: Option<Spanned<Window>>,
}

/// `Next update: TIME [because REASON]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextUpdate {
    pub at: Timestamp,
    pub because: Option<String>,
}

/// `Expected fix: TIME because REASON` or `not known because REASON`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpectedFix {
    /// `None`: not known.
    pub at: Option<Timestamp>,
    /// Empty where the author gave none (a finding).
    pub because: String,
}

/// `Affected: FIGURE, HOW WE KNOW`, `everyone`, or `not known because REASON`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Affected {
    Figure { figure: String, how: String },
    Everyone,
    NotKnown { because: String },
}

/// `WHAT; by TIME; WHO [; agreed TIME]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    pub what: String,
    pub by: Timestamp,
    /// Whether only a date was given: the promise runs to the end of that day.
    pub whole_day: bool,
    /// As written; a known person's name or id, or someone outside.
    pub who: String,
    pub agreed: Option<Timestamp>,
}

/// `Kept` or `Withdrawn`: the first words of an open promise, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    pub words: String,
    pub because: Option<String>,
}

/// A level-3 heading and what stands under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub kind: SectionKind,
    /// The heading's words as written.
    pub heading: Spanned<String>,
    pub body: Span,
}

/// The sections that mean something to Candor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SectionKind {
    /// `What you can do`: holds until replaced.
    Actions,
    /// `What people ask`: shown as questions and answers.
    Questions,
    WhatHappened,
    Why,
    /// `What we are changing`: its list items are tasks.
    Changing,
    Other,
}

/// `- [ ] WHAT; by DATE; WHO [; done DATE]` in a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    pub promise: Promise,
    pub done: Option<Date>,
    /// Whether the box is ticked.
    pub ticked: bool,
    pub span: Span,
}

/// A comment that speaks to Candor: `<!-- candor: … -->`. Never published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    pub directive: Directive,
    /// The comment itself.
    pub span: Span,
    /// The block that it stands before: what it silences. Empty at the end of a file.
    pub block: Span,
}

/// What a Candor comment asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Directive {
    Allow {
        rule: Spanned<String>,
        because: String,
        until: Option<Date>,
    },
    PublishAnyway {
        because: String,
    },
    /// Not understood, with the reason: a finding.
    Unreadable(String),
}
