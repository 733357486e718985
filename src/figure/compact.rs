//! The figures that nearly all are: decimals of at most 18 digits, held small and added up quickly.

use super::{Figure, Kind, Number, Unit};

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

    fn exponent(&self) -> i32 {
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
