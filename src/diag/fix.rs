//! Fixes: edits that mend a finding without touching anyone's words. They are for structure only; what a sentence should
//! say is the author's to decide, and a finding's help is no more than a form to fill in.

use serde::Serialize;

use super::Finding;
use crate::text::Span;

/// Edits of the finding's file that mend it, all of them or none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// What it does, as an order: "Write the next update that the plan asks for".
    pub title: String,
    /// In order of place; they do not overlap.
    pub edits: Vec<Edit>,
}

/// Text in place of some bytes of the original; an empty span inserts, an empty text deletes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Edit {
    pub span: Span,
    pub text: String,
}

impl Fix {
    /// A fix of one edit.
    pub fn of(title: impl Into<String>, span: impl Into<Span>, text: impl Into<String>) -> Self {
        Self { title: title.into(), edits: vec![Edit { span: span.into(), text: text.into() }] }
    }

    /// The bytes from its first edit to its last.
    fn extent(&self) -> Span {
        let start = self.edits.first().map_or(0, |edit| edit.span.start);
        Span::new(start, self.edits.last().map_or(start, |edit| edit.span.end))
    }

    /// Whether there are edits, and they lie in the text, in order, between whole characters.
    fn fits(&self, text: &str) -> bool {
        let inside = |edit: &Edit| text.get(edit.span.start..edit.span.end).is_some();
        !self.edits.is_empty()
            && self.edits.iter().all(inside)
            && self.edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start)
    }
}

/// A file's text with some fixes made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mended {
    pub text: String,
    /// What was done, in order of place.
    pub titles: Vec<String>,
}

/// `text` with the fixes of its findings made. Of fixes that touch the same place only the first is: judging again shows
/// whether the others are still needed. Bytes outside of the edits stay as they are.
pub fn mend<'f>(text: &str, findings: impl IntoIterator<Item = &'f Finding>) -> Mended {
    let mut fixes: Vec<&Fix> = findings.into_iter().filter_map(|finding| finding.fix.as_ref()).collect();
    fixes.retain(|fix| fix.fits(text));
    fixes.sort_by_key(|fix| (fix.extent().start, fix.extent().end));
    let mut mended = Mended::default();
    let (mut kept, mut taken) = (0, None);
    for fix in fixes {
        let extent = fix.extent();
        if taken.is_some_and(|taken| extent.start <= taken) {
            continue;
        }
        for edit in &fix.edits {
            mended.text.push_str(&text[kept..edit.span.start]);
            mended.text.push_str(&edit.text);
            kept = edit.span.end;
        }
        taken = Some(extent.end);
        mended.titles.push(fix.title.clone());
    }
    mended.text.push_str(&text[kept..]);
    mended
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(edits: &[(usize, usize, &str)]) -> Finding {
        let edits = edits
            .iter()
            .map(|(start, end, text)| Edit { span: Span::new(*start, *end), text: (*text).to_owned() })
            .collect();
        let fix = Some(Fix { title: "Mend it".to_owned(), edits });
        Finding { fix, ..Finding::error("any", &"a.md".into(), 0..0, "", "") }
    }

    #[test]
    fn edits_are_made_and_all_else_is_kept() {
        let mended = mend("a\r\nb é c", &[finding(&[(0, 1, "A"), (8, 8, "X")]), finding(&[])]);
        assert_eq!(mended.text, "A\r\nb é Xc");
        assert_eq!(mend("same", &[]).text, "same");
    }

    #[test]
    fn of_two_fixes_in_one_place_the_first_is_made() {
        let mended = mend(
            "abcdef",
            &[finding(&[(1, 1, "2")]), finding(&[(1, 1, "1"), (3, 4, "")]), finding(&[(3, 3, "3")])],
        );
        assert_eq!((mended.text.as_str(), mended.titles.len()), ("a2bc3def", 2));
    }

    #[test]
    fn a_fix_that_does_not_fit_is_left_out() {
        for edits in [&[(1, 9, "")][..], &[(2, 3, "x")], &[(3, 4, ""), (0, 1, "")]] {
            assert_eq!(mend("aéb", &[finding(edits)]), Mended { text: "aéb".to_owned(), titles: vec![] });
        }
    }
}
