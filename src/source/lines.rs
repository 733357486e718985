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

/// Characters are counted from the last of the bytes that are so many apart, so that a position on a
/// line of a hundred megabytes costs no more than any other.
const STRIDE: usize = 256;

/// How many characters start in the bytes.
fn characters(bytes: &[u8]) -> u32 {
    let starts = match bytes.is_ascii() {
        true => bytes.len(),
        false => bytes.iter().filter(|byte| !matches!(byte, 0x80..0xC0)).count(),
    };
    u32::try_from(starts).unwrap_or(u32::MAX)
}

impl Source {
    /// How many characters start before each byte that is a multiple of the stride.
    fn counted(&self) -> &[u32] {
        self.characters.get_or_init(|| {
            let mut count = 0;
            let blocks = self.text.as_bytes().chunks(STRIDE);
            std::iter::once(0)
                .chain(blocks.map(|block| {
                    count += characters(block);
                    count
                }))
                .collect()
        })
    }

    /// How many characters start before a byte.
    fn characters_before(&self, byte: usize) -> u32 {
        let byte = byte.min(self.text.len());
        let block = byte / STRIDE;
        let rest = self.text.as_bytes().get(block * STRIDE..byte).unwrap_or_default();
        self.counted().get(block).copied().unwrap_or(0) + characters(rest)
    }

    fn starts(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let breaks = memchr::memchr_iter(b'\n', self.text.as_bytes());
            std::iter::once(0).chain(breaks.map(|at| Span::new(at + 1, 0).start)).collect()
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

    /// Line of a byte, from 1.
    #[must_use]
    pub fn line(&self, byte: u32) -> u32 {
        self.first_line + u32::try_from(self.line_index(byte)).unwrap_or(u32::MAX)
    }

    /// Line and column of a byte.
    #[must_use]
    pub fn position(&self, byte: u32) -> Position {
        let start = self.starts().get(self.line_index(byte)).copied().unwrap_or(0) as usize;
        let end = (byte as usize).clamp(start, self.text.len());
        let column = match self.text.as_bytes().get(start..end) {
            Some(before) if before.len() < STRIDE => characters(before),
            _ => self.characters_before(end) - self.characters_before(start),
        };
        Position { line: self.line(byte), column: column + 1 }
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
    fn columns_of_a_long_line_are_counted_from_wherever() {
        let text = "支a".repeat(3 * STRIDE);
        let source = Source::new("a", format!("\n{text}"));
        for at in [0, 1, 4, STRIDE - 1, STRIDE, 3 * STRIDE + 5, text.len()] {
            let at = (at..).find(|at| text.is_char_boundary(*at)).expect("a border");
            let column = u32::try_from(text[..at].chars().count()).expect("small") + 1;
            assert_eq!(source.position(Span::new(at + 1, at).start), Position { line: 2, column });
        }
    }

    #[test]
    fn a_part_of_a_file_keeps_the_lines_of_the_file() {
        let part = Source::part("a", "{}", 7, 100);
        assert_eq!((part.position(1), part.byte(1)), (Position { line: 7, column: 2 }, 101));
    }
}
