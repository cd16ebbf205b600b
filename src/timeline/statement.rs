//! Statements: anything published.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::Facts;
use crate::content::{Status, Word};
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

/// What sort of statement. In JSON one word: a status, `holding`, `correction`, `review` or `follow-up`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum StatementKind {
    Update(Status),
    Holding,
    Correction,
    Review,
    FollowUp,
}

impl StatementKind {
    const COMPOSED_AND_SPECIAL: [(Self, &'static str); 4] = [
        (Self::Holding, "holding"),
        (Self::Correction, "correction"),
        (Self::Review, "review"),
        (Self::FollowUp, "follow-up"),
    ];

    /// The kind of a written update.
    pub fn of(word: Word) -> Self {
        match word {
            Word::Status(status) => Self::Update(status),
            Word::Correction => Self::Correction,
            Word::Review => Self::Review,
        }
    }

    /// Whether a person wrote it; the others are composed from facts.
    pub fn is_written(self) -> bool {
        matches!(self, Self::Update(_) | Self::Correction | Self::Review)
    }

    /// The word in the record and other JSON: `identified`, `in-progress`, `holding`.
    pub fn word(self) -> String {
        if let Self::Update(status) = self {
            return status.word().replace(' ', "-");
        }
        let special = Self::COMPOSED_AND_SPECIAL.iter().find(|(kind, _)| *kind == self);
        special.map_or_else(String::new, |(_, word)| (*word).to_owned())
    }

    /// The kind that a word of the record names.
    pub fn from_word(word: &str) -> Option<Self> {
        let statuses = Status::ALL.into_iter().map(Self::Update);
        let special = Self::COMPOSED_AND_SPECIAL.into_iter().map(|(kind, _)| kind);
        statuses.chain(special).find(|kind| kind.word() == word)
    }
}

impl From<StatementKind> for String {
    fn from(kind: StatementKind) -> Self {
        kind.word()
    }
}

impl TryFrom<String> for StatementKind {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        Self::from_word(&word).ok_or_else(|| format!("`{word}` is not a kind of statement"))
    }
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
    /// What Candor composed, in the other languages of the site, by BCP 47 tag.
    pub translated: BTreeMap<String, Arc<str>>,
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

impl Statement {
    /// The composed text in a language of the site and the language that it is in: `default` where that one lacks it.
    /// `None`: a person wrote it, or it was taken down.
    pub fn composed<'s, 'l>(&'s self, language: &'l str, default: &'l str) -> Option<(&'s str, &'l str)> {
        let Words::Composed(text) = &self.words else { return None };
        Some(self.translated.get(language).map_or((&**text, default), |translated| (&**translated, language)))
    }
}

/// Where the words of a statement are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    /// `incident.updates[index]`.
    Written(usize),
    /// Markdown that Candor composed, as recorded, in the site's default language.
    Composed(Arc<str>),
    /// Taken down by a later `Retracts`; the reason stands there.
    Retracted,
}

impl Statement {
    /// When readers could first see it; in a preview, its own time.
    pub fn said_at(&self) -> Timestamp {
        self.published_at.unwrap_or(self.at)
    }
}
