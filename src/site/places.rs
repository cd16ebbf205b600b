//! "Is my area affected?": every area by name and postcode, each with how it stands. A list; where script runs, a search.

use serde::Serialize;

use super::facts::State;
use super::frame::{self, Place};
use super::index::Site;
use super::plan::{Pages, Planned, Writing};
use crate::content::{Area, ServiceState};
use crate::diag::Finding;
use crate::theme::Html;
use crate::timeline::service_states_in;

#[derive(Debug, Serialize)]
struct Page {
    /// The worst state of any area.
    class: &'static str,
    areas: Vec<Entry>,
    postcodes: bool,
}

/// An area as a line of the list.
#[derive(Debug, Serialize)]
struct Entry {
    name: Html,
    href: String,
    /// The area that it is part of.
    within: Html,
    postcodes: Vec<String>,
    /// What a search looks into: the name in small letters and the postcodes without blanks.
    find: String,
    states: Vec<Touched>,
    class: &'static str,
}

/// A service that does not work normally there.
#[derive(Debug, Serialize)]
struct Touched {
    name: Html,
    state: State,
}

pub(super) fn plan(site: &Site<'_>, pages: &mut Pages) {
    if site.view.registers.areas.is_empty() {
        return;
    }
    for (index, tongue) in site.tongues.iter().enumerate() {
        let mut fingerprint = site.fingerprint(index);
        for shown in site.order.shown.iter().filter(|shown| shown.troubles) {
            fingerprint.add(&shown.fingerprint);
        }
        pages.add(Planned {
            path: format!("{}areas/index.html", tongue.prefix),
            fingerprint: fingerprint.finish(),
            tongue: index,
            item: 0,
            writing: Writing::Page(write),
            source: None,
        });
    }
}

fn write(site: &Site<'_>, index: usize, _item: usize) -> Result<Vec<u8>, Box<Finding>> {
    let tongue = &site.tongues[index];
    let areas =
        site.view.registers.areas.iter().enumerate().map(|(item, area)| entry(site, index, item, area));
    let areas: Vec<Entry> = areas.collect();
    let worst = site.states.values().copied().max().unwrap_or_default();
    let page = Page {
        class: super::facts::class(worst),
        postcodes: areas.iter().any(|area| !area.postcodes.is_empty()),
        areas,
    };
    let title = format!("{} – {}", tongue.strings.get("places.title"), site.view.settings.name);
    frame::page(site, "places.html", &Place { tongue: index, folder: "areas/", title }, &page)
}

fn entry(site: &Site<'_>, index: usize, item: usize, area: &Area) -> Entry {
    let tongue = &site.tongues[index];
    let touching = site.order.by_area[item].iter().map(|shown| &site.order.shown[*shown]);
    let states =
        service_states_in(touching.filter(|shown| shown.troubles).map(|shown| &*shown.timeline), |_| true);
    let mut find = area.name.texts().collect::<Vec<_>>().join(" ").to_lowercase();
    for postcode in &area.postcodes {
        find.push('|');
        find.extend(postcode.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase));
    }
    Entry {
        name: tongue.label(&area.name),
        href: format!("areas/{}/", area.id),
        within: area.part_of.as_ref().map(|id| site.area_label(tongue, id)).unwrap_or_default(),
        postcodes: area.postcodes.clone(),
        find,
        class: super::facts::class(states.values().copied().max().unwrap_or_default()),
        states: states
            .iter()
            .filter(|(_, state)| **state != ServiceState::Operational)
            .map(|(id, state)| Touched {
                name: site.service_label(tongue, id),
                state: State::new(tongue, *state),
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use crate::site::town::Town;

    const SAID: &str = "## 2026-11-21 14:10 Investigating\n\nWe look.\n";

    #[test]
    fn every_area_says_what_does_not_work_there() {
        let town = Town::burst(SAID).awake_until("14:11");
        let page = town.page("14:11", "areas/");
        // Riverside is in the south; the north is not touched.
        page.says("Riverside Part of South side Tap water: Some areas affected");
        page.says("South side Tap water: Some areas affected North side Working normally, as far as we know");
        assert!(page.html.contains("data-find=\"north side\""));
        assert_eq!(page.errors, Vec::<String>::new());
    }
}
