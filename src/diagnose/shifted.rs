//! A figure that stands one column off: its own column contradicts it, and a blank cell of its row wants it.

use foldhash::HashMap;

use crate::finding::{Cause, CauseKind, Finding, Matter, Severity, Spot};
use crate::tie::Verdict;

/// A shorter figure may suit a blank by chance.
const LEAST_DIGITS: usize = 3;

/// Joins what a shifted cell leaves, a figure that is wrong where it stands and a blank that wants just this figure, to
/// one note: before a figure is accused, its place is.
pub fn shifted(found: Vec<Finding>) -> Vec<Finding> {
    let verdict = |finding: &Finding| match finding.matter {
        Matter::Tie { verdict, .. } => Some(verdict),
        Matter::Schema(_) => None,
    };
    let mut wanted: HashMap<(String, String), usize> = HashMap::default();
    for (at, finding) in found.iter().enumerate().filter(|(_, finding)| verdict(finding) == Some(Verdict::Implied)) {
        if let ([blank], Some(value)) = (&finding.targets[..], finding.recomputed) {
            wanted.insert((row(blank).to_owned(), value.trim().to_string()), at);
        }
    }
    if wanted.is_empty() {
        return found;
    }
    let blank_for = |finding: &Finding| {
        let [target] = &finding.targets[..] else { return None };
        let value = target.value.filter(|_| verdict(finding) == Some(Verdict::Broken))?.trim().to_string();
        let digits = value.chars().filter(char::is_ascii_digit).count();
        let at = wanted.get(&(row(target).to_owned(), value)).filter(|_| digits >= LEAST_DIGITS)?;
        Some(*at)
    };
    let pairs: HashMap<usize, usize> =
        found.iter().enumerate().filter_map(|(at, finding)| Some((at, blank_for(finding)?))).collect();
    let mut found: Vec<Option<Finding>> = found.into_iter().map(Some).collect();
    for at in 0..found.len() {
        // Where two figures suit one blank, the first has it.
        let Some(implied) = pairs.get(&at).and_then(|blank| found[*blank].take()) else { continue };
        if let Some(finding) = &mut found[at] {
            join(finding, implied);
        }
    }
    found.into_iter().flatten().collect()
}

/// The record of a figure.
fn row(spot: &Spot) -> &str {
    spot.place.pointer.rsplit_once('/').map_or("", |(record, _)| record)
}

fn join(finding: &mut Finding, implied: Finding) {
    let (Some(figure), Some(blank)) = (finding.targets.first(), implied.targets.first()) else { return };
    finding.causes = vec![Cause {
        kind: CauseKind::Shifted,
        figure: figure.clone(),
        repaired: None,
        corroborated: true,
        restated: Some(blank.clone()),
    }];
    finding.repairs = None;
    finding.severity = Severity::Note;
    finding.decision = false;
    finding.ties.extend(&implied.ties);
    finding.members.push(implied);
}
