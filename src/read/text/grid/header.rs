//! The header of a table aligned by spaces: which columns each of its cells stands over.

use std::ops::Range;

use super::cells::{Measure, Segment, words};
use super::columns::Columns;
use crate::read::text::lines::Line;

/// How many columns a heading is looked for to span on either side, which bounds what a line costs.
const SPAN: usize = 12;

/// A cell of a header, with the columns it stands over.
pub type Headed = (Segment, Range<usize>);

/// The cells of each line of the header.
pub fn cells(lines: &[Line], rows: &[Vec<Segment>]) -> Vec<Vec<Segment>> {
    lines.iter().zip(rows).map(|(line, row)| split(line, row)).collect()
}

/// Chinese headings have no blanks in them, so that one between two long ones is a gap.
fn split(line: &Line, row: &[Segment]) -> Vec<Segment> {
    let is_wide = |each: Option<char>| each.is_some_and(|each| each.len_utf8() == 3);
    let mut cells: Vec<Segment> = Vec::new();
    let mut words = words(line.text).into_iter().peekable();
    for segment in row {
        let mut parts: Vec<Segment> = Vec::new();
        while let Some(word) = words.next_if(|word| word.bytes.end <= segment.bytes.end) {
            parts.push(word);
        }
        let are_headings = parts.iter().all(|part| {
            let text = line.text.get(part.bytes.clone()).unwrap_or_default();
            text.chars().count() >= 3 && is_wide(text.chars().next()) && is_wide(text.chars().next_back())
        });
        if are_headings { cells.extend(parts) } else { cells.push(segment.clone()) }
    }
    cells
}

/// Each cell of the header with the columns it stands over. A cell over a column that has a heading of its own
/// below is the heading of several.
pub fn place(lines: &[Line], cells: Vec<Vec<Segment>>, columns: &Columns) -> Vec<Vec<Headed>> {
    let wrapped: Vec<Vec<bool>> = (0..cells.len()).map(|at| wrapped(lines, &cells, at, columns.measure)).collect();
    let place = |(at, (row, wrapped)): (usize, (Vec<Segment>, Vec<bool>))| {
        let spans = spans(at, &row, &wrapped, columns);
        row.into_iter().zip(spans).collect()
    };
    cells.into_iter().zip(wrapped).enumerate().map(place).collect()
}

fn middle(place: &Range<usize>) -> usize {
    place.start + place.end
}

/// Which cells of a line go on right below, or around a line in between: their middles stand on one another. Below
/// a heading of several columns one may stand by chance; then others stand beside it, which have nothing above.
///
/// If that is so on both sides of all of them, none goes on.
fn wrapped(lines: &[Line], cells: &[Vec<Segment>], at: usize, measure: Measure) -> Vec<bool> {
    let row = cells.get(at).map_or(&[][..], Vec::as_slice);
    let near = (at + 1..at + 3)
        .take_while(|below| lines.get(*below).is_some_and(|line| !line.apart()))
        .filter_map(|below| cells.get(below));
    let (mut any, mut sure) = (vec![false; row.len()], vec![false; row.len()]);
    let mut most = row.len();
    let next = cells.get(at + 1).filter(|_| lines.get(at + 1).is_some_and(|line| !line.apart()));
    if next.is_some_and(|next| are_flanked(row, next, measure)) {
        return any;
    }
    for below in near {
        for (cell, (any, sure)) in row.iter().zip(any.iter_mut().zip(&mut sure)) {
            let own = middle(&cell.place(measure));
            let after = below.partition_point(|other| middle(&other.place(measure)) + 2 < own);
            let is_above = below.get(after).is_some_and(|other| middle(&other.place(measure)).abs_diff(own) <= 2);
            *any |= is_above;
            *sure |= is_above && below.len() <= most;
        }
        most = most.max(below.len());
    }
    if row.len() > 1 && any.iter().all(|any| *any) { any } else { sure }
}

/// Whether each cell of a line stands above one with others on both sides that are as far and have nothing above.
fn are_flanked(row: &[Segment], below: &[Segment], measure: Measure) -> bool {
    let place = |cell: &Segment| cell.place(measure);
    let touches = |one: &Range<usize>, other: &Range<usize>| one.start < other.end && other.start < one.end;
    let is_flanked = |(number, cell): (usize, &Segment)| {
        let own = place(cell);
        let at = below.partition_point(|other| place(other).end <= own.start);
        let (left, right) = (at.checked_sub(1).and_then(|left| below.get(left)), below.get(at + 1));
        let (Some(left), Some(under), Some(right)) = (left, below.get(at), right) else { return false };
        let (left, under, right) = (place(left), place(under), place(right));
        let neighbours = [number.checked_sub(1).and_then(|before| row.get(before)), row.get(number + 1)];
        let is_free = |side: &Range<usize>| neighbours.iter().flatten().all(|other| !touches(&place(other), side));
        let (before, after) = (middle(&own).abs_diff(middle(&left)), middle(&right).abs_diff(middle(&own)));
        touches(&own, &under)
            && !touches(&own, &right)
            && is_free(&left)
            && is_free(&right)
            && before.abs_diff(after) <= 8
    };
    row.len() > 1 && below.len() > row.len() * 2 && row.iter().enumerate().all(is_flanked)
}

/// The columns that each cell of a line spans.
fn spans(at: usize, row: &[Segment], wrapped: &[bool], columns: &Columns) -> Vec<Range<usize>> {
    if columns.is_complete(at) {
        return (0..row.len()).map(|column| column..column + 1).collect();
    }
    let touched: Vec<Range<usize>> = row.iter().map(|cell| columns.touched(&cell.place(columns.measure))).collect();
    let is_group = |(touched, wrapped): (&Range<usize>, &bool)| {
        !wrapped && touched.clone().all(|column| columns.is_headed_below(column, at))
    };
    let groups: Vec<bool> = touched.iter().zip(wrapped).map(is_group).collect();
    let many = groups.iter().filter(|group| **group).count() > 1;
    let mut spans: Vec<Range<usize>> = Vec::new();
    for (number, (cell, own)) in row.iter().zip(&touched).enumerate() {
        let place = cell.place(columns.measure);
        let next = touched.get(number + 1);
        let free =
            spans.last().map_or(0, |last| last.end).min(own.start)..next.map_or(columns.len(), |next| next.start);
        let is_group = groups.get(number).copied().unwrap_or_default();
        spans.push(if !is_group {
            let column = columns.nearest(&place);
            column..column + 1
        } else if many {
            let next = row.get(number + 1).map(|next| next.place(columns.measure));
            shared(at, &place, own, next, &free, columns)
        } else {
            alone(at, &place, own, &free, columns)
        });
    }
    spans
}

/// How far the middle of columns is off the middle of a cell, in halves of a character.
fn off(place: &Range<usize>, span: &Range<usize>, columns: &Columns) -> usize {
    let (first, last) = (columns.place(span.start), columns.place(span.end.saturating_sub(1)));
    middle(&(first.start..last.end)).abs_diff(middle(place))
}

/// The only heading on its line: over labels it spans all labels beside it; over figures, those that it stands in
/// the middle of. Columns whose own headings stand on one line belong together.
fn alone(at: usize, place: &Range<usize>, own: &Range<usize>, free: &Range<usize>, columns: &Columns) -> Range<usize> {
    let is_label = columns.is_label(own.start);
    let is_like = |column: &usize| columns.is_label(*column) == is_label && columns.is_headed_below(*column, at);
    let is_level = |column: &usize| is_like(column) && columns.lowest(*column) == columns.lowest(own.start);
    let level = around(own, free, is_level);
    let beside = if level.len() > 1 { level } else { around(own, free, is_like) };
    if is_label {
        return beside;
    }
    let spans = || {
        let froms = beside.start..=own.start;
        froms.flat_map(|from| (own.end..=beside.end).map(move |to| from..to)).filter(|span| span.len() > 1)
    };
    // The widest of those that are off by little more than the best.
    let least = spans().map(|span| off(place, &span, columns)).min().unwrap_or_default();
    let widest = spans().filter(|span| off(place, span, columns) <= least + 4).max_by_key(Range::len);
    widest.unwrap_or_else(|| own.clone())
}

/// The columns on either side, as long as they are alike.
fn around(own: &Range<usize>, free: &Range<usize>, is_like: impl Fn(&usize) -> bool) -> Range<usize> {
    let least = own.start.saturating_sub(SPAN).max(free.start);
    let most = (own.end + SPAN).min(free.end).max(own.end);
    let from = (least..own.start).rev().take_while(|column| is_like(column)).last().unwrap_or(own.start);
    let to = (own.end..most).take_while(|column| is_like(column)).last().map_or(own.end, |last| last + 1);
    from..to
}

/// One of several headings on a line, which share the columns between them: where the labels of a second half start,
/// where labels end, or else where the middles fit best. At the edges of the table the last columns may have none.
fn shared(
    at: usize,
    place: &Range<usize>,
    own: &Range<usize>,
    next: Option<Range<usize>>,
    free: &Range<usize>,
    columns: &Columns,
) -> Range<usize> {
    // The columns to the left that the heading before left over are its own.
    let left = own.start.saturating_sub(SPAN).max(free.start);
    let is_headed = |column: &usize| columns.is_headed_below(*column, at);
    let from = (left..own.start).rev().take_while(is_headed).last().unwrap_or(own.start);
    // Those at the edge may be labels of the rows, which a heading of figures is not over.
    let is_first = free.start == 0 && !columns.is_label(own.start);
    let labels = (from..own.start).take_while(|column| is_first && columns.is_label(*column)).count();
    let until = (own.end + SPAN).min(free.end).max(own.end);
    let best = |from: usize| (own.end..=until).map(|end| off(place, &(from..end), columns)).min();
    let from = if labels > 0 && best(from + labels) < best(from) { from + labels } else { from };
    let ends = (own.end..=until).take_while(|end| *end == own.end || is_headed(&(*end - 1)));
    let Some(next) = next else {
        let last = ends.last().unwrap_or(own.end);
        let is_near = |span: &Range<usize>| off(place, span, columns) <= 10;
        return (own.end..=last).rev().map(|end| from..end).find(is_near).unwrap_or(from..last);
    };
    let next_end = columns.touched(&next).end;
    let cost = |end: &usize| {
        let meets = match (columns.is_label(end - 1), columns.is_label(*end)) {
            (false, true) => 0,
            (true, false) => 1,
            _ => 2,
        };
        let rest = if *end < next_end { off(&next, &(*end..next_end), columns) } else { 0 };
        (meets, off(place, &(from..*end), columns) + rest)
    };
    let end = ends.min_by_key(cost).unwrap_or(own.end);
    from..end
}
