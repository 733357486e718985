//! Equality filters, indexed: `rows[label = this.label]` is looked up, not searched for each row. And how much
//! a check has looked at, which is bounded.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use foldhash::{HashMap, HashSet};

use super::follow::Routes;
use super::syntax::{Expr, Node, Operator};
use super::truth::folded;
use super::world::{Frame, World};
use crate::document::{Document, NodeId, Symbol};
use crate::figure::{Ratio, read};
use crate::tie::{Reason, evaluate};

/// The items of a list by what a field of theirs says.
#[derive(Debug, Default)]
struct Items {
    /// Positions of items, by folded text or by number.
    by_key: HashMap<String, Vec<usize>>,
    /// Items without the field, which may take its value from elsewhere.
    without: Vec<usize>,
}

/// The records of a document by the names of their fields.
#[derive(Debug)]
struct Holders {
    /// Where the records of each name start in the list; one more for its end.
    starts: Vec<u32>,
    records: Vec<NodeId>,
}

/// What is asked of a name.
#[derive(Clone, Copy)]
enum Asked {
    Nothing,
    /// The records that have it.
    Wanted,
    /// To pass over what stands under it.
    Aside,
}

impl Holders {
    /// Those of the names that are wanted.
    fn new(document: &Document, wanted: impl Fn(Symbol) -> bool) -> Self {
        let symbols = (0..).map(Symbol).take(document.names().count());
        let names: Vec<Asked> = symbols
            .map(|name| match document.is_aside_name(name) {
                true => Asked::Aside,
                false if wanted(name) => Asked::Wanted,
                false => Asked::Nothing,
            })
            .collect();
        let is_wanted = |name: Symbol| matches!(names[name.0 as usize], Asked::Wanted);
        let mut fields: Vec<(Symbol, NodeId)> = Vec::with_capacity(document.len() / 4);
        let nodes = document.nodes();
        let mut blocks = document.blocks().iter().peekable();
        let mut at = document.root();
        while let Some(node) = nodes.get(at.0 as usize) {
            // Those that were passed over.
            while blocks.next_if(|block| block.first < at).is_some() {}
            if let Some(block) = blocks.next_if(|block| block.first == at) {
                let names = block.fields().filter_map(|field| document.node(field).key).filter(|name| is_wanted(*name));
                names.for_each(|name| fields.extend(block.column(block.first).map(|record| (name, record))));
                at = block.end();
                continue;
            }
            let mut next = NodeId(at.0 + 1);
            if let Some(name) = node.key {
                match (names[name.0 as usize], document.parent(at)) {
                    (Asked::Wanted, Some(parent)) if document.is_record(parent) => fields.push((name, parent)),
                    (Asked::Aside, _) => next = document.end(at),
                    _ => {}
                }
            }
            at = next;
        }
        let mut starts = vec![0u32; document.names().count() + 1];
        fields.iter().for_each(|(name, _)| starts[name.0 as usize + 1] += 1);
        for name in 1..starts.len() {
            starts[name] += starts[name - 1];
        }
        let (mut next, mut records) = (starts.clone(), vec![NodeId(0); fields.len()]);
        for (name, record) in fields {
            let at = &mut next[name.0 as usize];
            records[*at as usize] = record;
            *at += 1;
        }
        Self { starts, records }
    }
}

/// Indexes of the lists of one document, made when first needed.
#[derive(Debug, Default)]
pub struct Index {
    holders: OnceCell<Holders>,
    /// The names, by symbol, whose records are asked for; all where nothing is said.
    wanted: Option<Vec<bool>>,
    items: RefCell<HashMap<NodeId, Rc<[NodeId]>>>,
    by_field: RefCell<HashMap<String, HashMap<NodeId, Rc<Items>>>>,
    /// Names that have a figure somewhere.
    names: OnceCell<HashSet<String>>,
    /// Values that the check at hand has looked at.
    looked_at: Cell<usize>,
    /// Where checks found fields in the documents before.
    pub(super) routes: RefCell<Routes>,
}

/// A check may look at so many values, and at so many more for each value of the document. It is data, and
/// filters within filters could search for ever.
const WORK: usize = 100_000_000;
const WORK_FOR_EACH: usize = 200;

/// A figure that takes part in a tie is kept with it, which costs as much as looking at so many.
pub const KEEPING: usize = 40;

impl Index {
    /// An index for checks that name these fields, with what is known from documents before of the same names.
    #[must_use]
    pub fn of<'a>(names: impl Iterator<Item = &'a str>, document: &Document, routes: Routes) -> Self {
        let mut wanted = vec![false; document.names().count()];
        names.filter_map(|name| document.symbol(name)).for_each(|name| wanted[name.0 as usize] = true);
        Self { wanted: Some(wanted), routes: RefCell::new(routes), ..Self::default() }
    }

    /// What is known for the next document, if it has the names of this one.
    #[must_use]
    pub fn into_routes(self) -> Routes {
        self.routes.into_inner()
    }
}

fn number(value: Ratio) -> Option<String> {
    value.exact().map(|value| format!("number {}", value.trim()))
}

impl<'a> World<'a> {
    /// A check begins.
    pub(super) fn begin(&self) {
        self.index.looked_at.set(0);
    }

    /// Whether the check at hand wanted to look at more than it may: what it found is not all there is.
    pub(super) fn is_exhausted(&self) -> bool {
        self.index.looked_at.get() > WORK.saturating_add(WORK_FOR_EACH.saturating_mul(self.document.len()))
    }

    /// Looks at so many values.
    ///
    /// # Errors
    /// That is more than the check may.
    pub(super) fn look(&self, values: usize) -> Result<(), Reason> {
        self.index.looked_at.set(self.index.looked_at.get().saturating_add(values));
        if self.is_exhausted() { Err(Reason::TooMuchWork) } else { Ok(()) }
    }

    /// The records that have a field of this name, in order.
    pub(super) fn holders(&self, name: Symbol) -> &'a [NodeId] {
        let wanted = |name: Symbol| self.index.wanted.as_ref().is_none_or(|wanted| wanted[name.0 as usize]);
        let all = self.index.holders.get_or_init(|| Holders::new(self.document, wanted));
        let at = name.0 as usize;
        &all.records[all.starts[at] as usize..all.starts[at + 1] as usize]
    }

    /// Whether some field of the name has a figure.
    pub(super) fn bears_figures(&self, name: &str) -> bool {
        let named = |(node, _)| self.document.field_name(node).to_owned();
        self.index.names.get_or_init(|| self.figures.iter().map(named).collect()).contains(name)
    }

    /// The items of a list, figures written as objects opened.
    pub(super) fn rows(&self, list: NodeId) -> Rc<[NodeId]> {
        let known = self.index.items.borrow().get(&list).map(Rc::clone);
        known.unwrap_or_else(|| {
            let items: Rc<[NodeId]> = self.document.children(list).map(|child| self.document.content(child)).collect();
            self.index.items.borrow_mut().insert(list, Rc::clone(&items));
            items
        })
    }

    /// What a condition asks of a field of the item, if it is an equality with something that does not depend on the
    /// item: the field, and the keys that an index may have it under. `None` if all items are to be tried.
    pub(super) fn wanted<'b>(&self, condition: &'b Expr, frame: Frame<'a>) -> Option<(&'b str, Vec<String>)> {
        let Node::Binary(Operator::Equal, left, right) = &condition.node else { return None };
        let Node::Path(field) = &left.node else { return None };
        let fixed = match &right.node {
            Node::Text(_) | Node::Number(_) => true,
            Node::Path(path) => path.first == "this",
            Node::Binary(_, first, second) => {
                matches!(&first.node, Node::Path(path) if path.first == "this")
                    && matches!(second.node, Node::Number(_))
            }
            _ => false,
        };
        if !field.steps.is_empty()
            || matches!(field.first.as_str(), "this" | "root" | "parent" | "prev" | "next")
            || !fixed
        {
            return None;
        }
        let text = self.text(right, frame);
        let mut keys: Vec<String> = text.map(folded).into_iter().collect();
        let mut draft = super::draft::Draft::default();
        let quantity = self.quantity(right, frame, None, &mut draft).ok();
        let value = quantity.and_then(|value| evaluate(&value, &|at| draft.operands[at].value).ok());
        keys.extend(value.and_then(number));
        Some((&field.first, keys))
    }

    /// Positions of the items of a list that have a field under one of the keys, or take it from elsewhere.
    pub(super) fn candidates(&self, list: NodeId, items: &[NodeId], field: &str, keys: &[String]) -> Vec<usize> {
        let index = self.index_of(list, items, field);
        let mut found: Vec<usize> = index.without.clone();
        found.extend(keys.iter().filter_map(|key| index.by_key.get(key)).flatten());
        found.sort_unstable();
        found.dedup();
        found
    }

    fn index_of(&self, list: NodeId, items: &[NodeId], name: &str) -> Rc<Items> {
        if let Some(known) = self.index.by_field.borrow().get(name).and_then(|lists| lists.get(&list)) {
            return Rc::clone(known);
        }
        let mut index = Items::default();
        for (at, item) in items.iter().enumerate() {
            let Some(node) = self.document.get(*item, name).map(|node| self.document.content(node)) else {
                index.without.push(at);
                continue;
            };
            let printed = self.document.printed(node);
            index.by_key.entry(folded(printed)).or_default().push(at);
            let value = match self.figures.any(node) {
                Some(figure) => Some(figure.value),
                None => read(printed).ok().map(|literal| literal.value),
            };
            if let Some(key) = value.and_then(number) {
                index.by_key.entry(key).or_default().push(at);
            }
        }
        let index = Rc::new(index);
        let mut by_field = self.index.by_field.borrow_mut();
        by_field.entry(name.to_owned()).or_default().insert(list, Rc::clone(&index));
        drop(by_field);
        index
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::document::{Builder, Figures, Value};
    use crate::source::{Source, Span};
    use crate::term::Vocabulary;

    #[test]
    fn a_check_may_look_at_so_much_and_not_at_one_value_more() {
        let mut builder = Builder::new(Arc::new(Source::new("a.json", "null")));
        builder.scalar(Value::Null, Span::new(0, 4));
        let document = builder.finish();
        let (figures, vocabulary, index) = (Figures::new(document.len()), Vocabulary::default(), Index::default());
        let world = World { document: &document, figures: &figures, vocabulary: &vocabulary, index: &index };
        let all = WORK + WORK_FOR_EACH * document.len();
        for _ in 0..2 {
            world.begin();
            assert_eq!((world.look(all), world.is_exhausted()), (Ok(()), false));
            assert_eq!((world.look(1), world.is_exhausted()), (Err(Reason::TooMuchWork), true));
            assert_eq!(world.look(usize::MAX), Err(Reason::TooMuchWork));
        }
    }
}
