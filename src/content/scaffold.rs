//! Well-formed text for new files and updates. What it writes reads back without findings of form.

use std::ops::Range;

use deunicode::deunicode;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::config::Severity;

/// What a new incident file starts from.
#[derive(Clone, Debug)]
pub struct NewIncident<'a> {
    pub title: &'a str,
    pub severity: Severity,
    pub services: &'a [String],
    pub areas: &'a [String],
    pub owner: &'a str,
    pub started: Timestamp,
    pub zone: &'a TimeZone,
}

/// What a new maintenance file starts from.
#[derive(Clone, Debug)]
pub struct NewMaintenance<'a> {
    pub title: &'a str,
    pub services: &'a [String],
    pub areas: &'a [String],
    pub owner: &'a str,
    pub start: Timestamp,
    pub end: Timestamp,
    pub zone: &'a TimeZone,
}

/// One update to append. Empty text: the line is left out.
#[derive(Clone, Debug)]
pub struct NewUpdate<'a> {
    pub at: Timestamp,
    pub zone: &'a TimeZone,
    /// The heading's word, such as `Identified`.
    pub word: &'a str,
    /// When we speak next; `None` where nothing will be due.
    pub next: Option<Timestamp>,
    /// Header lines after `Next update`, as `(key, value)`.
    pub header: &'a [(&'a str, &'a str)],
    pub body: &'a str,
}

/// `2026-11-21-burst-water-main`: the date and the title's first words, spelt in ASCII, at most 60 characters.
pub fn slug(title: &str, started: Timestamp, zone: &TimeZone) -> String {
    let mut words = String::new();
    for word in deunicode(title)
        .to_lowercase()
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        if words.len() + word.len() > 48 {
            break;
        }
        words.push('-');
        words.push_str(word);
    }
    if words.is_empty() {
        words.push_str("-incident");
    }
    format!("{}{words}", started.to_zoned(zone.clone()).strftime("%Y-%m-%d"))
}

impl NewIncident<'_> {
    /// Front matter and an empty summary, ready for a first update.
    pub fn text(&self) -> String {
        format!(
            "+++\ntitle = {title}\nseverity = \"{severity}\"\nservices = {services}\n{areas}owner = {owner}\nstarted = {started}\n+++\n",
            title = quoted(self.title),
            severity = self.severity.word(),
            services = list(self.services),
            areas = areas(self.areas),
            owner = quoted(self.owner),
            started = front_matter_time(self.started, self.zone),
        )
    }
}

impl NewMaintenance<'_> {
    /// Front matter and an empty summary, ready for a first update.
    pub fn text(&self) -> String {
        format!(
            "+++\ntitle = {title}\nservices = {services}\n{areas}owner = {owner}\nstart = {start}\nend = {end}\n+++\n",
            title = quoted(self.title),
            services = list(self.services),
            areas = areas(self.areas),
            owner = quoted(self.owner),
            start = front_matter_time(self.start, self.zone),
            end = front_matter_time(self.end, self.zone),
        )
    }
}

impl NewUpdate<'_> {
    /// The update's markdown, with an empty line before its heading.
    pub fn text(&self) -> String {
        let mut text = format!("\n## {} {}\n\n", heading_time(self.at, self.zone), self.word);
        if let Some(next) = self.next {
            text.push_str(&format!("Next update: {}\n", time_beside(next, self.at, self.zone)));
        }
        for (key, value) in self.header {
            text.push_str(&format!("{key}: {value}\n"));
        }
        if self.next.is_some() || !self.header.is_empty() {
            text.push('\n');
        }
        text.push_str(self.body.trim_end());
        text.push('\n');
        text
    }
}

/// The file's text with the update at its end, before a `## Draft` if there is one.
pub fn append(text: &str, update: &str) -> String {
    let (before, after) = text.split_at(end_of_updates(text));
    let after = after.trim_start();
    let apart = if after.is_empty() { "" } else { "\n" };
    format!("{before}\n{update}{apart}{after}")
}

/// Where the last update ends, without the white space after it: a `## Draft` may follow.
pub fn end_of_updates(text: &str) -> usize {
    let draft = text.find("\n## Draft").unwrap_or(text.len());
    text[..draft].trim_end().len()
}

/// The text with each `## now WORD` heading written out as the time that `time_of` gives for its line, from 1; `None`
/// where there is nothing to write out. Fenced code is left alone.
pub fn write_out_now(
    text: &str,
    zone: &TimeZone,
    mut time_of: impl FnMut(usize) -> Option<Timestamp>,
) -> Option<String> {
    let mut written = String::with_capacity(text.len() + 16);
    let mut kept = 0;
    for (line, word) in now_words(text) {
        if let Some(time) = time_of(line) {
            written.push_str(&text[kept..word.start]);
            written.push_str(&heading_time(time, zone));
            kept = word.end;
        }
    }
    written.push_str(&text[kept..]);
    (kept > 0).then_some(written)
}

/// The lines, from 1, of `## now WORD` headings.
pub fn now_headings(text: &str) -> impl Iterator<Item = usize> {
    now_words(text).map(|(line, _)| line)
}

/// The bytes of the word `now` in the line of a `## now WORD` heading.
pub fn now_word(heading: &str) -> Option<Range<usize>> {
    now_words(heading).next().map(|(_, word)| word)
}

/// Line, from 1, and bytes of the word `now` in each `## now WORD` heading outside fenced code.
fn now_words(text: &str) -> impl Iterator<Item = (usize, Range<usize>)> {
    let (mut at, mut fenced) = (0, false);
    text.split_inclusive('\n').enumerate().filter_map(move |(index, line)| {
        let start = at;
        at += line.len();
        let unindented = line.trim_start_matches(' ');
        if unindented.starts_with("```") || unindented.starts_with("~~~") {
            fenced = !fenced;
        }
        let rest = unindented.strip_prefix("##").filter(|_| line.len() - unindented.len() < 4 && !fenced)?;
        let word = rest.trim_start_matches([' ', '\t']);
        let is_now = word.len() < rest.len()
            && word.get(..3).is_some_and(|now| now.eq_ignore_ascii_case("now"))
            && word[3..].starts_with(char::is_whitespace);
        let word = start + line.len() - word.len();
        is_now.then_some((index + 1, word..word + 3))
    })
}

/// A heading's time, in the site's zone, with its offset where the local time exists twice.
pub fn heading_time(at: Timestamp, zone: &TimeZone) -> String {
    format!("{}{}", at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M"), offset(at, zone))
}

/// A time in the header of an update of `heading`: the clock alone on the same day.
pub fn time_beside(time: Timestamp, heading: Timestamp, zone: &TimeZone) -> String {
    let date = |time: Timestamp| time.to_zoned(zone.clone()).date();
    let format = if date(time) == date(heading) { "%H:%M" } else { "%Y-%m-%d %H:%M" };
    format!("{}{}", time.to_zoned(zone.clone()).strftime(format), offset(time, zone))
}

/// An offset is written only where the local time exists twice.
fn offset(time: Timestamp, zone: &TimeZone) -> String {
    let local = time.to_zoned(zone.clone());
    if zone.to_ambiguous_timestamp(local.datetime()).is_ambiguous() {
        local.strftime("%:z").to_string()
    } else {
        String::new()
    }
}

fn front_matter_time(time: Timestamp, zone: &TimeZone) -> String {
    format!("{}{}", time.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S"), offset(time, zone))
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn list(ids: &[String]) -> String {
    format!("[{}]", ids.iter().map(|id| quoted(id)).collect::<Vec<_>>().join(", "))
}

fn areas(ids: &[String]) -> String {
    if ids.is_empty() { String::new() } else { format!("areas = {}\n", list(ids)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_update_goes_before_the_draft() {
        let zone = TimeZone::get("Europe/London").unwrap();
        let update = NewUpdate {
            at: "2026-11-21T14:10:00Z".parse().unwrap(),
            zone: &zone,
            word: "Identified",
            next: Some("2026-11-21T14:40:00Z".parse().unwrap()),
            header: &[("Affected", "everyone")],
            body: "It is the valve.",
        };
        assert_eq!(
            append("+++\n+++\n\nSummary.\n\n## Draft\n\nnot yet\n", &update.text()),
            "+++\n+++\n\nSummary.\n\n## 2026-11-21 14:10 Identified\n\nNext update: 14:40\nAffected: everyone\n\nIt is the valve.\n\n## Draft\n\nnot yet\n"
        );
    }

    #[test]
    fn a_time_that_exists_twice_carries_its_offset() {
        let zone = TimeZone::get("Europe/London").unwrap();
        let update = NewUpdate {
            at: "2026-10-25T01:30:00Z".parse().unwrap(),
            zone: &zone,
            word: "Identified",
            next: None,
            header: &[],
            body: "x",
        };
        assert!(update.text().starts_with("\n## 2026-10-25 01:30+00:00 Identified\n"));
    }

    #[test]
    fn now_is_written_out_except_in_code() {
        let at: Timestamp = "2026-11-21T14:10:00Z".parse().unwrap();
        let text = "## now Identified\r\n\nx\n```\n## now Resolved\n```\n## nowhere\n";
        let written = write_out_now(text, &TimeZone::UTC, |_| Some(at)).unwrap();
        assert_eq!(written, text.replacen("## now I", "## 2026-11-21 14:10 I", 1));
        assert_eq!(write_out_now("## nowhere\n", &TimeZone::UTC, |_| Some(at)), None);
    }

    #[test]
    fn slugs_are_short_and_plain() {
        let at: Timestamp = "2026-11-21T23:30:00Z".parse().unwrap();
        let zone = TimeZone::get("America/Winnipeg").unwrap();
        assert_eq!(
            slug("Burst water main – Riverside Drive!", at, &zone),
            "2026-11-21-burst-water-main-riverside-drive"
        );
        assert_eq!(slug("Überflutung près du lycée", at, &zone), "2026-11-21-uberflutung-pres-du-lycee");
        assert_ne!(slug("水", at, &zone), slug("电", at, &zone));
        assert_eq!(slug("!!", at, &zone), "2026-11-21-incident");
    }
}
