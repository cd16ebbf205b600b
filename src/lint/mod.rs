//! Judging words by what backs them: a cue, its tense, whose action it is, and what the same update, the incident's
//! timeline, the record and the clock say.
//!
//! A rule is one file in `rules/`. Phrases are data per language (`phrases/LANG/*.toml`); the judgement is code.
//! Rules see everything through [`Subject`] and [`Passage`] and only report; the engine applies levels and silencing;
//! what a finding does to publication is decided in `verdict`. Whether the backing is *true* is out of reach: the rules
//! check that a claim is backed and kept.

mod agency;
mod backing;
mod baseline;
mod cases;
mod check;
mod correct;
mod explain;
mod figures;
mod gone;
mod history;
mod known_by;
mod levels;
mod past;
mod phrases;
mod report;
mod rule;
mod rules;
mod scripts;
mod set_aside;
mod silence;
mod size;
mod subject;
mod verdict;
mod withheld;

pub use baseline::{Baseline, Compared};
pub use cases::{Beside, Case, cases};
pub use check::{Judged, check, check_incident, check_rest};
pub use explain::{explain, explained, reference_index, rule_page};
pub use history::{Difference, Earlier, History, Likeness};
pub use known_by::{KnownBy, fingerprints, known_by};
pub use past::is_past;
pub use phrases::{Example, Pack, Phrases};
pub use report::{Place, Report};
pub use rule::{Category, Check, Rule};
pub use rules::{NOW_HEADING, overridable, rule, rules};
pub use set_aside::{How, SetAside, overruled};
pub use silence::Allow;
pub use subject::{Lowered, Part, Passage, Subject};
pub use verdict::{Verdict, verdict, verdict_gone, verdict_of};
pub use withheld::Withheld;

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;

use crate::config::Settings;
use crate::content::Content;
use crate::text::Slug;
use crate::timeline::{Record, Timeline};

/// Everything that rules may look at. Built once for a run.
#[derive(Debug)]
pub struct Context<'a> {
    pub settings: &'a Settings,
    pub content: &'a Content,
    /// By slug: the timeline of every incident as the files have it.
    pub timelines: &'a HashMap<Slug, Arc<Timeline>>,
    /// What readers saw.
    pub record: &'a Record,
    /// Which earlier incidents are like one.
    pub history: &'a History,
    /// Paths (relative, without the leading slash) of files beside the content that links may point at.
    pub assets: &'a [String],
    pub now: Timestamp,
}

impl Context<'_> {
    /// The day of *now*, in the site's zone.
    pub fn today(&self) -> jiff::civil::Date {
        self.now.to_zoned(self.settings.zone.clone()).date()
    }
}
