//! Finds the figures of a document: which values are figures, of which kind and unit, and how
//! precisely they were printed.

mod precision;

use crate::document::{Document, Figures, NodeId, Reading, Symbol, Value};
use crate::figure::{Figure, Kind, Literal, NotANumber, Unit, read};
use crate::term::{Content, Term, Vocabulary};
use precision::Columns;

/// Finds the figures of a document.
#[must_use]
pub fn bind(document: &Document, vocabulary: &Vocabulary) -> Figures {
    let binder = Binder::new(document, vocabulary);
    let mut figures = Figures::new(document.len());
    let mut columns = Columns::new(document, vocabulary);
    let mut id = document.root();
    while (id.0 as usize) < document.len() {
        columns.enter(id);
        let name = document.node(id).key.map(|key| &binder.names[key.0 as usize]);
        if name.is_some_and(|name| name.is_aside) {
            id = document.end(id);
            continue;
        }
        if let Some(reading) = binder.reading(id) {
            let figure = reading.any().filter(|figure| matches!(figure.kind, Kind::Amount | Kind::Count));
            let name = document.field_symbol(id);
            columns.add(id, name, name.and_then(|name| binder.names[name.0 as usize].term), figure);
            figures.add(id, reading);
        }
        id = NodeId(id.0 + 1);
    }
    columns.settle(&mut figures);
    figures
}

/// What the vocabulary knows of a name.
struct Named<'a> {
    term: Option<&'a Term>,
    is_context: bool,
    /// Starts with `$`: nothing below is a figure.
    is_aside: bool,
}

/// A document with what is known of its names, each looked up once.
struct Binder<'a> {
    document: &'a Document,
    names: Vec<Named<'a>>,
    /// The name `unit`, if any record states one.
    unit: Option<Symbol>,
}

impl<'a> Binder<'a> {
    fn new(document: &'a Document, vocabulary: &'a Vocabulary) -> Self {
        let named = |name: &str| Named {
            term: vocabulary.term(name),
            is_context: vocabulary.is_context(name),
            is_aside: name.starts_with('$'),
        };
        Self { document, names: document.names().map(named).collect(), unit: document.symbol("unit") }
    }

    fn reading(&self, id: NodeId) -> Option<Reading> {
        let document = self.document;
        let node = document.node(id);
        if matches!(node.value, Value::List | Value::Object | Value::Bool(_)) {
            return None;
        }
        let name = document.field_symbol(id).map(|symbol| &self.names[symbol.0 as usize]);
        let term = name.and_then(|name| name.term);
        let kind = match term.map(|term| term.content) {
            Some(Content::Figure(kind)) => Some(kind),
            Some(_) => return None,
            None if name.is_some_and(|name| name.is_context) => return None,
            None => None,
        };
        match node.value {
            Value::Null => Some(Reading::Blank),
            Value::Number => Some(match read(document.printed(id)) {
                Ok(literal) => Reading::Figure(self.figure(id, &literal, term, kind)),
                Err(_) => Reading::TooLong,
            }),
            Value::Text(_) => match (read(document.text(id)?), term) {
                (Ok(literal), Some(_)) => Some(Reading::Figure(self.figure(id, &literal, term, kind))),
                (Ok(literal), None) => Some(Reading::Loose(self.figure(id, &literal, term, kind))),
                (Err(NotANumber::Blank), _) => Some(Reading::Blank),
                (Err(NotANumber::TooLong), Some(_)) => Some(Reading::TooLong),
                (Err(NotANumber::Text), Some(_)) => Some(Reading::Text),
                (Err(_), None) => None,
            },
            Value::List | Value::Object | Value::Bool(_) => None,
        }
    }

    fn figure(&self, id: NodeId, literal: &Literal, term: Option<&Term>, kind: Option<Kind>) -> Figure {
        let kind = match kind {
            _ if literal.fraction => Kind::Parameter,
            Some(kind) => kind,
            None if literal.percent => Kind::Ratio,
            // Whole numbers of unknown meaning are counts until their column shows decimals.
            None if literal.decimals <= 0 => Kind::Count,
            None => Kind::Amount,
        };
        let unit = if literal.percent { None } else { literal.unit.or_else(|| self.unit(id, term)) };
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
    fn unit(&self, id: NodeId, term: Option<&Term>) -> Option<Unit> {
        let own = term?.unit?;
        let stated = self.unit.and_then(|unit| self.document.context_of(id, unit));
        let stated = stated.and_then(|at| Unit::named(self.document.text(at)?));
        Some(stated.filter(|stated| stated.dimension == own.dimension).unwrap_or(own))
    }
}
