//! The rows of a table aligned by spaces: cells put into their columns, wrapped cells put together.

use std::ops::Range;

use super::cells::{Segment, is_data, words};
use super::columns::Columns;
use super::header::Headed;
use crate::document::Passage;
use crate::read::block::{RawCell, RawRow};
use crate::read::markup;
use crate::read::text::kind::{ends_sentence, mark};
use crate::read::text::lines::{Line, width};
use crate::read::text::prose;
use crate::read::text::tabs::is_figure;

/// The cells of a row: their columns, and their lines, the uppermost first.
type Cells<'a> = Vec<(Range<usize>, Vec<Line<'a>>)>;

/// A line of the table, its cells in their columns.
#[derive(Clone, Debug, Default)]
struct Row<'a> {
    cells: Cells<'a>,
    is_data: bool,
    /// A gap stands before it.
    apart: bool,
}

/// The rows of a table, and how many of them are its header.
pub fn rows(
    lines: &[Line],
    segments: &[Vec<Segment>],
    header: Vec<Vec<Headed>>,
    columns: &Columns,
) -> (Vec<RawRow>, usize) {
    let first = header.len();
    let head = lines.iter().zip(header).map(|(line, row)| {
        let mut cells = Vec::new();
        for (cell, columns) in row {
            add(&mut cells, columns, place(line, &cell.bytes));
        }
        Row { cells, is_data: false, apart: line.apart() }
    });
    let body = lines.iter().zip(segments).skip(first).map(|(line, row)| Row {
        cells: body(line, row, columns),
        is_data: is_data(row),
        apart: line.apart(),
    });
    let mut all = join_header(head.collect());
    all.retain(|row| !row.cells.is_empty());
    let header = all.len();
    all.extend(join_body(body.collect(), columns));
    all.retain(|row| !row.cells.is_empty());
    (all.into_iter().map(raw).collect(), header)
}

/// How many lines behind the last with several cells belong to the table: rows of one cell, and ends of cells.
pub fn tail(lines: &[Line], segments: &[Vec<Segment>], core: usize, columns: &Columns) -> usize {
    let mut count = 0;
    for (line, row) in lines.iter().zip(segments).skip(core) {
        let Some(cell) = row.first() else { break };
        let place = cell.place(columns.measure);
        let touched = columns.touched(&place);
        let is_inner = touched.start > 0 && touched.len() == 1 && columns.place(touched.start).start == place.start;
        let is_end =
            !line.apart() && touched.len() == 1 && mark(line.trimmed()).is_none() && width(line.trimmed()) <= 12;
        if !(is_inner || is_end && !ends_sentence(line.trimmed())) {
            break;
        }
        count += 1;
    }
    count
}

fn place<'a>(line: &Line<'a>, bytes: &Range<usize>) -> Line<'a> {
    Line { text: line.text.get(bytes.clone()).unwrap_or_default(), start: line.start + bytes.start, ..*line }
}

fn add<'a>(cells: &mut Cells<'a>, columns: Range<usize>, line: Line<'a>) {
    match cells.last_mut().filter(|(last, _)| *last == columns || last.end > columns.start) {
        Some((_, parts)) => parts.push(line),
        None => cells.push((columns, vec![line])),
    }
}

fn body<'a>(line: &Line<'a>, row: &[Segment], columns: &Columns) -> Cells<'a> {
    let mut cells = Vec::new();
    let mut words = words(line.text).into_iter().peekable();
    for segment in row {
        let mut parts: Vec<Segment> = Vec::new();
        while let Some(word) = words.next_if(|word| word.bytes.end <= segment.bytes.end) {
            parts.push(word);
        }
        let touched = columns.touched(&segment.place(columns.measure));
        if touched.len() == 1 {
            add(&mut cells, touched, place(line, &segment.bytes));
            continue;
        }
        // One blank may be all that is left between two columns.
        let mut run: Option<(usize, Range<usize>)> = None;
        for part in parts {
            let own = columns.nearest(&part.place(columns.measure));
            match &mut run {
                Some((column, bytes)) if *column == own => bytes.end = part.bytes.end,
                _ => {
                    if let Some((column, bytes)) = run.replace((own, part.bytes)) {
                        add(&mut cells, column..column + 1, place(line, &bytes));
                    }
                }
            }
        }
        if let Some((column, bytes)) = run {
            add(&mut cells, column..column + 1, place(line, &bytes));
        }
    }
    cells
}

/// Lines of the header without a gap between: what stands in one column alone, line below line, is one heading.
fn join_header(rows: Vec<Row>) -> Vec<Row> {
    let mut joined: Vec<Row> = Vec::new();
    // The columns whose heading may go on, and the row it stands in.
    let mut open: Vec<(usize, usize)> = Vec::new();
    for row in rows {
        if row.apart {
            open.clear();
        }
        let own = joined.len();
        let mut cells = Vec::new();
        let mut still = Vec::new();
        for (columns, parts) in row.cells {
            let above = open.iter().find(|(column, _)| columns.len() == 1 && *column == columns.start);
            let above = above.and_then(|(column, at)| joined.get_mut(*at).map(|row| (*column, row)));
            let mut all = Vec::new();
            let starts_anew = parts.iter().any(|part| mark(part.trimmed()).is_some());
            if let Some((column, row)) = above.filter(|_| !starts_anew)
                && let Some(at) = row.cells.iter().position(|(each, _)| *each == (column..column + 1))
            {
                all = row.cells.remove(at).1;
            }
            all.extend(parts);
            if columns.len() == 1 {
                still.push((columns.start, own));
            }
            cells.push((columns, all));
        }
        open.retain(|(column, _)| still.iter().all(|(each, _)| each != column));
        open.extend(still);
        joined.push(Row { cells, ..row });
    }
    joined
}

/// Rows that hold the ends of cells above, or the beginnings of cells below, are put to the row with the figures.
fn join_body<'a>(rows: Vec<Row<'a>>, columns: &Columns) -> Vec<Row<'a>> {
    let widest = widest(&rows, columns.len());
    let mut joined: Vec<Row> = Vec::new();
    // The lines since the last row with figures; how many that row took from above.
    let mut parts: Vec<Row> = Vec::new();
    let mut above = 0;
    let mut rows = rows.into_iter().peekable();
    while let Some(row) = rows.next() {
        if row.apart {
            settle(&mut joined, &mut parts, above, None, &widest);
            above = 0;
        }
        if row.is_data {
            let mut row = row;
            let goes_on = rows.peek().is_some_and(|next| !next.is_data && !next.apart && fits(&row, next, &widest));
            above = settle(&mut joined, &mut parts, above, Some((&mut row, goes_on)), &widest);
            joined.push(row);
        } else {
            parts.push(row);
        }
    }
    settle(&mut joined, &mut parts, above, None, &widest);
    joined
}

/// Shares lines between the row above and the row below, which has as many parts below it as above: those of the
/// row above first, as many as it has above itself. A row with a label of its own takes none unless that goes on
/// below it. Says how many went to the row below.
fn settle<'a>(
    joined: &mut Vec<Row<'a>>,
    parts: &mut Vec<Row<'a>>,
    above: usize,
    below: Option<(&mut Row<'a>, bool)>,
    widest: &[usize],
) -> usize {
    let mut waiting = std::mem::take(parts);
    let wants_below = below.as_ref().is_some_and(|(below, _)| waiting.last().is_some_and(|last| lacks(below, last)));
    if let Some(row) = joined.last_mut().filter(|row| row.is_data) {
        let most = if above > 0 {
            above
        } else if wants_below {
            waiting.len() / 2
        } else {
            waiting.len()
        };
        let mut taken = 0;
        for part in waiting.iter().take(most) {
            if !fits(row, part, widest) {
                break;
            }
            append(row, part.clone());
            taken += 1;
        }
        waiting.drain(..taken);
    }
    let mut count = 0;
    if let Some((below, goes_on)) = below {
        while let Some(part) = waiting.pop() {
            let is_label = count == 0 && lacks(below, &part);
            if is_label || goes_on && fits(&part, below, widest) {
                prepend(below, part);
                count += 1;
            } else {
                waiting.push(part);
                break;
            }
        }
    }
    joined.append(&mut waiting);
    count
}

/// The width of the widest cell of each column.
fn widest(rows: &[Row], columns: usize) -> Vec<usize> {
    let mut widest = vec![0; columns];
    for (place, parts) in rows.iter().flat_map(|row| &row.cells) {
        if let Some(most) = widest.get_mut(place.start) {
            *most = parts.iter().map(|part| width(part.trimmed())).max().unwrap_or_default().max(*most);
        }
    }
    widest
}

fn cell<'r, 'a>(row: &'r Row<'a>, columns: &Range<usize>) -> Option<&'r Vec<Line<'a>>> {
    row.cells.iter().find(|(place, _)| place == columns).map(|(_, parts)| parts)
}

/// The row has nothing where the part stands, and the figures to the right of it have no other label.
fn lacks(row: &Row, part: &Row) -> bool {
    let is_missing = |columns: &Range<usize>| {
        let right = row.cells.iter().find(|(place, _)| place.start >= columns.start);
        let is_bare = right.and_then(|(_, parts)| parts.first()).is_some_and(|first| is_figure(first.text));
        is_bare && cell(row, columns).is_none()
    };
    part.cells.iter().all(|(columns, _)| is_missing(columns))
}

/// The text below goes on where the text above ends: the column was full before its first word.
fn fits(above: &Row, below: &Row, widest: &[usize]) -> bool {
    let (mut any, mut all) = (false, true);
    for (columns, parts) in &below.cells {
        let (Some(upper), Some(most)) =
            (cell(above, columns).and_then(|parts| parts.last()), widest.get(columns.start))
        else {
            continue;
        };
        let (upper, lower) = (upper.trimmed(), parts.first().map_or("", |part| part.trimmed()));
        let word = lower.split(' ').next().unwrap_or_default();
        let first = word.chars().next().map_or(0, |each| if each.is_ascii() { width(word) + 1 } else { 2 });
        any = true;
        all &= width(upper) + first > most.saturating_sub(2) && mark(lower).is_none();
    }
    any && all
}

fn append<'a>(row: &mut Row<'a>, part: Row<'a>) {
    for (columns, parts) in part.cells {
        match row.cells.iter_mut().find(|(place, _)| *place == columns) {
            Some((_, own)) => own.extend(parts),
            None => row.cells.push((columns, parts)),
        }
    }
}

fn prepend<'a>(row: &mut Row<'a>, part: Row<'a>) {
    for (columns, mut parts) in part.cells {
        match row.cells.iter_mut().find(|(place, _)| *place == columns) {
            Some((_, own)) => {
                parts.append(own);
                *own = parts;
            }
            None => row.cells.push((columns, parts)),
        }
    }
}

fn raw(row: Row) -> RawRow {
    let mut cells: Vec<RawCell> = row
        .cells
        .into_iter()
        .map(|(columns, parts)| RawCell {
            passage: parts.iter().fold(Passage::new(), |mut passage, part| {
                let (sign, rest) = sign(part);
                prose::join(&mut passage, &sign);
                markup::append(&mut passage, rest.trimmed(), rest.trimmed_start());
                passage
            }),
            column: u32::try_from(columns.start).unwrap_or(u32::MAX),
            rows: 1,
            columns: u32::try_from(columns.len()).unwrap_or(u32::MAX),
        })
        .collect();
    cells.sort_by_key(|cell| cell.column);
    RawRow { cells }
}

/// The sign before a figure that stands apart from it, and the figure; else all, and nothing.
fn sign<'a>(line: &Line<'a>) -> (Line<'a>, Line<'a>) {
    let rest = line.text.trim_start_matches(['$', '¥', '￥', '€', '£']);
    let is_apart = rest.len() < line.text.len() && rest.starts_with(' ') && is_figure(rest);
    let (sign, rest) = line.text.split_at(if is_apart { line.text.len() - rest.len() } else { line.text.len() });
    (Line { text: sign, ..*line }, Line { text: rest, start: line.start + sign.len(), ..*line })
}
