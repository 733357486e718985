//! A table that no section knows: its rows as records whose fields are named by the headers.

use super::draft::{Printed, Record};
use super::facts::Facts;
use super::label::Label;
use super::statements::{divides, is_meant, parts, printed};
use super::table::{row_span, table_span, year_of};
use crate::document::{Cell, Column, Mention, Role, Row, Statement, Table};
use crate::figure::{Dimension, Unit};
use crate::term::plain;

/// The record of the table.
#[must_use]
pub fn record(facts: &Facts<'_>) -> Record {
    let (table, figures) = (facts.table, &facts.figures);
    let mut record = Record::at(table_span(table));
    if let Some(caption) = &table.caption {
        record.print("caption", Printed::context(caption));
    }
    if let Some((_, year)) = table.caption.iter().find_map(year_of) {
        record.print("year", year);
    }
    if let Some(unit) = &table.unit {
        record.print("unit", Printed::context(unit));
    }
    let names = names(table);
    let depth = |row: &Row| label(row, figures).and_then(|cell| Label::read(cell.passage.text()).outline);
    let top = table.rows.iter().filter(|row| row.role == Role::Item).filter_map(depth).min();
    for row in &table.rows {
        let line = line(row, figures, &names);
        match row.role {
            Role::Total => *record.record("total") = line,
            Role::Subtotal => record.list("subtotals").push(line),
            Role::Mean => *record.record("mean") = line,
            Role::OfWhich => below(&mut record, "of_which", line),
            Role::Item if top.is_some() && depth(row) > top => below(&mut record, "parts", line),
            Role::Item => record.list("rows").push(line),
        }
    }
    record
}

/// Fewer figures have no relation that could be seen, unless one is so long that it is known elsewhere.
const FEWEST: usize = 3;
const LONG: usize = 5;

/// A sentence of more is a list that lost its lines.
const MOST: usize = 64;

/// The figures of each sentence, whatever they are of, with the words before each, and whether it is the first of the
/// parts (`of_which`) of what was said before, or the same amount `again`. A sentence that begins with such parts goes
/// on with the one before it.
#[must_use]
pub fn sentences(statements: &[Statement]) -> Vec<Record> {
    let above = |statement: &Statement| statement.headings.last().map(|heading| heading.text().to_owned());
    let goes_on = |before: &Statement, next: &Statement| {
        let text = next.passage.text().trim_start();
        parts(text).any(|(_, word)| text.starts_with(word)) && before.grid == next.grid && above(before) == above(next)
    };
    statements.chunk_by(goes_on).filter_map(sentence).collect()
}

/// Words between an amount and the same in another unit.
const AGAIN: [&str; 12] = ["即", "约", "合", "折", "折合", "约合", "合约", "约为", "折合约", "or", "i.e.", "about"];

/// A mention that says what something is, or the amount right before it again in another unit.
struct Meant<'a> {
    statement: &'a Statement,
    mention: &'a Mention,
    /// The mention before it that it says again.
    again: Option<&'a Mention>,
    /// What stands between the one before it and itself.
    between: &'a str,
}

/// What the figures of a statement say.
fn meant_in(statement: &Statement) -> Vec<Meant<'_>> {
    let text = statement.passage.text();
    let mut all: Vec<Meant<'_>> = Vec::new();
    for mention in &statement.mentions {
        let last = all.last().map(|last| last.mention);
        let end = last.map_or(0, |last| last.unit.as_ref().unwrap_or(&last.literal).end);
        let between = text.get(end..mention.literal.start).unwrap_or_default();
        let again = last.filter(|last| are_units_of_money(text, last, mention) && says_again(between));
        if is_meant(statement, mention) || again.is_some() && !mention.in_formula {
            all.push(Meant { statement, mention, again, between });
        }
    }
    all
}

/// Whether two amounts of money are in different units.
fn are_units_of_money(text: &str, one: &Mention, other: &Mention) -> bool {
    let exponent = |mention: &Mention| {
        let unit = Unit::named(text.get(mention.unit.clone()?)?)?;
        (unit.dimension == Dimension::Money).then_some(unit.exponent)
    };
    exponent(one).zip(exponent(other)).is_some_and(|(one, other)| one != other)
}

/// Whether what stands between two figures says that the second is the first once more.
fn says_again(between: &str) -> bool {
    let between = between.trim();
    let words = between.trim_start_matches(['（', '(']);
    let is_in_brackets = words.len() < between.len();
    let words = words.trim_start_matches(['，', ',', '、']).trim();
    is_in_brackets && words.is_empty() || AGAIN.contains(&words)
}

fn sentence(statements: &[Statement]) -> Option<Record> {
    let meant: Vec<Meant<'_>> = statements.iter().flat_map(meant_in).collect();
    let is_long = |meant: &Meant<'_>| {
        let printed = meant.statement.passage.text().get(meant.mention.literal.clone()).unwrap_or_default();
        printed.bytes().filter(u8::is_ascii_digit).count() >= LONG
    };
    let shares = meant.iter().filter(|meant| is_share(meant.statement, meant.mention));
    let says = meant.len() >= FEWEST || meant.iter().any(is_long) || shares.count() > 1;
    if meant.len() > MOST || !says {
        return None;
    }
    let first = statements.first()?;
    let mut record = Record::at(first.passage.whole());
    // Not a number, which would be a figure.
    record.print("paragraph", Printed::said(&format!("¶{}", first.paragraph), record.span));
    if divides(first.passage.text()) {
        record.print("divides", Printed::said("true", record.span));
    }
    for Meant { statement, mention, again, between } in meant {
        let mut figure = Record::at(statement.passage.span(mention.literal.clone()));
        let words = statement.passage.part(again.unwrap_or(mention).before.clone());
        if !words.is_blank() {
            figure.print("label", Printed::context(&words));
        }
        // 原值 18,652.70 万元：房屋 11,205.00 万元、设备 …
        let is_listed = between.trim_start().starts_with([':', '：']) || opens_list(statement, mention, between);
        if is_listed || parts(between).next().is_some() {
            figure.print("of_which", Printed::said("true", figure.span));
        }
        if again.is_some() {
            let said = if mention.hedge.is_some() { "about" } else { "true" };
            figure.print("again", Printed::said(said, figure.span));
        }
        if let Some(year) = mention.year {
            figure.print("year", Printed::said(&year.to_string(), figure.span));
        }
        if is_in_brackets(statement, mention) {
            figure.print("inside", Printed::said("true", figure.span));
        }
        let behind = statement.passage.part(mention.after.clone());
        if is_share(statement, mention) && !behind.is_blank() {
            figure.print("behind", Printed::context(&behind));
        }
        figure.print("value", printed(statement, mention));
        record.list("figures").push(figure);
    }
    Some(record)
}

/// Whether a figure is printed in per cent.
fn is_share(statement: &Statement, mention: &Mention) -> bool {
    statement.passage.text().get(mention.literal.clone()).is_some_and(|literal| literal.ends_with('%'))
}

/// Whether a figure stands in brackets, which only explain what is said outside.
fn is_in_brackets(statement: &Statement, mention: &Mention) -> bool {
    let before = statement.passage.text().get(..mention.literal.start).unwrap_or_default();
    before.matches(['（', '(']).count() > before.matches(['）', ')']).count()
}

/// Whether a figure is the first of several in brackets: `合计2,158.36万元（检测785.00万元、接种405.00万元）`.
fn opens_list(statement: &Statement, mention: &Mention, between: &str) -> bool {
    let behind = statement.passage.text().get(mention.literal.end..).unwrap_or_default();
    let inside = behind.find(['）', ')']).map(|end| &behind[..end]);
    between.trim_start().starts_with(['（', '('])
        && inside.is_some_and(|inside| inside.contains(|letter: char| letter.is_ascii_digit()))
}

/// A line that belongs to the one above it.
fn below(record: &mut Record, name: &str, line: Record) {
    let rows = record.list("rows");
    match rows.last_mut() {
        Some(above) => above.list(name).push(line),
        None => rows.push(line),
    }
}

fn line(row: &Row, figures: &[bool], names: &[String]) -> Record {
    let mut record = Record::at(row_span(row));
    if let Some(cell) = label(row, figures) {
        record.print("label", Printed { context: true, ..Printed::cell(cell) });
    }
    for ((cell, name), is_figure) in row.cells.iter().zip(names).zip(figures) {
        if *is_figure {
            record.print(name, Printed::cell(cell));
        }
    }
    record
}

/// The label of a row: the last before its first figure, serial numbers apart; without figures the first.
fn label<'a>(row: &'a Row, figures: &[bool]) -> Option<&'a Cell> {
    let serials = figures.iter().take_while(|is_figure| **is_figure).count();
    let first = figures.iter().skip(serials).position(|is_figure| *is_figure).map(|at| serials + at);
    let cells = row.cells.iter().take(first.unwrap_or(figures.len())).zip(figures);
    let mut labels = cells.filter(|(cell, is_figure)| !**is_figure && !cell.passage.is_blank()).map(|(cell, _)| cell);
    if first.is_some() { labels.next_back() } else { labels.next() }
}

/// A name for each column, no two alike.
fn names(table: &Table) -> Vec<String> {
    let own = |column: &Column| {
        let parts: Vec<String> = column.header.iter().map(|header| plain(header.text())).collect();
        let joined = parts.join("/");
        if ["序号", "编号", "no"].contains(&joined.as_str()) { "index".to_owned() } else { joined }
    };
    let mut names: Vec<String> = Vec::new();
    for (at, column) in table.columns.iter().enumerate() {
        let name = own(column);
        let taken = name.is_empty()
            || names.contains(&name)
            || ["label", "unit", "year", "value", "caption"].contains(&name.as_str());
        names.push(if taken { format!("{name}#{at}") } else { name });
    }
    names
}
