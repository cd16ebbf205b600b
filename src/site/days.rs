//! Ninety days of a service: what it was like on each, as a small chart in SVG and as a table.
//!
//! The chart is a ruler with a tick for each day. A bad day stands up from it, higher where it was worse, so that it can
//! be read without colour. Its words say how many days were bad; the table has them all.

use std::fmt::Write as _;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use rayon::prelude::*;
use serde::Serialize;

use super::facts::{State, class};
use super::index::Site;
use super::shown::{Phase, Shown};
use super::tongue::{Passage, Tongue};
use super::voice::Voice;
use crate::content::ServiceState;
use crate::text::Fingerprint;
use crate::theme::Html;
use crate::timeline::spells;

/// How many days the chart has, today included.
const DAYS: i32 = 90;

/// What one incident did to one service, in whole days; 0 is the first day of the chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Stretch {
    /// Place among `Site::shown`.
    pub(super) shown: usize,
    pub(super) state: ServiceState,
    pub(super) first: i32,
    pub(super) last: i32,
}

/// The chart's days and what happened in them, newest first, by place of the service in the register.
#[derive(Debug, Default)]
pub(super) struct Past {
    begins: Date,
    by_service: Vec<Vec<Stretch>>,
}

impl Past {
    pub(super) fn of(site: &Site<'_>) -> Self {
        let zone = &site.view.settings.zone;
        let date = |at: Timestamp| at.to_zoned(zone.clone()).date();
        let today = date(site.view.now);
        let begins = today.checked_sub((DAYS - 1).days()).unwrap_or(today);
        let day = |at: Timestamp| begins.until(date(at)).map_or(-1, |span| span.get_days());
        let first = begins.to_zoned(zone.clone()).map_or(Timestamp::MIN, |first| first.timestamp());
        let is_recent = |shown: &Shown| match shown.ended {
            Some(ended) => ended >= first,
            None => shown.phase != Phase::Upcoming || !shown.timeline.series.is_empty(),
        };
        let found: Vec<(usize, Vec<_>)> = site
            .order
            .shown
            .par_iter()
            .enumerate()
            .filter(|(_, shown)| is_recent(shown))
            .map(|(index, shown)| (index, spells(&shown.timeline, site.view.now)))
            .collect();
        let mut by_service = vec![Vec::new(); site.view.registers.services.len()];
        for (index, spells) in found {
            for spell in spells {
                let end = spell.to.saturating_sub(SignedDuration::from_secs(1)).unwrap_or(spell.to);
                let (first, last) = (day(spell.from).max(0), day(end).min(DAYS - 1));
                let service =
                    site.view.registers.services.iter().position(|service| service.id == spell.service);
                if let (Some(service), true) = (service, first <= last) {
                    by_service[service].push(Stretch { shown: index, state: spell.state, first, last });
                }
            }
        }
        for stretches in &mut by_service {
            stretches.sort_by_key(|s| (std::cmp::Reverse(s.first), s.shown, std::cmp::Reverse(s.last)));
        }
        Self { begins, by_service }
    }

    /// Adds all that the chart and the table of one service say.
    pub(super) fn fingerprint(&self, site: &Site<'_>, service: usize, fingerprint: &mut Fingerprint) {
        fingerprint.add(&(self.begins.year(), self.begins.day_of_year()));
        for stretch in &self.by_service[service] {
            fingerprint.add(stretch).add(&site.order.shown[stretch.shown].incident().fingerprint);
        }
    }

    /// The worst state of each day; `None` where it worked normally.
    fn worst(&self, service: usize) -> [Option<ServiceState>; DAYS as usize] {
        let mut days = [None; DAYS as usize];
        for stretch in &self.by_service[service] {
            for day in &mut days[stretch.first as usize..=stretch.last as usize] {
                *day = (*day).max(Some(stretch.state));
            }
        }
        days
    }
}

/// A service's days as a picture and in words.
#[derive(Debug, Serialize)]
pub(super) struct Chart {
    marks: Vec<Mark>,
    /// "Trouble on 3 of the last 90 days".
    words: String,
}

/// The days of one state, as a path.
#[derive(Debug, Serialize)]
struct Mark {
    class: &'static str,
    d: String,
}

/// A row of the table: from when to when, which state, because of what.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    service: Html,
    days: Html,
    state: State,
    title: Passage,
    href: String,
}

/// How high a day stands, in twentieths of the chart.
fn height(state: ServiceState) -> u8 {
    match state {
        ServiceState::Operational => 2,
        ServiceState::PlannedWork => 6,
        ServiceState::Degraded => 10,
        ServiceState::PartialOutage => 15,
        ServiceState::Outage => 20,
    }
}

pub(super) fn chart(site: &Site<'_>, tongue: &Tongue<'_>, service: usize) -> Chart {
    let days = site.past.worst(service);
    let marks = [
        ServiceState::PlannedWork,
        ServiceState::Degraded,
        ServiceState::PartialOutage,
        ServiceState::Outage,
    ];
    let marks = marks.into_iter().filter_map(|state| {
        let of = (0..DAYS).zip(&days).filter(|(_, worst)| **worst == Some(state)).map(|(day, _)| day);
        let d = path(of, height(state));
        (!d.is_empty()).then(|| Mark { class: class(state), d })
    });
    let bad = days.iter().flatten().filter(|state| **state != ServiceState::PlannedWork).count();
    let words = match bad {
        0 => tongue.word("days.none"),
        bad => tongue.strings.count("days.bad", bad),
    };
    Chart { marks: marks.collect(), words }
}

/// A stroke for each day, each three wide: `M1 20v-9m3 9v-9`.
fn path(days: impl Iterator<Item = i32>, height: u8) -> String {
    let mut d = String::new();
    let mut before = None;
    for day in days {
        let _ = match before {
            None => write!(d, "M{} 20v-{height}", 3 * day + 1),
            Some(before) => write!(d, "m{} {height}v-{height}", 3 * (day - before)),
        };
        before = Some(day);
    }
    d
}

/// Every stretch of these services, newest first.
pub(super) fn table(site: &Site<'_>, tongue: &Tongue<'_>, services: impl Iterator<Item = usize>) -> Vec<Row> {
    let mut all: Vec<(usize, Stretch)> = services
        .flat_map(|service| site.past.by_service[service].iter().map(move |s| (service, *s)))
        .collect();
    all.sort_by_key(|(service, stretch)| (std::cmp::Reverse(stretch.first), *service));
    let date = |day: i32| site.past.begins.checked_add(day.days()).unwrap_or(site.past.begins);
    all.into_iter()
        .map(|(service, stretch)| {
            let shown = &site.order.shown[stretch.shown];
            let first = tongue.date(date(stretch.first));
            let days = if stretch.first == stretch.last {
                first
            } else {
                let last = tongue.date(date(stretch.last));
                tongue.say("window.days", &[("start", &first), ("end", &last)])
            };
            Row {
                service: tongue.label(&site.view.registers.services[service].name),
                days,
                state: State::new(tongue, stretch.state),
                title: Voice::new(site, tongue, shown.incident()).title(),
                href: shown.href.clone(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::town::{BURST, Town};

    #[test]
    fn a_path_has_a_stroke_for_each_day() {
        assert_eq!(path([0, 1, 5].into_iter(), 9), "M1 20v-9m3 9v-9m12 9v-9");
        assert_eq!(path(std::iter::empty(), 9), "");
    }

    #[test]
    fn ninety_days_are_told_in_words_in_a_picture_and_in_a_table() {
        let said = "## 2026-11-21 14:10 Investigating\n\nWe look.\n\n## 2026-11-23 09:00 Resolved\n\nWater is back.\n";
        let town =
            Town::new(&[("incidents/burst.md", &format!("{BURST}{said}"))]).awake_until("2026-11-24 10:00");
        let page = town.page("2026-11-24 10:00", "");
        page.says("Tap water Working normally Trouble on 3 of the last 90 days");
        page.says("City buses Working normally No trouble in the last 90 days");
        // 86, 87 and 88 days after the first.
        assert!(
            page.html.contains("<path class=\"partial-outage\" d=\"M259 20v-15m3 15v-15m3 15v-15\"/>"),
            "{}",
            page.html
        );
        page.says(
            "Tap water Saturday 21 November 2026 to Monday 23 November 2026 Some areas affected \
             Burst water main on Riverside Drive",
        );
        let page = town.page("2027-02-21 10:00", "services/water-supply/");
        page.says("No trouble in the last 90 days");
    }

    #[test]
    fn a_new_day_moves_the_chart() {
        let town = Town::new(&[]);
        let stale = town.stale_after("2026-11-22 00:00", &town, "2026-11-21 23:59");
        assert!(stale.contains(&"index.html".to_owned()), "{stale:?}");
        let stale = town.stale_after("2026-11-21 23:59", &town, "2026-11-21 00:00");
        assert!(!stale.iter().any(|path| path.ends_with(".html")), "{stale:?}");
    }
}
