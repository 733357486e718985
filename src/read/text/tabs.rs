//! Tables whose cells are separated by tabs.

use super::kind::{Kind, ends_sentence, is_form, is_unit, kind};
use super::lines::{Line, is_blank, trim, width};
use crate::document::Passage;
use crate::read::block::{RawCell, RawRow, RawTable};
use crate::read::markup;

/// The text of a cell that a line break may cut has at least so many columns.
const WRAPPED: usize = 16;

/// The tables that start on a line and follow each other with nothing but gaps between, and how many lines
/// they take; `None` if the line starts no table.
pub fn tables(lines: &[Line]) -> Option<(Vec<RawTable>, usize)> {
    let (first, second) = (lines.first()?, lines.get(1));
    let starts = is_row(first) || is_part(first) && second.is_some_and(|second| !second.apart() && is_row(second));
    if !starts {
        return None;
    }
    let mut tables = vec![vec![row(first)]];
    let (mut used, mut tail) = (1, end_width(first));
    while let Some(line) = lines.get(used) {
        let is_new = line.apart();
        let next = lines.get(used + 1).filter(|next| !next.apart());
        if is_row(line) || is_part(line) && (!is_new || next.is_some_and(is_row)) {
            if is_new {
                tables.push(Vec::new());
            }
            tables.last_mut()?.push(row(line));
        } else if is_new {
            break;
        } else {
            match (what(line, tables.last()?.last()?, tail), next) {
                (What::Rest, _) => continue_cell(tables.last_mut()?.last_mut()?, line),
                (What::Row, Some(next)) if is_row(next) || is_part(next) => tables.last_mut()?.push(row(line)),
                _ => break,
            }
        }
        (used, tail) = (used + 1, end_width(line));
    }
    // Where most rows stand alone, blank lines separate rows and not tables.
    let alone = tables.iter().filter(|rows| rows.len() == 1).count();
    if tables.len() >= 3 && alone * 2 > tables.len() {
        tables = vec![tables.into_iter().flatten().collect()];
    }
    let is_table = tables.len() > 1
        || tables.iter().flatten().count() > 1
        || tables.iter().flatten().any(|row| row.cells.len() > 2 && row.cells.iter().any(has_digit));
    is_table.then(|| (tables.into_iter().map(|rows| RawTable { rows, ..RawTable::default() }).collect(), used))
}

fn has_digit(cell: &RawCell) -> bool {
    cell.passage.text().contains(|each: char| each.is_ascii_digit())
}

/// A tab stands between two cells, unless the line says who filled in the form below and its unit.
fn is_row(line: &Line) -> bool {
    let text = line.trimmed();
    text.contains('\t') && !(is_form(text) && is_unit(text))
}

/// A tab stands before or behind the only cell: a row, if rows are around it.
fn is_part(line: &Line) -> bool {
    line.text.contains('\t')
}

fn row(line: &Line) -> RawRow {
    let mut cells = Vec::new();
    let mut start = line.start;
    for (column, text) in (0..).zip(line.text.split('\t')) {
        cells.push(RawCell { passage: markup::decode(text, start).trimmed(), column, rows: 1, columns: 1 });
        start += text.len() + 1;
    }
    RawRow { cells }
}

/// How wide the last piece of a line is.
fn end_width(line: &Line) -> usize {
    width(line.text.rsplit('\t').next().unwrap_or_default())
}

/// What a line without tabs below a row is.
enum What {
    Row,
    Rest,
    Other,
}

fn what(line: &Line, above: &RawRow, tail: usize) -> What {
    let text = line.trimmed();
    if kind(text) != Kind::Plain && kind(text) != Kind::Item {
        return What::Other;
    }
    let last = above.cells.last().map_or("", |cell| cell.passage.text());
    let is_open = tail >= WRAPPED && !ends_sentence(last);
    let goes_on = text.starts_with(['，', '。', '、', '；', '）', ')', '”', '》', '%']);
    if !last.is_empty() && (is_open || goes_on) {
        return What::Rest;
    }
    if ends_sentence(text) || width(text) > 60 { What::Other } else { What::Row }
}

/// The last cell of a row goes on in a line.
fn continue_cell(row: &mut RawRow, line: &Line) {
    if let Some(cell) = row.cells.last_mut() {
        let mut passage = Passage::new();
        std::mem::swap(&mut passage, &mut cell.passage);
        super::prose::join(&mut passage, line);
        cell.passage = passage;
    }
}

/// Whether a text is a figure, as a cell of a table holds it: `1,234.5`, `(12)`, `15.0%`.
pub fn is_figure(text: &str) -> bool {
    let text = trim(text).trim_start_matches(['$', '¥', '￥', '€', '£', '≥', '≤', '<', '>', '△']);
    let is_part = |each: char| each.is_ascii_digit() || is_blank(each) || ",.%％‰()（）-−–+".contains(each);
    let ends_well = !text.ends_with(['.', '-', '–', ',']) && !text.starts_with([',', '.', ')', '）']);
    text.contains(|each: char| each.is_ascii_digit()) && text.chars().all(is_part) && ends_well
}
