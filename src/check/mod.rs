//! Checks: data that say which figures must agree. Loads them, and applies them to the records of a
//! document, which gives ties.

mod agree;
mod apply;
mod date;
mod declaration;
mod draft;
mod election;
mod extent;
mod faults;
mod follow;
mod form;
mod index;
mod layout;
mod lexer;
mod lint;
mod load;
mod pack;
mod plan;
mod proof;
mod prove;
mod requirement;
mod shape;
mod sum;
mod syntax;
mod terms;
mod totals;
mod truth;
mod types;
mod world;

pub use apply::{Applied, apply};
pub use declaration::{Agreement, Check, Example, Reading, Scope};
pub use draft::FUNCTIONS;
pub use follow::Routes;
pub use index::Index;
pub use lint::{Shape, lint};
pub use load::{load, nearest};
pub use pack::{Pack, compile, embedded, loose, names};
pub use plan::Plan;
pub use proof::{Count, Proof};
pub use syntax::{Expr, Node, Operator, Path, Step, SyntaxError, parse};
pub use world::World;
