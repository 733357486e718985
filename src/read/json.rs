//! Strict JSON in one pass over the bytes, every value with its place. It goes on after an error,
//! so that one run names all that is wrong, and keeps its own stack, so that depth is no danger.

mod alike;
mod keys;
mod log;
mod plain;
mod strings;
mod words;

use std::sync::Arc;

use crate::document::{Builder, Document, Names, NodeId, Value};
use crate::fault::Fault;
use crate::source::{Source, Span};

use super::Limits;
use keys::Keys;
use log::Log;

/// The document of a source, or what is wrong with it. A document with faults is not returned: a
/// figure that may have been read wrongly is not to be judged.
#[must_use]
pub fn json(source: &Arc<Source>, limits: &Limits) -> (Option<Document>, Vec<Fault>) {
    json_knowing(source, limits, Names::default())
}

/// The same, with the names of a document that was read before, which nearly always are those of this one.
#[must_use]
pub fn json_knowing(source: &Arc<Source>, limits: &Limits, names: Names) -> (Option<Document>, Vec<Fault>) {
    let mut parser = Parser::new(source, limits, names);
    parser.run();
    let Parser { builder, log, .. } = parser;
    let faults = log.finish();
    (faults.is_empty().then(|| builder.finish()), faults)
}

/// What may stand next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Due {
    /// A value.
    Value,
    /// A value, or the end of a list that has none yet.
    ValueOrEnd,
    /// A key.
    Key,
    /// A key, or the end of an object that has none yet.
    KeyOrEnd,
    /// The colon behind a key.
    Colon,
    /// A comma, or the end of the object or list.
    Comma,
    /// Nothing: the document is complete.
    Nothing,
}

/// An object or list that is not closed yet.
#[derive(Clone, Copy, Debug)]
struct Open {
    is_list: bool,
    /// Its bracket, which may be a full-width one.
    bracket: Span,
    id: NodeId,
}

impl Open {
    fn closer(self) -> char {
        if self.is_list { ']' } else { '}' }
    }
}

struct Parser<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    depth: usize,
    due: Due,
    open: Vec<Open>,
    /// Where the last comma stands, to point at it when nothing follows.
    comma: Span,
    keys: Keys,
    /// The last object that held nothing but single values.
    flat: Option<NodeId>,
    builder: Builder,
    log: Log<'a>,
}

impl<'a> Parser<'a> {
    fn new(source: &'a Arc<Source>, limits: &Limits, names: Names) -> Self {
        let text = source.text();
        Self {
            text,
            bytes: text.as_bytes(),
            at: 0,
            depth: limits.depth,
            due: Due::Value,
            open: Vec::new(),
            comma: Span::default(),
            keys: Keys::default(),
            flat: None,
            builder: Builder::knowing(Arc::clone(source), names),
            log: Log::new(source),
        }
    }

    fn run(&mut self) {
        loop {
            self.plain();
            if self.log.is_full() {
                return;
            }
            self.at = self.behind_spaces(self.at);
            let Some(&byte) = self.bytes.get(self.at) else { return self.end() };
            // Look-alikes and comments are told once, here, then taken for what they stand for.
            let (byte, width) = if byte < 0x80 && byte != b'/' { (byte, 1) } else { self.look_alike(byte) };
            match self.due {
                _ if byte == b' ' => self.at += width,
                Due::Value | Due::ValueOrEnd => self.value(byte, width),
                Due::Key | Due::KeyOrEnd => self.key(byte, width),
                Due::Colon => self.colon(byte, width),
                Due::Comma => self.comma(byte, width),
                Due::Nothing => return self.garbage(byte),
            }
        }
    }

    fn value(&mut self, byte: u8, width: usize) {
        match byte {
            b'"' => {
                let (decoded, span) = self.string();
                let id = match decoded {
                    Some(text) => self.builder.decoded(text, span),
                    None => self.builder.scalar(Value::Text(None), span),
                };
                self.added(id);
            }
            b'{' => self.open(Value::Object, width),
            b'[' => self.open(Value::List, width),
            b']' if self.due == Due::ValueOrEnd => self.close(byte, width),
            b']' if self.in_list() => {
                self.trailing_comma();
                self.close(byte, width);
            }
            b']' | b'}' if self.open.is_empty() => self.unexpected(width),
            b']' | b'}' if self.in_list() => self.close(byte, width),
            b',' | b']' | b'}' => {
                self.expected("a value", "值");
                let id = self.builder.scalar(Value::Null, self.found_span());
                self.added(id);
            }
            b':' => self.unexpected(width),
            _ => {
                let id = self.word();
                self.added(id);
            }
        }
    }

    fn key(&mut self, byte: u8, width: usize) {
        match byte {
            b'"' => {
                let (decoded, span) = self.string();
                let inside = span.start as usize + 1..(span.end as usize).saturating_sub(1);
                let name = decoded.as_deref().or_else(|| self.text.get(inside)).unwrap_or_default();
                self.builder.key(name, span);
                self.due = Due::Colon;
            }
            b'}' => {
                if self.due == Due::Key {
                    self.trailing_comma();
                }
                self.close(byte, width);
            }
            b']' => self.close(byte, width),
            b',' => {
                self.expected("a key", "键");
                self.at += width;
            }
            b':' => {
                self.expected("a key", "键");
                self.at += width;
                self.due = Due::Value;
            }
            b'{' | b'[' => {
                self.expected("a key", "键");
                self.due = Due::Value;
            }
            _ => self.bare_key(),
        }
    }

    fn colon(&mut self, byte: u8, width: usize) {
        if byte != b':' {
            self.expected("`:` after the key", "键后面的 `:`");
        }
        match byte {
            b':' | b'=' => {
                self.at += width;
                self.due = Due::Value;
            }
            b',' | b'}' | b']' => {
                let id = self.builder.scalar(Value::Null, self.found_span());
                self.added(id);
            }
            _ => self.due = Due::Value,
        }
    }

    fn comma(&mut self, byte: u8, width: usize) {
        let next = if self.in_list() { Due::Value } else { Due::Key };
        match byte {
            b',' => {
                self.comma = Span::new(self.at, self.at + width);
                self.at += width;
                self.due = next;
            }
            b']' | b'}' => self.close(byte, width),
            b':' => {
                self.unexpected(width);
                self.due = Due::Value;
            }
            _ => {
                let (en, zh) =
                    if self.in_list() { ("`,` or `]`", "`,` 或 `]`") } else { ("`,` or `}`", "`,` 或 `}`") };
                self.expected(en, zh);
                self.due = next;
            }
        }
    }

    /// What follows a value that was added: its key is known now, so it is compared with its
    /// neighbours here.
    fn added(&mut self, id: NodeId) {
        if let Some(object) = self.open.last() {
            let node = self.builder.so_far().node(id);
            if let Some(key) = node.key
                && let Some(first) = self.keys.seen(key, &self.builder, object.id, node.key_span)
            {
                let (name, span) = (self.builder.so_far().name(key).to_owned(), node.key_span);
                self.log.duplicate(&name, span, first);
            }
        }
        let Some(open) = self.open.last() else {
            self.due = Due::Nothing;
            return;
        };
        self.due = Due::Comma;
        // What nearly always stands next needs no closer look.
        if self.bytes.get(self.at) == Some(&b',') {
            self.due = if open.is_list { Due::Value } else { Due::Key };
            self.comma = Span::new(self.at, self.at + 1);
            self.at += 1;
        }
    }

    fn open(&mut self, value: Value, width: usize) {
        let bracket = Span::new(self.at, self.at + width);
        if self.open.len() >= self.depth {
            return self.log.too_deep(bracket, self.depth);
        }
        let id = self.builder.open(value, self.at);
        self.added(id);
        self.at += width;
        self.open.push(Open { is_list: value == Value::List, bracket, id });
        self.keys.open();
        self.due = if value == Value::List { Due::ValueOrEnd } else { Due::KeyOrEnd };
    }

    /// Closes the innermost object or list. A bracket of the wrong kind closes all up to the
    /// innermost of its own kind, unless the document would then end too early: in that case
    /// somebody mistyped the bracket.
    fn close(&mut self, byte: u8, width: usize) {
        let is_list = byte == b']';
        let Some(top) = self.open.last().copied() else { return self.unexpected(width) };
        let mut count = 1;
        if top.is_list != is_list {
            self.log.mismatch(self.found_span(), self.found(), top.closer(), top.bracket);
            let rest = self.text.get(self.at + width..).unwrap_or_default();
            if let Some(outer) = self.open.iter().rposition(|open| open.is_list == is_list)
                && (outer > 0 || rest.trim_start().is_empty())
            {
                count = self.open.len() - outer;
            }
        }
        self.at += width;
        for _ in 0..count {
            let closed = self.open.pop();
            self.keys.close();
            self.builder.close(self.at);
            self.flat =
                closed.filter(|open| !open.is_list && self.builder.is_flat(open.id)).map(|open| open.id).or(self.flat);
        }
        self.due = if self.open.is_empty() { Due::Nothing } else { Due::Comma };
    }

    fn end(&mut self) {
        let end = Span::new(self.at, self.at);
        if let Some(top) = self.open.last() {
            let closers: String = self.open.iter().rev().map(|open| open.closer()).collect();
            self.log.unclosed(top.bracket, end, &closers);
        } else if self.due != Due::Nothing {
            self.log.nothing(end);
        }
    }

    fn garbage(&mut self, byte: u8) {
        if matches!(byte, b']' | b'}') {
            return self.unexpected(1);
        }
        self.log.after_end(self.found_span(), self.found());
    }

    /// The first byte from `at` that is no white space.
    fn behind_spaces(&self, at: usize) -> usize {
        let mut at = at;
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.bytes.get(at) {
            at += 1;
        }
        at
    }

    fn in_list(&self) -> bool {
        self.open.last().is_some_and(|open| open.is_list)
    }

    /// The character that stands next.
    fn found(&self) -> Option<char> {
        self.text.get(self.at..).and_then(|rest| rest.chars().next())
    }

    fn found_span(&self) -> Span {
        Span::new(self.at, self.at + self.found().map_or(0, char::len_utf8))
    }

    fn expected(&mut self, en: &str, zh: &str) {
        self.log.expected(self.found_span(), self.found(), en, zh);
    }

    fn unexpected(&mut self, width: usize) {
        self.log.unexpected(self.found_span(), self.found());
        self.at += width;
    }

    fn trailing_comma(&mut self) {
        self.log.trailing_comma(self.comma);
    }
}

#[cfg(test)]
mod tests;
