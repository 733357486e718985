//! What was read of a report, for a person to look at.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::Lang;
use super::wording;
use crate::document::{Passage, Report, Role, Statement, Table};
use crate::source::{Source, safe, shorten};

/// A cell is shown in so many columns of a terminal at most.
const WIDEST: usize = 28;

/// The tables as tables, the sentences with their figures, and a line that counts them.
#[must_use]
pub fn show(report: &Report, source: &Source, lang: Lang) -> String {
    let mut text = String::new();
    for table in &report.tables {
        text += &self::table(table, source, lang);
        text.push('\n');
    }
    for statement in &report.statements {
        text += &self::statement(statement, source);
    }
    let cells = report.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    let figures = cells.filter(|cell| crate::figure::read(cell.passage.text().trim()).is_ok()).count();
    let stated = report.statements.iter().map(|statement| statement.mentions.len()).sum();
    let raw = report.tables.iter().filter(|table| table.raw.is_some()).count();
    let suspect = report.tables.iter().flat_map(|table| &table.rows).filter(|row| row.suspect).count();
    let counts = wording::Extracted {
        tables: report.tables.len(),
        raw,
        suspect,
        figures,
        statements: report.statements.len(),
        stated,
    };
    text += &wording::extracted(lang, &counts);
    text.push('\n');
    text
}

fn line(source: &Source, passage: &Passage) -> u32 {
    source.line(passage.whole().start)
}

fn table(table: &Table, source: &Source, lang: Lang) -> String {
    let cells = || table.rows.iter().flat_map(|row| &row.cells).map(|cell| &cell.passage);
    let first =
        table.columns.iter().flat_map(|column| &column.header).chain(cells()).find(|passage| !passage.is_blank());
    let at = table.caption.as_ref().or(first).map_or(0, |passage| line(source, passage));
    let caption = table.caption.as_ref().map_or("", Passage::text);
    let mut text = format!("{}:{at}  {}", source.name(), safe(caption.trim()));
    if let Some(unit) = &table.unit {
        let _ = write!(text, "  [{}]", safe(unit.text().trim()));
    }
    if let Some(raw) = table.raw {
        let _ = write!(text, "  ({})", wording::raw(lang, raw));
    }
    text.push('\n');
    let header = |passage: &Passage| passage.text().trim().to_owned();
    let depth = table.columns.iter().map(|column| column.header.len()).max().unwrap_or(0);
    let mut lines: Vec<(&str, Vec<String>)> = Vec::new();
    for level in 0..depth {
        let above =
            |at: usize| at.checked_sub(1).and_then(|at| table.columns[at].header.get(level)).map(Passage::whole);
        let cell = |(at, column): (usize, &crate::document::Column)| {
            let own = column.header.get(level).filter(|own| above(at) != Some(own.whole()));
            own.map_or_else(String::new, header)
        };
        lines.push(("", table.columns.iter().enumerate().map(cell).collect()));
    }
    for row in &table.rows {
        let mark = match (row.suspect, row.role) {
            (true, _) => "?",
            (_, Role::Item) => "",
            (_, Role::OfWhich) => "·",
            (_, Role::Subtotal) => "+",
            (_, Role::Total) => "=",
            (_, Role::Mean) => "~",
        };
        let cell = |cell: &crate::document::Cell| match cell.spanned {
            Some(_) => "↑".to_owned(),
            None => cell.passage.text().trim().to_owned(),
        };
        lines.push((mark, row.cells.iter().map(cell).collect()));
    }
    let lines: Vec<(&str, Vec<String>)> = lines
        .into_iter()
        .map(|(mark, cells)| (mark, cells.iter().map(|cell| shorten(&safe(cell), WIDEST)).collect()))
        .collect();
    let columns = lines.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let width =
        |at: usize| lines.iter().filter_map(|(_, cells)| cells.get(at)).map(|cell| cell.width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for (at, (mark, cells)) in lines.iter().enumerate() {
        if at == depth && depth > 0 {
            let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
            let _ = writeln!(text, "    {}", rule.join("  "));
        }
        let padded =
            cells.iter().zip(&widths).map(|(cell, width)| format!("{cell}{}", " ".repeat(width - cell.width())));
        let joined = padded.collect::<Vec<_>>().join("  ");
        let _ = writeln!(text, "  {mark:<2}{}", joined.trim_end());
    }
    text
}

/// A sentence in short, and below it each figure with the words that name it.
fn statement(statement: &Statement, source: &Source) -> String {
    let passage = &statement.passage;
    let mut text =
        format!("{}:{}  {}\n", source.name(), line(source, passage), shorten(&safe(passage.text().trim()), 100));
    for mention in &statement.mentions {
        let slice = |range: &std::ops::Range<usize>| safe(passage.text().get(range.clone()).unwrap_or_default().trim());
        let unit = mention.unit.as_ref().map(&slice).unwrap_or_default();
        let year = mention.year.map_or_else(String::new, |year| format!(" [{year}]"));
        let words = shorten(&slice(&mention.before), 40);
        let _ = writeln!(text, "    {} {unit}{year}  ← {words}", slice(&mention.literal));
    }
    text
}
