//! Exact decimals and fractions of them: integers with a scale, every overflow visible.

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

fn power(exponent: u32) -> Option<i128> {
    TABLE.get(exponent as usize).copied()
}

#[inline]
fn product(left: i128, right: i128) -> Option<i128> {
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

    #[inline]
    fn align(self, other: Self) -> Option<(i128, i128, u32)> {
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
    fn magnitude_beside(self, other: Self) -> (usize, Vec<u32>) {
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
        times(self.over.mantissa.unsigned_abs());
        times(other.under.mantissa.unsigned_abs());
        // 10^-scale of the one side is 10^scale on the other.
        (0..self.under.scale + other.over.scale).for_each(|_| times(10));
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
        (self.under.scale == 0 && self.under.mantissa == 1).then_some(self.over)
    }

    /// The decimal it equals, if its expansion ends within what fits.
    #[must_use]
    pub fn exact(self) -> Option<Number> {
        if let Some(plain) = self.plain() {
            return Some(plain.trim());
        }
        let (over, under) = (self.over.trim(), self.under.trim());
        let mut divisor = under.mantissa;
        let mut numerator = over.mantissa;
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
        let scale = i64::from(over.scale) + i64::from(extra) - i64::from(under.scale);
        match u32::try_from(scale) {
            Ok(scale) => Some(Number { mantissa: numerator, scale }.trim()),
            Err(_) => Number { mantissa: numerator, scale: 0 }.shift(i32::try_from(-scale).ok()?),
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
        Some(Number { mantissa: quotient + step, scale: decimals })
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

#[cfg(test)]
mod tests;
