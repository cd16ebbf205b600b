//! Asking for mail, and confirming it.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use tokio::time::{Instant, sleep_until};

use super::super::fields::Fields;
use super::super::form::{self, Fault};
use super::super::pages::{Button, Say};
use super::visit::{Visit, id};
use crate::outbox::{Asked, Purpose, SignUp, SubscriberState};

/// No answer to a sign-up comes sooner than this, and the books need less: so the time tells nothing about an address.
const ANSWER_AFTER: Duration = Duration::from_millis(25);

pub(super) async fn form(visit: Visit) -> Response {
    let lang = visit.lang();
    let mut faults = Vec::new();
    let choices = form::choices(&visit.query, &visit.shown, lang, &mut faults);
    // Choices in the address that are not there any more are simply not ticked.
    let incident =
        choices.follows.incidents.first().map(|slug| format!("incident={slug}")).unwrap_or_default();
    let page = visit.pages(lang, Some(&incident)).sign_up(&Fields::default(), &choices, &[]);
    visit.ok(page)
}

pub(super) async fn subscribe(visit: Visit, body: Bytes) -> Response {
    let answer_at = Instant::now() + ANSWER_AFTER;
    if let Err(later) = visit.count() {
        return *later;
    }
    let fields = Fields::read(&body);
    let lang = visit.shown.served.language(fields.get("lang")).unwrap_or(visit.lang()).to_owned();
    let mut faults: Vec<Fault> = Vec::new();
    let choices = form::choices(&fields, &visit.shown, &lang, &mut faults);
    let address = form::address(&fields, &mut faults);
    let Some(email) = address.filter(|_| faults.is_empty()) else {
        visit.happened("form_faulty");
        let page = visit.pages(&lang, None).sign_up(&fields, &choices, &faults);
        return visit.answer(StatusCode::UNPROCESSABLE_ENTITY, page);
    };
    // A field that people do not see: who fills it in fills in everything.
    if !fields.get("website").is_empty() {
        visit.happened("trapped");
    } else {
        let form = SignUp {
            name: String::new(),
            email,
            services: choices.services,
            areas: choices.areas,
            follows: choices.follows,
            language: choices.language,
            pace: choices.pace,
            hours: choices.hours,
        };
        match visit.service.clerk.ask(form).await {
            Some(Asked::Written) => visit.happened("asked"),
            Some(Asked::TooSoon) => visit.happened("asked_again"),
            None => {
                sleep_until(answer_at).await;
                return visit.trouble();
            }
        }
    }
    let page =
        visit.pages(&lang, None).tell("signup.sent_title", &["signup.sent", "signup.sent_again"], Vec::new());
    sleep_until(answer_at).await;
    visit.ok(page)
}

pub(super) async fn confirm_page(visit: Visit, Path(token): Path<String>) -> Response {
    let reader = match visit.reader(&token, Purpose::Confirm).await {
        Ok(reader) => reader,
        Err(answer) => return *answer,
    };
    let pages = visit.pages(visit.lang_of(&reader), Some(""));
    match reader.state {
        SubscriberState::Confirmed => {
            visit.ok(pages.tell("signup.confirmed_title", &["signup.confirmed"], vec![]))
        }
        SubscriberState::Unconfirmed => visit.ok(pages.say(&Say {
            title: pages.word("signup.confirm_title"),
            lead: vec![reader.email.clone(), pages.about(&reader)],
            forms: vec![Button { button: pages.word("signup.confirm"), ..Button::default() }],
            links: Vec::new(),
        })),
        SubscriberState::Left | SubscriberState::Refused => visit.void(),
    }
}

pub(super) async fn confirm(visit: Visit, Path(token): Path<String>) -> Response {
    let reader = match visit.reader(&token, Purpose::Confirm).await {
        Ok(reader) => reader,
        Err(answer) => return *answer,
    };
    let (id, now) = (id(&reader), visit.now());
    match visit.ledger(move |ledger| ledger.confirm(id, now)).await {
        Ok(true) => {}
        Ok(false) => return visit.void(),
        Err(answer) => return *answer,
    }
    visit.happened("confirmed");
    visit.service.counter.ring();
    let pages = visit.pages(visit.lang_of(&reader), None);
    let change = visit.preferences(&reader, pages.word("signup.change"));
    visit.ok(pages.tell("signup.confirmed_title", &["signup.confirmed"], vec![change]))
}
