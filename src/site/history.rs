//! History: a page for each month, and the list of months.

use jiff::civil::Date;
use serde::Serialize;

use super::facts::Link;
use super::frame::{self, Place};
use super::index::Site;
use super::list::{Line, line};
use super::plan::{Pages, Planned, Writing};
use super::tongue::Tongue;
use crate::diag::Finding;

#[derive(Debug, Serialize)]
struct All {
    years: Vec<Year>,
}

#[derive(Debug, Serialize)]
struct Year {
    year: i16,
    months: Vec<MonthLink>,
}

#[derive(Debug, Serialize)]
struct MonthLink {
    link: Link,
    count: String,
}

#[derive(Debug, Serialize)]
struct Month {
    name: String,
    lines: Vec<Line>,
    earlier: Option<Link>,
    later: Option<Link>,
}

pub(super) fn plan(site: &Site<'_>, pages: &mut Pages) {
    for (index, tongue) in site.tongues.iter().enumerate() {
        let mut all = site.fingerprint(index);
        all.add("history");
        for (item, (month, listed)) in site.by_month.iter().enumerate() {
            all.add(&(month, listed.len()));
            let mut fingerprint = site.fingerprint(index);
            fingerprint.add(month).add(&neighbour(site, item, -1)).add(&neighbour(site, item, 1));
            for shown in listed.iter().filter_map(|index| site.shown.get(*index)) {
                fingerprint.add(&shown.fingerprint);
            }
            pages.add(Planned {
                path: format!("{}{}index.html", tongue.prefix, folder(*month)),
                fingerprint: fingerprint.finish(),
                tongue: index,
                item,
                writing: Writing::Page(write_month),
                source: None,
            });
        }
        pages.add(Planned {
            path: format!("{}history/index.html", tongue.prefix),
            fingerprint: all.finish(),
            tongue: index,
            item: 0,
            writing: Writing::Page(write_all),
            source: None,
        });
    }
}

fn folder((year, month): (i16, i8)) -> String {
    format!("history/{year:04}/{month:02}/")
}

/// The month before (-1) or after (1) that has anything in it.
fn neighbour(site: &Site<'_>, item: usize, step: isize) -> Option<(i16, i8)> {
    let at = item.checked_add_signed(step)?;
    site.by_month.keys().nth(at).copied()
}

fn link(tongue: &Tongue<'_>, month: (i16, i8)) -> Link {
    Link { name: name(tongue, month), href: folder(month) }
}

fn name(tongue: &Tongue<'_>, (year, month): (i16, i8)) -> String {
    Date::new(year, month, 1).map(|first| tongue.month(first)).unwrap_or_default()
}

fn write_all(site: &Site<'_>, index: usize, _item: usize) -> Result<Vec<u8>, Box<Finding>> {
    let tongue = &site.tongues[index];
    let mut years: Vec<Year> = Vec::new();
    for (month, listed) in site.by_month.iter().rev() {
        let link = MonthLink {
            link: link(tongue, *month),
            count: tongue.strings.count("history.count", listed.len()),
        };
        match years.last_mut().filter(|year| year.year == month.0) {
            Some(year) => year.months.push(link),
            None => years.push(Year { year: month.0, months: vec![link] }),
        }
    }
    let title = format!("{} – {}", tongue.strings.get("history.title"), site.view.settings.name);
    frame::page(site, "history.html", &Place { tongue: index, folder: "history/", title }, &All { years })
}

fn write_month(site: &Site<'_>, index: usize, item: usize) -> Result<Vec<u8>, Box<Finding>> {
    let tongue = &site.tongues[index];
    let (month, listed) = site.by_month.iter().nth(item).expect("planned from the same map");
    let lines = listed.iter().filter_map(|index| site.shown.get(*index));
    let page = Month {
        name: name(tongue, *month),
        lines: lines.map(|shown| line(site, tongue, shown)).collect(),
        earlier: neighbour(site, item, -1).map(|month| link(tongue, month)),
        later: neighbour(site, item, 1).map(|month| link(tongue, month)),
    };
    let title = format!("{} – {}", page.name, site.view.settings.name);
    frame::page(site, "month.html", &Place { tongue: index, folder: &folder(*month), title }, &page)
}
