//! The pieces of a table that pages cut, joined; contents lists and tables that are too large.

use super::cell::{Kind, is_whole, kind, squeezed};
use super::roles;
use crate::read::block::{RawCell, RawTable};
use crate::read::text::kind::mark;

/// More cells are not read.
pub const CELLS: usize = 1_000_000;
/// More columns are not read.
pub const COLUMNS: usize = 10_000;

/// A row as it is printed, with its number in the joined table.
#[derive(Clone, Debug)]
pub struct Line {
    /// Number of the row.
    pub row: u32,
    /// The first row of a piece that follows another.
    pub opens: bool,
    /// Its cells.
    pub cells: Vec<RawCell>,
}

impl Line {
    /// Columns up to the end of its last cell.
    pub fn width(&self) -> usize {
        width(&self.cells)
    }

    /// Whether a figure stands in it.
    pub fn has_figure(&self) -> bool {
        self.cells.iter().any(|cell| kind(cell.passage.text()) == Kind::Figure)
    }

    /// Its cells that are not blank.
    pub fn filled(&self) -> impl Iterator<Item = &RawCell> {
        filled(&self.cells)
    }
}

fn width(cells: &[RawCell]) -> usize {
    cells.iter().map(|cell| (cell.column as usize).saturating_add(cell.columns as usize)).max().unwrap_or(0)
}

fn filled(cells: &[RawCell]) -> impl Iterator<Item = &RawCell> {
    cells.iter().filter(|cell| !cell.passage.is_blank())
}

/// Which column a column of a piece stands for.
fn place(places: &[(u32, u32)], column: u32) -> Option<u32> {
    let at = places.binary_search_by_key(&column, |(from, _)| *from).ok()?;
    places.get(at).map(|(_, to)| *to)
}

/// A table of one or more pieces.
#[derive(Clone, Debug, Default)]
pub struct Joined {
    /// Its rows.
    pub lines: Vec<Line>,
    /// How many rows the format marks as header.
    pub header: usize,
    /// Columns of its widest row.
    pub width: usize,
    /// It has more cells than are read: none is kept.
    pub too_large: bool,
    rows: usize,
    held: Held,
}

/// How many figures and words the rows with figures hold in each column.
#[derive(Clone, Debug, Default)]
struct Held(Vec<(usize, usize)>);

impl Held {
    fn add(&mut self, cells: &[RawCell]) {
        if !cells.iter().any(|cell| kind(cell.passage.text()) == Kind::Figure) {
            return;
        }
        for cell in filled(cells).filter(|cell| (cell.column as usize) < COLUMNS) {
            let column = cell.column as usize;
            if self.0.len() <= column {
                self.0.resize(column + 1, (0, 0));
            }
            if let Some((figures, words)) = self.0.get_mut(column) {
                match kind(cell.passage.text()) {
                    Kind::Figure | Kind::Year => *figures += 1,
                    Kind::Text => *words += 1,
                    Kind::Blank => {}
                }
            }
        }
    }

    /// The columns that hold something, and whether that is figures.
    fn columns(&self) -> impl Iterator<Item = (u32, bool)> {
        let columns = (0..).zip(&self.0).filter(|(_, (figures, words))| figures + words > 0);
        columns.map(|(column, (figures, words))| (column, figures > words))
    }
}

impl Joined {
    /// A table of one piece.
    pub fn new(raw: RawTable) -> Self {
        let mut joined = Self { header: raw.header, ..Self::default() };
        joined.add(raw);
        joined
    }

    /// Whether a piece that follows it belongs to it: it repeats the header, or has none and as many columns.
    pub fn takes(&self, next: &RawTable) -> bool {
        let (Some(top), Some(last), Some(first)) = (self.lines.first(), self.lines.last(), next.rows.first()) else {
            return self.too_large;
        };
        if last.filled().next().is_some_and(|cell| roles::is_grand_total(cell.passage.text())) {
            return false;
        }
        let labels = |cells: &[RawCell]| filled(cells).map(|cell| squeezed(cell.passage.text())).collect::<Vec<_>>();
        let top = labels(&top.cells);
        if top.len() > 1 && top == labels(&first.cells) {
            return true;
        }
        let columns = next.rows.iter().map(|row| width(&row.cells)).max();
        let starts_blank = first.cells.first().is_some_and(|cell| cell.passage.is_blank());
        let has_figure = first.cells.iter().any(|cell| kind(cell.passage.text()) == Kind::Figure);
        next.header == 0 && columns == Some(self.width) && (has_figure || starts_blank) || self.places(next).is_some()
    }

    /// The column of the table for each column of a piece without a header that a page set to other places: the
    /// piece holds something in as many columns, figures where the table does and words where it does.
    fn places(&self, next: &RawTable) -> Option<Vec<(u32, u32)>> {
        let mut held = Held::default();
        next.rows.iter().for_each(|row| held.add(&row.cells));
        let first = next.rows.first()?;
        // `十六、金融支出` goes on with a list and is no header.
        let is_row = |cell: &RawCell| kind(cell.passage.text()) == Kind::Figure || mark(cell.passage.text()).is_some();
        let is_body = first.cells.iter().any(is_row);
        let (own, other): (Vec<_>, Vec<_>) = (self.held.columns().collect(), held.columns().collect());
        let same = own.len() > 1 && own.iter().map(|(_, figures)| figures).eq(other.iter().map(|(_, figures)| figures));
        let places: Vec<(u32, u32)> = other.iter().zip(&own).map(|((from, _), (to, _))| (*from, *to)).collect();
        let is_placed = |cell: &RawCell| cell.columns == 1 && place(&places, cell.column).is_some();
        let fits = next.header == 0 && is_body && same;
        (fits && next.rows.iter().all(|row| filled(&row.cells).all(is_placed))).then_some(places)
    }

    /// Adds a piece whose columns are those of the table, or stand for them in their order.
    pub fn join(&mut self, mut raw: RawTable) {
        let is_as_wide = raw.rows.iter().map(|row| width(&row.cells)).max() == Some(self.width);
        if let Some(places) = self.places(&raw).filter(|_| !is_as_wide) {
            for row in &mut raw.rows {
                row.cells.retain(|cell| !cell.passage.is_blank());
                row.cells.iter_mut().for_each(|cell| cell.column = place(&places, cell.column).unwrap_or(cell.column));
            }
        }
        self.add(raw);
    }

    /// Adds a piece.
    fn add(&mut self, raw: RawTable) {
        for (at, row) in raw.rows.into_iter().enumerate() {
            self.width = self.width.max(width(&row.cells));
            self.held.add(&row.cells);
            let number = u32::try_from(self.rows).unwrap_or(u32::MAX);
            let opens = at == 0 && self.rows > 0;
            self.rows += 1;
            self.too_large |= self.width > COLUMNS || self.width.saturating_mul(self.rows) > CELLS;
            if self.too_large {
                self.lines = Vec::new();
            } else {
                self.lines.push(Line { row: number, opens, cells: row.cells });
            }
        }
    }

    /// A contents list: most rows lead by dots to the number of a page.
    pub fn is_contents(&self) -> bool {
        let leads = |line: &&Line| {
            let mut filled = line.filled();
            let (Some(first), last) = (filled.next(), filled.last()) else { return false };
            let text = first.passage.text();
            let page = last.map_or(text, |cell| cell.passage.text());
            let page = page.rsplit(['.', '…', '·', ' ']).next().unwrap_or_default();
            let dots = ["...", "…", "···", ". . ."].iter().any(|dots| text.contains(dots));
            dots && page.len() <= 4 && is_whole(page)
        };
        self.lines.iter().filter(leads).count() * 2 > self.lines.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::table::tests::raw;

    #[test]
    fn a_piece_is_taken_by_its_header_or_its_columns() {
        let table = Joined::new(raw("分类\t\t2018 年\t\n\t\t预算数\t决算数\n拨款\t基本\t1\t2"));
        assert!(table.takes(&raw("分类\t2018年\t\n\t预算数\t决算数\n小计\t1\t2")));
        assert!(table.takes(&raw("\t项目\t3\t4")));
        assert!(!table.takes(&raw("单位\t编制\t实有\t备注\n甲\t1\t2\t")), "a header of its own");
        assert!(!table.takes(&raw("\t项目\t3")), "fewer columns");
        let ended = Joined::new(raw("单位\t编制\n甲\t1\n合计\t1"));
        assert!(!ended.takes(&raw("单位\t编制\n甲\t1")), "it ended in its total");
    }

    #[test]
    fn a_piece_set_to_other_places_is_put_to_its_columns() {
        let mut table = Joined::new(raw("码\t名称\t合计\t拨款\t其他\n201\t教育\t1.5\t\t0.5\n202\t卫生\t1.5\t\t1.5"));
        let piece = raw("203\t环保\t3.5\t4.5\n\t合计\t3.5\t");
        assert!(table.takes(&piece));
        assert!(!table.takes(&raw("203\t3.5\t4.5\t环保")), "words where figures are");
        assert!(!table.takes(&raw("203\t环保\t3.5")), "fewer columns");
        assert!(!table.takes(&raw("编码\t名\t数\t额\n203\t环保\t3.5\t4.5")), "a header of its own");
        assert!(table.takes(&raw("\t三、环保\n203\t环保\t3.5\t4.5")), "a list goes on");
        table.join(piece);
        let columns = |line: &Line| line.filled().map(|cell| cell.column).collect::<Vec<_>>();
        let added: Vec<Vec<u32>> = table.lines.iter().skip(3).map(columns).collect();
        assert_eq!(added, [vec![0, 1, 2, 4], vec![1, 2]]);
    }

    #[test]
    fn contents_are_no_table() {
        assert!(Joined::new(raw("一、概况.....\t1\n二、结论......\t2\n附件\t9")).is_contents());
        assert!(!Joined::new(raw("单位\t编制\n甲...\t1\n乙\t9")).is_contents());
    }

    #[test]
    fn a_large_table_keeps_no_cells() {
        let wide = Joined::new(raw(&"\t".repeat(COLUMNS)));
        assert!(wide.too_large && wide.lines.is_empty());
        assert!(!Joined::new(raw(&"\t".repeat(COLUMNS - 1))).too_large);
    }
}
