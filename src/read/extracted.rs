//! A report that was written as JSON (`schemas/document.schema.json`), by `tieout extract` or any other extractor.

use super::statement::statements;
use super::table::Prose;
use crate::document::{Cell, Column, Document, Grid, NodeId, Passage, Raw, Report, Role, Row, Statement, Table, Value};

/// The `$id` of the schema of such documents.
pub const SCHEMA: &str = "urn:tieout:document";

/// Reads the report in a document.
#[must_use]
pub fn extracted(document: &Document) -> Report {
    let reader = Reader { document };
    let root = document.root();
    Report {
        title: reader.passage_of(root, "title"),
        tables: reader.list(root, "tables").map(|id| reader.table(id)).collect(),
        statements: reader.list(root, "statements").enumerate().flat_map(|(at, id)| reader.statement(id, at)).collect(),
    }
}

struct Reader<'a> {
    document: &'a Document,
}

impl Reader<'_> {
    /// The items of a list under a name.
    fn list(&self, id: NodeId, name: &str) -> impl Iterator<Item = NodeId> {
        let list = self.document.get(id, name);
        list.into_iter().flat_map(|list| self.document.children(list))
    }

    /// A text, plain or with its `$at`.
    fn passage(&self, id: NodeId) -> Passage {
        let content = self.document.content(id);
        let Some(text) = self.document.text(content) else {
            let plain = matches!(self.document.node(content).value, Value::Number);
            let span = self.document.node(content).span;
            return if plain {
                Passage::plain(self.document.printed(content), span.start as usize)
            } else {
                Passage::new()
            };
        };
        let span = self.document.printed_span(content);
        if matches!(self.document.node(content).value, Value::Text(None)) {
            return Passage::plain(text, span.start as usize);
        }
        let mut passage = Passage::new();
        passage.push_decoded(text, span);
        passage
    }

    fn passage_of(&self, id: NodeId, name: &str) -> Option<Passage> {
        self.document.get(id, name).map(|id| self.passage(id)).filter(|passage| !passage.is_blank())
    }

    fn passages(&self, id: NodeId, name: &str) -> Vec<Passage> {
        self.list(id, name).map(|id| self.passage(id)).collect()
    }

    fn at(&self, id: NodeId) -> Option<NodeId> {
        self.document.get(id, "$at")
    }

    fn number(&self, id: NodeId, name: &str) -> Option<u32> {
        self.document.printed(self.document.get(id, name)?).parse().ok()
    }

    fn grid(&self, id: NodeId) -> Option<Grid> {
        let grid = self.document.get(self.at(id)?, "grid")?;
        Some(Grid {
            table: self.number(grid, "table")?,
            row: self.number(grid, "row")?,
            column: self.number(grid, "column")?,
        })
    }

    fn word(&self, id: NodeId, name: &str) -> Option<&str> {
        self.document.text(self.document.get(id, name)?)
    }

    fn table(&self, id: NodeId) -> Table {
        let raw = match self.word(id, "raw") {
            None => None,
            Some("ragged") => Some(Raw::Ragged),
            Some("too-large") => Some(Raw::TooLarge),
            Some(_) => Some(Raw::NoHeader),
        };
        let column = |id| Column { header: self.passages(id, "header"), unit: self.passage_of(id, "unit") };
        Table {
            number: self.number(id, "number").unwrap_or(0),
            caption: self.passage_of(id, "caption"),
            headings: self.passages(id, "headings"),
            unit: self.passage_of(id, "unit"),
            columns: self.list(id, "columns").map(column).collect(),
            rows: self.list(id, "rows").map(|id| self.row(id)).collect(),
            raw,
        }
    }

    fn row(&self, id: NodeId) -> Row {
        let role = match self.word(id, "role") {
            Some("of-which") => Role::OfWhich,
            Some("subtotal") => Role::Subtotal,
            Some("total") => Role::Total,
            Some("mean") => Role::Mean,
            _ => Role::Item,
        };
        let suspect = self.document.get(id, "suspect");
        let suspect = suspect.is_some_and(|id| self.document.node(id).value == Value::Bool(true));
        let cell = |id| Cell {
            passage: self.passage(id),
            grid: self.grid(id),
            spanned: self.number(id, "spanned"),
            at: self.at(id),
        };
        Row { cells: self.list(id, "cells").map(cell).collect(), role, suspect }
    }

    /// The figures of a sentence are read again from its words; each keeps the `$at` of the one that was written.
    fn statement(&self, id: NodeId, at: usize) -> Vec<Statement> {
        let Some(text) = self.document.get(id, "text") else { return Vec::new() };
        let prose =
            Prose { passage: self.passage(text), headings: self.passages(id, "headings"), grid: self.grid(text) };
        let paragraph = self.number(id, "paragraph").and_then(|number| usize::try_from(number).ok());
        let mut read = statements(&prose, paragraph.unwrap_or(at));
        let written: Vec<NodeId> = self.list(id, "figures").collect();
        let lead = self.passage_of(id, "lead");
        let mentions = read.iter_mut().flat_map(|statement| &mut statement.mentions);
        for (mention, written) in mentions.zip(&written) {
            mention.at = self.at(*written);
        }
        for statement in &mut read {
            statement.at = self.at(text);
            if lead.is_some() {
                statement.lead.clone_from(&lead);
            }
        }
        read
    }
}
