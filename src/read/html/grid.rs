//! The rows and columns of an HTML table, where cells span several of both and tags are left open.

use super::{Tag, is_block, place};
use crate::document::Passage;
use crate::read::block::{RawCell, RawRow};
use crate::read::flow::Joined;

/// No cell spans more rows or columns.
const LONGEST: u32 = 1_000;
/// From this column on, a cell spans one.
const WIDEST: u32 = 100_000;

/// A table while it is read.
#[derive(Debug, Default)]
pub struct Grid {
    rows: Vec<Row>,
    cell: Option<Cell>,
    /// A row is open.
    open: bool,
    /// Inside `<thead>`.
    head: bool,
    /// First row of the part of the table (`<tbody>`) that is being read: no cell spans beyond its end.
    part: usize,
    /// The next free column of the row.
    column: u32,
    /// What cells of rows above span in this row, by column; how many of them are passed.
    spans: Vec<Spanned>,
    passed: usize,
    /// What cells of this row span below.
    below: Vec<Spanned>,
    /// How many tables are open inside a cell.
    nested: usize,
}

#[derive(Debug, Default)]
struct Row {
    row: RawRow,
    head: bool,
    /// It has a cell that is no `<th>`.
    data: bool,
}

#[derive(Debug)]
struct Cell {
    text: Joined,
    rows: u32,
    columns: u32,
}

#[derive(Clone, Copy, Debug)]
struct Spanned {
    start: u32,
    end: u32,
    /// The row that is free again.
    until: usize,
}

impl Grid {
    /// The text of the open cell.
    pub fn text(&mut self) -> Option<&mut Joined> {
        self.cell.as_mut().map(|cell| &mut cell.text)
    }

    /// A tag opens.
    pub fn open(&mut self, tag: &Tag) {
        match tag.name.as_ref() {
            "table" if self.cell.is_some() => self.nested += 1,
            "tr" if self.nested == 0 => self.new_row(),
            name @ ("td" | "th") if self.nested == 0 => self.new_cell(tag, name == "td"),
            name @ ("thead" | "tbody" | "tfoot") if self.nested == 0 => {
                self.end_part();
                self.head = name == "thead";
            }
            _ => {}
        }
        self.apart(tag);
    }

    /// A tag closes; whether it closes the table.
    pub fn close(&mut self, tag: &Tag) -> bool {
        match tag.name.as_ref() {
            "table" if self.nested == 0 => return true,
            "table" => self.nested -= 1,
            "td" | "th" if self.nested == 0 => self.end_cell(),
            "tr" if self.nested == 0 => self.end_row(),
            "thead" | "tbody" | "tfoot" if self.nested == 0 => {
                self.end_part();
                self.head = false;
            }
            _ => {}
        }
        self.apart(tag);
        false
    }

    /// The rows, and how many of the first are header.
    pub fn finish(mut self) -> (Vec<RawRow>, usize) {
        self.end_part();
        let header = self.rows.iter().take_while(|row| row.head || !row.data && !row.row.cells.is_empty()).count();
        let blank = self.rows.iter().take(header).all(|row| row.row.cells.iter().all(|cell| cell.passage.is_blank()));
        // Where every cell is a `<th>`, none of them says anything.
        let all = header == self.rows.len() && header > 1 && !self.rows.iter().any(|row| row.head);
        let cells = self.rows.iter().flat_map(|row| &row.row.cells);
        let width = cells.map(|cell| cell.column + 1).max().unwrap_or(0);
        let mut rows: Vec<RawRow> = self.rows.into_iter().map(|row| row.row).collect();
        // Columns in which no cell starts are none.
        for cell in rows.iter_mut().flat_map(|row| &mut row.cells) {
            cell.columns = cell.columns.min(width - cell.column);
        }
        (rows, if blank || all { 0 } else { header })
    }

    /// Such a tag in a cell stands between two parts of its text.
    fn apart(&mut self, tag: &Tag) {
        if tag.name == "br" || is_block(&tag.name) {
            let place = place(tag);
            if let Some(text) = self.text() {
                text.joint(place);
            }
        }
    }

    fn new_row(&mut self) {
        self.end_row();
        let row = self.rows.len();
        self.rows.push(Row { head: self.head, ..Row::default() });
        self.open = true;
        self.column = 0;
        self.passed = 0;
        self.spans.retain(|span| span.until > row);
    }

    fn end_row(&mut self) {
        self.end_cell();
        self.open = false;
        if !self.below.is_empty() {
            self.spans.append(&mut self.below);
            self.spans.sort_by_key(|span| span.start);
        }
    }

    fn new_cell(&mut self, tag: &Tag, data: bool) {
        self.end_cell();
        if !self.open {
            self.new_row();
        }
        if let Some(row) = self.rows.last_mut() {
            row.data |= data;
        }
        // `rowspan="0"` is all rows that are left.
        let rows = tag.number("rowspan").map_or(1, |rows| if rows == 0 { LONGEST } else { rows.min(LONGEST) });
        let columns = tag.number("colspan").map_or(1, |columns| columns.clamp(1, LONGEST));
        self.cell = Some(Cell { text: Joined::default(), rows, columns });
    }

    fn end_cell(&mut self) {
        let Some(mut cell) = self.cell.take() else { return };
        self.nested = 0;
        let mut free = u32::MAX;
        while let Some(span) = self.spans.get(self.passed) {
            if span.start > self.column {
                free = span.start - self.column;
                break;
            }
            self.column = self.column.max(span.end);
            self.passed += 1;
        }
        let columns = if self.column < WIDEST { cell.columns.min(free) } else { 1 };
        let passage: Passage = cell.text.take_cell();
        let (column, row) = (self.column, self.rows.len().saturating_sub(1));
        self.column = column.saturating_add(columns);
        if cell.rows > 1 {
            let until = row + cell.rows as usize;
            match self.below.last_mut().filter(|last| last.end == column && last.until == until) {
                Some(last) => last.end = self.column,
                None => self.below.push(Spanned { start: column, end: self.column, until }),
            }
        }
        if let Some(row) = self.rows.last_mut() {
            row.row.cells.push(RawCell { passage, column, rows: cell.rows, columns });
        }
    }

    fn end_part(&mut self) {
        self.end_row();
        self.spans.clear();
        let end = self.rows.len();
        for (at, row) in self.rows.iter_mut().enumerate().skip(self.part) {
            let left = u32::try_from(end - at).unwrap_or(u32::MAX);
            for cell in &mut row.row.cells {
                cell.rows = cell.rows.min(left);
            }
        }
        self.part = end;
    }
}
