//! Records like the one before: those of a list have the same fields in the same order, and the same white space
//! between them, so that it is enough to compare what stands between two values.

use std::cell::Cell;

use crate::document::{Node, NodeId, Value};
use crate::source::Span;

use super::Parser;
use super::strings::plain_text;
use super::words::number;

impl Parser<'_> {
    /// Reads the object that stands at the byte, an item of a list, if it is like the last one that held nothing
    /// but single values; else nothing is done.
    pub(super) fn alike(&mut self, at: usize) -> Option<NodeId> {
        // What is too deep is told where it is opened.
        let model = self.flat.filter(|_| self.open.len() < self.depth)?;
        let (bytes, of_model) = (self.bytes, self.builder.so_far().node(model).span);
        // Up to where they are the same.
        let (end, like) = (Cell::new(at), Cell::new(of_model.start));
        let same = |to| same(bytes, end.get(), like.get(), to);
        let find = |field: &Node| {
            let start = same(field.span.start)?;
            let (behind, short) = match field.value {
                Value::Number => match number(bytes.get(start..)?) {
                    (0, _) => return None,
                    (length, short) => (start + length, short),
                },
                Value::Text(None) if bytes.get(start) == Some(&b'"') => {
                    let end = plain_text(bytes, start + 1);
                    (end + 1, if bytes.get(end) == Some(&b'"') { None } else { return None })
                }
                _ => return None,
            };
            end.set(behind);
            like.set(field.span.end);
            Some((Span::new(start, behind), short))
        };
        let close = || {
            end.set(same(of_model.end)?);
            Some(Span::new(at, end.get()))
        };
        let id = self.builder.like(model, find, close)?;
        (self.at, self.flat) = (end.get(), Some(id));
        Some(id)
    }
}

/// The byte behind what stands at a byte, if it is the same as from one byte to another.
#[inline(always)]
fn same(bytes: &[u8], at: usize, from: u32, to: u32) -> Option<usize> {
    let end = at + (to - from) as usize;
    let (one, other) = (bytes.get(at..end)?, bytes.get(from as usize..to as usize)?);
    // A key with what is around it is compared in two steps, without a call.
    let is_same = match one.len() {
        8..=16 => one.first_chunk::<8>() == other.first_chunk() && one.last_chunk::<8>() == other.last_chunk(),
        0..8 => one.iter().eq(other),
        _ => one == other,
    };
    is_same.then_some(end)
}
