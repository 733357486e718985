//! A whole that a sentence says behind its parts: `甲项目261.66万元、乙项目339.75万元，两项合计601.41万元`.

use super::equation;
use super::sentence::{LEAST_DIGITS, Relating, Sentence, holds};
use crate::tie::{Tie, TieKind};

/// What a whole is called.
const OF_WHOLES: [&str; 7] = ["合计", "共计", "总计", "小计", "合共", "in total", "altogether"];

/// No whole says that it has more parts.
const MOST_PARTS: usize = 20;

/// So many figures in a row that end with a whole are its parts, however small it is.
const ROW: usize = 4;

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
            None => (run.len(), run.len() >= ROW),
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
}
