//! Which block each of Candor's comments speaks about, and which update it belongs to.

use super::comment::read_comment;
use super::decode::Lines;
use super::header_lines::trimmed;
use super::keywords::Keywords;
use super::{Comment, Directive, Update};
use crate::config::faults::Faults;
use crate::config::rules::COMMENT;
use crate::text::Span;

/// Reads the comments that speak to Candor, hands each to the update that it speaks about, and returns the others.
///
/// `allow` belongs to the update that holds the block after it: right above a heading, to the update that begins there.
/// `publish-anyway` belongs to the update that it stands in, so that a later update does not take it over.
pub(super) fn attach_comments(
    summary: Span,
    comments: &[Span],
    updates: &mut [Update],
    keywords: &Keywords,
    faults: &mut Faults<'_>,
) -> Vec<Comment> {
    let text = &faults.source().text;
    let mut outside = Vec::new();
    for span in comments.iter().copied() {
        let Some(directive) = read_comment(text, span, keywords) else { continue };
        let home = updates.iter().position(|update| update.span.contains(span));
        if let Directive::Unreadable(why) = &directive {
            faults.update = home.map(|index| updates[index].at);
            faults.error(
                COMMENT,
                span,
                format!("Candor does not understand this comment. {why}"),
                "Write `<!-- candor: allow(RULE) because REASON -->` (or `… because REASON until 2026-12-31 -->`), \
                 or `<!-- candor: publish-anyway because REASON -->`.",
            );
        }
        let limit = home.map_or(if summary.contains(span) { summary.end } else { text.len() }, |index| {
            updates[index].span.end
        });
        let after = skip(text, span.end, comments);
        let next = updates.iter().position(|update| update.heading.start == after);
        let block = match next {
            Some(index) => {
                let update = &updates[index];
                Span::new(update.heading.start, update.heading.end.max(update.header_span.end))
            }
            None => block(text, after, limit, home.map(|index| updates[index].header_span)),
        };
        let allow = matches!(directive, Directive::Allow { .. });
        let comment = Comment { directive, span, block };
        match next.filter(|_| allow).or(home) {
            Some(index) => updates[index].comments.push(comment),
            None => outside.push(comment),
        }
    }
    faults.update = None;
    outside
}

/// The place after white space and comments.
fn skip(text: &str, from: usize, comments: &[Span]) -> usize {
    let mut at = from;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        at += rest.len() - rest.trim_start().len();
        match comments.iter().find(|comment| comment.start == at) {
            Some(comment) => at = comment.end,
            None => return at,
        }
    }
}

/// The block that begins at `from`: to the next empty line or heading; within a header, to the header's end.
fn block(text: &str, from: usize, limit: usize, header: Option<Span>) -> Span {
    if from >= limit {
        return Span::at(limit.min(from));
    }
    if let Some(header) = header.filter(|header| header.start <= from && from < header.end) {
        return Span::new(from, header.end);
    }
    let mut end = from;
    for (index, line) in Lines::of(text, Span::new(from, limit)).enumerate() {
        let words = line.of(text);
        if words.trim().is_empty() || (index > 0 && words.starts_with('#')) {
            break;
        }
        end = line.end;
    }
    trimmed(text, Span::new(from, end))
}
