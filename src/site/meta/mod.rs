//! What a page tells programs about itself in its head: Open Graph for previews of links, JSON-LD for search engines,
//! oEmbed for editors that put the state into a page of their own.
//!
//! A preview of a link is copied and stays: so its title has the state and the time of it.

mod linked_data;
mod oembed;

pub(super) use oembed::plan;

use std::fmt::Write as _;

use jiff::Timestamp;

use super::front::Headline;
use super::index::Site;
use super::list::status;
use super::plain;
use super::shown::Shown;
use super::tongue::Tongue;
use super::voice::Voice;
use crate::theme::Html;
use crate::timeline::Statement;

/// How long a description is, in characters: what previews show.
const DESCRIPTION: usize = 200;

/// For the front page. `latest`: when anything on it was last said.
pub(super) fn front(site: &Site<'_>, tongue: &Tongue<'_>, latest: Option<Timestamp>) -> Html {
    let settings = site.view.settings;
    let headline = Headline::of(site).plain(tongue);
    let title = titled(tongue, &headline, &settings.name, latest);
    let said = format!("{}: {headline}", settings.name);
    let url = format!("{}/{}", settings.base_url, tongue.prefix);
    let mut html = graph(&title, &url, "website", &settings.name, &said, tongue);
    let _ = write!(
        html,
        "\n<link rel=\"alternate\" type=\"application/json+oembed\" href=\"{}/oembed.json\" title=\"{}\">",
        Html::text(&settings.base_url).as_str(),
        Html::text(&settings.name).as_str(),
    );
    html.push_str(&linked_data::organisation(site, tongue.lang));
    Html::new(html)
}

/// For the page of an incident or of planned work.
pub(super) fn incident(site: &Site<'_>, tongue: &Tongue<'_>, shown: &Shown) -> Html {
    let settings = site.view.settings;
    let url = format!("{}/{}{}", settings.base_url, tongue.prefix, shown.href);
    let voice = Voice::new(site, tongue, shown.incident()).at(&url);
    let last = shown.timeline.last_said();
    let status = status(tongue, shown);
    let title = titled(tongue, &status, voice.plain_title(), last.map(Statement::said_at));
    let said = last.map(|last| start(&plain::body(&voice, last), DESCRIPTION));
    let said = said.unwrap_or_else(|| voice.plain_title().to_owned());
    let mut html = graph(&title, &url, "article", &settings.name, &said, tongue);
    html.push_str(&match shown.planned {
        true => linked_data::event(site, &voice, shown, &url),
        false => linked_data::live_blog(site, &voice, shown, &url),
    });
    Html::new(html)
}

/// "Investigating, Monday 24 November 2026 at 3:10pm: Burst water main".
fn titled(tongue: &Tongue<'_>, state: &str, what: &str, at: Option<Timestamp>) -> String {
    match at {
        Some(at) => format!("{state} · {} · {what}", tongue.moment_words(at)),
        None => format!("{state} · {what}"),
    }
}

fn graph(title: &str, url: &str, kind: &str, site: &str, description: &str, tongue: &Tongue<'_>) -> String {
    let mut html = String::with_capacity(700);
    let _ = write!(html, "\n<meta name=\"description\" content=\"{}\">", Html::text(description).as_str());
    let mut property = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ =
                write!(html, "\n<meta property=\"og:{name}\" content=\"{}\">", Html::text(value).as_str());
        }
    };
    property("title", title);
    property("type", kind);
    property("url", url);
    property("site_name", site);
    property("locale", &tongue.lang.replace('-', "_"));
    property("description", description);
    html
}

/// The beginning of a text on one line, cut between words.
fn start(text: &str, most: usize) -> String {
    let mut out = String::new();
    for word in text.split_whitespace() {
        if out.chars().count() + word.chars().count() + 2 > most {
            out.push('…');
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::site::town::{BURST, Town};

    const SAID: &str =
        "## 2026-11-21 14:10 Investigating\n\nNext update: 14:40\n\nWe closed the road & wait.\n\n";

    /// The blocks of linked data of a page.
    fn blocks(html: &str) -> Vec<Value> {
        let found = html.split("<script type=\"application/ld+json\">").skip(1);
        found.map(|rest| serde_json::from_str(rest.split("</script>").next().unwrap()).unwrap()).collect()
    }

    #[test]
    fn a_link_that_is_passed_on_says_how_it_stood_and_when() {
        let town = Town::burst(SAID).awake_until("14:11");
        let page = town.page("14:11", "incidents/burst/");
        assert!(page.html.contains(
            "<meta property=\"og:title\" content=\"Investigating · Saturday 21 November 2026 at 2:10pm · Burst water main on Riverside Drive\">"
        ), "{}", page.html);
        assert!(page.html.contains("property=\"og:description\" content=\"We closed the road &amp; wait.\""));
        let front = town.page("14:11", "");
        assert!(front.html.contains(
            "content=\"Tap water: some areas affected · Saturday 21 November 2026 at 2:10pm · Riverton City\""
        ));
    }

    #[test]
    fn an_incident_is_a_live_blog_and_planned_work_an_event() {
        let valves = "+++\ntitle = \"New valves\"\nservices = [\"buses\"]\nareas = [\"north\"]\nowner = \"dana-osei\"\n\
            start = 2026-12-02T22:00:00\nend = 2026-12-03T05:00:00\n+++\n\nWe replace four valves.\n";
        let over = format!("{SAID}## 2026-11-21 14:30 Resolved\n\nWater runs.\n");
        let burst = BURST.replace("Burst water main", "Burst </script> main");
        let town = Town::new(&[
            ("incidents/burst.md", &format!("{burst}{over}")),
            ("maintenance/valves.md", valves),
        ])
        .awake_until("14:31");
        let blog = blocks(&town.page("14:31", "incidents/burst/").html);
        assert_eq!(blog.len(), 1);
        assert_eq!(blog[0]["@type"], "LiveBlogPosting");
        assert_eq!(blog[0]["headline"], "Burst </script> main on Riverside Drive");
        assert_eq!(blog[0]["coverageEndTime"], "2026-11-21T20:30:00Z");
        let updates = blog[0]["liveBlogUpdate"].as_array().unwrap();
        assert_eq!((updates.len(), &updates[0]["headline"]), (2, &"Resolved".into()));
        let event = blocks(&town.page("14:31", "maintenance/valves/").html);
        assert_eq!((event.len(), &event[0]["@type"]), (1, &"Event".into()));
        assert_eq!(event[0]["location"][0]["name"], "North side");
        let front = blocks(&town.page("14:31", "").html);
        assert_eq!((front.len(), &front[0]["telephone"]), (1, &"+1 204 555 0100".into()));
    }

    #[test]
    fn work_that_repeats_is_on_time_and_stands_behind_what_comes_sooner() {
        let work = |title: &str, start: &str, end: &str, more: &str| {
            format!(
                "+++\ntitle = \"{title}\"\nservices = [\"buses\"]\nowner = \"dana-osei\"\nstart = {start}\nend = {end}\n{more}+++\n\nWe work.\n"
            )
        };
        let every = "repeat = \"FREQ=MONTHLY;BYDAY=1TU\"\n";
        let again = work("Again", "2026-11-03T22:00:00", "2026-11-03T23:00:00", every);
        let town = Town::new(&[
            ("maintenance/again.md", &format!("{again}\n## 2026-11-03 23:00 Completed\n\nDone.\n")),
            ("maintenance/once.md", &work("Once", "2026-11-25T22:00:00", "2026-11-25T23:00:00", "")),
        ]);
        let event = blocks(&town.page("14:11", "maintenance/again/").html);
        assert_eq!(event[0]["eventStatus"], "https://schema.org/EventScheduled");
        assert_eq!(event[0]["startDate"], "2026-12-02T04:00:00Z");
        assert_eq!(event[0]["previousStartDate"], Value::Null);
        let front = town.page("14:11", "").html;
        assert!(front.find("maintenance/once/").unwrap() < front.find("maintenance/again/").unwrap());
    }

    #[test]
    fn other_sites_learn_how_to_show_the_state() {
        let town = Town::burst(SAID).awake_until("14:11");
        let embed: Value = serde_json::from_str(&town.file("14:11", "oembed.json")).unwrap();
        assert_eq!((&embed["version"], &embed["type"]), (&"1.0".into(), &"rich".into()));
        assert!(embed["html"].as_str().unwrap().contains("src=\"https://status.riverton.example/embed/\""));
    }
}
