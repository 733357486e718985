//! One line a finding, with place and severity as editors and log readers know them.

use super::{Lang, wording};
use crate::audit::{Audit, TieRecord};
use crate::fault::Fault;
use crate::finding::{Finding, Place, Severity, Spot};
use crate::source::{Source, Span, safe};

/// A finding: `figures.json:12:34: error[budget/subtotal]: …`.
pub fn finding(finding: &Finding, name: &str, lang: Lang) -> String {
    let place = first(&finding.targets, &finding.operands, name);
    // The word for the severity stays English: editors look for it.
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    one_line(&format!("{place}: {severity}[{}]: {}", finding.rule.id, wording::headline(lang, finding)))
}

/// A tie, for `--ties`.
pub fn tie(tie: &TieRecord, name: &str, lang: Lang) -> String {
    let place = first(&tie.targets, &tie.operands, name);
    let reason =
        tie.reason.as_ref().map(|reason| wording::aside(lang, &wording::reason(lang, reason))).unwrap_or_default();
    one_line(&format!("{place}: {}[{}]: {}{reason}", wording::verdict(lang, tie.verdict), tie.check, tie.expression))
}

/// A fault: `figures.json:1:2: fault[json/syntax]: …`.
pub fn fault(fault: &Fault, lang: Lang) -> String {
    let place = fault.place.as_ref().map(|(source, span)| at(source, *span) + ": ").unwrap_or_default();
    let help = fault.help.as_ref().map(|help| wording::aside(lang, wording::pick(lang, help))).unwrap_or_default();
    one_line(&format!("{place}fault[{}]: {}{help}", fault.code, wording::pick(lang, &fault.message)))
}

/// What is no finding but told with `-v`: places that were not understood, records that nearly bound.
pub fn remarks(audit: &Audit, lang: Lang) -> Vec<String> {
    let places = audit.remarks.iter().map(|(place, text)| format!("{}: {}", of(place), wording::pick(lang, text)));
    let nearly = audit
        .nearly_bound
        .iter()
        .map(|(check, count)| format!("{}: {}", audit.name, wording::nearly_bound(lang, check, *count)));
    places.chain(nearly).map(|line| one_line(&line)).collect()
}

fn first(targets: &[Spot], operands: &[Spot], name: &str) -> String {
    targets.first().or(operands.first()).map_or_else(|| name.to_owned(), |spot| of(&spot.place))
}

fn of(place: &Place) -> String {
    at(&place.source, place.span)
}

fn at(source: &Source, span: Span) -> String {
    let position = source.position(span.start);
    format!("{}:{}:{}", source.name(), position.line, position.column)
}

fn one_line(text: &str) -> String {
    safe(text).replace('\n', " ")
}
