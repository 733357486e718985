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

/// So many figures in a row that end with a whole are its parts, however small it is.
const ROW: usize = 4;

/// As much for a sum, which any of its figures may be nearly right for.
const LEAST_DIGITS_OF_SUM: usize = 4;

/// What full marks are called, marks that are given and those taken off; and words of what each is worth.
const OF_FULL_MARKS: [&str; 7] = ["权重", "分值", "满分", "标准分", "总分", "full marks", "weight"];
const GIVEN: &str = "得";
const TAKEN_OFF: &str = "扣";
const OF_EACH: [&str; 4] = ["每", "各", "逐", "不得"];

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
        if !whole.is_amount() {
            return None;
        }
        if !self.said[first].of_which || !whole.is_like(&self.said[first]) {
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
        let run: Vec<usize> = like.take_while(|part| whole.is_like(&self.said[*part])).collect();
        let form = |parts: &[usize]| Relating {
            kind: TieKind::Sum,
            others: parts.to_vec(),
            expression: equation::sum(parts.len()),
        };
        // 得分 13.5 分，分值 15 分，得分 …: of several kinds of figures those count that are called as the whole is.
        let name = whole.name();
        let called = run.iter().copied().filter(|part| !name.is_empty() && self.said[*part].name() == name);
        let called: Vec<usize> = called.collect();
        let run = if called.len() > 1 { called } else { run };
        let held = self
            .sums_to(whole, &run)
            .into_iter()
            .rev()
            .find_map(|count| self.tie(at, &form(&run[..count])).filter(holds));
        held.or_else(|| {
            let all = form(&run);
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
            if !known(&run) && (whole.nearly(sum) || run.iter().any(part_is_off)) {
                return self.tie(at, &all);
            }
            // The sentence may go on to something else behind the parts.
            let is_near = |count: &usize| self.value(&form(&run[..*count])).is_some_and(|sum| whole.nearly(sum));
            let count = (2..run.len()).rev().find(is_near).filter(|count| !known(&run[..*count]))?;
            self.tie(at, &form(&run[..count]))
        })
    }

    /// The parts of one of several wholes, which are said together with those of the others:
    /// `车辆12辆，价值430.67万元，其中：轿车7辆，价值155.77万元；专用车5辆，价值274.90万元`.
    fn parts_among_others(&self, at: usize) -> Option<Tie> {
        let whole = &self.said[at];
        let first = self.said[at + 1..].iter().position(|said| said.of_which)? + at + 1;
        let measures = |other: &usize| {
            let other = &self.said[*other];
            whole.is_like(other) && whole.unit == other.unit && !whole.is_marks()
        };
        if (at + 1..first).any(|between| measures(&between)) {
            return None;
        }
        let parts: Vec<usize> = (first..self.said.len()).filter(measures).collect();
        let form = Relating { kind: TieKind::Sum, expression: equation::sum(parts.len()), others: parts };
        let tie = self.tie(at, &form).filter(|_| form.others.len() > 1)?;
        let is_slip = || whole.digits >= LEAST_DIGITS_OF_SUM && self.value(&form).is_some_and(|sum| whole.nearly(sum));
        (holds(&tie) || is_slip()).then_some(tie)
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
