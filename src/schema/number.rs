//! Numbers as the validator asks for them, from their literal.

use std::borrow::Cow;

use jsonschema::json::JsonNumber;
use serde_json::Number;

use crate::document::{Document, NodeId};
use crate::figure::Short;

/// A number of a document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Literal<'a>(pub(super) &'a Document, pub(super) NodeId);

impl Literal<'_> {
    fn text(&self) -> &str {
        self.0.printed(self.1)
    }

    fn short(&self) -> Option<Short> {
        self.0.short(self.1)
    }
}

impl JsonNumber for Literal<'_> {
    fn as_u64(&self) -> Option<u64> {
        match self.short() {
            Some(short) => u64::try_from(short.mantissa()).ok().filter(|_| short.scale() == 0),
            None => self.text().parse().ok(),
        }
    }

    fn as_i64(&self) -> Option<i64> {
        match self.short() {
            Some(short) => Some(short.mantissa()).filter(|_| short.scale() == 0),
            None => self.text().parse().ok(),
        }
    }

    fn as_f64(&self) -> Option<f64> {
        let quickly = self.short().and_then(float);
        quickly.or_else(|| self.text().parse().ok().filter(|number: &f64| number.is_finite()))
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.text())
    }

    fn to_number(&self) -> Cow<'_, Number> {
        // Asked for in messages only, which are not used; what has no such number is shown as 0.
        Cow::Owned(self.text().parse().unwrap_or_else(|_| Number::from(0)))
    }

    fn is_integer(&self) -> bool {
        self.short().is_some_and(|short| short.scale() == 0) || is_whole(self.text())
    }
}

/// The float next to a decimal, where two integers that are floats themselves give it by one division, which rounds
/// once: that is how the validator compares it with a limit.
#[expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "both are exact, and so is their quotient's rounding"
)]
fn float(short: Short) -> Option<f64> {
    const EXACT: u64 = 1 << f64::MANTISSA_DIGITS;
    let power = 10u64.checked_pow(short.scale().into()).filter(|power| *power <= EXACT)?;
    (short.mantissa().unsigned_abs() <= EXACT).then(|| short.mantissa() as f64 / power as f64)
}

/// Whether the value is whole, however it is written: `1.0`, `1e400` and `120e-1` are.
fn is_whole(literal: &str) -> bool {
    let (mantissa, exponent) = literal.split_once(['e', 'E']).unwrap_or((literal, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    let is_zero = fraction.is_empty() && whole.trim_start_matches('-').bytes().all(|digit| digit == b'0');
    let Ok(exponent) = exponent.parse::<i64>() else {
        return is_zero || !exponent.starts_with('-');
    };
    let zeros = whole.len() - whole.trim_end_matches('0').len();
    // Places of the last digit that is not zero, counted to the right of the point.
    let places = if fraction.is_empty() { -i64::try_from(zeros).unwrap_or(i64::MAX) } else { fraction.len() as i64 };
    is_zero || places <= exponent
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn whole_numbers_are_told_by_their_digits() {
        for literal in [
            "0",
            "-0.000",
            "12",
            "1.0",
            "1e400",
            "1.5e1",
            "120e-1",
            "0e-9",
            "0.0e-99999999999999999999",
            "1e99999999999999999999",
        ] {
            assert!(is_whole(literal), "{literal}");
        }
        for literal in ["0.1", "-1.50", "1.55e1", "12e-1", "1e-400", "1e-99999999999999999999", "9007199254740993.5"] {
            assert!(!is_whole(literal), "{literal}");
        }
    }

    fn number(literal: &str) -> Document {
        let source = std::sync::Arc::new(crate::source::Source::new("a.json", literal));
        let mut builder = crate::document::Builder::new(source);
        builder.number(crate::source::Span::new(0, literal.len()), crate::figure::short(literal));
        builder.finish()
    }

    #[test]
    fn only_what_is_finite_is_a_float() {
        let float = |literal: &str| Literal(&number(literal), NodeId(0)).as_f64();
        assert_eq!((float("1e400"), float("14.90"), float("-0.07")), (None, Some(14.9), Some(-0.07)));
        let (large, whole) = (number("18446744073709551615"), number("1.0"));
        assert_eq!(Literal(&large, NodeId(0)).as_u64(), Some(u64::MAX));
        assert_eq!(Literal(&whole, NodeId(0)).as_u64(), None);
        assert!(Literal(&whole, NodeId(0)).is_integer());
    }

    proptest! {
        #[test]
        fn short_numbers_are_what_their_literals_are(literal in "-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,17})?") {
            let document = number(&literal);
            let number = Literal(&document, NodeId(0));
            prop_assert_eq!(number.as_f64(), literal.parse().ok());
            prop_assert_eq!(number.as_i64(), literal.parse().ok());
            prop_assert_eq!(number.as_u64(), literal.trim_start_matches(if literal == "-0" { "-" } else { "" }).parse().ok());
            prop_assert_eq!(number.is_integer(), is_whole(&literal));
        }
    }
}
