//! Judging words by what backs them: a cue, its tense, whose action it is, and what the same update, the incident's
//! timeline, the record and the clock say.
//!
//! A rule is one file in `rules/`. Phrases are data per language (`phrases/LANG/*.toml`); the judgement is code.
//! Rules see everything through [`Context`] and only report; what a finding does to publication is decided in `verdict`.

mod verdict;

pub use verdict::{Verdict, Withheld, verdict};

use std::collections::HashMap;

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
    pub timelines: &'a HashMap<Slug, Timeline>,
    /// What readers saw.
    pub record: &'a Record,
    /// Paths (relative, without the leading slash) of files beside the content that links may point at.
    pub assets: &'a [String],
    pub now: Timestamp,
}
