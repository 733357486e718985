//! Ties that need no check: those that a document declares itself. One file a method.

mod formula;
mod total;

pub use formula::formulas;
pub use total::totals;
