//! A column that a check knows nothing of, and that is what a relation of its row lacks: the relation was meant with it.

use foldhash::HashMap;

use crate::document::{Document, Figures, NodeId};
use crate::figure::Ratio;
use crate::tie::{Outcome, Reason, Tie, TieKind, Verdict};

/// A difference of one digit is printed in any row.
const LEAST: Ratio = Ratio::TEN;

/// Takes back the ties of a row that another of its cells would make hold.
pub fn settle(document: &Document, figures: &Figures, ties: &mut [Tie]) {
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
