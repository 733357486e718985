//! A wrong check file gets a fault that points into it and says what was meant.

use insta::assert_snapshot;

use crate::desk::{Desk, VAT};

/// The run with a second check file, and what it prints; the other checks are made all the same.
fn with_check(text: &str) -> String {
    let run = Desk::new().with("checks/wrong.toml", text).run("check good.json");
    assert_eq!((run.out.as_str(), run.status), ("", 2), "{}", run.err);
    run.err
}

#[test]
fn not_toml() {
    assert_snapshot!(with_check("[[check]\nid = \"a/b\"\n"), @r#"
    fault[check/syntax]: this is not TOML: unclosed array table, expected `]`
      ┌─ checks/wrong.toml:1:9
      │
    1 │ [[check]
      │         ^
      │
      = help: a valid check is:
        [[check]]
        id = "sales/total"
        for = ["net", "vat", "gross"]
        require = "net + vat = gross"

    1 file, 3 figures, 1 tie: 1 exact, 0 rounded, 0 broken, 0 implied, 0 undecided; 1 fault; 100% of figures tied
    "#);
}

#[test]
fn an_expression_that_does_not_parse() {
    let text = "[[check]]\nid = \"a/b\"\nfor = [\"net\", \"vat\"]\nrequire = \"net + (vat = gross\"\n";
    assert_snapshot!(with_check(text), @r#"
    fault[check/expression]: `)` was expected here, found the end
      ┌─ checks/wrong.toml:4:30
      │
    4 │ require = "net + (vat = gross"
      │                              ^
      │
      = help: a valid check is:
        [[check]]
        id = "sales/total"
        for = ["net", "vat", "gross"]
        require = "net + vat = gross"

    1 file, 3 figures, 1 tie: 1 exact, 0 rounded, 0 broken, 0 implied, 0 undecided; 1 fault; 100% of figures tied
    "#);
}

#[test]
fn unlike_units() {
    let desk = Desk::bare()
        .with(
            "own/pack.toml",
            "title.en = \"Own\"\ntitle.zh = \"自备\"\nvocabulary = \"closed\"\nfiles = [\"a.toml\"]\n",
        )
        .with(
            "own/terms.toml",
            "[term.money]\nkind = \"amount\"\nunit = \"万元\"\n[term.people]\nkind = \"count\"\nunit = \"人\"\n",
        )
        .with("own/a.toml", "[[check]]\nid = \"a/b\"\nfor = [\"money\", \"people\"]\nrequire = \"money = people\"\n")
        .with("data.json", "{\"money\": 1, \"people\": 1}");
    let run = desk.run("check --checks own data.json");
    assert_eq!((run.out.as_str(), run.status), ("", 2), "{}", run.err);
    assert_snapshot!(run.err, @r#"
    fault[check/unlike-units]: `money` and `people` are measured in unlike units
      ┌─ own/a.toml:4:20
      │
    4 │ require = "money = people"
      │                    ^^^^^^

    1 file, 2 figures, 0 ties: 0 exact, 0 rounded, 0 broken, 0 implied, 0 undecided; 1 fault; 1 file without ties; 0% of figures tied
    "#);
}

#[test]
fn a_duplicate_id() {
    assert_snapshot!(with_check(VAT), @r#"
    fault[check/duplicate-id]: the id `vat/gross` is taken by the check at checks/vat.toml:1
      ┌─ checks/wrong.toml:1:1
      │
    1 │ [[check]]
      │ ^^^^^^^^^
      │
      = help: give one of the two another id

    1 file, 3 figures, 1 tie: 1 exact, 0 rounded, 0 broken, 0 implied, 0 undecided; 1 fault; 100% of figures tied
    "#);
}

#[test]
fn a_literal_zero_divisor() {
    let text = "[[check]]\nid = \"a/b\"\nfor = [\"net\", \"gross\"]\nrequire = \"net / 0 = gross\"\n";
    assert_snapshot!(with_check(text), @r#"
    fault[check/zero-divisor]: a division by zero
      ┌─ checks/wrong.toml:4:18
      │
    4 │ require = "net / 0 = gross"
      │                  ^
      │
      = help: a valid check is:
        [[check]]
        id = "sales/total"
        for = ["net", "vat", "gross"]
        require = "net + vat = gross"

    1 file, 3 figures, 1 tie: 1 exact, 0 rounded, 0 broken, 0 implied, 0 undecided; 1 fault; 100% of figures tied
    "#);
}

#[test]
fn a_folder_of_checks_that_is_not_there() {
    let run = Desk::new().run("check good.json --checks elsewhere");
    assert!(run.err.contains("path/not-found") && run.err.contains("elsewhere"), "{}", run.err);
    assert_eq!(run.status, 2);
}

#[test]
fn a_pack_that_is_not_there() {
    let run = Desk::new().run("check good.json --pack evaluation");
    assert!(run.err.contains("usage/pack") && run.err.contains("known: performance-evaluation"), "{}", run.err);
    assert_eq!(run.status, 2);
}
