//! How precisely amounts were printed: spreadsheets drop trailing zeros, so a column shares its
//! finest decimals. `60` beside `148.14` is `60.00`.

use std::collections::HashMap;

use crate::document::{Document, Figures, NodeId, Value};
use crate::figure::{Kind, Unit};
use crate::term::Vocabulary;

/// Figures that share their decimals: those of one name and unit in one section of the document.
type Column<'a> = (NodeId, &'a str, Option<Unit>);

/// Among this many figures, one that is printed finer than all others does not tighten them.
const LONE_AMONG: usize = 4;

/// Gives every amount the decimals of its column.
pub fn settle(document: &Document, vocabulary: &Vocabulary, figures: &mut Figures) {
    let mut columns: HashMap<Column<'_>, Vec<i32>> = HashMap::new();
    let members: Vec<(NodeId, Column<'_>)> = figures
        .iter_all()
        .filter(|(_, figure)| matches!(figure.kind, Kind::Amount | Kind::Count))
        .map(|(id, figure)| (id, (section(document, vocabulary, id), document.field_name(id), figure.unit)))
        .collect();
    for (id, column) in &members {
        if let Some(figure) = figures.any(*id) {
            columns.entry(*column).or_default().push(figure.decimals);
        }
    }
    let columns: HashMap<Column<'_>, i32> =
        columns.into_iter().map(|(column, decimals)| (column, finest(&decimals))).collect();
    for (id, column) in members {
        let finest = columns.get(&column).copied().unwrap_or(0);
        let term = vocabulary.term(column.1);
        let floor = term.and_then(|term| term.decimals).map_or(0, |decimals| i32::try_from(decimals).unwrap_or(0));
        let mut is_lone = false;
        figures.change(id, |figure| {
            // A name without a term whose column shows decimals is an amount after all.
            if term.is_none() && figure.kind == Kind::Count && finest > 0 {
                figure.kind = Kind::Amount;
            }
            if figure.kind == Kind::Amount {
                is_lone = figure.decimals > finest;
                figure.decimals = figure.decimals.max(finest).max(floor);
            }
        });
        if is_lone {
            figures.lone.push(id);
        }
    }
}

/// The finest decimals of a column; one lone finer figure among several does not count.
fn finest(decimals: &[i32]) -> i32 {
    let most = decimals.iter().copied().max().unwrap_or(0);
    let lone = decimals.len() >= LONE_AMONG && decimals.iter().filter(|each| **each == most).count() == 1;
    if lone { decimals.iter().copied().filter(|each| *each < most).max().unwrap_or(most) } else { most }
}

/// The part of the document whose figures share decimals: the outermost field that holds the
/// figure's record; in prose every record is by itself.
fn section(document: &Document, vocabulary: &Vocabulary, id: NodeId) -> NodeId {
    let path: Vec<NodeId> = document.upwards(id).collect();
    let outermost = path.len().checked_sub(2).map_or(document.root(), |at| path[at]);
    if vocabulary.prose.iter().any(|name| name == document.key(outermost)) {
        return id;
    }
    // Records that stand at the root, plainly or in a list, are one table: `lines` and `total`.
    let record = document.record(id);
    let list = document.parent(record).filter(|list| document.node(*list).value == Value::List);
    let flat = record == outermost || list == Some(outermost);
    let is_record = document.children(outermost).next().is_some() && !flat;
    if is_record && document.node(document.root()).value == Value::Object { outermost } else { document.root() }
}

#[cfg(test)]
mod tests {
    use super::finest;

    #[test]
    fn a_column_shares_its_finest_decimals() {
        assert_eq!(finest(&[0, 2, 1]), 2);
        assert_eq!(finest(&[0, 0, 0, 2]), 0);
        assert_eq!(finest(&[0, 1, 1, 2, 2]), 2);
    }
}
