//! The page of an incident or of planned work: what holds now on top, then every statement, newest first.

use serde::Serialize;

use super::card::{ServiceLine, service_lines, when, worst};
use super::facts::{Link, Row, Speaker, area_links, held_rows, speaker};
use super::frame::{self, Place};
use super::index::{Phase, Shown, Site};
use super::list::line;
use super::notice::{Board, Notice, board, notices};
use super::plan::{Pages, Planned};
use super::promise::{PromiseView, made_in_updates};
use super::statement::{self, StatementView};
use super::tongue::{Passage, Tongue};
use super::voice::Voice;
use crate::diag::Finding;
use crate::theme::Html;

#[derive(Debug, Serialize)]
struct Page {
    title: Passage,
    planned: bool,
    live: bool,
    class: &'static str,
    /// How it stands, in words.
    status: String,
    severity: String,
    services: Vec<ServiceLine>,
    areas: Vec<Link>,
    when: Html,
    notices: Vec<Notice>,
    board: Option<Board>,
    actions: Option<Passage>,
    summary: Option<Passage>,
    rows: Vec<Row>,
    owner: Option<Speaker>,
    contact: String,
    goodwill: Option<Passage>,
    days: Vec<Day>,
    promises: Vec<PromiseView>,
    related: Vec<Related>,
}

/// The statements of one day, newest first.
#[derive(Debug, Serialize)]
struct Day {
    day: Html,
    statements: Vec<StatementView>,
}

#[derive(Debug, Serialize)]
struct Related {
    title: Passage,
    href: String,
}

/// Where a page has moved.
#[derive(Debug, Serialize)]
struct Moved {
    title: Passage,
    href: String,
}

pub(super) fn plan(site: &Site<'_>, pages: &mut Pages) {
    for (index, tongue) in site.tongues.iter().enumerate() {
        for (item, shown) in site.shown.iter().enumerate() {
            let mut fingerprint = site.fingerprint(index);
            fingerprint.add(&shown.fingerprint);
            for related in &shown.incident().related {
                fingerprint.add(&site.shown_as(related).map(|related| related.incident().fingerprint));
            }
            let fingerprint = fingerprint.finish();
            let source = Some(shown.incident().path().clone());
            let path = format!("{}{}index.html", tongue.prefix, shown.href);
            let page = |path, write| Planned {
                path,
                fingerprint,
                tongue: index,
                item,
                write,
                source: source.clone(),
            };
            pages.add(page(path, write));
            for alias in &shown.incident().aliases {
                let folder = shown.href.split('/').next().unwrap_or_default();
                pages.add(page(format!("{}{folder}/{alias}/index.html", tongue.prefix), moved));
            }
        }
    }
}

fn write(site: &Site<'_>, index: usize, item: usize) -> Result<Vec<u8>, Box<Finding>> {
    let (tongue, shown) = (&site.tongues[index], &site.shown[item]);
    let voice = Voice::new(site, tongue, shown.incident());
    let page = page(site, tongue, &voice, shown);
    let title = format!("{}: {} – {}", page.status, voice.plain_title(), site.view.settings.name);
    frame::page(site, "incident.html", &Place { tongue: index, folder: &shown.href, title }, &page)
}

fn page(site: &Site<'_>, tongue: &Tongue<'_>, voice: &Voice<'_>, shown: &Shown<'_>) -> Page {
    let (timeline, incident) = (shown.timeline, shown.incident());
    let live = shown.phase.is_live();
    let severity = timeline.facts.severity.word();
    Page {
        title: voice.title(),
        planned: incident.is_maintenance(),
        live,
        class: if live { worst(shown) } else { "over" },
        status: line(site, tongue, shown).status,
        severity: tongue.word(&format!("severity.{severity}")),
        services: service_lines(site, tongue, shown),
        areas: area_links(site, &timeline.facts.areas),
        when: when(tongue, shown),
        notices: notices(site, voice, shown),
        board: board(voice, shown),
        actions: if live { voice.actions(timeline, 3) } else { None },
        summary: voice.summary(),
        rows: held_rows(voice, timeline, live),
        owner: speaker(site, timeline.facts.owner.as_ref()),
        contact: incident.contact.as_ref().map(|contact| contact.value.clone()).unwrap_or_default(),
        goodwill: (!incident.goodwill.is_empty())
            .then(|| voice.passage(Html::text(&incident.goodwill), &incident.lang)),
        days: days(site, tongue, voice, shown),
        promises: made_in_updates(site, voice, timeline),
        related: related(site, tongue, shown),
    }
}

fn days(site: &Site<'_>, tongue: &Tongue<'_>, voice: &Voice<'_>, shown: &Shown<'_>) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    let mut last = None;
    let actions_above = shown.phase != Phase::Over;
    for statement in shown.timeline.statements.iter().rev() {
        let date = tongue.local(statement.at).date();
        let view = statement::view(site, voice, shown, statement, actions_above);
        match days.last_mut().filter(|_| last == Some(date)) {
            Some(day) => day.statements.push(view),
            None => days.push(Day { day: tongue.day(statement.at), statements: vec![view] }),
        }
        last = Some(date);
    }
    days
}

fn related(site: &Site<'_>, tongue: &Tongue<'_>, shown: &Shown<'_>) -> Vec<Related> {
    let found = shown.incident().related.iter().filter_map(|slug| site.shown_as(slug));
    found
        .map(|other| Related {
            title: Voice::new(site, tongue, other.incident()).title(),
            href: other.href.clone(),
        })
        .collect()
}

/// The page at an earlier slug.
fn moved(site: &Site<'_>, index: usize, item: usize) -> Result<Vec<u8>, Box<Finding>> {
    let (tongue, shown) = (&site.tongues[index], &site.shown[item]);
    let voice = Voice::new(site, tongue, shown.incident());
    let title = format!("{} – {}", voice.plain_title(), site.view.settings.name);
    let moved = Moved { title: voice.title(), href: shown.href.clone() };
    // As deep as the page it stands for, so its own path serves for the links.
    frame::page(site, "moved.html", &Place { tongue: index, folder: &shown.href, title }, &moved)
}
