//! The rows below a header: repeated headers dropped, cells moved under their columns, cut rows joined.

use super::LONGEST_LABEL;
use super::cell::{Kind, kind};
use super::header::{Again, Known};
use super::pieces::Line;
use super::roles::{self, Labels};
use super::shape::{Shape, align, looks};
use crate::document::{Cell, Grid, Passage, Row};
use crate::source::Span;

/// So many letters that stand on both sides of a cut are found.
const TWICE: usize = 8;

/// How a row was printed.
struct Printed {
    /// The first behind the end of a page.
    opens: bool,
    /// So many columns wide.
    width: usize,
}

/// The rows of the lines below a header, and the shapes of their columns.
pub fn rows(lines: Vec<Line>, known: &Known, width: usize, table: u32) -> (Vec<Row>, Vec<Shape>) {
    let told = lines.iter().flat_map(|line| &line.cells).any(|cell| cell.columns > 1 || cell.rows > 1);
    let (mut rows, printed) = place(lines, known, width, table);
    if !told {
        let short = printed.iter().filter(|printed| printed.width < width).count();
        let printed_rows = rows.len();
        let before = looks(&rows, width);
        for (row, printed) in rows.iter_mut().zip(&printed) {
            // Where blanks at the end are not printed, a short row has lost nothing.
            let lost = printed.width < width && short * 2 < printed_rows;
            row.suspect = align(row, &before, lost);
        }
    }
    let shapes: Vec<Shape> = looks(&rows, width).iter().map(|look| look.shape).collect();
    if !told {
        rows = join_cut(rows, &printed, &shapes);
    }
    (rows, shapes)
}

/// Puts each printed cell in its column.
fn place(lines: Vec<Line>, known: &Known, width: usize, table: u32) -> (Vec<Row>, Vec<Printed>) {
    let (mut rows, mut printed): (Vec<Row>, Vec<Printed>) = (Vec::new(), Vec::new());
    let mut moved: Option<Again> = None;
    // Rows that a cell above still spans, and its row.
    let mut spans: Vec<(u32, u32)> = vec![(0, 0); width];
    let (mut skip, mut opens) = (0, false);
    let again: Vec<Option<Again>> =
        (0..lines.len()).map(|at| known.again(lines.get(at..).unwrap_or_default())).collect();
    for (line, again) in lines.into_iter().zip(again) {
        if skip == 0
            && let Some(again) = again
        {
            skip = again.rows;
            moved = Some(again);
        }
        if skip > 0 {
            (skip, opens) = (skip - 1, true);
            continue;
        }
        let number = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let mut cells = Vec::new();
        cells.resize_with(width, Cell::default);
        for (cell, (left, row)) in cells.iter_mut().zip(&mut spans).filter(|(_, (left, _))| *left > 0) {
            *left -= 1;
            cell.spanned = Some(*row);
        }
        let mut end = 0;
        for raw in line.cells {
            let column = moved.as_ref().map_or(raw.column, |moved| moved.column(raw.column));
            let column = if (column as usize) < width { column } else { raw.column } as usize;
            end = end.max(column + 1);
            for place in spans.iter_mut().skip(column).take(raw.columns as usize).filter(|_| raw.rows > 1) {
                *place = (raw.rows - 1, number);
            }
            if let Some(cell) = cells.get_mut(column) {
                cell.passage.append(&raw.passage);
                cell.grid = cell.grid.or(Some(Grid { table, row: line.row, column: raw.column }));
            }
        }
        rows.push(Row { cells, ..Row::default() });
        printed.push(Printed { opens: opens || line.opens, width: end });
        opens = false;
    }
    (rows, printed)
}

/// Joins rows that the end of a page cuts to the rows they go on from.
fn join_cut(rows: Vec<Row>, printed: &[Printed], shapes: &[Shape]) -> Vec<Row> {
    let labels = Labels::of(shapes);
    let lone = rows.iter().zip(printed).any(|(row, printed)| !printed.opens && lone_label(row).is_some());
    let mut joined: Vec<Row> = Vec::with_capacity(rows.len());
    for (row, printed) in rows.into_iter().zip(printed) {
        match joined.last_mut() {
            Some(above) if printed.opens && is_cut(above, &row, labels, shapes, lone) => {
                for (cell, more) in above.cells.iter_mut().zip(row.cells) {
                    append(&mut cell.passage, &more.passage);
                    cell.grid = cell.grid.or(more.grid);
                }
                above.suspect |= row.suspect;
            }
            _ => joined.push(row),
        }
    }
    joined
}

/// Adds the rest of a text; words of letters are kept apart. What a page cuts in the middle of a line is sometimes
/// extracted twice, on either page: it is added once.
fn append(passage: &mut Passage, rest: &Passage) {
    let (before, behind) = (passage.text(), rest.text());
    let is_name = |text: &str| text.chars().count() < LONGEST_LABEL && !text.contains(['，', '。', '；', '、']);
    let is_label = is_name(before) && is_name(behind);
    // A name does not double its letters, as 人人 does; longer texts may, but not several.
    let least = if is_label { 1 } else { 2 };
    let starts = behind.char_indices().map(|(at, letter)| at + letter.len_utf8()).take(TWICE);
    let twice = starts.enumerate().filter(|(at, end)| at + 1 >= least && before.ends_with(&behind[..*end])).last();
    let is_chinese = |end: usize| behind[..end].chars().all(|letter| matches!(letter, '一'..='鿿'));
    if let Some((_, end)) = twice.filter(|(_, end)| is_chinese(*end)) {
        passage.append(&rest.part(end..behind.len()));
        return;
    }
    let letter = |each: Option<char>| each.is_some_and(|each| each.is_ascii_alphanumeric());
    if letter(passage.text().chars().last()) && letter(rest.text().chars().next()) {
        let start = rest.whole().start;
        passage.push_decoded(" ", Span { start, end: start });
    }
    passage.append(rest);
}

/// The label of a row that holds nothing but its first cell.
fn lone_label(row: &Row) -> Option<&str> {
    let (first, rest) = row.cells.split_first()?;
    (!first.passage.is_blank() && rest.iter().all(|cell| cell.passage.is_blank())).then(|| first.passage.text())
}

/// Whether a row at the start of a page goes on with the row above. It holds no figures; a row of its
/// own in a table of figures would, and so would the one above a text that ends in the middle.
fn is_cut(above: &Row, row: &Row, labels: Labels, shapes: &[Shape], lone: bool) -> bool {
    let pairs = || {
        let pairs = above.cells.iter().zip(&row.cells).map(|(above, cell)| (above.passage.text(), cell.passage.text()));
        pairs.zip(shapes).map(|((above, text), shape)| (above.trim(), text.trim(), *shape))
    };
    let words = |text: &str| text.is_empty() || kind(text) == Kind::Text;
    if pairs().all(|(_, text, _)| text.is_empty()) || !pairs().all(|(_, text, _)| words(text)) {
        return false;
    }
    let figures = pairs()
        .skip(labels.start.max(1))
        .any(|(above, _, shape)| shape == Shape::Figures && kind(above) == Kind::Figure);
    if let Some(label) = lone_label(row) {
        let before = above.cells.first().map_or("", |cell| cell.passage.text().trim());
        return figures && !lone && completes(before, label);
    }
    let label = row.cells.iter().take(labels.end).find(|cell| !cell.passage.is_blank());
    let begins = label.is_some_and(|cell| opens_item(cell.passage.text()));
    if begins || row.cells.first().is_some_and(|cell| !cell.passage.is_blank()) {
        return false;
    }
    let below = pairs().all(|(above, text, _)| text.is_empty() || !above.is_empty());
    let unfinished = |(above, text, _): (&str, &str, Shape)| {
        !text.is_empty() && above.chars().count() >= 12 && !above.ends_with(['。', '；', '！', '？', '.', ';'])
    };
    (figures && below) || pairs().any(unfinished)
}

/// Whether a label alone is the end of the label before it.
fn completes(before: &str, label: &str) -> bool {
    let (long, short) = (before.chars().count(), label.chars().count());
    let lower = label.chars().next().is_some_and(|first| first.is_ascii_lowercase());
    let ended = before.ends_with(['：', ':', '。', ')', '）']);
    !ended && !opens_item(label) && (lower || (short <= 8 && long >= 8 && !label.is_ascii()))
}

/// Whether a label begins an item of its own: numbered, a part, a total.
fn opens_item(label: &str) -> bool {
    const NUMERALS: &str = "一二三四五六七八九十";
    const CIRCLED: &str = "①②③④⑤⑥⑦⑧⑨⑩";
    let label = label.trim_start();
    let number = label.trim_start_matches(['（', '(']);
    let behind = number.trim_start_matches(|each: char| each.is_ascii_digit() || NUMERALS.contains(each));
    let numbered = behind.len() < number.len() && behind.starts_with(['、', '.', '．', ')', '）']);
    let circled = label.chars().next().is_some_and(|first| CIRCLED.contains(first));
    numbered || circled || label.starts_with("其中") || roles::is_total(label)
}
