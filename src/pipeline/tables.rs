//! A report, from its tables and sentences to its audit.

use std::sync::Arc;

use super::document::examine;
use super::engine::{Engine, Set};
use crate::audit::Audit;
use crate::bind::{recognised, typed};
use crate::check;
use crate::document::{Document, Report};
use crate::source::Source;
use crate::term::Vocabulary;

/// So many tables of a report must be of a pack for it to be one of the pack's.
const ENOUGH: usize = 2;

/// Makes the checks of the packs that are asked for, or of the one that the report is recognised by.
pub fn check(engine: &Engine, report: &Report, source: &Arc<Source>, original: Option<&Document>, audit: &mut Audit) {
    let packs = engine.options.packs.iter().map(String::as_str).chain(pack_of(engine, report));
    let sets: Vec<&Set> = packs.filter_map(|name| engine.pack(name)).chain(&engine.own).collect();
    let none = Vocabulary::default();
    let vocabulary = sets.iter().map(|set| &*set.vocabulary).find(|known| !known.terms().is_empty()).unwrap_or(&none);
    let document = typed(report, source, vocabulary, original);
    examine(engine, &document, &sets, audit);
}

/// The pack that comes with the binary and whose sections most of the report's tables are.
pub fn pack_of(engine: &Engine, report: &Report) -> Option<&'static str> {
    if !engine.options.packs.is_empty() {
        return None;
    }
    let counted = check::names().into_iter().filter_map(|name| Some((name, check::embedded(name)?)));
    let counted = counted.map(|(name, pack)| (recognised(report, &pack.vocabulary), name));
    counted.filter(|(count, _)| *count >= ENOUGH).max_by_key(|(count, _)| *count).map(|(_, name)| name)
}
