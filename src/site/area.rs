//! The page of an area: which services are touched there, what goes on, what was.

use serde::Serialize;

use super::card::{Card, ServiceLine, card};
use super::facts::{Link, State, area_link, class, service_link};
use super::frame::{self, Place};
use super::index::Site;
use super::list::{Line, line};
use super::plan::{Pages, Planned, Writing};
use super::service::listed;
use super::shown::Phase;
use crate::diag::Finding;
use crate::theme::Html;
use crate::timeline::service_states_in;

#[derive(Debug, Serialize)]
struct Page {
    name: Html,
    /// The worst state of any service here.
    class: &'static str,
    /// The area that it is part of.
    within: Option<Link>,
    postcodes: Vec<String>,
    /// Services that are not working normally here.
    services: Vec<ServiceLine>,
    now: Vec<Card>,
    planned: Vec<Line>,
    past: Vec<Line>,
}

pub(super) fn plan(site: &Site<'_>, pages: &mut Pages) {
    for (index, tongue) in site.tongues.iter().enumerate() {
        for (item, area) in site.view.registers.areas.iter().enumerate() {
            let mut fingerprint = site.fingerprint(index);
            fingerprint.add(&area.id);
            for shown in listed(site, &site.order.by_area[item]) {
                fingerprint.add(&shown.fingerprint);
            }
            pages.add(Planned {
                path: format!("{}areas/{}/index.html", tongue.prefix, area.id),
                fingerprint: fingerprint.finish(),
                tongue: index,
                item,
                writing: Writing::Page(write),
                source: Some("content/areas.toml".into()),
            });
        }
    }
}

fn write(site: &Site<'_>, index: usize, item: usize) -> Result<Vec<u8>, Box<Finding>> {
    let (tongue, registers) = (&site.tongues[index], site.view.registers);
    let area = &registers.areas[item];
    let listed = listed(site, &site.order.by_area[item]);
    let lines = |wanted: fn(Phase) -> bool| -> Vec<Line> {
        listed.iter().filter(|shown| wanted(shown.phase)).map(|shown| line(site, tongue, shown)).collect()
    };
    // Only what touches this area is listed, so every one of them counts here.
    let states = service_states_in(listed.iter().map(|shown| &*shown.timeline), |_| true);
    let worst = states.values().copied().max().unwrap_or_default();
    let page = Page {
        class: class(worst),
        name: tongue.label(&area.name),
        within: area.part_of.as_ref().map(|id| area_link(site, tongue, id)),
        postcodes: area.postcodes.clone(),
        services: states
            .iter()
            .filter(|(_, state)| **state != crate::content::ServiceState::Operational)
            .map(|(id, state)| ServiceLine {
                link: service_link(site, tongue, id),
                state: Some(State::new(tongue, *state)),
            })
            .collect(),
        now: listed.iter().filter(|s| s.phase == Phase::Open).map(|s| card(site, tongue, s)).collect(),
        planned: lines(|phase| !matches!(phase, Phase::Open | Phase::Over)),
        past: lines(|phase| phase == Phase::Over),
    };
    let title = format!("{} – {}", area.name.said_in(tongue.lang), site.view.settings.name);
    let folder = format!("areas/{}/", area.id);
    frame::page(site, "area.html", &Place { tongue: index, folder: &folder, title }, &page)
}
