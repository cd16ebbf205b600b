//! A glance at one file in the editor: what the last look knew of the site, with this file read anew.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::editor::as_typed;
use super::judge::Judgement;
use crate::clock::Clock;
use crate::config::Settings;
use crate::content::{self, Content, File, Incident, Surroundings, read_incident};
use crate::diag::Finding;
use crate::lint::{self, Context, History};
use crate::lsp::{self, Buffers};
use crate::text::Slug;
use crate::timeline::{Inputs, Record, Timeline, timeline};

/// The site as a look left it, for glances at the files that were open then.
pub(super) struct Ground {
    pub(super) settings: Arc<Settings>,
    pub(super) record: Arc<Record>,
    content: Content,
    timelines: HashMap<Slug, Arc<Timeline>>,
    history: Arc<History>,
    /// By the path of an open file: the place of its incident in the content.
    open: HashMap<Arc<str>, usize>,
    /// The files of those incidents, as they are saved.
    saved: HashMap<Arc<str>, File>,
    clock: Arc<Clock>,
}

/// The files that an incident is made of, its own last.
fn files(incident: &Incident) -> impl Iterator<Item = &Arc<str>> {
    incident.translations.iter().map(|translation| &translation.source.path).chain([incident.path()])
}

impl Ground {
    /// `saved`: all files of the site.
    pub(super) fn new(
        judgement: &Judgement,
        settings: Arc<Settings>,
        record: Arc<Record>,
        (saved, buffers): (&[File], &Buffers),
        clock: Arc<Clock>,
    ) -> Self {
        let content = judgement.content.clone();
        let (mut open, mut made_of) = (HashMap::new(), HashSet::new());
        for (at, incident) in content.incidents.iter().enumerate() {
            let opened: Vec<_> = files(incident).filter(|path| buffers.contains_key(*path)).collect();
            if !opened.is_empty() {
                made_of.extend(files(incident).cloned());
                open.extend(opened.into_iter().map(|path| (path.clone(), at)));
            }
        }
        let saved = saved.iter().filter(|file| made_of.contains(&file.path));
        let saved = saved.map(|file| (file.path.clone(), file.clone())).collect();
        let timelines = (*judgement.by_slug).clone();
        let history = judgement.history.clone();
        Self { settings, record, content, timelines, history, open, saved, clock }
    }

    /// Whether the clock alone may change what is found in an open file.
    pub(super) fn ticks(&self) -> bool {
        let mut open = self.open.values().filter_map(|at| self.content.incidents.get(*at));
        open.any(|incident| {
            self.timelines.get(&incident.slug).is_some_and(|timeline| timeline.wake.is_some())
        })
    }

    /// Leaves out what nobody can mend any more, as `check` does.
    pub(super) fn is_of_today(&self, finding: &Finding) -> bool {
        let timeline = finding.incident.as_deref().and_then(|slug| self.timelines.get(slug));
        !timeline.is_some_and(|timeline| lint::is_past(timeline, &self.record, finding))
    }
}

impl lsp::Ground for Ground {
    fn glance(&mut self, path: &str, buffers: &Buffers) -> Option<Vec<Finding>> {
        let now = self.clock.now();
        let at = *self.open.get(path)?;
        let known = self.content.incidents.get(at)?.clone();
        let saved = files(&known).map(|path| Some(as_typed(self.saved.get(path)?.clone(), buffers, now)));
        let mut translations: Vec<File> = saved.collect::<Option<_>>()?;
        let file = translations.pop()?;
        let around = Surroundings::new(&self.settings, &self.content.registers);
        let content::Read { value, mut findings } =
            read_incident(&file, &translations.iter().collect::<Vec<_>>(), around);
        if let Some(incident) = value {
            // What came before it, itself included, is known as of the last look.
            if incident.started.value != known.started.value {
                return None;
            }
            let incident = Arc::new(incident);
            let seen = timeline(&Inputs::of(&incident, &self.settings, &self.record, false), now);
            self.timelines.insert(incident.slug.clone(), Arc::new(seen));
            self.content.incidents[at] = incident.clone();
            let context = Context {
                settings: &self.settings,
                content: &self.content,
                timelines: &self.timelines,
                record: &self.record,
                history: &self.history,
                assets: &[],
                now,
            };
            findings.extend(lint::check_incident(&context, &incident).findings);
            findings.extend(content::unknown_related(&incident, &self.content));
        }
        findings.retain(|finding| &*finding.path == path && self.is_of_today(finding));
        findings.sort_by(|a, b| a.order().cmp(&b.order()));
        Some(findings)
    }
}
