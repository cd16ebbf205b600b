//! What a reader gets, and what is kept about them.

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::super::fields::Fields;
use super::super::form::{self, Choices};
use super::super::pages::{Button, Link, Say};
use super::super::{answer, own};
use super::visit::{Visit, id};
use crate::outbox::{Address, Follows, Purpose, SignUp, SignedUp, Subscriber, SubscriberState, Via};

pub(super) async fn page(visit: Visit, Path(token): Path<String>) -> Response {
    let reader = match reader(&visit, &token).await {
        Ok(reader) => reader,
        Err(answer) => return *answer,
    };
    let choices = Choices {
        services: reader.services.clone(),
        areas: reader.areas.clone(),
        follows: reader.follows.clone(),
        pace: reader.pace,
        language: visit.shown.served.language(&reader.language).unwrap_or_default().to_owned(),
        hours: reader.hours.clone(),
    };
    let pages = visit.pages(visit.lang_of(&reader), Some(""));
    visit.ok(pages.preferences(&reader, &choices, &[], data(&visit, &reader)))
}

pub(super) async fn keep(visit: Visit, Path(token): Path<String>, body: Bytes) -> Response {
    let reader = match reader(&visit, &token).await {
        Ok(reader) => reader,
        Err(answer) => return *answer,
    };
    let fields = Fields::read(&body);
    let mut faults = Vec::new();
    let mut choices = form::choices(&fields, &visit.shown, visit.lang_of(&reader), &mut faults);
    // What a reader follows stays; the form adds to it.
    let nothing_else = reader.follows.nothing_else && fields.get("widen").is_empty();
    let known = reader.follows.incidents.iter().cloned();
    choices.follows = Follows { incidents: known.chain(choices.follows.incidents).collect(), nothing_else };
    if !faults.is_empty() {
        let pages = visit.pages(visit.lang_of(&reader), None);
        let page = pages.preferences(&reader, &choices, &faults, data(&visit, &reader));
        return visit.answer(StatusCode::UNPROCESSABLE_ENTITY, page);
    }
    let Ok(email) = Address::read(&reader.email) else { return visit.void() };
    let wishes = SignUp {
        name: reader.name.clone(),
        email,
        services: choices.services,
        areas: choices.areas,
        follows: choices.follows,
        language: choices.language,
        pace: choices.pace,
        hours: choices.hours,
    };
    let now = visit.now();
    match visit.ledger(move |ledger| ledger.sign_up(&[wishes], Via::Reader, now)).await {
        Ok(kept) if kept.iter().any(|kept| matches!(kept, SignedUp::Barred(_))) => return visit.void(),
        Ok(_) => {}
        Err(answer) => return *answer,
    }
    visit.happened("changed");
    visit.service.counter.ring();
    let pages = visit.pages(visit.lang_of(&reader), None);
    let change = visit.preferences(&reader, pages.word("signup.change"));
    visit.ok(pages.tell("signup.kept_title", &["signup.kept"], vec![change]))
}

/// Also for those who left: what is kept about them is theirs still.
pub(super) async fn data_page(visit: Visit, Path(token): Path<String>) -> Response {
    match visit.reader(&token, Purpose::Preferences).await {
        Ok(reader) => visit.ok(data_page_of(&visit, &reader, "signup.data_lead", Some(""))),
        Err(answer) => *answer,
    }
}

fn data_page_of(visit: &Visit, reader: &Subscriber, lead: &str, switch: Option<&str>) -> Vec<u8> {
    let pages = visit.pages(visit.lang_of(reader), switch);
    let at = |what| format!("{}/{what}", visit.link('p', Purpose::Preferences, reader));
    pages.say(&Say {
        title: pages.word("signup.data_title"),
        lead: vec![pages.word(lead)],
        forms: vec![
            Button {
                action: at("export"),
                heading: pages.word("signup.export_heading"),
                button: pages.word("signup.export"),
                ..Button::default()
            },
            Button {
                action: at("erase"),
                heading: pages.word("signup.erase_heading"),
                says: pages.word("signup.erase_says"),
                tick: pages.word("signup.erase_sure"),
                button: pages.word("signup.erase"),
                grave: true,
            },
        ],
        links: Vec::new(),
    })
}

pub(super) async fn export(visit: Visit, Path(token): Path<String>) -> Response {
    let reader = match visit.reader(&token, Purpose::Preferences).await {
        Ok(reader) => reader,
        Err(answer) => return *answer,
    };
    let id = id(&reader);
    match visit.ledger(move |ledger| ledger.history(id)).await {
        Ok(Some(history)) => {
            visit.happened("exported");
            answer::file("attachment; filename=\"my-data.json\"", "application/json", own::export(&history))
        }
        Ok(None) => visit.void(),
        Err(answer) => *answer,
    }
}

pub(super) async fn erase(visit: Visit, Path(token): Path<String>, body: Bytes) -> Response {
    let reader = match visit.reader(&token, Purpose::Preferences).await {
        Ok(reader) => reader,
        Err(answer) => return *answer,
    };
    if Fields::read(&body).get("sure") != "yes" {
        let page = data_page_of(&visit, &reader, "signup.erase_first", None);
        return visit.answer(StatusCode::UNPROCESSABLE_ENTITY, page);
    }
    let (id, now) = (id(&reader), visit.now());
    if let Err(answer) = visit.ledger(move |ledger| ledger.forget(id, now)).await {
        return *answer;
    }
    visit.happened("erased");
    let lang = visit.lang_of(&reader);
    visit.ok(visit.pages(lang, None).tell(
        "signup.erased_title",
        &["signup.erased"],
        vec![visit.form_link(lang)],
    ))
}

/// A reader who gets mail.
async fn reader(visit: &Visit, token: &str) -> Result<Subscriber, Box<Response>> {
    let reader = visit.reader(token, Purpose::Preferences).await?;
    if reader.state == SubscriberState::Confirmed { Ok(reader) } else { Err(Box::new(visit.void())) }
}

fn data(visit: &Visit, reader: &Subscriber) -> Link {
    let says = visit.pages(visit.lang_of(reader), None).word("signup.data");
    Link { href: format!("{}/data", visit.link('p', Purpose::Preferences, reader)), says }
}
