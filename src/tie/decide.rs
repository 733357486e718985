//! Decides a tie: pure arithmetic.

use crate::figure::{Ratio, Rounding};

/// How the two sides must stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// `=`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

/// How the figures of a tie may have been rounded.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The model.
    pub rounding: Rounding,
    /// Added to the reach of the target, in its unit.
    pub within: Option<Ratio>,
}

/// TODO
pub fn decide() {}
