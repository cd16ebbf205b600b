//! The site in the words of `/api/candor/v1/`.

use std::collections::{BTreeMap, HashMap};

use super::super::facts::class;
use super::super::feed::second;
use super::super::front::Headline;
use super::super::index;
use super::super::plain;
use super::super::record::RECORD;
use super::super::shown::{Phase, Shown};
use super::super::voice::{Voice, written};
use super::shape::{
    Affected, Area, Contact, Due, Estimate, Fix, Head, Incident, Month, MonthLink, Person, Promise, Service,
    Site, Statement, Summary, Touched, Window,
};
use super::{FOLDER, document, entrance, live, recent, told};
use crate::content;
use crate::text::PersonId;
use crate::timeline::{
    PromiseState, Promised, RecordLine, StatementId, StatementKind, Tally, Timeline, Words,
};

const VERSION: u8 = 1;

pub(super) fn site<'s>(site: &'s index::Site<'_>) -> Site<'s> {
    let (settings, registers) = (site.view.settings, site.view.registers);
    let (root, contact) = (&settings.base_url, &settings.contact);
    let headline = Headline::of(site);
    Site {
        kind: "site",
        version: VERSION,
        name: &settings.name,
        id_domain: &settings.id_domain,
        url: root,
        time_zone: settings.zone.iana_name().unwrap_or("Etc/UTC"),
        languages: &settings.languages,
        contact: Contact {
            phone: &contact.phone,
            mail: &contact.mail,
            hours: &contact.hours,
            place: &contact.place,
        },
        state: class(site.states.values().copied().max().unwrap_or_default()),
        headline: site.tongues.iter().map(|tongue| (tongue.lang, headline.plain(tongue))).collect(),
        services: (registers.services.iter())
            .map(|service| Service {
                id: service.id.as_str(),
                name: &service.name,
                group: &service.group,
                description: &service.description,
                state: class(site.state_of(service)),
                url: format!("{root}/services/{}/", service.id),
            })
            .collect(),
        areas: (registers.areas.iter())
            .map(|area| Area {
                id: area.id.as_str(),
                name: &area.name,
                part_of: area.part_of.as_ref().map(|area| area.as_str()),
                postcodes: &area.postcodes,
                url: format!("{root}/areas/{}/", area.id),
            })
            .collect(),
        people: people(site),
        live: live(site).map(|shown| summary(site, shown)).collect(),
        recent: recent(site).map(|shown| summary(site, shown)).collect(),
        open_promises: told(site)
            .flat_map(|shown| &shown.timeline.promises)
            .filter(|promise| promise.state == PromiseState::Open)
            .map(|promise| self::promise(site, promise))
            .collect(),
        months: (site.order.by_month.iter().rev())
            .map(|((year, month), of)| MonthLink {
                month: format!("{year}-{month:02}"),
                count: of.len(),
                api: format!("{root}/{FOLDER}months/{year}-{month:02}.json"),
            })
            .collect(),
        record: head(site),
    }
}

/// How far the record is.
pub(in crate::site) fn head<'s>(site: &'s index::Site<'_>) -> Head<'s> {
    let record = site.view.record;
    Head {
        url: format!("{}/{RECORD}", site.view.settings.base_url),
        lines: record.lines().len(),
        head: record.last_hash(),
    }
}

/// Who answers for what is listed, in the order of the register.
fn people<'s>(site: &'s index::Site<'_>) -> Vec<Person<'s>> {
    let owners: Vec<&PersonId> =
        entrance(site).filter_map(|shown| shown.timeline.facts.owner.as_ref()).collect();
    let shown = site.view.registers.people.iter().filter(|person| owners.contains(&&person.id));
    let person = |person: &'s content::Person| Person {
        id: person.id.as_str(),
        name: &person.name,
        role: &person.role,
        phone: &person.phone,
        mail: &person.mail,
        hours: &person.hours,
    };
    shown.map(person).collect()
}

pub(super) fn month<'s>(site: &'s index::Site<'_>, item: usize) -> Month<'s> {
    let (year, number, of) =
        site.order.by_month.iter().nth(item).map_or((0, 0, [].as_slice()), |((y, m), of)| (*y, *m, of));
    let of = || of.iter().map(|place| &site.order.shown[*place]).filter(|shown| !shown.incident().draft);
    let mut tally = Tally::default();
    for shown in of().filter(|shown| !shown.incident().imported) {
        tally += shown.timeline.tally(&site.view.settings.plans);
    }
    Month {
        kind: "month",
        version: VERSION,
        month: format!("{year}-{number:02}"),
        incidents: of().map(|shown| summary(site, shown)).collect(),
        promises: of().flat_map(|shown| &shown.timeline.promises).map(|made| promise(site, made)).collect(),
        tally,
    }
}

fn summary<'s>(site: &'s index::Site<'_>, shown: &'s Shown) -> Summary<'s> {
    let (timeline, incident, root) = (&shown.timeline, shown.incident(), &site.view.settings.base_url);
    let said = timeline.statements.iter().map(|said| said.said_at()).max();
    Summary {
        id: incident.slug.as_str(),
        kind: kind(shown),
        title: &incident.title.value,
        phase: phase(shown.phase),
        status: status(timeline),
        severity: timeline.facts.severity.word(),
        services: timeline.facts.services.iter().map(|service| service.as_str()).collect(),
        areas: timeline.facts.areas.iter().map(|area| area.as_str()).collect(),
        started: second(shown.start()),
        ended: timeline.ended.map(second),
        window: window(timeline),
        due: due(timeline),
        statements: timeline.statements.len(),
        updated: second(said.unwrap_or(incident.started.value)),
        url: format!("{root}/{}", shown.href),
        api: format!("{root}/{FOLDER}{}", document(shown)),
    }
}

pub(super) fn incident<'s>(site: &'s index::Site<'_>, shown: &'s Shown) -> Incident<'s> {
    let (timeline, incident) = (&shown.timeline, shown.incident());
    let url = format!("{}/{}", site.view.settings.base_url, shown.href);
    let voices: Vec<Voice<'_>> =
        site.tongues.iter().map(|tongue| Voice::new(site, tongue, incident).at(&url)).collect();
    let lines: HashMap<&StatementId, &RecordLine> =
        site.view.record.of_incident(incident).map(|line| (&line.id, line)).collect();
    let mut title: BTreeMap<&str, &str> =
        BTreeMap::from([(incident.lang.as_str(), incident.title.value.as_str())]);
    for translation in &incident.translations {
        title.extend(
            translation.title.as_ref().map(|title| (translation.lang.as_str(), title.value.as_str())),
        );
    }
    let facts = &timeline.facts;
    Incident {
        kind: kind(shown),
        version: VERSION,
        id: incident.slug.as_str(),
        lang: &incident.lang,
        title,
        phase: phase(shown.phase),
        status: status(timeline),
        severity: facts.severity.word(),
        services: (facts.services.iter())
            .map(|id| Touched { id: id.as_str(), state: timeline.states.get(id).map(|state| class(*state)) })
            .collect(),
        areas: facts.areas.iter().map(|area| area.as_str()).collect(),
        owner: facts.owner.as_ref().map(|owner| owner.as_str()),
        cause: incident.cause.as_ref().map(|cause| cause.value.as_str()),
        related: incident.related.iter().map(|related| related.value.as_str()).collect(),
        aliases: incident.aliases.iter().map(|alias| alias.as_str()).collect(),
        imported: incident.imported,
        being_corrected: site.unreadable.contains(&incident.slug),
        delayed: timeline.delayed,
        started: second(incident.started.value),
        ended: timeline.ended.map(second),
        reopened: timeline.reopened,
        window: window(timeline),
        due: due(timeline),
        review_due: timeline.review_due.map(second),
        affected: facts.affected.as_ref().map(affected),
        expected_fix: facts.expected_fix.as_ref().map(fix),
        actions: actions(&voices, timeline),
        estimates: (timeline.estimates.iter())
            .map(|estimate| Estimate {
                statement: estimate.statement.as_str(),
                said_at: second(estimate.said_at),
                at: estimate.fix.at.map(second),
                because: &estimate.fix.because,
                passed: estimate.passed,
            })
            .collect(),
        promises: timeline.promises.iter().map(|made| promise(site, made)).collect(),
        statements: (timeline.statements.iter())
            .map(|said| statement(site, &voices, &url, said, lines.get(&said.id).copied()))
            .collect(),
        url,
    }
}

/// "What you can do" in each language that it is written in.
fn actions<'s>(voices: &[Voice<'s>], timeline: &'s Timeline) -> BTreeMap<&'s str, String> {
    let spoken = |voice: &Voice<'s>| {
        let (text, span, lang) = voice.actions_source(timeline.facts.actions)?;
        let words = plain::text(voice, text, span);
        (!words.is_empty()).then_some((lang, words))
    };
    by_language(voices, spoken)
}

/// Words by language, each said by the voice of that language where there is one: another's would put its own words
/// around a text that is not translated.
fn by_language<'s>(
    voices: &[Voice<'s>],
    say: impl Fn(&Voice<'s>) -> Option<(&'s str, String)>,
) -> BTreeMap<&'s str, String> {
    let mut words = BTreeMap::new();
    for voice in voices {
        let Some((lang, text)) = say(voice) else { continue };
        if voice.tongue.wants(lang) {
            words.insert(lang, text);
        } else {
            words.entry(lang).or_insert(text);
        }
    }
    words
}

fn statement<'s>(
    site: &'s index::Site<'_>,
    voices: &[Voice<'s>],
    url: &str,
    said: &'s crate::timeline::Statement,
    line: Option<&'s RecordLine>,
) -> Statement<'s> {
    let text = |voice: &Voice<'s>| {
        let lang = match written(said) {
            Some(index) => voice.update(index)?.lang,
            None => voice.composed(said).map_or(site.view.settings.default_language(), |(_, lang)| lang),
        };
        Some((lang, plain::body(voice, said)))
    };
    Statement {
        id: said.id.as_str(),
        kind: said.kind.word(),
        url: format!("{url}#{}", said.id.stamp()),
        at: second(said.at),
        published_at: said.published_at.map(second),
        due: said.due.map(second),
        by: said.by.as_ref().map(|by| by.as_str()),
        text: (said.words != Words::Retracted).then(|| by_language(voices, text)),
        missed: said.missed.iter().map(|slot| second(*slot)).collect(),
        backdated: said.backdated,
        archived: said.archived,
        reopens: said.reopens,
        corrects: said.corrects.as_ref().map(StatementId::as_str),
        corrected_by: said.corrected_by.iter().map(StatementId::as_str).collect(),
        text_hash: line.map(|line| line.text_hash.as_str()),
        hash: line.map(|line| line.hash.as_str()),
    }
}

fn promise<'s>(site: &'s index::Site<'_>, made: &'s Promised) -> Promise<'s> {
    Promise {
        what: &made.what,
        who: site.person_name(&made.who),
        by: second(made.by),
        whole_day: made.whole_day,
        statement: made.statement.as_str(),
        made_at: second(made.made_at),
        state: match made.state {
            PromiseState::Open => "open",
            PromiseState::Kept => "kept",
            PromiseState::KeptLate => "kept-late",
            PromiseState::Missed => "missed",
            PromiseState::Withdrawn => "withdrawn",
        },
        settled_at: made.settled_at.map(second),
        because: made.because.as_deref(),
    }
}

fn kind(shown: &Shown) -> &'static str {
    if shown.planned { "maintenance" } else { "incident" }
}

fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Open => "open",
        Phase::Upcoming => "upcoming",
        Phase::UnderWay => "under-way",
        Phase::Overdue => "overdue",
        Phase::Over => "over",
    }
}

fn status(timeline: &Timeline) -> Option<String> {
    timeline.status.map(|status| StatementKind::Update(status).word())
}

fn window(timeline: &Timeline) -> Option<Window> {
    timeline.facts.window.map(|window| Window { start: second(window.start), end: second(window.end) })
}

fn due(timeline: &Timeline) -> Option<Due> {
    timeline.due.as_ref().map(|due| Due { at: second(due.at), late: due.late })
}

fn affected(affected: &content::Affected) -> Affected<'_> {
    match affected {
        content::Affected::Figure { figure, how } => Affected::Figure { figure, how },
        content::Affected::Everyone => Affected::Everyone,
        content::Affected::NotKnown { because } => Affected::No { because },
    }
}

fn fix(fix: &content::ExpectedFix) -> Fix<'_> {
    Fix { at: fix.at.map(second), because: &fix.because }
}
