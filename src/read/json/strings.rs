//! Strings: borrowed as they stand where they have no escape, decoded otherwise.

use crate::source::Span;

use super::Parser;

/// The highest bit of each of eight bytes that end plain text, quotes, backslashes and controls, the first byte
/// lowest. Only the lowest bit is to be relied on: a byte is compared by subtracting, which borrows from the
/// ones above it.
fn ends(bytes: u64) -> u64 {
    const ONE: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = ONE << 7;
    let below = |bytes: u64, limit: u64| bytes.wrapping_sub(ONE * limit) & !bytes;
    let is = |byte: u8| below(bytes ^ (ONE * u64::from(byte)), 1);
    (is(b'"') | is(b'\\') | below(bytes, 0x20)) & HIGH
}

/// The first byte from `at` that is not plain text.
#[inline]
pub(super) fn plain_text(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let (words, last) = rest.as_chunks();
    for (word, bytes) in words.iter().enumerate() {
        let ends = ends(u64::from_le_bytes(*bytes));
        if ends != 0 {
            return at + word * 8 + ends.trailing_zeros() as usize / 8;
        }
    }
    let ends = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
    at + rest.len() - last.len() + last.iter().position(ends).unwrap_or(last.len())
}

impl Parser<'_> {
    /// Reads the string at whose quote the parser stands: its text if it had to be decoded, and
    /// its place with the quotes.
    pub(super) fn string(&mut self) -> (Option<String>, Span) {
        let start = self.at;
        let at = plain_text(self.bytes, start + 1);
        if self.bytes.get(at) == Some(&b'"') {
            self.at = at + 1;
            return (None, Span::new(start, self.at));
        }
        let mut decoded = String::new();
        self.decode(start, at, &mut decoded);
        (Some(decoded), Span::new(start, self.at))
    }

    fn decode(&mut self, start: usize, mut at: usize, decoded: &mut String) {
        let mut from = start + 1;
        let mut told = false;
        // Up to the quote that closes the text, every line break is one in it.
        let mut goes_on = start;
        loop {
            decoded.push_str(self.text.get(from..at).unwrap_or_default());
            match self.bytes.get(at) {
                Some(b'"') => {
                    self.at = at + 1;
                    return;
                }
                Some(b'\\') => at = self.escape(at, decoded),
                Some(b'\n' | b'\r') if at >= goes_on && self.goes_on(at).is_none() => {
                    self.log.wrong_with(
                        Span::new(start, at),
                        ("this text has no closing quote on its line", "这段文本在本行没有结尾的引号"),
                        ("add `\"` at its end", "请在末尾补上 `\"`"),
                    );
                    self.at = at;
                    return;
                }
                Some(&control) => {
                    if at >= goes_on {
                        goes_on = self.goes_on(at).unwrap_or(goes_on);
                    }
                    if !told {
                        self.control(at, control);
                        told = true;
                    }
                    decoded.push(char::from(control));
                    at += 1;
                }
                None => {
                    self.log.unclosed_text(Span::new(start, start + 1));
                    self.at = at;
                    return;
                }
            }
            from = at;
            at = plain_text(self.bytes, at);
        }
    }

    /// How far a text with a line break in it goes on behind the break: up to the next quote if that
    /// closes it, else that quote opens another text and this one lacks its own.
    fn goes_on(&self, at: usize) -> Option<usize> {
        let (inside, behind) = self.text.get(at..).unwrap_or_default().split_once('"')?;
        let closes = matches!(behind.trim_start().bytes().next(), None | Some(b',' | b':' | b'}' | b']'));
        closes.then(|| at + inside.len())
    }

    fn control(&mut self, at: usize, control: u8) {
        let escape = match control {
            b'\n' => "\\n".into(),
            b'\r' => "\\r".into(),
            b'\t' => "\\t".into(),
            other => format!("\\u{other:04X}"),
        };
        let code = format!("U+{control:04X}");
        self.log.wrong_with(
            Span::new(at, at + 1),
            (format!("the control character {code} stands in a text"), format!("文本中有控制字符 {code}")),
            (format!("write it as `{escape}`"), format!("请写作 `{escape}`")),
        );
    }

    /// Decodes the escape at the backslash; the byte behind it.
    fn escape(&mut self, at: usize, decoded: &mut String) -> usize {
        let plain = match self.bytes.get(at + 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(at, decoded),
            // The text has no end, which is told where it starts.
            None => return at + 1,
            Some(_) => return self.no_escape(at),
        };
        decoded.push(plain);
        at + 2
    }

    fn no_escape(&mut self, at: usize) -> usize {
        let next = self.text.get(at + 1..).and_then(|rest| rest.chars().next());
        // What ends a line is no part of the escape.
        let width = next.filter(|each| !each.is_control()).map_or(0, char::len_utf8);
        let span = Span::new(at, at + 1 + width);
        let written = self.text.get(span.range()).unwrap_or_default();
        self.log.wrong_with(
            span,
            (format!("`{written}` is no escape that JSON knows"), format!("JSON 没有转义 `{written}`")),
            ("a backslash itself is written `\\\\`", "反斜杠本身请写作 `\\\\`"),
        );
        span.end as usize
    }

    fn unicode(&mut self, at: usize, decoded: &mut String) -> usize {
        let Some(first) = self.four_digits(at + 2) else {
            let digits = self.bytes.get(at + 2..).unwrap_or_default();
            let count = digits.iter().take(4).take_while(|byte| byte.is_ascii_hexdigit()).count();
            self.log.wrong(
                Span::new(at, at + 2 + count),
                "expected four hexadecimal digits after `\\u`",
                "`\\u` 后面应有四位十六进制数字",
            );
            return at + 2 + count;
        };
        if let Some(each) = char::from_u32(first) {
            decoded.push(each);
            return at + 6;
        }
        let second = if self.bytes.get(at + 6..at + 8) == Some(b"\\u") { self.four_digits(at + 8) } else { None };
        if let (0xD800..0xDC00, Some(second @ 0xDC00..0xE000)) = (first, second) {
            let code = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
            decoded.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            return at + 12;
        }
        self.log.wrong_with(
            Span::new(at, at + 6),
            (
                format!("`\\u{first:04X}` is half of a surrogate pair, and its other half is missing"),
                format!("`\\u{first:04X}` 是代理对的一半，缺少另一半"),
            ),
            ("write the character itself", "请直接写出该字符"),
        );
        at + 6
    }

    fn four_digits(&self, at: usize) -> Option<u32> {
        let digits = self.text.get(at..at + 4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        u32::from_str_radix(digits, 16).ok()
    }
}
