//! Totals of blocks: in a table with several totals, each is the sum of lines above it, where totals that were found already
//! stand for their own lines.

use std::sync::{Arc, OnceLock};

use super::equation;
use super::grid::{self, Grid, Line};
use crate::document::{Document, Figures, Role};
use crate::fault::Bilingual;
use crate::rule::Rule;
use crate::tie::{Operand, Tie, TieKind};

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
    let mut blocks = totals(&lines, false);
    // Where each other total is that of the lines since the last one, so is the only one that is not.
    let lost: Vec<&Block<'_>> = blocks.iter().filter(|block| block.parts.is_none() && block.since > 1).collect();
    if let [only] = lost[..]
        && only.total.is_subtotal
        && blocks.iter().any(|block| block.is_regular && block.total.is_subtotal)
    {
        blocks = totals(&lines, true);
    }
    let with_parts = blocks.into_iter().filter_map(|block| Some((block.total, block.parts?)));
    let all = with_parts.flat_map(|(total, parts)| {
        (0..total.cells.len()).filter_map(|column| tie(grid, &parts, total, column)).collect::<Vec<Tie>>()
    });
    all.collect()
}

/// A total with the lines that it is the sum of.
struct Block<'a> {
    total: &'a Line,
    parts: Option<Vec<&'a Line>>,
    /// How many lines there are since the last total.
    since: usize,
    /// Whether it is the sum of just those.
    is_regular: bool,
}

/// The totals among lines; `assume` that one whose lines nothing shows is the sum of those since the last, or, right below
/// another, of all totals above.
fn totals<'a>(lines: &[&'a Line], assume: bool) -> Vec<Block<'a>> {
    let (mut open, mut last): (Vec<&Line>, usize) = (Vec::new(), 0);
    let mut blocks = Vec::new();
    for line in lines {
        if line.role != Role::Item {
            let since = &open[last..];
            let assumed = || match since {
                [] if open.len() > 1 && open.iter().all(|line| line.role != Role::Item) => Some(0),
                [_, _, ..] if is_near(since, line) => Some(last),
                _ => None,
            };
            let from = block(&open, line).or_else(|| assume.then(assumed).flatten());
            let (parts, since) = (from.map(|from| open[from..].to_vec()), since.len());
            blocks.push(Block { total: line, parts, since, is_regular: since > 0 && from == Some(last) });
            open.truncate(from.unwrap_or(open.len()));
        }
        open.push(line);
        last = if line.role == Role::Item { last } else { open.len() };
    }
    blocks
}

/// Whether a total is off by less than half of what its lines add up to.
fn is_near(parts: &[&Line], total: &Line) -> bool {
    let value = |line: &Line, column: usize| line.cells.get(column)?.as_ref().map(|cell| cell.value);
    (0..total.cells.len()).filter_map(|column| Some((column, value(total, column)?))).all(|(column, printed)| {
        let sum = parts.iter().filter_map(|part| value(part, column)).fold(0_i128, i128::saturating_add);
        printed.saturating_sub(sum).saturating_abs() <= sum.saturating_abs() / 2
    })
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
    equation::shown(rule(), TieKind::Sum, grid.table, equation::sum(operands.len() - 1), operands)
}
