//! The page for addresses that lead nowhere. Hosts show it at any depth, so its links are absolute.

use serde::Serialize;

use super::frame::{self, Place};
use super::index::Site;
use super::plan::{Pages, Planned, Writing};
use crate::diag::Finding;

#[derive(Debug, Serialize)]
struct Missing {
    title: String,
    lead: String,
}

pub(super) fn plan(site: &Site<'_>, pages: &mut Pages) {
    pages.add(Planned {
        path: "404.html".to_owned(),
        fingerprint: site.fingerprint(0).finish(),
        tongue: 0,
        item: 0,
        writing: Writing::Page(write),
        source: None,
    });
}

fn write(site: &Site<'_>, index: usize, _item: usize) -> Result<Vec<u8>, Box<Finding>> {
    let tongue = &site.tongues[index];
    let missing = Missing { title: tongue.word("missing.title"), lead: tongue.word("missing.lead") };
    let title = format!("{} – {}", missing.title, site.view.settings.name);
    let root = format!("{}/", site.view.settings.base_url);
    frame::fill(site, "404.html", &Place { tongue: index, folder: "", title }, &missing, &root)
}
