//! The amount in a sentence and the amount in the table: a figure of a sentence that some cell prints, or would but for one
//! digit, where the words before it name the cell.

use std::sync::{Arc, OnceLock};

use foldhash::{HashMap, HashSet};

use super::equation::{self, operand};
use super::sentence::SENTENCES;
use crate::document::{Document, Figures, NodeId};
use crate::fault::Bilingual;
use crate::figure::{Dimension, Figure, Number, Ratio, Unit};
use crate::rule::Rule;
use crate::tie::{Expression, Tie, TieKind};

/// Figures of fewer digits are near to each other by chance; nobody prints more.
const LEAST_DIGITS: usize = 5;
const MOST_DIGITS: usize = 15;

/// Of cells that print the same so many are looked at.
const MOST: usize = 64;

/// A formula stands at most so many bytes behind the figures of a sentence that it is written with.
const BEHIND: u32 = 600;

/// Places that a point is out by.
const SHIFTS: [i32; 4] = [1, -1, 2, -2];

/// A name says what a figure is with its last letters; a Chinese word has so many, another at least so many.
const NAME: usize = 6;
const WORD: usize = 2;
const LONG_WORD: usize = 5;

/// Units of money that sentences prefer to those of tables, by their power of ten, and the decimals that they print.
const LARGER: [(i32, u32); 3] = [(4, 2), (8, 2), (8, 4)];

/// Words that stand in the name of nearly every figure.
const EVERYWHERE: [&str; 12] =
    ["万元", "金额", "合计", "小计", "总计", "年度", "情况", "本年", "数额", "总额", "其中", "资金"];

/// The rule of all such ties.
pub fn rule() -> Arc<Rule> {
    static RULE: OnceLock<Arc<Rule>> = OnceLock::new();
    let rule = || {
        let because = Bilingual::new(
            "The sentence names the cell of the table and prints its figure but for one digit, which is hardly chance.",
            "文字与表中同名数字仅差一位，通常并非巧合。",
        );
        let title = Bilingual::new("A figure in a sentence is that of the table", "文字所列数字应与表中一致");
        equation::rule("sentence/restated", title, because)
    };
    Arc::clone(RULE.get_or_init(rule))
}

/// A figure with what is said of it.
struct Named {
    node: NodeId,
    figure: Figure,
    /// What it prints, without separators.
    digits: String,
    /// The words that name it, in small letters.
    name: String,
    year: Option<String>,
}

/// Ties of the figures in the list `sentences` with those in the lines of the list `tables`. Figures that are `known` to
/// other ties, by their first byte, need none.
#[must_use]
pub fn restated(document: &Document, figures: &Figures, known: &HashSet<u32>) -> Vec<Tie> {
    let Some(sentences) = document.get(document.root(), SENTENCES) else { return Vec::new() };
    let tables = document.get(document.root(), "tables");
    let inside = |list: NodeId| figures.iter().filter(move |(node, _)| list < *node && *node < document.end(list));
    let cells = tables.into_iter().flat_map(inside);
    let cells: Vec<Named> = cells.filter_map(|(node, figure)| Named::cell(document, node, figure)).collect();
    // As they are printed, and in the units that sentences prefer.
    let larger: Vec<(i32, Named)> = cells.iter().flat_map(|cell| cell.in_larger_units(document)).collect();
    let mut by_digits: HashMap<(Option<i32>, &str), Vec<&Named>> = HashMap::default();
    cells.iter().for_each(|cell| by_digits.entry((None, &cell.digits)).or_default().push(cell));
    for (exponent, cell) in &larger {
        by_digits.entry((Some(*exponent), &cell.digits)).or_default().push(cell);
    }
    let written = Written::new(document, figures);
    let said = inside(sentences).filter(|(node, _)| !known.contains(&document.node(*node).span.start));
    let said: Vec<Named> = said.filter_map(|(node, figure)| Named::said(document, node, figure)).collect();
    let start = |said: &Named| document.node(said.node).span.start;
    let mut places: HashMap<&str, Vec<u32>> = HashMap::default();
    said.iter().for_each(|said| places.entry(&said.digits).or_default().push(start(said)));
    said.iter()
        .filter_map(|said| {
            let words = words(&said.name);
            let exponent = said.figure.unit.filter(|unit| unit.dimension == Dimension::Money).map(|unit| unit.exponent);
            let find = |digits: &str| -> Vec<&Named> {
                let units = [None].into_iter().chain(exponent.filter(|exponent| *exponent > 0).map(Some));
                let mut found: Vec<&Named> = Vec::new();
                for unit in units {
                    found.extend(by_digits.get(&(unit, digits)).into_iter().flatten().take(MOST));
                }
                found
            };
            let same = find(&said.digits);
            if !same.is_empty() {
                return same.into_iter().find(|cell| said.is_of(cell, &words)).and_then(|cell| tie(said, cell));
            }
            let near: Vec<&Named> = slips(&said.digits)
                .iter()
                .flat_map(|digits| find(digits))
                .filter(|cell| said.is_of(cell, &words))
                .collect();
            // What is near to several cells of different figures was taken from none.
            match near.first() {
                Some(first) => near.iter().all(|cell| cell.digits == first.digits).then(|| tie(said, first)).flatten(),
                None => written.of(said, start(said), &places).and_then(|operand| tie(said, operand)),
            }
        })
        .collect()
}

/// The figures that formulas are written with, by their first byte.
struct Written(Vec<(u32, Named)>);

impl Written {
    fn new(document: &Document, figures: &Figures) -> Self {
        let in_formula = figures.iter().filter(|(node, _)| document.context(*node, "form").is_some());
        let named = |(node, figure)| Some((document.node(node).span.start, Named::new(document, node, figure, &[])?));
        let mut written: Vec<(u32, Named)> = in_formula.filter_map(named).collect();
        written.sort_by_key(|(start, _)| *start);
        Self(written)
    }

    /// The figure of a formula right behind a figure of a sentence that would be it but for one digit, where no other figure
    /// of the sentences around is it.
    fn of(&self, said: &Named, start: u32, places: &HashMap<&str, Vec<u32>>) -> Option<&Named> {
        let from = self.0.partition_point(|(at, _)| *at <= start);
        let behind = || {
            self.0[from..].iter().take_while(|(at, _)| *at < start.saturating_add(BEHIND)).map(|(_, operand)| operand)
        };
        let slips = slips(&said.digits);
        let is_said = |digits: &str| {
            let mut places = places.get(digits).into_iter().flatten().take(MOST);
            places.any(|place| place.abs_diff(start) < BEHIND)
        };
        let near = behind().find(|operand| slips.contains(&operand.digits) && !is_said(&operand.digits));
        near.filter(|_| behind().all(|operand| operand.digits != said.digits))
    }
}

impl Named {
    fn new(document: &Document, node: NodeId, figure: Figure, names: &[&str]) -> Option<Self> {
        let decimals = u32::try_from(figure.decimals).ok()?;
        let digits = figure.value.exact()?.pad(decimals).to_string();
        if !(LEAST_DIGITS..=MOST_DIGITS).contains(&digits_of(&digits)) || figure.percent || figure.bound.is_some() {
            return None;
        }
        let year = document.context(node, "year").map(|year| document.printed(year).to_owned());
        Some(Self { node, figure, digits, name: names.join(" ").to_lowercase(), year })
    }

    /// As it would be printed in larger units of money than its own, or that of its table.
    fn in_larger_units(&self, document: &Document) -> Vec<(i32, Self)> {
        let stated = || Unit::named(document.printed(document.context(self.node, "unit")?));
        let unit = self.figure.unit.or_else(stated).filter(|unit| unit.dimension == Dimension::Money);
        let in_unit = |exponent: i32, decimals: u32| {
            let shift = unit?.exponent.checked_sub(exponent).filter(|shift| *shift < 0)?;
            let digits = Ratio::from(self.figure.value.exact()?.shift(shift)?).round(decimals)?.to_string();
            let (name, year) = (self.name.clone(), self.year.clone());
            let cell = Self { node: self.node, figure: Figure { unit, ..self.figure }, digits, name, year };
            (digits_of(&cell.digits) >= LEAST_DIGITS).then_some((exponent, cell))
        };
        LARGER.iter().filter_map(|(exponent, decimals)| in_unit(*exponent, *decimals)).collect()
    }

    /// A figure in a line of a table, named by its label and its header.
    fn cell(document: &Document, node: NodeId, figure: Figure) -> Option<Self> {
        let label =
            document.get(document.record(node), "label").map_or("", |label| document.printed(document.content(label)));
        let header = document.field_name(node);
        let mut cell = Self::new(document, node, figure, &[label, header])?;
        if let Some(year) = years(header).next() {
            cell.year = Some(year.to_owned());
        }
        Some(cell)
    }

    /// A figure of a sentence, named by the words before it.
    fn said(document: &Document, node: NodeId, figure: Figure) -> Option<Self> {
        if document.field_name(node) != "value" {
            return None;
        }
        let label =
            document.get(document.record(node), "label").map_or("", |label| document.printed(document.content(label)));
        Self::new(document, node, figure, &[label])
    }

    /// Whether a figure of a sentence may be that of a cell: one of the words before it stands in the name of the cell.
    fn is_of(&self, cell: &Self, words: &[String]) -> bool {
        let is_money = |figure: &Figure| figure.unit.map(|unit| unit.dimension == Dimension::Money);
        let alike = is_money(&self.figure).zip(is_money(&cell.figure)).is_none_or(|(one, other)| one == other);
        let same_year = self.year.as_ref().zip(cell.year.as_ref()).is_none_or(|(one, other)| one == other);
        alike && same_year && words.iter().any(|word| cell.name.contains(word.as_str()))
    }
}

/// How many digits a printed figure has, zeros at either end apart.
fn digits_of(printed: &str) -> usize {
    let significant = printed.trim_matches(|letter: char| matches!(letter, '0' | '.' | '-'));
    significant.bytes().filter(u8::is_ascii_digit).count()
}

/// The words of a name: those of long enough Latin words, and each two neighbours of its last Chinese letters.
fn words(name: &str) -> Vec<String> {
    let is_chinese = |letter: &char| ('一'..='鿿').contains(letter);
    let latin = name.split(|letter: char| !letter.is_ascii_alphabetic()).filter(|word| word.len() >= LONG_WORD);
    let letters: Vec<char> = name.chars().collect();
    let last = &letters[letters.len().saturating_sub(NAME)..];
    let pairs = last.windows(WORD).filter(|pair| pair.iter().all(is_chinese)).map(String::from_iter);
    latin.map(str::to_owned).chain(pairs.filter(|pair| !EVERYWHERE.contains(&pair.as_str()))).collect()
}

/// The years that a name says.
fn years(name: &str) -> impl Iterator<Item = &str> {
    let digits = name.split(|letter: char| !letter.is_ascii_digit());
    digits.filter(|digits| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")))
}

/// Printed figures that are one digit, or two that changed places, away.
fn slips(printed: &str) -> Vec<String> {
    let bytes = printed.as_bytes();
    let digits: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at].is_ascii_digit()).collect();
    let with = |changes: &[(usize, u8)]| {
        let mut changed = bytes.to_vec();
        changes.iter().for_each(|(at, digit)| changed[*at] = *digit);
        String::from_utf8(changed).ok()
    };
    let other =
        digits.iter().flat_map(|at| (b'0'..=b'9').filter(|digit| bytes[*at] != *digit).map(|digit| [(*at, digit); 1]));
    let mut all: Vec<String> = other.filter_map(|change| with(&change)).collect();
    all.extend(shifts(printed));
    let turned = digits.windows(2).filter(|pair| bytes[pair[0]] != bytes[pair[1]]);
    all.extend(turned.filter_map(|pair| with(&[(pair[0], bytes[pair[1]]), (pair[1], bytes[pair[0]])])));
    all
}

/// Printed figures whose point stands elsewhere, as cells of as many digits behind the point print them.
fn shifts(printed: &str) -> Vec<String> {
    let Some(number) = Number::read(printed) else { return Vec::new() };
    let shifted = |by: &i32| {
        let shifted = number.shift(*by)?.trim();
        Some([shifted.to_string(), shifted.pad(number.scale()).to_string()])
    };
    let mut all: Vec<String> = SHIFTS.iter().filter_map(shifted).flatten().collect();
    all.dedup();
    all
}

fn tie(said: &Named, cell: &Named) -> Option<Tie> {
    // Where only one of both states its unit, it is that of both.
    let plain = |figure: Figure| Figure {
        unit: figure.unit.filter(|_| said.figure.unit.is_some() == cell.figure.unit.is_some()),
        ..figure
    };
    let operands = vec![operand(cell.node, plain(cell.figure))?, operand(said.node, plain(said.figure))?];
    equation::shown(rule(), TieKind::Equal, said.node, Expression::Operand(0), operands)
}
