//! Finds the figures of a document: which values are figures, of which kind and unit, and how
//! precisely they were printed.

mod body;
mod cell;
mod columns;
mod draft;
mod facts;
mod formulas;
mod label;
mod lexicon;
mod line;
mod plain;
mod precision;
mod rows;
mod statements;
mod table;
mod typed;

pub use typed::{recognised, typed};

use crate::document::{Block, Document, Figures, NodeId, Reading, Symbol, Value};
use crate::figure::{Compact, Figure, Kind, Literal, NotANumber, Short, Unit, read};
use crate::term::{Content, Term, Vocabulary};
use precision::Columns;

/// Finds the figures of a document.
#[must_use]
pub fn bind(document: &Document, vocabulary: &Vocabulary) -> Figures {
    bind_knowing(document, vocabulary, &mut Known::default())
}

/// The same, with what is known of the names of a document before it, whose names it has.
#[must_use]
pub fn bind_knowing<'a>(document: &Document, vocabulary: &'a Vocabulary, known: &mut Known<'a>) -> Figures {
    known.learn(document, vocabulary);
    let mut binder = Binder::new(document, vocabulary, &known.names);
    let mut blocks = document.blocks().iter().peekable();
    let mut id = document.root();
    while (id.0 as usize) < document.len() {
        binder.enter(id);
        // Those that were passed over.
        while blocks.next_if(|block| block.first < id).is_some() {}
        if let Some(block) = blocks.next_if(|block| block.first == id && binder.is_uniform(block)) {
            binder.block(*block);
            id = block.end();
        } else if document.is_aside(id) {
            id = document.end(id);
        } else {
            binder.value(id);
            id = NodeId(id.0 + 1);
        }
    }
    binder.finish()
}

/// What a vocabulary knows of the names of a document, by their symbols.
#[derive(Debug, Default)]
pub struct Known<'a> {
    vocabulary: Option<&'a Vocabulary>,
    names: Vec<Named<'a>>,
}

impl<'a> Known<'a> {
    /// Learns of the names that are new.
    fn learn(&mut self, document: &Document, vocabulary: &'a Vocabulary) {
        if !self.vocabulary.is_some_and(|known| std::ptr::eq(known, vocabulary)) {
            *self = Self { vocabulary: Some(vocabulary), names: Vec::new() };
        }
        let named = |name: &str| {
            let term = vocabulary.term(name);
            Named { term, is_context: term.is_none() && vocabulary.is_context(name) }
        };
        self.names.extend(document.names().skip(self.names.len()).map(named));
    }
}

/// What the vocabulary knows of a name.
#[derive(Debug)]
struct Named<'a> {
    term: Option<&'a Term>,
    /// Whether it is no term and says what a record is.
    is_context: bool,
}

/// What decides how the numbers of a record are bound, whatever their names.
#[derive(Clone, Copy)]
struct Setting {
    section: NodeId,
    /// The unit that the record states, or what holds it.
    stated: Option<&'static Unit>,
}

/// How the short numbers of a name are bound in a setting.
#[derive(Clone, Copy)]
struct Way {
    /// Which setting it is.
    setting: usize,
    /// Nothing if they are no figures; the kind is open where the name has no term.
    kind: Option<Option<Kind>>,
    unit: Option<&'static Unit>,
    column: u32,
}

/// A document with what is known of its names, each looked up once.
struct Binder<'a> {
    document: &'a Document,
    figures: Figures,
    columns: Columns<'a>,
    names: &'a [Named<'a>],
    /// How the last number of each name was bound, as the next one nearly always is; those without a name first.
    ways: Vec<Option<Way>>,
    /// The records that state a unit, in order: where each starts and ends.
    units: Vec<(NodeId, NodeId, Option<&'static Unit>)>,
    /// Those of them that hold the value at hand, the innermost last.
    inside: Vec<(NodeId, Option<&'static Unit>)>,
    /// How many of them were entered.
    entered: usize,
    /// The value at which one of them starts or ends next.
    until: NodeId,
    /// What holds the last short number, and the settings so far, of which the last is at hand.
    holder: Option<NodeId>,
    setting: Option<Setting>,
    settings: usize,
}

impl<'a> Binder<'a> {
    fn new(document: &'a Document, vocabulary: &'a Vocabulary, names: &'a [Named<'a>]) -> Self {
        let ways = vec![None; names.len() + 1];
        let units = units(document);
        let until = if units.is_empty() { NodeId(u32::MAX) } else { document.root() };
        Self {
            document,
            figures: Figures::new(document.len()),
            columns: Columns::new(document, vocabulary),
            names,
            ways,
            units,
            inside: Vec::new(),
            entered: 0,
            until,
            holder: None,
            setting: None,
            settings: 0,
        }
    }

    /// The next value of the document.
    #[inline]
    fn enter(&mut self, id: NodeId) {
        if self.columns.enter(id) {
            self.holder = None;
        }
        if id >= self.until {
            self.change(id);
        }
    }

    /// Whether all that holds of the first record of a block, which was entered, holds of the others.
    fn is_uniform(&self, block: &Block) -> bool {
        self.until >= block.end() && !self.columns.is_prose()
    }

    /// Reads the values of a block, column by column.
    fn block(&mut self, block: Block) {
        for first in block.fields().filter(|field| !self.document.is_aside(*field)) {
            let way = self.way(first);
            for id in block.column(first) {
                match self.document.short(id) {
                    Some(short) => self.short(id, short, way),
                    None => self.long(id),
                }
            }
        }
    }

    /// Reads one value, if that is what it is.
    #[inline]
    fn value(&mut self, id: NodeId) {
        match self.document.short(id) {
            Some(short) => {
                let way = self.way(id);
                self.short(id, short, way);
            }
            None => self.long(id),
        }
    }

    /// Records a short number.
    #[inline]
    fn short(&mut self, id: NodeId, short: Short, way: Way) {
        let Some(kind) = way.kind else { return };
        let (mantissa, scale) = (short.mantissa(), short.scale());
        let kind = kind.unwrap_or(if scale == 0 { Kind::Count } else { Kind::Amount });
        self.columns.add(way.column, id, kind, scale.into());
        let figure = Compact { mantissa, unit: way.unit, scale, decimals: scale.into(), kind, percent: false };
        self.figures.set_short(id, figure);
    }

    /// Reads any other value.
    fn long(&mut self, id: NodeId) {
        if matches!(self.document.node(id).value, Value::List | Value::Object | Value::Bool(_)) {
            return;
        }
        let name = self.document.field_symbol(id);
        let term = self.term(name);
        if let Some(reading) = self.reading(id, name, term) {
            if let Reading::Figure(figure) | Reading::Loose(figure) = &reading {
                let section = self.columns.section(id);
                let column = self.columns.column(section, name, term, figure.unit);
                self.columns.add(column, id, figure.kind, figure.decimals);
            }
            self.figures.set(id, &reading);
        }
    }

    /// What was found.
    fn finish(self) -> Figures {
        let Self { columns, mut figures, .. } = self;
        columns.settle(&mut figures);
        figures
    }

    /// Enters and leaves records that state a unit.
    #[cold]
    fn change(&mut self, id: NodeId) {
        while self.inside.last().is_some_and(|(end, _)| *end <= id) {
            self.inside.pop();
        }
        while let Some((_, end, unit)) = self.units.get(self.entered).filter(|(start, ..)| *start <= id) {
            self.entered += 1;
            if id < *end {
                self.inside.push((*end, *unit));
            }
        }
        let ends = self.inside.last().map(|(end, _)| *end);
        let starts = self.units.get(self.entered).map(|(start, ..)| *start);
        self.until = ends.into_iter().chain(starts).min().unwrap_or(NodeId(u32::MAX));
    }

    fn term(&self, name: Option<Symbol>) -> Option<&'a Term> {
        name.and_then(|name| self.names[name.0 as usize].term)
    }

    /// How a short number is bound.
    #[inline]
    fn way(&mut self, id: NodeId) -> Way {
        let holder = self.document.parent(id);
        if self.holder != holder || holder.is_none() || self.columns.is_prose() {
            self.holder = holder;
            let section = self.columns.section(id);
            self.set(Setting { section, stated: self.stated() });
        }
        let name = self.document.field_symbol(id);
        match self.ways[name.map_or(0, |name| name.0 as usize + 1)] {
            Some(way) if way.setting == self.settings => way,
            _ => self.new_way(name),
        }
    }

    /// What is at hand from here on.
    fn set(&mut self, setting: Setting) {
        let is_same = |last: Setting| {
            last.section == setting.section
                && last.stated.map(std::ptr::from_ref) == setting.stated.map(std::ptr::from_ref)
        };
        if !self.setting.is_some_and(is_same) {
            (self.setting, self.settings) = (Some(setting), self.settings + 1);
        }
    }

    fn new_way(&mut self, name: Option<Symbol>) -> Way {
        let term = self.term(name);
        let (kind, unit) = (self.kind(name, term), self.unit(term));
        let section = self.setting.map_or(self.document.root(), |setting| setting.section);
        let column = self.columns.column(section, name, term, unit);
        let way = Way { setting: self.settings, kind, unit, column };
        self.ways[name.map_or(0, |name| name.0 as usize + 1)] = Some(way);
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
    let mut all: Vec<(NodeId, NodeId, Option<&'static Unit>)> = document
        .fields_named(name)
        .into_iter()
        .filter_map(|id| {
            let (record, unit) = (document.parent(id)?, document.text(document.content(id)));
            Some((record, document.end(record), unit.and_then(Unit::named)))
        })
        .collect();
    all.sort_unstable_by_key(|(start, ..)| *start);
    all
}
