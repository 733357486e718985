//! Findings that the configuration allows, with their reasons.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::audit::Audit;
use crate::config::Allow;
use crate::fault::Bilingual;
use crate::finding::{Finding, Matter, Place, Severity, Spot, fingerprint};
use crate::rule::Rule;
use crate::tie::{TieKind, Verdict};

/// The allowances of a run, and which of them matched.
#[derive(Debug)]
pub struct Allowed {
    list: Vec<(Allow, AtomicBool)>,
}

impl Allowed {
    /// None matched yet.
    pub fn new(list: Vec<Allow>) -> Self {
        Self { list: list.into_iter().map(|allow| (allow, AtomicBool::new(false))).collect() }
    }

    /// The findings that are not allowed, and how many ties are.
    pub fn filter(&self, findings: Vec<Finding>) -> (Vec<Finding>, usize) {
        let mut allowed = 0;
        let kept = findings.into_iter().filter(|finding| {
            let matching = self.list.iter().find(|(allow, _)| matches(allow, finding));
            if let Some((_, used)) = matching {
                used.store(true, Ordering::Relaxed);
                allowed += finding.ties.len();
            }
            matching.is_none()
        });
        (kept.collect(), allowed)
    }

    /// A warning for each allowance that matched nothing.
    pub fn unused(&self) -> Option<Audit> {
        let unused: Vec<&Allow> =
            self.list.iter().filter(|(_, used)| !used.load(Ordering::Relaxed)).map(|(allow, _)| allow).collect();
        let (source, _) = &unused.first()?.place;
        let mut audit = Audit::new(source.name());
        audit.source = Some(Arc::clone(source));
        audit.findings = unused.into_iter().map(warning).collect();
        Some(audit)
    }
}

/// The check is the same, every label names one of the figures, and every figure is printed as allowed.
fn matches(allow: &Allow, finding: &Finding) -> bool {
    let spots = || finding.targets.iter().chain(&finding.operands);
    allow.check == finding.rule.id
        && allow.at.iter().all(|label| {
            spots().any(|spot| spot.label_zh.contains(label.as_str()) || spot.label_en.contains(label.as_str()))
        })
        && allow.figures.iter().all(|figure| spots().any(|spot| spot.literal == *figure))
}

fn warning(allow: &Allow) -> Finding {
    let (source, span) = &allow.place;
    let message = Bilingual::new(
        format!("nothing is allowed by this entry: `{}` finds no such figures any more", allow.check),
        format!("此条说明未匹配任何疑点：`{}` 已无此数据", allow.check),
    );
    let rule = Rule {
        id: "config/allow-unused".into(),
        title: Bilingual::new("An allowance that matches nothing", "未匹配的说明事项"),
        because: Bilingual::new("Figures that changed are to be looked at again.", "数据变动后应重新核实。"),
        severity: Severity::Warning,
        decision: false,
        message: Some(message),
    };
    let place = Place { source: Arc::clone(source), span: *span, pointer: String::new(), grid: None, origin: None };
    let spot = Spot {
        place,
        literal: source.slice(*span).to_owned(),
        value: None,
        percent: false,
        unit: None,
        term: None,
        label_en: allow.check.clone(),
        label_zh: allow.check.clone(),
    };
    let fingerprint = fingerprint([rule.id.as_str(), allow.check.as_str(), allow.reason.as_str()]);
    let matter = Matter::Tie { kind: TieKind::Other, verdict: Verdict::Broken, reason: None, reading: None };
    Finding::at(spot, Arc::new(rule), matter, fingerprint)
}
