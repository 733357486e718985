//! A report as a document: its tables and sentences as the records that checks speak of.

use std::sync::Arc;

use foldhash::{HashMap, HashSet};
use rayon::prelude::*;

use super::body::Body;
use super::columns::columns;
use super::draft::{Printed, Record};
use super::facts::{Facts, Words};
use super::formulas;
use super::label::Label;
use super::lexicon::Lexicon;
use super::plain;
use super::rows::rows;
use super::statements::Reader;
use super::table::{View, year_of};
use crate::document::{Builder, Document, Passage, Report, Statement, Table};
use crate::source::Source;
use crate::term::{Layout, Section, Step, Vocabulary};

/// So many sentences are read by one thread at once: short and long ones stand together.
const AT_ONCE: usize = 8;

/// The document of a report; `original` is the one that it was written as, if it was.
#[must_use]
pub fn typed(report: &Report, source: &Arc<Source>, vocabulary: &Vocabulary, original: Option<&Document>) -> Document {
    let (lexicon, codes) = rayon::join(|| Lexicon::new(vocabulary), || codes(report));
    let layout = &vocabulary.layout;
    let scopes: Vec<Vec<String>> = layout.sections.iter().map(terms).collect();
    let mut root = Record::at(crate::source::Span::new(0, source.text().len()));
    let year = year(report);
    if let Some(year) = &year {
        root.print("year", year.clone());
    }
    let words = Words { lexicon: &lexicon, vocabulary, codes: &codes };
    let understood = report.tables.par_iter().with_max_len(1).filter(|table| table.raw.is_none());
    let sections = understood.map(|table| (table, section(table, &layout.sections, &scopes, words)));
    for (table, (known, plain)) in sections.collect::<Vec<_>>() {
        if let Some((section, record)) = known {
            // A section that stands once stands where it was read first.
            let _ = root.place(&section.path, &|name| axis(name, table, &lexicon), record);
        }
        if let Some(plain) = plain {
            root.list("tables").push(plain);
        }
    }
    let title = report.title.as_ref().map(|title| crate::term::plain(title.text())).unwrap_or_default();
    let captions = report.tables.iter().flat_map(|table| table.caption.iter().chain(&table.headings));
    let headings = report.statements.iter().filter_map(|statement| statement.headings.last());
    let names = own_names(report.title.iter().chain(captions).chain(headings));
    let reader =
        Reader { lexicon: &lexicon, vocabulary, year: year.as_ref(), body: Body { title: &title, names: &names } };
    let said = report
        .statements
        .par_iter()
        .with_max_len(AT_ONCE)
        .map(|statement| (statement, said(statement, layout, &reader)));
    for (statement, said) in said.collect::<Vec<_>>() {
        for Said { path, record, words } in said {
            let axis = |name: &str| stated_axis(name, words.as_ref()?, statement, &lexicon);
            let _ = root.place(path, &axis, record);
        }
    }
    *root.list("sentences") = plain::sentences(&report.statements);
    root.at = original.and_then(|document| document.get(document.root(), "$at"));
    let mut builder = Builder::of_report(Arc::clone(source));
    root.write(&mut builder, original);
    builder.finish()
}

/// What titles, captions and headings say, each once and not without end.
fn own_names<'a>(passages: impl Iterator<Item = &'a Passage>) -> String {
    const LONGEST: usize = 1 << 15;
    let mut seen: HashSet<&str> = HashSet::default();
    let mut names = String::new();
    for passage in passages.filter(|passage| seen.insert(passage.text())) {
        if names.len() > LONGEST {
            break;
        }
        names.push_str(&crate::term::plain(passage.text()));
        names.push('\n');
    }
    names
}

/// A table as a record of the section that it is of; and plainly, where none knows it or leaves some of its figures.
fn section<'a>(
    table: &Table,
    sections: &'a [Section],
    scopes: &[Vec<String>],
    words: Words<'_>,
) -> (Option<(&'a Section, Record)>, Option<Record>) {
    let facts = Facts::new(table);
    let views = sections.iter().zip(scopes).filter_map(|(section, terms)| {
        let view = View::new(&facts, section, terms, words)?;
        Some((section, view))
    });
    let best = views.fold(None, |best: Option<(&Section, View<'_>)>, (section, view)| match best {
        Some(best) if best.1.found >= view.found => Some(best),
        _ => Some((section, view)),
    });
    let Some((section, view)) = best else { return (None, Some(plain::record(&facts))) };
    if section.transposed {
        return (Some((section, columns(&view))), view.has_rates().then(|| plain::record(&facts)));
    }
    (Some((section, rows(&view))), view.leaves_figures().then(|| plain::record(&facts)))
}

/// A record of what a sentence says.
struct Said<'a> {
    /// Where it goes.
    path: &'a [Step],
    record: Record,
    /// The words that name the first of its figures; a formula names its own.
    words: Option<Passage>,
}

/// What a sentence says: its formulas, and the figures that terms name.
fn said<'a>(statement: &Statement, layout: &'a Layout, reader: &Reader<'a>) -> Vec<Said<'a>> {
    let formulas = formulas::records(statement, layout, reader).into_iter();
    let mut all: Vec<Said<'a>> = formulas.map(|(path, record)| Said { path, record, words: None }).collect();
    for stated in &layout.statements {
        for (mut record, words) in reader.records(statement, stated) {
            for name in &stated.around {
                if let Some(value) = stated_axis(name, &words, statement, reader.lexicon) {
                    record.print(name, value);
                }
            }
            for (name, value) in &stated.context {
                record.print(name, Printed::said(value, record.span));
            }
            if stated.requires.iter().all(|name| record.get(name).is_some()) {
                all.push(Said { path: &stated.path, record, words: Some(words) });
            }
        }
    }
    all
}

/// How many tables of a report, up to so many, are of a section of the vocabulary that needs more than one term.
#[must_use]
pub fn recognised(report: &Report, vocabulary: &Vocabulary, enough: usize) -> usize {
    let (lexicon, codes) = (Lexicon::new(vocabulary), HashMap::default());
    let words = Words { lexicon: &lexicon, vocabulary, codes: &codes };
    let sections = vocabulary.layout.sections.iter().filter(|section| section.needs.len() > 1);
    let sections: Vec<(&Section, Vec<String>)> = sections.map(|section| (section, terms(section))).collect();
    let is_of = |table: &&Table| {
        let facts = Facts::new(table);
        sections.iter().any(|(section, terms)| View::new(&facts, section, terms, words).is_some())
    };
    report.tables.iter().filter(|table| table.raw.is_none()).filter(is_of).take(enough).count()
}

/// The codes of a report by the plain labels that they stand before in tables. A label of two codes has none.
fn codes(report: &Report) -> HashMap<String, String> {
    let mut codes: HashMap<String, Option<String>> = HashMap::default();
    for cell in report.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells) {
        let text = cell.passage.text();
        if !text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            continue;
        }
        let label = Label::read(text);
        // A letter alone names a part, and no indicator.
        let Some(code) = label.code.filter(|code| code.len() > 1 && !label.words.is_empty()) else { continue };
        let known = codes.entry(label.words).or_insert_with(|| Some(code.clone()));
        if known.as_ref().is_some_and(|known| *known != code) {
            *known = None;
        }
    }
    codes.into_iter().filter_map(|(label, code)| Some((label, code?))).collect()
}

/// All terms that the columns of a section may be of.
fn terms(section: &Section) -> Vec<String> {
    let always = ["index".to_owned()];
    section.needs.iter().chain(&section.may).chain(&always).cloned().collect()
}

/// The value of an axis that a table is of: by its caption, else by the nearest heading that says one.
fn axis(name: &str, table: &Table, lexicon: &Lexicon<'_>) -> Option<Printed> {
    value(name, table.caption.iter().chain(table.headings.iter().rev()), lexicon)
}

/// The value of an axis that a figure in a sentence is of: by the words that name it, else by the nearest heading, else
/// by the whole sentence.
fn stated_axis(name: &str, words: &Passage, statement: &Statement, lexicon: &Lexicon<'_>) -> Option<Printed> {
    value(name, [words].into_iter().chain(statement.headings.iter().rev()).chain([&statement.passage]), lexicon)
}

fn value<'a>(name: &str, mut texts: impl Iterator<Item = &'a Passage>, lexicon: &Lexicon<'_>) -> Option<Printed> {
    let value = |text: &Passage| lexicon.value(name, &crate::term::plain(text.text()));
    texts.find_map(|text| Some(Printed::said(value(text)?, text.whole())))
}

/// The year that the report is of: that of its title, else the one that most of its captions state.
fn year(report: &Report) -> Option<Printed> {
    let title = report.title.iter().find_map(year_of);
    let captions = report.tables.iter().filter_map(|table| table.caption.as_ref().and_then(year_of));
    let mut counted: Vec<(u16, usize, Printed)> = Vec::new();
    for (year, printed) in captions {
        match counted.iter_mut().find(|(known, ..)| *known == year) {
            Some((_, count, _)) => *count += 1,
            None => counted.push((year, 1, printed)),
        }
    }
    title
        .map(|(_, printed)| printed)
        .or_else(|| counted.into_iter().max_by_key(|(year, count, _)| (*count, *year)).map(|(.., printed)| printed))
}
