//! `/subscribe/`: how to hear from us. Leads to the sign-up service where there is one; else to feeds and the calendar.

use serde::Serialize;

use super::facts::Link;
use super::frame::{self, Place};
use super::index::Site;
use super::plan::{Pages, Planned, Writing};
use super::sign_up;
use crate::diag::Finding;

#[derive(Debug, Serialize)]
struct Page {
    /// The sign-up service in the reader's language; empty where there is none.
    sign_up: String,
    services: Vec<Link>,
    areas: Vec<Link>,
    /// Where this language's pages begin, in full.
    base: String,
}

pub(super) fn plan(site: &Site<'_>, pages: &mut Pages) {
    for (index, tongue) in site.tongues.iter().enumerate() {
        pages.add(Planned {
            path: format!("{}subscribe/index.html", tongue.prefix),
            fingerprint: site.fingerprint(index).finish(),
            tongue: index,
            item: 0,
            writing: Writing::Page(write),
            source: None,
        });
    }
}

fn write(site: &Site<'_>, index: usize, _item: usize) -> Result<Vec<u8>, Box<Finding>> {
    let (tongue, registers) = (&site.tongues[index], site.view.registers);
    let services = registers.services.iter();
    let areas = registers.areas.iter();
    let page = Page {
        sign_up: sign_up::form(site, tongue),
        services: services
            .map(|service| Link {
                name: tongue.label(&service.name),
                href: format!("services/{}/", service.id),
            })
            .collect(),
        areas: areas
            .map(|area| Link { name: tongue.label(&area.name), href: format!("areas/{}/", area.id) })
            .collect(),
        base: format!("{}/{}", site.view.settings.base_url, tongue.prefix),
    };
    let title = format!("{} – {}", tongue.strings.get("follow.title"), site.view.settings.name);
    frame::page(site, "subscribe.html", &Place { tongue: index, folder: "subscribe/", title }, &page)
}

#[cfg(test)]
mod tests {
    use crate::site::town::Town;

    #[test]
    fn without_a_sign_up_service_it_leads_to_feeds_and_the_calendar() {
        let mut town = Town::new(&[]);
        let page = town.page("14:00", "subscribe/");
        assert!(!page.links.iter().any(|link| link.contains("tell.")), "{:?}", page.links);
        for link in ["../feed.atom", "../services/buses/feed.atom", "../areas/riverside/feed.atom"] {
            assert!(page.links.iter().any(|known| known == link), "{link}: {:?}", page.links);
        }
        town.settings.sign_up = "https://tell.riverton.example/".to_owned();
        let page = town.page("14:00", "fr/subscribe/");
        assert!(
            page.links.iter().any(|link| link == "https://tell.riverton.example/?lang=fr"),
            "{:?}",
            page.links
        );
        assert_eq!(page.errors, Vec::<String>::new());
    }
}
