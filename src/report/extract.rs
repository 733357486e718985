//! What was read of a report, as JSON: `schemas/document.schema.json`.

use serde::Serialize;

use crate::document::{self, Document, NodeId, Passage, Raw, Report, Role, Value};
use crate::source::{Source, Span};

/// The report as one JSON object with a line break at its end; `name` is what the source is called there, `sha256`
/// the hash of its bytes.
#[must_use]
pub fn extract(report: &Report, source: &Source, name: &str, sha256: &str) -> String {
    let writer = Writer { source };
    let whole = Extracted {
        schema: "urn:tieout:document",
        at: Whole { source: name, sha256 },
        title: report.title.as_ref().map(|title| writer.text(title)),
        tables: report.tables.iter().map(|table| writer.table(table)).collect(),
        statements: report.statements.iter().map(|statement| writer.statement(statement)).collect(),
    };
    lines(&whole)
}

/// The records that checks see of a report, as JSON: sections of the pack it is of.
#[must_use]
pub fn typed(document: &Document, name: &str, sha256: &str) -> String {
    let writer = Writer { source: document.source() };
    let mut value = writer.value(document, document.root());
    if let serde_json::Value::Object(fields) = &mut value {
        let at = serde_json::json!({"source": name, "sha256": sha256});
        fields.insert("$at".into(), at);
    }
    serde_json::to_string_pretty(&value).unwrap_or_default() + "\n"
}

/// JSON with a table row or a statement a line.
fn lines(whole: &Extracted<'_>) -> String {
    let mut text = format!("{{\"$schema\": \"{}\",\n\"$at\": {},\n", whole.schema, json(&whole.at));
    if let Some(title) = &whole.title {
        text += &format!("\"title\": {},\n", json(title));
    }
    text += "\"tables\": [";
    for (at, table) in whole.tables.iter().enumerate() {
        text += if at == 0 { "\n" } else { ",\n" };
        let head = json(&table.head);
        text += head.strip_suffix('}').unwrap_or(&head);
        text += ", \"columns\": [";
        let columns: Vec<String> = table.columns.iter().map(json).collect();
        text += &columns.join(",\n  ");
        text += "],\n \"rows\": [\n  ";
        let rows: Vec<String> = table.rows.iter().map(json).collect();
        text += &rows.join(",\n  ");
        text += "]}";
    }
    text += "],\n\"statements\": [";
    for (at, statement) in whole.statements.iter().enumerate() {
        text += if at == 0 { "\n" } else { ",\n" };
        text += &json(statement);
    }
    text + "]}\n"
}

/// One value as JSON on one line.
fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

struct Extracted<'a> {
    schema: &'static str,
    at: Whole<'a>,
    title: Option<Text>,
    tables: Vec<Table>,
    statements: Vec<Statement>,
}

#[derive(Serialize)]
struct Whole<'a> {
    source: &'a str,
    sha256: &'a str,
}

#[derive(Serialize)]
struct Text {
    value: String,
    #[serde(rename = "$at")]
    at: At,
    #[serde(skip_serializing_if = "Option::is_none")]
    spanned: Option<u32>,
}

#[derive(Serialize)]
struct At {
    line: u32,
    column: u32,
    start: u32,
    end: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    grid: Option<Grid>,
}

#[derive(Serialize)]
struct Grid {
    table: u32,
    row: u32,
    column: u32,
}

struct Table {
    head: TableHead,
    columns: Vec<Column>,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct TableHead {
    number: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    caption: Option<Text>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    headings: Vec<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    raw: Option<&'static str>,
}

#[derive(Serialize)]
struct Column {
    header: Vec<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<Text>,
}

#[derive(Serialize)]
struct Row {
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    suspect: bool,
    cells: Vec<Option<Text>>,
}

#[derive(Serialize)]
struct Statement {
    text: Text,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    headings: Vec<Text>,
    paragraph: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    lead: Option<Text>,
    figures: Vec<Figure>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    formulas: Vec<Text>,
}

#[derive(Serialize)]
struct Figure {
    value: String,
    #[serde(rename = "$at")]
    at: At,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<u16>,
    words: String,
}

struct Writer<'a> {
    source: &'a Source,
}

impl Writer<'_> {
    fn at(&self, span: Span, grid: Option<document::Grid>) -> At {
        let position = self.source.position(span.start);
        let grid = grid.map(|grid| Grid { table: grid.table, row: grid.row, column: grid.column });
        At { line: position.line, column: position.column, start: span.start, end: span.end, grid }
    }

    fn text(&self, passage: &Passage) -> Text {
        Text { value: passage.text().trim().to_owned(), at: self.at(passage.whole(), None), spanned: None }
    }

    fn texts(&self, passages: &[Passage]) -> Vec<Text> {
        passages.iter().map(|passage| self.text(passage)).collect()
    }

    fn table(&self, table: &document::Table) -> Table {
        let head = TableHead {
            number: table.number,
            caption: table.caption.as_ref().map(|caption| self.text(caption)),
            headings: self.texts(&table.headings),
            unit: table.unit.as_ref().map(|unit| self.text(unit)),
            raw: table.raw.map(raw),
        };
        let column = |column: &document::Column| Column {
            header: self.texts(&column.header),
            unit: column.unit.as_ref().map(|unit| self.text(unit)),
        };
        let cell = |cell: &document::Cell, end: u32| {
            let there = cell.grid.is_some() || cell.spanned.is_some();
            // A blank that stands nowhere stands behind its row.
            let own = cell.passage.whole();
            let span = if own.end == 0 { Span { start: end, end } } else { own };
            let at = || self.at(span, cell.grid);
            there.then(|| Text { value: cell.passage.text().trim().to_owned(), at: at(), spanned: cell.spanned })
        };
        let row = |row: &document::Row| {
            let end = row.cells.iter().map(|cell| cell.passage.whole().end).max().unwrap_or(0);
            let cells = row.cells.iter().map(|each| cell(each, end)).collect();
            Row { role: role(row.role), suspect: row.suspect, cells }
        };
        let (columns, rows) = (table.columns.iter().map(column).collect(), table.rows.iter().map(row).collect());
        Table { head, columns, rows }
    }

    fn statement(&self, statement: &document::Statement) -> Statement {
        let passage = &statement.passage;
        let slice = |range: &std::ops::Range<usize>| passage.text().get(range.clone()).unwrap_or_default().trim();
        let figure = |mention: &document::Mention| Figure {
            value: slice(&mention.literal).to_owned(),
            at: self.at(passage.span(mention.literal.clone()), None),
            unit: mention.unit.as_ref().map(|unit| slice(unit).to_owned()),
            year: mention.year,
            words: slice(&mention.before).to_owned(),
        };
        let formula = |formula: &document::Formula| self.text(&passage.part(formula.range.clone()));
        Statement {
            text: Text { at: self.at(passage.whole(), statement.grid), ..self.text(passage) },
            headings: self.texts(&statement.headings),
            paragraph: statement.paragraph,
            lead: statement.lead.as_ref().map(|lead| self.text(lead)),
            figures: statement.mentions.iter().map(figure).collect(),
            formulas: statement.formulas.iter().map(formula).collect(),
        }
    }

    /// A value of a typed document, each text with its place.
    fn value(&self, document: &Document, id: NodeId) -> serde_json::Value {
        match document.node(id).value {
            Value::Object => {
                let field = |child: NodeId| (document.key(child).to_owned(), self.value(document, child));
                serde_json::Value::Object(document.children(id).map(field).collect())
            }
            Value::List => document.children(id).map(|child| self.value(document, child)).collect(),
            Value::Text(_) => {
                let at = self.at(document.node(id).span, document.grid(id));
                let text = document.text(id).unwrap_or_default();
                serde_json::json!({"value": text, "$at": at})
            }
            Value::Null | Value::Bool(_) | Value::Number => serde_json::Value::Null,
        }
    }
}

fn raw(raw: Raw) -> &'static str {
    match raw {
        Raw::NoHeader => "no-header",
        Raw::Ragged => "ragged",
        Raw::TooLarge => "too-large",
    }
}

fn role(role: Role) -> Option<&'static str> {
    match role {
        Role::Item => None,
        Role::OfWhich => Some("of-which"),
        Role::Subtotal => Some("subtotal"),
        Role::Total => Some("total"),
        Role::Mean => Some("mean"),
    }
}
