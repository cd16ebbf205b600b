//! What is going on, in full: an open incident or planned work on the front page and on a service's or an area's.

use serde::Serialize;

use super::facts::{Link, Row, Speaker, State, area_links, held_rows, service_link, speaker};
use super::index::Site;
use super::notice::{Board, Notice, board, notices};
use super::shown::{Phase, Shown};
use super::sign_up;
use super::statement::{self, StatementView};
use super::tongue::{Passage, Tongue};
use super::voice::Voice;
use crate::content::ServiceState;
use crate::theme::Html;

/// An incident that goes on, with its latest statement.
#[derive(Debug, Serialize)]
pub(super) struct Card {
    pub(super) title: Passage,
    pub(super) href: String,
    /// The worst state that it gives a service.
    pub(super) class: &'static str,
    pub(super) services: Vec<ServiceLine>,
    /// Empty: everywhere.
    pub(super) areas: Vec<Link>,
    pub(super) when: Html,
    pub(super) notices: Vec<Notice>,
    pub(super) board: Option<Board>,
    pub(super) actions: Option<Passage>,
    pub(super) rows: Vec<Row>,
    pub(super) latest: Option<StatementView>,
    pub(super) owner: Option<Speaker>,
    /// Where one asks for mails about it; empty: nowhere.
    pub(super) follow: String,
}

/// A service with its state.
#[derive(Debug, Serialize)]
pub(super) struct ServiceLine {
    pub(super) link: Link,
    /// `None` where nothing is said about it: planned work ahead, or what is over.
    pub(super) state: Option<State>,
}

pub(super) fn card(site: &Site<'_>, tongue: &Tongue<'_>, shown: &Shown) -> Card {
    let voice = Voice::new(site, tongue, shown.incident());
    let timeline = &shown.timeline;
    Card {
        title: voice.title(),
        href: shown.href.clone(),
        class: worst(shown),
        services: service_lines(site, tongue, shown),
        areas: area_links(site, tongue, &timeline.facts.areas),
        when: when(tongue, shown),
        notices: notices(site, &voice, shown),
        board: board(&voice, shown),
        actions: voice.actions(timeline, 5),
        rows: held_rows(&voice, timeline, true),
        latest: timeline.last_said().map(|last| statement::view(site, &voice, shown, last, true)),
        owner: speaker(site, tongue, timeline.facts.owner.as_ref()),
        follow: sign_up::follow(site, tongue, shown),
    }
}

/// The services that it touches, each with the state that this incident gives it.
pub(super) fn service_lines(site: &Site<'_>, tongue: &Tongue<'_>, shown: &Shown) -> Vec<ServiceLine> {
    let timeline = &shown.timeline;
    timeline
        .facts
        .services
        .iter()
        .map(|service| ServiceLine {
            link: service_link(site, tongue, service),
            state: timeline.states.get(service).map(|state| State::new(tongue, *state)),
        })
        .collect()
}

/// The class of the worst state that it gives a service.
pub(super) fn worst(shown: &Shown) -> &'static str {
    let worst = shown.timeline.states.values().copied().max();
    let planned = shown.planned;
    super::facts::class(match worst {
        Some(state) => state,
        None if planned && shown.phase.is_live() => ServiceState::PlannedWork,
        None => ServiceState::Operational,
    })
}

/// Since when, or from when to when; and how it ended.
pub(super) fn when(tongue: &Tongue<'_>, shown: &Shown) -> Html {
    let timeline = &shown.timeline;
    let started = shown.start();
    if let (Some(window), true) = (timeline.facts.window, shown.phase.is_live()) {
        return tongue.span(window.start, window.end);
    }
    match timeline.ended {
        Some(ended) => {
            let cancelled = timeline.status == Some(crate::content::Status::Cancelled);
            let key = match timeline.facts.window {
                Some(_) if cancelled => "when.cancelled",
                Some(_) => "when.completed",
                None => "when.resolved",
            };
            let end =
                if cancelled { tongue.said(ended, started) } else { tongue.moment_near(ended, started) };
            let began = tongue.moment(started);
            let length = Html::text(&tongue.duration(started, ended));
            tongue.say(key, &[("start", &began), ("end", &end), ("length", &length)])
        }
        None if shown.phase == Phase::Over => tongue.moment(started),
        None => tongue.say("when.since", &[("start", &tongue.moment(started))]),
    }
}
