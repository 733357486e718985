//! Totals of blocks: in a table with several totals, each is the sum of lines above it, where totals that were found already
//! stand for their own lines.

use std::sync::{Arc, OnceLock};

use super::equation::{self, Equation};
use super::grid::{self, Grid, Line};
use crate::document::{Document, Figures, Role};
use crate::fault::Bilingual;
use crate::figure::Rounding;
use crate::rule::Rule;
use crate::tie::{Confidence, Operand, Tie, TieKind};

/// A total is one of so many lines at most.
const MOST: usize = 60;

/// Columns show a sum where the totals print so many digits together, the first of each apart.
const LEAST_DIGITS: u32 = 3;

/// The rule of all such ties.
pub fn rule() -> Arc<Rule> {
    static RULE: OnceLock<Arc<Rule>> = OnceLock::new();
    let rule = || {
        let because = Bilingual::new(
            "In other columns of the table this total is the sum of just these lines.",
            "同表其他列中，该小计恰为这些行之和。",
        );
        let title = Bilingual::new("A total inside a table is the sum of its lines", "表中小计等于所属各行之和");
        equation::rule("table/subtotal", title, because)
    };
    Arc::clone(RULE.get_or_init(rule))
}

/// Ties for the records of the list `tables` that have `subtotals`.
#[must_use]
pub fn blocks(document: &Document, figures: &Figures) -> Vec<Tie> {
    let with_subtotals = grid::tables(document).filter(|table| document.get(*table, "subtotals").is_some());
    with_subtotals.filter_map(|table| Grid::new(document, figures, table)).flat_map(|grid| of_table(&grid)).collect()
}

fn of_table(grid: &Grid) -> Vec<Tie> {
    let mut lines: Vec<&Line> = grid.lines.iter().filter(|line| line.role != Role::OfWhich).collect();
    lines.retain(|line| line.cells.iter().any(Option::is_some));
    lines.sort_by_key(|line| line.start);
    let mut open: Vec<&Line> = Vec::new();
    let mut ties = Vec::new();
    for line in lines {
        if line.role != Role::Item
            && let Some(from) = block(&open, line)
        {
            ties.extend((0..line.cells.len()).filter_map(|column| tie(grid, &open[from..], line, column)));
            open.truncate(from);
        }
        open.push(line);
    }
    ties
}

/// Where the lines begin that most columns show to be those of a total.
fn block(open: &[&Line], total: &Line) -> Option<usize> {
    let from = open.len().saturating_sub(MOST)..open.len().saturating_sub(1);
    let counted = from.map(|from| (count(&open[from..], total), from));
    let ((held, broken), from) = counted.max_by_key(|((held, broken), _)| (*held, usize::MAX - *broken))?;
    (held > 0 && held >= broken).then_some(from)
}

/// In how many columns a total is the sum of lines, which counts where they show it, and in how many it is not.
fn count(parts: &[&Line], total: &Line) -> (usize, usize) {
    let column = |column: usize| {
        let printed = total.cells.get(column)?.as_ref()?;
        let filled = parts.iter().filter_map(|part| part.cells.get(column)?.as_ref());
        let (mut rest, mut allowance, mut shown) = (printed.value, printed.half, 0);
        for part in filled {
            rest = rest.checked_sub(part.value)?;
            allowance = allowance.checked_add(part.half)?;
            shown += usize::from(part.value != 0);
        }
        match rest.checked_abs()? <= allowance {
            true => (shown > 1).then_some(Some(printed.digits.saturating_sub(1))),
            false => (shown > 0).then_some(None),
        }
    };
    let columns: Vec<Option<u32>> = (0..total.cells.len()).filter_map(column).collect();
    let held: Vec<u32> = columns.iter().flatten().copied().collect();
    let shows = held.iter().sum::<u32>() >= LEAST_DIGITS;
    (if shows { held.len() } else { 0 }, columns.len() - held.len())
}

fn tie(grid: &Grid, parts: &[&Line], total: &Line, column: usize) -> Option<Tie> {
    let all = parts.iter().copied().chain([total]).map(|line| line.cells.get(column).and_then(Option::as_ref));
    // Figures of at most one are rates, whatever they are called.
    if all.clone().flatten().all(|cell| cell.value.saturating_abs() <= grid.one) {
        return None;
    }
    let printed = total.cells.get(column)?.as_ref()?.operand.clone();
    let mut operands: Vec<Operand> = all.take(parts.len()).flatten().map(|cell| cell.operand.clone()).collect();
    let adds = operands.len() > 1 && operands.iter().all(|operand| operand.figure.is_none_or(|figure| !figure.percent));
    if !adds {
        return None;
    }
    operands.push(printed);
    let equation = Equation {
        rule: rule(),
        kind: TieKind::Sum,
        scope: grid.table,
        left: equation::sum(operands.len() - 1),
        operands,
        blanks: Vec::new(),
        rounding: Rounding::Half,
        confidence: Confidence::Strong,
    };
    equation.decided()
}
