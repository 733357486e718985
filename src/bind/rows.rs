//! A table whose rows are records.

use super::cell::{axis, code, figure, name};
use super::draft::{Printed, Record};
use super::label::Label;
use super::line::label;
use super::table::View;
use crate::document::{Cell, Role, Row};
use crate::source::Span;
use crate::term::{ALL, Step};

/// The record of a table, its rows in it.
#[must_use]
pub fn rows(view: &View<'_>) -> Record {
    let mut maker = Maker::new(view);
    view.table.rows.iter().for_each(|row| maker.add(row));
    maker.finish()
}

/// A row that sums up lines above it.
struct Sum {
    /// The item of the outermost level that it stands in, and the lines that this had so far.
    outer: usize,
    lines: usize,
    /// The same of the next level.
    inner: Option<(usize, usize)>,
    record: Record,
}

/// Makes the record of a table of its rows, one behind the other.
pub struct Maker<'a> {
    /// The table as one of its section.
    pub view: &'a View<'a>,
    record: Record,
    /// Lines of the part at hand.
    part: usize,
    /// Of a coded table: lengths of the codes, the shortest first.
    codes: Vec<usize>,
    /// Of a table with outline numbers: how high the highest stands.
    top: Option<u8>,
    /// The outline numbers that the row at hand stands under, and its own, with their labels.
    pub open: Vec<(u8, &'a str)>,
    /// Of a table whose levels have figures of their own: rows that sum up lines.
    sums: Vec<Sum>,
    /// Whether there were lines; whether the total right above ended them; and whether what it is of stands below it.
    has_lines: bool,
    ended: bool,
    below_total: bool,
}

impl<'a> Maker<'a> {
    fn new(view: &'a View<'a>) -> Self {
        let mut codes = Vec::new();
        if view.section.coded.is_some() {
            let cells = view.table.rows.iter().flat_map(|row| view.labels.iter().filter_map(|at| row.cells.get(*at)));
            codes = cells.filter_map(|cell| Label::read(cell.passage.text()).code).map(|code| code.len()).collect();
            codes.sort_unstable();
            codes.dedup();
        }
        let items = view.table.rows.iter().filter(|row| view.section.outline && row.role == Role::Item);
        let top = items.filter_map(|row| Label::read(label(view, row)?).outline).min();
        Self {
            view,
            record: view.record(),
            part: 0,
            codes,
            top,
            open: Vec::new(),
            sums: Vec::new(),
            has_lines: false,
            ended: false,
            below_total: false,
        }
    }

    fn levels(&self) -> &'a [Step] {
        &self.view.section.levels
    }

    fn finish(mut self) -> Record {
        let levels = self.levels();
        let sums = std::mem::take(&mut self.sums);
        for (at, sum) in sums.iter().enumerate() {
            let outer = levels.first().and_then(|step| self.record.list(&step.name).get_mut(sum.outer));
            let Some(outer) = outer else { continue };
            // What sums up all lines of the level is what the level comes to, if it stands there once, or behind that of
            // the last group.
            let lines = outer.lines();
            let of_level: Vec<usize> = (0..sums.len()).filter(|other| sums[*other].outer == sum.outer).collect();
            let of_all = |other: &&usize| sums[**other].lines == lines;
            let is_last = of_level.iter().filter(of_all).count() > 1;
            let whole = of_level.iter().rfind(of_all).filter(|_| of_level.len() == 1 || is_last).copied();
            if whole == Some(at) {
                outer.print_rest(&sum.record);
                continue;
            }
            let Some(((inner, lines), step)) = sum.inner.zip(levels.get(1)).filter(|_| levels.len() > 2) else {
                continue;
            };
            let is_like =
                |other: &&usize| Some(**other) != whole && sums[**other].inner.is_some_and(|(at, _)| at == inner);
            let is_alone = of_level.iter().filter(is_like).count() == 1;
            let group = outer.list(&step.name).get_mut(inner).filter(|group| is_alone && group.lines() == lines);
            if let Some(group) = group {
                group.print_rest(&sum.record);
            }
        }
        self.record
    }

    fn add(&mut self, row: &'a Row) {
        let section = self.view.section;
        if section.outline
            && let Some(text) = label(self.view, row)
            && let Some(depth) = Label::read(text).outline
        {
            self.open.retain(|(known, _)| *known < depth);
            self.open.push((depth, text));
        }
        let name = row.cells.iter().find(|cell| !cell.passage.is_blank());
        if name.is_some_and(|name| section.skip.contains(&Label::read(name.passage.text()).words)) {
            return;
        }
        // 其中 below the total, with what follows, says what it is of, and is none of the lines.
        let has_total = section.total.is_some() && !section.levels.is_empty();
        self.below_total |= self.ended && has_total && row.role == Role::OfWhich;
        self.ended = row.role == Role::Total && self.has_lines;
        self.has_lines |= row.role == Role::Item;
        if self.below_total && row.role != Role::Total {
            self.of_total(row);
            return;
        }
        match row.role {
            Role::Total => self.total(row),
            Role::Subtotal => self.subtotal(row),
            Role::Mean => {
                if let Some(name) = &section.mean {
                    let record = self.line(row, None);
                    *self.record.record(name) = record;
                }
            }
            Role::Item | Role::OfWhich if section.mean.is_some() && self.is_mean(row) => {
                let record = self.line(row, None);
                let name = section.mean.as_deref().unwrap_or_default();
                *self.record.record(name) = record;
            }
            Role::Item | Role::OfWhich => self.item(row),
        }
    }

    /// A row that is called as its own result is, at the end of the table: the mean of those above.
    fn is_mean(&self, row: &Row) -> bool {
        let last = self.view.table.rows.last().is_some_and(|last| std::ptr::eq(last, row));
        let label = row.cells.iter().find(|cell| !cell.passage.is_blank());
        let label = label.map(|cell| Label::read(cell.passage.text()).words);
        let headers = self.view.table.columns.iter().filter_map(|column| column.header.last());
        last && label.is_some_and(|label| headers.clone().any(|header| Label::read(header.text()).words == label))
    }

    fn total(&mut self, row: &'a Row) {
        let section = self.view.section;
        let Some(name) = &section.total else { return };
        let mut record = self.line(row, section.total_term.as_deref());
        // The total of a table whose outermost level is printed nowhere is that level.
        let missing = section.coded.is_some() && !self.codes.is_empty() && self.codes.len() + 1 == self.levels().len();
        if missing && let Some(step) = self.levels().first() {
            let list = self.record.list(&step.name);
            if let Some(outer) = list.last_mut() {
                record.span = outer.span;
                outer.print_rest(&record);
            }
            return;
        }
        if section.coded.is_some() {
            let said = Printed::said("total", record.span);
            record.print("indicator", said.clone());
            if let Some(printed) = record.get_mut("indicator") {
                *printed = said;
            }
        }
        // The total of several groups is of all of them, not of the one that has a subtotal.
        if let [outer, _, ..] = self.levels()
            && let Some(axis) = &outer.axis
            && record.get(axis).is_none()
            && self.record.list(&outer.name).len() > 1
        {
            record.print(axis, Printed::said(ALL, record.span));
        }
        // Lines may stand in it already.
        let total = self.record.record(name);
        total.span = record.span;
        let _ = total.place(&[], &|_| None, record);
    }

    /// What the total is of, below it.
    fn of_total(&mut self, row: &'a Row) {
        let (Some(name), Some(step)) = (&self.view.section.total, self.levels().last()) else { return };
        let mut line = self.line(row, None);
        axis(self.view, &mut line, step);
        self.record.record(name).list("of_which").push(line);
    }

    fn subtotal(&mut self, row: &'a Row) {
        let section = self.view.section;
        if let Some(part) = section.parts.get(self.part) {
            let record = self.line(row, Some(&part.term));
            *self.record.record(&part.field).record("subtotal") = record;
            self.part += 1;
            return;
        }
        let record = self.line(row, None);
        let Some(name) = &section.subtotal else {
            let levels = self.levels();
            let outer = levels.first().filter(|_| section.coded.is_some());
            let list = outer.map(|step| self.record.list(&step.name));
            if let Some((outer, last)) = list.and_then(|list| Some((list.len().checked_sub(1)?, list.last_mut()?))) {
                let lines = last.lines();
                let groups = levels.get(1).map(|step| last.list(&step.name));
                let inner = groups.and_then(|groups| Some((groups.len().checked_sub(1)?, groups.last()?.lines())));
                self.sums.push(Sum { outer, lines, inner, record });
            }
            return;
        };
        let outer = self.levels().first().filter(|_| self.levels().len() > 1);
        match outer.and_then(|step| self.record.list(&step.name).last_mut()) {
            Some(group) => *group.record(name) = record,
            None => self.record.list("subtotals").push(record),
        }
    }

    fn item(&mut self, row: &'a Row) {
        let section = self.view.section;
        if section.levels.is_empty() {
            // The table is one record.
            if self.view.table.rows.first().is_some_and(|first| std::ptr::eq(first, row)) {
                let line = self.line(row, None);
                let mut record = self.view.record();
                record.span = line.span;
                let _ = record.place(&[], &|_| None, line);
                self.record = record;
            }
            return;
        }
        let term = section.parts.get(self.part).map(|part| part.term.as_str());
        let line = self.line(row, term);
        if let Some(within) = section.within.as_deref().filter(|_| section.outline) {
            let mut record = std::mem::take(self.record.record(within));
            self.nest(&mut record, row, line);
            *self.record.record(within) = record;
        } else if section.outline {
            let mut record = std::mem::take(&mut self.record);
            self.nest(&mut record, row, line);
            self.record = record;
        } else if section.coded.is_some() && !self.codes.is_empty() {
            self.coded(row, line);
        } else {
            self.level(row, line);
        }
    }

    /// A line below the labels of its row, the outermost first.
    fn level(&mut self, row: &'a Row, line: Record) {
        let levels = self.levels();
        let labels = if self.view.section.names.is_empty() { self.view.row_labels(row) } else { Vec::new() };
        let part = self.view.section.parts.get(self.part).map(|part| part.field.clone());
        let mut at = match part {
            Some(part) => self.record.record(&part),
            None => &mut self.record,
        };
        let (outer, inner) = levels.split_at(levels.len() - 1);
        let missing = levels.len().saturating_sub(labels.len().max(1));
        for (depth, step) in outer.iter().enumerate() {
            let cell = depth.checked_sub(missing).and_then(|depth| labels.get(depth).copied().flatten());
            let span = cell.map_or(line.span, |cell| cell.passage.whole());
            // A label is printed once for all of its lines, or again in each.
            let same = |item: &Record| match cell {
                Some(cell) => item.get("label").is_some_and(|label| label.text == cell.passage.text().trim()),
                None => true,
            };
            let list = at.list(&step.name);
            if !list.last().is_some_and(same) {
                let mut group = Record::at(Span { start: span.start, end: span.end.max(line.span.end) });
                if let Some(cell) = cell {
                    name(self.view, &mut group, cell, step);
                }
                list.push(group);
            }
            let last = list.len() - 1;
            at = &mut list[last];
        }
        if let Some(step) = inner.first() {
            let mut line = line;
            axis(self.view, &mut line, step);
            if row.role == Role::OfWhich
                && let Some(above) = at.list(&step.name).last_mut()
            {
                above.list("of_which").push(line);
                return;
            }
            at.list(&step.name).push(line);
        }
    }

    /// A line below those whose outline number stands higher.
    fn nest(&self, record: &mut Record, row: &'a Row, mut line: Record) {
        let own = label(self.view, row).and_then(|text| Label::read(text).outline);
        let (Some(first), rest) = (self.levels().first(), self.levels().get(1)) else { return };
        axis(self.view, &mut line, first);
        let list = record.list(&first.name);
        let below = own > self.top || (own.is_none() && row.role == Role::OfWhich);
        match (rest, list.last_mut()) {
            (Some(step), Some(above)) if below => {
                // A part that is called as what it is a part of is the rest of it: 其他 of 其他固定资产.
                let name = first.axis.as_deref().unwrap_or_default();
                let rest = above.get(name).map(|above| above.text.clone());
                if let Some(part) = line.get_mut(name).filter(|part| Some(&part.text) == rest.as_ref()) {
                    part.text.push_str("-rest");
                }
                above.list(&step.name).push(line);
            }
            _ => list.push(line),
        }
    }

    /// A line below the codes of its row.
    fn coded(&mut self, row: &'a Row, line: Record) {
        let section = self.view.section;
        let levels = self.levels();
        let offset = levels.len().saturating_sub(self.codes.len());
        let mut codes: Vec<(usize, &Cell, Label)> = Vec::new();
        for cell in self.view.labels.iter().filter_map(|at| row.cells.get(*at)) {
            let label = Label::read(cell.passage.text());
            if let Some(depth) =
                label.code.as_ref().and_then(|code| self.codes.iter().position(|length| *length == code.len()))
            {
                codes.push((offset + depth, cell, label));
            }
        }
        let innermost = levels.len() - 1;
        let is_line = codes.iter().any(|(depth, ..)| *depth == innermost);
        if !is_line {
            return;
        }
        let own = codes.iter().find(|(depth, ..)| *depth == innermost).and_then(|(.., label)| label.code.clone());
        let own = own.unwrap_or_default();
        let mut at = &mut self.record;
        for (depth, step) in levels.iter().enumerate() {
            let list = at.list(&step.name);
            if depth == innermost {
                list.push(line);
                return;
            }
            let printed = codes.iter().find(|(level, ..)| *level == depth);
            // The level of a line is said by its code, `A1` of `A101`, where nothing is printed or where that
            // stands a row too low.
            let length = depth.checked_sub(offset).and_then(|depth| self.codes.get(depth)).copied();
            let letters = own.chars().take_while(char::is_ascii_alphabetic).map(char::len_utf8).sum();
            let implied = own.get(..length.unwrap_or(letters)).unwrap_or_default().to_owned();
            let code_of = |group: &Record| group.get("indicator").map(|code| code.text.clone()).unwrap_or_default();
            let last = list.len().checked_sub(1);
            let found = match printed {
                Some((.., label)) => {
                    let code = label.code.clone().unwrap_or_default();
                    // A group that was implied before its label was printed, or whose label is printed in every line.
                    let is_same = |group: &Record| {
                        let known = group.get("label");
                        code_of(group) == code
                            && known.is_none_or(|known| Label::read(&known.text).words == label.words)
                    };
                    last.filter(|last| is_same(&list[*last]))
                }
                None => last.filter(|last| own.starts_with(&code_of(&list[*last])) || implied.is_empty()),
            };
            let index = found.unwrap_or_else(|| {
                let mut group = Record::at(line.span);
                if printed.is_none() && !implied.is_empty() {
                    group.print("indicator", Printed::said(&implied, line.span));
                }
                list.push(group);
                list.len() - 1
            });
            let group = &mut list[index];
            if let Some((_, cell, label)) = printed {
                group.span = cell.passage.whole();
                code(group, cell, label);
                if let (Some(term), Some(bracket)) = (&section.coded, &label.bracket) {
                    figure(group, term, cell, bracket.clone());
                }
            }
            at = group;
        }
    }
}
