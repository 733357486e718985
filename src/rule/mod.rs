//! What a check or a schema rule is called, why it is there, and how serious it is.

use crate::fault::Bilingual;

/// How serious a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing contradicts; a reviewer would ask.
    Note,
    /// Contradicts under the usual reading, but a lawful reason may exist; or a promised check could not be made.
    Warning,
    /// The figures contradict each other under every lawful reading.
    Error,
}

/// A named rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Stable id, `budget/subtotal`.
    pub id: String,
    /// Title.
    pub title: Bilingual,
    /// Why it holds, with its source.
    pub because: Bilingual,
    /// Severity of what it finds.
    pub severity: Severity,
    /// Whether what it finds changes a grade, a pass mark or a target met.
    pub decision: bool,
    /// The headline of its findings, where the generated one would be poor.
    pub message: Option<Bilingual>,
}
