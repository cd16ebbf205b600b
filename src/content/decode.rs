//! Bytes to text, and text to front matter and body.

use super::File;
use crate::config::bom;
use crate::config::rules::UNREADABLE;
use crate::diag::Finding;
use crate::text::{Source, Span};

/// Larger files are no statements that people read.
const LARGEST: usize = 10_000_000;

/// The text of a file, as on disk. What cannot be text is one finding.
pub(super) fn decode(file: &File) -> Result<Source, Box<Finding>> {
    let refuse = |span: Span, message: String, help: &str| {
        let finding = Finding::error(UNREADABLE, &file.path, span, message, help);
        Err(Box::new(Finding { withholds: true, ..finding }))
    };
    if file.bytes.len() > LARGEST {
        return refuse(
            Span::default(),
            format!("The file has {} MB. Candor reads files of up to 10 MB.", file.bytes.len() / 1_000_000),
            "Move pictures and data into files of their own.",
        );
    }
    if file.bytes.starts_with(&[0xff, 0xfe]) || file.bytes.starts_with(&[0xfe, 0xff]) {
        return refuse(
            Span::default(),
            "The file is saved as UTF-16.".to_owned(),
            "Save it again as UTF-8: most editors offer it under “Save with encoding”.",
        );
    }
    let Some(text) = file.bytes.text() else {
        let at = std::str::from_utf8(&file.bytes).map_or_else(|error| error.valid_up_to(), str::len);
        return refuse(
            Span::at(at),
            format!("The file is not UTF-8: byte {at} is no part of a character."),
            "Save it again as UTF-8: most editors offer it under “Save with encoding”.",
        );
    };
    if let Some(at) = text.find('\0') {
        return refuse(
            Span::new(at, at + 1),
            format!("Byte {at} of the file is NUL, which no text holds."),
            "Delete that character, or save the file again as UTF-8.",
        );
    }
    if text[bom(text)..].trim().is_empty() {
        return refuse(
            Span::at(bom(text)),
            "The file is empty.".to_owned(),
            "Write it, delete it, or bring back what it held: `git checkout -- FILE`.",
        );
    }
    Ok(Source { path: file.path.clone(), text: text.clone() })
}

/// Where the front matter and the rest of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Parts {
    /// Between the `+++` lines.
    pub(super) front_matter: Span,
    /// After them, to the end of the file.
    pub(super) body: Span,
}

/// Why a file has no front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoFrontMatter {
    /// No `+++` line at the beginning.
    Missing,
    /// Begins with `---`, as other tools write it.
    Yaml,
    /// No second `+++` line.
    Unclosed,
}

/// Finds the front matter: TOML between two lines of `+++`, the first of which begins the file.
pub(super) fn split(text: &str) -> Result<Parts, (NoFrontMatter, Span)> {
    let mut lines =
        Lines::of(text, Span::new(bom(text), text.len())).skip_while(|line| line.of(text).trim().is_empty());
    let Some(first) = lines.next() else { return Err((NoFrontMatter::Missing, Span::at(bom(text)))) };
    match first.of(text).trim_end() {
        "+++" => {}
        "---" => return Err((NoFrontMatter::Yaml, first)),
        _ => return Err((NoFrontMatter::Missing, first)),
    }
    let start = after_line(text, first);
    let Some(last) = lines.find(|line| line.of(text).trim_end() == "+++") else {
        return Err((NoFrontMatter::Unclosed, first));
    };
    Ok(Parts {
        front_matter: Span::new(start, last.start),
        body: Span::new(after_line(text, last), text.len()),
    })
}

/// Where the line after `line` begins.
pub(super) fn after_line(text: &str, line: Span) -> usize {
    let rest = text.get(line.end..).unwrap_or_default();
    let end = if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) };
    line.end + end
}

/// The lines in a part of a text, without their line ends.
#[derive(Clone, Debug)]
pub(super) struct Lines<'t> {
    text: &'t str,
    at: usize,
    end: usize,
}

impl<'t> Lines<'t> {
    pub(super) fn of(text: &'t str, span: Span) -> Self {
        Self { text, at: span.start, end: span.end }
    }
}

impl Iterator for Lines<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        if self.at >= self.end {
            return None;
        }
        let rest = &self.text[self.at..self.end];
        let length = rest.find('\n').unwrap_or(rest.len());
        let line = Span::new(self.at, self.at + length);
        self.at = line.end + 1;
        let carriage_return = line.of(self.text).ends_with('\r');
        Some(Span { end: line.end - usize::from(carriage_return), ..line })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(bytes: &[u8]) -> String {
        let file = File::new("content/incidents/a.md", bytes);
        decode(&file)
            .map_or_else(|finding| finding.message, |source| format!("read {} bytes", source.text.len()))
    }

    #[test]
    fn what_is_no_text_is_refused_and_the_place_named() {
        assert_eq!(told(b"+++\n\xffabc"), "The file is not UTF-8: byte 4 is no part of a character.");
        assert_eq!(told(b"ab\0"), "Byte 2 of the file is NUL, which no text holds.");
        assert_eq!(told(b"\xff\xfea\0"), "The file is saved as UTF-16.");
        assert_eq!(told(b""), "The file is empty.");
        assert_eq!(told("\u{feff} \r\n".as_bytes()), "The file is empty.");
        assert_eq!(told(&vec![b'a'; LARGEST + 1]), "The file has 10 MB. Candor reads files of up to 10 MB.");
        assert_eq!(told(&vec![b'a'; LARGEST]), "read 10000000 bytes");
    }

    #[test]
    fn front_matter_stands_between_two_lines_of_plus_signs() {
        for text in
            ["+++\na = 1\n+++\nbody", "\u{feff}+++\r\na = 1\r\n+++ \r\nbody", "\n\n+++\na = 1\n+++\nbody"]
        {
            let parts = split(text).unwrap();
            assert_eq!(parts.front_matter.of(text).trim_end(), "a = 1");
            assert_eq!(parts.body.of(text), "body");
        }
        assert_eq!(split("+++\n+++").map(|parts| parts.body), Ok(Span::at(7)));
        assert_eq!(split("title\n").map_err(|(why, _)| why), Err(NoFrontMatter::Missing));
        assert_eq!(split("---\na: 1\n---\n").map_err(|(why, _)| why), Err(NoFrontMatter::Yaml));
        assert_eq!(split("+++\na = 1\n").map_err(|(why, _)| why), Err(NoFrontMatter::Unclosed));
    }
}
