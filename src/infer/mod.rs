//! Ties that need no check: those that a document declares itself. One file a method.

mod formula;

pub use formula::formulas;
