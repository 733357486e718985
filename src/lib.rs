//! tieout reads the figures of a report, recomputes every relation between them in exact decimal
//! arithmetic that knows about rounding, and points at the figures that disagree.
//!
//! Nouns first, then the verbs that turn one noun into another; only `pipeline` knows the verbs.

pub mod audit;
pub mod document;
pub mod fault;
pub mod figure;
pub mod finding;
pub mod read;
pub mod rule;
pub mod schema;
pub mod source;
pub mod term;
pub mod tie;
