//! Formulas that stand in a cell with their result in the next, as the sentence that they would be:
//! `控制率 | 318÷340×100% | 93.53%`.

use super::Prose;
use super::cell::{Kind, kind};
use crate::document::{Cell, Passage, Row, Table};
use crate::source::Span;

/// What formulas are written with besides digits, and what tells one from a size, a range or a date.
const SIGNS: &str = ".,，%％‰+＋-－−–*×÷/（）() ";
const TELLING: [char; 5] = ['÷', '%', '％', '+', '＋'];
const EQUALS: [char; 2] = ['=', '＝'];
const OPERATORS: [char; 9] = ['÷', '×', '+', '＋', '*', '/', '－', '−', '-'];

/// The formulas of a table.
pub fn formulas(table: &Table) -> Vec<Prose> {
    let of_row = |row: &Row| {
        let pairs = row.cells.iter().zip(row.cells.iter().skip(1)).enumerate();
        let at =
            pairs.filter(|(_, (cell, next))| is_formula(in_figures(cell).text()) && is_result(next)).map(|(at, _)| at);
        let found: Vec<usize> = at.collect();
        // Of several nothing says what the result is of.
        let [at] = found[..] else { return None };
        let named = |cell: &&Cell| kind(cell.passage.text()) == Kind::Text && !cell.passage.text().contains(EQUALS);
        let name = row.cells[..at].iter().find(named)?;
        let (formula, result) = (&row.cells[at], &row.cells[at + 1]);
        let is_last = row.cells[at + 2..].iter().all(|cell| kind(cell.passage.text()) != Kind::Figure);
        let mut passage = name.passage.trimmed();
        for part in [in_figures(formula), result.passage.trimmed()] {
            let start = part.whole().start;
            passage.push_decoded("=", Span { start, end: start });
            passage.append(&part);
        }
        is_last.then(|| Prose { passage, headings: table.headings.clone(), grid: formula.grid })
    };
    table.rows.iter().filter_map(of_row).collect()
}

/// What stands behind the last equals sign of a cell: `决算数÷预算数=56.03÷62.30`.
fn in_figures(cell: &Cell) -> Passage {
    let text = cell.passage.text();
    let start = text.rfind(EQUALS).map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    cell.passage.part(start..text.len()).trimmed()
}

/// Whether a text is nothing but figures and operators between them.
fn is_formula(text: &str) -> bool {
    let text = text.trim();
    let is_written = text.chars().all(|letter| letter.is_ascii_digit() || SIGNS.contains(letter));
    let numbers = text.split(OPERATORS).filter(|part| part.contains(|letter: char| letter.is_ascii_digit()));
    is_written && text.contains(TELLING) && text.contains(OPERATORS) && numbers.count() > 1
}

fn is_result(cell: &Cell) -> bool {
    let text = cell.passage.text();
    kind(text) == Kind::Figure && !is_formula(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(rows: &[&[&str]]) -> Vec<String> {
        let cell = |text: &&str| Cell { passage: Passage::plain(text, 0), ..Cell::default() };
        let row = |cells: &&[&str]| Row { cells: cells.iter().map(cell).collect(), ..Row::default() };
        let table = Table { rows: rows.iter().map(row).collect(), ..Table::default() };
        formulas(&table).iter().map(|prose| prose.passage.text().to_owned()).collect()
    }

    #[test]
    fn a_formula_and_the_figure_behind_it_are_a_sentence() {
        assert_eq!(sentences(&[&["控制率", "318÷340×100%", "93.53%"]]), ["控制率=318÷340×100%=93.53%"]);
        let both = &["控制率", "（决算/预算）×100%=（56.03/62.30）×100%", "89.94%"][..];
        assert_eq!(sentences(&[both]), ["控制率=（56.03/62.30）×100%=89.94%"]);
        let words = &["变动率", "（本年－上年）÷上年", "（58.50－79.00）÷79.00×100%", "-25.95%"][..];
        assert_eq!(sentences(&[words]), ["变动率=（58.50－79.00）÷79.00×100%=-25.95%"]);
    }

    #[test]
    fn sizes_ranges_dates_and_figures_that_more_figures_follow_are_none() {
        for cells in [
            ["电缆", "3×1.5", "20"],
            ["年龄", "36-45", "32"],
            ["日期", "2023-06-29", "12"],
            ["占比", "12%", "3"],
            ["增长", "+12%", "3"],
            ["说明", "见附件÷2", "3"],
        ] {
            assert_eq!(sentences(&[&cells]), [""; 0], "{cells:?}");
        }
        assert_eq!(sentences(&[&["率", "3÷4", "75%", "12"]]), [""; 0]);
        assert_eq!(sentences(&[&["率", "3÷4", "5÷4", "75%"]]), ["率=5÷4=75%"]);
    }
}
