//! The columns of a table aligned by spaces: the rivers of white that run down between its figures.

use std::ops::Range;

use super::cells::{Measure, Segment, is_data, words};
use crate::read::text::lines::{Line, trim};

/// The columns of a table, from left to right, each with the places its cells take.
#[derive(Debug)]
pub struct Columns {
    /// How places are counted.
    pub measure: Measure,
    places: Vec<Range<usize>>,
    /// The lowest line of the header that has a cell in the column alone.
    lowest: Vec<Option<usize>>,
}

/// The widest river that a heading is looked for to span: so many columns on either side.
const SPAN: usize = 12;

impl Columns {
    /// The columns of a table, whose first line with figures is known; `None` if there are not two.
    pub fn of(lines: &[Line], rows: &[Vec<Segment>], first: usize) -> Option<Self> {
        let measure = measure(rows);
        let data = lines.iter().zip(rows).filter(|(_, row)| is_data(row));
        let inked: Vec<Vec<Segment>> =
            data.map(|(line, _)| words(line.text).into_iter().filter(|word| !is_total(line, word)).collect()).collect();
        let mut columns = Self { measure, places: places(&inked, measure), lowest: Vec::new() };
        if columns.places.len() < 2 {
            return None;
        }
        let (header, body) = rows.split_at(first.min(rows.len()));
        for cell in body.iter().flatten() {
            columns.stretch(&cell.place(measure));
        }
        // A figure that stands where no others do has a column of its own.
        for cell in body.iter().flatten().filter(|cell| cell.is_figure) {
            columns.add(cell.place(measure));
        }
        // The lowest lines of the header stand closest to their columns, and name those without a figure.
        for (line, row) in lines.iter().zip(header).rev() {
            for cell in header_cells(line, row) {
                columns.add(cell.place(measure));
            }
        }
        columns.lowest = vec![None; columns.places.len()];
        for (at, (line, row)) in lines.iter().zip(header).enumerate() {
            for cell in header_cells(line, row) {
                let touched = columns.touched(&cell.place(measure));
                if let Some(lowest) = columns.lowest.get_mut(touched.start).filter(|_| touched.len() == 1) {
                    *lowest = Some(at);
                }
            }
        }
        Some(columns)
    }

    /// A column for a place that touches none.
    fn add(&mut self, place: Range<usize>) {
        let at = self.places.partition_point(|column| column.end <= place.start);
        if self.places.get(at).is_none_or(|column| place.end <= column.start) {
            self.places.insert(at, place);
        }
    }

    /// A cell that touches one column alone belongs to it, however far it reaches.
    fn stretch(&mut self, place: &Range<usize>) {
        let from = self.places.partition_point(|column| column.end <= place.start);
        let to = self.places.partition_point(|column| column.start < place.end);
        if from + 1 == to
            && let Some(column) = self.places.get_mut(from)
        {
            *column = column.start.min(place.start)..column.end.max(place.end);
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Where the cells of a column stand.
    pub fn place(&self, column: usize) -> Range<usize> {
        self.places.get(column).cloned().unwrap_or_default()
    }

    /// The columns that a place touches; else the nearest.
    pub fn touched(&self, place: &Range<usize>) -> Range<usize> {
        let from = self.places.partition_point(|column| column.end <= place.start);
        let to = self.places.partition_point(|column| column.start < place.end);
        if from < to {
            return from..to;
        }
        let left = from.checked_sub(1).map(|left| place.start - self.place(left).end);
        let right = self.places.get(from).map(|column| column.start.saturating_sub(place.end));
        match (left, right) {
            (Some(left), Some(right)) if left < right => from - 1..from,
            (Some(_), None) => from - 1..from,
            _ => from..from + 1,
        }
    }

    /// The columns that a cell on a line of the header spans: those whose middle its own comes closest to, within
    /// the columns that its neighbours leave free; the first and the last have headings of their own below.
    pub fn spanned(&self, line: usize, place: &Range<usize>, free: Range<usize>) -> Range<usize> {
        let touched = self.touched(place);
        let off = |columns: &Range<usize>| {
            (self.place(columns.start).start + self.place(columns.end - 1).end).abs_diff(place.start + place.end)
        };
        let has_own = |column: usize| self.lowest.get(column).is_some_and(|lowest| *lowest > Some(line));
        let froms = (touched.start.saturating_sub(SPAN).max(free.start)..=touched.start).rev();
        let mut best = (off(&touched), touched.clone());
        for from in froms.filter(|from| has_own(*from)) {
            let tos = touched.end..=(touched.end + SPAN).min(free.end.max(touched.end));
            for columns in tos.filter(|to| has_own(*to - 1)).map(|to| from..to).filter(|columns| columns.len() > 1) {
                let off = off(&columns);
                // Off by half a character is not off.
                if off + 1 < best.0 {
                    best = (off, columns);
                }
            }
        }
        best.1
    }
}

/// The cells of a line of the header: Chinese headings have no blanks in them, so that one between two is a gap.
pub fn header_cells(line: &Line, row: &[Segment]) -> Vec<Segment> {
    let is_wide = |text: Option<char>| text.is_some_and(|each| each.len_utf8() == 3);
    let mut cells: Vec<Segment> = Vec::new();
    let mut words = words(line.text).into_iter().peekable();
    for segment in row {
        let mut parts: Vec<Segment> = Vec::new();
        while let Some(word) = words.next_if(|word| word.bytes.end <= segment.bytes.end) {
            parts.push(word);
        }
        let text = |part: &Segment| line.text.get(part.bytes.clone()).unwrap_or_default();
        let splits = parts.iter().all(|part| {
            text(part).chars().count() >= 3
                && is_wide(text(part).chars().next())
                && is_wide(text(part).chars().next_back())
        });
        if splits { cells.extend(parts) } else { cells.push(segment.clone()) }
    }
    cells
}

/// The label of a total, which often stands in the middle of several columns.
fn is_total(line: &Line, word: &Segment) -> bool {
    let text = trim(line.text.get(word.bytes.clone()).unwrap_or_default());
    matches!(text, "合计" | "总计" | "小计" | "共计" | "Total" | "TOTAL" | "合" | "计")
        || text.ends_with("总计")
        || text.ends_with("合计")
}

/// The measure by which more cells start or end where one does in the line before.
fn measure(rows: &[Vec<Segment>]) -> Measure {
    let data: Vec<&Vec<Segment>> = rows.iter().filter(|row| is_data(row)).collect();
    let aligned = |measure: Measure| -> usize {
        let edges = |row: &[Segment]| -> Vec<(bool, usize)> {
            let places = row.iter().map(|segment| segment.place(measure));
            places.flat_map(|place| [(false, place.start), (true, place.end)]).collect()
        };
        let mut count = 0;
        for pair in data.windows(2) {
            if let [above, below] = pair {
                let mut above = edges(above).into_iter().peekable();
                for edge in edges(below) {
                    // Both go from left to right.
                    while above.next_if(|each| each.1 < edge.1).is_some() {}
                    count += usize::from(above.peek() == Some(&edge));
                }
            }
        }
        count
    };
    if aligned(Measure::Screen) > aligned(Measure::Characters) { Measure::Screen } else { Measure::Characters }
}

/// The places between the rivers.
fn places(rows: &[Vec<Segment>], measure: Measure) -> Vec<Range<usize>> {
    let end = rows.iter().flatten().map(|word| word.place(measure).end).max().unwrap_or_default();
    // How many words start and end at each place, and whether a figure does: the sum up to a place is its ink.
    let mut changes = vec![(0_usize, 0_usize); end + 1];
    let mut figures = vec![false; end + 1];
    for word in rows.iter().flatten() {
        let place = word.place(measure);
        for (at, is_end) in [(place.start, false), (place.end, true)] {
            if let Some(change) = changes.get_mut(at) {
                if is_end { change.1 += 1 } else { change.0 += 1 }
            }
            if let Some(figure) = figures.get_mut(at) {
                *figure |= word.is_figure;
            }
        }
    }
    // A few lines may be out of line.
    let tolerance = rows.len() / 6;
    let (mut ink, mut start) = (0, None);
    let mut places: Vec<Range<usize>> = Vec::new();
    for (at, (starting, ending)) in changes.iter().enumerate() {
        ink = ink + starting - ending;
        if ink > tolerance {
            start = start.or(Some(at));
        } else if let Some(from) = start.take() {
            // A river of one place is a blank between two words, unless a figure stands on its bank.
            match places.last_mut() {
                Some(last) if last.end + 1 == from && !is_bank(&figures, last.end, from) => last.end = at,
                _ => places.push(from..at),
            }
        }
    }
    places
}

fn is_bank(figures: &[bool], left: usize, right: usize) -> bool {
    [left, right].iter().any(|at| figures.get(*at).copied().unwrap_or_default())
}
