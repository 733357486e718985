//! A report from its text: blocks, then tables and statements.

use rayon::prelude::*;

use super::statement::statements;
use super::table::tables;
use super::{markdown, text};
use crate::document::Report;
use crate::source::Source;

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text, as extraction from PDF leaves it.
    Text,
    /// Markdown with pipe and HTML tables.
    Markdown,
}

impl Format {
    /// The format that the ending of a name says.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
        match ending.as_str() {
            "txt" | "text" => Some(Self::Text),
            "md" | "markdown" => Some(Self::Markdown),
            _ => None,
        }
    }
}

/// So many paragraphs are read by one thread at once: short and long ones stand together.
const AT_ONCE: usize = 8;

/// Reads a report.
#[must_use]
pub fn report(source: &Source, format: Format) -> Report {
    let blocks = match format {
        Format::Text => text::text(source),
        Format::Markdown => markdown::markdown(source),
    };
    let (tables, prose) = tables(blocks);
    let numbered = prose.par_iter().with_max_len(AT_ONCE).enumerate();
    let statements = numbered.flat_map_iter(|(number, prose)| statements(prose, number)).collect();
    Report { title: None, tables, statements }
}
