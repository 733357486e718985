//! The made reports audited with their own checks, with or without their schema.

use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tieout::audit::Summary;
use tieout::finding::{Confidence, Spot};
use tieout::pipeline::report::{Format, Lang, Report, Settings};
use tieout::pipeline::walk::{Filter, walk};
use tieout::pipeline::{Engine, Options};

/// The pack of the fourteen checks, below the folder of the project.
pub const CHECKS: &str = "benches/work/checks";
/// The pack that is the schema.
pub const SCHEMA: &str = "benches/work/schema";

/// A figure that was found: the number of its report, the id of the rule, the pointer.
pub type Found = (usize, String, String);

/// A folder of the project.
#[must_use]
pub fn of_project(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

/// Audits the files of a path and writes what comes of them: every target of every tie that is broken, and
/// every place that is not as the schema says, in order.
///
/// # Errors
/// There is any fault, or it cannot be written.
pub fn audit(
    packs: &[&str],
    threads: usize,
    path: &Path,
    out: &mut dyn Write,
) -> Result<(Vec<Found>, Summary), Box<dyn Error>> {
    let options = Options {
        packs: Vec::new(),
        check_folders: packs.iter().map(|pack| of_project(pack)).collect(),
        select: Vec::new(),
        ignore: Vec::new(),
        strictness: Confidence::Strong,
        keep_ties: false,
        jobs: Some(threads),
        severity: Vec::new(),
        allow: Vec::new(),
    };
    let engine = Engine::new(options).map_err(|faults| format!("{faults:#?}"))?;
    let filter = Filter::new(path, &[], &[]).map_err(|faults| format!("{faults:#?}"))?;
    let (inputs, faults) = walk(&[path.to_owned()], &filter);
    let wrong: Vec<_> = engine.faults().iter().chain(&faults).collect();
    if !wrong.is_empty() {
        return Err(format!("{wrong:#?}").into());
    }
    let settings =
        Settings { format: Format::Ndjson, lang: Lang::En, color: false, ties: false, quiet: false, verbose: false };
    let mut nowhere = io::sink();
    let mut report = Report::start(settings, out, &mut nowhere);
    let (mut number, mut found) = (0, Vec::new());
    let summary = engine.run(&inputs, &mut |audit| {
        for finding in audit.findings.iter().flat_map(|finding| std::iter::once(finding).chain(&finding.members)) {
            let target = |spot: &Spot| (number, finding.rule.id.clone(), spot.place.pointer.clone());
            found.extend(finding.targets.iter().map(target));
        }
        number += 1;
        report.audit(&audit)
    })?;
    report.finish(&summary)?;
    if summary.faults > 0 {
        return Err(format!("{} faults", summary.faults).into());
    }
    found.sort();
    Ok((found, summary))
}
