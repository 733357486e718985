//! What the rows of a table are, and which blank labels a label above stands for.

use super::cell::{Kind, bare, kind};
use super::shape::Shape;
use crate::document::{Role, Row};

const TOTALS: [&str; 10] =
    ["合计", "总计", "总分", "共计", "总合计", "合计数", "total", "totals", "grand total", "sum total"];
/// What is named so totals a table whose lines are its parts: `全系统` below several units.
const WHOLES: [&str; 4] = ["全系统", "全局", "全部门", "总数"];
const SUBTOTALS: [&str; 4] = ["小计", "subtotal", "sub-total", "sub total"];
const MEANS: [&str; 9] =
    ["平均", "均值", "平均值", "平均数", "平均分", "average", "mean", "overall average", "average score"];
const PARTS: [&str; 4] = ["其中", "of which", "thereof", "including:"];

/// Whether a label is that of a table's total, alone.
pub fn is_grand_total(label: &str) -> bool {
    // Labels of totals are short; longer ones need not be looked at.
    // 合计/平均, 合计（万元）
    let words = || label.split(['/', '／', '（', '(']).map(bare).find(|words| !words.is_empty());
    label.len() <= 64 && words().is_some_and(|words| TOTALS.contains(&words.as_str()))
}

/// Whether a label names a total of some kind: `履职类合计`, `Total assets`, `小计`.
pub fn is_total(label: &str) -> bool {
    is_grand_total(label) || is_subtotal(label) || names_total(label)
}

fn is_subtotal(label: &str) -> bool {
    label.len() <= 64 && SUBTOTALS.contains(&bare(label).as_str())
}

fn names_total(label: &str) -> bool {
    if label.len() > 200 {
        return false;
    }
    let label = bare(label);
    let ends = ["合计", "总计", "小计"].iter().any(|end| label.ends_with(end));
    ends || label.starts_with("total ") || WHOLES.contains(&label.as_str())
}

/// Columns whose cells name the row: those before the first of figures, a column of serial numbers apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Labels {
    /// The first, behind the serial numbers.
    pub start: usize,
    /// Behind the last.
    pub end: usize,
}

impl Labels {
    /// The label columns among columns of these shapes.
    pub fn of(shapes: &[Shape]) -> Self {
        // Up to three columns of numbers before words are serials or codes, if figures follow the words.
        let numbers = shapes.iter().take_while(|shape| **shape == Shape::Figures).count();
        let figures = shapes.iter().skip(numbers).position(|shape| *shape == Shape::Figures);
        match figures {
            Some(at) if numbers <= 3 => Self { start: numbers, end: numbers + at },
            None if numbers == 1 => Self { start: 1, end: shapes.len() },
            None if numbers == 0 => Self { start: 0, end: shapes.len() },
            _ => Self { start: 0, end: 0 },
        }
    }

    /// The words that name a row: a total in its label columns, behind a group that is printed in every row; else the
    /// first there, else the first of all.
    pub fn name<'a>(&self, row: &'a Row) -> Option<&'a str> {
        let words = |cell: &&super::Cell| kind(cell.passage.text()) == Kind::Text;
        let labels = || row.cells.iter().take(self.end).filter(words).map(|cell| cell.passage.text());
        let total = labels().find(|label| is_grand_total(label) || is_subtotal(label));
        let any = || row.cells.iter().find(words).map(|cell| cell.passage.text());
        total.or_else(|| labels().next()).or_else(any)
    }
}

/// Says of each row what it is.
pub fn roles(rows: &mut [Row], labels: Labels) {
    let mut partial = 0;
    let count = rows.len();
    for row in rows.iter_mut() {
        let name = labels.name(row).unwrap_or_default();
        let short = if name.len() <= 64 { bare(name) } else { String::new() };
        row.role = if is_grand_total(name) {
            Role::Total
        } else if is_subtotal(name) {
            Role::Subtotal
        } else if names_total(name) {
            partial += 1;
            Role::Subtotal
        } else if PARTS.iter().any(|part| name.trim_start().to_lowercase().starts_with(part)) {
            Role::OfWhich
        } else if MEANS.contains(&short.as_str()) {
            Role::Mean
        } else {
            Role::Item
        };
    }
    // `…合计` totals the table if it is the only one or stands last, and no row does so in plain words.
    if rows.iter().any(|row| row.role == Role::Total) {
        return;
    }
    for (at, row) in rows.iter_mut().enumerate() {
        if row.role == Role::Subtotal
            // In English the first row has nothing to total.
            && (at + 1 == count || (partial == 1 && (at > 0 || !labels.name(row).is_some_and(str::is_ascii))))
            && labels.name(row).is_some_and(|name| !is_subtotal(name) && !bare(name).ends_with("小计"))
        {
            row.role = Role::Total;
        }
    }
}

/// Links each blank label to the label above that spans it.
pub fn spans(rows: &mut [Row], labels: Labels) {
    let mut above: Vec<Option<u32>> = vec![None; labels.end];
    for (at, row) in rows.iter_mut().enumerate() {
        let own = row.cells.iter().take(labels.end).skip(labels.start).position(|cell| !cell.passage.is_blank());
        let total = matches!(row.role, Role::Total | Role::Subtotal | Role::Mean);
        // Only what stands left of a label of the row's own is spanned; a row without one has no name.
        let Some(own) = own.map(|own| own + labels.start).filter(|_| !total) else {
            above.fill(None);
            continue;
        };
        let cells = row.cells.iter_mut().zip(above.iter_mut()).enumerate().skip(labels.start);
        for (column, (cell, above)) in cells {
            if !cell.passage.is_blank() {
                *above = u32::try_from(at).ok();
            } else if column > own {
                *above = None;
            } else if cell.spanned.is_none() {
                cell.spanned = *above;
            }
        }
    }
}
