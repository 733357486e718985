//! A report as it was read: its tables and statements, before anybody knows what their words mean.

use std::ops::Range;

use super::{NodeId, Passage};

/// What a report holds, in the order of its source.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What it is called, where it says so before anything else.
    pub title: Option<Passage>,
    /// Its tables.
    pub tables: Vec<Table>,
    /// Its sentences that carry figures.
    pub statements: Vec<Statement>,
}

/// Where a cell stands in the source's own grid, all from 0: pieces of a table that a page cuts are one
/// table, a header that is repeated counts as a row, and a cell that was moved keeps its printed column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grid {
    /// Number of the table in the source; a contents list is none.
    pub table: u32,
    /// Row.
    pub row: u32,
    /// Column.
    pub column: u32,
}

/// One table.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Number in the source.
    pub number: u32,
    /// `表 1-8 …`, where one stands beside it.
    pub caption: Option<Passage>,
    /// The headings it stands under, the outermost first.
    pub headings: Vec<Passage>,
    /// The unit that its caption, header or a line above states: `万元`.
    pub unit: Option<Passage>,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows below the header.
    pub rows: Vec<Row>,
    /// Why it could not be understood; its cells are then kept as they stand.
    pub raw: Option<Raw>,
}

/// Why a table is left as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Raw {
    /// No row could be told to be a header.
    NoHeader,
    /// Rows have so different numbers of cells that nothing says which cell belongs to which column.
    Ragged,
    /// More cells than are read.
    TooLarge,
}

/// One column.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// The cells of the header above it, the outermost first; one that spans several columns stands in each.
    pub header: Vec<Passage>,
    /// The unit stated in its header.
    pub unit: Option<Passage>,
}

/// One row below the header.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// One cell a column.
    pub cells: Vec<Cell>,
    /// What it is.
    pub role: Role,
    /// A cell was lost or shifted in it, so that its cells may stand under the wrong header.
    pub suspect: bool,
}

/// What a row is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Role {
    /// A line of its own.
    #[default]
    Item,
    /// A part of the line above (`其中`).
    OfWhich,
    /// Totals the lines since the last subtotal.
    Subtotal,
    /// Totals the table.
    Total,
    /// The mean of the lines.
    Mean,
}

/// One cell.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// What is printed; blank where nothing is, or where a cell above or before spans it.
    pub passage: Passage,
    /// Where; `None` for a cell that is not there.
    pub grid: Option<Grid>,
    /// A cell above that spans several rows says it for this row as well: its row, counted in [`Table::rows`].
    pub spanned: Option<u32>,
    /// Of a report that was written as JSON: its `$at`.
    pub at: Option<NodeId>,
}

/// A sentence that carries figures.
#[derive(Clone, Debug, Default)]
pub struct Statement {
    /// The sentence.
    pub passage: Passage,
    /// The headings it stands under, the outermost first.
    pub headings: Vec<Passage>,
    /// The number of the paragraph it stands in, from 0.
    pub paragraph: u32,
    /// The words before the first colon of its paragraph, where they are few: `B102 预算调整率`.
    pub lead: Option<Passage>,
    /// The cell it stands in.
    pub grid: Option<Grid>,
    /// Its figures.
    pub mentions: Vec<Mention>,
    /// Formulas written out in it.
    pub formulas: Vec<Formula>,
    /// Of a report that was written as JSON: its `$at`.
    pub at: Option<NodeId>,
}

/// A figure in a sentence. Ranges are bytes of the sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mention {
    /// The figure with its bound, sign and percent sign, without its unit: `≥279`, `54.1%`, `1.2万`.
    pub literal: Range<usize>,
    /// Its unit: `万元`, `天`, `percent`.
    pub unit: Option<Range<usize>>,
    /// The words before it that name it, back to the figure or the clause before.
    pub before: Range<usize>,
    /// The words behind it, up to the next figure or the end of the clause.
    pub after: Range<usize>,
    /// Number of the clause that it stands in, from 0: those between commas.
    pub clause: u32,
    /// Number of the part of the sentence, from 0: those between semicolons.
    pub part: u32,
    /// The year that it is of, where the sentence states one before it.
    pub year: Option<u16>,
    /// `约`, `近`, `over`: it is not meant exactly.
    pub hedge: Option<Range<usize>>,
    /// Stands inside a formula.
    pub in_formula: bool,
    /// Of a report that was written as JSON: its `$at`.
    pub at: Option<NodeId>,
}

/// A formula written out: `预算执行率=（实际支出资金/实际到位资金）×100%=(4019.12/7430.06)×100%=54.1%`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Formula {
    /// All of it, in bytes of the sentence.
    pub range: Range<usize>,
    /// The words before the first equals sign that name the result.
    pub name: Range<usize>,
    /// Its sides in words: `（实际支出资金/实际到位资金）×100%`.
    pub words: Option<Side>,
    /// Its sides in figures: `(4019.12/7430.06)×100%`.
    pub figures: Option<Side>,
    /// Index of the result among the mentions of the statement.
    pub result: Option<usize>,
}

/// One side of a formula, in the order it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// Where it stands.
    pub range: Range<usize>,
    /// What it is made of.
    pub list: Vec<Part>,
}

/// A part of a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A quantity by its name.
    Word(Range<usize>),
    /// A figure: index among the mentions of the statement.
    Figure(usize),
    /// A number that belongs to the formula and measures nothing: the `100%` it is multiplied by.
    Constant(Range<usize>),
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `×`
    Times,
    /// `÷`
    Over,
    /// `(`
    Open,
    /// `)`
    Close,
}
