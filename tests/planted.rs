//! The made reports of the benchmarks: what is planted in them is found, all of it and nothing else.
#![cfg(test)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tieout::audit::Summary;
use tieout::finding::Confidence;
use tieout::pipeline::walk::Input;
use tieout::pipeline::{Engine, Options};

#[path = "../benches/work/generate.rs"]
mod generate;

use generate::{RELATIONS, report};

const REPORTS: u64 = 200;

/// A report by its number, the id of a check, a pointer.
type Planted = (usize, String, String);

fn engine(pack: PathBuf) -> Engine {
    let options = Options {
        packs: Vec::new(),
        check_folders: vec![pack],
        select: Vec::new(),
        ignore: Vec::new(),
        strictness: Confidence::Weak,
        keep_ties: false,
        jobs: Some(2),
        severity: Vec::new(),
        allow: Vec::new(),
    };
    let engine = Engine::new(options).expect("the pack is there");
    assert!(engine.faults().is_empty(), "{:#?}", engine.faults());
    engine
}

/// What is found in the reports, each target of each broken tie.
fn found(engine: &Engine, reports: &Path) -> (Vec<Planted>, Summary) {
    let (mut number, mut found) = (0, Vec::new());
    let inputs = [Input::File { path: reports.to_owned(), named: true }];
    let summary = engine.run(&inputs, &mut |audit| {
        assert!(audit.faults.is_empty(), "{:#?}", audit.faults);
        for finding in audit.findings.iter().flat_map(|finding| std::iter::once(finding).chain(&finding.members)) {
            let target = |spot: &tieout::finding::Spot| (number, finding.rule.id.clone(), spot.place.pointer.clone());
            found.extend(finding.targets.iter().map(target));
        }
        number += 1;
        Ok(())
    });
    (found, summary.expect("every audit is taken"))
}

#[test]
fn what_is_planted_is_found_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let lines = folder.path().join("reports.ndjson");
    let mut planted = BTreeSet::new();
    let mut text = String::new();
    for number in 0..REPORTS {
        let report = report(number);
        planted.extend(report.planted.into_iter().map(|one| (number as usize, one.check.to_owned(), one.pointer)));
        text.push_str(&report.text);
        text.push('\n');
    }
    assert!(planted.len() > 15, "there is something to find");
    fs::write(&lines, &text).expect("a file");
    let (found, summary) = found(&engine(Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/work/checks")), &lines);
    assert_eq!(found.iter().cloned().collect::<BTreeSet<_>>(), planted);
    assert_eq!(found.len(), planted.len(), "each is found once");
    assert_eq!(summary.ties.total(), REPORTS as usize * RELATIONS, "no relation is left out");
    assert_eq!((summary.ties.broken, summary.ties.undecided), (planted.len(), 0));
}
