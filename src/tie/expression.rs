//! The expression of a tie: arithmetic over its operands.

use crate::figure::Ratio;

/// A function that is no plain arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// The least.
    Min,
    /// The greatest.
    Max,
    /// Without its sign.
    Abs,
    /// Rounded to so many decimals, halves away from zero.
    Round(u32),
}

/// Arithmetic over operands, which are named by their index in the tie.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// An operand.
    Operand(usize),
    /// An exact number.
    Constant(Ratio),
    /// A sum of any number of parts, each added or (if true) subtracted.
    Sum(Vec<(bool, Expression)>),
    /// A product.
    Product(Box<Expression>, Box<Expression>),
    /// A quotient.
    Quotient(Box<Expression>, Box<Expression>),
    /// The mean of at least one part.
    Mean(Vec<Expression>),
    /// A function of at least one argument.
    Call(Function, Vec<Expression>),
}

impl Expression {
    /// Whether it is one printed figure and nothing else.
    #[must_use]
    pub fn single(&self) -> Option<usize> {
        match self {
            Self::Operand(index) => Some(*index),
            Self::Sum(parts) => match &parts[..] {
                [(false, part)] => part.single(),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether something is divided in it.
    #[must_use]
    pub fn divides(&self) -> bool {
        match self {
            Self::Operand(_) | Self::Constant(_) => false,
            Self::Sum(parts) => parts.iter().any(|(_, part)| part.divides()),
            Self::Product(left, right) => left.divides() || right.divides(),
            Self::Quotient(..) | Self::Mean(_) => true,
            Self::Call(_, parts) => parts.iter().any(Self::divides),
        }
    }

    /// Every operand it names, in order, with repeats.
    pub fn operands(&self, into: &mut Vec<usize>) {
        match self {
            Self::Operand(index) => into.push(*index),
            Self::Constant(_) => {}
            Self::Sum(parts) => parts.iter().for_each(|(_, part)| part.operands(into)),
            Self::Product(left, right) | Self::Quotient(left, right) => {
                left.operands(into);
                right.operands(into);
            }
            Self::Mean(parts) | Self::Call(_, parts) => parts.iter().for_each(|part| part.operands(into)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Number;

    fn each(index: usize) -> Box<Expression> {
        Box::new(Expression::Operand(index))
    }

    #[test]
    fn one_figure_is_single_unless_something_is_done_to_it() {
        let sum = |parts: Vec<(bool, usize)>| {
            Expression::Sum(parts.into_iter().map(|(negative, index)| (negative, *each(index))).collect())
        };
        assert_eq!((each(3).single(), sum(vec![(false, 3)]).single()), (Some(3), Some(3)));
        assert_eq!((sum(vec![(true, 3)]).single(), sum(vec![(false, 3), (false, 4)]).single()), (None, None));
        assert_eq!((sum(vec![]).single(), Expression::Mean(vec![*each(3)]).single()), (None, None));
    }

    #[test]
    fn a_division_is_found_wherever_it_stands() {
        let two = || Box::new(Expression::Constant(Number::from(2).into()));
        let quotient = || Expression::Quotient(each(0), two());
        let product = |left, right| Expression::Product(left, right).divides();
        assert!(quotient().divides() && Expression::Mean(vec![*each(0)]).divides());
        assert!(product(each(0), Box::new(quotient())) && product(Box::new(quotient()), each(0)));
        assert!(!product(each(0), two()) && !each(0).divides() && !two().divides());
        assert!(Expression::Sum(vec![(false, *each(0)), (true, quotient())]).divides());
        assert!(!Expression::Sum(vec![(false, *each(0))]).divides());
        assert!(Expression::Call(Function::Max, vec![*each(0), quotient()]).divides());
        assert!(!Expression::Call(Function::Max, vec![*each(0)]).divides());
    }

    #[test]
    fn operands_are_named_in_order_with_repeats() {
        let inner = Expression::Product(each(2), Box::new(Expression::Quotient(each(0), each(2))));
        let means = Expression::Mean(vec![*each(4), Expression::Call(Function::Abs, vec![*each(1)])]);
        let mut named = Vec::new();
        Expression::Sum(vec![(false, inner), (true, means)]).operands(&mut named);
        assert_eq!(named, [2, 0, 2, 4, 1]);
    }
}
