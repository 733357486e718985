//! Tables from small raw ones.

use proptest::prelude::*;

use super::pieces::{Joined, Line};
use super::*;
use crate::document::Role;
use crate::read::block::{RawCell, RawRow, RawTable};

/// A raw table of lines and tabs, whose places are those of the text from a byte on.
pub fn raw_at(text: &str, start: usize) -> RawTable {
    let mut at = start;
    let mut rows = Vec::new();
    for line in text.split('\n') {
        let mut cells = Vec::new();
        for (column, cell) in (0..).zip(line.split('\t')) {
            cells.push(RawCell { passage: Passage::plain(cell, at), column, rows: 1, columns: 1 });
            at += cell.len() + 1;
        }
        rows.push(RawRow { cells });
    }
    RawTable { rows, header: 0, follows: true }
}

/// A raw table of lines and tabs.
pub fn raw(text: &str) -> RawTable {
    raw_at(text, 0)
}

/// The rows of a raw table.
pub fn lines(text: &str) -> Vec<Line> {
    Joined::new(raw(text)).lines
}

/// Paragraphs and tables of a text, blank lines between; `#` before a heading.
fn blocks(text: &str) -> Vec<Block> {
    let mut at = 0;
    let mut blocks: Vec<Block> = Vec::new();
    for part in text.split("\n\n") {
        blocks.push(if part.contains('\t') {
            let follows = matches!(blocks.last(), Some(Block::Table(_)));
            Block::Table(RawTable { follows, ..raw_at(part, at) })
        } else if let Some(heading) = part.strip_prefix('#') {
            Block::Heading(Passage::plain(heading, at + 1), 1)
        } else {
            Block::Paragraph(Passage::plain(part, at))
        });
        at += part.len() + 2;
    }
    blocks
}

fn read(text: &str) -> (Vec<Table>, Vec<Prose>) {
    tables(blocks(text))
}

fn only(text: &str) -> Table {
    let (mut tables, _) = read(text);
    assert_eq!(tables.len(), 1, "{text}");
    tables.remove(0)
}

fn texts(row: &Row) -> Vec<&str> {
    row.cells.iter().map(|cell| cell.passage.text()).collect()
}
