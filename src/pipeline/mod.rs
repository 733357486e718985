//! From paths to audits: the only place that knows the verbs.

mod allowed;
mod document;
mod engine;
mod examples;
mod extract;
mod input;
mod memory;
mod originals;
mod schemas;
mod tables;

use std::path::PathBuf;
use std::sync::Arc;

pub use crate::report;
pub use crate::walk;
pub use engine::Engine;
pub use extract::Extract;
pub use schemas::{schema, schema_names};

use crate::audit::Audit;
use crate::config::Allow;
use crate::fault::Fault;
use crate::finding::{Confidence, Severity};
use crate::rule::Rule;

/// What to check and how.
#[derive(Debug)]
pub struct Options {
    /// Packs by name; none: the one that a document names itself.
    pub packs: Vec<String>,
    /// Folders of check files.
    pub check_folders: Vec<PathBuf>,
    /// Ids or prefixes of the only checks to make.
    pub select: Vec<String>,
    /// Ids or prefixes of checks not to make.
    pub ignore: Vec<String>,
    /// The least confidence shown.
    pub strictness: Confidence,
    /// Whether every tie is kept.
    pub keep_ties: bool,
    /// Threads; none: one for each core.
    pub jobs: Option<usize>,
    /// Severity by id or prefix; none: off.
    pub severity: Vec<(String, Option<Severity>)>,
    /// Broken ties that are allowed.
    pub allow: Vec<Allow>,
}

impl Options {
    /// A rule as it is asked for, with the severity that is set for it; `None` if it is left out.
    fn rule(&self, rule: &Arc<Rule>) -> Option<Arc<Rule>> {
        let is_among = |ids: &[String]| ids.iter().any(|wanted| matches(&rule.id, wanted));
        if !(self.select.is_empty() || is_among(&self.select)) || is_among(&self.ignore) {
            return None;
        }
        match self.severity.iter().rev().find(|(wanted, _)| matches(&rule.id, wanted)) {
            None => Some(Arc::clone(rule)),
            Some((_, severity)) => severity.map(|severity| Arc::new(Rule { severity, ..(**rule).clone() })),
        }
    }
}

/// Whether an id is the given one or lies below it.
fn matches(id: &str, wanted: &str) -> bool {
    id.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || wanted.ends_with('/'))
}

/// A check as it is listed.
#[derive(Debug)]
pub struct CheckInfo {
    /// Its id.
    pub id: String,
    /// Its rule.
    pub rule: Arc<Rule>,
    /// Its pack or folder.
    pub pack: String,
    /// Its expressions.
    pub expression: String,
    /// Number of its examples.
    pub examples: usize,
}

/// What came of the examples.
#[derive(Debug)]
pub struct ExampleReport {
    /// Examples that did as they say.
    pub passed: usize,
    /// Those that did not.
    pub failures: Vec<Fault>,
}

/// What a check means.
#[derive(Debug)]
pub struct Explanation {
    /// Its rule.
    pub rule: Arc<Rule>,
    /// Its expressions.
    pub expression: Vec<String>,
    /// An example that holds.
    pub holds: Option<(String, Audit)>,
    /// An example that breaks.
    pub breaks: Option<(String, Audit)>,
}
