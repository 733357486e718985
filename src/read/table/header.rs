//! The header of a table: how many rows it has, what each of its labels spans, where it stands again.

use super::caption;
use super::cell::{Kind, kind, squeezed};
use super::pieces::Line;
use super::shape::Shape;
use crate::document::{Column, Passage};
use crate::read::block::RawCell;

/// A header has at most so many rows.
const ROWS: usize = 4;
/// A longer label is not repeated for each column that it spans.
const LONGEST: usize = 240;

/// How many of the first rows are header, if the format marks so many as such.
pub fn height(lines: &[Line], marked: usize) -> usize {
    let Some(top) = lines.first() else { return 0 };
    let figures = lines.iter().take(ROWS.max(marked) + 1).position(Line::has_figure);
    if figures == Some(0) {
        return marked.min(1);
    }
    let limit = figures.unwrap_or(lines.len()).min(ROWS.max(marked)).min(lines.len());
    let spanned = top.cells.iter().map(|cell| cell.rows as usize).max().unwrap_or(1);
    let marked = marked.max(spanned).max(1).min(limit.max(1));
    let mut height = 1;
    while height < limit {
        let (above, below) = lines.split_at(height);
        let goes_on = |line: &Line| continues(above, line) || repeats(above, line);
        if height >= marked && !below.first().is_some_and(goes_on) {
            break;
        }
        height += 1;
    }
    // A table of nothing but its header is one of words.
    if height == lines.len() && marked < height { 1 } else { height }
}

/// Whether a row names parts of the labels above it: each of its cells stands below one that spans
/// several columns, or below none. A row of its own would say in its first cell what it is of, so one
/// that begins blank goes on with the header: with years, with units.
fn continues(above: &[Line], line: &Line) -> bool {
    let open = |cell: &RawCell| {
        let label = above.iter().rev().find_map(|line| {
            let at = line.cells.partition_point(|label| label.column <= cell.column).checked_sub(1)?;
            let label = line.cells.get(at).filter(|label| covers(label, cell.column) && !label.passage.is_blank())?;
            let next = line.cells.get(at + 1);
            Some(label.columns > 1 || next.is_some_and(|next| next.passage.is_blank()))
        });
        label.unwrap_or(true)
    };
    let states_unit = |cell: &RawCell| caption::stated(cell.passage.text()).is_some_and(|stated| stated.start == 0);
    let starts_blank = line.cells.first().is_some_and(|cell| cell.passage.is_blank() || states_unit(cell));
    let several = match line.filled().count() {
        0 => false,
        1 => starts_blank && line.filled().all(states_unit),
        _ => true,
    };
    several && !line.has_figure() && (starts_blank || line.filled().all(open))
}

/// Whether a row says again what stands above it, but where that is printed once for each of several columns: a header of two
/// rows whose labels were printed for every row and column that they span.
fn repeats(above: &[Line], line: &Line) -> bool {
    let text = |cell: &RawCell| squeezed(cell.passage.text());
    let labels = |line: &Line| -> Vec<(u32, String)> { line.filled().map(|cell| (cell.column, text(cell))).collect() };
    let (Some(above), own) = (above.last().map(labels), labels(line)) else { return false };
    let is_spanning = |at: usize| {
        let label = &above[at].1;
        let is_like =
            |other: Option<usize>| other.and_then(|other| above.get(other)).is_some_and(|(_, text)| text == label);
        is_like(at.checked_sub(1)) || is_like(Some(at + 1))
    };
    let same = (0..above.len()).filter(|at| own.get(*at) == Some(&above[*at])).count();
    let other = (0..above.len()).filter(|at| own.get(*at) != Some(&above[*at]));
    own.len() == above.len()
        && same > 0
        && !line.has_figure()
        && other.clone().count() > 1
        && other.into_iter().all(is_spanning)
}

fn covers(cell: &RawCell, column: u32) -> bool {
    (cell.column..cell.column.saturating_add(cell.columns)).contains(&column)
}

/// The label of a column in a row of the header: which column it starts in, and its text.
type Label<'a> = Option<(usize, &'a Passage)>;

/// The columns under a header, whose bodies have these shapes.
pub fn columns(header: &[Line], shapes: &[Shape]) -> Vec<Column> {
    let grid = labels(header, shapes);
    let column = |at: usize| {
        let mut column = Column::default();
        let mut before: Option<*const Passage> = None;
        for (start, passage) in grid.iter().filter_map(|row| row.get(at).copied().flatten()) {
            let is_said = column.header.last().is_some_and(|above| above.text() == passage.text());
            let again = before == Some(std::ptr::from_ref(passage)) || is_said;
            before = Some(std::ptr::from_ref(passage));
            if !again && (start == at || passage.text().len() <= LONGEST) {
                column.unit = caption::bracketed_unit(passage).or(column.unit);
                column.header.push(passage.clone());
            }
        }
        column
    };
    (0..shapes.len()).map(column).collect()
}

/// Which label stands above each column, row by row.
fn labels<'a>(header: &'a [Line], shapes: &[Shape]) -> Vec<Vec<Label<'a>>> {
    let width = shapes.len();
    let told = header.iter().flat_map(|line| &line.cells).any(|cell| cell.columns > 1 || cell.rows > 1);
    let mut grid: Vec<Vec<Label>> = vec![vec![None; width]; header.len()];
    for (at, line) in header.iter().enumerate() {
        for cell in line.filled() {
            let columns = cell.column as usize..(cell.column.saturating_add(cell.columns) as usize).min(width);
            let rows = (cell.rows as usize).max(1).min(header.len() - at);
            for row in grid.iter_mut().skip(at).take(rows) {
                for place in row.get_mut(columns.clone()).unwrap_or_default() {
                    place.get_or_insert((cell.column as usize, &cell.passage));
                }
            }
        }
    }
    if !told {
        spread(&mut grid, shapes);
    }
    grid
}

/// Where the format says nothing of spans: a label spans the blanks behind it that have labels below,
/// or that have no label at all above a column that is not empty.
fn spread(grid: &mut [Vec<Label>], shapes: &[Shape]) {
    // The lowest row that has a label of its own in each column.
    let lowest: Vec<Option<usize>> = (0..shapes.len())
        .map(|column| grid.iter().rposition(|row| row.get(column).is_some_and(Option::is_some)))
        .collect();
    let height = grid.len();
    for at in 0..height {
        let (above, rest) = grid.split_at_mut(at);
        let Some(row) = rest.first_mut() else { return };
        let mut filled = row.iter().enumerate().filter(|(_, label)| label.is_some());
        if let (Some((column, label)), None) = (filled.next(), filled.next())
            && column > 0
            && at + 1 < height
        {
            // One label alone is printed in the middle of the columns of figures that it spans.
            let label = *label;
            for (place, _) in row.iter_mut().zip(shapes).filter(|(_, shape)| **shape == Shape::Figures) {
                *place = label;
            }
            continue;
        }
        let mut current: Label = None;
        for column in 0..row.len() {
            let start = |row: &Vec<Label>, column: usize| row.get(column).copied().flatten().map(|(start, _)| start);
            let crosses = column > 0 && above.iter().any(|row| start(row, column) != start(row, column - 1));
            let Some(place) = row.get_mut(column) else { return };
            if place.is_some() {
                current = *place;
                continue;
            }
            let below = match lowest.get(column).copied().flatten() {
                Some(lowest) => lowest > at,
                // No label at all: that of the lowest row before it is its own.
                None => shapes.get(column) != Some(&Shape::Empty),
            };
            if crosses || !below {
                current = None;
            }
            *place = current;
        }
    }
}

/// Where the columns of a piece stand in the table, if rows at its start are the header again.
#[derive(Clone, Debug)]
pub struct Again {
    /// How many rows it takes.
    pub rows: usize,
    /// From a printed column on, the column of the table.
    moves: Vec<(u32, u32)>,
}

impl Again {
    /// The column of the table that a printed one is.
    pub fn column(&self, printed: u32) -> u32 {
        let after = self.moves.partition_point(|(from, _)| *from <= printed);
        match after.checked_sub(1).and_then(|at| self.moves.get(at)) {
            Some((from, to)) => to.saturating_add(printed - from),
            None => printed,
        }
    }
}

/// The labels of a header, by which it is known when it stands again.
#[derive(Debug, Default)]
pub struct Known(Vec<Vec<(u32, String)>>);

impl Known {
    /// The labels of these rows.
    pub fn new(header: &[Line]) -> Self {
        let row = |line: &Line| line.filled().map(|cell| (cell.column, squeezed(cell.passage.text()))).collect();
        Self(header.iter().map(row).collect())
    }

    /// Whether the header stands again at the start of these rows; a column may have been lost in it.
    pub fn again(&self, lines: &[Line]) -> Option<Again> {
        let mut again = Again { rows: 0, moves: Vec::new() };
        for (known, line) in self.0.iter().zip(lines) {
            let mut filled = line.filled();
            let same = known.iter().all(|(column, label)| {
                filled.next().is_some_and(|cell| {
                    again.moves.push((cell.column, *column));
                    squeezed(cell.passage.text()) == *label
                })
            });
            if !same || filled.next().is_some() || known.is_empty() {
                break;
            }
            again.rows += 1;
        }
        // The first row alone must be labels enough to be known by.
        if again.rows == 0 || (self.0.first().is_some_and(|row| row.len() < 2) && again.rows < self.0.len()) {
            return None;
        }
        again.moves.sort_unstable();
        again.moves.dedup();
        let monotone = again.moves.windows(2).all(|pair| match pair {
            [before, after] => before.0 < after.0 && before.1 < after.1,
            _ => true,
        });
        if !monotone {
            again.moves.clear();
        }
        Some(again)
    }
}

/// The first row, from one on, where another header begins; all rows if none does.
pub fn end(lines: &[Line], from: usize, known: &Known) -> usize {
    let mut at = from;
    while let (Some(line), Some(next)) = (lines.get(at), lines.get(at + 1)) {
        match known.again(lines.get(at..).unwrap_or_default()) {
            Some(again) => at += again.rows,
            None if begins(line, next) => return at,
            None => at += 1,
        }
    }
    lines.len()
}

/// Whether a row in the middle of a table is the header of the rows that follow: labels of quantities,
/// all different, each above a figure.
fn begins(line: &Line, next: &Line) -> bool {
    let labels: Vec<&RawCell> = line.filled().collect();
    if labels.len() < 3 || labels.len() > 64 || !next.has_figure() {
        return false;
    }
    let texts: Vec<String> = labels.iter().map(|cell| squeezed(cell.passage.text())).collect();
    let short = |text: &String| text.chars().count() <= 20;
    let words = labels.iter().all(|cell| kind(cell.passage.text()) == Kind::Text) && texts.iter().all(short);
    let mut sorted = texts.clone();
    sorted.sort_unstable();
    sorted.dedup();
    let figures: Vec<u32> =
        next.filled().filter(|cell| kind(cell.passage.text()) == Kind::Figure).map(|cell| cell.column).collect();
    let above = |column: &u32| labels.iter().position(|label| label.column == *column);
    let named: Vec<usize> = figures.iter().filter_map(above).collect();
    let quantities = named.iter().filter_map(|at| texts.get(*at)).filter(|text| is_quantity(text)).count();
    words
        && sorted.len() == texts.len()
        && figures.len() >= 2
        && named.len() == figures.len()
        // All but the label of the rows.
        && named.len() + 1 >= labels.len()
        && quantities * 2 >= named.len()
}

/// Words that name a quantity rather than say something.
fn is_quantity(label: &str) -> bool {
    const ENDS: [&str; 16] =
        ["数", "额", "率", "量", "值", "比", "重", "分", "费", "年", "度", "价", "计", "人", "元", "%"];
    const WORDS: [&str; 7] = ["amount", "number", "rate", "total", "budget", "actual", "percent"];
    let plain = label.trim_end_matches([')', '）']);
    ENDS.iter().any(|end| plain.ends_with(end))
        || WORDS.iter().any(|word| label.contains(word))
        || label.split(|each: char| !each.is_ascii_digit()).any(|digits| kind(digits) == Kind::Year)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::table::tests::lines;

    fn paths(text: &str, height: usize, shapes: &str) -> Vec<String> {
        let shapes: Vec<Shape> = shapes
            .chars()
            .map(|each| match each {
                'w' => Shape::Words,
                'f' => Shape::Figures,
                _ => Shape::Empty,
            })
            .collect();
        let lines = lines(text);
        let columns = columns(lines.get(..height).unwrap_or_default(), &shapes);
        let path = |column: &Column| column.header.iter().map(Passage::text).collect::<Vec<_>>().join("/");
        columns.iter().map(path).collect()
    }

    #[test]
    fn rows_of_labels_above_figures_are_header() {
        for (text, expected) in [
            ("甲\t乙\n1\t2", 1),
            ("项目\t2018 年\t\t2019 年\t\n\t预算数\t决算数\t预算数\t决算数\n接待费\t1\t2\t3\t4", 2),
            ("收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n拨款\t1\t教育\t2", 2),
            ("收入\t\t支出\t\t\n项目\t数\t项目\t数\t\n\t\t\t合计\t基本\n款\t1\t教\t2\t3", 3),
            ("\t2010\t2009\nNet sales\t5\t6", 1),
            ("序号\t职责\n一\t负责甲\n二\t负责乙", 1),
            ("指标\t目标\t完成\n质量\t合格\t合格\n数量\t5\t6", 1),
            ("\tNote\t2019\t2018\n\t\t£m\t£m\nUK\t3\t5\t6", 2),
            ("\tYears ended\tYears ended\n\t2019\t2018\nUK\t5\t6", 2),
            ("\t2019\t2018\n\t(in millions)\t\nUK\t5\t6", 2),
            ("\t2019\t2018\n\tgood\t\nUK\t5\t6", 1),
            ("优\t90\n良\t80", 0),
        ] {
            assert_eq!(height(&lines(text), 0), expected, "{text}");
        }
        let tall = "项目\t\t支出\n编码\t\t\n\t名称\t合计\n类\t\t\n201\t甲\t1\n201\t乙\t2";
        assert_eq!(height(&lines(tall), 4), 4, "the layout says so");
        assert_eq!(height(&lines(tall), 9), 4, "no row of figures is header");
        assert_eq!(height(&lines("\t1\t2\n甲\t3\t4"), 1), 1, "the format says so");
        assert_eq!(height(&lines("\t2010\t2009\nRevenue:\t\t\nNet sales\t5\t6"), 1), 1);
    }

    #[test]
    fn labels_span_the_blanks_behind_them() {
        assert_eq!(
            paths("分类\t\t2018 年\t\n\t\t年初\t年末", 2, "wwff"),
            ["分类", "分类", "2018 年/年初", "2018 年/年末"]
        );
        assert_eq!(
            paths("单位\t基本支出\t\t项目支出\t合计\n\t人员\t公用\t\t", 2, "wffff"),
            ["单位", "基本支出/人员", "基本支出/公用", "项目支出", "合计"]
        );
        assert_eq!(paths("序号\t单位\t\t编制", 1, "fwwf"), ["序号", "单位", "单位", "编制"]);
        assert_eq!(paths("单位\t备注\t", 1, "ww "), ["单位", "备注", ""]);
        assert_eq!(
            paths("\t\tAs of March\t\nItem\tReported\tBefore\tEffect", 2, "wfff"),
            ["Item", "As of March/Reported", "As of March/Before", "As of March/Effect"]
        );
        assert_eq!(
            paths("收入\t\t支出\t\t\n项目\t数\t项目\t数\t\n\t\t\t合计\t基本", 3, "wfwff"),
            ["收入/项目", "收入/数", "支出/项目", "支出/数/合计", "支出/数/基本"]
        );
    }

    #[test]
    fn a_header_is_known_again_without_a_lost_column() {
        let known = Known::new(&lines("分类\t\t2018 年\t\n\t\t年初\t年末"));
        let again = known.again(&lines("分类\t2018年\t\n\t年 初\t年末\n小计\t1\t2")).unwrap();
        assert_eq!((again.rows, [0, 1, 2].map(|at| again.column(at))), (2, [0, 2, 3]));
        assert!(known.again(&lines("小计\t1\t2")).is_none());
    }

    #[test]
    fn a_row_of_quantities_above_figures_begins_anew() {
        let begins = |text: &str| {
            let lines = lines(text);
            super::begins(&lines[0], &lines[1])
        };
        assert!(begins("人员情况\t编制数\t在职人数\t控制率\n\t71\t88\t80%"));
        assert!(begins("经费\t2018 年\t2019 年\n公费\t1\t2"));
        assert!(!begins("质量\t合格\t合格\n数量\t5\t6"), "said twice");
        assert!(!begins("质量\t合格\t良好\n数量\t5\t6"), "no quantities");
        assert!(!begins("人员情况\t编制数\t在职人数\n数量\t多\t6"), "no figure below");
    }
}
