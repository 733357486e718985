//! Members and items as nearly all documents write them, in one go. What is not plain is left to the careful
//! reader, as if nobody had looked at it.

use crate::document::Value;
use crate::source::Span;

use super::strings::plain_text;
use super::words::number;
use super::{Due, Parser};

impl Parser<'_> {
    /// Reads on as long as all is plain.
    pub(super) fn plain(&mut self) {
        while !self.open.is_empty() && !self.log.is_full() && self.plain_value().is_some() {
            while self.due == Due::Comma && self.plain_close().is_some() {}
        }
    }

    /// A value that is due, with its key, and the comma behind it.
    fn plain_value(&mut self) -> Option<()> {
        let mut at = self.behind_spaces(self.at);
        let key = match self.due {
            Due::Key | Due::KeyOrEnd => {
                let (symbol, length) = self.builder.likely_key(self.bytes.get(at..)?)?;
                let span = Span::new(at, at + length);
                at += length;
                if self.bytes.get(at) != Some(&b':') {
                    return None;
                }
                at = self.behind_spaces(at + 1);
                Some((symbol, span))
            }
            Due::Value | Due::ValueOrEnd => None,
            Due::Colon | Due::Comma | Due::Nothing => return None,
        };
        let mut short = None;
        let (value, end) = match self.bytes.get(at)? {
            b'"' => (Value::Text(None), plain_text(self.bytes, at + 1) + 1),
            b'-' | b'0'..=b'9' => {
                let (length, digits) = number(self.bytes.get(at..)?);
                short = digits;
                (Value::Number, at + length)
            }
            b'{' => (Value::Object, at),
            b'[' => (Value::List, at),
            _ => return None,
        };
        let is_plain = match value {
            Value::Text(_) => self.bytes.get(end - 1) == Some(&b'"'),
            Value::Number => end > at && matches!(self.bytes.get(end), Some(b',' | b'}' | b']' | b' ' | b'\n' | b'\r')),
            _ => true,
        };
        if !is_plain {
            return None;
        }
        if let Some((symbol, span)) = key {
            self.builder.known_key(symbol, span);
        }
        if matches!(value, Value::Object | Value::List) {
            self.at = at;
            match if value == Value::Object && self.in_list() { self.alike(at) } else { None } {
                Some(id) => self.added(id),
                None => self.open(value, 1),
            }
        } else {
            self.at = end;
            let span = Span::new(at, end);
            let id = match value {
                Value::Number => self.builder.number(span, short),
                _ => self.builder.scalar(value, span),
            };
            self.added(id);
        }
        Some(())
    }

    /// What closes the innermost object or list, and the comma behind it.
    fn plain_close(&mut self) -> Option<()> {
        let at = self.behind_spaces(self.at);
        let byte = *self.bytes.get(at)?;
        let closes = self.open.last().is_some_and(|open| byte == if open.is_list { b']' } else { b'}' });
        if byte == b',' || closes {
            self.at = at;
            if closes { self.close(byte, 1) } else { self.comma(byte, 1) }
        }
        (byte == b',' || closes).then_some(())
    }
}
