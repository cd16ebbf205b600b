//! What a reader must know before reading on: that we are late, that an estimate passed, that something is being
//! corrected. Admitted in plain sentences, worst first.

use jiff::Timestamp;
use serde::Serialize;

use super::facts::said_near;
use super::index::Site;
use super::shown::{Phase, Shown};
use super::voice::Voice;
use crate::theme::Html;

/// A sentence in a box.
#[derive(Debug, Serialize)]
pub(super) struct Notice {
    /// `admit`: something we owe; `tell`: something about this page.
    pub(super) kind: &'static str,
    pub(super) html: Html,
}

/// The board on which the next statement is announced.
#[derive(Debug, Serialize)]
pub(super) struct Board {
    pub(super) html: Html,
    pub(super) late: bool,
    /// What the script of a page that nobody loaded again puts in its place once the time has passed.
    pub(super) passed: String,
}

/// When we speak next, or that we should have. `None` where nothing is open.
pub(super) fn board(voice: &Voice<'_>, shown: &Shown) -> Option<Board> {
    let timeline = &shown.timeline;
    let due = timeline.due.filter(|_| timeline.open)?;
    let time = voice.tongue.moment_near(due.at, said_near(timeline));
    let time = Html::new(format!("<b>{}</b>", time.as_str()));
    let key = if due.late { "due.late" } else { "due.next" };
    let passed =
        voice.tongue.strings.say("due.passed", &[("time", &voice.tongue.plain(due.at, said_near(timeline)))]);
    Some(Board { html: voice.tongue.say(key, &[("time", &time)]), late: due.late, passed })
}

/// Everything to admit or to tell about one incident.
pub(super) fn notices(site: &Site<'_>, voice: &Voice<'_>, shown: &Shown) -> Vec<Notice> {
    let mut notices = Vec::new();
    let mut push = |kind, html| notices.push(Notice { kind, html });
    let (timeline, tongue) = (&shown.timeline, voice.tongue);
    let words = |key: &str| Html::text(tongue.strings.get(key));
    if shown.incident().draft {
        push("tell", words("notice.draft"));
    }
    if timeline.delayed {
        push("admit", words("notice.delayed"));
    }
    if site.unreadable.contains(&shown.incident().slug) {
        push("admit", words("notice.correcting"));
    }
    if let Some(sentence) = passed(voice, shown) {
        push("admit", sentence);
    }
    if let (Phase::Overdue, Some(window)) = (shown.phase, timeline.facts.window) {
        let end = tongue.moment(window.end);
        push("admit", tongue.say("notice.overdue", &[("time", &end)]));
    }
    if timeline.reopened > 0 && shown.phase == Phase::Open {
        let reopened = timeline.statements.iter().rev().find(|statement| statement.reopens);
        let time = reopened.map(|statement| tongue.moment(statement.at)).unwrap_or_default();
        push("admit", tongue.say("notice.reopened", &[("time", &time)]));
    }
    if let Some(due) = timeline.review_due.filter(|_| shown.phase == Phase::Over) {
        let key = if due <= timeline.now { "notice.review_late" } else { "notice.review_due" };
        push(
            if due <= timeline.now { "admit" } else { "tell" },
            tongue.say(key, &[("day", &tongue.day(due))]),
        );
    }
    if voice.is_machine() {
        push("tell", words("notice.machine"));
    }
    if voice.falls_back(timeline) {
        let language = Html::text(&voice.source_language());
        push("tell", tongue.say("notice.not_translated", &[("language", &language)]));
    }
    notices
}

/// Estimates that passed while it went on.
fn passed(voice: &Voice<'_>, shown: &Shown) -> Option<Html> {
    let (timeline, tongue) = (&shown.timeline, voice.tongue);
    if !shown.phase.is_live() {
        return None;
    }
    let mut times: Vec<Timestamp> = timeline
        .estimates
        .iter()
        .filter(|estimate| estimate.passed)
        .filter_map(|estimate| estimate.fix.at)
        .collect();
    times.dedup();
    let near = said_near(timeline);
    let said = times.into_iter().map(|at| tongue.moment_near(at, near));
    let said =
        said.reduce(|first, second| tongue.say("estimate.then", &[("first", &first), ("second", &second)]))?;
    let new = timeline.facts.expected_fix.as_ref().and_then(|fix| fix.at).filter(|at| *at > timeline.now);
    Some(match new {
        Some(new) => {
            let new = tongue.moment_near(new, near);
            tongue.say("estimate.passed_new", &[("time", &said), ("new", &new)])
        }
        None => tongue.say("estimate.passed", &[("time", &said)]),
    })
}
