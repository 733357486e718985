//! Finds the figures of a document: which values are figures, of which kind and unit, and how
//! precisely they were printed.

mod precision;

use crate::document::{Document, Figures, NodeId, Reading, Value};
use crate::figure::{Figure, Kind, Literal, NotANumber, Unit, read};
use crate::term::{Content, Term, Vocabulary};

/// Finds the figures of a document.
#[must_use]
pub fn bind(document: &Document, vocabulary: &Vocabulary) -> Figures {
    let mut figures = Figures::new(document.len());
    let mut id = document.root();
    while (id.0 as usize) < document.len() {
        if document.key(id).starts_with('$') {
            id = document.end(id);
            continue;
        }
        if let Some(reading) = reading(document, vocabulary, id) {
            figures.set(id, reading);
        }
        id = NodeId(id.0 + 1);
    }
    precision::settle(document, vocabulary, &mut figures);
    figures
}

fn reading(document: &Document, vocabulary: &Vocabulary, id: NodeId) -> Option<Reading> {
    let node = document.node(id);
    if matches!(node.value, Value::List | Value::Object | Value::Bool(_)) {
        return None;
    }
    let name = document.field_name(id);
    let term = vocabulary.term(name);
    let kind = match term.map(|term| term.content) {
        Some(Content::Figure(kind)) => Some(kind),
        Some(_) => return None,
        None if vocabulary.is_context(name) => return None,
        None => None,
    };
    match node.value {
        Value::Null => Some(Reading::Blank),
        Value::Number => Some(match read(document.printed(id)) {
            Ok(literal) => Reading::Figure(Box::new(figure(document, id, &literal, term, kind))),
            Err(_) => Reading::TooLong,
        }),
        Value::Text(_) => match (read(document.text(id)?), term) {
            (Ok(literal), Some(_)) => Some(Reading::Figure(Box::new(figure(document, id, &literal, term, kind)))),
            (Ok(literal), None) => Some(Reading::Loose(Box::new(figure(document, id, &literal, term, kind)))),
            (Err(NotANumber::Blank), _) => Some(Reading::Blank),
            (Err(NotANumber::TooLong), Some(_)) => Some(Reading::TooLong),
            (Err(NotANumber::Text), Some(_)) => Some(Reading::Text),
            (Err(_), None) => None,
        },
        Value::List | Value::Object | Value::Bool(_) => None,
    }
}

fn figure(document: &Document, id: NodeId, literal: &Literal, term: Option<&Term>, kind: Option<Kind>) -> Figure {
    let kind = match kind {
        _ if literal.fraction => Kind::Parameter,
        Some(kind) => kind,
        None if literal.percent => Kind::Ratio,
        // Whole numbers of unknown meaning are counts until their column shows decimals.
        None if literal.decimals <= 0 => Kind::Count,
        None => Kind::Amount,
    };
    let unit = if literal.percent { None } else { literal.unit.or_else(|| unit(document, id, term)) };
    Figure {
        value: literal.value,
        decimals: literal.decimals,
        kind,
        unit,
        bound: literal.bound,
        percent: literal.percent,
    }
}

/// The unit that the record states, if it measures what the term does; else the term's own.
fn unit(document: &Document, id: NodeId, term: Option<&Term>) -> Option<Unit> {
    let own = term?.unit;
    let stated = document.context(id, "unit").and_then(|at| Unit::named(document.text(at)?));
    match (stated, own) {
        (Some(stated), Some(own)) if stated.dimension == own.dimension => Some(stated),
        (_, own) => own,
    }
}
