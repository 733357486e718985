//! Paths that lead to nothing, or to too much, and what is said of them.

use super::{applied, require, with_terms};

#[test]
fn what_is_missing_is_named_as_far_as_the_path_was_followed() {
    let json = r#"{"a": {"b": 1}, "rows": [{"k": 1, "x": 5}, {"k": 2, "x": 6}], "t": 5}"#;
    for (path, name) in [
        ("gone", "gone"),
        ("a.c", "a.c"),
        ("a.b.c", "a.b.c"),
        ("rows[7].x", "rows[7]"),
        ("rows[-3].x", "rows[-3]"),
        ("rows[1].y", "rows[1].y"),
        ("rows[k = 7].x", "rows[…].x"),
        ("sum(rows[k = 7].x)", "rows[…].x"),
        ("a[*].x", "a[…]"),
        ("a[0].x", "a[…]"),
        ("a[k = 1].x", "a[…]"),
    ] {
        assert_eq!(require(&format!("{path} = t"), json), [format!("undecided Missing({name:?})")], "{path}");
    }
    for (path, name) in [("rows[*].x", "rows[*].x"), ("rows[k > 0].x", "rows[…].x")] {
        assert_eq!(require(&format!("{path} = t"), json), [format!("undecided Ambiguous({name:?})")], "{path}");
    }
    for path in ["rows[0].x", "rows[-2].x", "rows[k = 1].x", "rows[k < 2].x"] {
        assert_eq!(require(&format!("{path} = t"), json), ["exact"], "{path}");
    }
}

#[test]
fn a_record_that_lacks_something_can_be_passed_over_and_no_other() {
    let json = r#"{"rows": [{"a": 1, "b": 2, "c": 3}, {"a": 1, "c": 1}, {"a": 1, "b": 2, "c": 4}, {"a": "x", "b": 2, "c": 3}]}"#;
    let check = "[[check]]\nid = \"t/t\"\neach = \"rows[*]\"\nrequire = \"a + b = c\"\n";
    let (broken, words) = ("broken /rows/2/c by 1 within 0", "undecided NotAFigure(\"x\")");
    assert_eq!(with_terms("", check, json), ["exact", "undecided Missing(\"b\")", broken, words]);
    assert_eq!(with_terms("", &format!("{check}missing = \"ignore\"\n"), json), ["exact", broken, words]);
}

#[test]
fn neighbours_and_what_holds_a_record_are_found_and_nothing_beyond() {
    let json = r#"{"year": 2019, "a": 1, "rows": [{"x": 1}, {"x": 2}, {"x": 3}]}"#;
    let rows = |require: &str| {
        let check = format!("[[check]]\nid = \"t/t\"\neach = \"rows[*]\"\nrequire = \"{require}\"\n");
        with_terms("", &check, json)
    };
    let missing = |name: &str| format!("undecided Missing({name:?})");
    assert_eq!(rows("prev.x + 1 = x"), [missing("prev"), "exact".into(), "exact".into()]);
    assert_eq!(rows("next.x - 1 = x"), ["exact".into(), "exact".into(), missing("next")]);
    assert_eq!(rows("parent.a < x + 1")[0], "exact");
    // Its year is said by what holds it; an amount is not.
    assert_eq!(rows("x < year")[0], "exact");
    assert_eq!(rows("x < a")[0], missing("a"));
}

#[test]
fn a_filter_finds_every_item_that_it_holds_for() {
    let json = r#"{"one": 1, "t": 11, "k": "7",
        "rows": [{"k": 1, "m": 1, "n": 0, "of": {"k": 5}, "x": 11}, {"k": 2, "m": 9, "n": 7, "of": {"k": 6}, "x": 13}],
        "texts": [{"k": "7", "x": 4}, {"k": 7.0, "x": 5}, {"k": "7", "x": 2}, {"k": "8", "x": 9}]}"#;
    for path in ["rows[k = m].x", "rows[k = n + 1].x", "rows[k = this.one + n].x", "rows[of.k = 5].x"] {
        assert_eq!(require(&format!("{path} = t"), json), ["exact"], "{path}");
    }
    assert_eq!(require("sum(texts[k = this.k].x) = t", json), ["exact"], "each once");
    let held = r#"{"t": 3, "year": 2019, "rows": [{"x": 3}, {"year": 2018, "x": 5}]}"#;
    assert_eq!(require("rows[year = 2019].x = t", held), ["exact"], "what holds it says its year");
    assert_eq!(require("sum(texts[k = 7].x) = t", json), ["exact"]);
}

#[test]
fn an_equality_is_looked_up_and_not_searched_for() {
    let rows: Vec<String> = (0..15_000).map(|at| format!("{{\"k\": {at}, \"t\": \"t{at}\"}}")).collect();
    let json = format!("{{\"rows\": [{}]}}", rows.join(","));
    for filter in ["k = this.k", "k = this.k - 0", "t = this.t", "k = 7", "t = 't7'"] {
        let check =
            format!("[[check]]\nid = \"t/t\"\neach = \"rows[*]\"\nrequire = \"k >= 0 * count(root.rows[{filter}])\"\n");
        let (_, applied) = applied("", &check, &json, false);
        assert!(applied.faults.is_empty(), "{filter}: {:?}", applied.faults);
    }
}
