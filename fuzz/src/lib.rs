//! What several targets need: exact fractions of any size, borders of places, a document to check.

use std::sync::Arc;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::pow;
use tieout::bind::{bind, typed};
use tieout::check::{Applied, Check, Index, World, apply, embedded};
use tieout::document::{Cell, Passage};
use tieout::fault::Fault;
use tieout::infer::inferred;
use tieout::read::{Format, Limits, json, report, report_text};
use tieout::source::{Source, Span};
use tieout::term::Vocabulary;
use tieout::tie::Verdict;

/// A number as JSON writes it, read without any code of the library; `None` for anything else, and for
/// exponents that nobody prints. With the number of digits behind its point.
pub fn plain_number(text: &str) -> Option<(BigRational, usize)> {
    let (coefficient, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent: i32 = exponent.parse().ok().filter(|exponent: &i32| exponent.abs() < 100)?;
    let (whole, fraction) = coefficient.split_once('.').unwrap_or((coefficient, ""));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = whole.strip_prefix('-').unwrap_or(whole);
    if !digits(unsigned) || coefficient.contains('.') != digits(fraction) {
        return None;
    }
    let mantissa: BigInt = format!("{whole}{fraction}").parse().ok()?;
    let scale = i32::try_from(fraction.len()).ok()? - exponent;
    let power = pow(BigInt::from(10), usize::try_from(scale.unsigned_abs()).ok()?);
    let value = if scale < 0 { BigRational::from(mantissa * power) } else { BigRational::new(mantissa, power) };
    Some((value, usize::try_from(scale).unwrap_or(0)))
}

/// The text at a place, which must be a range of the source between characters.
pub fn slice(source: &Source, span: Span) -> &str {
    let text = source.text().get(span.range());
    text.unwrap_or_else(|| panic!("{span:?} is no part of {:?}", source.text()))
}

/// Every fault points between characters, and says what it says in both languages.
pub fn examine(faults: &[Fault]) {
    for fault in faults {
        assert!(!fault.message.en.is_empty() && !fault.message.zh.is_empty(), "{fault:?}");
        if let Some((source, span)) = &fault.place {
            slice(source, *span);
            fault.other.map(|other| slice(source, other));
        }
    }
}

/// Reads a report; each of its passages must be made of slices of the source, which are where it says.
pub fn read_report(bytes: &[u8], format: Format) {
    let source = match report_text("fuzz", bytes.to_vec()) {
        Ok(source) => source,
        Err(fault) => {
            assert!(fault.help.is_some(), "{fault:?}");
            return examine(&[fault]);
        }
    };
    let report = report(&source, format);
    report.title.iter().for_each(|passage| examine_passage(&source, passage));
    for table in &report.tables {
        let header = table.columns.iter().flat_map(|column| column.header.iter().chain(&column.unit));
        let cells = table.rows.iter().flat_map(|row| &row.cells).map(|cell| &cell.passage);
        for passage in table.caption.iter().chain(&table.headings).chain(&table.unit).chain(header).chain(cells) {
            examine_passage(&source, passage);
        }
        let places: Vec<_> = table.rows.iter().flat_map(|row| &row.cells).filter_map(|cell: &Cell| cell.grid).collect();
        assert!(places.iter().all(|grid| grid.table == table.number), "{places:?}");
    }
    for statement in &report.statements {
        statement.headings.iter().for_each(|passage| examine_passage(&source, passage));
        examine_passage(&source, &statement.passage);
        for mention in &statement.mentions {
            let ranges = [&mention.literal, &mention.before, &mention.after].into_iter();
            for range in ranges.chain(&mention.unit).chain(&mention.hedge) {
                assert!(statement.passage.text().get(range.clone()).is_some(), "{mention:?}");
            }
        }
        for formula in &statement.formulas {
            assert!(statement.passage.text().get(formula.range.clone()).is_some(), "{formula:?}");
            assert!(formula.result.is_none_or(|result| result < statement.mentions.len()), "{formula:?}");
        }
    }
    // As the records of a pack, each text of which stands where it says.
    let vocabulary = &embedded("performance-evaluation").expect("the pack").vocabulary;
    let document = typed(&report, &source, vocabulary, None);
    for id in document.ids() {
        slice(&source, document.node(id).span);
    }
    let figures = bind(&document, vocabulary);
    for tie in &inferred(&document, &figures, &[], std::iter::empty()) {
        assert!(tie.targets.iter().all(|target| *target < tie.operands.len()), "{tie:?}");
    }
}

fn examine_passage(source: &Source, passage: &Passage) {
    slice(source, passage.whole());
    for (at, each) in passage.text().char_indices() {
        slice(source, passage.span(at..at + each.len_utf8()));
    }
}

/// How many ties hold exactly, hold thanks to rounding, and are otherwise.
fn count(applied: &Applied) -> [usize; 3] {
    let ties = |verdict| applied.ties.iter().filter(|tie| tie.outcome.verdict == verdict).count();
    let [exact, rounded] = [Verdict::Exact, Verdict::Rounded].map(ties);
    let proved = applied.proofs.iter().fold([0, 0], |sum, proof| [sum[0] + proof.count.exact, sum[1] + proof.count.rounded]);
    [exact + proved[0], rounded + proved[1], applied.ties.len() - exact - rounded]
}

/// A small document with what checks are asked of: records, lists, nested objects, texts, blanks.
const DOCUMENT: &str = r#"{
    "entity": "单位", "year": 2020, "net": "100.00", "vat": 19, "gross": "119.00", "share": "54.1%", "x": 1, "y": 2.5,
    "lines": [
        {"label": "甲", "amount": "10.61", "weight": 3, "n": 1},
        {"label": "乙", "amount": "5,864.03", "weight": 7, "n": 2, "nested": {"a": [1, 2, "3"], "b": null}},
        {"label": "丙", "amount": null, "weight": "—", "n": 3}
    ],
    "total": {"amount": {"value": "5,877.64", "$at": {"source": "report.txt", "line": 3}}, "weight": 10},
    "empty": [], "huge": 79228162514264337593543950335, "tiny": "0.0000000000000000000000000001", "word": "much"
}"#;

/// Makes the checks on the document; every tie and every operand must be of it, and what is only proved must
/// be what is made.
pub fn make(checks: &[Check], vocabulary: &Vocabulary) -> Applied {
    let source = Arc::new(Source::new("document.json", DOCUMENT));
    let (document, faults) = json(&source, &Limits::default());
    let document = document.unwrap_or_else(|| panic!("{faults:?}"));
    let figures = bind(&document, vocabulary);
    let index = Index::default();
    let world = World { document: &document, figures: &figures, vocabulary, index: &index };
    let asked: Vec<_> = checks.iter().collect();
    let (applied, proved) = (apply(&asked, true, world), apply(&asked, false, world));
    assert_eq!(count(&applied), count(&proved), "ties, and what of them is only proved");
    examine(&applied.faults);
    for tie in &applied.ties {
        for operand in &tie.operands {
            slice(&source, document.printed_span(operand.node));
        }
        assert!(tie.targets.iter().all(|target| *target < tie.operands.len()), "{tie:?}");
    }
    applied
}
