//! What every reader of reports makes first: headings, paragraphs and raw tables, in the order of the source.

use crate::document::Passage;

/// A piece of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading, and how deep it stands from 1.
    Heading(Passage, u8),
    /// A paragraph, its lines and pages joined.
    Paragraph(Passage),
    /// A table, or the piece of one that stands on a page.
    Table(RawTable),
}

/// A table as it is printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawTable {
    /// Its rows.
    pub rows: Vec<RawRow>,
    /// How many rows the format itself marks as header, or the layout shows to be.
    pub header: usize,
    /// Follows the table before it with nothing but the end of a page, blank lines or a page number between.
    pub follows: bool,
}

/// A row as it is printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawRow {
    /// The cells that are printed, blank ones included.
    pub cells: Vec<RawCell>,
}

/// A cell as it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawCell {
    /// What is in it, without tags and the blanks around it.
    pub passage: Passage,
    /// Column from 0; columns that a cell before or above spans are counted.
    pub column: u32,
    /// Rows that it spans; 1 where the format cannot say.
    pub rows: u32,
    /// Columns that it spans; 1 where the format cannot say.
    pub columns: u32,
}
