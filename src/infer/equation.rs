//! An inferred equation: what some figures give ought to be what the last of them prints.

use std::sync::Arc;

use crate::document::NodeId;
use crate::fault::Bilingual;
use crate::figure::{Figure, Number, Ratio, Reach, Rounding};
use crate::rule::{Rule, Severity};
use crate::tie::{Blanks, Confidence, Expression, Operand, Relation, Settings, Tie, TieKind, decide};

/// An equation before it is decided.
pub struct Equation {
    /// Its rule.
    pub rule: Arc<Rule>,
    /// Its form.
    pub kind: TieKind,
    /// The record it stands in.
    pub scope: NodeId,
    /// What gives the target.
    pub left: Expression,
    /// Its figures, the target last.
    pub operands: Vec<Operand>,
    /// Blank cells that would be added.
    pub blanks: Vec<NodeId>,
    /// How its figures may have been rounded.
    pub rounding: Rounding,
    /// How sure it is that it was meant.
    pub confidence: Confidence,
}

impl Equation {
    /// The tie.
    pub fn tie(self) -> Tie {
        let Self { rule, kind, scope, left, operands, blanks, rounding, confidence } = self;
        let at = operands.len().saturating_sub(1);
        let (right, settings) = (Expression::Operand(at), Settings { rounding, within: None });
        // What none of the others is, a blank is not either.
        let can_be_negative = operands.iter().any(|operand| operand.value.signum() < 0);
        let count = Blanks { count: blanks.len(), can_be_negative, ..Blanks::default() };
        let outcome = decide(&left, Relation::Equal, &right, &operands, Some(at), &settings, count);
        Tie {
            rule,
            kind,
            scope,
            left,
            relation: Relation::Equal,
            right,
            operands,
            targets: vec![at],
            blanks,
            reading: None,
            assumed: Vec::new(),
            confidence,
            settings,
            outcome,
            fingerprint: String::new(),
        }
    }

    /// The tie, if all of its figures are there.
    pub fn decided(self) -> Option<Tie> {
        Some(self.tie()).filter(|tie| tie.outcome.verdict.is_decided())
    }
}

/// The tie of figures that stand near each other, whose agreement or near agreement shows that they are related; each may
/// have been rounded, and the target stands last.
pub fn shown(rule: Arc<Rule>, kind: TieKind, scope: NodeId, left: Expression, operands: Vec<Operand>) -> Option<Tie> {
    let (blanks, rounding, confidence) = (Vec::new(), Rounding::Half, Confidence::Strong);
    Equation { rule, kind, scope, left, operands, blanks, rounding, confidence }.decided()
}

/// The sum of so many operands, from the first.
pub fn sum(count: usize) -> Expression {
    Expression::Sum((0..count).map(|index| (false, Expression::Operand(index))).collect())
}

/// A rule of inferred ties.
pub fn rule(id: &str, title: Bilingual, because: Bilingual) -> Arc<Rule> {
    Arc::new(Rule { id: id.into(), title, because, severity: Severity::Warning, decision: false, message: None })
}

/// The figure of a place, with the values that it can stand for in the base of its unit.
pub fn operand(node: NodeId, figure: Figure) -> Option<Operand> {
    let exponent = figure.unit.map_or(0, |unit| unit.exponent);
    let value = figure.value.mul(Ratio::from(Number::power_of_ten(exponent)?))?;
    let reach = if figure.is_exact() {
        Reach::exact(value)
    } else {
        Reach::half_unit(value, figure.decimals.checked_sub(exponent)?)?
    };
    Some(Operand { node, figure: Some(figure), reach, value })
}
