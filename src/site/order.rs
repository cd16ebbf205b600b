//! Everything that is shown, in order: by time, service, area and month.
//!
//! An order is kept from one build to the next. Most changes leave each incident in its place, and then only those that
//! are other than they were are looked at.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use foldhash::fast::RandomState;
use rayon::prelude::*;

use super::View;
use super::shown::Shown;
use crate::text::{AreaId, Fingerprint, ServiceId, Slug};
use crate::timeline::Timeline;

/// What is shown, in order.
#[derive(Debug, Default)]
pub(super) struct Order {
    /// Newest first; ties by slug.
    pub(super) shown: Vec<Shown>,
    /// Indexes into `shown`, as are all that follow.
    pub(super) by_slug: HashMap<Slug, usize, RandomState>,
    /// Newest first, in the order of the registers.
    pub(super) by_service: Vec<Vec<usize>>,
    pub(super) by_area: Vec<Vec<usize>>,
    /// By year and month, earliest first.
    pub(super) by_month: BTreeMap<(i16, i8), Vec<usize>>,
    /// By slug: those that name it as related.
    named_by: HashMap<Slug, Vec<usize>, RandomState>,
    /// Of every incident's address.
    pub(super) addresses: u64,
    /// What it was made from: of all but the timelines; and these, each with its place where it is shown.
    ground: u64,
    timelines: Vec<(Arc<Timeline>, Option<usize>)>,
}

impl Order {
    /// The order of what a view shows, out of an earlier one. `Some`: every place is what it was, and these places hold
    /// something other, or name something other as related. `ground`: of all that matters besides the timelines.
    pub(super) fn again(
        mut self,
        view: &View<'_>,
        unreadable: &HashSet<&Slug>,
        ground: u64,
    ) -> (Self, Option<Vec<usize>>) {
        match self.take_in(view, unreadable, ground) {
            Some(moved) => (self, Some(moved)),
            None => (Self::new(view, unreadable, ground), None),
        }
    }

    fn new(view: &View<'_>, unreadable: &HashSet<&Slug>, ground: u64) -> Self {
        let mut all: Vec<(usize, Shown)> = view
            .timelines
            .par_iter()
            .enumerate()
            .filter_map(|(at, timeline)| Some((at, shown(timeline, unreadable, view)?)))
            .collect();
        all.sort_by(|(_, a), (_, b)| {
            b.started.cmp(&a.started).then_with(|| a.incident().slug.cmp(&b.incident().slug))
        });
        let mut timelines: Vec<_> = view.timelines.iter().map(|timeline| (timeline.clone(), None)).collect();
        for (place, (at, _)) in all.iter().enumerate() {
            timelines[*at].1 = Some(place);
        }
        let shown: Vec<Shown> = all.into_iter().map(|(_, shown)| shown).collect();
        let mut order = Self {
            by_slug: shown.iter().enumerate().map(|(place, s)| (s.incident().slug.clone(), place)).collect(),
            by_service: vec![Vec::new(); view.registers.services.len()],
            by_area: vec![Vec::new(); view.registers.areas.len()],
            shown,
            ground,
            timelines,
            ..Self::default()
        };
        order.sort_out(view);
        order
    }

    fn sort_out(&mut self, view: &View<'_>) {
        let services = view.registers.services.iter().enumerate();
        let services: HashMap<&ServiceId, usize> =
            services.map(|(index, service)| (&service.id, index)).collect();
        let concerned = concerned_areas(view);
        let mut addresses = Fingerprint::default();
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
            for related in &shown.incident().related {
                self.named_by.entry(related.value.clone()).or_default().push(index);
            }
            addresses.add(&(&shown.href, shown.draft));
        }
        self.addresses = addresses.finish();
    }

    /// Takes in what is other than it was; `None`, and nothing is done, where that moves anything.
    fn take_in(&mut self, view: &View<'_>, unreadable: &HashSet<&Slug>, ground: u64) -> Option<Vec<usize>> {
        if self.ground != ground || self.timelines.len() != view.timelines.len() {
            return None;
        }
        let known = self.timelines.iter().zip(view.timelines).enumerate();
        let changed: Vec<usize> =
            known.filter(|(_, ((old, _), new))| !Arc::ptr_eq(old, new)).map(|(at, _)| at).collect();
        let anew = changed.iter().map(|at| {
            let shown = shown(&view.timelines[*at], unreadable, view);
            match (self.timelines[*at].1, shown) {
                (None, None) => Some(None),
                (Some(place), Some(shown)) if shown.stands_where(&self.shown[place]) => {
                    Some(Some((place, shown)))
                }
                _ => None,
            }
        });
        let anew: Vec<Option<(usize, Shown)>> = anew.collect::<Option<_>>()?;
        for at in changed {
            self.timelines[at].0 = view.timelines[at].clone();
        }
        let mut moved = Vec::new();
        for (place, shown) in anew.into_iter().flatten() {
            moved.push(place);
            moved.extend(self.named_by.get(&shown.incident().slug).into_iter().flatten());
            self.shown[place] = shown;
        }
        moved.sort_unstable();
        moved.dedup();
        Some(moved)
    }
}

fn shown(timeline: &Arc<Timeline>, unreadable: &HashSet<&Slug>, view: &View<'_>) -> Option<Shown> {
    Shown::new(timeline, unreadable.contains(&timeline.incident.slug), view)
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
