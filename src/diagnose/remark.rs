//! What is told only to those who ask: nothing disagrees, but a reader of the ties should know it.

use super::Context;
use crate::fault::Bilingual;
use crate::finding::Place;

/// Remarks on a document, each at its place.
#[must_use]
pub fn remarks(context: Context<'_>) -> Vec<(Place, Bilingual)> {
    let known = context.known();
    let lone = context.figures.lone.iter().map(|node| {
        let literal = context.document.printed(*node);
        let text = Bilingual::new(
            format!(
                "{literal} is the only figure of its column with so many decimals; the others are not held to them"
            ),
            format!("{literal} 是同列中唯一保留如此多位小数的数据，其他数据不按此精度要求"),
        );
        (known.place(*node), text)
    });
    lone.collect()
}
