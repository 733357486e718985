//! A roll-forward in a sentence: what there was at the beginning, what came to it and what went from it are what there is
//! at the end, `年初余额8,800.00万元，本年新增2,300.00万元，偿还1,150.00万元，年末余额9,950.00万元`.

use super::sentence::{LEAST_DIGITS, Relating, Said, Sentence};
use crate::tie::{Expression, Tie, TieKind};

/// What there was at the beginning and what there is at the end are called so.
const OF_OPENINGS: [&str; 9] =
    ["年初", "期初", "上年末", "上年结转", "上年结余", "月初", "opening", "beginning of", "at the start"];
const OF_CLOSINGS: [&str; 6] = ["年末", "期末", "年底", "月末", "closing", "end of"];

/// What is called so went from it.
const OF_OUTFLOWS: [&str; 19] = [
    "支出", "偿还", "减少", "处置", "报废", "核销", "调减", "调出", "划出", "使用", "归还", "收回", "上缴", "退出",
    "注销", "spent", "repaid", "disposed", "decrease",
];

/// So many figures lie between at most; any signs are tried for as many.
const MOST: usize = 4;

impl Sentence {
    /// What a closing figure is of the opening one and those between.
    pub fn rolled_forward(&self, at: usize) -> Option<Tie> {
        let closing = &self.said[at];
        if !is_named(closing, &OF_CLOSINGS) || closing.digits < LEAST_DIGITS {
            return None;
        }
        let is_like = |other: &usize| closing.is_like(&self.said[*other]) && !self.said[*other].of_which;
        let opening = (0..at).rev().find(|other| is_named(&self.said[*other], &OF_OPENINGS)).filter(is_like)?;
        let between: Vec<usize> = (opening + 1..at).filter(is_like).collect();
        let is_known = |other: &usize| self.said[*other].known;
        if between.is_empty() || between.len() > MOST || is_known(&at) && between.iter().all(is_known) {
            return None;
        }
        let form = |out: &dyn Fn(usize) -> bool| {
            let moves = between.iter().enumerate().map(|(index, _)| (out(index), Expression::Operand(index + 1)));
            let parts = std::iter::once((false, Expression::Operand(0))).chain(moves).collect();
            let others = std::iter::once(opening).chain(between.iter().copied()).collect();
            Relating { kind: TieKind::Difference, others, expression: Expression::Sum(parts) }
        };
        let signs = 0..1_usize << between.len();
        let held = signs.into_iter().find_map(|signs| self.held(at, &form(&|index| signs >> index & 1 == 1)));
        held.or_else(|| {
            // Which of them came and which went, their names say.
            let said = form(&|index| self.said[between[index]].is_called(&OF_OUTFLOWS));
            let rest = closing.operand.value.sub(self.value(&said)?)?;
            let is_off = |(index, other): (usize, &usize)| {
                let other = &self.said[*other];
                let is_out = index > 0 && other.is_called(&OF_OUTFLOWS);
                let wanted = if is_out { other.operand.value.sub(rest) } else { other.operand.value.add(rest) };
                other.digits > LEAST_DIGITS && wanted.is_some_and(|wanted| other.nearly(wanted))
            };
            let is_near = closing.digits > LEAST_DIGITS && closing.nearly(self.value(&said)?)
                || said.others.iter().enumerate().any(is_off);
            is_near.then(|| self.tie(at, &said)).flatten()
        })
    }
}

/// Whether its words say so, and not that it changed since.
fn is_named(said: &Said, words: &[&str]) -> bool {
    said.is_amount() && said.is_called(words) && !said.is_called(&["较", "比"])
}
