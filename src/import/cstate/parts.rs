//! The body of a cState file cut into what was said one after the other.
//!
//! cState knows no updates: people write headings of their own (`[Initial message]`, `**Update 2021-05-03 11:58**`,
//! `*Resolved* - …`), newest first or oldest first. What looks like such a heading, and is nothing else, cuts.

use std::sync::LazyLock;

use regex::Regex;

use super::clean::{Line, join};
use super::when::Written;
use crate::content::{Keywords, Status};
use crate::text::Span;

/// One thing that was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) label: Label,
    pub(super) when: Written,
    /// The words of its heading.
    pub(super) title: String,
    /// What they say beyond label, time and number, such as `Monday 16th`.
    pub(super) note: String,
    /// Markdown that fits under one of our headings.
    pub(super) text: String,
    /// Its heading, or its first line.
    pub(super) span: Span,
}

/// What a heading calls the part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Label {
    /// It has no heading.
    #[default]
    None,
    Opening,
    Update,
    Closing,
    Status(Status),
}

impl Label {
    pub(super) fn closes(self) -> bool {
        self == Self::Closing || matches!(self, Self::Status(status) if status.is_final())
    }
}

/// Words that a heading may consist of besides its label, its time and its number.
static FILLER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(messages?|issues?|incidents?|maintenance|outage|statement|of|the|at|on|as|from|and|T)\b|[0-9]{1,3}\b|[-–—:,.;()#*_/\s]")
        .expect("the pattern is a constant and was tested")
});

static SHORTCODE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"\{\{[<%]\s*track\s*"?([^">%]*)"?\s*[>%]\}\}"#)
        .expect("the pattern is a constant and was tested")
});

/// The parts in the order in which they were said, oldest first.
pub(super) fn parts(lines: &[Line], keywords: &Keywords) -> Vec<Part> {
    let mut parts: Vec<(Heading, Vec<Line>)> = Vec::new();
    for line in lines {
        if let Some(heading) = heading(line) {
            let rest = Line { text: heading.rest.clone(), ..line.clone() };
            parts.push((heading, vec![rest]));
        } else if let Some((_, lines)) = parts.last_mut() {
            lines.push(line.clone());
        } else if !line.text.trim().is_empty() {
            parts.push((Heading { span: line.span, ..Heading::default() }, vec![line.clone()]));
        }
    }
    let mut parts: Vec<Part> = parts
        .into_iter()
        .filter_map(|(heading, mut lines)| {
            let Heading { label, mut when, title, note, span, .. } = heading;
            for line in lines.iter_mut().filter(|line| !line.code) {
                track(line, &mut when);
            }
            let text = join(&lines, keywords);
            let says = !text.is_empty() || label.closes();
            says.then_some(Part { label, when, title, note, text, span })
        })
        .collect();
    if newest_first(&parts) {
        parts.reverse();
    }
    parts
}

/// Takes cState's own time out of a line: `{{< track "2018-04-13 16:50:00" >}}`.
fn track(line: &mut Line, when: &mut Written) {
    while let Some(found) = SHORTCODE.captures(&line.text) {
        let (tracked, _) = Written::find(found.get(1).map_or("", |time| time.as_str()));
        if when.time.is_none() {
            *when = tracked;
        }
        let Some(range) = found.get(0).map(|whole| whole.range()) else { return };
        line.text.replace_range(range, "");
    }
}

/// cState's own advice is newest first, but people who append `[Edit]` write oldest first.
fn newest_first(parts: &[Part]) -> bool {
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return false };
    if parts.len() < 2 {
        return false;
    }
    let opening = parts.iter().position(|part| part.label == Label::Opening);
    let closing = parts.iter().position(|part| part.label.closes());
    match (opening, closing) {
        (Some(opening), Some(closing)) => return closing < opening,
        (Some(opening), None) => return opening == parts.len() - 1,
        (None, Some(0)) => return true,
        (None, Some(closing)) if closing == parts.len() - 1 => return false,
        _ => {}
    }
    if let (Some(first), Some(last)) = (moment_order(first), moment_order(last)) {
        return first > last;
    }
    let rank = |part: &Part| match part.label {
        Label::Status(status) => Some(status),
        _ => None,
    };
    match (rank(first), rank(last)) {
        (Some(first), Some(last)) if first != last => first > last,
        _ => first.label != Label::None,
    }
}

/// Something that is greater for later parts of one file.
fn moment_order(part: &Part) -> Option<jiff::Timestamp> {
    part.when.date?;
    part.when.moment(jiff::civil::Date::constant(2020, 1, 1), &jiff::tz::TimeZone::UTC)
}

#[derive(Clone, Debug, Default)]
struct Heading {
    label: Label,
    when: Written,
    title: String,
    note: String,
    rest: String,
    span: Span,
}

/// Reads a line as the heading of an update; `None` where it is anything else.
fn heading(line: &Line) -> Option<Heading> {
    if line.code {
        return None;
    }
    let text = line.text.trim();
    let (inside, rest, bracket) = if let Some(after) = text.strip_prefix('[') {
        let (inside, rest) = after.split_once(']')?;
        // `[words](address)` and `[words]: address` are links.
        if rest.starts_with(['(', '[', ':']) && !rest.trim_start_matches(':').trim().is_empty() {
            return None;
        }
        (inside, rest, true)
    } else {
        let bare = text.trim_start_matches('#');
        let hashes = bare.len() < text.len();
        let bare = bare.trim_start();
        let marks = bare.len() - bare.trim_start_matches(['*', '_']).len();
        match (marks, hashes) {
            // `* item` is a list.
            (1.., _) if bare[marks..].starts_with(' ') => return None,
            (1.., _) => {
                let close = &bare[..marks];
                let after = &bare[marks..];
                let (inside, rest) = after.split_once(close).unwrap_or((after, ""));
                (inside, rest, false)
            }
            (0, true) => (bare, "", false),
            (0, false) => return None,
        }
    };
    let (when, left) = Written::find(inside);
    let (label, left) =
        label(&left).or_else(|| when.time.is_some().then(|| (Label::Update, left.clone())))?;
    let note = note(&left);
    // In brackets a heading may say more; a bold sentence that begins with "Update" is a sentence. A true heading with
    // a whole time would look like an update to our reader, so it is one.
    let timed = text.starts_with('#') && when.date.is_some() && when.time.is_some();
    if !note.is_empty() && !bracket && !timed {
        return None;
    }
    let (when, rest) = after_label(when, rest);
    let title = inside.trim().trim_matches('*').to_owned();
    Some(Heading { label, when, title, note, rest, span: line.span })
}

/// What a heading says beyond its label, time and number.
fn note(left: &str) -> String {
    let mut left = left;
    while let Some(filler) = FILLER.find(left).filter(|filler| filler.start() == 0) {
        left = &left[filler.end()..];
    }
    left.trim_end_matches([' ', '-', ':', ',', ')']).to_owned()
}

/// What follows a label on its line: `- *November 15, 5PM*: The issue …`.
fn after_label(when: Written, rest: &str) -> (Written, String) {
    let rest = rest.trim_start_matches([' ', '-', '–', '—', ':']);
    if when.time.is_none()
        && let Some(after) = rest.strip_prefix('*')
        && let Some((inside, text)) = after.split_once('*')
    {
        let (found, left) = Written::find(inside);
        if found.time.is_some() && note(&left).is_empty() {
            return (found, text.trim_start_matches([' ', '-', '–', '—', ':', '*']).to_owned());
        }
    }
    (when, rest.to_owned())
}

/// The label that a heading begins with, and what follows it.
fn label(text: &str) -> Option<(Label, String)> {
    let text = text.trim();
    let text = text.strip_prefix("now ").unwrap_or(text).trim_start();
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let label = match word.to_lowercase().as_str() {
        "initial" | "open" | "opened" | "opening" | "first" | "start" | "started" => Label::Opening,
        "final" | "close" | "closed" | "closing" | "end" | "ended" | "last" | "solved" | "done" => {
            Label::Closing
        }
        "update" | "updated" | "updates" | "edit" | "edited" => Label::Update,
        "investigating" => Label::Status(Status::Investigating),
        "identified" => Label::Status(Status::Identified),
        "monitoring" | "watching" => Label::Status(Status::Monitoring),
        "resolved" | "fixed" => Label::Status(Status::Resolved),
        "scheduled" | "planned" => Label::Status(Status::Scheduled),
        "completed" | "finished" => Label::Status(Status::Completed),
        "cancelled" | "canceled" => Label::Status(Status::Cancelled),
        _ => return None,
    };
    Some((label, rest.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::super::clean::lines;
    use super::*;

    /// `label|time|note|text` of each part, oldest first.
    fn read(text: &str) -> Vec<String> {
        parts(&lines(text, Span::new(0, text.len())).lines, Keywords::of("en"))
            .into_iter()
            .map(|part| {
                let time = part.when.time.map_or(String::new(), |time| time.strftime("%H:%M").to_string());
                format!("{:?}|{time}|{}|{}", part.label, part.note, part.text.replace('\n', "/"))
            })
            .collect()
    }

    #[test]
    fn brackets_newest_first() {
        assert_eq!(
            read(
                "[Final message]  \nAll is well.\n\n[Update 2 - 2024-05-05 10h30 UTC] Half done.\n\n[Initial Message - Friday 13th]\nWe begin.\n\nMore."
            ),
            ["Opening||Friday 13th|We begin.//More.", "Update|10:30||Half done.", "Closing|||All is well."]
        );
    }

    #[test]
    fn cstate_s_own_way() {
        assert_eq!(
            read(
                "*Monitoring* - It runs. {{< track \"2018-04-13 16:50:00\" >}}\n\n***\n\n*Investigating* - It fails. {{< track \"2018-04-13 15:54:00\" >}}"
            ),
            ["Status(Investigating)|15:54||It fails.", "Status(Monitoring)|16:50||It runs."]
        );
        assert_eq!(
            read(
                "**Resolved** - *November 15, 5PM*: It is back.\n\nDetails.\n\n---\n\n**Investigating** - *November 15, 12PM*: It is gone."
            ),
            ["Status(Investigating)|12:00||It is gone.", "Status(Resolved)|17:00||It is back.//Details."]
        );
    }

    #[test]
    fn oldest_first_is_seen_too() {
        assert_eq!(read("It broke.\n\n[edit]\n* a\n* b"), ["None|||It broke.", "Update|||* a/* b"]);
        assert_eq!(
            read("**2021-06-07 12:37:00**\nOne.\n\n**2021-06-08 07:37:00**\nTwo."),
            ["Update|12:37||One.", "Update|07:37||Two."]
        );
        assert_eq!(
            read("## Investigating\na\n## Resolved\nb"),
            ["Status(Investigating)|||a", "Status(Resolved)|||b"]
        );
    }

    #[test]
    fn only_headings_cut() {
        for text in [
            "[Update center](https://a.example) is down.",
            "*Update center* is down.",
            "**Open source** builds wait.",
            "* Closing: later",
            "```\n[Final message]\n```",
            "[initial]: https://a.example",
        ] {
            let read = read(text);
            assert_eq!(read.len(), 1, "{read:?}");
            assert!(read[0].starts_with("None|"), "{read:?}");
        }
    }
}
