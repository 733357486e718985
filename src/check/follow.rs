//! Follows the routes of a plan through a document.

use std::cell::{Cell, RefCell};

use foldhash::HashMap;
use smallvec::SmallVec;

use super::plan::{Hop, Name, Plan, Route, Start};
use super::truth::alike;
use super::world::World;
use crate::document::{NodeId, Symbol, Value};

/// Lists that are longer are looked up by an index when they are filtered, not gone through.
const SHORT: usize = 64;

/// Why a way ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// There is no such field.
    Missing,
    /// A record where a figure is due: it stands for its figure in each column.
    Record,
    /// Anything else: a blank, a broken relation, something the plan does not cover.
    Open,
}

/// What is found, or why nothing is.
pub type Found<T> = Result<T, Stop>;

/// A name of the plan in the document.
struct Field<'a> {
    symbol: Option<Symbol>,
    /// Where the field stood last in its record, so many values behind it.
    distance: Cell<u32>,
    /// What held a record without the field, and what that says under the name.
    context: Cell<(Option<NodeId>, Option<NodeId>)>,
    /// What a filter by the field found last: the records of one list often ask for the same.
    last: RefCell<Option<Filtered<'a>>>,
}

/// Where the names of plans stood in the last document that was proved by them, by their address: plans stay where
/// they are while documents are audited.
#[derive(Debug, Default)]
pub struct Routes(HashMap<*const Plan, Vec<(Option<Symbol>, u32)>>);

/// The items of a list whose field says what is sought.
struct Filtered<'a> {
    list: NodeId,
    sought: Said<'a>,
    found: SmallVec<[NodeId; 4]>,
}

/// Follows routes.
pub struct Follower<'a> {
    world: World<'a>,
    plan: &'a Plan,
    fields: Vec<Field<'a>>,
    /// What holds the last value that was asked for its parent, and the record that this is, or that holds it.
    parent: Cell<Option<(NodeId, NodeId)>>,
}

/// What a value says that a filter compares.
#[derive(Clone, Copy)]
enum Said<'a> {
    Number(i64),
    Text(&'a str),
}

impl Said<'_> {
    /// So much more.
    fn plus(self, offset: i128) -> Option<Self> {
        match self {
            Self::Number(number) => i64::try_from(i128::from(number).checked_add(offset)?).ok().map(Self::Number),
            Self::Text(_) => Some(self).filter(|_| offset == 0),
        }
    }

    /// Whether it is the same in print.
    fn is_printed_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number(left), Self::Number(right)) => left == right,
            (Self::Text(left), Self::Text(right)) => left == right,
            _ => false,
        }
    }

    /// Whether two say the same; `None` if that takes a closer look.
    fn is(self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Number(left), Self::Number(right)) => Some(left == *right),
            (Self::Text(left), Self::Text(right)) => Some(alike(left, right)),
            _ => None,
        }
    }
}

impl<'a> Follower<'a> {
    /// One for the names of a plan.
    pub fn new(plan: &'a Plan, world: World<'a>) -> Self {
        let routes = world.index.routes.borrow();
        let known = routes.0.get(&std::ptr::from_ref(plan));
        let field = |(at, name): (usize, &String)| {
            let (symbol, distance) = known.map_or((None, 1), |known| known[at]);
            Field {
                symbol: symbol.or_else(|| world.document.symbol(name)),
                distance: Cell::new(distance),
                context: Cell::default(),
                last: RefCell::default(),
            }
        };
        Self { world, plan, fields: plan.names.iter().enumerate().map(field).collect(), parent: Cell::new(None) }
    }

    /// Leaves word of where the names stood for the next document.
    pub fn tell(&self) {
        let mut routes = self.world.index.routes.borrow_mut();
        let known = routes.0.entry(std::ptr::from_ref(self.plan)).or_default();
        known.clear();
        known.extend(self.fields.iter().map(|field| (field.symbol, field.distance.get())));
    }

    /// Whether a record has a field of a name.
    pub fn has(&self, record: NodeId, name: Name) -> bool {
        self.fields[name].symbol.is_some_and(|symbol| self.world.document.field(record, symbol).is_some())
    }

    /// The only value that a route leads to.
    #[inline(always)]
    pub fn one(&self, this: NodeId, route: &Route) -> Found<NodeId> {
        let mut at = if route.start == Start::This { this } else { self.start(this, route.start)? };
        for hop in &route.hops {
            let Hop::Field(name) = hop else { return self.only(this, route) };
            at = self.field(at, *name)?;
        }
        Ok(at)
    }

    /// The same of a route through fields alone, which leads to a figure of the record itself or to one of what holds
    /// it: `None` for any other.
    pub fn plain(&self, this: NodeId, route: &Route) -> Option<NodeId> {
        let is_plain = route.hops.iter().all(|hop| matches!(hop, Hop::Field(_)));
        if is_plain { self.one(this, route).ok() } else { None }
    }

    /// The same of a route through lists.
    #[inline(never)]
    fn only(&self, this: NodeId, route: &Route) -> Found<NodeId> {
        let mut nodes = Vec::new();
        self.walk(this, route, &mut nodes)?;
        if let [only] = nodes[..] { Ok(only) } else { Err(Stop::Open) }
    }

    #[inline(never)]
    fn start(&self, this: NodeId, start: Start) -> Found<NodeId> {
        let document = self.world.document;
        match start {
            Start::This => Ok(this),
            Start::Root => Ok(document.root()),
            Start::Parent => {
                let holder = document.parent(this).ok_or(Stop::Missing)?;
                if let Some((known, record)) = self.parent.get()
                    && known == holder
                {
                    return Ok(record);
                }
                let record = document.upwards(holder).find(|at| document.is_record(*at)).ok_or(Stop::Missing)?;
                self.parent.set(Some((holder, record)));
                Ok(record)
            }
        }
    }

    #[inline(always)]
    fn field(&self, node: NodeId, name: Name) -> Found<NodeId> {
        let field = &self.fields[name];
        let symbol = field.symbol.ok_or(Stop::Missing)?;
        match self.world.document.content_at(node, symbol, field.distance.get()) {
            Some(found) => Ok(found),
            None => self.search(node, name, symbol),
        }
    }

    /// The field of a record that stands elsewhere than it did last.
    #[cold]
    #[inline(never)]
    fn search(&self, node: NodeId, name: Name, symbol: Symbol) -> Found<NodeId> {
        let document = self.world.document;
        if let Some(found) = document.field(node, symbol) {
            self.fields[name].distance.set(found.0 - node.0);
            return Ok(document.content(found));
        }
        // What holds a record may say its year, its unit …
        let holder = document.parent(node).ok_or(Stop::Missing)?;
        let (known, context) = self.fields[name].context.get();
        if known == Some(holder) {
            return context.ok_or(Stop::Missing);
        }
        let is_context = self.world.vocabulary.is_context(&self.plan.names[name]);
        let context = if is_context { document.context_of(holder, symbol) } else { None };
        self.fields[name].context.set((Some(holder), context));
        context.ok_or(Stop::Missing)
    }

    /// All values that a route leads to.
    pub fn walk(&self, this: NodeId, route: &Route, into: &mut Vec<NodeId>) -> Found<()> {
        self.hops(this, self.start(this, route.start)?, &route.hops, into)
    }

    fn hops(&self, this: NodeId, from: NodeId, hops: &[Hop], into: &mut Vec<NodeId>) -> Found<()> {
        let document = self.world.document;
        let (mut list, mut hops) = (from, hops);
        while let [Hop::Field(name), rest @ ..] = hops {
            (list, hops) = (self.field(list, *name)?, rest);
        }
        let Some((hop, rest)) = hops.split_first() else {
            into.push(list);
            return Ok(());
        };
        if document.node(list).value != Value::List {
            return Err(Stop::Missing);
        }
        let items = document.children(list).map(|item| document.content(item));
        match (hop, rest) {
            (Hop::Where(name, route, offset), _) => self.matching(this, list, (*name, route, *offset), rest, into),
            (_, [Hop::Field(name)]) => {
                let before = into.len();
                if let Some(block) = document.block_of(list) {
                    let first = self.field(block.first, *name)?;
                    if document.parent(first) == Some(block.first) {
                        into.extend(block.column(first));
                        return self.world.look(into.len() - before).map_err(|_| Stop::Open);
                    }
                }
                for item in items {
                    into.push(self.field(item, *name)?);
                }
                self.world.look(into.len() - before).map_err(|_| Stop::Open)
            }
            _ => {
                for item in items {
                    self.world.look(1).map_err(|_| Stop::Open)?;
                    self.hops(this, item, rest, into)?;
                }
                Ok(())
            }
        }
    }

    /// Goes on from the items of a list whose field says what is sought.
    fn matching(
        &self,
        this: NodeId,
        list: NodeId,
        (name, route, offset): (Name, &Route, i128),
        rest: &[Hop],
        into: &mut Vec<NodeId>,
    ) -> Found<()> {
        let sought = self.one(this, route).ok().and_then(|node| self.says(node)).and_then(|said| said.plus(offset));
        let sought = sought.ok_or(Stop::Open)?;
        let mut last = self.fields[name].last.borrow_mut();
        if last.as_ref().is_none_or(|last| last.list != list || !last.sought.is_printed_as(&sought)) {
            *last = None;
            let mut found = SmallVec::new();
            let mut looked_at = 0;
            for item in self.world.document.children(list).map(|item| self.world.document.content(item)) {
                looked_at += 1;
                let field = self.field(item, name).map_err(|_| Stop::Open)?;
                let is_sought = self.says(field).and_then(|said| said.is(&sought)).filter(|_| looked_at <= SHORT);
                if is_sought.ok_or(Stop::Open)? {
                    found.push(item);
                }
            }
            self.world.look(looked_at).map_err(|_| Stop::Open)?;
            *last = Some(Filtered { list, sought, found });
        }
        let found = last.as_ref().map(|last| last.found.clone()).unwrap_or_default();
        drop(last);
        found.into_iter().try_for_each(|item| self.hops(this, item, rest, into))
    }

    /// What a value says, if that is a whole number or a plain text.
    fn says(&self, node: NodeId) -> Option<Said<'a>> {
        let document = self.world.document;
        match document.node(node).value {
            Value::Number => {
                document.short(node).filter(|short| short.scale() == 0).map(|short| Said::Number(short.mantissa()))
            }
            Value::Text(_) => {
                let printed = document.printed(node);
                let first = printed.bytes().next()?;
                let is_plain = (first.is_ascii_alphabetic() || first >= 0x80) && self.world.figures.is_none(node);
                is_plain.then_some(Said::Text(printed))
            }
            _ => None,
        }
    }

    /// The records that a path leads to, those parts left out that lack a name on the way.
    pub fn reach(&self, from: NodeId, hops: &[Hop], into: &mut Vec<NodeId>) -> Found<()> {
        let document = self.world.document;
        match hops.split_first() {
            None => into.push(from),
            Some((Hop::Field(name), rest)) => match self.field(from, *name) {
                Ok(field) => self.reach(field, rest, into)?,
                Err(Stop::Missing) => {}
                Err(stop) => return Err(stop),
            },
            Some((Hop::Where(..), _)) => return Err(Stop::Open),
            Some((Hop::All, rest)) if document.node(from).value == Value::List => match document.block_of(from) {
                Some(block) if rest.is_empty() => into.extend(block.column(block.first)),
                _ => document.children(from).try_for_each(|item| self.reach(document.content(item), rest, into))?,
            },
            Some((Hop::All, _)) => {}
        }
        Ok(())
    }
}
