//! Where an id is defined.

use std::path::Path;

use lsp_types::Location;

use super::View;
use super::address;
use super::diagnostics::location;
use super::documents::Document;
use super::hover::named;
use super::spot::{Spot, spot, word_at};
use crate::content::Keywords;
use crate::text::{Slug, Span, Unit};

pub(super) fn definition(
    document: &Document,
    view: &View,
    keywords: &Keywords,
    root: &Path,
    offset: usize,
    unit: Unit,
) -> Option<Location> {
    let path = document.path.as_deref()?;
    let word = word_at(&document.text, offset).of(&document.text);
    if let Some(kind) = named(path, &document.text, offset, keywords) {
        let text = view.files.get(kind.file())?;
        let span = kind.defined(word, text)?;
        return Some(location(address::uri(&root.join(kind.file()))?, text, span, unit));
    }
    if spot(path, &document.text, offset, keywords).0 != Spot::TomlValue("related") {
        return None;
    }
    let incident = view.content.incident(&Slug::from(word))?;
    Some(location(address::uri(&root.join(&**incident.path()))?, incident.text(), Span::at(0), unit))
}
