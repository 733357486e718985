//! What is known of a table before anybody asks which section it is.

use foldhash::HashMap;

use super::label::Label;
use super::lexicon::Lexicon;
use crate::document::Table;
use crate::figure::{NotANumber, read};
use crate::term::{Section, Vocabulary, plain};

/// A cell with more bytes names nothing.
const LONGEST_LABEL: usize = 120;

/// A table, with what every section would have to find out of it.
pub struct Facts<'a> {
    /// The table.
    pub table: &'a Table,
    /// Which columns hold figures: more of their cells read as figures than hold words.
    pub figures: Vec<bool>,
    /// The headers of each column, the outermost first.
    pub headers: Vec<Vec<Label>>,
    /// The words of caption, heading and headers.
    names: Vec<String>,
    /// The words of all headers.
    columns: String,
    /// The words of all labels of rows.
    rows: String,
}

/// What is known of words.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// The words of the vocabulary.
    pub lexicon: &'a Lexicon<'a>,
    /// The vocabulary.
    pub vocabulary: &'a Vocabulary,
    /// Codes by the plain labels that they stand before somewhere in the report.
    pub codes: &'a HashMap<String, String>,
}

impl<'a> Facts<'a> {
    /// Looks at a table once.
    #[must_use]
    pub fn new(table: &'a Table) -> Self {
        let figures = figure_columns(table);
        let headers: Vec<Vec<Label>> = table
            .columns
            .iter()
            .map(|column| column.header.iter().map(|header| Label::read(header.text())).collect())
            .collect();
        let named = table.caption.iter().chain(table.headings.last());
        let named = named.chain(table.columns.iter().flat_map(|column| &column.header));
        let names = named.map(|name| plain(name.text())).collect();
        let mut columns = String::new();
        for column in &headers {
            // Together they may name what none names alone.
            column.iter().for_each(|label| columns.push_str(&label.words));
            columns.push('\n');
        }
        let mut rows = String::new();
        for row in &table.rows {
            let labels = row.cells.iter().zip(&figures).filter(|(_, is_figure)| !**is_figure);
            for text in labels.map(|(cell, _)| cell.passage.text()).filter(|text| text.len() <= LONGEST_LABEL) {
                rows.push_str(&plain(text));
            }
            rows.push('\n');
        }
        Self { table, figures, headers, names, columns, rows }
    }

    /// Whether the table may be one of a section: its words stand in it, and a label of each term it needs.
    #[must_use]
    pub fn may_be(&self, section: &Section, lexicon: &Lexicon<'_>) -> bool {
        let stands = |word: &String| self.names.iter().any(|name| name.contains(&plain(word)));
        if !(section.words.is_empty() || section.words.iter().any(stands)) || section.without.iter().any(stands) {
            return false;
        }
        let words = if section.transposed { &self.rows } else { &self.columns };
        let local = |term: &str| section.labels.iter().find(|(known, _)| known == term).map(|(_, labels)| labels);
        section.needs.iter().all(|term| {
            let own = local(term).into_iter().flatten();
            lexicon.labels(term).iter().chain(own).any(|label| words.contains(label.as_str()))
        })
    }
}

fn figure_columns(table: &Table) -> Vec<bool> {
    let count = |at: usize| {
        let cells = table.rows.iter().filter_map(|row| row.cells.get(at)).filter(|cell| !cell.passage.is_blank());
        cells.fold((0_usize, 0_usize), |(figures, words), cell| match read(cell.passage.text().trim()) {
            Ok(_) => (figures + 1, words),
            Err(NotANumber::Text) => (figures, words + 1),
            Err(_) => (figures, words),
        })
    };
    (0..table.columns.len()).map(count).map(|(figures, words)| figures > words).collect()
}
