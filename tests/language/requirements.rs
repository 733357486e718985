//! What a requirement makes of a record: which ties, and what in them is wrong.

use super::{applied, require, with_terms};
use tieout::tie::TieKind;

fn all(json: &str, list: &[(&str, &[&str])]) {
    for (requirement, expected) in list {
        assert_eq!(require(requirement, json), *expected, "{requirement}");
    }
}

#[test]
fn either_of_two_is_enough() {
    let json = r#"{"a": 1, "b": 1, "c": 2, "gone": null}"#;
    all(
        json,
        &[
            ("a = b or a = c", &["exact"]),
            ("a = c or a = b", &["exact"]),
            ("a = c or c = b", &["broken"]),
            ("a = c or none = b", &["undecided Missing(\"none\")"]),
            ("a = b and a = c", &["exact", "broken /c by 1 within 0"]),
            ("a >= b and a <= b", &["exact", "exact"]),
            ("a > b and a < b", &["broken /b", "broken /b"]),
        ],
    );
}

#[test]
fn texts_are_held_against_each_other() {
    let json = r#"{"k": "甲", "m": "乙", "n": "甲 ", "three": "3", "twelve": "12"}"#;
    all(
        json,
        &[
            ("k = n", &["exact"]),
            ("k = m", &["broken /m"]),
            ("k != m", &["exact"]),
            ("k != n", &["broken /n"]),
            ("k = \"甲\"", &["exact"]),
            ("k = \"乙\"", &["broken /k"]),
            ("k < m", &["undecided NotAFigure(\"甲\")"]),
            ("twelve = \"12\"", &["exact"]),
            ("twelve = \"12.0\"", &["broken /twelve"]),
            ("three < twelve", &["exact"]),
            ("twelve < three", &["broken /three"]),
            ("three < m", &["undecided NotAFigure(\"3\")"]),
        ],
    );
}

#[test]
fn what_is_asked_of_one_value_is_wrong_at_that_value() {
    let json = r#"{"of": 3, "day": "2019.2.28", "no_day": "2019.2.30", "code": "A-17", "yes": true}"#;
    all(
        json,
        &[
            ("is_date(day)", &["exact"]),
            ("is_date(no_day)", &["broken /no_day"]),
            ("starts_with(code, \"A\")", &["exact"]),
            ("starts_with(code, \"B\")", &["broken /code"]),
            ("exists(gone)", &["broken"]),
            ("yes", &["exact"]),
            ("not yes", &["broken"]),
            ("of + 1", &["undecided NotAFigure(\"\")"]),
            ("not (of = 4)", &["exact"]),
            ("not (of = 3)", &["broken"]),
            ("of in (3, 4)", &["exact"]),
            ("of in (4, 5)", &["broken"]),
        ],
    );
    let share = |share: &str| require("attainable(s, n)", &format!("{{\"s\": \"{share}\", \"n\": 3}}"));
    assert_eq!(share("33.3%"), ["exact"]);
    assert_eq!(share("33.4%"), ["broken /s"]);
    assert_eq!(share("66.7%"), ["exact"]);
    assert_eq!(share("66.6%"), ["broken /s"]);
}

#[test]
fn no_two_items_are_alike_in_all_keys() {
    let rows =
        |keys: &str, rows: &str| require(&format!("distinct(rows[*], {keys})"), &format!("{{\"rows\": [{rows}]}}"));
    assert_eq!(rows("k", r#"{"k": 1}, {"k": 2}, {"k": 3}"#), ["exact", "exact", "exact"]);
    assert_eq!(rows("k", r#"{"k": 1}, {"k": 2}, {"k": 1}"#), ["exact", "exact", "broken /rows/2/k"]);
    let (document, applied) = applied(
        "",
        "[[check]]\nid = \"t/t\"\neach = \"root\"\nrequire = \"distinct(rows[*], k)\"\n",
        r#"{"rows": [{"k": 1}, {"k": 1}, {"k": 1}]}"#,
        true,
    );
    let places: Vec<String> = applied.ties[2].operands.iter().map(|each| document.pointer(each.node)).collect();
    assert_eq!(places, ["/rows/2/k", "/rows/0/k"], "the first is evidence enough");
    assert_eq!(rows("k", r#"{"k": 1.50}, {"k": 1.5}"#), ["exact", "broken /rows/1/k"]);
    assert_eq!(rows("k", r#"{"k": "甲 乙"}, {"k": "甲乙"}"#), ["exact", "broken /rows/1/k"]);
    assert_eq!(rows("k", r#"{"k": null}, {"k": null}, {"k": " "}, {"k": " "}, {}, {}"#), [""; 0], "blanks are no keys");
    assert_eq!(
        rows("k, m", r#"{"k": 1, "m": 1}, {"k": 1, "m": 2}, {"k": 1, "m": 1}"#),
        ["exact", "exact", "broken /rows/2/k"]
    );
    assert_eq!(require("distinct(rows[*], k)", "{\"a\": 1}"), ["undecided Missing(\"rows\")"]);
}

#[test]
fn a_whole_number_that_is_a_result_was_rounded_to_it() {
    let json = r#"{"a": 7, "b": 2, "c": 4, "x": 1.2, "y": 2.4, "n": 9}"#;
    all(
        json,
        &[
            ("a / b = c", &["rounded within 0.5"]),
            ("x + y = c", &["rounded within 0.6"]),
            ("a + b = c", &["broken /c by -5 within 0"]),
            ("a * b = c", &["broken /c by -10 within 0"]),
        ],
    );
    let check = "[[check]]\nid = \"t/t\"\neach = \"root\"\nrequire = \"a / b = c\"\n";
    assert_eq!(with_terms("[term.c]\nkind = \"count\"\n", check, json), ["broken /c by 0.5 within 0"]);
}

#[test]
fn a_record_is_held_against_another_in_each_column() {
    let json = r#"{"lines": [{"label": "p", "x": 1, "y": 2.0, "z": "5%"}, {"label": "q", "x": 3, "y": 5.0, "z": "6%"}],
        "total": {"label": "all", "x": 4, "y": 8.0, "z": "11%"}}"#;
    all(
        json,
        &[
            ("sum(lines[*]) = total", &["exact", "broken /total/y by 1 within 0.15"]),
            ("total = sum(lines[*])", &["exact", "broken /total/y by 1 within 0.15"]),
            ("sum(lines[*]) <= total", &["exact", "exact"]),
            ("sum(lines[*]) >= total", &["exact", "broken /total/y"]),
        ],
    );
}

#[test]
fn a_null_is_a_column_where_its_name_has_figures_elsewhere() {
    let table = |line: &str, total: &str| {
        require(
            "sum(lines[*]) = total",
            &format!("{{\"lines\": [{{\"x\": 1{line}}}], \"total\": {{\"x\": 1{total}}}}}"),
        )
    };
    assert_eq!(table(", \"y\": 2", ", \"y\": null"), ["exact", "implied is 2"]);
    assert_eq!(table(", \"y\": null", ", \"y\": null"), ["exact"]);
    assert_eq!(table(", \"year\": 2019", ", \"year\": null"), ["exact"], "it says what the record is");
    assert_eq!(table(", \"y\": 2", ", \"y\": \"甲\""), ["exact"], "a text is no column");
    let terms = "[term.x]\nkind = \"amount\"\n[term.y]\nkind = \"ratio\"\n";
    let check = "[[check]]\nid = \"t/t\"\neach = \"root\"\nrequire = \"sum(lines[*]) = total\"\n";
    let json = r#"{"lines": [{"x": 1, "y": "5%"}], "total": {"x": 1, "y": null}}"#;
    assert_eq!(with_terms(terms, check, json), ["exact"], "shares are not added up");
    assert_eq!(table(", \"$y\": 2", ", \"$y\": null"), ["exact"]);
}

#[test]
fn the_form_of_a_tie_is_that_of_its_rest_and_all_that_is_named_takes_part() {
    let json = r#"{"a": 5, "b": 3, "c": 2, "d": 4, "share": 0.6, "none": null, "rows": [{"x": 1}, {"x": 3}], "lone": [{"x": 4}]}"#;
    let of = |require: &str| {
        let check = format!("[[check]]\nid = \"t/t\"\neach = \"root\"\nblank = \"zero\"\nrequire = \"{require}\"\n");
        let (document, applied) = applied("", &check, json, true);
        let operands: Vec<String> = applied.ties[0].operands.iter().map(|each| document.pointer(each.node)).collect();
        (applied.ties[0].kind, operands.join(" "))
    };
    for (require, kind, operands) in [
        ("b + c = a", TieKind::Sum, "/b /c /a"),
        ("a - b = c", TieKind::Difference, "/a /b /c"),
        ("a - b + c = d", TieKind::Difference, "/a /b /c /d"),
        ("b + none + c = a", TieKind::Sum, "/b /none /c /a"),
        ("sum(rows[*].x) = d", TieKind::Sum, "/rows/0/x /rows/1/x /d"),
        ("sum(lone[*].x) = d", TieKind::Equal, "/lone/0/x /d"),
        ("count(rows[*]) = c", TieKind::Count, "/rows/0 /rows/1 /c"),
        ("mean(rows[*].x) = c", TieKind::Average, "/rows/0/x /rows/1/x /c"),
        ("b / a = share", TieKind::Ratio, "/b /a /share"),
        ("share = b / a", TieKind::Ratio, "/share /b /a"),
        ("b / (b + c) = share", TieKind::Share, "/b /c /share"),
        ("(a - b) / b = share", TieKind::RelativeChange, "/a /b /share"),
        ("b / a * 2 = share", TieKind::Ratio, "/b /a /share"),
        ("b * c = d", TieKind::Other, "/b /c /d"),
        ("max(b, c) = b", TieKind::Other, "/b /c"),
        ("a = b", TieKind::Equal, "/a /b"),
        ("distinct(rows[*], x)", TieKind::Distinct, "/rows/0/x"),
        ("a > b", TieKind::Order, "/a /b"),
        ("a > b or a > c", TieKind::Order, "/a /b"),
        ("a = b or b = c", TieKind::Other, "/a /b /c"),
    ] {
        assert_eq!(of(require), (kind, operands.to_owned()), "{require}");
    }
}
