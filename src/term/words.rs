//! Words as they are compared.

/// A text without spaces and punctuation, in narrow letters of one case.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for letter in text.chars().map(narrow) {
        // Most letters are Chinese, and have no case.
        if matches!(letter, '一'..='鿿' | '%') {
            words.push(letter);
        } else if letter.is_alphanumeric() {
            words.extend(letter.to_lowercase());
        }
    }
    words
}

/// A full-width letter as its narrow one.
fn narrow(letter: char) -> char {
    match u32::from(letter) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(letter),
        _ => letter,
    }
}
