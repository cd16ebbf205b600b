//! The text of a statement as it goes into the record: the author's markdown without comments.
//!
//! Comments speak to Candor or to colleagues, never to readers, so the record does not have them.

use crate::content::{Incident, Update};
use crate::prose::Prose;
use crate::text::Span;

/// All HTML comments in `span` of `text`; those in code are code.
pub(super) fn comments(text: &str, span: Span) -> Vec<Span> {
    if span.of(text).contains("<!--") { Prose::read(text, span).comments } else { Vec::new() }
}

/// An update's heading, header and body, with comments left out and trailing white space dropped.
pub(super) fn of_update(incident: &Incident, update: &Update) -> String {
    without_comments(incident.text(), update.span)
}

fn without_comments(text: &str, span: Span) -> String {
    let mut kept = String::with_capacity(span.of(text).len());
    let mut at = span.start;
    for comment in comments(text, span) {
        kept.push_str(Span::new(at, comment.start).of(text));
        at = comment.end;
    }
    kept.push_str(Span::new(at, span.end).of(text));
    tidy(&kept)
}

/// Lines without trailing white space, ended by `\n`, at most one empty one between two others, none at the ends.
fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len() + 1);
    let mut empty = 0;
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() {
            empty += 1;
            continue;
        }
        if empty > 0 && !tidied.is_empty() {
            tidied.push('\n');
        }
        empty = 0;
        tidied.push_str(line);
        tidied.push('\n');
    }
    tidied
}
