//! What a column of a table that no check knows is of others: their sum or difference, a rate, a share of the total. Its
//! lines show it, and those that do not keep it are told.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::equation::{self, Equation};
use super::form::{Divisor, Fit, Form, Print};
use super::grid::{self, Grid};
use super::tried::{alike, growths, means, products, rates, running, sums, triples};
use super::weights;
use crate::document::{Document, Figures};
use crate::fault::Bilingual;
use crate::figure::{Number, Ratio, Rounding};
use crate::rule::Rule;
use crate::tie::{Confidence, Operand, Tie, TieKind, Verdict};

/// A table of more columns is a matrix, whose columns are of one kind; one of more lines is data.
const MOST_COLUMNS: usize = 40;
const MOST_LINES: usize = 10_000;

/// Relations are tried on so many lines of a document, and so many ties are made: no reader waits for more.
const MOST_TRIED: usize = 20_000_000;
const MOST_TIES: usize = 100_000;

/// A column is so many things at once, and not more.
const MOST_RELATIONS: usize = 4;

/// So many lines that show nothing of a relation, before any that does, show that it was not meant.
const SILENT: usize = 64;

/// A relation is meant where lines that keep it show so many digits in all, the first of each apart.
const EVIDENCE: u32 = 5;

/// As much of a product that is called one, and of a rate that is, of figures that were not rounded.
const EVIDENCE_OF_NAMED: u32 = 3;
const EVIDENCE_OF_RATES: u32 = 4;

/// As much of what is called growth: there are few lines that it could be of.
const EVIDENCE_OF_GROWTH: u32 = 2;

/// One line in so many that keep a relation may contradict it.
const FEW: usize = 12;

/// As much of a sum that is called one.
const FEW_OF_NAMED: usize = 4;

/// As much of a rate, which figures of another kind do not keep by chance.
const FEW_OF_RATES: usize = 8;

/// So many times more or less is no slip of a rate.
const FAR: i128 = 20;

/// So many lines that keep a relation are more than its name could say.
const ENOUGH: usize = 3;

/// What columns whose lines are sums or differences of others are called.
const OF_SUMS: [&str; 17] = [
    "合计",
    "小计",
    "总计",
    "总额",
    "增减",
    "差额",
    "差异",
    "变动",
    "调整",
    "结余",
    "结转",
    "可用",
    "total",
    "change",
    "difference",
    "variance",
    "balance",
];

/// What columns are called that say how far others differ.
const OF_DIFFERENCES: [&str; 8] = ["增减", "差额", "差异", "变动", "change", "difference", "variance", "increase"];

/// What columns are called that are taken from those before them.
const OF_TAKEN: [&str; 15] = [
    "减", "支出", "列支", "收回", "上缴", "退", "扣", "核销", "调出", "划出", "less", "spent", "outflow", "decrease",
    "deduct",
];

/// What columns are called that add up all lines so far.
const OF_RUNNING_TOTALS: [&str; 5] = ["累计", "累积", "running", "cumulative", "to date"];

/// What columns of products are called.
const OF_WEIGHTED: [&str; 2] = ["加权", "weighted"];

/// What columns of rates and shares are called.
const OF_RATES: [&str; 10] = ["率", "占比", "比例", "比重", "比%", "幅", "%", "rate", "share", "percent"];

/// What columns are called that say how much more there is than there was.
const OF_GROWTH: [&str; 6] = ["增", "幅", "同比", "环比", "growth", "change"];

/// The rules of sums and differences, of rates and shares, and of products.
pub fn rules() -> &'static [Arc<Rule>; 3] {
    static RULES: OnceLock<[Arc<Rule>; 3]> = OnceLock::new();
    let rules = || {
        let across = equation::rule(
            "table/across",
            Bilingual::new("A column of a table is the sum or the difference of others", "表中某列为其他列之和或之差"),
            Bilingual::new(
                "Nearly all lines of the table add up across like this, so it is what the column means.",
                "同表绝大多数行横向满足此关系，可见该列即按此计算。",
            ),
        );
        let rate = equation::rule(
            "table/rate",
            Bilingual::new("A column of a table is a rate or a share of others", "表中某列为其他列之比"),
            Bilingual::new(
                "Nearly all lines of the table divide to this column, so it is what the column means.",
                "同表绝大多数行按此相除即得该列，可见该列即按此计算。",
            ),
        );
        let product = equation::rule(
            "table/product",
            Bilingual::new("A column of a table is the product of two others", "表中某列为另两列之积"),
            Bilingual::new(
                "Nearly all lines of the table multiply to this column, so it is what the column means.",
                "同表绝大多数行按此相乘即得该列，可见该列即按此计算。",
            ),
        );
        [across, rate, product]
    };
    RULES.get_or_init(rules)
}

/// Ties for the records of the list `tables`: what one column is of others, line by line.
#[must_use]
pub fn columns(document: &Document, figures: &Figures) -> Vec<Tie> {
    let (mut ties, mut left) = (Vec::new(), MOST_TRIED);
    for grid in grid::tables(document).filter_map(|table| Grid::new(document, figures, table)) {
        if left == 0 || ties.len() > MOST_TIES {
            break;
        }
        ties.extend(of_table(&grid, &mut left, &|_| true));
        // 占比 may stand below 金额, too, and 结余 below what it is left of; of other relations between items many are kept
        // by chance.
        if let Some(turned) = grid.transposed(&|name| compares(name)) {
            let is_meant = |found: &Found| found.form.divides() || found.named && found.form.subtracts();
            ties.extend(of_table(&turned, &mut left, &is_meant));
        }
    }
    ties
}

/// Whether a column is one of rates, or of what others differ by.
fn compares(name: &str) -> bool {
    OF_RATES.iter().chain(&OF_DIFFERENCES).any(|word| name.contains(word))
}

/// The ties of a table, of the relations that may be meant; so many lines are left to be tried.
fn of_table(grid: &Grid, left: &mut usize, is_meant: &dyn Fn(&Found) -> bool) -> Vec<Tie> {
    if grid.names.len() > MOST_COLUMNS || grid.lines.len() > MOST_LINES {
        return Vec::new();
    }
    let names = &grid.names;
    let is_called = |column: usize, words: &[&str]| words.iter().any(|word| names[column].contains(word));
    let is_rate = |column: usize| is_called(column, &OF_RATES) || grid.prints_percent(column);
    let mut by_target: BTreeMap<usize, Vec<Found>> = BTreeMap::new();
    let mut weigh = |target: usize, form: Form| {
        let names: &[&str] = match form {
            Form::Quotient(..) if !is_rate(target) => &grid::OF_EACH,
            Form::Quotient(..) | Form::Change(..) => &OF_RATES,
            Form::Growth(..) => &OF_GROWTH,
            Form::Weighted(_) if is_called(target, &OF_RATES) => &OF_RATES,
            Form::Product(..) => &OF_WEIGHTED,
            Form::Running(_) => &OF_RUNNING_TOTALS,
            Form::Weighted(_) => &weights::OF_ANSWERS,
            Form::Sum(_) => &OF_SUMS,
        };
        let named = is_called(target, names);
        if let Some(found) = Found::new(grid, target, form, named, left).filter(is_meant) {
            by_target.entry(target).or_default().push(found);
        }
    };
    let amounts: Vec<usize> = (0..grid.names.len()).filter(|column| !is_rate(*column)).collect();
    // A rate in percent is no factor of an amount: it was rounded. It may be one of another rate, as a weight.
    let percents: Vec<usize> = (0..grid.names.len()).filter(|column| grid.prints_percent(*column)).collect();
    for (target, name) in names.iter().enumerate() {
        if is_year(name) {
            continue;
        }
        if is_rate(target) {
            rates(&amounts, target).into_iter().for_each(|form| weigh(target, form));
            if is_called(target, &OF_GROWTH) {
                growths(&amounts, target).for_each(|form| weigh(target, form));
            }
        } else {
            sums(&amounts, target, &|column| is_called(column, &OF_TAKEN))
                .into_iter()
                .for_each(|form| weigh(target, form));
            if is_called(target, &grid::OF_EACH) {
                means(&amounts, target).for_each(|form| weigh(target, form));
            }
        }
        if grid.prints_percent(target) || is_called(target, &weights::OF_ANSWERS) {
            weights::answers(grid, &amounts, target, is_called(target, &weights::OF_ANSWERS))
                .into_iter()
                .for_each(|form| weigh(target, form));
        }
        let like: &[usize] = if grid.prints_percent(target) { &percents } else { &amounts };
        alike(names, like, target).into_iter().for_each(|form| weigh(target, form));
        products(like, target).into_iter().for_each(|form| weigh(target, form));
        if is_called(target, &OF_RUNNING_TOTALS) {
            running(&amounts, target).for_each(|form| weigh(target, form));
        }
    }
    for (target, form) in triples(grid, &is_rate, &|column| is_called(column, &OF_SUMS[..4])) {
        if !is_year(&names[target]) {
            weigh(target, form);
        }
    }
    by_target
        .into_iter()
        .flat_map(|(target, found)| best(found).into_iter().flat_map(move |found| found.ties(grid, target)))
        .collect()
}

/// Whether a column is one of several years.
fn is_year(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or_default();
    let last = last.trim_end_matches("年度").trim_end_matches('年');
    last.len() == 4
        && (last.starts_with("19") || last.starts_with("20"))
        && last.bytes().all(|byte| byte.is_ascii_digit())
}

/// The relations of a column that count: some that every line keeps, else the one that most lines do; besides, a sum that
/// most lines keep of columns that take part in no other: what is available in a year comes from some columns, and goes
/// to others.
fn best(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by_key(|found| (found.broken, usize::MAX - found.held));
    let broken = found.partition_point(|found| found.broken == 0);
    let mut most = found.split_off(broken).into_iter();
    found.truncate(MOST_RELATIONS);
    let parts: Vec<usize> = found.iter().flat_map(|found| found.form.columns()).collect();
    let is_apart = |other: &Found| {
        let is_sum = other.named && matches!(other.form, Form::Sum(_));
        is_sum && other.form.columns().iter().all(|part| !parts.contains(part))
    };
    let other = if found.is_empty() { most.next() } else { most.find(is_apart) };
    found.extend(other);
    found
}

/// A relation of a column that its lines show.
struct Found {
    form: Form,
    print: Print,
    held: usize,
    broken: usize,
    /// Lines that keep it or ought to.
    lines: Vec<usize>,
    confidence: Confidence,
    /// Whether the column is called so.
    named: bool,
}

/// What the lines of a table say of a relation.
#[derive(Default)]
struct Count {
    held: usize,
    /// Digits that the lines that keep it show.
    digits: u32,
    /// Lines that keep it and say the same as the first that does.
    alike: usize,
    broken: Vec<usize>,
    /// Whether the two that are broken make up for each other.
    made_up: bool,
    lines: Vec<usize>,
}

impl Count {
    /// Nothing where the first lines contradict the relation, or show nothing of it.
    fn new(grid: &Grid, target: usize, form: &Form, print: Print, left: &mut usize) -> Option<Self> {
        let (mut count, mut first, columns) = (Self::default(), None, form.columns());
        for at in 0..grid.lines.len() {
            *left = left.checked_sub(1)?;
            if at > SILENT && count.held == 0 {
                return None;
            }
            match form.fit(grid, target, at, print) {
                None => continue,
                Some(Fit::Trivial) => {}
                Some(Fit::Holds(shown)) => {
                    count.held += 1;
                    count.digits += shown;
                    let value = |at: usize, column: &usize| {
                        grid.lines[at].cells.get(*column).and_then(Option::as_ref).map(|cell| cell.value)
                    };
                    let first = *first.get_or_insert(at);
                    count.alike += usize::from(columns.iter().all(|column| value(at, column) == value(first, column)));
                }
                Some(Fit::Broken) => {
                    count.broken.push(at);
                    if count.broken.len() > 3 && count.broken.len() > count.held {
                        return None;
                    }
                }
            }
            count.lines.push(at);
        }
        if let [first, second] = count.broken[..]
            && let Some(shown) = form.made_up(grid, target, first, second)
        {
            // Both lines together keep it.
            (count.made_up, count.held, count.digits) = (true, count.held + 1, count.digits + shown);
        }
        Some(count)
    }

    /// Whether enough lines show the relation and few contradict it.
    fn is_meant(&self, form: &Form, named: bool, evidence: u32) -> bool {
        let (held, broken) = (self.held, self.broken.len());
        // One wrong figure of a running total, or of what grows, is off in its own line and in the next.
        let is_one = broken <= 1
            || matches!((form, &self.broken[..]), (Form::Running(_) | Form::Growth(..), [first, second]) if *second == first + 1);
        let broken = if self.made_up { 1 } else { broken };
        let few = match form {
            Form::Quotient(..) | Form::Change(..) | Form::Growth(..) | Form::Weighted(_) => FEW_OF_RATES,
            Form::Sum(_) if named => FEW_OF_NAMED,
            Form::Sum(_) | Form::Product(..) | Form::Running(_) => FEW,
        };
        self.alike < held && self.digits >= evidence && (is_one || broken * few <= held) && held > broken
    }
}

impl Found {
    fn new(grid: &Grid, target: usize, form: Form, named: bool, left: &mut usize) -> Option<Self> {
        // What one of many has is no rate in per cent, but may be in another unit than what all have.
        let is_mean = grid::OF_EACH.iter().any(|word| grid.names[target].contains(word));
        let shift = match &form {
            Form::Quotient(over, _) if is_mean => grid.shift(*over.first()?, target)?,
            form if form.divides() && !grid.prints_percent(target) => 2,
            _ => 0,
        };
        let print = |rounding: Rounding| Print { shift, rounding };
        let is_weighted = named && matches!(form, Form::Product(..));
        let is_named_rate = named && matches!(form, Form::Quotient(..) | Form::Change(..));
        let count = |rounding: Rounding, left: &mut usize| {
            let evidence = match rounding {
                _ if is_weighted => EVIDENCE_OF_NAMED,
                Rounding::Result if matches!(form, Form::Growth(..)) => EVIDENCE_OF_GROWTH,
                Rounding::Result if is_named_rate => EVIDENCE_OF_RATES,
                _ => EVIDENCE,
            };
            Count::new(grid, target, &form, print(rounding), left)
                .filter(|count| count.is_meant(&form, named, evidence))
        };
        let loose = count(Rounding::Half, left);
        // Where the lines show that what is divided was not rounded, it is held to what it prints.
        let strict = if form.divides() { count(Rounding::Result, left) } else { None };
        // Two lines that keep it to the last digit, and one that does not, show it as well.
        let is_one_off =
            |strict: &Count| strict.held + 1 >= ENOUGH && strict.broken.len() == 1 && strict.digits >= EVIDENCE;
        let is_shown = |strict: &Count, loose: &Count| {
            strict.held >= ENOUGH || strict.broken.len() <= loose.broken.len() || is_one_off(strict)
        };
        let (mut count, rounding) = match (loose, strict) {
            (Some(loose), Some(strict)) if !is_shown(&strict, &loose) => (loose, Rounding::Half),
            (_, Some(strict)) => (strict, Rounding::Result),
            (Some(loose), None) => (loose, Rounding::Half),
            (None, None) => return None,
        };
        // Factors are held to what they print.
        let rounding = if matches!(form, Form::Product(..)) { Rounding::Result } else { rounding };
        for at in std::mem::take(&mut count.broken) {
            let line = &grid.lines[at];
            if form.divides() && line.is_total() && form.is_mean_or_sum(grid, target) {
                count.lines.retain(|known| *known != at);
                continue;
            }
            if form.lacks_a_column(target, line) {
                // Another column makes up for the difference: the relation is a longer one.
                return None;
            }
            count.broken.push(at);
        }
        // Several that are hardly off show that the figures were rounded otherwise.
        if count.broken.len() > 1 && count.broken.iter().all(|at| form.is_hardly_off(target, &grid.lines[*at])) {
            return None;
        }
        let (held, broken) = (count.held, count.broken.len());
        let confidence = if held >= ENOUGH || broken == 0 || named { Confidence::Strong } else { Confidence::Weak };
        Some(Self { form, print: print(rounding), held, broken, lines: count.lines, confidence, named })
    }

    fn ties(self, grid: &Grid, target: usize) -> Vec<Tie> {
        self.lines.iter().filter_map(|at| self.tie(grid, target, *at)).collect()
    }

    fn tie(&self, grid: &Grid, target: usize, at: usize) -> Option<Tie> {
        let mut operands: Vec<Operand> = self.form.operands(grid, target, at)?;
        operands.push(grid.lines.get(at)?.cells.get(target)?.as_ref()?.operand.clone());
        let equation = Equation {
            rule: Arc::clone(&rules()[self.form.rule()]),
            kind: self.kind(),
            scope: grid.table,
            left: self.form.expression(self.print.shift),
            operands,
            blanks: Vec::new(),
            rounding: self.print.rounding,
            confidence: self.confidence,
        };
        // What is printed in percent and called no rate may be anything in some of the lines.
        let far = |tie: &Tie| {
            let (printed, others) = (tie.operands.last()?.value.abs(), tie.outcome.recomputed?.abs());
            let times = |value: Ratio| value.mul(Number::from(FAR).into());
            Some(times(printed)?.compare(others).is_lt() || times(others)?.compare(printed).is_lt())
        };
        let is_far = |tie: &Tie| tie.outcome.verdict == Verdict::Broken && far(tie).unwrap_or(false);
        equation.decided().filter(|tie| self.named || !self.form.divides() || !is_far(tie))
    }

    fn kind(&self) -> TieKind {
        match &self.form {
            Form::Sum(parts) if parts.iter().any(|(negative, _)| *negative) => TieKind::Difference,
            Form::Sum(_) | Form::Running(_) => TieKind::Sum,
            Form::Quotient(_, Divisor::Total(_)) => TieKind::Share,
            Form::Quotient(..) => TieKind::Ratio,
            Form::Change(..) | Form::Growth(..) => TieKind::RelativeChange,
            Form::Weighted(_) => TieKind::Share,
            Form::Product(..) => TieKind::Other,
        }
    }
}

impl Form {
    /// Which of the rules it is of.
    fn rule(&self) -> usize {
        match self {
            Self::Sum(_) | Self::Running(_) => 0,
            Self::Quotient(..) | Self::Change(..) | Self::Growth(..) | Self::Weighted(_) => 1,
            Self::Product(..) => 2,
        }
    }
}
