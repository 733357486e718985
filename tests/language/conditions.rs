//! Conditions: on texts and figures as they are printed, true, false or unknown.

use super::with_terms;

/// Whether a check is made where a condition holds.
fn holds(condition: &str, json: &str) -> bool {
    let terms = "[term.a]\nkind = \"amount\"\n";
    let check = format!("[[check]]\nid = \"t/t\"\neach = \"root\"\nwhen = '''{condition}'''\nrequire = \"one = 1\"\n");
    match &with_terms(terms, &check, &json.replacen('{', "{\"one\": 1, ", 1))[..] {
        [] => false,
        [only] if only == "exact" => true,
        other => panic!("{other:?}"),
    }
}

#[test]
fn texts_are_compared_without_their_spaces_and_forms() {
    for (text, same) in
        [("甲 乙", "甲乙"), ("“甲”", "\"甲\""), ("‘甲’", "'甲'"), ("【甲】", "〔甲〕"), ("（Ａ）", "(a)"), ("一", "一")]
    {
        let json = format!("{{\"k\": {}, \"m\": {}}}", serde_json::json!(text), serde_json::json!(same));
        assert!(holds("k = m", &json) && !holds("k != m", &json), "{text}");
    }
    assert!(!holds("k = m", r#"{"k": "甲", "m": "乙"}"#) && holds("k != m", r#"{"k": "甲", "m": "乙"}"#));
    assert!(holds("k in (\"乙\", \"甲\")", r#"{"k": "甲"}"#) && !holds("k in (\"乙\", \"丙\")", r#"{"k": "甲"}"#));
}

#[test]
fn a_text_that_reads_as_a_number_is_one_beside_a_number_only() {
    assert!(holds("k = \"12\"", r#"{"k": "12"}"#));
    assert!(!holds("k = \"12.0\"", r#"{"k": "12"}"#));
    assert!(holds("k = 12", r#"{"k": "12.0"}"#));
    assert!(holds("k = m", r#"{"k": "12", "m": "12.0"}"#));
    assert!(holds("k > m", r#"{"k": "12", "m": "9"}"#), "serial numbers have an order");
    assert!(!holds("k > m", r#"{"k": "12", "m": "甲"}"#) && !holds("k <= m", r#"{"k": "12", "m": "甲"}"#));
    // What its term says is a figure is never a text.
    assert!(!holds("a = \"5.0\"", r#"{"a": "5.0"}"#) && holds("a = 5", r#"{"a": "5.0"}"#));
}

#[test]
fn what_is_no_condition_is_never_true() {
    let json = r#"{"k": 1, "m": 2, "yes": true, "no": false, "day": "2019.3.21", "rows": [1, 2]}"#;
    assert!(holds("yes", json) && !holds("no", json) && !holds("k", json));
    for number in ["k + m", "k - m", "m", "sum(rows[*])", "year(day)", "count(rows[*])"] {
        assert!(!holds(number, json), "{number}");
    }
    assert!(holds("not no", json) && !holds("not yes", json) && !holds("not k", json));
}

#[test]
fn figures_are_ordered_as_printed() {
    for (first, expected) in [(1, "< <= !="), (2, "<= >= ="), (3, "> >= !=")] {
        let json = format!("{{\"k\": {first}, \"m\": 2}}");
        for operator in ["<", "<=", ">", ">=", "=", "!="] {
            let is_due = expected.split(' ').any(|due| due == operator);
            assert_eq!(holds(&format!("k {operator} m"), &json), is_due, "{first} {operator} 2");
        }
    }
}

#[test]
fn one_of_two_is_enough_and_of_what_is_not_known_nothing_is() {
    let json = r#"{"k": 1, "m": 2, "day": " "}"#;
    assert!(holds("k = 1 or m = 1", json) && holds("k = 2 or m = 2", json) && !holds("k = 2 or m = 1", json));
    assert!(holds("k = 1 or gone = 1", json) && !holds("k = 2 or gone = 1", json));
    assert!(!holds("not (k = 2 or gone = 1)", json));
    assert!(!holds("is_date(day)", json) && !holds("not is_date(day)", json), "a blank may be any day");
}

#[test]
fn what_is_blank_does_not_exist() {
    for blank in ["null", "\"\"", "\"—\""] {
        assert!(!holds("exists(k)", &format!("{{\"k\": {blank}}}")), "{blank}");
    }
    assert!(
        !holds("exists(m)", r#"{"k": 1}"#) && holds("exists(k)", r#"{"k": 0}"#) && holds("exists(k)", r#"{"k": "x"}"#)
    );
    assert!(!holds("exists(k[*])", r#"{"k": [null, null]}"#) && holds("exists(k[*])", r#"{"k": [null, 1]}"#));
}
