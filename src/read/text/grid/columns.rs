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
    labels: Vec<bool>,
    /// Lines of the header with a cell for each column, in their order.
    complete: Vec<bool>,
}

/// How far a heading may stand from the cells of a column that has another above.
const NEAR: usize = 6;

impl Columns {
    /// The columns of a table, whose header is known; `None` if there are not two.
    pub fn of(lines: &[Line], rows: &[Vec<Segment>], header: &[Vec<Segment>]) -> Option<Self> {
        let body = rows.get(header.len()..).unwrap_or_default();
        let lowest = rows.get(header.len().saturating_sub(1)..).unwrap_or_default();
        // Where labels take several lines, rows of figures do not follow one another.
        let data: Vec<Vec<Segment>> = body.iter().filter(|row| is_data(row)).cloned().collect();
        let by = |rows: &[Vec<Segment>], least: usize| measure(rows, least);
        let measure = by(body, 1).or_else(|| by(&data, 2)).or_else(|| by(lowest, 3)).unwrap_or(Measure::Characters);
        let data = lines.iter().zip(rows).filter(|(_, row)| is_data(row));
        let inked: Vec<Vec<Segment>> =
            data.map(|(line, _)| words(line.text).into_iter().filter(|word| !is_total(line, word)).collect()).collect();
        let mut columns = Self {
            measure,
            places: places(&inked, measure),
            lowest: Vec::new(),
            labels: Vec::new(),
            complete: Vec::new(),
        };
        if columns.places.len() < 2 {
            return None;
        }
        // What stands clear of all columns has one of its own; the widest first, so that it is not taken for two.
        let mut cells: Vec<&Segment> = body.iter().flatten().collect();
        cells.sort_by_key(|cell| std::cmp::Reverse(cell.place(measure).len()));
        for cell in cells {
            columns.take(cell.place(measure), if cell.is_figure { 0 } else { 2 });
        }
        columns.find_labels(body);
        let widest = header.iter().map(Vec::len).max();
        let is_named = |row: &Vec<Segment>| Some(row.len()) == widest && columns.is_named(row, body);
        columns.complete = header.iter().map(is_named).collect();
        let lowest = columns.complete.iter().rposition(|complete| *complete);
        columns.lowest = vec![lowest; columns.places.len()];
        let complete = columns.complete.clone();
        let rest = || header.iter().enumerate().zip(&complete).rev().filter(|(_, complete)| !**complete);
        for ((at, row), _) in rest() {
            for cell in row {
                columns.touch(at, &cell.place(measure));
            }
        }
        // The lowest lines of the header stand closest to their columns, and name those without a figure.
        for ((at, row), _) in rest() {
            let mut left = 0;
            for (number, cell) in row.iter().enumerate() {
                let right = row.get(number + 1).map_or(usize::MAX, |next| next.place(measure).start);
                columns.head(at, cell.place(measure), left..right);
                left = cell.place(measure).end;
            }
        }
        Some(columns)
    }

    /// A line of the header has as many cells as there are columns, and either all rows do or each cell stands between
    /// the middles of the columns beside its own: headings need not touch the figures that they are set over.
    fn is_named(&self, row: &[Segment], body: &[Vec<Segment>]) -> bool {
        let mut data = body.iter().filter(|row| is_data(row));
        let middle = |place: Range<usize>| place.start + place.end;
        let is_between = |(at, cell): (usize, &Segment)| {
            let own = middle(cell.place(self.measure));
            at.checked_sub(1).is_none_or(|left| middle(self.place(left)) < own)
                && (at + 1 == self.len() || own < middle(self.place(at + 1)))
        };
        let is_sure = row.len() == self.len() && data.clone().nth(1).is_some();
        is_sure && (data.all(|row| row.len() == self.len()) || row.iter().enumerate().all(is_between))
    }

    /// A line of the header has a cell for each column, in their order.
    pub fn is_complete(&self, line: usize) -> bool {
        self.complete.get(line).copied().unwrap_or_default()
    }

    /// A place that touches one column belongs to it, however far it reaches; one that is so far from all has a
    /// column of its own.
    fn take(&mut self, place: Range<usize>, gap: usize) {
        let (from, to) = self.near(&place, 0);
        if from + 1 == to {
            self.stretch(from, &place);
        } else if self.near(&place, gap) == (from, from) {
            self.places.insert(from, place);
        }
    }

    /// The columns that a place touches, or comes so close to.
    fn near(&self, place: &Range<usize>, gap: usize) -> (usize, usize) {
        let from = self.places.partition_point(|column| column.end + gap <= place.start);
        let to = self.places.partition_point(|column| column.start < place.end + gap);
        (from, to.max(from))
    }

    fn stretch(&mut self, column: usize, place: &Range<usize>) {
        if let Some(column) = self.places.get_mut(column) {
            *column = column.start.min(place.start)..column.end.max(place.end);
        }
    }

    /// Notes that a column has a heading on a line, if it has none below.
    fn touch(&mut self, line: usize, place: &Range<usize>) {
        let (from, to) = self.near(place, 0);
        if let Some(lowest) = self.lowest.get_mut(from).filter(|_| from + 1 == to) {
            *lowest = (*lowest).or(Some(line));
        }
    }

    /// A heading that touches no column: of the labels to its left or the figures to its right, which leave the
    /// middle of a wide column free; of both, if they have headings of their own below; else of a column without
    /// a cell. Between it and its neighbours on the line is the clear.
    fn head(&mut self, line: usize, place: Range<usize>, clear: Range<usize>) {
        let (from, to) = self.near(&place, 0);
        if from < to {
            return;
        }
        let left = from.checked_sub(1);
        let is_headed = |at: Option<usize>| at.is_some_and(|at| self.is_headed_below(at, line));
        // A column may have been touched by a heading above that is of several.
        let is_free = |at: usize, gap: usize| match self.lowest.get(at) {
            Some(None) => true,
            Some(Some(lowest)) => *lowest < line && gap <= NEAR,
            None => false,
        };
        let (before, after) = (left.map_or(0..0, |left| self.place(left)), self.place(from));
        let own = match left {
            Some(left)
                if self.is_label(left) && is_free(left, place.start - before.end) && clear.start < before.end =>
            {
                Some(left)
            }
            _ if !self.is_label(from)
                && is_free(from, after.start.saturating_sub(place.end))
                && clear.end >= after.start =>
            {
                Some(from)
            }
            _ => None,
        };
        if let Some(own) = own {
            self.stretch(own, &place);
            if let Some(lowest) = self.lowest.get_mut(own) {
                *lowest = Some(line);
            }
        } else if !(is_headed(left) && is_headed(Some(from))) {
            self.places.insert(from, place);
            self.lowest.insert(from, Some(line));
            self.labels.insert(from, false);
        }
    }

    /// Columns of texts hold labels, and all before the first of them: codes and numbers.
    fn find_labels(&mut self, body: &[Vec<Segment>]) {
        let mut counts = vec![(0_usize, 0_usize); self.places.len()];
        for cell in body.iter().flatten() {
            if let Some((texts, figures)) = counts.get_mut(self.nearest(&cell.place(self.measure))) {
                if cell.is_figure { *figures += 1 } else { *texts += 1 }
            }
        }
        self.labels = counts.iter().map(|(texts, figures)| texts > figures).collect();
        let first = self.labels.iter().position(|label| *label).unwrap_or_default();
        self.labels.iter_mut().take(first).for_each(|label| *label = true);
    }

    /// It holds labels and not figures.
    pub fn is_label(&self, column: usize) -> bool {
        self.labels.get(column).copied().unwrap_or_default()
    }

    /// The lowest line of the header with a heading of its own.
    pub fn lowest(&self, column: usize) -> Option<usize> {
        self.lowest.get(column).copied().flatten()
    }

    /// It has a heading of its own below a line of the header.
    pub fn is_headed_below(&self, column: usize, line: usize) -> bool {
        self.lowest.get(column).is_some_and(|lowest| *lowest > Some(line))
    }

    /// The column that most of a place is in.
    pub fn nearest(&self, place: &Range<usize>) -> usize {
        let touched = self.touched(place);
        let shared = |column: &usize| {
            let own = self.place(*column);
            own.end.min(place.end).saturating_sub(own.start.max(place.start))
        };
        // Of equals the first.
        touched.clone().rev().max_by_key(shared).unwrap_or(touched.start)
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
}

/// The label of a total, which often stands in the middle of several columns.
fn is_total(line: &Line, word: &Segment) -> bool {
    let text = trim(line.text.get(word.bytes.clone()).unwrap_or_default());
    matches!(text, "合计" | "总计" | "小计" | "共计" | "Total" | "TOTAL" | "合" | "计")
        || text.ends_with("总计")
        || text.ends_with("合计")
}

/// The measure by which more cells start or end where one does in the line before, if they are so many more.
fn measure(rows: &[Vec<Segment>], least: usize) -> Option<Measure> {
    let aligned = |measure: Measure| -> usize {
        let edges = |row: &[Segment]| -> Vec<(bool, usize)> {
            let places = row.iter().map(|segment| segment.place(measure));
            places.flat_map(|place| [(false, place.start), (true, place.end)]).collect()
        };
        let mut count = 0;
        for pair in rows.windows(2) {
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
    let (screen, characters) = (aligned(Measure::Screen), aligned(Measure::Characters));
    let measure = if screen > characters { Measure::Screen } else { Measure::Characters };
    (screen.abs_diff(characters) >= least).then_some(measure)
}

/// The places between the rivers.
fn places(rows: &[Vec<Segment>], measure: Measure) -> Vec<Range<usize>> {
    let end = rows.iter().flatten().map(|word| word.place(measure).end).max().unwrap_or_default();
    // How many words start and end at each place, and whether figures do: the sum up to a place is its ink.
    let mut edges = vec![[Edge::default(); 2]; end + 1];
    for word in rows.iter().flatten() {
        let place = word.place(measure);
        for (at, side) in [(place.start, 0), (place.end, 1)] {
            if let Some(edge) = edges.get_mut(at).and_then(|edges| edges.get_mut(side)) {
                edge.count += 1;
                edge.is_figure |= word.is_figure;
            }
        }
    }
    // In a long table a few lines may be out of line.
    let tolerance = if rows.len() < 12 { 0 } else { rows.len() / 6 };
    let (mut ink, mut start, mut was_figure) = (0, None, false);
    let mut places: Vec<Range<usize>> = Vec::new();
    for (at, [starts, ends]) in edges.iter().enumerate() {
        let crossing = ink - ends.count;
        ink = crossing + starts.count;
        // Figures may stand so close that only the crack between two columns of them is left.
        let is_crack = crossing == 0 && starts.is_figure && ends.is_figure;
        if let Some(from) = start.take_if(|_| ink <= tolerance || is_crack) {
            places.push(from..at);
            was_figure = ends.is_figure;
        }
        if ink > tolerance && start.is_none() {
            // A river of one place is a blank between two words, unless a figure stands on its bank.
            let is_blank = places.last().is_some_and(|last| last.end + 1 == at) && !was_figure && !starts.is_figure;
            start = if is_blank { places.pop().map(|last| last.start) } else { Some(at) };
        }
    }
    places
}

/// Where words start or end.
#[derive(Clone, Copy, Debug, Default)]
struct Edge {
    count: usize,
    is_figure: bool,
}
