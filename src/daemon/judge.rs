//! Files to content, timelines, findings and verdicts: the same first steps for `check`, `build` and `run`.
//!
//! What one file says is read again only when its bytes changed, and an incident is judged again only when its words,
//! its record or the clock say so: a save among ten thousand files costs about one file.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::config::Settings;
use crate::content::{self, Content, File, Incident};
use crate::diag::Finding;
use crate::lint::{self, Context, Verdict};
use crate::text::Slug;
use crate::timeline::{Inputs, Record, Timeline, timeline};

/// What the files say, and what may be published of it.
#[derive(Clone, Debug, Default)]
pub struct Judgement {
    pub content: Content,
    /// As written, published or not, by slug.
    pub timelines: HashMap<Slug, Timeline>,
    /// Of reading and of rules, in stable order.
    pub findings: Vec<Finding>,
    /// Each incident as it may be published.
    pub verdicts: Vec<Verdict>,
}

impl Judgement {
    /// Every incident of which something may be published, and whether its next statement waits for a mend.
    pub fn publishable(&self) -> impl Iterator<Item = (&Arc<Incident>, bool)> {
        self.verdicts.iter().filter_map(|verdict| Some((verdict.incident.as_ref()?, verdict.delayed)))
    }

    /// Incidents whose words came back from the record, with their path: the page says that a statement is being corrected.
    pub fn corrected(&self) -> Vec<(Slug, Arc<str>)> {
        let restored = self.verdicts.iter().filter(|verdict| verdict.restored);
        restored
            .filter_map(|verdict| Some((verdict.slug.clone(), verdict.incident.as_ref()?.path().clone())))
            .collect()
    }
}

/// Reads and judges files.
pub(super) fn judge(files: &[File], settings: &Settings, record: &Record, now: Timestamp) -> Judgement {
    let content::Read { value: content, mut findings } = content::read(files, settings);
    let timelines = content
        .incidents
        .par_iter()
        .map(|incident| (incident.slug.clone(), timeline(&inputs(incident, settings, record, false), now)))
        .collect();
    let assets = Vec::new();
    let context =
        Context { settings, content: &content, timelines: &timelines, record, assets: &assets, now };
    findings.extend(lint::check(&context));
    let verdicts = lint::verdict(&context, &findings);
    findings.sort_by(|a, b| a.order().cmp(&b.order()));
    Judgement { content, timelines, findings, verdicts }
}

/// What the timeline of an incident is worked out from; `delayed`: whether an update of it is withheld.
pub(super) fn inputs<'a>(
    incident: &'a Arc<Incident>,
    settings: &'a Settings,
    record: &'a Record,
    delayed: bool,
) -> Inputs<'a> {
    Inputs {
        incident,
        plans: &settings.plans,
        zone: &settings.zone,
        record,
        delayed,
        backdate_limit: settings.backdate_limit,
    }
}
