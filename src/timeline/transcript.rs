//! The text of a statement as it goes into the record: the author's markdown without comments.
//!
//! Comments and `staff_note` speak to Candor or to colleagues, never to readers, so the record does not have them.

use jiff::tz::TimeZone;

use crate::content::{Incident, Update, scaffold};
use crate::prose::Prose;
use crate::text::Span;

/// All HTML comments in `span` of `text`; those in code are code.
pub(super) fn comments(text: &str, span: Span) -> Vec<Span> {
    if span.of(text).contains("<!--") { Prose::read(text, span).comments } else { Vec::new() }
}

/// An update's heading, header and body. `now` in the heading is written out in the site's zone.
pub(super) fn of_update(incident: &Incident, update: &Update, zone: &TimeZone) -> String {
    written_out(update, without_comments(incident.text(), update.span), zone)
}

/// An update's markdown with `now` in its heading written out in the site's zone, as it is published.
pub fn written_out(update: &Update, markdown: String, zone: &TimeZone) -> String {
    let written = |at| scaffold::write_out_now(&markdown, zone, |line| (line == 1).then_some(at));
    if update.now { written(update.at).unwrap_or(markdown) } else { markdown }
}

/// Front matter between its marks, and the summary.
pub(super) fn of_incident(incident: &Incident) -> String {
    let text = incident.text();
    let values = public_values(incident.front_matter.of(text));
    let summary = without_comments(text, incident.summary);
    let apart = if summary.is_empty() { "" } else { "\n" };
    format!("+++\n{}+++\n{apart}{summary}", tidy(&values))
}

/// Front matter without `staff_note` and without TOML comments; untouched where there is neither.
fn public_values(front_matter: &str) -> String {
    if !front_matter.contains("staff_note") && !front_matter.contains('#') {
        return front_matter.to_owned();
    }
    let Ok(mut table) = front_matter.parse::<toml_edit::DocumentMut>() else { return String::new() };
    table.remove("staff_note");
    for (mut key, item) in table.iter_mut() {
        key.leaf_decor_mut().clear();
        if let Some(value) = item.as_value_mut() {
            value.decor_mut().clear();
        }
    }
    table.set_trailing("");
    table.to_string()
}

/// The markdown in `span` of `text` with comments left out and trailing white space dropped.
pub(super) fn without_comments(text: &str, span: Span) -> String {
    let mut kept = String::with_capacity(span.of(text).len());
    let mut at = span.start;
    for comment in comments(text, span) {
        kept.push_str(Span::new(at, comment.start).of(text));
        at = comment.end;
    }
    kept.push_str(Span::new(at, span.end).of(text));
    tidy(&kept)
}

/// Lines without trailing white space, ended by `\n`, none empty at the ends.
fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len() + 1);
    for line in text.lines().map(str::trim_end) {
        if !(line.is_empty() && tidied.is_empty()) {
            tidied.push_str(line);
            tidied.push('\n');
        }
    }
    tidied.truncate(tidied.trim_end().len());
    if !tidied.is_empty() {
        tidied.push('\n');
    }
    tidied
}
