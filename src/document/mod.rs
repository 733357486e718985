//! The tree of one document, every value with its place, and the figures found in it.

mod figures;
mod tree;

pub use figures::{Figures, Reading};
pub use tree::{Builder, Children, Document, Node, NodeId, Symbol, Value};
