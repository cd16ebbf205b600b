//! Telephone numbers in words that run from right to left.
//!
//! The groups of `506 555 0122` would be shown from right to left among Arabic letters, and whoever rings the number
//! that they read rings a stranger.

use std::ops::Range;

/// Fewer digits than this are no telephone number.
const DIGITS: usize = 7;

/// The telephone numbers in `words`, where these have Hebrew or Arabic letters; else nothing, which is quick.
pub(super) fn to_keep_in_order(words: &str) -> Vec<Range<usize>> {
    // The first bytes in UTF-8 of U+0580 to U+06FF.
    if !words.bytes().any(|byte| (0xd6..=0xdb).contains(&byte)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = words[from..].find(['+', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']) {
        let start = from + start;
        let (end, digits, groups) = number(&words[start..]);
        if digits >= DIGITS && groups > 1 {
            found.push(start..start + end);
        }
        from = start + end.max(1);
    }
    found
}

/// Length, digits and groups of the number that `words` begin with.
fn number(words: &str) -> (usize, usize, usize) {
    let (mut end, mut digits, mut groups) = (0, 0, usize::from(words.starts_with('+')));
    let mut between = true;
    for (at, c) in words.char_indices() {
        match c {
            '0'..='9' => {
                groups += usize::from(between);
                between = false;
                digits += 1;
                end = at + 1;
            }
            '+' if at == 0 => {}
            // At most two marks between groups, such as `) `.
            ' ' | '-' | '.' | '(' | ')' | '\u{a0}' if at < end + 2 => between = true,
            _ => break,
        }
    }
    (end, digits, groups)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(words: &str) -> Vec<&str> {
        to_keep_in_order(words).into_iter().map(|range| &words[range]).collect()
    }

    #[test]
    fn only_telephone_numbers_among_letters_from_right_to_left() {
        assert_eq!(numbers("اتصل بالرقم 506 555 0122."), ["506 555 0122"]);
        assert_eq!(numbers("اتصل: +1 (506) 555-0122 أو 0800-123456"), ["+1 (506) 555-0122", "0800-123456"]);
        assert_eq!(numbers("نحو 2,300 مركبة من 14:00 إلى 16:00، 40 متر"), Vec::<&str>::new());
        assert_eq!(numbers("Call 506 555 0122"), Vec::<&str>::new());
        assert_eq!(numbers("+ م"), Vec::<&str>::new());
    }
}
