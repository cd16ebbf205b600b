//! One thing that went wrong, or planned work: one markdown file.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::repeat::Repeat;
use super::update::{Comment, Section, Update};
use crate::config::Severity;
use crate::text::{AreaId, PersonId, ServiceId, Slug, Source, Span, Spanned};

/// An incident or a maintenance as its file says it. Values are those *at the start*; updates change them.
#[derive(Clone, Debug)]
pub struct Incident {
    pub slug: Slug,
    pub source: Source,
    pub kind: Kind,
    pub title: Spanned<String>,
    /// Minor for a maintenance that gives none.
    pub severity: Spanned<Severity>,
    /// Known services only; unknown ones are findings.
    pub services: Vec<Spanned<ServiceId>>,
    /// None: everywhere.
    pub areas: Vec<Spanned<AreaId>>,
    /// `None` where it is missing or not a known person: the site's contact then answers.
    pub owner: Option<Spanned<PersonId>>,
    /// The owner as written, known or not.
    pub owner_text: Option<Spanned<String>>,
    pub deputy: Option<Spanned<PersonId>>,
    /// `started` of an incident, `start` of a maintenance.
    pub started: Spanned<Timestamp>,
    /// `every = "15m"` of an incident: an interval of its own.
    pub every: Option<Spanned<SignedDuration>>,
    pub cause: Option<Spanned<String>>,
    pub risk: Option<Spanned<String>>,
    /// Public text: what we offer.
    pub goodwill: String,
    pub contact: Option<Spanned<String>>,
    /// Whether `audience = "technical"`.
    pub technical: bool,
    pub related: Vec<Spanned<Slug>>,
    pub first_of_kind: Option<Spanned<FirstOfKind>>,
    /// The reason of `apology = "not needed because …"`.
    pub apology_not_needed: Option<Spanned<String>>,
    /// The reason of `review = "none because …"`.
    pub no_review: Option<Spanned<String>>,
    pub detected: Option<Spanned<Timestamp>>,
    /// Earlier slugs, from before a rename.
    pub aliases: Vec<Slug>,
    /// History from elsewhere: never due, never mailed, never withheld.
    pub imported: bool,
    /// BCP 47 tag of the file; the site's default language unless it says otherwise.
    pub lang: String,
    /// Never published while true.
    pub draft: bool,
    /// Between the `+++` lines, markers not included.
    pub front_matter: Span,
    /// From the end of the front matter to the first update, sections included.
    pub summary: Span,
    pub summary_sections: Vec<Section>,
    /// By time; written order breaks ties.
    pub updates: Vec<Update>,
    /// Candor's comments outside any update.
    pub comments: Vec<Comment>,
    pub translations: Vec<Arc<Translation>>,
    /// Hash of everything read (path, text, translations): equal hashes, equal incidents.
    pub fingerprint: u64,
}

/// Unplanned or planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Incident,
    Maintenance {
        window: Window,
        /// `repeat`: a subset of RRULE.
        repeat: Option<Spanned<Repeat>>,
    },
}

/// When planned work is to begin and end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    pub start: Timestamp,
    pub end: Timestamp,
}

/// `first_of_kind = { checked = DATE, since = DATE }`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirstOfKind {
    pub checked: Date,
    pub since: Date,
}

/// `NAME.LANG.md`: the words of the same statements in another language. Facts come from the source.
#[derive(Clone, Debug)]
pub struct Translation {
    pub source: Source,
    pub lang: String,
    pub title: Option<Spanned<String>>,
    /// `translation = "machine"`: flagged in its own language.
    pub machine: bool,
    /// What we offer, translated; empty: not given.
    pub goodwill: String,
    pub summary: Span,
    /// Matched to the source's updates by heading time.
    pub updates: Vec<Update>,
}

impl Incident {
    /// The folder of its page, of its file and in the API.
    pub fn folder(&self) -> &'static str {
        if self.is_maintenance() { "maintenance" } else { "incidents" }
    }

    pub fn is_maintenance(&self) -> bool {
        matches!(self.kind, Kind::Maintenance { .. })
    }

    pub fn path(&self) -> &Arc<str> {
        &self.source.path
    }

    pub fn text(&self) -> &str {
        &self.source.text
    }
}
