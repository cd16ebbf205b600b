//! The plan: every path of the site with a fingerprint of what stands there, before anything is rendered.

use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::index::Site;
use super::order::Order;
use super::record::{self, Mark};
use super::{Body, OUTPUTS, OUTPUTS_OF_AN_INCIDENT, Output, View};
use crate::diag::Finding;
use crate::theme::Theme;

/// Writes one file's bytes: of which language, and which of its kind.
pub(super) type Write = fn(&Site<'_>, usize, usize) -> Result<Vec<u8>, Box<Finding>>;

/// How a file's content comes about.
#[derive(Debug)]
pub(super) enum Writing {
    Page(Write),
    /// A file that is never written again once it is there.
    Once(Write),
    Record,
}

/// One file to be.
#[derive(Debug)]
pub(super) struct Planned {
    pub(super) path: String,
    pub(super) fingerprint: u64,
    /// Index of the language; 0 for what has none.
    pub(super) tongue: usize,
    /// What the writing function makes of it: an index into its own list.
    pub(super) item: usize,
    pub(super) writing: Writing,
    /// The content file that asks for this path; `None`: the built-in pages.
    pub(super) source: Option<Arc<str>>,
}

/// The files that outputs add while planning.
#[derive(Debug, Default)]
pub(super) struct Pages(Vec<Planned>);

impl Pages {
    pub(super) fn add(&mut self, page: Planned) {
        self.0.push(page);
    }
}

/// All files of the site, no two for one path.
#[derive(Debug)]
pub struct Plan<'v> {
    site: Site<'v>,
    /// Of one incident each, and of all the rest.
    incidents: Part,
    rest: Part,
    record: Option<Mark>,
}

/// What earlier builds of this process wrote.
#[derive(Debug, Default)]
pub struct Cache {
    order: Order,
    incidents: Vec<Planned>,
    rest: Vec<Planned>,
    record: Option<Mark>,
}

/// Some of the files, by path.
#[derive(Debug)]
struct Part {
    pages: Vec<Planned>,
    /// Places of those that are not written as they are to be.
    stale: Vec<usize>,
}

/// What rendering did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    pub rendered: usize,
    /// Files whose fingerprint is that of the cache: not rendered, not handed out.
    pub skipped: usize,
}

/// Why a site was not rendered to its end.
#[derive(Debug)]
pub enum RenderError<E> {
    /// A template failed; one finding for each fault, however many pages it hit.
    Theme(Vec<Finding>),
    /// The sink refused a file.
    Sink(E),
}

/// Lays the site out, out of what the cache knows: it is empty until the plan is given back to it. Two files for one path is
/// an error, found before anything is rendered.
pub fn plan<'v>(view: &'v View<'v>, theme: &'v Theme, cache: &mut Cache) -> Result<Plan<'v>, Vec<Finding>> {
    let Cache { order, incidents, rest, record } = std::mem::take(cache);
    let (site, moved) = Site::new(view, theme, order);
    let of_incident = |place: usize| {
        let mut pages = Pages::default();
        OUTPUTS_OF_AN_INCIDENT.iter().for_each(|output| output(&site, place, &mut pages));
        pages.0
    };
    let of_site = |output: &fn(&Site<'_>, &mut Pages)| {
        let mut pages = Pages::default();
        output(&site, &mut pages);
        pages.0
    };
    let is_whole = moved.is_none();
    let (incidents, new_rest) = rayon::join(
        || match moved {
            Some(places) => Part::with(incidents, places.into_iter().flat_map(of_incident)),
            None => {
                let places = 0..site.order.shown.len();
                Part::new(places.into_par_iter().flat_map_iter(of_incident).collect(), &incidents)
            }
        },
        || Part::new(OUTPUTS.par_iter().flat_map_iter(of_site).collect(), &rest),
    );
    let plan = Plan { site, incidents, rest: new_rest, record };
    let findings = collisions(&plan.meeting(is_whole));
    if findings.is_empty() {
        return Ok(plan);
    }
    cache.give_up(plan);
    Err(findings)
}

impl Part {
    /// `written`: what is there, by path too.
    fn new(mut pages: Vec<Planned>, written: &[Planned]) -> Self {
        pages.sort_by(|a, b| a.path.cmp(&b.path));
        let mut known = written.iter().peekable();
        let mut stale = Vec::new();
        for (place, page) in pages.iter().enumerate() {
            while known.next_if(|known| known.path < page.path).is_some() {}
            let same = |known: &&Planned| known.path == page.path && known.fingerprint == page.fingerprint;
            if !known.peek().is_some_and(same) {
                stale.push(place);
            }
        }
        Self { pages, stale }
    }

    /// What is written, with some pages as they are to be now; each has its place there.
    fn with(mut pages: Vec<Planned>, anew: impl Iterator<Item = Planned>) -> Self {
        let mut stale = Vec::new();
        for page in anew {
            let place = pages.binary_search_by(|known| known.path.cmp(&page.path));
            let place = place.expect("an incident that stays in its place keeps its paths");
            if pages[place].fingerprint != page.fingerprint {
                stale.push(place);
            }
            pages[place] = page;
        }
        Self { pages, stale }
    }

    fn stale(&self) -> impl Iterator<Item = &Planned> {
        self.stale.iter().map(|place| &self.pages[*place])
    }

    /// What is written as it is to be.
    fn kept(self) -> Vec<Planned> {
        let mut stale = self.stale.into_iter().peekable();
        let kept = |(place, page)| stale.next_if_eq(&place).is_none().then_some(page);
        self.pages.into_iter().enumerate().filter_map(kept).collect()
    }
}

impl Plan<'_> {
    /// Every path of the site.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.incidents.pages.iter().chain(&self.rest.pages).map(|page| page.path.as_str())
    }

    /// Those of which two may have one path, by path: all of them, or where the incidents' own pages have not changed
    /// places, the rest and what it meets.
    fn meeting(&self, is_whole: bool) -> Vec<&Planned> {
        let (incidents, rest) = (&self.incidents.pages, &self.rest.pages);
        let met = |page: &Planned| {
            Some(&incidents[incidents.binary_search_by(|known| known.path.cmp(&page.path)).ok()?])
        };
        let mut meeting: Vec<&Planned> = rest.iter().collect();
        if is_whole {
            meeting.extend(incidents);
        } else {
            meeting.extend(rest.iter().filter_map(met));
        }
        meeting.sort_by(|a, b| a.path.cmp(&b.path));
        meeting
    }

    /// Renders what is not written yet, on all cores and in no order, and hands each file to the sink at once.
    pub fn render<E: Send>(
        &self,
        sink: impl Fn(Output<'_>) -> Result<(), E> + Sync,
    ) -> Result<Rendered, RenderError<E>> {
        let stale: Vec<&Planned> = self.rest.stale().chain(self.incidents.stale()).collect();
        let findings = Mutex::new(Vec::new());
        stale
            .par_iter()
            .try_for_each(|page| {
                let body = match page.writing {
                    Writing::Record => {
                        Body::Lines(record::lines(self.site.view.record, self.record.as_ref()))
                    }
                    Writing::Page(write) | Writing::Once(write) => {
                        match write(&self.site, page.tongue, page.item) {
                            Ok(bytes) if matches!(page.writing, Writing::Once(_)) => Body::Once(bytes),
                            Ok(bytes) => Body::Bytes(bytes),
                            Err(finding) => {
                                findings.lock().unwrap_or_else(PoisonError::into_inner).push(*finding);
                                return Ok(());
                            }
                        }
                    }
                };
                sink(Output { path: page.path.clone(), body })
            })
            .map_err(RenderError::Sink)?;
        let mut findings = findings.into_inner().unwrap_or_else(PoisonError::into_inner);
        findings.sort_by(|a, b| (a.order(), &a.message).cmp(&(b.order(), &b.message)));
        findings.dedup();
        if !findings.is_empty() {
            return Err(RenderError::Theme(findings));
        }
        let all = self.incidents.pages.len() + self.rest.pages.len();
        Ok(Rendered { rendered: stale.len(), skipped: all - stale.len() })
    }

    /// Every file of the site at once, path and bytes: for small sites and tests.
    pub fn outputs(&self) -> Result<Vec<(String, Vec<u8>)>, Vec<Finding>> {
        let all = Mutex::new(Vec::new());
        let rendered = self.render(|output| {
            let bytes = match output.body {
                Body::Bytes(bytes) | Body::Once(bytes) => bytes,
                Body::Lines(lines) => lines.pieces().collect::<String>().into_bytes(),
            };
            all.lock().unwrap_or_else(PoisonError::into_inner).push((output.path, bytes));
            Ok::<(), std::convert::Infallible>(())
        });
        match rendered {
            Err(RenderError::Theme(findings)) => Err(findings),
            Err(RenderError::Sink(never)) => match never {},
            Ok(_) => {
                let mut all = all.into_inner().unwrap_or_else(PoisonError::into_inner);
                all.sort();
                Ok(all)
            }
        }
    }
}

impl Cache {
    /// Keeps what is now written: call it once the files of this plan are in their places.
    pub fn adopt(&mut self, plan: Plan<'_>) {
        *self = Self {
            record: Some(Mark::of(plan.site.view.record)),
            order: plan.site.order,
            incidents: plan.incidents.pages,
            rest: plan.rest.pages,
        };
    }

    /// Keeps what was written before: no file of this plan was put in its place.
    pub fn give_up(&mut self, plan: Plan<'_>) {
        // The order may hold what no page says yet.
        let order = Order::default();
        *self = Self { order, incidents: plan.incidents.kept(), rest: plan.rest.kept(), record: plan.record };
    }
}

/// A finding for each path that two files ask for, or that no file may have.
fn collisions(pages: &[&Planned]) -> Vec<Finding> {
    let built_in: Arc<str> = "candor.toml".into();
    let mut findings = Vec::new();
    for pair in pages.windows(2) {
        let [first, second] = pair else { continue };
        if first.path != second.path {
            continue;
        }
        let (mine, other) = match (&first.source, &second.source) {
            (Some(source), other) | (other, Some(source)) => (source, other.as_deref()),
            (None, None) => (&built_in, None),
        };
        let other = other.unwrap_or("a page that Candor writes itself");
        findings.push(Finding::error(
            "two-pages-one-path",
            mine,
            0..0,
            format!("Two pages would be written to `{}`: this one and {other}.", first.path),
            "Rename one of them.",
        ));
    }
    for page in pages {
        let bad =
            |part: &str| part.is_empty() || part == "." || part == ".." || part.contains(['\\', '\0', ':']);
        if page.path.split('/').any(bad) {
            findings.push(Finding::error(
                "page-path",
                page.source.as_ref().unwrap_or(&built_in),
                0..0,
                format!("No page can be written to `{}`.", page.path),
                "Use lower-case letters, digits and hyphens in ids and file names.",
            ));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use crate::site::town::{BURST, Town};

    const SAID: &str = "## 2026-11-21 14:10 Investigating\n\nNext update: 14:40\n\nWe closed the road.\n";

    fn two(first: &str) -> Town {
        let other = BURST.replace("burst", "other").replace("2026-11-21T13:55:00", "2026-10-03T10:00:00");
        let other = other.replace("water-supply", "buses").replace("riverside", "north");
        let said =
            "## 2026-10-03 10:10 Investigating\n\nWe look.\n\n## 2026-10-03 11:00 Resolved\n\nIt runs.\n";
        Town::new(&[
            ("incidents/burst.md", &format!("{BURST}{first}")),
            ("incidents/other.md", &format!("{other}{said}")),
        ])
    }

    #[test]
    fn the_same_input_gives_the_same_bytes() {
        let build = || two(SAID).awake_until("14:11").outputs("14:20");
        assert_eq!(build(), build());
    }

    #[test]
    fn time_alone_changes_no_byte_until_something_is_to_be_said() {
        let town = two(SAID).awake_until("14:11");
        assert_eq!(town.outputs("14:12"), town.outputs("14:39"));
        assert_eq!(town.stale_after("14:39", &town, "14:12"), Vec::<String>::new());
        let late = town.stale_after("14:40", &town, "14:39");
        assert!(late.contains(&"index.html".to_owned()) && !late.contains(&"fr/about/index.html".to_owned()));
    }

    #[test]
    fn a_change_renders_only_the_pages_that_speak_of_it() {
        let before = two(SAID).awake_until("14:11");
        let more = format!("{SAID}\n## 2026-11-21 14:20 Identified\n\nFound.\n");
        let mut after = two(&more);
        after.record = before.record.clone();
        let stale = after.awake_at("14:20").stale_after("14:20", &before, "14:11");
        let (pages, rest): (Vec<&str>, Vec<&str>) =
            stale.iter().map(String::as_str).partition(|path| path.ends_with(".html"));
        assert_eq!(
            pages,
            [
                "areas/index.html",
                "areas/riverside/index.html",
                "areas/south/index.html",
                "embed/index.html",
                "fr/areas/index.html",
                "fr/areas/riverside/index.html",
                "fr/areas/south/index.html",
                "fr/embed/index.html",
                "fr/history/2026/11/index.html",
                "fr/incidents/burst/index.html",
                "fr/index.html",
                "fr/print/index.html",
                "fr/record/index.html",
                "fr/services/water-supply/index.html",
                "fr/text/index.html",
                "history/2026/11/index.html",
                "incidents/burst/index.html",
                "index.html",
                "print/index.html",
                "record/index.html",
                "services/water-supply/index.html",
                "text/index.html",
            ]
        );
        let said = [
            "api/candor/v1/record.jsonl",
            "api/v2/summary.json",
            "services/water-supply/feed.rss",
            "fr/feed.atom",
        ];
        assert!(said.iter().all(|path| rest.contains(path)), "{rest:?}");
        assert!(!rest.iter().any(|path| path.contains("buses") || path.contains("north")), "{rest:?}");
    }

    #[test]
    fn what_the_fingerprint_leaves_out_no_page_says() {
        // Every page that differs between two moments must have been seen as stale.
        let town = two(SAID).awake_until("14:11");
        for (then, now) in [("14:20", "14:41"), ("14:12", "14:13"), ("14:20", "2026-12-01 14:41")] {
            let stale = town.stale_after(now, &town, then);
            let (old, new) = (town.outputs(then), town.outputs(now));
            for ((old, _), (new, _)) in old.iter().zip(&new).filter(|(old, new)| old != new) {
                assert_eq!(old, new);
                assert!(stale.contains(new), "{new} changed between {then} and {now}");
            }
        }
    }

    #[test]
    fn two_pages_for_one_path_are_found_before_anything_is_written() {
        let town = Town::new(&[
            ("incidents/burst.md", &format!("{BURST}{SAID}")),
            ("pages/history.md", "# History\n\nOurs.\n"),
        ]);
        let findings = town.findings("14:11");
        let said: Vec<_> =
            findings.iter().map(|finding| (&*finding.path, finding.message.as_str())).collect();
        assert_eq!(
            said,
            [
                (
                    "content/pages/history.md",
                    "Two pages would be written to `fr/history/index.html`: this one and a page that Candor writes itself."
                ),
                (
                    "content/pages/history.md",
                    "Two pages would be written to `history/index.html`: this one and a page that Candor writes itself."
                ),
            ]
        );
    }
}
