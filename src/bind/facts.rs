//! What is known of a table before anybody asks which section it is.

use foldhash::HashMap;

use super::label::{Label, take_year};
use super::lexicon::Lexicon;
use crate::document::{Role, Table};
use crate::figure::{NotANumber, read};
use crate::term::{Section, Vocabulary, plain};

/// In one of the first so many columns lines print what they are of.
const FIRST: usize = 2;

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
    /// The column in which every line prints its year.
    pub years: Option<usize>,
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
        Self { table, figures, headers, years: years(table), names, columns, rows }
    }

    /// Whether the table may be one of a section: its words stand in it, and a label of each term it needs.
    #[must_use]
    pub fn may_be(&self, section: &Section, lexicon: &Lexicon<'_>) -> bool {
        let stands = |word: &String| self.names.iter().any(|name| name.contains(&plain(word)));
        if section.years.is_some_and(|years| years != self.years.is_some()) {
            return false;
        }
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

/// The year that a cell is, and nothing else.
#[must_use]
pub fn year_of_line(text: &str) -> Option<u16> {
    let (year, rest) = take_year(text.trim());
    year.filter(|_| plain(&rest).is_empty())
}

/// The first column that prints a year in every line, no two alike.
fn years(table: &Table) -> Option<usize> {
    let lines = || table.rows.iter().filter(|row| row.role == Role::Item);
    let are_years = |at: &usize| {
        let years: Option<Vec<u16>> = lines().map(|row| year_of_line(row.cells.get(*at)?.passage.text())).collect();
        years.is_some_and(|mut years| {
            let count = years.len();
            years.sort_unstable();
            years.dedup();
            count > 1 && years.len() == count
        })
    };
    (0..table.columns.len().min(FIRST)).find(are_years)
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
