//! The other commands: init, explain, checks, schema, test.

use insta::assert_snapshot;

use crate::desk::{Desk, VAT};

const EXAMPLES: &str = r#"title.en = "Gross is net and tax"
title.zh = "价税合计 = 不含税金额 + 税额"
because.en = "Tax is charged on top."
example.holds = '{"net": 100, "vat": 19, "gross": 119}'
example.breaks = '{"net": 100, "vat": 19, "gross": 191}'
example.breaks-at = "/gross"
"#;

fn documented() -> Desk {
    Desk::new().with("checks/vat.toml", VAT.to_owned() + EXAMPLES)
}

#[test]
fn init_then_check() {
    let desk = Desk::bare().with(
        "report.json",
        r#"{"staffing": {"summaries": [{"rows": [{"posts_authorized": "13"}, {"posts_authorized": "11"}], "total": {"posts_authorized": "25"}}]}}"#,
    );
    assert_eq!(desk.run("check report.json").status, 2, "nothing says which pack");
    assert_eq!(desk.run("init").status, 0);
    assert_snapshot!(desk.run("check report.json --select staffing/summary-total").all(), @r#"
    error[staffing/summary-total]: authorised posts is 25 人, but its 2 lines add up to 24
      ┌─ report.json:1:127
      │
    1 │ …ries": [{"rows": [{"posts_authorized": "13"}, {"posts_authorized": "11"}], "total": {"posts_authorized": "25"}}]}}
      │                                          --                          --                                    ^^ 1 too much
      │                                          │                           │
      │                                          │                           authorised posts
      │                                          authorised posts
      │
      = 13 + 11 = 24
      = 3 different single changes would mend it, so none is suggested

    ---
    1 file, 3 figures, 1 tie: 0 exact, 0 rounded, 1 broken in 1 finding, 0 implied, 0 undecided; 100% of figures tied
    => 1
    "#);
    assert_snapshot!(desk.run("init").all(), @r#"
    ---
    fault[init/exists]: there is a tieout.toml here already; it was left as it is

    => 2
    "#);
}

#[test]
fn a_folder_of_checks_on_the_command_line() {
    let desk = Desk::bare().with("mine/vat.toml", VAT).with("a.json", r#"{"net": 1, "vat": 2, "gross": 4}"#);
    assert_eq!(desk.run("check a.json").status, 2);
    let run = desk.run("check a.json --checks mine --format short");
    assert!(run.out.contains("vat/gross") && run.status == 1, "{}", run.all());
    assert_eq!(desk.run("check a.json --checks mine/vat.toml --format short").all(), run.all());
}

#[test]
fn explain() {
    assert_snapshot!(documented().run("explain vat/gross").all(), @r#"
    vat/gross  [error]  Gross is net and tax

        net + vat = gross

    Tax is charged on top.

    Holds:

        {"net": 100, "vat": 19, "gross": 119}

    Breaks:

        {"net": 100, "vat": 19, "gross": 191}

    error[vat/gross]: gross is 191, but its 2 parts add up to 119
      ┌─ example.json:1:34
      │
    1 │ {"net": 100, "vat": 19, "gross": 191}
      │         ---         --           ^^^ 72 too much
      │         │           │
      │         │           vat
      │         net
      │
      = 100 + 19 = 119
      = 2 different single changes would mend it, so none is suggested

    ---
    => 0
    "#);
    assert_snapshot!(documented().run("explain vat/gros").all(), @r#"
    ---
    fault[usage/check]: there is no check `vat/gros`
     = help: did you mean `vat/gross`?

    => 2
    "#);
    let zh = documented().run("explain vat/gross --lang zh").out;
    assert!(zh.contains("价税合计"), "{zh}");
}

#[test]
fn checks() {
    assert_snapshot!(documented().run("checks").all(), @r#"
    checks
      vat/gross  [error]  Gross is net and tax
    ---
    => 0
    "#);
    let all = Desk::bare().run("checks --pack performance-evaluation");
    assert!(all.out.contains("staffing/summary-total") && all.status == 0, "{}", all.all());
}

#[test]
fn schemas() {
    let desk = Desk::bare();
    let names = desk.run("schema").out;
    for name in names.lines() {
        let run = desk.run(&format!("schema {name}"));
        assert_eq!(run.json()["$id"], format!("urn:tieout:{}", name.replace('/', ":")));
    }
    assert!(names.lines().any(|name| name == "output/v1"), "{names}");
    let wrong = desk.run("schema nothing");
    assert!(wrong.err.contains("known: ") && wrong.status == 2, "{}", wrong.all());
}

#[test]
fn the_examples_of_checks_are_run() {
    assert_snapshot!(documented().run("test").all(), @r#"
    2 examples: 2 passed, 0 failed
    ---
    => 0
    "#);
    assert_snapshot!(documented().run("test checks").all(), @r#"
    2 examples: 2 passed, 0 failed
    ---
    => 0
    "#);
    let wrong = VAT.to_owned() + &EXAMPLES.replace("\"gross\": 191", "\"gross\": 119");
    assert_snapshot!(Desk::new().with("checks/vat.toml", wrong).run("test").all(), @r#"
    2 examples: 1 passed, 1 failed
    ---
    fault[test/failed]: `vat/gross` should break, but it does not
      ┌─ checks/vat.toml:9:18
      │
    9 │ example.breaks = '{"net": 100, "vat": 19, "gross": 119}'
      │                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

    => 2
    "#);
    let wrong = VAT.to_owned() + &EXAMPLES.replace("\"/gross\"", "\"/net\"");
    assert!(Desk::new().with("checks/vat.toml", wrong).run("test").status > 0);
}

#[test]
fn our_own_packs_do_as_their_examples_say() {
    let run = Desk::bare().run("test --pack performance-evaluation");
    assert_eq!(run.status, 0, "{}", run.all());
}

#[test]
fn what_is_inferred_is_explained_and_left_out_like_a_check() {
    let desk = Desk::bare().with("report.md", "Forms sent 1,200, returned 1,124, a return rate of 98.67%.\n");
    let explained = desk.run("explain sentence/rate").out;
    assert!(explained.starts_with("sentence/rate  [warning]"), "{explained}");
    assert_snapshot!(desk.run("check report.md").all(), @"
    warning[sentence/rate]: a return rate of is 98.67%, but its own operands give 93.6667%
      ┌─ report.md:1:52
      │
    1 │ Forms sent 1,200, returned 1,124, a return rate of 98.67%.
      │            -----           -----                   ^^^^^^ 5.0033 percentage points too high; rounding explains at most 0.005
      │            │               │
      │            │               returned
      │            Forms sent
      │
      = 1,124 ÷ 1,200 = 93.666667%
      = possibly a misprint: one digit (8 → 3) makes it agree

    ---
    1 file, 3 figures, 1 tie: 0 exact, 0 rounded, 1 broken in 1 finding, 0 implied, 0 undecided; 100% of figures tied
    => 1
    ");
    let left_out = desk.run("check report.md --ignore sentence").all();
    assert!(!left_out.contains("sentence/rate"), "{left_out}");
    let error = desk.with("tieout.toml", "[severity]\n\"sentence\" = \"error\"\n").run("check report.md").out;
    assert!(error.contains("error[sentence/rate]"), "{error}");
}
