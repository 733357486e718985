//! Verdicts, causes, elections and agreement through whole audits: each with a case that must fire and
//! one that must stay silent.

#![cfg(test)]

use tieout::audit::Audit;
use tieout::finding::{CauseKind, Confidence, Finding, Matter, Severity};
use tieout::pipeline::walk::Input;
use tieout::pipeline::{Engine, Options};
use tieout::tie::{Reason, Verdict};

/// The audit of a document by a check file, with a vocabulary if one is given.
fn audit_with(terms: &str, checks: &str, json: &str) -> Audit {
    let folder = tempfile::tempdir().unwrap();
    let rules = folder.path().join("checks");
    std::fs::create_dir(&rules).unwrap();
    std::fs::write(rules.join("checks.toml"), checks).unwrap();
    if !terms.is_empty() {
        std::fs::write(rules.join("terms.toml"), terms).unwrap();
    }
    let path = folder.path().join("data.json");
    std::fs::write(&path, json).unwrap();
    let options = Options {
        packs: Vec::new(),
        check_folders: vec![rules],
        select: Vec::new(),
        ignore: Vec::new(),
        strictness: Confidence::Weak,
        keep_ties: true,
        jobs: Some(1),
        severity: Vec::new(),
        allow: Vec::new(),
    };
    let engine = Engine::new(options).unwrap();
    assert!(engine.faults().is_empty(), "{:?}", engine.faults());
    let mut audits = Vec::new();
    let each = &mut |audit| {
        audits.push(audit);
        Ok(())
    };
    engine.run(&[Input::File { path, named: true }], each).unwrap();
    audits.remove(0)
}

fn audit(checks: &str, json: &str) -> Audit {
    audit_with("", checks, json)
}

const SUM: &str = "[[check]]\nid = \"t/sum\"\neach = \"tables[*]\"\nrequire = \"sum(lines[*]) = total\"\n";

/// Causes of all findings, with what they would print and whether they are likely.
fn causes(audit: &Audit) -> Vec<(CauseKind, Option<&str>, bool)> {
    let all = audit.findings.iter().flat_map(|finding| &finding.causes);
    all.map(|cause| (cause.kind, cause.repaired.as_deref(), cause.corroborated)).collect()
}

fn table(lines: &str, total: &str) -> String {
    format!("{{\"tables\": [{{\"lines\": [{lines}], \"total\": {{\"a\": {total}}}}}]}}")
}

#[test]
fn a_misprint_is_likely_where_the_right_value_is_printed_elsewhere() {
    let json =
        r#"{"tables": [{"lines": [{"a": 10.61}, {"a": 5864.03}], "total": {"a": 5877.64}}], "again": {"a": 5874.64}}"#;
    let found = audit_with("[term.a]\nkind = \"amount\"\n", SUM, json);
    assert_eq!(causes(&found), [(CauseKind::Digit, Some("5874.64"), true)]);
    // Where nothing says what a name means, the same number elsewhere is no evidence.
    assert!(causes(&audit(SUM, json)).iter().all(|(_, _, likely)| !likely));
}

#[test]
fn several_possible_misprints_are_counted_not_chosen_from() {
    let found = audit(SUM, &table(r#"{"a": 1.25}, {"a": 2.25}"#, "3.60"));
    assert_eq!(causes(&found), []);
    assert!(found.findings[0].repairs.is_some_and(|count| count > 1), "{:?}", found.findings[0].repairs);
}

#[test]
fn a_repair_that_breaks_a_tie_that_holds_is_not_offered() {
    // The second table needs 20.00 as it is; nothing else says which figure of the first is wrong.
    let checks = "[[check]]\nid = \"t/one\"\nfor = [\"a\", \"b\", \"c\"]\nrequire = \"a + b = c\"\n\
                  [[check]]\nid = \"t/two\"\nfor = [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\"]\nrequire = \"a = d and b = e and c = f\"\n";
    let json = r#"{"a": 10.50, "b": 20.00, "c": 31.50, "d": 10.50, "e": 20.00, "f": 31.50}"#;
    let found = audit(checks, json);
    assert_eq!((found.ties.broken, causes(&found)), (1, vec![]));
    assert_eq!(found.findings[0].repairs, Some(0));
}

#[test]
fn an_operand_left_out_or_counted_twice_is_only_possible() {
    let lines = r#"{"a": 111.11}, {"a": 247.93}, {"a": 58.02}"#;
    assert_eq!(causes(&audit(SUM, &table(lines, "169.13"))), [(CauseKind::LeftOut, None, false)]);
    assert_eq!(causes(&audit(SUM, &table(lines, "664.99"))), [(CauseKind::CountedTwice, None, false)]);
    assert_eq!(causes(&audit(SUM, &table(lines, "417.06"))), []);
}

#[test]
fn a_ratio_upside_down() {
    let check =
        "[[check]]\nid = \"t/rate\"\nfor = [\"posts\", \"staff\", \"rate\"]\nrequire = \"staff / posts = rate\"\n";
    let upside_down = audit(check, r#"{"posts": 71, "staff": 88, "rate": "80.68%"}"#);
    assert_eq!(causes(&upside_down), [(CauseKind::Inverted, None, true)]);
    let right = audit(check, r#"{"posts": 143, "staff": 136, "rate": "95.10%"}"#);
    assert_eq!((right.ties.rounded, right.findings.len()), (1, 0));
}

#[test]
fn two_cells_that_changed_places_are_one_finding() {
    let check =
        "[[check]]\nid = \"t/sum\"\nfor = [\"basic\", \"project\", \"all\"]\nrequire = \"basic + project = all\"\n";
    let json = r#"{"years": [{"basic": 1336.14, "project": 1943.46, "all": 1389.30}, {"basic": 1129.08, "project": 260.22, "all": 3279.60}]}"#;
    let found = audit(check, json);
    assert_eq!((found.ties.broken, found.findings.len()), (2, 1));
    assert_eq!(causes(&found), [(CauseKind::Swapped, None, true)]);
}

const READINGS: &str = "[[check]]\nid = \"t/adjusted\"\nfor = [\"initial\", \"adjustment\", \"adjusted\"]\n\
    reading.with-opening = \"opening + initial + adjustment = adjusted\"\n\
    reading.without-opening = \"initial + adjustment = adjusted\"\n";

fn rows(adjusted: &[(i64, i64)]) -> String {
    let row = |(opening, adjusted): &(i64, i64)| {
        format!("{{\"opening\": {opening}, \"initial\": 100, \"adjustment\": 20, \"adjusted\": {adjusted}}}")
    };
    format!("{{\"rows\": [{}]}}", adjusted.iter().map(row).collect::<Vec<_>>().join(", "))
}

fn matter(finding: &Finding) -> (Severity, Verdict, Option<Reason>, Option<String>) {
    match &finding.matter {
        Matter::Tie { verdict, reason, reading, .. } => (finding.severity, *verdict, reason.clone(), reading.clone()),
        Matter::Schema(violation) => panic!("{violation:?}"),
    }
}

#[test]
fn the_reading_that_most_records_keep_decides() {
    let found = audit(READINGS, &rows(&[(5, 125), (7, 127), (9, 120)]));
    let elected = (Severity::Error, Verdict::Broken, None, Some("with-opening".to_owned()));
    assert_eq!(found.findings.iter().map(matter).collect::<Vec<_>>(), [elected]);
    let other = audit(READINGS, &rows(&[(5, 120), (7, 120)]));
    assert_eq!((other.ties.exact, other.findings.len()), (2, 0));
}

#[test]
fn records_in_which_the_readings_cannot_differ_do_not_vote() {
    // Two without an opening balance, one with: it alone could vote, and one is too few.
    let found = audit(READINGS, &rows(&[(0, 120), (0, 120), (9, 120)]));
    assert_eq!((found.ties.exact, found.findings.len()), (3, 0));
}

#[test]
fn without_a_majority_the_definition_is_one_note() {
    let found = audit(READINGS, &rows(&[(5, 125), (7, 127), (8, 120), (9, 120)]));
    assert_eq!(found.ties.undecided, 4);
    let open = (Severity::Note, Verdict::Undecided, Some(Reason::NoReading), None);
    assert_eq!(found.findings.iter().map(matter).collect::<Vec<_>>(), [open]);
}

#[test]
fn with_too_few_votes_only_what_breaks_every_reading_is_doubted() {
    let found = audit(READINGS, &rows(&[(5, 999)]));
    let doubted = found.findings.iter().map(|finding| finding.severity).collect::<Vec<_>>();
    assert_eq!(doubted, [Severity::Warning]);
    assert!(audit(READINGS, &rows(&[(5, 125)])).findings.is_empty());
    assert!(audit(READINGS, &rows(&[(5, 120)])).findings.is_empty());
}

const TERMS: &str = "[axis.fund]\nvalues.general.en = [\"general\"]\n[axis.class]\ndefault = \"all\"\n\
    [term.expenditure]\nunit = \"万元\"\nlabels.en = [\"expenditure\"]\n\
    [term.basic_expenditure]\nis = \"expenditure\"\naxes = { class = \"basic\" }\n";
const AGREE: &str = "[[check]]\nid = \"t/agrees\"\nagree = [\"term\", \"year\", \"fund\", \"class\"]\n";

#[test]
fn names_that_reduce_alike_must_agree() {
    let json = r#"{"tables": {"class": "basic", "expenditure": "12.50"}, "text": {"basic_expenditure": "12.05"}, "whole": {"expenditure": "99"}}"#;
    let found = audit_with(TERMS, AGREE, json);
    assert_eq!((found.ties.broken, found.ties.total()), (1, 1));
    let restated = audit_with(TERMS, AGREE, &json.replace("12.05", "12.5"));
    assert_eq!((restated.ties.exact, restated.findings.len()), (1, 0));
}

#[test]
fn an_axis_left_unsaid_is_assumed_only_where_nothing_contradicts() {
    let one = r#"{"a": {"fund": "general", "expenditure": "10.00"}, "b": {"expenditure": "12.00"}}"#;
    let found = audit_with(TERMS, AGREE, one);
    assert_eq!(
        found.findings.iter().map(|finding| (finding.confidence, &finding.assumed[..])).collect::<Vec<_>>(),
        [(Confidence::Strong, &["fund".to_owned()][..])]
    );
    let two = r#"{"a": {"fund": "general", "expenditure": "10.00"}, "c": {"fund": "other", "expenditure": "2.00"}, "b": {"expenditure": "12.00"}}"#;
    assert_eq!(audit_with(TERMS, AGREE, two).ties.total(), 0);
}

#[test]
fn the_minority_is_the_target_and_without_a_majority_all_are() {
    let places = |values: [&str; 3]| {
        let [a, b, c] = values.map(|value| format!("{{\"expenditure\": \"{value}\"}}"));
        audit_with(TERMS, AGREE, &format!("{{\"a\": {a}, \"b\": {b}, \"c\": {c}}}"))
    };
    let literals =
        |audit: &Audit| audit.findings[0].targets.iter().map(|spot| spot.literal.clone()).collect::<Vec<_>>();
    assert_eq!(literals(&places(["4049.12", "4019.12", "4049.12"])), ["4019.12"]);
    let scattered = places(["1.00", "2.00", "3.00"]);
    assert_eq!(literals(&scattered).len(), 3);
    assert!(scattered.findings[0].recomputed.is_none());
}

#[test]
fn rows_of_one_table_restate_nothing() {
    let json = r#"{"rows": [{"expenditure": "1.00"}, {"expenditure": "2.00"}]}"#;
    assert_eq!(audit_with(TERMS, AGREE, json).ties.total(), 0);
}

#[test]
fn a_blank_item_is_implied_and_is_what_the_note_points_at() {
    let found = audit(SUM, r#"{"tables": [{"lines": [{"a": 1.5}, {"a": null}], "total": {"a": 2.5}}]}"#);
    assert_eq!(found.ties.implied, 1);
    let finding = &found.findings[0];
    assert_eq!((finding.severity, finding.targets[0].literal.as_str()), (Severity::Note, "null"));
    assert_eq!(finding.recomputed.map(|value| value.to_string()).as_deref(), Some("1"));
}

/// Ties of a check over one record: exact, rounded, broken, implied, undecided.
fn counts(requirement: &str, json: &str) -> [usize; 5] {
    let check = format!("[[check]]\nid = \"t/one\"\neach = \"this\"\n{requirement}\n");
    let ties = audit(&check, json).ties;
    [ties.exact, ties.rounded, ties.broken, ties.implied, ties.undecided]
}

#[test]
fn both_ends_of_a_range_are_checked() {
    let range = "require = \"score >= 0 and score <= 100\"";
    assert_eq!(counts(range, r#"{"score": 50}"#), [2, 0, 0, 0, 0]);
    assert_eq!(counts(range, r#"{"score": 150}"#), [1, 0, 1, 0, 0]);
}

#[test]
fn a_reading_keeps_all_its_columns() {
    let check = "[[check]]\nid = \"t/sum\"\neach = \"tables[*]\"\nreading.plain = \"sum(lines[*]) = total\"\n\
                 reading.opening = \"opening + sum(lines[*]) = total\"\n";
    let table = |b: u32| {
        format!(
            r#"{{"opening": {{"a": 5, "b": 5}}, "lines": [{{"a": 1, "b": 1}}, {{"a": 2, "b": 2}}], "total": {{"a": 3, "b": {b}}}}}"#
        )
    };
    let found = audit(check, &format!("{{\"tables\": [{}, {}, {}]}}", table(99), table(3), table(3)));
    assert_eq!((found.ties.exact, found.ties.broken), (5, 1));
}

#[test]
fn texts_that_read_as_figures_are_compared_as_figures() {
    assert_eq!(counts("require = \"a = b\"", r#"{"a": "1,000.00", "b": "1000"}"#), [1, 0, 0, 0, 0]);
    assert_eq!(counts("require = \"a <= b\"", r#"{"a": "9", "b": "10"}"#), [1, 0, 0, 0, 0]);
    assert_eq!(counts("require = \"a <= b\"", r#"{"a": "11", "b": "10"}"#), [0, 0, 1, 0, 0]);
    // Nothing is known of the order of words.
    assert_eq!(counts("require = \"a <= b\"", r#"{"a": "spring", "b": "autumn"}"#), [0, 0, 0, 0, 1]);
}

#[test]
fn a_blank_is_filled_in_on_its_own_side_and_only_in_sums() {
    let found = audit(
        "[[check]]\nid = \"t/one\"\neach = \"this\"\nrequire = \"opening + income = spending + closing\"\n",
        r#"{"opening": 10, "income": null, "spending": 20, "closing": 30}"#,
    );
    assert_eq!(found.findings[0].recomputed.map(|value| value.to_string()).as_deref(), Some("40"));
    let mean = "require = \"mean(lines[*], a) = average\"";
    assert_eq!(counts(mean, r#"{"lines": [{"a": 10.0}, {"a": null}], "average": 5.0}"#), [0, 0, 0, 0, 1]);
}

#[test]
fn one_of_two_requirements_is_enough_also_thanks_to_rounding() {
    let either = "require = \"net + vat = gross or gross = 0\"";
    assert_eq!(counts(either, r#"{"net": 83.19, "vat": 15.81, "gross": 99.01}"#), [0, 1, 0, 0, 0]);
    assert_eq!(counts(either, r#"{"net": 83.19, "vat": 15.81, "gross": 0}"#), [1, 0, 0, 0, 0]);
    assert_eq!(counts(either, r#"{"net": 83.19, "vat": 15.81, "gross": 95.00}"#), [0, 0, 1, 0, 0]);
}

#[test]
fn a_whole_result_of_a_division_was_rounded() {
    assert_eq!(counts("require = \"total / n = mean\"", r#"{"total": 100, "n": 3, "mean": 33}"#), [0, 1, 0, 0, 0]);
    assert_eq!(counts("require = \"total / n = mean\"", r#"{"total": 100, "n": 3, "mean": 34}"#), [0, 0, 1, 0, 0]);
    assert_eq!(counts("require = \"a + b = c\"", r#"{"a": 1, "b": 2, "c": 4}"#), [0, 0, 1, 0, 0]);
}

#[test]
fn what_is_allowed_more_also_counts_for_orders() {
    let order = "require = \"a <= b\"\nwithin = \"0.5\"";
    assert_eq!(counts(order, r#"{"a": 10.4, "b": 10.0}"#), [0, 1, 0, 0, 0]);
    assert_eq!(counts(order, r#"{"a": 10.9, "b": 10.0}"#), [0, 0, 1, 0, 0]);
}

#[test]
fn codes_are_no_numbers_and_blanks_are_not_alike() {
    let distinct = "require = \"distinct(rows[*], code)\"";
    let rows = |codes: &[&str]| {
        let row = |code: &&str| format!("{{\"code\": {code}}}");
        format!("{{\"rows\": [{}]}}", codes.iter().map(row).collect::<Vec<_>>().join(", "))
    };
    let different = ["\"001\"", "\"1\"", "\"1.1\"", "\"1.10\"", "\"\"", "\"\"", "null", "null"];
    assert_eq!(counts(distinct, &rows(&different)), [4, 0, 0, 0, 0]);
    assert_eq!(counts(distinct, &rows(&["\"A 1\"", "\"a1\""])), [1, 0, 1, 0, 0]);
}

#[test]
fn lines_and_total_at_the_root_are_one_table() {
    let check = "[[check]]\nid = \"t/sum\"\neach = \"this\"\nrequire = \"sum(lines[*]) = total\"\n";
    let json = r#"{"lines": [{"a": 60}, {"a": 148.14}], "total": {"a": 208.1}}"#;
    assert_eq!(audit(check, json).ties.broken, 1);
}

#[test]
fn a_share_must_come_of_a_whole_count() {
    let share = "require = \"attainable(share, n)\"";
    assert_eq!(counts(share, r#"{"share": "41.07%", "n": 112}"#), [1, 0, 0, 0, 0]);
    assert_eq!(counts(share, r#"{"share": "47.01%", "n": 112}"#), [0, 0, 1, 0, 0]);
    assert_eq!(counts(share, r#"{"share": "33.3%", "n": 3}"#), [1, 0, 0, 0, 0]);
    assert_eq!(counts(share, r#"{"share": "0%", "n": 7}"#), [1, 0, 0, 0, 0]);
    assert_eq!(counts(share, r#"{"share": null, "n": 7}"#), [0, 0, 0, 0, 1]);
}

#[test]
fn a_blank_that_one_tie_shows_to_be_zero_is_zero_in_the_others() {
    let terms =
        ["a", "b", "c", "all"].map(|name| format!("[term.{name}]\nkind = \"count\"\nsign = \"positive\"\n")).concat();
    let checks = "[[check]]\nid = \"t/column\"\neach = \"root\"\nrequire = \"sum(rows[*].a) = total.a\"\n\
                  [[check]]\nid = \"t/row\"\neach = \"rows[*]\"\nrequire = \"a + b + c = all\"\n";
    let verdicts = |first: &str, total: &str| {
        let json = format!(
            "{{\"rows\": [{first}, {{\"a\": 4, \"b\": 1, \"c\": 1, \"all\": 6}}], \"total\": {{\"a\": {total}}}}}"
        );
        let audit = audit_with(&terms, checks, &json);
        let rows = audit.tie_records.iter().filter(|tie| tie.check == "t/row");
        let first = rows.map(|tie| (tie.verdict, tie.implied.clone())).next();
        first.unwrap()
    };
    let row = r#"{"a": null, "b": null, "c": 3, "all": 5}"#;
    assert_eq!(verdicts(row, "4"), (Verdict::Implied, Some("2".into())), "a is zero, so b is 2");
    assert_eq!(
        verdicts(row, "5").0,
        Verdict::Undecided,
        "a is 1 by its column, but that tie was not decided without it"
    );
    let all_zero = r#"{"a": null, "b": 1, "c": 1, "all": 5}"#;
    assert_eq!(
        verdicts(all_zero, "4"),
        (Verdict::Implied, Some("3".into())),
        "one blank beside a filled total accuses no one"
    );
}

#[test]
fn dates_serials_and_beginnings_of_texts_are_compared() {
    let checks = "[[check]]\nid = \"t/order\"\neach = \"rows[*]\"\nwhen = \"exists(prev)\"\nrequire = \"date(prev.day) <= date(day)\"\n\
                  [[check]]\nid = \"t/exists\"\neach = \"rows[*]\"\nrequire = \"is_date(day)\"\n\
                  [[check]]\nid = \"t/year\"\neach = \"rows[*]\"\nrequire = \"year(day) = 2019\"\n\
                  [[check]]\nid = \"t/serial\"\neach = \"rows[*]\"\nwhen = \"exists(prev)\"\nrequire = \"no > prev.no\"\n\
                  [[check]]\nid = \"t/code\"\neach = \"rows[*]\"\nrequire = \"starts_with(code, this.group)\"\n";
    let verdicts = |day: &str, no: &str, code: &str| {
        let json = format!(
            "{{\"rows\": [{{\"day\": \"2019.3.21\", \"no\": \"9\", \"code\": \"A1-2\", \"group\": \"A1\"}}, \
             {{\"day\": \"{day}\", \"no\": \"{no}\", \"code\": \"{code}\", \"group\": \"A1\"}}]}}"
        );
        let audit = audit(checks, &json);
        let last = |id: &str| audit.tie_records.iter().filter(|tie| tie.check == id).map(|tie| tie.verdict).next_back();
        ["t/order", "t/exists", "t/year", "t/serial", "t/code"].map(|id| last(id).unwrap())
    };
    use Verdict::{Broken, Exact, Undecided};
    assert_eq!(verdicts("2019年4月1日", "10", "a1-3"), [Exact; 5]);
    assert_eq!(verdicts("2018-12-31", "8", "B1-3"), [Broken, Exact, Broken, Broken, Broken]);
    assert_eq!(verdicts("2019.15.1", "x", "A1"), [Undecided, Broken, Undecided, Undecided, Exact]);
    assert_eq!(verdicts("2019年4月", "9", "A1"), [Undecided, Exact, Exact, Broken, Exact], "a month has no day");
}

#[test]
fn what_changes_a_decision_is_said_and_comes_first() {
    let checks = "[[check]]\nid = \"t/sum\"\neach = \"root\"\nrequire = \"a + b = c\"\n\
                  [[check]]\nid = \"t/grade\"\neach = \"root\"\nrequire = \"score >= pass\"\ndecision = true\n\
                  message.en = \"{target} {recomputed} fails\"\nmessage.zh = \"不合格\"\n";
    let audit = audit(checks, r#"{"a": 1, "b": 1, "c": 3, "score": 59, "pass": 60}"#);
    let found: Vec<(&str, bool)> =
        audit.findings.iter().map(|finding| (finding.rule.id.as_str(), finding.decision)).collect();
    assert_eq!(found, [("t/grade", true), ("t/sum", false)]);
}

#[test]
fn a_figure_is_not_held_against_itself() {
    let check = "[[check]]\nid = \"t/same\"\nfor = [\"a\"]\nrequire = \"root.a = a\"\n";
    let audit = audit(check, r#"{"a": 5, "b": {"a": 5}}"#);
    assert_eq!(audit.tie_records.len(), 1);
    assert_eq!((audit.ties.exact, audit.measured, audit.tied), (1, 2, 2));
}

#[test]
fn limits_that_are_set_must_agree_and_those_that_are_printed_need_not() {
    let terms = "[term.target]\nkind = \"parameter\"\n[term.rate]\nkind = \"ratio\"\n";
    let check = "[[check]]\nid = \"t/agree\"\nagree = [\"term\"]\n";
    let ties = |name: &str, first: &str, second: &str| {
        let json = format!("{{\"a\": {{\"{name}\": \"{first}\"}}, \"b\": {{\"{name}\": \"{second}\"}}}}");
        let audit = audit_with(terms, check, &json);
        audit.tie_records.iter().map(|tie| tie.verdict).collect::<Vec<_>>()
    };
    assert_eq!(ties("target", "≥279", "279"), [Verdict::Exact]);
    assert_eq!(ties("target", "≥279", "≥245"), [Verdict::Broken]);
    assert_eq!(ties("rate", "≤10%", "8%"), [], "a limit of a measured figure is no value of it");
}

#[test]
fn conditions_order_figures_as_they_are_printed() {
    for (operator, expected) in
        [("=", [0, 1, 0]), ("!=", [1, 0, 1]), ("<", [1, 0, 0]), ("<=", [1, 1, 0]), (">", [0, 0, 1]), (">=", [0, 1, 1])]
    {
        for ((low, high), holds) in [(1.5, 2.5), (2.5, 2.5), (3.5, 2.5)].into_iter().zip(expected) {
            let requirement = format!("require = \"if(low {operator} high, yes, no) = which\"");
            let json = format!(r#"{{"low": {low}, "high": {high}, "yes": 1, "no": 0, "which": {holds}}}"#);
            assert_eq!(counts(&requirement, &json), [1, 0, 0, 0, 0], "{low} {operator} {high}");
        }
    }
}

#[test]
fn texts_are_alike_but_for_their_forms() {
    let same = "require = \"name = other\"";
    assert_eq!(counts(same, r#"{"name": "甲（一） A", "other": "甲(一)a"}"#), [1, 0, 0, 0, 0]);
    assert_eq!(counts(same, r#"{"name": "甲", "other": "甲"}"#), [1, 0, 0, 0, 0]);
    assert_eq!(counts(same, r#"{"name": "甲", "other": "乙"}"#), [0, 0, 1, 0, 0]);
    assert_eq!(counts("require = \"name != other\"", r#"{"name": "甲", "other": "乙"}"#), [1, 0, 0, 0, 0]);
    assert_eq!(counts("require = \"name != other\"", r#"{"name": "甲", "other": "甲"}"#), [0, 0, 1, 0, 0]);
    assert_eq!(counts("require = \"flag\"", r#"{"flag": true}"#), [1, 0, 0, 0, 0]);
    assert_eq!(counts("require = \"flag\"", r#"{"flag": false}"#), [0, 0, 1, 0, 0]);
    assert_eq!(counts("require = \"is_date(day)\"", r#"{"day": " "}"#), [0, 0, 0, 0, 1]);
}

#[test]
fn least_and_greatest_are_of_two_quantities_or_of_a_list() {
    let json = r#"{"lines": [{"a": 1.5}, {"a": 4.5}], "a": 2.5, "b": 3.5, "least": 1.5, "most": 4.5}"#;
    assert_eq!(counts("require = \"max(a, b) = b\"", json), [1, 0, 0, 0, 0]);
    assert_eq!(counts("require = \"min(a, b) = a\"", json), [1, 0, 0, 0, 0]);
    assert_eq!(counts("require = \"max(lines[*], a) = most\"", json), [1, 0, 0, 0, 0]);
    assert_eq!(counts("require = \"min(lines[*], a) = least\"", json), [1, 0, 0, 0, 0]);
}

#[test]
fn figures_of_unlike_units_are_not_added() {
    let sum = "require = \"a + b = c\"";
    assert_eq!(counts(sum, r#"{"a": "5元", "b": "3元", "c": "8元"}"#), [1, 0, 0, 0, 0]);
    assert_eq!(counts(sum, r#"{"a": "5元", "b": "3人", "c": "8元"}"#), [0, 0, 0, 0, 1]);
}

#[test]
fn a_blank_is_only_filled_in_where_it_is_added() {
    let verdict = |requirement: &str, json: &str| {
        let found = audit(&format!("[[check]]\nid = \"t/one\"\neach = \"this\"\nrequire = \"{requirement}\"\n"), json);
        found.tie_records[0].verdict
    };
    assert_eq!(verdict("a * b = c", r#"{"a": 2.5, "b": null, "c": 5.0}"#), Verdict::Undecided);
    assert_eq!(verdict("a - b = c", r#"{"a": 7.5, "b": null, "c": 5.0}"#), Verdict::Undecided);
    let list = r#"{"a": 7.5, "lines": [{"a": 1.5}, {"a": null}], "c": 5.0}"#;
    assert_eq!(verdict("a - sum(lines[*], a) = c", list), Verdict::Undecided);
    assert_eq!(verdict("c + sum(lines[*], a) = a", list), Verdict::Implied);
    assert_eq!(verdict("a + b = c", r#"{"a": 2.5, "b": null, "c": 5.0}"#), Verdict::Implied);
    assert_eq!(verdict("b - a = c", r#"{"a": 2.5, "b": null, "c": 5.0}"#), Verdict::Implied);
}

#[test]
fn a_whole_total_of_figures_with_decimals_was_rounded() {
    assert_eq!(counts("require = \"a + b = c\"", r#"{"a": 1.4, "b": 1.3, "c": 3}"#), [0, 1, 0, 0, 0]);
    assert_eq!(counts("require = \"a + b = c\"", r#"{"a": 1.4, "b": 1.3, "c": 4}"#), [0, 0, 1, 0, 0]);
}

#[test]
fn a_blank_total_is_what_its_column_gives() {
    let json =
        r#"{"tables": [{"lines": [{"a": 1.5, "b": 1.5}, {"a": 1.0, "b": 2.0}], "total": {"a": null, "b": 3.5}}]}"#;
    let found = audit(SUM, json);
    assert_eq!((found.ties.exact, found.ties.implied), (1, 1));
    let finding = &found.findings[0];
    assert_eq!(finding.targets[0].place.pointer, "/tables/0/total/a");
    assert_eq!(finding.recomputed.map(|value| value.to_string()).as_deref(), Some("2.5"));
}

#[test]
fn restatements_in_fewer_digits_agree_by_rounding() {
    let ties = |first: &str, second: &str| {
        let json = format!(
            r#"{{"a": {{"class": "basic", "expenditure": "{first}"}}, "b": {{"basic_expenditure": "{second}"}}}}"#
        );
        let ties = audit_with(TERMS, AGREE, &json).ties;
        [ties.exact, ties.rounded, ties.broken]
    };
    assert_eq!((ties("12.5", "12.46"), ties("12.46", "12.5")), ([0, 1, 0], [0, 1, 0]));
    assert_eq!((ties("12.5", "12.30"), ties("12.30", "12.5")), ([0, 0, 1], [0, 0, 1]));
    assert_eq!(ties("12.5", "12.50"), [1, 0, 0]);
    let json = r#"{"a": {"class": "basic", "expenditure": "12.5"}, "b": {"basic_expenditure": "12.46"}}"#;
    let found = audit_with(TERMS, AGREE, json);
    assert_eq!(found.tie_records[0].allowance.as_deref(), Some("0.055"), "half a unit of each");
}

#[test]
fn half_of_the_votes_is_no_majority() {
    let found = audit(READINGS, &rows(&[(5, 125), (7, 127), (8, 120), (9, 999)]));
    assert_eq!((found.ties.undecided, found.ties.total()), (4, 4));
}

#[test]
fn a_record_without_an_opening_balance_has_no_vote() {
    let doubted = audit(READINGS, &rows(&[(0, 120), (0, 120), (9, 999)]));
    assert_eq!((doubted.ties.exact, doubted.ties.broken), (2, 1));
    let broken = audit(READINGS, &rows(&[(0, 999), (5, 125)]));
    assert_eq!((broken.ties.exact, broken.ties.broken), (1, 1));
}

#[test]
fn a_record_that_lacks_an_operand_of_the_elected_reading_is_undecided() {
    let three = rows(&[(5, 125), (7, 127)]).replace("]}", r#", {"initial": 100, "adjustment": 20, "adjusted": 120}]}"#);
    let found = audit(READINGS, &three);
    assert_eq!((found.ties.exact, found.ties.undecided), (2, 1));
}

#[test]
fn the_reason_names_the_field_or_what_is_printed_there() {
    let reason = |requirement: &str, json: &str| {
        let check = format!("[[check]]\nid = \"t/one\"\neach = \"this\"\nrequire = \"{requirement}\"\n");
        audit(&check, json).tie_records[0].reason.clone()
    };
    let blank = reason("a * b = c", r#"{"a": 2.5, "b": null, "c": 5.0}"#);
    assert_eq!(blank, Some(Reason::Blank("b".into())));
    let words = reason("a + b = c", r#"{"a": 2.5, "b": "many", "c": 5.0}"#);
    assert_eq!(words, Some(Reason::NotAFigure("many".into())));
}

#[test]
fn a_quantity_with_a_name_stands_for_what_it_says_unless_a_field_has_the_name() {
    let named = "let.whole = \"a + b\"\nrequire = \"whole = c\"";
    assert_eq!(counts(named, r#"{"a": 1.5, "b": 2.5, "c": 4.0}"#), [1, 0, 0, 0, 0]);
    assert_eq!(counts(named, r#"{"a": 1.5, "b": 2.5, "c": 9.0}"#), [0, 0, 1, 0, 0]);
    assert_eq!(counts(named, r#"{"a": 1.5, "b": 2.5, "c": 9.0, "whole": 9.0}"#), [1, 0, 0, 0, 0]);
}

#[test]
fn blanks_on_both_sides_may_make_up_for_each_other() {
    let terms = "[term.a]\nkind = \"count\"\nsign = \"positive\"\n";
    let check = "[[check]]\nid = \"t/sides\"\neach = \"root\"\nrequire = \"sum(left[*].a) = sum(right[*].a)\"\n";
    let verdict = |left: &str, right: &str| {
        let json =
            format!("{{\"left\": [{{\"a\": 8}}, {{\"a\": {left}}}], \"right\": [{{\"a\": 5}}, {{\"a\": {right}}}]}}");
        audit_with(terms, check, &json).tie_records[0].verdict
    };
    assert_eq!(verdict("null", "null"), Verdict::Undecided);
    assert_eq!(verdict("2", "null"), Verdict::Implied);
    assert_eq!(verdict("2", "9"), Verdict::Broken);
    assert_eq!(verdict("null", "1"), Verdict::Broken, "what is blank cannot be negative");
}
