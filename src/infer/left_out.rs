//! What a relation leaves out that it was meant with: a column which no check knows, or what makes an amount another.

use foldhash::HashMap;

use crate::document::{Document, Figures, NodeId};
use crate::figure::{Number, Ratio};
use crate::term::Vocabulary;
use crate::tie::{Outcome, Reason, Tie, TieKind, Verdict};

/// Of figures that print the same so many are looked at.
const MOST: usize = 64;

/// A figure of fewer digits is printed elsewhere by chance.
const TELLING: u128 = 1000;

/// A difference of one digit is printed in any row.
const LEAST: Ratio = Ratio::TEN;

/// Takes back ties that hold of something else than they were made of: those of a row that another of its cells would
/// make hold, and agreements in which what differs is what a part of it is elsewhere.
pub fn settle(document: &Document, figures: &Figures, vocabulary: &Vocabulary, ties: &mut [Tie]) {
    of_parts(document, figures, vocabulary, ties);
    of_columns(document, figures, ties);
}

/// `项目支出` of all funds in one table, and of the general budget in another: one of both is printed for a part, too.
fn of_parts(document: &Document, figures: &Figures, vocabulary: &Vocabulary, ties: &mut [Tie]) {
    if !document.is_of_report() {
        return;
    }
    let is_two = |tie: &&mut Tie| {
        let field = |at: usize| tie.operands.get(at).map(|operand| document.field_symbol(operand.node));
        let is_one = tie.operands.len() == 2 && field(0) == field(1);
        tie.kind == TieKind::Equal && tie.outcome.verdict == Verdict::Broken && is_one
    };
    let mut broken = ties.iter_mut().filter(is_two).peekable();
    if broken.peek().is_none() {
        return;
    }
    let key = |value: Ratio| value.exact().map(Number::trim).map(|value| (value.mantissa(), value.scale()));
    let mut by_value: HashMap<_, Vec<NodeId>> = HashMap::default();
    for (node, figure) in figures.iter() {
        if let Some(value) = key(figure.value) {
            by_value.entry(value).or_default().push(node);
        }
    }
    for tie in broken {
        let context = |node: NodeId, name: &str| document.context(node, name).map(|at| document.printed(at));
        let is_part = |node: NodeId, of: NodeId| {
            document.field_symbol(node) == document.field_symbol(of)
                && context(node, "year") == context(of, "year")
                && vocabulary.axes.iter().any(|axis| context(node, &axis.name) != context(of, &axis.name))
        };
        let start = |node: NodeId| document.node(node).span.start;
        let part = tie.operands.iter().find_map(|operand| {
            let is_own = |node: NodeId| tie.operands.iter().any(|operand| start(operand.node) == start(node));
            let value = key(operand.figure?.value).filter(|(digits, _)| digits.unsigned_abs() >= TELLING)?;
            let mut others = by_value.get(&value)?.iter().take(MOST);
            others.find(|node| !is_own(**node) && is_part(**node, operand.node)).copied()
        });
        if let Some(part) = part {
            let name = document.get(document.record(part), "label").map_or("", |label| document.printed(label));
            tie.outcome = Outcome::undecided(Reason::OfAPart(name.to_owned()));
        }
    }
}

/// A column of the row that a check knows nothing of.
fn of_columns(document: &Document, figures: &Figures, ties: &mut [Tie]) {
    let is_sum = |tie: &&mut Tie| {
        matches!(tie.kind, TieKind::Sum | TieKind::Difference) && tie.outcome.verdict == Verdict::Broken
    };
    let mut broken = ties.iter_mut().filter(is_sum).peekable();
    let tables = document.get(document.root(), "tables").filter(|_| document.is_of_report() && broken.peek().is_some());
    let Some(tables) = tables else { return };
    let start = |node: NodeId| document.node(node).span.start;
    let inside = |node: &NodeId| tables < *node && *node < document.end(tables);
    let mut rows: HashMap<NodeId, Vec<(NodeId, Ratio)>> = HashMap::default();
    let mut row_at: HashMap<u32, NodeId> = HashMap::default();
    for (node, figure) in figures.iter().filter(|(node, _)| inside(node)) {
        let row = document.record(node);
        rows.entry(row).or_default().push((node, figure.value));
        row_at.insert(start(node), row);
    }
    for tie in broken {
        let row = tie.operands.first().and_then(|operand| row_at.get(&start(operand.node)));
        let all_of_it =
            |row: &&NodeId| tie.operands.iter().all(|operand| row_at.get(&start(operand.node)) == Some(*row));
        let (Some(row), Some(difference)) = (row.filter(all_of_it), tie.outcome.difference) else { continue };
        let is_operand = |node: NodeId| tie.operands.iter().any(|operand| start(operand.node) == start(node));
        let is_lacking = |value: Ratio| value.abs() == difference.abs() && value.abs().compare(LEAST).is_ge();
        let lacking = rows[row].iter().find(|(node, value)| is_lacking(*value) && !is_operand(*node));
        if let Some((node, _)) = lacking {
            let name = document.key(*node).to_owned();
            tie.outcome = Outcome { difference: tie.outcome.difference, ..Outcome::undecided(Reason::LeftOut(name)) };
        }
    }
}
