//! What an amount comes to for each of those that are counted beside it: `人均14,158.50元`.

use super::sentence::{LEAST_DIGITS, Relating, Said, Sentence, holds};
use crate::tie::{Expression, Tie, TieKind};

/// What averages are called; in Chinese, for each of whom.
const OF_AVERAGES: [&str; 12] = [
    "人均",
    "生均",
    "户均",
    "校均",
    "亩均",
    "件均",
    "村均",
    "床均",
    "per head",
    "per person",
    "per capita",
    "on average",
];

/// Of how many figures before it an average may be, the nearest first.
const BEFORE: usize = 6;

/// So many pairs of amounts and counts are nearest to an average.
const NEAREST: usize = 2;

impl Sentence {
    /// What an average is of an amount and a count before it.
    pub fn average(&self, at: usize) -> Option<Tie> {
        let average = &self.said[at];
        if !average.is_called(&OF_AVERAGES) || average.digits < LEAST_DIGITS {
            return None;
        }
        let forms = self.shared_out(at);
        if let Some(held) = forms.iter().find_map(|form| self.tie(at, form).filter(holds)) {
            return Some(held);
        }
        // Of many quotients one is near to few digits by chance.
        let nearly = |form: &&Relating| self.value(form).is_some_and(|value| average.slipped(value));
        let most = if average.digits > LEAST_DIGITS + 1 { forms.len() } else { NEAREST };
        let near = forms.iter().take(most).find(nearly).filter(|_| average.digits > LEAST_DIGITS);
        near.and_then(|form| self.tie(at, form))
    }

    /// Amounts like it, each over a count.
    fn shared_out(&self, at: usize) -> Vec<Relating> {
        let average = &self.said[at];
        let before: Vec<usize> = (0..at).rev().take(BEFORE).collect();
        let is_count = |said: &Said| said.is_amount() && !said.is_money();
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for over in before.iter().copied().filter(|over| self.said[*over].is_like(average)) {
            let under = before.iter().copied().filter(|under| *under != over && is_count(&self.said[*under]));
            pairs.extend(under.map(|under| (over, under)));
        }
        pairs.sort_by_key(|(over, under)| 2 * at - over - under);
        let form = |(over, under): (usize, usize)| Relating {
            kind: TieKind::Ratio,
            others: vec![over, under],
            expression: Expression::Quotient(Box::new(Expression::Operand(0)), Box::new(Expression::Operand(1))),
        };
        pairs.into_iter().map(form).collect()
    }
}
