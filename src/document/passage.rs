//! A piece of text as it reads, with the places in the source that it was put together from.

use std::ops::Range;

use crate::source::Span;

/// Text that was joined from several lines or pages, or decoded, and where each part of it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    text: String,
    /// From a byte of the text on, up to the next, the text stands in the source from a byte on.
    pieces: Vec<Piece>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    offset: u32,
    source: Span,
    /// The text is the source, byte for byte; else it was decoded from the whole of the span.
    plain: bool,
}

impl Passage {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A text that stands in the source as it is, from a byte on.
    #[must_use]
    pub fn plain(text: &str, start: usize) -> Self {
        let mut passage = Self::new();
        passage.push(text, start);
        passage
    }

    /// Adds text that stands in the source as it is, from a byte on.
    pub fn push(&mut self, text: &str, start: usize) {
        let source = Span::new(start, start + text.len());
        let follows = self.pieces.last().is_some_and(|last| last.plain && last.source.end == source.start);
        if let Some(last) = self.pieces.last_mut().filter(|_| follows) {
            last.source.end = source.end;
        } else if !text.is_empty() || self.pieces.is_empty() {
            // A blank cell stands somewhere as well.
            self.pieces.push(Piece { offset: Span::new(self.text.len(), 0).start, source, plain: true });
        }
        self.text.push_str(text);
    }

    /// Adds text that stands in the source in another form: an entity, an escape, a joint between two lines.
    pub fn push_decoded(&mut self, text: &str, source: Span) {
        if !text.is_empty() {
            self.pieces.push(Piece { offset: Span::new(self.text.len(), 0).start, source, plain: false });
        }
        self.text.push_str(text);
    }

    /// Adds another passage.
    pub fn append(&mut self, other: &Self) {
        let by = Span::new(self.text.len(), 0).start;
        self.pieces.extend(other.pieces.iter().map(|piece| Piece { offset: piece.offset + by, ..*piece }));
        self.text.push_str(&other.text);
    }

    /// The text as it reads.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether there is nothing to read.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The place in the source of a part of the text, from its first byte to its last.
    #[must_use]
    pub fn span(&self, part: Range<usize>) -> Span {
        let piece = |at: usize| {
            let at = Span::new(at, 0).start;
            let after = self.pieces.partition_point(|piece| piece.offset <= at);
            self.pieces.get(after.saturating_sub(1))
        };
        let byte = |piece: &Piece, at: usize| piece.source.start + Span::new(at, 0).start.saturating_sub(piece.offset);
        let start =
            piece(part.start).map_or(0, |piece| if piece.plain { byte(piece, part.start) } else { piece.source.start });
        if part.is_empty() {
            return Span { start, end: start };
        }
        let end = piece(part.end - 1)
            .map_or(start, |piece| if piece.plain { byte(piece, part.end) } else { piece.source.end });
        Span { start, end: end.max(start) }
    }

    /// The place of the whole, without the blanks around it.
    #[must_use]
    pub fn whole(&self) -> Span {
        let start = self.text.len() - self.text.trim_start().len();
        self.span(start..self.text.trim_end().len().max(start))
    }

    /// A part of the passage as one of its own.
    #[must_use]
    pub fn part(&self, part: Range<usize>) -> Self {
        let mut passage = Self::new();
        let text = self.text.get(part.clone()).unwrap_or_default();
        // A long text is cut into many parts: only the pieces of this one are looked at.
        let first = self.pieces.partition_point(|piece| (piece.offset as usize) <= part.start).saturating_sub(1);
        for (at, piece) in self.pieces.iter().enumerate().skip(first) {
            if piece.offset as usize >= part.end {
                break;
            }
            let end = self.pieces.get(at + 1).map_or(self.text.len(), |next| next.offset as usize);
            let (from, to) = ((piece.offset as usize).max(part.start), end.min(part.end));
            if from < to {
                let offset = Span::new(from - part.start, 0).start;
                let source = if piece.plain { self.span(from..to) } else { piece.source };
                passage.pieces.push(Piece { offset, source, plain: piece.plain });
            }
        }
        passage.text.push_str(text);
        passage
    }

    /// The passage without the blanks around it.
    #[must_use]
    pub fn trimmed(&self) -> Self {
        let start = self.text.len() - self.text.trim_start().len();
        self.part(start..self.text.trim_end().len().max(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_joined_text_is_found_in_the_source() {
        let source = "结余 12\n.5 万元&lt;";
        let mut passage = Passage::plain("结余 12", 0);
        passage.push(".5 万元", 10);
        passage.push_decoded("<", Span::new(19, 23));
        assert_eq!(passage.text(), "结余 12.5 万元<");
        let slice = |part: Range<usize>| &source[passage.span(part).range()];
        assert_eq!((slice(7..11), slice(0..6), slice(18..19)), ("12\n.5", "结余", "&lt;"));
        let part = passage.part(7..11);
        assert_eq!((part.text(), &source[part.span(0..4).range()]), ("12.5", "12\n.5"));
        assert_eq!(passage.span(3..3), Span::new(3, 3));
        assert_eq!(Passage::plain("  a ", 4).whole(), Span::new(6, 7));
        assert_eq!(Passage::plain("  a ", 4).trimmed(), Passage::plain("a", 6));
    }
}
