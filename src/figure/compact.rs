//! The figures that nearly all are: decimals of at most 18 digits, held small and added up quickly.

use std::num::NonZero;

use super::{Figure, Kind, Number, Unit};

/// A plain decimal of at most 18 digits, as nearly all are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Short {
    mantissa: i64,
    /// One more than the digits after the point, so that to have no number takes no more room than one.
    places: NonZero<u8>,
}

impl Short {
    /// It has so many digits at most.
    pub const DIGITS: usize = 18;

    /// All its digits, and how many of them stand after the point; `None` if they are absurdly many.
    #[inline]
    #[must_use]
    pub fn new(mantissa: i64, scale: usize) -> Option<Self> {
        let places = NonZero::new(u8::try_from(scale + 1).ok()?)?;
        Some(Self { mantissa, places })
    }

    /// All its digits.
    #[inline]
    #[must_use]
    pub fn mantissa(self) -> i64 {
        self.mantissa
    }

    /// How many of them stand after the point.
    #[inline]
    #[must_use]
    pub fn scale(self) -> u8 {
        self.places.get() - 1
    }
}

/// A figure that is no fraction, no limit, and not long.
#[derive(Clone, Copy, Debug)]
pub struct Compact {
    /// All its digits.
    pub mantissa: i64,
    /// Its unit, where one is known.
    pub unit: Option<&'static Unit>,
    /// How many of its digits stand after the point.
    pub scale: u8,
    /// Digits after the point that it counts as printed with.
    pub decimals: i16,
    /// What it is.
    pub kind: Kind,
    /// Whether it was printed with a percent sign.
    pub percent: bool,
}

impl Compact {
    /// The figure in short; `None` if it is too long, a fraction or a limit.
    #[must_use]
    pub fn new(figure: &Figure) -> Option<Self> {
        let value = figure.value.plain().filter(|_| figure.bound.is_none())?;
        Some(Self {
            mantissa: i64::try_from(value.mantissa()).ok()?,
            unit: figure.unit,
            scale: u8::try_from(value.scale()).ok()?,
            decimals: i16::try_from(figure.decimals).ok()?,
            kind: figure.kind,
            percent: figure.percent,
        })
    }

    /// The figure at length.
    #[must_use]
    pub fn figure(&self) -> Figure {
        Figure {
            value: Number::new(self.mantissa.into(), self.scale.into()).into(),
            decimals: self.decimals.into(),
            kind: self.kind,
            unit: self.unit,
            bound: None,
            percent: self.percent,
        }
    }

    /// The power of ten that its unit is of its base.
    #[inline]
    #[must_use]
    pub fn exponent(&self) -> i32 {
        self.unit.map_or(0, |unit| unit.exponent)
    }

    /// Its value in the base of its unit.
    #[must_use]
    pub fn value(&self) -> Option<Number> {
        let value = Number::new(self.mantissa.into(), self.scale.into());
        match self.exponent() {
            0 => Some(value),
            exponent => value.shift(exponent),
        }
    }

    /// How far it may be from what is printed, in the base of its unit.
    #[must_use]
    pub fn half(&self) -> Option<Number> {
        if self.kind.is_exact(self.decimals.into()) {
            return Some(Number::ZERO);
        }
        Number::new(5, 1).shift(self.exponent() - i32::from(self.decimals))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{Bound, Ratio, Reach};

    fn figure(value: Ratio, decimals: i32, kind: Kind, unit: Option<&str>) -> Figure {
        Figure { value, decimals, kind, unit: unit.and_then(Unit::named), bound: None, percent: false }
    }

    #[test]
    fn a_compact_figure_is_the_figure_in_value_and_reach() {
        for (mantissa, scale, kind, unit) in [
            (-1250, 2, Kind::Amount, Some("万元")),
            (15, 1, Kind::Amount, None),
            (60, 0, Kind::Count, Some("人")),
            (12, 1, Kind::Count, Some("万人")),
            (541, 3, Kind::Ratio, None),
            (245, 0, Kind::Parameter, Some("%")),
        ] {
            let figure = figure(Number::new(mantissa, scale).into(), scale.try_into().unwrap(), kind, unit);
            let compact = Compact::new(&figure).unwrap();
            let exponent = figure.unit.map_or(0, |unit| unit.exponent);
            let reach = if figure.is_exact() {
                Reach::exact(figure.value)
            } else {
                Reach::half_unit(figure.value, figure.decimals).unwrap()
            };
            let reach = reach.shift(exponent).unwrap();
            assert_eq!(
                compact.value().map(Ratio::from),
                figure.value.mul(Number::power_of_ten(exponent).unwrap().into())
            );
            assert_eq!(compact.half().map(Ratio::from), reach.half_width());
            let again = compact.figure();
            assert_eq!(again.value, figure.value);
            assert_eq!(
                (again.decimals, again.kind, again.unit, again.percent),
                (figure.decimals, figure.kind, figure.unit, figure.percent)
            );
        }
    }

    #[test]
    fn limits_fractions_and_long_figures_are_not_compact() {
        let plain = figure(Number::from(5).into(), 0, Kind::Amount, None);
        let third = Ratio::new(Number::ONE, Number::from(3)).unwrap();
        assert!(Compact::new(&plain).is_some());
        assert!(Compact::new(&Figure { bound: Some(Bound::AtMost), ..plain }).is_none());
        assert!(Compact::new(&Figure { value: third, ..plain }).is_none());
        assert!(Compact::new(&Figure { value: Number::from(i128::from(i64::MAX) + 1).into(), ..plain }).is_none());
    }
}
