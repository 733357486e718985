//! The corpus: every verdict that is not plain agreement is expected and was reviewed by hand; the
//! clean twin has nothing above a note; and an error put into any tied figure of it is caught. Errors are put
//! into a sample of the figures; with `TIEOUT_ALL_ERRORS=1` into all of them, which takes minutes.

#![expect(clippy::expect_used, reason = "a test stops where something is wrong")]

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use serde_json::Value;
use tieout::audit::{Audit, TieRecord};
use tieout::bind::bind;
use tieout::check::embedded;
use tieout::figure::read as literal;
use tieout::finding::{Confidence, Finding, Matter, Severity, Spot};
use tieout::pipeline::walk::Input;
use tieout::pipeline::{Engine, Options};
use tieout::read::{self, Limits};
use tieout::source::{Source, Span};
use tieout::tie::{TieKind, Verdict};

const PACK: &str = "performance-evaluation";

fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(PACK).join(name)
}

fn engine() -> Engine {
    let options = Options {
        packs: vec![PACK.into()],
        check_folders: Vec::new(),
        select: Vec::new(),
        ignore: Vec::new(),
        strictness: Confidence::Weak,
        keep_ties: true,
        jobs: None,
        severity: Vec::new(),
        allow: Vec::new(),
    };
    Engine::new(options).expect("the pack compiles")
}

/// Hands over the audit of each document of a file, in order.
fn audits(engine: &Engine, path: &Path, each: &mut dyn FnMut(Audit)) {
    let inputs = [Input::File { path: path.to_owned(), named: true }];
    engine
        .run(&inputs, &mut |audit| {
            each(audit);
            Ok(())
        })
        .expect("nothing is written");
}

fn audit(name: &str) -> Audit {
    let mut found = None;
    audits(&engine(), &case(name).join("figures.json"), &mut |audit| found = Some(audit));
    found.expect("one document")
}

fn spots(tie: &TieRecord) -> impl Iterator<Item = &Spot> {
    tie.targets.iter().chain(&tie.operands)
}

/// The line of the report that the nearest `$at` around a value names.
fn line(tree: &Value, pointer: &str) -> u64 {
    let mut around = std::iter::successors(Some(pointer), |at| at.rsplit_once('/').map(|(around, _)| around));
    around.find_map(|at| tree.pointer(at)?["$at"]["line"].as_u64()).unwrap_or_default()
}

#[test]
fn every_disagreement_of_the_report_is_expected() {
    let audit = audit("shuozhou-2019");
    let mut rows: Vec<String> = Vec::new();
    for tie in audit.tie_records.iter().filter(|tie| tie.verdict != Verdict::Exact) {
        let spot = spots(tie).next().expect("a tie speaks of something");
        let line = spot.place.origin.as_ref().map_or(0, |origin| origin.line);
        let verdict = format!("{:?}", tie.verdict).to_lowercase();
        let difference = tie.difference.as_deref().unwrap_or_default();
        rows.push(format!("{}\t{line}\t{}\t{difference}\t{verdict}", tie.check, spot.literal));
    }
    let figures = std::fs::read_to_string(case("shuozhou-2019").join("figures.json")).expect("figures.json");
    let figures: Value = serde_json::from_str(&figures).expect("figures.json is JSON");
    for finding in audit.findings.iter().filter(|finding| matches!(finding.matter, Matter::Schema(_))) {
        let Spot { literal, place, .. } = &finding.targets[0];
        rows.push(format!("{}\t{}\t{literal}\t\tschema", finding.rule.id, line(&figures, &place.pointer)));
    }
    rows.sort();
    let text = std::fs::read_to_string(case("shuozhou-2019").join("expected.tsv")).expect("expected.tsv");
    let mut expected: Vec<String> = text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect();
    expected.sort();
    let unexpected: Vec<&String> = rows.iter().filter(|row| !expected.contains(row)).collect();
    let absent: Vec<&String> = expected.iter().filter(|row| !rows.contains(row)).collect();
    assert!(rows == expected, "not expected: {unexpected:#?}\nnot found: {absent:#?}");
    let (tied, measured) = (audit.tied, audit.measured);
    println!("{tied} of {measured} amounts, counts and ratios take part in a tie that shows something");
    assert!(tied * 10 >= measured * 9);
}

/// A tie by its check and the figures that make it what it is.
fn identity(tie: &TieRecord) -> String {
    let mut pointers: Vec<&str> = spots(tie).map(|spot| spot.place.pointer.as_str()).collect();
    match (tie.kind, &tie.targets[..]) {
        (TieKind::Equal, _) if pointers.len() > 2 => pointers.sort_unstable(),
        (TieKind::Order, _) | (_, []) => {
            pointers.sort_unstable();
            pointers.truncate(1);
        }
        _ => pointers.truncate(1),
    }
    format!("{} {}", tie.check, pointers.join(" "))
}

/// The ties of a document, but those of checks that are asked only where something is amiss.
fn asked(audit: &Audit) -> BTreeSet<String> {
    audit.tie_records.iter().filter(|tie| tie.check != "carryover/opening-once").map(identity).collect()
}

#[test]
fn the_clean_twin_agrees_and_has_the_same_ties() {
    let (printed, clean) = (audit("shuozhou-2019"), audit("shuozhou-2019-clean"));
    let loud = clean.findings.iter().filter(|finding| finding.severity > Severity::Note);
    let loud: Vec<&str> = loud.map(|finding| &*finding.rule.id).collect();
    assert!(loud.is_empty(), "{loud:?}");
    let run = Command::new(env!("CARGO_BIN_EXE_tieout"))
        .arg("check")
        .arg(case("shuozhou-2019-clean").join("figures.json"))
        .output()
        .expect("the command runs");
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stdout));
    let checks = |verdict: Verdict| -> BTreeSet<&str> {
        clean.tie_records.iter().filter(|tie| tie.verdict == verdict).map(|tie| &*tie.check).collect()
    };
    // A sentence that states revenue, expenditure and closing balance, but no opening balance.
    assert_eq!(checks(Verdict::Undecided), BTreeSet::from(["budget/closing"]));
    // Notes: what was left out of a rate, and a rate on another basis than usual, stays as it is.
    let noted =
        ["rates/adjustment-excluded", "rates/carryover-both-sides", "rates/carryover-excluded", "rates/definition"];
    assert_eq!(checks(Verdict::Broken), BTreeSet::from(noted));
    let (printed, clean) = (asked(&printed), asked(&clean));
    let only = |left: &BTreeSet<String>, right: &BTreeSet<String>| -> Vec<String> {
        left.difference(right).map(|tie| tie.split_once(' ').expect("a check").0.to_owned()).collect()
    };
    // The rate of self-evaluation counts the projects with targets, not all projects. A result that is not word
    // for word its target may have less than full marks. A day that does not exist has no place in a period.
    let lost = [
        "numbering/period",
        "projects/number",
        "projects/number",
        "rates/projects-agree",
        "scoring/words",
        "scoring/words",
    ];
    assert_eq!(only(&printed, &clean), lost);
    // The total of the assets is not blank.
    assert_eq!(only(&clean, &printed), ["assets/agrees", "numbering/period", "rates/projects-agree"]);
}

/// Another department, year and set of tables, made without a look at the checks.
#[test]
fn the_second_case_is_judged_as_rightly_as_the_first() {
    let (planted, clean) = (audit("yunchuan-2022"), audit("yunchuan-2022-clean"));
    let loud = clean.findings.iter().filter(|finding| finding.severity > Severity::Note);
    let loud: Vec<&str> = loud.map(|finding| &*finding.rule.id).collect();
    assert!(loud.is_empty(), "{loud:?}");
    let amiss: Vec<&TieRecord> =
        planted.tie_records.iter().filter(|tie| !matches!(tie.verdict, Verdict::Exact | Verdict::Rounded)).collect();
    let text = std::fs::read_to_string(case("yunchuan-2022").join("expected.tsv")).expect("expected.tsv");
    let rows: Vec<Vec<&str>> =
        text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect()).collect();
    // Every check that is expected to see an error speaks of its place, or, of a word, of its record.
    let near = |tie: &TieRecord, place: &str| {
        let record = place.rsplit_once('/').map_or("", |(record, _)| record);
        spots(tie).any(|spot| spot.place.pointer == place || spot.place.pointer.starts_with(record))
    };
    for row in &rows {
        let (checks, place) = (row[0].split(", "), row[1]);
        for check in checks {
            assert!(amiss.iter().any(|tie| tie.check == check && near(tie, place)), "{check} does not see {place}");
        }
    }
    // And nothing above a note is said that no error explains.
    let loud = |finding: &&Finding| finding.severity > Severity::Note;
    for finding in planted.findings.iter().filter(loud) {
        let all = std::iter::once(finding).chain(&finding.members);
        let mut said = all.flat_map(|finding| finding.targets.iter().chain(&finding.operands));
        assert!(
            said.any(|spot| rows.iter().any(|row| row[1] == spot.place.pointer || finding.rule.id == "scoring/grade")),
            "{} is said of no error",
            finding.rule.id
        );
    }
}

/// A made document in which every check of the pack finds something, and one for those that exclude each other.
#[test]
fn every_check_can_fire_and_does_as_expected() {
    let mut fired: BTreeSet<String> = BTreeSet::new();
    for name in ["every-check", "every-check-2"] {
        let audit = audit(name);
        assert!(!audit.findings.iter().any(|finding| matches!(finding.matter, Matter::Schema(_))), "{name} is valid");
        let mut rows: Vec<String> = Vec::new();
        for tie in audit.tie_records.iter().filter(|tie| tie.verdict != Verdict::Exact) {
            let spot = spots(tie).next().expect("a tie speaks of something");
            let verdict = format!("{:?}", tie.verdict).to_lowercase();
            let difference = tie.difference.as_deref().unwrap_or_default();
            rows.push(format!("{}\t{}\t{}\t{difference}\t{verdict}", tie.check, spot.place.pointer, spot.literal));
            if tie.verdict == Verdict::Broken {
                fired.insert(tie.check.clone());
            }
        }
        rows.sort();
        let text = std::fs::read_to_string(case(name).join("expected.tsv")).expect("expected.tsv");
        let mut expected: Vec<String> = text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect();
        expected.sort();
        let unexpected: Vec<&String> = rows.iter().filter(|row| !expected.contains(row)).collect();
        let absent: Vec<&String> = expected.iter().filter(|row| !rows.contains(row)).collect();
        assert!(rows == expected, "{name}: not expected: {unexpected:#?}\nnot found: {absent:#?}");
    }
    let pack = embedded(PACK).expect("the pack is there");
    let silent: Vec<&str> = pack.checks.iter().map(|check| &*check.rule.id).filter(|id| !fired.contains(*id)).collect();
    assert!(silent.is_empty(), "never broken: {silent:?}");
}

/// The clean twins, into whose figures errors are put.
const CLEAN: [&str; 2] = ["shuozhou-2019-clean", "yunchuan-2022-clean"];

/// How many figures of a section are altered in each way, unless `TIEOUT_ALL_ERRORS` is set.
const SAMPLE: usize = 6;

/// How many altered documents are audited at a time.
const BATCH: usize = 100;

/// One figure of a clean twin, altered.
struct Altered {
    family: String,
    kind: &'static str,
    pointer: String,
    /// The figure it was swapped with.
    neighbour: Option<String>,
    old: String,
    new: String,
    /// What stands in place of which bytes, in order.
    edits: Vec<(Range<usize>, String)>,
}

impl Altered {
    /// The altered document.
    fn document(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 16);
        let mut at = 0;
        for (place, new) in &self.edits {
            out.push_str(&text[at..place.start]);
            out.push_str(new);
            at = place.end;
        }
        out + &text[at..]
    }
}

/// The literal with its last digit changed.
fn digit(old: &str) -> Option<String> {
    let at = old.rfind(|each: char| each.is_ascii_digit())?;
    let digit = old.as_bytes()[at];
    let changed = if digit == b'9' { '3' } else { (digit + 1) as char };
    Some(format!("{}{changed}{}", &old[..at], &old[at + 1..]))
}

/// The first two neighbouring digits that differ, changed about.
fn transposed(old: &str) -> Option<String> {
    let mut letters: Vec<char> = old.chars().collect();
    let digits: Vec<usize> = (0..letters.len()).filter(|at| letters[*at].is_ascii_digit()).collect();
    let pair = digits.windows(2).find(|pair| letters[pair[0]] != letters[pair[1]])?;
    letters.swap(pair[0], pair[1]);
    Some(letters.into_iter().collect())
}

fn tenfold(old: &str) -> Option<String> {
    let value = literal(old).ok()?;
    let shown = value.value.exact()?.shift(if value.percent { 3 } else { 1 })?;
    Some(shown.trim().grouped() + if value.percent { "%" } else { "" })
}

/// The section that a pointer leads into.
fn family(pointer: &str) -> String {
    pointer.split('/').nth(1).unwrap_or_default().to_owned()
}

/// Every figure of a document: its place, its literal and its pointer.
fn figures(text: &str) -> Vec<(Span, String, String)> {
    let source = Arc::new(Source::new("clean", text));
    let document = read::json(&source, &Limits::default()).0.expect("the clean twin is JSON");
    let bound = bind(&document, &embedded(PACK).expect("the pack").vocabulary);
    let place = |node| (document.printed_span(node), document.printed(node).to_owned(), document.pointer(node));
    bound.iter().map(|(node, _)| place(node)).collect()
}

/// Every alteration of every figure that makes it another number.
fn alterations(all: &[(Span, String, String)]) -> Vec<Altered> {
    let value = |text: &str| literal(text).ok().map(|literal| literal.value);
    let mut altered = Vec::new();
    for (at, (span, old, pointer)) in all.iter().enumerate() {
        let mut add = |kind, new: Option<String>, next: Option<&(Span, String, String)>| {
            if let Some(new) = new.filter(|new| value(new).is_some() && value(new) != value(old)) {
                let mut edits = vec![(span.range(), new.clone())];
                edits.extend(next.map(|(there, ..)| (there.range(), old.clone())));
                let (family, neighbour) = (family(pointer), next.map(|(.., neighbour)| neighbour.clone()));
                altered.push(Altered {
                    family,
                    kind,
                    pointer: pointer.clone(),
                    neighbour,
                    old: old.clone(),
                    new,
                    edits,
                });
            }
        };
        add("one digit", digit(old), None);
        add("transposed", transposed(old), None);
        add("times ten", tenfold(old), None);
        if let Some(next) = all.get(at + 1) {
            add("swapped", Some(next.1.clone()), Some(next));
        }
    }
    altered
}

/// As many of each section and kind as are asked for, evenly spread.
fn sample(altered: Vec<Altered>, most: usize) -> Vec<Altered> {
    let mut sizes: BTreeMap<(String, &str), usize> = BTreeMap::new();
    for each in &altered {
        *sizes.entry((each.family.clone(), each.kind)).or_default() += 1;
    }
    let mut seen: BTreeMap<(String, &str), usize> = BTreeMap::new();
    let keep = |each: &Altered| {
        let key = (each.family.clone(), each.kind);
        let (size, at) = (sizes[&key], seen.entry(key).or_default());
        *at += 1;
        // The place in the sample steps up.
        *at * most / size > (*at - 1) * most / size
    };
    altered.into_iter().filter(keep).collect()
}

/// The equations that a figure takes part in.
fn equations<'a>(audit: &'a Audit, pointer: &'a str) -> impl Iterator<Item = &'a TieRecord> {
    audit.tie_records.iter().filter(move |tie| {
        !matches!(tie.kind, TieKind::Order | TieKind::Distinct | TieKind::Text)
            && (tie.kind != TieKind::Other || tie.difference.is_some())
            && spots(tie).any(|spot| spot.place.pointer == pointer)
    })
}

/// Two figures of the same sums can change places unseen: no sum can tell them apart.
fn alike(clean: &Audit, each: &Altered) -> bool {
    let of = |pointer: &str| -> Vec<String> {
        equations(clean, field(pointer)).map(|tie| tie.fingerprint.clone()).collect()
    };
    each.neighbour.as_ref().is_some_and(|neighbour| of(&each.pointer) == of(neighbour))
}

/// No equation of a figure depends on it: what a rule would take off where nothing is to be taken off.
fn idle(clean: &Audit, audit: &Audit, pointer: &str) -> bool {
    let is_target = |tie: &TieRecord, pointer: &str| tie.targets.iter().any(|spot| spot.place.pointer == pointer);
    let same = |tie: &TieRecord, other: &TieRecord| {
        let pointers = |tie: &TieRecord| tie.targets.iter().map(|spot| spot.place.pointer.clone()).collect::<Vec<_>>();
        tie.check == other.check && tie.recomputed == other.recomputed && pointers(tie) == pointers(other)
    };
    equations(audit, pointer).all(|tie| {
        let unmoved = equations(clean, pointer).any(|other| same(tie, other));
        tie.recomputed.is_some() && !is_target(tie, pointer) && unmoved
    })
}

/// The field of a figure that may be written as an object.
fn field(pointer: &str) -> &str {
    pointer.strip_suffix("/value").unwrap_or(pointer)
}

/// What became of the errors in one section.
#[derive(Default)]
struct Outcome {
    caught: usize,
    within: usize,
    untied: usize,
    alike: usize,
    idle: usize,
}

#[test]
fn an_error_in_any_tied_figure_is_caught() {
    let most = if std::env::var_os("TIEOUT_ALL_ERRORS").is_some() { usize::MAX } else { SAMPLE };
    let engine = engine();
    let folder = tempfile::tempdir().expect("a folder");
    for name in CLEAN {
        let text = std::fs::read_to_string(case(name).join("figures.json")).expect("the clean twin");
        let text = text.replace('\n', " ");
        let clean = audit(name);
        let all = figures(&text);
        let every = alterations(&all);
        let total = every.len();
        let altered = if most == usize::MAX { every } else { sample(every, most) };
        println!("{name}: {} figures, {} of {total} errors", all.len(), altered.len());

        let mut table: BTreeMap<(&str, &str), Outcome> = BTreeMap::new();
        let (mut within, mut missed) = (Vec::new(), Vec::new());
        let path = folder.path().join("altered.ndjson");
        for batch in altered.chunks(BATCH) {
            let lines: Vec<String> = batch.iter().map(|each| each.document(&text)).collect();
            std::fs::write(&path, lines.join("\n")).expect("written");
            let mut batch = batch.iter();
            audits(&engine, &path, &mut |audit| {
                let each = batch.next().expect("an audit for each document");
                let pointer = field(&each.pointer);
                let row = table.entry((&each.family, each.kind)).or_default();
                let rounded = |audit| equations(audit, pointer).find(|tie| tie.verdict == Verdict::Rounded);
                let holds = |tie: &TieRecord| matches!(tie.verdict, Verdict::Exact | Verdict::Rounded);
                let change = format!("{pointer}: {} -> {} ({})", each.old, each.new, each.kind);
                // Both figures of a swap are altered.
                let mut altered = std::iter::once(pointer).chain(each.neighbour.as_deref().map(field));
                if altered.any(|pointer| equations(&audit, pointer).any(|tie| !holds(tie))) {
                    row.caught += 1;
                } else if equations(&clean, pointer).next().is_none() {
                    row.untied += 1;
                } else if let Some(tie) = rounded(&audit).or_else(|| rounded(&clean)) {
                    row.within += 1;
                    within.push(format!("{change}, allowance {}", tie.allowance.as_deref().unwrap_or("without limit")));
                } else if alike(&clean, each) {
                    row.alike += 1;
                } else if idle(&clean, &audit, pointer) {
                    row.idle += 1;
                } else {
                    missed.push(change);
                }
            });
            assert!(batch.next().is_none(), "a document without an audit");
        }
        for ((family, kind), Outcome { caught, within, untied, alike, idle }) in &table {
            let counts = format!("caught {caught:>3}, within allowance {within:>2}, not tied {untied:>2}");
            println!("{family:<12} {kind:<10} {counts}, in the same sums {alike:>2}, without effect {idle:>2}");
        }
        println!("within allowance:\n{}", within.join("\n"));
        let mut untied: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (.., pointer) in all.iter().filter(|(.., pointer)| equations(&clean, field(pointer)).next().is_none()) {
            untied.entry(family(pointer)).or_default().push(pointer);
        }
        println!("figures in no equation, by section:");
        for (family, pointers) in untied {
            println!("{family} {}: {}", pointers.len(), pointers.join(" "));
        }
        assert!(missed.is_empty(), "not caught: {missed:#?}");
    }
}
