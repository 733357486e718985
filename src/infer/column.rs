//! What a column of a table that no check knows is of others: their sum or difference, a rate, a share of the total. Its
//! lines show it, and those that do not keep it are told.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::form::{Fit, Form, Term};
use super::grid::{Grid, Line};
use crate::document::{Document, Figures};
use crate::fault::Bilingual;
use crate::rule::{Rule, Severity};
use crate::tie::{Blanks, Confidence, Expression, Operand, Relation, Settings, Tie, TieKind, Verdict, decide};

/// Columns farther apart than so many are not related to each other.
const NEAR: usize = 8;

/// A table of more columns is a matrix, whose columns are of one kind.
const MOST_COLUMNS: usize = 40;

/// A relation is meant where lines that keep it show so many digits in all, the first of each apart.
const EVIDENCE: u32 = 5;

/// One line in so many that keep a relation may contradict it.
const FEW: usize = 12;

/// So many lines that keep a relation are more than its name could say.
const ENOUGH: usize = 3;

/// What columns whose lines are sums or differences of others are called.
const OF_SUMS: [&str; 16] = [
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
    "total",
    "change",
    "difference",
    "variance",
    "balance",
];

/// What columns of rates and shares are called.
const OF_RATES: [&str; 10] = ["率", "占比", "比例", "比重", "比%", "幅", "%", "rate", "share", "percent"];

fn rule(form: &Form) -> Arc<Rule> {
    static RULES: OnceLock<[Arc<Rule>; 2]> = OnceLock::new();
    let rules = || {
        let across = Rule {
            id: "table/across".into(),
            title: Bilingual::new(
                "A column of a table is the sum or the difference of others",
                "表中某列为其他列之和或之差",
            ),
            because: Bilingual::new(
                "Nearly all lines of the table add up across like this, so it is what the column means.",
                "同表绝大多数行横向满足此关系，可见该列即按此计算。",
            ),
            severity: Severity::Warning,
            decision: false,
            message: None,
        };
        let rate = Rule {
            id: "table/rate".into(),
            title: Bilingual::new("A column of a table is a rate or a share of others", "表中某列为其他列之比"),
            because: Bilingual::new(
                "Nearly all lines of the table divide to this column, so it is what the column means.",
                "同表绝大多数行按此相除即得该列，可见该列即按此计算。",
            ),
            ..across.clone()
        };
        [Arc::new(across), Arc::new(rate)]
    };
    Arc::clone(&RULES.get_or_init(rules)[usize::from(form.divides())])
}

/// Ties for the records of the list `tables`: what one column is of others, line by line.
#[must_use]
pub fn columns(document: &Document, figures: &Figures) -> Vec<Tie> {
    let list = document.get(document.root(), "tables");
    let tables = list.into_iter().flat_map(|list| document.children(list));
    tables.filter_map(|table| Grid::new(document, figures, table)).flat_map(|grid| of_table(&grid, document)).collect()
}

fn of_table(grid: &Grid, document: &Document) -> Vec<Tie> {
    if grid.names.len() > MOST_COLUMNS {
        return Vec::new();
    }
    let names: Vec<String> = grid.names.iter().map(|name| document.name(*name).to_lowercase()).collect();
    let is_called = |column: usize, words: &[&str]| words.iter().any(|word| names[column].contains(word));
    let is_rate = |column: usize| is_called(column, &OF_RATES) || grid.prints_percent(column);
    let mut by_target: BTreeMap<usize, Vec<Found>> = BTreeMap::new();
    let mut weigh = |target: usize, form: Form| {
        let named = is_called(target, if form.divides() { &OF_RATES } else { &OF_SUMS });
        if let Some(found) = Found::new(grid, target, form, named) {
            by_target.entry(target).or_default().push(found);
        }
    };
    for target in 0..grid.names.len() {
        if is_year(&names[target]) {
            continue;
        }
        if is_rate(target) {
            rates(grid, target, &is_rate).into_iter().for_each(|form| weigh(target, form));
        } else {
            sums(grid.names.len(), target, &is_rate).into_iter().for_each(|form| weigh(target, form));
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

/// The relations of a column that count: all that every line keeps, else the one that most lines do.
fn best(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by_key(|found| (found.broken, usize::MAX - found.held));
    let kept = found.iter().filter(|found| found.broken == 0).count().max(1);
    found.truncate(kept);
    found
}

/// Runs of three or more neighbours that a column may be the sum of, and opening + in − out.
fn sums(width: usize, target: usize, is_rate: &dyn Fn(usize) -> bool) -> Vec<Form> {
    let run = |from: usize, to: usize| -> Option<Form> {
        let parts = from..to;
        parts.clone().all(|part| !is_rate(part)).then(|| Form::Sum(parts.map(|part| (false, part)).collect()))
    };
    let before = (0..target.saturating_sub(2)).filter_map(|from| run(from, target));
    let behind = (target + 4..=width).filter_map(|to| run(target + 1, to));
    let mut all: Vec<Form> = before.chain(behind).collect();
    if let Some(opening) = target.checked_sub(3).filter(|opening| (*opening..target).all(|part| !is_rate(part))) {
        for negative in [opening + 1, opening + 2] {
            all.push(Form::Sum((opening..target).map(|part| (part == negative, part)).collect()));
        }
    }
    all
}

/// Three columns of which one is the sum of the others: the relation is of the one that is called a sum, else of the last.
fn triples(grid: &Grid, is_rate: &dyn Fn(usize) -> bool, is_sum: &dyn Fn(usize) -> bool) -> Vec<(usize, Form)> {
    let width = grid.names.len();
    let mut all = Vec::new();
    for first in 0..width {
        for second in first + 1..width.min(first + NEAR) {
            for third in second + 1..width.min(first + NEAR) {
                let three = [first, second, third];
                if three.iter().any(|column| is_rate(*column)) {
                    continue;
                }
                for whole in three {
                    let parts = || three.iter().copied().filter(move |part| *part != whole);
                    let target = if is_sum(whole) { whole } else { third };
                    let form = if target == whole {
                        Form::Sum(parts().map(|part| (false, part)).collect())
                    } else {
                        let rest = parts().filter(|part| *part != target).map(|part| (true, part));
                        Form::Sum(std::iter::once((false, whole)).chain(rest).collect())
                    };
                    all.push((target, form));
                }
            }
        }
    }
    all
}

/// Quotients, changes and shares of the total that a column may be.
fn rates(grid: &Grid, target: usize, is_rate: &dyn Fn(usize) -> bool) -> Vec<Form> {
    let near = |column: &usize| column.abs_diff(target) <= NEAR && !is_rate(*column);
    let columns: Vec<usize> = (0..grid.names.len()).filter(near).collect();
    let mut all = Vec::new();
    for over in &columns {
        all.push(Form::Quotient(*over, Term::Total(*over)));
        for under in columns.iter().filter(|under| *under != over) {
            all.push(Form::Quotient(*over, Term::Own(*under)));
            all.push(Form::Change(*over, *under));
        }
    }
    all
}

/// A relation of a column that its lines show.
struct Found {
    form: Form,
    /// The column prints hundredfold, without a sign.
    hundredfold: bool,
    held: usize,
    broken: usize,
    /// Lines that keep it or ought to.
    lines: Vec<usize>,
    confidence: Confidence,
}

impl Found {
    /// The relation, if enough lines show it and few contradict it.
    fn new(grid: &Grid, target: usize, form: Form, named: bool) -> Option<Self> {
        let hundredfold = form.divides() && !grid.prints_percent(target);
        let (mut held, mut broken, mut digits, mut lines) = (0_usize, 0_usize, 0, Vec::new());
        let (mut contradicted, mut first, mut alike) = (Vec::new(), None, 0);
        for (at, line) in grid.lines.iter().enumerate() {
            match form.fit(grid, target, line, hundredfold) {
                None => continue,
                Some(Fit::Trivial) => {}
                Some(Fit::Holds(shown)) => {
                    held += 1;
                    digits += shown;
                    let value =
                        |at: usize| grid.lines[at].cells.get(target).and_then(Option::as_ref).map(|cell| cell.value);
                    alike += usize::from(value(at) == value(*first.get_or_insert(at)));
                }
                Some(Fit::Broken) => {
                    broken += 1;
                    contradicted.push(at);
                    // What the first lines contradict was never meant.
                    if broken > 3 && broken > held {
                        return None;
                    }
                }
            }
            lines.push(at);
        }
        let is_meant = alike < held && digits >= EVIDENCE && (broken <= 1 || broken * FEW <= held);
        if !is_meant || held <= broken {
            return None;
        }
        for at in contradicted {
            let line = &grid.lines[at];
            if form.divides() && line.is_total && form.is_mean_or_sum(grid, target) {
                lines.retain(|known| *known != at);
                broken -= 1;
            } else if !form.divides() && form.lacks_a_column(target, line) {
                // Another column makes up for the difference: the relation is a longer one.
                return None;
            }
        }
        let confidence = if held >= ENOUGH || broken == 0 || named { Confidence::Strong } else { Confidence::Weak };
        Some(Self { form, hundredfold, held, broken, lines, confidence })
    }

    fn ties(self, grid: &Grid, target: usize) -> Vec<Tie> {
        self.lines.iter().filter_map(|at| self.tie(grid, target, &grid.lines[*at])).collect()
    }

    fn tie(&self, grid: &Grid, target: usize, line: &Line) -> Option<Tie> {
        let mut operands: Vec<Operand> = self.form.operands(grid, line)?;
        operands.push(line.cells.get(target)?.as_ref()?.operand.clone());
        let at = operands.len() - 1;
        let (left, right) = (self.form.expression(self.hundredfold), Expression::Operand(at));
        let settings = Settings::default();
        let outcome = decide(&left, Relation::Equal, &right, &operands, Some(at), &settings, Blanks::default());
        let is_decided = matches!(outcome.verdict, Verdict::Exact | Verdict::Rounded | Verdict::Broken);
        is_decided.then(|| Tie {
            rule: rule(&self.form),
            kind: self.kind(),
            scope: grid.table,
            left,
            relation: Relation::Equal,
            right,
            operands,
            targets: vec![at],
            blanks: Vec::new(),
            reading: None,
            assumed: Vec::new(),
            confidence: self.confidence,
            settings,
            outcome,
            fingerprint: String::new(),
        })
    }

    fn kind(&self) -> TieKind {
        match &self.form {
            Form::Sum(parts) if parts.iter().any(|(negative, _)| *negative) => TieKind::Difference,
            Form::Sum(_) => TieKind::Sum,
            Form::Quotient(_, Term::Total(_)) => TieKind::Share,
            Form::Quotient(..) => TieKind::Ratio,
            Form::Change(..) => TieKind::RelativeChange,
        }
    }
}
