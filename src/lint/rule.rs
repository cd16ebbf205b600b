//! What a rule is. Each stands in its own file under `rules/`; the judgement is code, its words are phrases.

use super::{Allow, Context, Passage, Report, Subject};
use crate::diag::Level;

/// One rule: what it reports, why, and how it judges.
pub struct Rule {
    /// Final: it is written into `allow(…)` comments and settings, and names the fault.
    pub id: &'static str,
    pub category: Category,
    /// Unless settings say otherwise; a single finding may be lower.
    pub level: Level,
    /// Whether an update with such a finding stays unpublished. DESIGN section 5 holds the list.
    pub withholds: bool,
    /// Whether `publish-anyway` overrules it.
    pub overridable: bool,
    /// What it reports, in one line.
    pub summary: &'static str,
    /// Why that matters to a reader.
    pub explanation: &'static str,
    /// Whose advice it is.
    pub source: &'static str,
    /// What lets the words stand.
    pub backing: &'static str,
    pub check: Check,
}

/// What a rule needs to see.
pub enum Check {
    /// The words of one passage. Silent where there are no phrases for its language.
    Words(fn(&Passage<'_>, &mut Report<'_>)),
    /// The markdown of one passage in any language, pages included.
    Markdown(fn(&Passage<'_>, &mut Report<'_>)),
    /// What an incident must carry. Off for imported history.
    Structure(fn(&Subject<'_>, &mut Report<'_>)),
    /// What only the clock or the record can tell. Off for imported history.
    History(fn(&Subject<'_>, &mut Report<'_>)),
    /// An incident as a whole, imported ones included.
    Incident(fn(&Subject<'_>, &mut Report<'_>)),
    /// What belongs to no incident: settings.
    Site(fn(&Context<'_>, &mut Report<'_>)),
    /// The comments that silence findings, once all other findings are known.
    Silencing(fn(&[Allow<'_>], &mut Report<'_>)),
}

/// The chapter of the reference in which a rule stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    Time,
    History,
    Size,
    Responsibility,
    Apology,
    Structure,
    Markdown,
    House,
    Silencing,
}

impl Category {
    pub const ALL: [Self; 9] = [
        Self::Time,
        Self::History,
        Self::Size,
        Self::Responsibility,
        Self::Apology,
        Self::Structure,
        Self::Markdown,
        Self::House,
        Self::Silencing,
    ];

    /// The chapter's heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Time => "Time and promises",
            Self::History => "History and record",
            Self::Size => "Size: minimising, hedging, filling",
            Self::Responsibility => "Responsibility",
            Self::Apology => "Apology and address",
            Self::Structure => "What every update must carry",
            Self::Markdown => "Links and markup",
            Self::House => "Rules of the house",
            Self::Silencing => "Silencing",
        }
    }
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}
