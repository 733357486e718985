//! The made reports of the benchmarks: what is planted in them is found, all of it and nothing else.
#![cfg(test)]

use std::fs;
use std::path::Path;

use tieout::audit::Summary;
use tieout::finding::{Confidence, Spot};
use tieout::pipeline::walk::Input;
use tieout::pipeline::{Engine, Options};

#[path = "../benches/work/generate.rs"]
mod generate;

use generate::{RELATIONS, report};

const REPORTS: u64 = 200;
const CHECKS: &str = "benches/work/checks";
const SCHEMA: &str = "benches/work/schema";

/// A report by its number, the id of a check, a pointer.
type Planted = (usize, String, String);

fn engine(packs: &[&str]) -> Engine {
    let options = Options {
        packs: Vec::new(),
        check_folders: packs.iter().map(|pack| Path::new(env!("CARGO_MANIFEST_DIR")).join(pack)).collect(),
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

/// What is found in the reports, each target of each tie that is broken and each place that breaks the schema.
fn found(engine: &Engine, reports: &Path) -> (Vec<Planted>, Summary) {
    let (mut number, mut found) = (0, Vec::new());
    let inputs = [Input::File { path: reports.to_owned(), named: true }];
    let summary = engine.run(&inputs, &mut |audit| {
        assert!(audit.faults.is_empty(), "{:#?}", audit.faults);
        for finding in audit.findings.iter().flat_map(|finding| std::iter::once(finding).chain(&finding.members)) {
            let target = |spot: &Spot| (number, finding.rule.id.clone(), spot.place.pointer.clone());
            found.extend(finding.targets.iter().map(target));
        }
        number += 1;
        Ok(())
    });
    found.sort();
    (found, summary.expect("every audit is taken"))
}

#[test]
fn what_is_planted_is_found_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let lines = folder.path().join("reports.ndjson");
    let (mut planted, mut text) = (Vec::new(), String::new());
    for number in 0..REPORTS {
        let report = report(number);
        planted.extend(report.planted.into_iter().map(|one| (number as usize, one.check.to_owned(), one.pointer)));
        text = text + &report.text + "\n";
    }
    planted.sort();
    assert!(planted.len() > 15, "there is something to find");
    fs::write(&lines, &text).expect("a file");
    for packs in [&[CHECKS][..], &[CHECKS, SCHEMA]] {
        let (found, summary) = found(&engine(packs), &lines);
        assert_eq!(found, planted, "{packs:?}");
        assert_eq!(summary.ties.total(), REPORTS as usize * RELATIONS, "no relation is left out");
        assert_eq!((summary.ties.broken, summary.ties.undecided), (planted.len(), 0));
    }
}

#[test]
fn the_schema_knows_every_field() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("report.json");
    // A report whose relations all hold.
    let whole = (0..).map(report).find(|report| report.planted.is_empty()).expect("most are").text;
    for (right, wrong, at, rule) in [
        ("\"entity\"", "\"entty\"", "/report/entty", "schema/unknown-field"),
        ("\"I-36\"", "\"I-3b\"", "/scores/indicators/35/code", "schema/limit"),
        ("2023", "\"2023\"", "/budget/years/2/year", "schema/type"),
    ] {
        let (before, after) = whole.rsplit_once(right).expect("it is there");
        fs::write(&file, format!("{before}{wrong}{after}")).expect("a file");
        let (found, _) = found(&engine(&[CHECKS, SCHEMA]), &file);
        assert!(found.contains(&(0, rule.to_owned(), at.to_owned())), "{found:#?}");
    }
}
