//! An amount that a sentence says twice, in two units: `106,732,905元，约1.0673亿元`.

use super::sentence::{Relating, Sentence, holds};
use crate::tie::{Expression, Tie, TieKind};

impl Sentence {
    /// The amount right before it, which it says again in another unit.
    pub fn converted(&self, at: usize) -> Option<Tie> {
        let said = &self.said[at];
        let (is_about, before) = (said.again?, at.checked_sub(1)?);
        let form = Relating { kind: TieKind::Equal, others: vec![before], expression: Expression::Operand(0) };
        let tie = self.tie(at, &form)?;
        let value = self.said[before].operand.value;
        // Some cut what they convert and do not round it; what is about so much may be rounded further than it prints.
        let is_cut = || {
            let unit = said.operand.reach.high.sub(said.operand.reach.low)?;
            let rest = value.abs().sub(said.operand.value.abs())?;
            Some(rest.signum() > 0 && rest.compare(unit).is_lt())
        };
        let is_off = !is_cut().unwrap_or(false) && (!is_about || said.slipped(value));
        (holds(&tie) || is_off).then_some(tie)
    }
}
