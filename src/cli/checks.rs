//! `tieout checks`: list the checks.

use std::io;

use clap::Args;

use super::check::Selection;
use super::{Console, Look, status};
use crate::pipeline::report::reference;

/// List the checks
#[derive(Args)]
pub struct Checks {
    #[command(flatten)]
    checks: Selection,
    /// Say what is of no use in them instead: what cannot bind in its schema, what nothing names, what is said twice
    #[arg(long)]
    lint: bool,
    #[command(flatten)]
    look: Look,
}

impl Checks {
    pub fn run(&self, console: &mut Console<'_>) -> io::Result<u8> {
        let settings = self.look.settings();
        let engine = match self.checks.engine() {
            Ok(engine) => engine,
            Err(faults) => return console.faults(&faults, settings),
        };
        if self.lint {
            let found = engine.lint();
            return if found.is_empty() { Ok(0) } else { console.faults(&found, settings).map(|_| status::FOUND) };
        }
        let mut pack = String::new();
        for check in engine.checks() {
            if pack != check.pack {
                pack.clone_from(&check.pack);
                writeln!(console.out, "{pack}")?;
            }
            writeln!(console.out, "  {}", reference::line(settings.lang, &check.rule))?;
        }
        Ok(0)
    }
}
