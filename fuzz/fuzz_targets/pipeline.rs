//! Bytes in, JSON out: valid against its schema, every place a slice of the input, every sum as another
//! reckoner has it, the same on one thread and on four, and the same whether every tie is asked for or not.
#![no_main]

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use jsonschema::Validator;
use libfuzzer_sys::fuzz_target;
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use serde_json::Value;
use tieout::finding::Confidence;
use tieout::pipeline::report::{Format, Lang, Report, Settings};
use tieout::pipeline::walk::Input;
use tieout::pipeline::{Engine, Options, schema};
use tieout::source::steers;
use tieout_fuzz::plain_number;

static ENGINES: LazyLock<[Engine; 3]> = LazyLock::new(|| [(1, true), (4, true), (4, false)].map(engine));

static SCHEMA: LazyLock<Validator> = LazyLock::new(|| {
    let text = schema("output/v1").expect("the schema is embedded");
    jsonschema::validator_for(&serde_json::from_str(text).expect("JSON")).expect("a schema")
});

fn engine((jobs, keep_ties): (usize, bool)) -> Engine {
    Engine::new(Options {
        packs: Vec::new(),
        check_folders: vec![PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/checks"))],
        select: Vec::new(),
        ignore: Vec::new(),
        strictness: Confidence::Weak,
        keep_ties,
        jobs: Some(jobs),
        severity: Vec::new(),
        allow: Vec::new(),
    })
    .expect("the checks are there")
}

fuzz_target!(|bytes: &[u8]| {
    let [one, four, brief] = &*ENGINES;
    let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count();
    for name in ["fuzz.json", "fuzz.ndjson"].into_iter().take(if lines > 1 { 2 } else { 1 }) {
        let text = run(one, name, bytes, Format::Json);
        assert_eq!(text, run(four, name, bytes, Format::Json), "one thread and four");
        let output: Value = serde_json::from_str(&text).expect("JSON out");
        let short: Value = serde_json::from_str(&run(brief, name, bytes, Format::Json)).expect("JSON out");
        for part in ["summary", "findings", "faults"] {
            assert_eq!(unnumbered(&output[part]), unnumbered(&short[part]), "{part} with every tie and without");
        }
        if let Err(error) = SCHEMA.validate(&output) {
            panic!("{error} at {}: {text}", error.instance_path());
        }
        places(&output, &Lines::of(name, bytes));
        counts(&output, name, bytes);
        output["ties"].as_array().expect("ties").iter().for_each(recompute);
    }
    for format in [Format::Terminal, Format::Short] {
        let printed = run(one, "fuzz.json", bytes, format);
        assert!(!printed.chars().any(|each| each != '\n' && steers(each)), "{printed:?}");
    }
});

/// A part of the output without the numbers of ties, which count those that are kept.
fn unnumbered(part: &Value) -> Value {
    match part {
        Value::Array(list) => list.iter().map(unnumbered).collect(),
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(name, value)| *name != "ties" || value.is_object());
            fields.map(|(name, value)| (name.clone(), unnumbered(value))).collect()
        }
        other => other.clone(),
    }
}

fn run(engine: &Engine, name: &str, bytes: &[u8], format: Format) -> String {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let settings = Settings { format, lang: Lang::En, color: false, ties: true, quiet: false, verbose: true };
    let input = Input::Bytes { name: name.to_owned(), bytes: Arc::from(bytes) };
    let mut report = Report::start(settings, &mut out, &mut err);
    let summary = engine.run(&[input], &mut |audit| report.audit(&audit)).expect("memory takes all");
    report.finish(&summary).expect("memory takes all");
    out.append(&mut err);
    String::from_utf8(out).expect("UTF-8 out")
}

/// The input in lines, each with the byte it starts at, as whoever reads a place would find them.
struct Lines<'a> {
    bytes: &'a [u8],
    starts: Vec<usize>,
    lines_are_documents: bool,
}

impl<'a> Lines<'a> {
    fn of(name: &str, bytes: &'a [u8]) -> Self {
        let breaks = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
        Self {
            bytes,
            starts: std::iter::once(0).chain(breaks).collect(),
            lines_are_documents: name.ends_with("ndjson"),
        }
    }

    /// A place is a range between characters, and its line and column lead there.
    fn slice(&self, place: &Value) -> &'a str {
        let number = |name: &str| usize::try_from(place[name].as_u64().expect("a number")).expect("it fits");
        let (start, end) = (number("start"), number("end"));
        let text = self.bytes.get(start..end).unwrap_or_else(|| panic!("{place} is not in the input"));
        let line = self.starts.partition_point(|at| *at <= start);
        assert_eq!(number("line"), line, "{place}");
        let from = self.starts[line - 1];
        let marked = (line == 1 || self.lines_are_documents) && self.bytes[from..].starts_with(b"\xEF\xBB\xBF");
        let before = &self.bytes[from + if marked { 3 } else { 0 }..start];
        let before = std::str::from_utf8(before).unwrap_or_else(|_| panic!("{place} starts inside a character"));
        assert_eq!(number("column"), before.chars().count() + 1, "{place}");
        std::str::from_utf8(text).unwrap_or_else(|_| panic!("{place} ends inside a character"))
    }
}

/// Looks at every place, wherever it stands in the output.
fn places(output: &Value, lines: &Lines<'_>) {
    match output {
        Value::Array(list) => list.iter().for_each(|each| places(each, lines)),
        Value::Object(fields) => {
            if let (Some(place), Some(literal)) = (fields.get("place"), fields.get("literal").and_then(Value::as_str)) {
                let slice = lines.slice(place);
                // A number stands there as it is printed; a text may be escaped, and a record, which has no
                // value, is shown by a field of it.
                let printed = fields.get("value").is_some_and(Value::is_string) && plain_number(slice).is_some();
                assert!(!printed || slice == literal, "{slice} is not {literal}");
            }
            for (name, value) in fields {
                if matches!(name.as_str(), "place" | "other") && value.is_object() {
                    lines.slice(value);
                }
                places(value, lines);
            }
        }
        _ => {}
    }
}

/// The summary counts what there is.
fn counts(output: &Value, name: &str, bytes: &[u8]) {
    let ties = output["ties"].as_array().expect("ties");
    let summary = &output["summary"];
    for verdict in ["exact", "rounded", "broken", "implied", "undecided"] {
        let count = ties.iter().filter(|tie| tie["verdict"] == verdict).count();
        assert_eq!(summary["ties"][verdict], count, "{verdict}");
    }
    for list in ["findings", "faults"] {
        assert_eq!(summary[list], output[list].as_array().map_or(0, Vec::len), "{list}");
    }
    // Where nothing is a fraction, and no vocabulary makes it a parameter, all figures are measured; where
    // only sums are made, all operands are figures.
    let sums = ties.iter().all(|tie| coefficients(tie).is_some());
    let may_have_parameters = bytes.iter().any(|byte| matches!(byte, b'/' | b'\\' | b'$'));
    if name.ends_with("ndjson") || may_have_parameters || !sums {
        return;
    }
    let shows = |tie: &&Value| {
        matches!(tie["verdict"].as_str(), Some("exact" | "rounded" | "broken"))
            && spots(tie).any(|spot| {
                spot["value"].as_str().is_some_and(|value| value.contains(|each| matches!(each, '1'..='9')))
            })
    };
    let tied: HashSet<&str> =
        ties.iter().filter(shows).flat_map(spots).filter_map(|spot| spot["place"]["pointer"].as_str()).collect();
    let figures = summary["figures"].as_u64().expect("a number") as usize;
    let share =
        (figures > 0).then(|| tied.len() * 100 / figures).map(|share| format!("{}.{:02}", share / 100, share % 100));
    assert_eq!(summary["coverage"].as_str(), share.as_deref(), "{} of {figures}", tied.len());
}

fn spots(tie: &Value) -> impl Iterator<Item = &Value> {
    ["targets", "operands"].into_iter().flat_map(|list| tie[list].as_array().expect("a list"))
}

/// The sign of each operand of a tie that is a plain sum, by the field it stands in; `None` for other ties.
fn coefficients(tie: &Value) -> Option<Vec<bool>> {
    let operands = tie["operands"].as_array()?.iter();
    match tie["check"].as_str()? {
        "fuzz/total" => Some(operands.map(|_| false).collect()),
        "fuzz/chain" => {
            // `/d`, or `/d/column` where the fields are records.
            let target = tie["targets"].get(0)?["place"]["pointer"].as_str()?;
            let (record, rest) = target.rsplit_once("/d")?;
            (!record.contains("/d") && !rest.contains('d')).then_some(())?;
            let field = |operand: &Value| {
                operand["place"]["pointer"].as_str()?.strip_prefix(record)?.get(..2).map(str::to_owned)
            };
            operands.map(|operand| field(operand).map(|field| field == "/c")).collect()
        }
        _ => None,
    }
}

/// A sum that another reckoner works out, from the figures as they are printed.
fn recompute(tie: &Value) {
    let Some(negative) = coefficients(tie) else { return };
    let [target] = &tie["targets"].as_array().expect("targets")[..] else { return };
    let literal = |spot: &Value| plain_number(spot["literal"].as_str()?);
    let Some((printed, decimals)) = literal(target) else { return };
    let Some(operands) = tie["operands"].as_array().expect("operands").iter().map(literal).collect::<Option<Vec<_>>>()
    else {
        return;
    };
    let half = |decimals: usize| {
        BigRational::new(
            1.into(),
            num_bigint::BigInt::from(2) * num_traits::pow(num_bigint::BigInt::from(10), decimals),
        )
    };
    let (mut sum, mut most) = (BigRational::zero(), half(decimals));
    for ((value, decimals), negative) in operands.into_iter().zip(negative) {
        sum += if negative { -value } else { value };
        most += half(decimals);
    }
    let difference = &printed - &sum;
    let shown = |name: &str| tie[name].as_str().map(|text| plain_number(text).expect("a decimal"));
    // What has more decimals is shown rounded.
    let agrees = |name: &str, value: &BigRational| {
        shown(name)
            .is_none_or(|(shown, decimals)| shown == *value || (decimals == 6 && (&shown - value).abs() < half(5)))
    };
    let verdict = tie["verdict"].as_str().expect("a verdict");
    match verdict {
        "exact" | "rounded" | "broken" => {
            assert!(agrees("recomputed", &sum) && agrees("difference", &difference), "{sum} {difference} {tie}");
            assert_eq!(verdict == "exact", difference.is_zero(), "{tie}");
        }
        "implied" => {
            assert!(agrees("implied", &difference) || agrees("implied", &-difference.clone()), "{difference} {tie}")
        }
        _ => {}
    }
    if let (true, Some((allowance, shown))) = (verdict != "exact", shown("allowance")) {
        assert!(allowance <= most || shown == 6, "{allowance} is more than the digits explain, {most}: {tie}");
        let explained = difference.abs() <= allowance;
        assert!(shown == 6 || (verdict == "rounded") == explained || !matches!(verdict, "rounded" | "broken"), "{tie}");
    }
}
