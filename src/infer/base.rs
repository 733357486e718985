//! What a change is measured against: a rate is over what there was before, `较上年的85.26万元增加3.20万元，增长3.75%`, and
//! what something went from and to says how far it went, `由46.97%升至60.83%，提高13.86个百分点`.

use super::sentence::{LEAST_DIGITS, Relating, Said, Sentence, UP_TO, holds};
use crate::tie::{Expression, Tie, TieKind};

/// Words by which what there was before is named.
const COMPARED: [&str; 5] = ["较", "比", "同比", "环比", "与"];

/// What there was before is that of.
const OF_BEFORE: [&str; 5] = ["上年", "去年", "上一年", "上期", "上季"];

/// What there was at first is called so.
const OF_FIRST: [&str; 5] = ["年初安排", "年初预算", "原预算", "送审", "申报"];

/// How things change, and which of it makes them less.
const CHANGES: [&str; 9] = ["增", "升", "多", "涨", "减", "降", "少", "跌", "压"];
const FALLS: [&str; 5] = ["减", "降", "少", "跌", "压"];

/// What rates are called that are over something else, or of one year among several.
const OF_OTHERS: [&str; 8] = ["占", "均", "复合", "目标", "计划", "进度", "贡献", "差"];

/// Letters that stand before what something went from.
const FROM: [char; 2] = ['由', '从'];

/// A way of several years is said to be so.
const IN_ALL: &str = "累计";

/// What the way from one figure to another is called, and no more than that.
const WAYS: [&str; 22] = [
    "增加",
    "增加了",
    "增长",
    "增长了",
    "增幅",
    "增幅为",
    "净增",
    "净增加",
    "提高",
    "提高了",
    "上升",
    "上升了",
    "减少",
    "减少了",
    "净减少",
    "下降",
    "下降了",
    "降低",
    "降低了",
    "降幅",
    "降幅为",
    "回落",
];

/// Of how many figures before a change one is what it became.
const BEFORE: usize = 4;

impl Sentence {
    /// How far something went from one figure to another, right before it.
    pub fn way(&self, at: usize) -> Option<Tie> {
        let is_way = |said: &Said| WAYS.contains(&said.label.trim().trim_start_matches(IN_ALL));
        let way = &self.said[at];
        // 由 A 增至 B，增加 C，增长 D%.
        let to = at.checked_sub(1)?;
        let to = if way.percent && !self.said[to].percent && is_way(&self.said[to]) { to.checked_sub(1)? } else { to };
        if !is_way(way) || !self.said[to].label.trim_end().ends_with(UP_TO) {
            return None;
        }
        let from = to.checked_sub(1).filter(|from| self.said[*from].label.contains(FROM))?;
        let [old, new] = [&self.said[from], &self.said[to]];
        let is_pair = if old.percent { new.percent } else { old.is_like(new) };
        let fits = if way.percent { !old.percent } else { way.is_of_rates() == old.percent };
        if !is_pair || !fits || (!way.percent && !old.percent && !way.is_like(old)) {
            return None;
        }
        let form = if way.percent { change(way, vec![to, from], 1) } else { self.difference(to, from) };
        self.tie(at, &form)
    }

    /// A rate of change over what there was before, which it is even where it was divided by what there is now.
    pub fn over_base(&self, at: usize) -> Option<Tie> {
        let rate = &self.said[at];
        let is_change = rate.is_called(&CHANGES) && !rate.is_called(&OF_OTHERS) && rate.operand.value.signum() > 0;
        if !is_change || rate.digits < LEAST_DIGITS {
            return None;
        }
        let (right, wrong) = self.by_change(at).or_else(|| self.by_figures(at))?;
        let right = self.tie(at, &right)?;
        let is_meant = || wrong.iter().any(|form| self.tie(at, form).is_some_and(|tie| holds(&tie)));
        (holds(&right) || is_meant()).then_some(right)
    }

    /// The rate over what there was before, and over what there is now, of a change that stands right before it.
    fn by_change(&self, at: usize) -> Option<(Relating, Vec<Relating>)> {
        let by = at.checked_sub(1)?;
        let change = &self.said[by];
        if !change.is_amount() || !change.is_called(&CHANGES) || change.label.trim_end().ends_with(UP_TO) {
            return None;
        }
        let words = change.label.trim_start();
        let is_compared = COMPARED.iter().any(|word| words.starts_with(word));
        let near = (0..by).rev().take(BEFORE).find(|other| change.is_like(&self.said[*other]))?;
        let base = &self.said[near];
        let names = |words: &[&str]| near + 1 == by && base.is_called(words);
        let names_base = names(&COMPARED) || names(&OF_BEFORE) || !is_compared && names(&OF_FIRST);
        if is_compared && !names_base {
            // What there is now stands before it: 决算 54.99 万元，比上年减少 21.45 万元，下降 28.06%.
            let falls = change.is_called(&FALLS);
            Some((over(by, near, Some(!falls)), vec![over(by, near, None)]))
        } else if names_base {
            Some((over(by, near, None), vec![over(by, near, Some(false)), over(by, near, Some(true))]))
        } else {
            None
        }
    }

    /// The same of two figures right before it: `一季度支出9,214.33万元；二季度支出11,876.20万元，环比增长28.89%`.
    fn by_figures(&self, at: usize) -> Option<(Relating, Vec<Relating>)> {
        let rate = &self.said[at];
        let words = rate.label.trim_start();
        let (new, old) = (at.checked_sub(1)?, at.checked_sub(2)?);
        let is_of_both = ["环比", "同比"].iter().any(|word| words.starts_with(word));
        let are_alike = self.said[new].is_like(&self.said[old]) && !self.said[new].is_called(&CHANGES);
        (is_of_both && are_alike).then(|| (change(rate, vec![new, old], 1), vec![change(rate, vec![new, old], 0)]))
    }
}

/// How much the first of two figures is more, or less, than the second, over one of them.
fn change(rate: &Said, others: Vec<usize>, base: usize) -> Relating {
    let falls = rate.operand.value.signum() > 0 && rate.is_called(&FALLS);
    let difference = Expression::Sum(vec![(falls, Expression::Operand(0)), (!falls, Expression::Operand(1))]);
    let expression = Expression::Quotient(Box::new(difference), Box::new(Expression::Operand(base)));
    Relating { kind: TieKind::RelativeChange, others, expression }
}

/// A change over a figure, or over that less or more the change itself.
fn over(by: usize, figure: usize, less: Option<bool>) -> Relating {
    let base = Expression::Operand(1);
    let under = match less {
        Some(less) => Expression::Sum(vec![(false, base), (less, Expression::Operand(0))]),
        None => base,
    };
    let expression = Expression::Quotient(Box::new(Expression::Operand(0)), Box::new(under));
    Relating { kind: TieKind::RelativeChange, others: vec![by, figure], expression }
}
