//! Sentences with figures: each figure with the words that name it, and the formulas written out.

use super::table::Prose;
use crate::document::Statement;

/// The sentences of a text that carry figures.
pub fn statements(prose: &Prose) -> Vec<Statement> {
    let _ = prose;
    Vec::new()
}
