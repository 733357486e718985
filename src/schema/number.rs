//! Numbers as the validator asks for them, from their literal.

use std::borrow::Cow;

use jsonschema::json::JsonNumber;
use serde_json::Number;

/// The literal of a number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Literal<'a>(pub(super) &'a str);

impl JsonNumber for Literal<'_> {
    fn as_u64(&self) -> Option<u64> {
        self.0.parse().ok()
    }

    fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    fn as_f64(&self) -> Option<f64> {
        self.0.parse().ok().filter(|number: &f64| number.is_finite())
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.0)
    }

    fn to_number(&self) -> Cow<'_, Number> {
        // Asked for in messages only, which are not used; what has no such number is shown as 0.
        Cow::Owned(self.0.parse().unwrap_or_else(|_| Number::from(0)))
    }

    fn is_integer(&self) -> bool {
        is_whole(self.0)
    }
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

    #[test]
    fn only_what_is_finite_is_a_float() {
        assert_eq!(Literal("1e400").as_f64(), None);
        assert_eq!(Literal("14.90").as_f64(), Some(14.9));
        assert_eq!(Literal("18446744073709551615").as_u64(), Some(u64::MAX));
        assert_eq!(Literal("1.0").as_u64(), None);
    }
}
