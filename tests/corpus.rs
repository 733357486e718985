//! The corpus: every verdict that is not plain agreement is expected and was reviewed by hand; the
//! clean twin has nothing above a note; and an error put into any tied figure of it is caught.

#![expect(clippy::expect_used, reason = "a test stops where something is wrong")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tieout::audit::{Audit, TieRecord};
use tieout::bind::bind;
use tieout::check::embedded;
use tieout::figure::read as literal;
use tieout::finding::{Confidence, Severity, Spot};
use tieout::pipeline::walk::Input;
use tieout::pipeline::{Engine, Options};
use tieout::read::{self, Limits};
use tieout::source::{Source, Span};
use tieout::tie::{TieKind, Verdict};

const PACK: &str = "performance-evaluation";

fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(PACK).join(name)
}

fn audits(path: &Path) -> Vec<Audit> {
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
    let engine = Engine::new(options).expect("the pack compiles");
    let mut found = Vec::new();
    let inputs = [Input::File { path: path.to_owned(), named: true }];
    engine
        .run(&inputs, &mut |audit| {
            found.push(audit);
            Ok(())
        })
        .expect("nothing is written");
    found
}

fn audit(name: &str) -> Audit {
    audits(&case(name).join("figures.json")).pop().expect("one document")
}

fn spots(tie: &TieRecord) -> impl Iterator<Item = &Spot> {
    tie.targets.iter().chain(&tie.operands)
}

#[test]
fn every_disagreement_of_the_report_is_expected() {
    let mut rows: Vec<String> = Vec::new();
    for tie in audit("shuozhou-2019").tie_records.iter().filter(|tie| tie.verdict != Verdict::Exact) {
        let spot = spots(tie).next().expect("a tie speaks of something");
        let line = spot.place.origin.as_ref().map_or(0, |origin| origin.line);
        let verdict = format!("{:?}", tie.verdict).to_lowercase();
        let difference = tie.difference.as_deref().unwrap_or_default();
        rows.push(format!("{}\t{line}\t{}\t{difference}\t{verdict}", tie.check, spot.literal));
    }
    rows.sort();
    let text = std::fs::read_to_string(case("shuozhou-2019").join("expected.tsv")).expect("expected.tsv");
    let mut expected: Vec<String> = text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect();
    expected.sort();
    let unexpected: Vec<&String> = rows.iter().filter(|row| !expected.contains(row)).collect();
    let absent: Vec<&String> = expected.iter().filter(|row| !rows.contains(row)).collect();
    assert!(rows == expected, "not expected: {unexpected:#?}\nnot found: {absent:#?}");
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

#[test]
fn the_clean_twin_agrees_and_has_the_same_ties() {
    let (printed, clean) = (audit("shuozhou-2019"), audit("shuozhou-2019-clean"));
    let loud = clean.findings.iter().filter(|finding| finding.severity > Severity::Note);
    let loud: Vec<&str> = loud.map(|finding| &*finding.rule.id).collect();
    assert!(loud.is_empty(), "{loud:?}");
    // A sentence that states revenue, expenditure and closing balance, but no opening balance.
    let undecided = clean.tie_records.iter().filter(|tie| tie.verdict == Verdict::Undecided);
    assert_eq!(undecided.map(|tie| &*tie.check).collect::<Vec<_>>(), ["budget/closing"]);
    assert_eq!(clean.ties.broken, 0);
    // This check is asked only of tables that count the opening balance in the revenue.
    let asked = |audit: &Audit| -> BTreeSet<String> {
        audit.tie_records.iter().filter(|tie| tie.check != "carryover/opening-once").map(identity).collect()
    };
    let (printed, clean) = (asked(&printed), asked(&clean));
    let only = |left: &BTreeSet<String>, right: &BTreeSet<String>| left.difference(right).cloned().collect::<Vec<_>>();
    let (lost, gained) = (only(&printed, &clean), only(&clean, &printed));
    assert!(printed == clean, "only as printed: {lost:#?}\nonly clean: {gained:#?}");
}

/// One figure of the clean twin, altered.
struct Altered {
    family: String,
    kind: &'static str,
    pointer: String,
    /// The figure it was swapped with.
    neighbour: Option<String>,
    old: String,
    new: String,
    text: String,
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

/// Every alteration of every figure of a document that makes it another number.
fn alterations(text: &str) -> Vec<Altered> {
    let source = Arc::new(Source::new("clean", text));
    let document = read::json(&source, &Limits::default()).0.expect("the clean twin is JSON");
    let figures = bind(&document, &embedded(PACK).expect("the pack").vocabulary);
    let place = |node| (document.printed_span(node), document.printed(node).to_owned(), document.pointer(node));
    let all: Vec<(Span, String, String)> = figures.iter().map(|(node, _)| place(node)).collect();
    let value = |text: &str| literal(text).ok().map(|literal| literal.value);
    let mut altered = Vec::new();
    for (at, (span, old, pointer)) in all.iter().enumerate() {
        let mut add = |kind, neighbour: Option<&String>, new: Option<String>, write: &dyn Fn(&str) -> String| {
            if let Some(new) = new.filter(|new| value(new).is_some() && value(new) != value(old)) {
                let (family, text) = (pointer.split('/').nth(1).unwrap_or_default().to_owned(), write(&new));
                let (pointer, neighbour, old) = (pointer.clone(), neighbour.cloned(), old.clone());
                altered.push(Altered { family, kind, pointer, neighbour, old, new, text });
            }
        };
        let here = span.range();
        let one = |new: &str| format!("{}{new}{}", &text[..here.start], &text[here.end..]);
        add("one digit", None, digit(old), &one);
        add("transposed", None, transposed(old), &one);
        add("times ten", None, tenfold(old), &one);
        if let Some((next_span, next, neighbour)) = all.get(at + 1) {
            let there = next_span.range();
            let swap = |new: &str| {
                format!("{}{new}{}{old}{}", &text[..here.start], &text[here.end..there.start], &text[there.end..])
            };
            add("swapped", Some(neighbour), Some(next.clone()), &swap);
        }
    }
    altered
}

/// Verdicts, differences and allowances of the equations that a figure takes part in.
fn equations<'a>(audit: &'a Audit, pointer: &'a str) -> impl Iterator<Item = &'a TieRecord> {
    audit.tie_records.iter().filter(move |tie| {
        !matches!(tie.kind, TieKind::Order | TieKind::Distinct | TieKind::Text)
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

/// The field of a figure that may be written as an object.
fn field(pointer: &str) -> &str {
    pointer.strip_suffix("/value").unwrap_or(pointer)
}

#[test]
fn an_error_in_any_tied_figure_is_caught() {
    let text = std::fs::read_to_string(case("shuozhou-2019-clean").join("figures.json")).expect("the clean twin");
    let text = text.replace('\n', " ");
    let altered = alterations(&text);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("altered.ndjson");
    let lines = altered.iter().fold(String::new(), |lines, each| lines + &each.text + "\n");
    std::fs::write(&path, lines).expect("written");
    let clean = audit("shuozhou-2019-clean");
    let audits = audits(&path);
    assert_eq!(audits.len(), altered.len());

    let mut table: BTreeMap<(&str, &str), [usize; 4]> = BTreeMap::new();
    let (mut within, mut untied, mut missed) = (Vec::new(), BTreeSet::new(), Vec::new());
    for (audit, each) in audits.iter().zip(&altered) {
        let pointer = field(&each.pointer);
        let row = table.entry((&each.family, each.kind)).or_default();
        let holds = |tie: &TieRecord| matches!(tie.verdict, Verdict::Exact | Verdict::Rounded);
        let change = format!("{pointer}: {} -> {} ({})", each.old, each.new, each.kind);
        // Both figures of a swap are altered.
        let altered = std::iter::once(pointer).chain(each.neighbour.as_deref().map(field));
        if altered.flat_map(|pointer| equations(audit, pointer)).any(|tie| !holds(tie)) {
            row[0] += 1;
        } else if equations(&clean, pointer).next().is_none() {
            row[2] += 1;
            untied.insert(pointer.to_owned());
        } else if let Some(tie) = equations(audit, pointer).find(|tie| tie.verdict == Verdict::Rounded) {
            row[1] += 1;
            within.push(format!("{change}, allowance {}", tie.allowance.as_deref().unwrap_or("without limit")));
        } else if alike(&clean, each) {
            row[3] += 1;
        } else {
            missed.push(change);
        }
    }
    let mut out = String::new();
    for ((family, kind), [caught, within, untied, alike]) in &table {
        let counts = format!("caught {caught:>3}, within allowance {within:>2}, not tied {untied:>2}");
        writeln!(out, "{family:<11} {kind:<10} {counts}, in the same sums {alike:>2}").expect("text");
    }
    let untied: Vec<String> = untied.into_iter().collect();
    println!("{out}within allowance:\n{}\nnot tied:\n{}", within.join("\n"), untied.join("\n"));
    assert!(missed.is_empty(), "not caught: {missed:#?}");
}
