//! Linear expressions: exact coefficients, so that a figure that stands twice is one figure.

use super::Expression;
use crate::figure::{Number, Ratio, Reach};

/// `Σ coefficient × operand + constant`.
#[derive(Clone, Debug)]
pub struct Linear {
    /// Coefficients by operand, each operand once.
    pub coefficients: Vec<(usize, Ratio)>,
    /// The rest.
    pub constant: Ratio,
}

/// The linear form of an expression, operands of a single value taken as constants;
/// `None` if it is not linear in the rest, or does not fit.
#[must_use]
pub fn linear(expression: &Expression, reaches: &dyn Fn(usize) -> Reach) -> Option<Linear> {
    let mut form = form(expression, reaches)?;
    form.coefficients.sort_by_key(|(index, _)| *index);
    let mut merged: Vec<(usize, Ratio)> = Vec::with_capacity(form.coefficients.len());
    for (index, coefficient) in form.coefficients {
        match merged.last_mut() {
            Some((last, total)) if *last == index => *total = total.add(coefficient)?,
            _ => merged.push((index, coefficient)),
        }
    }
    Some(Linear { coefficients: merged, constant: form.constant })
}

fn form(expression: &Expression, reaches: &dyn Fn(usize) -> Reach) -> Option<Linear> {
    let constant = |constant| Linear { coefficients: Vec::new(), constant };
    Some(match expression {
        Expression::Constant(value) => constant(*value),
        Expression::Operand(index) => {
            let reach = reaches(*index);
            if reach.is_point() {
                constant(reach.low)
            } else {
                Linear { coefficients: vec![(*index, Number::ONE.into())], constant: Ratio::ZERO }
            }
        }
        Expression::Sum(parts) => {
            let mut sum = constant(Ratio::ZERO);
            for (negative, part) in parts {
                let part = form(part, reaches)?;
                let sign = |value: Ratio| if *negative { value.neg() } else { value };
                sum.constant = sum.constant.add(sign(part.constant))?;
                sum.coefficients.extend(part.coefficients.into_iter().map(|(index, value)| (index, sign(value))));
            }
            sum
        }
        Expression::Mean(parts) => {
            let count = Ratio::from(Number::from(i128::try_from(parts.len()).ok()?));
            let sum = Expression::Sum(parts.iter().map(|part| (false, part.clone())).collect());
            scaled(form(&sum, reaches)?, Ratio::from(Number::ONE).div(count)?)?
        }
        Expression::Product(left, right) => {
            let (left, right) = (form(left, reaches)?, form(right, reaches)?);
            match (left.coefficients.is_empty(), right.coefficients.is_empty()) {
                (true, _) => scaled(right, left.constant)?,
                (_, true) => scaled(left, right.constant)?,
                _ => return None,
            }
        }
        Expression::Quotient(over, under) => {
            let (over, under) = (form(over, reaches)?, form(under, reaches)?);
            if !under.coefficients.is_empty() {
                return None;
            }
            scaled(over, Ratio::from(Number::ONE).div(under.constant)?)?
        }
        Expression::Call(..) => return None,
    })
}

fn scaled(form: Linear, factor: Ratio) -> Option<Linear> {
    let coefficients =
        form.coefficients.into_iter().map(|(index, value)| Some((index, value.mul(factor)?))).collect::<Option<_>>()?;
    Some(Linear { coefficients, constant: form.constant.mul(factor)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn each(index: usize) -> Box<Expression> {
        Box::new(Expression::Operand(index))
    }

    fn whole(value: i128) -> Box<Expression> {
        Box::new(Expression::Constant(Number::from(value).into()))
    }

    /// Coefficients and constant of an expression over figures of which the last, 7, is exact.
    fn shown(expression: &Expression) -> Option<(Vec<(usize, String)>, String)> {
        let seven = Ratio::from(Number::from(7));
        let reach = |index| if index < 3 { Reach::half_unit(seven, 0) } else { Some(Reach::exact(seven)) };
        let decimal = |value: Ratio| value.exact().map(|number| number.to_string());
        let form = linear(expression, &|index| reach(index).unwrap())?;
        let coefficients = form.coefficients.into_iter().map(|(index, value)| Some((index, decimal(value)?)));
        Some((coefficients.collect::<Option<_>>()?, decimal(form.constant)?))
    }

    #[test]
    fn coefficients_of_a_figure_are_added_up_wherever_it_stands() {
        let difference = Expression::Sum(vec![(false, *each(1)), (true, *each(0)), (false, *whole(3))]);
        let twice = Expression::Product(whole(2), Box::new(difference.clone()));
        assert_eq!(shown(&twice), Some((vec![(0, "-2".into()), (1, "2".into())], "6".into())));
        let turned = Expression::Product(Box::new(difference.clone()), whole(2));
        assert_eq!(shown(&turned), shown(&twice));
        let sum = Expression::Sum(vec![(false, twice), (true, *each(1)), (true, *each(3))]);
        assert_eq!(shown(&sum), Some((vec![(0, "-2".into()), (1, "1".into())], "-1".into())));
        let mean = Expression::Mean(vec![*each(0), *each(1), *each(0), *whole(2)]);
        assert_eq!(shown(&mean), Some((vec![(0, "0.5".into()), (1, "0.25".into())], "0.5".into())));
        let quotient = Expression::Quotient(Box::new(difference), whole(2));
        assert_eq!(shown(&quotient), Some((vec![(0, "-0.5".into()), (1, "0.5".into())], "1.5".into())));
    }

    #[test]
    fn what_moves_in_both_factors_or_below_the_line_is_not_linear() {
        assert_eq!(shown(&Expression::Product(each(0), each(1))), None);
        assert_eq!(shown(&Expression::Quotient(whole(1), each(0))), None);
        assert_eq!(shown(&Expression::Quotient(each(0), whole(0))), None);
        assert_eq!(shown(&Expression::Product(each(0), each(3))), Some((vec![(0, "7".into())], "0".into())));
        assert_eq!(shown(&Expression::Call(crate::tie::Function::Abs, vec![*each(0)])), None);
    }
}
