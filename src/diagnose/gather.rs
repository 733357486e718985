//! Gathers ties into findings: one for each cause.

use foldhash::{HashMap, HashSet};
use rayon::prelude::*;

use super::cause::causes;
use super::repair::Network;
use super::shifted::shifted;
use super::show::{DECIMALS, recomputation, relation};
use super::spot::Known;
use crate::audit::TieRecord;
use crate::document::{Document, Figures};
use crate::figure::Ratio;
use crate::finding::{Confidence, Finding, Matter, Severity, Spot, fingerprint};
use crate::term::Vocabulary;
use crate::tie::{Reason, Tie, Verdict};

/// Fewer others show no habit that one tie could depart from.
const LEAST_SIBLINGS: usize = 2;

/// So many ties are looked at by one thread at once.
const AT_ONCE: usize = 64;

/// What diagnosing needs to know besides the ties.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The tree.
    pub document: &'a Document,
    /// Its figures.
    pub figures: &'a Figures,
    /// The vocabulary.
    pub vocabulary: &'a Vocabulary,
    /// Rules of which only some ties are here: those that are not all hold.
    pub partly: &'a [String],
}

impl<'a> Context<'a> {
    pub(super) fn known(&self) -> Known<'a> {
        Known::new(self.document, self.figures, self.vocabulary)
    }
}

/// Gives every tie that a finding or a reader will name its fingerprint, which is the same whether `all` are
/// named or not.
pub fn prepare(ties: &mut [Tie], all: bool, context: Context<'_>) {
    let known = context.known();
    let odd = odd_ones(ties, context.partly);
    let is_named = |at: usize, tie: &Tie| {
        all || !matches!(tie.outcome.verdict, Verdict::Exact | Verdict::Rounded) || odd.contains(&at)
    };
    let sign = |(at, tie): (usize, &mut Tie)| {
        if is_named(at, tie) {
            tie.fingerprint = signature(tie, known);
        }
    };
    ties.par_iter_mut().with_min_len(AT_ONCE).enumerate().for_each(sign);
    let mut seen: HashMap<String, usize> = HashMap::default();
    for (_, tie) in ties.iter_mut().enumerate().filter(|(at, tie)| is_named(*at, tie)) {
        let ordinal = seen.entry(tie.fingerprint.clone()).or_insert(0);
        *ordinal += 1;
        if *ordinal > 1 {
            tie.fingerprint = fingerprint([tie.fingerprint.as_str(), &ordinal.to_string()]);
        }
    }
}

/// What a tie is told by: its rule, and the labels and values of its figures.
fn signature(tie: &Tie, known: Known<'_>) -> String {
    let mut parts: Vec<String> = vec![tie.rule.id.clone()];
    // Those that hold are no equals of those that do not, as they are not always there to be counted.
    parts.extend(match tie.outcome.verdict {
        Verdict::Exact => Some("exact".to_owned()),
        Verdict::Rounded => Some("rounded".to_owned()),
        Verdict::Broken | Verdict::Implied | Verdict::Undecided => None,
    });
    let places = tie.operands.iter().map(|operand| operand.node).chain(tie.blanks.iter().copied()).chain([tie.scope]);
    for node in places {
        parts.push(known.label_pointer(node));
        let value = known.figures.any(node).and_then(|figure| figure.value.exact());
        parts.push(value.map_or_else(String::new, |value| value.trim().to_string()));
    }
    fingerprint(parts.iter().map(String::as_str))
}

/// The ties as they are reported with `--ties`.
#[must_use]
pub fn records(ties: &[Tie], context: Context<'_>) -> Vec<TieRecord> {
    let known = context.known();
    ties.iter().map(|tie| record(tie, known)).collect()
}

fn record(tie: &Tie, known: Known<'_>) -> TieRecord {
    let (targets, operands) = spots(tie, known);
    let literal = |index: usize| known.document.printed(tie.operands[index].node).to_owned();
    let plain = |value: Option<Ratio>| value.and_then(|value| value.shown(DECIMALS)).map(|value| value.to_string());
    TieRecord {
        check: tie.rule.id.clone(),
        kind: tie.kind,
        confidence: confidence(tie),
        verdict: tie.outcome.verdict,
        reason: tie.outcome.reason.clone(),
        partial: tie.outcome.partial,
        expression: relation(tie, &literal),
        targets,
        operands,
        recomputed: plain(tie.outcome.recomputed),
        difference: plain(tie.outcome.difference),
        allowance: plain(tie.outcome.allowance),
        implied: plain(tie.outcome.implied),
        fingerprint: tie.fingerprint.clone(),
    }
}

fn confidence(tie: &Tie) -> Confidence {
    if tie.assumed.is_empty() { tie.confidence } else { tie.confidence.min(Confidence::Strong) }
}

fn spots(tie: &Tie, known: Known<'_>) -> (Vec<Spot>, Vec<Spot>) {
    let spot = |index: usize| known.spot(tie.operands[index].node);
    let rest = (0..tie.operands.len()).filter(|index| !tie.targets.contains(index));
    (tie.targets.iter().map(|index| spot(*index)).collect(), rest.map(spot).collect())
}

/// Findings of a document, the first figure first. Undecided ties are findings only where a check
/// promised them (`each`) or where blanks hide a difference.
#[must_use]
pub fn findings(ties: &[Tie], promised: &(dyn Fn(&Tie) -> bool + Sync), context: Context<'_>) -> Vec<Finding> {
    let known = context.known();
    let network = Network::new(ties, known);
    let odd = odd_ones(ties, context.partly);
    let one = |(at, tie): (usize, &Tie)| {
        let severity = match (tie.outcome.verdict, &tie.outcome.reason) {
            (Verdict::Broken, Some(Reason::FewVotes)) => tie.rule.severity.min(Severity::Warning),
            (Verdict::Broken, _) => tie.rule.severity,
            (Verdict::Undecided, Some(Reason::Missing(_) | Reason::Ambiguous(_))) if promised(tie) => {
                tie.rule.severity.min(Severity::Warning)
            }
            (
                Verdict::Undecided,
                Some(
                    Reason::NotAFigure(_)
                    | Reason::NotADate(_)
                    | Reason::TooLong(_)
                    | Reason::Overflow
                    | Reason::UnlikeUnits(..),
                ),
            ) => tie.rule.severity.min(Severity::Warning),
            (
                Verdict::Undecided,
                Some(
                    Reason::Blanks(_)
                    | Reason::NoReading
                    | Reason::ZeroDivisor
                    | Reason::LeftOut(_)
                    | Reason::OfAPart(_),
                ),
            )
            | (Verdict::Implied, _) => Severity::Note,
            (Verdict::Rounded, _) if odd.contains(&at) => Severity::Note,
            _ => return None,
        };
        Some(finding(at, tie, severity, &network, known))
    };
    let found = ties.par_iter().with_min_len(AT_ONCE).with_max_len(AT_ONCE).enumerate().filter_map(one).collect();
    let mut gathered = one_definition(shifted(found));
    gathered = same_repair(gathered);
    gathered = same_matter(gathered);
    gathered.iter_mut().for_each(sign_together);
    gathered.sort_by_key(|finding| {
        let first = finding.targets.first().or(finding.operands.first());
        // What changes a decision comes first.
        (!finding.decision, first.map_or(0, |spot| spot.place.span.start), finding.rule.id.clone())
    });
    gathered
}

/// Ties that hold only thanks to rounding, where all others of their rule hold exactly. Where only some are here it is
/// known that there is none.
fn odd_ones(ties: &[Tie], partly: &[String]) -> HashSet<usize> {
    let mut by_rule: HashMap<&str, Vec<usize>> = HashMap::default();
    let all_here = |tie: &Tie| !partly.contains(&tie.rule.id);
    for (at, tie) in ties.iter().enumerate().filter(|(_, tie)| !tie.is_trivial() && all_here(tie)) {
        by_rule.entry(tie.rule.id.as_str()).or_default().push(at);
    }
    let exact = |at: &&usize| ties[**at].outcome.verdict == Verdict::Exact;
    let by_rule: HashMap<&str, (usize, usize)> =
        by_rule.into_iter().map(|(rule, all)| (rule, (all.len(), all.iter().filter(exact).count()))).collect();
    let rounded = |at: &usize| ties[*at].outcome.verdict == Verdict::Rounded;
    ties.iter()
        .enumerate()
        .filter(|(at, tie)| {
            let (siblings, exact) = by_rule.get(tie.rule.id.as_str()).copied().unwrap_or_default();
            rounded(at) && siblings > LEAST_SIBLINGS && exact + 1 == siblings && !is_as_printed(tie)
        })
        .map(|(at, _)| at)
        .collect()
}

/// Whether the target prints what the rest gives, rounded as it should be.
fn is_as_printed(tie: &Tie) -> bool {
    let printed = || {
        let [target] = tie.targets[..] else { return None };
        let figure = tie.operands.get(target)?.figure?;
        let rounded = tie.outcome.recomputed?.round(u32::try_from(figure.decimals).ok()?)?;
        Some(figure.value.exact()? == rounded)
    };
    printed().unwrap_or(false)
}

fn finding(at: usize, tie: &Tie, severity: Severity, network: &Network<'_>, known: Known<'_>) -> Finding {
    let (mut targets, mut operands) = spots(tie, known);
    let blanks: Vec<Spot> = tie.blanks.iter().map(|blank| known.spot(*blank)).collect();
    if tie.outcome.verdict == Verdict::Implied && !blanks.is_empty() {
        // What is implied is the blank item, not the total that implies it.
        operands.append(&mut targets);
        targets = blanks;
    } else {
        operands.extend(blanks);
    }
    if targets.is_empty() && operands.is_empty() {
        targets.push(known.spot(tie.scope));
    }
    let literal = |index: usize| known.document.printed(tie.operands[index].node).to_owned();
    let shown = |value: Option<Ratio>| value.and_then(|value| value.shown(DECIMALS));
    let (causes, repairs) =
        if tie.outcome.verdict == Verdict::Broken { causes(tie, &network.trial(), known) } else { (Vec::new(), None) };
    let implied = tie.outcome.implied.filter(|_| tie.outcome.verdict == Verdict::Implied);
    let value = implied.or(tie.outcome.recomputed);
    Finding {
        rule: std::sync::Arc::clone(&tie.rule),
        severity,
        confidence: confidence(tie),
        matter: Matter::Tie {
            kind: tie.kind,
            verdict: tie.outcome.verdict,
            reason: tie.outcome.reason.clone(),
            reading: tie.reading.clone().filter(|name| !name.is_empty()),
        },
        targets,
        operands,
        recomputation: recomputation(tie, &literal),
        recomputed: shown(value),
        difference: shown(tie.outcome.difference),
        allowance: shown(tie.outcome.allowance),
        decision: tie.rule.decision && tie.outcome.verdict == Verdict::Broken,
        assumed: tie.assumed.clone(),
        causes,
        repairs,
        ties: vec![at],
        fingerprint: fingerprint([tie.fingerprint.as_str()]),
        members: Vec::new(),
    }
}

/// A definition that was not recognised is one note for its check.
fn one_definition(found: Vec<Finding>) -> Vec<Finding> {
    let open = |finding: &Finding| matches!(&finding.matter, Matter::Tie { reason: Some(Reason::NoReading), .. });
    join(found, |finding| open(finding).then(|| finding.rule.id.clone()))
}

/// Findings that the same change of the same figure would mend are one; so are two cells that changed places.
fn same_repair(found: Vec<Finding>) -> Vec<Finding> {
    join(found, |finding| match &finding.causes[..] {
        [cause] if cause.corroborated => match (&cause.repaired, &cause.restated) {
            (Some(repaired), _) => Some(format!("{} {repaired}", cause.figure.place.pointer)),
            (None, Some(other)) => {
                let mut places = [&cause.figure.place.pointer, &other.place.pointer];
                places.sort();
                Some(places.map(String::as_str).join(" "))
            }
            (None, None) => None,
        },
        _ => None,
    })
}

/// The same disagreement stated again: one rule, one term, the same printed and recomputed values.
fn same_matter(found: Vec<Finding>) -> Vec<Finding> {
    join(found, |finding| match (&finding.targets[..], finding.recomputed) {
        ([target], Some(value)) if target.term.is_some() => {
            let printed = target.value.map(|value| value.trim().to_string());
            Some(format!("{} {:?} {printed:?} {}", finding.rule.id, target.term, value.trim()))
        }
        _ => None,
    })
}

/// Findings with the same key become members of the first of them that is the most serious.
fn join(found: Vec<Finding>, key: impl Fn(&Finding) -> Option<String>) -> Vec<Finding> {
    let mut kept: Vec<Finding> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::default();
    for finding in found {
        let Some(key) = key(&finding) else {
            kept.push(finding);
            continue;
        };
        match places.get(&key) {
            None => {
                places.insert(key, kept.len());
                kept.push(finding);
            }
            Some(at) => merge(&mut kept[*at], finding),
        }
    }
    kept
}

fn merge(into: &mut Finding, mut other: Finding) {
    if other.severity > into.severity {
        std::mem::swap(into, &mut other);
        into.members.append(&mut other.members);
    }
    into.ties.extend(&other.ties);
    into.members.push(other);
}

/// The fingerprint of a finding with members is that of all of them, in whatever order they were found.
fn sign_together(finding: &mut Finding) {
    if finding.members.is_empty() {
        return;
    }
    finding.members.iter_mut().for_each(sign_together);
    let members = finding.members.iter().map(|member| member.fingerprint.as_str());
    let mut prints: Vec<&str> = members.chain([finding.fingerprint.as_str()]).collect();
    prints.sort_unstable();
    finding.fingerprint = fingerprint(prints);
}
