//! One relation between particular figures, and its verdict.

mod blanks;
mod decide;
mod expression;
mod interval;
mod linear;
#[cfg(test)]
mod oracle;

pub use blanks::settle_blanks;
pub use decide::{Blanks, Relation, Settings, decide, decide_with};
pub use expression::{Expression, Function};
pub use interval::{Stop, evaluate, range};
pub use linear::{Linear, linear};

use std::sync::Arc;

use crate::document::NodeId;
use crate::figure::{Figure, Ratio, Reach};
use crate::rule::Rule;

/// What became of a tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Holds as printed.
    Exact,
    /// Holds only thanks to rounding.
    Rounded,
    /// Its only blank has the value that the tie gives.
    Implied,
    /// Could not be decided.
    Undecided,
    /// Does not hold.
    Broken,
}

impl Verdict {
    /// Whether all figures are there, and agree or not.
    #[must_use]
    pub fn is_decided(self) -> bool {
        matches!(self, Self::Exact | Self::Rounded | Self::Broken)
    }
}

/// Why a tie could not be decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// There is no such field or record.
    Missing(String),
    /// A path that must lead to one record leads to several.
    Ambiguous(String),
    /// An operand is blank.
    Blank(String),
    /// So many operands of a sum are blank.
    Blanks(usize),
    /// A text where a figure is due.
    NotAFigure(String),
    /// A text where a date is due, or one that does not exist.
    NotADate(String),
    /// A number of too many digits.
    TooLong(String),
    /// Does not fit in exact arithmetic.
    Overflow,
    /// A printed divisor is zero.
    ZeroDivisor,
    /// Figures of unlike units.
    UnlikeUnits(String, String),
    /// The difference is what a column of the row says that the relation leaves out.
    LeftOut(String),
    /// One of two figures that ought to agree is printed as that of a part elsewhere.
    OfAPart(String),
    /// No reading of a definition is kept by most records.
    NoReading,
    /// Too few records to tell which reading is meant, and only some readings hold.
    FewVotes,
    /// A rounded test cannot be negated.
    RoundedTest,
    /// Making the check takes more than one is given.
    TooMuchWork,
}

/// The form of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TieKind {
    /// A total and its items.
    Sum,
    /// A chain of additions and subtractions.
    Difference,
    /// A mean.
    Average,
    /// A quotient.
    Ratio,
    /// A change over a base.
    RelativeChange,
    /// A part over its whole.
    Share,
    /// The same figure in several places.
    Equal,
    /// The number of records.
    Count,
    /// An order.
    Order,
    /// No two alike.
    Distinct,
    /// Texts.
    Text,
    /// Anything else.
    Other,
}

/// How sure we are that the relation was meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// The rest.
    Weak,
    /// Declared with an axis assumed, or inferred and corroborated.
    Strong,
    /// Declared by a check.
    Declared,
}

/// A figure or text that takes part in a tie.
#[derive(Clone, Debug)]
pub struct Operand {
    /// Its place in the document.
    pub node: NodeId,
    /// The figure; `None` for a text or a record that is counted.
    pub figure: Option<Figure>,
    /// The values it can stand for, in the base of its unit.
    pub reach: Reach,
    /// Its printed value in the base of its unit.
    pub value: Ratio,
}

/// What was found out about a tie. Values are in the target's unit, or the base if there is no single target.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The verdict.
    pub verdict: Verdict,
    /// Why it is undecided.
    pub reason: Option<Reason>,
    /// What the operands give for the target.
    pub recomputed: Option<Ratio>,
    /// Printed less recomputed.
    pub difference: Option<Ratio>,
    /// The largest difference that rounding could explain.
    pub allowance: Option<Ratio>,
    /// What its blanks add up to: the value of a single one.
    pub implied: Option<Ratio>,
    /// Holds although some operands are blank.
    pub partial: bool,
    /// Its blanks can only be zero.
    pub zeros: bool,
}

impl Outcome {
    /// Undecided for a reason.
    #[must_use]
    pub fn undecided(reason: Reason) -> Self {
        Self { reason: Some(reason), ..Self::of(Verdict::Undecided) }
    }

    /// A verdict with no figures to it.
    #[must_use]
    pub fn of(verdict: Verdict) -> Self {
        Self {
            verdict,
            reason: None,
            recomputed: None,
            difference: None,
            allowance: None,
            implied: None,
            partial: false,
            zeros: false,
        }
    }
}

/// One relation between particular figures.
#[derive(Clone, Debug)]
pub struct Tie {
    /// The rule that asks for it.
    pub rule: Arc<Rule>,
    /// Its form.
    pub kind: TieKind,
    /// The record it was asked of.
    pub scope: NodeId,
    /// Left side.
    pub left: Expression,
    /// Relation of the sides.
    pub relation: Relation,
    /// Right side.
    pub right: Expression,
    /// All figures and texts of it, targets included.
    pub operands: Vec<Operand>,
    /// Which operands are the target: what should agree with the rest.
    pub targets: Vec<usize>,
    /// Blank cells that would take part.
    pub blanks: Vec<NodeId>,
    /// The reading of the definition that it was decided under.
    pub reading: Option<String>,
    /// Axes that were assumed to agree.
    pub assumed: Vec<String>,
    /// How sure it is that the relation was meant.
    pub confidence: Confidence,
    /// How its figures may have been rounded.
    pub settings: Settings,
    /// What became of it.
    pub outcome: Outcome,
    /// Hash of rule, labels and literals that survives unrelated edits.
    pub fingerprint: String,
}

impl Tie {
    /// Whether a figure is only held against itself, which relates nothing.
    #[must_use]
    pub fn is_with_itself(&self) -> bool {
        self.relation == Relation::Equal && self.left.single().is_some() && self.left.single() == self.right.single()
    }

    /// Whether nothing but zeros takes part, which shows nothing.
    #[must_use]
    pub fn is_trivial(&self) -> bool {
        self.operands.iter().all(|operand| operand.figure.is_none() || operand.value.is_zero())
    }
}
