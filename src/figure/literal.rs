//! Reads numbers as people print them.

use super::{Bound, Number, Ratio, Short, Unit};

/// A number as printed, before anything is known of what it means.
#[derive(Clone, Copy, Debug)]
pub struct Literal {
    /// Exact value; percent are ratios.
    pub value: Ratio,
    /// Digits printed after the point, counted for the value.
    pub decimals: i32,
    /// The limit it states.
    pub bound: Option<Bound>,
    /// Whether a percent or per-mille sign was printed.
    pub percent: bool,
    /// The unit printed behind it.
    pub unit: Option<&'static Unit>,
    /// Printed in brackets, which is negative for a whole cell of an amount column.
    pub bracketed: bool,
    /// A fraction (`1/3`), which is exact.
    pub fraction: bool,
}

/// Why a text is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotANumber {
    /// Nothing, or a dash: the cell is blank.
    Blank,
    /// Words.
    Text,
    /// A number with more digits than can be held exactly.
    TooLong,
}

/// Reads a text that is a number and nothing else (a sign, bound, unit and spaces apart).
///
/// # Errors
/// Says whether the text is blank, words, or a number that does not fit in 28 exact digits.
pub fn read(text: &str) -> Result<Literal, NotANumber> {
    if let Some(plain) = read_plain(text) {
        return plain;
    }
    if !may_begin(text) {
        return Err(NotANumber::Text);
    }
    let folded: String = text.chars().map(fold).filter(|each| !each.is_whitespace()).collect();
    if matches!(folded.as_str(), "" | "-" | "--" | "/" | "n/a" | "N/A") {
        return Err(NotANumber::Blank);
    }
    let (bound, rest) = bound(&folded);
    let (bracketed, rest) = match rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inside) => (true, inside),
        None => (false, rest),
    };
    let (negative, rest) = match rest.strip_prefix(['-', '△', '▲']) {
        Some(rest) => (true, rest),
        None => (false, rest.strip_prefix('+').unwrap_or(rest)),
    };
    let (digits, tail) = rest.split_at(digits(rest));
    let (value, decimals, fraction) =
        if digits.is_empty() { (chinese(rest.chars().next())?, 0, false) } else { magnitude(digits)? };
    let tail = if digits.is_empty() { tail.chars().skip(1).collect::<String>() } else { tail.to_owned() };
    let (scale, percent, unit) = suffix(&tail)?;
    let factor = Number::power_of_ten(scale).ok_or(NotANumber::TooLong)?;
    let value = value.mul(factor.into()).ok_or(NotANumber::TooLong)?;
    let value = if negative || bracketed { value.neg() } else { value };
    Ok(Literal { value, decimals: decimals - scale, bound, percent, unit, bracketed, fraction })
}

/// A number of at most 18 digits, perhaps with a sign and a point, and nothing else.
#[must_use]
pub fn short(text: &str) -> Option<Short> {
    let bytes = text.as_bytes();
    let digits = bytes.strip_prefix(b"-").unwrap_or(bytes);
    if digits.len() > Short::DIGITS || !digits.first()?.is_ascii_digit() || !digits.last()?.is_ascii_digit() {
        return None;
    }
    let (mut mantissa, mut point) = (0i64, None);
    for (at, byte) in digits.iter().enumerate() {
        match byte {
            b'0'..=b'9' => mantissa = mantissa * 10 + i64::from(byte - b'0'),
            b'.' if point.is_none() => point = Some(at),
            _ => return None,
        }
    }
    let scale = point.map_or(0, |point| digits.len() - 1 - point);
    let mantissa = if digits.len() < bytes.len() { -mantissa } else { mantissa };
    Short::new(mantissa, scale)
}

/// The common cases, without any allocation: digits, perhaps in groups, with a sign, a point, a percent sign.
fn read_plain(text: &str) -> Option<Result<Literal, NotANumber>> {
    let bytes = text.as_bytes();
    let (negative, digits) = match bytes.first()? {
        b'-' => (true, &bytes[1..]),
        _ => (false, bytes),
    };
    let (percent, digits) = digits.strip_suffix(b"%").map_or((false, digits), |digits| (true, digits));
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    if digits.len() > 28 || !is_digit(digits.first()) || !is_digit(digits.last()) {
        return None;
    }
    let (mut mantissa, mut scale, mut point) = (0i128, 0u32, false);
    // Digits since the last comma, and whether there was one.
    let (mut run, mut grouped) = (0, false);
    for byte in digits {
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa * 10 + i128::from(byte - b'0');
                scale += u32::from(point);
                run += u32::from(!point);
            }
            b',' if !point && (run == 3 || (!grouped && run < 3)) => (run, grouped) = (0, true),
            b'.' if !point => point = true,
            _ => return None,
        }
    }
    if grouped && run != 3 {
        return None;
    }
    let scale = if percent { scale + 2 } else { scale };
    let value = Number::new(if negative { -mantissa } else { mantissa }, scale).into();
    let decimals = i32::try_from(scale).unwrap_or_default();
    Some(Ok(Literal { value, decimals, bound: None, percent, unit: None, bracketed: false, fraction: false }))
}

/// Whether a number, or what says that there is none, may begin as the text does. Most texts are words, and
/// need not be looked at further.
fn may_begin(text: &str) -> bool {
    let first = text.chars().find(|each| !each.is_whitespace()).map(fold);
    first.is_none_or(|first| {
        let is_sign = matches!(first, '-' | '+' | '△' | '▲' | '(' | '/' | '≤' | '≥' | '<' | '>' | '不' | 'n' | 'N');
        is_sign || first.is_ascii_digit() || first == '两' || CHINESE_DIGITS.contains(first)
    })
}

/// Full-width forms and look-alikes to the plain character.
fn fold(each: char) -> char {
    match each {
        '！'..='～' => char::from_u32(each as u32 - 0xFEE0).unwrap_or(each),
        '−' | '–' | '—' | '―' => '-',
        other => other,
    }
}

/// Length of what is digits, with what may stand between them; a sign only in an exponent.
fn digits(text: &str) -> usize {
    let mut before = ' ';
    let ends = |each: char| {
        let sign = matches!(each, '+' | '-') && matches!(before, 'e' | 'E');
        before = each;
        !sign && !matches!(each, '0'..='9' | '.' | ',' | '/' | 'e' | 'E')
    };
    text.find(ends).unwrap_or(text.len())
}

fn bound(text: &str) -> (Option<Bound>, &str) {
    let table: [(&str, Bound); 9] = [
        ("≤", Bound::AtMost),
        ("<=", Bound::AtMost),
        ("不超过", Bound::AtMost),
        ("≥", Bound::AtLeast),
        (">=", Bound::AtLeast),
        ("不低于", Bound::AtLeast),
        ("不少于", Bound::AtLeast),
        ("<", Bound::Below),
        (">", Bound::Above),
    ];
    table
        .iter()
        .find_map(|(sign, bound)| text.strip_prefix(sign).map(|rest| (Some(*bound), rest)))
        .unwrap_or((None, text))
}

/// The digits from zero to ten.
const CHINESE_DIGITS: &str = "零一二三四五六七八九十";

fn chinese(digit: Option<char>) -> Result<Ratio, NotANumber> {
    let at = digit.and_then(|digit| CHINESE_DIGITS.chars().position(|known| known == digit));
    let value = if digit == Some('两') { 2 } else { at.ok_or(NotANumber::Text)? };
    Ok(Number::from(i128::try_from(value).map_err(|_| NotANumber::TooLong)?).into())
}

fn magnitude(digits: &str) -> Result<(Ratio, i32, bool), NotANumber> {
    if let Some((over, under)) = digits.split_once('/') {
        let (over, _) = plain(over)?;
        let (under, _) = plain(under)?;
        return Ok((Ratio::new(over, under).ok_or(NotANumber::Text)?, 0, true));
    }
    let (number, decimals) = plain(digits)?;
    Ok((number.into(), decimals, false))
}

/// Digits with thousands separators, a point and an exponent.
fn plain(digits: &str) -> Result<(Number, i32), NotANumber> {
    let (coefficient, exponent) = digits.split_once(['e', 'E']).map_or((digits, "0"), |parts| parts);
    let (whole, fraction) = coefficient.split_once('.').map_or((coefficient, ""), |parts| parts);
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let grouped = groups.clone().next().is_none() || (first.len() <= 3 && groups.clone().all(|group| group.len() == 3));
    let well_formed = is_digits(first)
        && groups.all(is_digits)
        && grouped
        && (fraction.is_empty() != coefficient.contains('.'))
        && (fraction.is_empty() || is_digits(fraction));
    if !well_formed {
        return Err(NotANumber::Text);
    }
    let power: i32 = exponent.parse().map_err(|_| NotANumber::Text)?;
    let number = if power == 0 && whole == first {
        Number::read(coefficient)
    } else {
        Number::read(&format!("{}e{power}", coefficient.replace(',', "")))
    };
    let number = number.ok_or(NotANumber::TooLong)?;
    let decimals = i32::try_from(fraction.len()).map_err(|_| NotANumber::TooLong)? - power;
    Ok((number, decimals.max(0)))
}

/// What stands behind the digits: a magnitude, a percent sign, a unit. The power of ten it means.
fn suffix(tail: &str) -> Result<(i32, bool, Option<&'static Unit>), NotANumber> {
    match tail {
        "" => return Ok((0, false, None)),
        "%" => return Ok((-2, true, None)),
        "‰" => return Ok((-3, true, None)),
        _ => {}
    }
    if let Some(unit) = Unit::named(tail) {
        return Ok((0, false, Some(unit)));
    }
    let mut letters = tail.chars();
    let power = match letters.next() {
        Some('万') => 4,
        Some('亿') => 8,
        Some('千') => 3,
        _ => return Err(NotANumber::Text),
    };
    let rest = letters.as_str();
    let unit = if rest.is_empty() { None } else { Some(Unit::named(rest).ok_or(NotANumber::Text)?) };
    Ok((power, false, unit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value(text: &str) -> Option<String> {
        read(text).ok().and_then(|literal| literal.value.exact()).map(|number| number.to_string())
    }

    #[test]
    fn numbers_are_read_as_people_print_them() {
        for (text, expected) in [
            ("1,262.50", "1262.5"),
            ("１２．５", "12.5"),
            ("△1,234", "-1234"),
            ("−3.2", "-3.2"),
            ("(1,234)", "-1234"),
            ("80.68%", "0.8068"),
            ("3‰", "0.003"),
            ("1.2万", "12000"),
            ("12亿元", "12"),
            ("1.2万人", "1.2"),
            ("两", "2"),
            ("三个", "3"),
            ("≤10%", "0.1"),
            ("≥279 天", "279"),
            ("1e3", "1000"),
            ("1.5e-3", "0.0015"),
            ("2E+2%", "2"),
            ("-0.00", "0"),
        ] {
            assert_eq!(value(text).as_deref(), Some(expected), "{text}");
        }
        let decimals = |text: &str| read(text).map(|literal| literal.decimals);
        for (text, expected) in [("1.25", 2), ("1.5e-3", 4), ("1.25e1", 1), ("1.5e3", 0), ("12", 0)] {
            assert_eq!(decimals(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn printed_decimals_are_those_of_the_value() {
        let decimals = |text| read(text).ok().map(|literal| literal.decimals);
        assert_eq!(decimals("1,262.50"), Some(2));
        assert_eq!(decimals("54.1%"), Some(3));
        assert_eq!(decimals("1.2万"), Some(-3));
        assert_eq!(decimals("60"), Some(0));
    }

    #[test]
    fn a_short_number_is_its_digits_and_where_the_point_stands() {
        let of = Short::new;
        assert_eq!(short("-12.50"), of(-1250, 2));
        assert_eq!((short("7"), short("0.5"), short("-0")), (of(7, 0), of(5, 1), of(0, 0)));
        assert_eq!(short("123456789012345678"), of(123_456_789_012_345_678, 0));
        assert_eq!(short("1234567890.1234567"), of(12_345_678_901_234_567, 7));
        for other in ["", "-", ".5", "5.", "-.5", "1.2.3", "1e3", "1,000", "+1", " 1", "1234567890123456789"] {
            assert_eq!(short(other), None, "{other:?}");
        }
    }

    #[test]
    fn limits_signs_and_brackets_are_told_apart() {
        let bound = |text| read(text).ok().and_then(|literal| literal.bound);
        for (text, expected) in [
            ("≤10%", Bound::AtMost),
            ("<=10", Bound::AtMost),
            ("不超过10", Bound::AtMost),
            ("≥10", Bound::AtLeast),
            (">=10", Bound::AtLeast),
            ("不低于10", Bound::AtLeast),
            ("不少于10", Bound::AtLeast),
            ("<10", Bound::Below),
            (">10", Bound::Above),
        ] {
            assert_eq!(bound(text), Some(expected), "{text}");
        }
        assert_eq!(bound("10"), None);
        let bracketed = |text| read(text).map(|literal| (literal.bracketed, literal.percent));
        assert_eq!(
            (bracketed("(5)"), bracketed("-5"), bracketed("+5%")),
            (Ok((true, false)), Ok((false, false)), Ok((false, true)))
        );
        assert_eq!(read("(5").err(), Some(NotANumber::Text));
    }

    #[test]
    fn a_unit_stands_alone_or_behind_a_magnitude() {
        let unit = |text| read(text).ok().map(|literal| (literal.unit.map(|unit| unit.name), literal.decimals));
        assert_eq!(unit("12.5亿元"), Some((Some("亿元"), 1)));
        assert_eq!(unit("12千人"), Some((Some("人"), -3)));
        assert_eq!(unit("1.2亿"), Some((None, -7)));
        assert_eq!(unit("两个"), Some((Some("个"), 0)));
        assert_eq!((unit("12千克"), unit("12克")), (None, None));
    }

    #[test]
    fn a_fraction_is_exact() {
        let literal = read("1/3").ok();
        assert_eq!(literal.map(|each| each.fraction), Some(true));
        assert_eq!(literal.and_then(|each| each.value.exact()), None);
    }

    #[test]
    fn blanks_words_and_too_many_digits_are_told_apart() {
        for blank in ["", " ", "—", "-", "/", "n/a", "－"] {
            assert_eq!(read(blank).err(), Some(NotANumber::Blank), "{blank:?}");
        }
        for words in [
            "科学",
            "12abc",
            "1-2",
            "1e",
            "1e-",
            "e-5",
            "1,23",
            "1.2.3",
            "2019.3.21",
            "12.",
            ".5",
            "1,2345",
            "III 类",
            "1/0",
            "1/2/3",
            "-,123",
            "e5",
            "--5",
        ] {
            assert_eq!(read(words).err(), Some(NotANumber::Text), "{words}");
        }
        assert_eq!(read(&"9".repeat(40)).err(), Some(NotANumber::TooLong));
        assert_eq!(read("1e999999999").err(), Some(NotANumber::TooLong));
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(mantissa in -10_000_000_000i128..10_000_000_000, scale in 0u32..6) {
            let number = Number::new(mantissa, scale);
            for text in [number.to_string(), number.grouped()] {
                let literal = read(&text);
                prop_assert_eq!(literal.map(|each| each.value.exact()), Ok(Some(number)));
            }
        }

        #[test]
        fn the_common_way_of_reading_is_the_long_one(
            text in "-?([0-9]{1,14}|[0-9]{1,4}(,[0-9]{3}){1,3}|[0-9][0-9,]{1,9})(\\.[0-9]{1,14})?%?",
        ) {
            let told = |text: &str| {
                let told = |literal: Literal| ((literal.value.exact(), literal.decimals), literal.percent);
                read(text).map(told)
            };
            // A space or a sign of no effect takes the long way.
            let long = told(&format!(" {text}"));
            prop_assert_eq!(told(&text), long);
            if let (Some(short), Ok(((value, decimals), _))) = (short(&text), long) {
                prop_assert_eq!(Some(Number::new(short.mantissa().into(), short.scale().into())), value);
                prop_assert_eq!(i32::from(short.scale()), decimals);
            }
        }

        #[test]
        fn nothing_makes_the_reader_panic(text in ".{0,40}") {
            let _ = read(&text);
        }
    }
}
