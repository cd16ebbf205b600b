//! The front page: the state first, then what is open, planned, and past.

use serde::Serialize;

use super::card::{Card, ServiceLine, card};
use super::days;
use super::facts::{Link, State, class};
use super::frame::{self, Place};
use super::index::Site;
use super::list::{Line, line, status};
use super::meta;
use super::plan::{Pages, Planned, Writing};
use super::shown::{Phase, Shown};
use super::tongue::Tongue;
use crate::content::{Service, ServiceState};
use crate::diag::Finding;
use crate::text::Label;
use crate::theme::Html;
use crate::timeline::Statement;

/// How many open incidents stand there in full; the others follow as lines.
const FULL: usize = 6;
/// How many planned works and past incidents are listed.
const LISTED: usize = 10;
/// How many rows the table behind the charts has.
const DAYS_LISTED: usize = 30;
/// Up to how many areas all of them are listed.
const AREAS: usize = 30;
/// How many services the headline names.
const NAMED: usize = 3;

#[derive(Debug, Serialize)]
pub(super) struct Front {
    /// For programs, in the head.
    meta: Html,
    /// The worst state of any service.
    class: &'static str,
    /// The state of the whole site in a sentence.
    headline: Html,
    now: Vec<Card>,
    more: Vec<Line>,
    planned: Vec<Planning>,
    groups: Vec<Group>,
    areas: Vec<Link>,
    /// What happened in the days of the charts, and how much more than is listed.
    days: Vec<days::Row>,
    more_days: Html,
    recent: Vec<Line>,
    /// When anything was last said.
    latest: Option<Html>,
}

#[derive(Debug, Serialize)]
struct Planning {
    card: Card,
    status: String,
}

#[derive(Debug, Serialize)]
struct Group {
    name: Html,
    services: Vec<Charted>,
}

#[derive(Debug, Serialize)]
struct Charted {
    line: ServiceLine,
    chart: days::Chart,
}

pub(super) fn plan(site: &Site<'_>, pages: &mut Pages) {
    for (index, tongue) in site.tongues.iter().enumerate() {
        pages.add(Planned {
            path: format!("{}index.html", tongue.prefix),
            fingerprint: fingerprint(site, index),
            tongue: index,
            item: 0,
            writing: Writing::Page(write),
            source: None,
        });
    }
}

/// Of everything that the front page says.
pub(super) fn fingerprint(site: &Site<'_>, index: usize) -> u64 {
    let mut fingerprint = site.fingerprint(index);
    fingerprint.add("front").add(&site.states);
    for shown in open(site).into_iter().chain(planned(site)).chain(recent(site)) {
        fingerprint.add(&shown.fingerprint);
    }
    for service in 0..site.view.registers.services.len() {
        site.past.fingerprint(site, service, &mut fingerprint);
    }
    fingerprint.finish()
}

fn write(site: &Site<'_>, index: usize, _item: usize) -> Result<Vec<u8>, Box<Finding>> {
    frame::page(
        site,
        "front.html",
        &Place { tongue: index, folder: "", title: title(site, index) },
        &front(site, index),
    )
}

/// The state of everything and whose it is.
pub(super) fn title(site: &Site<'_>, index: usize) -> String {
    format!("{} – {}", Headline::of(site).plain(&site.tongues[index]), site.view.settings.name)
}

/// All that the front page says, for it and its other editions.
pub(super) fn front(site: &Site<'_>, index: usize) -> Front {
    let tongue = &site.tongues[index];
    let mut days = days::table(site, tongue, 0..site.view.registers.services.len());
    let more = days.len().saturating_sub(DAYS_LISTED);
    days.truncate(DAYS_LISTED);
    let (open, planned, recent, headline) = (open(site), planned(site), recent(site), Headline::of(site));
    let shown = open.iter().chain(&planned).chain(&recent);
    let latest = shown.flat_map(|shown| &shown.timeline.statements).map(Statement::said_at).max();
    let full = open.iter().take(FULL).map(|shown| card(site, tongue, shown)).collect();
    Front {
        meta: meta::front(site, tongue, latest),
        class: class(site.states.values().copied().max().unwrap_or_default()),
        headline: headline.html(tongue),
        now: full,
        more: open.iter().skip(FULL).map(|shown| line(site, tongue, shown)).collect(),
        planned: planned
            .into_iter()
            .map(|shown| Planning { card: card(site, tongue, shown), status: status(tongue, shown) })
            .collect(),
        groups: groups(site, tongue),
        areas: areas(site, tongue),
        days,
        more_days: match more {
            0 => Html::default(),
            more => Html::text(&tongue.strings.count("days.more", more)),
        },
        latest: latest.map(|at| tongue.moment(at)),
        recent: recent.into_iter().map(|shown| line(site, tongue, shown)).collect(),
    }
}

/// Open incidents, worst first, then newest.
fn open<'s>(site: &'s Site<'_>) -> Vec<&'s Shown> {
    let mut open: Vec<&Shown> = site.in_phase(Phase::Open).collect();
    open.sort_by_key(|shown| std::cmp::Reverse(shown.timeline.facts.severity));
    open
}

/// Planned work: what is late to end, what goes on, then what comes soonest.
fn planned<'s>(site: &'s Site<'_>) -> Vec<&'s Shown> {
    let mut coming: Vec<&Shown> = site.in_phase(Phase::Upcoming).collect();
    coming.sort_by_key(|shown| shown.start());
    site.in_phase(Phase::Overdue).chain(site.in_phase(Phase::UnderWay)).chain(coming).take(LISTED).collect()
}

fn recent<'s>(site: &'s Site<'_>) -> Vec<&'s Shown> {
    site.in_phase(Phase::Over).take(LISTED).collect()
}

/// Every area, or where there are many, those that are part of no other.
fn areas(site: &Site<'_>, tongue: &Tongue<'_>) -> Vec<Link> {
    let all = &site.view.registers.areas;
    let listed = all.iter().filter(|area| all.len() <= AREAS || area.part_of.is_none());
    listed.map(|area| Link { name: tongue.label(&area.name), href: format!("areas/{}/", area.id) }).collect()
}

/// Services by group, both in the order of the register.
fn groups(site: &Site<'_>, tongue: &Tongue<'_>) -> Vec<Group> {
    let charted = |(item, service): (usize, &Service)| {
        let line = ServiceLine {
            link: Link { name: tongue.label(&service.name), href: format!("services/{}/", service.id) },
            state: Some(State::new(tongue, site.state_of(service))),
        };
        Charted { line, chart: days::chart(site, tongue, item) }
    };
    let groups = site.view.registers.groups().into_iter();
    groups
        .map(|(name, services)| Group {
            name: tongue.label(name),
            services: services.into_iter().map(charted).collect(),
        })
        .collect()
}

/// The state of everything in one sentence: its words, and what fills them.
pub(super) struct Headline<'s> {
    key: &'static str,
    services: Vec<&'s Label>,
    total: usize,
}

impl<'s> Headline<'s> {
    pub(super) fn of(site: &'s Site<'_>) -> Self {
        let services = &site.view.registers.services;
        let of = |wanted: fn(ServiceState) -> bool| -> Vec<&'s Service> {
            services.iter().filter(|service| wanted(site.state_of(service))).collect()
        };
        let mut named = of(|state| !matches!(state, ServiceState::Operational | ServiceState::PlannedWork));
        let key = match named.as_slice() {
            [only] => match site.state_of(only) {
                ServiceState::Degraded => "front.one_degraded",
                ServiceState::PartialOutage => "front.one_partial",
                _ => "front.one_outage",
            },
            [_, ..] if named.len() <= NAMED => "front.few",
            [_, ..] => "front.many",
            // Nothing is known to be broken, but something is being looked at.
            [] if site.in_phase(Phase::Open).next().is_some() => "front.looking",
            [] => {
                named = of(|state| state == ServiceState::PlannedWork);
                if named.is_empty() { "front.all_well" } else { "front.planned" }
            }
        };
        let named = named.iter().map(|service| &service.name).collect();
        Self { key, services: named, total: services.len() }
    }

    pub(super) fn plain(&self, tongue: &Tongue<'_>) -> String {
        let (n, total) = (self.services.len().to_string(), self.total.to_string());
        let names: Vec<&str> = self.services.iter().map(|name| name.said_in(tongue.lang)).collect();
        let values = [("services", &*names.join(", ")), ("n", &n), ("total", &total)];
        tongue.strings.say(self.key, &values)
    }

    fn html(&self, tongue: &Tongue<'_>) -> Html {
        let names = Html::list(self.services.iter().map(|name| tongue.label(name)));
        let count = |n: usize| Html::text(&n.to_string());
        let (n, total) = (count(self.services.len()), count(self.total));
        tongue.say(self.key, &[("services", &names), ("n", &n), ("total", &total)])
    }
}

#[cfg(test)]
mod tests {
    use crate::site::town::{BURST, Town};

    const UPDATES: &str = "## 2026-11-21 14:10 Investigating\n\nNext update: 14:40\n\
        Affected: about 1,200 homes, counted from pressure sensors\n\nWe closed Riverside Drive.\n\n\
        ### What you can do\n\nBottled water is at Norwood Hall.\n\n";

    #[test]
    fn the_state_comes_first_and_open_incidents_with_all_that_a_reader_needs() {
        let town = Town::burst(UPDATES).awake_until("14:11");
        let page = town.page("14:11", "");
        page.says("Tap water: some areas affected");
        for words in [
            "What is wrong now Burst water main on Riverside Drive Riverside Since Saturday 21 November 2026 at 1:55pm",
            "Tap water Some areas affected",
            "Next update by 2:40pm",
            "What you can do Bottled water is at Norwood Hall.",
            "Saturday 21 November 2026 at 2:10pm Investigating We closed Riverside Drive.",
            "Who is affected about 1,200 homes How we know: counted from pressure sensors",
            "Who is responsible Dana Osei , Water operations lead +1 204 555 0117",
            "City buses Working normally",
            "All times are Winnipeg time.",
        ] {
            page.says(words);
        }
        assert_eq!(page.errors, Vec::<String>::new());
    }

    #[test]
    fn when_nothing_is_wrong_it_says_so() {
        let town = Town::new(&[]);
        let page = town.page("14:00", "");
        page.says("Everything is working normally");
        page.is_silent_about("What is wrong now");
        assert!(page.html.contains("<title>Everything is working normally – Riverton City</title>"));
    }

    #[test]
    fn the_worst_comes_first_and_planned_work_stands_apart() {
        let minor =
            BURST.replace("major", "minor").replace("Burst water main on Riverside Drive", "Brown water");
        let critical = BURST.replace("major", "critical").replace("water-supply", "buses");
        let critical = critical.replace("Burst water main on Riverside Drive", "No buses");
        let planned = "+++\ntitle = \"New valves\"\nservices = [\"water-supply\"]\nowner = \"dana-osei\"\n\
            start = 2026-12-02T22:00:00\nend = 2026-12-03T05:00:00\n+++\n\nWe replace four valves.\n";
        let said = "## 2026-11-21 14:00 Investigating\n\nWe are looking.\n";
        let town = Town::new(&[
            ("incidents/brown.md", &format!("{minor}{said}")),
            ("incidents/no-buses.md", &format!("{critical}{said}")),
            ("maintenance/valves.md", planned),
        ]);
        let page = town.page("14:05", "");
        page.says("Problems: Tap water, City buses");
        let place = |words: &str| page.words.find(words).unwrap();
        assert!(place("No buses") < place("Brown water") && place("Brown water") < place("New valves"));
        page.says(
            "New valves Scheduled Everywhere Wednesday 2 December 2026 at 10pm to Thursday 3 December 2026 at 5am",
        );
    }
}
