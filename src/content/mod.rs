//! Files' text to services, areas, people, incidents, maintenance.
//!
//! `File`s in, [`Content`] and findings out. Reading never opens a file, reads no clock and cannot fail: what is
//! wrong with a file becomes a finding, and the rest is read. Every value keeps its byte span.
//! What only the clock, the record or the judgement of a rule can tell is not reported here but in `lint`.

mod body;
mod bytes;
mod clock_words;
mod comment;
mod decode;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod format_page;
mod front_matter;
mod front_values;
mod header_lines;
mod header_times;
mod header_values;
mod heading;
mod incident;
mod keys;
mod keywords;
mod memory;
mod moment;
mod outline;
mod page;
mod place;
mod promise;
#[cfg(test)]
mod properties;
mod read;
mod read_incident;
mod register;
mod register_files;
mod remarks;
mod repeat;
mod said;
pub mod scaffold;
mod slips;
mod surroundings;
mod translation;
mod update;

/// Every rule that reading reports, with one line on what it means.
pub use crate::config::READING_RULES as RULES;
pub use bytes::Bytes;
pub use incident::{FirstOfKind, Incident, Kind, Translation, Window};
pub use keys::FRONT_MATTER_KEYS;
pub use keywords::{Key, Keywords};
pub use memory::Memory;
pub use place::{Place, place};
pub use read::{read, read_again, unknown_related};
pub use read_incident::read_incident;
pub use register::{Area, Person, Registers, Risk, Service, Supplier};
pub use repeat::Repeat;
pub use surroundings::Surroundings;
pub use update::{
    Affected, Comment, Directive, ExpectedFix, Header, NextUpdate, Promise, Section, SectionKind,
    ServiceState, Settlement, Status, Task, Update, Word,
};

use std::sync::Arc;

use jiff::Timestamp;

use crate::diag::Finding;
use crate::text::{Slug, Source, nearest_in, same_language};

/// One file as found on disk or in a commit.
#[derive(Clone, Debug)]
pub struct File {
    /// Relative to the site's root, `/` between parts.
    pub path: Arc<str>,
    pub bytes: Bytes,
    pub committed: Committed,
}

/// When the `## now` headings of a file were committed: the time that they take.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Committed {
    #[default]
    Not,
    /// All of them at one time.
    At(Timestamp),
    /// Each at its own, by its line, from 1. One that is not here is not committed.
    Lines(Vec<(usize, Timestamp)>),
}

impl File {
    /// A file that lies there, in no commit.
    pub fn new(path: impl Into<Arc<str>>, bytes: impl Into<Bytes>) -> Self {
        Self { path: path.into(), bytes: bytes.into(), committed: Committed::Not }
    }
}

impl Committed {
    /// The time of the heading on a line, from 1.
    pub fn of_line(&self, line: usize) -> Option<Timestamp> {
        match self {
            Self::Not => None,
            Self::At(time) => Some(*time),
            Self::Lines(lines) => lines.iter().find(|(at, _)| *at == line).map(|(_, time)| *time),
        }
    }
}

/// A free page: `content/pages/about.md`, and beside it its translations, such as `about.fr.md`.
#[derive(Clone, Debug)]
pub struct Page {
    pub slug: String,
    /// In the site's default language.
    pub written: PageText,
    pub translations: Vec<PageText>,
}

/// A free page in one language.
#[derive(Clone, Debug)]
pub struct PageText {
    /// BCP 47 tag.
    pub lang: String,
    pub source: Source,
    pub title: String,
    /// Where the markdown begins, in bytes.
    pub body: crate::text::Span,
}

impl Page {
    /// The translation into `lang`, else as it was written.
    pub fn said_in(&self, lang: &str) -> &PageText {
        let translated = nearest_in(&self.translations, lang, |text| &text.lang);
        let own = same_language(&self.written.lang, lang);
        translated.filter(|text| !own || text.lang == lang).unwrap_or(&self.written)
    }

    /// In every language in which it is there.
    pub fn texts(&self) -> impl Iterator<Item = &PageText> {
        std::iter::once(&self.written).chain(&self.translations)
    }
}

/// Everything that the content files say.
#[derive(Clone, Debug, Default)]
pub struct Content {
    pub registers: Registers,
    /// Incidents and maintenance, by start, newest last; ties by slug.
    pub incidents: Vec<Arc<Incident>>,
    pub pages: Vec<Page>,
    /// Slugs of files that cannot be read at all, with their path; the findings say why.
    pub unreadable: Vec<(Slug, Arc<str>)>,
}

impl Content {
    pub fn incident(&self, slug: &Slug) -> Option<&Arc<Incident>> {
        self.incidents.iter().find(|incident| incident.slug == *slug)
    }
}

/// A value and what is wrong with the text it came from.
#[derive(Clone, Debug)]
pub struct Read<T> {
    pub value: T,
    pub findings: Vec<Finding>,
}
