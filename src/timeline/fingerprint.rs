//! A fingerprint of everything that a timeline tells. The file's text is in the incident's own fingerprint; the rest is
//! what the record and the clock add.

use super::{Facts, Statement, Timeline, Words};
use crate::content::{Affected, ExpectedFix};
use crate::text::Fingerprint;

pub(super) fn fingerprint(timeline: &Timeline) -> u64 {
    let mut all = Fingerprint::default();
    all.add(&timeline.series);
    all.add(&timeline.incident.fingerprint)
        .add(&(timeline.open, timeline.delayed, timeline.reopened))
        .add(&(timeline.status, timeline.ended))
        .add(&timeline.due.map(|due| (due.at, due.late)))
        .add(&timeline.review_due.map(|due| (due, due <= timeline.now)))
        .add(&timeline.facts.window.map(|window| (timeline.now < window.start, timeline.now < window.end)));
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
