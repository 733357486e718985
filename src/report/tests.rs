//! What each format makes of audits made by hand, in both languages.

use std::sync::Arc;

use serde_json::Value;

use super::samples::{self, find, number};
use super::{Format, Lang, Report, Settings, short, terminal, wording};
use crate::audit::{Audit, Summary, TieCounts};
use crate::fault::{Bilingual, Fault};
use crate::finding::{Finding, Severity, Spot};
use crate::rule::Rule;
use crate::source::{Source, Span};
use crate::tie::{TieKind, Verdict};

const fn settings(format: Format, lang: Lang) -> Settings {
    Settings { format, lang, color: false, ties: true, quiet: false, verbose: true }
}

const EN: Settings = settings(Format::Terminal, Lang::En);

/// Standard output, then standard error.
fn written(settings: Settings, audit: &Audit, summary: &Summary) -> (String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut report = Report::start(settings, &mut out, &mut err);
    report.audit(audit).expect("memory can be written");
    report.finish(summary).expect("memory can be written");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (text(out), text(err))
}

fn snapshot(name: &str, format: Format) {
    let (audit, summary) = samples::audit();
    for (lang, suffix) in [(Lang::En, "en"), (Lang::Zh, "zh")] {
        let (out, err) = written(settings(format, lang), &audit, &summary);
        insta::assert_snapshot!(format!("{name}-{suffix}"), format!("{out}-- stderr\n{err}"));
    }
}

#[test]
fn terminal() {
    snapshot("terminal", Format::Terminal);
}

#[test]
fn short() {
    snapshot("short", Format::Short);
}

#[test]
fn json() {
    snapshot("json", Format::Json);
}

#[test]
fn ndjson() {
    snapshot("ndjson", Format::Ndjson);
}

#[test]
fn json_keeps_what_its_schema_promises() {
    let promise: Value =
        serde_json::from_str(include_str!("../../schemas/output/v1.schema.json")).expect("the schema is JSON");
    let validator = jsonschema::draft202012::new(&promise).expect("the schema is one");
    let (audit, summary) = samples::audit();
    for ties in [true, false] {
        for lang in [Lang::En, Lang::Zh] {
            let settings = Settings { ties, ..settings(Format::Json, lang) };
            for (audit, summary) in [(&audit, &summary), (&Audit::new("empty"), &Summary::default())] {
                let value: Value = serde_json::from_str(&written(settings, audit, summary).0).expect("JSON");
                let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
                assert!(errors.is_empty(), "{errors:?}");
                assert_eq!(value.get("ties").is_some(), ties);
            }
        }
    }
}

#[test]
fn every_field_of_the_json_is_in_its_schema() {
    let promise: Value =
        serde_json::from_str(include_str!("../../schemas/output/v1.schema.json")).expect("the schema is JSON");
    let (audit, summary) = samples::audit();
    let value: Value =
        serde_json::from_str(&written(settings(Format::Json, Lang::En), &audit, &summary).0).expect("JSON");
    let known = |name: &str| promise["$defs"][name]["properties"].as_object().expect("properties");
    for (name, part) in [
        ("summary", &value["summary"]),
        ("finding", &value["findings"][0]),
        ("cause", &value["findings"][0]["causes"][0]),
        ("spot", &value["findings"][1]["targets"][0]),
        ("place", &value["findings"][1]["targets"][0]["place"]),
        ("fault", &value["faults"][0]),
        ("tie", &value["ties"][0]),
    ] {
        for field in part.as_object().expect("an object").keys() {
            assert!(known(name).contains_key(field), "{name}.{field} is not in the schema");
        }
    }
}

#[test]
fn ties_are_numbered_through_all_documents_of_a_run() {
    let (audit, summary) = samples::audit();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut report = Report::start(settings(Format::Json, Lang::En), &mut out, &mut err);
    report.audit(&audit).and_then(|()| report.audit(&audit)).expect("memory can be written");
    report.finish(&summary).expect("memory can be written");
    let value: Value = serde_json::from_slice(&out).expect("JSON");
    assert_eq!(value["ties"][1]["id"], value["findings"][9]["ties"][0]);
    assert_ne!(value["ties"][0]["id"], value["ties"][1]["id"]);
}

/// A finding with one target and these operands.
fn one(source: &Arc<Source>, target: &str, operands: &[&str]) -> Finding {
    let spot = |literal: &&str| samples::spot(source, literal, 0, &format!("/{literal}"), literal, literal);
    let rule = samples::rule("a/b", "Title", "标题", Severity::Error);
    let operands = operands.iter().map(spot).collect();
    let mut finding = samples::tie(&rule, TieKind::Sum, Verdict::Broken, vec![spot(&target)], operands);
    finding.recomputed = Some(number("1"));
    finding.difference = Some(number("1"));
    finding
}

/// Line and column counted by hand: `{"支出": "` is nine characters, 支出 being two of them.
#[test]
fn columns_count_characters_on_a_line_with_chinese_before_the_figure() {
    let source = Arc::new(Source::new("年报.json", "{\n{\"支出\": \"12.50\"}"));
    let finding = one(&source, "12.50", &[]);
    assert!(terminal::finding(&finding, &EN).contains("┌─ 年报.json:2:9\n"));
    assert!(short::finding(&finding, "", Lang::En).starts_with("年报.json:2:9: error[a/b]: "));
    let mut audit = Audit::new("年报.json");
    audit.findings = vec![finding];
    let value: Value =
        serde_json::from_str(&written(settings(Format::Json, Lang::En), &audit, &Summary::default()).0).expect("JSON");
    let place = &value["findings"][0]["targets"][0]["place"];
    assert_eq!((&place["line"], &place["column"]), (&Value::from(2), &Value::from(9)));
    assert_eq!((&place["start"], &place["end"]), (&Value::from(14), &Value::from(19)));
}

#[test]
fn a_line_of_100_kb_is_excerpted_with_its_real_column() {
    let filler = "\"支出\": 0, ".repeat(5_000);
    let text = format!("{{{filler}\"a\": 123.45, {filler}\"b\": 67.89, \"c\": 55.56}}");
    let source = Arc::new(Source::new("min.json", text));
    let printed = terminal::finding(&one(&source, "123.45", &["67.89", "55.56"]), &EN);
    let column = 1 + 5_000 * 9 + 5 + 1;
    assert!(printed.contains(&format!("┌─ min.json:1:{column}\n")), "{printed}");
    assert!(printed.len() < 1_000, "{} bytes", printed.len());
    insta::assert_snapshot!("long-line", printed);
}

#[test]
fn control_characters_reach_no_terminal() {
    let source = Arc::new(Source::new("a\u{1b}.json", "{\"\u{202e}\u{1b}[31m\": 12.50,\t\"b\": 3.75}"));
    let mut finding = one(&source, "12.50", &["3.75"]);
    finding.operands[0].label_en = "b\u{1b}]0;\n\u{200b}".into();
    finding.targets[0].label_en = "\u{202e}a".into();
    finding.recomputation = Some("1\r2".into());
    let mut audit = Audit::new("a\u{1b}.json");
    audit.faults = vec![Fault::new("a/b", "\u{1b}[2J", "").at(&source, find(&source, "12.50", 0))];
    audit.findings = vec![finding];
    for format in [Format::Terminal, Format::Short] {
        let (out, err) = written(settings(format, Lang::En), &audit, &Summary::default());
        for text in [out, err] {
            assert!(!text.contains(['\u{1b}', '\r', '\t', '\u{202e}', '\u{200b}']), "{text:?}");
        }
    }
    let printed = terminal::finding(&audit.findings[0], &EN);
    assert!(printed.contains("json:1:12\n"), "{printed}");
    insta::assert_snapshot!("control-characters", printed);
}

#[test]
fn operands_past_the_twelfth_are_counted() {
    let literals: Vec<String> = (10..40).map(|each| format!("{each}.25")).collect();
    let source = Arc::new(Source::new("a", literals.join("\n")));
    let operands: Vec<&str> = literals.iter().skip(1).map(String::as_str).collect();
    let printed = terminal::finding(&one(&source, "10.25", &operands), &EN);
    assert_eq!(printed.matches("----- ").count(), 12);
    assert!(printed.contains("= 17 more figures not shown\n"), "{printed}");
}

#[test]
fn a_place_over_several_lines_is_marked_on_its_first() {
    let source = Arc::new(Source::new("a", "[\n  {\n    \"b\": 1\n  }\n]"));
    let mut finding = one(&source, "1", &[]);
    finding.targets[0].place.span = Span::new(4, 22);
    insta::assert_snapshot!("several-lines", terminal::finding(&finding, &EN));
    let end = Fault::new("json/syntax", "the list is not closed", "列表未闭合").at(&source, Span::new(24, 24));
    insta::assert_snapshot!("end-of-file", terminal::fault(&end, &EN));
}

#[test]
fn colours_are_there_when_asked_for() {
    let source = samples::report();
    let printed = terminal::finding(&samples::sum(&source), &Settings { color: true, ..EN });
    assert!(printed.starts_with("\u{1b}[") && printed.contains("error[budget/subtotal]"), "{printed:?}");
}

#[test]
fn a_message_written_by_hand_replaces_the_generated_one() {
    let source = samples::report();
    let mut finding = samples::percent(&source);
    let message = Bilingual::new("{target}: {printed} {shown} against {recomputed}, {difference} points", "");
    finding.rule = Arc::new(Rule { message: Some(message), ..(*finding.rule).clone() });
    finding.targets[0].label_en = "{printed}".into();
    let expected = "{printed}: 47.01% {shown} against 41.07%, 5.94 points";
    assert_eq!(wording::headline(Lang::En, &finding), expected);
    assert!(wording::headline(Lang::Zh, &finding).starts_with("“满意 · 占比”列示 47.01%"));
}

#[test]
fn every_kind_of_tie_has_its_sentence() {
    let source = samples::report();
    let mut lines = String::new();
    for kind in [
        TieKind::Sum,
        TieKind::Difference,
        TieKind::Average,
        TieKind::Ratio,
        TieKind::RelativeChange,
        TieKind::Share,
        TieKind::Equal,
        TieKind::Count,
        TieKind::Order,
        TieKind::Distinct,
        TieKind::Text,
        TieKind::Other,
    ] {
        let mut finding = samples::sum(&source);
        finding.matter = crate::finding::Matter::Tie { kind, verdict: Verdict::Broken, reason: None, reading: None };
        if matches!(kind, TieKind::Order | TieKind::Distinct | TieKind::Text | TieKind::Other) {
            (finding.recomputed, finding.difference, finding.allowance) = (None, None, None);
        }
        for lang in [Lang::En, Lang::Zh] {
            let target: &Spot = &finding.targets[0];
            let (headline, label) = (wording::headline(lang, &finding), wording::target(lang, &finding, target));
            lines += &format!("{kind:?}: {headline} | {label}\n");
        }
    }
    insta::assert_snapshot!("kinds", lines);
}

#[test]
fn the_summary_hides_nothing_and_counts_in_singular_and_plural() {
    let full = Summary {
        files: 2,
        documents: 2,
        figures: 904,
        ties: TieCounts { exact: 540, rounded: 31, broken: 35, implied: 1, undecided: 5 },
        findings: [3, 5, 20],
        decisions: 1,
        disagreements: 28,
        allowed: 3,
        measured: 100,
        tied: 91,
        ..Summary::default()
    };
    assert_eq!(
        wording::summary(Lang::En, &full),
        "2 files, 904 figures, 612 ties: 540 exact, 31 rounded, 35 broken in 28 findings (1 changes the grade), \
         1 implied, 5 undecided; 3 allowed; 91% of figures tied"
    );
    let clean = Summary {
        files: 1,
        documents: 1,
        figures: 1,
        ties: TieCounts { exact: 10, rounded: 2, ..TieCounts::default() },
        ..Summary::default()
    };
    let ties = |exact, implied| TieCounts { exact, implied, ..TieCounts::default() };
    let one = Summary { ties: ties(1, 0), ..clean.clone() };
    let implied = Summary { ties: ties(3, 1), documents: 7, ..clean.clone() };
    let schema = Summary { ties: ties(3, 0), findings: [0, 1, 0], decisions: 2, ..clean.clone() };
    let nothing = Summary { faults: 2, untied: 1, unbound: vec!["a".into()], ..Summary::default() };
    let mut lines = String::new();
    for summary in [&full, &clean, &one, &implied, &schema, &nothing] {
        lines += &format!("{}\n{}\n", wording::summary(Lang::En, summary), wording::summary(Lang::Zh, summary));
    }
    insta::assert_snapshot!("summaries", lines);
}
