//! Unsubscribing, and muting one incident.

use axum::extract::Path;
use axum::response::Response;

use super::super::pages::{Button, Link, Say};
use super::visit::{Visit, id};
use crate::outbox::Purpose;
use crate::text::Slug;

/// The page with the button, and the way to less mail instead of none.
pub(super) async fn unsubscribe_page(visit: Visit, Path(token): Path<String>) -> Response {
    let reader = match visit.reader(&token, Purpose::Unsubscribe).await {
        Ok(reader) => reader,
        Err(answer) => return *answer,
    };
    let pages = visit.pages(visit.lang_of(&reader), Some(""));
    visit.ok(pages.say(&Say {
        title: pages.word("signup.unsubscribe_title"),
        lead: vec![pages.word("signup.unsubscribe_lead")],
        forms: vec![Button { button: pages.word("signup.unsubscribe"), ..Button::default() }],
        links: vec![visit.preferences(&reader, pages.word("signup.less"))],
    }))
}

/// RFC 8058: whatever the body holds, and however often. Also the button's.
pub(super) async fn unsubscribe(visit: Visit, Path(token): Path<String>) -> Response {
    let reader = match visit.reader(&token, Purpose::Unsubscribe).await {
        Ok(reader) => reader,
        Err(answer) => return *answer,
    };
    let id = id(&reader);
    if let Err(answer) = visit.ledger(move |ledger| ledger.leave(id)).await {
        return *answer;
    }
    visit.happened("left");
    let pages = visit.pages(visit.lang_of(&reader), None);
    let href = format!("{}/data", visit.link('p', Purpose::Preferences, &reader));
    let data = Link { href, says: pages.word("signup.data") };
    visit.ok(pages.tell("signup.left_title", &["signup.left", "signup.left_erase"], vec![data]))
}

pub(super) async fn mute_page(visit: Visit, Path((token, incident)): Path<(String, String)>) -> Response {
    let reader = match visit.reader(&token, Purpose::Mute).await {
        Ok(reader) => reader,
        Err(answer) => return *answer,
    };
    let lang = visit.lang_of(&reader);
    let pages = visit.pages(lang, Some(""));
    let Some(timeline) = visit.shown.timelines.get(&Slug::from(incident.as_str())) else {
        return visit.missing();
    };
    let title = visit.shown.title(&timeline.incident, lang);
    visit.ok(pages.say(&Say {
        title: pages.word("signup.mute_title"),
        lead: vec![pages.strings().say("signup.mute_lead", &[("title", title)])],
        forms: vec![Button { button: pages.word("signup.mute"), ..Button::default() }],
        links: vec![visit.preferences(&reader, pages.word("signup.less"))],
    }))
}

pub(super) async fn mute(visit: Visit, Path((token, incident)): Path<(String, String)>) -> Response {
    let reader = match visit.reader(&token, Purpose::Mute).await {
        Ok(reader) => reader,
        Err(answer) => return *answer,
    };
    let (id, now, slug) = (id(&reader), visit.now(), Slug::from(incident.as_str()));
    match visit.ledger(move |ledger| ledger.mute(id, &slug, now)).await {
        Ok(true) => {}
        Ok(false) => return visit.missing(),
        Err(answer) => return *answer,
    }
    visit.happened("muted");
    let pages = visit.pages(visit.lang_of(&reader), None);
    let links = vec![visit.preferences(&reader, pages.word("signup.change"))];
    visit.ok(pages.tell("signup.muted_title", &["signup.muted"], links))
}
