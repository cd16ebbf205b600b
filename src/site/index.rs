//! Everything that is shown, put in order once: by time, service, area and month, with the state of each service.
//!
//! Pages only pick from here. Nothing is rendered in this file.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;
use jiff::civil::Date;
use rayon::prelude::*;

use super::days::Past;
use super::fingerprint;
use super::tongue::Tongue;
use super::{View, feed, frame, host};
use crate::content::{Incident, Service, ServiceState};
use crate::text::{AreaId, Fingerprint, PersonId, ServiceId, Slug};
use crate::theme::{Html, Inline, Theme};
use crate::timeline::{Timeline, service_states};

/// Where an incident or planned work stands for a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Phase {
    /// Something is wrong now.
    Open,
    /// Planned work that has not begun.
    Upcoming,
    /// Planned work within its window, or going on by a person's word.
    UnderWay,
    /// Planned work past its end that nobody has called completed.
    Overdue,
    /// Resolved, completed or cancelled; or history from elsewhere that goes on nowhere.
    Over,
}

/// One incident or planned work, ready to be listed.
#[derive(Debug)]
pub(super) struct Shown<'v> {
    pub(super) timeline: &'v Timeline,
    pub(super) phase: Phase,
    /// Below the language's root: `incidents/burst-main/`.
    pub(super) href: String,
    started: Timestamp,
    /// The day on which it began, in the site's zone.
    pub(super) began: Date,
    /// Of everything that any page says about it.
    pub(super) fingerprint: u64,
}

/// The site at one moment, in order.
#[derive(Debug)]
pub(super) struct Site<'v> {
    pub(super) view: &'v View<'v>,
    pub(super) theme: &'v Theme,
    pub(super) style: Inline,
    pub(super) embed_style: Inline,
    pub(super) script: Inline,
    pub(super) tongues: Vec<Tongue<'v>>,
    /// Newest first; ties by slug.
    pub(super) shown: Vec<Shown<'v>>,
    pub(super) by_slug: HashMap<&'v Slug, usize, foldhash::fast::RandomState>,
    /// Indexes into `shown`, newest first, in the order of the registers.
    pub(super) by_service: Vec<Vec<usize>>,
    pub(super) by_area: Vec<Vec<usize>>,
    /// By year and month, earliest first.
    pub(super) by_month: BTreeMap<(i16, i8), Vec<usize>>,
    pub(super) states: BTreeMap<ServiceId, ServiceState>,
    /// What each service was like in the last ninety days.
    pub(super) past: Past,
    /// Slugs of files that cannot be read.
    pub(super) unreadable: HashSet<&'v Slug>,
    /// Of what every page shows: settings, registers, theme.
    pub(super) common: u64,
    pub(super) entries: feed::Entries,
    /// For each language what its templates know of the site, and its words.
    pub(super) shared: Vec<(tera::Value, tera::Value)>,
}

impl<'v> Site<'v> {
    pub(super) fn new(view: &'v View<'v>, theme: &'v Theme) -> Self {
        let zone = &view.settings.zone;
        let tongues: Vec<Tongue<'v>> = view
            .settings
            .languages
            .iter()
            .map(|lang| Tongue::new(lang, view.settings.default_language(), theme, zone))
            .collect();
        let unreadable: HashSet<&Slug> = view.unreadable.iter().map(|(slug, _)| slug).collect();
        let mut shown: Vec<Shown<'v>> = view
            .timelines
            .par_iter()
            .filter(|timeline| view.preview || is_out(timeline))
            .map(|timeline| Shown::new(timeline, unreadable.contains(&timeline.incident.slug), view))
            .collect();
        shown.sort_by(|a, b| {
            b.started.cmp(&a.started).then_with(|| a.incident().slug.cmp(&b.incident().slug))
        });
        let mut site = Self {
            style: theme.style(&view.settings.theme.colours),
            embed_style: theme.embed_style(&view.settings.theme.colours),
            script: theme.script(),
            past: Past::default(),
            by_slug: shown.iter().enumerate().map(|(index, s)| (&s.incident().slug, index)).collect(),
            by_service: vec![Vec::new(); view.registers.services.len()],
            by_area: vec![Vec::new(); view.registers.areas.len()],
            by_month: BTreeMap::new(),
            states: service_states(shown.iter().map(|shown| shown.timeline)),
            common: fingerprint::common(view, theme),
            entries: feed::Entries::new(view, tongues.len()),
            view,
            theme,
            tongues,
            shown,
            unreadable,
            shared: Vec::new(),
        };
        site.sort_out();
        site.past = Past::of(&site);
        let policy = host::policy(&site);
        site.shared =
            site.tongues.iter().map(|tongue| frame::shared(&site, tongue, policy.clone())).collect();
        site
    }

    fn sort_out(&mut self) {
        let registers = self.view.registers;
        let services: HashMap<&ServiceId, usize> =
            registers.services.iter().enumerate().map(|(index, service)| (&service.id, index)).collect();
        let concerned = concerned_areas(self.view);
        for (index, shown) in self.shown.iter().enumerate() {
            for service in &shown.timeline.facts.services {
                if let Some(of) = services.get(service).and_then(|service| self.by_service.get_mut(*service))
                {
                    of.push(index);
                }
            }
            let areas = &shown.timeline.facts.areas;
            let mut touched: Vec<usize> = if areas.is_empty() {
                (0..self.by_area.len()).collect()
            } else {
                areas.iter().filter_map(|area| concerned.get(area)).flatten().copied().collect()
            };
            touched.sort_unstable();
            touched.dedup();
            for area in touched {
                self.by_area[area].push(index);
            }
            let month = (shown.began.year(), shown.began.month());
            self.by_month.entry(month).or_default().push(index);
        }
    }

    /// What lies in a phase, newest first.
    pub(super) fn in_phase(&self, phase: Phase) -> impl Iterator<Item = &Shown<'v>> {
        self.shown.iter().filter(move |shown| shown.phase == phase)
    }

    pub(super) fn shown_as(&self, slug: &Slug) -> Option<&Shown<'v>> {
        self.by_slug.get(slug).and_then(|index| self.shown.get(*index))
    }

    pub(super) fn state_of(&self, service: &Service) -> ServiceState {
        self.states.get(&service.id).copied().unwrap_or_default()
    }

    /// The name of a service in plain words, or its id where the register lost it.
    pub(super) fn service_name<'a>(&'a self, tongue: &Tongue<'_>, id: &'a ServiceId) -> &'a str {
        self.view.registers.service(id).map_or(id.as_str(), |service| service.name.said_in(tongue.lang))
    }

    pub(super) fn area_name<'a>(&'a self, tongue: &Tongue<'_>, id: &'a AreaId) -> &'a str {
        self.view.registers.area(id).map_or(id.as_str(), |area| area.name.said_in(tongue.lang))
    }

    /// The name of a service as it stands on a page.
    pub(super) fn service_label(&self, tongue: &Tongue<'_>, id: &ServiceId) -> Html {
        let service = self.view.registers.service(id);
        service.map_or_else(|| Html::text(id.as_str()), |service| tongue.label(&service.name))
    }

    pub(super) fn area_label(&self, tongue: &Tongue<'_>, id: &AreaId) -> Html {
        let area = self.view.registers.area(id);
        area.map_or_else(|| Html::text(id.as_str()), |area| tongue.label(&area.name))
    }

    /// The name of a person by id or, for someone outside, as written.
    pub(super) fn person_name<'a>(&'a self, who: &'a str) -> &'a str {
        self.view.registers.person(&PersonId::from(who)).map_or(who, |person| &person.name)
    }

    /// A fingerprint that begins with what every page shows, in one language.
    pub(super) fn fingerprint(&self, tongue: usize) -> Fingerprint {
        let mut fingerprint = Fingerprint::default();
        fingerprint.add(&(self.common, tongue));
        fingerprint
    }
}

/// Whether readers may know of it at this moment: no draft, and not of a time to come.
fn is_out(timeline: &Timeline) -> bool {
    let incident = &timeline.incident;
    // A file whose every update lies ahead of `now` was not there yet: the site is being built as it was.
    let ahead = timeline.statements.is_empty()
        && (!incident.updates.is_empty()
            || !incident.is_maintenance() && incident.started.value > timeline.now);
    !incident.draft && !ahead
}

/// For each area, the areas (by place in the register) that are it, hold it, or lie in it.
fn concerned_areas<'v>(view: &'v View<'v>) -> HashMap<&'v AreaId, Vec<usize>> {
    let registers = view.registers;
    let related = |a: &AreaId, b: &AreaId| registers.lies_in(a, b) || registers.lies_in(b, a);
    let all = registers.areas.iter();
    let related_to = |area: &AreaId| {
        registers
            .areas
            .iter()
            .enumerate()
            .filter(|(_, other)| related(area, &other.id))
            .map(|(i, _)| i)
            .collect()
    };
    all.map(|area| (&area.id, related_to(&area.id))).collect()
}

impl<'v> Shown<'v> {
    fn new(timeline: &'v Timeline, unreadable: bool, view: &View<'_>) -> Self {
        let incident = &timeline.incident;
        let phase = Phase::of(timeline);
        Self {
            phase,
            href: format!("{}/{}/", incident.folder(), incident.slug),
            started: incident.started.value,
            began: start(timeline).to_zoned(view.settings.zone.clone()).date(),
            fingerprint: Fingerprint::default().add(&(timeline.fingerprint, phase, unreadable)).finish(),
            timeline,
        }
    }

    /// When it began, or of planned work that was moved, when it is to begin.
    pub(super) fn start(&self) -> Timestamp {
        start(self.timeline)
    }

    pub(super) fn incident(&self) -> &'v Incident {
        &self.timeline.incident
    }
}

fn start(timeline: &Timeline) -> Timestamp {
    timeline.facts.window.map_or(timeline.incident.started.value, |window| window.start)
}

impl Phase {
    fn of(timeline: &Timeline) -> Self {
        if timeline.ended.is_some() {
            return Self::Over;
        }
        let Some(window) = timeline.facts.window else {
            return if timeline.incident.imported { Self::Over } else { Self::Open };
        };
        if timeline.incident.imported {
            Self::Over
        } else if !timeline.open && timeline.now < window.start {
            Self::Upcoming
        } else if timeline.now < window.end || !timeline.states.is_empty() {
            Self::UnderWay
        } else {
            Self::Overdue
        }
    }

    pub(super) fn is_live(self) -> bool {
        !matches!(self, Self::Over)
    }
}
