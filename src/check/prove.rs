//! Proves, without making ties, that a document keeps what a check asks of it.
//!
//! What cannot be proved here is not wrong: its ties are made, and they say what became of them. So
//! this is only ever a shorter way to «all of them hold», with the same counts.

use std::cmp::Ordering;

use super::declaration::Check;
use super::follow::{Follower, Found, Stop};
use super::plan::{Equation, Part, Place, Plan, Value};
use super::world::World;
use crate::document::{self, NodeId, Reading, Symbol};
use crate::figure::{Kind, Number, Rounding, Unit};

/// Room for so many figures of an equation is made at once.
const ROOM: usize = 64;

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
pub fn prove<'a>(check: &Check, plan: &'a Plan, records: &[NodeId], world: World<'a>) -> Option<Proved> {
    let mut prover = Prover {
        world,
        plan,
        follower: Follower::new(plan, world),
        rounding: check.settings.rounding,
        is_exact: check.settings.within.is_some(),
        proof: Proof::default(),
        count: Count::default(),
        numbers: [Sum::NONE; 4],
        terms: Vec::with_capacity(ROOM),
        operands: Vec::with_capacity(ROOM),
        found: Vec::with_capacity(ROOM),
    };
    let mut scopes = Vec::new();
    if let Some(route) = &plan.scope {
        prover.follower.reach(world.document.root(), &route.hops, &mut scopes).ok()?;
    }
    let records = if plan.scope.is_some() { &scopes } else { records };
    prover.proof.records.reserve(records.len());
    prover.proof.figures.reserve(FEW * records.len().min(ROOM));
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

/// What a part of an equation adds.
#[derive(Clone, Copy)]
struct Term {
    /// A figure, or a record that stands for its figure in each column.
    node: NodeId,
    place: Place,
    negative: bool,
}

/// A sum of figures and numbers.
#[derive(Clone, Copy)]
struct Sum<'a> {
    value: Number,
    /// What its figures measure.
    unit: Option<&'a Unit>,
    /// What it adds up, and the last figure.
    parts: u32,
    last: Option<NodeId>,
}

impl Sum<'_> {
    const NONE: Self = Self { value: Number::ZERO, unit: None, parts: 0, last: None };

    fn add(&mut self, value: Number, negative: bool) -> Found<()> {
        // What is subtracted never stands alone.
        self.parts += 1 + u32::from(negative);
        self.value = self.value.add(if negative { value.neg() } else { value }).ok_or(Stop::Open)?;
        Ok(())
    }

    /// The figure it is, if it is only one.
    fn single(&self) -> Option<NodeId> {
        self.last.filter(|_| self.parts == 1)
    }
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
    /// What the equation at hand adds up, numbers by [`Place`]; and its figures.
    numbers: [Sum<'a>; 4],
    terms: Vec<Term>,
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
        self.terms.clear();
        self.numbers = [Sum::NONE; 4];
        for Part { place, negative, value } in &equation.parts {
            let term = |node| Term { node, place: *place, negative: *negative };
            match value {
                Value::Constant(number) => self.numbers[*place as usize].add(*number, *negative)?,
                Value::One(route) => self.terms.push(term(self.follower.one(this, route)?)),
                Value::All(route) => {
                    self.found.clear();
                    self.follower.walk(this, route, &mut self.found)?;
                    // That a filter finds nothing is missing, not zero.
                    if self.found.is_empty() && route.is_filtered() {
                        return Err(Stop::Open);
                    }
                    self.terms.extend(self.found.iter().map(|node| term(*node)));
                }
            }
        }
        Ok(())
    }

    /// The names of the amounts and counts that a side has, which is a single record.
    fn columns(&self, equation: &Equation) -> Found<Vec<Symbol>> {
        let document = self.world.document;
        for place in [Place::Right, Place::Left] {
            let mut parts = equation.parts.iter().filter(|part| part.place == place);
            let (Some(Part { negative: false, value: Value::One(_), .. }), None) = (parts.next(), parts.next()) else {
                continue;
            };
            if equation.has_divisor[place as usize] {
                continue;
            }
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

    /// Adds up the figures that were gathered, or those of one column; says whether any is not zero.
    fn add_up(&mut self, column: Option<Symbol>) -> Found<([Sum<'a>; 4], bool)> {
        let World { document, figures, .. } = self.world;
        let (mut sums, mut distances, mut shows) = (self.numbers, [1; 4], false);
        self.operands.clear();
        for Term { node, place, negative } in &self.terms {
            let (sum, mut node) = (&mut sums[*place as usize], *node);
            if let Some(column) = column
                && document.is_record(node)
            {
                let distance = &mut distances[*place as usize];
                node = document.content_near(node, column, distance).ok_or(Stop::Open)?;
            }
            let Some(figure) = figures.short(node) else {
                return Err(if document.is_record(node) { Stop::Record } else { Stop::Open });
            };
            if let Some(unit) = figure.unit {
                let known = *sum.unit.get_or_insert(unit);
                if !std::ptr::eq(known, unit) && known.dimension != unit.dimension {
                    return Err(Stop::Open);
                }
            }
            sum.add(figure.value().ok_or(Stop::Open)?, *negative)?;
            sum.last = Some(node);
            shows |= figure.mantissa != 0;
            self.operands.push(node);
        }
        Ok((sums, shows))
    }

    /// Proves an equation of what was gathered, or of one column of it.
    fn holds(&mut self, equation: &Equation, column: Option<Symbol>) -> Found<()> {
        let ([left, right, under_left, under_right], shows) = self.add_up(column)?;
        let (mut first, mut second) = (left.value, right.value);
        let (mut target, mut other) = (right.single(), left.single());
        let [left_is_over, right_is_over] = equation.has_divisor;
        if left_is_over {
            (second, other) = (second.times(under_left.value).ok_or(Stop::Open)?, None);
        }
        if right_is_over {
            (first, target) = (first.times(under_right.value).ok_or(Stop::Open)?, None);
        }
        let is_over_zero = left_is_over && under_left.value.is_zero() || right_is_over && under_right.value.is_zero();
        let is_unlike = !left_is_over
            && !right_is_over
            && left.unit.zip(right.unit).is_some_and(|(left, right)| left.dimension != right.dimension);
        if is_over_zero || is_unlike {
            return Err(Stop::Open);
        }
        // A figure that is held against itself makes no tie.
        if target.is_some() && target == other {
            return Ok(());
        }
        let difference = first.sub(second).ok_or(Stop::Open)?;
        let exact = difference.is_zero();
        if !exact {
            // The right side is the target, if both can be.
            let under = |is_over: bool, under: Sum<'_>| is_over.then_some(under.value);
            let target = match target {
                Some(target) => Some((target, under(left_is_over, under_left))),
                None => other.map(|target| (target, under(right_is_over, under_right))),
            };
            let most = self.most(target, left_is_over || right_is_over).filter(|_| !self.is_exact);
            if difference.abs().compare(most.ok_or(Stop::Open)?) == Ordering::Greater || !self.is_distinct() {
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

    /// The largest difference that rounding explains, multiplied by both divisors. Of the target: what the other
    /// side is divided by.
    fn most(&self, target: Option<(NodeId, Option<Number>)>, has_divisor: bool) -> Option<Number> {
        let half = |node: &NodeId| self.world.figures.short(*node)?.half();
        match self.rounding {
            Rounding::Half if !has_divisor => {
                self.operands.iter().try_fold(Number::ZERO, |sum, node| sum.add(half(node)?))
            }
            Rounding::Result => {
                let (target, under) = target?;
                let half = half(&target)?;
                under.map_or(Some(half), |under| half.times(under.abs()))
            }
            Rounding::Half | Rounding::Exact => None,
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
