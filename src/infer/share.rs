//! Counts or amounts of which each is followed by its share: `非常满意85份，占72.03%；满意25份，占21.19%`. That most of
//! them are shares of one whole says that the others are, too, however few their digits.

use super::sentence::{LEAST_DIGITS, Relating, Sentence, holds};
use crate::tie::{Expression, Tie, TieKind};

/// What stands between a count and its share, where that has no name of its own.
const OF_SHARES: [&str; 8] = ["占", "占比", "占比为", "占总数的", "占比达", "比例为", "or", "accounting for"];

/// What stands between shares that are said one after the other.
const AND: [&str; 5] = ["和", "、", "与", "及", "and"];

/// So many shares besides the one at hand show what they are of, and those that do not may be one in as many.
const ENOUGH: usize = 2;

/// Of so many figures before the first of them one may be what they are of.
const BEFORE: usize = 4;

impl Sentence {
    /// Shares of the counts before them, where most are of one whole; each with its place.
    pub fn shares(&self) -> Vec<(usize, Tie)> {
        let follows = |share: &usize| {
            let (said, before) = (&self.said[*share], share.checked_sub(1).map(|before| &self.said[before]));
            // A rate that has a name, or says of what it is, is not that of a part.
            let words = said.label.trim();
            let is_share = said.percent && !said.known && (words.is_empty() || OF_SHARES.contains(&words));
            // 男性 178 人、女性 127 人，占比 58.36% 和 41.64%: of one each.
            let next = self.said.get(share + 1).filter(|next| next.percent).map(|next| next.label.trim());
            let is_of_several = next.is_some_and(|next| next.is_empty() || AND.contains(&next));
            is_share && !is_of_several && before.is_some_and(|part| part.is_amount())
        };
        let shares: Vec<usize> = (0..self.said.len()).filter(follows).collect();
        let Some(first) = shares.first().and_then(|first| first.checked_sub(1)) else { return Vec::new() };
        if shares.len() <= ENOUGH {
            return Vec::new();
        }
        let mut wholes = (0..first).rev().take(BEFORE).filter(|whole| self.said[*whole].is_like(&self.said[first]));
        let of_one = wholes.find_map(|whole| self.alike(&shares, &|share| Some(of_whole(share, whole))));
        // The whole may stand elsewhere; then it is what one of the shares says.
        let others = shares.iter().copied().filter(|other| self.said[*other].digits >= LEAST_DIGITS);
        let of_other = |other: usize| {
            // That one is held against one that it agrees with, else against any.
            let mut rest = shares.iter().copied().filter(|share| *share != other);
            let agrees = |share: &usize| self.tie(*share, &beside(*share, other)).is_some_and(|tie| holds(&tie));
            let against = rest.clone().find(agrees).or_else(|| rest.next())?;
            self.alike(&shares, &|share| Some(beside(share, if share == other { against } else { other })))
        };
        let of_all = self.of_all(&shares);
        of_all.or(of_one).or_else(|| others.take(BEFORE).find_map(of_other)).unwrap_or_default()
    }

    /// Shares of all their counts together, of which the first may say what they are of:
    /// `很满意的271份，占有效问卷的48.57%；满意191份，占34.23%；…`.
    fn of_all(&self, shares: &[usize]) -> Option<Vec<(usize, Tie)>> {
        let named = |share: &usize| {
            let said = &self.said[*share];
            let is_share = said.percent && !said.known && said.label.starts_with(OF_SHARES[0]);
            is_share && share.checked_sub(1).is_some_and(|part| self.said[part].is_amount())
        };
        let before = shares.first()?.checked_sub(2).filter(named);
        let all: Vec<usize> = before.into_iter().chain(shares.iter().copied()).collect();
        let parts: Vec<usize> = all.iter().map(|share| share - 1).collect();
        self.alike(&all, &|share| {
            let sum = (0..parts.len()).map(|index| (false, Expression::Operand(index))).collect();
            let own = parts.iter().position(|part| *part == share - 1)?;
            let over = Expression::Quotient(Box::new(Expression::Operand(own)), Box::new(Expression::Sum(sum)));
            Some(Relating { kind: TieKind::Share, others: parts.clone(), expression: over })
        })
    }

    /// The relations of all shares, if most of them hold.
    fn alike(&self, shares: &[usize], form: &dyn Fn(usize) -> Option<Relating>) -> Option<Vec<(usize, Tie)>> {
        let shows = |share: &usize| {
            let share = &self.said[*share];
            share.digits >= LEAST_DIGITS && !share.operand.value.is_zero()
        };
        let ties = shares.iter().filter_map(|share| Some((*share, self.tie(*share, &form(*share)?)?)));
        let ties: Vec<(usize, Tie)> = ties.collect();
        let held = ties.iter().filter(|(_, tie)| holds(tie));
        let (shown, held) = (held.clone().filter(|(share, _)| shows(share)).count(), held.count());
        (shown >= ENOUGH && (ties.len() - held) * ENOUGH <= held).then_some(ties)
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
