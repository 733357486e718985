//! A form that a column of a table may be of others, tried on its lines in whole numbers.

use super::grid::{Cell, Grid, Line};
use crate::document::Role;
use crate::figure::{Number, Rounding};
use crate::tie::{Expression, Operand};

/// What is divided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Divisor {
    /// The figure of a column in the same line.
    Own(usize),
    /// That of the column in the total of the table.
    Total(usize),
}

/// What a column may be of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// The sum of columns, each added or (if true) subtracted.
    Sum(Vec<(bool, usize)>),
    /// A column, or several together, over another or over the total.
    Quotient(Vec<usize>, Divisor),
    /// How much more the first column is than the second, over the second.
    Change(usize, usize),
    /// How much more a column is than in the line before, or (if true) behind, over that: years one below the other.
    Growth(usize, bool),
    /// One column times another, a price and a quantity.
    Product(usize, usize),
    /// What the line before printed, and a column: a running total.
    Running(usize),
    /// Several columns, of which each counts for so many per cent, over their sum: `满意度`, which weighs answers, or the
    /// share of one.
    Weighted(Vec<(u8, usize)>),
}

/// How a column prints what it is of others.
#[derive(Clone, Copy, Debug)]
pub struct Print {
    /// So many digits before the point of what it is: two in per cent without a sign.
    pub shift: u32,
    /// Whether what is divided may have been rounded, too.
    pub rounding: Rounding,
}

/// What a line says of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// It holds, as it would by chance.
    Trivial,
    /// It holds, to so many digits besides the first.
    Holds(u32),
    /// It does not.
    Broken,
}

/// So many columns together may be what a sum lacks.
const MOST_LACKING: usize = 6;

/// More digits than so many besides the first say no more.
const MOST_DIGITS: u32 = 3;

impl Form {
    /// Whether it is a rate or a share.
    pub fn divides(&self) -> bool {
        matches!(self, Self::Quotient(..) | Self::Change(..) | Self::Growth(..) | Self::Weighted(_))
    }

    /// Whether something is taken away.
    pub fn subtracts(&self) -> bool {
        matches!(self, Self::Sum(parts) if parts.iter().any(|(negative, _)| *negative))
    }

    /// Whether the line of that index keeps it; `None` where one of its figures is not there, or the line says nothing
    /// of it.
    pub fn fit(&self, grid: &Grid, target: usize, at: usize, print: Print) -> Option<Fit> {
        let line = grid.lines.get(at)?;
        let printed = line.cells.get(target)?.as_ref()?;
        let cell = |at: &usize| line.cells.get(*at)?.as_ref();
        match self {
            // A line of rates is no sum across where others are of amounts.
            Self::Sum(_) if printed.is_percent() != grid.prints_percent(target) => None,
            Self::Sum(parts) => {
                let cells = parts.iter().map(|(_, at)| cell(at)).collect::<Option<Vec<&Cell>>>()?;
                let (mut rest, mut allowance) = (printed.value, printed.half);
                for ((negative, _), part) in parts.iter().zip(&cells) {
                    rest = if *negative { rest.checked_add(part.value)? } else { rest.checked_sub(part.value)? };
                    allowance = allowance.checked_add(part.half)?;
                }
                let filled = cells.iter().filter(|part| part.value != 0);
                let shows = filled.clone().count() > 1 && printed.value != 0;
                // A part that is small beside the others says little.
                let digits = filled.map(|part| part.digits + 1).chain([printed.digits]).min().unwrap_or(0);
                match rest.checked_abs()? <= allowance {
                    false if !line.adds() || is_mean(printed, parts, &cells) => None,
                    holds => Some(fit(holds, shows, digits)),
                }
            }
            Self::Quotient(over, under) => {
                let (mut value, mut half) = (0_i128, 0_i128);
                for part in over {
                    let part = cell(part)?;
                    (value, half) = (value.checked_add(part.value)?, half.checked_add(part.half)?);
                }
                let under = match under {
                    Divisor::Own(under) => cell(under)?,
                    Divisor::Total(_) if line.is_total() => return None,
                    Divisor::Total(under) => grid.total()?.cells.get(*under)?.as_ref()?,
                };
                divided(grid, printed, (value, half), under, print)
            }
            Self::Change(new, old) => change(grid, printed, cell(new)?, cell(old)?, print),
            Self::Growth(column, is_behind) => {
                change(grid, printed, cell(column)?, next_to(grid, *column, at, *is_behind)?, print)
            }
            Self::Product(one, other) => {
                let (one, other) = (cell(one)?, cell(other)?);
                if line.is_total() || one.value == 0 || other.value == 0 {
                    return None;
                }
                // printed × one − one × other, all on one scale.
                let rest = printed.value.checked_mul(grid.one)?.checked_sub(one.value.checked_mul(other.value)?)?;
                let allowance = printed.half.checked_mul(grid.one)?;
                let shows = one.value != grid.one && other.value != grid.one;
                Some(fit(rest.checked_abs()? <= allowance, shows, printed.digits))
            }
            Self::Weighted(parts) => {
                let cells = parts.iter().map(|(_, at)| cell(at)).collect::<Option<Vec<&Cell>>>()?;
                let (mut whole, mut worth) = (0_i128, 0_i128);
                for ((weight, _), part) in parts.iter().zip(cells) {
                    whole = whole.checked_add(part.value)?;
                    worth = worth.checked_add(part.value.checked_mul((*weight).into())?)?;
                }
                if whole <= 0 {
                    return None;
                }
                let one = grid.one.checked_mul(10_i128.checked_pow(print.shift)?)?;
                // printed × whole × 100 − worth × one, all on one scale: answers are counted, and not rounded.
                let whole = whole.checked_mul(100)?;
                let rest = printed.value.checked_mul(whole)?.checked_sub(worth.checked_mul(one)?)?;
                let allowance = printed.half.checked_mul(whole)?;
                match rest.checked_abs()? <= allowance {
                    // The total may weigh the lines instead.
                    false if line.is_total() => None,
                    holds => Some(fit(holds, worth != 0 && worth != whole, printed.digits)),
                }
            }
            Self::Running(more) => {
                let (before, more) = (next_to(grid, target, at, false)?, cell(more)?);
                // 全年: the total, by whatever name.
                if before.value == printed.value && more.value == printed.value {
                    return None;
                }
                let rest = printed.value.checked_sub(before.value)?.checked_sub(more.value)?;
                let allowance = printed.half.checked_add(before.half)?.checked_add(more.half)?;
                let shows = before.value != 0 && more.value != 0;
                Some(fit(rest.checked_abs()? <= allowance, shows, printed.digits.min(more.digits + 1)))
            }
        }
    }

    /// The digits that show that what a running total is off by in one line is made up for in the next, so that only one
    /// figure is wrong.
    pub fn made_up(&self, grid: &Grid, target: usize, first: usize, second: usize) -> Option<u32> {
        let Self::Running(more) = self else { return None };
        let cell = |at: usize, column: usize| grid.lines.get(at)?.cells.get(column)?.as_ref();
        let off = |at: usize| {
            cell(at, target)?
                .value
                .checked_sub(next_to(grid, target, at, false)?.value)?
                .checked_sub(cell(at, *more)?.value)
        };
        let (one, other) = (off(first)?, off(second)?);
        let shown = cell(second, target)?.digits.min(cell(second, *more)?.digits);
        (second == first + 1 && one == other.checked_neg()?).then(|| shown.saturating_sub(1))
    }

    /// The columns of a line that take part, the target apart.
    pub fn columns(&self) -> Vec<usize> {
        match self {
            Self::Sum(parts) => parts.iter().map(|(_, at)| *at).collect(),
            Self::Change(one, other) | Self::Product(one, other) => vec![*one, *other],
            Self::Quotient(over, Divisor::Own(under)) => over.iter().chain([under]).copied().collect(),
            Self::Quotient(over, Divisor::Total(_)) => over.clone(),
            Self::Running(column) | Self::Growth(column, _) => vec![*column],
            Self::Weighted(parts) => parts.iter().map(|(_, at)| *at).collect(),
        }
    }

    /// The figures that take part in the line of that index, in order.
    pub fn operands(&self, grid: &Grid, target: usize, at: usize) -> Option<Vec<Operand>> {
        let line = grid.lines.get(at)?;
        let own = |at: usize| Some(line.cells.get(at)?.as_ref()?.operand.clone());
        match self {
            Self::Sum(parts) => parts.iter().map(|(_, at)| own(*at)).collect(),
            Self::Change(one, other) | Self::Product(one, other) => Some(vec![own(*one)?, own(*other)?]),
            Self::Running(more) => Some(vec![next_to(grid, target, at, false)?.operand.clone(), own(*more)?]),
            Self::Growth(column, is_behind) => {
                Some(vec![own(*column)?, next_to(grid, *column, at, *is_behind)?.operand.clone()])
            }
            Self::Weighted(parts) => parts.iter().map(|(_, at)| own(*at)).collect(),
            Self::Quotient(over, under) => {
                let under = match under {
                    Divisor::Own(under) => own(*under),
                    Divisor::Total(under) => grid.total()?.cells.get(*under)?.as_ref().map(|cell| cell.operand.clone()),
                };
                over.iter().map(|at| own(*at)).chain([under]).collect()
            }
        }
    }

    /// The expression over the operands.
    pub fn expression(&self, shift: u32) -> Expression {
        let operand = |at: usize| Box::new(Expression::Operand(at));
        let quotient = match self {
            Self::Sum(parts) => {
                let part = |(at, (negative, _)): (usize, &(bool, usize))| (*negative, Expression::Operand(at));
                return Expression::Sum(parts.iter().enumerate().map(part).collect());
            }
            Self::Quotient(over, _) => {
                let parts = (0..over.len()).map(|at| (false, Expression::Operand(at))).collect();
                let above = if over.len() == 1 { operand(0) } else { Box::new(Expression::Sum(parts)) };
                Expression::Quotient(above, operand(over.len()))
            }
            Self::Product(..) => return Expression::Product(operand(0), operand(1)),
            Self::Running(_) => return Expression::Sum(vec![(false, *operand(0)), (false, *operand(1))]),
            Self::Weighted(parts) => {
                let worth = |(at, (weight, _)): (usize, &(u8, usize))| match weight {
                    0 => None,
                    100 => Some((false, *operand(at))),
                    _ => {
                        let weight = Expression::Constant(Number::new((*weight).into(), 2).into());
                        Some((false, Expression::Product(operand(at), Box::new(weight))))
                    }
                };
                let worth = Expression::Sum(parts.iter().enumerate().filter_map(worth).collect());
                let whole = Expression::Sum((0..parts.len()).map(|at| (false, *operand(at))).collect());
                Expression::Quotient(Box::new(worth), Box::new(whole))
            }
            Self::Change(..) | Self::Growth(..) => {
                let more = Expression::Sum(vec![(false, *operand(0)), (true, *operand(1))]);
                Expression::Quotient(Box::new(more), operand(1))
            }
        };
        let times = i32::try_from(shift).ok().and_then(Number::power_of_ten).filter(|_| shift > 0);
        match times {
            Some(times) => Expression::Product(Box::new(quotient), Box::new(Expression::Constant(times.into()))),
            None => quotient,
        }
    }

    /// What a line prints more than a sum, and how far rounding could go if each of its figures were off by a whole
    /// digit; nothing of other forms.
    fn rest(&self, target: usize, line: &Line) -> Option<(i128, i128)> {
        let Self::Sum(parts) = self else { return None };
        let cell =
            |at: usize| line.cells.get(at).and_then(Option::as_ref).map_or((0, 0), |cell| (cell.value, cell.half));
        let (printed, half) = cell(target);
        let off = parts.iter().fold((printed, half), |(rest, halves), (negative, at)| {
            let (value, half) = cell(*at);
            let rest = if *negative { rest.saturating_add(value) } else { rest.saturating_sub(value) };
            (rest, halves.saturating_add(half))
        });
        Some((off.0, off.1.saturating_mul(2)))
    }

    /// Whether a line is off by no more than rounding that was done with less care than to the nearest digit.
    pub fn is_hardly_off(&self, target: usize, line: &Line) -> bool {
        self.rest(target, line).is_some_and(|(rest, most)| rest.saturating_abs() <= most)
    }

    /// Whether what a line lacks or has too much by a sum stands in others of its columns.
    pub fn lacks_a_column(&self, target: usize, line: &Line) -> bool {
        let (Self::Sum(parts), Some((rest, _))) = (self, self.rest(target, line)) else { return false };
        let value = |at: usize| line.cells.get(at).and_then(Option::as_ref).map_or(0, |cell| cell.value);
        let others = (0..line.cells.len()).filter(|at| *at != target && parts.iter().all(|(_, part)| part != at));
        let others: Vec<i128> = others.map(value).collect();
        // Several of them, that stand side by side but for the parts, may be what is lacking together.
        (0..others.len()).any(|from| {
            let mut sum = 0_i128;
            others[from..].iter().take(MOST_LACKING).any(|other| {
                sum = sum.saturating_add(*other);
                sum != 0 && sum.saturating_abs() == rest.saturating_abs()
            })
        })
    }

    /// Whether the total prints the mean or the sum of the rates above it, and not its own.
    pub fn is_mean_or_sum(&self, grid: &Grid, target: usize) -> bool {
        let cell = |line: &Line| line.cells.get(target).and_then(Option::as_ref).map(|cell| (cell.value, cell.half));
        let Some((total, half)) = grid.total().and_then(cell) else { return false };
        let above: Vec<(i128, i128)> = grid.lines.iter().filter(|line| !line.is_total()).filter_map(cell).collect();
        let sum = above.iter().fold(0_i128, |sum, (value, _)| sum.saturating_add(*value));
        let halves = above.iter().fold(0_i128, |sum, (_, half)| sum.saturating_add(*half));
        let count = i128::try_from(above.len()).unwrap_or(i128::MAX);
        let near =
            |printed: i128, half: i128| printed.saturating_sub(sum).saturating_abs() <= halves.saturating_add(half);
        near(total, half) || near(total.saturating_mul(count), half.saturating_mul(count))
    }
}

/// What the line before another, or behind it, prints in a column, both items of the table.
fn next_to(grid: &Grid, column: usize, at: usize, is_behind: bool) -> Option<&Cell> {
    let is_item = |line: &&Line| line.role == Role::Item;
    grid.lines.get(at).filter(is_item)?;
    let other = if is_behind { at.checked_add(1)? } else { at.checked_sub(1)? };
    grid.lines.get(other).filter(is_item)?.cells.get(column)?.as_ref()
}

/// Whether a printed rate is how much more there is than there was.
fn change(grid: &Grid, printed: &Cell, new: &Cell, old: &Cell, print: Print) -> Option<Fit> {
    // Of a negative base some print the change over its amount.
    if old.value < 0 {
        return None;
    }
    let (more, half) = (new.value.checked_sub(old.value)?, new.half.checked_add(old.half)?);
    divided(grid, printed, (more, half), old, print)
}

/// Whether a line prints a mean of several parts where others print their sum, as one of prices does.
fn is_mean(printed: &Cell, parts: &[(bool, usize)], cells: &[&Cell]) -> bool {
    let values = cells.iter().map(|part| part.value);
    let sum = values.clone().fold(0_i128, i128::saturating_add);
    let is_inside = values.clone().min() <= Some(printed.value) && Some(printed.value) <= values.max();
    let adds = parts.len() > 2 && parts.iter().all(|(negative, _)| !negative);
    adds && is_inside && sum.saturating_abs().saturating_mul(2) > printed.value.saturating_abs().saturating_mul(3)
}

fn fit(holds: bool, shows: bool, digits: u32) -> Fit {
    match (holds, shows) {
        (true, true) => Fit::Holds(digits.saturating_sub(1).min(MOST_DIGITS)),
        (true, false) => Fit::Trivial,
        (false, _) => Fit::Broken,
    }
}

/// Whether a printed rate is a quotient; what is not filled in, or has nothing to divide, says nothing.
fn divided(grid: &Grid, printed: &Cell, over: (i128, i128), under: &Cell, print: Print) -> Option<Fit> {
    let is_exact = print.rounding == Rounding::Result;
    let (over, over_half) = if is_exact { (over.0, 0) } else { over };
    let under_half = if is_exact { 0 } else { under.half };
    if under.value == 0 || (printed.value == 0 && over != 0) {
        return None;
    }
    let one = grid.one.checked_mul(10_i128.checked_pow(print.shift)?)?;
    // printed × under − over × one, all on one scale.
    let rest = printed.value.checked_mul(under.value)?.checked_sub(over.checked_mul(one)?)?;
    let allowance = printed.half.checked_mul(under.value.checked_abs()?)?;
    let allowance = allowance.checked_add(over_half.checked_mul(one)?)?;
    let allowance =
        allowance.checked_add(printed.value.checked_abs()?.checked_add(printed.half)?.checked_mul(under_half)?)?;
    // What may have been rounded shows no more digits than it prints.
    let digits = if is_exact { printed.digits } else { printed.digits.min(under.digits) };
    Some(fit(rest.checked_abs()? <= allowance, over != 0 && over != under.value, digits))
}
