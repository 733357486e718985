//! Plain text as extraction from PDF leaves it: tables by tabs or aligned by spaces, lines and pages to be joined.

mod grid;
pub(super) mod kind;
mod lines;
mod prose;
mod tabs;

use super::block::{Block, RawTable};
use crate::source::Source;
use lines::Line;
use prose::Prose;

/// The blocks of a plain text.
pub fn text(source: &Source) -> Vec<Block> {
    let lines = lines::lines(source.text());
    let mut grids = grid::grids(&lines).into_iter().peekable();
    let (mut blocks, mut prose) = (Vec::new(), Prose::default());
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        // A table by tabs may have taken a line that looked like the start of one.
        while grids.next_if(|grid| grid.lines.start < at).is_some() {}
        let aligned = grids.next_if(|grid| grid.lines.start == at).map(|grid| (vec![grid.table], grid.lines.len()));
        if let Some((tables, used)) = aligned.or_else(|| tabs::tables(lines.get(at..).unwrap_or_default())) {
            prose.end(&mut blocks);
            for table in tables {
                add(table, &mut blocks);
            }
            at += used.max(1);
        } else {
            for part in parts(line) {
                prose.add(part, &mut blocks);
            }
            at += 1;
        }
    }
    prose.end(&mut blocks);
    blocks
}

/// A line with a unit often says something else at its other end.
fn parts<'a>(line: &Line<'a>) -> Vec<Line<'a>> {
    if !kind::is_unit(line.trimmed()) {
        return vec![*line];
    }
    let part = |cell: &grid::Segment| {
        let text = line.text.get(cell.bytes.clone()).unwrap_or_default();
        Line { text, start: line.start + cell.bytes.start, ..*line }
    };
    grid::segments(line.text).iter().map(part).collect()
}

/// Page numbers, running headers and blank lines are no blocks, so a table behind a table follows it.
fn add(table: RawTable, blocks: &mut Vec<Block>) {
    let follows = matches!(blocks.last(), Some(Block::Table(_)));
    blocks.push(Block::Table(RawTable { follows, ..table }));
}

#[cfg(test)]
mod tests;
