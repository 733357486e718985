//! What came of one document, and the running summary of all.

use std::sync::Arc;

use crate::fault::Fault;
use crate::finding::{Finding, Matter, Place, Severity, Spot};
use crate::source::Source;
use crate::tie::{TieKind, Verdict};

/// Numbers of ties by verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TieCounts {
    /// Hold as printed.
    pub exact: usize,
    /// Hold thanks to rounding.
    pub rounded: usize,
    /// Do not hold.
    pub broken: usize,
    /// Give the value of a blank.
    pub implied: usize,
    /// Could not be decided.
    pub undecided: usize,
}

impl TieCounts {
    /// Counts one more.
    pub fn add(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Exact => self.exact += 1,
            Verdict::Rounded => self.rounded += 1,
            Verdict::Broken => self.broken += 1,
            Verdict::Implied => self.implied += 1,
            Verdict::Undecided => self.undecided += 1,
        }
    }

    /// All together.
    #[must_use]
    pub fn total(&self) -> usize {
        self.exact + self.rounded + self.broken + self.implied + self.undecided
    }
}

/// A tie as it is reported with `--ties`.
#[derive(Clone, Debug)]
pub struct TieRecord {
    /// Id of the rule.
    pub check: String,
    /// Its form.
    pub kind: TieKind,
    /// Whether an axis was assumed.
    pub confidence: crate::finding::Confidence,
    /// Its verdict.
    pub verdict: Verdict,
    /// Why it is undecided.
    pub reason: Option<crate::tie::Reason>,
    /// Holds although some operands are blank.
    pub partial: bool,
    /// The relation with the printed figures in it.
    pub expression: String,
    /// Figures that should agree with the rest.
    pub targets: Vec<Spot>,
    /// The rest.
    pub operands: Vec<Spot>,
    /// What the operands give for the target.
    pub recomputed: Option<String>,
    /// Printed less recomputed.
    pub difference: Option<String>,
    /// What rounding could explain.
    pub allowance: Option<String>,
    /// What a single blank must be.
    pub implied: Option<String>,
    /// Its fingerprint.
    pub fingerprint: String,
}

/// What came of one document.
#[derive(Debug)]
pub struct Audit {
    /// Name of its source.
    pub name: String,
    /// Its source, for excerpts.
    pub source: Option<Arc<Source>>,
    /// Findings, sorted and filtered.
    pub findings: Vec<Finding>,
    /// What stopped us in it.
    pub faults: Vec<Fault>,
    /// Ties by verdict.
    pub ties: TieCounts,
    /// Every tie, if they were asked for.
    pub tie_records: Vec<TieRecord>,
    /// Figures in it.
    pub figures: usize,
    /// Figures that coverage counts: amounts, counts and ratios.
    pub measured: usize,
    /// Those of them that take part in a decided tie that shows something.
    pub tied: usize,
    /// Ids of checks that bound nothing in it.
    pub unbound: Vec<String>,
    /// Records that lack exactly one of the names of a check, by check.
    pub nearly_bound: Vec<(String, usize)>,
    /// Broken ties that were allowed by the configuration.
    pub allowed: usize,
    /// Tables of a report that could not be understood.
    pub raw_tables: usize,
    /// Notes that are not findings: places that were not understood.
    pub remarks: Vec<(Place, crate::fault::Bilingual)>,
}

impl Audit {
    /// An audit of nothing yet.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            source: None,
            findings: Vec::new(),
            faults: Vec::new(),
            ties: TieCounts::default(),
            tie_records: Vec::new(),
            figures: 0,
            measured: 0,
            tied: 0,
            unbound: Vec::new(),
            nearly_bound: Vec::new(),
            allowed: 0,
            raw_tables: 0,
            remarks: Vec::new(),
        }
    }
}

/// The running summary of all documents.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Files read.
    pub files: usize,
    /// Documents in them.
    pub documents: usize,
    /// Walked files in which nothing could be tied.
    pub untied: usize,
    /// Figures.
    pub figures: usize,
    /// Ties by verdict.
    pub ties: TieCounts,
    /// Findings by severity: notes, warnings, errors.
    pub findings: [usize; 3],
    /// Findings of broken ties; the rest are of schemas, and of ties that could not be decided.
    pub disagreements: usize,
    /// Findings that change a decision.
    pub decisions: usize,
    /// Ties that the configuration allows.
    pub allowed: usize,
    /// Tables of reports that could not be understood.
    pub raw_tables: usize,
    /// Findings that the baseline holds.
    pub baselined: usize,
    /// Faults.
    pub faults: usize,
    /// Checks that bound nothing in any document.
    pub unbound: Vec<String>,
    /// Figures that coverage counts.
    pub measured: usize,
    /// Those of them that are tied.
    pub tied: usize,
}

impl Summary {
    /// Adds the audit of one document.
    pub fn add(&mut self, audit: &Audit) {
        if self.documents == 0 {
            self.unbound.clone_from(&audit.unbound);
        } else {
            self.unbound.retain(|check| audit.unbound.contains(check));
        }
        self.documents += 1;
        self.figures += audit.figures;
        self.measured += audit.measured;
        self.tied += audit.tied;
        self.allowed += audit.allowed;
        self.raw_tables += audit.raw_tables;
        self.faults += audit.faults.len();
        let (all, new) = (&mut self.ties, &audit.ties);
        all.exact += new.exact;
        all.rounded += new.rounded;
        all.broken += new.broken;
        all.implied += new.implied;
        all.undecided += new.undecided;
        for finding in &audit.findings {
            self.findings[finding.severity as usize] += 1;
            self.decisions += usize::from(finding.decision);
            self.disagreements += usize::from(matches!(finding.matter, Matter::Tie { verdict: Verdict::Broken, .. }));
        }
    }

    /// All findings.
    #[must_use]
    pub fn finding_count(&self) -> usize {
        self.findings.iter().sum()
    }

    /// Findings of at least this severity.
    #[must_use]
    pub fn at_least(&self, severity: Severity) -> usize {
        self.findings.iter().skip(severity as usize).sum()
    }

    /// Share of figures that are tied, in whole percent, cut; `None` if there is nothing to tie.
    #[must_use]
    pub fn coverage(&self) -> Option<usize> {
        (self.measured > 0).then(|| self.tied * 100 / self.measured)
    }
}
