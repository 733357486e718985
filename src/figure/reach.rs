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
        Self::around(value, Number::new(5, 1).shift(decimals.checked_neg()?)?.into())
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
        Some(Self { low: self.low.shift(exponent)?, high: self.high.shift(exponent)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ends of a reach, as printed.
    fn ends(reach: Option<Reach>) -> Option<[String; 2]> {
        let shown = |value: Ratio| value.exact().map(|number| number.to_string());
        reach.and_then(|reach| Some([shown(reach.low)?, shown(reach.high)?]))
    }

    #[test]
    fn a_figure_reaches_half_a_unit_of_its_last_digit_both_ways() {
        let value = Ratio::from(Number::new(125, 1));
        assert_eq!(ends(Reach::half_unit(value, 1)), Some(["12.45".into(), "12.55".into()]));
        assert_eq!(ends(Reach::half_unit(Number::from(12_000).into(), -3)), Some(["11500".into(), "12500".into()]));
        let reach = Reach::half_unit(value, 1).unwrap();
        assert_eq!(ends(reach.shift(4)), Some(["124500".into(), "125500".into()]));
        assert_eq!(reach.half_width().and_then(Ratio::exact), Some(Number::new(5, 2)));
        assert_eq!((reach.is_point(), Reach::exact(value).is_point()), (false, true));
    }

    #[test]
    fn a_reach_holds_its_ends_and_nothing_beyond() {
        let reach = Reach::half_unit(Number::from(2).into(), 0).unwrap();
        let holds = |tenths: i128| reach.holds(Number::new(tenths, 1).into());
        assert_eq!([14, 15, 20, 25, 26].map(holds), [false, true, true, true, false]);
    }
}
