//! What a requirement makes of a record: which ties, and what in them is wrong.

use super::{require, with_terms};

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
