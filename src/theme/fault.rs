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
        _ => None,
    }
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
    let span = report.map_or_else(Span::default, |report| Span::from(report.span().range.clone()));
    let message = report.map_or_else(|| error.to_string(), |report| report.message().to_owned());
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
