//! Code actions: what a finding's fix does, a silence with a reason, one more update.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use lsp_types::{CodeAction, CodeActionKind, Diagnostic, TextEdit, WorkspaceEdit};

use super::View;
use super::diagnostics::{Sheet, shown};
use super::documents::Document;
use super::{silence, symbols};
use crate::content::Incident;
use crate::diag::Finding;
use crate::text::Span;
use crate::timeline::{Inputs, OneMore, one_more};

/// What can be done about `asked`, a part of the text.
pub(super) fn actions(
    document: &Document,
    view: &View,
    sheet: &Sheet<'_>,
    asked: Span,
    now: Timestamp,
    shown_as: &dyn Fn(&Finding) -> Diagnostic,
) -> Vec<CodeAction> {
    let desk = Desk { document, sheet };
    let incident = symbols::read(document, view).map(Arc::new);
    let touched = |span: Span| span.start <= asked.end && asked.start <= span.end;
    let mut actions = Vec::new();
    for finding in document.findings.iter().filter(|finding| touched(shown(finding.span, sheet.text))) {
        if let Some(fix) = &finding.fix {
            let edits = fix.edits.iter().map(|edit| (edit.span, edit.text.clone())).collect();
            actions.push(CodeAction {
                diagnostics: Some(vec![shown_as(finding)]),
                is_preferred: Some(true),
                ..desk.action(fix.title.clone(), CodeActionKind::QUICKFIX, edits)
            });
        }
        let comment = incident.as_ref().and_then(|incident| silence::comment(finding, incident, sheet.text));
        if let Some((at, comment)) = comment {
            let title = format!("Silence `{}` here: then write why", finding.rule);
            actions.push(CodeAction {
                diagnostics: Some(vec![shown_as(finding)]),
                ..desk.action(title, CodeActionKind::QUICKFIX, vec![(Span::at(at), comment)])
            });
        }
    }
    if let Some(text) = incident.and_then(|incident| add_update(&incident, view, now)) {
        actions.push(desk.rewrite("Add an update now".to_owned(), &text));
    }
    actions
}

/// The file with one more update, as `candor update` writes it.
fn add_update(incident: &Arc<Incident>, view: &View, now: Timestamp) -> Option<String> {
    let settings = &view.settings;
    let inputs = Inputs::of(incident, settings, &view.record, false);
    let question = "<!-- What do you know now that you did not know before? What are you doing next? -->";
    let new = OneMore { word: None, next_is_said: false, header: &[], body: question };
    (!incident.imported).then(|| one_more(&inputs, settings, &new, now))
}

struct Desk<'a> {
    document: &'a Document,
    sheet: &'a Sheet<'a>,
}

impl Desk<'_> {
    // The key is the editor's own address, which never changes while it is one.
    #[expect(
        clippy::mutable_key_type,
        reason = "the type of the protocol's library; its hash is that of its text"
    )]
    fn action(&self, title: String, kind: CodeActionKind, edits: Vec<(Span, String)>) -> CodeAction {
        let edits = edits.into_iter().map(|(span, text)| TextEdit::new(self.sheet.range(span), text));
        let changes = HashMap::from([(self.document.uri.clone(), edits.collect())]);
        CodeAction {
            title,
            kind: Some(kind),
            edit: Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }),
            ..CodeAction::default()
        }
    }

    /// The text as it should be, told as the one stretch that differs.
    fn rewrite(&self, title: String, text: &str) -> CodeAction {
        self.action(title, CodeActionKind::REFACTOR, vec![difference(self.sheet.text, text)])
    }
}

/// The stretch of `old` that differs, and what `new` has in its place.
fn difference(old: &str, new: &str) -> (Span, String) {
    let same = old.char_indices().zip(new.chars()).find(|((_, a), b)| a != b);
    let start = same.map_or(old.len().min(new.len()), |((at, _), _)| at);
    let (old_rest, new_rest) = (&old[start..], &new[start..]);
    let tail = old_rest.chars().rev().zip(new_rest.chars().rev()).take_while(|(a, b)| a == b);
    let tail: usize = tail.map(|(c, _)| c.len_utf8()).sum();
    (Span::new(start, old.len() - tail), new_rest[..new_rest.len() - tail].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_told() {
        for (old, new, span, text) in [
            ("abc", "abXc", (2, 2), "X"),
            ("aé\n", "aé\n\nb\n", (4, 4), "\nb\n"),
            ("now x", "14:10 x", (0, 3), "14:10"),
            ("aa", "a", (1, 2), ""),
            ("", "a", (0, 0), "a"),
        ] {
            assert_eq!(difference(old, new), (Span::new(span.0, span.1), text.to_owned()), "{old:?} {new:?}");
        }
    }
}
