//! Quantities: what functions and operators make of figures, blanks, texts and dates.

use super::{require, with_terms};

/// What requirements come to in the same document.
fn all(json: &str, list: &[(&str, &str)]) {
    for (requirement, expected) in list {
        assert_eq!(require(requirement, json), [*expected], "{requirement}");
    }
}

#[test]
fn a_blank_can_be_filled_in_only_where_it_is_added() {
    let json =
        r#"{"a": 5, "b": null, "c": 7, "d": null, "year": null, "rows": [{"x": 1, "y": 2}, {"x": null, "y": 3}]}"#;
    all(
        json,
        &[
            ("a + b = c", "implied within 0 is 2 ?/b"),
            ("b + a = c", "implied within 0 is 2 ?/b"),
            ("b - a = c", "implied within 0 is 12 ?/b"),
            ("a + b + d = c", "undecided Blanks(2) within 0 is 2 ?/b ?/d"),
            ("a - b = c", "undecided Blank(\"b\")"),
            ("a - (c + b) = c", "undecided Blank(\"b\") ?/b"),
            ("a * b = c", "undecided Blank(\"b\")"),
            ("b / a = c", "undecided Blank(\"b\")"),
            ("(a + b) * 2 = c", "undecided Blank(\"b\") ?/b"),
            ("abs(b) = c", "undecided Blank(\"b\")"),
            ("sum(rows[*].x) = c", "implied within 0 is 6 ?/rows/1/x"),
            ("sum(rows[*], x) = c", "implied within 0 is 6 ?/rows/1/x"),
            ("sum(rows[*], x * y) = c", "undecided Blank(\"x\")"),
            ("year * 2 = c", "undecided Blank(\"year\")"),
            ("mean(rows[*].x) = c", "undecided Blank(\"x\") ?/rows/1/x"),
            ("max(rows[*].x) = c", "undecided Blank(\"x\") ?/rows/1/x"),
        ],
    );
}

#[test]
fn a_blank_target_is_what_the_rest_gives() {
    let json = r#"{"a": 5, "b": null, "c": 7, "z": 0, "lines": [{"x": 1, "y": 2}, {"x": 3, "y": 5}], "total": {"x": 4, "y": null}}"#;
    all(
        json,
        &[
            ("a + c = b", "implied is 12"),
            ("b = a + c", "implied is 12"),
            ("b = b", "undecided Blank(\"b\")"),
            ("a / z = b", "undecided Blank(\"b\")"),
        ],
    );
    assert_eq!(require("sum(lines[*]) = total", json), ["exact", "implied is 7"]);
    let terms = "[term.b]\nkind = \"amount\"\nunit = \"万元\"\n[term.a]\nkind = \"amount\"\nunit = \"元\"\n";
    let check = "[[check]]\nid = \"t/t\"\neach = \"root\"\nrequire = \"a = b\"\n";
    assert_eq!(with_terms(terms, check, r#"{"a": 20000, "b": null}"#), ["implied is 2"]);
}

#[test]
fn blanks_are_zero_where_a_check_or_a_term_says_so() {
    let check = |more: &str| format!("[[check]]\nid = \"t/t\"\neach = \"root\"\nrequire = \"a + b = c\"\n{more}\n");
    let json = r#"{"a": 5, "b": null, "c": 5}"#;
    assert_eq!(with_terms("", &check(""), json), ["exact ?/b"]);
    assert_eq!(with_terms("", &check("blank = \"zero\""), json), ["exact"]);
    assert_eq!(with_terms("[term.b]\nkind = \"count\"\nblank = \"zero\"\n", &check(""), json), ["exact"]);
    let less = check("").replace('+', "-");
    assert_eq!(with_terms("", &less, json), ["undecided Blank(\"b\")"]);
    assert_eq!(with_terms("", &(less + "blank = \"zero\"\n"), json), ["exact"]);
    // What can only be more than nothing cannot make up for too much.
    let json = r#"{"a": 5, "b": null, "c": 4}"#;
    assert_eq!(with_terms("", &check(""), json), ["implied within 0 is -1 ?/b"]);
    assert_eq!(
        with_terms("[term.b]\nkind = \"count\"\nsign = \"positive\"\n", &check(""), json),
        ["broken /c by -1 within 0 ?/b"]
    );
}

#[test]
fn functions_of_figures() {
    let json = r#"{"a": -3, "b": 8, "c": 3, "rows": [{"x": 2, "y": 4}, {"x": 6, "y": 1}], "none": [], "k": "甲"}"#;
    all(
        json,
        &[
            ("abs(a) = c", "exact"),
            ("-a = c", "exact"),
            ("max(a, c) = c", "exact"),
            ("min(a, c) = a", "exact"),
            ("max(rows[*].x) - 3 = c", "exact"),
            ("min(rows[*].x) + 1 = c", "exact"),
            ("max(rows[*], y) - 1 = c", "exact"),
            ("mean(rows[*].x) - 1 = c", "exact"),
            ("sum(rows[*], x * y) - 11 = c", "exact"),
            ("count(rows[*]) + 1 = c", "exact"),
            ("count(rows[x > 2]) + 2 = c", "exact"),
            ("count(rows[x > 7]) + 3 = c", "exact"),
            ("round(b / 3, 1) = 2.7", "exact"),
            ("if(b > 7, c, a) = 3", "exact"),
            ("if(b > 8, c, a) = -3", "exact"),
            ("if(k > 8, c, a) = 3", "undecided NotAFigure(\"甲\")"),
            ("mean(none[*]) = c", "undecided Missing(\"mean\")"),
            ("k + 1 = c", "undecided NotAFigure(\"甲\")"),
            ("none + 1 = c", "undecided NotAFigure(\"/none\")"),
            ("rows[0] + 1 = k", "undecided NotAFigure(\"/rows/0\")"),
        ],
    );
}

#[test]
fn dates_are_days_and_years() {
    let json =
        r#"{"from": "2019.3.1", "to": "2019年3月3日", "year": 2019, "month": "2019.3", "gone": null, "k": "甲"}"#;
    all(
        json,
        &[
            ("date(from) < date(to)", "exact"),
            ("date(to) <= date(from)", "broken /from"),
            ("date(to) - date(from) = 2", "exact"),
            ("year(from) = year", "exact"),
            ("year(month) = year", "exact"),
            ("date(month) < date(to)", "undecided NotADate(\"2019.3\")"),
            ("date(gone) < date(to)", "undecided Blank(\"gone\")"),
            ("date(k) < date(to)", "undecided NotADate(\"甲\")"),
        ],
    );
}

#[test]
fn a_name_for_an_expression_is_hidden_by_a_field() {
    let check = "[[check]]\nid = \"t/t\"\neach = \"root\"\nlet.x = \"a + b\"\nlet.y = \"x * 2\"\nrequire = \"y = c\"\n";
    assert_eq!(with_terms("", check, r#"{"a": 1, "b": 2, "c": 6}"#), ["exact"]);
    assert_eq!(with_terms("", check, r#"{"a": 1, "b": 2, "c": 6, "x": 5}"#), ["broken /c by -4 within 0"]);
    assert_eq!(with_terms("", check, r#"{"a": 1, "b": 2, "c": 6, "y": 7}"#), ["broken /c by -1 within 0"]);
}

#[test]
fn only_like_units_are_added_and_compared() {
    let json = r#"{"a": "5元", "b": "6元", "c": "11元", "d": "6人", "n": 11}"#;
    all(
        json,
        &[
            ("a + b = c", "exact"),
            ("a + b = n", "exact"),
            ("a + d = c", "undecided UnlikeUnits(\"元\", \"人\")"),
            ("(a + d) / n = n", "undecided UnlikeUnits(\"元\", \"人\")"),
            ("d = b", "undecided UnlikeUnits(\"人\", \"元\")"),
        ],
    );
}
