//! The texts that are open in the editor.

use std::collections::HashMap;
use std::sync::Arc;

use lsp_types::{Position, Range, TextDocumentContentChangeEvent, Uri};

use super::Buffers;
use crate::diag::Finding;
use crate::text::{Positions, Span, Unit};

/// One open text.
#[derive(Clone, Debug)]
pub(super) struct Document {
    pub(super) uri: Uri,
    /// Relative to the site; `None` where it belongs to none.
    pub(super) path: Option<Arc<str>>,
    pub(super) version: i32,
    pub(super) text: Arc<str>,
    /// The findings about this very text; empty while it is being judged.
    pub(super) findings: Vec<Finding>,
}

/// All open texts, by address.
#[derive(Debug, Default)]
pub(super) struct Documents {
    by_uri: HashMap<String, Document>,
}

impl Documents {
    pub(super) fn open(&mut self, document: Document) {
        self.by_uri.insert(document.uri.as_str().to_owned(), document);
    }

    pub(super) fn close(&mut self, uri: &Uri) -> Option<Document> {
        self.by_uri.remove(uri.as_str())
    }

    pub(super) fn get(&self, uri: &Uri) -> Option<&Document> {
        self.by_uri.get(uri.as_str())
    }

    pub(super) fn get_mut(&mut self, uri: &Uri) -> Option<&mut Document> {
        self.by_uri.get_mut(uri.as_str())
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Document> {
        self.by_uri.values_mut()
    }

    /// The texts of the site, and the version of each.
    pub(super) fn of_site(&self) -> (Buffers, HashMap<Arc<str>, i32>) {
        let of_site = || self.by_uri.values().filter_map(|document| Some((document.path.clone()?, document)));
        (
            of_site().map(|(path, document)| (path, document.text.clone())).collect(),
            of_site().map(|(path, document)| (path, document.version)).collect(),
        )
    }
}

impl Document {
    /// Takes in changes, in their order. Places outside of the text count as the nearest inside.
    pub(super) fn change(&mut self, version: i32, changes: Vec<TextDocumentContentChangeEvent>, unit: Unit) {
        for change in changes {
            let Some(range) = change.range else {
                self.text = change.text.into();
                continue;
            };
            let span = span(&Positions::of(&self.text), range, unit);
            let mut text = String::with_capacity(self.text.len() + change.text.len());
            text.push_str(&self.text[..span.start]);
            text.push_str(&change.text);
            text.push_str(&self.text[span.end..]);
            self.text = text.into();
        }
        self.version = version;
        self.findings.clear();
    }
}

/// An editor's range as bytes.
pub(super) fn span(positions: &Positions<'_>, range: Range, unit: Unit) -> Span {
    let start = offset(positions, range.start, unit);
    Span::new(start, offset(positions, range.end, unit).max(start))
}

/// An editor's place as a byte.
pub(super) fn offset(positions: &Positions<'_>, at: Position, unit: Unit) -> usize {
    positions.offset(number(at.line), number(at.character), unit)
}

/// Bytes as an editor's range.
pub(super) fn range(positions: &Positions<'_>, span: Span, unit: Unit) -> Range {
    let place = |offset| {
        let (line, column) = positions.units(offset, unit);
        let small = |number| u32::try_from(number).unwrap_or(u32::MAX);
        Position::new(small(line), small(column))
    };
    Range::new(place(span.start), place(span.end.max(span.start)))
}

fn number(wire: u32) -> usize {
    usize::try_from(wire).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(text: &str, changes: &[(Option<[u32; 4]>, &str)], unit: Unit) -> String {
        let mut document = Document {
            uri: "file:///a.md".parse().unwrap(),
            path: None,
            version: 1,
            text: text.into(),
            findings: Vec::new(),
        };
        let changes = changes.iter().map(|(range, text)| TextDocumentContentChangeEvent {
            range: range.map(|[a, b, c, d]| Range::new(Position::new(a, b), Position::new(c, d))),
            range_length: None,
            text: (*text).to_owned(),
        });
        document.change(2, changes.collect(), unit);
        document.text.to_string()
    }

    #[test]
    fn changes_are_taken_in_one_after_the_other_in_the_editors_units() {
        let steps = [(Some([0, 3, 0, 4]), "X"), (Some([1, 0, 1, 0]), "new ")];
        assert_eq!(changed("a😀bc\nd\n", &steps, Unit::Utf16), "a😀Xc\nnew d\n");
        assert_eq!(changed("a😀bc\nd\n", &[(Some([0, 5, 0, 6]), "X")], Unit::Utf8), "a😀Xc\nd\n");
        assert_eq!(changed("a", &[(None, "b"), (Some([0, 1, 0, 1]), "c")], Unit::Utf16), "bc");
    }

    #[test]
    fn places_outside_of_the_text_and_turned_ranges_do_no_harm() {
        assert_eq!(changed("ab\n", &[(Some([7, 7, 9, 9]), "c")], Unit::Utf16), "ab\nc");
        assert_eq!(changed("ab\n", &[(Some([0, 2, 0, 1]), "c")], Unit::Utf16), "abc\n");
        assert_eq!(changed("é\n", &[(Some([0, 1, 0, 1]), "c")], Unit::Utf8), "cé\n", "inside a character");
    }
}
