//! Totals of tables that no check knows: a row that is called a total is the sum of the lines above it.

use std::cmp::Ordering;
use std::sync::{Arc, OnceLock};

use super::equation::{self, Equation, operand};
use super::grid;
use crate::document::{Document, Figures, NodeId, Reading};
use crate::fault::Bilingual;
use crate::figure::{Figure, Kind, Number, Ratio, Rounding};
use crate::rule::Rule;
use crate::tie::{Confidence, Operand, Tie, TieKind, Verdict};

/// The rule of all such ties.
pub fn rule() -> Arc<Rule> {
    static RULE: OnceLock<Arc<Rule>> = OnceLock::new();
    let rule = || {
        let title = Bilingual::new("The total of a table is the sum of its lines", "表中合计等于各行之和");
        let because = Bilingual::new(
            "A row that is called a total adds up the lines above it; here other columns of the same table do.",
            "标为“合计”的行应为其上各行之和；同表其他列亦如此。",
        );
        equation::rule("table/total", title, because)
    };
    Arc::clone(RULE.get_or_init(rule))
}

/// In so many columns a total may be off with none to confirm it, before it is taken for something else.
const MOST_UNSURE: usize = 1;

/// Whole numbers up to so many are counted, not rounded.
const COUNTED: i128 = 1000;

/// Ties for the records of the list `tables`: the figures of `total` and of the `rows`, column by column. There are none
/// where most columns of the table show that its total is something else.
#[must_use]
pub fn totals(document: &Document, figures: &Figures) -> Vec<Tie> {
    grid::tables(document).flat_map(|table| of_table(document, figures, table)).collect()
}

fn of_table(document: &Document, figures: &Figures, table: NodeId) -> Vec<Tie> {
    // Where subtotals stand between the lines, nothing says which of both the total adds up.
    let (Some(total), Some(rows), None) =
        (document.get(table, "total"), document.get(table, "rows"), document.get(table, "subtotals"))
    else {
        return Vec::new();
    };
    // What stands below a total that has lines above it is said of it, as its mean or a rate of it.
    let rows: Vec<NodeId> = document.children(rows).collect();
    let above = rows.partition_point(|row| document.node(*row).span.start < document.node(total).span.start);
    let rows = if above > 0 { rows.get(..above).unwrap_or_default() } else { &rows };
    let fields = document.children(total).filter(|field| document.key(*field) != "label");
    let mut ties: Vec<Tie> = fields.filter_map(|field| tie(document, figures, table, field, rows)).collect();
    let shows = |tie: &&Tie| tie.operands.iter().filter(|operand| !operand.value.is_zero()).count() > 2;
    let held = ties
        .iter()
        .filter(|tie| matches!(tie.outcome.verdict, Verdict::Exact | Verdict::Rounded))
        .filter(shows)
        .count();
    // Lines that stand at two or three levels add up to so many times the total.
    let is_other = |tie: &Tie| is_multiple(tie) || is_between(tie) || is_repeated(tie);
    ties.retain(|tie| tie.outcome.verdict != Verdict::Broken || !is_other(tie));
    let broken = ties.iter().filter(|tie| tie.outcome.verdict == Verdict::Broken).count();
    // What most columns contradict was never meant; what others confirm was; and where nothing speaks for either, it
    // is said quietly.
    if broken > held.max(MOST_UNSURE) {
        return Vec::new();
    }
    // A blank asks nothing of a relation that is only guessed.
    ties.retain(|tie| !matches!(tie.outcome.verdict, Verdict::Implied | Verdict::Undecided));
    let confidence = if held >= broken.max(1) { Confidence::Strong } else { Confidence::Weak };
    ties.iter_mut().for_each(|tie| tie.confidence = confidence);
    ties
}

/// Whether the lines add up to twice or three times the total.
fn is_multiple(tie: &Tie) -> bool {
    let (Some(sum), Some(printed)) = (tie.outcome.recomputed, tie.outcome.difference) else { return false };
    // Printed is what the lines give and the difference.
    let printed = printed.add(sum);
    [2, 3].iter().any(|times| printed.and_then(|printed| printed.mul(Number::from(*times).into())) == Some(sum))
}

/// Whether the lines add up to the total where those that print the same as the one before are left out: what a group
/// comes to, printed in each of its lines.
fn is_repeated(tie: &Tie) -> bool {
    let Some((total, lines)) = tie.operands.split_last() else { return false };
    let mut values: Vec<Ratio> = lines.iter().map(|line| line.value).collect();
    values.dedup();
    values.len() < lines.len() && values.into_iter().try_fold(Number::ZERO.into(), Ratio::add) == Some(total.value)
}

/// Whether the total prints one of the values that its lines span, of which it is a fraction: a mean, or what a price or a
/// rate is in all of them.
fn is_between(tie: &Tie) -> bool {
    let Some((total, lines)) = tie.operands.split_last() else { return false };
    let by = |wanted: Ordering| {
        let values = lines.iter().map(|line| line.value);
        values.reduce(|best, value| if value.compare(best) == wanted { value } else { best })
    };
    let (Some(least), Some(most), Some(sum)) = (by(Ordering::Less), by(Ordering::Greater), tie.outcome.recomputed)
    else {
        return false;
    };
    let is_inside = least.compare(total.value) != Ordering::Greater && total.value.compare(most) != Ordering::Greater;
    let unit = total.figure.and_then(|figure| figure.unit).map_or(0, |unit| unit.exponent);
    let sum = Number::power_of_ten(unit).and_then(|unit| sum.mul(unit.into()));
    // Where one line is nearly all of the total the sum is near to it.
    let half_more = total.value.mul(Number::new(15, 1).into());
    is_inside && sum.zip(half_more).is_some_and(|(sum, most)| sum.compare(most) == Ordering::Greater)
}

fn tie(document: &Document, figures: &Figures, table: NodeId, field: NodeId, rows: &[NodeId]) -> Option<Tie> {
    let name = document.node(field).key?;
    let called = document.name(name).to_lowercase();
    if grid::OF_MEANS.iter().any(|word| called.contains(word)) {
        return None;
    }
    let target = document.content(field);
    let mut operands = Vec::new();
    let mut blanks = Vec::new();
    for row in rows {
        let cell = document.content(document.field(*row, name)?);
        match figures.get(cell) {
            Some(Reading::Figure(figure) | Reading::Loose(figure)) => operands.push(addend(cell, figure)?),
            Some(Reading::Blank) => blanks.push(cell),
            _ => return None,
        }
    }
    if operands.len() < 2 {
        return None;
    }
    let target_figure = figures.any(target)?;
    operands.push(addend(target, target_figure)?);
    // Where some figures are not printed, those that are may be rounded, too, unless they are few enough to be counted.
    let is_large = target_figure.value.abs().compare(Number::from(COUNTED).into()).is_ge();
    if !blanks.is_empty() && is_large {
        grid::loosen(operands.iter_mut().collect());
    }
    let equation = Equation {
        rule: rule(),
        kind: TieKind::Sum,
        scope: table,
        left: equation::sum(operands.len() - 1),
        operands,
        blanks,
        rounding: Rounding::Half,
        confidence: Confidence::Weak,
    };
    Some(equation.tie())
}

/// Amounts and counts are added; ratios never.
fn addend(node: NodeId, figure: Figure) -> Option<Operand> {
    let adds = matches!(figure.kind, Kind::Amount | Kind::Count) && !figure.percent;
    operand(node, figure).filter(|_| adds)
}
