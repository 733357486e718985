//! Exact fractions of decimals, every overflow visible.

use std::cmp::Ordering;

use super::Number;
use super::number::{power, product};

/// An exact fraction of two decimals; the divisor is positive.
#[derive(Clone, Copy, Debug)]
pub struct Ratio {
    over: Number,
    under: Number,
}

#[expect(clippy::should_implement_trait, reason = "they return None instead of overflowing")]
impl Ratio {
    /// Zero.
    pub const ZERO: Self = Self { over: Number::ZERO, under: Number::ONE };

    /// Ten.
    pub const TEN: Self = Self { over: Number::new(10, 0), under: Number::ONE };

    /// `over ÷ under`; `None` if the divisor is zero.
    #[must_use]
    pub fn new(over: Number, under: Number) -> Option<Self> {
        match under.signum() {
            0 => None,
            1 => Some(Self { over, under }),
            _ => Some(Self { over: over.neg(), under: under.neg() }),
        }
    }

    /// Sum.
    #[inline]
    #[must_use]
    pub fn add(self, other: Self) -> Option<Self> {
        // Nearly all are decimals.
        if let (Some(left), Some(right)) = (self.plain(), other.plain()) {
            return Some(Self { over: left.add(right)?, under: Number::ONE });
        }
        self.add_fraction(other)
    }

    fn add_fraction(self, other: Self) -> Option<Self> {
        if self.under == other.under {
            return Some(Self { over: self.over.add(other.over)?, under: self.under });
        }
        let over = self.over.mul(other.under)?.add(other.over.mul(self.under)?)?;
        Some(Self { over, under: self.under.mul(other.under)? })
    }

    /// Difference.
    #[must_use]
    pub fn sub(self, other: Self) -> Option<Self> {
        self.add(other.neg())
    }

    /// Product.
    #[must_use]
    pub fn mul(self, other: Self) -> Option<Self> {
        if self.over.is_zero() || other.over.is_zero() {
            return Some(Self::ZERO);
        }
        let over = self.over.mul(other.over)?;
        let is_plain = self.plain().is_some() && other.plain().is_some();
        Some(Self { over, under: if is_plain { Number::ONE } else { self.under.mul(other.under)? } })
    }

    /// Times `10^exponent`.
    #[must_use]
    pub fn shift(self, exponent: i32) -> Option<Self> {
        Some(Self { over: self.over.shift(exponent)?, under: self.under })
    }

    /// Quotient; `None` if the divisor is zero or the result does not fit.
    #[must_use]
    pub fn div(self, other: Self) -> Option<Self> {
        Self::new(self.over.mul(other.under)?, self.under.mul(other.over)?)
    }

    /// Negative.
    #[must_use]
    pub fn neg(self) -> Self {
        Self { over: self.over.neg(), under: self.under }
    }

    /// Without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self { over: self.over.abs(), under: self.under }
    }

    /// Order, by multiplying out.
    #[must_use]
    pub fn compare(self, other: Self) -> Ordering {
        if self.under == other.under {
            return self.over.compare(other.over);
        }
        if self.signum() != other.signum() {
            return self.signum().cmp(&other.signum());
        }
        match (self.over.mul(other.under), other.over.mul(self.under)) {
            (Some(left), Some(right)) => left.compare(right),
            _ if self.signum() < 0 => other.magnitude_beside(self).cmp(&self.magnitude_beside(other)),
            _ => self.magnitude_beside(other).cmp(&other.magnitude_beside(self)),
        }
    }

    /// Its size times both divisors, which fits nowhere else: in a positional notation of digits of 32 bits,
    /// the number of digits and then they, the highest first.
    pub(super) fn magnitude_beside(self, other: Self) -> (usize, Vec<u32>) {
        let mut digits = vec![1u32];
        let mut times = |factor: u128| {
            let factor = [0, 32, 64, 96].map(|shift| (factor >> shift) as u32);
            let mut all = vec![0u32; digits.len() + factor.len()];
            for (at, digit) in digits.iter().enumerate() {
                let mut carry = 0u64;
                for (beside, factor) in factor.iter().enumerate() {
                    carry += u64::from(all[at + beside]) + u64::from(*digit) * u64::from(*factor);
                    all[at + beside] = carry as u32;
                    carry >>= 32;
                }
                all[at + factor.len()] = carry as u32;
            }
            digits = all;
        };
        times(self.over.mantissa().unsigned_abs());
        times(other.under.mantissa().unsigned_abs());
        // 10^-scale of the one side is 10^scale on the other.
        (0..self.under.scale() + other.over.scale()).for_each(|_| times(10));
        digits.truncate(digits.iter().rposition(|digit| *digit != 0).map_or(0, |last| last + 1));
        digits.reverse();
        (digits.len(), digits)
    }

    /// Whether it is zero.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.over.is_zero()
    }

    /// −1, 0 or 1.
    #[must_use]
    pub fn signum(self) -> i32 {
        self.over.signum()
    }

    /// The decimal that it is held as; `None` for a fraction.
    #[inline]
    #[must_use]
    pub fn plain(self) -> Option<Number> {
        (self.under.scale() == 0 && self.under.mantissa() == 1).then_some(self.over)
    }

    /// The decimal it equals, if its expansion ends within what fits.
    #[must_use]
    pub fn exact(self) -> Option<Number> {
        if let Some(plain) = self.plain() {
            return Some(plain.trim());
        }
        let (over, under) = (self.over.trim(), self.under.trim());
        let mut divisor = under.mantissa();
        let mut numerator = over.mantissa();
        let common = gcd(numerator.unsigned_abs(), divisor.unsigned_abs());
        if let Ok(common @ 2..) = i128::try_from(common) {
            numerator /= common;
            divisor /= common;
        }
        let mut extra = 0u32;
        while divisor != 1 {
            let factor = if divisor % 10 == 0 {
                10
            } else if divisor % 2 == 0 {
                2
            } else if divisor % 5 == 0 {
                5
            } else {
                return None;
            };
            divisor /= factor;
            numerator = product(numerator, 10 / factor)?;
            extra += 1;
        }
        let scale = i64::from(over.scale()) + i64::from(extra) - i64::from(under.scale());
        match u32::try_from(scale) {
            Ok(scale) => Some(Number::new(numerator, scale).trim()),
            Err(_) => Number::new(numerator, 0).shift(i32::try_from(-scale).ok()?),
        }
    }

    /// The nearest decimal with so many digits after the point, halves away from zero.
    #[must_use]
    pub fn round(self, decimals: u32) -> Option<Number> {
        let (over, under, _) = self.over.align(self.under)?;
        let scaled = product(over, power(decimals)?)?;
        let quotient = scaled / under;
        let rest = (scaled % under).unsigned_abs();
        let up = rest >= under.unsigned_abs() - rest;
        let step = if up { if scaled < 0 { -1 } else { 1 } } else { 0 };
        Some(Number::new(quotient + step, decimals))
    }

    /// The greatest whole number that is not above it.
    #[must_use]
    pub fn floor(self) -> Option<Number> {
        let nearest = self.round(0)?;
        let above = Self::from(nearest).compare(self) == Ordering::Greater;
        if above { nearest.sub(Number::ONE) } else { Some(nearest) }
    }

    /// To be read by people: the exact decimal, or so many digits after the point.
    #[must_use]
    pub fn shown(self, decimals: u32) -> Option<Number> {
        self.exact().filter(|exact| exact.scale() <= decimals + 6).or_else(|| self.round(decimals))
    }
}

fn gcd(left: u128, right: u128) -> u128 {
    match (u64::try_from(left), u64::try_from(right)) {
        (_, Ok(0)) => left,
        (Ok(left), Ok(right)) => gcd(right.into(), (left % right).into()),
        _ => gcd(right, left % right),
    }
}

impl From<Number> for Ratio {
    fn from(over: Number) -> Self {
        Self { over, under: Number::ONE }
    }
}

impl PartialEq for Ratio {
    fn eq(&self, other: &Self) -> bool {
        self.compare(*other) == Ordering::Equal
    }
}
