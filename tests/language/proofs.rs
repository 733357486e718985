//! What is proved without making ties: the same ties, counted; and what is left to be made.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::applied;
use tieout::check::Count;
use tieout::document::NodeId;
use tieout::tie::{Tie, Verdict};

/// What a check comes to: `exact + rounded: figures` of a proof, `made`, or both of them, with how many are
/// made; or `nothing`. A proof must count what the ties are when they are made.
fn outcome(terms: &str, check: &str, json: &str) -> String {
    let (document, short) = applied(terms, check, json, false);
    let (_, long) = applied(terms, check, json, true);
    assert!(long.proofs.is_empty());
    let proof = match (&short.proofs[..], &short.ties[..]) {
        ([], []) => "nothing".to_owned(),
        ([], _) => "made".to_owned(),
        ([proof], made) => {
            let count = &proof.count;
            let figures: Vec<String> =
                distinct(proof.figures.iter().copied()).map(|node| document.pointer(node)).collect();
            let proof = format!("{} + {}: {}", count.exact, count.rounded, figures.join(" "));
            if made.is_empty() { proof } else { format!("{proof}; {} made", made.len()) }
        }
        _ => panic!("one check has one proof"),
    };
    let proved = |of: fn(&Count) -> usize| short.proofs.iter().map(|proof| of(&proof.count)).sum::<usize>();
    for (verdict, proved) in
        [(Verdict::Exact, proved(|count| count.exact)), (Verdict::Rounded, proved(|count| count.rounded))]
    {
        let of = |ties: &[Tie]| ties.iter().filter(|tie| tie.outcome.verdict == verdict).count();
        assert_eq!(of(&short.ties) + proved, of(&long.ties), "{check}\n{json}");
    }
    let all = distinct(nodes(&short.ties).chain(short.proofs.iter().flat_map(|proof| proof.figures.iter().copied())));
    assert_eq!(all.collect::<Vec<_>>(), distinct(nodes(&long.ties)).collect::<Vec<_>>(), "{check}\n{json}");
    proof
}

/// The figures of ties that show something.
fn nodes(ties: &[Tie]) -> impl Iterator<Item = NodeId> {
    ties.iter().filter(|tie| !tie.is_trivial()).flat_map(|tie| &tie.operands).map(|each| each.node)
}

fn distinct(nodes: impl Iterator<Item = NodeId>) -> impl Iterator<Item = NodeId> {
    nodes.collect::<BTreeSet<_>>().into_iter()
}

/// A requirement of the records at a path.
fn each(path: &str, require: &str, json: &str) -> String {
    outcome("", &format!("[[check]]\nid = \"t/t\"\neach = \"{path}\"\n{require}\n"), json)
}

fn root(require: &str, json: &str) -> String {
    each("root", &format!("require = \"{require}\""), json)
}

#[test]
fn sums_that_hold_are_proved_and_others_are_made() {
    assert_eq!(root("a + b = c", r#"{"a": 1, "b": 2, "c": 3}"#), "1 + 0: /a /b /c");
    assert_eq!(root("a + b = c", r#"{"a": 1, "b": 2, "c": 4}"#), "made");
    assert_eq!(root("a + b = c", r#"{"a": 1, "b": null, "c": 1}"#), "made");
    assert_eq!(root("a + b = c", r#"{"a": 1, "b": 2}"#), "made");
    assert_eq!(root("a - b = c", r#"{"a": 5, "b": 2, "c": 3}"#), "1 + 0: /a /b /c");
    assert_eq!(root("-a = b", r#"{"a": 5, "b": -5}"#), "1 + 0: /a /b");
    assert_eq!(root("a - 1 = b", r#"{"a": 5, "b": 4}"#), "1 + 0: /a /b");
    assert_eq!(root("a + 1 = b", r#"{"a": 5, "b": 6}"#), "1 + 0: /a /b");
    assert_eq!(root("a + b = c", r#"{"a": 0, "b": 0, "c": 0}"#), "1 + 0: ", "zeros show nothing");
    let json = r#"{"c": 0, "rows": [{"a": 5}, {"a": -5}]}"#;
    assert_eq!(root("sum(rows[*].a) = c", json), "1 + 0: /c /rows/0/a /rows/1/a", "others show something");
    // Three halves of a hundredth.
    assert_eq!(root("a + b = c", r#"{"a": 1.11, "b": 2.22, "c": 3.34}"#), "0 + 1: /a /b /c");
    assert_eq!(root("a + b = c", r#"{"a": 1.11, "b": 2.22, "c": 3.35}"#), "made");
}

#[test]
fn a_figure_held_against_itself_is_no_tie_unless_something_is_done_to_it() {
    assert_eq!(root("a = a", r#"{"a": 7}"#), "nothing");
    for done in ["-a = a", "a / 2 = a", "a + 0 = a", "sum(b[*]) + a = a"] {
        assert_eq!(root(done, r#"{"a": 0, "b": [0, 0]}"#), "1 + 0: ", "{done}");
    }
}

#[test]
fn a_figure_that_stands_twice_moves_once() {
    assert_eq!(root("a + b + a = c", r#"{"a": 1.1, "b": 2.2, "c": 4.4}"#), "1 + 0: /a /b /c");
    assert_eq!(root("a + b + a = c", r#"{"a": 1.1, "b": 2.2, "c": 4.5}"#), "made");
}

#[test]
fn several_equations_are_proved_together() {
    let json = r#"{"a": 1.11, "b": 2.22, "c": 3.34, "d": 1.11}"#;
    assert_eq!(root("a + b = c and d = a", json), "1 + 1: /a /b /c /d");
    assert_eq!(root("a + b = c and d = b", json), "made");
}

#[test]
fn one_that_is_rounded_among_others_that_are_exact_is_made() {
    let rows = |list: &[&str]| {
        let rows: Vec<String> = list
            .iter()
            .map(|row| {
                let [a, b] = row.split(' ').collect::<Vec<_>>()[..] else { panic!("two figures") };
                format!("{{\"a\": {a}, \"b\": {b}}}")
            })
            .collect();
        let made = each("rows[*]", "require = \"a + 0.00 = b\"", &format!("{{\"rows\": [{}]}}", rows.join(",")));
        made.split(':').next().map(str::to_owned).unwrap_or_default()
    };
    let (exact, rounded, zero) = ("1.11 1.11", "2.22 2.23", "0.00 0.00");
    assert_eq!(rows(&[exact, rounded]), "1 + 1");
    assert_eq!(rows(&[exact, exact, rounded]), "made");
    assert_eq!(rows(&[exact, exact, exact, rounded]), "made");
    assert_eq!(rows(&[exact, exact, rounded, rounded]), "2 + 2");
    assert_eq!(rows(&[exact, zero, rounded]), "2 + 1", "zeros show nothing");
    assert_eq!(rows(&[exact, exact]), "2 + 0");
    assert_eq!(rows(&[exact, exact, rounded, "0.00 null"]), "made", "nor does a blank beside a zero");
    assert_eq!(rows(&[exact, exact, rounded, "3.33 4.44"]), "2 + 1", "where one is broken there is no habit");
}

#[test]
fn the_records_that_hold_are_proved_beside_those_that_do_not() {
    let rows = |json: &str| each("rows[*]", "require = \"a = b and a = c\"", &format!("{{\"rows\": [{json}]}}"));
    let holds = r#"{"a": 1, "b": 1, "c": 1}"#;
    let figures = "/rows/0/a /rows/0/b /rows/0/c";
    assert_eq!(rows(&format!(r#"{holds}, {{"a": 1, "b": 1, "c": 2}}"#)), format!("2 + 0: {figures}; 2 made"));
    assert_eq!(
        rows(&format!(r#"{holds}, {{"a": 1, "b": 2}}, {{"a": null, "b": 1, "c": 1}}"#)),
        format!("2 + 0: {figures}; 4 made")
    );
    assert_eq!(rows(r#"{"a": 1, "b": 2, "c": 1}"#), "made");
    let whole = |json: &str| each("rows[*]", "require = \"a + 0.00 = parent.t\"", json);
    assert_eq!(whole(r#"{"t": 1.00, "rows": [{"a": 1.00}, {"a": 2.00}]}"#), "made", "they share a figure");
    assert_eq!(whole(r#"{"t": 1.00, "rows": [{"a": 1.00}, {"a": 1.01}]}"#), "1 + 1: /t /rows/0/a /rows/1/a");
}

#[test]
fn with_an_allowance_only_what_is_exact_is_proved() {
    let check = "require = \"a + b = c\"\nwithin = \"0.01\"";
    assert_eq!(each("root", check, r#"{"a": 1.11, "b": 2.22, "c": 3.33}"#), "1 + 0: /a /b /c");
    assert_eq!(each("root", check, r#"{"a": 1.11, "b": 2.22, "c": 3.34}"#), "made");
}

#[test]
fn a_quotient_is_proved_where_only_its_result_is_rounded() {
    let third = r#"{"a": 0.333, "b": 1, "c": 3}"#;
    let result =
        |require: &str, json: &str| each("root", &format!("require = \"{require}\"\nrounding = \"result\""), json);
    assert_eq!(root("b / c = a", third), "made");
    assert_eq!(root("b / c = a", r#"{"a": 0.5, "b": 1, "c": 2}"#), "1 + 0: /a /b /c");
    assert_eq!(result("b / c = a", third), "0 + 1: /a /b /c");
    assert_eq!(result("a = b / c", third), "0 + 1: /a /b /c");
    assert_eq!(result("a = b / c", r#"{"a": -0.333, "b": 1, "c": -3}"#), "0 + 1: /a /b /c");
    assert_eq!(result("a = b / c", r#"{"a": 0.334, "b": 1, "c": 3}"#), "made");
    assert_eq!(result("a = b / c", r#"{"a": 0.333, "b": 1, "c": 0}"#), "made");
    assert_eq!(result("a = b / c", r#"{"a": 0.5, "b": 0, "c": 0}"#), "made");
    assert_eq!(result("b + c = a", r#"{"a": 3.34, "b": 1.11, "c": 2.22}"#), "made");
    assert_eq!(result("b + c = a", r#"{"a": 3.3, "b": 1.11, "c": 2.22}"#), "0 + 1: /a /b /c");
}

#[test]
fn a_record_stands_for_its_figure_in_each_column() {
    let table = |lines: &str, total: &str| {
        let json = format!("{{\"lines\": [{lines}], \"total\": {total}}}");
        let right = root("sum(lines[*]) = total", &json);
        assert_eq!(root("total = sum(lines[*])", &json), right);
        right
    };
    let lines = r#"{"a": 1, "b": 3}, {"a": 2, "b": 4}"#;
    let all = "/lines/0/a /lines/0/b /lines/1/a /lines/1/b /total/a /total/b";
    assert_eq!(table(lines, r#"{"a": 3, "b": 7}"#), format!("2 + 0: {all}"));
    assert_eq!(table(lines, r#"{"name": "all", "a": 3, "b": 7}"#), format!("2 + 0: {all}"));
    assert_eq!(table(lines, r#"{"note": null, "a": 3, "b": 7}"#), "made", "it may be due to be a figure");
    assert_eq!(table(lines, r#"{"a": 3, "b": 8}"#), "made");
    assert_eq!(table(lines, r#"{"a": 3, "b": null}"#), "made");
    assert_eq!(table(lines, r#"{"a": 3, "c": 7}"#), "made");
    assert_eq!(table(lines, r#"{"a": 3, "b": "7"}"#), "made");
    // What is set aside is read as no figure, so a blank there is told by its name elsewhere.
    let aside = |total: &str| {
        let json = format!("{{\"lines\": [{lines}], \"$set\": {{\"total\": {total}}}}}");
        root("sum(lines[*]) = `$set`.total", &json)
    };
    assert_eq!((aside(r#"{"b": null}"#), aside(r#"{"c": 7}"#)), ("made".to_owned(), "nothing".to_owned()));
    let beside = r#"{"lines": [{"a": 1, "b": 3}], "x": 1, "total": {"a": 2, "b": 4}}"#;
    let all = "/lines/0/a /lines/0/b /x /total/a /total/b";
    assert_eq!(root("sum(lines[*]) + x = total", beside), format!("2 + 0: {all}"), "one figure is in every column");
}

#[test]
fn lists_are_gone_through_each_for_itself() {
    let json = r#"{"a": [1, 2], "b": [3], "none": [], "c": 6}"#;
    assert_eq!(root("sum(a[*]) + sum(b[*]) = c", json), "1 + 0: /a/0 /a/1 /b/0 /c");
    assert_eq!(root("sum(a[*]) + sum(b[*]) + sum(none[*]) = c", json), "1 + 0: /a/0 /a/1 /b/0 /c");
    assert_eq!(root("sum(d[*]) = e", r#"{"d": [1.11, 2.22], "e": 3.34}"#), "0 + 1: /d/0 /d/1 /e");
    let rows = r#"{"rows": [{"x": 1, "of": {"x": 3}, "this": {"a": 2}}, {"x": 2, "of": {"x": 4}, "this": {"a": 2}}], "t": 3, "u": 7, "a": 1, "v": 4}"#;
    assert_eq!(root("sum(rows[*], x) = t", rows), "1 + 0: /rows/0/x /rows/1/x /t");
    assert_eq!(root("sum(rows[*], of.x) = u", rows), "1 + 0: /rows/0/of/x /rows/1/of/x /u");
    assert_eq!(root("sum(rows[*], this.a) = v", rows), "made", "`this` is no field");
    assert_eq!(root("max(rows[*].x) = t", rows), "made");
    let beside = "let.z = \"a\"\nrequire = \"sum(rows[*], x) = t\"";
    assert_eq!(each("root", beside, rows), "1 + 0: /rows/0/x /rows/1/x /t", "an expression may have a name");
    assert_eq!(root("sum(c[*]) = c", json), "made", "it is no list");
    assert_eq!(root("c - sum(b[*]) = sum(a[*])", json), "1 + 0: /a/0 /a/1 /b/0 /c");
}

#[test]
fn a_filter_is_proved_where_what_it_compares_is_plain() {
    let years = |requirement: &str, json: &str| each("now", &format!("require = \"{requirement}\""), json);
    let json = r#"{"rows": [{"y": 1, "k": "甲 乙", "x": 5}, {"y": 2, "k": "丙", "x": 7}], "now": {"y": 2, "k": "甲乙", "x": 7, "z": 5}}"#;
    assert_eq!(years("sum(root.rows[y = this.y].x) = x", json), "1 + 0: /rows/1/x /now/x");
    assert_eq!(years("sum(root.rows[y = this.y - 1].x) = z", json), "1 + 0: /rows/0/x /now/z");
    assert_eq!(years("sum(root.rows[y = this.y + 1].x) = 0 * x", json), "made");
    assert_eq!(years("sum(root.rows[y = this.y + 1].x) + x = x", json), "made", "nothing found is missing");
    assert_eq!(years("root.rows[k = this.k].x = z", json), "1 + 0: /rows/0/x /now/z");
    assert_eq!(years("root.rows[k = this.k - 1].x = z", json), "made", "no text is one less");
    assert_eq!(years("root.rows[k = this.k].x = z", &json.replace("甲", "1")), "made", "perhaps a number");
    assert_eq!(years("root.rows[k = this.k].x = z", &json.replace("甲乙", "1乙").replace("甲", "１")), "made");
}

#[test]
fn a_long_list_is_left_to_the_index() {
    let list = |count: usize| {
        let rows: Vec<String> = (0..count).map(|at| format!("{{\"k\": \"k{at}\", \"x\": 1}}")).collect();
        format!("{{\"rows\": [{}], \"now\": {{\"k\": \"k3\", \"x\": 1}}}}", rows.join(","))
    };
    let now = |json: &str| each("now", "require = \"root.rows[k = this.k].x = x\"", json);
    assert_eq!(now(&list(64)), "1 + 0: /rows/3/x /now/x");
    assert_eq!(now(&list(65)), "made");
}

#[test]
fn records_are_asked_where_the_condition_leads_to_something() {
    let check = "when = \"exists(w)\"\nrequire = \"a = b\"";
    assert_eq!(each("root", check, r#"{"a": 1, "b": 1, "w": 1}"#), "1 + 0: /a /b");
    assert_eq!(each("root", check, r#"{"a": 1, "b": 1, "w": null}"#), "nothing");
    assert_eq!(each("root", check, r#"{"a": 1, "b": 1}"#), "nothing");
    assert_eq!(each("root", "when = \"is_date(w)\"\nrequire = \"a = b\"", r#"{"a": 1, "b": 1, "w": "x"}"#), "nothing");
    let many = "when = \"exists(w[*])\"\nrequire = \"a = b\"";
    assert_eq!(each("root", many, r#"{"a": 1, "b": 1, "w": [null, 1]}"#), "1 + 0: /a /b");
    assert_eq!(each("root", many, r#"{"a": 1, "b": 1, "w": []}"#), "nothing");
    assert_eq!(each("root", many, r#"{"a": 1, "b": 1, "w": 1}"#), "nothing");
}

#[test]
fn a_field_hides_a_name_for_a_path() {
    let check = "let.x = \"other.b\"\nrequire = \"a = x\"";
    assert_eq!(each("root", check, r#"{"a": 1, "other": {"b": 1}}"#), "1 + 0: /a /other/b");
    assert_eq!(each("root", check, r#"{"a": 1, "x": 2, "other": {"b": 1}}"#), "made");
    let two = "let.y = \"other.b\"\nlet.x = \"other.c\"\nrequire = \"a + y = x\"";
    assert_eq!(each("root", two, r#"{"a": 1, "other": {"b": 1, "c": 2}}"#), "1 + 0: /a /other/b /other/c");
    let itself = "let.x = \"x.b\"\nrequire = \"a = x\"";
    assert_eq!(each("root", itself, r#"{"a": 1, "x": {"b": 1}}"#), "made");
}

#[test]
fn words_of_the_language_are_no_fields() {
    assert_eq!(root("a + prev.x = b", r#"{"a": 1, "prev": {"x": 1}, "b": 2}"#), "made");
    let json = r#"{"k": 7, "m": 2, "t": 4, "rows": [{"k": 1, "m": 1, "this": 7, "x": 3}, {"k": 2, "m": 9, "this": 8, "x": 4}]}"#;
    assert_eq!(root("sum(rows[this = this.k].x) + 1 = t", json), "made");
    assert_eq!(root("sum(rows[k = m].x) = t", json), "made", "`m` is that of the row");
}

#[test]
fn records_are_found_along_a_path_where_it_leads_on() {
    let json = r#"{"parts": [{"rows": [{"a": 1, "b": 1}]}, {"name": "empty"}, {"rows": {"x": {"a": 5, "b": 6}}}, {"rows": [{"a": 2, "b": 2}]}]}"#;
    let all = "2 + 0: /parts/0/rows/0/a /parts/0/rows/0/b /parts/3/rows/0/a /parts/3/rows/0/b";
    assert_eq!(each("parts[*].rows[*]", "require = \"a = b\"", json), all);
    assert_eq!(each("parts[name = 'x'].rows[*]", "require = \"a = b\"", json), "nothing");
    let held = r#"{"t": 3, "rows": [{"a": 1, "b": 4}], "c": 1}"#;
    assert_eq!(each("rows[*]", "require = \"a + parent.t = b\"", held), "1 + 0: /t /rows/0/a /rows/0/b");
    assert_eq!(each("rows[*]", "require = \"a + root.t = b\"", held), "1 + 0: /t /rows/0/a /rows/0/b");
    assert_eq!(each("rows[*]", "require = \"a = parent.c\"", held), "1 + 0: /rows/0/a /c");
    assert_eq!(each("rows[*]", "require = \"parent.c + 2 = root.t\"", held), "made", "no figure of the record itself");
}

#[test]
fn all_figures_of_a_list_are_added_up_for_each_of_its_records() {
    let check = "require = \"sum(parent.rows[*].x) = t\"";
    // Counting its own figure twice and that of the first not at all would give 7 for the second, 8 for the third.
    let json = r#"{"rows": [{"x": 1, "t": 6}, {"x": 2, "t": 7}, {"x": 3, "t": 8}]}"#;
    assert_eq!(each("rows[*]", check, json), "made");
    let json = r#"{"rows": [{"x": 1, "t": 6}, {"x": 2, "t": 6}, {"x": 3, "t": 6}]}"#;
    let all = "3 + 0: /rows/0/x /rows/0/t /rows/1/x /rows/1/t /rows/2/x /rows/2/t";
    assert_eq!(each("rows[*]", check, json), all);
}

#[test]
fn only_figures_of_one_measure_are_compared() {
    let plain = "[term.a]\nkind = \"amount\"\n[term.b]\nkind = \"amount\"\n[term.c]\nkind = \"amount\"\n";
    let sum = "[[check]]\nid = \"t/t\"\neach = \"root\"\nrequire = \"a + b = c\"\n";
    assert_eq!(outcome(plain, sum, r#"{"a": "5元", "b": "6元", "c": "11元"}"#), "1 + 0: /a /b /c");
    assert_eq!(outcome(plain, sum, r#"{"a": "5人", "b": "6元", "c": "11元"}"#), "made");
    let terms = "[term.a]\nkind = \"amount\"\nunit = \"万元\"\n[term.b]\nkind = \"amount\"\nunit = \"元\"\n";
    let check = |text| format!("[[check]]\nid = \"t/t\"\neach = \"root\"\nrequire = \"{text}\"\n");
    let json = r#"{"a": 1.00, "b": 10000.00}"#;
    assert_eq!(outcome(terms, &check("a = b"), json), "1 + 0: /a /b");
    assert_eq!(outcome(terms, &check("a + a = b + b"), json), "1 + 0: /a /b");
    assert_eq!(outcome(terms, &check("a + 1 = b + 1"), json), "1 + 0: /a /b");
}

#[test]
fn what_holds_of_one_of_many_records_alike_is_not_taken_for_all() {
    let rows = |check: &str, json: &str| each("rows[*]", check, json);
    // A blank text is nothing that exists.
    let json = r#"{"rows": [{"a": 1, "b": 1, "x": "y"}, {"a": 2, "b": 2, "x": ""}, {"a": 3, "b": 3, "x": "z"}]}"#;
    let figures = "/rows/0/a /rows/0/b /rows/2/a /rows/2/b";
    assert_eq!(rows("when = \"exists(x)\"\nrequire = \"a = b\"", json), format!("2 + 0: {figures}"));
    // Their own field comes before the name that the check gives.
    let json = r#"{"k": 9, "rows": [{"a": 1, "k": 1, "b": 2}, {"a": 2, "k": 1, "b": 3}]}"#;
    assert_eq!(rows("let.k = \"root.k\"\nrequire = \"a + k = b\"", json), "made");
    let json = r#"{"k": 1, "rows": [{"a": 1, "k": 5, "b": 2}, {"a": 2, "k": 5, "b": 3}]}"#;
    assert_eq!(rows("let.k = \"root.k\"\nrequire = \"a + k = b\"", json), "made");
    let json = r#"{"k": 1, "rows": [{"a": 1, "b": 2}, {"a": 2, "b": 3}]}"#;
    assert_eq!(
        rows("let.k = \"root.k\"\nrequire = \"a + k = b\"", json),
        "2 + 0: /k /rows/0/a /rows/0/b /rows/1/a /rows/1/b"
    );
    // What a filter finds is another for each.
    let json = r#"{"all": [{"n": "p", "c": 1}, {"n": "q", "c": 2}], "rows": [{"n": "p", "a": 1}, {"n": "q", "a": 2}]}"#;
    let figures = "/all/0/c /all/1/c /rows/0/a /rows/1/a";
    assert_eq!(rows("require = \"root.all[n = this.n].c = a\"", json), format!("2 + 0: {figures}"));
    let json = r#"{"all": [{"n": "p", "c": 1}, {"n": "q", "c": 2}], "rows": [{"n": "p", "a": 1}, {"n": "q", "a": 1}]}"#;
    assert_eq!(rows("require = \"root.all[n = this.n].c = a\"", json), "1 + 0: /all/0/c /rows/0/a; 1 made");
    let json = r#"{"all": [{"n": 1.0, "c": 5}, {"n": 2.0, "c": 6}], "rows": [{"n": 10, "a": 5}]}"#;
    assert_eq!(rows("require = \"root.all[n = this.n].c = a\"", json), "made", "10 is not 1.0");
    // Text where others have a number, and a record of another form among them.
    let json =
        r#"{"rows": [{"a": 1, "b": 1}, {"a": 2, "b": "2"}, {"b": 3, "a": 3}, {"a": 4, "b": 4}, {"a": 5, "b": 6}]}"#;
    let figures = "/rows/0/a /rows/0/b /rows/2/b /rows/2/a /rows/3/a /rows/3/b";
    assert_eq!(rows("require = \"a = b\"", json), format!("3 + 0: {figures}; 2 made"));
}

#[test]
fn what_records_alike_say_by_what_holds_them_stands_there_once() {
    let json = r#"{"rows": [{"a": 1}, {"a": 2}, {"a": 3}], "t": 15, "year": 5}"#;
    assert_eq!(root("sum(rows[*].year) = t", json), "made");
    assert_eq!(each("rows[*]", "require = \"a + year = 6\"", json), "made");
    let json = r#"{"rows": [{"a": 1}, {"a": 2}, {"a": 3}], "t": 6, "year": null}"#;
    assert_eq!(each("root", "when = \"exists(rows[*].year)\"\nrequire = \"sum(rows[*].a) = t\"", json), "nothing");
}

#[test]
fn a_term_is_printed_with_the_decimals_that_it_has_at_least() {
    let terms = |decimals| format!("[term.a]\nkind = \"amount\"\n{decimals}\n[term.b]\nkind = \"amount\"\n");
    let check = "[[check]]\nid = \"t/t\"\neach = \"root\"\nrequire = \"a = b\"\n";
    assert_eq!(outcome(&terms("decimals = 2"), check, r#"{"a": 1, "b": 1.4}"#), "made");
    assert_eq!(outcome(&terms(""), check, r#"{"a": 1, "b": 1.4}"#), "0 + 1: /a /b");
}

#[test]
fn what_a_filter_found_in_one_list_is_not_taken_for_another() {
    let json = r#"{"years": [
        {"year": 1, "rows": [{"n": "p", "o": 0, "c": 5}]},
        {"year": 2, "rows": [{"n": "p", "o": 5, "c": 6}]},
        {"year": 3, "rows": [{"n": "p", "o": 6, "c": 7}, {"n": "P", "o": 6, "c": 8}]}]}"#;
    let check = "let.before = \"root.years[year = this.year - 1]\"\nlet.prior = \"before.rows[n = this.n]\"\n\
        when = \"exists(before)\"\nrequire = \"prior.c = o\"";
    let figures = "/years/0/rows/0/c /years/1/rows/0/o /years/1/rows/0/c /years/2/rows/0/o /years/2/rows/1/o";
    assert_eq!(each("years[*].rows[*]", check, json), format!("3 + 0: {figures}"));
}

#[test]
fn numbers_of_an_equation_count_in_each_column_and_each_record() {
    let json = r#"{"rows": [{"a": 1, "b": 3}, {"a": 2, "b": 4}], "more": {"x": 1, "y": 2}, "most": {"x": 3, "y": 4}}"#;
    let figures = "/rows/0/a /rows/0/b /rows/1/a /rows/1/b";
    assert_eq!(each("rows[*]", "require = \"a + 2 = b\"", json), format!("2 + 0: {figures}"));
    assert_eq!(root("more + 2 = most", json), "2 + 0: /more/x /more/y /most/x /most/y");
    assert_eq!(root("more + 3 = most", json), "made");
}

#[test]
fn what_a_divisor_or_another_measure_makes_of_equal_digits_is_not_taken_for_equal() {
    assert_eq!(root("a / b = c", r#"{"a": 5, "b": 2, "c": 5}"#), "made");
    assert_eq!(root("a = c / b", r#"{"a": 5, "b": 2, "c": 5}"#), "made");
    assert_eq!(root("a / b = c", r#"{"a": 10, "b": 2, "c": 5}"#), "1 + 0: /a /b /c");
    for zero in [r#"{"a": 0, "b": 0, "c": 7}"#, r#"{"a": 0, "b": 0, "c": 0}"#] {
        assert_eq!(root("a / b = c", zero), "made");
        assert_eq!(root("c = a / b", zero), "made");
    }
    let plain = "[term.a]\nkind = \"amount\"\n[term.b]\nkind = \"amount\"\n";
    let check = "[[check]]\nid = \"t/t\"\neach = \"root\"\nrequire = \"a = b\"\n";
    assert_eq!(outcome(plain, check, r#"{"a": "5人", "b": "5元"}"#), "made");
    assert_eq!(outcome(plain, check, r#"{"a": "50人", "b": "5.0元"}"#), "made");
    assert_eq!(outcome(plain, check, r#"{"a": "5元", "b": "5.0元"}"#), "1 + 0: /a /b");
}

#[test]
fn what_holds_of_the_first_of_records_alike_is_not_taken_for_the_others() {
    let over = "rounding = \"result\"\nrequire = \"a / b = c\"";
    let json = r#"{"rows": [{"a": 1, "b": 1, "c": 1}, {"a": 0, "b": 0, "c": 5}]}"#;
    assert_eq!(each("rows[*]", over, json), "1 + 0: /rows/0/a /rows/0/b /rows/0/c; 1 made", "nothing is over zero");
    // 33.3 may be a third, 33.30 is none.
    let terms = "[term.a]\nkind = \"amount\"\n[term.b]\nkind = \"amount\"\n[term.c]\nkind = \"ratio\"\nunit = \"%\"\n";
    let check = format!("[[check]]\nid = \"t/t\"\neach = \"rows[*]\"\n{over}\n");
    let rows = |second: &str| {
        let row = |c: &str| format!("{{\"a\": 1, \"b\": 3, \"c\": {c}}}");
        format!("{{\"rows\": [{}, {}, {}]}}", row("33.3"), row(second), row("33.3"))
    };
    let all = "/rows/0/a /rows/0/b /rows/0/c /rows/1/a /rows/1/b /rows/1/c /rows/2/a /rows/2/b /rows/2/c";
    assert_eq!(outcome(terms, &check, &rows("33.33")), format!("0 + 3: {all}"));
    assert!(outcome(terms, &check, &rows("33.30")).contains("made"));
    // 1.1 in a column of hundredths is 1.10, whatever it is in the column of another part.
    let named = "[[check]]\nid = \"t/t\"\nfor = [\"a\", \"b\"]\nrequire = \"a = b\"\n";
    let json = r#"{"x": {"rows": [{"a": 1.1, "b": 1.2}, {"a": 1.1, "b": 1.2}]}, "y": {"rows": [{"a": 1.1, "b": 1.2}, {"a": 1.11, "b": 1.11}, {"a": 1.12, "b": 1.12}]}}"#;
    assert!(outcome("", named, json).contains("made"));
}

/// A decimal of so many digits behind the point, with or without zeros at its end.
fn printed(units: i64, scale: usize, trims: bool) -> String {
    let power = 10_i64.pow(u32::try_from(scale).expect("few"));
    let sign = if units < 0 { "-" } else { "" };
    let (whole, part) = (units.abs() / power, units.abs() % power);
    let text = if scale == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part:0scale$}") };
    if trims && scale > 0 { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

proptest! {
    /// Records that are printed alike, in lists of their own contexts, are proved as their ties say: `outcome` holds
    /// what is proved against the ties that are made.
    #[test]
    fn records_alike_are_proved_as_their_ties_are(
        lists in prop::collection::vec((1..9_i64, prop::collection::vec(((-30..60_i64), (-9..30_i64), -1..9_i64), 2..5)), 1..4),
        form in 0..7_usize,
        rounding in prop::sample::select(vec!["half", "result", "exact"]),
        (scale, finer, trims) in (0..3_usize, any::<bool>(), any::<bool>()),
    ) {
        let requirement = [
            "a + b = c", "a - b + 2 = c", "a / b = c", "c = a / parent.k", "a + parent.k = c", "parent.k - a = c - b", "a / (b + parent.k) = c",
        ][form];
        let ten = 10_i64.pow(u32::try_from(scale).expect("few"));
        let nearest = |over: i64, under: i64| if under == 0 { 0 } else { (2 * over * ten + under.abs()).div_euclid(2 * under) };
        let row = |k: i64, (a, b, off): &(i64, i64, i64)| {
            let c = match form {
                0 => a + b,
                1 => a - b + 2 * ten,
                2 => nearest(*a, *b),
                3 => nearest(*a, k * ten),
                4 => a + k * ten,
                5 => k * ten - a + b,
                _ => nearest(*a, b + k * ten),
            };
            let digits = if finer && *off == 3 { scale + 1 } else { scale };
            let c = (if *off == 0 { c + 1 } else { c }) * if digits > scale { 10 } else { 1 };
            let [a, b, c] = [printed(*a, scale, trims), printed(*b, scale, trims), printed(c, digits, trims)];
            format!("{{\"a\": {a}, \"b\": {b}, \"c\": {c}}}")
        };
        let list = |(k, rows): &(i64, Vec<(i64, i64, i64)>)| {
            let rows: Vec<String> = rows.iter().map(|each| row(*k, each)).collect();
            format!("{{\"k\": {k}, \"rows\": [{}]}}", rows.join(", "))
        };
        let json = format!("{{\"lists\": [{}]}}", lists.iter().map(list).collect::<Vec<_>>().join(", "));
        each("lists[*].rows[*]", &format!("rounding = \"{rounding}\"\nrequire = \"{requirement}\""), &json);
    }
}
