//! Telling our own people: authors whose words are withheld, owners whose statement is due.

use jiff::Timestamp;

use super::publisher::books;
use super::{Problem, Turn, Works};
use crate::config::Plan;
use crate::content::Registers;
use crate::outbox::staff::{self, Staff};
use crate::outbox::{Notice, UpdateKind};
use crate::text::{PersonId, Slug};
use crate::timeline::{Inputs, When, reminders};

/// Queues everything that our people must know after a turn; each once. Answers with the time of the next reminder.
pub(super) fn tell(works: &mut Works, turn: &Turn, now: Timestamp) -> Result<Option<Timestamp>, Problem> {
    let when = When::new(&turn.settings.zone, turn.settings.default_language());
    let registers = &turn.judgement.content.registers;
    let mut notices = Vec::new();
    for (path, withheld) in turn.withheld() {
        let mut people = people_of(turn, &withheld.incident);
        people.extend(author(works, path));
        for to in unique(people) {
            notices.push(staff::withheld(&to, path, withheld.at, &withheld.findings, when, now));
        }
    }
    for said in
        turn.said.iter().filter(|said| !matches!(said.kind, UpdateKind::Holding | UpdateKind::FollowUp))
    {
        let Some(timeline) = turn.timeline(&said.incident) else { continue };
        let Some(statement) = timeline.statements.iter().find(|statement| statement.id == said.statement)
        else {
            continue;
        };
        if statement.archived {
            continue;
        }
        let page = format!("{}/incidents/{}/", turn.settings.base_url, said.incident);
        let plan = turn.settings.plans.of(statement.facts.severity);
        let first = unique(first_told(turn, &said.incident, plan));
        for to in &first {
            notices.push(staff::first(to, timeline, statement, said.starts_at, &page, when, now));
        }
        let mut people = people_of(turn, &said.incident);
        people.extend(author(works, timeline.incident.path()));
        // Who hears it first is not told the same again.
        people.retain(|one| !first.iter().any(|known| known.mail.eq_ignore_ascii_case(&one.mail)));
        for to in unique(people) {
            notices.push(staff::published(&to, &timeline.incident, statement, said.told, &page, when, now));
        }
    }
    let mut next: Option<Timestamp> = None;
    for timeline in turn.timelines.iter().filter(|timeline| timeline.due.is_some()) {
        let inputs =
            Inputs::of(&timeline.incident, &turn.settings, works.publisher.record(), timeline.delayed);
        for reminder in reminders(timeline, &inputs) {
            if reminder.at > now {
                next = Some(next.map_or(reminder.at, |next| next.min(reminder.at)));
            } else if let Some(to) = person(registers, &reminder.to) {
                notices.push(staff::reminder(&to, timeline, reminder.at, reminder.why, when, now));
            }
        }
    }
    queue(works, &notices)?;
    Ok(next)
}

/// Tells the last committer and the owners of open incidents that the branch cannot be pulled.
pub(super) fn pull_failed(works: &mut Works, problem: &Problem, now: Timestamp) -> Result<(), Problem> {
    let committer = works.sources.author(".");
    let registers = super::read_working_copy(&works.place).registers;
    let mut people: Vec<Staff> =
        committer.into_iter().map(|by| Staff { name: by.name, mail: by.mail }).collect();
    people.extend(registers.people.iter().filter_map(|known| person(&registers, &known.id)).take(1));
    let notices: Vec<Notice> =
        unique(people).iter().map(|to| staff::pull_failed(to, &problem.to_string(), now)).collect();
    queue(works, &notices)
}

fn queue(works: &mut Works, notices: &[Notice]) -> Result<(), Problem> {
    let Some(ledger) = works.publisher.ledger() else { return Ok(()) };
    for notice in notices {
        ledger.queue(notice).map_err(books)?;
    }
    Ok(())
}

/// Owner and deputy of an incident, as far as they have an address.
fn people_of(turn: &Turn, slug: &Slug) -> Vec<Staff> {
    let registers = &turn.judgement.content.registers;
    let Some(incident) = turn.judgement.content.incident(slug) else { return Vec::new() };
    let owner = turn.judgement.by_slug.get(slug).and_then(|timeline| timeline.facts.owner.clone());
    let deputy = incident.deputy.as_ref().map(|deputy| deputy.value.clone());
    owner.into_iter().chain(deputy).filter_map(|id| person(registers, &id)).collect()
}

/// Who hears it before the public: the people that the plan names, else, where the public waits, those who answer for it.
fn first_told(turn: &Turn, slug: &Slug, plan: &Plan) -> Vec<Staff> {
    let registers = &turn.judgement.content.registers;
    let named = |ids: &[PersonId]| ids.iter().filter_map(|id| person(registers, id)).collect::<Vec<_>>();
    if plan.staff.is_empty() {
        if !plan.staff_first.is_positive() {
            return Vec::new();
        }
        let mut people = people_of(turn, slug);
        people.extend(named(&plan.escalate));
        return people;
    }
    named(&plan.staff.iter().map(|name| PersonId::from(name.as_str())).collect::<Vec<_>>())
}

fn person(registers: &Registers, id: &PersonId) -> Option<Staff> {
    let person = registers.person(id).filter(|person| !person.mail.is_empty())?;
    Some(Staff { name: person.name.clone(), mail: person.mail.clone() })
}

fn author(works: &Works, path: &str) -> Option<Staff> {
    works.sources.author(path).map(|by| Staff { name: by.name, mail: by.mail })
}

fn unique(people: Vec<Staff>) -> Vec<Staff> {
    let mut kept: Vec<Staff> = Vec::new();
    for person in people {
        if !kept.iter().any(|known| known.mail.eq_ignore_ascii_case(&person.mail)) {
            kept.push(person);
        }
    }
    kept
}
