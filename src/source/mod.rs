//! The bytes of one input, with the places in them and their positions for people.

mod display;
mod lines;

pub use display::{safe, shorten, steers};
pub use lines::Position;

use std::sync::OnceLock;

/// A byte range in a source, `start` included and `end` excluded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The range from `start` to `end`; places past 4 GB are clamped (sources are limited well below).
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: clamp(start), end: clamp(end) }
    }

    /// The range as indexes into the source.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// One input: its name as the user gave it, and its text.
#[derive(Debug)]
pub struct Source {
    name: String,
    text: String,
    /// Line number of the first line, counted from 1: a line of an NDJSON file is a source of its own.
    first_line: u32,
    /// The byte of the file that its text starts at, behind the lines before it and a byte order mark.
    first_byte: u64,
    lines: OnceLock<Vec<u32>>,
    /// Characters before every so many bytes, for positions on long lines.
    characters: OnceLock<Vec<u32>>,
}

impl Source {
    /// A source of the given name and text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self::part(name, text, 1, 0)
    }

    /// A source that is a part of a file and starts at the given line and byte of it.
    pub fn part(name: impl Into<String>, text: impl Into<String>, first_line: u32, first_byte: u64) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            first_line,
            first_byte,
            lines: OnceLock::new(),
            characters: OnceLock::new(),
        }
    }

    /// The name shown to people: a path, or `<stdin>`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The byte of the file that a byte of the text is.
    #[must_use]
    pub fn byte(&self, at: u32) -> u64 {
        self.first_byte + u64::from(at)
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text at a place; empty if the place is not one of this source.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }
}
