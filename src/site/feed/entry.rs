//! One statement as an entry of a feed: only what was said, and nothing that came later.

use std::fmt::Write as _;

use jiff::Timestamp;

use super::super::facts::{Row, said_rows};
use super::super::index::Site;
use super::super::shown::Shown;
use super::super::statement::{body, label, section_body, told};
use super::super::tongue::{Passage, Tongue};
use super::super::voice::{Voice, written};
use crate::prose::escaped;
use crate::theme::Html;
use crate::timeline::{Statement, StatementId, Words};

/// What every format says of a statement.
#[derive(Debug)]
pub(super) struct Entry {
    /// A `tag:` URI (RFC 4151); never changes.
    pub(super) id: String,
    pub(super) title: String,
    /// Absolute address of the statement on its page.
    pub(super) link: String,
    pub(super) at: Timestamp,
    pub(super) html: String,
    /// Names of the services that it is about.
    pub(super) services: Vec<String>,
}

impl Entry {
    /// `root` is the absolute address of the site in this language.
    pub(super) fn new(
        site: &Site<'_>,
        tongue: &Tongue<'_>,
        shown: &Shown,
        statement: &Statement,
        root: &str,
    ) -> Self {
        let page = format!("{root}{}", shown.href);
        let voice = Voice::new(site, tongue, shown.incident()).at(&page);
        let translated = written(statement)
            .and_then(|index| voice.update(index))
            .is_some_and(|spoken| spoken.lang != shown.incident().lang);
        let mut id = tag(&site.view.settings.id_domain, statement);
        if translated {
            let _ = write!(id, "/{}", tongue.lang);
        }
        let label = label(&voice, statement.kind);
        let services = statement.facts.services.iter();
        Self {
            id,
            title: format!("{label}: {}", voice.plain_title()),
            link: format!("{page}#{}", statement.id.stamp()),
            at: statement.said_at(),
            html: content(site, &voice, shown, statement, &label),
            services: services.map(|service| site.service_name(tongue, service).to_owned()).collect(),
        }
    }
}

fn content(site: &Site<'_>, voice: &Voice<'_>, shown: &Shown, statement: &Statement, label: &str) -> String {
    let tongue = voice.tongue;
    let mut html = String::with_capacity(2048);
    let mut paragraph = |words: &str| {
        let _ = writeln!(html, "<p>{words}</p>");
    };
    let time = tongue.moment(statement.at);
    paragraph(&format!("<strong>{}</strong> {}", escaped(label), time.as_str()));
    if statement.words == Words::Retracted {
        paragraph(tongue.say("statement.taken_down", &[]).as_str());
        return html;
    }
    for note in told(voice, &shown.timeline, statement) {
        paragraph(note.as_str());
    }
    let mut said = String::new();
    if let Some(index) = written(statement) {
        for row in said_rows(site, voice, &shown.timeline, index, statement) {
            paragraph(&fact(&row));
        }
        if let Some(spoken) = voice.update(index) {
            for section in &spoken.update.sections {
                let _ = writeln!(said, "<h3>{}</h3>", escaped(&section.heading.value));
                said.push_str(&marked(section_body(voice, spoken, section, false).as_ref()));
            }
        }
    }
    let spoken = written(statement).and_then(|index| voice.update(index));
    html.push_str(&marked(body(voice, statement, spoken).as_ref()));
    html.push_str(&said);
    if let Some(due) = statement.due {
        let time = tongue.moment(due);
        let _ = writeln!(html, "<p>{}</p>", tongue.say("due.said", &[("time", &time)]).as_str());
    }
    if let Some(by) = &statement.by {
        let name = Html::text(site.person_name(by.as_str()));
        let _ = writeln!(html, "<p>{}</p>", tongue.say("statement.by", &[("name", &name)]).as_str());
    }
    html
}

fn fact(row: &Row) -> String {
    let mut words = format!("{}: {}", escaped(&row.term), row.value.html.as_str());
    if let Some(why) = &row.why {
        let _ = write!(words, ". {} {}", escaped(&row.why_term), why.html.as_str());
    }
    words
}

/// A passage with its language where that is not the feed's.
fn marked(passage: Option<&Passage>) -> String {
    let Some(passage) = passage else { return String::new() };
    match &passage.lang {
        Some(lang) => format!("<div lang=\"{}\">{}</div>\n", escaped(lang), passage.html.as_str()),
        None => passage.html.as_str().to_owned(),
    }
}

/// The id of a statement for ever: made from the statement's own id and the domain that never changes.
fn tag(domain: &str, statement: &Statement) -> String {
    tag_of(domain, &statement.id, statement.id.stamp())
}

/// The date in a tag URI is one on which the domain was ours: the day of the statement.
fn tag_of(domain: &str, id: &StatementId, stamp: &str) -> String {
    let day = |range| stamp.get(range).unwrap_or_default();
    format!("tag:{domain},{}-{}-{}:{id}", day(0..4), day(4..6), day(6..8))
}
