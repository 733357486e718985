//! What is proved without making ties is what the ties say: the same counts, findings and coverage, for
//! documents as they are and with each figure altered.
#![cfg(test)]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tieout::audit::Audit;
use tieout::finding::Confidence;
use tieout::pipeline::walk::Input;
use tieout::pipeline::{Engine, Options};

#[path = "../benches/work/generate.rs"]
#[expect(dead_code, reason = "what is planted is the matter of another test")]
mod generate;

fn engine(keep_ties: bool, checks: &[&str]) -> Engine {
    Engine::new(Options {
        packs: Vec::new(),
        check_folders: checks.iter().map(PathBuf::from).collect(),
        select: Vec::new(),
        ignore: Vec::new(),
        strictness: Confidence::Weak,
        keep_ties,
        jobs: Some(2),
        severity: Vec::new(),
        allow: Vec::new(),
    })
    .expect("the checks are right")
}

/// What a run says of each line, but for the ties themselves.
fn said(engine: &Engine, path: &Path) -> Vec<String> {
    let mut all = Vec::new();
    let each = &mut |audit: Audit| {
        let findings: Vec<String> = audit
            .findings
            .iter()
            .map(|finding| {
                let pointers: Vec<&str> = finding.targets.iter().map(|spot| spot.place.pointer.as_str()).collect();
                let causes: Vec<_> =
                    finding.causes.iter().map(|cause| (cause.kind, &cause.repaired, cause.corroborated)).collect();
                let (id, difference) = (&finding.rule.id, finding.difference.map(|number| number.to_string()));
                format!("{id} {:?} {pointers:?} {difference:?} {causes:?}", finding.severity)
            })
            .collect();
        let counts = (audit.ties, audit.figures, audit.measured, audit.tied);
        all.push(format!("{counts:?} {:?} {findings:#?}", audit.unbound));
        Ok(())
    };
    engine.run(&[Input::File { path: path.to_owned(), named: false }], each).expect("nothing is in the way");
    all
}

/// The document with each number in turn one digit higher, or of another sign; every so manyth of them.
fn altered(text: &str, step: usize) -> Vec<String> {
    let value: Value = serde_json::from_str(text).expect("JSON");
    assert!(value.is_object());
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let last_digits = (1..bytes.len()).filter(|at| digit(*at) && !digit(at + 1) && bytes.get(at + 1) != Some(&b'.'));
    let one = |at: usize| {
        let mut other = bytes.to_vec();
        other[at] = if other[at] == b'9' { b'0' } else { other[at] + 1 };
        String::from_utf8(other).expect("a digit for a digit")
    };
    last_digits.step_by(step).map(one).collect()
}

fn same(checks: &[&str], documents: &[String]) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("documents.ndjson");
    let lines: Vec<String> = documents.iter().map(|text| text.replace('\n', " ") + "\n").collect();
    fs::write(&path, lines.concat()).expect("a file");
    let (proved, made) = (said(&engine(false, checks), &path), said(&engine(true, checks), &path));
    assert_eq!(proved.len(), documents.len());
    for (proved, made) in proved.iter().zip(&made) {
        assert_eq!(proved, made);
    }
}

#[test]
fn of_the_reports_of_the_corpus() {
    for case in ["shuozhou-2019", "shuozhou-2019-clean"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/performance-evaluation").join(case);
        let text = fs::read_to_string(path.join("figures.json")).expect("the corpus is there");
        let mut documents = altered(&text, 151);
        documents.push(text);
        same(&[], &documents);
    }
}

#[test]
fn of_made_reports() {
    let reports: Vec<String> = (0..40).map(|number| generate::report(number).text).collect();
    same(&[concat!(env!("CARGO_MANIFEST_DIR"), "/benches/work/checks")], &reports);
    same(&[concat!(env!("CARGO_MANIFEST_DIR"), "/benches/work/checks")], &altered(&reports[0], 5));
}
