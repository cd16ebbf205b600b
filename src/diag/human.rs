//! Findings as rustc shows them: the line with the words underlined, what is wrong, what to write instead.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Origin, Renderer, Snippet};

use super::place::{Lookup, Place, Texts, shown, visible};
use super::{Finding, Level};
use crate::text::Span;

/// Longer lines are cut around the words that are meant.
const WIDTH: usize = 100;

/// Whether colours are wanted; asking the terminal is the caller's work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    Never,
    Always,
}

/// The findings for people at a terminal, an empty line after each.
pub fn human(findings: &[Finding], lookup: &Lookup<'_>, colour: Colour) -> String {
    let renderer = match colour {
        Colour::Never => Renderer::plain(),
        Colour::Always => Renderer::styled(),
    };
    // ASCII frames: they survive a log, a mail and an old console.
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(WIDTH);
    let mut texts = Texts::new(lookup);
    let mut out = String::new();
    for finding in shown(findings) {
        out.push_str(&renderer.render(&report(finding, &mut texts)));
        out.push_str("\n\n");
    }
    out
}

fn report<'a>(finding: &'a Finding, texts: &mut Texts<'_, '_>) -> Vec<Group<'a>> {
    let level = match finding.level {
        Level::Error => annotate_snippets::Level::ERROR,
        Level::Warning => annotate_snippets::Level::WARNING,
        Level::Info | Level::Off => annotate_snippets::Level::INFO,
    };
    let title = level.primary_title(visible(&finding.message)).id(finding.rule.as_ref());
    let mut group = title.elements(source(&finding.path, finding.span, texts, AnnotationKind::Primary));
    if finding.withholds {
        let words = "the update is not published until this is mended";
        group = group.element(annotate_snippets::Level::NOTE.message(words));
    }
    if !finding.help.is_empty() {
        group = group.element(annotate_snippets::Level::HELP.message(visible(&finding.help)));
    }
    let notes = finding.notes.iter().map(|note| {
        let title = annotate_snippets::Level::NOTE.secondary_title(visible(&note.message));
        title.elements(source(&note.path, note.span, texts, AnnotationKind::Context))
    });
    let notes: Vec<_> = notes.collect();
    std::iter::once(group).chain(notes).collect()
}

/// The place and its line; only the path where the text is not known.
fn source<'a>(path: &str, span: Span, texts: &mut Texts<'_, '_>, kind: AnnotationKind) -> Vec<Element<'a>> {
    match texts.place(path, span) {
        None => vec![Origin::path(visible(path)).into()],
        Some(Place { start, excerpt, .. }) => {
            let snippet = Snippet::source(excerpt.text).line_start(start.line);
            let snippet = snippet.annotation(kind.span(excerpt.words));
            if excerpt.whole {
                return vec![snippet.path(visible(path)).into()];
            }
            // The column counted in what was cut out would be wrong, so it is given.
            let origin = Origin::path(visible(path)).line(start.line).char_column(start.column);
            vec![origin.into(), snippet.into()]
        }
    }
}
