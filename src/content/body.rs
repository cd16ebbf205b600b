//! The body of an incident file: a summary, then updates, oldest first, then perhaps a draft.

use jiff::{SignedDuration, Timestamp};

use super::decode::{Lines, after_line};
use super::header_lines::header_lines;
use super::header_values::HeaderReader;
use super::heading::{HeadingKind, read_heading};
use super::keywords::{Key, Keywords};
use super::outline::{Heading, Outline, outline};
use super::promise::PromiseReader;
use super::remarks::attach_comments;
use super::said::Said;
use super::surroundings::Surroundings;
use super::{Comment, Committed, Section, SectionKind, Update, Word};
use crate::config::PublishMode;
use crate::config::faults::Faults;
use crate::config::rules::{MISSING_KEY, SAME_MINUTE, UPDATE_HEADING, UPDATE_ORDER};
use crate::diag::{Fix, Note};
use crate::text::{Span, Spanned};

/// What a body holds.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) summary: Span,
    pub(super) summary_sections: Vec<Section>,
    /// By time.
    pub(super) updates: Vec<Update>,
    /// Candor's comments outside any update.
    pub(super) comments: Vec<Comment>,
}

/// What a body is read against.
#[derive(Clone, Copy)]
pub(super) struct BodyReader<'a> {
    pub(super) around: Surroundings<'a>,
    pub(super) keywords: &'a Keywords,
    pub(super) maintenance: bool,
    /// A translation need not repeat what the source says.
    pub(super) translation: bool,
    /// In history from elsewhere, what looks like a slip is what was written.
    pub(super) imported: bool,
    pub(super) committed: &'a Committed,
}

/// An update's place in the file, before it is read.
struct Chunk {
    heading: Heading,
    at: Timestamp,
    word: Word,
    now: bool,
    end: usize,
}

impl BodyReader<'_> {
    pub(super) fn read(self, body: Span, faults: &mut Faults<'_>) -> Body {
        let text = &faults.source().text;
        let outline = outline(text, body);
        let (chunks, summary_end, published_end) = self.chunks(body, &outline, faults);
        let corrects = chunks.iter().any(|chunk| chunk.word == Word::Correction);
        let times = chunks.iter().filter(|_| corrects).map(|chunk| chunk.at);
        let said = Said::of(times, &self.around.settings.zone);
        let mut updates: Vec<Update> =
            chunks.iter().map(|chunk| self.update(chunk, &outline, &said, faults)).collect();
        let summary = Span::new(body.start, summary_end);
        self.report_slips(Span::new(body.start, published_end), &outline, &updates, faults);
        let comments = attach_comments(summary, &outline.comments, &mut updates, self.keywords, faults);
        sort(&mut updates, outline.unclosed.is_none(), faults);
        let summary_sections = self.sections(summary, summary.start, &outline, faults);
        Body { summary: without_blank_lines(text, summary), summary_sections, updates, comments }
    }

    /// Cuts the body at its level-2 headings. Returns the updates, where the summary ends, and where a draft begins.
    fn chunks(self, body: Span, outline: &Outline, faults: &mut Faults<'_>) -> (Vec<Chunk>, usize, usize) {
        let text = &faults.source().text;
        let mut chunks: Vec<Chunk> = Vec::new();
        let mut summary_end = None;
        let mut draft = None;
        for heading in outline.headings.iter().filter(|heading| heading.level == 2 && !heading.underlined) {
            let kind = self.kind(heading.text.of(text));
            if draft.is_some() {
                if matches!(kind, HeadingKind::Update { .. } | HeadingKind::Now { .. }) {
                    faults.warning(
                        UPDATE_HEADING,
                        heading.line,
                        "This update stands below `## Draft`, so it is not published.",
                        "Move it above `## Draft` when it is ready.",
                    );
                }
                continue;
            }
            if kind == HeadingKind::Other && summary_end.is_none() {
                continue;
            }
            summary_end.get_or_insert(heading.line.start);
            if let Some(open) = chunks.last_mut().filter(|open| open.end == body.end) {
                open.end = heading.line.start;
            }
            let new = |at: Timestamp, word: Word, now: bool| Chunk {
                heading: *heading,
                at,
                word,
                now,
                end: body.end,
            };
            match kind {
                HeadingKind::Update { at, word } => chunks.push(new(at, word, false)),
                HeadingKind::Now { word } => {
                    match self.committed.of_line(line_of(text, heading.line.start)).and_then(minute) {
                        Some(at) => chunks.push(new(at, word, true)),
                        None => {
                            let (takes, or) = match self.around.settings.publish {
                                PublishMode::Commit => ("it takes that of the commit", "commit the file"),
                                PublishMode::Save => (
                                    "it takes that at which it was saved",
                                    "let the daemon write it once the file has rested for 30 seconds",
                                ),
                            };
                            faults.withhold(
                                UPDATE_HEADING,
                                heading.line,
                                format!("`now` has no time yet: {takes}."),
                                format!("Run `candor check --fix`, which writes the time, or {or}."),
                            );
                        }
                    }
                }
                HeadingKind::Draft => draft = Some(heading.line.start),
                HeadingKind::Broken(fault) => {
                    let finding = faults.withhold(fault.rule, heading.line, fault.message, fault.help);
                    finding.update = fault.at;
                }
                HeadingKind::Other => {
                    faults.withhold(
                        UPDATE_HEADING,
                        heading.line,
                        format!("“{}” is not an update, and what stands below it belongs to none.", heading.text.of(text)),
                        "Write `###` for a heading within an update, `## DATE TIME STATUS` for an update, `## Draft` for a draft.",
                    );
                }
            }
        }
        (chunks, summary_end.unwrap_or(body.end), draft.unwrap_or(body.end))
    }

    pub(super) fn kind(self, heading: &str) -> HeadingKind {
        read_heading(heading, self.keywords, &self.around.settings.zone, self.maintenance)
    }

    fn update(self, chunk: &Chunk, outline: &Outline, said: &Said, faults: &mut Faults<'_>) -> Update {
        let text = &faults.source().text;
        faults.update = Some(chunk.at);
        let span = Span::new(chunk.heading.line.start, chunk.end);
        let below = Span::new(after_line(text, chunk.heading.line).min(chunk.end), chunk.end);
        let lines = header_lines(text, below, &outline.comments, self.keywords);
        let reader = HeaderReader {
            around: self.around,
            keywords: self.keywords,
            maintenance: self.maintenance,
            word: chunk.word,
            at: chunk.at,
            said,
        };
        let header = reader.read(&lines.lines, faults);
        let wrote = |key| lines.lines.iter().any(|line| line.known == Some(key));
        if chunk.word == Word::Correction
            && !self.translation
            && !wrote(Key::Corrects)
            && !wrote(Key::Retracts)
        {
            faults.error(
                MISSING_KEY,
                chunk.heading.line,
                "This correction does not say what it corrects.",
                "Write below the heading: `Corrects: 14:10, WHAT WAS WRONG`.",
            );
        }
        let rest = Span::new(lines.body.min(chunk.end), chunk.end);
        let sections = self.sections(rest, rest.start, outline, faults);
        let first = within(&outline.headings, rest).iter().find(|heading| is_section(heading));
        let body = Span::new(rest.start, first.map_or(rest.end, |heading| heading.line.start));
        let mut tasks = Vec::new();
        if chunk.word == Word::Review {
            let promises = PromiseReader {
                keywords: self.keywords,
                zone: &self.around.settings.zone,
                heading: chunk.at,
            };
            for section in sections.iter().filter(|section| section.kind == SectionKind::Changing) {
                tasks.extend(promises.tasks(text, section.body, faults));
            }
        }
        faults.update = None;
        Update {
            at: chunk.at,
            word: chunk.word,
            now: chunk.now,
            heading: chunk.heading.line,
            span,
            header,
            header_span: lines.span,
            body: without_blank_lines(text, body),
            sections,
            tasks,
            comments: Vec::new(),
        }
    }

    /// The level-3 headings from `start` on and what stands under them.
    fn sections(self, span: Span, start: usize, outline: &Outline, faults: &Faults<'_>) -> Vec<Section> {
        let text = &faults.source().text;
        let headings = within(&outline.headings, Span::new(start, span.end));
        let mut end = span.end;
        let mut sections = Vec::new();
        for heading in headings.iter().rev().filter(|heading| heading.level <= 3 && !heading.underlined) {
            if is_section(heading) {
                let words = heading.text.of(text);
                sections.push(Section {
                    kind: self.keywords.section(words),
                    heading: Spanned::new(words.to_owned(), heading.text),
                    body: without_blank_lines(text, Span::new(after_line(text, heading.line).min(end), end)),
                });
            }
            end = heading.line.start;
        }
        sections.reverse();
        sections
    }
}

fn is_section(heading: &Heading) -> bool {
    heading.level == 3 && !heading.underlined
}

/// The headings in a part of the text.
fn within(headings: &[Heading], span: Span) -> &[Heading] {
    let first = headings.partition_point(|heading| heading.line.start < span.start);
    let end = headings.partition_point(|heading| heading.line.start < span.end);
    headings.get(first..end).unwrap_or_default()
}

/// The minute that a moment lies in.
fn minute(moment: Timestamp) -> Option<Timestamp> {
    let seconds = moment.as_second();
    moment.checked_sub(SignedDuration::from_secs(seconds.rem_euclid(60))).ok()?.round(jiff::Unit::Second).ok()
}

/// The line, from 1, of a byte.
fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1
}

/// The span without blank lines at its beginning and white space at its end. The first line keeps its indentation,
/// which means something in markdown.
fn without_blank_lines(text: &str, span: Span) -> Span {
    let end = span.start + span.of(text).trim_end().len();
    let first = Lines::of(text, Span::new(span.start, end)).find(|line| !line.of(text).trim().is_empty());
    first.map_or(Span::at(span.start), |line| Span::new(line.start, end))
}

/// The fix that moves updates to where their times belong, each as it stands; the white space between them stays. `None`
/// where something else stands between them.
fn in_order(updates: &[Update], text: &str) -> Option<Fix> {
    let (first, last) = (updates.first()?, updates.last()?);
    let together = updates.windows(2).all(|pair| pair[0].span.end == pair[1].span.start);
    let in_order = updates.is_sorted_by_key(|update| update.at);
    if !together || in_order || updates.iter().any(|update| update.now) {
        return None;
    }
    let words = |update: &Update| update.span.of(text).trim_end();
    let mut sorted: Vec<&Update> = updates.iter().collect();
    sorted.sort_by_key(|update| update.at);
    let moved = sorted.iter().zip(updates).map(|(update, place)| {
        let gap = &place.span.of(text)[words(place).len()..];
        format!("{}{gap}", words(update))
    });
    let span = Span::new(first.span.start, last.span.end);
    Some(Fix::of("Put the updates in order of time", span, moved.collect::<String>()))
}

/// Puts updates in order of time, and leaves out the second of two at the same minute.
fn sort(updates: &mut Vec<Update>, whole: bool, faults: &mut Faults<'_>) {
    let order = in_order(updates, &faults.source().text).filter(|_| whole);
    let mut latest: Option<Timestamp> = None;
    for update in updates.iter() {
        if latest.is_some_and(|latest| update.at < latest) {
            faults.update = Some(update.at);
            faults
                .warning(
                    UPDATE_ORDER,
                    update.heading,
                    "This update is older than the one above it.",
                    "Move it up: updates stand oldest first. Readers see them by time in any case.",
                )
                .fix = order.clone();
        }
        latest = latest.max(Some(update.at));
    }
    updates.sort_by_key(|update| update.at);
    let mut kept: Vec<Update> = Vec::with_capacity(updates.len());
    for update in updates.drain(..) {
        if let Some(first) = kept.last().filter(|last| last.at == update.at) {
            // About no update: its time is that of the other one, which is fine.
            faults.update = None;
            let note = Note {
                path: faults.source().path.clone(),
                span: first.heading,
                message: "The first one is here.".to_owned(),
            };
            faults
                .withhold(
                    SAME_MINUTE,
                    update.heading,
                    "Two updates have the same time, so this one is left out.",
                    "Write a time at least a minute later.",
                )
                .notes
                .push(note);
        } else {
            kept.push(update);
        }
    }
    *updates = kept;
    faults.update = None;
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{at, file, front, read, read_files, told};
    use super::*;
    use crate::content::{File, Status};

    /// Headings of the updates that were read, and what was told.
    fn updates(body: &str) -> (Vec<String>, Vec<String>) {
        let text = format!("{}{body}", front(""));
        let read = read(&text);
        let incident = read.value.unwrap();
        let headings =
            incident.updates.iter().map(|update| update.heading.of(&text)[3..].to_owned()).collect();
        (headings, told(&read.findings))
    }

    #[test]
    fn summary_header_body_and_sections_are_told_apart() {
        let text = format!(
            "{}### Where\n\nEverywhere.\n\n## Background\n\nOld pipes.\n\n## 2026-11-21 14:10 Identified ##\nBy: Dana Osei\n\n\
             One.\n\nTwo.\n\n### What you can do\n\nBoil it.\n\n#### How\n\nWith fire.\n\n### What people ask\n\n## 2026-11-21 15:10 Resolved\n",
            front("")
        );
        let incident = read(&text).value.unwrap();
        assert!(incident.summary.of(&text).starts_with("No water."));
        assert!(incident.summary.of(&text).ends_with("Old pipes."));
        assert_eq!(incident.summary_sections[0].body.of(&text), "Everywhere.");
        let update = &incident.updates[0];
        assert_eq!(update.word, Word::Status(Status::Identified));
        assert_eq!(update.header_span.of(&text), "By: Dana Osei");
        assert_eq!(update.body.of(&text), "One.\n\nTwo.");
        let sections: Vec<_> =
            update.sections.iter().map(|s| (s.kind, s.heading.span.of(&text), s.body.of(&text))).collect();
        assert_eq!(
            sections,
            [
                (SectionKind::Actions, "What you can do", "Boil it.\n\n#### How\n\nWith fire."),
                (SectionKind::Questions, "What people ask", "")
            ]
        );
        assert_eq!(incident.updates[1].body.of(&text), "");
    }

    #[test]
    fn updates_in_the_wrong_order_are_sorted_with_a_warning() {
        let (headings, told) =
            updates("## 2026-11-21 15:10 Resolved\n\nb\n\n## 2026-11-21 14:10 Identified\n\na\n");
        assert_eq!(headings, ["2026-11-21 14:10 Identified", "2026-11-21 15:10 Resolved"]);
        assert!(told[0].starts_with("update-order \"## 2026-11-21 14:10 Identified\""), "{told:?}");
    }

    #[test]
    fn two_updates_at_the_same_minute_are_an_error() {
        let (headings, told) =
            updates("## 2026-11-21 15:10 Identified\n\na\n\n## 2026-11-21 3:10pm Resolved\n\nb\n");
        assert_eq!(headings, ["2026-11-21 15:10 Identified"]);
        assert!(told[0].starts_with("same-minute! \"## 2026-11-21 3:10pm Resolved\""), "{told:?}");
    }

    #[test]
    fn other_headings_after_the_first_update_are_errors_and_drafts_are_not() {
        let (headings, told) = updates(
            "## 2026-11-21 14:10 Identified\n\na\n\n## Background\n\nb\n\n## 2026-11-21 15:10 Resolved\n",
        );
        assert_eq!(headings.len(), 2);
        assert!(told[0].starts_with("update-heading! \"## Background\""), "{told:?}");
        let (headings, told) =
            updates("## 2026-11-21 14:10 Identified\n\na\n\n## draft\n\nb\n\n## Whatever\n");
        assert_eq!((headings.len(), told.len()), (1, 0));
        let (headings, told) = updates("## Draft\n\nb\n\n## 2026-11-21 14:10 Identified\n\na\n");
        assert_eq!(headings.len(), 0);
        assert!(
            told[0]
                .starts_with("update-heading \"## 2026-11-21 14:10 Identified\": This update stands below"),
            "{told:?}"
        );
    }

    #[test]
    fn the_text_below_a_broken_heading_is_no_part_of_the_update_above() {
        let text = format!(
            "{}## 2026-11-21 14:10 Identified\n\na\n\n## 2026-11-21 15:1O Resolved\n\nb\n",
            front("")
        );
        let read = read(&text);
        assert!(
            told(&read.findings)[0].starts_with("bad-time! \"## 2026-11-21 15:1O Resolved\""),
            "{:?}",
            read.findings
        );
        let update = read.value.unwrap().updates.remove(0);
        assert_eq!(update.span.of(&text), "## 2026-11-21 14:10 Identified\n\na\n\n");
    }

    #[test]
    fn headings_in_code_are_none_and_an_open_block_that_hides_updates_is_told() {
        let (headings, told) =
            updates("## 2026-11-21 14:10 Identified\n\n```\n## 2026-11-21 15:10 Resolved\n```\n\na\n");
        assert_eq!((headings.len(), told.len()), (1, 0));
        for open in ["```", "<!-- later"] {
            let (headings, told) = updates(&format!(
                "## 2026-11-21 14:10 Identified\n\n{open}\n\n## 2026-11-21 15:10 Resolved\n"
            ));
            assert_eq!(headings.len(), 1);
            assert!(told[0].starts_with("update-heading!"), "{open}: {told:?}");
        }
        assert!(
            updates("## 2026-11-21 14:10 Identified\n\n<!-- open\n\ntext\n").1[0].starts_with("comment!")
        );
    }

    #[test]
    fn now_takes_the_time_of_the_commit() {
        let text = format!("{}## now Identified\n\na\n", front(""));
        let uncommitted = read(&text);
        assert!(told(&uncommitted.findings)[0].starts_with("update-heading! \"## now Identified\""));
        assert_eq!(uncommitted.value.unwrap().updates.len(), 0);
        let committed = File {
            committed: Committed::At(at("2026-11-21T14:10:42Z")),
            ..file("content/incidents/a.md", &text)
        };
        let read = read_files(&[committed]);
        assert_eq!(told(&read.findings), [""; 0]);
        let update = read.value.unwrap().updates.remove(0);
        assert_eq!((update.at, update.now), (at("2026-11-21T14:10:00Z"), true));
    }

    #[test]
    fn each_now_takes_the_time_of_its_own_commit() {
        let text = format!("{}## now Identified\n\na\n\n##  NOW Resolved\n\nb\n", front(""));
        let lines: Vec<usize> = crate::content::scaffold::now_headings(&text).collect();
        let times = [at("2026-11-21T14:10:42Z"), at("2026-11-21T15:20:01Z")];
        let committed = File {
            committed: Committed::Lines(lines.into_iter().zip(times).collect()),
            ..file("content/incidents/a.md", &text)
        };
        let read = read_files(&[committed]);
        assert_eq!(told(&read.findings), [""; 0]);
        let said: Vec<_> = read.value.unwrap().updates.iter().map(|update| update.at).collect();
        assert_eq!(said, [at("2026-11-21T14:10:00Z"), at("2026-11-21T15:20:00Z")]);
    }

    #[test]
    fn a_row_of_dashes_makes_a_heading_and_is_told() {
        let (_, told) = updates("## 2026-11-21 14:10 Identified\nBy: Dana Osei\n---\nWe are digging.\n---\n");
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].starts_with("update-heading \"We are digging.\""), "{told:?}");
    }
}
