//! The plan: every path of the site with a fingerprint of what stands there, before anything is rendered.

use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::index::Site;
use super::record::{self, Mark};
use super::{Body, OUTPUTS, Output, View};
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

/// All files of the site, by path, no two alike.
#[derive(Debug)]
pub struct Plan<'v> {
    site: Site<'v>,
    pages: Vec<Planned>,
}

/// What an earlier build of this process rendered.
#[derive(Clone, Debug, Default)]
pub struct Cache {
    /// Paths, in order, with their fingerprints.
    pages: Vec<(String, u64)>,
    record: Option<Mark>,
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

/// Lays the site out. Two files for one path is an error, found before anything is rendered.
pub fn plan<'v>(view: &'v View<'v>, theme: &'v Theme) -> Result<Plan<'v>, Vec<Finding>> {
    let site = Site::new(view, theme);
    let planned = |output: &fn(&Site<'_>, &mut Pages)| {
        let mut pages = Pages::default();
        output(&site, &mut pages);
        pages.0
    };
    let mut pages: Vec<Planned> = OUTPUTS.par_iter().flat_map_iter(planned).collect();
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    let findings = collisions(&pages);
    if findings.is_empty() { Ok(Plan { site, pages }) } else { Err(findings) }
}

impl Plan<'_> {
    /// Every path of the site, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.pages.iter().map(|page| page.path.as_str())
    }

    /// Renders what the cache does not have, on all cores and in no order, and hands each file to the sink at once.
    pub fn render<E: Send>(
        &self,
        cache: &Cache,
        sink: impl Fn(Output<'_>) -> Result<(), E> + Sync,
    ) -> Result<Rendered, RenderError<E>> {
        let stale = cache.stale(&self.pages);
        let findings = Mutex::new(Vec::new());
        stale
            .par_iter()
            .try_for_each(|page| {
                let body = match page.writing {
                    Writing::Record => {
                        Body::Lines(record::lines(self.site.view.record, cache.record.as_ref()))
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
        Ok(Rendered { rendered: stale.len(), skipped: self.pages.len() - stale.len() })
    }

    /// Every file of the site at once, path and bytes: for small sites and tests.
    pub fn outputs(&self) -> Result<Vec<(String, Vec<u8>)>, Vec<Finding>> {
        let all = Mutex::new(Vec::with_capacity(self.pages.len()));
        let rendered = self.render(&Cache::default(), |output| {
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
        self.record = Some(Mark::of(plan.site.view.record));
        self.pages = plan.pages.into_iter().map(|page| (page.path, page.fingerprint)).collect();
    }

    /// The pages that are not here with the same fingerprint. Both lists are in order, so one walk finds them.
    fn stale<'p>(&self, pages: &'p [Planned]) -> Vec<&'p Planned> {
        let mut known = self.pages.iter().peekable();
        let is_stale = |page: &&Planned| {
            while known.next_if(|(path, _)| *path < page.path).is_some() {}
            known
                .peek()
                .is_none_or(|(path, fingerprint)| *path != page.path || *fingerprint != page.fingerprint)
        };
        pages.iter().filter(is_stale).collect()
    }
}

/// A finding for each path that two files ask for, or that no file may have.
fn collisions(pages: &[Planned]) -> Vec<Finding> {
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
