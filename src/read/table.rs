//! From raw tables to tables: pieces joined, header told from rows, shifted cells, roles, units, captions.

use super::block::Block;
use crate::document::{Grid, Passage, Table};

/// A paragraph or the text of a cell, where sentences may stand.
#[derive(Clone, Debug)]
pub struct Prose {
    /// The text.
    pub passage: Passage,
    /// The headings that it stands under, the outermost first.
    pub headings: Vec<Passage>,
    /// The cell that it stands in.
    pub grid: Option<Grid>,
}

/// The tables among the blocks, and all text that is none.
pub fn tables(blocks: Vec<Block>) -> (Vec<Table>, Vec<Prose>) {
    let _ = blocks;
    (Vec::new(), Vec::new())
}
