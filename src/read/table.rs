//! From raw tables to tables: pieces joined, header told from rows, shifted cells, roles, units, captions.

mod beside;
mod body;
mod caption;
mod cell;
mod formulas;
mod header;
mod parts;
mod pieces;
mod roles;
mod shape;

use std::mem::take;
use std::ops::Range;

use rayon::prelude::*;

use super::block::Block;
use crate::document::{Cell, Column, Grid, Passage, Raw, Row, Table};
use beside::Beside;
use cell::{Kind, has_digit, kind};
use pieces::{Joined, Line};
use roles::Labels;
use shape::Shape;

/// A paragraph or the text of a cell, where sentences may stand.
#[derive(Clone, Debug)]
pub struct Prose {
    /// The text.
    pub passage: Passage,
    /// The headings that it stands under, the outermost first.
    pub headings: Vec<Passage>,
    /// The cell that it stands in.
    pub grid: Option<Grid>,
}

/// A cell with so many characters or more, a digit among them, may hold sentences.
const SENTENCE: usize = 16;
/// Headings above a text are kept so deep, and so long in characters: each text holds them all.
const DEPTH: usize = 8;
const LONGEST: usize = 120;
/// A label of a row has fewer characters.
const LONGEST_LABEL: usize = 40;
/// Paragraphs between a table and its caption: a unit, the line of a form.
const APART: usize = 4;

/// The tables among the blocks, and all text that is none.
pub fn tables(blocks: Vec<Block>) -> (Vec<Table>, Vec<Prose>) {
    let mut entries = gather(blocks);
    let (mut tables, mut prose) = (Vec::new(), Vec::new());
    let mut number = 0;
    for at in 0..entries.len() {
        let Some(Entry { piece: Piece::Table(_), .. }) = entries.get(at) else { continue };
        let around = around(&mut entries, at);
        let Some(entry) = entries.get_mut(at) else { continue };
        if let Piece::Table(joined) = take(&mut entry.piece) {
            let frame = Table { number, headings: take(&mut entry.headings), ..around };
            entry.piece = Piece::Framed(Box::new((*joined, frame)));
            number += 1;
        }
    }
    let read = entries.into_par_iter().map(|Entry { piece, headings }| match piece {
        Piece::Text(passage) => (Vec::new(), vec![Prose { passage, headings, grid: None }]),
        Piece::Framed(framed) => {
            let (joined, frame) = *framed;
            let parts = understand(joined, frame);
            let prose = parts.iter().flat_map(sentences).collect();
            (parts, prose)
        }
        Piece::Table(_) | Piece::Heading(_) | Piece::Used => Default::default(),
    });
    for (parts, texts) in read.collect::<Vec<_>>() {
        tables.extend(parts);
        prose.extend(texts);
    }
    (tables, prose)
}

/// A paragraph or a table with the headings above it.
struct Entry {
    piece: Piece,
    headings: Vec<Passage>,
}

#[derive(Default)]
enum Piece {
    Text(Passage),
    Heading(Passage),
    Table(Box<Joined>),
    /// A table with what stands around it.
    Framed(Box<(Joined, Table)>),
    /// A caption, a unit, a contents list.
    #[default]
    Used,
}

/// Paragraphs and whole tables, each with its headings.
fn gather(blocks: Vec<Block>) -> Vec<Entry> {
    let mut stack: Vec<(Passage, u8)> = Vec::new();
    let mut entries: Vec<Entry> = Vec::new();
    for block in blocks {
        let piece = match block {
            Block::Heading(passage, depth) => {
                while stack.last().is_some_and(|(_, above)| *above >= depth) {
                    stack.pop();
                }
                if stack.len() < DEPTH {
                    stack.push((short(&passage), depth));
                }
                Piece::Heading(passage)
            }
            Block::Paragraph(passage) => Piece::Text(passage),
            Block::Table(raw) => match entries.last_mut() {
                Some(Entry { piece: Piece::Table(joined), .. }) if raw.follows && joined.takes(&raw) => {
                    joined.join(raw);
                    continue;
                }
                _ => Piece::Table(Box::new(Joined::new(raw))),
            },
        };
        entries.push(Entry { piece, headings: stack.iter().map(|(heading, _)| heading.clone()).collect() });
    }
    for entry in &mut entries {
        if matches!(&entry.piece, Piece::Table(joined) if joined.is_contents()) {
            entry.piece = Piece::Used;
        }
    }
    entries
}

/// The beginning of a heading, which nearly always is all of it.
fn short(heading: &Passage) -> Passage {
    let text = heading.text();
    heading.part(0..text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at))
}

/// The caption and the unit that stand around a table; their paragraphs are used up.
fn around(entries: &mut [Entry], at: usize) -> Table {
    let mut found = Table::default();
    let (before, rest) = entries.split_at_mut(at);
    for entry in before.iter_mut().rev().take(APART) {
        let (passage, heading) = match &entry.piece {
            Piece::Text(passage) => (passage, false),
            Piece::Heading(passage) => (passage, true),
            _ => break,
        };
        let stated = caption::stated(passage.text());
        let caption = caption::caption(passage);
        if let Some(stated) = &stated {
            found.unit = found.unit.or_else(|| Some(passage.part(stated.unit.clone())));
        }
        let done = caption.is_some();
        let form = caption::is_form(passage.text());
        let only_unit = stated.is_some_and(|stated| stated.start == 0);
        found.caption = caption;
        if (done || only_unit) && !heading {
            entry.piece = Piece::Used;
        }
        if done || heading || !(only_unit || form) {
            break;
        }
    }
    if let (None, [_, below, next @ ..]) = (&found.caption, rest)
        && let Piece::Text(passage) = &below.piece
        && caption::is_numbered(passage.text())
        // `附件 2：…` names what follows.
        && !passage.text().trim_start().starts_with('附')
        && !next.iter().take(2).any(|entry| matches!(entry.piece, Piece::Table(_)))
    {
        found.caption = caption::caption(passage);
        if found.caption.is_some() {
            below.piece = Piece::Used;
        }
    }
    found
}

/// Reads a table; a header of its own in the middle makes another with the same number.
fn understand(joined: Joined, mut frame: Table) -> Vec<Table> {
    if joined.too_large {
        return vec![Table { raw: Some(Raw::TooLarge), ..frame }];
    }
    let Joined { mut lines, header: mut marked, .. } = joined;
    while let Some(passage) = banner(&lines, &frame) {
        frame.unit = frame.unit.or_else(|| caption::stated(passage.text()).map(|stated| passage.part(stated.unit)));
        frame.caption = frame.caption.or_else(|| caption::caption(&passage));
        lines.remove(0);
        marked = marked.saturating_sub(1);
    }
    let (mut sections, mut from) = (Vec::new(), 0);
    while let rest @ [_, ..] = lines.get(from..).unwrap_or_default() {
        let height = header::height(rest, marked);
        let known = header::Known::new(rest.get(..height).unwrap_or_default());
        let end = header::end(rest, height.max(1), &known);
        sections.push((end, height, known));
        from += end;
        marked = 1;
    }
    let mut lines = lines.into_iter();
    let read = |(end, height, known): (usize, usize, header::Known)| {
        section(lines.by_ref().take(end).collect(), height, &known, &frame)
    };
    sections.into_iter().flat_map(read).collect()
}

/// The only label of a row above the header, if it says what the table is of, or in what unit, and nothing else does.
fn banner(lines: &[Line], frame: &Table) -> Option<Passage> {
    let [first, second, _, ..] = lines else { return None };
    let mut filled = first.filled();
    let (label, None) = (filled.next()?, filled.next()) else { return None };
    let says = (frame.unit.is_none() && caption::stated(label.passage.text()).is_some())
        || (frame.caption.is_none() && caption::caption(&label.passage).is_some());
    (says && second.filled().nth(1).is_some()).then(|| label.passage.clone())
}

/// Reads the rows under one header, which may be of tables side by side.
fn section(mut lines: Vec<Line>, height: usize, known: &header::Known, frame: &Table) -> Vec<Table> {
    let end = |line: &Line| line.filled().map(|cell| (cell.column.saturating_add(cell.columns)) as usize).max();
    let width = lines.iter().filter_map(end).max().unwrap_or(0);
    if height == 0 && is_ragged(&lines, width) {
        return vec![ragged(lines, frame)];
    }
    let body = lines.split_off(height.min(lines.len()));
    let (rows, shapes) = body::rows(body, known, width, frame.number);
    let columns = header::columns(&lines, &shapes);
    // `(In millions)` in the header is the unit of all.
    let whole = |label: &Passage| {
        let stated = caption::stated(label.text()).filter(|stated| stated.start == 0)?;
        Some(label.part(stated.unit))
    };
    let corner = columns.iter().flat_map(|column| &column.header).find_map(whole);
    let raw = (height == 0).then_some(Raw::NoHeader);
    let frame = Table { raw, unit: frame.unit.clone().or(corner), ..frame.clone() };
    match beside::parts(&columns, &shapes, &rows) {
        None => vec![table(columns, rows, &shapes, frame)],
        Some(Beside::Tables(parts)) => {
            let own = |part: Range<usize>| {
                let rows = beside::rows(&rows, &part);
                table(columns[part.clone()].to_vec(), rows, &shapes[part], frame.clone())
            };
            parts.into_iter().map(own).collect()
        }
        Some(Beside::List(parts)) => {
            let first = parts.first().cloned().unwrap_or_default();
            let rows = parts.iter().flat_map(|part| beside::rows(&rows, part)).collect();
            vec![table(columns[first.clone()].to_vec(), rows, &shapes[first], frame)]
        }
    }
}

/// The table of these columns and rows, with what each row is.
fn table(columns: Vec<Column>, mut rows: Vec<Row>, shapes: &[Shape], frame: Table) -> Table {
    let labels = Labels::of(shapes);
    roles::roles(&mut rows, labels);
    parts::parts(&mut rows);
    if !rows.iter().flat_map(|row| &row.cells).any(|cell| cell.spanned.is_some()) {
        roles::spans(&mut rows, labels);
    }
    Table { columns, rows, ..frame }
}

/// Without a header, most rows must agree on the number of cells.
fn is_ragged(lines: &[Line], width: usize) -> bool {
    let widths: Vec<usize> = lines.iter().map(Line::width).collect();
    let full = widths.iter().filter(|each| **each >= width).count();
    widths.len() > 2 && full * 2 < widths.len()
}

/// The cells as they stand.
fn ragged(lines: Vec<Line>, frame: &Table) -> Table {
    let table = frame.number;
    let row = |line: Line| {
        let number = line.row;
        let cell = |raw: super::block::RawCell| Cell {
            passage: raw.passage,
            grid: Some(Grid { table, row: number, column: raw.column }),
            ..Cell::default()
        };
        Row { cells: line.cells.into_iter().map(cell).collect(), ..Row::default() }
    };
    Table { rows: lines.into_iter().map(row).collect(), raw: Some(Raw::Ragged), ..frame.clone() }
}

/// The cells of a table that may hold sentences with figures.
fn sentences(table: &Table) -> Vec<Prose> {
    let mut prose = Vec::new();
    for row in &table.rows {
        let long = |cell: &&Cell| {
            let text = cell.passage.text();
            has_digit(text) && text.chars().count() >= SENTENCE && kind(text) == Kind::Text
        };
        let mut cells = row.cells.iter().filter(long).peekable();
        if cells.peek().is_none() {
            continue;
        }
        // The innermost label: the last words before the first figure or long text.
        let words = |cell: &&Cell| kind(cell.passage.text()) == Kind::Text;
        let labels = |cell: &&Cell| {
            let text = cell.passage.text();
            let is_label = text.chars().count() < LONGEST_LABEL && !text.contains(['，', '。', '；']);
            kind(text) != Kind::Figure && is_label
        };
        let name = row.cells.iter().take_while(labels).filter(words).last();
        let headings: Vec<Passage> =
            table.headings.iter().cloned().chain(name.map(|cell| short(&cell.passage))).collect();
        prose.extend(cells.map(|cell| Prose {
            passage: cell.passage.clone(),
            headings: headings.clone(),
            grid: cell.grid,
        }));
    }
    prose.extend(formulas::formulas(table));
    prose
}

#[cfg(test)]
mod tests;
