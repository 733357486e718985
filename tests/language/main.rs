//! The check language by itself: what a check makes of a small document, tie by tie.
#![cfg(test)]

mod agreement;
mod bound;
mod conditions;
mod packs;
mod paths;
mod proofs;
mod quantities;
mod readings;
mod requirements;
mod work;

use std::sync::Arc;

use tieout::bind::bind;
use tieout::check::{Applied, Index, Pack, World, apply, compile};
use tieout::document::Document;
use tieout::read::{self, Limits};
use tieout::source::Source;
use tieout::tie::{Tie, Verdict, settle_blanks};

fn pack(terms: &str, checks: &str) -> Pack {
    let manifest = "title = { en = \"Test\", zh = \"试\" }\nfiles = [\"checks.toml\"]\nprose = [\"notes\"]\n";
    let files = [("pack.toml", manifest), ("terms.toml", terms), ("checks.toml", checks)];
    let file = |wanted: &str| files.iter().find(|(name, _)| *name == wanted).map(|(_, text)| (*text).to_owned());
    let pack = compile("test", "test", &|name| Ok(file(name)));
    assert!(pack.faults.is_empty(), "{:?}", pack.faults);
    pack
}

/// What the checks make of the document; `all` of the ties, or those that are not proved.
fn applied(terms: &str, checks: &str, json: &str, all: bool) -> (Document, Applied) {
    let pack = pack(terms, checks);
    let (document, faults) = read::json(&Arc::new(Source::new("data.json", json)), &Limits::default());
    assert!(faults.is_empty(), "{faults:?}");
    let document = document.unwrap();
    let figures = bind(&document, &pack.vocabulary);
    let index = Index::default();
    let world = World { document: &document, figures: &figures, vocabulary: &pack.vocabulary, index: &index };
    let mut applied = apply(&pack.checks.iter().collect::<Vec<_>>(), all, world);
    settle_blanks(&mut applied.ties);
    (document, applied)
}

/// A tie in a line: its verdict or why there is none, its targets, its reading, the axes it assumes, its open blanks.
fn line(tie: &Tie, document: &Document) -> String {
    let mut line = format!("{:?}", tie.outcome.verdict).to_lowercase();
    if let Some(reason) = &tie.outcome.reason {
        line = format!("{line} {reason:?}");
    }
    if matches!(tie.outcome.verdict, Verdict::Broken) {
        for target in &tie.targets {
            line = format!("{line} {}", document.pointer(tie.operands[*target].node));
        }
    }
    for (word, value) in [
        ("by", tie.outcome.difference.filter(|_| tie.outcome.verdict == Verdict::Broken)),
        ("within", tie.outcome.allowance),
        ("is", tie.outcome.implied),
    ] {
        if let Some(number) = value.and_then(|value| value.exact()) {
            line = format!("{line} {word} {}", number.trim());
        }
    }
    if let Some(reading) = &tie.reading {
        line = format!("{line} as {reading}");
    }
    for axis in &tie.assumed {
        line = format!("{line} if {axis}");
    }
    for blank in &tie.blanks {
        line = format!("{line} ?{}", document.pointer(*blank));
    }
    line
}

/// All ties of the checks, a line each.
fn with_terms(terms: &str, checks: &str, json: &str) -> Vec<String> {
    let (document, applied) = applied(terms, checks, json, true);
    assert!(applied.faults.is_empty(), "{:?}", applied.faults);
    applied.ties.iter().map(|tie| line(tie, &document)).collect()
}

/// All ties of one check of the whole document, a line each.
fn require(requirement: &str, json: &str) -> Vec<String> {
    with_terms("", &format!("[[check]]\nid = \"t/t\"\neach = \"root\"\nrequire = '{requirement}'\n"), json)
}

#[test]
fn a_blank_that_one_tie_shows_to_be_zero_is_zero_in_the_others() {
    let two = |first: &str, second: &str, json: &str| {
        let check = |id, text| format!("[[check]]\nid = \"t/{id}\"\neach = \"root\"\nrequire = \"{text}\"\n");
        with_terms("", &(check("a", first) + &check("b", second)), json)
    };
    let json = r#"{"p": null, "q": 5, "r": 5, "s": null, "t": 7, "u": null}"#;
    assert_eq!(two("p + q = r", "p + s = t", json), ["exact ?/p", "implied within 0 is 7 ?/s"]);
    assert_eq!(two("p + q = r", "p + s + u = t", json), ["exact ?/p", "undecided Blanks(2) within 0 is 7 ?/s ?/u"]);
    // Where none is left the total may count what its columns do not show.
    let both = "p + q = r and s + q = r";
    assert_eq!(two(both, "p + s = t", json)[2..], ["undecided Blanks(2) within 0 is 7 ?/p ?/s"]);
}

#[test]
fn sizes_can_be_unequal_thanks_to_rounding_on_one_side_only() {
    // `abs(a)` of a printed 0.0 is anything from 0 to 0.05.
    assert_eq!(require("abs(a) != 0", r#"{"a": 0.0}"#), ["rounded"]);
    assert_eq!(require("abs(a) != 0", r#"{"a": 0.1}"#), ["exact"]);
}

#[test]
fn a_figure_that_stands_twice_in_a_quotient_moves_once() {
    // Whatever the figures stand for, a sum is itself.
    let json = r#"{"a": 1.0, "b": 1.0, "c": 1.0, "d": 1.0, "e": 1.0, "t": 1.01}"#;
    assert_eq!(require("(a + b + c + d + e) / (e + d + c + b + a) = t", json), ["broken /t by 0.01 within 0.005"]);
    // Figures that are exact do not move.
    let json = r#"{"a": 1.0, "p": 0, "q": 0, "r": 0, "s": 0, "u": 0, "v": 0, "w": 0, "x": 0, "t": 1.01}"#;
    let share = "a / (a + p + q + r + s + u + v + w + x) = t";
    assert_eq!(require(share, json), ["broken /t by 0.01 within 0.005"]);
}
