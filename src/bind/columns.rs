//! A transposed table: its rows name terms, and each column of figures is a record.

use super::cell::{code, is_amount, put};
use super::draft::{Printed, Record};
use super::label::Label;

use super::table::View;
use crate::document::{Cell, Passage};
use crate::source::Span;

/// The record of a table, its columns in it.
#[must_use]
pub fn columns(view: &View<'_>) -> Record {
    let mut record = view.record();
    let Some(step) = view.section.levels.first() else { return record };
    for at in (0..view.table.columns.len()).filter(|at| !view.labels.contains(at)) {
        let header = &view.table.columns[at].header;
        let Some(last) = header.last() else { continue };
        let span = Span { start: last.whole().start, end: last.whole().end };
        let mut column = Record::at(span);
        let is_total = is_total(last);
        label(view, &mut column, header, is_total);
        if let Some((_, year)) = header.iter().rev().find_map(super::table::year_of) {
            column.print("year", year);
        }
        let stated = |axis: &str| view.section.axes.iter().any(|known| known == axis);
        for (axis, value) in view.columns[at].meaning.axes.iter().filter(|(axis, _)| stated(axis)) {
            column.print(axis, Printed::said(value, span));
        }
        // A column of rates beside those of amounts is none of them.
        let cells = || {
            view.table
                .rows
                .iter()
                .zip(&view.rows)
                .filter_map(|(row, bound)| Some((row.cells.get(at)?, bound.meaning.term?)))
        };
        let is_rate = |(cell, term): (&Cell, &str)| cell.passage.text().trim().ends_with('%') && is_amount(view, term);
        if cells().any(is_rate) {
            continue;
        }
        let before = column.clone();
        for (row, bound) in view.table.rows.iter().zip(&view.rows) {
            if let (Some(term), Some(cell)) = (bound.meaning.term, row.cells.get(at)) {
                put(view, &mut column, term, cell);
            }
        }
        if column.has_more_than(&before) {
            match &view.section.total {
                Some(name) if is_total => *record.record(name) = column,
                _ => record.list(&step.name).push(column),
            }
        }
    }
    record
}

fn is_total(header: &Passage) -> bool {
    ["合计", "总计", "总分", "total", "sum"].contains(&Label::read(header.text()).words.as_str())
}

/// What a column is called: its headers, or the code and name in the innermost.
fn label(view: &View<'_>, column: &mut Record, header: &[Passage], is_total: bool) {
    let Some(last) = header.last() else { return };
    if view.section.coded.is_some() {
        if is_total {
            column.print("indicator", Printed::said("total", last.whole()));
            column.print("label", Printed::context(last));
        } else {
            let cell = Cell { passage: last.clone(), ..Cell::default() };
            code(column, &cell, &Label::read(last.text()));
        }
        return;
    }
    let mut whole = Passage::new();
    for (at, part) in header.iter().enumerate() {
        if at > 0 {
            whole.push_decoded(" ", Span::new(part.whole().start as usize, part.whole().start as usize));
        }
        whole.append(&part.trimmed());
    }
    column.print("label", Printed { span: last.whole(), ..Printed::context(&whole) });
}
