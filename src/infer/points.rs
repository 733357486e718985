//! Percentage points, by which two rates of a sentence differ.

use super::sentence::{LEAST_DIGITS, Said, Sentence, holds};
use crate::tie::Tie;

/// How rates change.
const OF_POINTS: [&str; 10] = ["提高", "提高了", "上升", "上升了", "增长", "增加", "下降", "下降了", "降低", "回落"];

/// What a difference is called that is one from something else than what was said before.
const OF_OTHERS: [&str; 7] = ["于", "平均", "目标", "计划", "预期", "全", "target"];

/// What is compared with the year before.
const OF_YEARS: [&str; 5] = ["同比", "比上年", "较上年", "比去年", "较去年"];

/// Whether it is compared with the year before, and not with something else.
fn is_of_the_year_before(said: &Said) -> bool {
    said.is_called(&OF_YEARS) && !said.is_called(&OF_OTHERS)
}

impl Sentence {
    /// The percentage points by which the two rates before it differ.
    pub fn points(&self, at: usize) -> Option<Tie> {
        let before: Vec<usize> = (0..at).rev().filter(|other| self.said[*other].percent).take(2).collect();
        let [later, earlier] = before[..] else { return None };
        let form = self.difference(later, earlier);
        if let Some(held) = self.tie(at, &form).filter(holds) {
            return Some(held);
        }
        if let Some((one, other)) = self.rates_of_years(at) {
            return self.tie(at, &self.difference(one, other));
        }
        // The same rate of two years, and nothing but they.
        let [last, first] = [&self.said[later], &self.said[earlier]];
        let is_of_years = first.year != last.year && !first.name().is_empty() && first.name() == last.name();
        if is_of_years
            && is_of_the_year_before(&self.said[at])
            && (0..at).filter(|other| self.said[*other].percent).count() == 2
        {
            return self.tie(at, &form);
        }
        // Both right before it, and nothing else that it could be held against.
        let is_sure = earlier + 2 == at
            && form.others.iter().all(|other| self.said[*other].digits >= LEAST_DIGITS)
            && !self.said[at].is_called(&OF_OTHERS);
        let nearly = self.value(&form).is_some_and(|value| self.said[at].nearly(value));
        (is_sure && nearly).then(|| self.tie(at, &form)).flatten()
    }

    /// The rates of the two years that percentage points say that they lie between, `2023年比2022年提高`, if the
    /// sentence has one of each.
    fn rates_of_years(&self, at: usize) -> Option<(usize, usize)> {
        let label: String = self.said[at].label.split_whitespace().collect();
        let (before, behind) = label.split_once('比')?;
        let year = |words: &str| words.get(..words.find('年')?)?.parse::<u16>().ok();
        let start = before.char_indices().rev().nth(4).map_or(0, |(start, _)| start);
        let (one, other) = (year(before.get(start..)?)?, year(behind)?);
        let change = behind.get(behind.find('年')? + '年'.len_utf8()..)?;
        let of = |year: u16| {
            let mut rates = (0..at).filter(|rate| self.said[*rate].percent && self.said[*rate].year == Some(year));
            rates.next().filter(|_| rates.next().is_none())
        };
        OF_POINTS.contains(&change).then(|| of(one).zip(of(other))).flatten()
    }
}
