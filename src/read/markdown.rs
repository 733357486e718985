//! Markdown with pipe and HTML tables, as converters and OCR write it.

use super::block::Block;
use crate::source::Source;

/// The blocks of a Markdown text.
pub fn markdown(source: &Source) -> Vec<Block> {
    let _ = source;
    Vec::new()
}
