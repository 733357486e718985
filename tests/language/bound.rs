//! Which checks found records, which nearly did, and which of those that hold are made all the same.

use super::{applied, line, with_terms};

const SUM: &str = "[[check]]\nid = \"t/sum\"\nfor = [\"a\", \"b\", \"c\"]\nrequire = \"a + b = c\"\n";

#[test]
fn checks_that_bind_nothing_or_lack_one_name_of_three_are_told() {
    let found = |check: &str, json: &str| {
        let (_, applied) = applied("", check, json, false);
        (applied.unbound.len(), applied.nearly_bound.iter().map(|(_, records)| *records).collect::<Vec<_>>())
    };
    assert_eq!(found(SUM, r#"{"a": 1, "b": 2, "c": 3}"#), (0, vec![]));
    assert_eq!(found(SUM, r#"{"a": 1, "b": 2, "c": 4}"#), (0, vec![]));
    assert_eq!(found(SUM, r#"{"x": 1}"#), (1, vec![]));
    assert_eq!(found(SUM, r#"{"a": 1}"#), (1, vec![]), "two are lacking");
    assert_eq!(found(SUM, r#"{"a": 1, "b": 2}"#), (1, vec![1]));
    assert_eq!(found(SUM, r#"{"r": [{"a": 1, "b": 2}, {"b": 1, "c": 2}, {"a": 1, "b": 2, "c": 3}]}"#), (0, vec![2]));
    assert_eq!(found(SUM, r#"{"$aside": {"a": 1, "b": 2, "c": 4}}"#), (1, vec![]), "what is set aside is no record");
    let two = "[[check]]\nid = \"t/two\"\nfor = [\"a\", \"b\"]\nrequire = \"a = b\"\n";
    assert_eq!(found(two, r#"{"a": 1}"#), (1, vec![]), "one of two is not much");
}

#[test]
fn what_holds_and_shares_a_figure_with_something_broken_is_made() {
    let checks = format!("{SUM}[[check]]\nid = \"t/same\"\nfor = [\"c\", \"d\"]\nrequire = \"c = d\"\n");
    let found = |json: &str| {
        let (document, applied) = applied("", &checks, json, false);
        let ties: Vec<String> = applied.ties.iter().map(|tie| line(tie, &document)).collect();
        (ties, applied.proofs.iter().map(|proof| proof.count.exact).sum::<usize>())
    };
    let (holds, broken) = (r#"{"a": 1, "b": 2, "c": 3}"#, r#"{"c": 3, "d": 4}"#);
    let told = |place: &str| format!("broken {place} by 1 within 0");
    assert_eq!(found(r#"{"a": 1, "b": 2, "c": 3, "d": 3}"#), (vec![], 2));
    assert_eq!(found(&format!("{{\"p\": [{holds}, {broken}]}}")), (vec![told("/p/1/d")], 1), "it shares no figure");
    assert_eq!(found(&format!("{{\"p\": {holds}, \"q\": {broken}}}")), (vec![told("/q/d")], 1), "far from it");
    assert_eq!(found(&format!("{{\"q\": {broken}, \"r\": {holds}}}")), (vec![told("/q/d")], 1), "behind it");
    assert_eq!(found(r#"{"a": 1, "b": 2, "c": 3, "d": 4}"#), (vec!["exact".into(), told("/d")], 0));
}

#[test]
fn what_stands_right_behind_something_broken_is_far_from_it() {
    let checks = format!("{SUM}[[check]]\nid = \"t/same\"\nfor = [\"e\", \"f\"]\nrequire = \"e = f\"\n");
    let json = r#"{"q": {"e": 3, "f": 4}, "a": 1, "b": 2, "c": 3}"#;
    let (_, applied) = applied("", &checks, json, false);
    assert_eq!((applied.ties.len(), applied.proofs.len()), (1, 1));
}

#[test]
fn one_relation_of_the_same_figures_is_one_tie() {
    let rows = |require: &str| {
        let check = format!("[[check]]\nid = \"t/t\"\neach = \"rows[*]\"\nrequire = \"{require}\"\n");
        with_terms("", &check, r#"{"a": 1, "b": 1, "rows": [{"x": 1}, {"x": 1}]}"#).len()
    };
    assert_eq!(rows("parent.a = parent.b"), 1);
    assert_eq!(rows("parent.a = parent.b and parent.b = parent.a"), 1);
    assert_eq!(rows("parent.a >= parent.b and parent.a <= parent.b"), 2, "two relations");
    assert_eq!(rows("x = parent.a"), 2);
    assert_eq!(rows("1 = 2"), 2, "without figures there is one for each record");
}
