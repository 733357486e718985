//! Rows that are parts of the row above them, which only their figures say: 其中 stands before the first at most.

use super::cell::{Kind, kind};
use crate::document::{Cell, Role, Row};
use crate::figure::{Number, Ratio, read};

/// So many rows are parts of one at most.
const MOST: usize = 12;
/// A whole of fewer digits may be the sum of what follows by chance.
const DIGITS: usize = 4;
/// A label is not longer, in bytes.
const LABEL: usize = 64;
/// What is left of the row above when others are taken from it is called so, and is no part.
const RESTS: [&str; 8] = ["差额", "结余", "结转", "余额", "盈余", "difference", "balance", "surplus"];

/// Marks the rows that add up to the row above them, in every column of figures, as parts of it.
pub fn parts(rows: &mut [Row]) {
    let figures: Vec<Vec<Option<Figure>>> = rows.iter().map(|row| row.cells.iter().map(figure).collect()).collect();
    let mut at = 0;
    while at + 2 < rows.len() {
        let is_part = |row: &&Row| {
            matches!(row.role, Role::Item | Role::OfWhich) && !is_of_rates(row) && (is_rest(&rows[at]) || !is_rest(row))
        };
        let run = rows[at + 1..].iter().take(MOST).take_while(is_part).count();
        let whole = rows[at].role == Role::Item;
        let count = (2..=run).find(|count| whole && adds_up(&figures[at], &figures[at + 1..=at + count]));
        if let Some(count) = count {
            rows[at + 1..=at + count].iter_mut().for_each(|row| row.role = Role::OfWhich);
            at += count;
        }
        at += 1;
    }
}

/// Whether a row prints rates and nothing else.
fn is_of_rates(row: &Row) -> bool {
    let mut figures = row.cells.iter().map(|cell| cell.passage.text()).filter(|text| kind(text) == Kind::Figure);
    figures.clone().next().is_some() && figures.all(|text| text.trim_end().ends_with(['%', '％']))
}

/// Whether a row is called what is left of others.
fn is_rest(row: &Row) -> bool {
    let label = row.cells.iter().map(|cell| cell.passage.text()).find(|text| kind(text) == Kind::Text);
    label.is_some_and(|label| label.len() <= LABEL && RESTS.iter().any(|word| label.to_lowercase().contains(word)))
}

/// An amount or count as it is printed.
#[derive(Clone, Copy)]
struct Figure {
    value: Ratio,
    decimals: i32,
    digits: usize,
}

fn figure(cell: &Cell) -> Option<Figure> {
    let text = cell.passage.text().trim();
    if kind(text) == Kind::Text {
        return None;
    }
    let literal = read(text).ok().filter(|literal| !literal.percent && literal.bound.is_none())?;
    let digits = text.chars().filter(char::is_ascii_digit).count();
    Some(Figure { value: literal.value, decimals: literal.decimals, digits })
}

/// Whether rows add up to a whole in each column where it has a figure, one of which shows something.
fn adds_up(whole: &[Option<Figure>], parts: &[Vec<Option<Figure>>]) -> bool {
    let mut shown = false;
    for (column, whole) in whole.iter().enumerate() {
        let Some(whole) = whole else { continue };
        let cells: Vec<Figure> = parts.iter().filter_map(|part| part.get(column).copied().flatten()).collect();
        let sum = cells.iter().try_fold(Ratio::ZERO, |sum, cell| sum.add(cell.value));
        let decimals = cells.iter().map(|cell| cell.decimals).fold(whole.decimals, i32::max);
        // Half a unit of the last digit for the whole and for each part.
        let half = Number::power_of_ten(-decimals).and_then(|unit| unit.mul(Number::new(5, 1)));
        let count = i128::try_from(cells.len() + 1).unwrap_or(1);
        let allowance = half.and_then(|half| half.mul(Number::new(count, 0))).filter(|_| decimals > 0);
        let difference = sum.and_then(|sum| sum.sub(whole.value)).map(Ratio::abs);
        let near = difference.is_some_and(|difference| {
            difference.is_zero() || allowance.is_some_and(|allowance| difference.compare(allowance.into()).is_le())
        });
        if !near {
            return false;
        }
        let filled = cells.iter().filter(|cell| !cell.value.is_zero()).count();
        shown |= whole.digits >= DIGITS && filled >= 2;
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Passage;

    fn roles(table: &[(&str, Role)]) -> Vec<Role> {
        let cell = |text: &str| Cell { passage: Passage::plain(text, 0), ..Cell::default() };
        let row = |(text, role): &(&str, Role)| Row {
            cells: text.split('|').map(cell).collect(),
            role: *role,
            suspect: false,
        };
        let mut rows: Vec<Row> = table.iter().map(row).collect();
        parts(&mut rows);
        rows.iter().map(|row| row.role).collect()
    }

    #[test]
    fn rows_that_add_up_to_the_row_above_are_its_parts() {
        use Role::{Item, OfWhich, Total};
        let table = [
            ("财政拨款|1,500.00", Item),
            ("其中：甲|1,000.50", OfWhich),
            ("乙|499.50", Item),
            ("其他|20.00", Item),
            ("合计|1,520.00", Total),
        ];
        assert_eq!(roles(&table), [Item, OfWhich, OfWhich, Item, Total]);
        let table = [("基本|5,486.21", Item), ("人员|5,087.44", Item), ("公用|398.77", Item), ("项目|100.00", Item)];
        assert_eq!(roles(&table), [Item, OfWhich, OfWhich, Item]);
    }

    #[test]
    fn chance_and_contradiction_are_no_parts() {
        use Role::Item;
        // What is left is no part, unless all is left of something; rates are none.
        for (whole, one, other, expected) in [
            ("收入|9,120.3", "支出|8,890.2", "收支差额|230.1", [Item, Item, Item]),
            ("结转结余|9,120.3", "结转|8,890.2", "结余|230.1", [Item, Role::OfWhich, Role::OfWhich]),
        ] {
            assert_eq!(roles(&[(whole, Item), (one, Item), (other, Item)]), expected);
        }
        let table = [("收入|9,120.3", Item), ("增长率|6.2%", Item), ("甲|8,890.2", Item), ("乙|230.1", Item)];
        assert_eq!(roles(&table), [Item, Item, Item, Item]);
        // Small numbers add up by chance; a second column that does not says no.
        assert_eq!(roles(&[("甲|3", Item), ("乙|1", Item), ("丙|2", Item)]), [Item, Item, Item]);
        let table = [("甲|3,000.00|7.00", Item), ("乙|1,000.00|1.00", Item), ("丙|2,000.00|2.00", Item)];
        assert_eq!(roles(&table), [Item, Item, Item]);
    }
}
