//! A silent edit made open: the published text back in its place, and what the author meant to say in a `Correction`.
//!
//! Every word of the correction is the author's own: the published sentence as what was wrong, the edited one as what is
//! right. Where that does not make a whole statement (a sentence that is gone, another status, a time that has passed),
//! there is no fix, and the author finds the words.

use std::fmt::Write as _;

use jiff::{SignedDuration, Timestamp};

use super::{Subject, backing};
use crate::content::{Header, Update, scaffold};
use crate::diag::{Edit, Fix};
use crate::prose::{Prose, Sentence};
use crate::text::Span;
use crate::timeline::edit;

/// The fix of an update whose published text was changed by `edits`.
pub(super) fn correct(
    subject: &Subject<'_>,
    update: &Update,
    edits: &[edit::Edit],
    published: &str,
) -> Option<Fix> {
    let text = subject.incident.text();
    // Comments are not in the record, so putting the text back would lose them.
    if update.span.of(text).contains("<!--") || update.now {
        return None;
    }
    let at = next_minute(subject)?;
    let said = Said::of(text, update, edits, published, at)?;
    let zone = &subject.context.settings.zone;
    let wrong = format!("{}, “{}”", backing::written(subject.context, update.at, at), said.wrong);
    let mut header = vec![("Corrects", wrong.as_str())];
    header.extend(said.header.iter().filter_map(|line| line.split_once(": ")));
    let correction =
        scaffold::NewUpdate { at, zone, word: "Correction", next: None, header: &header, body: &said.right };
    let correction = format!("\n{}", correction.text().trim_end());
    let end = Span::at(scaffold::end_of_updates(text));
    Some(Fix {
        title: format!(
            "Put the published text of {} back and add a Correction",
            backing::written(subject.context, update.at, at)
        ),
        edits: vec![
            put_back(text, update.span, published),
            Edit { span: end, text: in_line_ends_of(text, &correction) },
        ],
    })
}

/// The fix of an update that stands under another time than readers saw.
pub(super) fn heading_back(update: &Update, published: &str) -> Option<Fix> {
    let heading = published.lines().next().filter(|line| line.starts_with("##"))?;
    Some(Fix::of("Put the published heading back", update.heading, heading))
}

/// The first minute, from now on, that comes after all updates.
fn next_minute(subject: &Subject<'_>) -> Option<Timestamp> {
    let now = subject.context.now;
    let now = now.checked_sub(SignedDuration::from_secs(now.as_second().rem_euclid(60))).ok()?;
    let latest = subject.incident.updates.iter().map(|update| update.at).max()?;
    Some(now.max(latest.checked_add(SignedDuration::from_mins(1)).ok()?))
}

/// What a correction says.
struct Said {
    /// The published sentences that were changed, in one line.
    wrong: String,
    /// The edited ones.
    right: String,
    /// Header lines that hold from now on.
    header: Vec<String>,
}

impl Said {
    fn of(text: &str, update: &Update, edits: &[edit::Edit], published: &str, at: Timestamp) -> Option<Self> {
        let (mut wrong, mut right, mut header) = (Vec::new(), Vec::new(), Vec::new());
        let prose = Prose::read(text, Span::new(update.body.start, update.span.end));
        let old_prose = Prose::read(published, Span::new(published.find('\n')?, published.len()));
        for edit in edits {
            if edit.new.start < update.heading.end {
                return None;
            }
            if update.header_span.contains(edit.new) {
                if !still_holds(&update.header, edit.new, at) || edit.new.is_empty() {
                    return None;
                }
                push(&mut header, line(text, edit.new.start).to_owned());
                push(&mut wrong, line(published, edit.old.start).to_owned());
            } else {
                push(&mut right, sentence(&prose, edit.new)?.span.of(text).to_owned());
                push(&mut wrong, folded(sentence(&old_prose, edit.old)?.span.of(published)));
            }
        }
        Some(Self { wrong: wrong.join(" "), right: right.join("\n"), header })
    }
}

/// Whether the header line at `span` may stand in an update of `at`. Promises are counted by their update.
fn still_holds(header: &Header, span: Span, at: Timestamp) -> bool {
    let here = |of: Option<Span>| of.is_some_and(|of| of.contains(span));
    let (fix, affected) = (header.expected_fix.as_ref(), header.affected.as_ref());
    here(affected.map(|affected| affected.span))
        || here(fix.map(|fix| fix.span)) && fix.is_some_and(|fix| fix.at.is_none_or(|time| time > at))
}

/// The sentence that holds `span` and more than it: what is left of a sentence that is all new, or all gone, says nothing
/// about the other text.
fn sentence(prose: &Prose, span: Span) -> Option<&Sentence> {
    prose.sentences().find(|sentence| {
        let (start, end) = (sentence.span.start, sentence.span.end);
        start <= span.start && span.end <= end && (start, end) != (span.start, span.end) && start < end
    })
}

fn push(lines: &mut Vec<String>, line: String) {
    if lines.last() != Some(&line) {
        lines.push(line);
    }
}

fn line(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    text[start..].lines().next().unwrap_or_default().trim_end()
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The edit that makes an update what was published; lines that are the same, and the white space at its end, stay.
fn put_back(text: &str, update: Span, published: &str) -> Edit {
    let now = update.of(text).trim_end();
    let published = in_line_ends_of(text, published.trim_end());
    let same = |(a, b): &(&str, &str)| a == b;
    let front: usize = now
        .split_inclusive('\n')
        .zip(published.split_inclusive('\n'))
        .take_while(same)
        .map(|(line, _)| line.len())
        .sum();
    let (rest, old) = (&now[front..], &published[front..]);
    let back: usize = rest
        .split_inclusive('\n')
        .rev()
        .zip(old.split_inclusive('\n').rev())
        .take_while(same)
        .map(|(line, _)| line.len())
        .sum();
    Edit {
        span: Span::new(update.start + front, update.start + now.len() - back),
        text: old[..old.len() - back].to_owned(),
    }
}

/// `text` with the line ends of a file.
fn in_line_ends_of(file: &str, text: &str) -> String {
    let plain = text.replace("\r\n", "\n");
    if file.contains("\r\n") { plain.replace('\n', "\r\n") } else { plain }
}

/// The fix that writes out by when we speak next, as the plan has it: the time that is printed with the update anyway.
pub(super) fn write_next_update(passage: &super::Passage<'_>) -> Option<Fix> {
    write_due(passage, passage.due?)
}

/// The fix that gives an update the time `due` for the next one.
pub(super) fn write_due(passage: &super::Passage<'_>, due: Timestamp) -> Option<Fix> {
    let update = passage.update?;
    if passage.translated || update.now || update.header.next_update.is_some() || due <= update.at {
        return None;
    }
    let text = &passage.source.text;
    let zone = &passage.context.settings.zone;
    let next = format!("Next update: {}", scaffold::time_beside(due, update.at, zone));
    let mut insert = String::new();
    let at = if update.header_span.is_empty() {
        let _ = write!(insert, "\n\n{next}");
        let follows = text[update.heading.end..].trim_start_matches(['\r', '\n', ' ', '\t']);
        let gap = &text[update.heading.end..text.len() - follows.len()];
        if gap.matches('\n').count() < 2 && !follows.is_empty() {
            insert.push('\n');
        }
        update.heading.end
    } else {
        let _ = writeln!(insert, "{next}");
        update.header_span.start
    };
    Some(Fix::of(format!("Write `{next}`, as the plan has it"), Span::at(at), in_line_ends_of(text, &insert)))
}
