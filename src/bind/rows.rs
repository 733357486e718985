//! A table whose rows are records.

use super::cell::{axis, code, figure, is_amount, name, numbers, put};
use super::draft::{Printed, Record};
use super::facts::year_of_line;
use super::label::Label;
use super::table::{Bound, View, row_span};
use crate::document::{Cell, Role, Row};
use crate::figure::read;
use crate::source::Span;
use crate::term::{ALL, Content, Step};

/// The record of a table, its rows in it.
#[must_use]
pub fn rows(view: &View<'_>) -> Record {
    let mut maker = Maker::new(view);
    view.table.rows.iter().for_each(|row| maker.add(row));
    maker.finish()
}

struct Maker<'a> {
    view: &'a View<'a>,
    record: Record,
    /// Lines of the part at hand.
    part: usize,
    /// Of a coded table: lengths of the codes, the shortest first.
    codes: Vec<usize>,
    /// Of a table with outline numbers: how high the highest stands.
    top: Option<u8>,
    /// The outline numbers that the row at hand stands under, and its own, with their labels.
    open: Vec<(u8, &'a str)>,
    /// Of a table whose levels have figures of their own: rows that sum up the outermost level at hand, with its place
    /// in the list and the lines that it had so far.
    sums: Vec<(usize, usize, Record)>,
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
        for (at, lines, sum) in &self.sums {
            let Some(outer) = self.levels().first().and_then(|step| self.record.list(&step.name).get_mut(*at)) else {
                continue;
            };
            // What sums up all lines of the level and stands there once is what the level comes to.
            if *lines == outer.lines() && self.sums.iter().filter(|(other, ..)| other == at).count() == 1 {
                outer.print_rest(sum);
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
        self.below_total |= self.ended && row.role == Role::OfWhich;
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
        let missing = section.coded.is_some() && self.codes.len() + 1 == self.levels().len();
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
            let outer = self.levels().first().filter(|_| section.coded.is_some());
            let list = outer.map(|step| self.record.list(&step.name));
            if let Some((at, last)) = list.and_then(|list| Some((list.len().checked_sub(1)?, list.last()?))) {
                self.sums.push((at, last.lines(), record));
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

    /// The record of one row.
    fn line(&self, row: &'a Row, instead: Option<&str>) -> Record {
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
fn label<'a>(view: &View<'a>, row: &'a Row) -> Option<&'a str> {
    view.row_labels(row).into_iter().flatten().next_back().map(|cell| cell.passage.text())
}
