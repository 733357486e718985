//! Documents nobody thought of: verdicts equal an independent recomputation, and every place is one of its source.
#![cfg(test)]

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use serde_json::Value;
use tempfile::TempDir;
use tieout::finding::Confidence;
use tieout::pipeline::report::{Format, Lang, Report, Settings};
use tieout::pipeline::walk::Input;
use tieout::pipeline::{Engine, Options};

const CHECKS: &str = r#"
[[check]]
id = "vat/gross"
for = ["net", "vat", "gross"]
require = "net + vat = gross"

[[check]]
id = "vat/rate"
for = ["net", "vat", "rate"]
require = "vat / net = rate"

[[check]]
id = "list/total"
each = "rows"
require = "sum(this[*].net) = root.total"
missing = "ignore"
"#;

/// A folder with checks, and the engine that makes them.
struct Bench {
    folder: TempDir,
    engine: Engine,
}

impl Bench {
    fn new(select: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("checks")).expect("a folder");
        fs::write(folder.path().join("checks/vat.toml"), CHECKS).expect("a file");
        let engine = Engine::new(Options {
            packs: vec!["performance-evaluation".into()],
            check_folders: vec![folder.path().join("checks")],
            select: select.iter().map(|id| (*id).to_owned()).collect(),
            ignore: Vec::new(),
            strictness: Confidence::Weak,
            keep_ties: true,
            jobs: Some(1),
            severity: Vec::new(),
            allow: Vec::new(),
        });
        Self { folder, engine: engine.expect("the checks are right") }
    }

    /// What is printed of a file of these bytes, as JSON.
    fn audit(&self, name: &str, bytes: &[u8]) -> Value {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).expect("a file");
        let mut printed = Vec::new();
        for format in [Format::Terminal, Format::Short, Format::Json] {
            printed = self.print(&path, format);
        }
        serde_json::from_slice(&printed).expect("the output is JSON")
    }

    fn print(&self, path: &Path, format: Format) -> Vec<u8> {
        let settings = Settings { format, lang: Lang::Zh, color: false, ties: true, quiet: false, verbose: true };
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut report = Report::start(settings, &mut out, &mut err);
        let inputs = [Input::File { path: path.to_owned(), named: true }];
        let summary = self.engine.run(&inputs, &mut |audit| report.audit(&audit)).expect("it is written");
        report.finish(&summary).expect("it is written");
        out
    }
}

/// Net, tax and gross in the smallest unit printed; the gross may be blank.
type Record = (i64, i64, Option<i64>);

/// As printed with so many decimals, as a number or as a text with separators.
fn printed(value: i64, decimals: u32, as_text: bool) -> String {
    let unit = 10_i64.pow(decimals);
    let sign = if value < 0 { "-" } else { "" };
    let (whole, rest) = (value.abs() / unit, value.abs() % unit);
    let (thousands, below) = (whole / 1_000, whole % 1_000);
    let fraction = if decimals == 0 { String::new() } else { format!(".{rest:0width$}", width = decimals as usize) };
    match as_text {
        true if thousands >= 1_000 => {
            format!("\"{sign}{},{:03},{below:03}{fraction}\"", thousands / 1_000, thousands % 1_000)
        }
        true if thousands > 0 => format!("\"{sign}{thousands},{below:03}{fraction}\""),
        true => format!("\"{sign}{whole}{fraction}\""),
        false => format!("{sign}{whole}{fraction}"),
    }
}

/// Each figure may be half a unit off, if it has decimals at all: three halves together.
fn expected((net, vat, gross): Record, decimals: u32) -> &'static str {
    let Some(gross) = gross else { return "implied" };
    match (2 * (net + vat - gross)).abs() {
        0 => "exact",
        off if decimals > 0 && off <= 3 => "rounded",
        _ => "broken",
    }
}

fn records() -> impl Strategy<Value = Vec<Record>> {
    let slip = prop_oneof![3 => Just(0_i64), 3 => -3_i64..4, 1 => -100_000_i64..100_000];
    let record = (0_i64..900_000, 0_i64..90_000, slip, prop::bool::weighted(0.1))
        .prop_map(|(net, vat, slip, blank)| (net, vat, (!blank).then_some(net + vat + slip)));
    prop::collection::vec(record, 1..8)
}

/// Values of any shape, with keys and words that mean something to checks, schemas and readers.
fn any_json() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("net".to_owned()),
        Just("vat".to_owned()),
        Just("gross".to_owned()),
        Just("rate".to_owned()),
        Just("rows".to_owned()),
        Just("total".to_owned()),
        Just("label".to_owned()),
        Just("year".to_owned()),
        Just("unit".to_owned()),
        Just("$at".to_owned()),
        Just("$schema".to_owned()),
        Just("budget".to_owned()),
        Just("years".to_owned()),
        Just("opening_balance".to_owned()),
        Just("adjusted_budget".to_owned()),
        Just("initial_budget".to_owned()),
        Just("adjustment".to_owned()),
        Just("urn:tieout:performance-evaluation:report".to_owned()),
        Just("万元".to_owned()),
        "\\PC{0,6}",
        ".{0,3}",
    ];
    let figure = prop_oneof![
        "-?[1-9][0-9]{0,4}(\\.[0-9]{1,3})?",
        "-?[1-9][0-9]{0,40}([eE][-+]?[0-9]{1,4})?",
        Just("0".to_owned()),
        "\"[（(]?[△−-]?[0-9０-９]{1,3}(,[0-9]{3})?(\\.[0-9]{1,2})?[)）]?[%‰万元亿]{0,2}\"",
    ];
    let quoted = |text: &String| serde_json::to_string(text).expect("a text");
    let leaf = prop_oneof![
        4 => figure,
        2 => word.clone().prop_map(move |text| quoted(&text)),
        1 => Just("null".to_owned()),
        1 => Just("true".to_owned()),
    ];
    leaf.prop_recursive(5, 64, 8, move |inner| {
        let member = (word.clone(), inner.clone()).prop_map(move |(key, value)| format!("{}: {value}", quoted(&key)));
        prop_oneof![
            prop::collection::vec(inner, 0..6).prop_map(|all| format!("[{}]", all.join(", "))),
            prop::collection::vec(member, 0..8).prop_map(|all| format!("{{{}}}", all.join(",\n"))),
        ]
    })
}

/// So many cases; a failure is kept as a test of its own, not in a file.
fn cases(count: u32) -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(count) }
}

/// Every `place` in a value, and the literal that stands there, if it is that of a figure.
fn places(value: &Value, into: &mut Vec<(Value, Option<String>)>) {
    match value {
        Value::Array(all) => all.iter().for_each(|each| places(each, into)),
        Value::Object(all) => {
            let is_figure = all.get("value").is_some_and(Value::is_string);
            let literal = all.get("literal").filter(|_| is_figure).and_then(Value::as_str).map(str::to_owned);
            into.extend(all.get("place").filter(|place| place.is_object()).map(|place| (place.clone(), literal)));
            all.values().for_each(|each| places(each, into));
        }
        _ => {}
    }
}

/// Every place is a slice of the text, on borders of characters, and its line and column are those of a plain count.
fn check_places(json: &Value, text: &str) -> Result<(), TestCaseError> {
    let mut all = Vec::new();
    places(json, &mut all);
    for (place, literal) in all {
        let number = |key: &str| usize::try_from(place[key].as_u64().expect("a number")).expect("it fits");
        let (start, end) = (number("start"), number("end"));
        prop_assert!(start <= end && text.get(start..end).is_some(), "{place} in {text:?}");
        let slice = &text[start..end];
        if let Some(literal) = literal.filter(|_| !slice.contains('\\')) {
            prop_assert_eq!(&literal, slice, "{}", &place);
        }
        if !text.contains('\r') {
            let before = &text[..start];
            let line = before.rsplit('\n').next().unwrap_or_default();
            prop_assert_eq!(number("line"), before.matches('\n').count() + 1, "{}", &place);
            prop_assert_eq!(number("column"), line.chars().count() + 1, "{}", &place);
        }
    }
    Ok(())
}

#[test]
fn verdicts_equal_an_independent_recomputation() {
    let bench = Bench::new(&["vat/gross"]);
    proptest!(cases(128), |(all in records(), decimals in 0_u32..4, text in any::<bool>())| {
        let show = |value| printed(value, decimals, text);
        let record = |(net, vat, gross): &Record| {
            let gross = gross.map_or("null".to_owned(), show);
            format!("{{\"net\": {}, \"vat\": {}, \"gross\": {gross}}}", show(*net), show(*vat))
        };
        let rows: Vec<String> = all.iter().map(record).collect();
        let json = bench.audit("a.json", format!("{{\"表\": [{}]}}", rows.join(",\n")).as_bytes());
        let ties = json["ties"].as_array().expect("ties");
        let verdicts: Vec<&str> = ties.iter().map(|tie| tie["verdict"].as_str().expect("a verdict")).collect();
        let wanted: Vec<&str> = all.iter().map(|record| expected(*record, decimals)).collect();
        prop_assert_eq!(&verdicts, &wanted, "{}", rows.join("\n"));
        // A blank that its sum implies is a note; one that is rounded where all others are exact may be one.
        let found = wanted.iter().filter(|verdict| matches!(**verdict, "broken" | "implied")).count();
        let findings = json["findings"].as_array().expect("findings");
        prop_assert_eq!(findings.iter().filter(|finding| finding["verdict"] != "rounded").count(), found);
    });
}

#[test]
fn any_json_is_audited_and_every_place_is_in_it() {
    let bench = Bench::new(&[]);
    proptest!(cases(128), |(text in any_json())| {
        check_places(&bench.audit("a.json", text.as_bytes()), &text)?;
    });
}

#[test]
fn any_text_and_any_bytes_are_answered() {
    let bench = Bench::new(&[]);
    let damaged = (any_json(), any::<prop::sample::Index>(), ".{0,2}").prop_map(|(mut text, at, with)| {
        let borders: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        text.insert_str(if borders.is_empty() { 0 } else { *at.get(&borders) }, &with);
        text
    });
    let any_text = prop_oneof!["\\PC{0,40}", "[\\[\\]{}\",:0-9e.\\\\u\n -]{0,40}", damaged];
    proptest!(cases(128), |(text in any_text, bytes in prop::collection::vec(any::<u8>(), 0..64))| {
        if !text.starts_with('\u{FEFF}') {
            check_places(&bench.audit("a.json", text.as_bytes()), &text)?;
        }
        bench.audit("a.json", &bytes);
        bench.audit("a.ndjson", text.as_bytes());
        bench.audit("a.jsonl", &bytes);
    });
}
