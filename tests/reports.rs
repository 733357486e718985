//! Reports as they are: the made reports of the corpus as text and as Markdown, what is extracted of them, errors put
//! into them, and hostile files. What stands in `../shared` is read where it is: those tests are ignored elsewhere.

#![expect(clippy::expect_used, reason = "a test stops where something is wrong")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use serde_json::Value;
use tieout::audit::Audit;
use tieout::figure::read as literal;
use tieout::finding::{Confidence, Finding, Severity, Spot};
use tieout::pipeline::walk::Input;
use tieout::pipeline::{Engine, Options};
use tieout::tie::Verdict;

fn corpus(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(path)
}

fn run(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tieout")).args(arguments).current_dir(folder).output().expect("the command runs")
}

fn json(arguments: &[&str], folder: &Path) -> Value {
    let output = run(arguments, folder);
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// Findings by check, message and, if asked for, the line and column of their first figure in the report.
fn findings(report: &Value, places: bool) -> BTreeSet<String> {
    let first = |finding: &Value, name: &str| finding[name].get(0).cloned();
    let findings = report["findings"].as_array().expect("findings").iter();
    findings
        .map(|finding| {
            let spot = first(finding, "targets").or_else(|| first(finding, "operands")).unwrap_or_default();
            let place = &spot["place"];
            let place = place.get("origin").unwrap_or(place);
            let place = if places { format!("{}:{} ", place["line"], place["column"]) } else { String::new() };
            format!("{place}{} {}", finding["check"], finding["message"])
        })
        .collect()
}

const CASE: &str = "performance-evaluation/shuozhou-2019";
const CLEAN: &str = "performance-evaluation/shuozhou-2019-clean";

#[test]
fn text_and_markdown_give_the_same_findings_each_at_its_own_places() {
    let folder = corpus(CASE);
    let [text, markdown] = ["retold.txt", "retold.md"].map(|name| json(&["check", name, "--format", "json"], &folder));
    assert_eq!(findings(&text, false), findings(&markdown, false));
    assert!(findings(&text, false).len() > 60, "{}", findings(&text, false).len());
    let digit = |report: &Value, name: &str| {
        let found =
            report["findings"].as_array().expect("findings").iter().find(|finding| {
                finding["check"] == "budget/subtotal" && finding["targets"][0]["literal"] == "5,877.64"
            });
        let place = &found.expect("the misprint of the subtotal")["targets"][0]["place"];
        let source = std::fs::read_to_string(folder.join(name)).expect("the report");
        let number = |name: &str| usize::try_from(place[name].as_u64().expect("a number")).expect("small");
        assert_eq!(&source[number("start")..number("end")], "5,877.64");
        let line = source.lines().nth(number("line") - 1).expect("the line");
        let column: String = line.chars().skip(number("column") - 1).take(8).collect();
        assert_eq!(column, "5,877.64");
        (number("line"), place["grid"]["row"].as_u64(), place["grid"]["column"].as_u64())
    };
    let (one, other) = (digit(&text, "retold.txt"), digit(&markdown, "retold.md"));
    assert_ne!(one.0, other.0);
    assert_eq!((one.1, one.2), (Some(4), Some(4)));
    assert_eq!((other.1, other.2), (Some(4), Some(4)));
}

#[test]
fn the_clean_twins_have_nothing_above_a_note() {
    for name in ["retold.txt", "retold.md"] {
        let report = json(&["check", name, "--format", "json"], &corpus(CLEAN));
        assert_eq!((&report["summary"]["errors"], &report["summary"]["warnings"]), (&0.into(), &0.into()), "{name}");
        assert!(report["summary"]["ties"]["exact"].as_u64() > Some(1500), "{name}: {}", report["summary"]);
        assert_eq!(report["summary"]["raw_tables"], 0, "{name}");
    }
}

#[test]
fn what_is_extracted_is_checked_as_the_report_is() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["retold.txt", "retold.md"] {
        std::fs::copy(corpus(CASE).join(name), folder.path().join(name)).expect("a copy");
        let extracted = format!("{name}.json");
        let output = run(&["extract", name, "-o", &extracted], folder.path());
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let report = json(&["check", name, "--format", "json"], folder.path());
        let of_extract = json(&["check", &extracted, "--format", "json"], folder.path());
        assert_eq!(findings(&report, true), findings(&of_extract, true));
        assert_eq!(report["summary"]["ties"], of_extract["summary"]["ties"]);
        // For a person it shows the line of the report.
        let shown = run(&["check", &extracted, "--lang", "en"], folder.path());
        let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
        assert!(shown.contains(&format!("┌─ {name}:")), "{shown}");
    }
}

#[test]
fn what_was_read_is_shown_as_tables() {
    let output = run(&["extract", "retold.txt", "--show", "--lang", "en"], &corpus(CLEAN));
    let shown = String::from_utf8(output.stdout).expect("UTF-8");
    let from = shown.find("三公").map(|at| shown[..at].rfind('\n').unwrap_or(0)).expect("the table");
    let last = shown.lines().last().expect("a line that counts");
    assert!(last.contains(" tables with ") && !last.contains("not understood"), "{last}");
    assert!(shown[from..].contains('─'));
}

fn engine() -> Engine {
    engine_of(&[])
}

fn engine_of(packs: &[&str]) -> Engine {
    let options = Options {
        packs: packs.iter().map(|pack| (*pack).to_owned()).collect(),
        check_folders: Vec::new(),
        select: Vec::new(),
        ignore: Vec::new(),
        strictness: Confidence::Strong,
        keep_ties: true,
        jobs: None,
        severity: Vec::new(),
        allow: Vec::new(),
    };
    Engine::new(options).expect("no packs to compile")
}

fn audit(engine: &Engine, name: &str, text: &str) -> Audit {
    let inputs = [Input::Bytes { name: name.into(), bytes: Arc::from(text.as_bytes()) }];
    let mut found = None;
    engine
        .run(&inputs, &mut |audit| {
            found.get_or_insert(audit);
            Ok(())
        })
        .expect("nothing is written");
    found.expect("one document")
}

/// One digit of a figure as another, such that its value changes.
fn altered(printed: &str) -> Option<String> {
    let at = printed.find(|each: char| ('1'..='9').contains(&each))?;
    let digit = printed[at..=at].chars().next()?;
    let other = if digit == '9' { '4' } else { char::from_u32(u32::from(digit) + 1)? };
    Some(format!("{}{other}{}", &printed[..at], &printed[at + 1..]))
}

/// The figures of equations that hold, each once, by its place. What the figures of a sentence are of each other is only
/// seen while they nearly keep it, so those are no promise.
fn tied(audit: &Audit) -> Vec<Spot> {
    let decided = audit.tie_records.iter().filter(|tie| matches!(tie.verdict, Verdict::Exact | Verdict::Rounded));
    let equations = decided.filter(|tie| tie.difference.is_some() && !tie.check.starts_with("sentence/"));
    let mut spots: Vec<Spot> = equations.flat_map(|tie| tie.targets.iter().chain(&tie.operands)).cloned().collect();
    spots.retain(|spot| spot.value.is_some() && literal(&spot.literal).is_ok());
    spots.sort_by_key(|spot| spot.place.span.start);
    spots.dedup_by_key(|spot| spot.place.span.start);
    spots
}

/// Puts an error into every so many of the tied figures of a report: each must be said at its line and column, there or
/// at a figure that it was tied to.
#[expect(clippy::print_stdout, reason = "what was tried is shown with --nocapture")]
fn errors_are_caught(name: &str, text: &str, step: usize) {
    let engine = engine();
    let before = audit(&engine, name, text);
    let known: BTreeSet<&str> = before.findings.iter().map(|finding| &*finding.fingerprint).collect();
    let spots = tied(&before);
    let (mut caught, mut within, mut missed) = (0, 0, Vec::new());
    for spot in spots.iter().step_by(step) {
        let range = spot.place.span.range();
        let printed = &text[range.clone()];
        let Some(other) = altered(printed) else { continue };
        let changed = format!("{}{other}{}", &text[..range.start], &text[range.end..]);
        let after = audit(&engine, name, &changed);
        let new = after.findings.iter().filter(|finding| !known.contains(&*finding.fingerprint));
        let at = |finding: &&tieout::finding::Finding| {
            finding.targets.iter().chain(&finding.operands).any(|spot| spot.place.span.range().start == range.start)
        };
        if new.clone().any(|finding| at(&finding)) {
            caught += 1;
        } else if after.tie_records.iter().any(|tie| {
            tie.verdict == Verdict::Rounded
                && tie.targets.iter().chain(&tie.operands).any(|spot| spot.place.span.range().start == range.start)
        }) {
            within += 1;
        } else {
            missed.push(format!("{}: {printed} → {other}", spot.place.source.position(spot.place.span.start).line));
        }
    }
    println!(
        "{name}: {caught} caught, {within} within allowance, {} missed of {}",
        missed.len(),
        spots.len().div_ceil(step)
    );
    assert!(missed.is_empty(), "{missed:#?}");
}

/// How many of the figures are tried: all with `TIEOUT_ALL_ERRORS=1`, which takes minutes.
fn step() -> usize {
    if std::env::var_os("TIEOUT_ALL_ERRORS").is_some() { 1 } else { 41 }
}

#[test]
fn an_error_in_a_tied_figure_of_a_text_is_caught_at_its_place() {
    let text = std::fs::read_to_string(corpus(CLEAN).join("retold.txt")).expect("the report");
    errors_are_caught("retold.txt", &text, step());
}

#[test]
fn hostile_reports_have_named_outcomes() {
    // File, exit status, and what is said.
    let table = [
        ("empty.txt", 2, "nothing-tied"),
        ("bom-only.txt", 2, "nothing-tied"),
        ("blank.txt", 2, "nothing-tied"),
        ("contents-only.txt", 2, "nothing-tied"),
        ("header-only.txt", 2, "nothing-tied"),
        ("labels.txt", 2, "read/unsupported"),
        ("no-encoding.txt", 2, "read/encoding"),
        ("utf-16-odd.txt", 2, "read/encoding"),
        ("long.txt", 2, "fault"),
        ("figures.txt", 2, "fault"),
        ("wide.txt", 2, "nothing-tied"),
        ("crlf.txt", 1, "31.75"),
        ("lone-cr.txt", 1, "31.75"),
        ("mixed-ends.txt", 1, "31.75"),
        ("no-end.txt", 1, "31.75"),
        ("utf-8-bom.txt", 1, "31.75"),
        ("gb18030.txt", 1, "31.75"),
        ("utf-16le.txt", 1, "31.75"),
        ("utf-16be.txt", 1, "31.75"),
        ("cut.txt", 1, "31.75"),
        ("one-row.txt", 2, "1 table not understood"),
        ("ragged.txt", 2, "1 table not understood"),
        ("formulas.txt", 0, ""),
        ("deep.md", 2, "nothing-tied"),
        ("html.md", 0, "4 tables not understood"),
        ("one-row.md", 2, "nothing-tied"),
        ("ragged.md", 2, "nothing-tied"),
        ("unclosed-row.md", 0, "1 broken"),
    ];
    for (name, status, said) in table {
        let output = run(&["check", name, "--lang", "en"], &corpus("hostile"));
        let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(status), "{name}: {text}");
        assert!(text.contains(said), "{name}: {text}");
        let steers = |each: char| each.is_control() && each != '\n' || ('\u{202A}'..='\u{202E}').contains(&each);
        assert!(!text.contains(steers), "{name}: {text:?}");
    }
}

#[test]
fn a_row_of_blanks_stands_nowhere_and_hides_nothing() {
    // Found by fuzzing: the records of a table that ends in such a row ended before they began.
    let text = "| 项目 | 预算数 | 决算数 |\n|---|:--:|\n| 甲 | 10.50 |\n| 乙 | 20.25 | 2.20 | 9.99 |\n|  |\n";
    let audit = audit(&engine(), "blank-row.md", text);
    assert_eq!(audit.figures, 4);
}

#[test]
#[ignore = "reads ../shared, which a clone lacks"]
fn an_error_in_a_tied_figure_of_the_real_report_is_caught_at_its_place() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seed/report.txt");
    let text = std::fs::read_to_string(path).expect("the report");
    errors_are_caught("report.txt", &text, step());
}

#[test]
#[ignore = "reads ../shared, which a clone lacks"]
fn every_report_at_hand_is_read() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let mut read = 0;
    for folder in
        std::fs::read_dir(&data).expect("the data").filter_map(Result::ok).filter(|entry| entry.path().is_dir())
    {
        let files = std::fs::read_dir(folder.path()).expect("a folder").filter_map(Result::ok);
        for path in files.map(|entry| entry.path()) {
            let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
            if ["txt", "md"].contains(&ending) {
                let output = run(&["extract", &path.display().to_string()], &data);
                assert_eq!(output.status.code(), Some(0), "{}", path.display());
                let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
                assert_eq!(report["$schema"], "urn:tieout:document");
                read += 1;
            }
        }
    }
    assert!(read > 80, "{read}");
}

/// What is found in a text with the pack, above a note: the check and the figure that is told.
fn told(text: &str) -> Vec<(String, String)> {
    let audit = audit(&engine_of(&["performance-evaluation"]), "part.md", text);
    let found = audit.findings.iter().filter(|finding| finding.severity > Severity::Note);
    let told = |finding: &Finding| {
        let literal = finding.targets.first().map(|target| target.literal.clone()).unwrap_or_default();
        (finding.rule.id.clone(), literal)
    };
    found.map(told).collect()
}

/// A text that is right, and what is told where a figure is another.
fn tells(text: &str, printed: &str, other: &str, check: &str) {
    assert_eq!(told(text), [], "{text}");
    assert!(text.contains(printed), "{printed}");
    let found = told(&text.replacen(printed, other, 1));
    assert!(found.iter().any(|(id, _)| id == check), "{printed} → {other}: {found:?}");
}

#[test]
fn a_row_that_sums_up_a_section_of_the_score_sheet_is_its_score() {
    // A limit, or the end of a range, is no score.
    let sheet = "# 2023年度部门整体支出绩效评价报告

评价等级划分标准：综合得分90分（含）以上为“优”，综合得分80分（含）至90分为“良”。

经综合评价，综合得分21.78分。

## 评分表

| 一级指标 | 二级指标 | 三级指标 | 分值 | 得分 | 扣分 |
| --- | --- | --- | --- | --- | --- |
| 决策 | 项目立项 | 立项依据充分性 | 5 | 5.00 | 0.00 |
| 决策 | 资金投入 | 预算编制科学性 | 5 | 3.50 | 1.50 |
| 决策小计 | | | 10 | 8.50 | 1.50 |
| 过程 | 资金管理 | 预算执行率 | 10 | 9.28 | 0.72 |
| 过程 | 组织实施 | 制度执行有效性 | 5 | 4.00 | 1.00 |
| 过程小计 | | | 15 | 13.28 | 1.72 |
| 合计 | | | 25 | 21.78 | 3.22 |
";
    for (printed, other, check) in [
        ("13.28", "12.38", "scoring/section-score"),
        ("| 15 |", "| 16 |", "scoring/section-weight"),
        ("0.72", "0.27", "scoring/deduction"),
        ("21.78 |", "27.18 |", "scoring/total-score"),
        ("得分21.78分", "得分27.18分", "scoring/agrees"),
    ] {
        tells(sheet, printed, other, check);
    }
    // What sums up a group is no sum of its section.
    let groups = sheet.replace("决策小计", "小计").replace("| 过程小计", "| 小计");
    let inner = "| 决策 | 资金投入 | 目标明确性 | 5 | 5.00 | 0.00 |\n";
    let at = groups.find("| 过程 |").expect("a section");
    let groups = [&groups[..at], inner, &groups[at..]].concat();
    let found = told(&groups);
    assert!(found.iter().all(|(id, _)| !id.starts_with("scoring/section")), "{found:?}");
}

#[test]
fn a_column_that_a_section_leaves_is_asked_as_of_any_table() {
    let text = "## 人员情况

| 单位名称 | 核定编制 | 在职人数 | 空编数 |
| --- | --- | --- | --- |
| 局机关 | 124 | 112 | 12 |
| 监察大队 | 118 | 107 | 11 |
| 管理所 | 136 | 123 | 13 |
| 服务中心 | 116 | 105 | 11 |
| 合计 | 494 | 447 | 47 |
";
    tells(text, "| 13 |", "| 31 |", "table/total");
    tells(text, "| 447 |", "| 474 |", "staffing/summary-total");
}

#[test]
fn lines_of_units_are_no_data_of_the_whole_department() {
    // The control rate stands in the base data, too, which are one line.
    let text = "## 部门概况

全厅核定编制456名，在职426人。

### 人员编制情况

| 单位 | 编制数 | 在职人数 | 在职人员控制率 |
| --- | --- | --- | --- |
| 厅机关 | 142 | 131 | 92.25% |
| 参公单位小计 | 314 | 295 | 93.95% |
| 水文局 | 210 | 198 | 94.29% |
| 河湖局 | 104 | 97 | 93.27% |
| 合计 | 456 | 426 | 93.42% |
";
    tells(text, "| 426 |", "| 462 |", "staffing/summary-total");
    tells(text, "93.27%", "97.23%", "table/rate");
}

#[test]
fn a_subtotal_is_one_behind_a_group_that_every_line_names() {
    let sheet = "## 评分表

| 一级指标 | 二级指标 | 三级指标 | 分值 | 得分 |
| --- | --- | --- | --- | --- |
| 决策 | 项目立项 | 立项规范性 | 5 | 5.00 |
| 决策 | 资金投入 | 预算编制科学性 | 5 | 3.50 |
| 决策 | 小计 | | 10 | 8.50 |
| 过程 | 资金管理 | 预算执行率 | 10 | 9.28 |
| 过程 | 组织实施 | 制度执行有效性 | 5 | 4.00 |
| 过程 | 小计 | | 15 | 13.28 |
| 合计 | | | 25 | 21.78 |
";
    tells(sheet, "21.78 |", "27.18 |", "scoring/total-score");
    tells(sheet, "13.28", "12.38", "scoring/section-score");
}

#[test]
fn sections_alone_have_a_total_too() {
    let summary = "## 评分情况

| 一级指标 | 满分 | 得分 | 扣分 | 得分率 |
| --- | --- | --- | --- | --- |
| 投入 | 15 | 14 | 1 | 93.33% |
| 过程 | 25 | 22.5 | 2.5 | 90.00% |
| 产出 | 35 | 32 | 3 | 91.43% |
| 合计 | 75 | 68.5 | 6.5 | 91.33% |
";
    tells(summary, "| 68.5 |", "| 86.5 |", "scoring/total-score");
    tells(summary, "| 75 |", "| 57 |", "scoring/total-weight");
    tells(summary, "91.33%", "93.13%", "scoring/rate");
}
