//! Lines and columns of a source, converted from bytes in this one place.

use super::{Source, Span};

/// A position for people: line and column count from 1, columns in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in code points, from 1.
    pub column: u32,
}

impl Source {
    fn starts(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let breaks = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(breaks.map(|(at, _)| Span::new(at + 1, 0).start)).collect()
        })
    }

    /// Index of the line, from 0, that holds the byte.
    #[must_use]
    pub fn line_index(&self, byte: u32) -> usize {
        self.starts().partition_point(|start| *start <= byte).saturating_sub(1)
    }

    /// Byte range of a line, from 0, without its line break.
    #[must_use]
    pub fn line_span(&self, index: usize) -> Option<Span> {
        let start = *self.starts().get(index)? as usize;
        let end = self.starts().get(index + 1).map_or(self.text.len(), |next| *next as usize - 1);
        let end = if end > start && self.text.as_bytes().get(end - 1) == Some(&b'\r') { end - 1 } else { end };
        Some(Span::new(start, end))
    }

    /// Line and column of a byte.
    #[must_use]
    pub fn position(&self, byte: u32) -> Position {
        let index = self.line_index(byte);
        let start = self.starts().get(index).copied().unwrap_or(0) as usize;
        let before = self.text.get(start..(byte as usize).max(start)).unwrap_or_default();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Position { line: self.first_line + count(index), column: count(before.chars().count()) + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_code_points_after_chinese_text() {
        let source = Source::new("a", "x\r\n支出 12.5\n");
        let at = source.text().find("12.5").map_or(0, |at| Span::new(at, at).start);
        assert_eq!(source.position(at), Position { line: 2, column: 4 });
        assert_eq!(source.line_span(0).map(|span| source.slice(span)), Some("x"));
    }

    #[test]
    fn a_part_of_a_file_keeps_the_lines_of_the_file() {
        let part = Source::part("a", "{}", 7, 100);
        assert_eq!((part.position(1), part.byte(1)), (Position { line: 7, column: 2 }, 101));
    }
}
