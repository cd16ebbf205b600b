//! Findings for programs: one JSON object on each line.

use jiff::Timestamp;
use serde::Serialize;

use super::place::{Lookup, Texts, shown};
use super::{Finding, Fix, Level};
use crate::text::Span;

/// One line. Keys are never renamed or dropped; new ones may come.
#[derive(Serialize)]
struct Line<'a> {
    rule: &'a str,
    level: Level,
    path: &'a str,
    #[serde(flatten)]
    place: Place,
    /// Bytes of the file, end exclusive.
    span: Span,
    /// Slug, where the finding is about an incident.
    incident: Option<&'a str>,
    /// Heading time of the update.
    update: Option<Timestamp>,
    text: &'a str,
    message: &'a str,
    help: &'a str,
    withholds: bool,
    notes: Vec<NoteLine<'a>>,
    /// Left out where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<&'a Fix>,
}

#[derive(Serialize)]
struct NoteLine<'a> {
    path: &'a str,
    #[serde(flatten)]
    place: Place,
    span: Span,
    message: &'a str,
}

/// Lines and columns from 1, columns in Unicode scalar values; null where the file is not text.
#[derive(Serialize)]
struct Place {
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

/// The findings as JSON Lines.
pub fn jsonl(findings: &[Finding], lookup: &Lookup<'_>) -> String {
    let mut texts = Texts::new(lookup);
    let mut out = String::new();
    for finding in shown(findings) {
        let text = if finding.text.is_empty() {
            lookup(&finding.path).map_or("", |text| finding.span.of(text))
        } else {
            &finding.text
        };
        let line = Line {
            rule: &finding.rule,
            level: finding.level,
            path: &finding.path,
            place: place(&finding.path, finding.span, &mut texts),
            span: finding.span,
            incident: finding.incident.as_deref(),
            update: finding.update,
            text,
            message: &finding.message,
            help: &finding.help,
            withholds: finding.withholds,
            notes: finding
                .notes
                .iter()
                .map(|note| NoteLine {
                    path: &note.path,
                    place: place(&note.path, note.span, &mut texts),
                    span: note.span,
                    message: &note.message,
                })
                .collect(),
            fix: finding.fix.as_ref(),
        };
        out.push_str(&serde_json::to_string(&line).expect("texts, numbers and times are always JSON"));
        out.push('\n');
    }
    out
}

fn place(path: &str, span: Span, texts: &mut Texts<'_, '_>) -> Place {
    let place = texts.place(path, span);
    Place {
        line: place.as_ref().map(|place| place.start.line),
        column: place.as_ref().map(|place| place.start.column),
        end_line: place.as_ref().map(|place| place.end.line),
        end_column: place.as_ref().map(|place| place.end.column),
    }
}
