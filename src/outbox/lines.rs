//! Which line of a file a row of a table begins in, while the file is read bit by bit.

use std::collections::VecDeque;
use std::io::{self, Read};

/// Passes bytes on, and notes where lines that hold something begin. Blank lines are no rows, and a row may run over
/// several lines, so neither the rows nor a reader's own count tell.
#[derive(Debug)]
pub(super) struct Lines<R> {
    input: R,
    /// Bytes passed on.
    read: u64,
    /// From 1.
    line: u64,
    /// Whether nothing stood in the present line so far.
    blank: bool,
    /// First byte and number of lines that were not asked for yet.
    begun: VecDeque<(u64, u64)>,
}

impl<R> Lines<R> {
    pub(super) fn of(input: R) -> Self {
        Self { input, read: 0, line: 1, blank: true, begun: VecDeque::new() }
    }

    /// The first line with anything in it from a byte on; bytes before it are not asked for again.
    pub(super) fn begun_at(&mut self, byte: u64) -> u64 {
        while self.begun.front().is_some_and(|(first, _)| *first < byte) {
            self.begun.pop_front();
        }
        self.begun.front().map_or(self.line, |(_, line)| *line)
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(into)?;
        for byte in into.iter().take(count) {
            match byte {
                b'\n' => {
                    self.line += 1;
                    self.blank = true;
                }
                b'\r' => {}
                _ if self.blank => {
                    self.blank = false;
                    self.begun.push_back((self.read, self.line));
                }
                _ => {}
            }
            self.read += 1;
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_behind_blank_lines_and_cells_of_several_lines() {
        let text = "a,b\r\n\r\n1,\"x\r\ny\"\r\n2,z\n\n\n3,w";
        let mut csv = csv::ReaderBuilder::new().has_headers(false).from_reader(Lines::of(text.as_bytes()));
        let (mut record, mut lines) = (csv::ByteRecord::new(), Vec::new());
        while csv.read_byte_record(&mut record).unwrap() {
            let byte = record.position().unwrap().byte();
            lines.push(csv.get_mut().begun_at(byte));
        }
        assert_eq!(lines, [1, 3, 5, 8]);
    }
}
