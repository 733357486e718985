//! Likely causes of a broken tie: what one change would make it hold, and what speaks for it.

use super::repair::{Effect, Network};
use super::spot::Known;
use crate::document::{Document, NodeId, Value};
use crate::figure::{Figure, Number, Ratio, read};
use crate::finding::{Cause, CauseKind};
use crate::tie::{Expression, Tie, TieKind, Verdict};

/// A repair: one figure, what it would print, and how the printed form came about.
#[derive(Clone, Debug)]
struct Repair {
    node: NodeId,
    kind: CauseKind,
    literal: String,
    effect: Effect,
    restated: Option<NodeId>,
}

/// The causes of a broken tie that nothing contradicts, and how many single changes would mend it.
pub fn causes(tie: &Tie, network: &Network<'_>, known: Known<'_>) -> (Vec<Cause>, Option<usize>) {
    let structural = structural(tie, known);
    if !structural.is_empty() || tie.outcome.difference.is_none() {
        return (structural, None);
    }
    let mut repairs: Vec<Repair> = Vec::new();
    for operand in &tie.operands {
        if let Some(figure) = operand.figure {
            repairs.extend(misprints(tie, operand.node, &figure, network, known));
        }
    }
    let best = repairs.iter().map(|repair| (repair.effect.mended, repair.restated.is_some())).max();
    let total = repairs.len();
    // What mends more, or is printed elsewhere, speaks louder than a mere possibility.
    repairs.retain(|repair| Some((repair.effect.mended, repair.restated.is_some())) == best);
    let corroborated = best.is_some_and(|(mended, restated)| mended > 1 || restated);
    if repairs.len() != 1 || !(corroborated || total == 1) {
        return (Vec::new(), Some(total));
    }
    let causes = repairs.into_iter().map(|repair| Cause {
        kind: repair.kind,
        figure: known.spot(repair.node),
        repaired: Some(repair.literal),
        corroborated,
        restated: repair.restated.map(|node| known.spot(node)),
    });
    (causes.collect(), Some(total))
}

/// Misprints of one figure that would mend the tie and break none that holds.
fn misprints(tie: &Tie, node: NodeId, figure: &Figure, network: &Network<'_>, known: Known<'_>) -> Vec<Repair> {
    let Some(needed) = needed(tie, node, figure) else { return Vec::new() };
    let printed = known.document.printed(node);
    let mut found: Vec<Repair> = Vec::new();
    for (kind, literal) in variants(printed) {
        let Ok(candidate) = read(&literal) else { continue };
        let Some(value) = candidate.value.exact() else { continue };
        if super::repair::with(tie, node, value, candidate.decimals).is_none_or(|verdict| verdict > Verdict::Rounded) {
            continue;
        }
        let effect = network.effect(node, value, candidate.decimals);
        if effect.broken > 0 || found.iter().any(|other| other.literal == literal) {
            continue;
        }
        found.push(Repair { node, kind, literal, effect, restated: restated(tie, node, value, known) });
    }
    // Only the repair nearest to what is needed, of several that rounding lets through.
    if found.len() > 1 {
        found.retain(|repair| read(&repair.literal).is_ok_and(|literal| literal.value == needed));
    }
    found
}

/// The value that a figure must have for the tie to hold exactly, others unchanged, if it stands alone.
fn needed(tie: &Tie, node: NodeId, figure: &Figure) -> Option<Ratio> {
    let difference = tie.outcome.difference?;
    if tie.kind == TieKind::Equal {
        return tie.outcome.recomputed;
    }
    let at = tie.operands.iter().position(|operand| operand.node == node)?;
    let target = *tie.targets.first()?;
    if at == target {
        return tie.outcome.recomputed;
    }
    let unit = tie.operands.get(target)?.figure?.unit;
    if unit != figure.unit {
        return None;
    }
    let rest = if tie.right.single() == Some(target) { &tie.left } else { &tie.right };
    match sign(rest, at)? {
        true => figure.value.sub(difference),
        false => figure.value.add(difference),
    }
}

/// Whether an operand is subtracted in a plain sum.
fn sign(expression: &Expression, operand: usize) -> Option<bool> {
    let Expression::Sum(parts) = expression else { return None };
    parts.iter().find(|(_, part)| part.single() == Some(operand)).map(|(negative, _)| *negative)
}

/// Printed forms one slip away from a literal.
fn variants(literal: &str) -> Vec<(CauseKind, String)> {
    let letters: Vec<char> = literal.chars().collect();
    let digits: Vec<usize> = (0..letters.len()).filter(|at| letters[*at].is_ascii_digit()).collect();
    let mut found = Vec::new();
    for at in &digits {
        for digit in '0'..='9' {
            if digit != letters[*at] {
                let mut changed = letters.clone();
                changed[*at] = digit;
                found.push((CauseKind::Digit, changed.iter().collect()));
            }
        }
    }
    for pair in digits.windows(2) {
        if letters[pair[0]] != letters[pair[1]] {
            let mut changed = letters.clone();
            changed.swap(pair[0], pair[1]);
            found.push((CauseKind::Transposed, changed.iter().collect()));
        }
    }
    if let Ok(plain) = read(literal)
        && let Some(value) = plain.value.exact()
    {
        let suffix = if plain.percent { "%" } else { "" };
        let printed = if plain.percent { value.shift(2) } else { Some(value) };
        for exponent in [1, -1, 2, -2, 4, -4] {
            if let Some(scaled) = printed.and_then(|value| value.shift(exponent)) {
                found.push((CauseKind::Scale, format!("{}{suffix}", scaled.trim().grouped())));
            }
        }
        if let Some(printed) = printed.filter(|value| !value.is_zero()) {
            found.push((CauseKind::Sign, format!("{}{suffix}", printed.neg().grouped())));
        }
    }
    found
}

/// Another place that prints the repaired value under the same name, in the same section.
fn restated(tie: &Tie, node: NodeId, value: Number, known: Known<'_>) -> Option<NodeId> {
    let document = known.document;
    let name = document.field_name(node);
    let year = |at: NodeId| document.context(at, "year").map(|at| document.printed(at));
    if value.is_zero() {
        return None;
    }
    known.figures.iter().find_map(|(other, figure)| {
        let same = other != node
            && document.field_name(other) == name
            && figure.value == Ratio::from(value)
            && year(other) == year(node)
            && significant(value);
        let outside = tie.kind == TieKind::Equal || !tie.operands.iter().any(|operand| operand.node == other);
        (same && outside).then_some(other)
    })
}

/// Small whole numbers are repeated by chance.
fn significant(value: Number) -> bool {
    value.trim().to_string().chars().filter(char::is_ascii_digit).count() >= 3
}

/// Causes that lie in how the figures were put together.
fn structural(tie: &Tie, known: Known<'_>) -> Vec<Cause> {
    let plain =
        |kind, node| Cause { kind, figure: known.spot(node), repaired: None, corroborated: true, restated: None };
    let Some(difference) = tie.outcome.difference else { return Vec::new() };
    match tie.kind {
        TieKind::Ratio => inverted(tie, known).into_iter().collect(),
        TieKind::Sum => {
            let target = tie.targets.first().map(|at| tie.operands[*at].node);
            let unit =
                tie.targets.first().and_then(|at| tie.operands[*at].figure?.unit).map_or(0, |unit| unit.exponent);
            let Some(scale) = Number::power_of_ten(-unit) else { return Vec::new() };
            let same = |value: Ratio, wanted: Ratio| {
                value.mul(scale.into()).is_some_and(|value| value == wanted) && !value.is_zero()
            };
            let items = tie.operands.iter().filter(|operand| Some(operand.node) != target && operand.figure.is_some());
            let left_out: Vec<NodeId> = items
                .clone()
                .filter(|operand| same(operand.value, difference.neg()))
                .map(|operand| operand.node)
                .collect();
            let twice: Vec<NodeId> =
                items.filter(|operand| same(operand.value, difference)).map(|operand| operand.node).collect();
            match (&left_out[..], &twice[..]) {
                ([only], []) => vec![plain(CauseKind::LeftOut, *only)],
                ([], [only]) => vec![plain(CauseKind::CountedTwice, *only)],
                _ => Vec::new(),
            }
        }
        TieKind::Equal => stale(tie, known).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// A ratio upside down: the printed value is the divisor over the dividend.
fn inverted(tie: &Tie, known: Known<'_>) -> Option<Cause> {
    let target = *tie.targets.first()?;
    let printed = &tie.operands[target];
    let turned = Ratio::from(Number::ONE).div(tie.outcome.recomputed?)?;
    let other = crate::figure::Reach::half_unit(turned, printed.figure?.decimals)?;
    let close = printed.reach.holds(turned) || other.holds(printed.value);
    close.then(|| Cause {
        kind: CauseKind::Inverted,
        figure: known.spot(printed.node),
        repaired: None,
        corroborated: true,
        restated: None,
    })
}

/// The figure of another year or column of the same record or its neighbours.
fn stale(tie: &Tie, known: Known<'_>) -> Option<Cause> {
    let [target] = tie.targets[..] else { return None };
    let (node, printed) = (tie.operands[target].node, tie.operands[target].value);
    let figure = tie.operands[target].figure?;
    if printed.is_zero() || !figure.value.exact().is_some_and(significant) {
        return None;
    }
    let document = known.document;
    let list = document.upwards(node).find(|at| document.node(*at).value == Value::List)?;
    let name = document.field_name(node);
    let neighbour = nodes_in(document, list).find(|other| {
        *other != node
            && document.field_name(*other) == name
            && known.figures.figure(*other).is_some_and(|figure| {
                figure.value == tie.operands[target].figure.map_or(Ratio::ZERO, |figure| figure.value)
            })
    })?;
    let year = |at: NodeId| document.context(at, "year").map(|at| document.printed(at).to_owned());
    (year(neighbour) != year(node)).then(|| Cause {
        kind: CauseKind::Stale,
        figure: known.spot(node),
        repaired: None,
        corroborated: true,
        restated: Some(known.spot(neighbour)),
    })
}

fn nodes_in(document: &Document, node: NodeId) -> impl Iterator<Item = NodeId> + use<> {
    (node.0 + 1..document.end(node).0).map(NodeId)
}
