//! Builds a document in the order of its source.

use std::sync::Arc;

use foldhash::HashMap;

use super::Block;
use super::report::Grid;
use super::tree::{Document, NONE, Names, Node, NodeId, Role, Symbol, Value, WIDE};
use crate::figure::Short;
use crate::source::{Source, Span};

/// An object or list that is open.
#[derive(Clone, Copy, Debug)]
struct Open {
    node: u32,
    /// Children so far.
    children: u32,
    /// Those that are no asides.
    plain: u32,
    /// The field `value`, if it has one.
    value: Option<u32>,
}

impl Open {
    /// Where one more item of a list stands.
    fn item(&mut self) -> (u32, u32) {
        self.children += 1;
        self.plain += 1;
        (self.node, self.children - 1)
    }
}

/// Builds a document in the order of its source.
#[derive(Debug)]
pub struct Builder {
    document: Document,
    open: Vec<Open>,
    key: Option<(Symbol, Span)>,
}

impl Builder {
    /// An empty document of a source.
    #[must_use]
    pub fn new(source: Arc<Source>) -> Self {
        Self::knowing(source, Names::default())
    }

    /// The same, with names that are known already.
    #[must_use]
    pub fn knowing(source: Arc<Source>, names: Names) -> Self {
        let nodes = Vec::with_capacity(source.text().len() / 16);
        let document = Document {
            source,
            nodes,
            texts: Vec::new(),
            names,
            wide: HashMap::default(),
            blocks: Vec::new(),
            quoted: true,
            grids: Vec::new(),
        };
        Self { document, open: Vec::new(), key: None }
    }

    /// An empty document of a report, whose texts stand there without quotes; all of them are
    /// [decoded](Self::decoded).
    #[must_use]
    pub fn of_report(source: Arc<Source>) -> Self {
        let mut builder = Self::new(source);
        builder.document.quoted = false;
        builder
    }

    /// The name of the value that comes next.
    pub fn key(&mut self, name: &str, span: Span) {
        let symbol = self.document.names.symbol(name);
        self.key = Some((symbol, span));
    }

    /// The name that stands in quotes at the start of these bytes, if it is the one that is likely to stand
    /// next: with how many of the bytes it takes.
    #[must_use]
    pub fn likely_key(&self, bytes: &[u8]) -> Option<(Symbol, usize)> {
        let names = &self.document.names;
        let symbol = names.next();
        let name = names.list.get(symbol.0 as usize).filter(|_| names.plain[symbol.0 as usize])?;
        let behind = bytes.strip_prefix(b"\"")?.strip_prefix(name.as_bytes())?;
        (behind.first() == Some(&b'"')).then_some((symbol, name.len() + 2))
    }

    /// The same as [`Self::key`], where its symbol is known.
    pub fn known_key(&mut self, symbol: Symbol, span: Span) {
        self.document.names.last = symbol;
        self.key = Some((symbol, span));
    }

    /// Adds a value that holds no other.
    pub fn scalar(&mut self, value: Value, span: Span) -> NodeId {
        let at = u32::try_from(self.document.nodes.len()).unwrap_or(NONE);
        let (key, key_span) = self.key.take().map_or((None, Span::default()), |(key, span)| (Some(key), span));
        let (parent, ordinal) = match self.open.last_mut() {
            Some(open) => {
                match key.map(|key| self.document.names.roles[key.0 as usize]) {
                    Some(Role::Aside) => {}
                    Some(Role::Value) => (open.plain, open.value) = (open.plain + 1, Some(at)),
                    Some(Role::Plain) | None => open.plain += 1,
                }
                open.children += 1;
                (open.node, open.children - 1)
            }
            None => (NONE, 0),
        };
        self.document.nodes.push(Node {
            span,
            value,
            key,
            key_span,
            parent,
            next: at + 1,
            ordinal,
            content: at,
            short: None,
        });
        NodeId(at)
    }

    /// Adds a number, with its digits if they are few.
    pub fn number(&mut self, span: Span, short: Option<Short>) -> NodeId {
        let id = self.scalar(Value::Number, span);
        if let Some(node) = self.document.nodes.last_mut() {
            node.short = short;
        }
        id
    }

    /// Whether an object that is closed holds single values only, and few.
    #[must_use]
    pub fn is_flat(&self, object: NodeId) -> bool {
        let end = self.document.nodes[object.0 as usize].next;
        let last = &self.document.nodes[end as usize - 1];
        last.parent == object.0 && last.ordinal + 2 == end - object.0 && last.ordinal < WIDE
    }

    /// Adds an object to a list that is like a flat one in all but where it and its values stand: `find` says, of
    /// each value of the other in order, where the like of it stands, and of a number its digits; then `end` says
    /// where the object itself does. Where one of them says nothing, nothing is added.
    pub fn like(
        &mut self,
        model: NodeId,
        mut find: impl FnMut(&Node) -> Option<(Span, Option<Short>)>,
        end: impl FnOnce() -> Option<Span>,
    ) -> Option<NodeId> {
        let nodes = &mut self.document.nodes;
        let (id, own) = (nodes.len(), u32::try_from(nodes.len()).ok()?);
        let shift = own - model.0;
        nodes.extend_from_within(model.0 as usize..nodes[model.0 as usize].next as usize);
        let (object, fields) = nodes[id..].split_first_mut()?;
        let is_like = fields.iter_mut().try_for_each(|field| {
            let (span, short) = find(field)?;
            // Its key stands as far before it as in the other.
            let moved = span.start.wrapping_sub(field.span.start);
            field.key_span.start = field.key_span.start.wrapping_add(moved);
            field.key_span.end = field.key_span.end.wrapping_add(moved);
            (field.span, field.short, field.parent) = (span, short, own);
            field.next += shift;
            field.content += shift;
            Some(())
        });
        let Some(span) = is_like.and_then(|()| end()) else {
            nodes.truncate(id);
            return None;
        };
        (object.parent, object.ordinal) = self.open.last_mut().map_or((NONE, 0), Open::item);
        // An item of a list has no name.
        (object.span, object.key, object.key_span) = (span, None, Span::default());
        object.next += shift;
        object.content += shift;
        if let Some(key) = fields.last().and_then(|last| last.key) {
            self.document.names.last = key;
        }
        self.block(model, NodeId(own));
        Some(NodeId(own))
    }

    /// Counts a record to the block of the one that it is like.
    fn block(&mut self, model: NodeId, id: NodeId) {
        let document = &mut self.document;
        let [of_model, own] = [&document.nodes[model.0 as usize], &document.nodes[id.0 as usize]];
        // A figure written as an object is no record.
        if own.content != id.0 {
            return;
        }
        let stride = own.next - id.0;
        match document.blocks.last_mut() {
            Some(block) if block.end() == id && of_model.parent == own.parent => block.records += 1,
            _ => {
                let is_behind = of_model.next == id.0 && of_model.parent == own.parent;
                let (first, records) = if is_behind { (model, 2) } else { (id, 1) };
                document.blocks.push(Block { first, records, stride });
            }
        }
    }

    /// Says in which cell of a report the last value stands.
    pub fn grid(&mut self, grid: Grid) {
        let last = u32::try_from(self.document.nodes.len().saturating_sub(1)).unwrap_or(NONE);
        self.document.grids.push((NodeId(last), grid));
    }

    /// Adds a copy of a value of another document of the same source, with all that it holds.
    pub fn graft(&mut self, from: &Document, id: NodeId) {
        let node = from.node(id);
        match node.value {
            Value::List | Value::Object => {
                self.open(node.value, node.span.start as usize);
                for child in from.children(id) {
                    if let Some(key) = from.node(child).key {
                        self.key(from.name(key), from.node(child).key_span);
                    }
                    self.graft(from, child);
                }
                self.close(node.span.end as usize);
            }
            Value::Text(Some(_)) => {
                self.decoded(from.printed(id).to_owned(), node.span);
            }
            Value::Number => {
                self.number(node.span, from.short(id));
            }
            value => {
                self.scalar(value, node.span);
            }
        }
    }

    /// Adds a text that had to be decoded.
    pub fn decoded(&mut self, text: String, span: Span) -> NodeId {
        let index = u32::try_from(self.document.texts.len()).unwrap_or(NONE);
        self.document.texts.push(text.into());
        self.scalar(Value::Text(Some(index)), span)
    }

    /// Opens an object or a list that starts at the byte.
    pub fn open(&mut self, value: Value, start: usize) -> NodeId {
        let id = self.scalar(value, Span::new(start, start));
        self.open.push(Open { node: id.0, children: 0, plain: 0, value: None });
        id
    }

    /// Closes the innermost open object or list, which ends before the byte.
    pub fn close(&mut self, end: usize) {
        if let Some(open) = self.open.pop() {
            let next = u32::try_from(self.document.nodes.len()).unwrap_or(NONE);
            let node = &mut self.document.nodes[open.node as usize];
            node.content = open.value.filter(|_| open.plain == 1).unwrap_or(open.node);
            node.next = next;
            node.span.end = Span::new(end, end).end;
            if open.children > WIDE && node.value == Value::Object {
                let (document, id) = (&mut self.document, NodeId(open.node));
                let named: Vec<NodeId> = document.children(id).skip(WIDE as usize).collect();
                let named =
                    named.into_iter().filter_map(|child| Some(((id, document.nodes[child.0 as usize].key?), child)));
                document.wide.extend(named);
            }
        }
    }

    /// The keys that an open object has so far, each with its place.
    pub fn keys_of(&self, object: NodeId) -> impl Iterator<Item = (Symbol, Span)> {
        let nodes = &self.document.nodes;
        let first = nodes.get(object.0 as usize + 1);
        let children = std::iter::successors(first, |child| nodes.get(child.next as usize));
        children.filter_map(|child| Some((child.key?, child.key_span)))
    }

    /// The document so far: to look at what was added.
    #[must_use]
    pub fn so_far(&self) -> &Document {
        &self.document
    }

    /// The finished document.
    #[must_use]
    pub fn finish(mut self) -> Document {
        let end = self.document.source.text().len();
        while !self.open.is_empty() {
            self.close(end);
        }
        self.document
    }
}
