//! Following one incident beside what a reader gets already.

use axum::extract::Path;
use axum::response::Response;

use super::super::pages::{Button, Say};
use super::visit::{Visit, id};
use crate::outbox::{Purpose, SubscriberState};
use crate::text::Slug;

pub(super) async fn page(visit: Visit, Path((token, incident)): Path<(String, String)>) -> Response {
    let reader = match visit.reader(&token, Purpose::Follow).await {
        Ok(reader) if reader.state == SubscriberState::Confirmed => reader,
        Ok(_) => return visit.void(),
        Err(answer) => return *answer,
    };
    let lang = visit.lang_of(&reader);
    let Some(timeline) = visit.shown.timelines.get(&Slug::from(incident.as_str())) else {
        return visit.missing();
    };
    let pages = visit.pages(lang, Some(""));
    let title = visit.shown.title(&timeline.incident, lang);
    visit.ok(pages.say(&Say {
        title: pages.word("signup.follow_too"),
        lead: vec![pages.strings().say("signup.follow_beside", &[("title", title)])],
        forms: vec![Button { button: pages.word("signup.follow_too"), ..Button::default() }],
        links: vec![visit.preferences(&reader, pages.word("signup.change"))],
    }))
}

pub(super) async fn follow(visit: Visit, Path((token, incident)): Path<(String, String)>) -> Response {
    let reader = match visit.reader(&token, Purpose::Follow).await {
        Ok(reader) => reader,
        Err(answer) => return *answer,
    };
    let (id, now, slug) = (id(&reader), visit.now(), Slug::from(incident.as_str()));
    if !visit.shown.timelines.contains_key(&slug) {
        return visit.missing();
    }
    match visit.ledger(move |ledger| ledger.follow(id, &slug, now)).await {
        Ok(true) => {}
        Ok(false) => return visit.void(),
        Err(answer) => return *answer,
    }
    visit.happened("followed");
    visit.service.counter.ring();
    let pages = visit.pages(visit.lang_of(&reader), None);
    let change = visit.preferences(&reader, pages.word("signup.change"));
    visit.ok(pages.tell("signup.kept_title", &["signup.kept"], vec![change]))
}
