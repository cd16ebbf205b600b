//! "Did this tell you what you needed?": an answer to a statement, without a name.

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::super::fields::Fields;
use super::super::pages::{Answering, Link};
use super::visit::Visit;
use crate::outbox::{Address, Feedback, LONGEST_WORDS};
use crate::text::Slug;
use crate::timeline::{Statement, Timeline, When};

type Where = Path<(String, String)>;

pub(super) async fn page(visit: Visit, Path((incident, stamp)): Where) -> Response {
    match statement(&visit, &incident, &stamp) {
        Some((timeline, said)) => visit.ok(form(&visit, timeline, said, &Fields::default(), "", Some(""))),
        None => visit.missing(),
    }
}

pub(super) async fn keep(visit: Visit, Path((incident, stamp)): Where, body: Bytes) -> Response {
    let Some((timeline, said)) = statement(&visit, &incident, &stamp) else { return visit.missing() };
    if let Err(later) = visit.count() {
        return *later;
    }
    let fields = Fields::read(&body);
    let contact = fields.get("contact");
    let address = Address::read(contact);
    let wrong = match (fields.get("helped"), contact.is_empty() || address.is_ok()) {
        ("yes" | "no", true) => None,
        ("yes" | "no", false) => Some("signup.email_wrong"),
        _ => Some("signup.helped_missing"),
    };
    if let Some(key) = wrong {
        let page = form(&visit, timeline, said, &fields, &visit.pages(visit.lang(), None).word(key), None);
        return visit.answer(StatusCode::UNPROCESSABLE_ENTITY, page);
    }
    if !fields.get("website").is_empty() {
        visit.happened("trapped");
    } else {
        let feedback = Feedback {
            at: visit.now(),
            incident: timeline.incident.slug.clone(),
            statement: said.id.clone(),
            helped: Some(fields.get("helped") == "yes"),
            words: fields.line("words", LONGEST_WORDS),
            contact: address.map(|address| address.as_str().to_owned()).unwrap_or_default(),
        };
        if !visit.service.clerk.say(feedback).await {
            return visit.trouble();
        }
        visit.happened("feedback");
    }
    let pages = visit.pages(visit.lang(), None);
    let back = Link { href: back(&visit, timeline, said), says: pages.word("signup.back") };
    visit.ok(pages.tell("signup.thanks_title", &["signup.thanks"], vec![back]))
}

fn statement<'a>(visit: &'a Visit, incident: &str, stamp: &str) -> Option<(&'a Timeline, &'a Statement)> {
    let timeline = visit.shown.timelines.get(&Slug::from(incident))?;
    let said = timeline.statements.iter().find(|statement| statement.id.stamp() == stamp)?;
    Some((timeline, said))
}

fn back(visit: &Visit, timeline: &Timeline, said: &Statement) -> String {
    format!("{}#{}", visit.shown.served.incident(visit.lang(), &timeline.incident), said.id.stamp())
}

fn form(
    visit: &Visit,
    timeline: &Timeline,
    said: &Statement,
    fields: &Fields,
    wrong: &str,
    switch: Option<&str>,
) -> Vec<u8> {
    let lang = visit.lang();
    let pages = visit.pages(lang, switch);
    let time = When::new(&visit.shown.settings.zone, &pages.strings().lang).full(said.at);
    let title = visit.shown.title(&timeline.incident, lang);
    pages.answering(&Answering {
        title: &pages.word("signup.feedback_title"),
        about: pages.strings().say("signup.feedback_about", &[("title", title), ("time", &time)]),
        wrong,
        helped: fields.get("helped"),
        words: &fields.line("words", LONGEST_WORDS),
        contact: fields.get("contact"),
        back: back(visit, timeline, said),
    })
}
