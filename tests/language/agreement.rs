//! The same figure in many places: who is outvoted, by how much, and which figures are meant to be the same.

use super::with_terms;

const TERMS: &str = "[axis.basis]\n[term.spent]\nkind = \"amount\"\nunit = \"万元\"\n[term.left]\nkind = \"amount\"\n";

/// What the agreement of all figures alike in term and basis comes to.
fn agree(more: &str, json: &str) -> Vec<String> {
    let check = format!("[[check]]\nid = \"t/t\"\nagree = [\"term\", \"basis\"]\n{more}\n");
    with_terms(TERMS, &check, json)
}

/// The same for `spent` in parts of a document that lend each other no decimals.
fn spent(values: &[&str]) -> Vec<String> {
    let parts: Vec<String> =
        values.iter().enumerate().map(|(at, value)| format!("\"p{at}\": {{\"in\": {{\"spent\": {value}}}}}")).collect();
    agree("", &format!("{{{}}}", parts.join(", ")))
}

#[test]
fn those_outside_the_majority_are_wrong() {
    assert_eq!(spent(&["5.00", "5.00", "5.00"]), ["exact"]);
    assert_eq!(spent(&["5.00", "5.00", "6.00"]), ["broken /p2/in/spent by 1 within 0.01"]);
    assert_eq!(spent(&["6.00", "5.00", "5.00"]), ["broken /p0/in/spent by 1 within 0.01"]);
    assert_eq!(spent(&["4.00", "5.00", "5.00"]), ["broken /p0/in/spent by -1 within 0.01"]);
    assert_eq!(spent(&["5.00", "6.00"]), ["broken /p0/in/spent /p1/in/spent"], "no majority");
    assert_eq!(spent(&["5.00"]), [""; 0]);
}

#[test]
fn nearly_as_many_values_as_places_are_of_many_things() {
    let undecided = ["undecided Ambiguous(\"spent\")"];
    assert_eq!(spent(&["5.00", "6.00", "7.00", "8.00"]), undecided);
    assert_eq!(spent(&["5.00", "6.00", "7.00", "8.00", "8.00"]), undecided);
    let all = ["broken /p0/in/spent /p1/in/spent /p2/in/spent /p3/in/spent"];
    assert_eq!(spent(&["5.00", "6.00", "7.00", "7.00"]), all, "three are not many");
    assert_eq!(spent(&["5.00", "5.00", "6.00", "6.00"]), all);
    let outvoted = "broken /p4/in/spent /p5/in/spent /p6/in/spent within 0.01";
    assert_eq!(spent(&["5.00", "5.00", "5.00", "5.00", "6.00", "7.00", "8.00"]), [outvoted]);
}

#[test]
fn the_finest_of_the_majority_speaks_for_it() {
    assert_eq!(spent(&["5.0", "5.00", "6.00"]), ["broken /p2/in/spent by 1 within 0.01"]);
}

#[test]
fn several_that_are_outvoted_have_a_difference_if_it_is_one() {
    assert_eq!(spent(&["5.00", "5.00", "5.00", "6.00", "6.00"]), ["broken /p3/in/spent /p4/in/spent by 1 within 0.01"]);
    assert_eq!(spent(&["5.00", "5.00", "5.00", "6.00", "7.00"]), ["broken /p3/in/spent /p4/in/spent within 0.01"]);
}

#[test]
fn rounding_explains_as_much_as_the_two_coarsest_can_differ() {
    assert_eq!(spent(&["5.00", "5.01", "5.0"]), ["rounded within 0.055"]);
    assert_eq!(spent(&["5.00", "5.01"]), ["rounded within 0.01"]);
    assert_eq!(spent(&["5.00", "5.02"]), ["broken /p0/in/spent /p1/in/spent"]);
}

#[test]
fn only_the_records_and_terms_that_are_named_take_part() {
    let json =
        r#"{"p": {"spent": 5.00, "left": 1.0}, "q": {"spent": 6.00, "left": 2.0}, "r": {"spent": 7.00, "left": 3.0}}"#;
    assert_eq!(agree("for = [\"spent\"]\namong = [\"p\", \"q\"]", json), ["broken /p/spent /q/spent"]);
    assert_eq!(agree("for = [\"spent\"]", json), ["broken /p/spent /q/spent /r/spent"]);
    assert_eq!(agree("among = [\"p\", \"q\"]", json), ["broken /p/left /q/left", "broken /p/spent /q/spent"]);
}

#[test]
fn rows_of_a_table_restate_nothing_but_sentences_do() {
    let two = |list: &str| format!("{{\"{list}\": [{{\"spent\": 5.00}}, {{\"spent\": 6.00}}]}}");
    assert_eq!(agree("", &two("rows")), [""; 0]);
    assert_eq!(agree("", &two("notes")), ["broken /notes/0/spent /notes/1/spent"]);
}

#[test]
fn what_leaves_an_axis_unsaid_joins_the_only_ones_that_say_it() {
    let json = r#"{"p": {"spent": 5.00}, "q": {"basis": "final", "spent": 6.00}}"#;
    assert_eq!(agree("", json), ["broken /p/spent /q/spent if basis"]);
    // With two bases it cannot be told which is meant.
    let json =
        r#"{"p": {"spent": 5.00}, "q": {"basis": "final", "spent": 6.00}, "r": {"basis": "initial", "spent": 7.00}}"#;
    assert_eq!(agree("", json), [""; 0]);
}
