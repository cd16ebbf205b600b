//! Bytes to lines and columns, in one place.

use serde::Serialize;

/// A place as people and editors count it: line and column from 1, columns in Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct LineColumn {
    pub line: usize,
    pub column: usize,
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

    /// Line and column from 0 in UTF-16 units, as the language server protocol counts.
    pub fn utf16(&self, offset: usize) -> (usize, usize) {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.line_index(offset);
        (line, self.text[self.starts[line]..offset].encode_utf16().count())
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
        assert_eq!(positions.utf16(10), (1, 4));
        assert_eq!(positions.line_column(999), LineColumn { line: 3, column: 1 });
    }
}
