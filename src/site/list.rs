//! Incidents as lines of a list.

use serde::Serialize;

use super::index::Site;
use super::shown::{Phase, Shown};
use super::tongue::{Passage, Tongue};
use super::voice::Voice;
use crate::content::Status;
use crate::theme::Html;

/// One line: what, when, how it ended.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    pub(super) title: Passage,
    pub(super) href: String,
    pub(super) day: Html,
    /// How it stands: "Resolved after 5 hours", "Investigating".
    pub(super) status: String,
    pub(super) class: &'static str,
    /// The services' names.
    pub(super) services: Html,
}

pub(super) fn line(site: &Site<'_>, tongue: &Tongue<'_>, shown: &Shown) -> Line {
    let timeline = &shown.timeline;
    let voice = Voice::new(site, tongue, shown.incident());
    Line {
        title: voice.title(),
        href: shown.href.clone(),
        day: tongue.day(shown.start()),
        status: status(tongue, shown),
        class: if shown.phase == Phase::Over { "over" } else { super::card::worst(shown) },
        services: Html::list(timeline.facts.services.iter().map(|id| site.service_label(tongue, id))),
    }
}

pub(super) fn status(tongue: &Tongue<'_>, shown: &Shown) -> String {
    let timeline = &shown.timeline;
    let word = |status: Status| tongue.word(&format!("status.{}", status.word().replace(' ', "_")));
    let over = timeline.ended.zip(timeline.status);
    match over {
        Some((ended, Status::Resolved)) => {
            let length = tongue.duration(timeline.incident.started.value, ended);
            tongue.strings.say("list.resolved", &[("length", &length)])
        }
        Some((_, status)) => word(status),
        None => match shown.phase {
            Phase::Upcoming => tongue.word("status.scheduled"),
            Phase::UnderWay => tongue.word("status.in_progress"),
            Phase::Overdue => tongue.word("list.overdue"),
            Phase::Open | Phase::Over => {
                timeline.status.map_or_else(|| tongue.word("list.no_statement"), word)
            }
        },
    }
}
