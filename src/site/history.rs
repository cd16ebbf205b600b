//! History: the list of months, and for each month a page, or several where much happened.

use jiff::civil::Date;
use serde::Serialize;

use super::facts::Link;
use super::frame::{self, Place};
use super::index::Site;
use super::list::{Line, line};
use super::plan::{Pages, Planned, Writing};
use super::tongue::Tongue;
use crate::diag::Finding;
use crate::theme::Html;

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
    /// Where the month has several pages: the number of this one, and links to all of them.
    number: usize,
    pages: Vec<Link>,
    earlier: Option<Link>,
    later: Option<Link>,
}

/// How many entries a page has.
const LISTED: usize = 50;

/// One page of a month.
#[derive(Clone, Copy, Debug)]
struct Part<'s> {
    /// Place among the months.
    item: usize,
    month: (i16, i8),
    /// From 1.
    number: usize,
    of: usize,
    listed: &'s [usize],
}

pub(super) fn plan(site: &Site<'_>, pages: &mut Pages) {
    for (index, tongue) in site.tongues.iter().enumerate() {
        let mut all = site.fingerprint(index);
        all.add("history");
        for (month, listed) in &site.order.by_month {
            all.add(&(month, listed.len()));
        }
        for (item, part) in parts(site).enumerate() {
            let mut fingerprint = site.fingerprint(index);
            fingerprint.add(&(part.month, part.number, part.of));
            fingerprint.add(&neighbour(site, part.item, -1)).add(&neighbour(site, part.item, 1));
            for shown in part.listed.iter().filter_map(|index| site.order.shown.get(*index)) {
                fingerprint.add(&shown.fingerprint);
            }
            pages.add(Planned {
                path: format!("{}{}index.html", tongue.prefix, folder(part.month, part.number)),
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

fn folder((year, month): (i16, i8), number: usize) -> String {
    match number {
        1 => format!("history/{year:04}/{month:02}/"),
        number => format!("history/{year:04}/{month:02}/{number}/"),
    }
}

fn parts<'s>(site: &'s Site<'_>) -> impl Iterator<Item = Part<'s>> {
    site.order.by_month.iter().enumerate().flat_map(|(item, (month, listed))| {
        let of = listed.len().div_ceil(LISTED);
        listed.chunks(LISTED).enumerate().map(move |(index, listed)| Part {
            item,
            month: *month,
            number: index + 1,
            of,
            listed,
        })
    })
}

/// The folders of all months' pages.
pub(super) fn folders<'s>(site: &'s Site<'_>) -> impl Iterator<Item = String> + 's {
    parts(site).map(|part| folder(part.month, part.number))
}

/// The month before (-1) or after (1) that has anything in it.
fn neighbour(site: &Site<'_>, item: usize, step: isize) -> Option<(i16, i8)> {
    let at = item.checked_add_signed(step)?;
    site.order.by_month.keys().nth(at).copied()
}

fn link(tongue: &Tongue<'_>, month: (i16, i8)) -> Link {
    Link { name: Html::text(&name(tongue, month)), href: folder(month, 1) }
}

fn name(tongue: &Tongue<'_>, (year, month): (i16, i8)) -> String {
    Date::new(year, month, 1).map(|first| tongue.month(first)).unwrap_or_default()
}

fn write_all(site: &Site<'_>, index: usize, _item: usize) -> Result<Vec<u8>, Box<Finding>> {
    let tongue = &site.tongues[index];
    let mut years: Vec<Year> = Vec::new();
    for (month, listed) in site.order.by_month.iter().rev() {
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
    let part = parts(site).nth(item).expect("planned from the same list");
    let lines = part.listed.iter().filter_map(|index| site.order.shown.get(*index));
    let page = Month {
        name: name(tongue, part.month),
        lines: lines.map(|shown| line(site, tongue, shown)).collect(),
        number: part.number,
        pages: (1..=part.of)
            .map(|number| Link { name: Html::text(&number.to_string()), href: folder(part.month, number) })
            .collect(),
        earlier: neighbour(site, part.item, -1).map(|month| link(tongue, month)),
        later: neighbour(site, part.item, 1).map(|month| link(tongue, month)),
    };
    let title = format!("{} – {}", page.name, site.view.settings.name);
    let folder = folder(part.month, part.number);
    frame::page(site, "month.html", &Place { tongue: index, folder: &folder, title }, &page)
}

#[cfg(test)]
mod tests {
    use crate::site::town::Town;

    #[test]
    fn a_month_with_much_in_it_has_several_pages() {
        let file = |n: usize| {
            format!(
                "+++\ntitle = \"Leak number {n}\"\nseverity = \"minor\"\nservices = [\"water-supply\"]\nowner = \"dana-osei\"\n\
                 started = 2026-10-03T10:{:02}:00\n+++\n\nA leak.\n\n## 2026-10-03 11:00 Resolved\n\nMended.\n",
                n % 60
            )
        };
        let files: Vec<(String, String)> =
            (0..51).map(|n| (format!("incidents/leak-{n}.md"), file(n))).collect();
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let town = Town::new(&files).awake_until("2026-10-03 11:00");
        let first = town.page("2026-10-04 09:00", "history/2026/10/");
        first.says("Page 1 2");
        assert!(first.links.iter().any(|link| link == "../../../history/2026/10/2/"), "{:?}", first.links);
        let second = town.page("2026-10-04 09:00", "history/2026/10/2/");
        second.says("Leak number 0");
        second.is_silent_about("Leak number 1");
        assert!(!town.outputs("2026-10-04 09:00").iter().any(|(path, _)| path.contains("10/3/")));
    }
}
