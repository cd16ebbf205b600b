//! What looks like part of an update and is not: told, so that nothing is lost in silence.

use jiff::Timestamp;

use super::Update;
use super::body::BodyReader;
use super::decode::Lines;
use super::heading::HeadingKind;
use super::keywords::Key;
use super::outline::Outline;
use super::remarks::update_at;
use crate::config::faults::Faults;
use crate::config::rules::{COMMENT, HEADER_LINE, UPDATE_HEADING};
use crate::diag::Note;
use crate::text::Span;

impl BodyReader<'_> {
    /// Reports what looks like part of an update and is not: so that nothing is lost in silence.
    pub(super) fn report_slips(self, outline: &Outline, updates: &[Update], faults: &mut Faults<'_>) {
        let text = &faults.source().text;
        let around = |place: Span| update_at(updates, place.start).map(|index| &updates[index]);
        let is_update = |line: &str| {
            let words = line.trim_start().trim_start_matches('#').trim().trim_end_matches('#');
            // Only a heading with a blank in it can be one: "DATE TIME WORD", "now WORD".
            words.contains([' ', 'T'])
                && matches!(self.kind(words), HeadingKind::Update { .. } | HeadingKind::Now { .. })
        };
        let other_levels =
            outline.headings.iter().filter(|heading| heading.level != 2).map(|heading| heading.line);
        for line in outline.glued.iter().copied().chain(other_levels) {
            if is_update(line.of(text)) {
                faults.update = around(line).map(|update| update.at);
                faults.withhold(
                    UPDATE_HEADING,
                    line,
                    "This looks like an update and is none: it does not begin with `##` and a blank.",
                    "Write `## DATE TIME STATUS`.",
                );
            }
        }
        for heading in outline.headings.iter().filter(|heading| heading.underlined) {
            if let Some(update) =
                around(heading.line).filter(|update| !update.header_span.contains(heading.line))
            {
                faults.update = Some(update.at);
                faults.error(
                    UPDATE_HEADING,
                    heading.line,
                    "The row of dashes below this line makes a heading of it.",
                    "Put an empty line before the dashes, or take them away.",
                );
            }
        }
        if let Some(open) = outline.unclosed {
            self.report_unclosed(open, is_update, around(open).map(|update| update.at), faults);
        }
        for update in updates {
            self.report_stranded_keys(update, faults);
        }
        faults.update = None;
    }

    /// An open code block or comment swallows what follows it, updates too.
    fn report_unclosed(
        self,
        open: Span,
        is_update: impl Fn(&str) -> bool,
        at: Option<Timestamp>,
        faults: &mut Faults<'_>,
    ) {
        let text = &faults.source().text;
        let comment = open.of(text).starts_with("<!--");
        let what = if comment { "comment" } else { "code block" };
        let mark = if comment { "-->" } else { "```" };
        faults.update = at;
        let first_line = Lines::of(text, open).next().unwrap_or(open);
        let mut hidden = Lines::of(text, open).filter(|line| {
            let words = line.of(text).trim_start();
            words.starts_with('#') && is_update(words)
        });
        let note = hidden.next().map(|line| Note {
            path: faults.source().path.clone(),
            span: line,
            message: "This update is inside it, so nobody would see it.".to_owned(),
        });
        if note.is_some() || comment {
            let rule = if note.is_some() { UPDATE_HEADING } else { COMMENT };
            let finding = faults.withhold(
                rule,
                first_line,
                format!("This {what} is never closed, so everything below it is hidden."),
                format!("Close it with a line `{mark}`."),
            );
            finding.notes.extend(note);
        }
    }

    /// A header key below the text is text; its author most likely meant otherwise.
    fn report_stranded_keys(self, update: &Update, faults: &mut Faults<'_>) {
        let text = &faults.source().text;
        for line in Lines::of(text, update.body) {
            let Some((key, rest)) = line.of(text).split_once(':') else { continue };
            let meant = matches!(
                self.keywords.key(key.trim_end()),
                Some(
                    Key::NextUpdate
                        | Key::ExpectedFix
                        | Key::Affected
                        | Key::Promise
                        | Key::Corrects
                        | Key::Retracts
                        | Key::Window
                )
            );
            if meant && rest.starts_with(' ') && !key.starts_with(char::is_whitespace) {
                faults.update = Some(update.at);
                faults.warning(
                    HEADER_LINE,
                    line,
                    format!("`{}` stands below the text, so it is text and has no effect.", key.trim_end()),
                    "Move the line up, right below the heading.",
                );
            }
        }
    }
}
