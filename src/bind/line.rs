//! The record of one row of a table whose rows are records.

use super::cell::{code, is_amount, numbers, put};
use super::draft::{Printed, Record};
use super::facts::year_of_line;
use super::label::Label;
use super::rows::Maker;
use super::table::{Bound, View, row_span};
use crate::document::{Cell, Row};
use crate::figure::read;
use crate::term::Content;

impl<'a> Maker<'a> {
    /// The record of one row.
    pub fn line(&self, row: &'a Row, instead: Option<&str>) -> Record {
        let view = self.view;
        let section = view.section;
        let mut record = Record::at(row_span(row));
        let labels = view.row_labels(row);
        if section.names.is_empty() {
            if let Some(cell) = labels.iter().rev().flatten().next() {
                self.label(&mut record, cell);
            }
        } else {
            // A total prints its name where it likes.
            if !super::table::is_line(row.role) {
                if let Some(cell) = labels.iter().flatten().next() {
                    record.print("label", Printed::cell(cell));
                }
            } else {
                for (name, cell) in section.names.iter().zip(&labels) {
                    if let Some(cell) = cell {
                        let own = Printed::cell(cell);
                        record.print(name, own);
                    }
                }
            }
        }
        if let Some(cell) = view.facts.years.filter(|_| section.years == Some(true)).and_then(|at| row.cells.get(at))
            && let Some(year) = year_of_line(cell.passage.text())
        {
            record.print("year", Printed::said(&year.to_string(), cell.passage.whole()));
        }
        for (at, bound) in view.columns.iter().enumerate() {
            let Some(term) = bound.meaning.term else { continue };
            let Some(cell) = row.cells.get(at) else { continue };
            let term = instead.filter(|_| is_amount(view, term)).unwrap_or(term);
            let term = self.by_unit(row, term);
            self.field(&mut record, row, at, bound, term, cell);
        }
        self.range(&mut record, row);
        record
    }

    /// The ends of a range in words.
    fn range(&self, record: &mut Record, row: &'a Row) {
        let Some(ranges) = &self.view.section.ranges else { return };
        let named = |column: &crate::document::Column| {
            column.header.last().is_some_and(|header| ranges.labels.contains(&Label::read(header.text()).words))
        };
        let Some(cell) = self.view.table.columns.iter().position(named).and_then(|at| row.cells.get(at)) else {
            return;
        };
        let text = cell.passage.text();
        let ends = numbers(text);
        let printed = |range: &std::ops::Range<usize>| Printed::part(cell, range.clone());
        match ends.as_slice() {
            [one] => {
                let is_high = text[..one.start].contains(['<', '＜', '≤', '≦'])
                    || text[one.end..].contains("以下")
                    || text[..one.start].contains("低于");
                record.print(if is_high { &ranges.high } else { &ranges.low }, printed(one));
            }
            [one, other] => {
                let value =
                    |range: &std::ops::Range<usize>| read(&text[range.clone()]).ok().map(|literal| literal.value);
                let falls = value(one).zip(value(other)).is_some_and(|(one, other)| one.compare(other).is_ge());
                let (low, high) = if falls { (other, one) } else { (one, other) };
                record.print(&ranges.low, printed(low));
                record.print(&ranges.high, printed(high));
            }
            _ => {}
        }
    }

    /// The term that a unit in the label of the row makes of another: a quantity in square metres is an area. A row
    /// without one is of the unit of the row that it is a part of.
    fn by_unit<'b>(&'b self, row: &'a Row, term: &'b str) -> &'b str {
        let section = self.view.section;
        if section.units.is_empty() {
            return term;
        }
        let own = label(self.view, row);
        // What it stands under, where it has an outline number itself.
        let is_own = |(_, text): &&(u8, &str)| Some(*text) == own;
        let above = self.open.iter().rev().skip_while(is_own).map(|(_, text)| *text).next();
        let above = above.filter(|_| self.open.last().as_ref().is_some_and(is_own));
        let states = |unit: &str| own.into_iter().chain(above).any(|label| label.contains(unit));
        let found = section.units.iter().find(|(unit, _)| states(unit));
        let other = found.and_then(|(_, terms)| terms.iter().find(|(of, _)| of == term));
        other.map_or(term, |(_, other)| other)
    }

    fn label(&self, record: &mut Record, cell: &Cell) {
        let label = Label::read(cell.passage.text());
        if self.view.section.coded.is_some() {
            code(record, cell, &label);
        } else {
            record.print("label", Printed::cell(cell));
        }
        if let Some(field) = &self.view.section.refers {
            let code = self.view.words.codes.get(&label.words);
            let text = code.cloned().unwrap_or_else(|| cell.passage.text().trim().to_owned());
            record.print(field, Printed { text, context: true, ..Printed::cell(cell) });
        }
    }

    /// One cell of a row.
    fn field(&self, record: &mut Record, row: &'a Row, at: usize, bound: &Bound<'_>, term: &str, cell: &'a Cell) {
        let view = self.view;
        let content = view.words.vocabulary.term(term).map(|term| term.content);
        let is_figure = matches!(content, Some(Content::Figure(_)));
        if !is_figure {
            // A serial number is that of one row, however many it spans.
            let inherits = !matches!(content, Some(Content::Serial));
            let above =
                cell.spanned.filter(|_| inherits).and_then(|above| view.table.rows.get(above as usize)?.cells.get(at));
            let cell = above.unwrap_or(cell);
            // `1.2` numbers a part of what `1` does, and follows its own order.
            let nested = !inherits && cell.passage.text().contains('.');
            if !cell.passage.is_blank() && !nested {
                record.print(term, Printed::cell(cell));
            }
            return;
        }
        let spanning = view.section.spans.as_ref().filter(|_| view.table.columns[at].header.len() > 1);
        let target = match (spanning, bound.group) {
            (Some(step), _) => {
                let header = &view.table.columns[at].header[0];
                let list = record.list(&step.name);
                if list
                    .last()
                    .is_none_or(|item| item.get("label").is_none_or(|label| label.text != header.text().trim()))
                {
                    let mut item = Record::at(row_span(row));
                    item.print("label", Printed::context(header));
                    list.push(item);
                }
                let last = list.len() - 1;
                &mut list[last]
            }
            (None, Some(group)) => record.record(group),
            (None, None) => record,
        };
        put(view, target, term, cell);
    }
}

/// The innermost label of a row.
pub fn label<'a>(view: &View<'a>, row: &'a Row) -> Option<&'a str> {
    view.row_labels(row).into_iter().flatten().next_back().map(|cell| cell.passage.text())
}
