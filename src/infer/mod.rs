//! Ties that need no check: those that a document declares itself, and those that its tables and sentences show. One file
//! a method.

mod answers;
mod average;
mod base;
mod block;
mod column;
mod conversion;
mod divided;
mod equation;
mod form;
mod formula;
mod grid;
mod left_out;
mod named;
mod points;
mod rate;
mod restated;
mod roll;
mod sentence;
mod share;
mod total;
mod tried;
mod weights;
mod whole;

pub use left_out::settle as settle_left_out;

use std::sync::Arc;

use foldhash::HashSet;

use self::sentence::Sentence;
use crate::document::{Document, Figures, NodeId};
use crate::rule::Rule;
use crate::tie::Tie;

/// What relates figures of several sentences, or of a sentence and a table.
type Method<'a> = &'a dyn Fn(&[Sentence]) -> Vec<Tie>;

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
    if document.get(document.root(), sentence::SENTENCES).is_none() {
        ties.extend(tables(document, figures));
        return ties;
    }
    let place = |node: NodeId| document.node(node).span.start;
    let places = |ties: &[Tie]| -> Vec<u32> {
        let relating = ties.iter().filter(|tie| tie.operands.len() > 1 && tie.outcome.verdict.is_decided());
        relating.flat_map(|tie| &tie.operands).map(|operand| place(operand.node)).collect()
    };
    let mut known: HashSet<u32> = places(made).into_iter().chain(proved.map(place)).collect();
    // Of a table that checks know only what they leave is asked.
    let is_new = |tie: &Tie| tie.operands.iter().any(|operand| !known.contains(&place(operand.node)));
    ties.extend(tables(document, figures).into_iter().filter(is_new));
    known.extend(places(&ties));
    let mut sentences = sentence::sentences(document, figures);
    sentences.iter_mut().for_each(|sentence| sentence.know(document, &known));
    let methods: [Method<'_>; 3] =
        [&|sentences| answers::answers(sentences, document, figures), &named::named, &divided::divided];
    for method in methods {
        let more = method(&sentences);
        known.extend(places(&more));
        ties.extend(more);
        sentences.iter_mut().for_each(|sentence| sentence.know(document, &known));
    }
    let (related, again) =
        rayon::join(|| sentence::related(&sentences), || restated::restated(document, figures, &known));
    ties.extend(related.into_iter().chain(again));
    ties
}

/// What the tables that no check knows show, or of which checks leave some figures.
fn tables(document: &Document, figures: &Figures) -> Vec<Tie> {
    let mut ties = total::totals(document, figures);
    ties.extend(block::blocks(document, figures));
    ties.extend(column::columns(document, figures));
    ties
}

/// The rules of such ties.
#[must_use]
pub fn rules() -> Vec<Arc<Rule>> {
    let alone = [answers::rule(), formula::rule(), total::rule(), block::rule(), restated::rule()];
    alone.into_iter().chain(column::rules().clone()).chain(sentence::rules().clone()).collect()
}
