//! What a relation leaves out that it was meant with: a column which no check knows, or what makes an amount another.

use foldhash::HashMap;

use super::sentence::SENTENCES;
use crate::document::{Document, Figures, NodeId};
use crate::figure::{Number, Ratio};
use crate::term::{ALL, Vocabulary};
use crate::tie::{Operand, Outcome, Reason, Tie, TieKind, Verdict};

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

/// Agreements in which one figure is that of something else, as another place says.
fn of_parts(document: &Document, figures: &Figures, vocabulary: &Vocabulary, ties: &mut [Tie]) {
    if !document.is_of_report() {
        return;
    }
    let is_broken = |tie: &&mut Tie| {
        tie.kind == TieKind::Equal && tie.outcome.verdict == Verdict::Broken && tie.operands.len() <= MOST
    };
    let mut broken = ties.iter_mut().filter(is_broken).peekable();
    if broken.peek().is_none() {
        return;
    }
    let mut by_value: HashMap<_, Vec<NodeId>> = HashMap::default();
    for (node, figure) in figures.iter() {
        if let Some(value) = digits(figure.value) {
            by_value.entry(value).or_default().push(node);
        }
    }
    let elsewhere = Elsewhere { document, vocabulary, by_value };
    for tie in broken {
        if let Some(other) = elsewhere.part(tie).or_else(|| elsewhere.of_formula(tie)) {
            let name = document.get(document.record(other), "label").map_or("", |label| document.printed(label));
            tie.outcome = Outcome::undecided(Reason::OfAPart(name.to_owned()));
        }
    }
}

/// The digits of a value and their scale.
fn digits(value: Ratio) -> Option<(i128, u32)> {
    value.exact().map(Number::trim).map(|value| (value.mantissa(), value.scale()))
}

/// Where else the figures of a report are printed.
struct Elsewhere<'a> {
    document: &'a Document,
    vocabulary: &'a Vocabulary,
    by_value: HashMap<(i128, u32), Vec<NodeId>>,
}

impl Elsewhere<'_> {
    /// `项目支出` of all funds in one table, and of the general budget in another: one of both is printed for a part, too.
    fn part(&self, tie: &Tie) -> Option<NodeId> {
        // Two of different terms are related otherwise.
        let field = |operand: &Operand| self.document.field_symbol(operand.node);
        if matches!(&tie.operands[..], [one, other] if field(one) != field(other)) {
            return None;
        }
        // Those that differ from most, or either of two.
        let differ: Vec<&Operand> = tie.targets.iter().filter_map(|at| tie.operands.get(*at)).collect();
        let is_two = tie.operands.len() == 2;
        let is_part = |node: NodeId, of: NodeId| {
            let said = |axis: &str| (self.context(node, axis), self.context(of, axis));
            let axes = || self.vocabulary.axes.iter().map(|axis| said(&axis.name));
            // Where most say otherwise, it is one of an axis that they leave unsaid.
            let is_unsaid = || axes().all(|(part, whole)| part == whole || whole.is_none());
            let is_same = self.document.field_symbol(node) == self.document.field_symbol(of);
            is_same
                && self.context(node, "year") == self.context(of, "year")
                && axes().any(|(part, whole)| part != whole)
                && (is_two || is_unsaid())
        };
        let find = |operand: &&Operand| self.find(tie, operand, &is_part);
        let found = differ.iter().find_map(find)?;
        (is_two || differ.iter().all(|operand| find(operand).is_some())).then_some(found)
    }

    /// What a formula divides by, which nothing but its place names, is another figure of the report and no slip.
    fn of_formula(&self, tie: &Tie) -> Option<NodeId> {
        let (written, stated): (Vec<_>, Vec<_>) =
            tie.operands.iter().partition(|operand| self.in_formula(operand.node));
        let (first, rest) = stated.split_first()?;
        let differs = |operand: &&&Operand| operand.value != first.value;
        // What the sentence of the formula says is the same figure again.
        let is_said = |node: NodeId| self.document.upwards(node).any(|at| self.document.key(at) == SENTENCES);
        let is_another =
            |node: NodeId, of: NodeId| !self.in_formula(node) && !is_said(node) && !self.is_of_another_year(node, of);
        let mut others = written.iter().filter(differs).map(|operand| self.find(tie, operand, &is_another));
        let found = others.next().flatten().filter(|_| !rest.iter().any(|operand| differs(&operand)))?;
        others.all(|other| other.is_some()).then_some(found)
    }

    /// A place outside of a tie that prints the same as one of its figures.
    fn find(&self, tie: &Tie, operand: &Operand, is_other: &dyn Fn(NodeId, NodeId) -> bool) -> Option<NodeId> {
        let start = |node: NodeId| self.document.node(node).span.start;
        let is_own = |node: NodeId| tie.operands.iter().any(|operand| start(operand.node) == start(node));
        let value = digits(operand.figure?.value).filter(|(digits, _)| digits.unsigned_abs() >= TELLING)?;
        let mut same = self.by_value.get(&value)?.iter().take(MOST).copied();
        same.find(|node| !is_own(*node) && is_other(*node, operand.node))
    }

    /// What a figure says on an axis.
    fn context(&self, node: NodeId, axis: &str) -> Option<&str> {
        self.document.context(node, axis).map(|at| self.document.printed(at)).filter(|said| *said != ALL)
    }

    fn in_formula(&self, node: NodeId) -> bool {
        self.document.context(node, "form").is_some()
    }

    /// Whether a figure is of another year than the other, as a copy that was not brought up to date is.
    fn is_of_another_year(&self, node: NodeId, of: NodeId) -> bool {
        let Some(year) = self.context(of, "year") else { return false };
        let said = [self.context(node, "year"), self.context(node, "label"), Some(self.document.key(node))];
        let numbers = said.into_iter().flatten().flat_map(|text| text.split(|letter: char| !letter.is_ascii_digit()));
        numbers.into_iter().any(|number| number.len() == year.len() && number != year)
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
