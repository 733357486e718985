//! A whole and its parts in one sentence: parts that follow it, parts that it follows, as in
//! `甲项目261.66万元、乙项目339.75万元，两项合计601.41万元`, and full marks with those given and taken off.

use super::equation;
use super::sentence::{LEAST_DIGITS, Relating, Said, Sentence, holds};
use crate::tie::{Tie, TieKind};

/// What a whole is called.
const OF_WHOLES: [&str; 10] =
    ["加起来", "合计", "共计", "总计", "小计", "合共", "之和", "总和", "in total", "altogether"];

/// No whole says that it has more parts.
const MOST_PARTS: usize = 20;

/// Parts that are said behind other figures are of one of so many.
const MOST_WHOLES: usize = 4;

/// So many figures in a row that end with a whole are its parts, however small it is.
const ROW: usize = 4;

/// As much for a sum, which any of its figures may be nearly right for.
const LEAST_DIGITS_OF_SUM: usize = 4;

/// What full marks are called, marks that are given and those taken off; and words of what each is worth.
const OF_FULL_MARKS: [&str; 7] = ["权重", "分值", "满分", "标准分", "总分", "full marks", "weight"];
const GIVEN: &str = "得";
const TAKEN_OFF: &str = "扣";
const OF_EACH: [&str; 4] = ["每", "各", "逐", "不得"];

/// What has changed is no whole.
const CHANGED: [&str; 4] = ["增", "减", "较", "比"];

impl Sentence {
    /// The parts right before a whole.
    pub fn whole_behind(&self, at: usize) -> Option<Tie> {
        let whole = &self.said[at];
        let words = whole.words();
        if !whole.is_amount() || !OF_WHOLES.iter().any(|word| words.ends_with(word)) {
            return None;
        }
        let named = self.number_of_parts(at);
        let end = at - usize::from(named.is_some());
        let others = (0..end).rev().filter(|other| !self.said[*other].percent && self.said[*other].again.is_none());
        let mut run: Vec<usize> = others.take_while(|other| whole.is_like(&self.said[*other])).collect();
        run.reverse();
        let form = |count: usize| Relating {
            kind: TieKind::Sum,
            others: run[run.len() - count..].to_vec(),
            expression: equation::sum(count),
        };
        let held = |count: usize| self.tie(at, &form(count)).filter(holds);
        if let Some(held) = named.filter(|count| *count <= run.len()).and_then(held) {
            return Some(held);
        }
        if let Some(held) = (2..=run.len()).rev().find_map(held) {
            return Some(held);
        }
        let (count, is_sure) = match named {
            Some(count) => (count, count == run.len()),
            None => (run.len(), run.len() >= ROW || run.len() + 1 == ROW && whole.digits >= LEAST_DIGITS),
        };
        if count < 2 || count > run.len() {
            return None;
        }
        let sum = self.value(&form(count))?;
        let is_off = (is_sure || whole.digits > LEAST_DIGITS) && whole.nearly(sum) || named.is_some() && is_sure;
        is_off.then(|| self.tie(at, &form(count))).flatten()
    }

    /// How many parts a whole says right before that it has: `三项合计`.
    fn number_of_parts(&self, at: usize) -> Option<usize> {
        let number = &self.said[at.checked_sub(1)?];
        let is_alone = number.label.trim().is_empty() && number.is_amount() && !number.is_money();
        let count = number.operand.value.exact()?.whole().filter(|_| is_alone)?;
        usize::try_from(count).ok().filter(|count| (2..=MOST_PARTS).contains(count))
    }

    /// The parts of a whole, which follow it.
    pub fn parts(&self, at: usize) -> Option<Tie> {
        let whole = &self.said[at];
        let first = self.said[at + 1..].iter().position(Said::is_amount)? + at + 1;
        // 1.86 亿元（18,625.40 万元），其中：of the two that say the same, the one in the unit of the parts.
        let is_again = whole.again == Some(false) && whole.unit == self.said[first].unit;
        if !(whole.is_amount() || is_again && self.said[first].of_which) {
            return None;
        }
        if !self.said[first].of_which || !whole.measures_as(&self.said[first]) {
            return self.parts_among_others(at);
        }
        // Of points some are taken off, and some say what each is worth.
        let counts = |said: &Said| {
            let is_alike = said.is_called(&[TAKEN_OFF]) == whole.is_called(&[TAKEN_OFF]);
            let is_full = |said: &Said| said.is_called(&OF_FULL_MARKS);
            let is_part = is_alike && is_full(said) == is_full(whole) && !said.is_called(&OF_EACH);
            !whole.is_marks() || said.is_marks() && is_part
        };
        let like = (first..self.said.len()).filter(|part| self.said[*part].is_amount() && counts(&self.said[*part]));
        let run: Vec<usize> = like.take_while(|part| whole.measures_as(&self.said[*part])).collect();
        let form = |parts: &[usize]| Relating {
            kind: TieKind::Sum,
            others: parts.to_vec(),
            expression: equation::sum(parts.len()),
        };
        // 得分 13.5 分，分值 15 分，得分 …: of several kinds of figures those count that are called as the whole is.
        let name = whole.name();
        let called = run.iter().copied().filter(|part| !name.is_empty() && self.said[*part].name() == name);
        let called: Vec<usize> = called.collect();
        // 专项资金 has 中央资金, 省级资金 and 市县配套.
        let runs = if called.len() > 1 && called.len() < run.len() { vec![called, run] } else { vec![run] };
        let held = |run: &Vec<usize>| {
            let counts = self.sums_to(whole, run).into_iter().rev();
            counts.into_iter().find_map(|count| self.tie(at, &form(&run[..count])).filter(holds))
        };
        let nearly_held = |run: &Vec<usize>| {
            let all = form(run);
            let sum = self.value(&all).filter(|_| run.len() > 1)?;
            // Several parts that come to more than their whole need fewer digits to show it.
            let is_more = run.len() > 2 && whole.digits >= LEAST_DIGITS && sum.compare(whole.operand.value).is_gt();
            if whole.digits < LEAST_DIGITS_OF_SUM && !is_more {
                return None;
            }
            let rest = whole.operand.value.sub(sum)?;
            let part_is_off = |part: &usize| {
                let said = &self.said[*part];
                said.digits >= LEAST_DIGITS && said.operand.value.add(rest).is_some_and(|value| said.nearly(value))
            };
            let known = |run: &[usize]| whole.known && run.iter().all(|part| self.said[*part].known);
            if !known(run) && (whole.nearly(sum) || run.iter().any(part_is_off)) {
                return self.tie(at, &all);
            }
            // The sentence may go on to something else behind the parts.
            let is_near = |count: &usize| self.value(&form(&run[..*count])).is_some_and(|sum| whole.nearly(sum));
            let count = (2..run.len()).rev().find(is_near).filter(|count| !known(&run[..*count]))?;
            self.tie(at, &form(&run[..count]))
        };
        // Counts that are called otherwise are of something else.
        let most = if whole.is_money() && whole.digits > LEAST_DIGITS_OF_SUM { runs.len() } else { 1 };
        runs.iter().find_map(held).or_else(|| runs.iter().take(most).find_map(nearly_held))
    }

    /// The parts of one of several wholes, which are said together with those of the others, or behind another figure:
    /// `车辆12辆，价值430.67万元，其中：轿车7辆，价值155.77万元；专用车5辆，价值274.90万元`,
    /// `预算4,856.00万元，支出4,612.85万元，其中延续项目3,210.00万元、新增项目1,646.00万元`.
    fn parts_among_others(&self, at: usize) -> Option<Tie> {
        let whole = &self.said[at];
        let first = self.said[at + 1..].iter().position(|said| said.of_which)? + at + 1;
        let measures = |other: &usize| {
            let other = &self.said[*other];
            whole.is_like(other) && whole.unit == other.unit && !whole.is_marks()
        };
        let wholes: Vec<usize> = (0..first).filter(measures).collect();
        let parts: Vec<usize> = (first..self.said.len()).filter(measures).collect();
        let form = Relating { kind: TieKind::Sum, expression: equation::sum(parts.len()), others: parts };
        let tie = self.tie(at, &form).filter(|_| form.others.len() > 1)?;
        let sum = self.value(&form)?;
        let is_slip = |other: usize| self.said[other].digits >= LEAST_DIGITS_OF_SUM && self.said[other].nearly(sum);
        if wholes.last() == Some(&at) && (holds(&tie) || is_slip(at)) {
            return Some(tie);
        }
        if wholes.len() > MOST_WHOLES {
            return None;
        }
        // Any of several may be the whole: the one that is, or the only one that would be but for a digit.
        let would_be = |other: usize| {
            let rest = self.said[other].operand.value.sub(sum);
            let is_off = |part: &usize| {
                let part = &self.said[*part];
                let wanted = rest.and_then(|rest| part.operand.value.add(rest));
                part.digits >= LEAST_DIGITS_OF_SUM && wanted.is_some_and(|wanted| part.nearly(wanted))
            };
            let is_known = self.said[other].known && form.others.iter().all(|part| self.said[*part].known);
            let is_whole = self.said[other].digits >= LEAST_DIGITS_OF_SUM && !self.said[other].is_called(&CHANGED);
            is_whole && !is_known && (is_slip(other) || form.others.iter().any(is_off))
        };
        let is_other = |other: &usize| self.said[*other].operand.value == sum;
        let is_only = || wholes.iter().filter(|other| would_be(**other)).eq([&at]) && !wholes.iter().any(is_other);
        (holds(&tie) && whole.digits >= LEAST_DIGITS_OF_SUM || !holds(&tie) && is_only()).then_some(tie)
    }

    /// Full marks, which are those that are given and those that are taken off, right behind them.
    pub fn marks(&self, at: usize) -> Option<Tie> {
        let full = &self.said[at];
        if !full.is_marks() || !full.is_called(&OF_FULL_MARKS) {
            return None;
        }
        let behind = self.said.iter().enumerate().skip(at + 1).take_while(|(_, said)| {
            let is_part = said.is_called(&[GIVEN, TAKEN_OFF]) && !said.is_called(&OF_FULL_MARKS);
            said.is_marks() && is_part && !said.of_which
        });
        let (parts, said): (Vec<usize>, Vec<&Said>) = behind.unzip();
        // 每发现一处扣 0.5 分 says how many would be.
        let given = said.iter().filter(|said| !said.label.contains(TAKEN_OFF)).count();
        let is_sure = given == 1 && parts.len() > 1 && !said.iter().any(|said| said.is_called(&OF_EACH));
        let form = Relating { kind: TieKind::Sum, expression: equation::sum(parts.len()), others: parts };
        is_sure.then(|| self.tie(at, &form)).flatten()
    }

    /// How many of the first parts may add up to the whole: all such counts, from two.
    fn sums_to(&self, whole: &Said, parts: &[usize]) -> Vec<usize> {
        let half = |said: &Said| said.operand.reach.half_width();
        let (mut rest, mut allowance) = (Some(whole.operand.value), half(whole));
        let mut counts = Vec::new();
        for (at, part) in parts.iter().map(|part| &self.said[*part]).enumerate() {
            rest = rest.and_then(|rest| rest.sub(part.operand.value));
            allowance = allowance.and_then(|allowance| allowance.add(half(part)?));
            let fits = rest.zip(allowance).is_some_and(|(rest, allowance)| rest.abs().compare(allowance).is_le());
            if at > 0 && fits {
                counts.push(at + 1);
            }
        }
        counts
    }
}
