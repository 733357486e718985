//! A tree of values in one flat list, in the order of the source, so that a subtree is a range.

use std::sync::Arc;

use foldhash::HashMap;

use super::Block;
use super::report::Grid;
use crate::figure::Short;
use crate::source::{Source, Span};

/// A value of a [`Document`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// A name of a field, interned in its document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(pub u32);

/// What a value is. Numbers and texts are read from the source when needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number; its literal is the text of its place.
    Number,
    /// A text; with an index if it had to be decoded, else it stands in the source between its quotes.
    Text(Option<u32>),
    /// A list; its items are its children.
    List,
    /// An object; its fields are its children, each with its key.
    Object,
}

/// One value with its place.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// Where it stands, quotes and brackets included.
    pub span: Span,
    /// What it is.
    pub value: Value,
    /// Name of the field it is the value of.
    pub key: Option<Symbol>,
    /// Place of that name.
    pub key_span: Span,
    pub(super) parent: u32,
    pub(super) next: u32,
    /// Place among the children of its parent.
    pub(super) ordinal: u32,
    /// The value itself; of a figure that is written as an object with its `$at`, the value in it.
    pub(super) content: u32,
    /// Its digits, if it is a number that its reader knows to be short.
    pub(super) short: Option<Short>,
}

pub(super) const NONE: u32 = u32::MAX;

/// An object of more fields is wide.
pub(super) const WIDE: u32 = 64;

/// The values of one document.
#[derive(Debug)]
pub struct Document {
    pub(super) source: Arc<Source>,
    pub(super) nodes: Vec<Node>,
    pub(super) texts: Vec<Box<str>>,
    pub(super) names: Names,
    /// Fields of objects that have very many: in the others they are searched for.
    pub(super) wide: HashMap<(NodeId, Symbol), NodeId>,
    /// Records that are alike, in order.
    pub(super) blocks: Vec<Block>,
    /// Texts stand in the source between quotes, as in JSON; in a report they do not.
    pub(super) quoted: bool,
    /// The cells of a report that values stand in, in order.
    pub(super) grids: Vec<(NodeId, Grid)>,
}

/// The names of fields, numbered. Documents of one run nearly always have the same, so that those of one serve
/// the next: a document may know names that it does not bear.
#[derive(Debug, Default)]
pub struct Names {
    pub(super) list: Vec<Box<str>>,
    index: HashMap<Box<str>, Symbol>,
    /// For each name, the one that stood behind it last: records of a list have the same names in the same order.
    behind: Vec<Symbol>,
    pub(super) last: Symbol,
    /// For each name, what it makes of the object that it stands in.
    pub(super) roles: Vec<Role>,
    /// For each name, whether JSON writes it as it is, without an escape.
    pub(super) plain: Vec<bool>,
}

/// What a name makes of the object that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// `$at` and its like: nothing.
    Aside,
    /// `value`: a figure, if no other plain name stands beside it.
    Value,
    /// Any other: a record.
    Plain,
}

impl Role {
    fn of(name: &str) -> Self {
        match name {
            "value" => Self::Value,
            _ if name.starts_with('$') => Self::Aside,
            _ => Self::Plain,
        }
    }
}

impl Names {
    /// So many names at most serve the next document.
    const KEPT: usize = 1024;

    /// The name that is likely to stand next.
    pub(super) fn next(&self) -> Symbol {
        self.behind.get(self.last.0 as usize).copied().unwrap_or(Symbol(0))
    }

    /// The symbol of a name.
    pub(super) fn symbol(&mut self, name: &str) -> Symbol {
        let guess = self.next();
        if self.list.get(guess.0 as usize).is_some_and(|known| **known == *name) {
            self.last = guess;
            return guess;
        }
        let symbol = self.index.get(name).copied().unwrap_or_else(|| {
            let symbol = Symbol(u32::try_from(self.list.len()).unwrap_or(NONE));
            self.list.push(name.into());
            self.behind.push(Symbol(0));
            self.roles.push(Role::of(name));
            self.plain.push(!name.bytes().any(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)));
            self.index.insert(name.into(), symbol);
            symbol
        });
        if let Some(behind) = self.behind.get_mut(self.last.0 as usize) {
            *behind = symbol;
        }
        self.last = symbol;
        symbol
    }
}

impl Document {
    /// Its names, for the next document, unless they are too many to be kept.
    #[must_use]
    pub fn into_names(self) -> Option<Names> {
        Some(self.names).filter(|names| names.list.len() <= Names::KEPT)
    }

    /// The source it was read from.
    #[must_use]
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// Whether its texts stand in a report, as they are printed, and not in JSON.
    #[must_use]
    pub fn is_of_report(&self) -> bool {
        !self.quoted
    }

    /// The outermost value.
    #[inline]
    #[must_use]
    pub fn root(&self) -> NodeId {
        NodeId(0)
    }

    /// Number of values.
    #[inline]
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no value at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// All values, in the order of the source.
    pub fn ids(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..u32::try_from(self.nodes.len()).unwrap_or(NONE)).map(NodeId)
    }

    /// All values, in the order of the source, which is that of their ids.
    #[inline]
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Records that are alike, in order. That others stand in none does not mean that they differ.
    #[inline]
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The block that all items of a list form.
    #[inline]
    #[must_use]
    pub fn block_of(&self, list: NodeId) -> Option<Block> {
        let first = NodeId(list.0 + 1);
        let at = self.blocks.binary_search_by_key(&first, |block| block.first).ok()?;
        Some(self.blocks[at]).filter(|block| block.end() == self.end(list))
    }

    /// A value.
    #[inline]
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// The object or list that holds the value.
    #[inline]
    #[must_use]
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        let parent = self.node(id).parent;
        (parent != NONE).then_some(NodeId(parent))
    }

    /// The value and everything below it is the range of ids from it to this one, excluded.
    #[inline]
    #[must_use]
    pub fn end(&self, id: NodeId) -> NodeId {
        NodeId(self.node(id).next)
    }

    /// Fields of an object or items of a list, in order.
    #[inline]
    #[must_use]
    pub fn children(&self, id: NodeId) -> Children<'_> {
        let node = self.node(id);
        let holds = matches!(node.value, Value::List | Value::Object);
        Children { document: self, at: id.0 + 1, end: if holds { node.next } else { id.0 + 1 } }
    }

    /// Field of an object by its interned name.
    #[inline]
    #[must_use]
    pub fn field(&self, id: NodeId, name: Symbol) -> Option<NodeId> {
        if self.node(id).value != Value::Object {
            return None;
        }
        let mut children = self.children(id);
        let near = children.by_ref().take(WIDE as usize).find(|child| self.node(*child).key == Some(name));
        near.or_else(|| children.next().and_then(|_| self.wide.get(&(id, name)).copied()))
    }

    /// The content of the field of an object, tried first so many values behind it: where it stood in another
    /// like it. That distance is kept for the next.
    #[inline]
    #[must_use]
    pub fn content_near(&self, id: NodeId, name: Symbol, distance: &mut u32) -> Option<NodeId> {
        if let Some(found) = self.content_at(id, name, *distance) {
            return Some(found);
        }
        let found = self.field(id, name)?;
        *distance = found.0 - id.0;
        Some(self.content(found))
    }

    /// The content of the field of an object, if it stands just so many values behind it.
    #[inline]
    #[must_use]
    pub fn content_at(&self, id: NodeId, name: Symbol, distance: u32) -> Option<NodeId> {
        let node = self.nodes.get(id.0.wrapping_add(distance) as usize)?;
        (node.key == Some(name) && node.parent == id.0).then_some(NodeId(node.content))
    }

    /// Field of an object by its name.
    #[must_use]
    pub fn get(&self, id: NodeId, name: &str) -> Option<NodeId> {
        self.field(id, self.symbol(name)?)
    }

    /// The interned name, if it is known: if none is, no field of the document bears it.
    #[must_use]
    pub fn symbol(&self, name: &str) -> Option<Symbol> {
        self.names.index.get(name).copied()
    }

    /// All fields of a name, in order.
    #[must_use]
    pub fn fields_named(&self, name: Symbol) -> Vec<NodeId> {
        let bears = |id: &NodeId| self.node(*id).key == Some(name);
        let (mut fields, mut at) = (Vec::new(), 0);
        for block in self.blocks.iter().filter(|block| !block.fields().any(|field| bears(&field))) {
            fields.extend((at..block.first.0).map(NodeId).filter(bears));
            at = block.end().0;
        }
        fields.extend((at..u32::try_from(self.len()).unwrap_or(NONE)).map(NodeId).filter(bears));
        fields
    }

    /// The name of a symbol.
    #[must_use]
    pub fn name(&self, symbol: Symbol) -> &str {
        &self.names.list[symbol.0 as usize]
    }

    /// All names that are known, in the order of their symbols.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.list.iter().map(|name| &**name)
    }

    /// Name of the field that holds the value; empty for items of a list and the root.
    #[must_use]
    pub fn key(&self, id: NodeId) -> &str {
        self.node(id).key.map_or("", |symbol| self.name(symbol))
    }

    /// A text, decoded; `None` if the value is no text.
    #[must_use]
    pub fn text(&self, id: NodeId) -> Option<&str> {
        let node = self.node(id);
        match node.value {
            Value::Text(Some(index)) => Some(&self.texts[index as usize]),
            Value::Text(None) => Some(self.source.slice(Span { start: node.span.start + 1, end: node.span.end - 1 })),
            _ => None,
        }
    }

    /// What is printed at the value: a text without its quotes, anything else as it stands.
    #[must_use]
    pub fn printed(&self, id: NodeId) -> &str {
        self.text(id).unwrap_or_else(|| self.source.slice(self.node(id).span))
    }

    /// A number as its digits, if its reader said that it is short.
    #[inline]
    #[must_use]
    pub fn short(&self, id: NodeId) -> Option<Short> {
        self.node(id).short
    }

    /// Place of what is printed: a text without its quotes.
    #[must_use]
    pub fn printed_span(&self, id: NodeId) -> Span {
        let span = self.node(id).span;
        match self.node(id).value {
            Value::Text(_) if self.quoted && span.end - span.start > 2 => {
                Span { start: span.start + 1, end: span.end - 1 }
            }
            _ => span,
        }
    }

    /// Place of a value among its siblings, from 0; `None` for the outermost.
    #[must_use]
    pub fn position(&self, id: NodeId) -> Option<usize> {
        self.parent(id).map(|_| self.node(id).ordinal as usize)
    }

    /// The cell of a report that a value stands in.
    #[must_use]
    pub fn grid(&self, id: NodeId) -> Option<Grid> {
        self.grids.binary_search_by_key(&id, |(node, _)| *node).ok().map(|at| self.grids[at].1)
    }

    /// JSON pointer of a value (RFC 6901).
    #[must_use]
    pub fn pointer(&self, id: NodeId) -> String {
        let mut parts = Vec::new();
        let mut at = id;
        while let Some(parent) = self.parent(at) {
            parts.push(match self.node(at).key {
                Some(symbol) => self.name(symbol).replace('~', "~0").replace('/', "~1"),
                None => self.position(at).unwrap_or(0).to_string(),
            });
            at = parent;
        }
        parts.iter().rev().fold(String::new(), |path, part| path + "/" + part)
    }

    /// The value a JSON pointer names.
    #[must_use]
    pub fn at(&self, pointer: &str) -> Option<NodeId> {
        pointer.split('/').skip(1).try_fold(self.root(), |at, part| {
            let name = part.replace("~1", "/").replace("~0", "~");
            match self.node(at).value {
                Value::Object => self.get(at, &name),
                Value::List => self.children(at).nth(name.parse().ok()?),
                _ => None,
            }
        })
    }

    /// The value itself; of a figure that is written as an object with its `$at`, the value in it.
    #[inline]
    #[must_use]
    pub fn content(&self, id: NodeId) -> NodeId {
        NodeId(self.node(id).content)
    }

    /// Name of the field that the value fills, whether it is written plainly or as an object with its `$at`.
    #[must_use]
    pub fn field_name(&self, id: NodeId) -> &str {
        self.field_symbol(id).map_or("", |symbol| self.name(symbol))
    }

    /// The same as a symbol; `None` for items of a list and the root.
    #[inline]
    #[must_use]
    pub fn field_symbol(&self, id: NodeId) -> Option<Symbol> {
        let key = self.node(id).key?;
        match self.parent(id) {
            Some(parent) if self.content(parent) == id => self.node(parent).key,
            _ => Some(key),
        }
    }

    /// The record that a figure belongs to.
    #[inline]
    #[must_use]
    pub fn record(&self, id: NodeId) -> NodeId {
        match self.parent(id) {
            Some(parent) if self.content(parent) == id => self.parent(parent).unwrap_or(parent),
            Some(parent) => parent,
            None => id,
        }
    }

    /// Whether the value is an object that holds fields, and no figure written as an object.
    #[inline]
    #[must_use]
    pub fn is_record(&self, id: NodeId) -> bool {
        self.node(id).value == Value::Object && self.content(id) == id
    }

    /// What a record, or the nearest that holds it, says under a name.
    #[must_use]
    pub fn context(&self, id: NodeId, name: &str) -> Option<NodeId> {
        self.context_of(id, self.symbol(name)?)
    }

    /// The same by a symbol.
    #[must_use]
    pub fn context_of(&self, id: NodeId, name: Symbol) -> Option<NodeId> {
        self.upwards(id).find_map(|at| self.field(at, name)).map(|found| self.content(found))
    }

    /// Whether a value is set aside, as `$at` is: it is no part of what the object that holds it says.
    #[inline]
    #[must_use]
    pub fn is_aside(&self, id: NodeId) -> bool {
        self.node(id).key.is_some_and(|key| self.is_aside_name(key))
    }

    /// Whether what stands under a name is set aside.
    #[inline]
    #[must_use]
    pub fn is_aside_name(&self, name: Symbol) -> bool {
        self.names.roles[name.0 as usize] == Role::Aside
    }

    /// The value and what holds it, outwards.
    pub fn upwards(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(Some(id), |at| self.parent(*at))
    }
}

/// Iterator over the children of a value.
#[derive(Debug)]
pub struct Children<'a> {
    document: &'a Document,
    at: u32,
    end: u32,
}

impl Iterator for Children<'_> {
    type Item = NodeId;

    #[inline]
    fn next(&mut self) -> Option<NodeId> {
        if self.at >= self.end {
            return None;
        }
        let id = NodeId(self.at);
        self.at = self.document.node(id).next;
        Some(id)
    }
}
