//! The site at one moment: everything that is shown, in order, with the state of each service.
//!
//! Pages only pick from here. Nothing is rendered in this file.

use std::collections::{BTreeMap, HashSet};

use super::days::Past;
use super::fingerprint;
use super::order::Order;
use super::shown::{Phase, Shown};
use super::tongue::Tongue;
use super::{View, feed, frame, host};
use crate::content::{Service, ServiceState};
use crate::text::{AreaId, Fingerprint, PersonId, ServiceId, Slug};
use crate::theme::{Html, Inline, Theme};
use crate::timeline::service_states;

/// The site at one moment, in order.
#[derive(Debug)]
pub(super) struct Site<'v> {
    pub(super) view: &'v View<'v>,
    pub(super) theme: &'v Theme,
    pub(super) style: Inline,
    pub(super) embed_style: Inline,
    pub(super) script: Inline,
    pub(super) tongues: Vec<Tongue<'v>>,
    pub(super) order: Order,
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
    /// The site, out of the order of an earlier build; with what is other than it was, as [`Order::again`] has it.
    pub(super) fn new(view: &'v View<'v>, theme: &'v Theme, order: Order) -> (Self, Option<Vec<usize>>) {
        let zone = &view.settings.zone;
        let tongues: Vec<Tongue<'v>> = view
            .settings
            .languages
            .iter()
            .map(|lang| Tongue::new(lang, view.settings.default_language(), theme, zone))
            .collect();
        let unreadable: HashSet<&Slug> = view.unreadable.iter().map(|(slug, _)| slug).collect();
        let common = fingerprint::common(view, theme);
        let ground = Fingerprint::default().add(&(common, view.unreadable)).finish();
        let (order, moved) = order.again(view, &unreadable, ground);
        let troubles = order.shown.iter().filter(|shown| shown.troubles);
        let mut site = Self {
            style: theme.style(&view.settings.theme.colours),
            embed_style: theme.embed_style(&view.settings.theme.colours),
            script: theme.script(),
            past: Past::default(),
            states: service_states(troubles.map(|shown| &*shown.timeline)),
            common,
            entries: feed::Entries::new(view, tongues.len()),
            order,
            view,
            theme,
            tongues,
            unreadable,
            shared: Vec::new(),
        };
        site.past = Past::of(&site);
        let policy = host::policy(&site);
        site.shared =
            site.tongues.iter().map(|tongue| frame::shared(&site, tongue, policy.clone())).collect();
        (site, moved)
    }

    /// What lies in a phase, newest first.
    pub(super) fn in_phase(&self, phase: Phase) -> impl Iterator<Item = &Shown> {
        self.order.shown.iter().filter(move |shown| shown.phase == phase)
    }

    pub(super) fn shown_as(&self, slug: &Slug) -> Option<&Shown> {
        self.order.by_slug.get(slug).and_then(|place| self.order.shown.get(*place))
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
