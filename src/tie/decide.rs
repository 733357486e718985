//! Decides a tie: pure arithmetic on the values its figures can stand for.
//!
//! The model is that of XBRL Calculations 1.1: a printed figure stands for every value within half a
//! unit of its last digit, and a relation holds if some such values satisfy it.

use std::cmp::Ordering;

use super::interval::{Stop, evaluate, is_multilinear, range};
use super::linear::linear;
use super::{Expression, Operand, Outcome, Reason, Tie, Verdict};
use crate::figure::{Number, Ratio, Reach, Rounding};

/// How the two sides must stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// `=`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

/// How the figures of a tie may have been rounded.
#[derive(Clone, Copy, Debug, Default)]
pub struct Settings {
    /// The model.
    pub rounding: Rounding,
    /// Added to the reach of the target, in its unit.
    pub within: Option<Ratio>,
}

/// The blank cells of a sum.
#[derive(Clone, Copy, Debug, Default)]
pub struct Blanks {
    /// How many of its items are blank.
    pub count: usize,
    /// Whether what they stand for can be negative.
    pub can_be_negative: bool,
    /// Whether they stand on the right side.
    pub on_right: bool,
    /// Whether they stand on both sides, so that they may make up for each other.
    pub on_both: bool,
}

/// Beyond so many figures that can move, corners are too many and the outer range is taken.
const MOST_CORNERS: usize = 8;

/// Decides whether `left relation right` holds for its operands.
#[must_use]
pub fn decide(
    left: &Expression,
    relation: Relation,
    right: &Expression,
    operands: &[Operand],
    target: Option<usize>,
    settings: &Settings,
    blanks: Blanks,
) -> Outcome {
    Claim { left, relation, right, operands, other: None, target, settings }.outcome(blanks)
}

/// The same, if the operand of that index were another.
#[must_use]
pub fn decide_with(tie: &Tie, other: (usize, &Operand), target: Option<usize>, blanks: Blanks) -> Outcome {
    let Tie { left, relation, right, operands, settings, .. } = tie;
    Claim { left, relation: *relation, right, operands, other: Some(other), target, settings }.outcome(blanks)
}

/// What a tie claims of its figures.
#[derive(Clone, Copy)]
struct Claim<'a> {
    left: &'a Expression,
    relation: Relation,
    right: &'a Expression,
    operands: &'a [Operand],
    /// One of them, by its index, may be another than what is printed.
    other: Option<(usize, &'a Operand)>,
    target: Option<usize>,
    settings: &'a Settings,
}

impl<'a> Claim<'a> {
    fn operand(self, index: usize) -> &'a Operand {
        match self.other {
            Some((changed, other)) if changed == index => other,
            _ => &self.operands[index],
        }
    }

    fn value(self, index: usize) -> Ratio {
        self.operand(index).value
    }

    /// What an operand can stand for.
    fn reach(self, index: usize, is_target: bool) -> Reach {
        let operand = self.operand(index);
        match self.settings.rounding {
            Rounding::Half => operand.reach,
            Rounding::Result if is_target => operand.reach,
            Rounding::Result | Rounding::Exact => Reach::exact(operand.value),
        }
    }

    /// The exponent of the target's unit.
    fn exponent(self) -> i32 {
        self.target.and_then(|target| self.operand(target).figure?.unit).map_or(0, |unit| unit.exponent)
    }

    /// `within`, in the base of the target's unit.
    fn within(self) -> Result<Ratio, Stop> {
        let Some(within) = self.settings.within else { return Ok(Ratio::ZERO) };
        let factor = Number::power_of_ten(self.exponent()).ok_or(Stop::Overflow)?;
        within.mul(factor.into()).ok_or(Stop::Overflow)
    }

    /// Whether the target is the right side.
    fn is_turned(self) -> bool {
        self.target.is_some() && self.right.single() == self.target
    }

    fn outcome(self, blanks: Blanks) -> Outcome {
        let weighed = if self.relation == Relation::Equal { self.equal() } else { self.order() };
        let outcome = weighed.unwrap_or_else(|stop| {
            Outcome::undecided(match stop {
                Stop::ZeroDivisor => Reason::ZeroDivisor,
                Stop::Overflow => Reason::Overflow,
            })
        });
        // A blank beside the target takes from it; one among the rest adds to it.
        in_unit(fill(outcome, self.relation, blanks, blanks.on_right == self.is_turned()), self.exponent())
    }

    /// Both sides can stand for the same value.
    fn equal(self) -> Result<Outcome, Stop> {
        let Self { left, right, target, .. } = self;
        // The printed target less what the rest gives, whichever side it stands on.
        let (first, second) = if self.is_turned() { (right, left) } else { (left, right) };
        let value = |index: usize| self.value(index);
        let (printed, rest) = (evaluate(first, &value)?, evaluate(second, &value)?);
        let difference = printed.sub(rest).ok_or(Stop::Overflow)?;
        let recomputed = target.filter(|target| [left.single(), right.single()].contains(&Some(*target))).map(|_| rest);
        let decided = |verdict, allowance| {
            Ok(Outcome { recomputed, difference: Some(difference), allowance, ..Outcome::of(verdict) })
        };
        if difference.is_zero() {
            return decided(Verdict::Exact, None);
        }
        let within = self.within()?;
        let rounding = match self.settings.rounding {
            Rounding::Exact => Some(Ratio::ZERO),
            Rounding::Half | Rounding::Result => {
                allowance((first, second), &|index| self.reach(index, target == Some(index)), difference)?
            }
        };
        match rounding {
            Some(allowance) => {
                let allowance = allowance.add(within).ok_or(Stop::Overflow)?;
                let small = difference.abs().compare(allowance) != Ordering::Greater;
                decided(if small { Verdict::Rounded } else { Verdict::Broken }, Some(allowance))
            }
            // A divisor that rounding could make zero explains anything.
            None => decided(Verdict::Rounded, None),
        }
    }

    /// An order holds if it does as printed, is rounded if it does for some values, else is broken.
    fn order(self) -> Result<Outcome, Stop> {
        let Self { left, relation, right, .. } = self;
        let within = self.within()?;
        let (left, right, strict) = match relation {
            Relation::AtMost => (left, right, false),
            Relation::Less => (left, right, true),
            Relation::AtLeast => (right, left, false),
            Relation::Greater => (right, left, true),
            Relation::Equal | Relation::Unequal => (left, right, false),
        };
        let gap = gap(left, right);
        let printed = evaluate(&gap, &|index| self.value(index))?;
        let reached = match values(&gap, &|index| self.reach(index, true))? {
            Some(reach) => Some(Reach {
                low: reach.low.sub(within).ok_or(Stop::Overflow)?,
                high: reach.high.add(within).ok_or(Stop::Overflow)?,
            }),
            None => None,
        };
        let holds = |value: Ratio| match relation {
            Relation::Unequal => !value.is_zero(),
            _ => value.signum() < i32::from(!strict),
        };
        let some = reached.is_none_or(|reach| holds(reach.low) || (relation == Relation::Unequal && holds(reach.high)));
        Ok(Outcome::of(match (holds(printed), some) {
            (true, _) => Verdict::Exact,
            (false, true) => Verdict::Rounded,
            (false, false) => Verdict::Broken,
        }))
    }
}

/// `first − second`.
fn gap(first: &Expression, second: &Expression) -> Expression {
    Expression::Sum(vec![(false, first.clone()), (true, second.clone())])
}

/// How far rounding could move `first − second` towards zero; `None` if without limit.
fn allowance(
    (first, second): (&Expression, &Expression),
    reaches: &dyn Fn(usize) -> Reach,
    difference: Ratio,
) -> Result<Option<Ratio>, Stop> {
    let gap = gap(first, second);
    if let Some(form) = linear(&gap, reaches) {
        let mut total = Ratio::ZERO;
        for (index, coefficient) in &form.coefficients {
            let half = reaches(*index).half_width().ok_or(Stop::Overflow)?;
            let part = coefficient.abs().mul(half).ok_or(Stop::Overflow)?;
            total = total.add(part).ok_or(Stop::Overflow)?;
        }
        return Ok(Some(total));
    }
    let Some(reach) = values(&gap, reaches)? else { return Ok(None) };
    let nearest = if difference.signum() > 0 { difference.sub(reach.low) } else { reach.high.sub(difference) };
    nearest.map(Some).ok_or(Stop::Overflow)
}

/// All values an expression can take: exactly where its corners show them, else a range around them.
fn values(gap: &Expression, reaches: &dyn Fn(usize) -> Reach) -> Result<Option<Reach>, Stop> {
    let outer = match range(gap, reaches) {
        Ok(outer) => outer,
        Err(Stop::ZeroDivisor) => return Ok(None),
        Err(stop) => return Err(stop),
    };
    let mut named = Vec::new();
    gap.operands(&mut named);
    named.sort_unstable();
    named.dedup();
    named.retain(|index| !reaches(*index).is_point());
    if named.len() > MOST_CORNERS || !is_multilinear(gap, &named) {
        return Ok(Some(outer));
    }
    let mut found: Option<Reach> = None;
    for corner in 0..1u32 << named.len() {
        let at = |index: usize| {
            let reach = reaches(index);
            match named.iter().position(|each| *each == index) {
                Some(bit) if corner >> bit & 1 == 1 => reach.high,
                _ => reach.low,
            }
        };
        let value = evaluate(gap, &at)?;
        found = Some(match found {
            None => Reach::exact(value),
            Some(reach) => Reach { low: least(reach.low, value), high: greatest(reach.high, value) },
        });
    }
    Ok(found)
}

fn least(left: Ratio, right: Ratio) -> Ratio {
    if left.compare(right) == Ordering::Greater { right } else { left }
}

fn greatest(left: Ratio, right: Ratio) -> Ratio {
    if left.compare(right) == Ordering::Less { right } else { left }
}

/// Takes the blank items of a sum into account.
fn fill(outcome: Outcome, relation: Relation, blanks: Blanks, beside_target: bool) -> Outcome {
    if blanks.count == 0 || relation != Relation::Equal || outcome.verdict == Verdict::Undecided {
        return outcome;
    }
    let Some(difference) = outcome.difference else { return outcome };
    let difference = if beside_target { difference.neg() } else { difference };
    match outcome.verdict {
        Verdict::Exact => {
            let zeros = blanks.count == 1 || !(blanks.can_be_negative || blanks.on_both);
            Outcome { partial: true, zeros, ..outcome }
        }
        Verdict::Rounded => Outcome { partial: true, ..outcome },
        // Which side lacks more cannot be told, so neither is too large.
        _ if blanks.on_both => {
            Outcome { verdict: Verdict::Undecided, reason: Some(Reason::Blanks(blanks.count)), ..outcome }
        }
        _ if difference.signum() < 0 && !blanks.can_be_negative => outcome,
        _ if blanks.count == 1 => Outcome { verdict: Verdict::Implied, implied: Some(difference), ..outcome },
        _ => Outcome {
            verdict: Verdict::Undecided,
            reason: Some(Reason::Blanks(blanks.count)),
            implied: Some(difference),
            ..outcome
        },
    }
}

/// Values in a unit that is `10^exponent` of its base.
fn in_unit(outcome: Outcome, exponent: i32) -> Outcome {
    let Some(factor) = Number::power_of_ten(-exponent).filter(|_| exponent != 0) else { return outcome };
    let scale = |value: Option<Ratio>| value.and_then(|value| value.mul(factor.into()));
    Outcome {
        recomputed: scale(outcome.recomputed),
        difference: scale(outcome.difference),
        allowance: scale(outcome.allowance),
        implied: scale(outcome.implied),
        ..outcome
    }
}
