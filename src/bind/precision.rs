//! How precisely amounts were printed: spreadsheets drop trailing zeros, so a column shares its
//! finest decimals. `60` beside `148.14` is `60.00`.

use foldhash::HashMap;

use crate::document::{Document, Figures, NodeId, Symbol, Value};
use crate::figure::{Dimension, Kind, Unit};
use crate::term::{Term, Vocabulary};

/// Among this many figures, one that is printed finer than all others does not tighten them.
const LONE_AMONG: usize = 4;

/// Lists of a report whose records are sentences.
const PROSE: [&str; 2] = ["sentences", "formulas"];

/// Figures that share their decimals: those of one name and unit in one section of the document.
type Key = (NodeId, Option<Symbol>, Option<(Dimension, i32)>);

/// Decimals of the figures of one column.
#[derive(Clone, Copy, Debug, Default)]
struct Column {
    figures: usize,
    most: i32,
    /// How many are printed with the most decimals.
    finest: usize,
    /// The most decimals but those.
    next: Option<i32>,
    /// Whether its name is a term.
    is_term: bool,
    /// The decimals that its figures have at least.
    floor: i32,
}

impl Column {
    fn new(term: Option<&Term>) -> Self {
        let floor = term.and_then(|term| i32::try_from(term.decimals?).ok());
        Self { is_term: term.is_some(), floor: floor.unwrap_or(0), ..Self::default() }
    }

    #[inline]
    fn add(&mut self, decimals: i32) {
        self.figures += 1;
        if decimals == self.most {
            self.finest += 1;
        } else {
            self.add_other(decimals);
        }
    }

    /// Adds what is printed finer or coarser than the finest so far.
    fn add_other(&mut self, decimals: i32) {
        if self.figures == 1 || decimals > self.most {
            self.next = (self.figures > 1).then_some(self.most);
            (self.most, self.finest) = (decimals, 1);
        } else {
            self.next = self.next.max(Some(decimals));
        }
    }

    /// The finest decimals; one lone finer figure among several does not count.
    fn decimals(&self) -> i32 {
        let lone = self.figures >= LONE_AMONG && self.finest == 1;
        self.next.filter(|_| lone).unwrap_or(self.most)
    }
}

/// A figure of a column.
#[derive(Clone, Copy, Debug)]
struct Member {
    node: NodeId,
    column: u32,
    decimals: i32,
    kind: Kind,
}

/// The columns of a document, gathered while its values are gone through in order.
pub struct Columns<'a> {
    document: &'a Document,
    vocabulary: &'a Vocabulary,
    /// Whether the document is an object, whose fields are sections.
    has_sections: bool,
    /// The outermost field at hand, where it ends, whether it holds anything, and whether it is prose.
    outermost: NodeId,
    until: NodeId,
    holds: bool,
    is_prose: bool,
    /// Of a report: what no section knows stands in lists, each table and each sentence by itself.
    of_report: bool,
    tables: Option<NodeId>,
    by_key: HashMap<Key, u32>,
    /// What holds the last value, and its section.
    holder: Option<(NodeId, NodeId)>,
    columns: Vec<Column>,
    members: Vec<Member>,
}

impl<'a> Columns<'a> {
    /// None yet.
    pub fn new(document: &'a Document, vocabulary: &'a Vocabulary) -> Self {
        Self {
            document,
            vocabulary,
            has_sections: document.node(document.root()).value == Value::Object,
            outermost: document.root(),
            until: document.root(),
            holds: false,
            is_prose: false,
            of_report: document.is_of_report(),
            tables: document.get(document.root(), "tables").filter(|_| document.is_of_report()),
            by_key: HashMap::default(),
            holder: None,
            columns: Vec::new(),
            members: Vec::new(),
        }
    }

    /// The next value of the document; whether another part of it begins.
    #[inline]
    pub fn enter(&mut self, id: NodeId) -> bool {
        let begins = id >= self.until;
        if begins {
            self.begin(id);
        }
        begins
    }

    /// Whether every record at hand is by itself, as those of prose are.
    #[inline]
    pub fn is_prose(&self) -> bool {
        self.is_prose
    }

    fn begin(&mut self, id: NodeId) {
        self.holder = None;
        self.until = NodeId(id.0 + 1);
        if self.document.parent(id) == Some(self.document.root()) {
            self.outermost = id;
            self.until = if self.tables == Some(id) { self.until } else { self.document.end(id) };
            self.holds = self.document.children(id).next().is_some();
            let name = self.document.key(id);
            self.is_prose =
                self.vocabulary.prose.iter().any(|prose| prose == name) || self.of_report && PROSE.contains(&name);
        } else if self.tables.is_some() && self.document.parent(id) == self.tables {
            self.outermost = id;
            self.until = self.document.end(id);
        }
    }

    /// The column of figures of a name and a unit in a section.
    pub fn column(
        &mut self,
        section: NodeId,
        name: Option<Symbol>,
        term: Option<&Term>,
        unit: Option<&'static Unit>,
    ) -> u32 {
        let unit = unit.map(|unit| (unit.dimension, unit.exponent));
        let next = u32::try_from(self.columns.len()).unwrap_or(u32::MAX);
        let at = *self.by_key.entry((section, name, unit)).or_insert(next);
        if at == next {
            self.columns.push(Column::new(term));
        }
        at
    }

    /// A figure of a column that was read at that value.
    #[inline]
    pub fn add(&mut self, column: u32, id: NodeId, kind: Kind, decimals: i32) {
        if matches!(kind, Kind::Amount | Kind::Count) {
            self.columns[column as usize].add(decimals);
            self.members.push(Member { node: id, column, kind, decimals });
        }
    }

    /// The part of the document whose figures share decimals: the outermost field that holds the
    /// value's record; in prose every record is by itself.
    #[inline]
    pub fn section(&mut self, id: NodeId) -> NodeId {
        if self.is_prose {
            return id;
        }
        let holder = self.document.parent(id);
        match self.holder {
            Some((known, section)) if holder == Some(known) => section,
            _ => {
                let section = self.section_of(self.document.record(id));
                self.holder = holder.map(|holder| (holder, section));
                section
            }
        }
    }

    fn section_of(&self, record: NodeId) -> NodeId {
        let document = self.document;
        // Records that stand at the root, plainly or in a list, are one table: `lines` and `total`.
        let list = document.parent(record).filter(|list| document.node(*list).value == Value::List);
        let flat = record == self.outermost || list == Some(self.outermost);
        if self.holds && !flat && self.has_sections { self.outermost } else { document.root() }
    }

    /// Gives every amount the decimals of its column.
    pub fn settle(self, figures: &mut Figures) {
        let finest: Vec<i32> = self.columns.iter().map(Column::decimals).collect();
        for Member { node, column, kind, decimals } in self.members {
            let (column, finest) = (&self.columns[column as usize], finest[column as usize]);
            if decimals == finest && kind == Kind::Amount && finest >= column.floor {
                continue;
            }
            // A name without a term whose column shows decimals is an amount after all.
            let kind = if !column.is_term && finest > 0 { Kind::Amount } else { kind };
            if kind == Kind::Amount {
                if decimals > finest {
                    figures.lone.push(node);
                }
                figures.settle(node, kind, decimals.max(finest).max(column.floor));
            }
        }
        figures.lone.sort_unstable();
    }
}

#[cfg(test)]
mod tests {
    use super::Column;

    fn finest(decimals: &[i32]) -> i32 {
        let mut column = Column::default();
        decimals.iter().for_each(|each| column.add(*each));
        column.decimals()
    }

    #[test]
    fn a_column_shares_its_finest_decimals() {
        assert_eq!(finest(&[0, 2, 1]), 2);
        assert_eq!(finest(&[0, 0, 0, 2]), 0);
        assert_eq!(finest(&[0, 1, 1, 2, 2]), 2);
        assert_eq!(finest(&[2, 1, 0, 0]), 1);
        assert_eq!(finest(&[1, 1, 2, 1]), 1);
        assert_eq!(finest(&[-4, -4]), -4);
    }
}
