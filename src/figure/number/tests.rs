//! Exact decimals and fractions, against integers and by cases.

use super::*;
use crate::figure::Ratio;
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
fn fractions_of_the_longest_figures_have_an_order() {
    let power = |of: i128, exponent: u32| Number::from(of.pow(exponent));
    let fraction = |over: Number, under: Number| Ratio::new(over, under).unwrap();
    let plus = |number: Number, more: i128| number.add(Number::from(more)).unwrap();
    let ten = power(10, 37);
    for (larger, smaller) in [(power(2, 126), power(2, 100)), (power(2, 120), plus(power(2, 119), 1))] {
        let (left, right) = (fraction(larger, plus(ten, 1)), fraction(smaller, plus(ten, 2)));
        assert_eq!((left.compare(right), right.compare(left)), (Ordering::Greater, Ordering::Less));
    }
    // Whatever is multiplied by nothing is nothing, however long its divisor.
    let (nothing, least) = (fraction(Number::ZERO, power(10, 30)), fraction(Number::ONE, power(10, 30)));
    assert_eq!((nothing.mul(least), least.mul(nothing)), (Some(Ratio::ZERO), Some(Ratio::ZERO)));
}

#[test]
fn products_end_at_the_last_digit_that_is_held() {
    let least = |scale: u32| Number::new(1, scale);
    assert_eq!(least(19).mul(least(19)), Some(least(38)));
    assert_eq!((least(19).mul(least(20)), least(19).times(least(20))), (None, None));
    assert_eq!(least(19).times(least(19)), Some(least(38)));
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
        let left = Ratio::new(Number::new(a, s), Number::new(b, 1)).unwrap();
        let right = Ratio::new(Number::new(c, 2), Number::new(d, s)).unwrap();
        let order = left.abs().magnitude_beside(right).cmp(&right.abs().magnitude_beside(left));
        prop_assert_eq!(order, left.abs().compare(right.abs()));
    }

    #[test]
    fn a_quotient_times_its_divisor_is_the_dividend(a in -999i128..999, b in 1i128..999) {
        let (left, right) = (Ratio::from(Number::new(a, 1)), Ratio::from(Number::new(b, 2)));
        prop_assert_eq!(left.div(right).and_then(|quotient| quotient.mul(right)), Some(left));
    }
}
