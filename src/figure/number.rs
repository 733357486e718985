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

fn product(left: i128, right: i128) -> Option<i128> {
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

    fn align(self, other: Self) -> Option<(i128, i128, u32)> {
        if self.scale == other.scale {
            return Some((self.mantissa, other.mantissa, self.scale));
        }
        let scale = self.scale.max(other.scale);
        let left = product(self.mantissa, power(scale - self.scale)?)?;
        let right = product(other.mantissa, power(scale - other.scale)?)?;
        Some((left, right, scale))
    }

    /// Sum.
    #[must_use]
    pub fn add(self, other: Self) -> Option<Self> {
        let (left, right, scale) = self.align(other)?;
        Some(Self { mantissa: left.checked_add(right).filter(|sum| *sum != i128::MIN)?, scale })
    }

    /// Difference.
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
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        let scale = self.scale + other.scale;
        (scale <= POWERS).then_some(())?;
        Some(Self { mantissa: product(self.mantissa, other.mantissa)?, scale })
    }

    /// Negative.
    #[must_use]
    pub fn neg(self) -> Self {
        Self { mantissa: -self.mantissa, scale: self.scale }
    }

    /// Without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self { mantissa: self.mantissa.abs(), scale: self.scale }
    }

    /// Whether it is zero.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    /// −1, 0 or 1.
    #[must_use]
    pub fn signum(self) -> i32 {
        i32::from(self.mantissa > 0) - i32::from(self.mantissa < 0)
    }

    /// Order.
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
    #[must_use]
    pub fn add(self, other: Self) -> Option<Self> {
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
        Some(Self { over: self.over.mul(other.over)?, under: self.under.mul(other.under)? })
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
    #[must_use]
    pub fn plain(self) -> Option<Number> {
        (self.under.scale == 0 && self.under.mantissa == 1).then_some(self.over)
    }

    /// The decimal it equals, if its expansion ends within what fits.
    #[must_use]
    pub fn exact(self) -> Option<Number> {
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
        let step = if up && rest > 0 { if scaled < 0 { -1 } else { 1 } } else { 0 };
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
    if right == 0 { left } else { gcd(right, left % right) }
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
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reading_is_exact_or_refused() {
        assert_eq!(Number::read("14.90").map(|number| number.to_string()), Some("14.90".into()));
        assert_eq!(Number::read("1e3"), Some(Number::from(1000)));
        assert_eq!(Number::read("1.5e-2"), Some(Number::new(15, 3)));
        assert_eq!(Number::read("1234567890123456789012345678901234567890"), None);
        assert_eq!(Number::read("123456789012345678901234.123456"), None);
        assert_eq!(Number::read("1e400"), None);
    }

    #[test]
    fn what_cannot_be_brought_to_one_scale_is_ordered() {
        let (huge, tiny) = (Number::new(79_228_162_514_264_337_593_543_950_335, 0), Number::new(1, 28));
        assert_eq!((huge.add(tiny), huge.compare(tiny), tiny.compare(huge)), (None, Ordering::Greater, Ordering::Less));
        assert_eq!(huge.neg().compare(tiny.neg()), Ordering::Less);
        assert_eq!(tiny.neg().compare(huge.neg()), Ordering::Greater);
    }

    #[test]
    fn fractions_of_any_digits_have_an_order() {
        let read = |text: &str| Number::read(text).expect("a number");
        let left = Ratio::new(read("279220081627123.9000005"), read("1000000000000000000001")).expect("a fraction");
        let right = Ratio::new(read("279220081627123.9000006"), read("1000000000000000000000")).expect("a fraction");
        assert_eq!((left.compare(right), right.compare(left)), (Ordering::Less, Ordering::Greater));
        assert_eq!((left.neg().compare(right.neg()), left.compare(left)), (Ordering::Greater, Ordering::Equal));
        assert!(left.mul(right).is_none() || left != right);
    }

    #[test]
    fn the_least_integer_has_no_negative_and_is_refused() {
        // Two factors of figures that a report may print.
        let (left, right) = (Number::from(-18_446_744_073_709_551_616), Number::from(9_223_372_036_854_775_808));
        assert_eq!(left.mul(right), None);
        assert_eq!(left.neg().mul(right).and_then(|each| each.neg().sub(Number::ONE)), None);
    }

    #[test]
    fn fractions_end_or_are_rounded_half_away_from_zero() {
        let ratio = |over: i128, under: i128| Ratio::new(over.into(), under.into());
        assert_eq!(ratio(1, 8).and_then(Ratio::exact), Some(Number::new(125, 3)));
        assert_eq!(ratio(1, 3).and_then(Ratio::exact), None);
        assert_eq!(ratio(88, 71).and_then(|each| each.round(4)), Some(Number::new(12394, 4)));
        assert_eq!(ratio(-5, 2).and_then(|each| each.round(0)), Some(Number::from(-3)));
        assert_eq!(ratio(5, -2).and_then(|each| each.round(0)), Some(Number::from(-3)));
    }

    #[test]
    fn a_fraction_is_the_decimal_it_equals_however_it_is_held() {
        let exact = |over: Number, under: Number| Ratio::new(over, under).and_then(Ratio::exact);
        let whole = |over: i128, under: i128| exact(over.into(), under.into()).map(|number| number.to_string());
        for (over, under, expected) in [
            (6, 12, "0.5"),
            (7, 35, "0.2"),
            (12, 4, "3"),
            (-3, 4, "-0.75"),
            (1, 20, "0.05"),
            (1, 25, "0.04"),
            (1, 16, "0.0625"),
            (100, 3000, ""),
        ] {
            assert_eq!(whole(over, under).unwrap_or_default(), expected, "{over}/{under}");
        }
        assert_eq!(exact(Number::new(5, 1), Number::new(25, 2)), Some(2.into()));
        assert_eq!(exact(Number::ONE, Number::new(1, 3)), Some(1000.into()));
        // As long as fits: a divisor of ten only moves the point.
        let long = TABLE[38] + 1;
        assert_eq!(exact(long.into(), 10.into()), Some(Number::new(long, 1)));
    }

    #[test]
    fn only_what_is_held_over_one_is_plain() {
        assert_eq!(Ratio::from(Number::new(25, 1)).plain(), Some(Number::new(25, 1)));
        assert_eq!(Ratio::new(Number::from(3), Number::from(2)).and_then(Ratio::plain), None);
        assert_eq!(Ratio::new(Number::from(3), Number::new(1, 1)).and_then(Ratio::plain), None);
    }

    #[test]
    fn padding_trimming_and_shifting_keep_the_value_or_move_the_point() {
        let number = Number::new(-15, 1);
        let held = |number: Number| (number.mantissa(), number.scale());
        assert_eq!((held(number.pad(3)), held(number.pad(1)), held(number.pad(0))), ((-1500, 3), (-15, 1), (-15, 1)));
        assert_eq!(held(number.pad(99)), (-15, 1), "what does not fit is left as it is");
        assert_eq!((held(number.pad(3).trim()), held(Number::new(1500, 2).trim())), ((-15, 1), (15, 0)));
        assert_eq!(number.shift(1).map(held), Some((-15, 0)));
        assert_eq!(number.shift(3).map(held), Some((-1500, 0)));
        assert_eq!(number.shift(-2).map(held), Some((-15, 3)));
        assert_eq!((number.shift(-37).map(held), number.shift(-38).map(held)), (Some((-15, 38)), None));
        assert_eq!((number.whole(), Number::new(150, 1).whole()), (None, Some(15)));
        assert_eq!(number.decimal().map(|decimal| decimal.to_string()), Some("-1.5".into()));
        assert_eq!((held(number.abs()), number.signum(), Number::ZERO.signum()), ((15, 1), -1, 0));
        assert_eq!(number.times(Number::new(20, 1)).map(held), Some((-300, 2)));
        assert_eq!(
            (Number::new(1, 20).times(Number::new(1, 18)).is_some(), Number::new(1, 20).times(Number::new(1, 19))),
            (true, None)
        );
    }

    #[test]
    fn powers_of_ten_go_both_ways_as_far_as_fits() {
        let power = |exponent| Number::power_of_ten(exponent).map(|number| (number.mantissa(), number.scale()));
        assert_eq!((power(0), power(4), power(-2)), (Some((1, 0)), Some((10_000, 0)), Some((1, 2))));
        assert_eq!((power(-38), power(-39), power(39)), (Some((1, 38)), None, None));
    }

    #[test]
    fn equal_numbers_are_equal_in_any_scale() {
        assert_eq!(Number::new(150, 2), Number::new(15, 1));
        assert_ne!(Number::new(15, 2), Number::new(15, 1));
        assert_ne!(Number::new(16, 1), Number::new(15, 1));
        assert_ne!(Number::new(151, 2), Number::new(15, 1));
    }

    #[test]
    fn floors_are_below_and_what_is_shown_ends() {
        let ratio = |over: i128, under: i128| Ratio::new(over.into(), under.into()).expect("a fraction");
        let floor = |over, under| ratio(over, under).floor().and_then(Number::whole);
        assert_eq!(
            [floor(7, 2), floor(-7, 2), floor(10, 3), floor(11, 3), floor(-10, 3), floor(6, 2)].map(Option::unwrap),
            [3, -4, 3, 3, -4, 3]
        );
        let shown = |ratio: Ratio, decimals| ratio.shown(decimals).map(|number| number.to_string());
        assert_eq!(shown(ratio(1, 3), 2), Some("0.33".into()));
        assert_eq!(shown(ratio(1, 64), 2), Some("0.015625".into()), "six digits more than asked for are still shown");
        assert_eq!(shown(ratio(1, 256), 2), Some("0.00390625".into()));
        assert_eq!(shown(ratio(1, 512), 2), Some("0.00".into()));
    }

    #[test]
    fn grouping_keeps_sign_and_fraction() {
        assert_eq!(Number::new(-123_456_789, 2).grouped(), "-1,234,567.89");
        assert_eq!(Number::new(5, 2).grouped(), "0.05");
    }

    proptest! {
        #[test]
        fn sums_and_products_agree_with_integers(a in -10_000i128..10_000, b in -10_000i128..10_000, s in 0u32..4, t in 0u32..4) {
            let (left, right) = (Number::new(a, s), Number::new(b, t));
            let scale = 10i128.pow(8);
            let whole = |number: Number| number.mantissa * scale / 10i128.pow(number.scale);
            prop_assert_eq!(left.add(right).map(whole), Some(whole(left) + whole(right)));
            prop_assert_eq!(left.mul(right).map(whole), Some(whole(left) * whole(right) / scale));
            prop_assert_eq!(left.compare(right), whole(left).cmp(&whole(right)));
        }

        #[test]
        fn the_long_way_of_comparing_is_the_short_one(a in -999i128..999, b in 1i128..999, c in -999i128..999, d in 1i128..999, s in 0u32..9) {
            let left = Ratio { over: Number::new(a, s), under: Number::new(b, 1) };
            let right = Ratio { over: Number::new(c, 2), under: Number::new(d, s) };
            let order = left.abs().magnitude_beside(right).cmp(&right.abs().magnitude_beside(left));
            prop_assert_eq!(order, left.abs().compare(right.abs()));
        }

        #[test]
        fn a_quotient_times_its_divisor_is_the_dividend(a in -999i128..999, b in 1i128..999) {
            let (left, right) = (Ratio::from(Number::new(a, 1)), Ratio::from(Number::new(b, 2)));
            prop_assert_eq!(left.div(right).and_then(|quotient| quotient.mul(right)), Some(left));
        }
    }
}
