//! The JSON contract: structs that are frozen apart from the internal types. Fields are added, never renamed.

use std::io;

use serde::Serialize;

use super::escape::Escape;
use super::{Lang, Settings, wording};
use crate::audit;
use crate::fault;
use crate::figure::Number;
use crate::finding::{self, CauseKind, Matter};
use crate::source::{Source, Span};
use crate::tie::{TieKind, Verdict};

/// Version of the contract.
pub const VERSION: u32 = 1;

/// What is held back until the run ends.
#[derive(Default)]
pub struct Collected {
    findings: Vec<Finding>,
    pub faults: Vec<Fault>,
    ties: Vec<Tie>,
    /// Ties of the documents before, so that ids are unique in the run.
    before: usize,
}

impl Collected {
    /// Adds what came of one document.
    pub fn add(&mut self, audit: &audit::Audit, settings: &Settings) {
        let lang = settings.lang;
        self.findings.extend(audit.findings.iter().map(|each| Finding::new(each, self.before, lang)));
        self.faults.extend(audit.faults.iter().map(|each| Fault::new(each, lang)));
        if settings.ties {
            self.ties.extend(ties(audit, self.before, lang));
        }
        self.before += audit.ties.total().max(audit.tie_records.len());
    }

    /// Adds a fault that belongs to no document.
    pub fn fault(&mut self, fault: &fault::Fault, lang: Lang) {
        self.faults.push(Fault::new(fault, lang));
    }

    /// Writes the whole object.
    pub fn finish(self, summary: &audit::Summary, settings: &Settings, out: &mut dyn io::Write) -> io::Result<()> {
        let whole = Whole {
            version: VERSION,
            summary: Summary::new(summary),
            findings: self.findings,
            faults: self.faults,
            ties: settings.ties.then_some(self.ties),
        };
        serde_json::to_writer_pretty(Escape(out), &whole)?;
        writeln!(out)
    }
}

#[derive(Serialize)]
struct Whole {
    version: u32,
    summary: Summary,
    findings: Vec<Finding>,
    faults: Vec<Fault>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ties: Option<Vec<Tie>>,
}

/// The summary of a run.
#[derive(Serialize)]
pub struct Summary {
    files: usize,
    documents: usize,
    untied: usize,
    figures: usize,
    ties: TieCounts,
    findings: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    decisions: usize,
    allowed: usize,
    raw_tables: usize,
    baselined: usize,
    faults: usize,
    unbound_checks: usize,
    coverage: Option<String>,
}

#[derive(Serialize)]
struct TieCounts {
    exact: usize,
    rounded: usize,
    broken: usize,
    implied: usize,
    undecided: usize,
}

impl Summary {
    /// The summary as the contract has it.
    pub fn new(from: &audit::Summary) -> Self {
        let [notes, warnings, errors] = from.findings;
        let ties = &from.ties;
        Self {
            files: from.files,
            documents: from.documents,
            untied: from.untied,
            figures: from.figures,
            ties: TieCounts {
                exact: ties.exact,
                rounded: ties.rounded,
                broken: ties.broken,
                implied: ties.implied,
                undecided: ties.undecided,
            },
            findings: from.finding_count(),
            errors,
            warnings,
            notes,
            decisions: from.decisions,
            allowed: from.allowed,
            raw_tables: from.raw_tables,
            baselined: from.baselined,
            faults: from.faults,
            unbound_checks: from.unbound.len(),
            coverage: from.coverage().map(|percent| format!("{}.{:02}", percent / 100, percent % 100)),
        }
    }
}

/// A finding.
#[derive(Serialize)]
pub struct Finding {
    check: String,
    severity: &'static str,
    confidence: &'static str,
    kind: &'static str,
    verdict: Option<&'static str>,
    message: String,
    targets: Vec<Spot>,
    operands: Vec<Spot>,
    recomputation: Option<String>,
    recomputed: Option<String>,
    difference: Option<String>,
    allowance: Option<String>,
    reading: Option<String>,
    decision: bool,
    assumed: Vec<String>,
    causes: Vec<Cause>,
    ties: Vec<String>,
    fingerprint: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    members: Vec<Finding>,
}

impl Finding {
    /// The finding as the contract has it; `before` ties were counted in earlier documents.
    pub fn new(from: &finding::Finding, before: usize, lang: Lang) -> Self {
        let (kind, verdict, reading) = match &from.matter {
            Matter::Tie { kind, verdict, reading, .. } => {
                (kind_name(*kind), Some(verdict_name(*verdict)), reading.clone())
            }
            Matter::Schema(_) => ("schema", None, None),
        };
        let spots = |all: &[finding::Spot]| all.iter().map(|spot| Spot::new(spot, lang)).collect();
        let plain = |number: Option<Number>| number.map(|number| wording::plain(number, from.targets.first()));
        Self {
            check: from.rule.id.clone(),
            severity: wording::severity(Lang::En, from.severity),
            confidence: wording::confidence(Lang::En, from.confidence),
            kind,
            verdict,
            message: wording::headline(lang, from),
            targets: spots(&from.targets),
            operands: spots(&from.operands),
            recomputation: from.recomputation.clone(),
            recomputed: plain(from.recomputed),
            difference: plain(from.difference),
            allowance: from.allowance.map(|number| number.to_string()),
            reading,
            decision: from.decision,
            assumed: from.assumed.clone(),
            causes: from.causes.iter().map(|cause| Cause::new(cause, from, lang)).collect(),
            ties: from.ties.iter().map(|tie| tie_id(before + tie)).collect(),
            fingerprint: from.fingerprint.clone(),
            members: from.members.iter().map(|member| Self::new(member, before, lang)).collect(),
        }
    }
}

#[derive(Serialize)]
struct Cause {
    kind: &'static str,
    figure: String,
    repaired: Option<String>,
    corroborated: bool,
    text: String,
}

impl Cause {
    fn new(from: &finding::Cause, finding: &finding::Finding, lang: Lang) -> Self {
        Self {
            kind: cause_name(from.kind),
            figure: from.figure.place.pointer.clone(),
            repaired: from.repaired.clone(),
            corroborated: from.corroborated,
            text: wording::cause(lang, finding, from),
        }
    }
}

#[derive(Serialize)]
struct Spot {
    place: Place,
    literal: String,
    value: Option<String>,
    unit: Option<&'static str>,
    term: Option<String>,
    label: String,
}

impl Spot {
    fn new(from: &finding::Spot, lang: Lang) -> Self {
        let origin = from.place.origin.as_ref().map(|origin| Origin {
            source: origin.source.clone(),
            line: origin.line,
            column: origin.column,
            start: origin.span.map(|span| span.start),
            end: origin.span.map(|span| span.end),
            sha256: origin.sha256.clone(),
        });
        let pointer = Some(from.place.pointer.clone());
        let grid = from.place.grid.map(|grid| Grid { table: grid.table, row: grid.row, column: grid.column });
        Self {
            place: Place { pointer, grid, origin, ..Place::new(&from.place.source, from.place.span) },
            literal: from.literal.clone(),
            value: from.value.map(|number| number.to_string()),
            unit: from.unit,
            term: from.term.clone(),
            label: wording::label(lang, from).to_owned(),
        }
    }
}

#[derive(Serialize)]
struct Place {
    source: String,
    start: u64,
    end: u64,
    line: u32,
    column: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grid: Option<Grid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<Origin>,
}

/// The cell of a table of a report: its table, row and column there, from 0.
#[derive(Serialize)]
struct Grid {
    table: u32,
    row: u32,
    column: u32,
}

impl Place {
    fn new(source: &Source, span: Span) -> Self {
        let position = source.position(span.start);
        Self {
            source: source.name().to_owned(),
            start: source.byte(span.start),
            end: source.byte(span.end),
            line: position.line,
            column: position.column,
            pointer: None,
            grid: None,
            origin: None,
        }
    }
}

#[derive(Serialize)]
struct Origin {
    source: String,
    line: u32,
    column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
}

/// What stopped us.
#[derive(Serialize)]
pub struct Fault {
    code: &'static str,
    message: String,
    help: Option<String>,
    place: Option<Place>,
    #[serde(skip_serializing_if = "Option::is_none")]
    other: Option<Place>,
}

impl Fault {
    /// The fault as the contract has it.
    pub fn new(from: &fault::Fault, lang: Lang) -> Self {
        let source = from.place.as_ref().map(|(source, _)| source);
        Self {
            code: from.code,
            message: wording::pick(lang, &from.message).to_owned(),
            help: from.help.as_ref().map(|help| wording::pick(lang, help).to_owned()),
            place: from.place.as_ref().map(|(source, span)| Place::new(source, *span)),
            other: source.zip(from.other).map(|(source, span)| Place::new(source, span)),
        }
    }
}

/// A tie.
#[derive(Serialize)]
pub struct Tie {
    id: String,
    check: String,
    kind: &'static str,
    confidence: &'static str,
    verdict: &'static str,
    reason: Option<String>,
    partial: bool,
    expression: String,
    targets: Vec<Spot>,
    operands: Vec<Spot>,
    recomputed: Option<String>,
    difference: Option<String>,
    allowance: Option<String>,
    implied: Option<String>,
    fingerprint: String,
}

/// The ties of a document as the contract has them.
pub fn ties(audit: &audit::Audit, before: usize, lang: Lang) -> impl Iterator<Item = Tie> {
    let spots = move |all: &[finding::Spot]| all.iter().map(|spot| Spot::new(spot, lang)).collect();
    audit.tie_records.iter().enumerate().map(move |(at, from)| Tie {
        id: tie_id(before + at),
        check: from.check.clone(),
        kind: kind_name(from.kind),
        confidence: wording::confidence(Lang::En, from.confidence),
        verdict: verdict_name(from.verdict),
        reason: from.reason.as_ref().map(|reason| wording::reason(lang, reason)),
        partial: from.partial,
        expression: from.expression.clone(),
        targets: spots(&from.targets),
        operands: spots(&from.operands),
        recomputed: from.recomputed.clone(),
        difference: from.difference.clone(),
        allowance: from.allowance.clone(),
        implied: from.implied.clone(),
        fingerprint: from.fingerprint.clone(),
    })
}

fn tie_id(index: usize) -> String {
    format!("t{index}")
}

fn verdict_name(verdict: Verdict) -> &'static str {
    wording::verdict(Lang::En, verdict)
}

fn kind_name(kind: TieKind) -> &'static str {
    match kind {
        TieKind::Sum => "sum",
        TieKind::Difference => "difference",
        TieKind::Average => "average",
        TieKind::Ratio => "ratio",
        TieKind::RelativeChange => "relative-change",
        TieKind::Share => "share",
        TieKind::Equal => "equal",
        TieKind::Count => "count",
        TieKind::Order => "order",
        TieKind::Distinct => "distinct",
        TieKind::Text => "text",
        TieKind::Other => "other",
    }
}

fn cause_name(kind: CauseKind) -> &'static str {
    match kind {
        CauseKind::Digit => "digit",
        CauseKind::Transposed => "transposed",
        CauseKind::Scale => "scale",
        CauseKind::Sign => "sign",
        CauseKind::Swapped => "swapped",
        CauseKind::Shifted => "shifted",
        CauseKind::Inverted => "inverted",
        CauseKind::LeftOut => "left-out",
        CauseKind::CountedTwice => "counted-twice",
        CauseKind::Stale => "stale",
        CauseKind::DuplicateRow => "duplicate-row",
        CauseKind::Truncated => "truncated",
    }
}
