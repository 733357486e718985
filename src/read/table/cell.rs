//! What stands in a cell: nothing, a figure, a year or words; and labels as they are compared.

use crate::figure;

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing, or a dash that says so.
    Blank,
    /// A figure.
    Figure,
    /// Four digits that are a year in a header, and may be a figure below one.
    Year,
    /// Words.
    Text,
}

/// A figure is not printed longer, in bytes.
const LONGEST: usize = 64;

/// What a text in a cell is.
pub fn kind(text: &str) -> Kind {
    let text = text.trim();
    if text.len() > LONGEST {
        return Kind::Text;
    }
    // Numerals in words are serials (`一`) at best; signs of currency are no part of a number.
    let plain = text.trim_start_matches(['$', '€', '£', '¥', '￥']).trim();
    if plain.len() == 4 && (plain.starts_with("19") || plain.starts_with("20")) && is_whole(plain) {
        return Kind::Year;
    }
    match figure::read(plain) {
        Err(figure::NotANumber::Blank) => Kind::Blank,
        Err(figure::NotANumber::Text) => Kind::Text,
        _ if has_digit(plain) => Kind::Figure,
        _ => Kind::Text,
    }
}

/// Whether a digit stands in it.
pub fn has_digit(text: &str) -> bool {
    text.chars().any(|each| matches!(each, '0'..='9' | '０'..='９'))
}

/// Digits and nothing else.
pub fn is_whole(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|each| each.is_ascii_digit())
}

/// A label as it is compared: small letters, without blanks.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|each| !each.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// A label as its words are compared: without the punctuation around them as well.
pub fn bare(text: &str) -> String {
    let marks = |each: char| !each.is_alphanumeric();
    let words = text.trim_matches(marks);
    if words.is_ascii() { words.to_ascii_lowercase() } else { squeezed(words) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_a_figure_a_year_words_or_nothing() {
        for text in ["1,262.50", "≤10%", "12 台", "$708", "0", "(12)", "１２"] {
            assert_eq!(kind(text), Kind::Figure, "{text}");
        }
        for text in ["2018", " 1999 "] {
            assert_eq!(kind(text), Kind::Year, "{text}");
        }
        for text in ["2018 年", "一", "III 类", "A101", "2019.3.21", &"9".repeat(100)] {
            assert_eq!(kind(text), Kind::Text, "{text}");
        }
        for text in ["", "-", "—", "/", "$"] {
            assert_eq!(kind(text), Kind::Blank, "{text}");
        }
    }

    #[test]
    fn labels_are_compared_without_blanks_and_marks() {
        assert_eq!(squeezed("预算 调整数 A"), "预算调整数a");
        assert_eq!((bare("合 计："), bare(" Total assets ")), ("合计".to_owned(), "total assets".to_owned()));
    }
}
