//! Promises with what became of them.

use jiff::SignedDuration;
use serde::Serialize;

use super::index::Site;
use super::tongue::Passage;
use super::voice::Voice;
use crate::theme::Html;
use crate::timeline::{PromiseState, Promised, Statement, StatementKind, Timeline};

/// One promise as the page shows it.
#[derive(Debug, Serialize)]
pub(super) struct PromiseView {
    pub(super) what: Passage,
    pub(super) who: String,
    pub(super) by: Html,
    pub(super) class: &'static str,
    /// What became of it, in words.
    pub(super) state: Html,
    pub(super) because: Option<Passage>,
}

/// The promises that one statement made.
pub(super) fn made_in(
    site: &Site<'_>,
    voice: &Voice<'_>,
    timeline: &Timeline,
    made: &Statement,
) -> Vec<PromiseView> {
    let of = timeline.promises.iter().filter(|promise| promise.statement == made.id);
    of.map(|promise| view(site, voice, promise, made)).collect()
}

/// The promises made in updates; those of a review stand in the review.
pub(super) fn made_in_updates(site: &Site<'_>, voice: &Voice<'_>, timeline: &Timeline) -> Vec<PromiseView> {
    let said = |promise: &Promised| timeline.statements.iter().find(|made| made.id == promise.statement);
    timeline
        .promises
        .iter()
        .filter_map(|promise| Some((promise, said(promise)?)))
        .filter(|(_, made)| made.kind != StatementKind::Review)
        .map(|(promise, made)| view(site, voice, promise, made))
        .collect()
}

pub(super) fn view(site: &Site<'_>, voice: &Voice<'_>, promise: &Promised, made: &Statement) -> PromiseView {
    let tongue = voice.tongue;
    let by = if promise.whole_day {
        // Runs to the end of the day, which is the first moment of the next.
        tongue.day(promise.by.saturating_sub(SignedDuration::from_secs(1)).unwrap_or(promise.by))
    } else {
        tongue.moment_near(promise.by, made.at)
    };
    let (class, key) = match promise.state {
        PromiseState::Open => ("open", "promise.open"),
        PromiseState::Kept => ("kept", "promise.kept"),
        PromiseState::KeptLate => ("late", "promise.kept_late"),
        PromiseState::Missed => ("missed", "promise.missed"),
        PromiseState::Withdrawn => ("withdrawn", "promise.withdrawn"),
    };
    let settled = promise.settled_at.map(|at| tongue.day(at)).unwrap_or_default();
    PromiseView {
        what: voice.promise(made, &promise.what),
        who: site.person_name(&promise.who).to_owned(),
        by: tongue.say("promise.by", &[("time", &by)]),
        class,
        state: tongue.say(key, &[("day", &settled)]),
        because: promise
            .because
            .as_ref()
            .map(|because| voice.passage(Html::text(because), voice.composed_lang())),
    }
}
