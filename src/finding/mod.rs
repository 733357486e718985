//! Broken ties that share one cause, explained; or a violation of a schema.

mod fingerprint;

pub use fingerprint::fingerprint;

use std::sync::Arc;

pub use crate::rule::Severity;
pub use crate::tie::Confidence;

use crate::document::Grid;
use crate::figure::Number;
use crate::rule::Rule;
use crate::source::{Source, Span};
use crate::tie::{Reason, TieKind, Verdict};

/// Where a value stands, for people and programs.
#[derive(Clone, Debug)]
pub struct Place {
    /// The source.
    pub source: Arc<Source>,
    /// Bytes in it.
    pub span: Span,
    /// JSON pointer.
    pub pointer: String,
    /// The cell of a report's table that it stands in.
    pub grid: Option<Grid>,
    /// Where the figure came from before it was written to this source (`$at`): file, line, column.
    pub origin: Option<Origin>,
}

impl Place {
    /// What a person is shown: the place in the report, where that is at hand, else in this source.
    #[must_use]
    pub fn shown(&self) -> (&Arc<Source>, Span) {
        let report = self.origin.as_ref().and_then(|origin| origin.report.as_ref());
        report.map_or((&self.source, self.span), |(source, span)| (source, *span))
    }
}

/// The place that `$at` names.
#[derive(Clone, Debug)]
pub struct Origin {
    /// File, relative to the one that names it.
    pub source: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in code points, from 1, where known.
    pub column: Option<u32>,
    /// First byte and the byte after the last, where known.
    pub span: Option<Span>,
    /// SHA-256 of the file in hexadecimal, where known.
    pub sha256: Option<String>,
    /// The file itself and the figure's place in it, where it is there and its hash agrees.
    pub report: Option<(Arc<Source>, Span)>,
}

/// A figure or text that a finding speaks of.
#[derive(Clone, Debug)]
pub struct Spot {
    /// Where.
    pub place: Place,
    /// As printed.
    pub literal: String,
    /// Its value in its own unit; `None` for a text.
    pub value: Option<Number>,
    /// Printed in percent, so that differences are in percentage points.
    pub percent: bool,
    /// Its unit.
    pub unit: Option<&'static str>,
    /// Its term.
    pub term: Option<String>,
    /// What a person calls it, in English: row label and column, `基本支出 · adjustment`.
    pub label_en: String,
    /// The same in Chinese: `基本支出 · 预算调整数`.
    pub label_zh: String,
}

/// What may have happened to one figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CauseKind {
    /// One digit differs.
    Digit,
    /// Two neighbouring digits change places.
    Transposed,
    /// The decimal point or the unit slipped.
    Scale,
    /// The sign is wrong.
    Sign,
    /// Two cells change places.
    Swapped,
    /// It stands in the wrong column.
    Shifted,
    /// A ratio upside down.
    Inverted,
    /// An operand was left out.
    LeftOut,
    /// An operand was counted twice.
    CountedTwice,
    /// It equals an earlier version of the figure.
    Stale,
    /// A row stands twice.
    DuplicateRow,
    /// It agrees if cut instead of rounded.
    Truncated,
}

/// A cause with its evidence.
#[derive(Clone, Debug)]
pub struct Cause {
    /// What happened.
    pub kind: CauseKind,
    /// The figure that would change (or the operand that was left out or counted twice).
    pub figure: Spot,
    /// What it would have to print; `None` where nothing is to be reprinted.
    pub repaired: Option<String>,
    /// Another tie or a restated figure supports it, so it is «likely».
    pub corroborated: bool,
    /// Where the repaired value is printed already, if it is.
    pub restated: Option<Spot>,
}

/// What a finding is about.
#[derive(Clone, Debug)]
pub enum Matter {
    /// A relation that does not hold, or could not be made.
    Tie {
        /// Its form.
        kind: TieKind,
        /// Its verdict: broken, or undecided for a promised check, or implied or rounded for a note.
        verdict: Verdict,
        /// Why it is undecided.
        reason: Option<Reason>,
        /// The reading of the definition.
        reading: Option<String>,
    },
    /// The shape of the data is not what its schema says.
    Schema(Violation),
}

/// A violation of a schema; every text is as the schema or the data has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Violation {
    /// A field that the schema does not know, and the nearest that it knows.
    Unknown {
        /// Its name.
        field: String,
        /// The nearest known name.
        nearest: Option<String>,
    },
    /// A required field is not there.
    Missing {
        /// Its name.
        field: String,
    },
    /// Another type than expected.
    Type {
        /// What was found, cut to a line.
        found: String,
        /// The types that were expected.
        expected: Vec<String>,
    },
    /// A word where a figure is due.
    NotAFigure {
        /// What was found.
        found: String,
    },
    /// None of the values allowed.
    NotAllowed {
        /// What was found.
        found: String,
        /// What is allowed.
        allowed: Vec<String>,
    },
    /// Too small, too large, too short, too long, of another form …
    Limit {
        /// What was found.
        found: String,
        /// The keyword of the schema: `minimum`, `pattern` …
        keyword: String,
        /// What it says.
        limit: String,
    },
    /// Anything else.
    Other {
        /// The keyword of the schema.
        keyword: String,
        /// What was found.
        found: String,
    },
}

/// Something that a person should look at.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule that was broken.
    pub rule: Arc<Rule>,
    /// How serious it is.
    pub severity: Severity,
    /// How sure we are that the relation was meant.
    pub confidence: Confidence,
    /// What it is about.
    pub matter: Matter,
    /// The figures that should agree with the rest.
    pub targets: Vec<Spot>,
    /// The rest.
    pub operands: Vec<Spot>,
    /// The recomputation in one line: `10.61 + 5,864.03 = 5,874.64`.
    pub recomputation: Option<String>,
    /// What the operands give for the target.
    pub recomputed: Option<Number>,
    /// Printed less recomputed.
    pub difference: Option<Number>,
    /// What rounding could explain.
    pub allowance: Option<Number>,
    /// Whether it changes a grade, a pass mark or a target met.
    pub decision: bool,
    /// Axes that were assumed to agree.
    pub assumed: Vec<String>,
    /// Likely causes.
    pub causes: Vec<Cause>,
    /// How many single changes would mend it, if they were counted.
    pub repairs: Option<usize>,
    /// Ids of its ties.
    pub ties: Vec<usize>,
    /// Hash of the fingerprints of its ties.
    pub fingerprint: String,
    /// Further ties of the same finding, each with its target, recomputation and difference.
    pub members: Vec<Finding>,
}

impl Finding {
    /// A finding at one place, without any arithmetic.
    #[must_use]
    pub fn at(target: Spot, rule: Arc<Rule>, matter: Matter, fingerprint: String) -> Self {
        Self {
            severity: rule.severity,
            rule,
            confidence: Confidence::Declared,
            matter,
            targets: vec![target],
            operands: Vec::new(),
            recomputation: None,
            recomputed: None,
            difference: None,
            allowance: None,
            decision: false,
            assumed: Vec::new(),
            causes: Vec::new(),
            repairs: None,
            ties: Vec::new(),
            fingerprint,
            members: Vec::new(),
        }
    }
}
