//! Facts as rows of a table: what was said about affected people, the expected fix, states, areas, windows.

use serde::Serialize;

use super::index::Site;
use super::tongue::{Passage, Tongue};
use super::voice::Voice;
use crate::content::{Affected, ExpectedFix, Header, ServiceState};
use crate::text::{AreaId, PersonId, ServiceId};
use crate::theme::Html;
use crate::timeline::{Statement, Timeline};

/// One fact and how we know it.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    pub(super) term: String,
    pub(super) value: Passage,
    pub(super) why_term: String,
    pub(super) why: Option<Passage>,
}

impl Row {
    pub(super) fn plain(term: String, value: Html) -> Self {
        Self {
            term,
            value: Passage { html: value, ..Passage::default() },
            why_term: String::new(),
            why: None,
        }
    }
}

/// A service's state: the word first, then the shape and the colour that its class has.
#[derive(Clone, Debug, Serialize)]
pub(super) struct State {
    pub(super) class: &'static str,
    pub(super) word: String,
}

impl State {
    pub(super) fn new(tongue: &Tongue<'_>, state: ServiceState) -> Self {
        let class = class(state);
        Self { class, word: tongue.word(&format!("state.{}", class.replace('-', "_"))) }
    }
}

/// The name of a state in the style sheet and in the strings.
pub(super) fn class(state: ServiceState) -> &'static str {
    match state {
        ServiceState::Operational => "operational",
        ServiceState::PlannedWork => "planned-work",
        ServiceState::Degraded => "degraded",
        ServiceState::PartialOutage => "partial-outage",
        ServiceState::Outage => "outage",
    }
}

/// A link below the language's root.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Link {
    pub(super) name: Html,
    pub(super) href: String,
}

pub(super) fn service_link(site: &Site<'_>, tongue: &Tongue<'_>, id: &ServiceId) -> Link {
    Link { name: site.service_label(tongue, id), href: format!("services/{id}/") }
}

pub(super) fn area_link(site: &Site<'_>, tongue: &Tongue<'_>, id: &AreaId) -> Link {
    Link { name: site.area_label(tongue, id), href: format!("areas/{id}/") }
}

pub(super) fn area_links(site: &Site<'_>, tongue: &Tongue<'_>, areas: &[AreaId]) -> Vec<Link> {
    areas.iter().map(|id| area_link(site, tongue, id)).collect()
}

/// Someone to speak to.
#[derive(Debug, Serialize)]
pub(super) struct Speaker {
    pub(super) name: String,
    pub(super) role: Html,
    pub(super) phone: String,
    /// What to dial: digits and a leading plus.
    pub(super) tel: String,
    pub(super) mail: String,
    pub(super) hours: Html,
}

/// The named owner; `None` where the register does not know one, so that the site's contact answers.
pub(super) fn speaker(site: &Site<'_>, tongue: &Tongue<'_>, id: Option<&PersonId>) -> Option<Speaker> {
    let person = site.view.registers.person(id?)?;
    Some(Speaker {
        name: person.name.clone(),
        role: tongue.label(&person.role),
        tel: dialled(&person.phone),
        phone: person.phone.clone(),
        mail: person.mail.clone(),
        hours: tongue.label(&person.hours),
    })
}

pub(super) fn dialled(phone: &str) -> String {
    phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

/// Who is affected, and how we know.
pub(super) fn affected_row(voice: &Voice<'_>, affected: &Affected, lang: &str) -> Row {
    let tongue = voice.tongue;
    let term = tongue.word("fact.affected");
    let text = |words: &str| voice.passage(Html::text(words), lang);
    let own = |key: &str| Passage { html: Html::text(tongue.strings.get(key)), ..Passage::default() };
    match affected {
        Affected::Figure { figure, how } => {
            Row { term, value: text(figure), why_term: tongue.word("fact.how"), why: Some(text(how)) }
        }
        Affected::Everyone => Row { term, value: own("fact.everyone"), why_term: String::new(), why: None },
        Affected::NotKnown { because } => Row {
            term,
            value: own("fact.not_known"),
            why_term: tongue.word("fact.why"),
            why: Some(text(because)),
        },
    }
}

/// The expected fix, and why we think so. `near` is the moment whose day stands beside it.
pub(super) fn fix_row(voice: &Voice<'_>, fix: &ExpectedFix, lang: &str, near: jiff::Timestamp) -> Row {
    let tongue = voice.tongue;
    let (value, why) = match fix.at {
        Some(at) => (tongue.moment_near(at, near), "fact.basis"),
        None => (Html::text(tongue.strings.get("fact.not_known")), "fact.why"),
    };
    let because = (!fix.because.is_empty()).then(|| voice.passage(Html::text(&fix.because), lang));
    Row {
        term: tongue.word("fact.fix"),
        value: Passage { html: value, ..Passage::default() },
        why_term: tongue.word(why),
        why: because,
    }
}

/// What holds now: affected people, and while it goes on the expected fix that has not passed.
pub(super) fn held_rows(voice: &Voice<'_>, timeline: &Timeline, live: bool) -> Vec<Row> {
    let mut rows = Vec::new();
    let affected = voice.held(timeline, |header| header.affected.as_ref());
    if let (Some(_), Some((affected, lang))) = (&timeline.facts.affected, affected) {
        rows.push(affected_row(voice, &affected.value, lang));
    }
    let passed = timeline.estimates.last().is_some_and(|estimate| estimate.passed);
    if let (true, false, Some(held)) = (live, passed, &timeline.facts.expected_fix) {
        let words = voice.held(timeline, |header| header.expected_fix.as_ref());
        let (because, lang) = words.map_or((held.because.as_str(), ""), |(fix, lang)| (&fix.because, lang));
        // The time is always the source's.
        let fix = ExpectedFix { at: held.at, because: because.to_owned() };
        rows.push(fix_row(voice, &fix, lang, said_near(timeline)));
    }
    rows
}

/// The promises that a header settles, in full: it names only their first words.
fn settled_rows(voice: &Voice<'_>, timeline: &Timeline, header: &Header, statement: &Statement) -> Vec<Row> {
    let tongue = voice.tongue;
    let mut rows = Vec::new();
    for (key, settlements) in [("fact.kept", &header.kept), ("fact.withdrawn", &header.withdrawn)] {
        for settlement in settlements {
            let begins = |what: &str| what.to_lowercase().starts_with(&settlement.words.to_lowercase());
            let promise = timeline
                .promises
                .iter()
                .find(|promise| promise.settled_at == Some(statement.at) && begins(&promise.what));
            let made = promise.and_then(|p| timeline.statements.iter().find(|made| made.id == p.statement));
            let value = match promise.zip(made) {
                Some((promise, made)) => voice.promise(made, &promise.what),
                None => voice.source_passage(&settlement.words),
            };
            rows.push(Row {
                term: tongue.word(key),
                value,
                why_term: tongue.word("fact.why"),
                why: settlement.because.as_ref().map(|because| voice.source_passage(because)),
            });
        }
    }
    rows
}

/// What one update said in its header.
pub(super) fn said_rows(
    site: &Site<'_>,
    voice: &Voice<'_>,
    timeline: &Timeline,
    index: usize,
    statement: &Statement,
) -> Vec<Row> {
    let tongue = voice.tongue;
    let mut rows = Vec::new();
    if let Some((affected, lang)) = voice.header(index, |header| header.affected.as_ref()) {
        rows.push(affected_row(voice, &affected.value, lang));
    }
    if let Some((fix, lang)) = voice.header(index, |header| header.expected_fix.as_ref()) {
        let source = voice.source_header(index).and_then(|header| header.expected_fix.as_ref());
        let fix = ExpectedFix { at: source.map_or(fix.at, |fix| fix.at), because: fix.because.clone() };
        rows.push(fix_row(voice, &fix, lang, statement.at));
    }
    let Some(header) = voice.source_header(index) else { return rows };
    for entry in &header.services {
        let (service, state) = &entry.value;
        let state = Html::text(&State::new(tongue, *state).word);
        rows.push(Row::plain(site.service_name(tongue, service).to_owned(), state));
    }
    if let Some(severity) = &header.severity {
        let word = tongue.strings.get(&format!("severity.{}", severity.word())).to_owned();
        rows.push(Row::plain(tongue.word("fact.severity"), Html::text(&word)));
    }
    if let Some(areas) = &header.areas {
        let names = areas.iter().map(|area| site.area_label(tongue, area));
        rows.push(Row::plain(tongue.word("fact.areas"), Html::list(names)));
    }
    if let Some(owner) = &header.owner {
        let name = site.person_name(owner.as_str());
        rows.push(Row::plain(tongue.word("fact.owner"), Html::text(name)));
    }
    if let Some(window) = &header.window {
        rows.push(Row::plain(tongue.word("fact.window"), tongue.span(window.start, window.end)));
    }
    rows.extend(settled_rows(voice, timeline, header, statement));
    rows
}

/// The moment beside whose day the times of what holds are read: the latest statement's.
pub(super) fn said_near(timeline: &Timeline) -> jiff::Timestamp {
    timeline.last_said().map_or(timeline.incident.started.value, Statement::said_at)
}
