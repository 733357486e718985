//! Columns of a table of answers: the shares of the counts, and how satisfied all are, which weighs each answer.

use super::form::{Fit, Form, Print};
use super::grid::Grid;
use super::tried::alike;
use crate::figure::Rounding;

/// What columns are called that weigh answers.
pub const OF_ANSWERS: [&str; 2] = ["满意", "satisf"];

/// What an answer may count for, in per cent, below the first, which counts for all.
const WEIGHTS: [u8; 11] = [90, 80, 75, 70, 60, 50, 40, 30, 25, 20, 0];

/// So many lines show the weights.
const SHOWN: usize = 16;

/// A question has so many answers.
const ANSWERS: std::ops::RangeInclusive<usize> = 3..=6;

/// What a column may be of the counts of answers: the share of the one right before it, beside others that are called
/// alike or are each followed by their share; or how satisfied all are, by the weights that most lines show.
#[must_use]
pub fn answers(grid: &Grid, amounts: &[usize], target: usize, weighs: bool) -> Vec<Form> {
    let runs = |from: usize| (from..amounts.len()).map(move |to| &amounts[from..=to]);
    // Right before it, or with their number between.
    let is_near = |last: usize| last < target && last + 2 >= target;
    let are_answers = |run: &&[usize]| ANSWERS.contains(&run.len()) && run.last().is_some_and(|last| is_near(*last));
    let mut groups: Vec<Vec<usize>> =
        alike(&grid.names, amounts, target).into_iter().map(|form| form.columns()).collect();
    // 171 | 56.07% | 97 | 31.80% | …
    let alternate = |one: &usize, next: &usize| *next == one + 2 && grid.prints_percent(one + 1);
    groups.extend(amounts.chunk_by(alternate).map(<[usize]>::to_vec));
    groups.retain(|group| ANSWERS.contains(&group.len()));
    groups.dedup();
    let share = |group: &Vec<usize>| {
        let own = group.iter().position(|column| column + 1 == target)?;
        Some(Form::Weighted(
            group.iter().enumerate().map(|(at, column)| (if at == own { 100 } else { 0 }, *column)).collect(),
        ))
    };
    let shares: Vec<Form> = groups.iter().filter_map(share).collect();
    if !weighs {
        return shares;
    }
    groups.extend((0..amounts.len()).flat_map(runs).filter(are_answers).map(<[usize]>::to_vec));
    let print = Print { shift: if grid.prints_percent(target) { 0 } else { 2 }, rounding: Rounding::Result };
    let weighed =
        groups.iter().flat_map(|group| weighings(group.len()).into_iter().map(move |weights| (weights, group)));
    let forms =
        weighed.map(|(weights, group)| Form::Weighted(weights.into_iter().zip(group.iter().copied()).collect()));
    // Weights of answers that nobody gave are any; the first that fit will do.
    let held = |form: &Form| {
        let fits = (0..grid.lines.len().min(SHOWN)).map(|at| form.fit(grid, target, at, print));
        fits.filter(|fit| matches!(fit, Some(Fit::Holds(_)))).count()
    };
    let best = forms.map(|form| (held(&form), form)).reduce(|best, other| if other.0 > best.0 { other } else { best });
    shares.into_iter().chain(best.map(|(_, form)| form)).collect()
}

/// Weights of so many answers, each less than that before it.
fn weighings(count: usize) -> Vec<Vec<u8>> {
    (1..count).fold(vec![vec![100]], |all, _| {
        let longer = |weights: Vec<u8>| {
            let last = weights.last().copied().unwrap_or(100);
            let less = WEIGHTS.into_iter().filter(move |weight| *weight < last);
            less.map(move |weight| weights.iter().copied().chain([weight]).collect()).collect::<Vec<Vec<u8>>>()
        };
        all.into_iter().flat_map(longer).collect()
    })
}
