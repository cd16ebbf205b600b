//! What is being written at a place of a file: a key, the value of a key, a heading, the name of a rule, or prose.

use crate::content::{Key, Keywords, Place, place};
use crate::text::Span;

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spot<'t> {
    /// A key of the front matter or of a register.
    TomlKey,
    /// The value of a key of the front matter or of a register.
    TomlValue(&'t str),
    /// `## `, before any word.
    HeadingTime,
    /// `## 2026-11-21 14:10 `: the word.
    HeadingWord,
    /// `### `.
    Section,
    HeaderKey,
    /// The value of a header key, up to the place.
    HeaderValue(Key, &'t str),
    /// In `allow(…)`.
    Rule,
    Prose,
}

/// The spot at a byte of a file, and the word that is begun there.
pub(super) fn spot<'t>(path: &str, text: &'t str, offset: usize, keywords: &Keywords) -> (Spot<'t>, Span) {
    let offset = text.floor_char_boundary(offset.min(text.len()));
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let before = &text[start..offset];
    let word = |from: &str| Span::new(offset - from.len(), offset);
    if path.ends_with(".toml") || is_front_matter(text, start) {
        return toml(before, offset);
    }
    if matches!(place(path), Place::Page { .. } | Place::Other | Place::Stray) {
        return (Spot::Prose, id(before, offset));
    }
    if let Some(at) = before.rfind("allow(").filter(|at| before[..*at].contains("<!--")) {
        let rest = &before[at + 6..];
        return if rest.contains(')') { (Spot::Prose, id(before, offset)) } else { (Spot::Rule, word(rest)) };
    }
    if let Some(rest) = before.strip_prefix("### ") {
        return (Spot::Section, word(rest));
    }
    if let Some(rest) = before.strip_prefix("## ") {
        let dated =
            ["now ", "Now "].iter().find_map(|now| rest.strip_prefix(now)).or_else(|| after_time(rest));
        return match dated {
            Some(begun) => (Spot::HeadingWord, word(begun.trim_start_matches([' ', '-', '–', '—', '·']))),
            None => (Spot::HeadingTime, word(rest)),
        };
    }
    if !in_header(text, start, keywords) {
        return (Spot::Prose, id(before, offset));
    }
    match before.split_once(':') {
        Some((key, value)) => match keywords.key(key.trim()) {
            Some(key) => (Spot::HeaderValue(key, value), id(value, offset)),
            None => (Spot::Prose, id(before, offset)),
        },
        None if before.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '\'' | '’' | '-')) => {
            (Spot::HeaderKey, word(before.trim_start()))
        }
        None => (Spot::Prose, id(before, offset)),
    }
}

/// The whole word at a byte: letters, digits and what joins them in ids.
pub(super) fn word_at(text: &str, offset: usize) -> Span {
    let offset = text.floor_char_boundary(offset.min(text.len()));
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let before = text[..offset].chars().rev().take_while(|c| joins(*c)).map(char::len_utf8).sum::<usize>();
    let after = text[offset..].chars().take_while(|c| joins(*c)).map(char::len_utf8).sum::<usize>();
    Span::new(offset - before, offset + after)
}

fn toml(before: &str, offset: usize) -> (Spot<'_>, Span) {
    match before.split_once('=') {
        Some((key, value)) => (Spot::TomlValue(key.trim()), id(value, offset)),
        None => (Spot::TomlKey, id(before, offset)),
    }
}

/// The id that ends at `offset`.
fn id(before: &str, offset: usize) -> Span {
    let length: usize = before
        .chars()
        .rev()
        .take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        .map(char::len_utf8)
        .sum();
    Span::new(offset - length, offset)
}

/// Whether the line that begins at `start` lies between the two `+++`.
fn is_front_matter(text: &str, start: usize) -> bool {
    let mut marks = 0;
    let mut passed = 0;
    for line in text.split_inclusive('\n') {
        if passed >= start {
            break;
        }
        passed += line.len();
        marks += usize::from(line.trim_end() == "+++");
        if marks == 2 {
            return false;
        }
    }
    marks == 1
}

/// What follows `2026-11-21 14:10 ` in any of the ways to write a time.
fn after_time(text: &str) -> Option<&str> {
    let clock = text.find(':').filter(|_| text.starts_with(|c: char| c.is_ascii_digit()))?;
    let end = text[clock..].find(' ')?;
    Some(&text[clock + end + 1..])
}

/// Whether the line that begins at `start` lies under a level-2 heading with nothing but header lines between: they may
/// begin after empty lines, and the next empty line ends them.
fn in_header(text: &str, start: usize, keywords: &Keywords) -> bool {
    let above = &text[..start];
    let Some(heading) = above.rfind("\n## ") else { return false };
    let mut begun = false;
    for line in above[heading + 1..].lines().skip(1) {
        let is_key = line.split_once(':').is_some_and(|(key, _)| keywords.key(key.trim()).is_some());
        let goes_on = begun && line.starts_with([' ', '\t']);
        let is_blank = line.trim().is_empty();
        if is_blank && begun || !(is_blank || is_key || goes_on || line.starts_with("<!--")) {
            return false;
        }
        begun |= is_key;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The spot at `|`, and the word begun there.
    fn at(marked: &str) -> (String, String) {
        let offset = marked.find('|').unwrap();
        let text = marked.replacen('|', "", 1);
        let path = "content/incidents/a.md";
        let (spot, begun) = spot(path, &text, offset, Keywords::of("en"));
        (format!("{spot:?}"), begun.of(&text).to_owned())
    }

    #[test]
    fn each_place_of_a_file_is_known() {
        const FRONT: &str = "+++\ntitle = \"x\"\n+++\n\nSummary.\n\n";
        for (text, spot, begun) in [
            ("+++\nsev|\n+++\n", "TomlKey", "sev"),
            ("+++\nservices = [\"water\", \"ro|\"]\n+++\n", "TomlValue(\"services\")", "ro"),
            ("## |", "HeadingTime", ""),
            ("## 2026-11-21 14:10 Id|", "HeadingWord", "Id"),
            ("## now |", "HeadingWord", ""),
            ("## now Identified\n\nNext up|", "HeaderKey", "Next up"),
            ("## now Identified\nBy: ann\nServ|", "HeaderKey", "Serv"),
            ("## now Identified\n\nBy: ann\n\nServ|", "Prose", "Serv"),
            ("## now Identified\n\nServices: water: deg|", "HeaderValue(Services, \" water: deg\")", "deg"),
            ("## now Identified\n\nWe dig.\nBy: a|", "Prose", "a"),
            ("### What y|", "Section", "What y"),
            ("<!-- candor: allow(unb|", "Rule", "unb"),
            ("The crew of Dana|", "Prose", "Dana"),
        ] {
            let whole = if text.starts_with("+++") { text.to_owned() } else { format!("{FRONT}{text}") };
            assert_eq!(at(&whole), (spot.to_owned(), begun.to_owned()), "{text}");
        }
    }

    #[test]
    fn any_place_of_any_text_is_some_spot() {
        let text = "+++\r\né = \"😀\n+++\n## ü:\n: x\n<!-- allow(é";
        for offset in 0..=text.len() + 3 {
            let (_, begun) = spot("content/incidents/a.md", text, offset, Keywords::of("fr"));
            assert!(text.get(begun.range()).is_some() && text.get(word_at(text, offset).range()).is_some());
        }
    }
}
