//! The form of an equation, by which its finding is worded.

use crate::tie::{Expression, Operand, TieKind};

/// The form of `left = right`.
#[must_use]
pub fn shape(left: &Expression, right: &Expression, target: Option<usize>, operands: &[Operand]) -> TieKind {
    let rest = if target.is_some() && right.single() == target { left } else { right };
    if operands.iter().any(|operand| operand.figure.is_none()) && matches!(rest, Expression::Constant(_)) {
        return TieKind::Count;
    }
    form(rest)
}

fn form(expression: &Expression) -> TieKind {
    match expression {
        Expression::Operand(_) | Expression::Constant(_) => TieKind::Equal,
        Expression::Sum(parts) => match &parts[..] {
            [(false, only)] => form(only),
            _ if parts.iter().any(|(negative, _)| *negative) => TieKind::Difference,
            _ => TieKind::Sum,
        },
        Expression::Mean(_) => TieKind::Average,
        Expression::Quotient(over, under) => quotient(over, under),
        Expression::Product(left, right) => match (&**left, &**right) {
            (Expression::Quotient(over, under), _) | (_, Expression::Quotient(over, under)) => quotient(over, under),
            _ => TieKind::Other,
        },
        Expression::Call(..) => TieKind::Other,
    }
}

fn quotient(over: &Expression, under: &Expression) -> TieKind {
    let named = |expression: &Expression| {
        let mut list = Vec::new();
        expression.operands(&mut list);
        list
    };
    let (above, below) = (named(over), named(under));
    let subtracts = matches!(over, Expression::Sum(parts) if parts.iter().any(|(negative, _)| *negative));
    match (subtracts, above.iter().any(|index| below.contains(index))) {
        (true, true) => TieKind::RelativeChange,
        (false, true) => TieKind::Share,
        _ => TieKind::Ratio,
    }
}
