//! A table that no check knows, as lines of figures: whole numbers on one scale, quick to try relations on.

use std::collections::BTreeSet;

use super::equation::operand;
use crate::document::{Document, Figures, NodeId, Role, Symbol};
use crate::figure::{Dimension, Kind, Number, Ratio, Reach, Unit};
use crate::tie::Operand;

/// Figures of more digits after the point are left to those who know what they are.
const MOST_DECIMALS: u32 = 12;

/// Fields of a line that say what it is.
const ASIDE: [&str; 3] = ["label", "index", "unit"];

/// Words in the labels of lines that say how the others are spread.
const STATISTICS: [&str; 12] =
    ["average", "mean", "median", "maximum", "minimum", "max", "min", "std", "deviation", "平均", "最高", "最低"];

/// A table of more items is no list of what stands in each of its columns; and fewer columns show nothing.
const MOST_ITEMS: usize = 12;
const FEWEST_COLUMNS: usize = 4;

/// What a column of totals is called.
const TOTALS: [&str; 4] = ["合计", "总计", "total", "totals"];

/// What is called a subtotal.
const SUBTOTALS: [&str; 3] = ["小计", "subtotal", "sub-total"];

/// What means and prices are called, which are never added up.
pub const OF_MEANS: [&str; 13] =
    ["人均", "生均", "户均", "亩均", "校均", "车均", "平均", "均价", "单价", "average", "mean", "per ", "price"];

/// What of these is an amount over a count.
pub const OF_EACH: [&str; 8] = ["人均", "生均", "户均", "亩均", "校均", "车均", "per capita", "average"];

/// What other lines are called whose figures are not added up.
const NO_ADDENDS: [&str; 9] = ["累计", "累积", "进度", "率", "占比", "比重", "满意度", "cumulative", "rate"];

/// So many different figures that all end in zeros are rounded to them.
const MANY: usize = 4;

/// Zeros behind the point that are printed on purpose; an export prints all that it has room for.
const ON_PURPOSE: std::ops::RangeInclusive<i32> = 1..=2;

/// A figure in a cell.
#[derive(Clone, Debug)]
pub struct Cell {
    /// As it takes part in ties.
    pub operand: Operand,
    /// Its value, doubled, in the least digits of the table.
    pub value: i128,
    /// How far it may be off by rounding, likewise.
    pub half: i128,
    /// Digits it prints, zeros at either end apart.
    pub digits: u32,
}

/// A line of a table.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its figures, by column.
    pub cells: Vec<Option<Cell>>,
    /// What it is.
    pub role: Role,
    /// Its name, in small letters.
    pub label: String,
    /// Whether it is called a subtotal, and no total of something.
    pub is_subtotal: bool,
    /// Its first byte in the report.
    pub start: u32,
}

impl Line {
    /// Whether its figures may be added up from one column to the next: rates, means and running totals are not.
    pub fn adds(&self) -> bool {
        !OF_MEANS.iter().chain(&NO_ADDENDS).any(|word| self.label.contains(word))
    }

    /// Whether it is the total of the table.
    pub fn is_total(&self) -> bool {
        self.role == Role::Total
    }
}

/// The lines of a table.
#[derive(Clone, Debug)]
pub struct Grid {
    /// The table.
    pub table: NodeId,
    /// The names of its columns of figures, in small letters.
    pub names: Vec<String>,
    /// Its lines, the total last.
    pub lines: Vec<Line>,
    /// One, on its scale, doubled.
    pub one: i128,
}

/// The tables that no check knows: the records of the list `tables`.
pub fn tables(document: &Document) -> impl Iterator<Item = NodeId> + '_ {
    let list = document.get(document.root(), "tables");
    list.into_iter().flat_map(|list| document.children(list))
}

impl Grid {
    /// The lines of a record of the list `tables`; `None` where they are no figures on a common scale.
    pub fn new(document: &Document, figures: &Figures, table: NodeId) -> Option<Self> {
        let mut records: Vec<(NodeId, Role)> = Vec::new();
        for (name, role) in [("rows", Role::Item), ("subtotals", Role::Subtotal)] {
            document.get(table, name).into_iter().for_each(|list| lines(document, list, role, &mut records));
        }
        records.extend(document.get(table, "total").map(|total| (total, Role::Total)));
        let first = records.first()?.0;
        let fields = document.children(first).filter(|field| !ASIDE.contains(&document.key(*field)));
        let names: Vec<Symbol> = fields.filter_map(|field| document.node(field).key).collect();
        let cell = |record: NodeId, name: Symbol| {
            let node = document.content(document.field(record, name)?);
            operand(node, figures.any(node)?)
        };
        let mut rows: Vec<(Vec<Option<Operand>>, Role, NodeId)> = records
            .into_iter()
            .filter(|(record, _)| !is_statistic(document, *record))
            .map(|(record, role)| (names.iter().map(|name| cell(record, *name)).collect(), role, record))
            .collect();
        for column in 0..names.len() {
            loosen(rows.iter_mut().filter_map(|(cells, ..)| cells.get_mut(column)?.as_mut()).collect());
        }
        let operands = rows.iter().flat_map(|(cells, ..)| cells).flatten();
        let decimals = operands.filter_map(|operand| Some(operand.value.exact()?.trim().scale().max(printed(operand))));
        let scale = decimals.max().unwrap_or(0);
        if scale > MOST_DECIMALS {
            return None;
        }
        let one = 10_i128.checked_pow(scale)?.checked_mul(2)?;
        let lines = rows.into_iter().map(|(cells, role, record)| {
            let label = label(document, record);
            Line {
                cells: cells.into_iter().map(|cell| Cell::new(cell?, one)).collect(),
                role,
                is_subtotal: role == Role::Subtotal && is_called_subtotal(&label),
                label,
                start: document.node(record).span.start,
            }
        });
        let names = names.iter().map(|name| document.name(*name).to_lowercase()).collect();
        Some(Self { table, names, lines: lines.collect(), one })
    }

    /// Its columns, those that only compare others apart, as lines and its items as columns; `None` where there are too few
    /// columns to show anything, or too many items.
    pub fn transposed(&self, compares: &dyn Fn(&str) -> bool) -> Option<Self> {
        let items: Vec<&Line> = self.lines.iter().filter(|line| line.role == Role::Item).collect();
        let columns: Vec<usize> = (0..self.names.len()).filter(|column| !compares(&self.names[*column])).collect();
        if items.len() < 2 || items.len() > MOST_ITEMS || columns.len() < FEWEST_COLUMNS {
            return None;
        }
        let line = |column: usize| Line {
            cells: items.iter().map(|item| item.cells.get(column).cloned().flatten()).collect(),
            role: if TOTALS.contains(&self.names[column].as_str()) { Role::Total } else { Role::Item },
            label: self.names[column].clone(),
            is_subtotal: false,
            start: 0,
        };
        let mut lines: Vec<Line> = columns.into_iter().map(line).collect();
        lines.sort_by_key(Line::is_total);
        let names = items.iter().map(|item| item.label.clone()).collect();
        Some(Self { table: self.table, names, lines, one: self.one })
    }

    /// The total of the table.
    pub fn total(&self) -> Option<&Line> {
        self.lines.last().filter(|line| line.is_total())
    }

    /// How many digits the figures of a column have more before the point in the unit that another states.
    pub fn shift(&self, column: usize, other: usize) -> Option<u32> {
        // What the name of a column states is not yet in its figures.
        let stated = |column: usize| -> i32 {
            let name = &self.names[column];
            let ends = name.char_indices().filter_map(|(at, _)| Unit::named(&name[at..]));
            let Some(unit) = ends.into_iter().find(|unit| unit.dimension == Dimension::Money) else { return 0 };
            let figure = self.lines.iter().find_map(|line| line.cells.get(column)?.as_ref()?.operand.figure);
            unit.exponent - figure.and_then(|figure| figure.unit).map_or(0, |unit| unit.exponent)
        };
        u32::try_from(stated(column) - stated(other)).ok()
    }

    /// Whether the figures of a column are printed with a percent sign.
    pub fn prints_percent(&self, column: usize) -> bool {
        let mut figures = self.lines.iter().filter_map(|line| line.cells.get(column)?.as_ref()?.operand.figure);
        figures.next().is_some_and(|figure| figure.percent)
    }
}

/// Whether a line says how the others are spread, and is none of them.
fn is_statistic(document: &Document, record: NodeId) -> bool {
    let words = label(document, record);
    STATISTICS.iter().any(|word| words.contains(word))
}

/// The name of a line, in small letters.
fn label(document: &Document, record: NodeId) -> String {
    let label = document.get(record, "label").map_or("", |label| document.printed(document.content(label)));
    label.to_lowercase()
}

/// Whether a label is that of a subtotal; one that is printed among the serial numbers is none.
fn is_called_subtotal(label: &str) -> bool {
    label.is_empty() || SUBTOTALS.iter().any(|word| label.contains(word))
}

/// Nobody has said what the figures of a column count: whole numbers may be rounded, too, and where all of several end
/// in zeros they are rounded to those.
pub fn loosen(mut column: Vec<&mut Operand>) {
    let whole = |operand: &Operand| operand.value.exact().and_then(Number::whole).filter(|value| *value != 0);
    // The same figure in every line is no sign of it.
    let filled = column.iter().filter(|operand| !operand.value.is_zero()).map(|operand| whole(operand));
    let distinct: BTreeSet<Option<i128>> = filled.collect();
    let zeros = distinct.iter().map(|value| value.map_or(0, zeros)).min().unwrap_or(0);
    let prints = |operand: &Operand| operand.figure.is_some_and(|figure| ON_PURPOSE.contains(&figure.decimals));
    let zeros = if distinct.len() < MANY || column.iter().any(|operand| prints(operand)) { 0 } else { zeros };
    for operand in &mut column {
        let decimals = operand.figure.map_or(0, |figure| if zeros > 0 { -zeros } else { figure.decimals });
        let is_set = operand.figure.is_some_and(|figure| figure.kind == Kind::Parameter);
        if decimals <= 0
            && !is_set
            && let Some(reach) = Reach::half_unit(operand.value, decimals)
        {
            operand.reach = reach;
        }
    }
}

/// How many zeros a whole number ends in.
fn zeros(mut value: i128) -> i32 {
    let mut count = 0;
    while value % 10 == 0 {
        value /= 10;
        count += 1;
    }
    count
}

/// Decimals that a figure prints in the base of its unit.
fn printed(operand: &Operand) -> u32 {
    operand.figure.and_then(|figure| u32::try_from(figure.decimals).ok()).unwrap_or(0)
}

/// The records of a list, each before what belongs to it.
fn lines(document: &Document, list: NodeId, role: Role, records: &mut Vec<(NodeId, Role)>) {
    for record in document.children(list) {
        records.push((record, role));
        for below in ["parts", "of_which"].iter().filter_map(|name| document.get(record, name)) {
            records.extend(document.children(below).map(|record| (record, Role::OfWhich)));
        }
    }
}

impl Cell {
    /// Whether it is printed with a percent sign.
    pub fn is_percent(&self) -> bool {
        self.operand.figure.is_some_and(|figure| figure.percent)
    }

    fn new(operand: Operand, one: i128) -> Option<Self> {
        let scaled = |value: Ratio| value.mul(Number::from(one).into())?.exact()?.whole();
        let value = scaled(operand.value)?;
        let half = scaled(operand.reach.half_width()?)?;
        let mantissa = operand.value.exact()?.trim().mantissa().unsigned_abs();
        Some(Self { value, half, digits: mantissa.checked_ilog10().map_or(0, |log| log + 1), operand })
    }
}
