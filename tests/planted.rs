//! The made reports of the benchmarks: what is planted in them is found, all of it and nothing else.
#![cfg(test)]

use std::fs;
use std::io;

#[path = "../benches/work/audit.rs"]
mod audit;
#[path = "../benches/work/generate.rs"]
mod generate;

use audit::{CHECKS, SCHEMA, audit};
use generate::{RELATIONS, planted, report};

const REPORTS: usize = 200;

#[test]
fn what_is_planted_is_found_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let lines = folder.path().join("reports.ndjson");
    let text: Vec<String> = (0..REPORTS).map(|number| report(number).text + "\n").collect();
    fs::write(&lines, text.concat()).expect("a file");
    let planted = planted(REPORTS);
    assert!(planted.len() > 15, "there is something to find");
    for packs in [&[CHECKS][..], &[CHECKS, SCHEMA]] {
        let (found, summary) = audit(packs, 2, &lines, &mut io::sink()).expect("nothing is in the way");
        assert_eq!(found, planted, "{packs:?}");
        assert_eq!(summary.ties.total(), REPORTS * RELATIONS, "no relation is left out");
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
        let (found, _) = audit(&[CHECKS, SCHEMA], 1, &file, &mut io::sink()).expect("nothing is in the way");
        assert!(found.contains(&(0, rule.to_owned(), at.to_owned())), "{found:#?}");
    }
}
