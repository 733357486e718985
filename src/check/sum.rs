//! Sums of short figures, as integers that count units of one decimal place.

use crate::document::NodeId;
use crate::figure::{Compact, Number, Unit};

/// The powers of ten that fit.
pub const POWERS: [i64; 19] = {
    let mut powers = [1; 19];
    let mut at = 1;
    while at < powers.len() {
        powers[at] = powers[at - 1] * 10;
        at += 1;
    }
    powers
};

/// A sum of figures of one dimension, and of numbers.
#[derive(Clone, Copy, Debug)]
pub struct Sum {
    mantissa: i64,
    /// Its last digit stands so many places behind the point, in the base of the unit.
    places: i32,
    /// What its figures measure.
    unit: Option<&'static Unit>,
    /// What it adds up, and the last figure.
    parts: u32,
    last: Option<NodeId>,
}

impl Sum {
    /// Of nothing.
    pub const NONE: Self = Self { mantissa: 0, places: 0, unit: None, parts: 0, last: None };

    /// Adds a figure; `None` if it is of another dimension, or the sum too long.
    #[inline(always)]
    pub fn add(&mut self, node: NodeId, figure: &Compact, negative: bool) -> Option<()> {
        self.last = Some(node);
        if self.unit.is_none() {
            self.unit = figure.unit;
        } else if !measure_alike(self.unit, figure.unit) {
            return None;
        }
        self.add_digits(figure.mantissa, i32::from(figure.scale) - exponent(figure.unit), negative)
    }

    /// Adds a number without a unit.
    pub fn add_number(&mut self, number: Number, negative: bool) -> Option<()> {
        self.add_digits(i64::try_from(number.mantissa()).ok()?, i32::try_from(number.scale()).ok()?, negative)
    }

    #[inline(always)]
    fn add_digits(&mut self, mantissa: i64, places: i32, negative: bool) -> Option<()> {
        if self.parts == 0 {
            self.places = places;
        }
        // What is subtracted never stands alone.
        self.parts += 1 + u32::from(negative);
        let mantissa = if negative { mantissa.checked_neg()? } else { mantissa };
        if self.places == places {
            self.mantissa = self.mantissa.checked_add(mantissa)?;
            return Some(());
        }
        self.align(mantissa, places)
    }

    /// Adds what has another last place.
    #[cold]
    fn align(&mut self, mantissa: i64, places: i32) -> Option<()> {
        let last = self.places.max(places);
        let more = mantissa.checked_mul(power(last - places)?)?;
        self.mantissa = self.mantissa.checked_mul(power(last - self.places)?)?.checked_add(more)?;
        self.places = last;
        Some(())
    }

    /// Whether it has the same digits as another, of the same dimension. That it has others does not mean that
    /// they differ.
    #[inline]
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        self.mantissa == other.mantissa && self.places == other.places && self.measures_like(other)
    }

    /// Its value in the base of its unit.
    #[inline]
    #[must_use]
    pub fn value(&self) -> Option<Number> {
        match u32::try_from(self.places) {
            Ok(scale) => Some(Number::new(self.mantissa.into(), scale)),
            Err(_) => Number::from(i128::from(self.mantissa)).shift(-self.places),
        }
    }

    /// Whether it can be compared with another.
    #[inline]
    #[must_use]
    pub fn measures_like(&self, other: &Self) -> bool {
        measure_alike(self.unit, other.unit)
    }

    /// The figure it is, if it is only one.
    #[inline]
    #[must_use]
    pub fn single(&self) -> Option<NodeId> {
        self.last.filter(|_| self.parts == 1)
    }
}

/// Whether figures of two units, or without one, can be compared.
#[inline]
fn measure_alike(unit: Option<&'static Unit>, other: Option<&'static Unit>) -> bool {
    let (Some(unit), Some(other)) = (unit, other) else { return true };
    std::ptr::eq(unit, other) || unit.dimension == other.dimension
}

#[inline]
fn exponent(unit: Option<&'static Unit>) -> i32 {
    unit.map_or(0, |unit| unit.exponent)
}

/// `10^exponent`, if that fits.
pub fn power(exponent: i32) -> Option<i64> {
    POWERS.get(usize::try_from(exponent).ok()?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Kind;

    fn figure(mantissa: i64, scale: u8, unit: &str) -> Compact {
        Compact { mantissa, unit: Unit::named(unit), scale, decimals: scale.into(), kind: Kind::Amount, percent: false }
    }

    fn sum(figures: &[(i64, u8, &str, bool)]) -> Option<Sum> {
        let mut sum = Sum::NONE;
        for (mantissa, scale, unit, negative) in figures {
            sum.add(NodeId(7), &figure(*mantissa, *scale, unit), *negative)?;
        }
        Some(sum)
    }

    #[test]
    fn figures_are_added_up_whatever_their_scale_and_unit() {
        let total = sum(&[(6000, 2, "万元", false), (5, 1, "万元", true), (7, 0, "万元", false)]).unwrap();
        assert_eq!((total.value(), total.single()), (Some(Number::from(665_000)), None));
        assert!(total.is_like(&sum(&[(6650, 2, "万元", false)]).unwrap()));
        assert!(!total.is_like(&sum(&[(6650, 2, "元", false)]).unwrap()));
        assert!(!total.is_like(&sum(&[(6650, 2, "万人", false)]).unwrap()));
        let mixed = sum(&[(1, 0, "亿元", false), (25, 1, "万元", false), (3, 0, "", false)]).unwrap();
        assert_eq!(mixed.value(), Some(Number::from(100_025_003)));
        assert_eq!(Sum::NONE.value(), Some(Number::ZERO));
    }

    #[test]
    fn only_a_figure_that_is_added_stands_alone() {
        assert_eq!(sum(&[(5, 0, "元", false)]).unwrap().single(), Some(NodeId(7)));
        assert_eq!(sum(&[(5, 0, "元", true)]).unwrap().single(), None);
        let mut number = Sum::NONE;
        number.add_number(Number::new(125, 1), true).unwrap();
        assert_eq!((number.single(), number.value()), (None, Some(Number::new(-125, 1))));
    }

    #[test]
    fn what_is_of_another_dimension_or_too_long_is_left() {
        assert!(sum(&[(5, 0, "元", false), (5, 0, "人", false)]).is_none());
        assert!(sum(&[(i64::MAX, 0, "元", false), (1, 0, "元", false)]).is_none());
        assert!(sum(&[(i64::MAX, 0, "元", false), (1, 1, "元", false)]).is_none());
        assert!(sum(&[(i64::MIN, 0, "元", true)]).is_none());
        assert!(sum(&[(1, 0, "亿元", false), (1, 18, "元", false)]).is_none());
        let mut none = Sum::NONE;
        assert!(none.add_number(Number::new(i128::MAX, 0), false).is_none());
        let plain = sum(&[(5, 0, "", false)]).unwrap();
        assert!(plain.measures_like(&sum(&[(5, 0, "人", false)]).unwrap()));
        assert!(!sum(&[(5, 0, "元", false)]).unwrap().measures_like(&sum(&[(5, 0, "人", false)]).unwrap()));
    }
}
