//! Plain text in lines that every mail reader shows whole.

use super::letter::Hole;

/// Lines are at most this many characters, but for a word that is longer by itself, such as an address.
const WIDTH: usize = 72;

/// What begins a signature (RFC 3676 section 4.3): the one line whose blank at the end means something.
const SIGNATURE: &str = "-- ";

/// The text with long lines broken at blanks, and never two empty lines in a row; what hangs under a list mark or a
/// quote keeps its indent.
pub(super) fn wrap(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 64);
    let mut empty = true;
    for line in text.lines() {
        let line = if line == SIGNATURE { line } else { line.trim_end() };
        if empty && line.is_empty() {
            continue;
        }
        empty = line.is_empty();
        if width(line) <= WIDTH {
            out.push_str(line);
        } else {
            wrap_line(line, &mut out);
        }
        out.push('\n');
    }
    out
}

/// Characters; a hole counts as what usually fills it.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c == Hole::Email.mark() { 25 } else { 1 }).sum()
}

fn wrap_line(line: &str, out: &mut String) {
    let (first, hang) = indents(line);
    out.push_str(first);
    let mut column = first.chars().count();
    let mut fresh = true;
    for word in line[first.len()..].split(' ').filter(|word| !word.is_empty()) {
        let width = width(word);
        if !fresh && column + 1 + width > WIDTH {
            out.push('\n');
            out.push_str(&hang);
            column = hang.chars().count();
            fresh = true;
        }
        if !fresh {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += width;
        fresh = false;
    }
}

/// What a line begins with, and what its continuation begins with.
fn indents(line: &str) -> (&str, String) {
    let mut end = 0;
    let bytes = line.as_bytes();
    while bytes.get(end).is_some_and(|byte| matches!(byte, b' ' | b'>')) {
        end += 1;
    }
    let mut hang = line[..end].to_owned();
    let rest = &line[end..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let mark = match rest.as_bytes() {
        [b'-' | b'*', b' ', ..] => 2,
        _ if (1..=3).contains(&digits) && rest[digits..].starts_with(". ") => digits + 2,
        _ => 0,
    };
    hang.push_str(&" ".repeat(mark));
    // Deep enough to leave no room for words is no layout.
    if end + mark > WIDTH / 2 { ("", String::new()) } else { (&line[..end + mark], hang) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lists_hang_and_addresses_stay_whole() {
        let url = format!("https://status.example.org/{}", "x".repeat(80));
        let text = format!("\n- {}\n{url}\n\n\n-- \nshort  \n", "word ".repeat(20).trim());
        let wrapped = wrap(&text);
        let lines: Vec<&str> = wrapped.lines().collect();
        assert!(lines[0].starts_with("- word") && lines[1].starts_with("  word"), "{wrapped}");
        assert_eq!(lines[2..], [url.as_str(), "", "-- ", "short"]);
    }

    proptest! {
        #[test]
        fn no_word_is_lost_or_torn(text in "([ >*-]|[a-z]{1,9}|1\\. |\n|é|漢字|\\PC){0,200}") {
            let words = |text: &str| text.split([' ', '\n', '>', '-', '*']).filter(|w| !w.is_empty()).map(str::to_owned).collect::<Vec<_>>();
            let text = text.replace(|c: char| c.is_whitespace() && c != '\n', " ");
            prop_assert_eq!(words(&wrap(&text)), words(&text));
            for line in wrap(&text).lines() {
                prop_assert!(line.chars().count() <= WIDTH || !line.trim_start_matches([' ', '>', '-', '*']).contains(' ')
                    || line.split(' ').any(|word| word.chars().count() > WIDTH / 2), "{line}");
            }
        }
    }
}
