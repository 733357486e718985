//! The shape of a column: figures, words, codes; and rows whose cells were shifted, moved back under it.

use super::cell::{Kind, kind};
use super::roles;
use crate::document::{Cell, Row};

/// What stands in a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// Nothing.
    #[default]
    Empty,
    /// Figures.
    Figures,
    /// Words.
    Words,
    /// Now this, now that.
    Mixed,
}

/// The shape of a column, and of the codes that most of its cells begin with.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look {
    /// Its shape.
    pub shape: Shape,
    code: Option<Code>,
}

/// How a code is built: letters, then digits (`A`, `B2`, `A101`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Code {
    letters: usize,
    digits: usize,
}

/// The code that a label begins with.
fn code(text: &str) -> Option<Code> {
    let text = text.trim_start();
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = text.get(letters..).unwrap_or_default();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let next = rest.get(digits..).and_then(|rest| rest.chars().next());
    let ends = next.is_none_or(|next| !next.is_ascii_alphanumeric() && next != '.');
    ((1..=2).contains(&letters) && digits <= 6 && ends).then_some(Code { letters, digits })
}

/// The looks of the columns of these rows.
pub fn looks(rows: &[Row], width: usize) -> Vec<Look> {
    (0..width)
        .map(|column| {
            let (mut figures, mut words, mut years) = (0, 0, 0);
            // The most frequent code by majority vote, counted afterwards.
            let (mut leader, mut lead) = (None, 0);
            let cells = || rows.iter().filter_map(|row| row.cells.get(column)).map(|cell| cell.passage.text());
            for text in cells() {
                match kind(text) {
                    Kind::Blank => continue,
                    Kind::Figure => figures += 1,
                    Kind::Year => years += 1,
                    Kind::Text => words += 1,
                }
                let code = code(text);
                if lead == 0 {
                    (leader, lead) = (code, 1);
                } else if leader == code {
                    lead += 1;
                } else {
                    lead -= 1;
                }
            }
            // Years are figures where figures stand, and words where words do.
            if figures >= words {
                figures += years;
            } else {
                words += years;
            }
            let shape = match (figures, words) {
                (0, 0) => Shape::Empty,
                _ if words * 5 <= figures => Shape::Figures,
                _ if figures * 5 <= words => Shape::Words,
                _ => Shape::Mixed,
            };
            let agree = leader.map_or(0, |_| cells().filter(|text| code(text) == leader).count());
            let code = leader.filter(|_| agree >= 2 && agree * 5 >= (figures + words) * 3);
            Look { shape, code }
        })
        .collect()
}

/// Cells move by at most so many columns.
const REACH: usize = 3;
/// Shifts by −3 to 3 columns.
const SHIFTS: usize = 2 * REACH + 1;
/// Words under figures, or figures under words.
const CLASH: u32 = 10;

/// What it costs that a text stands in a column.
fn cost(text: &str, look: Look) -> u32 {
    match (kind(text), look.shape) {
        (Kind::Figure, Shape::Words) | (Kind::Text, Shape::Figures) if !roles::is_total(text) => CLASH,
        (Kind::Figure | Kind::Text, Shape::Mixed | Shape::Empty) => 1,
        (Kind::Text, Shape::Words) if !roles::is_total(text) => match (look.code, code(text)) {
            (Some(column), Some(cell)) if column != cell => CLASH / 2,
            (Some(_), None) | (None, Some(_)) => 1,
            _ => 0,
        },
        _ => 0,
    }
}

/// Whether words stand under figures and figures under words.
fn clashes(row: &Row, looks: &[Look]) -> bool {
    let any = |one: Kind, shape: Shape| {
        let mut pairs = row.cells.iter().zip(looks);
        pairs.any(|(cell, look)| {
            let text = cell.passage.text();
            look.shape == shape && kind(text) == one && !roles::is_total(text)
        })
    };
    any(Kind::Text, Shape::Figures) && any(Kind::Figure, Shape::Words)
}

/// Moves the cells of a row back under their columns, if there is one best way to do so.
///
/// Each cell may be shifted by a few columns; a change of the shift from one cell to the next is what
/// a lost or an added cell leaves, and costs. Returns whether the row was shifted or is doubtful.
pub fn align(row: &mut Row, looks: &[Look], short: bool) -> bool {
    let as_printed: u32 =
        row.cells.iter().zip(looks).map(|(cell, look)| cost(cell.passage.text(), *look)).fold(0, u32::saturating_add);
    let figures = row.cells.iter().any(|cell| kind(cell.passage.text()) == Kind::Figure);
    if !figures || (as_printed < CLASH / 2 && !short) {
        return false;
    }
    let Some((best, columns)) = cheapest(row, looks) else { return clashes(row, looks) || short };
    if best + 3 > as_printed {
        return clashes(row, looks) || short;
    }
    let mut moved: Vec<Cell> = Vec::new();
    moved.resize_with(looks.len(), Cell::default);
    let filled = std::mem::take(&mut row.cells).into_iter().filter(|cell| !cell.passage.is_blank());
    for (cell, column) in filled.zip(columns) {
        if let Some(place) = moved.get_mut(column) {
            *place = cell;
        }
    }
    row.cells = moved;
    true
}

/// Where a cell came from, and what it cost up to it.
#[derive(Clone, Copy)]
struct Step {
    cost: u32,
    /// Ways to get here as cheaply, up to two.
    ways: u8,
    from: usize,
}

const NOWHERE: Step = Step { cost: u32::MAX, ways: 0, from: REACH };

/// The cheapest columns for the cells of a row that are not blank, if they are the only ones so cheap.
fn cheapest(row: &Row, looks: &[Look]) -> Option<(u32, Vec<usize>)> {
    let filled = row.cells.iter().enumerate().filter(|(_, cell)| !cell.passage.is_blank());
    let mut before = [NOWHERE; SHIFTS];
    if let Some(start) = before.get_mut(REACH) {
        *start = Step { cost: 0, ways: 1, from: REACH };
    }
    let (mut steps, mut last) = (Vec::new(), None);
    for (at, cell) in filled {
        let mut here = [NOWHERE; SHIFTS];
        for (shift, step) in here.iter_mut().enumerate() {
            let Some(column) = (at + shift).checked_sub(REACH) else { continue };
            let Some(look) = looks.get(column) else { continue };
            let own = cost(cell.passage.text(), *look);
            for (from, previous) in before.iter().enumerate().filter(|(_, previous)| previous.ways > 0) {
                // The cell before must stay before.
                if last.is_some_and(|last: usize| last + from >= at + shift) {
                    continue;
                }
                let turn = if from == shift { 0 } else { 2 };
                let cost = previous.cost.saturating_add(own).saturating_add(turn);
                if cost < step.cost {
                    *step = Step { cost, ways: previous.ways, from };
                } else if cost == step.cost {
                    step.ways = (step.ways + previous.ways).min(2);
                }
            }
        }
        steps.push((at, here));
        (before, last) = (here, Some(at));
    }
    let best = before.iter().map(|step| step.cost).min().filter(|cost| *cost < u32::MAX)?;
    let mut ends = before.iter().enumerate().filter(|(_, step)| step.cost == best);
    let (mut shift, end) = ends.next()?;
    if end.ways > 1 || ends.next().is_some() {
        return None;
    }
    let mut columns = Vec::with_capacity(steps.len());
    for (at, here) in steps.iter().rev() {
        columns.push((at + shift).checked_sub(REACH)?);
        shift = here.get(shift)?.from;
    }
    columns.reverse();
    Some((best, columns))
}
