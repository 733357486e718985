//! What so many per cent of those who were asked answered, `64.29%的调查对象为男；35.71%的调查对象为女`: the shares of the counts in
//! the table beside it, and a hundred together.

use std::sync::{Arc, OnceLock};

use foldhash::HashMap;

use super::equation::{self, operand};
use super::sentence::{LEAST_DIGITS, Said, Sentence, holds};
use crate::document::{Document, Figures, NodeId, Symbol, Value};
use crate::fault::Bilingual;
use crate::figure::{Number, Ratio};
use crate::rule::Rule;
use crate::source::Span;
use crate::tie::{Expression, Operand, Tie, TieKind};

/// No question has more answers.
const MOST: usize = 20;

/// The table of a question stands at most so many bytes away from the sentence.
const NEAR: u32 = 400;

/// No such table is of more bytes, and of so many nearby each is tried.
const LONGEST: u32 = 4000;
const TABLES: usize = 8;

/// Of each answer that contradicts the counts so many agree with them.
const ENOUGH: usize = 2;

/// Answers that miss a hundred by more, in points, may be to a question that allows several.
const FAR: i128 = 10;

/// What leads from a share to those it is of.
const OF: [&str; 2] = ["的", "of "];

/// The rule of all such ties.
pub fn rule() -> Arc<Rule> {
    static RULE: OnceLock<Arc<Rule>> = OnceLock::new();
    let rule = || {
        let title = Bilingual::new(
            "The shares of the answers in a sentence are those of the counts, and add up to 100 %",
            "文字所列各选项占比应与选择人数一致，合计为 100%",
        );
        let because = Bilingual::new(
            "Everyone who was asked gave one answer; most shares of the sentence agree, or all do but for one digit.",
            "每位调查对象只选一项；句中其余占比均一致，或仅一位数字之差。",
        );
        let message = Bilingual::new(
            "{printed} of the answers, says the sentence, but the other figures give {recomputed}",
            "文字所列占比为 {printed}，按其余数字计算为 {recomputed}",
        );
        let rule = equation::rule("sentence/answers", title, because);
        Arc::new(Rule { message: Some(message), ..Arc::unwrap_or_clone(rule) })
    };
    Arc::clone(RULE.get_or_init(rule))
}

/// Ties for the sentences that say how many per cent gave each answer. Shares that are known to other ties need none.
#[must_use]
pub fn answers(sentences: &[Sentence], document: &Document, figures: &Figures) -> Vec<Tie> {
    let asked: Vec<Asked<'_>> = sentences.iter().filter_map(|sentence| Asked::new(sentence, document)).collect();
    if asked.is_empty() {
        return Vec::new();
    }
    let columns = columns(document, figures);
    asked
        .iter()
        .flat_map(|asked| {
            let from = columns.partition_point(|column| column.start.saturating_add(LONGEST) < asked.start);
            let near = columns[from..].iter().take_while(|column| column.start < asked.end.saturating_add(NEAR));
            let near = near.filter(|column| column.is_near(asked)).take(TABLES);
            let of_counts = near.filter_map(|column| asked.of_counts(column)).next();
            of_counts.unwrap_or_else(|| asked.hundred().into_iter().collect())
        })
        .collect()
}

/// The shares that a sentence says.
struct Asked<'a> {
    record: NodeId,
    said: Vec<&'a Said>,
    start: u32,
    end: u32,
}

/// Counts below each other in a table.
struct Column {
    counts: Vec<Operand>,
    start: u32,
    end: u32,
}

impl Column {
    fn is_near(&self, asked: &Asked<'_>) -> bool {
        let behind = self.start >= asked.end && self.start - asked.end < NEAR;
        behind || asked.start >= self.end && asked.start - self.end < NEAR
    }
}

/// The columns of counts of all lists that stand in tables, in order.
fn columns(document: &Document, figures: &Figures) -> Vec<Column> {
    let mut columns: HashMap<(NodeId, Symbol), Column> = HashMap::default();
    for (node, figure) in figures.iter().filter(|(node, _)| document.grid(*node).is_some()) {
        let list = document.parent(document.record(node)).filter(|list| document.node(*list).value == Value::List);
        let is_count = !figure.percent && figure.decimals == 0 && figure.value.signum() >= 0;
        let name = list.zip(document.field_symbol(node)).filter(|_| is_count);
        let Some((name, count)) = name.zip(operand(node, figure)) else { continue };
        let span = place(document, node);
        let new = || Column { counts: Vec::new(), start: span.start, end: span.end };
        let column = columns.entry(name).or_insert_with(new);
        column.counts.push(count);
        (column.start, column.end) = (column.start.min(span.start), column.end.max(span.end));
    }
    let mut columns: Vec<Column> =
        columns.into_values().filter(|column| (2..=MOST).contains(&column.counts.len())).collect();
    columns.sort_by_key(|column| (column.start, column.end));
    columns
}

impl<'a> Asked<'a> {
    /// The shares of a sentence, if there are two or more.
    fn new(sentence: &'a Sentence, document: &Document) -> Option<Self> {
        let is_share = |said: &&Said| {
            let value = said.operand.value;
            said.percent && !said.known && value.signum() >= 0 && value.compare(hundred()).is_le()
        };
        let said: Vec<&Said> = sentence.said.iter().filter(is_share).collect();
        let place = |said: &Said| place(document, said.operand.node);
        let (start, end) = (place(said.first()?).start, place(said.last()?).end);
        (2..=MOST).contains(&said.len()).then_some(Self { record: sentence.record, said, start, end })
    }

    /// The shares of counts, one of each that somebody gave or one of each that could be given.
    fn of_counts(&self, column: &Column) -> Option<Vec<Tie>> {
        let given: Vec<usize> = (0..column.counts.len()).filter(|at| !column.counts[*at].value.is_zero()).collect();
        let all: Vec<usize> = (0..column.counts.len()).collect();
        let fits = [given, all].into_iter().filter(|rows| rows.len() >= 2);
        let mut windows = fits.flat_map(|rows| {
            let starts = 0..(self.said.len() + 1).saturating_sub(rows.len());
            starts.map(move |start| (start, rows.clone()))
        });
        windows.find_map(|(start, rows)| {
            let said = self.said[start..].iter().copied().zip(&rows);
            let ties: Vec<(&Said, Tie)> =
                said.map(|(said, row)| Some((said, self.share(said, column, *row)?))).collect::<Option<_>>()?;
            let (held, broken): (Vec<_>, Vec<_>) = ties.iter().partition(|(_, tie)| holds(tie));
            let shown = held.iter().filter(|(said, _)| said.digits >= LEAST_DIGITS).count();
            let is_slip = |(said, tie): &&(&Said, Tie)| tie.outcome.recomputed.is_some_and(|value| said.slipped(value));
            let is_off = broken.len() * ENOUGH <= held.len() || broken.len() <= shown && broken.iter().all(is_slip);
            (shown > 0 && is_off).then(|| ties.into_iter().map(|(_, tie)| tie).collect())
        })
    }

    /// A share of one of the counts.
    fn share(&self, said: &Said, column: &Column, row: usize) -> Option<Tie> {
        let over =
            Expression::Quotient(Box::new(Expression::Operand(row)), Box::new(equation::sum(column.counts.len())));
        self.tie(TieKind::Share, over, column.counts.iter().chain([&said.operand]).cloned().collect())
    }

    /// The last of the shares that are said alike is what the others leave of a hundred.
    fn hundred(&self) -> Option<Tie> {
        let leads = |said: &&Said| OF.iter().any(|of| said.behind.starts_with(of));
        let start = self.said.iter().copied().position(|said| leads(&said))?;
        let first = self.said[start].behind.as_str();
        let clause = first.split(['，', '；', '。', ',', ';']).next().unwrap_or_default();
        let is_alike = |said: &&Said| word(&said.behind).is_some_and(|word| clause.contains(word));
        let alike = self.said[start..].iter().copied().take_while(is_alike).count();
        let said = &self.said[start..start + alike];
        let sum = said.iter().try_fold(Ratio::ZERO, |sum, said| sum.add(said.operand.value))?;
        let missing = hundred().sub(sum)?;
        let mends = |said: &Said| {
            said.digits >= LEAST_DIGITS && said.operand.value.add(missing).is_some_and(|value| said.nearly(value))
        };
        let target = said.iter().copied().rposition(mends);
        let at = target.or_else(|| said.len().checked_sub(1)).filter(|_| said.len() > 1)?;
        let others = said.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, said)| &said.operand);
        let operands: Vec<Operand> = others.chain([&said[at].operand]).cloned().collect();
        let taken = (0..operands.len() - 1).map(|index| (true, Expression::Operand(index)));
        let rest = Expression::Sum([(false, Expression::Constant(hundred()))].into_iter().chain(taken).collect());
        let is_near = missing.abs().compare(Number::new(FAR, 2).into()).is_le();
        self.tie(TieKind::Share, rest, operands).filter(|tie| holds(tie) || target.is_some() && is_near)
    }

    fn tie(&self, kind: TieKind, left: Expression, operands: Vec<Operand>) -> Option<Tie> {
        equation::shown(rule(), kind, self.record, left, operands)
    }
}

/// Where a figure stands in the report, which may have been written as JSON (`$at`).
fn place(document: &Document, node: NodeId) -> Span {
    let stated = || {
        let at = document.get(document.parent(node)?, "$at")?;
        let number = |name: &str| document.printed(document.get(at, name)?).parse().ok();
        Some(Span { start: number("start")?, end: number("end")? })
    };
    stated().unwrap_or(document.node(node).span)
}

/// A hundred per cent.
fn hundred() -> Ratio {
    Number::ONE.into()
}

/// The first letter of Chinese words, or the first word of others.
fn word(text: &str) -> Option<&str> {
    let first = text.chars().next().filter(|first| first.is_alphabetic())?;
    match first.is_ascii() {
        true => text.split(|letter: char| !letter.is_alphabetic()).next(),
        false => text.get(..first.len_utf8()),
    }
}
