//! `/calendar.ics`: planned work for people's own calendars (RFC 5545). Nothing but planned work: an outage is no date.
//!
//! A window that is moved keeps its UID and gets a higher SEQUENCE; one that is cancelled stays, as cancelled, for
//! clients delete nothing that they merely stop seeing.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::index::Site;
use super::plain;
use super::plan::{Pages, Planned, Writing};
use super::shown::Shown;
use super::tongue::Tongue;
use super::voice::Voice;
use crate::content::{Status, Window};
use crate::timeline::Statement;

/// Octets of a line, its end not counted (RFC 5545, section 3.1).
const LINE: usize = 75;
/// How many past windows of repeated work stay in the calendar.
const PAST: usize = 12;

pub(super) fn plan(site: &Site<'_>, pages: &mut Pages) {
    for (index, tongue) in site.tongues.iter().enumerate() {
        let mut fingerprint = site.fingerprint(index);
        works(site).for_each(|shown| {
            fingerprint.add(&shown.fingerprint);
        });
        pages.add(Planned {
            path: format!("{}calendar.ics", tongue.prefix),
            fingerprint: fingerprint.finish(),
            tongue: index,
            item: 0,
            writing: Writing::Page(|site, tongue, _| Ok(calendar(site, &site.tongues[tongue]).into_bytes())),
            source: None,
        });
    }
}

fn works<'s>(site: &'s Site<'_>) -> impl Iterator<Item = &'s Shown> {
    site.order.shown.iter().filter(|shown| shown.planned && !shown.draft)
}

fn calendar(site: &Site<'_>, tongue: &Tongue<'_>) -> String {
    let settings = site.view.settings;
    let mut out = Lines::default();
    out.line("BEGIN:VCALENDAR");
    out.line("VERSION:2.0");
    out.line("PRODID:-//Candor//Planned work//EN");
    out.line("CALSCALE:GREGORIAN");
    out.line("METHOD:PUBLISH");
    out.text("NAME", &settings.name);
    out.text("X-WR-CALNAME", &settings.name);
    out.line("REFRESH-INTERVAL;VALUE=DURATION:PT1H");
    works(site).for_each(|shown| events(site, tongue, shown, &mut out));
    out.line("END:VCALENDAR");
    out.0
}

/// One event for planned work, or one for each window of what repeats: so a moved or cancelled window is an event of its
/// own in every client, and the hour stays when the clocks change.
fn events(site: &Site<'_>, tongue: &Tongue<'_>, shown: &Shown, out: &mut Lines) {
    let (timeline, slug) = (&shown.timeline, &shown.incident().slug);
    if timeline.series.is_empty() {
        let Some(window) = timeline.facts.window else { return };
        let cancelled = timeline.status == Some(Status::Cancelled);
        return event(site, tongue, shown, &Event { name: slug.to_string(), window, cancelled }, out);
    }
    let begun = timeline.series.iter().rposition(|one| one.window.start <= timeline.now).unwrap_or_default();
    for one in &timeline.series[begun.saturating_sub(PAST)..] {
        let day = utc(one.planned);
        let name = format!("{slug}-{}", day.split('T').next().unwrap_or_default());
        event(
            site,
            tongue,
            shown,
            &Event { name, window: one.window, cancelled: one.cancelled.is_some() },
            out,
        );
    }
}

struct Event {
    name: String,
    window: Window,
    cancelled: bool,
}

fn event(site: &Site<'_>, tongue: &Tongue<'_>, shown: &Shown, event: &Event, out: &mut Lines) {
    let (timeline, incident) = (&shown.timeline, shown.incident());
    let window = event.window;
    let settings = site.view.settings;
    let page = format!("{}/{}{}", settings.base_url, tongue.prefix, shown.href);
    let voice = Voice::new(site, tongue, incident).at(&page);
    let spoken = timeline.statements.iter().map(Statement::said_at).max();
    let changed = utc(spoken.unwrap_or(incident.started.value));
    out.line("BEGIN:VEVENT");
    out.line(&format!("UID:{}@{}", event.name, settings.id_domain));
    out.line(&format!("DTSTAMP:{changed}"));
    out.line(&format!("LAST-MODIFIED:{changed}"));
    // Each statement may have moved it, so each counts.
    out.line(&format!("SEQUENCE:{}", timeline.statements.len()));
    out.line(&format!("DTSTART:{}", utc(window.start)));
    out.line(&format!("DTEND:{}", utc(window.end)));
    out.line(if event.cancelled { "STATUS:CANCELLED" } else { "STATUS:CONFIRMED" });
    // It keeps nobody busy.
    out.line("TRANSP:TRANSPARENT");
    out.text("SUMMARY", voice.plain_title());
    out.text("DESCRIPTION", &format!("{}\n\n{page}", plain::summary(&voice)));
    out.line(&format!("URL:{page}"));
    let areas: Vec<&str> = timeline.facts.areas.iter().map(|area| site.area_name(tongue, area)).collect();
    if !areas.is_empty() {
        out.text("LOCATION", &areas.join(", "));
    }
    let services: Vec<String> =
        timeline.facts.services.iter().map(|service| escaped(site.service_name(tongue, service))).collect();
    if !services.is_empty() {
        out.line(&format!("CATEGORIES:{}", services.join(",")));
    }
    out.line("END:VEVENT");
}

fn utc(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Content lines, folded and ended by CRLF.
#[derive(Default)]
struct Lines(String);

impl Lines {
    /// A property whose value is text.
    fn text(&mut self, name: &str, words: &str) {
        self.line(&format!("{name}:{}", escaped(words)));
    }

    fn line(&mut self, line: &str) {
        let mut rest = line;
        let mut room = LINE;
        while rest.len() > room {
            let end = (0..=room).rev().find(|end| rest.is_char_boundary(*end)).unwrap_or(rest.len());
            let _ = write!(self.0, "{}\r\n ", &rest[..end]);
            rest = &rest[end..];
            // The blank that marks a folded line counts.
            room = LINE - 1;
        }
        let _ = write!(self.0, "{rest}\r\n");
    }
}

/// RFC 5545, section 3.3.11.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 8);
    for char in words.chars() {
        match char {
            '\\' | ';' | ',' => out.extend(['\\', char]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push(' '),
            control if control.is_control() => {}
            _ => out.push(char),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::town::Town;

    const VALVES: &str = "+++\ntitle = \"New valves, ä; four\"\nservices = [\"water-supply\"]\nareas = [\"north\"]\n\
        owner = \"dana-osei\"\nstart = 2026-12-02T22:00:00\nend = 2026-12-03T05:00:00\n+++\n\n\
        We replace four valves. Water is off for some minutes in each street, one street after the other, from the mill to the school.\n";

    #[test]
    fn planned_work_keeps_its_place_when_it_is_moved_or_cancelled() {
        let moved = format!(
            "{VALVES}\n## 2026-11-20 10:00 Scheduled\n\nWindow: 2026-12-05 22:00 to 2026-12-06 05:00\n\nThe valves come later.\n"
        );
        let cancelled = format!("{moved}\n## 2026-11-21 10:00 Cancelled\n\nThe valves do not fit.\n");
        let calendar = |text: &str| {
            Town::new(&[("maintenance/valves.md", text)]).awake_until("12:00").file("12:00", "calendar.ics")
        };
        let first = calendar(VALVES);
        for line in [
            "UID:valves@status.riverton.example",
            "DTSTART:20261203T040000Z",
            "SUMMARY:New valves\\, ä\\; four",
            "STATUS:CONFIRMED",
            "SEQUENCE:0",
            "LOCATION:North side",
            "CATEGORIES:Tap water",
        ] {
            assert!(first.contains(&format!("{line}\r\n")), "{line}: {first}");
        }
        let moved = calendar(&moved);
        assert!(
            moved.contains("DTSTART:20261206T040000Z\r\n") && moved.contains("SEQUENCE:1\r\n"),
            "{moved}"
        );
        let cancelled = calendar(&cancelled);
        assert!(
            cancelled.contains("STATUS:CANCELLED\r\n") && cancelled.contains("UID:valves@"),
            "{cancelled}"
        );
        for line in first.split("\r\n") {
            assert!(line.len() <= LINE && !line.contains('\n'), "{line}");
        }
    }

    #[test]
    fn two_strict_readers_find_the_work_as_it_was_written() {
        let town = Town::new(&[("maintenance/valves.md", VALVES)]).awake_until("12:00");
        let text = town.file("12:00", "calendar.ics");
        let read: icalendar::Calendar = text.parse().unwrap();
        let events: Vec<_> = read.components.iter().filter_map(|component| component.as_event()).collect();
        assert_eq!(icalendar::Component::get_summary(events[0]), Some("New valves, ä; four"));
        let calcard::icalendar::ICalendar { components } =
            calcard::icalendar::ICalendar::parse(&text).unwrap();
        let found = components.iter().filter(|component| {
            component.component_type == calcard::icalendar::ICalendarComponentType::VEvent
        });
        assert_eq!((events.len(), found.count()), (1, 1));
    }

    #[test]
    fn folding_splits_no_letter_and_loses_none() {
        let mut lines = Lines::default();
        let words = "ä漢".repeat(60);
        lines.line(&words);
        assert!(lines.0.split("\r\n").all(|line| line.len() <= LINE));
        assert_eq!(lines.0.replace("\r\n ", "").trim_end(), words);
    }
}
