//! A rate in a sentence and the two amounts beside it that it is of: one over the other, a change over its base.

use super::sentence::{LEADING, LEAST_DIGITS, NEAREST, Relating, Said, Sentence};
use crate::figure::{Number, Ratio};
use crate::tie::{Expression, Tie, TieKind};

/// What rates and shares are called.
const OF_RATES: [&str; 12] = ["率", "占", "比", "完成", "增", "减", "降", "升", "rate", "share", "up ", "down "];

/// Words before what a rate is of, which stands right before it.
const OF_BASES: [&str; 4] = ["为", "占", "是", "相当于"];

/// What amounts of several years are called.
const OF_YEARS: &str = "累计";

impl Sentence {
    /// What a rate is of two amounts beside it.
    pub fn rate(&self, at: usize) -> Option<Tie> {
        let rate = &self.said[at];
        if rate.operand.value.is_zero() || rate.digits < LEAST_DIGITS || rate.operand.value == Number::ONE.into() {
            return None;
        }
        let pairs = self.pairs(at);
        let forms = |most: usize| pairs.iter().take(most).flat_map(|pair| quotients(*pair, rate));
        if let Some(held) = forms(pairs.len()).find_map(|form| self.held(at, &form)) {
            return Some(held);
        }
        let bases = self.bases(at);
        if bases.as_ref().is_some_and(Vec::is_empty) {
            return None;
        }
        // 为年度任务 3.00 万亩的 106.67%
        let base = at.checked_sub(1).filter(|base| rate.label.trim() == "的" && self.said[*base].is_called(&OF_BASES));
        let is_called = rate.is_called(&OF_RATES) || base.is_some();
        let is_over = |form: &Relating| {
            let named = |bases: &Vec<usize>| form.others.last().is_some_and(|under| bases.contains(under));
            let is_base = base.is_none() || form.others.last().copied() == base;
            form.kind != TieKind::Ratio || is_base && bases.as_ref().is_none_or(named)
        };
        // The quotients of small counts are few, and near to each other; and of many quotients one is near to three
        // digits by chance.
        let is_large = |form: &Relating| form.others.iter().all(|other| self.said[*other].digits >= LEAST_DIGITS);
        let nearly = |form: &Relating| self.value(form).is_some_and(|value| rate.slipped(value));
        let most = if rate.digits > LEAST_DIGITS { pairs.len() } else { NEAREST };
        // 同比下降 5.85%，较 2021 年累计减少 546.10 万元: not of one year.
        let is_of_years = |other: &usize| self.said[*other].label.contains(OF_YEARS) && !rate.label.contains(OF_YEARS);
        let mut named =
            forms(most).filter(|form| is_called && form.kind != TieKind::Share && !form.others.iter().any(is_of_years));
        let near = named.find(|form| is_large(form) && is_over(form) && nearly(form));
        // 权重 25 分，得分 22.82 分，得分率 91.28%: a rate of the two figures right before it.
        let near = near.or_else(|| {
            let right_before = forms(1).filter(|form| form.others.iter().all(|other| *other < at && other + 2 >= at));
            let is_one = |other: &usize| self.said[*other].digits >= LEAST_DIGITS;
            let mut right_before =
                right_before.filter(|form| form.kind == TieKind::Ratio && form.others.iter().any(is_one));
            let is_sure = rate.digits > LEAST_DIGITS && rate.is_called(&["率"]);
            right_before.find(|form| is_sure && is_over(form) && nearly(form))
        });
        let near = near.or_else(|| {
            let of_nearest = forms(NEAREST).filter(|_| is_called).filter(is_large);
            of_nearest
                .into_iter()
                .find(|form| form.kind == TieKind::Ratio && is_over(form) && self.amount_is_off(rate, form))
        });
        near.and_then(|form| self.tie(at, &form))
    }

    /// The figures of the sentence that may be the base which a rate names, as `占年初预算的` does: one of its words names
    /// them. If it names none it may be any.
    fn bases(&self, at: usize) -> Option<Vec<usize>> {
        let (_, named) = self.said[at].label.trim_end().rsplit_once('占')?;
        let base = named.trim_end_matches(|letter: char| LEADING.contains(letter) || "的比例重".contains(letter));
        let letters: Vec<(usize, char)> = base.char_indices().collect();
        let end = |index: usize| letters.get(index).map_or(base.len(), |(start, _)| *start);
        let words: Vec<&str> =
            (0..letters.len().saturating_sub(1)).map(|index| &base[letters[index].0..end(index + 2)]).collect();
        let is_base = |other: &usize| *other != at && words.iter().any(|word| self.said[*other].label.contains(word));
        (!base.is_empty()).then(|| (0..self.said.len()).filter(is_base).collect())
    }

    /// Whether one of the two amounts of a ratio would be right but for one digit.
    fn amount_is_off(&self, rate: &Said, form: &Relating) -> bool {
        let [over, under] = form.others[..] else { return false };
        let (over, under, reach) = (&self.said[over], &self.said[under], rate.operand.reach);
        let is_off = |said: &Said, low: Option<Ratio>, high: Option<Ratio>| {
            said.digits > LEAST_DIGITS && low.zip(high).is_some_and(|(low, high)| said.slips_between(low, high))
        };
        let times = |rate: Ratio| rate.mul(under.operand.value);
        let over_rate = |rate: Ratio| over.operand.value.div(rate);
        is_off(over, times(reach.low), times(reach.high)) || is_off(under, over_rate(reach.high), over_rate(reach.low))
    }
}

/// What a rate may be of two amounts: one over the other, how much one is more or less than the other, or a change over
/// what was before it.
fn quotients((one, other): (usize, usize), rate: &Said) -> Vec<Relating> {
    let operand = |index: usize| Expression::Operand(index);
    let over = |above: Expression, below: Expression| Expression::Quotient(Box::new(above), Box::new(below));
    let sum = |negative: bool| Expression::Sum(vec![(false, operand(1)), (negative, operand(0))]);
    let falls = rate.operand.value.signum() > 0
        && ["降", "减", "down", "decrease"].iter().any(|word| rate.label.contains(word));
    let changes = rate.is_called(&["增", "减", "降", "升", "差", "变动", "up ", "down ", "crease", "growth"]);
    let mut all = Vec::new();
    for others in [vec![one, other], vec![other, one]] {
        let ratio = |kind: TieKind, expression: Expression| Relating { kind, others: others.clone(), expression };
        all.push(ratio(TieKind::Ratio, over(operand(0), operand(1))));
        if changes {
            let difference = Expression::Sum(vec![(falls, operand(0)), (!falls, operand(1))]);
            all.push(ratio(TieKind::RelativeChange, over(difference, operand(1))));
            // 增加 3.2 万元，增长 5.2%: over what there was before.
            all.push(ratio(TieKind::RelativeChange, over(operand(0), sum(!falls))));
        } else if rate.is_called(&["占", "share"]) {
            all.push(ratio(TieKind::Share, over(operand(0), sum(false))));
        }
    }
    all
}
