//! Splits the text of an expression into words, numbers, texts and signs.

use super::syntax::{Range, SyntaxError};
use crate::figure::{Ratio, read};

/// A token.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    /// A name or a word of the language.
    Word(String),
    /// A name in backticks.
    Quoted(String),
    /// A number, a percent sign included.
    Number(Ratio),
    /// A text in double or single quotes.
    Text(String),
    /// An operator or a bracket.
    Sign(&'static str),
}

impl Token {
    /// As it is shown in a message.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Word(word) | Self::Quoted(word) | Self::Text(word) => word.clone(),
            Self::Number(value) => value.exact().map(|number| number.to_string()).unwrap_or_default(),
            Self::Sign(sign) => (*sign).to_owned(),
        }
    }
}

const SIGNS: [&str; 16] = ["!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ",", "."];

/// All tokens of a text with their places.
///
/// # Errors
/// The first character that starts no token.
pub fn tokens(text: &str) -> Result<Vec<(Token, Range)>, SyntaxError> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let fail = |expected| SyntaxError { range: at..at + first.len_utf8(), found: first.to_string(), expected };
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (token, length) = if first.is_ascii_digit() {
            let length = rest.find(|each: char| !(each.is_ascii_digit() || each == '.')).unwrap_or(rest.len());
            let length = if rest[length..].starts_with(['%', '‰']) {
                length + rest[length..].chars().next().map_or(0, char::len_utf8)
            } else {
                length
            };
            let value = read(&rest[..length]).map_err(|_| fail(("a number", "数字")))?.value;
            (Token::Number(value), length)
        } else if first.is_alphabetic() || first == '_' {
            let length = rest.find(|each: char| !(each.is_alphanumeric() || each == '_')).unwrap_or(rest.len());
            (Token::Word(rest[..length].to_owned()), length)
        } else if matches!(first, '"' | '\'' | '`') {
            let inside = &rest[1..];
            let end = inside.find(first).ok_or_else(|| fail(("a closing quote", "右引号")))?;
            let text = inside[..end].to_owned();
            (if first == '`' { Token::Quoted(text) } else { Token::Text(text) }, end + 2)
        } else {
            let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
            let sign = *sign.ok_or_else(|| fail(("a name, a number or an operator", "名称、数字或运算符")))?;
            (Token::Sign(sign), sign.len())
        };
        found.push((token, at..at + length));
        at += length;
    }
    Ok(found)
}
