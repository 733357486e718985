//! A user's own three-line check over JSON that no schema knows, from `tieout.toml`.

use insta::assert_snapshot;

use crate::desk::{Desk, Run};

const INVOICES: &str = r#"{"customer": "ACME", "invoices": [
  {"label": "R-1", "net": "1,000.00", "vat": "190.00", "gross": "1,190.00"},
  {"label": "R-2", "net": 250.00, "vat": 47.50, "gross": 297.50},
  {"label": "R-3", "net": "80.00", "vat": "15.20", "gross": "92.50"}
]}
"#;

const ALLOW: &str = "checks = [\"checks\"]\n[[allow]]\ncheck = \"vat/gross\"\nat = [\"R-3\"]\nfigures = [\"FIGURE\"]\n\
                     reason = \"credited with R-4\"\n";

fn desk() -> Desk {
    Desk::new().with("invoices.json", INVOICES)
}

#[test]
fn totals_given_as_strings_are_figures() {
    assert_snapshot!(desk().run("check invoices.json").all(), @r#"
    error[vat/gross]: R-3 · gross is 92.50, but its 2 parts add up to 95.20
      ┌─ invoices.json:4:62
      │
    4 │   {"label": "R-3", "net": "80.00", "vat": "15.20", "gross": "92.50"}
      │                            -----           -----             ^^^^^ 2.70 too little; rounding explains at most 0.015
      │                            │               │
      │                            │               R-3 · vat
      │                            R-3 · net
      │
      = 80.00 + 15.20 = 95.20
      = 2 different single changes would mend it, so none is suggested

    ---
    1 file, 9 figures, 3 ties: 2 exact, 0 rounded, 1 broken in 1 finding, 0 implied, 0 undecided; 100% of figures tied
    => 1
    "#);
}

#[test]
fn in_chinese() {
    assert_snapshot!(desk().run("check invoices.json --lang zh").all(), @r#"
    不一致[vat/gross]: “R-3 · gross”列示 92.50，所列 2 项相加为 95.20，请核对
      ┌─ invoices.json:4:62
      │
    4 │   {"label": "R-3", "net": "80.00", "vat": "15.20", "gross": "92.50"}
      │                            -----           -----             ^^^^^ 少 2.70；四舍五入至多解释 0.015
      │                            │               │
      │                            │               R-3 · vat
      │                            R-3 · net
      │
      = 80.00 + 15.20 = 95.20
      = 有 2 种单处改动均可使其一致，故不作推断

    ---
    1 个文件，9 个数字，3 条勾稽：一致 2、尾差 0、不一致 1（合为 1 项审核疑点）、可推算 0、无法判定 0；勾稽覆盖率 100%
    => 1
    "#);
}

#[test]
fn a_folder_is_walked_and_the_configuration_is_no_data() {
    let run = desk().run("check");
    assert!(run.err.starts_with("2 files, "), "{}", run.err);
    assert_eq!(run.status, 1);
    assert_eq!(desk().run("check .").all(), run.all());
}

#[test]
fn severity_is_overridden_by_id_and_by_prefix() {
    let with = |severity: &str| {
        let config = format!("checks = [\"checks\"]\n[severity]\n{severity}\n");
        desk().with("tieout.toml", config).run("check invoices.json --format short")
    };
    for (severity, word, status) in [
        ("\"vat/gross\" = \"warning\"", "warning[vat/gross]", 1),
        ("vat = \"note\"", "note[vat/gross]", 0),
        ("vat = \"off\"", "check/nothing-tied", 2),
    ] {
        let run = with(severity);
        assert!(format!("{}{}", run.out, run.err).contains(word), "{}", run.all());
        assert_eq!(run.status, status, "{}", run.all());
    }
}

#[test]
fn what_is_allowed_is_counted_and_what_is_allowed_no_longer_is_a_warning() {
    let with = |figure: &str| {
        desk().with("tieout.toml", ALLOW.replace("FIGURE", figure)).run("check invoices.json --format short")
    };
    assert_snapshot!(with("92.50").all(), @r#"
    ---
    1 file, 9 figures, 3 ties: 2 exact, 0 rounded, 1 broken, 0 implied, 0 undecided; 1 allowed; 100% of figures tied
    => 0
    "#);
    assert_snapshot!(with("92.60").all(), @r#"
    invoices.json:4:62: error[vat/gross]: R-3 · gross is 92.50, but its 2 parts add up to 95.20
    tieout.toml:2:1: warning[config/allow-unused]: nothing is allowed by this entry: `vat/gross` finds no such figures any more
    ---
    1 file, 9 figures, 3 ties: 2 exact, 0 rounded, 1 broken in 1 finding, 0 implied, 0 undecided; 1 other finding; 100% of figures tied
    => 1
    "#);
}

#[test]
fn an_allowance_without_a_reason_is_a_fault() {
    let config = ALLOW.replace("FIGURE", "92.50").replace("reason", "# reason");
    assert_snapshot!(desk().with("tieout.toml", config).run("check invoices.json").all(), @r#"
    ---
    fault[config/missing-key]: an `[[allow]]` needs `reason`
      ┌─ tieout.toml:2:1
      │
    2 │ [[allow]]
      │ ^^^^^^^^^
      │
      = help: check, at (labels), figures (as printed) and reason are all required

    => 2
    "#);
}

#[test]
fn select_and_ignore() {
    let second = "[[check]]\nid = \"vat/rate\"\nfor = [\"net\", \"vat\"]\nrequire = \"vat / net = 19%\"\n";
    let desk = desk().with("checks/rate.toml", second);
    let ties = |line: &str| {
        let json = desk.run(&format!("check invoices.json --format json --ties {line}")).json();
        let mut checks: Vec<String> = json["ties"]
            .as_array()
            .expect("ties")
            .iter()
            .map(|tie| tie["check"].as_str().expect("an id").to_owned())
            .collect();
        checks.dedup();
        checks.sort();
        checks.dedup();
        checks
    };
    assert_eq!(ties(""), ["vat/gross", "vat/rate"]);
    assert_eq!(ties("--select vat"), ["vat/gross", "vat/rate"]);
    assert_eq!(ties("--select vat/rate"), ["vat/rate"]);
    assert_eq!(ties("--ignore vat/rate"), ["vat/gross"]);
    assert_eq!(ties("--select vat --ignore vat/gross"), ["vat/rate"]);
    assert_eq!(ties("--select va"), [""; 0], "a prefix ends where a part of the id ends");
}

#[test]
fn exit_statuses_and_fail_on() {
    let desk = desk().with("word.json", r#"{"net": 1, "vat": "x", "gross": 2}"#).with("bad.json", "{");
    let status = |line: &str| desk.run(line).status;
    assert_eq!(status("check good.json"), 0);
    assert_eq!(status("check good.json invoices.json"), 1);
    assert_eq!(status("check good.json invoices.json bad.json"), 2, "2 wins over 1");
    assert_eq!(status("check invoices.json --fail-on never"), 0);
    assert_eq!(status("check invoices.json bad.json --fail-on never"), 2);
    assert_eq!(status("check good.json word.json"), 1);
    assert_eq!(status("check good.json word.json --fail-on error"), 0);
    assert_eq!(status("check --no-such-option"), 2);
    for format in ["terminal", "short", "json", "ndjson"] {
        assert_eq!(status(&format!("check good.json --format {format}")), 0);
        assert_eq!(status(&format!("check invoices.json --format {format}")), 1);
        assert_eq!(status(&format!("check bad.json --format {format}")), 2);
    }
}

#[test]
fn the_json_is_what_its_schema_promises() {
    let schema: serde_json::Value =
        serde_json::from_str(&Desk::bare().run("schema output/v1").out).expect("a schema is JSON");
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    let desk = desk()
        .with("word.json", r#"{"net": 1, "vat": null, "gross": "2"}"#)
        .with("more.json", r#"{"net": 1, "vat": "x", "gross": "2"}"#)
        .with("bad.json", "{\"a\": 1, \"a\": 2}")
        .with("worse.json", [0xFF])
        .with("none.json", "{}");
    let holds = |run: &Run| {
        let json = run.json();
        let errors: Vec<String> =
            schema.iter_errors(&json).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        json
    };
    let json = holds(&desk.run("check . none.json --format json --ties"));
    assert_eq!(json["summary"]["faults"], 3);
    let verdicts: Vec<&str> = ["exact", "broken", "implied", "undecided"]
        .into_iter()
        .filter(|verdict| json["ties"].as_array().expect("ties").iter().any(|tie| tie["verdict"] == *verdict))
        .collect();
    assert_eq!(verdicts, ["exact", "broken", "implied", "undecided"]);
    assert!(!holds(&desk.run("check good.json --format json"))["findings"].is_null());
    holds(&desk.run("check nowhere.json --format json"));
    holds(&desk.with("tieout.toml", ALLOW.replace("FIGURE", "7")).run("check . --format json --ties"));
}

#[test]
fn threads_change_nothing() {
    let lines: String = (0..500)
        .map(|n| format!("{{\"net\": {n}, \"vat\": {}, \"gross\": {}}}\n", n % 7, n + n % 5))
        .chain(["{\"net\": \n".to_owned()])
        .collect();
    let desk = desk().with("many.ndjson", &lines).with("more.jsonl", &lines);
    for format in ["terminal", "short", "json --ties", "ndjson --ties"] {
        let [one, four] = [1, 4].map(|jobs| desk.run(&format!("check . --format {format} --jobs {jobs}")).all());
        assert!(one == four && one.len() > 10_000, "{format}");
    }
}

#[test]
fn output_goes_to_a_file() {
    let desk = desk();
    let run = desk.run("check invoices.json --output found.txt");
    assert_eq!((run.out.as_str(), run.status), ("", 1));
    let written = std::fs::read_to_string(desk.path("found.txt")).expect("a file");
    assert_eq!(written, desk.run("check invoices.json").out);
}

/// Figures that were taken from `report.txt`, whose hash is that of `INVOICE`.
fn extracted(hash: &str) -> Desk {
    let json = r#"{"label": "R-3", "$at": {"source": "report.txt", "sha256": "HASH"}, "net": "80.00",
  "vat": {"value": "15.20", "$at": {"line": 3}}, "gross": {"value": "92.50", "$at": {"line": 4, "column": 3}}}"#;
    Desk::new().with("figures.json", json.replace("HASH", hash)).with("report.txt", INVOICE)
}

const INVOICE: &str = "Invoice R-3\nnet\t80.00\nVAT\t15.20\n∑\t92.50\n";
const INVOICE_HASH: &str = "ec591f3de170e3eb158309aa0abe9a713ceda74e74401b22e0a79e7c6ebe6da1";

#[test]
fn the_report_itself_is_shown_where_it_is_unchanged() {
    assert_snapshot!(extracted(INVOICE_HASH).run("check figures.json").out, @r#"
    error[vat/gross]: gross is 92.50, but its 2 parts add up to 95.20
      ┌─ report.txt:4:3
      │
    3 │ VAT 15.20
      │     ----- vat
    4 │ ∑ 92.50
      │   ^^^^^ 2.70 too little; rounding explains at most 0.015
      │
      ┌─ figures.json:1:137
      │
    1 │ …a74e74401b22e0a79e7c6ebe6da1"}, "net": "80.00",
      │                                          ----- net
      │
      = 80.00 + 15.20 = 95.20
      = 2 different single changes would mend it, so none is suggested
    "#);
    assert_snapshot!(extracted(INVOICE_HASH).run("check figures.json --format short").out, @"figures.json:2:70: error[vat/gross]: gross is 92.50, but its 2 parts add up to 95.20");
}

#[test]
fn a_report_that_has_changed_since_is_only_named() {
    let other = INVOICE_HASH.replace('1', "2");
    assert_snapshot!(extracted(&other).run("check figures.json").out, @r#"
    error[vat/gross]: gross is 92.50, but its 2 parts add up to 95.20
      ┌─ figures.json:2:70
      │
    1 │ …a74e74402b22e0a79e7c6ebe6da2"}, "net": "80.00",
      │                                          ----- net
    2 │   "vat": {"value": "15.20", "$at": {"line": 3}}, "gross": {"value": "92.50", "$at": {"line": 4, "column": 3}}}
      │                     -----                                            ^^^^^ 2.70 too little; rounding explains at most 0.015
      │                     │
      │                     vat
      │
      = 80.00 + 15.20 = 95.20
      = 2 different single changes would mend it, so none is suggested
      = from report.txt:4:3
    "#);
}

#[test]
fn a_lone_finer_figure_is_told_with_v() {
    let list = |first: &str| {
        format!(
            "{{\"lines\": [{{\"net\": {first}}}, {{\"net\": 2.5}}, {{\"net\": 3.5}}, {{\"net\": 4.0}}], \"total\": {{\"net\": 11.1}}}}"
        )
    };
    let check = "[[check]]\nid = \"a/total\"\neach = \"root\"\nrequire = \"sum(lines[*].net) = total.net\"\n";
    let run = |first: &str| {
        Desk::bare().with("c.toml", check).with("a.json", list(first)).run("check a.json --checks c.toml -v")
    };
    assert_snapshot!(run("1.125").all(), @"
    ---
    a.json:1:20: 1.125 is the only figure of its column with so many decimals; the others are not held to them
    1 file, 5 figures; nothing disagrees: the only tie holds, 1 of them thanks to rounding; 100% of figures tied
    => 0
    ");
    let two = run("1.1").all();
    assert!(!two.contains("decimals"), "{two}");
}

#[test]
fn a_fingerprint_is_the_same_with_every_tie_and_without() {
    // Two ties of the same figures, of which one holds; and one that holds only thanks to rounding.
    let checks = "[[check]]\nid = \"score/within\"\nfor = [\"score\", \"weight\"]\nrequire = \"score >= 0 * weight and score <= weight\"\n\
                  [[check]]\nid = \"score/sum\"\nfor = [\"a\", \"b\", \"s\"]\nrequire = \"a + b = s\"\n";
    let sums = "{\"a\": 1.00, \"b\": 2.00, \"s\": 3.00}, {\"a\": 2.00, \"b\": 2.00, \"s\": 4.00}, {\"a\": 1.50, \"b\": 2.11, \"s\": 3.60}";
    let desk = Desk::bare().with("checks/own.toml", checks);
    let desk = desk.with("data.json", format!("{{\"score\": 3, \"weight\": 2, \"rows\": [{sums}]}}"));
    let prints = |more: &str| -> Vec<String> {
        let json = desk.run(&format!("check data.json --checks checks --format json {more}")).json();
        let findings = json["findings"].as_array().expect("findings").iter();
        findings.map(|finding| finding["fingerprint"].as_str().expect("a text").to_owned()).collect()
    };
    let few = prints("");
    assert_eq!(few, prints("--ties"));
    assert!(few.len() == 2 && few[0] != few[1], "{few:?}");
}
