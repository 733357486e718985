//! Tables whose cells are aligned by spaces: which lines are one, and the table that they make.

mod cells;
mod columns;
mod header;
mod rows;

use std::ops::Range;

use super::kind::{Kind, ends_sentence, is_unit, kind, mark};
use super::lines::{Line, width};
use crate::read::block::RawTable;
pub use cells::{Segment, segments};

/// A table, and the lines it was made of.
#[derive(Debug)]
pub struct Grid {
    /// The lines.
    pub lines: Range<usize>,
    /// The table.
    pub table: RawTable,
}

/// Longer lines are not looked at, which bounds what a table costs.
const WIDEST: usize = 2000;
/// So many blank lines may stand within a table.
const GAP: u8 = 8;
/// So many lines at the left margin with one cell alone may stand between two rows.
const LONELY: usize = 4;
/// A line of one cell that starts so far from the margin belongs to a column.
const INNER: u32 = 8;
/// A header has at most so many rows.
const TALLEST: usize = 6;

/// What a line may be to a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// Cells with gaps between them.
    Cells,
    /// One cell.
    Single,
    /// No part of a table.
    Other,
}

/// The tables among the lines, in their order.
pub fn grids(lines: &[Line]) -> Vec<Grid> {
    let classes: Vec<Class> = lines.iter().map(class).collect();
    let mut grids: Vec<Grid> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if classes.get(at) != Some(&Class::Cells) {
            at += 1;
            continue;
        }
        let (last, end) = region(lines, &classes, at);
        let taken = grids.last().map_or(0, |grid| grid.lines.end);
        let start = lead(lines, &classes, at, taken);
        if let Some((table, used)) = table(lines.get(start..end).unwrap_or_default(), last + 1 - start) {
            grids.push(Grid { lines: start..start + used, table });
            at = start + used;
        }
        at = at.max(last + 1);
    }
    grids
}

fn class(line: &Line) -> Class {
    let text = line.trimmed();
    if line.text.len() > WIDEST || text.contains('\t') {
        return Class::Other;
    }
    let is_cut = is_unit(text) || matches!(kind(text), Kind::Caption | Kind::Unit | Kind::Note);
    let cells = may_have_gaps(text).then(|| segments(line.text));
    let words =
        || cells.iter().flatten().filter_map(|cell| line.text.get(cell.bytes.clone())).map(width).sum::<usize>();
    match cells.as_ref().map_or(1, Vec::len) {
        0 => Class::Other,
        _ if is_cut => Class::Other,
        1 if width(text) > 60 || ends_sentence(text) => Class::Other,
        1 => Class::Single,
        // A long sentence with a gap in it is no row.
        2 if ends_sentence(text) && words() > 40 => Class::Other,
        _ => Class::Cells,
    }
}

/// Most lines have none, which is seen without a closer look.
fn may_have_gaps(text: &str) -> bool {
    text.contains("  ") || text.contains('\u{3000}') || text.contains("...") || text.contains(". .")
}

/// The last line with cells of the table that starts on a line, and the end of what may belong to it.
fn region(lines: &[Line], classes: &[Class], start: usize) -> (usize, usize) {
    let (mut last, mut at, mut lonely) = (start, start + 1, 0);
    while let (Some(line), Some(class)) = (lines.get(at), classes.get(at)) {
        if line.page || line.blanks > GAP {
            break;
        }
        match class {
            Class::Cells => (last, lonely) = (at, 0),
            Class::Single if line.indent >= INNER => {}
            Class::Single if lonely < LONELY => lonely += 1,
            _ => break,
        }
        at += 1;
    }
    (last, at)
}

/// Where the table starts: below the line with the unit, a heading over all columns may stand alone; and at the
/// top of a page, rows with nothing in their first columns.
fn lead(lines: &[Line], classes: &[Class], first: usize, taken: usize) -> usize {
    let starts_page = |at: usize| lines.get(at).is_none_or(|line| line.page);
    let mut at = first;
    while at > taken && !starts_page(at) && classes.get(at - 1) == Some(&Class::Single) {
        at -= 1;
    }
    let is_below_unit = at > taken && lines.get(at - 1).is_some_and(|line| is_unit(line.trimmed()));
    let is_inner = |line: &Line| line.indent >= INNER && mark(line.trimmed()).is_some();
    let are_inner = lines.get(at..first).unwrap_or_default().iter().all(is_inner);
    if is_below_unit && !starts_page(at) && at + LONELY >= first || are_inner && starts_page(at) && at == taken {
        return at;
    }
    first
}

/// The table that the lines make, and how many of them it takes: the core, and what behind it belongs to it.
fn table(lines: &[Line], core: usize) -> Option<(RawTable, usize)> {
    let rows: Vec<Vec<Segment>> = lines.iter().map(|line| segments(line.text)).collect();
    let data = rows.iter().filter(|row| cells::is_data(row)).count();
    let figures = rows.iter().flatten().filter(|segment| segment.is_figure).count();
    let first = rows.iter().position(|row| cells::is_data(row))?;
    let header = rows.iter().take(first).map(Vec::len).max().unwrap_or_default();
    // One line of figures makes a table only below a header of its own.
    if data < 2 && (figures < 2 || header < 3) {
        return None;
    }
    let first = body(lines, &rows, first);
    let cells = header::cells(lines.get(..first)?, &rows);
    let columns = columns::Columns::of(lines, &rows, &cells)?;
    let used = core + rows::tail(lines, &rows, core, &columns);
    let lines = lines.get(..used)?;
    let (rows, header) = rows::rows(lines, &rows, header::place(lines, cells, &columns), &columns);
    // Words above the first figure are more than a header if they are many.
    let header = if header <= TALLEST { header } else { 0 };
    Some((RawTable { rows, header, ..RawTable::default() }, used))
}

/// Whether a line holds but the beginning of the label of a row whose figures stand alone on the next.
fn begins(rows: &[Vec<Segment>], at: usize) -> bool {
    let is_bare = |row: &Vec<Segment>| cells::is_data(row) && row.iter().all(|cell| cell.is_figure);
    matches!(rows.get(at).map(Vec::as_slice), Some([only]) if !only.is_figure) && rows.get(at + 1).is_some_and(is_bare)
}

/// How far from the margin a line starts.
fn margin(rows: &[Vec<Segment>], at: usize) -> Option<usize> {
    rows.get(at)?.first().map(|cell| cell.place(cells::Measure::Characters).start)
}

/// Where the body starts: at the first line with figures, or above it where its label starts, if a gap parts that
/// from the header; or at a line that is the heading of rows, `十六、金融支出` or `Assets:`.
fn body(lines: &[Line], rows: &[Vec<Segment>], first: usize) -> usize {
    let opens = |(line, row): (&Line, &Vec<Segment>)| {
        let text = row.first().and_then(|cell| line.text.get(cell.bytes.clone())).unwrap_or_default();
        mark(text).is_some() || text.ends_with([':', '：'])
    };
    if let Some(opened) = lines.iter().zip(rows).take(first).position(opens) {
        return opened;
    }
    // Where labels begin above the figures of their rows, the first does, too.
    if let Some(start) = first.checked_sub(1).filter(|start| *start > 0 && begins(rows, *start)) {
        let others = (first + 1..rows.len().saturating_sub(1)).filter(|at| begins(rows, *at));
        let is_same = |at: usize| margin(rows, at) == margin(rows, start);
        if others.clone().next().is_some() && others.clone().all(is_same) {
            return start;
        }
    }
    let top = (0..=first).rev().find(|at| lines.get(*at).is_none_or(Line::apart)).unwrap_or_default();
    let are_parts = rows.get(top..first).unwrap_or_default().iter().all(|row| row.len() == 1);
    if top > 0 && are_parts { top } else { first }
}
