//! `tieout test`: run the examples in check files.

use std::io;
use std::path::PathBuf;

use clap::Args;

use super::check::{Selection, options};
use super::{Console, Look};
use crate::config::Config;
use crate::pipeline::Engine;
use crate::pipeline::report::reference;

/// Run the examples in check files
#[derive(Args)]
pub struct Test {
    /// Folders of check files, instead of those that the configuration names
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    checks: Selection,
    #[command(flatten)]
    look: Look,
}

impl Test {
    pub fn run(&self, console: &mut Console<'_>) -> io::Result<u8> {
        let settings = self.look.settings();
        let config = self.checks.config().map(|config| match &self.paths[..] {
            [] => config,
            paths => Config { checks: paths.to_vec(), ..config },
        });
        let engine = match config.and_then(|config| Engine::new(options(config))) {
            Ok(engine) if engine.faults().is_empty() => engine,
            Ok(engine) => return console.faults(engine.faults(), settings),
            Err(faults) => return console.faults(&faults, settings),
        };
        let report = engine.examples();
        let failed = report.failures.len();
        let status = if failed > 0 { console.faults(&report.failures, settings)? } else { 0 };
        writeln!(console.out, "{}", reference::examples(settings.lang, report.passed, failed))?;
        Ok(status)
    }
}
