//! `/build-info.json`: which build this is, so that anyone can tell an old copy from a new one.
//!
//! It moves once an hour while somebody builds, and with what was said and what is due: most builds leave it alone, and
//! a copy that stands still is noticed all the same.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::api;
use super::feed::second;
use super::index::Site;
use super::plan::{Pages, Planned, Writing};
use super::shown::Shown;
use crate::timeline::PromiseState;

/// Where it is, below the site's root.
pub const BUILD_INFO: &str = "build-info.json";

/// What the file says, as far as a reader of it needs.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct BuildInfo {
    /// Version of Candor.
    pub candor: String,
    /// The commit that is published; `None` where files are published as they are saved.
    pub commit: Option<String>,
    /// The full hour in which it was built.
    pub built: Timestamp,
    /// When something is next due with nobody writing; `None`: never.
    pub good_until: Option<Timestamp>,
    pub record: Head,
}

/// How far the record is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Head {
    pub lines: usize,
    /// Hash of the last line.
    pub head: String,
}

#[derive(Serialize)]
struct Document<'s> {
    candor: &'static str,
    commit: Option<&'s str>,
    built: String,
    good_until: Option<String>,
    record: api::Head<'s>,
}

pub(super) fn plan(site: &Site<'_>, pages: &mut Pages) {
    let mut fingerprint = site.fingerprint(0);
    fingerprint
        .add(&(site.view.commit, built(site), good_until(site), site.view.record.lines().len()))
        .add(site.view.record.last_hash());
    pages.add(Planned {
        path: BUILD_INFO.to_owned(),
        fingerprint: fingerprint.finish(),
        tongue: 0,
        item: 0,
        writing: Writing::Page(|site, _, _| {
            let document = Document {
                candor: env!("CARGO_PKG_VERSION"),
                commit: Some(site.view.commit).filter(|commit| !commit.is_empty()),
                built: second(built(site)),
                good_until: good_until(site).map(second),
                record: api::head(site),
            };
            api::json(&document)
        }),
        source: None,
    });
}

fn built(site: &Site<'_>) -> Timestamp {
    let second = site.view.now.as_second();
    Timestamp::from_second(second - second.rem_euclid(3600)).unwrap_or(site.view.now)
}

fn good_until(site: &Site<'_>) -> Option<Timestamp> {
    let moving = site.order.shown.iter().filter(|shown| shown.moves);
    moving.filter_map(|shown| next_change(shown, site.view.now)).min()
}

/// When something about an incident is next due with nobody writing.
fn next_change(shown: &Shown, now: Timestamp) -> Option<Timestamp> {
    let timeline = &shown.timeline;
    let due = timeline.due.iter().map(|due| due.at);
    let window = timeline.facts.window.iter().flat_map(|window| [window.start, window.end]);
    let promises =
        timeline.promises.iter().filter(|made| made.state == PromiseState::Open).map(|made| made.by);
    let estimates = timeline.estimates.iter().filter(|given| !given.passed).filter_map(|given| given.fix.at);
    due.chain(window)
        .chain(promises)
        .chain(estimates)
        .chain(timeline.review_due)
        .chain(timeline.follow_up_due)
        .filter(|moment| *moment > now)
        .min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::town::{Town, at};

    const SAID: &str = "## 2026-11-21 14:10 Investigating\n\nNext update: 14:40\n\nWe closed the road.\n";

    fn info(town: &Town, now: &str) -> BuildInfo {
        serde_json::from_str(&town.file(now, BUILD_INFO)).unwrap()
    }

    #[test]
    fn it_moves_by_the_hour_and_with_what_is_due() {
        let town = Town::burst(SAID).awake_until("14:11");
        let first = info(&town, "14:12");
        assert_eq!((first.built, first.good_until), (at("14:00"), Some(at("14:40"))));
        assert_eq!(first.record.head, town.record.last_hash());
        assert_eq!(info(&town, "14:39"), first);
        assert_eq!(info(&town, "14:41").good_until, None, "what is late already changes nothing more");
        assert_eq!(info(&town, "15:01").built, at("15:00"));
    }
}
