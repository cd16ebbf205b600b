//! The updates of a file, with their sections.

use lsp_types::{DocumentSymbol, SymbolKind};

use super::View;
use super::diagnostics::Sheet;
use super::documents::Document;
use crate::content::{File, Incident, Surroundings, Update, read_incident};
use crate::text::Span;

pub(super) fn symbols(document: &Document, view: &View, sheet: &Sheet<'_>) -> Vec<DocumentSymbol> {
    let Some(incident) = read(document, view) else { return Vec::new() };
    incident.updates.iter().map(|update| of_update(update, sheet)).collect()
}

/// The incident in a text, as it stands in the editor.
pub(super) fn read(document: &Document, view: &View) -> Option<Incident> {
    let path = document.path.clone()?;
    let around = Surroundings::new(&view.settings, &view.content.registers);
    read_incident(&File::new(path, document.text.as_bytes()), &[], around).value
}

fn of_update(update: &Update, sheet: &Sheet<'_>) -> DocumentSymbol {
    let heading = update.heading.of(sheet.text);
    let sections = update.sections.iter().map(|section| {
        let span = Span::new(section.heading.span.start, section.body.end.max(section.heading.span.end));
        symbol(&section.heading.value, SymbolKind::STRING, span, section.heading.span, sheet, Vec::new())
    });
    let children = sections.collect();
    symbol(
        heading.trim_start_matches(['#', ' ']),
        SymbolKind::EVENT,
        update.span,
        update.heading,
        sheet,
        children,
    )
}

#[expect(
    deprecated,
    reason = "the type has no constructor and no default, and asks for its deprecated field"
)]
fn symbol(
    name: &str,
    kind: SymbolKind,
    span: Span,
    selection: Span,
    sheet: &Sheet<'_>,
    children: Vec<DocumentSymbol>,
) -> DocumentSymbol {
    // A symbol without a name is refused by some editors.
    let name = if name.trim().is_empty() { "(no words)" } else { name.trim() };
    DocumentSymbol {
        name: name.to_owned(),
        detail: None,
        kind,
        tags: None,
        deprecated: None,
        range: sheet.range(span),
        selection_range: sheet.range(selection),
        children: (!children.is_empty()).then_some(children),
    }
}
