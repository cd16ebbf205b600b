//! JSON-LD (schema.org): one block on a page, of the type that the page is about.

use serde_json::{Value, json};

use super::start;
use crate::content::Status;
use crate::site::feed::second;
use crate::site::index::Site;
use crate::site::plain;
use crate::site::shown::Shown;
use crate::site::statement::label;
use crate::site::voice::Voice;
use crate::timeline::Statement;

/// How many statements are in it, the latest ones, and how much of each, in characters: a page on a bad line is short.
const TOLD: usize = 10;
const WORDS: usize = 240;

/// Who speaks: on the front page.
pub(super) fn organisation(site: &Site<'_>, lang: &str) -> String {
    let (settings, contact) = (site.view.settings, &site.view.settings.contact);
    let mut value = json!({
        "@context": "https://schema.org",
        "@type": "GovernmentOrganization",
        "name": settings.name,
        "url": settings.base_url,
    });
    for (key, text) in
        [("telephone", &*contact.phone), ("email", &*contact.mail), ("address", contact.place.said_in(lang))]
    {
        if !text.is_empty() {
            value[key] = json!(text);
        }
    }
    block(&value)
}

/// What was said about an incident.
pub(super) fn live_blog(site: &Site<'_>, voice: &Voice<'_>, shown: &Shown, url: &str) -> String {
    let timeline = &shown.timeline;
    let author = json!({ "@type": "Organization", "name": site.view.settings.name, "url": site.view.settings.base_url });
    let first = timeline.statements.iter().map(Statement::said_at).min();
    let last = timeline.statements.iter().map(Statement::said_at).max();
    let update = |said: &Statement| {
        json!({
            "@type": "BlogPosting",
            "headline": label(voice, said.kind),
            "datePublished": second(said.said_at()),
            "url": format!("{url}#{}", said.id.stamp()),
            "articleBody": start(&plain::body(voice, said), WORDS),
        })
    };
    let mut value = json!({
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "headline": voice.plain_title(),
        "url": url,
        "mainEntityOfPage": url,
        "inLanguage": voice.tongue.lang,
        "coverageStartTime": second(shown.start()),
        "datePublished": second(first.unwrap_or(shown.start())),
        "dateModified": second(last.unwrap_or(shown.start())),
        "author": author,
        "publisher": author,
        "liveBlogUpdate": timeline.statements.iter().rev().take(TOLD).map(update).collect::<Vec<_>>(),
    });
    if let Some(ended) = timeline.ended {
        value["coverageEndTime"] = json!(second(ended));
    }
    block(&value)
}

/// Planned work.
pub(super) fn event(site: &Site<'_>, voice: &Voice<'_>, shown: &Shown, url: &str) -> String {
    let timeline = &shown.timeline;
    let place = |name: &str| json!({ "@type": "Place", "name": name, "address": name });
    let mut places: Vec<Value> =
        timeline.facts.areas.iter().map(|area| place(site.area_name(voice.tongue, area))).collect();
    if places.is_empty() {
        places.push(place(&site.view.settings.name));
    }
    let standing = timeline.series.iter().find(|one| Some(one.window) == timeline.facts.window);
    let planned = standing.map_or(timeline.incident.started.value, |one| one.planned);
    let moved = timeline.facts.window.is_some_and(|window| window.start != planned);
    let status = match timeline.status {
        Some(Status::Cancelled) => "https://schema.org/EventCancelled",
        _ if moved => "https://schema.org/EventRescheduled",
        _ => "https://schema.org/EventScheduled",
    };
    let mut value = json!({
        "@context": "https://schema.org",
        "@type": "Event",
        "name": voice.plain_title(),
        "url": url,
        "inLanguage": voice.tongue.lang,
        "startDate": second(shown.start()),
        "eventStatus": status,
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": places,
        "organizer": { "@type": "Organization", "name": site.view.settings.name, "url": site.view.settings.base_url },
    });
    if let Some(window) = timeline.facts.window {
        value["endDate"] = json!(second(window.end));
    }
    if moved {
        value["previousStartDate"] = json!(second(planned));
    }
    block(&value)
}

/// As an element. A text in it cannot end the element.
fn block(value: &Value) -> String {
    let json = value.to_string().replace('<', "\\u003c");
    format!("\n<script type=\"application/ld+json\">{json}</script>")
}
