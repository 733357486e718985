//! A table in the words of a vocabulary: what its columns and rows are of, and which section it becomes.

use super::draft::{Printed, Record};
use super::facts::{Facts, Words};
use super::label::{Label, take_year};
use super::lexicon::{Meaning, Scope};
use crate::document::{Cell, Passage, Role, Row, Table};
use crate::source::Span;
use crate::term::{Content, Group, Section, plain};

/// What a column or row is of.
#[derive(Clone, Debug, Default)]
pub struct Bound<'a> {
    /// What its words mean.
    pub meaning: Meaning<'a>,
    /// The field of the group that it stands in.
    pub group: Option<&'a str>,
}

/// A table seen as one of a section.
pub struct View<'a> {
    /// The table.
    pub table: &'a Table,
    /// The section.
    pub section: &'a Section,
    /// What is known of words.
    pub words: Words<'a>,
    /// What is known of the table.
    pub facts: &'a Facts<'a>,
    /// What each column is of.
    pub columns: Vec<Bound<'a>>,
    /// What each row is of, in a transposed table.
    pub rows: Vec<Bound<'a>>,
    /// Columns whose cells are labels and no term.
    pub labels: Vec<usize>,
    /// How many terms were found.
    pub found: usize,
}

impl<'a> View<'a> {
    /// Whether some column of figures means nothing to the section.
    #[must_use]
    pub fn leaves_figures(&self) -> bool {
        let means_nothing = |(at, bound): (usize, &Bound<'_>)| {
            bound.meaning.term.is_none() && self.facts.figures.get(at) == Some(&true) && !self.labels.contains(&at)
        };
        self.columns.iter().enumerate().any(means_nothing)
    }

    /// Whether some column prints nothing but rates, two at least, which no term of the rows measures.
    #[must_use]
    pub fn has_rates(&self) -> bool {
        let of_rates = |at: usize| {
            let cells =
                self.table.rows.iter().filter_map(|row| row.cells.get(at)).map(|cell| cell.passage.text().trim());
            let printed: Vec<&str> =
                cells.filter(|text| text.contains(|letter: char| letter.is_ascii_digit())).collect();
            printed.len() > 1 && printed.iter().all(|text| text.ends_with(['%', '％']))
        };
        (0..self.columns.len()).any(of_rates)
    }

    /// The table as one of the section; `None` if a term that it needs is not there.
    #[must_use]
    pub fn new(facts: &'a Facts<'a>, section: &'a Section, terms: &'a [String], words: Words<'a>) -> Option<Self> {
        if !facts.may_be(section, words.lexicon) {
            return None;
        }
        let table = facts.table;
        let mut view =
            Self { table, section, words, facts, columns: Vec::new(), rows: Vec::new(), labels: Vec::new(), found: 0 };
        let scope = Scope { terms: Some(terms), labels: &section.labels, only: false };
        view.columns = (0..table.columns.len()).map(|at| view.column(at, scope)).collect();
        // Terms that stand several times, under different headers, are of several records in a row.
        let repeated = |term: &String| {
            let columns =
                view.columns.iter().enumerate().filter(|(_, bound)| bound.meaning.term == Some(term.as_str()));
            let mut outer: Vec<String> = columns.map(|(at, _)| view.outer(at)).collect();
            outer.dedup();
            outer.len() > 1
        };
        let is_flat =
            section.spans.is_none() && section.levels.len() <= 1 && !section.transposed && section.groups.is_empty();
        if is_flat && section.needs.iter().any(repeated) {
            return None;
        }
        view.once(&facts.figures);
        view.labels = view.label_columns(&facts.figures);
        if section.transposed {
            view.rows = table.rows.iter().map(|row| view.row(row, scope)).collect();
        }
        let bound = if section.transposed { &view.rows } else { &view.columns };
        let has = |term: &String| bound.iter().any(|each| each.meaning.term == Some(term.as_str()));
        if !section.needs.iter().all(has) {
            return None;
        }
        if section.levels.is_empty() && !section.transposed && view.has_several_lines() {
            return None;
        }
        view.found = terms.iter().filter(|term| has(term)).count();
        Some(view)
    }

    /// Whether several lines print all that the section needs, so that no one of them is the record.
    fn has_several_lines(&self) -> bool {
        let of_need = |term: &String| self.columns.iter().position(|bound| bound.meaning.term == Some(term.as_str()));
        let needed: Vec<usize> = self.section.needs.iter().filter_map(of_need).collect();
        let is_full = |row: &&Row| {
            let has = |at: &usize| row.cells.get(*at).is_some_and(|cell| cell.passage.text().contains(is_digit));
            row.role == Role::Item && needed.iter().all(has)
        };
        self.table.rows.iter().filter(is_full).count() > 1
    }

    /// The columns that name the rows: those without a term before the first figure. Without figures it is the first.
    fn label_columns(&self, figures: &[bool]) -> Vec<usize> {
        let is_figure = |at: &usize| {
            let term = self.columns[*at].meaning.term.and_then(|term| self.words.vocabulary.term(term));
            term.map_or(figures[*at], |term| matches!(term.content, Content::Figure(_)))
        };
        // Figures that stand between the labels of levels are of those levels.
        let bound = |at: &usize| self.columns[*at].meaning.term.is_some() && is_figure(at);
        let coded = self.section.coded.is_some() && self.section.levels.len() > 1;
        let first = (0..self.columns.len()).find(|at| if coded { bound(at) } else { is_figure(at) });
        let words = |at: &usize| self.columns[*at].meaning.term.is_none() && !figures[*at];
        let labels = (0..first.unwrap_or(self.columns.len())).filter(words);
        if first.is_none() { labels.take(1).collect() } else { labels.collect() }
    }

    /// A term stands for one column of a group (of a spanning header, in turn), the first.
    fn once(&mut self, figures: &[bool]) {
        // With several levels a figure belongs to the label before it: the last of a name is that of the lines.
        let innermost = self.section.levels.len() > 1 && self.section.coded.is_some();
        let mut seen: Vec<(&str, Option<&str>, String)> = Vec::new();
        let spans = self.section.spans.is_some();
        let order: Vec<usize> =
            if innermost { (0..figures.len()).rev().collect() } else { (0..figures.len()).collect() };
        for at in order {
            let is_figures = figures[at];
            let Some(term) = self.columns[at].meaning.term else { continue };
            let is_figure =
                self.words.vocabulary.term(term).is_some_and(|term| matches!(term.content, Content::Figure(_)));
            let outer = if spans { self.outer(at) } else { String::new() };
            let key = (term, self.columns[at].group, outer);
            // A term of figures needs a column of figures.
            if seen.contains(&key) || (is_figure && !is_figures && !self.is_blank(at) && !self.may_be_words(term)) {
                self.columns[at].meaning = Meaning::default();
            } else {
                seen.push(key);
            }
        }
    }

    fn may_be_words(&self, term: &str) -> bool {
        self.section.otherwise.iter().any(|(of, _)| of == term)
    }

    fn is_blank(&self, column: usize) -> bool {
        self.table.rows.iter().all(|row| row.cells.get(column).is_none_or(|cell| cell.passage.is_blank()))
    }

    /// The words of the outermost header of a column.
    pub fn outer(&self, column: usize) -> String {
        self.table.columns[column].header.first().map_or_else(String::new, |header| plain(header.text()))
    }

    /// The group whose spanning header stands above a column.
    fn group(&self, at: usize) -> Option<&'a Group> {
        let names =
            |group: &&Group, above: &Label| group.labels.iter().any(|label| above.words.contains(&plain(label)));
        let headers = &self.facts.headers[at];
        self.section.groups.iter().find(|group| headers.iter().any(|above| names(group, above)))
    }

    /// What a column is of: its innermost header, or that with those above it.
    fn column(&self, at: usize, scope: Scope<'a>) -> Bound<'a> {
        // A column behind a group that is no part of it totals it.
        let group = (0..=at).rev().find_map(|at| self.group(at));
        let scope = group.map_or(scope, |group| Scope { terms: Some(&group.terms), ..scope });
        let mut bound = self.meaning(&self.facts.headers[at], scope);
        bound.group = group.filter(|_| bound.meaning.term.is_some()).map(|group| group.field.as_str());
        bound
    }

    /// What labels mean together, the innermost last.
    fn meaning(&self, labels: &[Label], scope: Scope<'a>) -> Bound<'a> {
        let mut bound = Bound::default();
        let lexicon = self.words.lexicon;
        let Some(last) = labels.last() else { return bound };
        let own = lexicon.meaning(&last.words, scope);
        let whole = own.understood == last.words.len() && own.term.is_some();
        let joined: String = labels.iter().map(|label| label.words.as_str()).collect();
        let together = if whole || labels.len() == 1 { Meaning::default() } else { lexicon.meaning(&joined, scope) };
        bound.meaning = if together.term.is_none() { own } else { together };
        // A term whose words are only the end of the label is one if little else is said.
        let words = if bound.meaning.understood > last.words.len() { joined.len() } else { last.words.len() };
        if bound.meaning.term.is_some() && bound.meaning.understood * 2 < words {
            bound.meaning = Meaning::default();
        }
        for label in labels.iter().rev().skip(1) {
            let above = lexicon.meaning(&label.words, Scope { terms: Some(&[]), labels: &[], only: false });
            for (axis, value) in above.axes {
                if above.understood == label.words.len() && bound.meaning.axes.iter().all(|(known, _)| *known != axis) {
                    bound.meaning.axes.push((axis, value));
                }
            }
        }
        bound
    }

    /// What a row of a transposed table is of.
    fn row(&self, row: &Row, scope: Scope<'a>) -> Bound<'a> {
        let cells = self.labels.iter().filter_map(|at| row.cells.get(*at)).filter(|cell| !cell.passage.is_blank());
        let labels: Vec<Label> = cells.map(|cell| Label::read(cell.passage.text())).collect();
        self.meaning(&labels, scope)
    }

    /// The labels of a row, the innermost last, with those that a cell above says for it.
    pub fn row_labels(&self, row: &'a Row) -> Vec<Option<&'a Cell>> {
        self.labels
            .iter()
            .map(|at| {
                let cell = row.cells.get(*at)?;
                let above = cell.spanned.and_then(|row| self.table.rows.get(row as usize)?.cells.get(*at));
                Some(above.unwrap_or(cell)).filter(|cell| !cell.passage.is_blank())
            })
            .collect()
    }

    /// The record of the whole table: caption, unit, year, what it always is.
    pub fn record(&self) -> Record {
        let mut record = Record::at(table_span(self.table));
        if let Some(caption) = &self.table.caption {
            record.print("caption", Printed::context(caption));
        }
        if let Some(unit) = &self.table.unit {
            record.print("unit", Printed::context(unit));
        }
        if let Some(year) = self.year() {
            record.print("year", year);
        }
        if let Some(field) = &self.section.title
            && let Some(title) = self.title()
        {
            record.print(field, title);
        }
        for (name, value) in &self.section.context {
            record.print(name, Printed::said(value, record.span));
        }
        record
    }

    /// What the table is about, without its number and the mark at its end.
    fn title(&self) -> Option<Printed> {
        let numbered = |heading: &&Passage| Label::read(heading.text()).code.is_some();
        let passage = self.table.headings.last().filter(numbered).or(self.table.caption.as_ref())?;
        let text = passage.text();
        let start = text.find(|letter: char| !(letter.is_ascii() || "表附续：".contains(letter))).unwrap_or(0);
        let end = text.trim_end_matches(|letter: char| !letter.is_alphanumeric()).len().max(start);
        let words = passage.part(start..end);
        Some(Printed { context: false, ..Printed::context(&words) })
    }

    /// The year of the whole table: the one that all its headers state, or its caption.
    fn year(&self) -> Option<Printed> {
        let headers = || self.table.columns.iter().flat_map(|column| &column.header);
        let mut years: Vec<(u16, Printed)> = headers().filter_map(year_of).collect();
        years.dedup_by_key(|(year, _)| *year);
        match years.len() {
            0 => {
                let caption = self.table.caption.iter().find_map(year_of);
                caption.map(|(_, printed)| printed)
            }
            1 => years.pop().map(|(_, printed)| printed),
            _ => None,
        }
    }
}

fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit()
}

/// The year that a passage states, with its place.
pub fn year_of(passage: &Passage) -> Option<(u16, Printed)> {
    let text = passage.text();
    let year = take_year(text).0?;
    let digits = year.to_string();
    let at = text.find(&digits)?;
    // From one year to another is no year.
    let more = take_year(&text[at + digits.len()..]).0.is_some()
        || text[at + digits.len()..].trim_start().starts_with(['-', '—', '~', '～', '至']);
    let span = passage.span(at..at + digits.len());
    (!more).then_some((year, Printed { text: digits, span, context: true, ..Printed::default() }))
}

/// From the caption or the first cell of a table to its last.
pub fn table_span(table: &Table) -> Span {
    let cells = || table.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.passage.whole());
    let headers = table.columns.iter().flat_map(|column| &column.header).map(Passage::whole);
    let all: Vec<Span> = headers.chain(cells()).filter(|span| span.end > span.start).collect();
    let start = all.iter().map(|span| span.start).min().unwrap_or(0);
    Span { start, end: all.iter().map(|span| span.end).max().unwrap_or(start) }
}

/// The place of a row.
pub fn row_span(row: &Row) -> Span {
    let spans = row.cells.iter().map(|cell| cell.passage.whole()).filter(|span| span.end > span.start);
    let (start, end) = spans.fold((u32::MAX, 0), |(start, end), span| (start.min(span.start), end.max(span.end)));
    if start > end { Span::default() } else { Span { start, end } }
}

/// Whether a row adds nothing of its own: a total, a subtotal, a mean.
pub fn is_line(role: Role) -> bool {
    matches!(role, Role::Item | Role::OfWhich)
}
