//! What a template engine reports, as findings.

use std::collections::BTreeMap;

use tera::{Error, ErrorKind, ReportError};

use crate::diag::Finding;
use crate::text::{Source, Span};

/// The template that an error is in.
pub(super) fn template(error: &Error) -> Option<&str> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => Some(report.filename()),
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => Some(tpl),
        ErrorKind::MissingParent { current, .. } => Some(current),
        ErrorKind::Msg(report) => reported(report).map(|(_, name, ..)| name),
        _ => None,
    }
}

/// What the engine reports of an include of a file that the theme does not have, as text alone: the message, the
/// template, line and column.
fn reported(report: &str) -> Option<(&str, &str, usize, usize)> {
    let (message, place) = report.split_once("-->")?;
    let mut place = place.split_whitespace().next()?.rsplitn(3, ':');
    let column = place.next()?.parse().ok()?;
    let line = place.next()?.parse().ok()?;
    Some((message.trim().trim_start_matches("error: "), place.next()?, line, column))
}

/// From a line and column, both from 1, to the end of the line.
fn rest_of_line(text: &str, line: usize, column: usize) -> Span {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let end = text[before..].find('\n').map_or(text.len(), |length| before + length);
    let start = text.ceil_char_boundary((before + column.saturating_sub(1)).min(end));
    Span::new(start, end)
}

/// The error as a finding in the template that it names, else in `asked`.
pub(super) fn finding(error: &Error, asked: &str, templates: &BTreeMap<String, Source>) -> Finding {
    let name = template(error).unwrap_or(asked);
    let path = templates
        .get(name)
        .map_or_else(|| format!("themes/default/{name}").into(), |source| source.path.clone());
    let report = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => Some(report),
        _ => None,
    };
    let (span, message) = match (report, error.kind()) {
        (Some(report), _) => (Span::from(report.span().range.clone()), report.message().to_owned()),
        (None, ErrorKind::Msg(text)) => match (reported(text), templates.get(name)) {
            (Some((message, _, line, column)), Some(source)) => {
                (rest_of_line(&source.text, line, column), message.to_owned())
            }
            _ => (Span::default(), text.clone()),
        },
        _ => (Span::default(), error.to_string()),
    };
    let text = templates.get(name).map(|source| span.of(&source.text).to_owned());
    Finding {
        text: text.unwrap_or_default(),
        ..Finding::error("theme-template", &path, span, message, help(report.map(AsRef::as_ref)))
    }
}

fn help(report: Option<&ReportError>) -> &'static str {
    match report {
        Some(report) if report.message().contains("Available") => {
            "Use one of the values named above, or delete this file to use the built-in template."
        }
        _ => "Mend the template, or delete this file to use the built-in one.",
    }
}
