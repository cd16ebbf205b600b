//! Findings as the editor shows them.

use lsp_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString, Uri,
};

use super::documents::range;
use crate::diag::{Finding, Level, Note};
use crate::text::{Positions, Span, Unit};

/// How a document is shown: its text cut into lines, and the editor's unit.
#[derive(Debug)]
pub(super) struct Sheet<'t> {
    pub(super) text: &'t str,
    pub(super) positions: Positions<'t>,
    pub(super) unit: Unit,
}

impl<'t> Sheet<'t> {
    pub(super) fn of(text: &'t str, unit: Unit) -> Self {
        Self { text, positions: Positions::of(text), unit }
    }

    pub(super) fn range(&self, span: Span) -> lsp_types::Range {
        range(&self.positions, span, self.unit)
    }
}

/// A finding; `place` gives the place of a note, where its file is known.
pub(super) fn diagnostic(
    finding: &Finding,
    sheet: &Sheet<'_>,
    place: &dyn Fn(&Note) -> Option<Location>,
) -> Diagnostic {
    let related: Vec<_> = finding
        .notes
        .iter()
        .filter_map(|note| {
            Some(DiagnosticRelatedInformation { location: place(note)?, message: note.message.clone() })
        })
        .collect();
    let help = if finding.help.is_empty() { String::new() } else { format!("\n{}", finding.help) };
    Diagnostic {
        range: sheet.range(shown(finding.span, sheet.text)),
        severity: Some(match finding.level {
            Level::Error => DiagnosticSeverity::ERROR,
            Level::Warning => DiagnosticSeverity::WARNING,
            Level::Info | Level::Off => DiagnosticSeverity::INFORMATION,
        }),
        code: Some(NumberOrString::String(finding.rule.to_string())),
        source: Some("candor".to_owned()),
        message: format!("{}{help}", finding.message),
        related_information: (!related.is_empty()).then_some(related),
        ..Diagnostic::default()
    }
}

/// A point is hard to see: the rest of its line stands for it.
pub(super) fn shown(span: Span, text: &str) -> Span {
    if !span.is_empty() {
        return span;
    }
    let start = text.floor_char_boundary(span.start);
    let line = text[start..].lines().next().unwrap_or_default();
    Span::new(start, start + line.trim_end().len())
}

/// The place of a note in a text.
pub(super) fn location(uri: Uri, text: &str, span: Span, unit: Unit) -> Location {
    Location::new(uri, Sheet::of(text, unit).range(span))
}
