//! The interval of values a printed figure can stand for.

use std::cmp::Ordering;

use super::{Number, Ratio};

/// A closed interval.
#[derive(Clone, Copy, Debug)]
pub struct Reach {
    /// Least value.
    pub low: Ratio,
    /// Greatest value.
    pub high: Ratio,
}

/// How the figures of a check may have been rounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rounding {
    /// Every figure may be half a unit of its last digit away.
    #[default]
    Half,
    /// Operands are exactly as printed; only the target was rounded.
    Result,
    /// Nothing was rounded.
    Exact,
}

impl Reach {
    /// The value alone.
    #[must_use]
    pub fn exact(value: Ratio) -> Self {
        Self { low: value, high: value }
    }

    /// `value ± ½ · 10^-decimals`, ends included; `None` if that does not fit.
    #[must_use]
    pub fn half_unit(value: Ratio, decimals: i32) -> Option<Self> {
        Self::around(value, Number::power_of_ten(-decimals)?.mul(Number::new(5, 1))?.into())
    }

    /// `value ± half`.
    #[must_use]
    pub fn around(value: Ratio, half: Ratio) -> Option<Self> {
        Some(Self { low: value.sub(half)?, high: value.add(half)? })
    }

    /// Whether it is a single value.
    #[must_use]
    pub fn is_point(&self) -> bool {
        self.low == self.high
    }

    /// Whether the value lies in it.
    #[must_use]
    pub fn holds(&self, value: Ratio) -> bool {
        value.compare(self.low) != Ordering::Less && self.high.compare(value) != Ordering::Less
    }

    /// Half its width.
    #[must_use]
    pub fn half_width(&self) -> Option<Ratio> {
        self.high.sub(self.low)?.mul(Number::new(5, 1).into())
    }

    /// Scaled by `10^exponent`.
    #[must_use]
    pub fn shift(&self, exponent: i32) -> Option<Self> {
        let factor = Ratio::from(Number::power_of_ten(exponent)?);
        Some(Self { low: self.low.mul(factor)?, high: self.high.mul(factor)? })
    }
}
