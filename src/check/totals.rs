//! What an equation adds up: a sum for each of its places.

use super::follow::{Found, Stop};
use super::plan::{Equation, Part, Value};
use super::sum::Sum;
use super::world::World;
use crate::document::NodeId;
use crate::figure::Compact;

/// Room for so many figures of an equation is made at once.
pub const ROOM: usize = 64;

/// The figures of an equation, added up.
pub struct Totals<'a> {
    world: World<'a>,
    /// The sums, by their place in the equation.
    pub sums: [Sum; 4],
    /// What they add up.
    pub figures: Vec<NodeId>,
    /// Whether any of them is not zero.
    pub shows: bool,
}

impl<'a> Totals<'a> {
    /// None yet.
    pub fn new(world: World<'a>) -> Self {
        Self { world, sums: [Sum::NONE; 4], figures: Vec::with_capacity(ROOM), shows: false }
    }

    /// Those of the numbers of an equation.
    #[inline]
    pub fn begin(&mut self, equation: &Equation) -> Found<()> {
        (self.sums, self.shows) = ([Sum::NONE; 4], false);
        self.figures.clear();
        if equation.has_number { self.add_numbers(equation) } else { Ok(()) }
    }

    fn add_numbers(&mut self, equation: &Equation) -> Found<()> {
        for Part { place, negative, value } in &equation.parts {
            if let Value::Constant(number) = value {
                self.sums[*place as usize].add_number(*number, *negative).ok_or(Stop::Open)?;
            }
        }
        Ok(())
    }

    #[inline(always)]
    fn figure(&self, node: NodeId) -> Found<&'a Compact> {
        match self.world.figures.short(node) {
            Some(figure) => Ok(figure),
            None => Err(if self.world.document.is_record(node) { Stop::Record } else { Stop::Open }),
        }
    }

    /// Adds a figure.
    #[inline(always)]
    pub fn add(&mut self, node: NodeId, part: &Part) -> Found<()> {
        let figure = self.figure(node)?;
        self.sums[part.place as usize].add(node, figure, part.negative).ok_or(Stop::Open)?;
        self.shows |= figure.mantissa != 0;
        self.figures.push(node);
        Ok(())
    }

    /// Adds all of a list.
    pub fn add_all(&mut self, nodes: &[NodeId], part: &Part) -> Found<()> {
        let mut sum = self.sums[part.place as usize];
        for node in nodes {
            let figure = self.figure(*node)?;
            sum.add(*node, figure, part.negative).ok_or(Stop::Open)?;
            self.shows |= figure.mantissa != 0;
        }
        self.sums[part.place as usize] = sum;
        self.figures.extend_from_slice(nodes);
        Ok(())
    }
}
