//! A recomputation in one line, with the figures as they are printed.

use crate::figure::{Number, Ratio};
use crate::tie::{Expression, Function, Relation, Tie, Verdict};

/// Beyond so many parts a sum is cut in the middle.
const MOST_PARTS: usize = 12;

/// Values for people have at most this many decimals, unless they end sooner.
pub const DECIMALS: u32 = 6;

/// `10.61 + 5,864.03 = 5,874.64`: the side that is recomputed, and what it gives.
pub fn recomputation(tie: &Tie, literal: &dyn Fn(usize) -> String) -> Option<String> {
    let target = tie.targets.first().copied().filter(|_| tie.targets.len() == 1);
    let rest = if target.is_some() && tie.right.single() == target { &tie.left } else { &tie.right };
    let mut named = Vec::new();
    rest.operands(&mut named);
    // A figure that is merely compared needs no arithmetic.
    if named.is_empty() || rest.single().is_some() || tie.outcome.verdict == Verdict::Undecided {
        return None;
    }
    let target = tie.operands.get(target?)?.figure;
    let percent = target.is_some_and(|figure| figure.percent);
    let shown = side(rest, 0, Printed { literal, percent });
    let decimals = target.map_or(0, |figure| u32::try_from(figure.decimals).unwrap_or(0));
    let value = padded(tie.outcome.recomputed?, percent, decimals)?;
    Some(if shown == value { shown } else { format!("{shown} = {value}") })
}

/// A value with at least so many decimals, those of a figure in percent counted for its value.
fn padded(value: Ratio, percent: bool, decimals: u32) -> Option<String> {
    if !percent {
        return value.shown(DECIMALS).map(|number| number.pad(decimals).grouped());
    }
    let hundredfold = value.mul(Number::from(100).into())?.shown(DECIMALS)?;
    Some(format!("{}%", hundredfold.pad(decimals.saturating_sub(2)).grouped()))
}

/// The whole relation: `10.61 + 5,864.03 = 5,877.64`.
pub fn relation(tie: &Tie, literal: &dyn Fn(usize) -> String) -> String {
    let sign = match tie.relation {
        Relation::Equal => "=",
        Relation::Unequal => "≠",
        Relation::Less => "<",
        Relation::AtMost => "≤",
        Relation::Greater => ">",
        Relation::AtLeast => "≥",
    };
    let empty = |side: &Expression| matches!(side, Expression::Sum(parts) if parts.is_empty());
    if empty(&tie.left) && empty(&tie.right) {
        return (0..tie.operands.len()).map(literal).collect::<Vec<_>>().join("; ");
    }
    let percent = tie.targets.iter().all(|target| tie.operands[*target].figure.is_some_and(|figure| figure.percent));
    let printed = Printed { literal, percent };
    format!("{} {sign} {}", side(&tie.left, 0, printed), side(&tie.right, 0, printed))
}

/// How the figures of an expression are printed.
#[derive(Clone, Copy)]
struct Printed<'a> {
    /// A figure.
    literal: &'a dyn Fn(usize) -> String,
    /// Whether numbers that are added to figures are per cents, as these are.
    percent: bool,
}

/// One side; `outer` is how tightly what is around it binds: 1 in a sum, 2 in a product.
fn side(expression: &Expression, outer: u8, printed: Printed<'_>) -> String {
    let bracketed = |text: String, power: u8| if power < outer { format!("({text})") } else { text };
    match expression {
        Expression::Operand(index) => (printed.literal)(*index),
        Expression::Constant(value) => padded(*value, false, 0).unwrap_or_default(),
        Expression::Sum(parts) => {
            // A blank that takes part adds nothing.
            let blank = |part: &Expression| matches!(part, Expression::Sum(parts) if parts.is_empty());
            let parts: Vec<&(bool, Expression)> = parts.iter().filter(|(_, part)| !blank(part)).collect();
            let cut = parts.len() > MOST_PARTS;
            let mut text = String::new();
            for (at, (negative, part)) in parts.iter().enumerate() {
                if cut && at == MOST_PARTS - 2 {
                    text.push_str(" + …");
                }
                if cut && at >= MOST_PARTS - 2 && at + 1 < parts.len() {
                    continue;
                }
                text.push_str(match (at, negative) {
                    (0, false) => "",
                    (0, true) => "−",
                    (_, false) => " + ",
                    (_, true) => " − ",
                });
                let part = match part {
                    Expression::Constant(value) if printed.percent => padded(*value, true, 0).unwrap_or_default(),
                    part => side(part, if *negative { 2 } else { 1 }, printed),
                };
                text.push_str(&part);
            }
            if parts.is_empty() { "0".to_owned() } else { bracketed(text, if parts.len() == 1 { 3 } else { 1 }) }
        }
        Expression::Product(left, right) => {
            bracketed(format!("{} × {}", side(left, 2, printed), side(right, 2, printed)), 2)
        }
        Expression::Quotient(over, under) => {
            bracketed(format!("{} ÷ {}", side(over, 2, printed), side(under, 3, printed)), 2)
        }
        Expression::Mean(parts) => format!("mean({})", list(parts, printed)),
        Expression::Call(function, parts) => {
            let name = match function {
                Function::Min => "min",
                Function::Max => "max",
                Function::Abs => "abs",
                Function::Round(_) => "round",
            };
            format!("{name}({})", list(parts, printed))
        }
    }
}

fn list(parts: &[Expression], printed: Printed<'_>) -> String {
    parts.iter().map(|part| side(part, 0, printed)).collect::<Vec<_>>().join(", ")
}
