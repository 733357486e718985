//! A report, from its tables and sentences to its audit.

use std::sync::Arc;

use foldhash::HashSet;
use rayon::prelude::*;

use super::document::examine;
use super::engine::{Engine, Set};
use super::memory::Memory;
use crate::audit::Audit;
use crate::bind::{recognised, typed};
use crate::check;
use crate::document::{Document, Passage, Report, Table};
use crate::fault::Bilingual;
use crate::figure;
use crate::finding::Place;
use crate::source::{Source, Span};
use crate::term::Vocabulary;

/// So many tables of a report must be of a pack for it to be one of the pack's.
const ENOUGH: usize = 2;

/// No more of them are counted.
const MANY: usize = 8;

/// Makes the checks of the packs that are asked for, or of the one that the report is recognised by.
pub fn check(engine: &Engine, report: &Report, source: &Arc<Source>, original: Option<&Document>, audit: &mut Audit) {
    let packs = engine.options.packs.iter().map(String::as_str).chain(pack_of(engine, report));
    let sets: Vec<&Set> = packs.filter_map(|name| engine.pack(name)).chain(&engine.own).collect();
    let none = Vocabulary::default();
    let vocabulary = sets.iter().map(|set| &*set.vocabulary).find(|known| !known.terms().is_empty()).unwrap_or(&none);
    let document = typed(report, source, vocabulary, original);
    examine(engine, &document, &sets, &mut Memory::default(), audit);
    let unbound = unbound(report, &document);
    audit.figures += unbound;
    audit.measured += unbound;
    let raw = report.tables.iter().filter(|table| table.raw.is_some());
    audit.raw_tables = raw.clone().count();
    audit.remarks.extend(raw.map(|table| remark(table, source)));
}

/// Compiles what reports are recognised by, where that is not done yet.
pub fn prepare() {
    for name in check::names() {
        let _ = check::embedded(name);
    }
}

/// How many figures of a report no record holds.
fn unbound(report: &Report, document: &Document) -> usize {
    let known: HashSet<u32> = document.ids().map(|id| document.node(id).span.start).collect();
    let cells = report.tables.par_iter().flat_map_iter(|table| table.rows.iter().flat_map(|row| &row.cells));
    let cells = cells.filter(|cell| figure::read(cell.passage.text().trim()).is_ok());
    let cells: Vec<Span> = cells.map(|cell| cell.passage.whole()).collect();
    let stated = report
        .statements
        .iter()
        .flat_map(|statement| statement.mentions.iter().map(|mention| statement.passage.span(mention.literal.clone())));
    let places: HashSet<u32> = cells.into_iter().chain(stated).map(|span| span.start).collect();
    places.difference(&known).count()
}

/// A table that could not be understood, for those who ask.
fn remark(table: &Table, source: &Arc<Source>) -> (Place, Bilingual) {
    let cells = table.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.passage.whole());
    let first =
        table.caption.as_ref().map(Passage::whole).or_else(|| cells.into_iter().find(|span| span.end > span.start));
    let place = Place {
        source: Arc::clone(source),
        span: first.unwrap_or_default(),
        pointer: String::new(),
        grid: None,
        origin: None,
    };
    let text = Bilingual::new(
        "this table could not be understood, and its figures were not checked",
        "未能识别此表结构，表中数据未审核",
    );
    (place, text)
}

/// The pack that comes with the binary and whose sections most of the report's tables are.
pub fn pack_of(engine: &Engine, report: &Report) -> Option<&'static str> {
    if !engine.options.packs.is_empty() {
        return None;
    }
    let counted = check::names().into_iter().filter_map(|name| Some((name, check::embedded(name)?)));
    let counted = counted.map(|(name, pack)| (recognised(report, &pack.vocabulary, MANY), name));
    counted.filter(|(count, _)| *count >= ENOUGH).max_by_key(|(count, _)| *count).map(|(_, name)| name)
}
