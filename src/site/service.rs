//! The page of a service: its state, what goes on, what was.

use serde::Serialize;

use super::card::{Card, card};
use super::days;
use super::facts::State;
use super::frame::{self, Place};
use super::index::Site;
use super::list::{Line, line};
use super::plan::{Pages, Planned, Writing};
use super::shown::{Phase, Shown};
use crate::diag::Finding;
use crate::theme::Html;

/// How many past incidents are listed; the rest is in the history.
const LISTED: usize = 20;

#[derive(Debug, Serialize)]
struct Page {
    name: Html,
    group: Html,
    description: Html,
    supplier: String,
    state: State,
    chart: days::Chart,
    days: Vec<days::Row>,
    now: Vec<Card>,
    planned: Vec<Line>,
    past: Vec<Line>,
}

pub(super) fn plan(site: &Site<'_>, pages: &mut Pages) {
    for (index, tongue) in site.tongues.iter().enumerate() {
        for (item, service) in site.view.registers.services.iter().enumerate() {
            let mut fingerprint = site.fingerprint(index);
            fingerprint.add(&service.id).add(&site.state_of(service));
            site.past.fingerprint(site, item, &mut fingerprint);
            for shown in listed(site, &site.order.by_service[item]) {
                fingerprint.add(&shown.fingerprint);
            }
            pages.add(Planned {
                path: format!("{}services/{}/index.html", tongue.prefix, service.id),
                fingerprint: fingerprint.finish(),
                tongue: index,
                item,
                writing: Writing::Page(write),
                source: Some("content/services.toml".into()),
            });
        }
    }
}

/// What a page about some incidents lists: all that goes on, and the latest of what is over. Newest first.
pub(super) fn listed<'s>(site: &'s Site<'_>, of: &[usize]) -> Vec<&'s Shown> {
    let mut past = 0;
    let all = of.iter().filter_map(|index| site.order.shown.get(*index));
    all.filter(|shown| {
        past += usize::from(shown.phase == Phase::Over);
        shown.phase != Phase::Over || past <= LISTED
    })
    .collect()
}

fn write(site: &Site<'_>, index: usize, item: usize) -> Result<Vec<u8>, Box<Finding>> {
    let (tongue, service) = (&site.tongues[index], &site.view.registers.services[item]);
    let listed = listed(site, &site.order.by_service[item]);
    let lines = |wanted: fn(Phase) -> bool| -> Vec<Line> {
        listed.iter().filter(|shown| wanted(shown.phase)).map(|shown| line(site, tongue, shown)).collect()
    };
    let supplier = site.view.registers.suppliers.iter().find(|supplier| supplier.id == service.supplier);
    let page = Page {
        name: tongue.label(&service.name),
        group: tongue.label(&service.group),
        description: tongue.label(&service.description),
        supplier: supplier.map(|supplier| supplier.name.clone()).unwrap_or_default(),
        state: State::new(tongue, site.state_of(service)),
        chart: days::chart(site, tongue, item),
        days: days::table(site, tongue, std::iter::once(item)),
        now: listed.iter().filter(|s| s.phase == Phase::Open).map(|s| card(site, tongue, s)).collect(),
        planned: lines(|phase| !matches!(phase, Phase::Open | Phase::Over)),
        past: lines(|phase| phase == Phase::Over),
    };
    let name = service.name.said_in(tongue.lang);
    let title = format!("{name}: {} – {}", page.state.word, site.view.settings.name);
    let folder = format!("services/{}/", service.id);
    frame::page(site, "service.html", &Place { tongue: index, folder: &folder, title }, &page)
}
