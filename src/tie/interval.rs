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

#[cfg(test)]
mod tests {
    use super::*;

    fn number(value: i128) -> Ratio {
        Number::from(value).into()
    }

    fn each(index: usize) -> Expression {
        Expression::Operand(index)
    }

    /// The ends of an expression's range over two figures of the given ends.
    fn ends(expression: &Expression, reaches: [(i128, i128); 2]) -> Result<(Ratio, Ratio), Stop> {
        let reach = |index: usize| Reach { low: number(reaches[index].0), high: number(reaches[index].1) };
        range(expression, &reach).map(|reach| (reach.low, reach.high))
    }

    #[test]
    fn sizes_reach_from_zero_only_where_the_sign_can_change() {
        let size = Expression::Call(Function::Abs, vec![each(0)]);
        let ends = |low, high| ends(&size, [(low, high), (0, 0)]);
        assert_eq!(ends(-3, 2), Ok((number(0), number(3))));
        assert_eq!(ends(-2, 3), Ok((number(0), number(3))));
        assert_eq!(ends(2, 5), Ok((number(2), number(5))));
        assert_eq!(ends(-5, -2), Ok((number(2), number(5))));
        assert_eq!((ends(0, 3), ends(-3, 0)), (Ok((number(0), number(3))), Ok((number(0), number(3)))));
    }

    #[test]
    fn a_divisor_that_can_be_zero_stops() {
        let quotient = Expression::Quotient(Box::new(each(0)), Box::new(each(1)));
        assert_eq!(ends(&quotient, [(4, 8), (1, 2)]), Ok((number(2), number(8))));
        assert_eq!(ends(&quotient, [(4, 8), (-2, -1)]), Ok((number(-8), number(-2))));
        for divisor in [(-1, 1), (0, 1), (-1, 0), (0, 0)] {
            assert_eq!(ends(&quotient, [(4, 8), divisor]), Err(Stop::ZeroDivisor), "{divisor:?}");
        }
    }

    #[test]
    fn differences_products_and_means_span_their_ends() {
        let difference = Expression::Sum(vec![(false, each(0)), (true, each(1))]);
        assert_eq!(ends(&difference, [(1, 2), (10, 20)]), Ok((number(-19), number(-8))));
        let product = Expression::Product(Box::new(each(0)), Box::new(each(1)));
        assert_eq!(ends(&product, [(-2, 3), (-5, 7)]), Ok((number(-15), number(21))));
        assert_eq!(ends(&product, [(-4, 3), (-5, 2)]), Ok((number(-15), number(20))));
        assert_eq!(ends(&Expression::Mean(vec![each(0), each(1)]), [(1, 3), (5, 9)]), Ok((number(3), number(6))));
        let most = Expression::Call(Function::Max, vec![each(0), each(1)]);
        assert_eq!(ends(&most, [(1, 9), (5, 6)]), Ok((number(5), number(9))));
    }

    #[test]
    fn a_figure_squared_or_on_both_sides_of_a_line_has_no_corners() {
        let boxed = |index| Box::new(each(index));
        let product = |left, right| Expression::Product(Box::new(left), Box::new(right));
        let over = |left, right| Expression::Quotient(Box::new(left), Box::new(right));
        let sum = |left, right| Expression::Sum(vec![(false, left), (true, right)]);
        let fits = |expression: &Expression| is_multilinear(expression, &[0, 1]);
        assert!(fits(&Expression::Product(boxed(0), boxed(1))));
        assert!(!fits(&Expression::Product(boxed(0), boxed(0))));
        assert!(is_multilinear(&Expression::Product(boxed(2), boxed(2)), &[0, 1]), "it does not move");
        assert!(fits(&over(each(0), sum(each(0), each(1)))));
        // (a − b) ÷ b − 1 is a over b; a ÷ b − b is not, nor a ÷ b ÷ b.
        assert!(fits(&sum(over(sum(each(0), each(1)), each(1)), Expression::Constant(number(1)))));
        assert!(!fits(&sum(over(each(0), each(1)), each(1))));
        assert!(!fits(&over(over(each(0), each(1)), each(1))));
        assert!(fits(&over(each(0), over(each(1), Expression::Constant(number(2))))));
        assert!(!fits(&product(over(each(0), each(1)), each(0))));
        // Parts are brought over the product of their divisors, here b².
        assert!(!fits(&sum(over(Expression::Constant(number(1)), each(1)), over(each(0), each(1)))));
        assert!(fits(&Expression::Mean(vec![each(0), each(1)])));
        assert!(!fits(&Expression::Call(Function::Abs, vec![each(0)])));
    }
}
