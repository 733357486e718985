//! Tables that stand side by side under one header: the two sides of a balance sheet, a list that goes on in further columns.

use std::ops::Range;

use super::cell::squeezed;
use super::roles;
use super::shape::Shape;
use crate::document::{Column, Passage, Row};

/// So many stand side by side at most.
const MOST: usize = 3;

/// How the columns of a table part.
#[derive(Debug, PartialEq, Eq)]
pub enum Beside {
    /// Into tables of their own: assets, liabilities.
    Tables(Vec<Range<usize>>),
    /// Into one list that goes on behind its own columns.
    List(Vec<Range<usize>>),
}

/// How the columns part, if the same columns of figures stand again behind labels of their own and the rows are not those
/// of one table all the same.
pub fn parts(columns: &[Column], shapes: &[Shape], rows: &[Row]) -> Option<Beside> {
    if rows.iter().flat_map(|row| &row.cells).any(|cell| cell.spanned.is_some()) {
        return None;
    }
    (2..=MOST).filter(|count| shapes.len().is_multiple_of(*count)).find_map(|count| {
        let width = shapes.len() / count;
        let parts: Vec<Range<usize>> = (0..count).map(|at| at * width..(at + 1) * width).collect();
        let (first, others) = parts.split_first()?;
        let own = shapes.get(first.clone())?;
        let label = own.iter().position(|shape| *shape == Shape::Words)?;
        let are_alike = own.contains(&Shape::Figures)
            && own.iter().all(|shape| matches!(shape, Shape::Words | Shape::Figures))
            && others.iter().all(|part| shapes.get(part.clone()) == Some(own));
        let name = |column: usize| columns.get(column)?.header.last().map(|label| squeezed(label.text()));
        let figures = || (0..width).filter(|at| own.get(*at) == Some(&Shape::Figures));
        let again = |part: &Range<usize>| figures().all(|at| name(at).is_some() && name(at) == name(part.start + at));
        if !are_alike || !others.iter().all(again) || are_levels(&parts, label, rows) {
            return None;
        }
        let is_total = |row: &Row, part: &Range<usize>| {
            row.cells.get(part.start + label).is_some_and(|cell| roles::is_total(cell.passage.text()))
        };
        let is_blank = |row: &Row, part: &Range<usize>| {
            row.cells.get(part.start + label).is_none_or(|cell| cell.passage.is_blank())
        };
        let is_same = |row: &Row| {
            let kind = |part: &Range<usize>| (is_total(row, part), is_blank(row, part));
            parts.iter().all(|part| kind(part) == kind(first))
        };
        let path = |part: &Range<usize>| {
            let column = columns.get(part.start + label);
            column.map(|column| column.header.iter().map(Passage::text).map(squeezed).collect::<Vec<_>>())
        };
        // A list has its total at its end.
        let goes_on = |part: &Range<usize>| !rows.iter().any(|row| is_total(row, part));
        if others.iter().all(|part| path(part) == path(first)) && parts[..count - 1].iter().all(goes_on) {
            return Some(Beside::List(parts));
        }
        // Where totals stand in the same rows, one part confirms those of the other.
        (!rows.iter().all(is_same)).then_some(Beside::Tables(parts))
    })
}

/// Whether labels name groups of those beside them, so that they stand once for several rows, or again in each.
fn are_levels(parts: &[Range<usize>], label: usize, rows: &[Row]) -> bool {
    let text = |row: &Row, part: &Range<usize>| -> String {
        row.cells.get(part.start + label).map(|cell| squeezed(cell.passage.text())).unwrap_or_default()
    };
    parts.windows(2).any(|pair| {
        let [group, item] = pair else { return false };
        let (mut labels, mut open, mut again) = (0, 0, 0);
        for (row, next) in rows.iter().zip(rows.iter().skip(1)) {
            let (own, below) = (text(row, group), text(next, group));
            if own.is_empty() || roles::is_total(&own) {
                continue;
            }
            labels += 1;
            open += usize::from(below.is_empty() && !text(next, item).is_empty());
            again += usize::from(own == below);
        }
        again > 0 || open * 2 > labels
    })
}

/// The rows of one part; those that hold nothing in it are none.
pub fn rows(rows: &[Row], part: &Range<usize>) -> Vec<Row> {
    let own = |row: &Row| Row { cells: row.cells.get(part.clone()).unwrap_or_default().to_vec(), ..row.clone() };
    rows.iter().map(own).filter(|row| row.cells.iter().any(|cell| !cell.passage.is_blank())).collect()
}
