//! What looks like part of an update and is not: told, so that nothing is lost in silence.

use jiff::Timestamp;

use super::body::BodyReader;
use super::decode::Lines;
use super::heading::HeadingKind;
use super::keywords::{Key, Phrase};
use super::moment::Moment;
use super::outline::{Heading, Outline};
use super::remarks::update_at;
use super::{SectionKind, Update};
use crate::config::faults::Faults;
use crate::config::rules::{COMMENT, HEADER_LINE, UNKNOWN_NAME, UPDATE_HEADING};
use crate::diag::Note;
use crate::text::Span;

/// How far into a line a heading's date may be pushed.
const MARKS: usize = 8;

/// How many digits a date and a time have, a slip allowed for.
const DIGITS: usize = 10;

/// Longer texts before a colon are no keys.
const LONGEST_KEY: usize = 40;

/// Keys up to this length are not guessed at.
const SHORT: usize = 3;

impl BodyReader<'_> {
    /// Reports what looks like part of an update and is not. `published` ends where a draft begins.
    pub(super) fn report_slips(
        self,
        published: Span,
        outline: &Outline,
        updates: &[Update],
        faults: &mut Faults<'_>,
    ) {
        let text = &faults.source().text;
        let around = |place: Span| update_at(updates, place.start).map(|index| &updates[index]);
        if let Some(open) = outline.unclosed.filter(|open| published.contains(Span::at(open.start))) {
            self.report_unclosed(open, around(open).map(|update| update.at), faults);
        }
        if self.imported {
            faults.update = None;
            return;
        }
        for heading in outline.headings.iter().filter(|heading| published.contains(heading.line)) {
            faults.update = around(heading.line).map(|update| update.at);
            let words = heading.text.of(text);
            let in_header =
                around(heading.line).is_none_or(|update| update.header_span.contains(heading.line));
            if heading.underlined && !in_header {
                self.report_underlined(heading, faults);
            } else if heading.level == 2 {
                // Judged where the body is cut.
            } else if self.is_update(heading.line.of(text)) || words.starts_with('#') {
                self.report_heading(heading.line, faults);
            } else {
                self.report_section(heading, faults);
            }
        }
        for line in outline.near.iter().copied().filter(|line| published.contains(*line)) {
            faults.update = around(line).map(|update| update.at);
            self.report_heading(line, faults);
        }
        for update in updates {
            self.report_stranded_keys(update, faults);
        }
        faults.update = None;
    }

    /// Whether a line, marks and slips before its date left out, is the heading of an update.
    fn is_update(self, line: &str) -> bool {
        let line = line.trim();
        let mark = line.find('#').map_or(0, |mark| mark + 1);
        let digit =
            line.bytes().skip(mark).position(|b| b.is_ascii_digit()).map_or(line.len(), |digit| mark + digit);
        let before = line.get(..digit).unwrap_or_default();
        if before.len() > MARKS || (digit > 0 && !before.contains('#')) {
            let words = line.trim_start_matches('#').trim();
            return line.starts_with('#') && matches!(self.kind(words), HeadingKind::Now { .. });
        }
        let words = line.get(digit..).unwrap_or_default().trim_end_matches(['#', ' ']);
        if words.bytes().filter(u8::is_ascii_digit).count() < DIGITS {
            return false;
        }
        // A date that is broken too, as in `##2 026-11-21 14:10 Resolved`, still ends in a status.
        let status = |from: usize| self.keywords.heading_word(&words[from..]).is_some();
        matches!(self.kind(words), HeadingKind::Update { .. })
            || (digit > 0 && words.match_indices(' ').any(|(blank, _)| status(blank + 1)))
    }

    /// A line that begins like a heading, or a heading of the wrong kind.
    fn report_heading(self, line: Span, faults: &mut Faults<'_>) {
        let words = line.of(&faults.source().text);
        if self.is_update(words) {
            faults.withhold(
                UPDATE_HEADING,
                line,
                "This looks like an update and is none: it does not begin with `##` and a blank.",
                "Write `## DATE TIME STATUS`.",
            );
        } else if words.bytes().take(MARKS).filter(|b| *b == b'#').count() > 1 {
            // One `#` is often meant: "#7 bus", "C# course".
            faults.warning(
                UPDATE_HEADING,
                line,
                "This looks like a heading and is none, so it is published as it stands.",
                "Begin the line with `###` and a blank.",
            );
        }
    }

    fn report_underlined(self, heading: &Heading, faults: &mut Faults<'_>) {
        faults.error(
            UPDATE_HEADING,
            heading.line,
            "The row of dashes below this line makes a heading of it.",
            "Put an empty line before the dashes, or take them away.",
        );
    }

    /// A heading within two edits of a section that means something, or of another level, or without words.
    fn report_section(self, heading: &Heading, faults: &mut Faults<'_>) {
        let words = heading.text.of(&faults.source().text);
        let known = self.keywords.section(words) != SectionKind::Other;
        if known && heading.level == 3 {
            return;
        }
        if words.is_empty() {
            faults.warning(
                UPDATE_HEADING,
                heading.line,
                "This heading has no words.",
                "Write them on the same line.",
            );
        } else if known {
            faults.warning(
                UPDATE_HEADING,
                heading.line,
                format!("“{words}” has the wrong number of `#`, so it is a heading like any other."),
                format!("Write `### {words}`."),
            );
        } else if let Some(near) = self.keywords.nearest_section(words) {
            faults.warning(
                UNKNOWN_NAME,
                heading.text,
                format!("“{words}” is not a section that Candor knows."),
                format!("Did you mean `### {near}`?"),
            );
        }
    }

    /// An open code block or comment swallows what follows it, updates too.
    fn report_unclosed(self, open: Span, at: Option<Timestamp>, faults: &mut Faults<'_>) {
        let text = &faults.source().text;
        let comment = open.of(text).starts_with("<!--");
        let what = if comment { "comment" } else { "code block" };
        let mark = if comment { "-->" } else { "```" };
        faults.update = at;
        let first_line = Lines::of(text, open).next().unwrap_or(open);
        let mut hidden = Lines::of(text, open).filter(|line| {
            let words = line.of(text).trim_start();
            words.starts_with('#') && self.is_update(words)
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

    /// A header key below the text, or one with a slip in it, is text; its author most likely meant otherwise.
    fn report_stranded_keys(self, update: &Update, faults: &mut Faults<'_>) {
        let text = &faults.source().text;
        faults.update = Some(update.at);
        let mut first_paragraph = true;
        for line in Lines::of(text, update.body) {
            let words = line.of(text);
            first_paragraph &= !words.trim().is_empty();
            let Some(near) = self.stranded_key(words, first_paragraph) else { continue };
            faults.warning(
                HEADER_LINE,
                line,
                format!("This looks like a line `{near}: …`, but it is text here and has no effect."),
                format!("Write `{near}: …` right below the heading, before any text."),
            );
        }
    }

    /// The key that a line of text was perhaps meant to begin with.
    fn stranded_key<'w>(self, line: &'w str, first_paragraph: bool) -> Option<&'w str>
    where
        Self: 'w,
    {
        // List marks and asterisks before a key are slips too.
        let line = line.trim_start_matches(|c: char| !c.is_alphabetic());
        if let Some((Key::NextUpdate | Key::ExpectedFix, form, rest)) =
            self.keywords.key_at_start(line).filter(|_| first_paragraph)
            && (Moment::take(rest).is_ok() || self.keywords.after(Phrase::NotKnown, rest).is_some())
        {
            // `Next update 14:40`: the colon is missing.
            return Some(form);
        }
        let (key, rest) = line.split_once(':').filter(|(key, _)| key.len() <= LONGEST_KEY)?;
        let weighty =
            |key: &Key| !matches!(key, Key::By | Key::Severity | Key::Areas | Key::Owner | Key::Services);
        if self.keywords.key(key.trim()).filter(weighty).is_some() && rest.starts_with(' ') {
            return Some(key.trim());
        }
        if !first_paragraph {
            return None;
        }
        let mut ends =
            line.match_indices(':').map(|(end, _)| end).take_while(|end| *end <= LONGEST_KEY).take(2);
        ends.find_map(|end| {
            let letters: String = line[..end].chars().filter(|c| c.is_alphabetic() || *c == ' ').collect();
            // Short words are near to too much: "My" and "By".
            (letters.len() > SHORT).then(|| self.keywords.nearest_key(&letters)).flatten()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{front, read, told};

    fn told_about(body: &str) -> String {
        let text = format!("{}## 2026-11-21 14:10 Identified\n\n{body}\n", front(""));
        told(&read(&text).findings).join("\n")
    }

    #[test]
    fn an_update_with_a_slip_in_its_heading_is_never_taken_for_text() {
        for line in [
            "##2026-11-21 15:10 Resolved",
            "### 2026-11-21 15:10 Resolved",
            "# 2026-11-21 15:10 Resolved",
            "2026-11-21 15:10 Resolved",
            "x## 2026-11-21 15:10 Resolved",
            "# # 2026-11-21 15:10 Resolved",
            "##2 026-11-21 15:10 Resolved",
            "0# 2026-11-21 15:10 Resolved",
            "## x2026-11-21 15:10 Resolved",
            "    ## 2026-11-21 15:10 Resolved",
            "### now Resolved",
        ] {
            let told = told_about(&format!("We dig.\n\n{line}\n\nWater is back.\n"));
            assert!(told.starts_with("update-heading! "), "{line}: {told}");
        }
        for line in [
            "#7 bus",
            "C# course",
            "2026-11-21 was a bad day.",
            "Since 2026-11-21 14:10 we investigate.",
            "### Since 2026",
        ] {
            assert_eq!(told_about(&format!("We dig.\n\n{line}\n\nWater is back.\n")), "", "{line}");
        }
    }

    #[test]
    fn a_section_with_a_slip_in_its_heading_is_told() {
        for (line, help) in [
            ("### What you cna do", "Did you mean `### What you can do`?"),
            ("#### What you can do", "Write `### What you can do`."),
            ("###What you can do", "Begin the line with `###` and a blank."),
            ("###", "Write them on the same line."),
        ] {
            assert!(told_about(&format!("We dig.\n\n{line}\n\nBoil it.\n")).contains(help), "{line}");
        }
        assert_eq!(told_about("### Where we dig\n\nHere."), "");
    }

    #[test]
    fn a_header_line_with_a_slip_in_it_is_told() {
        for (body, key) in [
            ("We dig.\n\nNext update: 14:40", "Next update"),
            ("- Next update: 14:40", "Next update"),
            ("**Affected:** 40 homes, counted", "Affected"),
            ("Windo.: 22:00 to 23:00", "Window"),
            ("Next update 14:40", "Next update"),
            ("Expected fix not known because we look", "Expected fix"),
            ("By: Dana Osei\nA\nffected: 40 homes, counted", "Affected"),
        ] {
            assert!(told_about(body).starts_with("header-line"), "{body}: {}", told_about(body));
            assert!(told_about(body).contains(&format!("a line `{key}: …`")), "{body}: {}", told_about(body));
        }
        for text in [
            "The next update is at 14:40.",
            "Note: the road is closed.",
            "We dig: slowly.\n\nOwners: please call.",
        ] {
            assert_eq!(told_about(text), "", "{text}");
        }
    }

    #[test]
    fn nothing_is_told_about_a_draft() {
        assert_eq!(told_about("We dig.\n\n## Draft\n\n##2026-11-21 15:10 Resolved\n\n<!-- open\n"), "");
    }
}
