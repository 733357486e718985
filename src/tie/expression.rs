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
#[derive(Clone, Debug)]
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
