//! Ties that need no check: those that a document declares itself, and those that its tables show. One file a method.

mod column;
mod form;
mod formula;
mod grid;
mod operand;
mod restated;
mod sentence;
mod total;

pub use column::columns;
pub use formula::formulas;
pub use restated::restated;
pub use sentence::sentences;
pub use total::totals;
