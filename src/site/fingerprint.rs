//! Equal fingerprints, equal pages: what lets a rebuild skip the pages that a change does not touch.
//!
//! A fingerprint covers everything that a page may say. It lives in memory for as long as a process runs and is never
//! written, so its values may differ between versions.

use std::hash::{BuildHasher, Hash, Hasher};

use foldhash::quality::{FixedState, FoldHasher};

use super::View;
use super::index::Phase;
use crate::content::{Affected, ExpectedFix};
use crate::theme::Theme;
use crate::timeline::{Facts, Statement, Timeline, Words};

/// A hash that is being gathered. Fast, because a rebuild gathers it for every incident there ever was; the words that
/// it covers are our own, so nobody looks for two texts with one hash.
#[derive(Clone)]
pub(super) struct Fingerprint(FoldHasher<'static>);

impl Default for Fingerprint {
    fn default() -> Self {
        Self(FixedState::default().build_hasher())
    }
}

impl Fingerprint {
    pub(super) fn add<T: Hash + ?Sized>(&mut self, value: &T) -> &mut Self {
        value.hash(&mut self.0);
        self
    }

    pub(super) fn finish(&self) -> u64 {
        self.0.finish()
    }
}

/// What every page shows: settings, registers, free pages' titles, theme.
pub(super) fn common(view: &View<'_>, theme: &Theme) -> u64 {
    let settings = view.settings;
    let mut all = Fingerprint::default();
    all.add(&theme.fingerprint())
        .add(&(&settings.name, &settings.base_url, &settings.id_domain, &settings.languages))
        .add(&format!(
            "{:?}{:?}{:?}{:?}",
            settings.zone.iana_name(),
            settings.contact,
            settings.theme,
            settings.cap
        ))
        // The registers have no hash of their own; they are small and print every value.
        .add(&format!("{:?}", view.registers))
        .add(&view.preview);
    for page in view.pages {
        all.add(&(&page.slug, &page.title));
    }
    all.finish()
}

/// Everything that pages say about one incident. The files' text is in the incident's own fingerprint; the rest is
/// what the record and the clock add.
pub(super) fn timeline(timeline: &Timeline, phase: Phase, unreadable: bool) -> u64 {
    let mut all = Fingerprint::default();
    all.add(&timeline.incident.fingerprint)
        .add(&(phase, unreadable, timeline.open, timeline.delayed, timeline.reopened))
        .add(&(timeline.status, timeline.ended))
        .add(&timeline.due.map(|due| (due.at, due.late)))
        .add(&timeline.review_due.map(|due| (due, due <= timeline.now)));
    for statement in &timeline.statements {
        said(&mut all, statement);
    }
    for promise in &timeline.promises {
        all.add(&(promise.state, promise.settled_at));
    }
    for estimate in &timeline.estimates {
        all.add(&estimate.passed);
    }
    for (service, state) in &timeline.states {
        all.add(service).add(state);
    }
    held(&mut all, &timeline.facts);
    all.finish()
}

fn said(all: &mut Fingerprint, statement: &Statement) {
    all.add(&statement.id).add(&(statement.kind, statement.at, statement.published_at, statement.due)).add(
        &(
            statement.backdated,
            statement.reopens,
            &statement.missed,
            &statement.by,
            &statement.corrected_by,
            &statement.corrects,
        ),
    );
    match &statement.words {
        Words::Written(index) => all.add(index),
        Words::Composed(text) => all.add(text).add(&statement.translated),
        Words::Retracted => all.add("retracted"),
    };
}

fn held(all: &mut Fingerprint, facts: &Facts) {
    all.add(&(facts.severity, &facts.owner, &facts.services, &facts.areas))
        .add(&facts.said)
        .add(&facts.window.map(|window| (window.start, window.end)))
        .add(&facts.actions);
    match &facts.affected {
        Some(Affected::Figure { figure, how }) => all.add(&(figure, how)),
        Some(Affected::Everyone) => all.add("everyone"),
        Some(Affected::NotKnown { because }) => all.add(because),
        None => all.add(&false),
    };
    if let Some(ExpectedFix { at, because }) = &facts.expected_fix {
        all.add(&(at, because));
    }
}
