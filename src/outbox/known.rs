//! The facts at the foot of a mail: who is affected, the expected fix and why, who is responsible, when we speak next.
//!
//! They are those that held when the newest statement was made, so a mail that is sent again says the same.

use serde::Serialize;

use super::letter::without_marks;
use super::news::News;
use super::wording::Wording;
use crate::config::Contact;
use crate::content::{Affected, ExpectedFix, Person, Registers};
use crate::text::AreaId;
use crate::timeline::{Statement, StatementKind};

/// One fact. Plain text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Known {
    pub(super) term: String,
    pub(super) value: String,
    /// How or why we know; empty: not said.
    pub(super) why: String,
}

/// What held after the newest statement.
pub(super) fn known(
    news: &News<'_>,
    wording: &Wording<'_>,
    registers: &Registers,
    contact: &Contact,
) -> Vec<Known> {
    let newest = news.newest;
    let facts = &newest.facts;
    let say = |key: &str, value: String, why: String| Known {
        term: wording.strings.get(key).to_owned(),
        value: wording.strings.apart(&without_marks(&value)),
        why: without_marks(&why),
    };
    let (live, lang) = (goes_on(news), wording.language);
    let mut known = Vec::new();
    if let Some(due) = newest.due.filter(|_| live) {
        known.push(say("mail.next", wording.when.near(due, newest.said_at()), String::new()));
    }
    // A holding update repeats by itself what was said about these.
    if live && newest.kind != StatementKind::Holding {
        if let Some(held) = &facts.affected {
            let words = wording.held(news.timeline, newest, |header| header.affected.as_ref());
            let (value, why) = affected(words.map_or(held, |words| &words.value), wording);
            known.push(say("fact.affected", value, why));
        }
        if let Some(held) = &facts.expected_fix {
            let words = wording.held(news.timeline, newest, |header| header.expected_fix.as_ref());
            // The time is always the source's.
            let because = words.map_or(&held.because, |words| &words.because);
            let (value, why) = fix(held, because, newest, wording);
            known.push(say("fact.fix", value, why));
        }
    }
    for (service, state) in facts.said.iter().filter(|_| live) {
        let name = registers
            .service(service)
            .map_or(service.as_str(), |service| service.name.said_in(lang))
            .to_owned();
        let state = wording.strings.get(&format!("state.{}", state.word().replace(' ', "_"))).to_owned();
        known.push(Known { term: name, value: state, why: String::new() });
    }
    if let Some(window) = facts.window {
        let near = newest.said_at();
        let (start, end) = (wording.when.near(window.start, near), wording.when.near(window.end, near));
        known.push(say(
            "fact.window",
            wording.strings.say("window.days", &[("start", &start), ("end", &end)]),
            String::new(),
        ));
    }
    if !facts.areas.is_empty() {
        let name = |id: &AreaId| {
            registers.area(id).map_or_else(|| id.to_string(), |area| area.name.said_in(lang).to_owned())
        };
        let names: Vec<String> = facts.areas.iter().map(name).collect();
        known.push(say("fact.areas", names.join(", "), String::new()));
    }
    let goodwill = wording.goodwill();
    if !live && !goodwill.is_empty() && newest.kind != StatementKind::FollowUp {
        known.push(say("incident.goodwill", goodwill.to_owned(), String::new()));
    }
    let owner = facts.owner.as_ref().and_then(|id| registers.person(id));
    if let Some(owner) = owner {
        known.push(say("incident.owner", named(owner, lang), String::new()));
    }
    let reach = wording
        .incident
        .contact
        .as_ref()
        .map_or_else(|| reach(contact, owner, lang), |contact| contact.value.clone());
    if !reach.is_empty() {
        known.push(say("mail.reach", reach, String::new()));
    }
    known
}

/// Whether the incident was still open after the newest statement.
pub(super) fn goes_on(news: &News<'_>) -> bool {
    let until = news.timeline.statements.iter().filter(|statement| statement.at <= news.newest.at);
    let status = until.rev().find_map(|statement| match statement.kind {
        StatementKind::Update(status) => Some(status),
        _ => None,
    });
    status.is_none_or(|status| !status.is_final())
}

fn affected(affected: &Affected, wording: &Wording<'_>) -> (String, String) {
    let word = |key: &str| wording.strings.get(key).to_owned();
    match affected {
        Affected::Figure { figure, how } => (figure.clone(), how.clone()),
        Affected::Everyone => (word("fact.everyone"), String::new()),
        Affected::NotKnown { because } => (word("fact.not_known"), because.clone()),
    }
}

/// An estimate that had passed when the statement was made is owned up to, not repeated.
fn fix(fix: &ExpectedFix, because: &str, newest: &Statement, wording: &Wording<'_>) -> (String, String) {
    let Some(at) = fix.at else {
        return (wording.strings.get("fact.not_known").to_owned(), because.to_owned());
    };
    let time = wording.when.near(at, newest.said_at());
    if at <= newest.said_at() {
        return (wording.strings.say("estimate.passed", &[("time", &time)]), String::new());
    }
    (time, because.to_owned())
}

fn named(person: &Person, lang: &str) -> String {
    let role = person.role.said_in(lang);
    if role.is_empty() { person.name.clone() } else { format!("{}, {role}", person.name) }
}

/// The site's number, else the owner's own.
fn reach(contact: &Contact, owner: Option<&Person>, lang: &str) -> String {
    let (phone, hours) = match owner {
        Some(owner) if contact.phone.is_empty() => (&owner.phone, &owner.hours),
        _ => (&contact.phone, &contact.hours),
    };
    match (phone.as_str(), hours.said_in(lang)) {
        ("", _) => contact.mail.clone(),
        (phone, "") => phone.to_owned(),
        (phone, hours) => format!("{phone} ({hours})"),
    }
}
