//! Where a figure stands and what a person calls it.

use crate::document::{Document, Figures, Grid, NodeId, Symbol, Value};
use crate::finding::{Origin, Place, Spot};
use crate::source::Span;
use crate::term::Vocabulary;

/// Names of fields that say what a record is called.
const LABELS: [&str; 4] = ["label", "name", "title", "caption"];

/// A document with what is known of it.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// [`LABELS`], `year` and `$at` in the document, as far as it has them.
    labels: [Option<Symbol>; LABELS.len()],
    year: Option<Symbol>,
    at: Option<Symbol>,
    /// The tree.
    pub document: &'a Document,
    /// Its figures.
    pub figures: &'a Figures,
    /// The vocabulary.
    pub vocabulary: &'a Vocabulary,
}

impl<'a> Known<'a> {
    /// What is known of a document.
    pub fn new(document: &'a Document, figures: &'a Figures, vocabulary: &'a Vocabulary) -> Self {
        let (labels, year, at) =
            (LABELS.map(|name| document.symbol(name)), document.symbol("year"), document.symbol("$at"));
        Self { labels, year, at, document, figures, vocabulary }
    }

    /// A figure, text or record for people.
    pub fn spot(&self, node: NodeId) -> Spot {
        let document = self.document;
        let figure = self.figures.any(node);
        let term = self.vocabulary.term(document.field_name(node));
        let (row, is_record) = (self.row(node), document.is_record(node));
        // What a sentence names is no more than a value.
        let field = match document.field_name(node) {
            "value" if term.is_none() && !row.is_empty() => "",
            field => field,
        };
        let column = |label: Option<&str>| {
            if is_record { String::new() } else { label.filter(|label| !label.is_empty()).unwrap_or(field).to_owned() }
        };
        let joined = |column: String| match (row.is_empty(), column.is_empty()) {
            (true, _) => column,
            (_, true) => row.clone(),
            _ => format!("{row} · {column}"),
        };
        let literal = if is_record { row.clone() } else { document.printed(node).to_owned() };
        Spot {
            place: self.place(node),
            literal,
            value: figure.and_then(|figure| figure.value.exact()),
            percent: figure.is_some_and(|figure| figure.percent),
            unit: figure.and_then(|figure| figure.unit).map(|unit| unit.name),
            term: term.map(|term| term.name.clone()),
            label_en: joined(column(term.map(|term| term.label.en.as_str()))),
            label_zh: joined(column(term.map(|term| term.label.zh.as_str()))),
        }
    }

    /// The place of a value: of a record, that of its label.
    pub fn place(&self, node: NodeId) -> Place {
        let document = self.document;
        let shown = if matches!(document.node(node).value, Value::Object | Value::List) {
            self.label(node).unwrap_or_else(|| document.children(node).next().unwrap_or(node))
        } else {
            node
        };
        Place {
            source: std::sync::Arc::clone(document.source()),
            span: document.printed_span(shown),
            // A figure written as an object is named by its field.
            pointer: document.pointer(if document.field_name(node) == document.key(node) {
                node
            } else {
                document.parent(node).unwrap_or(node)
            }),
            grid: document.grid(node).or_else(|| self.stated_grid(node)),
            origin: self.origin(node),
        }
    }

    /// What the record of a figure is called: its own label, else that of what holds it.
    fn row(&self, node: NodeId) -> String {
        let document = self.document;
        let record = if document.is_record(node) { node } else { document.record(node) };
        let label = document.upwards(record).find_map(|at| self.label(at).filter(|_| at != document.root()));
        let row = label.map_or_else(String::new, |label| crate::source::shorten(document.printed(label), 24));
        // A year that is said nearer than for the whole document tells two rows of one name apart.
        // A title says enough by itself.
        let titled = label.is_some_and(|label| document.field_name(label) == "title");
        let year = self.year.filter(|_| !titled).and_then(|name| {
            let root_year = document.field(document.root(), name).map(|year| document.content(year));
            document.context_of(record, name).filter(|year| Some(*year) != root_year)
        });
        match year.map(|year| document.printed(year)) {
            Some(year) if !row.contains(year) => format!("{year} {row}").trim_end().to_owned(),
            _ => row,
        }
    }

    fn label(&self, record: NodeId) -> Option<NodeId> {
        let stated = self.labels.iter().flatten().find_map(|name| self.document.field(record, *name));
        stated.map(|at| self.document.content(at)).filter(|at| self.document.text(*at).is_some())
    }

    /// The cell that `$at` says the figure was taken from.
    fn stated_grid(&self, node: NodeId) -> Option<Grid> {
        let document = self.document;
        let record = document.parent(node).filter(|parent| document.content(*parent) == node)?;
        let grid = document.get(document.field(record, self.at?)?, "grid")?;
        let number = |name: &str| document.printed(document.get(grid, name)?).parse::<u32>().ok();
        Some(Grid { table: number("table")?, row: number("row")?, column: number("column")? })
    }

    /// Where the figure came from before it was written to this document.
    fn origin(&self, node: NodeId) -> Option<Origin> {
        let (document, origin) = (self.document, self.at?);
        let stated = |name: &str| document.upwards(node).find_map(|at| document.get(document.field(at, origin)?, name));
        let number = |at: NodeId| document.printed(at).parse::<u32>().ok();
        let line_at = stated("line")?;
        // A column and bytes belong to the line that they stand beside.
        let beside = |name: &str| document.get(document.parent(line_at)?, name).and_then(number);
        let text = |name: &str| stated(name).map(|at| document.printed(at).to_owned());
        Some(Origin {
            source: text("source").unwrap_or_default(),
            line: number(line_at)?,
            column: beside("column"),
            span: beside("start").zip(beside("end")).map(|(start, end)| Span { start, end }),
            sha256: text("sha256"),
            report: None,
        })
    }

    /// Labels on the way to a value, in place of indexes: what a fingerprint may depend on.
    pub fn label_pointer(&self, node: NodeId) -> String {
        let document = self.document;
        let mut parts: Vec<String> = document
            .upwards(node)
            .map(|at| match self.label(at) {
                Some(label) if document.is_record(at) && at != document.root() => document.printed(label).to_owned(),
                _ => document.key(at).to_owned(),
            })
            .filter(|part| !part.is_empty())
            .collect();
        parts.reverse();
        parts.join("/")
    }
}
