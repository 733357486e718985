//! The literal reader: what it reads is the number that is printed, however it is printed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tieout::figure::{NotANumber, read};
use tieout_fuzz::plain_number;

fuzz_target!(|text: &str| {
    let found = read(text);
    // Spaces and the width of the characters change nothing.
    let widened: String = text
        .chars()
        .map(|each| match each {
            '!'..='~' => char::from_u32(u32::from(each) + 0xFEE0).expect("a full-width form"),
            other => other,
        })
        .collect();
    for same in [widened, format!(" {text}\u{3000}")] {
        match (&found, &read(&same)) {
            (Ok(left), Ok(right)) => assert_eq!((left.value, left.decimals), (right.value, right.decimals), "{text:?}"),
            (left, right) => assert_eq!(left.as_ref().err(), right.as_ref().err(), "{text:?} {same:?}"),
        }
    }
    // A number as JSON writes it has the value that any other reader gives it.
    if let Some((value, decimals)) = plain_number(text) {
        match found {
            Ok(literal) => {
                let exact = literal.value.exact().expect("a decimal").to_string();
                assert_eq!(plain_number(&exact).map(|(value, _)| value), Some(value), "{text}");
                assert_eq!(usize::try_from(literal.decimals), Ok(decimals), "{text}");
            }
            Err(reason) => assert_eq!(reason, NotANumber::TooLong, "{text}"),
        }
    }
    // What it is shown as is read back.
    if let Ok(literal) = found
        && let Some(number) = literal.value.exact()
    {
        for shown in [number.to_string(), number.grouped()] {
            match read(&shown) {
                Ok(again) => assert_eq!(again.value, literal.value, "{text:?} {shown}"),
                // `1e-20万` has a value of more decimals than a printed figure may have.
                Err(reason) => assert_eq!(reason, NotANumber::TooLong, "{text:?} {shown}"),
            }
        }
    }
});
