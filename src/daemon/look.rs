//! The site as it is published, looked at without publishing: for the sign-up service alone and for the scorecard.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::builder::{Overlay, dressed, overlay};
use super::judge::{Judge, Timelines};
use super::turn::published_settings;
use super::{Place, Problem, Sources, known};
use crate::config::Settings;
use crate::content::{Page, Registers};
use crate::text::Slug;
use crate::theme::Theme;
use crate::timeline::{Inputs, Timeline};

/// What was seen.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) settings: Settings,
    pub(super) registers: Registers,
    pub(super) pages: Vec<Page>,
    pub(super) theme: Arc<Theme>,
    pub(super) timelines: HashMap<Slug, Arc<Timeline>>,
}

/// Looks again and again; what did not change is not read anew.
pub(super) struct Lookout {
    place: Place,
    sources: Sources,
    judge: Judge,
    held: Timelines,
    worn: Option<(Overlay, Arc<Theme>)>,
}

impl Lookout {
    pub(super) fn new(place: &Place) -> Result<Self, Problem> {
        Ok(Self {
            sources: Sources::open(place)?,
            place: place.clone(),
            judge: Judge::default(),
            held: Timelines::default(),
            worn: None,
        })
    }

    pub(super) fn look(&mut self, now: Timestamp) -> Result<Seen, Problem> {
        let files = self.sources.published(now)?.files;
        let (settings, _) = published_settings(&files, &self.place);
        let record = known::record(&self.place)?;
        let judgement = self.judge.judge(&files, &settings, &record, now);
        let all: Vec<_> = judgement
            .publishable()
            .map(|(incident, delayed)| Inputs::of(incident, &settings, &record, delayed))
            .collect();
        let timelines = self.held.at(&all, now);
        let timelines = timelines.into_iter().map(|it| (it.incident.slug.clone(), it)).collect();
        let theme = self.theme(overlay(&files, &settings.theme.name));
        let content = judgement.content;
        Ok(Seen { settings, registers: content.registers, pages: content.pages, theme, timelines })
    }

    fn theme(&mut self, overlay: Overlay) -> Arc<Theme> {
        match &self.worn {
            Some((worn, theme)) if *worn == overlay => theme.clone(),
            _ => {
                let theme = Arc::new(dressed(&overlay).0);
                self.worn = Some((overlay, theme.clone()));
                theme
            }
        }
    }
}
