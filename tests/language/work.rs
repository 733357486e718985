//! How much a check may look at: a bound for each check, whatever the others look at.

use super::{applied, line};

/// A condition that looks at all numbers and holds for none.
const LOOK: &str = "not exists(root.rows[*])";

fn numbers(count: usize) -> String {
    format!("{{\"rows\": [{}], \"one\": 1, \"two\": 2}}", vec!["1"; count].join(","))
}

/// A check of each of the numbers.
fn each(id: &str, when: &str, require: &str) -> String {
    format!("[[check]]\nid = \"t/{id}\"\neach = \"rows[*]\"\nwhen = \"{when}\"\nrequire = \"{require}\"\n")
}

#[test]
fn each_check_may_look_at_as_much_as_another() {
    // All numbers for each number are sixty-four million, of a hundred and one.
    let json = numbers(8000);
    let faults = |checks: &[String]| {
        let (_, applied) = applied("", &checks.concat(), &json, true);
        applied.faults.iter().map(|fault| fault.code).collect::<Vec<_>>()
    };
    let once = |id| each(id, LOOK, "this = 1");
    assert_eq!(faults(&[once("a"), once("b")]), [""; 0]);
    let twice = each("c", &format!("{LOOK} and {LOOK}"), "this = 1");
    assert_eq!(faults(&[once("a"), twice, once("b")]), ["check/too-much-work"]);
}

#[test]
fn what_holds_beside_something_broken_is_made_however_much_others_looked_at() {
    let holds = each("holds", "exists(root.rows[*])", "this = root.one");
    let broken = "[[check]]\nid = \"t/broken\"\neach = \"root\"\nrequire = \"one = two\"\n";
    let much = each("much", &format!("{LOOK} and {LOOK}"), "this = 1");
    let (document, applied) = applied("", &format!("{holds}{broken}{much}"), &numbers(7000), false);
    assert!(applied.faults.is_empty(), "{:?}", applied.faults);
    let lines: Vec<String> = applied.ties.iter().map(|tie| line(tie, &document)).collect();
    assert_eq!((lines.len(), applied.proofs.len()), (7001, 0));
    assert_eq!(lines[7000], "broken /two by 1 within 0");
}
