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
use crate::figure::{Dimension, Kind, Number, Rounding, short};

/// Lists that are longer are looked up by an index when they are filtered, not gone through.
const SHORT: usize = 64;

/// Ties that hold, counted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count {
    /// How many hold as printed.
    pub exact: usize,
    /// How many hold thanks to rounding.
    pub rounded: usize,
    /// Of each, how many show something: not all of their figures are zero.
    pub shown: [usize; 2],
    /// How many figures those have that show something.
    figures: usize,
}

impl Count {
    fn add(&mut self, other: Self) {
        self.exact += other.exact;
        self.rounded += other.rounded;
        self.shown = [self.shown[0] + other.shown[0], self.shown[1] + other.shown[1]];
        self.figures += other.figures;
    }
}

/// The ties of a check in a document that are known to hold.
#[derive(Clone, Debug, Default)]
pub struct Proof {
    /// How many there are.
    pub count: Count,
    /// Figures of those that show something.
    pub figures: Vec<NodeId>,
    /// The records that they are of.
    records: Vec<(NodeId, Count)>,
}

impl Proof {
    /// The records of which a tie has a figure that is wanted, and what is proved of the others.
    pub fn split(&self, wanted: impl Fn(&NodeId) -> bool) -> (Vec<NodeId>, Self) {
        let (mut with, mut without) = (Vec::new(), Self::default());
        if !self.figures.iter().any(&wanted) {
            return (with, without);
        }
        let mut start = 0;
        for (record, count) in &self.records {
            let figures = &self.figures[start..start + count.figures];
            start += count.figures;
            if figures.iter().any(&wanted) {
                with.push(*record);
            } else {
                without.figures.extend_from_slice(figures);
                without.add(*record, *count);
            }
        }
        (with, without)
    }

    /// The ties of a record, whose figures stand last.
    fn add(&mut self, record: NodeId, count: Count) {
        self.count.add(count);
        self.records.push((record, count));
    }
}

/// What is proved of a check, and the records whose ties have to be made.
#[derive(Debug)]
pub struct Proved {
    /// Ties that hold.
    pub proof: Proof,
    /// Records of which nothing is proved.
    pub open: Vec<NodeId>,
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

/// Proves a check of as many records as it can; `None` if it cannot even tell them. `records` are those that
/// it is asked of where the check names fields, not a path.
pub fn prove(check: &Check, plan: &Plan, records: &[NodeId], world: World<'_>) -> Option<Proved> {
    let symbols = plan.names.iter().map(|name| world.document.symbol(name)).collect();
    let distances = vec![Cell::new(1); plan.names.len()];
    let mut prover = Prover {
        world,
        plan,
        symbols,
        distances,
        rounding: check.settings.rounding,
        is_exact: check.settings.within.is_some(),
        proof: Proof::default(),
        count: Count::default(),
        numbers: [Total::NONE; 4],
        terms: Vec::new(),
        operands: Vec::new(),
        found: Vec::new(),
    };
    let mut scopes = Vec::new();
    if let Some(route) = &plan.scope {
        prover.reach(world.document.root(), &route.hops, &mut scopes).ok()?;
    }
    let records = if plan.scope.is_some() { &scopes } else { records };
    let mut open = Vec::new();
    for record in records {
        if !prover.proves(*record) {
            open.push(*record);
        }
        if world.is_exhausted() {
            return None;
        }
    }
    Some(Proved { proof: prover.proof, open })
}

/// The sums that an equation has: each side, and what it is divided by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Left,
    UnderLeft,
    Right,
    UnderRight,
}

/// What is added up in an equation.
#[derive(Clone, Copy)]
struct Term {
    place: Place,
    negative: bool,
    /// A figure, or a record that stands for its figure in each column.
    node: NodeId,
}

/// A sum of figures.
#[derive(Clone, Copy)]
struct Total {
    value: Number,
    dimension: Option<Dimension>,
    /// How many figures it has, and the last.
    figures: usize,
    last: Option<NodeId>,
    /// Whether nothing is subtracted, and no number is added.
    is_plain: bool,
}

impl Total {
    const NONE: Self = Self { value: Number::ZERO, dimension: None, figures: 0, last: None, is_plain: true };

    /// The figure it is, if it is only one.
    fn single(&self) -> Option<NodeId> {
        self.last.filter(|_| self.is_plain && self.figures == 1)
    }
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

    /// Whether two say the same; `None` if that takes a closer look.
    fn is(self, other: &Self) -> Option<bool> {
        match (self, other) {
            (Self::Number(left), Self::Number(right)) => Some(left == *right),
            (Self::Text(left), Self::Text(right)) => Some(left == *right || alike(left, right)),
            _ => None,
        }
    }
}

struct Prover<'a> {
    world: World<'a>,
    plan: &'a Plan,
    symbols: Vec<Option<Symbol>>,
    /// Where the field of each name stood last in its record.
    distances: Vec<Cell<u32>>,
    rounding: Rounding,
    /// Whether rounding proves nothing, as the check has an allowance of its own.
    is_exact: bool,
    proof: Proof,
    /// Ties of the record at hand.
    count: Count,
    /// What the equation at hand adds up: numbers by [`Place`], and the rest.
    numbers: [Total; 4],
    terms: Vec<Term>,
    /// Its figures.
    operands: Vec<NodeId>,
    /// Room for what a route leads to, and for sorting.
    found: Vec<NodeId>,
}

impl<'a> Prover<'a> {
    /// Whether all ties of a record hold, which are then counted.
    fn proves(&mut self, this: NodeId) -> bool {
        let before = self.proof.figures.len();
        self.count = Count::default();
        let holds = self.record(this).is_ok();
        if holds {
            self.count.figures = self.proof.figures.len() - before;
            self.proof.add(this, self.count);
        } else {
            self.proof.figures.truncate(before);
        }
        holds
    }

    fn record(&mut self, this: NodeId) -> Found<()> {
        let plan = self.plan;
        for name in &plan.hidden {
            if self.symbols[*name].is_some_and(|symbol| self.world.document.field(this, symbol).is_some()) {
                return Err(Stop::Open);
            }
        }
        if let Some(when) = &plan.when {
            self.found.clear();
            let mut nodes = std::mem::take(&mut self.found);
            let found = self.walk(this, when, &mut nodes);
            let is_asked = !nodes.iter().all(|node| self.world.is_blank(*node));
            self.found = nodes;
            match found {
                Ok(()) if is_asked => {}
                Ok(()) | Err(Stop::Missing) => return Ok(()),
                Err(stop) => return Err(stop),
            }
        }
        for equation in &plan.equations {
            self.gather(equation, this)?;
            match self.holds(equation, None) {
                Err(Stop::Record) => {
                    for column in self.columns(equation)? {
                        self.holds(equation, Some(column))?;
                    }
                }
                found => found?,
            }
        }
        Ok(())
    }

    /// Finds what an equation adds up.
    fn gather(&mut self, equation: &Equation, this: NodeId) -> Found<()> {
        self.terms.clear();
        self.numbers = [Total::NONE; 4];
        for (side, over, under) in
            [(&equation.left, Place::Left, Place::UnderLeft), (&equation.right, Place::Right, Place::UnderRight)]
        {
            match side {
                Side::Sum(parts) => self.add(parts, over, this)?,
                Side::Quotient(dividend, divisor) => {
                    self.add(dividend, over, this)?;
                    self.add(divisor, under, this)?;
                }
            }
        }
        Ok(())
    }

    fn add(&mut self, parts: &[Part], place: Place, this: NodeId) -> Found<()> {
        for Part { negative, value } in parts {
            let term = |node| Term { place, negative: *negative, node };
            match value {
                Value::Constant(number) => {
                    let total = &mut self.numbers[place as usize];
                    let number = if *negative { number.neg() } else { *number };
                    *total = Total { value: total.value.add(number).ok_or(Stop::Open)?, is_plain: false, ..*total };
                }
                Value::One(route) => self.terms.push(term(self.one(this, route)?)),
                Value::All(route) => {
                    let mut nodes = std::mem::take(&mut self.found);
                    nodes.clear();
                    let found = self.walk(this, route, &mut nodes);
                    self.terms.extend(nodes.iter().map(|node| term(*node)));
                    let is_empty = nodes.is_empty();
                    self.found = nodes;
                    found?;
                    // That a filter finds nothing is missing, not zero.
                    if is_empty && route.hops.iter().any(|hop| matches!(hop, Hop::Where(..))) {
                        return Err(Stop::Open);
                    }
                }
            }
        }
        Ok(())
    }

    /// The names of the amounts and counts that a side has, which is a single record.
    fn columns(&self, equation: &Equation) -> Found<Vec<Symbol>> {
        let document = self.world.document;
        for (side, place) in [(&equation.right, Place::Right), (&equation.left, Place::Left)] {
            let Side::Sum(parts) = side else { continue };
            let [Part { negative: false, value: Value::One(_) }] = &parts[..] else { continue };
            let record = self.terms.iter().find(|term| term.place == place).ok_or(Stop::Open)?.node;
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

    /// Proves an equation of what was gathered, or of one column of it.
    fn holds(&mut self, equation: &Equation, column: Option<Symbol>) -> Found<()> {
        let (totals, shows) = self.totals(column)?;
        let [left, under_left, right, under_right] = &totals;
        let divisor = |side: &Side, under: &Total| match side {
            Side::Sum(_) => Ok(None),
            Side::Quotient(..) if under.value.is_zero() => Err(Stop::Open),
            Side::Quotient(..) => Ok(Some(under.value)),
        };
        let under = (divisor(&equation.left, under_left)?, divisor(&equation.right, under_right)?);
        if let ((None, None), Some(first), Some(second)) = (under, left.dimension, right.dimension)
            && first != second
        {
            return Err(Stop::Open);
        }
        // A figure that is held against itself makes no tie.
        let single = (left.single().filter(|_| under.0.is_none()), right.single().filter(|_| under.1.is_none()));
        if single.0.is_some() && single.0 == single.1 {
            return Ok(());
        }
        let times = |value: Number, factor: Option<Number>| match factor {
            Some(factor) => value.times(factor).ok_or(Stop::Open),
            None => Ok(value),
        };
        let difference = times(left.value, under.1)?.sub(times(right.value, under.0)?).ok_or(Stop::Open)?;
        let exact = difference.is_zero();
        if !exact && (self.is_exact || self.explained(single, under, difference).is_none()) {
            return Err(Stop::Open);
        }
        *(if exact { &mut self.count.exact } else { &mut self.count.rounded }) += 1;
        if shows {
            self.count.shown[usize::from(!exact)] += 1;
            self.proof.figures.extend_from_slice(&self.operands);
        }
        Ok(())
    }

    /// The sums of what was gathered, by [`Place`], and whether any of their figures is not zero.
    fn totals(&mut self, column: Option<Symbol>) -> Found<([Total; 4], bool)> {
        let World { document, figures, .. } = self.world;
        let mut totals = self.numbers;
        let mut shows = false;
        let mut distances = [1; 4];
        self.operands.clear();
        for term in &self.terms {
            let total = &mut totals[term.place as usize];
            let mut node = term.node;
            if let Some(column) = column
                && document.is_record(node)
            {
                let field = document.field_near(node, column, &mut distances[term.place as usize]);
                node = document.content(field.ok_or(Stop::Open)?);
            }
            let Some(figure) = figures.short(node) else {
                return Err(if document.is_record(node) { Stop::Record } else { Stop::Open });
            };
            if let Some(unit) = figure.unit {
                if total.dimension.is_some_and(|known| known != unit.dimension) {
                    return Err(Stop::Open);
                }
                total.dimension = Some(unit.dimension);
            }
            let value = figure.value().ok_or(Stop::Open)?;
            total.value = total.value.add(if term.negative { value.neg() } else { value }).ok_or(Stop::Open)?;
            total.is_plain &= !term.negative;
            (total.figures, total.last) = (total.figures + 1, Some(node));
            shows |= figure.mantissa != 0;
            self.operands.push(node);
        }
        Ok((totals, shows))
    }

    /// Whether rounding explains a difference, which is multiplied by both divisors. A side that is a single
    /// figure may be the target.
    fn explained(
        &mut self,
        single: (Option<NodeId>, Option<NodeId>),
        under: (Option<Number>, Option<Number>),
        difference: Number,
    ) -> Option<()> {
        // A figure that stands twice moves both ways at once.
        self.found.clear();
        self.found.extend_from_slice(&self.operands);
        self.found.sort_unstable();
        let nodes = &self.found;
        let distinct = nodes.windows(2).all(|pair| pair[0] != pair[1]);
        let most = match (self.rounding, under) {
            (Rounding::Half, (None, None)) => {
                nodes.iter().try_fold(Number::ZERO, |sum, node| sum.add(self.world.figures.short(*node)?.half()?))
            }
            (Rounding::Result, _) => {
                // The right side is the target, if both can be.
                let (target, under) = match single {
                    (_, Some(target)) => (target, under.0),
                    (Some(target), None) => (target, under.1),
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
        let (mut list, mut hops) = (from, hops);
        while let [Hop::Field(name), rest @ ..] = hops {
            (list, hops) = (self.field(list, *name)?, rest);
        }
        let Some((hop, rest)) = hops.split_first() else {
            into.push(list);
            return Ok(());
        };
        if document.node(list).value != document::Value::List {
            return Err(Stop::Missing);
        }
        let mut items = document.children(list).map(|item| document.content(item));
        let mut looked_at = 0;
        let found = match hop {
            Hop::Where(name, route, offset) => {
                let sought =
                    self.one(this, route).ok().and_then(|node| self.says(node)).and_then(|sought| sought.plus(*offset));
                let sought = sought.ok_or(Stop::Open)?;
                items.try_for_each(|item| {
                    looked_at += 1;
                    let field = self.field(item, *name).map_err(|_| Stop::Open)?;
                    match self.says(field).and_then(|said| said.is(&sought)).filter(|_| looked_at <= SHORT) {
                        None => Err(Stop::Open),
                        Some(true) => self.hops(this, item, rest, into),
                        Some(false) => Ok(()),
                    }
                })
            }
            _ => items.try_for_each(|item| {
                looked_at += 1;
                self.hops(this, item, rest, into)
            }),
        };
        self.world.look(looked_at).map_err(|_| Stop::Open)?;
        found
    }

    /// What a value says, if that is a whole number or a plain text.
    fn says(&self, node: NodeId) -> Option<Said<'a>> {
        let printed = self.world.document.printed(node);
        match self.world.document.node(node).value {
            document::Value::Number => match short(printed)? {
                (whole, 0) => Some(Said::Number(whole)),
                _ => None,
            },
            document::Value::Text(_) => {
                let first = printed.bytes().next()?;
                let is_plain = (first.is_ascii_alphabetic() || first >= 0x80) && self.world.figures.is_none(node);
                is_plain.then_some(Said::Text(printed))
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
