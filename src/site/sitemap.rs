//! `/sitemap.xml`: every page for search engines, as an index of one list for each language.

use std::fmt::Write as _;

use super::index::Site;
use super::plan::{Pages, Planned, Writing};
use crate::prose::escaped;

/// How many pages one list may name (sitemaps.org).
const MOST: usize = 50_000;

pub(super) fn plan(site: &Site<'_>, pages: &mut Pages) {
    let mut fingerprint = site.fingerprint(0);
    fingerprint.add(&site.order.addresses);
    for part in super::history::folders(site) {
        fingerprint.add(&part);
    }
    let fingerprint = fingerprint.finish();
    let mut add = |path: String, tongue: usize, writing: Writing| {
        pages.add(Planned { path, fingerprint, tongue, item: 0, writing, source: None });
    };
    add("sitemap.xml".to_owned(), 0, Writing::Page(|site, _, _| Ok(index(site).into_bytes())));
    for tongue in 0..site.tongues.len() {
        add(
            list_path(site, tongue),
            tongue,
            Writing::Page(|site, tongue, _| Ok(list(site, tongue).into_bytes())),
        );
    }
}

fn list_path(site: &Site<'_>, tongue: usize) -> String {
    format!("{}sitemap-pages.xml", site.tongues[tongue].prefix)
}

fn index(site: &Site<'_>) -> String {
    let mut xml = open("sitemapindex");
    for tongue in 0..site.tongues.len() {
        location(
            &mut xml,
            "sitemap",
            &format!("{}/{}", site.view.settings.base_url, list_path(site, tongue)),
        );
    }
    xml.push_str("</sitemapindex>\n");
    xml
}

fn list(site: &Site<'_>, tongue: usize) -> String {
    let root = format!("{}/{}", site.view.settings.base_url, site.tongues[tongue].prefix);
    let mut xml = open("urlset");
    for folder in folders(site).take(MOST) {
        location(&mut xml, "url", &format!("{root}{folder}"));
    }
    xml.push_str("</urlset>\n");
    xml
}

fn open(root: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<{root} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    )
}

fn location(xml: &mut String, element: &str, address: &str) {
    let _ = writeln!(xml, "<{element}><loc>{}</loc></{element}>", escaped(address));
}

/// The folder of every page below a language's root, what is asked for most first.
fn folders<'s>(site: &'s Site<'_>) -> impl Iterator<Item = String> + 's {
    let registers = site.view.registers;
    let fixed =
        ["", "subscribe/", "history/", "record/", "learned/", "quality/", "text/", "print/"].into_iter();
    let places = (!registers.areas.is_empty()).then_some("areas/");
    let fixed = fixed.chain(places).map(str::to_owned);
    let services = registers.services.iter().map(|service| format!("services/{}/", service.id));
    let areas = registers.areas.iter().map(|area| format!("areas/{}/", area.id));
    let free = site.view.pages.iter().map(|page| format!("{}/", page.slug));
    let months = super::history::folders(site);
    let incidents = site.order.shown.iter().filter(|shown| !shown.draft).map(|shown| shown.href.clone());
    fixed.chain(services).chain(areas).chain(free).chain(months).chain(incidents)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::site::town::{BURST, Town};

    #[test]
    fn every_page_is_listed_and_every_listed_page_is_there() {
        let said = "## 2026-11-21 14:10 Investigating\n\nWe closed the road.\n";
        let town = Town::new(&[
            ("incidents/burst.md", &format!("{BURST}{said}")),
            ("pages/about.md", "# About\n\nUs.\n"),
        ])
        .awake_until("14:11");
        let locations = |path: &str| -> BTreeSet<String> {
            let xml = town.file("14:11", path);
            let found =
                xml.split("<loc>").skip(1).map(|rest| rest.split("</loc>").next().unwrap().to_owned());
            found.collect()
        };
        let lists = locations("sitemap.xml");
        assert_eq!(lists.len(), 2);
        let listed: BTreeSet<String> =
            ["sitemap-pages.xml", "fr/sitemap-pages.xml"].into_iter().flat_map(locations).collect();
        let outputs = town.outputs("14:11");
        let pages: BTreeSet<String> = outputs
            .iter()
            // What others embed is no page to be found.
            .filter(|(path, _)| !path.contains("embed/"))
            .filter_map(|(path, _)| {
                Some(format!("https://status.riverton.example/{}", path.strip_suffix("index.html")?))
            })
            .collect();
        assert_eq!(listed, pages);
    }
}
