//! Numbers, `true`, `false` and `null`; and what people write instead of them.

use crate::document::{NodeId, Value};
use crate::figure::Short;
use crate::source::{Span, shorten};

use super::{Due, Parser};

impl Parser<'_> {
    /// Reads the number or word at which the parser stands; what is neither stands for `null`.
    pub(super) fn word(&mut self) -> NodeId {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let (value, (length, short)) = match rest {
            [b'-' | b'0'..=b'9', ..] => (Value::Number, number(rest)),
            [b't', b'r', b'u', b'e', ..] => (Value::Bool(true), (4, None)),
            [b'f', b'a', b'l', b's', b'e', ..] => (Value::Bool(false), (5, None)),
            [b'n', b'u', b'l', b'l', ..] => (Value::Null, (4, None)),
            _ => (Value::Null, (0, None)),
        };
        let end = self.at + length;
        let delimited =
            matches!(
                rest.get(length),
                None | Some(b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t' | b':' | b'"' | b'{' | b'[')
            ) || self.text.get(end..).and_then(|rest| rest.chars().next()).is_some_and(|each| !in_word(each));
        if length > 0 && delimited {
            let span = Span::new(self.at, end);
            self.at = end;
            return if value == Value::Number {
                self.builder.number(span, short)
            } else {
                self.builder.scalar(value, span)
            };
        }
        let span = self.take_word();
        self.tell_wrong_word(span);
        self.builder.scalar(Value::Null, span)
    }

    /// A key without quotes: taken as a key if a colon follows, else passed over.
    pub(super) fn bare_key(&mut self) {
        let thousands = self.comma.end as usize == self.at
            && self.bytes.get(self.at).is_some_and(u8::is_ascii_digit)
            && self.bytes.get((self.comma.start as usize).wrapping_sub(1)).is_some_and(u8::is_ascii_digit);
        let comma = self.comma;
        let span = self.take_word();
        let written = self.text.get(span.range()).unwrap_or_default();
        if thousands {
            self.log.wrong_with(
                comma,
                ("a number has no thousands separators in JSON", "JSON 的数字中不能有千位分隔符"),
                ("remove the commas, or put the figure in quotes as it is printed", "请删去逗号，或按原样写在引号中"),
            );
            self.due = Due::Comma;
            return;
        }
        let shown = shorten(written.trim_matches(['\'', '‘', '’', '“', '”']), 40);
        self.log.wrong_with(
            span,
            (
                format!("expected a key in double quotes, found `{}`", shorten(written, 40)),
                format!("此处应为双引号中的键，却是 `{}`", shorten(written, 40)),
            ),
            (format!("write `\"{shown}\"`"), format!("请写作 `\"{shown}\"`")),
        );
        let follows = self.text.get(self.at..).unwrap_or_default().trim_start();
        if follows.starts_with([':', '：', '=']) {
            self.builder.key(written, span);
            self.due = Due::Colon;
        } else {
            self.due = Due::Comma;
        }
    }

    /// Takes what looks like one word, or a text in the wrong quotes; never nothing.
    fn take_word(&mut self) -> Span {
        let start = self.at;
        let rest = self.text.get(start..).unwrap_or_default();
        let first = rest.chars().next().unwrap_or_default();
        let closing: &[char] = match first {
            '\'' => &['\''],
            '‘' | '’' => &['’', '‘'],
            '“' | '”' => &['”', '“'],
            _ => &[],
        };
        let width = first.len_utf8();
        let line = rest.get(width..).unwrap_or_default();
        let line = line.get(..line.find('\n').unwrap_or(line.len())).unwrap_or_default();
        self.at = match line.find(closing) {
            Some(at) => start + width + at + line[at..].chars().next().map_or(0, char::len_utf8),
            None => start + width + line.find(|each| !in_word(each)).unwrap_or(line.len()),
        };
        Span::new(start, self.at)
    }

    fn tell_wrong_word(&mut self, span: Span) {
        let word = self.text.get(span.range()).unwrap_or_default();
        let shown = shorten(word, 40);
        let message = |en: &str, zh: &str| (format!("`{shown}` {en}"), format!("`{shown}` {zh}"));
        let lower = word.trim_start_matches(['-', '+']).to_ascii_lowercase();
        if word.starts_with(['\'', '‘', '’', '“', '”']) {
            let help = ("use straight double quotes", "请用英文双引号");
            self.log.wrong_with(span, message("is not in the quotes that JSON knows", "的引号不是 JSON 的引号"), help);
        } else if matches!(lower.as_str(), "nan" | "inf" | "infinity") {
            let help = ("write `null` where there is no figure", "没有数字时请写 `null`");
            self.log.wrong_with(span, message("is no number in JSON", "不是 JSON 数字"), help);
        } else if matches!(lower.as_str(), "true" | "false" | "null" | "none" | "undefined" | "nil") {
            let right = if matches!(lower.as_str(), "true" | "false") { lower.as_str() } else { "null" };
            let help = (format!("write `{right}`"), format!("请写作 `{right}`"));
            self.log.wrong_with(span, message("is no value that JSON knows", "不是 JSON 的值"), help);
        } else if word.starts_with(|each: char| each.is_ascii_digit() || matches!(each, '-' | '+' | '.')) {
            let (en, zh) = wrong_number(word);
            let help = ("or put the figure in quotes as it is printed", "或按原样写在引号中");
            self.log.wrong_with(
                span,
                (
                    format!("`{shown}` is not written as JSON writes numbers: {en}"),
                    format!("`{shown}` 不是 JSON 数字的写法：{zh}"),
                ),
                help,
            );
        } else {
            let help = ("put texts in double quotes", "文本请写在双引号中");
            let found = (format!("expected a value, found `{shown}`"), format!("此处应为值，却是 `{shown}`"));
            self.log.wrong_with(span, found, help);
        }
    }

    /// Tells of comments and of characters that only look like JSON; the byte it is taken for
    /// (a space if it is to be passed over) and its width.
    pub(super) fn look_alike(&mut self, byte: u8) -> (u8, usize) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        if rest.starts_with("//") || rest.starts_with("/*") {
            let end = if rest.starts_with("//") { rest.find('\n') } else { rest.find("*/").map(|at| at + 2) };
            let width = end.unwrap_or(rest.len());
            let span = Span::new(self.at, self.at + width);
            self.log.wrong_with(
                Span::new(self.at, self.at + 2),
                ("JSON has no comments", "JSON 没有注释"),
                ("remove it", "请删去注释"),
            );
            return (b' ', span.range().len());
        }
        let Some(each) = rest.chars().next() else { return (byte, 1) };
        let width = each.len_utf8();
        let stands_for = match each {
            '，' | '、' => b',',
            '：' => b':',
            '｛' => b'{',
            '｝' => b'}',
            '［' | '【' => b'[',
            '］' | '】' => b']',
            '\u{FEFF}' | '\u{200B}' => b' ',
            each if each.is_whitespace() => b' ',
            // Any other character starts a word.
            _ => return (byte, width),
        };
        let span = Span::new(self.at, self.at + width);
        if stands_for == b' ' {
            self.log.unexpected(span, Some(each));
        } else {
            let right = char::from(stands_for);
            self.log.wrong_with(
                span,
                (format!("`{each}` is not the `{right}` of JSON"), format!("`{each}` 不是 JSON 的 `{right}`")),
                (format!("write `{right}`"), format!("请写作英文的 `{right}`")),
            );
        }
        (stands_for, width)
    }
}

/// Length of the number at the start, as JSON writes it, and its digits if they are few; 0 if there is none.
#[inline(always)]
pub(super) fn number(bytes: &[u8]) -> (usize, Option<Short>) {
    let (is_negative, unsigned) = match bytes {
        [b'-', unsigned @ ..] => (true, unsigned),
        _ => (false, bytes),
    };
    // What is too long for it is not asked for it.
    let mut mantissa = 0i64;
    let (whole, mut rest) = digits(unsigned, &mut mantissa);
    if whole == 0 || (whole > 1 && unsigned.first() == Some(&b'0')) {
        return (0, None);
    }
    let mut scale = 0;
    if let [b'.', fraction @ ..] = rest {
        (scale, rest) = digits(fraction, &mut mantissa);
        if scale == 0 {
            return (0, None);
        }
    }
    if let [b'e' | b'E', exponent @ ..] = rest {
        let exponent = if let [b'+' | b'-', unsigned @ ..] = exponent { unsigned } else { exponent };
        let (length, rest) = digits(exponent, &mut mantissa);
        return if length == 0 { (0, None) } else { (bytes.len() - rest.len(), None) };
    }
    let mantissa = if is_negative { mantissa.wrapping_neg() } else { mantissa };
    let short = if whole + scale <= Short::DIGITS { Short::new(mantissa, scale) } else { None };
    (bytes.len() - rest.len(), short)
}

/// Appends the digits at the start to a number: how many there are, and what follows.
#[inline]
fn digits<'a>(bytes: &'a [u8], number: &mut i64) -> (usize, &'a [u8]) {
    let mut rest = bytes;
    while let [digit @ b'0'..=b'9', behind @ ..] = rest {
        *number = number.wrapping_mul(10).wrapping_add(i64::from(digit - b'0'));
        rest = behind;
    }
    (bytes.len() - rest.len(), rest)
}

/// What is wrong with a number.
fn wrong_number(word: &str) -> (&'static str, &'static str) {
    let unsigned = word.strip_prefix('-').unwrap_or(word);
    let bytes = unsigned.as_bytes();
    if word.starts_with('+') {
        ("no `+` before it", "前面不能有 `+`")
    } else if unsigned.starts_with('.') {
        ("a digit must stand before the point", "小数点前必须有数字")
    } else if bytes.first() == Some(&b'0') && bytes.get(1).is_some_and(u8::is_ascii_digit) {
        ("no leading zero", "不能有前导零")
    } else if unsigned.trim_start_matches(|each: char| each.is_ascii_digit()) == "." {
        ("a digit must stand behind the point", "小数点后必须有数字")
    } else {
        ("only digits, one point and an exponent", "只能有数字、一个小数点和指数")
    }
}

/// Whether a character can be a part of a word, and is not one that separates words.
fn in_word(each: char) -> bool {
    !(each.is_whitespace()
        || matches!(
            each,
            '{' | '}'
                | '['
                | ']'
                | '"'
                | ','
                | ':'
                | '='
                | '，'
                | '、'
                | '：'
                | '｛'
                | '｝'
                | '［'
                | '］'
                | '【'
                | '】'
        )
        || each.is_control())
}
