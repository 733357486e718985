//! Finds a key that stands twice in one object, in constant time a key and without hashing.

use crate::document::{NodeId, Symbol};
use crate::source::Span;

/// For each name, the object that bore it last and where. An object inside another may bear the
/// same name, so what it overwrites is put back when it closes.
#[derive(Debug, Default)]
pub(super) struct Keys {
    last: Vec<Option<(NodeId, Span)>>,
    overwritten: Vec<(Symbol, Option<(NodeId, Span)>)>,
    marks: Vec<usize>,
}

impl Keys {
    pub(super) fn open(&mut self) {
        self.marks.push(self.overwritten.len());
    }

    pub(super) fn close(&mut self) {
        let mark = self.marks.pop().unwrap_or(0);
        for (name, before) in self.overwritten.drain(mark..).rev() {
            self.last[name.0 as usize] = before;
        }
    }

    /// Records a key of the innermost object; the first place if the object has it already.
    pub(super) fn seen(&mut self, name: Symbol, object: NodeId, span: Span) -> Option<Span> {
        let index = name.0 as usize;
        if index >= self.last.len() {
            self.last.resize(index + 1, None);
        }
        let before = self.last[index];
        if let Some((owner, first)) = before
            && owner == object
        {
            return Some(first);
        }
        self.last[index] = Some((object, span));
        self.overwritten.push((name, before));
        None
    }
}
