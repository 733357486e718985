//! tieout reads the figures of a report, recomputes every relation between them in exact decimal
//! arithmetic that knows about rounding, and points at the figures that disagree.
//!
//! Nouns first, each knowing only those above it; then the verbs, which turn one noun into another and
//! know no other verb; only `pipeline` knows the verbs, and the doors (`cli`) know the pipeline.

#![forbid(unsafe_code)]

// Nouns.
pub mod source;

pub mod fault;

pub mod figure;

pub mod term;

pub mod document;

pub mod rule;

pub mod tie;

pub mod finding;

pub mod audit;

// Verbs.
pub mod bind;
pub mod check;
pub mod diagnose;
pub mod infer;
pub mod read;
pub mod report;
pub mod schema;

// House.
pub mod config;
pub mod pipeline;
pub mod walk;

// Doors.
pub mod cli;
