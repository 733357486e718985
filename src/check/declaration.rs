//! What a check file declares.

use std::sync::Arc;

use super::plan::Plan;
use super::syntax::Expr;
use crate::rule::Rule;
use crate::source::{Source, Span};
use crate::tie::Settings;

/// A check, loaded.
#[derive(Clone, Debug)]
pub struct Check {
    /// Its rule.
    pub rule: Arc<Rule>,
    /// Which records it is asked of.
    pub scope: Scope,
    /// Names for expressions, in order.
    pub lets: Vec<(String, Expr)>,
    /// Asked only where this holds.
    pub when: Option<Expr>,
    /// What must hold: one requirement, or several readings of a definition.
    pub readings: Vec<Reading>,
    /// A missing operand is not reported.
    pub missing_ignored: bool,
    /// A blank means zero, whatever its term says.
    pub blank_is_zero: bool,
    /// How figures may have been rounded.
    pub settings: Settings,
    /// How it is proved, if it is plain enough.
    pub plan: Option<Plan>,
    /// Examples.
    pub examples: Vec<Example>,
    /// The file it stands in.
    pub source: Arc<Source>,
    /// Where it stands.
    pub span: Span,
}

impl Check {
    /// Whether it promises a tie of every record it is asked of, so that a missing operand is reported.
    #[must_use]
    pub fn is_promise(&self) -> bool {
        matches!(self.scope, Scope::Each(_)) && !self.missing_ignored
    }
}

/// Which records a check is asked of.
#[derive(Clone, Debug)]
pub enum Scope {
    /// Every record that has all these figures.
    For(Vec<String>),
    /// Every value that the path leads to.
    Each(Expr),
    /// All figures alike in these keys.
    Agree(Agreement),
}

impl Scope {
    /// The names that a record must have, if it is told by them.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let names = if let Self::For(names) = self { &names[..] } else { &[] };
        names.iter().map(String::as_str)
    }

    /// The path to its records, if it has one.
    #[must_use]
    pub fn path(&self) -> Option<&Expr> {
        match self {
            Self::Each(path) => Some(path),
            Self::For(_) | Self::Agree(_) => None,
        }
    }
}

/// Which figures must be the same wherever they stand.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// `term` and axes or context that say which figures are alike.
    pub keys: Vec<String>,
    /// Only these terms or subjects, if any are named.
    pub terms: Vec<String>,
    /// Only figures of the records that these paths lead to, if any are named.
    pub among: Vec<Expr>,
}

/// One reading of what must hold.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Its name; empty for the only one.
    pub name: String,
    /// What must hold.
    pub expr: Expr,
    /// As it stands in the file.
    pub text: String,
}

/// A document for which a check holds or breaks.
#[derive(Clone, Debug)]
pub struct Example {
    /// Whether it must hold.
    pub holds: bool,
    /// The document.
    pub json: String,
    /// Pointer to the target of the tie that must break.
    pub at: Option<String>,
    /// Where it stands in the check file.
    pub span: Span,
}
