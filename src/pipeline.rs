//! From paths to audits (placeholder: only the interface).

use std::path::PathBuf;
use std::sync::Arc;

pub use crate::report;
pub use crate::walk;

use crate::audit::{Audit, Summary};
use crate::config::Allow;
use crate::fault::Fault;
use crate::finding::{Confidence, Severity};
use crate::rule::Rule;

/// What to check and how.
pub struct Options {
    /// Packs by name.
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
    /// Threads.
    pub jobs: Option<usize>,
    /// Severity by check.
    pub severity: Vec<(String, Option<Severity>)>,
    /// Broken ties that are allowed.
    pub allow: Vec<Allow>,
}

/// Compiled checks.
pub struct Engine;

/// A check as it is listed.
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
pub struct ExampleReport {
    /// Examples that did as they say.
    pub passed: usize,
    /// Those that did not.
    pub failures: Vec<Fault>,
}

/// What a check means.
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

impl Engine {
    /// Compiles the checks.
    ///
    /// # Errors
    /// A fault for everything that is wrong with them.
    pub fn new(_options: Options) -> Result<Self, Vec<Fault>> {
        Ok(Self)
    }

    /// Audits the inputs.
    ///
    /// # Errors
    /// When `each` fails.
    pub fn run(
        &self,
        inputs: &[walk::Input],
        each: &mut dyn FnMut(Audit) -> std::io::Result<()>,
    ) -> std::io::Result<Summary> {
        let mut summary = Summary::default();
        for input in inputs {
            let audit = Audit::new(input.name());
            summary.files += 1;
            summary.add(&audit);
            each(audit)?;
        }
        Ok(summary)
    }

    /// All checks.
    #[must_use]
    pub fn checks(&self) -> Vec<CheckInfo> {
        Vec::new()
    }

    /// Runs every example.
    #[must_use]
    pub fn examples(&self) -> ExampleReport {
        ExampleReport { passed: 0, failures: Vec::new() }
    }

    /// Explains a check.
    #[must_use]
    pub fn explain(&self, _id: &str) -> Option<Explanation> {
        None
    }
}

/// Names of the schemas.
#[must_use]
pub fn schema_names() -> Vec<&'static str> {
    Vec::new()
}

/// A schema by name.
#[must_use]
pub fn schema(_name: &str) -> Option<&'static str> {
    None
}
