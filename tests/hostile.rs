//! Hostile input is normal input: whatever it is, it has a named outcome, within a limit of memory and of time.
#![cfg(test)]
#![cfg(unix)]

use std::fmt::Write as _;
use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Kilobytes of address space for what is not itself large.
const MEMORY: u64 = 1 << 20;
/// Far more than anything here takes: what is not done by then hangs.
const TIME: Duration = Duration::from_secs(180);
/// What is printed of one bad thing, at most.
const SCREEN: usize = 64 << 10;

const GOOD: &str = r#"{"net": "100.00", "vat": "19.00", "gross": "119.00"}"#;
const VAT: &str =
    "[[check]]\nid = \"vat/gross\"\nfor = [\"net\", \"vat\", \"gross\"]\nrequire = \"net + vat = gross\"\n";

/// A folder with a check and a document that ties.
struct Desk(TempDir);

struct Run {
    out: String,
    err: String,
    status: i32,
}

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().expect("a folder"));
        desk.put("tieout.toml", "checks = [\"checks\"]\n");
        desk.put("checks/vat.toml", VAT);
        desk.put("good.json", GOOD);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn put(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, content).expect("a file");
    }

    /// A file of so many bytes of zero, which take no room.
    fn zeros(&self, name: &str, bytes: u64) {
        File::create(self.path(name)).and_then(|file| file.set_len(bytes)).expect("a file");
    }

    /// A check of its own.
    fn check(&self, body: &str) {
        self.put("checks/hostile.toml", format!("[[check]]\nid = \"hostile/check\"\n{body}\n"));
    }

    /// Runs the program within the limits.
    fn run(&self, kilobytes: u64, arguments: &[&str]) -> Run {
        let file = |name: &str| File::create(self.path(name)).expect("a file");
        let mut command = Command::new("sh");
        command.args(["-c", "ulimit -v \"$0\" && exec \"$@\"", &kilobytes.to_string()]);
        command.arg(env!("CARGO_BIN_EXE_tieout")).args(arguments).current_dir(self.0.path());
        // Address space that the allocator sets aside and does not use is no memory.
        command.env_clear().env("LC_ALL", "C").env("MIMALLOC_ARENA_RESERVE", "0").stdin(Stdio::null());
        let mut child = command.stdout(file("out.txt")).stderr(file("err.txt")).spawn().expect("a shell");
        let start = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().expect("a child") {
                break status;
            }
            if start.elapsed() > TIME {
                drop(child.kill());
                panic!("{arguments:?} is not done after {TIME:?}");
            }
            std::thread::sleep(Duration::from_millis(5));
        };
        let text = |name: &str| String::from_utf8(fs::read(self.path(name)).expect("a file")).expect("UTF-8");
        let (out, err) = (text("out.txt"), text("err.txt"));
        let shown: String = err.chars().take(2000).collect();
        let status = status.code().unwrap_or_else(|| panic!("{arguments:?} was killed, {status}: {shown}"));
        Run { out, err, status }
    }

    /// Audits what is named beside a good file: the exit status, and the code of what is said. The good
    /// one is audited whatever the other is.
    fn expect(&self, kilobytes: u64, line: &str, status: i32, code: &str) {
        let mut arguments = vec!["check", "good.json"];
        arguments.extend(line.split_whitespace());
        let run = self.run(kilobytes, &arguments);
        let said = format!("{}{}", run.out, run.err);
        let start: String = said.chars().take(3000).collect();
        assert_eq!(run.status, status, "{start}");
        assert!(said.contains(code), "`{code}` is not said: {start}");
        assert!(said.len() < SCREEN, "{} bytes are printed: {start}", said.len());
        let exact: usize =
            run.err.split(" exact").next().and_then(|before| before.split(' ').next_back()?.parse().ok()).unwrap_or(0);
        let all_hold = run.err.contains("nothing disagrees");
        assert!(exact > 0 || all_hold, "the good file is audited: {start}");
    }
}

/// Rows: what it is; how it is made; what is audited, within how much memory; exit status and what is said.
macro_rules! hostile {
    ($($(#[$attribute:meta])* $name:ident: $make:expr, $line:literal, $memory:expr => $status:literal, $code:literal;)*) => {$(
        $(#[$attribute])*
        #[test]
        fn $name() {
            let desk = Desk::new();
            let make: fn(&Desk) = $make;
            make(&desk);
            desk.expect($memory, $line, $status, $code);
        }
    )*};
}

fn joined(count: usize, separator: &str, each: impl Fn(usize) -> String) -> String {
    (0..count).map(each).collect::<Vec<_>>().join(separator)
}

fn rows(count: usize, each: impl Fn(usize) -> String) -> String {
    format!("{{\"rows\": [{}]}}", joined(count, ",\n", each))
}

// What is no document.
hostile! {
    more_than_a_gigabyte: |desk| desk.zeros("a.json", (1 << 30) + 1), "a.json", MEMORY => 2, "fault[read/too-large]";
    a_line_of_more_than_a_gigabyte: |desk| desk.zeros("a.ndjson", (1 << 30) + 1), "a.ndjson", 4 * MEMORY => 2, "fault[read/too-large]";
    nothing_but_zeros: |desk| desk.zeros("a.json", 16 << 20), "a.json", MEMORY => 2, "fault[json/syntax]";
    zeros_in_a_text: |desk| desk.put("a.json", "{\"net\": \"1\u{0}0\"}"), "a.json", MEMORY => 2, "fault[json/syntax]";
    an_archive_named_json: |desk| desk.put("a.json", b"PK\x03\x04\x14\x00\x08\x08\x08\x00\xd2\xb5\x00\xff\xfe"), "a.json", MEMORY => 2, "fault[read/encoding]";
    utf_16: |desk| desk.put("a.json", b"\xFF\xFE{\0}\0"), "a.json", MEMORY => 2, "fault[read/encoding]";
    utf_16_of_the_other_order: |desk| desk.put("a.json", b"\xFE\xFF\0{\0}"), "a.json", MEMORY => 2, "fault[read/encoding]";
    gb_18030: |desk| desk.put("a.json", b"{\"\xD6\xD0\": 1}"), "a.json", MEMORY => 2, "fault[read/encoding]";
    half_a_character_at_the_end: |desk| desk.put("a.json", b"{\"net\": 1}\xE4\xB8"), "a.json", MEMORY => 2, "fault[read/encoding]";
    nothing_but_spaces: |desk| desk.put("a.json", " \r\n\t".repeat(1000)), "a.json", MEMORY => 2, "fault[json/empty]";
    nothing_but_a_byte_order_mark: |desk| desk.put("a.json", "\u{FEFF}"), "a.json", MEMORY => 2, "fault[json/empty]";
    half_of_a_surrogate_pair: |desk| desk.put("a.json", r#"{"net": "\ud83d", "vat": "\ude00\ud83d"}"#), "a.json", MEMORY => 2, "fault[json/syntax]";
    ten_thousand_levels_of_objects: |desk| desk.put("a.json", "{\"a\":".repeat(10_000)), "a.json", MEMORY => 2, "fault[json/too-deep]";
    thousands_of_duplicate_keys: |desk| desk.put("a.json", format!("{{{}}}", joined(50_000, ",", |at| format!("\"k{}\": 1", at % 500)))), "a.json", MEMORY => 2, "fault[json/duplicate-key]";
    a_text_of_a_million_lines: |desk| desk.put("a.json", format!("[\"{}\"]", "\n".repeat(1_000_000))), "a.json", MEMORY => 2, "fault[json/syntax]";
    a_million_opening_quotes: |desk| desk.put("a.json", "[\"\n".repeat(1_000_000)), "a.json", MEMORY => 2, "fault[json/syntax]";
    lines_that_end_in_carriage_returns_alone: |desk| desk.put("a.ndjson", format!("{GOOD}\r{GOOD}\r")), "a.ndjson", MEMORY => 2, "fault[json/syntax]";
    a_folder_named_as_a_file: |desk| fs::create_dir(desk.path("a.json")).expect("a folder"), "a.json", MEMORY => 0, "nothing disagrees";
    a_link_to_itself: |desk| symlink("a.json", desk.path("a.json")).expect("a link"), "a.json", MEMORY => 2, "fault[path/not-found]";
    a_pipe_that_nobody_writes_to: |desk| pipe(desk, "a.json"), "a.json", MEMORY => 2, "fault[read/unreadable]";
    a_pipe_of_lines_that_nobody_writes_to: |desk| pipe(desk, "a.ndjson"), "a.ndjson", MEMORY => 2, "fault[read/unreadable]";
    a_pipe_in_a_folder: |desk| pipe(desk, "a.json"), ".", MEMORY => 0, "nothing disagrees";
    a_device_without_end: |desk| symlink("/dev/zero", desk.path("a.json")).expect("a link"), "a.json", MEMORY => 2, "fault[read/unreadable]";
    a_device_of_one_line_without_end: |desk| symlink("/dev/zero", desk.path("a.ndjson")).expect("a link"), "a.ndjson", MEMORY => 2, "fault[read/unreadable]";
    a_file_that_may_not_be_read: |desk| forbidden(desk, "a.json"), "a.json", MEMORY => 2, "fault[";
}

// Documents that are large or strange.
hostile! {
    a_byte_order_mark: |desk| desk.put("a.json", format!("\u{FEFF}{GOOD}")), "a.json", MEMORY => 0, "2 ties hold";
    lines_of_a_file_that_ends_in_capitals: |desk| desk.put("a.NDJSON", format!("{GOOD}\n{GOOD}\n")), "a.NDJSON", MEMORY => 0, "3 ties hold";
    numbers_with_signed_exponents: |desk| desk.put("a.json", "{\"net\": 1.5e-3, \"vat\": 2E+2, \"gross\": 200.0015}"), "a.json", MEMORY => 0, "2 ties hold";
    a_hundred_thousand_fields: |desk| desk.put("a.json", format!("{{{}, {}", joined(100_000, ",", |at| format!("\"k{at}\": {at}")), &GOOD[1..])), "a.json", MEMORY => 0, "2 ties hold";
    a_hundred_thousand_records_in_one: |desk| {
        desk.check("for = [\"part\"]\nrequire = \"part <= parent.limit\"");
        desk.put("a.json", format!("{{{}, \"unit\": \"x\", \"label\": \"x\", \"limit\": 9}}", joined(100_000, ",", |at| format!("\"k{at}\": {{\"part\": 1}}"))));
    }, "a.json", MEMORY => 0, "ties hold";
    fields_that_are_no_figures: |desk| {
        let dollars = joined(60_000, ",", |at| format!("\"${at}\": 1"));
        desk.put("a.json", format!("{{{dollars}, {}, {}", joined(60_000, ",", |at| format!("\"k{at}\": {at}")), &GOOD[1..]));
    }, "a.json", MEMORY => 0, "2 ties hold";
    a_list_of_a_million_items: |desk| {
        desk.check("for = [\"items\", \"total\"]\nrequire = \"sum(items[*]) = total\"");
        desk.put("a.json", format!("{{\"items\": [{}], \"total\": 1000000}}", vec!["1"; 1_000_000].join(",")));
    }, "a.json", MEMORY => 0, "2 ties hold";
    each_of_a_hundred_thousand_rows_and_its_neighbours: |desk| {
        desk.check("each = \"rows[*]\"\nwhen = \"exists(prev)\"\nrequire = \"prev.x <= x and root.rows[0].x = 0\"");
        desk.put("a.json", rows(100_000, |at| format!("{{\"x\": {at}}}")));
    }, "a.json", 2 * MEMORY => 0, "ties hold";
    fifty_thousand_rows_looked_up: |desk| {
        desk.check("each = \"rows[*]\"\nrequire = \"root.others[name = this.name].x = x\"");
        let row = |at: usize| format!("{{\"name\": \"n{at}\", \"x\": {at}}}");
        let others = joined(50_000, ",\n", |at| row(49_999 - at));
        desk.put("a.json", rows(50_000, row).replacen('{', &format!("{{\"others\": [{others}], "), 1));
    }, "a.json", MEMORY => 0, "50001 ties hold";
    a_hundred_thousand_blank_columns: |desk| {
        desk.check("for = [\"lines\", \"total\"]\nrequire = \"sum(lines[*]) = total\"");
        let columns = |from: usize, value: &str| joined(20_000, ",", |at| format!("\"k{}\": {value}", from + at));
        desk.put("a.json", format!("{{\"lines\": [{{{}}}], \"total\": {{{}}}, {}", columns(0, "1"), columns(20_000, "null"), &GOOD[1..]));
    }, "a.json", MEMORY => 0, "2 ties hold";
    a_number_of_a_million_digits: |desk| desk.put("a.json", format!("{{\"net\": {}, \"vat\": 19, \"gross\": 119}}", "9".repeat(1_000_000))), "a.json", MEMORY => 1, "more digits than can be held exactly";
    a_text_of_a_million_digits: |desk| desk.put("a.json", format!("{{\"net\": \"{}\", \"vat\": 19, \"gross\": 119}}", "9".repeat(1_000_000))), "a.json", MEMORY => 1, "is not a figure";
    exponents_without_bounds: |desk| desk.put("a.ndjson", "1e-999999999999 -1E2147483648 0e-2147483648 1e-2147483648 1e99999999999999999999"
        .split(' ').fold(String::new(), |text, number| text + &format!("{{\"net\": {number}, \"vat\": 19, \"gross\": 119}}\n"))), "a.ndjson", MEMORY => 1, "5 undecided";
    the_least_integer: |desk| {
        desk.check("for = [\"a\", \"b\", \"c\"]\nrequire = \"a * b = c\"");
        desk.put("a.json", r#"{"a": -18446744073709551616, "b": 9223372036854775808, "c": 1}"#);
    }, "a.json", MEMORY => 1, "does not fit in exact arithmetic";
    keys_and_labels_of_a_million_characters: |desk| {
        let long = "长".repeat(1_000_000);
        desk.put("a.json", format!("{{\"{long}\": {{\"label\": \"{long}\", \"net\": 1, \"vat\": 1, \"gross\": 3}}}}"));
    }, "a.json", MEMORY => 1, "error[vat/gross]";
    five_hundred_levels_under_a_schema: |desk| {
        let nested = format!("{}1{}", "[{\"items\":".repeat(255), "}]".repeat(255));
        desk.put("a.json", format!("{{\"$schema\": \"urn:tieout:performance-evaluation:report\", \"entity\": \"A\", \"year\": 2020, \"budget\": {nested}, {}", &GOOD[1..]));
    }, "a.json --checks checks", MEMORY => 1, "schema/";
    one_figure_that_a_hundred_thousand_ties_accuse: |desk| {
        desk.check("each = \"rows[*]\"\nrequire = \"x = root.limit\"");
        desk.put("a.json", rows(100_000, |at| format!("{{\"x\": {}}}", at + 1000)).replacen('{', "{\"limit\": 123456.78, ", 1));
    }, "a.json --format short --output found.txt", 2 * MEMORY => 1, "broken";
}

// Findings in numbers that nobody reads, and everything on one line.
hostile! {
    thirty_thousand_findings_on_one_line: |desk| {
        let row = |at: usize| format!("{{\"net\": {at}, \"vat\": 1, \"gross\": {}}}", at + 3);
        desk.put("a.json", format!("[{}]", joined(30_000, ",", row)));
    }, "a.json --format short --output found.txt", 2 * MEMORY => 1, "30000 broken";
    every_tie_of_one_long_line: |desk| {
        let row = |at: usize| format!("{{\"net\": {at}, \"vat\": 1, \"gross\": {}}}", at + 1);
        desk.put("a.json", format!("[{}]", joined(100_000, ",", row)));
    }, "a.json --ties --format short --output found.txt", 2 * MEMORY => 0, "ties hold";
    five_hundred_broken_lines: |desk| desk.put("a.ndjson", "{\"net\": ]\n".repeat(500)),
        "a.ndjson --format short", MEMORY => 2, "500 faults";
    a_sum_of_products_of_which_few_can_move: |desk| {
        desk.check("for = [\"rows\", \"sum\"]\nrequire = \"sum(rows[*], a * b) = sum\"");
        let row = |at: usize| if at == 0 { "{\"a\": 1.5, \"b\": 2.5}".into() } else { "{\"a\": 2, \"b\": 3}".into() };
        desk.put("a.json", rows(50_000, row).replacen('{', "{\"sum\": 1, ", 1));
    }, "a.json", 2 * MEMORY => 1, "error[hostile/check]";
    the_same_disagreement_twenty_thousand_times: |desk| {
        own_terms(desk, "");
        desk.put("own/hostile.toml", "[[check]]\nid = \"hostile/check\"\nfor = [\"part\", \"money\"]\nrequire = \"part = money\"\n");
        desk.put("a.json", rows(20_000, |_| "{\"part\": 1.00, \"money\": 2.00}".into()));
    }, "a.json --checks own --checks checks --format short --output found.txt", 2 * MEMORY => 1, "20000 broken in 1 finding";
    a_figure_restated_twenty_thousand_times_and_never_alike: |desk| {
        own_terms(desk, "prose = [\"rows\"]\n");
        desk.put("own/hostile.toml", "[[check]]\nid = \"hostile/check\"\nagree = [\"term\"]\n");
        desk.put("a.json", rows(20_000, |at| format!("{{\"money\": {at}.00}}")));
    }, "a.json --checks own --checks checks --format short --output found.txt", 2 * MEMORY => 0, "1 undecided";
    a_figure_restated_twenty_thousand_times_and_alike_in_pairs: |desk| {
        own_terms(desk, "prose = [\"rows\"]\n");
        desk.put("own/hostile.toml", "[[check]]\nid = \"hostile/check\"\nagree = [\"term\"]\n");
        desk.put("a.json", rows(20_000, |at| format!("{{\"money\": {}.00}}", at / 2)));
    }, "a.json --checks own --checks checks --format short --output found.txt", 2 * MEMORY => 1, "1 broken";
}

// Check files that ask for more than can be done.
hostile! {
    names_that_double_sixty_times: |desk| {
        let lets = joined(60, "", |at| format!("let.n{} = \"n{at} + n{at}\"\n", at + 1));
        desk.check(&format!("for = [\"net\"]\nlet.n0 = \"net + net\"\n{lets}require = \"n60 = net\""));
    }, "", MEMORY => 2, "fault[check/too-large]";
    names_that_lead_to_ten_thousand_others: |desk| {
        let lets = joined(10_000, "", |at| format!("let.n{} = \"n{at} + net\"\n", at + 1));
        desk.check(&format!("for = [\"net\"]\nlet.n0 = \"net + net\"\n{lets}require = \"n10000 = net\""));
    }, "", MEMORY => 2, "fault[check/too-large]";
    ten_thousand_brackets_in_an_expression: |desk| desk.check(&format!("for = [\"net\"]\nrequire = \"{}net{} = net\"", "(".repeat(10_000), ")".repeat(10_000))), "", MEMORY => 2, "fault[check/expression]";
    a_text_of_a_million_characters_in_an_expression: |desk| desk.check(&format!("for = [\"net\"]\nrequire = \"net = 1 '{}'\"", "长".repeat(1_000_000))), "", MEMORY => 2, "fault[check/expression]";
    ten_thousand_brackets_in_a_check_file: |desk| desk.check(&format!("for = {}", "[".repeat(10_000))), "", MEMORY => 2, "fault[check/syntax]";
    ten_megabytes_of_checks: |desk| desk.put("checks/hostile.toml", joined(100_000, "\n", |at| format!("[[check]]\nid = \"hostile/n{at}\"\nfor = [\"net\", \"vat\", \"gross\"]\nrequire = \"net + vat = gross\"\n"))), "", 2 * MEMORY => 0, "100001 ties hold";
    a_check_twenty_thousand_times: |desk| desk.put("checks/hostile.toml", VAT.repeat(20_000)), "", MEMORY => 2, "fault[check/duplicate-id]";
    a_million_lines_that_are_no_check: |desk| desk.put("checks/hostile.toml", "= 1\n".repeat(1_000_000)), "", MEMORY => 2, "fault[check/syntax]";
    a_hundred_thousand_unknown_fields: |desk| desk.check(&joined(100_000, "\n", |at| format!("n{at} = 1"))), "", 2 * MEMORY => 2, "fault[check/unknown-field]";
    a_check_file_of_a_gigabyte: |desk| desk.zeros("checks/hostile.toml", (1 << 30) + 1), "", MEMORY => 2, "fault[read/too-large]";
    a_check_file_that_is_a_pipe: |desk| pipe(desk, "checks/hostile.toml"), "", MEMORY => 2, "fault[read/unreadable]";
    a_filter_in_a_filter_in_a_filter: |desk| {
        let nested = "root.rows[x = ".repeat(30) + "0" + &"].x".repeat(30);
        desk.check(&format!("each = \"rows[*]\"\nrequire = \"{nested} = 0\""));
        desk.put("a.json", rows(100, |at| format!("{{\"x\": {at}}}")));
    }, "a.json", MEMORY => 2, "fault[check/too-much-work]";
    every_row_searched_for_every_row: |desk| {
        desk.check("each = \"rows[*]\"\nrequire = \"count(root.rows[x > this.x]) >= 0\"");
        desk.put("a.json", rows(100_000, |at| format!("{{\"x\": {at}}}")));
    }, "a.json", MEMORY => 2, "fault[check/too-much-work]";
    every_row_searched_by_a_constant_for_every_row: |desk| {
        desk.check("each = \"rows[*]\"\nwhen = \"exists(root.rows['no'])\"\nrequire = \"x >= 0\"");
        desk.put("a.json", rows(100_000, |at| format!("{{\"x\": {at}}}")));
    }, "a.json", MEMORY => 2, "fault[check/too-much-work]";
    every_row_counted_for_every_row: |desk| {
        desk.check("each = \"rows[*]\"\nrequire = \"x <= count(root.rows[*])\"");
        desk.put("a.json", rows(100_000, |at| format!("{{\"x\": {at}}}")));
    }, "a.json", 4 * MEMORY => 2, "fault[check/too-much-work]";
    every_row_proved_by_every_row: |desk| {
        desk.check("each = \"rows[*]\"\nrequire = \"x = sum(root.rows[*].x)\"");
        desk.put("a.json", rows(100_000, |_| "{\"x\": 0}".into()));
    }, "a.json", 4 * MEMORY => 2, "fault[check/too-much-work]";
    every_row_added_up_for_every_row: |desk| {
        desk.check("each = \"rows[*]\"\nrequire = \"x <= sum(root.rows[*].x)\"");
        desk.put("a.json", rows(100_000, |at| format!("{{\"x\": {at}}}")));
    }, "a.json", 4 * MEMORY => 2, "fault[check/too-much-work]";
    a_constant_added_up_for_every_row_and_row: |desk| {
        desk.check("each = \"rows[*]\"\nrequire = \"x <= sum(root.rows[*], 1 + 2)\"");
        desk.put("a.json", rows(100_000, |at| format!("{{\"x\": {at}}}")));
    }, "a.json", 4 * MEMORY => 2, "fault[check/too-much-work]";
}

#[test]
fn a_configuration_that_is_a_pipe_is_not_waited_for() {
    let desk = Desk::new();
    pipe(&desk, "pipe.toml");
    let run = desk.run(MEMORY, &["check", "good.json", "--config", "pipe.toml"]);
    assert!(run.status == 2 && run.err.contains("fault[config/unreadable]"), "{}", run.err);
}

#[test]
fn a_pack_reads_nothing_outside_its_folder() {
    let desk = Desk::new();
    desk.put("secret.toml", "CLASSIFIED");
    let outside = desk.path("secret.toml").display().to_string();
    for file in ["../secret.toml", "./../secret.toml", outside.as_str()] {
        own_terms(&desk, "");
        desk.put("own/pack.toml", format!("title = {{ en = \"Own\", zh = \"自备\" }}\nfiles = [\"{file}\"]\n"));
        let run = desk.run(MEMORY, &["check", "good.json", "--checks", "own", "--checks", "checks"]);
        assert!(run.err.contains("fault[pack/file]") && !run.err.contains("CLASSIFIED"), "{}", run.err);
    }
}

/// A pipe that nobody writes to: whoever opens it waits.
fn pipe(desk: &Desk, name: &str) {
    assert!(Command::new("mkfifo").arg(desk.path(name)).status().expect("mkfifo").success());
}

/// A file without any permission; the superuser reads it all the same, so to him it is no JSON.
fn forbidden(desk: &Desk, name: &str) {
    use std::os::unix::fs::PermissionsExt;
    desk.put(name, "{");
    fs::set_permissions(desk.path(name), fs::Permissions::from_mode(0o000)).expect("it is ours");
}

/// A pack with two terms.
fn own_terms(desk: &Desk, more: &str) {
    desk.put("own/pack.toml", format!("title = {{ en = \"Own\", zh = \"自备\" }}\nfiles = [\"hostile.toml\"]\n{more}"));
    desk.put("own/terms.toml", "[term.money]\nkind = \"amount\"\n[term.part]\nkind = \"amount\"\n");
}

#[test]
fn what_would_steer_a_terminal_is_shown_as_a_sign_in_every_format() {
    let desk = Desk::new();
    let label = r"\u001b[2J\u009b31m\u202eabc\u2066\u061c\u2028\u0007\u007f\r\n";
    let raw = "\u{9b}\u{202e}\u{2066}\u{61c}\u{2028}\u{7f}\u{feff}";
    let row = format!("{{\"label\": \"{label}{raw}\", \"net\": 1, \"vat\": 1, \"gross\": 3, \"{label}\": 1}}");
    desk.put("a.json", format!("{{\"{raw}{label}\": [{row}]}}"));
    let name = "b\u{1b}[2J\u{202e}\nerror: c.json";
    desk.put(name, "{\"net\": 1,");
    desk.put(
        "checks/hostile.toml",
        format!("[[check]]\nid = \"a/b\"\nfor = [\"net\"]\nrequire = \"net = '{raw}' +\"\n{raw}"),
    );
    for format in ["terminal", "short", "json", "ndjson"] {
        for lang in ["en", "zh"] {
            let run = desk.run(MEMORY, &["check", "a.json", name, "--ties", "-v", "--lang", lang, "--format", format]);
            let said = format!("{}{}", run.out, run.err);
            let steers = |each: &char| {
                (each.is_control() && *each != '\n') || "\u{61c}\u{202e}\u{2066}\u{2028}\u{feff}".contains(*each)
            };
            assert_eq!(said.chars().find(steers), None, "{said:?}");
            assert!(run.status == 2 && said.contains("json/syntax") && said.contains("vat/gross"), "{said}");
            assert!(!said.lines().any(|line| line.starts_with("error: c.json")), "{said}");
        }
    }
}

#[test]
fn the_origin_of_a_figure_is_named_and_never_opened() {
    let desk = Desk::new();
    desk.put("secret.txt", "1 CLASSIFIED\n2 CLASSIFIED\n");
    pipe(&desk, "pipe");
    for source in
        ["secret.txt", "../../../../etc/passwd", "/etc/passwd", "/dev/zero", "pipe", "\\u0000", "http://127.0.0.1:1/"]
    {
        let at =
            format!("{{\"source\": \"{source}\", \"line\": 1, \"column\": 99999, \"start\": 0, \"end\": 4294967295}}");
        desk.put("a.json", format!("{{\"net\": 1, \"vat\": 1, \"gross\": {{\"value\": 3, \"$at\": {at}}}}}"));
        let run = desk.run(MEMORY, &["check", "a.json"]);
        assert!(run.status == 1 && run.out.contains(":1:99999") && !run.out.contains("CLASSIFIED"), "{}", run.out);
        assert!(!run.out.contains("root:"), "{}", run.out);
    }
}

#[test]
fn places_count_in_the_file_whatever_stands_before_them() {
    let desk = Desk::new();
    let bad = GOOD.replace("119.00", "191.00");
    let mut lines = String::new();
    write!(lines, "\u{FEFF}{GOOD}\r\n\n{{\"label\": \"合计\", {}\n", &bad[1..]).expect("a text");
    desk.put("a.ndjson", &lines);
    desk.put("b.json", format!("\u{FEFF}\r\n{bad}"));
    for (name, line) in [("a.ndjson", 3), ("b.json", 2)] {
        let run = desk.run(MEMORY, &["check", name, "--format", "json"]);
        let output: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
        let place = &output["findings"][0]["targets"][0]["place"];
        let byte = |name: &str| usize::try_from(place[name].as_u64().expect("a number")).expect("it fits");
        let text = fs::read_to_string(desk.path(name)).expect("UTF-8");
        assert_eq!((place["line"].as_u64(), text.get(byte("start")..byte("end"))), (Some(line), Some("191.00")));
    }
}
