//! What a column is tried to be of others: sums of neighbours, rates, products, what grows from line to line.

use std::collections::BTreeMap;

use super::form::{Divisor, Form};
use super::grid::Grid;

/// Columns farther apart than so many are not related to each other.
const NEAR: usize = 8;

/// A product stands behind its factors, with so few columns from the first of them.
const FACTORS: usize = 4;

/// Runs of three or more neighbours that a column may be the sum of, rates between them apart, those that are called
/// taken from it subtracted or not, and opening + in − out.
pub fn sums(amounts: &[usize], target: usize, is_taken: &dyn Fn(usize) -> bool) -> Vec<Form> {
    let Ok(at) = amounts.binary_search(&target) else { return Vec::new() };
    let run = |parts: &[usize]| Form::Sum(parts.iter().map(|part| (false, *part)).collect());
    let signed = |parts: &[usize]| Form::Sum(parts.iter().map(|part| (is_taken(*part), *part)).collect());
    let before = (0..at.saturating_sub(2)).map(|from| &amounts[from..at]);
    let behind = (at + 4..=amounts.len()).map(|to| &amounts[at + 1..to]);
    let mut all: Vec<Form> = before.clone().chain(behind).map(run).collect();
    // The first stands before what is taken from it; of three all ways are tried.
    let taken = before.filter(|run| run.len() > 3 && !is_taken(run[0]) && run.iter().any(|part| is_taken(*part)));
    all.extend(taken.map(signed));
    if let Some(three) = at.checked_sub(3).map(|opening| &amounts[opening..at]) {
        for negative in [1, 2] {
            all.push(Form::Sum(three.iter().enumerate().map(|(index, part)| (index == negative, *part)).collect()));
        }
    }
    all
}

/// Columns that are called alike below their headers, as each `加权` beside its `占比`: a column may be the sum of all.
pub fn alike(names: &[String], like: &[usize], target: usize) -> Vec<Form> {
    let mut by_name: BTreeMap<&str, Vec<(bool, usize)>> = BTreeMap::new();
    for column in like.iter().copied().filter(|column| *column != target) {
        if let Some((_, name)) = names[column].rsplit_once('/') {
            by_name.entry(name).or_default().push((false, column));
        }
    }
    let is_apart = |parts: &[(bool, usize)]| parts.windows(2).any(|pair| pair[1].1 != pair[0].1 + 1);
    by_name.into_values().filter(|parts| parts.len() > 2 && is_apart(parts)).map(Form::Sum).collect()
}

/// Products of two of the nearest columns before one, rates apart, which were rounded.
pub fn products(amounts: &[usize], target: usize) -> Vec<Form> {
    let near = amounts.iter().copied().filter(|column| (target.saturating_sub(FACTORS)..target).contains(column));
    let pairs = |one: usize| near.clone().filter(move |other| *other > one).map(move |other| Form::Product(one, other));
    near.clone().flat_map(pairs).collect()
}

/// Three columns of which one is the sum of the others: the relation is of the one that is called a sum, else of the last.
pub fn triples(grid: &Grid, is_rate: &dyn Fn(usize) -> bool, is_sum: &dyn Fn(usize) -> bool) -> Vec<(usize, Form)> {
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

/// Quotients, changes and shares of the total that a column may be; of several neighbours together, too.
pub fn rates(amounts: &[usize], target: usize) -> Vec<Form> {
    let near: Vec<usize> = near(amounts, target).collect();
    let mut all = Vec::new();
    for (at, over) in near.iter().enumerate() {
        all.push(Form::Quotient(vec![*over], Divisor::Total(*over)));
        for under in near.iter().filter(|under| *under != over) {
            all.push(Form::Quotient(vec![*over], Divisor::Own(*under)));
            all.push(Form::Change(*over, *under));
            let runs = (at + 2..=near.len()).map(|to| &near[at..to]).filter(|run| !run.contains(under));
            all.extend(runs.map(|run| Form::Quotient(run.to_vec(), Divisor::Own(*under))));
        }
    }
    all
}

/// What one column comes to for each of another: 人均 of an amount and a count.
pub fn means(amounts: &[usize], target: usize) -> impl Iterator<Item = Form> + '_ {
    let others = move || near(amounts, target).filter(move |column| *column != target);
    let over = move |over: usize| others().filter(move |under| *under != over).map(move |under| (over, under));
    others().flat_map(over).map(|(over, under)| Form::Quotient(vec![over], Divisor::Own(under)))
}

/// Columns that one may be the running total of.
pub fn running(amounts: &[usize], target: usize) -> impl Iterator<Item = Form> + '_ {
    near(amounts, target).filter(move |column| *column != target).map(Form::Running)
}

/// Growths from one line to the next that a column may be.
pub fn growths(amounts: &[usize], target: usize) -> impl Iterator<Item = Form> + '_ {
    near(amounts, target).flat_map(|column| [false, true].map(|is_behind| Form::Growth(column, is_behind)))
}

/// Columns that are not too far apart.
fn near(amounts: &[usize], target: usize) -> impl Iterator<Item = usize> + '_ {
    amounts.iter().copied().filter(move |column| column.abs_diff(target) <= NEAR)
}
