//! `/feed.atom`: one entry per statement, never edited once published (RFC 4287, RFC 4151).
//!
//! Readers show an entry once and then by its id, so a changed entry is not seen: an entry says only what was said,
//! and a correction is an entry of its own. The one exception is a statement taken down. A statement that is not yet
//! translated stands in the other language's feed under the source's id; its translation is an entry of its own.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::facts::{Row, said_rows};
use super::index::{Shown, Site};
use super::plan::{Pages, Planned, Writing};
use super::statement::{body, label, section_body, told};
use super::tongue::{Passage, Tongue};
use super::voice::{Voice, written};
use crate::diag::Finding;
use crate::prose::escape;
use crate::theme::Html;
use crate::timeline::{Statement, StatementId, Words};

/// How many statements the feed holds, the latest ones.
const HELD: usize = 100;

/// The feed's path below a language's root.
pub(super) const PATH: &str = "feed.atom";

pub(super) fn plan(site: &Site<'_>, pages: &mut Pages) {
    let latest = latest(site);
    for (index, tongue) in site.tongues.iter().enumerate() {
        let mut fingerprint = site.fingerprint(index);
        for (shown, statement) in &latest {
            fingerprint.add(&shown.fingerprint).add(&statement.id);
        }
        pages.add(Planned {
            path: format!("{}{PATH}", tongue.prefix),
            fingerprint: fingerprint.finish(),
            tongue: index,
            item: 0,
            writing: Writing::Page(write),
            source: None,
        });
    }
}

/// The latest statements of all, newest first.
fn latest<'s, 'v>(site: &'s Site<'v>) -> Vec<(&'s Shown<'v>, &'v Statement)> {
    let mut heap = BinaryHeap::with_capacity(HELD);
    for (at, shown) in site.shown.iter().enumerate().filter(|(_, shown)| !shown.incident().draft) {
        for (index, statement) in shown.timeline.statements.iter().enumerate() {
            let key = (statement.said_at(), &statement.id, at, index);
            if heap.len() < HELD {
                heap.push(Reverse(key));
            } else if heap.peek().is_some_and(|Reverse(earliest)| *earliest < key) {
                heap.pop();
                heap.push(Reverse(key));
            }
        }
    }
    let sorted = heap.into_sorted_vec().into_iter();
    sorted
        .filter_map(|Reverse((_, _, at, index))| {
            let shown = site.shown.get(at)?;
            Some((shown, shown.timeline.statements.get(index)?))
        })
        .collect()
}

fn write(site: &Site<'_>, index: usize, _item: usize) -> Result<Vec<u8>, Box<Finding>> {
    let (tongue, settings) = (&site.tongues[index], site.view.settings);
    let latest = latest(site);
    let root = format!("{}/{}", settings.base_url, tongue.prefix);
    let changed =
        latest.iter().map(|(_, statement)| statement.said_at()).max().unwrap_or(Timestamp::UNIX_EPOCH);
    let mut xml = String::with_capacity(256 * 1024);
    xml.push_str("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let _ = writeln!(
        xml,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">",
        text(&tongue.strings.lang)
    );
    element(&mut xml, "title", &settings.name);
    element(&mut xml, "id", &feed_id(site, tongue));
    element(&mut xml, "updated", &second(changed));
    let _ = writeln!(xml, "<link rel=\"self\" href=\"{}{PATH}\"/>", text(&root));
    let _ = writeln!(xml, "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", text(&root));
    let _ = writeln!(xml, "<author><name>{}</name></author>", text(&settings.name));
    for (shown, statement) in latest {
        entry(site, tongue, shown, statement, &root, &mut xml);
    }
    xml.push_str("</feed>\n");
    Ok(xml.into_bytes())
}

fn entry(
    site: &Site<'_>,
    tongue: &Tongue<'_>,
    shown: &Shown<'_>,
    statement: &Statement,
    root: &str,
    xml: &mut String,
) {
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
    xml.push_str("<entry>\n");
    element(xml, "title", &format!("{label}: {}", voice.plain_title()));
    element(xml, "id", &id);
    element(xml, "published", &second(statement.said_at()));
    element(xml, "updated", &second(statement.said_at()));
    let link = format!("{page}#{}", statement.id.stamp());
    let _ = writeln!(xml, "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", text(&link));
    let content = content(site, &voice, shown, statement, &label);
    let _ = writeln!(xml, "<content type=\"html\">{}</content>", text(&content));
    xml.push_str("</entry>\n");
}

/// What was said, and nothing that came later.
fn content(
    site: &Site<'_>,
    voice: &Voice<'_>,
    shown: &Shown<'_>,
    statement: &Statement,
    label: &str,
) -> String {
    let tongue = voice.tongue;
    let mut html = String::with_capacity(2048);
    let mut paragraph = |words: &str| {
        let _ = writeln!(html, "<p>{words}</p>");
    };
    let time = tongue.moment(statement.at);
    paragraph(&format!("<strong>{}</strong> {}", text(label), time.as_str()));
    if statement.words == Words::Retracted {
        paragraph(tongue.say("statement.taken_down", &[]).as_str());
        return html;
    }
    for note in told(voice, shown.timeline, statement) {
        paragraph(note.as_str());
    }
    let mut said = String::new();
    if let Some(index) = written(statement) {
        for row in said_rows(site, voice, shown.timeline, index, statement) {
            paragraph(&fact(&row));
        }
        if let Some(spoken) = voice.update(index) {
            for section in &spoken.update.sections {
                let _ = writeln!(said, "<h3>{}</h3>", text(&section.heading.value));
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
    let mut words = format!("{}: {}", text(&row.term), row.value.html.as_str());
    if let Some(why) = &row.why {
        let _ = write!(words, ". {} {}", text(&row.why_term), why.html.as_str());
    }
    words
}

/// A passage with its language where that is not the feed's.
fn marked(passage: Option<&Passage>) -> String {
    let Some(passage) = passage else { return String::new() };
    match &passage.lang {
        Some(lang) => format!("<div lang=\"{}\">{}</div>\n", text(lang), passage.html.as_str()),
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

fn feed_id(site: &Site<'_>, tongue: &Tongue<'_>) -> String {
    // Any year in which the domain was ours would do; it only must never change.
    format!("tag:{},2026:statements/{}", site.view.settings.id_domain, tongue.lang)
}

/// RFC 3339 in whole seconds, as feeds want it.
fn second(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn element(xml: &mut String, name: &str, words: &str) {
    let _ = writeln!(xml, "<{name}>{}</{name}>", text(words));
}

fn text(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len() + 8);
    escape(words, &mut escaped);
    escaped
}

#[cfg(test)]
mod tests {
    use feed_rs::model::Feed;

    use crate::site::town::{BURST, Town};

    const FIRST: &str = "## 2026-11-21 14:10 Investigating\n\nNext update: 14:40\n\
        Affected: about 1,200 homes, counted from pressure sensors\n\nWe closed [the road](../other/) & wait.\n\n\
        ### What you can do\n\nBoil water.\n\n";
    const MORE: &str =
        "## 2026-11-21 14:30 Correction\n\nCorrects: 14:10, it is 1,900\n\nWe left out the loop.\n\n";

    fn feed(town: &Town, now: &str, path: &str) -> Feed {
        feed_rs::parser::parse(town.file(now, path).as_bytes()).unwrap()
    }

    #[test]
    fn each_statement_is_an_entry_with_an_id_for_ever() {
        let town = Town::burst(FIRST).awake_until("14:50");
        let feed = feed(&town, "14:50", "feed.atom");
        let ids: Vec<&str> = feed.entries.iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!(
            ids,
            [
                "tag:status.riverton.example,2026-11-21:burst/20261121T2040Zh",
                "tag:status.riverton.example,2026-11-21:burst/20261121T2010Z",
            ]
        );
        let first = feed.entries.last().unwrap();
        assert_eq!(
            first.title.as_ref().unwrap().content,
            "Investigating: Burst water main on Riverside Drive"
        );
        assert_eq!(first.links[0].href, "https://status.riverton.example/incidents/burst/#20261121T2010Z");
        let content = first.content.as_ref().unwrap().body.as_ref().unwrap();
        for words in [
            "Who is affected: about 1,200 homes. How we know: counted from pressure sensors",
            "<a href=\"https://status.riverton.example/incidents/other/\">the road</a> &amp; wait.",
            "<h3>What you can do</h3>\n<p>Boil water.</p>",
            "Next update by <time datetime=\"2026-11-21T14:40-06:00\">Saturday 21 November 2026 at 2:40pm</time>",
            "Written by Dana Osei",
        ] {
            assert!(content.contains(words), "{words} is not in {content}");
        }
    }

    #[test]
    fn an_entry_is_never_edited_a_correction_is_one_of_its_own() {
        let town = Town::burst(FIRST).awake_until("14:11");
        let before = feed(&town, "14:11", "feed.atom");
        let mut later = Town::burst(&format!("{FIRST}{MORE}"));
        later.record = town.record;
        let after = feed(&later.awake_until("14:31"), "14:31", "feed.atom");
        assert_eq!(after.entries.len(), 2);
        assert_eq!(after.entries[1], before.entries[0]);
        let content = after.entries[0].content.as_ref().unwrap().body.as_ref().unwrap();
        assert!(content.contains("This corrects what we said"), "{content}");
    }

    #[test]
    fn a_translation_that_comes_later_is_a_new_entry() {
        let file = format!("{BURST}{FIRST}");
        let french = "+++\ntitle = \"Conduite rompue\"\n+++\n\n## 2026-11-21 14:10 Enquête en cours\n\n\
            Touchés : 1 200 logements, comptés\n\nNous attendons.\n";
        let plain = Town::new(&[("incidents/burst.md", &file)]).awake_until("14:11");
        let mut translated = Town::new(&[("incidents/burst.md", &file), ("incidents/burst.fr.md", french)]);
        translated.record = plain.record.clone();
        let (before, after) =
            (feed(&plain, "14:11", "fr/feed.atom"), feed(&translated, "14:12", "fr/feed.atom"));
        assert_eq!(before.entries[0].id, "tag:status.riverton.example,2026-11-21:burst/20261121T2010Z");
        assert_eq!(after.entries[0].id, "tag:status.riverton.example,2026-11-21:burst/20261121T2010Z/fr");
        assert_eq!(after.entries[0].title.as_ref().unwrap().content, "Enquête en cours: Conduite rompue");
    }
}
