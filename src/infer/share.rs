//! Counts of which each is followed by its share: `非常满意85份，占72.03%；满意25份，占21.19%`. That most of them are
//! shares of one whole says that the others are, too, however few their digits.

use super::sentence::{LEAST_DIGITS, Relating, Sentence, holds};
use crate::tie::{Expression, Tie, TieKind};

/// What stands between a count and its share, where that has no name of its own.
const OF_SHARES: [&str; 8] = ["占", "占比", "占比为", "占总数的", "占比达", "比例为", "or", "accounting for"];

/// So many shares besides the one at hand show what they are of, and those that do not may be one in as many.
const ENOUGH: usize = 2;

/// Of so many figures before the first of them one may be what they are of.
const BEFORE: usize = 4;

impl Sentence {
    /// A share of the count before it, where the others are of the same whole.
    pub fn share(&self, at: usize) -> Option<Tie> {
        let follows = |share: &usize| {
            let (said, before) = (&self.said[*share], share.checked_sub(1).map(|before| &self.said[before]));
            // A rate that has a name, or says of what it is, is not that of a part.
            let words = said.label.trim();
            let is_share = said.percent && (words.is_empty() || OF_SHARES.contains(&words));
            is_share && before.is_some_and(|count| count.is_amount() && !count.is_money())
        };
        let shares: Vec<usize> = (0..self.said.len()).filter(follows).collect();
        if !shares.contains(&at) || shares.len() <= ENOUGH {
            return None;
        }
        let first = shares.first()?.checked_sub(1)?;
        let mut wholes = (0..first).rev().take(BEFORE).filter(|whole| self.said[*whole].is_like(&self.said[first]));
        let of_whole = wholes.find_map(|whole| self.like_others(at, &shares, &|share| Some(of_whole(share, whole))));
        // The whole may stand elsewhere; then it is what the other shares say.
        of_whole.or_else(|| {
            let others = shares.iter().copied().filter(|other| *other != at);
            let mut others = others.filter(|other| self.said[*other].digits >= LEAST_DIGITS);
            others.find_map(|other| {
                self.like_others(at, &shares, &|share| (share != other).then(|| beside(share, other)))
            })
        })
    }

    /// The relation of a share, if it is that of the others.
    fn like_others(&self, at: usize, shares: &[usize], form: &dyn Fn(usize) -> Option<Relating>) -> Option<Tie> {
        let shows = |share: &usize| {
            let share = &self.said[*share];
            share.digits >= LEAST_DIGITS && !share.operand.value.is_zero()
        };
        let ties = shares.iter().filter_map(|share| Some((*share, self.tie(*share, &form(*share)?)?)));
        let (held, broken): (Vec<_>, Vec<_>) = ties.partition(|(_, tie)| holds(tie));
        let shown = held.iter().filter(|(share, _)| shows(share)).count();
        let is_meant = shown >= ENOUGH && broken.len() * ENOUGH <= held.len();
        held.into_iter().chain(broken).find(|(share, _)| is_meant && *share == at).map(|(_, tie)| tie)
    }
}

/// The count before a share over the whole.
fn of_whole(share: usize, whole: usize) -> Relating {
    Relating {
        kind: TieKind::Share,
        others: vec![share - 1, whole],
        expression: Expression::Quotient(Box::new(Expression::Operand(0)), Box::new(Expression::Operand(1))),
    }
}

/// The count before a share over that before another, times the other share.
fn beside(share: usize, other: usize) -> Relating {
    let quotient = Expression::Quotient(Box::new(Expression::Operand(0)), Box::new(Expression::Operand(1)));
    Relating {
        kind: TieKind::Share,
        others: vec![share - 1, other - 1, other],
        expression: Expression::Product(Box::new(quotient), Box::new(Expression::Operand(2))),
    }
}
