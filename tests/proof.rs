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

/// The document with one record in turn of another form; every so manyth of them.
fn reformed(text: &str, step: usize) -> Vec<String> {
    let value: Value = serde_json::from_str(text).expect("JSON");
    let mut pointers = Vec::new();
    records(&value, String::new(), &mut pointers);
    let mut forms = 0;
    let mut one = |pointer: &String| {
        let mut other = value.clone();
        let record = other.pointer_mut(pointer).and_then(Value::as_object_mut).expect("a record");
        let at = forms % record.len().max(1);
        let name = record.keys().nth(at).cloned().unwrap_or_default();
        let field = record.remove(&name);
        let printed = field.as_ref().map(ToString::to_string).unwrap_or_default();
        let field = match forms % 8 {
            0 => None,
            1 => Some(Value::Null),
            2 => Some(Value::String(printed)),
            3 => Some(serde_json::json!({"value": field})),
            4 => Some(serde_json::json!([field])),
            5 => Some(Value::String("一".to_owned())),
            6 => field.map(|field| if field.is_number() { serde_json::json!(-7) } else { field }),
            _ => {
                record.insert("unit".to_owned(), "万元".into());
                field
            }
        };
        forms += 1;
        record.extend(field.map(|field| (name, field)));
        other.to_string()
    };
    pointers.iter().step_by(step).map(&mut one).collect()
}

/// Pointers of all objects that hold single values only.
fn records(value: &Value, pointer: String, found: &mut Vec<String>) {
    let fields: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(name, field)| (name.clone(), field)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(at, item)| (at.to_string(), item)).collect(),
        _ => return,
    };
    if value.is_object() && fields.iter().all(|(_, field)| !field.is_object() && !field.is_array()) {
        found.push(pointer.clone());
    }
    fields.into_iter().for_each(|(name, field)| records(field, format!("{pointer}/{name}"), found));
}

#[test]
fn of_reports_whose_records_are_not_all_alike() {
    let checks = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/work/checks");
    let reports = (0..6).map(|number| generate::report(number).text);
    same(&[checks], &reports.flat_map(|text| reformed(&text, 3)).collect::<Vec<_>>());
}

/// The same document with a space more in every other object, so that no record is printed as the one before.
fn spaced(text: &str) -> String {
    let mut objects = text.split('{');
    let first = objects.next().unwrap_or_default().to_owned();
    let spaces = ["{", "{ "].into_iter().cycle();
    objects.zip(spaces).fold(first, |spaced, (object, open)| spaced + open + object)
}

#[test]
fn records_that_are_printed_alike_are_bound_as_others_are() {
    let checks = [concat!(env!("CARGO_MANIFEST_DIR"), "/benches/work/checks")];
    let units = r#"{"projects": {"items": [{"amount": 1.00, "unit": "万元", "$x": 2}, {"amount": 10000.00, "unit": "元", "$x": 2}, {"amount": 5, "unit": "元", "$x": 7}], "total": {"amount": 20005.00, "unit": "元"}}}"#;
    let mut documents: Vec<String> = (0..8).map(|number| generate::report(number).text).collect();
    documents.extend(reformed(&documents[0], 7));
    documents.push(units.to_owned());
    let aside = r#"{"projects": {"items": [{"amount": 1.00, "$x": 2}, {"amount": 2.00, "$x": 3}, {"amount": 3.00, "$x": 4}], "total": {"amount": 6.00}}}"#;
    documents.push(aside.to_owned());
    let folder = tempfile::tempdir().expect("a folder");
    let said = |name: &str, of: &dyn Fn(&String) -> String| {
        let path = folder.path().join(name);
        let lines: Vec<String> = documents.iter().map(|text| of(text).replace('\n', " ") + "\n").collect();
        fs::write(&path, lines.concat()).expect("a file");
        said(&engine(false, &checks), &path)
    };
    let (plain, others) = (said("plain.ndjson", &Clone::clone), said("spaced.ndjson", &|text| spaced(text)));
    assert_eq!(plain.len(), documents.len());
    assert_eq!(plain, others);
}

#[test]
fn of_made_reports() {
    let reports: Vec<String> = (0..40).map(|number| generate::report(number).text).collect();
    same(&[concat!(env!("CARGO_MANIFEST_DIR"), "/benches/work/checks")], &reports);
    same(&[concat!(env!("CARGO_MANIFEST_DIR"), "/benches/work/checks")], &altered(&reports[0], 5));
}
