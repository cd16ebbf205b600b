//! Feeds: one entry per statement, never edited once published, of the whole site, of each service and of each area.
//!
//! Readers show an entry once and then by its id, so a changed entry is not seen: an entry says only what was said,
//! and a correction is an entry of its own. The one exception is a statement taken down. A statement that is not yet
//! translated stands in the other language's feed under the source's id; its translation is an entry of its own.

mod atom;
mod entry;
mod json;
mod rss;

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fmt::Write as _;
use std::sync::OnceLock;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::View;
use super::index::Site;
use super::plan::{Pages, Planned, Writing};
use super::shown::Shown;
use super::tongue::Tongue;
use crate::diag::Finding;
use crate::prose::escaped;
use crate::timeline::{Statement, StatementId};
use entry::Entry;

/// How many statements the feed of the site holds, and one of a service or an area: the latest ones.
const HELD: usize = 100;
const HELD_IN_PART: usize = 30;

/// What every format says of a feed.
#[derive(Debug)]
struct Feed<'s> {
    id: String,
    title: String,
    author: String,
    lang: String,
    /// Absolute addresses of the feed and of the page that it follows.
    address: String,
    page: String,
    changed: Timestamp,
    /// Newest first.
    entries: &'s [Entry],
}

/// The entries of each scope in each language, made for the first format that is written and kept for the others.
#[derive(Debug, Default)]
pub(super) struct Entries(Vec<OnceLock<Vec<Entry>>>);

impl Entries {
    /// Room for a site's scopes and languages.
    pub(super) fn new(view: &View<'_>, tongues: usize) -> Self {
        let scopes = 1 + view.registers.services.len() + view.registers.areas.len();
        Self(std::iter::repeat_with(OnceLock::new).take(scopes * tongues).collect())
    }

    fn of(
        &self,
        site: &Site<'_>,
        tongue: usize,
        number: usize,
        make: impl FnOnce() -> Vec<Entry>,
    ) -> &[Entry] {
        self.0[number * site.tongues.len() + tongue].get_or_init(make)
    }
}

/// What a feed follows.
#[derive(Clone, Copy, Debug)]
enum Scope {
    Site,
    /// By its place in the register.
    Service(usize),
    Area(usize),
}

/// Name in the scope's folder, and how it is written.
type Format = (&'static str, fn(&Feed<'_>) -> String);

/// The last two are names under which clients of other status pages
/// look for the whole stream: of the site only.
const FORMATS: [Format; 5] = [
    ("feed.atom", atom::write),
    ("feed.rss", rss::write),
    ("feed.json", json::write),
    ("history.atom", atom::write),
    ("history.rss", rss::write),
];
const OF_PARTS: usize = 3;

pub(super) fn plan(site: &Site<'_>, pages: &mut Pages) {
    let registers = site.view.registers;
    for number in 0..=registers.services.len() + registers.areas.len() {
        let scope = Scope::numbered(site, number);
        let latest = latest(site, scope);
        let formats = if matches!(scope, Scope::Site) { FORMATS.len() } else { OF_PARTS };
        for (index, tongue) in site.tongues.iter().enumerate() {
            let mut fingerprint = site.fingerprint(index);
            for (shown, statement) in &latest {
                fingerprint.add(&shown.fingerprint).add(&statement.id);
            }
            let fingerprint = fingerprint.finish();
            for (format, (name, _)) in FORMATS.iter().take(formats).enumerate() {
                pages.add(Planned {
                    path: format!("{}{}{name}", tongue.prefix, folder(site, scope)),
                    fingerprint,
                    tongue: index,
                    item: number * FORMATS.len() + format,
                    writing: Writing::Page(write),
                    source: None,
                });
            }
        }
    }
}

fn write(site: &Site<'_>, tongue: usize, item: usize) -> Result<Vec<u8>, Box<Finding>> {
    let (name, write) = FORMATS[item % FORMATS.len()];
    Ok(write(&feed(site, tongue, item / FORMATS.len(), name)).into_bytes())
}

impl Scope {
    /// The whole site is 0; then come services, then areas, in the order of the registers.
    fn numbered(site: &Site<'_>, number: usize) -> Self {
        let services = site.view.registers.services.len();
        match number {
            0 => Self::Site,
            service if service <= services => Self::Service(service - 1),
            area => Self::Area(area - services - 1),
        }
    }
}

/// Below the language's root.
fn folder(site: &Site<'_>, scope: Scope) -> String {
    let registers = site.view.registers;
    match scope {
        Scope::Site => String::new(),
        Scope::Service(item) => format!("services/{}/", registers.services[item].id),
        Scope::Area(item) => format!("areas/{}/", registers.areas[item].id),
    }
}

fn feed<'s>(site: &'s Site<'_>, index: usize, number: usize, name: &str) -> Feed<'s> {
    let scope = Scope::numbered(site, number);
    let (tongue, settings, registers) = (&site.tongues[index], site.view.settings, site.view.registers);
    let root = format!("{}/{}", settings.base_url, tongue.prefix);
    let page = format!("{root}{}", folder(site, scope));
    let make = || {
        latest(site, scope).iter().map(|(shown, said)| Entry::new(site, tongue, shown, said, &root)).collect()
    };
    let entries = site.entries.of(site, index, number, make);
    let part = match scope {
        Scope::Site => None,
        Scope::Service(item) => Some(registers.services[item].name.said_in(tongue.lang)),
        Scope::Area(item) => Some(registers.areas[item].name.said_in(tongue.lang)),
    };
    Feed {
        id: id(site, tongue, scope),
        title: part.map_or_else(|| settings.name.clone(), |part| format!("{part} – {}", settings.name)),
        author: settings.name.clone(),
        lang: tongue.strings.lang.clone(),
        address: format!("{page}{name}"),
        changed: entries.iter().map(|entry| entry.at).max().unwrap_or(Timestamp::UNIX_EPOCH),
        entries,
        page,
    }
}

/// Never changes. The year is one in which the domain was ours; any would do.
fn id(site: &Site<'_>, tongue: &Tongue<'_>, scope: Scope) -> String {
    let part = folder(site, scope);
    format!("tag:{},2026:statements/{part}{}", site.view.settings.id_domain, tongue.lang)
}

/// The latest statements of a scope, newest first.
fn latest<'s>(site: &'s Site<'_>, scope: Scope) -> Vec<(&'s Shown, &'s Statement)> {
    let (of, held): (Option<&[usize]>, usize) = match scope {
        Scope::Site => (None, HELD),
        Scope::Service(item) => (Some(&site.order.by_service[item]), HELD_IN_PART),
        Scope::Area(item) => (Some(&site.order.by_area[item]), HELD_IN_PART),
    };
    let count = of.map_or(site.order.shown.len(), <[usize]>::len);
    let all = (0..count).map(|place| of.map_or(place, |of| of[place]));
    let mut heap: BinaryHeap<Reverse<(Timestamp, &StatementId, usize, usize)>> =
        BinaryHeap::with_capacity(held);
    for at in all {
        let shown = &site.order.shown[at];
        // Most incidents are older than all that the feed holds.
        let is_past = heap.len() == held
            && heap
                .peek()
                .is_some_and(|Reverse((earliest, ..))| shown.heard.is_none_or(|(_, last)| last < *earliest));
        if is_past || shown.draft {
            continue;
        }
        for (index, statement) in shown.timeline.statements.iter().enumerate() {
            let key = (statement.said_at(), &statement.id, at, index);
            if heap.len() < held {
                heap.push(Reverse(key));
            } else if heap.peek().is_some_and(|Reverse(earliest)| *earliest < key) {
                heap.pop();
                heap.push(Reverse(key));
            }
        }
    }
    let sorted = heap.into_sorted_vec().into_iter();
    sorted
        .filter_map(|Reverse((_, _, at, index))| {
            let shown = site.order.shown.get(at)?;
            Some((shown, shown.timeline.statements.get(index)?))
        })
        .collect()
}

/// RFC 3339 in whole seconds, as feeds and interfaces want it.
pub(super) fn second(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn element(xml: &mut String, name: &str, words: &str) {
    let _ = writeln!(xml, "<{name}>{}</{name}>", escaped(words));
}

#[cfg(test)]
mod tests {
    use feed_rs::model::Feed;

    use crate::site::town::{BURST, Town};

    const FIRST: &str = "## 2026-11-21 14:10 Investigating\n\nNext update: 14:40\n\
        Affected: about 1,200 homes, counted from pressure sensors\n\nWe closed [the road](../other/) & wait.\n\n\
        ### What you can do\n\nBoil water.\n\n";
    const MORE: &str =
        "## 2026-11-21 14:30 Correction\n\nCorrects: 14:10, it is 1,900\n\nWe left out the loop.\n\n";

    fn feed(town: &Town, now: &str, path: &str) -> Feed {
        feed_rs::parser::parse(town.file(now, path).as_bytes()).unwrap()
    }

    #[test]
    fn each_statement_is_an_entry_with_an_id_for_ever() {
        let town = Town::burst(FIRST).awake_until("14:50");
        let feed = feed(&town, "14:50", "feed.atom");
        let ids: Vec<&str> = feed.entries.iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!(
            ids,
            [
                "tag:status.riverton.example,2026-11-21:burst/20261121T2040Zh",
                "tag:status.riverton.example,2026-11-21:burst/20261121T2010Z",
            ]
        );
        let first = feed.entries.last().unwrap();
        assert_eq!(
            first.title.as_ref().unwrap().content,
            "Investigating: Burst water main on Riverside Drive"
        );
        assert_eq!(first.links[0].href, "https://status.riverton.example/incidents/burst/#20261121T2010Z");
        let content = first.content.as_ref().unwrap().body.as_ref().unwrap();
        for words in [
            "Who is affected: about 1,200 homes. How we know: counted from pressure sensors",
            "<a href=\"https://status.riverton.example/incidents/other/\">the road</a> &amp; wait.",
            "<h3>What you can do</h3>\n<p>Boil water.</p>",
            "Next update by <time datetime=\"2026-11-21T14:40-06:00\">Saturday 21 November 2026 at 2:40pm</time>",
            "Written by Dana Osei",
        ] {
            assert!(content.contains(words), "{words} is not in {content}");
        }
    }

    #[test]
    fn every_format_says_the_same_of_the_site_a_service_and_an_area() {
        let town = Town::burst(FIRST).awake_until("14:50");
        let atom = feed(&town, "14:50", "feed.atom");
        let of_atom: Vec<_> = atom.entries.iter().map(|entry| (&entry.id, &entry.title)).collect();
        for path in [
            "feed.rss",
            "feed.json",
            "history.atom",
            "services/water-supply/feed.rss",
            "areas/south/feed.json",
        ] {
            let other = feed(&town, "14:50", path);
            let of_other: Vec<_> = other.entries.iter().map(|entry| (&entry.id, &entry.title)).collect();
            assert_eq!(of_other, of_atom, "{path}");
            let link = &other.entries[0].links[0].href;
            assert_eq!(link, "https://status.riverton.example/incidents/burst/#20261121T2040Zh", "{path}");
        }
        assert!(feed(&town, "14:50", "services/buses/feed.atom").entries.is_empty());
    }

    #[test]
    fn an_entry_is_never_edited_a_correction_is_one_of_its_own() {
        let town = Town::burst(FIRST).awake_until("14:11");
        let before = feed(&town, "14:11", "feed.atom");
        let mut later = Town::burst(&format!("{FIRST}{MORE}"));
        later.record = town.record;
        let after = feed(&later.awake_until("14:31"), "14:31", "feed.atom");
        assert_eq!(after.entries.len(), 2);
        assert_eq!(after.entries[1], before.entries[0]);
        let content = after.entries[0].content.as_ref().unwrap().body.as_ref().unwrap();
        assert!(content.contains("This corrects what we said"), "{content}");
    }

    #[test]
    fn a_translation_that_comes_later_is_a_new_entry() {
        let file = format!("{BURST}{FIRST}");
        let french = "+++\ntitle = \"Conduite rompue\"\n+++\n\n## 2026-11-21 14:10 Enquête en cours\n\n\
            Touchés : 1 200 logements, comptés\n\nNous attendons.\n";
        let plain = Town::new(&[("incidents/burst.md", &file)]).awake_until("14:11");
        let mut translated = Town::new(&[("incidents/burst.md", &file), ("incidents/burst.fr.md", french)]);
        translated.record = plain.record.clone();
        let (before, after) =
            (feed(&plain, "14:11", "fr/feed.atom"), feed(&translated, "14:12", "fr/feed.atom"));
        assert_eq!(before.entries[0].id, "tag:status.riverton.example,2026-11-21:burst/20261121T2010Z");
        assert_eq!(after.entries[0].id, "tag:status.riverton.example,2026-11-21:burst/20261121T2010Z/fr");
        assert_eq!(after.entries[0].title.as_ref().unwrap().content, "Enquête en cours: Conduite rompue");
    }
}
