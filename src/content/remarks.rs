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
    let blocks = Blocks::of(text, summary.start, comments);
    for (index, span) in comments.iter().copied().enumerate() {
        let Some(directive) = read_comment(text, span, keywords) else { continue };
        let home = update_at(updates, span.start);
        if let Directive::Unreadable(why) = &directive {
            faults.update = home.map(|home| updates[home].at);
            faults.error(
                COMMENT,
                span,
                format!("Candor does not understand this comment. {why}"),
                "Write `<!-- candor: allow(RULE) because REASON -->` (or `… because REASON until 2026-12-31 -->`), \
                 or `<!-- candor: publish-anyway because REASON -->`.",
            );
        }
        let after = blocks.after.get(index).copied().unwrap_or(text.len());
        let next = update_at(updates, after);
        // What follows a comment never lies beyond the text that it stands in, but for the heading right below it.
        let limit = home.map_or(summary.end.max(span.end), |home| updates[home].span.end);
        let block = match next.map(|next| &updates[next]) {
            Some(update) if update.heading.start == after => {
                let header = Some(update.header_span.end).filter(|_| !update.header_span.is_empty());
                Span::new(after, header.unwrap_or(update.heading.end))
            }
            _ if after >= limit => Span::at(limit),
            Some(update) if update.header_span.start <= after && after < update.header_span.end => {
                Span::new(after, update.header_span.end)
            }
            _ => {
                let end = if in_item(text, span.start) { blocks.item_end(after) } else { blocks.end(after) };
                trimmed(text, Span::new(after, end.min(limit)))
            }
        };
        let above = next.filter(|next| updates[*next].heading.start == after);
        let allow = matches!(directive, Directive::Allow { .. });
        let comment = Comment { directive, span, block };
        match above.filter(|_| allow).or(home) {
            Some(index) => updates[index].comments.push(comment),
            None if summary.contains(span) => outside.push(comment),
            // In a draft, or below a heading that cannot be read: nothing there is published.
            None => {}
        }
    }
    faults.update = None;
    outside
}

/// The update that a place lies in; `updates` are in the order of the text.
pub(super) fn update_at(updates: &[Update], place: usize) -> Option<usize> {
    let index = updates.partition_point(|update| update.span.start <= place).checked_sub(1)?;
    (place < updates[index].span.end).then_some(index)
}

/// Where blocks end, and what follows each comment. Made once for a file, so that many comments cost no more than few.
struct Blocks {
    /// For each comment, the place after it, white space and further comments passed over.
    after: Vec<usize>,
    /// Ends of headings, and of the last lines before an empty line, a heading or the end of the text.
    ends: Vec<usize>,
    /// Starts of lines that begin a list item.
    items: Vec<usize>,
}

impl Blocks {
    fn of(text: &str, start: usize, comments: &[Span]) -> Self {
        let mut after = vec![text.len(); comments.len()];
        for (index, comment) in comments.iter().enumerate().rev() {
            let rest = text.get(comment.end..).unwrap_or_default();
            let place = comment.end + (rest.len() - rest.trim_start().len());
            let next = comments.get(index + 1).filter(|next| next.start == place);
            after[index] = next.and_then(|_| after.get(index + 1).copied()).unwrap_or(place);
        }
        let mut ends = Vec::new();
        let mut items = Vec::new();
        let mut last: Option<usize> = None;
        let lines = if comments.is_empty() { Span::at(start) } else { Span::new(start, text.len()) };
        for line in Lines::of(text, lines) {
            let words = line.of(text);
            let blank = words.trim().is_empty();
            let heading = words.starts_with('#');
            if blank || heading {
                ends.extend(last);
            }
            last = (!blank).then_some(line.end);
            if heading {
                ends.extend(last.take());
            }
            if begins_item(words) {
                items.push(line.start);
            }
        }
        ends.extend(last);
        Self { after, ends, items }
    }

    /// Where the block that holds a place ends.
    fn end(&self, place: usize) -> usize {
        let next = self.ends.partition_point(|end| *end < place);
        self.ends.get(next).copied().unwrap_or(place)
    }

    /// Where the block of a list item that holds a place ends: the next item is another one.
    fn item_end(&self, place: usize) -> usize {
        let next = self.items.partition_point(|item| *item <= place);
        self.items.get(next).copied().unwrap_or(usize::MAX).min(self.end(place))
    }
}

/// Whether a comment stands in a list item, so that it speaks about that item alone: after the item's mark, or indented.
fn in_item(text: &str, comment: usize) -> bool {
    let line = text[..comment].rfind('\n').map_or(0, |at| at + 1);
    let before = &text[line..comment];
    begins_item(before) || (before.len() >= 2 && before.trim().is_empty())
}

fn begins_item(line: &str) -> bool {
    let line = line.trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let marks: &[char] = if digits == 0 { &['-', '*', '+'] } else { &['.', ')'] };
    digits <= 9
        && line[digits..]
            .strip_prefix(marks)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{front, read, told};
    use crate::content::Comment;

    #[test]
    fn a_comment_speaks_about_the_block_after_it() {
        let text = format!(
            "{}<!-- candor: allow(a) because r -->\n\n## 2026-11-21 14:10 Identified\n<!-- candor: allow(b) because r -->\nBy: Dana Osei\n\n\
             <!-- candor: allow(c) because r -->\n<!-- candor: allow(d) because r -->\nOne\ntwo.\n\nThree <!-- candor: allow(e) because r --> four.\n\n\
             <!-- candor: publish-anyway because r -->\n\n## 2026-11-21 15:10 Resolved\n\nx\n\n<!-- candor: allow(f) because r -->\n",
            front("<!-- no -->\n").replace("<!-- no -->\n", "")
        );
        let read = read(&text);
        assert_eq!(told(&read.findings), [""; 0]);
        let incident = read.value.unwrap();
        let blocks = |comments: &[Comment]| -> Vec<String> {
            comments.iter().map(|comment| comment.block.of(&text).replace('\n', "/")).collect()
        };
        assert_eq!(
            blocks(&incident.updates[0].comments),
            [
                "## 2026-11-21 14:10 Identified/<!-- candor: allow(b) because r -->/By: Dana Osei",
                "By: Dana Osei",
                "One/two.",
                "One/two.",
                "four.",
                "## 2026-11-21 15:10 Resolved"
            ]
        );
        assert_eq!(blocks(&incident.updates[1].comments), [""]);
        assert_eq!(incident.comments, []);
    }

    #[test]
    fn a_comment_that_is_not_understood_is_told() {
        let read = read(&format!(
            "{}<!-- candor: allow(x) -->\nText.\n\n## 2026-11-21 14:10 Identified\n",
            front("")
        ));
        assert!(
            told(&read.findings)[0].starts_with("comment \"<!-- candor: allow(x) -->\""),
            "{:?}",
            read.findings
        );
        assert_eq!(read.value.unwrap().comments.len(), 1);
    }
}
