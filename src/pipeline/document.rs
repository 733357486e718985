//! One document, from its text to its audit.

use std::sync::{Arc, LazyLock};

use foldhash::HashSet;

use super::engine::{Engine, Set};
use super::input::Input;
use super::memory::Memory;
use super::originals;
use super::schemas;
use super::tables;
use crate::audit::Audit;
use crate::bind::bind_knowing;
use crate::check::{Applied, Index, World, apply};
use crate::diagnose::{self, Context};
use crate::document::{Document, Figures, Names, NodeId, Reading};
use crate::fault::Fault;
use crate::figure::Kind;
use crate::infer::{inferred, settle_left_out};
use crate::read::{self, Format, Limits};
use crate::schema::embedded_id;
use crate::source::Source;
use crate::term::Vocabulary;
use crate::tie::{Tie, settle_blanks};

/// The audit of one input.
pub fn audit<'a>(engine: &'a Engine, input: Input, limits: &Limits, memory: &mut Memory<'a>) -> Audit {
    let mut audit = Audit::new(input.name);
    let source = match input.source {
        Ok(source) => source,
        Err(fault) => {
            audit.faults.push(*fault);
            return audit;
        }
    };
    audit.source = Some(Arc::clone(&source));
    let mut document = match Format::of(&audit.name) {
        Some(format) => {
            // What a report is recognised by is compiled while it is read.
            let (report, ()) = rayon::join(|| read::report(&source, format), tables::prepare);
            tables::check(engine, &report, &source, None, &mut audit);
            None
        }
        None => {
            let Memory { names, terms, routes } = std::mem::take(memory);
            let (document, faults) = read::json_knowing(&source, limits, names);
            audit.faults = faults;
            document.map(|document| (document, Memory { names: Names::default(), terms, routes }))
        }
    };
    if let Some((document, known)) = document.as_mut() {
        check(engine, document, known, &mut audit);
        originals::show(&mut audit.findings, &audit.name);
    }
    if document.is_some() || Format::of(&audit.name).is_some() {
        // Where check files are wrong, that is said already.
        if input.named && audit.ties.total() == 0 && audit.faults.is_empty() && engine.faults().is_empty() {
            audit.faults.push(nothing_tied(&source));
        }
    }
    if let Some((document, known)) = document
        && let Some(names) = document.into_names()
    {
        *memory = Memory { names, ..known };
    }
    audit
}

fn nothing_tied(source: &Arc<Source>) -> Fault {
    let name = source.name();
    Fault::new(
        "check/nothing-tied",
        format!("nothing in {name} could be tied: no check found its figures"),
        format!("{name} 中没有任何可勾稽的数据：所选审核公式均未匹配"),
    )
    .help(
        "name a pack (--pack NAME) or a folder of your own checks (--checks DIR), and see with `-v` which checks bound nothing",
        "请用 --pack 指定审核公式集，或用 --checks 指定自备公式目录；-v 可列出未匹配的公式",
    )
}

/// Holds a document against its schema and its checks.
fn check<'a>(engine: &'a Engine, document: &Document, memory: &mut Memory<'a>, audit: &mut Audit) {
    let id = embedded_id(document).filter(|id| schemas::all().knows(id));
    if let Some(id) = id {
        match schemas::all().validate(id, document) {
            Ok(findings) => audit.findings = findings,
            Err(fault) => audit.faults.push(fault),
        }
    }
    if id == Some(read::SCHEMA) {
        tables::check(engine, &read::extracted(document), document.source(), Some(document), audit);
        return;
    }
    let asked = id.and_then(schemas::pack_of).filter(|_| engine.options.packs.is_empty());
    let names = engine.options.packs.iter().map(String::as_str).chain(asked);
    let sets: Vec<&Set> = names.filter_map(|name| engine.pack(name)).chain(&engine.own).collect();
    for schema in sets.iter().filter_map(|set| set.schema.as_ref()) {
        match schema.validate(document) {
            Ok(findings) => audit.findings.extend(findings),
            Err(fault) => audit.faults.push(fault),
        }
    }
    if let Some(name) = asked {
        audit.faults.extend(crate::check::embedded(name).into_iter().flat_map(|pack| pack.faults.iter().cloned()));
    }
    examine(engine, document, &sets, memory, audit);
}

/// Makes the checks of the sets and fills the audit with what they find.
pub fn examine<'a>(engine: &Engine, document: &Document, sets: &[&'a Set], memory: &mut Memory<'a>, audit: &mut Audit) {
    static NONE: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::default);
    let vocabularies = sets.iter().map(|set| &*set.vocabulary);
    let vocabulary = vocabularies.into_iter().find(|known| !known.terms().is_empty()).unwrap_or(&NONE);
    let figures = bind_knowing(document, vocabulary, &mut memory.terms);
    let checks = || sets.iter().flat_map(|set| set.checks.iter());
    let routes = std::mem::take(&mut memory.routes);
    let index = Index::of(checks().flat_map(|check| check.scope.names()), document, routes);
    let world = World { document, figures: &figures, vocabulary, index: &index };
    let mut applied = apply(&checks().collect::<Vec<_>>(), engine.options.keep_ties, world);
    audit.faults.append(&mut applied.faults);
    settle_left_out(document, &figures, vocabulary, &mut applied.ties);
    let proved = applied.proofs.iter().flat_map(|proof| &proof.figures).copied();
    let inferred = inferred(document, &figures, &applied.ties, proved);
    applied
        .ties
        .extend(inferred.into_iter().filter_map(|tie| Some(Tie { rule: engine.options.rule(&tie.rule)?, ..tie })));
    let context = Context { document, figures: &figures, vocabulary, partly: &applied.partly };
    settle_blanks(&mut applied.ties);
    diagnose::prepare(&mut applied.ties, engine.options.keep_ties, context);
    let strictness = engine.options.strictness;
    let promised: HashSet<&str> =
        checks().filter(|check| check.is_promise()).map(|check| check.rule.id.as_str()).collect();
    let findings = diagnose::findings(&applied.ties, &|tie| promised.contains(tie.rule.id.as_str()), context);
    let (findings, allowed) = engine.allowed.filter(findings);
    audit.findings.extend(findings.into_iter().filter(|finding| finding.confidence >= strictness));
    audit.allowed = allowed;
    for tie in &applied.ties {
        audit.ties.add(tie.outcome.verdict);
    }
    for proof in &applied.proofs {
        audit.ties.exact += proof.count.exact;
        audit.ties.rounded += proof.count.rounded;
    }
    if engine.options.keep_ties {
        audit.tie_records = diagnose::records(&applied.ties, context);
    }
    audit.remarks.extend(diagnose::remarks(context));
    let asked = asked(&figures, &applied.ties);
    (audit.figures, audit.measured, audit.tied) = coverage(document, &figures, &asked, &applied);
    audit.unbound = applied.unbound;
    audit.nearly_bound = applied.nearly_bound;
    memory.routes = index.into_routes();
}

/// Each place once: what a sentence of a report prints may stand in its section, and in the plain sentence, too.
fn once<'a>(document: &'a Document, nodes: impl Iterator<Item = NodeId> + 'a) -> impl Iterator<Item = NodeId> + 'a {
    let mut places: HashSet<u32> = HashSet::default();
    nodes.filter(move |node| places.insert(document.node(*node).span.start))
}

/// Texts that read as numbers are figures if a check asks for them.
fn asked(figures: &Figures, ties: &[Tie]) -> HashSet<NodeId> {
    let operands = ties.iter().flat_map(|tie| &tie.operands).map(|operand| operand.node);
    operands.filter(|node| matches!(figures.get(*node), Some(Reading::Loose(_)))).collect()
}

/// How many figures there are, how many of them are amounts, counts and ratios, and how many of these take part in
/// a decided tie that shows something.
fn coverage(
    document: &Document,
    figures: &Figures,
    asked: &HashSet<NodeId>,
    applied: &Applied,
) -> (usize, usize, usize) {
    let decided = |tie: &&Tie| tie.outcome.verdict.is_decided() && !tie.is_trivial();
    let made = applied.ties.iter().filter(decided).flat_map(|tie| &tie.operands).map(|operand| operand.node);
    let mut tied = vec![false; figures.len()];
    made.for_each(|node| tied[node.0 as usize] = true);
    for proof in &applied.proofs {
        proof.figures.iter().for_each(|node| tied[node.0 as usize] = true);
    }
    let kinds = figures.kinds().map(|(node, kind)| (node, kind != Kind::Parameter));
    let asked = asked.iter().map(|node| (*node, true));
    if document.is_of_report() {
        // A place is tied where one of those that print it is.
        let start = |node: &NodeId| document.node(*node).span.start;
        let all: Vec<(NodeId, bool)> = kinds.chain(asked).collect();
        let measured: Vec<NodeId> = all.iter().filter(|(_, measured)| *measured).map(|(node, _)| *node).collect();
        let places: HashSet<u32> = measured.iter().filter(|node| tied[node.0 as usize]).map(start).collect();
        let figures = once(document, all.iter().map(|(node, _)| *node)).count();
        return (figures, once(document, measured.into_iter()).count(), places.len());
    }
    let (mut figures, mut measured, mut taking_part) = (0, 0, 0);
    let mut count = |(node, is_measured): (NodeId, bool)| {
        figures += 1;
        measured += usize::from(is_measured);
        taking_part += usize::from(is_measured && tied[node.0 as usize]);
    };
    kinds.for_each(&mut count);
    asked.for_each(count);
    (figures, measured, taking_part)
}
