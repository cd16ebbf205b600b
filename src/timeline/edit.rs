//! Published text is never edited: what differs between the words that readers saw and the words of the file.
//!
//! White space may change, and so may spelling and case where the word holds no digit and is no negation, figure, key,
//! status or time. In the heading and the header every word is a claim. Ticking off a task of a review is how it is
//! done, not an edit. Everything else is a silent edit. Comments are not text.
//! What follows from an edit is not decided here but in `lint::verdict`.

use std::ops::Range;

use super::transcript;
use super::words;
use crate::text::Span;

/// One place where the new text says something else than the published one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Bytes of the published text; empty where words were added.
    pub old: Span,
    /// Bytes of the new text; empty where words were taken away.
    pub new: Span,
}

/// The edits between the published markdown of a statement and that of the file, in order of place. None: the same.
pub fn compare(old: &str, new: &str) -> Vec<Edit> {
    if old.trim() == new.trim() {
        return Vec::new();
    }
    let (before, after) = (tokens(old), tokens(new));
    differences(&before, &after)
        .into_iter()
        .filter(|(gone, come)| !is_allowed(&before[gone.clone()], &after[come.clone()]))
        .map(|(gone, come)| Edit { old: extent(&before, gone, old), new: extent(&after, come, new) })
        .collect()
}

#[derive(Clone, Debug)]
struct Token {
    /// Lower case, with plain quotes and dashes.
    folded: String,
    span: Span,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// May be spelt better.
    Word,
    /// May not change: in a heading or header, an address, a figure, a mark, a word that carries the claim.
    Held,
    /// The `x` of a ticked task and its `; done DATE`: may come, may not go.
    Tick,
}

impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        // Where a line breaks decides what counts as a header, and line breaks may change.
        self.folded == other.folded
    }
}

/// Words, figures and marks with their places. What is in comments is left out.
fn tokens(text: &str) -> Vec<Token> {
    let comments = transcript::comments(text, Span::new(0, text.len()));
    let mut tokens = Vec::new();
    let mut in_header = true;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        in_header = in_header && is_heading_or_header(line);
        let ticks = ticks(line);
        let mut at = 0;
        while let Some((length, held)) = next_token(line, at) {
            let span = Span::new(at, at + length);
            at = span.end;
            if length == 0 {
                at += line[at..].chars().next().map_or(1, char::len_utf8);
                continue;
            }
            if comments.iter().any(|comment| comment.contains(span.shifted(start))) {
                continue;
            }
            let folded = fold(span.of(line));
            let kind = if ticks.iter().any(|tick| tick.contains(span)) {
                Kind::Tick
            } else if held || in_header || words::is_held(&folded) {
                Kind::Held
            } else {
                Kind::Word
            };
            tokens.push(Token { folded, span: span.shifted(start), kind });
        }
        start += line.len();
    }
    tokens
}

/// Length of the token at a byte of the line and whether it may never change; length 0: white space.
fn next_token(line: &str, at: usize) -> Option<(usize, bool)> {
    let rest = line.get(at..)?;
    let first = rest.chars().next()?;
    if is_blank(first) {
        return Some((0, false));
    }
    let before = &line[..at];
    let begins_chunk = before.chars().next_back().is_none_or(|c| is_blank(c) || matches!(c, '(' | '<'));
    if begins_chunk {
        let length = rest.find(|c| is_blank(c) || matches!(c, ')' | '>')).unwrap_or(rest.len());
        let address = &rest[..length];
        if before.ends_with("](") || address.contains("://") || address.contains('@') {
            return Some((length.max(first.len_utf8()), true));
        }
    }
    if !first.is_alphanumeric() {
        return Some((first.len_utf8(), true));
    }
    let mut length = 0;
    let mut held = false;
    let mut characters = rest.char_indices().peekable();
    while let Some((_, c)) = characters.next() {
        let joins = |c: char| matches!(c, '\'' | '’' | '-' | '‑' | '.' | ':' | ',' | '\u{ad}');
        let next = characters.peek().map(|(_, next)| *next);
        let inside = match c {
            '.' | ':' | ',' => held && next.is_some_and(|next| next.is_ascii_digit()),
            c if joins(c) => next.is_some_and(char::is_alphanumeric),
            c => c.is_alphanumeric(),
        };
        if !inside {
            break;
        }
        held |= c.is_numeric();
        length += c.len_utf8();
    }
    Some((length.max(first.len_utf8()), held))
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')
}

fn fold(text: &str) -> String {
    text.chars()
        .filter(|c| *c != '\u{ad}')
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '“' | '”' | '„' | '«' | '»' => '"',
            '‘' | '’' => '\'',
            '–' | '—' | '‑' => '-',
            c => c,
        })
        .collect()
}

/// A heading, an empty line, `Key: value`, or an indented continuation: what may stand before the prose of an update.
fn is_heading_or_header(line: &str) -> bool {
    let key = line.split_once(':').map(|(key, _)| key.trim_end());
    line.trim().is_empty()
        || line.starts_with("## ")
        || line.starts_with([' ', '\t'])
        || key.is_some_and(|key| {
            let words = key.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\''));
            key.len() <= 30 && words && key.split_whitespace().count() <= 3
        })
}

/// Where a task line is ticked, and where it says when it was done.
fn ticks(line: &str) -> Vec<Span> {
    let indent = line.len() - line.trim_start().len();
    let task = &line[indent..];
    let Some(rest) = ["- [", "* [", "+ ["].iter().find_map(|bullet| task.strip_prefix(bullet)) else {
        return Vec::new();
    };
    let mut ticks = Vec::new();
    if rest.starts_with(['x', 'X']) && rest[1..].starts_with(']') {
        ticks.push(Span::new(indent + 3, indent + 4));
    } else if !rest.starts_with([' ', ']']) {
        return Vec::new();
    }
    if let Some((before, last)) = line.trim_end().rsplit_once(';') {
        let word = last.split_whitespace().next().unwrap_or_default();
        if words::means_done(&fold(word)) {
            ticks.push(Span::new(before.len(), line.len()));
        }
    }
    ticks
}

/// Whether tokens may be replaced by others without an edit.
fn is_allowed(gone: &[Token], come: &[Token]) -> bool {
    if gone.is_empty() {
        return come.iter().all(|token| token.kind == Kind::Tick);
    }
    let words = |tokens: &[Token]| !tokens.is_empty() && tokens.iter().all(|token| token.kind == Kind::Word);
    if !words(gone) || !words(come) {
        return false;
    }
    let letters = |tokens: &[Token]| {
        tokens.iter().flat_map(|t| t.folded.chars()).filter(|c| c.is_alphanumeric()).collect::<String>()
    };
    letters(gone) == letters(come)
        || gone.len() == come.len() && gone.iter().zip(come).all(|(a, b)| is_spelling(&a.folded, &b.folded))
}

/// Whether one word is the other spelt better. Words that differ at the front (`unsafe`, `decrease`) are other words,
/// and in short words only the order of letters may be mended: one letter more or less makes another word.
fn is_spelling(old: &str, new: &str) -> bool {
    let length = old.chars().count().min(new.chars().count());
    let distance = strsim::damerau_levenshtein(old, new);
    let limit = match length {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    let swapped = distance == 1 && sorted(old) == sorted(new);
    swapped || distance <= limit && old.chars().next() == new.chars().next()
}

/// Runs of tokens that differ, by the longest common subsequence.
fn differences(old: &[Token], new: &[Token]) -> Vec<(Range<usize>, Range<usize>)> {
    let front = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (&old[front..], &new[front..]);
    let back = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&old_rest[..old_rest.len() - back], &new_rest[..new_rest.len() - back]);
    if a.is_empty() && b.is_empty() {
        return Vec::new();
    }
    // Beyond this the text was rewritten: one edit says so, and the table would take too much memory.
    const MOST: usize = 4_000_000;
    if a.len().saturating_mul(b.len()) > MOST {
        return vec![(front..front + a.len(), front..front + b.len())];
    }
    let width = b.len() + 1;
    let mut common = vec![0_u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            common[i * width + j] = if a[i] == b[j] {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let mut runs: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let (mut i, mut j) = (0, 0);
    let (mut from_i, mut from_j) = (0, 0);
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            if (from_i, from_j) != (i, j) {
                runs.push((front + from_i..front + i, front + from_j..front + j));
            }
            (i, j) = (i + 1, j + 1);
            (from_i, from_j) = (i, j);
        } else if j == b.len() || i < a.len() && common[(i + 1) * width + j] >= common[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    if (from_i, from_j) != (i, j) {
        runs.push((front + from_i..front + i, front + from_j..front + j));
    }
    runs
}

/// The bytes of a run of tokens; of an empty run, the place where it would stand.
fn extent(tokens: &[Token], run: Range<usize>, text: &str) -> Span {
    match (tokens.get(run.clone()).unwrap_or_default(), tokens.get(run.start)) {
        ([first, .., last], _) => Span::new(first.span.start, last.span.end),
        ([only], _) => only.span,
        ([], Some(next)) => Span::at(next.span.start),
        ([], None) => Span::at(text.trim_end().len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUBLISHED: &str = "## 2026-11-21 14:10 Investigating\n\nNext update: 14:40\nAffected: about 1,200 homes, \
        counted from pressure sensors\n\nWe recieve no water from the trunk main. All homes are affected. It is not safe.\n\n\
        - [ ] Fit alarms; by 2027-01-31; Luis Marin\n";

    /// The words that an edit takes away and the words that it brings, as `old>new`.
    fn edits(from: &str, to: &str) -> Vec<String> {
        let new = PUBLISHED.replace(from, to);
        assert_ne!(new, PUBLISHED, "{from} is not there");
        compare(PUBLISHED, &new)
            .into_iter()
            .map(|edit| format!("{}>{}", edit.old.of(PUBLISHED), edit.new.of(&new)))
            .collect()
    }

    #[test]
    fn white_space_spelling_and_comments_may_change() {
        for (from, to) in [
            ("recieve", "receive"),
            ("water from", "water\nfrom"),
            ("We", "we"),
            ("trunk main", "trunk-main"),
            ("\n\nWe", "\n\n\n<!-- candor: allow(jargon) because it is a name -->\nWe"),
        ] {
            assert_eq!(edits(from, to), [""; 0], "{from} > {to}");
        }
    }

    #[test]
    fn words_that_carry_the_claim_may_not() {
        for (from, to, shown) in [
            ("All homes", "Some homes", "All>Some"),
            ("not safe", "now safe", "not>now"),
            ("is not safe", "is safe", "not>"),
            ("safe", "unsafe", "safe>unsafe"),
            ("1,200", "1,900", "1,200>1,900"),
            ("14:40", "15:40", "14:40>15:40"),
            ("Investigating", "Identified", "Investigating>Identified"),
            ("counted", "counter", "counted>counter"),
            ("We recieve", "We hear and recieve", ">hear and"),
            (
                "Affected: about 1,200 homes, counted from pressure sensors\n",
                "",
                "Affected: about 1,200 homes, counted from pressure sensors>",
            ),
        ] {
            assert_eq!(edits(from, to), [shown], "{from} > {to}");
        }
    }

    #[test]
    fn a_task_may_be_ticked_off_but_not_taken_back() {
        assert_eq!(
            edits(
                "[ ] Fit alarms; by 2027-01-31; Luis Marin",
                "[x] Fit alarms; by 2027-01-31; Luis Marin; done 2027-01-05"
            ),
            [""; 0]
        );
        assert_eq!(edits("2027-01-31", "2027-03-31"), ["2027-01-31>2027-03-31"]);
        let ticked = PUBLISHED.replace("[ ]", "[x]");
        assert_eq!(compare(&ticked, PUBLISHED).len(), 1);
    }

    #[test]
    fn addresses_may_not_change() {
        let old = "See [the map](/maps/norwood) or https://city.example/water.\n";
        assert_eq!(compare(old, &old.replace("norwood", "norwod")).len(), 1);
        assert_eq!(compare(old, &old.replace("city", "citty")).len(), 1);
        assert_eq!(compare(old, &old.replace("the map", "the mapp")).len(), 1, "three letters");
    }

    proptest::proptest! {
        #[test]
        fn only_white_space_may_go_anywhere_and_no_word_or_figure_may(
            words in proptest::collection::vec("[a-z]{4,9}|[0-9]{1,4}|[0-9]{2}:[0-9]{2}", 2..40),
            gaps in proptest::collection::vec("[ \n\t]{1,3}", 40),
            at in 0_usize..40,
        ) {
            let old = format!("Text begins. {}", words.join(" "));
            let wrapped: String =
                words.iter().zip(&gaps).fold("Text begins.".to_owned(), |text, (word, gap)| text + gap + word);
            assert_eq!(compare(&old, &wrapped), []);
            let mut fewer = words.clone();
            let gone = fewer.remove(at % words.len());
            let shorter = format!("Text begins. {}", fewer.join(" "));
            assert_eq!(compare(&old, &shorter).len(), 1, "{gone}");
            assert_eq!(compare(&shorter, &old).len(), 1, "{gone}");
            let mut other = words.clone();
            let word = &mut other[at % words.len()];
            if let Some(digit) = word.find(|c: char| c.is_ascii_digit()) {
                let next = if word[digit..].starts_with('7') { "8" } else { "7" };
                word.replace_range(digit..=digit, next);
                assert_eq!(compare(&old, &format!("Text begins. {}", other.join(" "))).len(), 1);
            }
        }
    }
}
