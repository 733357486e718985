//! One printed number: its literal, exact value, kind, unit, bound and reach.

mod compact;
mod literal;
mod number;
mod ratio;
mod reach;
mod unit;

pub use compact::{Compact, Short};
pub use literal::{Literal, NotANumber, read, short};
pub use number::Number;
pub use ratio::Ratio;
pub use reach::{Reach, Rounding};
pub use unit::{Dimension, Unit};

/// What a figure is, which decides how it may have been rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Money and other measured quantities.
    Amount,
    /// Things counted; exact when printed to the unit.
    Count,
    /// A rate or a share.
    Ratio,
    /// Set, not measured (weights, targets, thresholds): exact.
    Parameter,
}

impl Kind {
    /// Whether a figure of this kind, printed with so many decimals, stands for exactly its value.
    #[must_use]
    pub fn is_exact(self, decimals: i32) -> bool {
        self == Self::Parameter || (self == Self::Count && decimals == 0)
    }
}

/// A figure that is a limit: `≤10%`, `≥279 天`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// `≤`
    AtMost,
    /// `<`
    Below,
    /// `≥`
    AtLeast,
    /// `>`
    Above,
}

/// A number that bears a quantity.
#[derive(Clone, Copy, Debug)]
pub struct Figure {
    /// Exact value, in its unit; percent are ratios (`54.1%` is `0.541`).
    pub value: Ratio,
    /// Digits printed after the point, counted for the value (`54.1%` has three); negative for `1.2万`.
    pub decimals: i32,
    /// What it is.
    pub kind: Kind,
    /// Its unit, where one is known.
    pub unit: Option<&'static Unit>,
    /// The limit it states, if it is one.
    pub bound: Option<Bound>,
    /// Whether it was printed with a percent sign.
    pub percent: bool,
}

impl Figure {
    /// Whether it stands for exactly the value printed, however its table is rounded.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.kind.is_exact(self.decimals)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_and_what_is_counted_to_the_unit_is_exact() {
        let exact = |kind: Kind| [-4, 0, 2].map(|decimals| kind.is_exact(decimals));
        assert_eq!(exact(Kind::Parameter), [true; 3]);
        assert_eq!(exact(Kind::Count), [false, true, false]);
        assert_eq!((exact(Kind::Amount), exact(Kind::Ratio)), ([false; 3], [false; 3]));
        let printed = |kind, decimals| {
            let value = Number::from(5).into();
            Figure { value, decimals, kind, unit: None, bound: None, percent: false }.is_exact()
        };
        assert!(printed(Kind::Count, 0) && !printed(Kind::Count, -4));
    }
}
