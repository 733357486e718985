//! Exact decimals: integers with a scale, every overflow visible.

use std::cmp::Ordering;
use std::fmt;

use rust_decimal::Decimal;

/// An exact decimal `mantissa × 10^-scale`. Operations return `None` when the result does not fit;
/// the least `i128` fits nowhere, as it has no negative.
#[derive(Clone, Copy, Debug)]
pub struct Number {
    mantissa: i128,
    scale: u32,
}

const POWERS: u32 = 38;

const TABLE: [i128; POWERS as usize + 1] = {
    let mut table = [1; POWERS as usize + 1];
    let mut at = 1;
    while at < table.len() {
        table[at] = table[at - 1] * 10;
        at += 1;
    }
    table
};

/// `10^exponent`, if it fits.
pub(super) fn power(exponent: u32) -> Option<i128> {
    TABLE.get(exponent as usize).copied()
}

/// A product, if it fits.
#[inline]
pub(super) fn product(left: i128, right: i128) -> Option<i128> {
    // Nearly all are short, and their product fits.
    if let (Ok(left), Ok(right)) = (i64::try_from(left), i64::try_from(right)) {
        return Some(i128::from(left) * i128::from(right));
    }
    left.checked_mul(right).filter(|product| *product != i128::MIN)
}

#[expect(clippy::should_implement_trait, reason = "they return None instead of overflowing")]
impl Number {
    /// Zero.
    pub const ZERO: Self = Self { mantissa: 0, scale: 0 };
    /// One.
    pub const ONE: Self = Self { mantissa: 1, scale: 0 };

    /// `mantissa × 10^-scale`.
    #[must_use]
    pub const fn new(mantissa: i128, scale: u32) -> Self {
        Self { mantissa, scale }
    }

    /// `10^exponent`, for exponents of figures and units.
    #[must_use]
    pub fn power_of_ten(exponent: i32) -> Option<Self> {
        match u32::try_from(exponent) {
            Ok(positive) => power(positive).map(|mantissa| Self { mantissa, scale: 0 }),
            Err(_) => {
                (exponent.unsigned_abs() <= POWERS).then_some(Self { mantissa: 1, scale: exponent.unsigned_abs() })
            }
        }
    }

    /// Reads plain decimal digits with an optional sign, point and exponent, exactly as
    /// `rust_decimal` would hold them; `None` if they do not fit in 28 places.
    #[must_use]
    pub fn read(digits: &str) -> Option<Self> {
        let (plain, exponent) = match digits.split_once(['e', 'E']) {
            Some((plain, exponent)) => (plain, exponent.parse::<i32>().ok()?),
            None => (digits, 0),
        };
        let decimal = Decimal::from_str_exact(plain).ok()?;
        let shifted = Self { mantissa: decimal.mantissa(), scale: decimal.scale() }.shift(exponent)?;
        Decimal::try_from_i128_with_scale(shifted.mantissa, shifted.scale).ok().map(|_| shifted)
    }

    /// Times `10^exponent`.
    #[inline]
    #[must_use]
    pub fn shift(self, exponent: i32) -> Option<Self> {
        let scale = i64::from(self.scale) - i64::from(exponent);
        match u32::try_from(scale) {
            Ok(scale) if scale <= POWERS => Some(Self { mantissa: self.mantissa, scale }),
            Ok(_) => None,
            Err(_) => {
                let factor = power(u32::try_from(-scale).ok()?)?;
                Some(Self { mantissa: product(self.mantissa, factor)?, scale: 0 })
            }
        }
    }

    /// Both mantissas at the scale of the finer, and that scale.
    #[inline]
    pub(super) fn align(self, other: Self) -> Option<(i128, i128, u32)> {
        if self.scale == other.scale || self.mantissa == 0 && self.scale < other.scale {
            return Some((self.mantissa, other.mantissa, other.scale));
        }
        let scale = self.scale.max(other.scale);
        let left = product(self.mantissa, power(scale - self.scale)?)?;
        let right = product(other.mantissa, power(scale - other.scale)?)?;
        Some((left, right, scale))
    }

    /// Sum.
    #[inline]
    #[must_use]
    pub fn add(self, other: Self) -> Option<Self> {
        let (left, right, scale) = self.align(other)?;
        Some(Self { mantissa: left.checked_add(right).filter(|sum| *sum != i128::MIN)?, scale })
    }

    /// Difference.
    #[inline]
    #[must_use]
    pub fn sub(self, other: Self) -> Option<Self> {
        self.add(other.neg())
    }

    /// Product.
    #[must_use]
    pub fn mul(self, other: Self) -> Option<Self> {
        let (left, right) = (self.trim(), other.trim());
        let scale = left.scale + right.scale;
        (scale <= POWERS).then_some(())?;
        Some(Self { mantissa: product(left.mantissa, right.mantissa)?, scale })
    }

    /// Product with all its digits, trailing zeros too: quicker, and sooner too long.
    #[inline]
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        let scale = self.scale + other.scale;
        (scale <= POWERS).then_some(())?;
        Some(Self { mantissa: product(self.mantissa, other.mantissa)?, scale })
    }

    /// Negative.
    #[inline]
    #[must_use]
    pub fn neg(self) -> Self {
        Self { mantissa: -self.mantissa, scale: self.scale }
    }

    /// Without its sign.
    #[inline]
    #[must_use]
    pub fn abs(self) -> Self {
        Self { mantissa: self.mantissa.abs(), scale: self.scale }
    }

    /// Whether it is zero.
    #[inline]
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    /// −1, 0 or 1.
    #[inline]
    #[must_use]
    pub fn signum(self) -> i32 {
        i32::from(self.mantissa > 0) - i32::from(self.mantissa < 0)
    }

    /// Order.
    #[inline]
    #[must_use]
    pub fn compare(self, other: Self) -> Ordering {
        if self.signum() != other.signum() {
            return self.signum().cmp(&other.signum());
        }
        match self.align(other) {
            Some((left, right, _)) => left.cmp(&right),
            // Only the one of the smaller scale is multiplied: it is beyond what the other can be.
            None if self.scale < other.scale => self.signum().cmp(&0),
            None => 0.cmp(&self.signum()),
        }
    }

    /// All digits, as held.
    #[must_use]
    pub fn mantissa(self) -> i128 {
        self.mantissa
    }

    /// Digits after the point, as held.
    #[must_use]
    pub fn scale(self) -> u32 {
        self.scale
    }

    /// Without trailing zeros after the point.
    #[must_use]
    pub fn trim(self) -> Self {
        let mut trimmed = self;
        // Nearly all are short, and are divided much quicker.
        if let Ok(mut mantissa) = i64::try_from(self.mantissa) {
            while trimmed.scale > 0 && mantissa % 10 == 0 {
                (mantissa, trimmed.scale) = (mantissa / 10, trimmed.scale - 1);
            }
            return Self { mantissa: mantissa.into(), ..trimmed };
        }
        while trimmed.scale > 0 && trimmed.mantissa % 10 == 0 {
            trimmed = Self { mantissa: trimmed.mantissa / 10, scale: trimmed.scale - 1 };
        }
        trimmed
    }

    /// With at least so many digits after the point.
    #[must_use]
    pub fn pad(self, decimals: u32) -> Self {
        if decimals <= self.scale {
            return self;
        }
        let padded = power(decimals - self.scale).and_then(|factor| product(self.mantissa, factor));
        padded.map_or(self, |mantissa| Self { mantissa, scale: decimals })
    }

    /// As `rust_decimal` holds it, if it fits.
    #[must_use]
    pub fn decimal(self) -> Option<Decimal> {
        let trimmed = self.trim();
        Decimal::try_from_i128_with_scale(trimmed.mantissa, trimmed.scale).ok()
    }

    /// The whole number, if it is one.
    #[must_use]
    pub fn whole(self) -> Option<i128> {
        let trimmed = self.trim();
        (trimmed.scale == 0).then_some(trimmed.mantissa)
    }

    /// With thousands separators, as reports print it.
    #[must_use]
    pub fn grouped(self) -> String {
        let plain = self.to_string();
        let (sign, rest) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("-", rest));
        let (whole, fraction) = rest.split_once('.').map_or((rest, None), |(whole, fraction)| (whole, Some(fraction)));
        let mut out = String::from(sign);
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        if let Some(fraction) = fraction {
            out.push('.');
            out.push_str(fraction);
        }
        out
    }
}

impl PartialEq for Number {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        if self.scale == other.scale {
            return self.mantissa == other.mantissa;
        }
        let (left, right) = (self.trim(), other.trim());
        left.mantissa == right.mantissa && left.scale == right.scale
    }
}

impl Eq for Number {}

impl From<i128> for Number {
    fn from(mantissa: i128) -> Self {
        Self { mantissa, scale: 0 }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.mantissa.unsigned_abs().to_string();
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let scale = self.scale as usize;
        if scale == 0 {
            return write!(formatter, "{sign}{digits}");
        }
        let padded = format!("{digits:0>width$}", width = scale + 1);
        let (whole, fraction) = padded.split_at(padded.len() - scale);
        write!(formatter, "{sign}{whole}.{fraction}")
    }
}

#[cfg(test)]
mod tests;
