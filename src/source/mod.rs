//! The bytes of one input, with the places in them and their positions for people.

mod display;
mod lines;

pub use display::{safe, shorten};
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
    lines: OnceLock<Vec<u32>>,
}

impl Source {
    /// A source of the given name and text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self::at_line(name, text, 1)
    }

    /// A source that is a part of a file and starts at the given line of it.
    pub fn at_line(name: impl Into<String>, text: impl Into<String>, first_line: u32) -> Self {
        Self { name: name.into(), text: text.into(), first_line, lines: OnceLock::new() }
    }

    /// The name shown to people: a path, or `<stdin>`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
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
