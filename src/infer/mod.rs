//! Ties that need no check: those that a document declares itself, and those that its tables and sentences show. One file
//! a method.

mod block;
mod column;
mod equation;
mod form;
mod formula;
mod grid;
mod restated;
mod sentence;
mod total;

use std::sync::Arc;

use foldhash::HashSet;

use crate::document::{Document, Figures, NodeId};
use crate::rule::Rule;
use crate::tie::Tie;

/// All ties that are inferred of a document, besides those that its checks have made of it, and those whose
/// figures are only proved to agree.
#[must_use]
pub fn inferred(
    document: &Document,
    figures: &Figures,
    made: &[Tie],
    proved: impl Iterator<Item = NodeId>,
) -> Vec<Tie> {
    let mut ties = formula::formulas(document, figures);
    ties.extend(total::totals(document, figures));
    ties.extend(block::blocks(document, figures));
    ties.extend(column::columns(document, figures));
    if document.get(document.root(), sentence::SENTENCES).is_none() {
        return ties;
    }
    let relating = made.iter().chain(&ties).filter(|tie| tie.operands.len() > 1 && tie.outcome.verdict.is_decided());
    let operands = relating.flat_map(|tie| &tie.operands).map(|operand| operand.node);
    let known: HashSet<u32> = operands.chain(proved).map(|node| document.node(node).span.start).collect();
    ties.extend(sentence::sentences(document, figures, &known));
    ties.extend(restated::restated(document, figures, &known));
    ties
}

/// The rules of such ties.
#[must_use]
pub fn rules() -> Vec<Arc<Rule>> {
    let alone = [formula::rule(), total::rule(), block::rule(), restated::rule()];
    alone.into_iter().chain(column::rules().clone()).chain(sentence::rules().clone()).collect()
}
