//! Records like the one before: those of a list have the same fields in the same order, and the same white space
//! between them, so that it is enough to compare what stands between two values.

use crate::document::{NodeId, Value};
use crate::source::Span;

use super::Parser;
use super::words::number;

impl Parser<'_> {
    /// Reads the object that stands at the byte, an item of a list, if it is like the last one that held nothing
    /// but single values; else nothing is done.
    pub(super) fn alike(&mut self, at: usize) -> Option<NodeId> {
        // What is too deep is told where it is opened.
        let model = self.flat.filter(|_| self.open.len() < self.depth)?;
        let end = self.values_like(model, at)?;
        let id = self.builder.like(model, Span::new(at, end), &self.values);
        (self.at, self.flat) = (end, Some(id));
        Some(id)
    }

    /// Finds the values of an object that is like another, and where it ends.
    fn values_like(&mut self, model: NodeId, at: usize) -> Option<usize> {
        let document = self.builder.so_far();
        // Up to where they are the same.
        let (mut at, mut like) = (at, document.node(model).span.start as usize);
        self.values.clear();
        for field in document.values(model) {
            let start = self.same(at, like, field.span.start as usize)?;
            let short;
            (at, short) = match field.value {
                Value::Number => match number(self.bytes.get(start..)?) {
                    (0, _) => return None,
                    (length, short) => (start + length, short),
                },
                Value::Text(None) if self.bytes.get(start) == Some(&b'"') => {
                    let end = self.plain_text(start + 1);
                    (end + 1, if self.bytes.get(end) == Some(&b'"') { None } else { return None })
                }
                _ => return None,
            };
            self.values.push((Span::new(start, at), short));
            like = field.span.end as usize;
        }
        self.same(at, like, document.node(model).span.end as usize)
    }

    /// The byte behind what stands at a byte, if it is the same as from one byte to another.
    fn same(&self, at: usize, from: usize, to: usize) -> Option<usize> {
        let end = at + (to - from);
        (self.bytes.get(at..end)? == self.bytes.get(from..to)?).then_some(end)
    }
}
