//! Statements: anything published.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::Facts;
use crate::content::Status;
use crate::text::{PersonId, Slug};

/// `SLUG/20261121T1410Z`; a holding update's ends in `h`, a follow-up's in `f`. Tag URIs, Message-IDs and thread
/// roots are derived from it. Never changes.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StatementId(Arc<str>);

impl StatementId {
    /// The id of a statement: written ones by heading time, holding updates by slot, follow-ups by due time.
    pub fn of(slug: &Slug, kind: StatementKind, at: Timestamp) -> Self {
        let stamp = at.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%MZ").to_string();
        let suffix = match kind {
            StatementKind::Holding => "h",
            StatementKind::FollowUp => "f",
            _ => "",
        };
        Self(format!("{slug}/{stamp}{suffix}").into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part after the slash: unique within its incident, fit for an anchor.
    pub fn stamp(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }
}

impl From<&str> for StatementId {
    fn from(id: &str) -> Self {
        Self(id.into())
    }
}

impl fmt::Display for StatementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for StatementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// What sort of statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StatementKind {
    Update(Status),
    Holding,
    Correction,
    Review,
    FollowUp,
}

/// One statement with what it meant when it was made.
#[derive(Clone, Debug)]
pub struct Statement {
    pub id: StatementId,
    pub kind: StatementKind,
    /// The heading's time; of a composed statement, when it was published.
    pub at: Timestamp,
    /// When it was really published; `None` in a preview.
    pub published_at: Option<Timestamp>,
    /// Whether it was published later than the backdate limit, so that both times are printed.
    pub backdated: bool,
    /// The due time printed with it. Never changes.
    pub due: Option<Timestamp>,
    /// Who speaks.
    pub by: Option<PersonId>,
    pub words: Words,
    /// What held from this statement on.
    pub facts: Facts,
    /// Whether the incident was resolved before it and this opens it again.
    pub reopens: bool,
    /// Of a holding update: the due time that it stands for.
    pub slot: Option<Timestamp>,
    /// Slots in which nothing was said, named by this statement.
    pub missed: Vec<Timestamp>,
    /// First seen more than 24 hours after its time: listed, never mailed.
    pub archived: bool,
    /// Statements that correct this one.
    pub corrected_by: Vec<StatementId>,
    /// The statement that this one corrects or retracts.
    pub corrects: Option<StatementId>,
}

/// Where the words of a statement are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    /// `incident.updates[index]`.
    Written(usize),
    /// Markdown that Candor composed, as recorded.
    Composed(Arc<str>),
    /// Taken down by a later `Retracts`; the reason stands there.
    Retracted,
}
