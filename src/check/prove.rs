//! Proves, without making ties, that a document keeps what a check asks of it.
//!
//! What cannot be proved here is not wrong: its ties are made, and they say what became of them. So
//! this is only ever a shorter way to «all of them hold», with the same counts.

use std::cmp::Ordering;

use super::declaration::Check;
use super::follow::{Follower, Found, Stop};
use super::form::{Form, Holds, Seat, is_distinct};
use super::plan::{Equation, Part, Place, Plan, Route, Value};
use super::proof::{Count, Proof};
use super::totals::{ROOM, Totals};
use super::world::World;
use crate::document::{self, Block, NodeId, Reading, Symbol};
use crate::figure::{Kind, Number, Rounding};

/// Room for the figures of so many records, and for so many of a record, is made at once.
const FEW: usize = 8;

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
        totals: Totals::new(world),
        forms: Vec::new(),
        seats: Vec::new(),
        found: Vec::with_capacity(ROOM),
    };
    let mut scopes = Vec::new();
    if let Some(route) = &plan.scope {
        prover.follower.reach(world.document.root(), &route.hops, &mut scopes).ok()?;
    }
    let records = if plan.scope.is_some() { &scopes } else { records };
    prover.proof.records.reserve(records.len());
    prover.proof.figures.reserve(FEW * records.len().min(ROOM));
    let (mut open, mut at) = (Vec::new(), 0);
    let mut blocks = world.document.blocks().iter().peekable();
    while let Some(record) = records.get(at) {
        while blocks.next_if(|block| block.first < *record).is_some() {}
        let block = blocks.next_if(|block| block.first == *record && is_whole(block, &records[at..]));
        let block = block.filter(|block| prover.forms(block.first));
        let count = block.map_or(1, |block| block.records as usize);
        for record in &records[at..at + count] {
            let is_proved = block.is_some() && prover.fits(*record) || prover.proves(*record);
            if !is_proved {
                open.push(*record);
            }
            if world.is_exhausted() {
                return None;
            }
        }
        at += count;
    }
    prover.follower.tell();
    Some(Proved { proof: prover.proof, open })
}

/// Whether the records, which are in order, start with all of a block.
fn is_whole(block: &Block, records: &[NodeId]) -> bool {
    let last = NodeId(block.end().0 - block.stride);
    records.get(block.records as usize - 1) == Some(&last)
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
    /// Those of the equation at hand.
    totals: Totals<'a>,
    /// The equations as they are of the records of a block, and where their figures stand.
    forms: Vec<Form>,
    seats: Vec<(Seat, &'a Part)>,
    /// Room for what a route leads to, and for sorting.
    found: Vec<NodeId>,
}

impl<'a> Prover<'a> {
    /// Whether all ties of a record hold, which are then counted.
    fn proves(&mut self, this: NodeId) -> bool {
        self.counted(this, |prover| prover.record(this))
    }

    /// Counts the ties of a record if all hold.
    #[inline]
    fn counted(&mut self, this: NodeId, ties: impl FnOnce(&mut Self) -> Found<()>) -> bool {
        let before = self.proof.figures.len();
        self.count = Count::default();
        let holds = ties(self).is_ok();
        if holds {
            self.count.figures = self.proof.figures.len() - before;
            self.proof.add(this, self.count);
        } else {
            self.proof.figures.truncate(before);
        }
        holds
    }

    /// Draws up the equations as they are of every record of a block, by its first; `false` if one may go another
    /// way than the others.
    fn forms(&mut self, first: NodeId) -> bool {
        let plan = self.plan;
        if plan.when.is_some() || plan.hidden.iter().any(|name| self.follower.has(first, *name)) {
            return false;
        }
        plan.equations.iter().enumerate().all(|(at, equation)| self.form(at, equation, first).is_some())
    }

    fn form(&mut self, at: usize, equation: &'a Equation, first: NodeId) -> Option<()> {
        self.seats.clear();
        for part in &equation.parts {
            match &part.value {
                Value::Constant(_) => {}
                Value::One(route) => {
                    let node = self.follower.plain(first, route)?;
                    let is_own = self.world.document.parent(node) == Some(first);
                    self.seats.push((if is_own { Seat::Own(node.0 - first.0) } else { Seat::Fixed(node) }, part));
                }
                // A figure of the record may be among all, which stand where they do for every record.
                Value::All(route) if !route.is_filtered() => {
                    self.all(first, route).ok()?;
                    self.seats.extend(self.found.iter().map(|node| (Seat::Fixed(*node), part)));
                }
                Value::All(_) => return None,
            }
        }
        let figures = self.world.figures;
        if self.forms.get_mut(at).is_some_and(|form| form.moves(&self.seats, first, figures)) {
            return Some(());
        }
        self.totals.begin(equation).ok()?;
        self.seats.iter().try_for_each(|(seat, part)| self.totals.add(seat.of(first), part)).ok()?;
        let rounding = Some(self.rounding).filter(|_| !self.is_exact);
        let form = Form::new(equation, &self.seats, &self.totals, figures, rounding)?;
        self.forms.truncate(at);
        self.forms.push(form);
        Some(())
    }

    /// Whether all ties of a record of the block that the forms are of hold, which are then counted.
    #[inline]
    fn fits(&mut self, this: NodeId) -> bool {
        self.counted(this, |prover| {
            let Self { forms, proof, count, world, .. } = prover;
            forms.iter().try_for_each(|form| {
                let before = proof.figures.len();
                let holds = form.holds(this, world.figures, &mut proof.figures).ok_or(Stop::Open)?;
                world.look(proof.figures.len() - before).map_err(|_| Stop::Open)?;
                count.add_one(holds);
                if !holds.shows {
                    proof.figures.truncate(before);
                }
                Ok(())
            })
        })
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
            match self.add_up(equation, this) {
                Err(Stop::Record) => self.columns(equation, this)?,
                found => found.and_then(|()| self.holds(equation))?,
            }
        }
        Ok(())
    }

    /// Adds up what an equation names.
    fn add_up(&mut self, equation: &Equation, this: NodeId) -> Found<()> {
        self.totals.begin(equation)?;
        for part in &equation.parts {
            match &part.value {
                Value::Constant(_) => {}
                Value::One(route) => self.totals.add(self.follower.one(this, route)?, part)?,
                Value::All(route) => {
                    self.all(this, route)?;
                    self.totals.add_all(&self.found, part)?;
                }
            }
        }
        Ok(())
    }

    /// Finds all that a route leads to.
    fn all(&mut self, this: NodeId, route: &Route) -> Found<()> {
        self.found.clear();
        self.follower.walk(this, route, &mut self.found)?;
        // That a filter finds nothing is missing, not zero.
        if self.found.is_empty() && route.is_filtered() { Err(Stop::Open) } else { Ok(()) }
    }

    /// Proves an equation of records in each of their columns.
    fn columns(&mut self, equation: &Equation, this: NodeId) -> Found<()> {
        let document = self.world.document;
        let mut terms = Vec::with_capacity(ROOM);
        for part in &equation.parts {
            match &part.value {
                Value::Constant(_) => {}
                Value::One(route) => terms.push((self.follower.one(this, route)?, part)),
                Value::All(route) => {
                    self.all(this, route)?;
                    terms.extend(self.found.iter().map(|node| (*node, part)));
                }
            }
        }
        for column in self.columns_of(equation, &terms)? {
            self.totals.begin(equation)?;
            let mut distances = [1; 4];
            for (node, part) in &terms {
                let distance = &mut distances[part.place as usize];
                let figure = match document.is_record(*node) {
                    true => document.content_near(*node, column, distance).ok_or(Stop::Open)?,
                    false => *node,
                };
                self.totals.add(figure, part)?;
            }
            self.holds(equation)?;
        }
        Ok(())
    }

    /// The names of the amounts and counts that a side has, which is a single record.
    fn columns_of(&self, equation: &Equation, terms: &[(NodeId, &Part)]) -> Found<Vec<Symbol>> {
        let document = self.world.document;
        for place in [Place::Right, Place::Left] {
            let mut parts = equation.parts.iter().filter(|part| part.place == place);
            let (Some(Part { negative: false, value: Value::One(_), .. }), None) = (parts.next(), parts.next()) else {
                continue;
            };
            if equation.has_divisor[place as usize] {
                continue;
            }
            let record = terms.iter().find(|(_, part)| part.place == place).ok_or(Stop::Open)?.0;
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

    /// Proves an equation that was added up.
    fn holds(&mut self, equation: &Equation) -> Found<()> {
        let sums = &self.totals.sums;
        let [left, right] = [&sums[Place::Left as usize], &sums[Place::Right as usize]];
        let [left_is_over, right_is_over] = equation.has_divisor;
        let (mut target, mut other) = (right.single(), left.single());
        let is_plain = !left_is_over && !right_is_over;
        // A figure that is held against itself makes no tie.
        if is_plain && target.is_some() && target == other {
            return Ok(());
        }
        if is_plain && left.is_like(right) {
            self.keep(true);
            return Ok(());
        }
        let (mut first, mut second) = (left.value().ok_or(Stop::Open)?, right.value().ok_or(Stop::Open)?);
        let mut unders = [None; 2];
        if left_is_over {
            let under = sums[Place::UnderLeft as usize].value().filter(|under| !under.is_zero()).ok_or(Stop::Open)?;
            (second, other, unders[0]) = (second.times(under).ok_or(Stop::Open)?, None, Some(under));
        }
        if right_is_over {
            let under = sums[Place::UnderRight as usize].value().filter(|under| !under.is_zero()).ok_or(Stop::Open)?;
            (first, target, unders[1]) = (first.times(under).ok_or(Stop::Open)?, None, Some(under));
        }
        if is_plain && !left.measures_like(right) {
            return Err(Stop::Open);
        }
        let difference = first.sub(second).ok_or(Stop::Open)?;
        let exact = difference.is_zero();
        if !exact {
            // The right side is the target, if both can be.
            let target = match target {
                Some(target) => Some((target, unders[0])),
                None => other.map(|target| (target, unders[1])),
            };
            let most = self.most(target, !is_plain).filter(|_| !self.is_exact);
            if difference.abs().compare(most.ok_or(Stop::Open)?) == Ordering::Greater
                || !is_distinct(&self.totals.figures)
            {
                return Err(Stop::Open);
            }
        }
        self.keep(exact);
        Ok(())
    }

    /// Counts the tie whose figures were added up.
    #[inline]
    fn keep(&mut self, exact: bool) {
        let shows = self.totals.shows;
        self.count.add_one(Holds { exact, shows });
        if shows {
            self.proof.figures.extend_from_slice(&self.totals.figures);
        }
    }

    /// The largest difference that rounding explains, multiplied by both divisors. Of the target: what the other
    /// side is divided by.
    fn most(&self, target: Option<(NodeId, Option<Number>)>, has_divisor: bool) -> Option<Number> {
        let half = |node: &NodeId| self.world.figures.short(*node)?.half();
        match self.rounding {
            Rounding::Half if !has_divisor => {
                self.totals.figures.iter().try_fold(Number::ZERO, |sum, node| sum.add(half(node)?))
            }
            Rounding::Result => {
                let (target, under) = target?;
                let half = half(&target)?;
                under.map_or(Some(half), |under| half.times(under.abs()))
            }
            Rounding::Half | Rounding::Exact => None,
        }
    }
}
