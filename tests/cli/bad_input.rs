//! Hostile and broken input is normal input: a diagnostic with a place and a way out, and the others are audited.

use std::io::Read;
use std::process::Stdio;
use std::time::Duration;

use insta::assert_snapshot;

use crate::desk::Desk;

fn typed(rest: &str) -> String {
    format!(
        r#"{{"$schema": "urn:tieout:performance-evaluation:report", "entity": "A", "year": 2020, "staffing": {{"summaries": [{{"rows": [{{"posts_authorized": "13"}}], "total": {{"posts_authorized": "13"}}}}]}}{rest}}}"#
    )
}

#[test]
fn not_json() {
    assert_snapshot!(Desk::new().beside_good("bad.json", "{\"net\": 1,\n \"vat\" 2}", "json/syntax", 2), @r#"
    ---
    fault[json/syntax]: expected `:` after the key, found `2`
      ┌─ bad.json:2:8
      │
    2 │  "vat" 2}
      │        ^

    3 files, 6 figures, 2 ties: 2 exact, 0 rounded, 0 broken, 0 implied, 0 undecided; 1 fault; 100% of figures tied
    => 2
    "#);
}

#[test]
fn an_empty_file() {
    assert_snapshot!(Desk::new().beside_good("bad.json", "", "json/empty", 2), @r#"
    ---
    fault[json/empty]: there is no JSON in it
      ┌─ bad.json:1:1
      │
    1 │
      │ ^
      │
      = help: write an object, `{…}`, or leave the file out

    3 files, 6 figures, 2 ties: 2 exact, 0 rounded, 0 broken, 0 implied, 0 undecided; 1 fault; 100% of figures tied
    => 2
    "#);
}

#[test]
fn a_wrong_type() {
    let text = r#"{"$schema": "urn:tieout:performance-evaluation:report", "entity": "A", "year": "2020", "staffing": {"summaries": [{"rows": [{"posts_authorized": "13"}], "total": {"posts_authorized": "13"}}]}}"#;
    assert_snapshot!(Desk::new().beside_good("bad.json", text, "schema/type", 1), @r#"
    error[schema/type]: "2020" is not integer
      ┌─ bad.json:1:81
      │
    1 │ …uation:report", "entity": "A", "year": "2020", "staffing": {"summari…
      │                                          ^^^^ expected integer

    ---
    3 files, 8 figures, 3 ties: 3 exact, 0 rounded, 0 broken, 0 implied, 0 undecided; 1 finding; 100% of figures tied
    => 1
    "#);
}

#[test]
fn an_unknown_field() {
    assert_snapshot!(Desk::new().beside_good("bad.json", typed(", \"budgt\": {}"), "schema/unknown-field", 1), @r#"
    error[schema/unknown-field]: `budgt` is not a field of the schema
      ┌─ bad.json:1:192
      │
    1 │ …"total": {"posts_authorized": "13"}}]}, "budgt": {}}
      │                                          ^^^^^^^ unknown field
      │
      = help: did you mean `budget`?

    ---
    3 files, 8 figures, 3 ties: 3 exact, 0 rounded, 0 broken, 0 implied, 0 undecided; 1 finding; 100% of figures tied
    => 1
    "#);
}

#[test]
fn a_missing_field() {
    let text = typed("").replace("\"entity\": \"A\", ", "");
    assert_snapshot!(Desk::new().beside_good("bad.json", text, "schema/missing-field", 1), @r#"
    error[schema/missing-field]: the required field `entity` is missing
      ┌─ bad.json:1:1
      │
    1 │ {"$schema": "urn:tieout:p…
      │ ^ `entity` is missing here

    ---
    3 files, 8 figures, 3 ties: 3 exact, 0 rounded, 0 broken, 0 implied, 0 undecided; 1 finding; 100% of figures tied
    => 1
    "#);
}

#[test]
fn a_word_where_a_figure_is_due() {
    let text = typed("").replacen("\"13\"", "\"dozens\"", 1);
    assert_snapshot!(Desk::new().beside_good("bad.json", text, "schema/not-a-figure", 1), @r#"
    error[schema/not-a-figure]: dozens stands where a figure is due
      ┌─ bad.json:1:145
      │
    1 │ …ries": [{"rows": [{"posts_authorized": "dozens"}], "total": {"posts_au…
      │                                          ^^^^^^ expected a figure

    warning[staffing/summary-total]: “Each column of the staffing summary adds up to its total” could not be checked: “dozens” is not a figure
      ┌─ bad.json:1:187
      │
    1 │ …zens"}], "total": {"posts_authorized": "13"}}]}}
      │                                          -- authorised posts

    ---
    3 files, 7 figures, 3 ties: 2 exact, 0 rounded, 0 broken, 0 implied, 1 undecided; 2 findings; 85% of figures tied
    => 1
    "#);
}

#[test]
fn a_word_where_a_check_needs_a_figure() {
    let text = r#"{"net": "much", "vat": 19, "gross": 119}"#;
    assert_snapshot!(Desk::new().beside_good("bad.json", text, "vat/gross", 1), @r#"
    warning[vat/gross]: “net + vat = gross” could not be checked: “much” is not a figure
      ┌─ bad.json:1:37
      │
    1 │ {"net": "much", "vat": 19, "gross": 119}
      │                                     --- gross

    ---
    3 files, 8 figures, 3 ties: 2 exact, 0 rounded, 0 broken, 0 implied, 1 undecided; 1 finding; 75% of figures tied
    => 1
    "#);
}

#[test]
fn a_duplicate_key() {
    let text = r#"{"net": 100, "net": 200, "vat": 19, "gross": 119}"#;
    assert_snapshot!(Desk::new().beside_good("bad.json", text, "json/duplicate-key", 2), @r#"
    ---
    fault[json/duplicate-key]: the key `net` stands twice in this object
      ┌─ bad.json:1:14
      │
    1 │ {"net": 100, "net": 200, "vat": 19, "gross": 119}
      │  -----       ^^^^^
      │  │
      │  and here
      │
      = help: remove or rename one of the two

    3 files, 6 figures, 2 ties: 2 exact, 0 rounded, 0 broken, 0 implied, 0 undecided; 1 fault; 100% of figures tied
    => 2
    "#);
}

#[test]
fn a_number_of_forty_digits_is_undecided_and_says_why() {
    let text = format!(r#"{{"net": {}, "vat": 19, "gross": 119}}"#, "1234567890".repeat(4));
    assert_snapshot!(Desk::new().beside_good("bad.json", text, "vat/gross", 1), @r#"
    warning[vat/gross]: “net + vat = gross” could not be checked: 1234567890123456789012345678901234567890 has more digits than can be held exactly
      ┌─ bad.json:1:71
      │
    1 │ {"net": 1234567890123456789012345678901234567890, "vat": 19, "gross": 119}
      │                                                                       --- gross

    ---
    3 files, 8 figures, 3 ties: 2 exact, 0 rounded, 0 broken, 0 implied, 1 undecided; 1 finding; 75% of figures tied
    => 1
    "#);
}

#[test]
fn a_number_of_ten_thousand_digits_does_not_flood_the_screen() {
    for number in ["9".repeat(10_000), "1e999999999999".into(), format!("0.{}", "3".repeat(10_000))] {
        let text = format!(r#"{{"net": {number}, "vat": 19, "gross": 119}}"#);
        let shown = Desk::new().beside_good("bad.json", text, "vat/gross", 1);
        assert!(shown.contains("1 undecided") && shown.len() < 1_500, "{} {shown}", shown.len());
    }
}

#[test]
fn ten_thousand_levels() {
    let text = "[".repeat(10_000) + &"]".repeat(10_000);
    assert_snapshot!(Desk::new().beside_good("bad.json", text, "json/too-deep", 2), @r#"
    ---
    fault[json/too-deep]: nested more than 512 levels deep
      ┌─ bad.json:1:513
      │
    1 │ …[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[…
      │                                          ^
      │
      = help: a report needs a few levels: look for brackets too many

    3 files, 6 figures, 2 ties: 2 exact, 0 rounded, 0 broken, 0 implied, 0 undecided; 1 fault; 100% of figures tied
    => 2
    "#);
}

#[test]
fn not_utf_8() {
    assert_snapshot!(Desk::new().beside_good("bad.json", b"{\n\"net\": \"\xFF\"}", "read/encoding", 2), @r#"
    ---
    fault[read/encoding]: `bad.json` is not UTF-8: byte 10 (line 2) is 0xFF
     = help: save the file as UTF-8

    3 files, 6 figures, 2 ties: 2 exact, 0 rounded, 0 broken, 0 implied, 0 undecided; 1 fault; 100% of figures tied
    => 2
    "#);
}

#[test]
fn a_named_file_in_which_nothing_is_tied() {
    assert_snapshot!(Desk::new().beside_good("bad.json", "{\"a\": 1}", "check/nothing-tied", 2), @r#"
    ---
    fault[check/nothing-tied]: nothing in bad.json could be tied: no check found its figures
     = help: name a pack (--pack NAME) or a folder of your own checks (--checks DIR), and see with `-v` which checks bound nothing

    3 files, 7 figures, 2 ties: 2 exact, 0 rounded, 0 broken, 0 implied, 0 undecided; 1 fault; 85% of figures tied
    => 2
    "#);
}

#[test]
fn an_empty_list_with_a_total_is_a_broken_tie() {
    let sums = "[[check]]\nid = \"list/total\"\neach = \"list\"\nrequire = \"sum(lines[*].amount) = total.amount\"\n";
    let desk = Desk::new().with("checks/sums.toml", sums);
    let text = r#"{"list": {"lines": [], "total": {"amount": "12.00"}}}"#;
    assert_snapshot!(desk.beside_good("bad.json", text, "list/total", 1), @r#"
    error[list/total]: amount is 12.00, but it works out to 0.00
      ┌─ bad.json:1:45
      │
    1 │ {"list": {"lines": [], "total": {"amount": "12.00"}}}
      │                                             ^^^^^ 12.00 too much; rounding explains at most 0.005
      │
      = no single change mends this

    ---
    3 files, 7 figures, 3 ties: 2 exact, 0 rounded, 1 broken in 1 finding, 0 implied, 0 undecided; 100% of figures tied
    => 1
    "#);
}

#[test]
fn a_path_that_does_not_exist() {
    assert_snapshot!(Desk::new().run("check nothing.json good.json").all(), @r#"
    ---
    fault[path/not-found]: there is no nothing.json
     = help: a path starts at the current folder, unless it starts with /

    1 file, 3 figures, 1 tie: 1 exact, 0 rounded, 0 broken, 0 implied, 0 undecided; 1 fault; 100% of figures tied
    => 2
    "#);
}

#[test]
fn standard_input() {
    let desk = Desk::new();
    let input = br#"{"net": "100.00", "vat": "19.00", "gross": "191.00"}"#;
    assert_snapshot!(desk.run_with("check -", input).all(), @r#"
    error[vat/gross]: gross is 191.00, but its 2 parts add up to 119.00
      ┌─ <stdin>:1:45
      │
    1 │ {"net": "100.00", "vat": "19.00", "gross": "191.00"}
      │          ------           -----             ^^^^^^ 72.00 too much; rounding explains at most 0.015
      │          │                │
      │          │                vat
      │          net
      │
      = 100.00 + 19.00 = 119.00
      = 2 different single changes would mend it, so none is suggested

    ---
    1 file, 3 figures, 1 tie: 0 exact, 0 rounded, 1 broken in 1 finding, 0 implied, 0 undecided; 100% of figures tied
    => 1
    "#);
    assert_eq!(desk.run_with("check - --quiet", b"").status, 2);
}

#[test]
fn ndjson_with_a_broken_line_in_the_middle() {
    let desk = Desk::new().with(
        "a.ndjson",
        "{\"net\": 1, \"vat\": 2, \"gross\": 3}\n{\"net\": 1, \"vat\": ]\n\n{\"net\": 1, \"vat\": 2, \"gross\": 4}\n",
    );
    assert_snapshot!(desk.run("check a.ndjson").all(), @r#"
    error[vat/gross]: gross is 4, but its 2 parts add up to 3
      ┌─ a.ndjson:4:31
      │
    4 │ {"net": 1, "vat": 2, "gross": 4}
      │         -         -           ^ 1 too much
      │         │         │
      │         │         vat
      │         net
      │
      = 1 + 2 = 3
      = possibly net (1) was counted twice

    ---
    fault[json/syntax]: expected a value, found `]`
      ┌─ a.ndjson:2:19
      │
    2 │ {"net": 1, "vat": ]
      │                   ^

    1 file, 3 documents, 6 figures, 2 ties: 1 exact, 0 rounded, 1 broken in 1 finding, 0 implied, 0 undecided; 1 fault; 100% of figures tied
    => 2
    "#);
}

#[cfg(unix)]
#[test]
fn a_folder_with_a_loop_of_links() {
    let desk = Desk::new();
    std::os::unix::fs::symlink("..", desk.path("checks/up")).expect("a link");
    assert_snapshot!(desk.run("check .").all(), @r#"
    ---
    1 file, 3 figures; nothing disagrees: the only tie holds; 100% of figures tied
    => 0
    "#);
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_quietly() {
    let line = "{\"net\": 1, \"vat\": 2, \"gross\": 9}\n";
    let desk = Desk::new().with("a.ndjson", line.repeat(5_000));
    let mut child = desk
        .command("check a.ndjson --quiet")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut out = child.stdout.take().expect("a pipe");
    out.read_exact(&mut [0; 10]).expect("something is printed");
    drop(out);
    let mut waited = Duration::ZERO;
    let status = loop {
        if let Some(status) = child.try_wait().expect("a child") {
            break status;
        }
        assert!(waited < Duration::from_secs(60), "it goes on after the pipe is closed");
        std::thread::sleep(Duration::from_millis(20));
        waited += Duration::from_millis(20);
    };
    let mut said = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut said).expect("text");
    assert_eq!((status.code(), said.as_str()), (Some(2), ""));
}

#[test]
fn words_wherever_a_figure_is_due() {
    let text = r#"{"net": "much", "vat": "more", "gross": "most"}"#;
    assert_snapshot!(Desk::new().beside_good("bad.json", text, "vat/gross", 1), @r#"
    warning[vat/gross]: “net + vat = gross” could not be checked: “much” is not a figure
      ┌─ bad.json:1:10
      │
    1 │ {"net": "much", "vat": "more", "gross": "most"}
      │          ^^^^ not checked

    ---
    3 files, 6 figures, 3 ties: 2 exact, 0 rounded, 0 broken, 0 implied, 1 undecided; 1 finding; 100% of figures tied
    => 1
    "#);
}

#[test]
fn a_run_that_ties_nothing_says_so() {
    let desk = Desk::bare().with("empty.ndjson", "\n").with("folder/a.json", "{}").with("none/a.txt", "");
    assert_snapshot!(desk.run("check empty.ndjson").all(), @r#"
    ---
    fault[check/nothing-tied]: nothing at all could be tied
     = help: name a report (.json, .ndjson), a pack (--pack NAME) or a folder of your own checks (--checks DIR)

    1 file, 0 documents, 0 figures, 0 ties: 0 exact, 0 rounded, 0 broken, 0 implied, 0 undecided; 1 fault
    => 2
    "#);
    for line in ["check folder --quiet", "check none --quiet"] {
        let run = desk.run(line);
        assert!(run.err.contains("fault[check/nothing-tied]") && run.status == 2, "{}", run.all());
    }
}
