//! Proves, without making ties, that a document keeps what a check asks of it.
//!
//! What cannot be proved here is not wrong: its ties are made, and they say what became of them. So
//! this is only ever a shorter way to «all of them hold», with the same counts.

use std::cmp::Ordering;
use std::ops::Range;

use super::declaration::Check;
use super::follow::{Follower, Found, Stop};
use super::plan::{Equation, Part, Plan, Side, Value};
use super::world::World;
use crate::document::{self, NodeId, Reading, Symbol};
use crate::figure::{Dimension, Kind, Number, Rounding, Unit};

/// So few figures are compared each with each, which is quicker than sorting them.
const FEW: usize = 8;

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

/// Proves a check of as many records as it can; `None` if it cannot even tell them. `records` are those that
/// it is asked of where the check names fields, not a path.
pub fn prove(check: &Check, plan: &Plan, records: &[NodeId], world: World<'_>) -> Option<Proved> {
    let mut prover = Prover {
        world,
        plan,
        follower: Follower::new(plan, world),
        rounding: check.settings.rounding,
        is_exact: check.settings.within.is_some(),
        proof: Proof::default(),
        count: Count::default(),
        gathered: Gathered::default(),
        operands: Vec::new(),
        found: Vec::new(),
    };
    let mut scopes = Vec::new();
    if let Some(route) = &plan.scope {
        prover.follower.reach(world.document.root(), &route.hops, &mut scopes).ok()?;
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

/// What an equation adds up.
#[derive(Default)]
struct Gathered {
    terms: Vec<Term>,
    left: Addends,
    under_left: Addends,
    right: Addends,
    under_right: Addends,
}

/// A figure, or a record that stands for its figure in each column.
#[derive(Clone, Copy)]
struct Term {
    node: NodeId,
    negative: bool,
}

/// What one of the sums of an equation adds up: some of the terms, and numbers.
#[derive(Clone, Default)]
struct Addends {
    terms: Range<usize>,
    number: Option<Number>,
}

/// A sum of figures.
struct Total {
    value: Number,
    dimension: Option<Dimension>,
    /// The figure it is, if it is only one.
    single: Option<NodeId>,
}

struct Prover<'a> {
    world: World<'a>,
    plan: &'a Plan,
    follower: Follower<'a>,
    rounding: Rounding,
    /// Whether rounding proves nothing, as the check has an allowance of its own.
    is_exact: bool,
    proof: Proof,
    /// Ties of the record at hand.
    count: Count,
    /// The equation at hand, and its figures.
    gathered: Gathered,
    operands: Vec<NodeId>,
    /// Room for what a route leads to, and for sorting.
    found: Vec<NodeId>,
}

impl Prover<'_> {
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
        if plan.hidden.iter().any(|name| self.follower.has(this, *name)) {
            return Err(Stop::Open);
        }
        if let Some(when) = &plan.when {
            self.found.clear();
            match self.follower.walk(this, when, &mut self.found) {
                Ok(()) => {}
                Err(Stop::Missing) => return Ok(()),
                Err(stop) => return Err(stop),
            }
            if self.found.iter().all(|node| self.world.is_blank(*node)) {
                return Ok(());
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
        self.gathered.terms.clear();
        let mut side = |side: &Side| match side {
            Side::Sum(parts) => Ok((self.addends(parts, this)?, Addends::default())),
            Side::Quotient(over, under) => Ok((self.addends(over, this)?, self.addends(under, this)?)),
        };
        let (left, under_left) = side(&equation.left)?;
        let (right, under_right) = side(&equation.right)?;
        let terms = std::mem::take(&mut self.gathered.terms);
        self.gathered = Gathered { terms, left, under_left, right, under_right };
        Ok(())
    }

    fn addends(&mut self, parts: &[Part], this: NodeId) -> Found<Addends> {
        let start = self.gathered.terms.len();
        let mut number: Option<Number> = None;
        for Part { negative, value } in parts {
            let negative = *negative;
            match value {
                Value::Constant(constant) => {
                    let constant = if negative { constant.neg() } else { *constant };
                    number = Some(number.unwrap_or(Number::ZERO).add(constant).ok_or(Stop::Open)?);
                }
                Value::One(route) => {
                    let node = self.follower.one(this, route)?;
                    self.gathered.terms.push(Term { node, negative });
                }
                Value::All(route) => {
                    self.found.clear();
                    self.follower.walk(this, route, &mut self.found)?;
                    // That a filter finds nothing is missing, not zero.
                    if self.found.is_empty() && route.is_filtered() {
                        return Err(Stop::Open);
                    }
                    self.gathered.terms.extend(self.found.iter().map(|node| Term { node: *node, negative }));
                }
            }
        }
        Ok(Addends { terms: start..self.gathered.terms.len(), number })
    }

    /// The names of the amounts and counts that a side has, which is a single record.
    fn columns(&self, equation: &Equation) -> Found<Vec<Symbol>> {
        let document = self.world.document;
        for (side, addends) in [(&equation.right, &self.gathered.right), (&equation.left, &self.gathered.left)] {
            let Side::Sum(parts) = side else { continue };
            let [Part { negative: false, value: Value::One(_) }] = &parts[..] else { continue };
            let record = self.gathered.terms[addends.terms.start].node;
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
        self.operands.clear();
        let Gathered { terms, left, under_left, right, under_right } = &self.gathered;
        let mut shows = false;
        let mut total = |addends: &Addends| {
            total(&terms[addends.terms.clone()], addends.number, column, self.world, &mut self.operands, &mut shows)
        };
        let mut side = |side: &Side, over: &Addends, under: &Addends| match side {
            Side::Sum(_) => Ok((total(over)?, None)),
            Side::Quotient(..) => {
                let (over, under) = (total(over)?, total(under)?.value);
                if under.is_zero() { Err(Stop::Open) } else { Ok((Total { single: None, ..over }, Some(under))) }
            }
        };
        let (left, under_left) = side(&equation.left, left, under_left)?;
        let (right, under_right) = side(&equation.right, right, under_right)?;
        if let (None, None, Some(first), Some(second)) = (under_left, under_right, left.dimension, right.dimension)
            && first != second
        {
            return Err(Stop::Open);
        }
        // A figure that is held against itself makes no tie.
        if left.single.is_some() && left.single == right.single {
            return Ok(());
        }
        let times = |value: Number, factor: Option<Number>| match factor {
            Some(factor) => value.times(factor).ok_or(Stop::Open),
            None => Ok(value),
        };
        let difference = times(left.value, under_right)?.sub(times(right.value, under_left)?).ok_or(Stop::Open)?;
        let exact = difference.is_zero();
        if !exact {
            let sides = [(left.single, under_left), (right.single, under_right)];
            let most = self.most(sides).filter(|_| !self.is_exact).ok_or(Stop::Open)?;
            if difference.abs().compare(most) == Ordering::Greater || !self.is_distinct() {
                return Err(Stop::Open);
            }
        }
        *(if exact { &mut self.count.exact } else { &mut self.count.rounded }) += 1;
        if shows {
            self.count.shown[usize::from(!exact)] += 1;
            self.proof.figures.extend_from_slice(&self.operands);
        }
        Ok(())
    }

    /// The largest difference that rounding explains, multiplied by both divisors. Of each side: the figure that
    /// it is, which may be the target, and its divisor.
    fn most(&self, [left, right]: [(Option<NodeId>, Option<Number>); 2]) -> Option<Number> {
        let half = |node: &NodeId| self.world.figures.short(*node)?.half();
        match (self.rounding, left.1, right.1) {
            (Rounding::Half, None, None) => {
                self.operands.iter().try_fold(Number::ZERO, |sum, node| sum.add(half(node)?))
            }
            (Rounding::Result, ..) => {
                // The right side is the target, if both can be.
                let (target, under) = right.0.map(|target| (target, left.1)).or_else(|| Some((left.0?, right.1)))?;
                let half = half(&target)?;
                under.map_or(Some(half), |under| half.times(under.abs()))
            }
            _ => None,
        }
    }

    /// Whether no figure stands twice, which would move both ways at once.
    fn is_distinct(&mut self) -> bool {
        if self.operands.len() <= FEW {
            return self.operands.iter().enumerate().all(|(at, node)| !self.operands[..at].contains(node));
        }
        self.found.clone_from(&self.operands);
        self.found.sort_unstable();
        self.found.windows(2).all(|pair| pair[0] != pair[1])
    }
}

/// Adds up terms, or their figures in one column, and lists the figures. `shows` is set if any is not zero.
fn total(
    terms: &[Term],
    number: Option<Number>,
    column: Option<Symbol>,
    World { document, figures, .. }: World<'_>,
    operands: &mut Vec<NodeId>,
    shows: &mut bool,
) -> Found<Total> {
    let mut total = Total { value: number.unwrap_or(Number::ZERO), dimension: None, single: None };
    let (mut unit, mut distance): (Option<&Unit>, u32) = (None, 1);
    for Term { node, negative } in terms {
        let mut node = *node;
        if let Some(column) = column
            && document.is_record(node)
        {
            node = document.content_near(node, column, &mut distance).ok_or(Stop::Open)?;
        }
        let Some(figure) = figures.short(node) else {
            return Err(if document.is_record(node) { Stop::Record } else { Stop::Open });
        };
        if let Some(of) = figure.unit
            && !unit.is_some_and(|known| std::ptr::eq(known, of))
        {
            if total.dimension.is_some_and(|known| known != of.dimension) {
                return Err(Stop::Open);
            }
            (unit, total.dimension) = (Some(of), Some(of.dimension));
        }
        let value = figure.value().ok_or(Stop::Open)?;
        total.value = total.value.add(if *negative { value.neg() } else { value }).ok_or(Stop::Open)?;
        *shows |= figure.mantissa != 0;
        operands.push(node);
    }
    if let ([Term { negative: false, .. }], None) = (terms, number) {
        total.single = operands.last().copied();
    }
    Ok(total)
}
