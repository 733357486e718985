//! Proves, without making ties, that a document keeps what a check asks of it.
//!
//! What cannot be proved here is not wrong: its ties are made, and they say what became of them. So
//! this is only ever a shorter way to «all of them hold», with the same counts.

use std::cell::Cell;
use std::cmp::Ordering;

use super::declaration::Check;
use super::plan::{Equation, Hop, Name, Part, Plan, Route, Side, Start, Value};
use super::truth::alike;
use super::world::World;
use crate::document::{self, NodeId, Reading, Symbol};
use crate::figure::{Dimension, Kind, Number, Rounding};

/// Lists that are longer are looked up by an index when they are filtered, not gone through.
const SHORT: usize = 64;

/// The ties of a check in a document, all of which hold.
#[derive(Clone, Debug, Default)]
pub struct Proof {
    /// How many hold as printed.
    pub exact: usize,
    /// How many hold thanks to rounding.
    pub rounded: usize,
    /// Of each, how many show something: not all of their figures are zero.
    pub shown: [usize; 2],
    /// Figures of the ties that show something.
    pub figures: Vec<NodeId>,
}

/// Why nothing is proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    /// There is no such field.
    Missing,
    /// A record where a figure is due: it stands for its figure in each column.
    Record,
    /// Anything else: a blank, a broken relation, something the plan does not cover.
    Open,
}

type Found<T> = Result<T, Stop>;

/// Proves a check; `None` if its ties have to be made. `records` are those that it is asked of where
/// the check names fields, not a path.
pub fn prove(check: &Check, plan: &Plan, records: &[NodeId], world: World<'_>) -> Option<Proof> {
    let symbols = plan.names.iter().map(|name| world.document.symbol(name)).collect();
    let distances = vec![Cell::new(1); plan.names.len()];
    let mut prover = Prover {
        world,
        plan,
        symbols,
        distances,
        rounding: check.settings.rounding,
        proof: Proof::default(),
        operands: Vec::new(),
        list: Vec::new(),
    };
    let within = check.settings.within.is_some();
    let found = match &plan.scope {
        None => records.iter().try_for_each(|this| prover.record(*this)),
        Some(route) => {
            let mut scopes = Vec::new();
            let reached = prover.reach(world.document.root(), &route.hops, &mut scopes);
            reached.and_then(|()| scopes.into_iter().try_for_each(|this| prover.record(this)))
        }
    };
    let proof = prover.proof;
    // One that holds only thanks to rounding among others that hold exactly is noted.
    let [exact, rounded] = proof.shown;
    let odd = rounded == 1 && exact >= 2;
    (found.is_ok() && !odd && !(within && proof.rounded > 0)).then_some(proof)
}

/// A sum of figures.
struct Total {
    value: Number,
    dimension: Option<Dimension>,
    /// The figure it is, if it is only one.
    single: Option<NodeId>,
    /// Where the column stood last in its record.
    distance: u32,
}

/// One side: a sum, or a sum over another.
struct Evaluated {
    over: Total,
    under: Option<Number>,
}

struct Prover<'a> {
    world: World<'a>,
    plan: &'a Plan,
    symbols: Vec<Option<Symbol>>,
    /// Where the field of each name stood last in its record.
    distances: Vec<Cell<u32>>,
    rounding: Rounding,
    proof: Proof,
    /// Figures of the equation at hand.
    operands: Vec<NodeId>,
    /// Room for the figures of a sum, and for sorting.
    list: Vec<NodeId>,
}

impl<'a> Prover<'a> {
    fn record(&mut self, this: NodeId) -> Found<()> {
        let plan = self.plan;
        for name in &plan.hidden {
            if self.symbols[*name].is_some_and(|symbol| self.world.document.field(this, symbol).is_some()) {
                return Err(Stop::Open);
            }
        }
        if let Some(when) = &plan.when {
            let mut nodes = Vec::new();
            match self.walk(this, when, &mut nodes) {
                Ok(()) => {}
                Err(Stop::Missing) => return Ok(()),
                Err(stop) => return Err(stop),
            }
            if nodes.iter().all(|node| self.world.is_blank(*node)) {
                return Ok(());
            }
        }
        for equation in &plan.equations {
            match self.equation(equation, this, None) {
                Err(Stop::Record) => {
                    for column in self.columns(equation, this)? {
                        self.equation(equation, this, Some(column))?;
                    }
                }
                found => found?,
            }
        }
        Ok(())
    }

    /// The names of the amounts and counts that a side has, which is a single record.
    fn columns(&self, equation: &Equation, this: NodeId) -> Found<Vec<Symbol>> {
        let document = self.world.document;
        for side in [&equation.right, &equation.left] {
            let Side::Sum(parts) = side else { continue };
            let [Part { negative: false, value: Value::One(route) }] = &parts[..] else { continue };
            let record = self.one(this, route)?;
            if !document.is_record(record) {
                continue;
            }
            let mut columns = Vec::new();
            for field in document.children(record) {
                match (self.world.figures.get(document.content(field)), document.node(field).key) {
                    (Some(Reading::Figure(figure)), Some(key)) => {
                        if matches!(figure.kind, Kind::Amount | Kind::Count) {
                            columns.push(key);
                        }
                    }
                    (Some(_), _) => return Err(Stop::Open),
                    (None, _) if document.node(field).value == document::Value::Null => return Err(Stop::Open),
                    (None, _) => {}
                }
            }
            return Ok(columns);
        }
        Err(Stop::Open)
    }

    fn equation(&mut self, equation: &Equation, this: NodeId, column: Option<Symbol>) -> Found<()> {
        self.operands.clear();
        let left = self.side(&equation.left, this, column)?;
        let right = self.side(&equation.right, this, column)?;
        if let (None, None, Some(first), Some(second)) =
            (left.under, right.under, left.over.dimension, right.over.dimension)
            && first != second
        {
            return Err(Stop::Open);
        }
        // A figure that is held against itself makes no tie.
        if left.over.single.is_some() && left.over.single == right.over.single {
            return Ok(());
        }
        let times = |value: Number, factor: Option<Number>| match factor {
            Some(factor) => value.times(factor).ok_or(Stop::Open),
            None => Ok(value),
        };
        let (first, second) = (times(left.over.value, right.under)?, times(right.over.value, left.under)?);
        let difference = first.sub(second).ok_or(Stop::Open)?;
        let exact = difference.is_zero();
        if !exact {
            self.explained(&left, &right, difference).ok_or(Stop::Open)?;
        }
        let figures = self.world.figures;
        let shows = self.operands.iter().any(|node| figures.short(*node).is_some_and(|figure| figure.mantissa != 0));
        *(if exact { &mut self.proof.exact } else { &mut self.proof.rounded }) += 1;
        if shows {
            self.proof.shown[usize::from(!exact)] += 1;
            self.proof.figures.extend_from_slice(&self.operands);
        }
        Ok(())
    }

    /// Whether rounding explains a difference, which is multiplied by both divisors.
    fn explained(&mut self, left: &Evaluated, right: &Evaluated, difference: Number) -> Option<()> {
        // A figure that stands twice moves both ways at once.
        self.list.clear();
        self.list.extend_from_slice(&self.operands);
        self.list.sort_unstable();
        let nodes = &self.list;
        let distinct = nodes.windows(2).all(|pair| pair[0] != pair[1]);
        let most = match (self.rounding, left.under, right.under) {
            (Rounding::Half, None, None) => {
                nodes.iter().try_fold(Number::ZERO, |sum, node| sum.add(self.world.figures.short(*node)?.half()?))
            }
            (Rounding::Result, ..) => {
                // The right side is the target, if both can be.
                let (target, under) = match (right.over.single, left.over.single) {
                    (Some(target), _) => (target, left.under),
                    (None, Some(target)) => (target, right.under),
                    (None, None) => return None,
                };
                let half = self.world.figures.short(target)?.half()?;
                match under {
                    Some(under) => half.times(under.abs()),
                    None => Some(half),
                }
            }
            _ => None,
        }?;
        (distinct && difference.abs().compare(most) != Ordering::Greater).then_some(())
    }

    fn side(&mut self, side: &Side, this: NodeId, column: Option<Symbol>) -> Found<Evaluated> {
        match side {
            Side::Sum(parts) => Ok(Evaluated { over: self.sum(parts, this, column)?, under: None }),
            Side::Quotient(over, under) => {
                let mut over = self.sum(over, this, column)?;
                let under = self.sum(under, this, column)?.value;
                over.single = None;
                if under.is_zero() { Err(Stop::Open) } else { Ok(Evaluated { over, under: Some(under) }) }
            }
        }
    }

    fn sum(&mut self, parts: &[Part], this: NodeId, column: Option<Symbol>) -> Found<Total> {
        let mut total = Total { value: Number::ZERO, dimension: None, single: None, distance: 1 };
        let before = self.operands.len();
        // One list serves all sums.
        let mut list = std::mem::take(&mut self.list);
        let mut simple = true;
        for part in parts {
            match &part.value {
                Value::Constant(number) => {
                    simple = false;
                    let number = if part.negative { number.neg() } else { *number };
                    total.value = total.value.add(number).ok_or(Stop::Open)?;
                }
                Value::One(route) => {
                    let node = self.one(this, route)?;
                    self.add(&mut total, node, part.negative, column)?;
                }
                Value::All(route) => {
                    list.clear();
                    self.walk(this, route, &mut list)?;
                    // That a filter finds nothing is missing, not zero.
                    if list.is_empty() && route.hops.iter().any(|hop| matches!(hop, Hop::Where(..))) {
                        return Err(Stop::Open);
                    }
                    for node in &list {
                        self.add(&mut total, *node, part.negative, column)?;
                    }
                }
            }
            simple &= !part.negative;
        }
        self.list = list;
        let operands = &self.operands[before..];
        total.single = (simple && operands.len() == 1).then(|| operands[0]);
        Ok(total)
    }

    fn add(&mut self, total: &mut Total, node: NodeId, negative: bool, column: Option<Symbol>) -> Found<()> {
        let document = self.world.document;
        let node = match column {
            None if document.is_record(node) => return Err(Stop::Record),
            Some(column) if document.is_record(node) => {
                let field = document.field_near(node, column, &mut total.distance);
                document.content(field.ok_or(Stop::Open)?)
            }
            _ => node,
        };
        let figure = self.world.figures.short(node).ok_or(Stop::Open)?;
        if let Some(unit) = figure.unit {
            if total.dimension.is_some_and(|known| known != unit.dimension) {
                return Err(Stop::Open);
            }
            total.dimension = Some(unit.dimension);
        }
        let value = figure.value().ok_or(Stop::Open)?;
        total.value = total.value.add(if negative { value.neg() } else { value }).ok_or(Stop::Open)?;
        self.operands.push(node);
        Ok(())
    }

    /// The only value that a route leads to.
    fn one(&self, this: NodeId, route: &Route) -> Found<NodeId> {
        let mut at = self.start(this, route.start)?;
        for hop in &route.hops {
            let Hop::Field(name) = hop else {
                let mut nodes = Vec::new();
                self.walk(this, route, &mut nodes)?;
                return if let [only] = nodes[..] { Ok(only) } else { Err(Stop::Open) };
            };
            at = self.field(at, *name)?;
        }
        Ok(at)
    }

    fn start(&self, this: NodeId, start: Start) -> Found<NodeId> {
        let document = self.world.document;
        match start {
            Start::This => Ok(this),
            Start::Root => Ok(document.root()),
            Start::Parent => document.upwards(this).skip(1).find(|at| document.is_record(*at)).ok_or(Stop::Missing),
        }
    }

    fn field(&self, node: NodeId, name: Name) -> Found<NodeId> {
        let document = self.world.document;
        let symbol = self.symbols[name].ok_or(Stop::Missing)?;
        // What holds a record may say its year, its unit …
        let context =
            || self.world.vocabulary.is_context(&self.plan.names[name]).then(|| document.context_of(node, symbol));
        let mut distance = self.distances[name].get();
        let field = document.field_near(node, symbol, &mut distance);
        self.distances[name].set(distance);
        match field {
            Some(field) => Ok(document.content(field)),
            None => context().flatten().ok_or(Stop::Missing),
        }
    }

    /// All values that a route leads to.
    fn walk(&self, this: NodeId, route: &Route, into: &mut Vec<NodeId>) -> Found<()> {
        self.hops(this, self.start(this, route.start)?, &route.hops, into)
    }

    fn hops(&self, this: NodeId, from: NodeId, hops: &[Hop], into: &mut Vec<NodeId>) -> Found<()> {
        let document = self.world.document;
        self.world.look(1).map_err(|_| Stop::Open)?;
        let Some((hop, rest)) = hops.split_first() else {
            into.push(from);
            return Ok(());
        };
        if let Hop::Field(name) = hop {
            return self.hops(this, self.field(from, *name)?, rest, into);
        }
        if document.node(from).value != document::Value::List {
            return Err(Stop::Missing);
        }
        match hop {
            Hop::Where(name, route, offset) => {
                let sought = self.one(this, route).map_err(|_| Stop::Open)?;
                for (at, item) in document.children(from).enumerate() {
                    let item = document.content(item);
                    let field = self.field(item, *name).map_err(|_| Stop::Open)?;
                    if at == SHORT {
                        return Err(Stop::Open);
                    }
                    if self.same(field, sought, *offset).ok_or(Stop::Open)? {
                        self.hops(this, item, rest, into)?;
                    }
                }
                Ok(())
            }
            _ => document.children(from).try_for_each(|item| self.hops(this, document.content(item), rest, into)),
        }
    }

    /// Whether two values say the same, the second plus a number; `None` if that takes a closer look.
    fn same(&self, left: NodeId, right: NodeId, offset: i128) -> Option<bool> {
        let document = self.world.document;
        let (first, second) = (document.printed(left), document.printed(right));
        match (document.node(left).value, document.node(right).value) {
            (document::Value::Number, document::Value::Number) => {
                Some(first.parse::<i128>().ok()? == second.parse::<i128>().ok()?.checked_add(offset)?)
            }
            (document::Value::Text(_), document::Value::Text(_)) if offset == 0 => {
                let plain = |text: &str| {
                    text.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte >= 0x80)
                        && self.world.figures.is_none(left)
                        && self.world.figures.is_none(right)
                };
                if !plain(first) || !plain(second) {
                    return None;
                }
                Some(alike(first, second))
            }
            _ => None,
        }
    }

    /// The records that a path leads to, those parts left out that lack a name on the way.
    fn reach(&self, from: NodeId, hops: &[Hop], into: &mut Vec<NodeId>) -> Found<()> {
        let document = self.world.document;
        match hops.split_first() {
            None => into.push(from),
            Some((Hop::Field(name), rest)) => match self.field(from, *name) {
                Ok(field) => self.reach(field, rest, into)?,
                Err(Stop::Missing) => {}
                Err(stop) => return Err(stop),
            },
            Some((Hop::Where(..), _)) => return Err(Stop::Open),
            Some((Hop::All, rest)) if document.node(from).value == document::Value::List => {
                document.children(from).try_for_each(|item| self.reach(document.content(item), rest, into))?;
            }
            Some((Hop::All, _)) => {}
        }
        Ok(())
    }
}
