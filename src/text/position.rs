//! Bytes to lines and columns, in one place.

use serde::Serialize;

/// A place as people and editors count it: line and column from 1, columns in Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct LineColumn {
    pub line: usize,
    pub column: usize,
}

/// What an editor counts columns in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Bytes of UTF-8.
    Utf8,
    /// What every client of the language server protocol can do.
    #[default]
    Utf16,
}

impl Unit {
    fn of(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
        }
    }

    fn count(self, text: &str) -> usize {
        text.chars().map(|c| self.of(c)).sum()
    }
}

/// Where the lines of one text begin. Lines end at `\n`; a `\r` before it belongs to the line.
#[derive(Clone, Debug)]
pub struct Positions<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Positions<'a> {
    pub fn of(text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect();
        Self { text, starts }
    }

    /// The place of a byte offset; an offset past the end or inside a character counts as the nearest before it.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.line_index(offset);
        let column = self.text[self.starts[line]..offset].chars().count() + 1;
        LineColumn { line: line + 1, column }
    }

    /// Line and column from 0, as the language server protocol counts.
    pub fn units(&self, offset: usize, unit: Unit) -> (usize, usize) {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.line_index(offset);
        let before = &self.text[self.starts[line]..offset];
        (line, unit.count(before))
    }

    /// The byte at a line and column from 0. A column past the end of its line counts as the end of that line, before its
    /// line end; a line past the end of the text counts as the end of the text.
    pub fn offset(&self, line: usize, column: usize, unit: Unit) -> usize {
        let Some(start) = self.starts.get(line).copied() else { return self.text.len() };
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        let words = self.text[start..end].trim_end_matches('\n');
        let words = words.strip_suffix('\r').unwrap_or(words);
        let mut passed = 0;
        for (at, c) in words.char_indices() {
            passed += unit.of(c);
            if passed > column {
                return start + at;
            }
        }
        start + words.len()
    }

    fn line_index(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset) - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_utf16_counts_units() {
        let positions = Positions::of("a\r\nbé😀c\n");
        assert_eq!(positions.line_column(3), LineColumn { line: 2, column: 1 });
        assert_eq!(positions.line_column(10), LineColumn { line: 2, column: 4 });
        assert_eq!(positions.units(10, Unit::Utf16), (1, 4));
        assert_eq!(positions.units(10, Unit::Utf8), (1, 7));
        assert_eq!(positions.line_column(999), LineColumn { line: 3, column: 1 });
    }
    #[test]
    fn an_editors_place_is_a_byte_and_back() {
        let text = "a\r\nbé😀c\n";
        let positions = Positions::of(text);
        for unit in [Unit::Utf8, Unit::Utf16] {
            for (offset, _) in text.char_indices().filter(|(_, c)| *c != '\n') {
                let (line, column) = positions.units(offset, unit);
                assert_eq!(positions.offset(line, column, unit), offset);
            }
            assert_eq!(positions.offset(0, 99, unit), 1, "before the line end");
            assert_eq!(positions.offset(99, 0, unit), text.len());
        }
        assert_eq!(positions.offset(1, 3, Unit::Utf16), 6, "inside a character: before it");
    }
}
