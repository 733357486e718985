//! The faults of one check file, no more than a reader can use.

use crate::fault::Fault;

/// Faults that are told before the rest is counted only.
const MOST: usize = 20;

/// Faults in the order they were found.
#[derive(Debug, Default)]
pub struct Faults {
    told: Vec<Fault>,
    count: usize,
}

impl Faults {
    /// One more.
    pub fn push(&mut self, fault: Fault) {
        self.count += 1;
        if self.told.len() < MOST {
            self.told.push(fault);
        }
    }

    /// How many there are, told or not.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// Those that are told, and how many are not.
    #[must_use]
    pub fn finish(self) -> Vec<Fault> {
        let (mut told, left_out) = (self.told, self.count.saturating_sub(MOST));
        if let Some((source, span)) = told.last().and_then(|fault| fault.place.clone()).filter(|_| left_out > 0) {
            let (en, zh) = (format!("{left_out} more faults are left out"), format!("另有 {left_out} 处错误未列出"));
            let fault = Fault::new("check/more-faults", en, zh).at(&source, span);
            told.push(fault.help("mend these first", "请先改正以上错误"));
        }
        told
    }
}
