//! An equation of records that are alike, in whole numbers: what the figures of the first weigh is worked out once,
//! and holds for every other whose figures are printed in the same way.

use super::plan::{Equation, Part, Place, Value};
use super::sum::{POWERS, power};
use super::totals::Totals;
use crate::document::{Figures, NodeId};
use crate::figure::{Compact, Number, Rounding, Unit};

/// Where a figure stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seat {
    /// In the record, so many values behind it.
    Own(u32),
    /// In the same place for all of them.
    Fixed(NodeId),
}

impl Seat {
    /// The figure that stands there, of a record.
    #[inline]
    pub fn of(self, record: NodeId) -> NodeId {
        match self {
            Self::Own(distance) => NodeId(record.0 + distance),
            Self::Fixed(node) => node,
        }
    }
}

/// A figure of an equation.
struct Cell {
    seat: Seat,
    sum: usize,
    negative: bool,
    /// That of the first record.
    like: Compact,
    /// Without digits behind the point, it counts `10^weight` in its sum.
    weight: u8,
}

impl Cell {
    /// Whether a figure is printed as that of the first record is, but for zeros at its end.
    #[inline]
    fn is_like(&self, figure: &Compact) -> bool {
        let unit = |figure: &Compact| figure.unit.map(std::ptr::from_ref::<Unit>);
        (figure.kind, figure.decimals) == (self.like.kind, self.like.decimals)
            && i32::from(figure.scale) <= digits(&self.like)
            && unit(figure) == unit(&self.like)
    }
}

/// An equation as it is for records that are alike.
pub struct Form {
    cells: Vec<Cell>,
    /// The sums, by their place, before any figure is added; 1 for a divisor that there is not.
    sums: [i64; 4],
    /// What a unit of the left side is, and of the right one, in the finer of both.
    units: [i64; 2],
    /// Twice the most that rounding explains, for each unit of a sum.
    most: Option<(i64, Place)>,
}

/// How a tie holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holds {
    /// As printed, not thanks to rounding.
    pub exact: bool,
    /// Not all of its figures are zero.
    pub shows: bool,
}

impl Form {
    /// That of an equation whose figures stand there, as `totals` has added up those of the first record; `None`
    /// for what has to be looked at for each. Rounding proves nothing where there is none.
    pub fn new(
        equation: &Equation,
        seats: &[(Seat, &Part)],
        totals: &Totals<'_>,
        figures: &Figures,
        rounding: Option<Rounding>,
    ) -> Option<Self> {
        let figure = |node: &NodeId| figures.short(*node).copied();
        let firsts: Vec<Compact> = totals.figures.iter().map(figure).collect::<Option<_>>()?;
        let is_plain = equation.has_divisor == [false; 2];
        let [left, right] = [&totals.sums[Place::Left as usize], &totals.sums[Place::Right as usize]];
        // A figure that is held against itself makes no tie.
        if is_plain && (!left.measures_like(right) || left.single().is_some() && left.single() == right.single()) {
            return None;
        }
        let numbers = || {
            equation.parts.iter().filter_map(|part| match part.value {
                Value::Constant(number) => Some((part, number)),
                _ => None,
            })
        };
        let mut places = [None; 4];
        let of_figures = seats.iter().zip(&firsts).map(|((_, part), first)| (part.place, last_place(first)));
        let of_numbers = numbers().filter_map(|(part, number)| Some((part.place, i32::try_from(number.scale()).ok()?)));
        for (place, last) in of_figures.chain(of_numbers) {
            let known = &mut places[place as usize];
            *known = Some(known.map_or(last, |known: i32| known.max(last)));
        }
        let places = places.map(Option::unwrap_or_default);
        let cell = |((seat, part), like): (&(Seat, &Part), &Compact)| {
            let weight = u8::try_from(digits(like) + places[part.place as usize] - last_place(like)).ok()?;
            let sum = part.place as usize;
            (usize::from(weight) < POWERS.len()).then_some(Cell {
                seat: *seat,
                sum,
                negative: part.negative,
                like: *like,
                weight,
            })
        };
        let cells = seats.iter().zip(&firsts).map(cell).collect::<Option<Vec<_>>>()?;
        let mut sums = [0, 0, 1, 1];
        for (at, has) in [Place::UnderLeft, Place::UnderRight].into_iter().zip(equation.has_divisor) {
            sums[at as usize] = i64::from(!has);
        }
        for (part, number) in numbers() {
            let at = part.place as usize;
            let value = whole(number, places[at])?;
            sums[at] = if part.negative { sums[at].checked_sub(value)? } else { sums[at].checked_add(value)? };
        }
        // Each side is multiplied by the divisor of the other.
        let [of_left, of_right] = [places[0] + places[3], places[1] + places[2]];
        let finest = of_left.max(of_right);
        let mut form = Self { cells, sums, units: [power(finest - of_left)?, power(finest - of_right)?], most: None };
        let twice_half = |at: usize, over: i32| {
            let (figure, decimals) = (&firsts[at], i32::from(firsts[at].decimals));
            if figure.kind.is_exact(decimals) { Some(0) } else { power(finest - (decimals - figure.exponent()) - over) }
        };
        let at = |node: NodeId| totals.figures.iter().position(|figure| *figure == node);
        form.most = match rounding {
            _ if !is_distinct(&totals.figures) => None,
            Some(Rounding::Half) if is_plain => (0..firsts.len())
                .try_fold(0i64, |most, at| most.checked_add(twice_half(at, 0)?))
                .map(|most| (most, Place::UnderLeft)),
            // The right side is the target, if both can be.
            Some(Rounding::Result) => {
                let [left_is_over, right_is_over] = equation.has_divisor;
                let on_right = right.single().filter(|_| !right_is_over).map(|node| (node, Place::UnderLeft));
                let on_left = left.single().filter(|_| !left_is_over).map(|node| (node, Place::UnderRight));
                on_right
                    .or(on_left)
                    .and_then(|(node, under)| Some((twice_half(at(node)?, places[under as usize])?, under)))
            }
            _ => None,
        };
        Some(form)
    }

    /// Takes the figures of another block, the first of its records given, if those weigh what its own did.
    pub fn moves(&mut self, seats: &[(Seat, &Part)], first: NodeId, figures: &Figures) -> bool {
        let fixed = |seat: &Seat| matches!(seat, Seat::Fixed(_));
        let is_like = |(cell, (seat, _)): (&Cell, &(Seat, &Part))| {
            (cell.seat == *seat || fixed(&cell.seat) && fixed(seat))
                && figures.short(seat.of(first)).is_some_and(|figure| cell.is_like(figure))
        };
        // Two that stand elsewhere may be one.
        let moves = self.cells.len() == seats.len()
            && seats.iter().filter(|(seat, _)| fixed(seat)).count() <= 1
            && self.cells.iter().zip(seats).all(is_like);
        if moves {
            self.cells.iter_mut().zip(seats).for_each(|(cell, (seat, _))| cell.seat = *seat);
        }
        moves
    }

    /// Whether the tie of a record is known to hold; its figures are added to those of others either way.
    #[inline]
    pub fn holds(&self, this: NodeId, figures: &Figures, into: &mut Vec<NodeId>) -> Option<Holds> {
        let (mut sums, mut shows) = (self.sums, false);
        for cell in &self.cells {
            let node = cell.seat.of(this);
            let figure = figures.short(node).filter(|figure| cell.is_like(figure))?;
            let value = figure.mantissa.checked_mul(*POWERS.get(usize::from(cell.weight - figure.scale))?)?;
            let sum = &mut sums[cell.sum];
            *sum = if cell.negative { sum.checked_sub(value)? } else { sum.checked_add(value)? };
            shows |= value != 0;
            into.push(node);
        }
        let [left, right, under_left, under_right] = sums;
        if under_left == 0 || under_right == 0 {
            return None;
        }
        let first = i128::from(left.checked_mul(self.units[0])?) * i128::from(under_right);
        let second = i128::from(right.checked_mul(self.units[1])?) * i128::from(under_left);
        let exact = first == second;
        if !exact {
            let (most, of) = self.most?;
            let most = u128::from(most.unsigned_abs()) * u128::from(sums[of as usize].unsigned_abs());
            let difference = first.abs_diff(second);
            if difference.checked_add(difference)? > most {
                return None;
            }
        }
        Some(Holds { exact, shows })
    }
}

/// Whether no figure stands twice, which would move both ways at once.
pub fn is_distinct(figures: &[NodeId]) -> bool {
    // So few are compared each with each, which is quicker than sorting them.
    if figures.len() <= 8 {
        return figures.iter().enumerate().all(|(at, node)| !figures[..at].contains(node));
    }
    let mut sorted = figures.to_vec();
    sorted.sort_unstable();
    sorted.windows(2).all(|pair| pair[0] != pair[1])
}

/// How many digits behind the point its column has.
#[inline]
fn digits(figure: &Compact) -> i32 {
    i32::from(figure.scale).max(figure.decimals.into())
}

/// The last of them stands so many places behind the point, in the base of its unit.
fn last_place(figure: &Compact) -> i32 {
    digits(figure) - figure.exponent()
}

/// A number in units of a decimal place.
fn whole(number: Number, places: i32) -> Option<i64> {
    let lift = power(places - i32::try_from(number.scale()).ok()?)?;
    i64::try_from(number.mantissa()).ok()?.checked_mul(lift)
}
