//! Finds the figures of a document: which values are figures, of which kind and unit, and how
//! precisely they were printed.

mod cell;
mod columns;
mod draft;
mod facts;
mod formulas;
mod label;
mod lexicon;
mod plain;
mod precision;
mod rows;
mod statements;
mod table;
mod typed;

pub use typed::{recognised, typed};

use crate::document::{Document, Figures, NodeId, Reading, Symbol, Value};
use crate::figure::{Compact, Figure, Kind, Literal, NotANumber, Unit, read, short};
use crate::source::Span;
use crate::term::{Content, Term, Vocabulary};
use precision::Columns;

/// Finds the figures of a document.
#[must_use]
pub fn bind(document: &Document, vocabulary: &Vocabulary) -> Figures {
    let mut binder = Binder::new(document, vocabulary);
    let mut figures = Figures::new(document.len());
    let mut columns = Columns::new(document, vocabulary);
    let mut id = document.root();
    while (id.0 as usize) < document.len() {
        columns.enter(id);
        binder.enter(id);
        if document.is_aside(id) {
            id = document.end(id);
            continue;
        }
        let node = document.node(id);
        if !matches!(node.value, Value::List | Value::Object | Value::Bool(_)) {
            let name = document.field_symbol(id);
            let section = columns.section(id);
            let digits = if node.value == Value::Number { short(binder.bytes(node.span)) } else { None };
            if let Some((mantissa, scale)) = digits {
                let way = binder.way(name, section, &mut columns);
                if let Some(kind) = way.kind {
                    let kind = kind.unwrap_or(if scale == 0 { Kind::Count } else { Kind::Amount });
                    columns.add(way.column, id, kind, scale.into());
                    let figure =
                        Compact { mantissa, unit: way.unit, scale, decimals: scale.into(), kind, percent: false };
                    figures.set_short(id, figure);
                }
            } else {
                let term = binder.term(name);
                if let Some(reading) = binder.reading(id, name, term) {
                    if let Reading::Figure(figure) | Reading::Loose(figure) = &reading {
                        let column = columns.column(section, name, term, figure.unit);
                        columns.add(column, id, figure.kind, figure.decimals);
                    }
                    figures.set(id, &reading);
                }
            }
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
}

/// How the short numbers of a name are bound in a section.
#[derive(Clone, Copy)]
struct Way {
    section: NodeId,
    /// The unit that the record states.
    stated: Option<&'static Unit>,
    /// Nothing if they are no figures; the kind is open where the name has no term.
    kind: Option<Option<Kind>>,
    unit: Option<&'static Unit>,
    column: usize,
}

/// A document with what is known of its names, each looked up once.
struct Binder<'a> {
    document: &'a Document,
    names: Vec<Named<'a>>,
    /// How the last number of each name was bound, as the next one nearly always is; those without a name first.
    ways: Vec<Option<Way>>,
    /// The records that state a unit, in order: where each starts and ends.
    units: Vec<(NodeId, NodeId, Option<&'static Unit>)>,
    /// Those of them that hold the value at hand, the innermost last.
    inside: Vec<(NodeId, Option<&'static Unit>)>,
    /// How many of them were entered.
    entered: usize,
}

impl<'a> Binder<'a> {
    fn new(document: &'a Document, vocabulary: &'a Vocabulary) -> Self {
        let named = |name: &str| Named { term: vocabulary.term(name), is_context: vocabulary.is_context(name) };
        let names: Vec<_> = document.names().map(named).collect();
        let ways = vec![None; names.len() + 1];
        Self { document, names, ways, units: units(document), inside: Vec::new(), entered: 0 }
    }

    /// The next value of the document.
    fn enter(&mut self, id: NodeId) {
        if self.units.is_empty() {
            return;
        }
        while self.inside.last().is_some_and(|(end, _)| *end <= id) {
            self.inside.pop();
        }
        while let Some((_, end, unit)) = self.units.get(self.entered).filter(|(start, ..)| *start <= id) {
            self.entered += 1;
            if id < *end {
                self.inside.push((*end, *unit));
            }
        }
    }

    fn bytes(&self, span: Span) -> &'a [u8] {
        self.document.source().text().as_bytes().get(span.range()).unwrap_or_default()
    }

    fn term(&self, name: Option<Symbol>) -> Option<&'a Term> {
        name.and_then(|name| self.names[name.0 as usize].term)
    }

    /// How short numbers of the name are bound.
    fn way(&mut self, name: Option<Symbol>, section: NodeId, columns: &mut Columns<'_>) -> Way {
        let (at, stated) = (name.map_or(0, |name| name.0 as usize + 1), self.stated());
        let same =
            |way: &Way| way.section == section && way.stated.map(std::ptr::from_ref) == stated.map(std::ptr::from_ref);
        if let Some(way) = self.ways[at].filter(same) {
            return way;
        }
        let term = self.term(name);
        let (kind, unit) = (self.kind(name, term), self.unit(term));
        let column = columns.column(section, name, term, unit);
        let way = Way { section, stated, kind, unit, column };
        self.ways[at] = Some(way);
        way
    }

    /// The kind of the figures of a name, if its term says one; `None` if they are no figures.
    fn kind(&self, name: Option<Symbol>, term: Option<&Term>) -> Option<Option<Kind>> {
        match term.map(|term| term.content) {
            Some(Content::Figure(kind)) => Some(Some(kind)),
            Some(_) => None,
            None if name.is_some_and(|name| self.names[name.0 as usize].is_context) => None,
            None => Some(None),
        }
    }

    fn reading(&self, id: NodeId, name: Option<Symbol>, term: Option<&Term>) -> Option<Reading> {
        let document = self.document;
        let kind = self.kind(name, term)?;
        match document.node(id).value {
            Value::Null => Some(Reading::Blank),
            Value::Number => Some(match read(document.printed(id)) {
                Ok(literal) => Reading::Figure(self.figure(&literal, term, kind)),
                Err(_) => Reading::TooLong,
            }),
            Value::Text(_) => match (read(document.text(id)?), term) {
                (Ok(literal), Some(_)) => Some(Reading::Figure(self.figure(&literal, term, kind))),
                // What a cell of a report prints as a number is one.
                (Ok(literal), None) if document.is_of_report() => {
                    Some(Reading::Figure(self.figure(&literal, term, kind)))
                }
                (Ok(literal), None) => Some(Reading::Loose(self.figure(&literal, term, kind))),
                (Err(NotANumber::Blank), _) => Some(Reading::Blank),
                (Err(NotANumber::TooLong), Some(_)) => Some(Reading::TooLong),
                (Err(NotANumber::Text), Some(_)) => Some(Reading::Text),
                (Err(_), None) => None,
            },
            Value::List | Value::Object | Value::Bool(_) => None,
        }
    }

    fn figure(&self, literal: &Literal, term: Option<&Term>, kind: Option<Kind>) -> Figure {
        let kind = match kind {
            _ if literal.fraction => Kind::Parameter,
            Some(kind) => kind,
            None if literal.percent => Kind::Ratio,
            // Whole numbers of unknown meaning are counts until their column shows decimals.
            None if literal.decimals <= 0 => Kind::Count,
            None => Kind::Amount,
        };
        let unit = if literal.percent { None } else { literal.unit.or_else(|| self.unit(term)) };
        Figure {
            value: literal.value,
            decimals: literal.decimals,
            kind,
            unit,
            bound: literal.bound,
            percent: literal.percent,
        }
    }

    /// The unit that the record at hand states, or one that holds it.
    fn stated(&self) -> Option<&'static Unit> {
        self.inside.last().and_then(|(_, unit)| *unit)
    }

    /// The unit that the record states, if it measures what the term does; else the term's own.
    fn unit(&self, term: Option<&Term>) -> Option<&'static Unit> {
        let own = term?.unit?;
        Some(self.stated().filter(|stated| stated.dimension == own.dimension).unwrap_or(own))
    }
}

/// The records that state a unit, the outer before the inner.
fn units(document: &Document) -> Vec<(NodeId, NodeId, Option<&'static Unit>)> {
    let Some(name) = document.symbol("unit") else { return Vec::new() };
    let fields = document.ids().filter(|id| document.node(*id).key == Some(name));
    let mut all: Vec<(NodeId, NodeId, Option<&'static Unit>)> = fields
        .filter_map(|id| {
            let (record, unit) = (document.parent(id)?, document.text(document.content(id)));
            Some((record, document.end(record), unit.and_then(Unit::named)))
        })
        .collect();
    all.sort_unstable_by_key(|(start, ..)| *start);
    all
}
