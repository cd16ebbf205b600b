//! Which parts of a paragraph are somebody else's words.
//!
//! Works on folded text, so curly, angled and straight quotes are judged alike. It rather leaves speech unmasked than
//! hides the author's own words: an opening quote that is never closed masks nothing.

use std::ops::Range;

/// Longer speech than this many bytes is not looked for, so that a hostile file cannot cost time.
const LONGEST: usize = 2_000;

/// Quoted stretches with their quotes, in order, apart from each other.
pub(super) fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(['"', '\'']).map(|at| from + at) {
        let end = if text[at..].starts_with('"') { double_end(text, at) } else { speech_end(text, at) };
        match end {
            Some(end) => {
                found.push(at..end);
                from = end;
            }
            None => from = at + 1,
        }
    }
    found
}

/// Whether a quote at `at` can begin something: `5" pipe` and `residents'` do not.
fn opens(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '.' | '!' | '?' | '%'))
}

/// What follows the quote at `at`, no more than speech can be long.
fn ahead(text: &str, at: usize) -> &str {
    &text[at + 1..text.floor_char_boundary(at + 1 + LONGEST)]
}

/// Past the end of what a `"` at `at` opens.
fn double_end(text: &str, at: usize) -> Option<usize> {
    if !opens(text, at) {
        return None;
    }
    let close = at + 1 + ahead(text, at).find('"')?;
    (!text[at + 1..close].trim().is_empty()).then_some(close + 1)
}

/// Past the end of what a `'` at `at` opens, if it is clearly speech: several words that end like a sentence, or that
/// stand after a colon or a comma.
fn speech_end(text: &str, at: usize) -> Option<usize> {
    let begins = text[at + 1..].chars().next().is_some_and(|c| !c.is_whitespace() && c != '\'');
    if !opens(text, at) || !begins {
        return None;
    }
    let closes = |close: &usize| {
        let inside = text[at + 1..*close].chars().next_back();
        let after = text[close + 1..].chars().next();
        inside.is_some_and(|c| !c.is_whitespace()) && after.is_none_or(|c| !c.is_alphanumeric())
    };
    // A quote after `s` and before a small letter is rather a possessive: "the residents' homes".
    let possessive = |close: &usize| {
        let mut after = text[close + 1..].chars();
        text[..*close].ends_with('s')
            && after.next() == Some(' ')
            && after.next().is_some_and(char::is_lowercase)
    };
    let all: Vec<usize> =
        ahead(text, at).match_indices('\'').map(|(i, _)| at + 1 + i).filter(closes).collect();
    let close = *all.iter().find(|close| !possessive(close)).or_else(|| all.first())?;
    let words = &text[at + 1..close];
    let introduced = text[..at].trim_end().ends_with([':', ',']);
    let clear = words.contains(' ') && (introduced || words.ends_with(['.', ',', '!', '?']));
    clear.then_some(close + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(text: &str) -> String {
        let mut left = text.to_owned();
        for range in quoted(text).into_iter().rev() {
            left.replace_range(range, "*");
        }
        left
    }

    #[test]
    fn speech_is_found() {
        assert_eq!(left(r#"A caller told us: "it would be fixed shortly"."#), "A caller told us: *.");
        assert_eq!(
            left(r#"The word "soon" and (" plus tard ") are quoted."#),
            "The word * and (*) are quoted."
        );
        assert_eq!(left("She said: 'The neighbours' water is brown' and left."), "She said: * and left.");
        assert_eq!(left("'We will be back soon,' they said."), "* they said.");
    }

    #[test]
    fn inches_apostrophes_and_lonely_quotes_hide_nothing() {
        for text in [
            r#"A 12" main and an 8" main broke."#,
            "The residents' homes, the shops' doors.",
            "It's back, and we don't know why. 'Tis odd.",
            r#"He said "we will fix it soon."#,
            "Turn the 'red' tap.",
        ] {
            assert_eq!(left(text), text);
        }
    }
}
