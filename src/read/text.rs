//! Plain text as extraction from PDF leaves it: tables by tabs or aligned by spaces, lines and pages to be joined.

use super::block::Block;
use crate::source::Source;

/// The blocks of a plain text.
pub fn text(source: &Source) -> Vec<Block> {
    let _ = source;
    Vec::new()
}
