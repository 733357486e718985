//! Values of an expression: at given values of its operands, and over their reaches.

use std::cmp::Ordering;

use super::{Expression, Function};
use crate::figure::{Number, Ratio, Reach};

/// Why an expression has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// A divisor is zero, or can be.
    ZeroDivisor,
    /// Does not fit in exact arithmetic.
    Overflow,
}

/// The value of an expression at given values of its operands.
///
/// # Errors
/// A divisor is zero, or a value does not fit.
pub fn evaluate(expression: &Expression, at: &dyn Fn(usize) -> Ratio) -> Result<Ratio, Stop> {
    match expression {
        Expression::Operand(index) => Ok(at(*index)),
        Expression::Constant(value) => Ok(*value),
        Expression::Sum(parts) => parts.iter().try_fold(Ratio::ZERO, |sum, (negative, part)| {
            let part = evaluate(part, at)?;
            sum.add(if *negative { part.neg() } else { part }).ok_or(Stop::Overflow)
        }),
        Expression::Product(left, right) => evaluate(left, at)?.mul(evaluate(right, at)?).ok_or(Stop::Overflow),
        Expression::Quotient(over, under) => {
            let (over, under) = (evaluate(over, at)?, evaluate(under, at)?);
            if under.is_zero() { Err(Stop::ZeroDivisor) } else { over.div(under).ok_or(Stop::Overflow) }
        }
        Expression::Mean(parts) => {
            let sum =
                parts.iter().try_fold(Ratio::ZERO, |sum, part| sum.add(evaluate(part, at)?).ok_or(Stop::Overflow))?;
            sum.div(count(parts)).ok_or(Stop::ZeroDivisor)
        }
        Expression::Call(function, parts) => {
            let values = parts.iter().map(|part| evaluate(part, at)).collect::<Result<Vec<_>, _>>()?;
            call(*function, &values)
        }
    }
}

fn count(parts: &[Expression]) -> Ratio {
    Number::from(i128::try_from(parts.len()).unwrap_or(i128::MAX)).into()
}

fn call(function: Function, values: &[Ratio]) -> Result<Ratio, Stop> {
    let choose = |wanted: Ordering| {
        let mut values = values.iter().copied();
        let first = values.next().ok_or(Stop::Overflow)?;
        Ok(values.fold(first, |best, value| if value.compare(best) == wanted { value } else { best }))
    };
    let first = values.first().copied().ok_or(Stop::Overflow)?;
    match function {
        Function::Min => choose(Ordering::Less),
        Function::Max => choose(Ordering::Greater),
        Function::Abs => Ok(first.abs()),
        Function::Round(decimals) => first.round(decimals).map(Ratio::from).ok_or(Stop::Overflow),
    }
}

/// A range that holds every value of an expression; exact where each operand stands once.
///
/// # Errors
/// A divisor can be zero, or a value does not fit.
pub fn range(expression: &Expression, reaches: &dyn Fn(usize) -> Reach) -> Result<Reach, Stop> {
    match expression {
        Expression::Operand(index) => Ok(reaches(*index)),
        Expression::Constant(value) => Ok(Reach::exact(*value)),
        Expression::Sum(parts) => parts.iter().try_fold(Reach::exact(Ratio::ZERO), |sum, (negative, part)| {
            let part = range(part, reaches)?;
            let (low, high) = if *negative { (part.high.neg(), part.low.neg()) } else { (part.low, part.high) };
            let add = |left: Ratio, right: Ratio| left.add(right).ok_or(Stop::Overflow);
            Ok(Reach { low: add(sum.low, low)?, high: add(sum.high, high)? })
        }),
        Expression::Product(left, right) => {
            let (left, right) = (range(left, reaches)?, range(right, reaches)?);
            around(
                [(left.low, right.low), (left.low, right.high), (left.high, right.low), (left.high, right.high)],
                Ratio::mul,
            )
        }
        Expression::Quotient(over, under) => {
            let (over, under) = (range(over, reaches)?, range(under, reaches)?);
            if under.low.signum() * under.high.signum() <= 0 {
                return Err(Stop::ZeroDivisor);
            }
            around(
                [(over.low, under.low), (over.low, under.high), (over.high, under.low), (over.high, under.high)],
                Ratio::div,
            )
        }
        Expression::Mean(parts) => {
            let sum = Expression::Sum(parts.iter().map(|part| (false, part.clone())).collect());
            let sum = range(&sum, reaches)?;
            let mean = |value: Ratio| value.div(count(parts)).ok_or(Stop::ZeroDivisor);
            Ok(Reach { low: mean(sum.low)?, high: mean(sum.high)? })
        }
        Expression::Call(function, parts) => {
            let ranges = parts.iter().map(|part| range(part, reaches)).collect::<Result<Vec<_>, _>>()?;
            let lows: Vec<Ratio> = ranges.iter().map(|reach| reach.low).collect();
            let highs: Vec<Ratio> = ranges.iter().map(|reach| reach.high).collect();
            let (low, high) = (call(*function, &lows)?, call(*function, &highs)?);
            let crosses = ranges.first().is_some_and(|reach| reach.low.signum() < 0 && reach.high.signum() > 0);
            if *function != Function::Abs {
                return Ok(Reach { low, high });
            }
            let high = call(Function::Max, &[low, high])?;
            Ok(Reach {
                low: if crosses { Ratio::ZERO } else { call(Function::Min, &[low, call(Function::Abs, &highs)?])? },
                high,
            })
        }
    }
}

fn around(pairs: [(Ratio, Ratio); 4], operation: fn(Ratio, Ratio) -> Option<Ratio>) -> Result<Reach, Stop> {
    let values = pairs
        .iter()
        .map(|(left, right)| operation(*left, *right).ok_or(Stop::Overflow))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Reach { low: call(Function::Min, &values)?, high: call(Function::Max, &values)? })
}

/// Whether each of the operands that can move stands at most to the first power above and below the
/// line of the whole fraction, so that its greatest and least values lie at the corners of the reaches.
#[must_use]
pub fn is_multilinear(expression: &Expression, moving: &[usize]) -> bool {
    degrees(expression, moving).is_some_and(|(over, under)| over.iter().chain(&under).all(|degree| *degree <= 1))
}

type Degrees = Vec<u32>;

fn degrees(expression: &Expression, moving: &[usize]) -> Option<(Degrees, Degrees)> {
    let none = || vec![0u32; moving.len()];
    let add =
        |left: &Degrees, right: &Degrees| left.iter().zip(right).map(|(left, right)| left + right).collect::<Degrees>();
    match expression {
        Expression::Constant(_) => Some((none(), none())),
        Expression::Operand(index) => {
            let mut over = none();
            if let Some(at) = moving.iter().position(|each| each == index) {
                over[at] = 1;
            }
            Some((over, none()))
        }
        Expression::Product(left, right) => {
            let (left, right) = (degrees(left, moving)?, degrees(right, moving)?);
            Some((add(&left.0, &right.0), add(&left.1, &right.1)))
        }
        Expression::Quotient(over, under) => {
            let (over, under) = (degrees(over, moving)?, degrees(under, moving)?);
            Some((add(&over.0, &under.1), add(&over.1, &under.0)))
        }
        Expression::Sum(parts) => together(parts.iter().map(|(_, part)| degrees(part, moving)), none),
        Expression::Mean(parts) => together(parts.iter().map(|part| degrees(part, moving)), none),
        Expression::Call(..) => None,
    }
}

/// Degrees of a sum brought over the product of the divisors of its parts.
fn together(
    parts: impl Iterator<Item = Option<(Degrees, Degrees)>>,
    none: impl Fn() -> Degrees,
) -> Option<(Degrees, Degrees)> {
    let parts = parts.collect::<Option<Vec<_>>>()?;
    let mut under = none();
    for part in &parts {
        under.iter_mut().zip(&part.1).for_each(|(total, degree)| *total += degree);
    }
    let mut over = none();
    for part in &parts {
        for (index, most) in over.iter_mut().enumerate() {
            *most = (*most).max(part.0[index] + under[index] - part.1[index]);
        }
    }
    Some((over, under))
}
