//! Words as they are compared.

/// A text without spaces and punctuation, in narrow letters of one case.
#[must_use]
pub fn plain(text: &str) -> String {
    text.chars()
        .map(narrow)
        .filter(|letter| letter.is_alphanumeric() || *letter == '%')
        .flat_map(char::to_lowercase)
        .collect()
}

/// A full-width letter as its narrow one.
fn narrow(letter: char) -> char {
    match u32::from(letter) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(letter),
        _ => letter,
    }
}
