//! Hover: on a finding, the page of its rule; on an id, what it stands for; on a key, what it does.

use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind};

use super::View;
use super::diagnostics::{Sheet, shown};
use super::documents::Document;
use super::names::Kind;
use super::spot::{Spot, spot, word_at};
use crate::content::{FRONT_MATTER_KEYS, Key, Keywords};
use crate::lint;
use crate::text::Span;

pub(super) fn hover(
    document: &Document,
    view: &View,
    keywords: &Keywords,
    sheet: &Sheet<'_>,
    offset: usize,
) -> Option<Hover> {
    let on = |span: Span| span.start <= offset && offset <= span.end;
    let mut pages: Vec<String> = Vec::new();
    let mut place = None;
    for finding in document.findings.iter().filter(|finding| on(shown(finding.span, sheet.text))) {
        place.get_or_insert(shown(finding.span, sheet.text));
        pages.extend(lint::explain(&finding.rule).filter(|page| !pages.contains(page)));
    }
    if let Some((said, span)) = about_word(document, view, keywords, offset) {
        place.get_or_insert(span);
        pages.push(said);
    }
    let span = place?;
    let value = pages.join("\n\n---\n\n");
    (!value.is_empty()).then(|| Hover {
        contents: HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value }),
        range: Some(sheet.range(span)),
    })
}

fn about_word(
    document: &Document,
    view: &View,
    keywords: &Keywords,
    offset: usize,
) -> Option<(String, Span)> {
    let path = document.path.as_deref()?;
    let span = word_at(&document.text, offset);
    let word = span.of(&document.text);
    if let Some(kind) = named(path, &document.text, offset, keywords)
        && let Some(said) = kind.describe(word, view)
    {
        return Some((said, span));
    }
    let start = document.text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let line = document.text[start..].lines().next().unwrap_or_default();
    match spot(path, &document.text, offset, keywords).0 {
        Spot::TomlKey if path.ends_with(".md") => {
            let (_, _, meaning) = FRONT_MATTER_KEYS.iter().find(|(name, ..)| *name == word)?;
            Some(((*meaning).to_owned(), span))
        }
        Spot::HeaderKey => {
            let key = line.split_once(':')?.0;
            let meaning = keywords.key(key.trim())?.meaning();
            Some((meaning.to_owned(), Span::new(start, start + key.len())))
        }
        _ => None,
    }
}

/// What kind of thing stands at a place, where it is the value of a key that names things, or is defined there.
pub(super) fn named(path: &str, text: &str, offset: usize, keywords: &Keywords) -> Option<Kind> {
    match spot(path, text, offset, keywords).0 {
        Spot::TomlValue("id") => Kind::ALL.into_iter().find(|kind| kind.file() == path),
        Spot::TomlValue(key) => Kind::of_key(key),
        Spot::HeaderValue(Key::Services, _) => Some(Kind::Service),
        Spot::HeaderValue(Key::Areas, _) => Some(Kind::Area),
        Spot::HeaderValue(Key::By | Key::Owner, _) => Some(Kind::Person),
        _ => None,
    }
}
