//! The tree of one document, every value with its place, and the figures found in it; a report as it was
//! read, before it is a tree.

mod block;
mod builder;
mod figures;
mod passage;
mod report;
mod tree;

pub use block::Block;
pub use builder::Builder;
pub use figures::{Figures, Reading};
pub use passage::Passage;
pub use report::{Cell, Column, Formula, Grid, Mention, Part, Raw, Report, Role, Row, Side, Statement, Table};
pub use tree::{Children, Document, Names, Node, NodeId, Symbol, Value};
