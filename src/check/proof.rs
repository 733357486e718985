//! Ties that are known to hold and are only counted.

use super::form::Holds;
use crate::document::NodeId;

/// Ties that hold, counted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count {
    /// How many hold as printed.
    pub exact: usize,
    /// How many hold thanks to rounding.
    pub rounded: usize,
    /// Of each, how many show something: not all of their figures are zero.
    pub shown: [usize; 2],
    /// How many figures those have that show something.
    pub(super) figures: usize,
}

impl Count {
    /// Counts a tie.
    #[inline]
    pub(super) fn add_one(&mut self, Holds { exact, shows }: Holds) {
        *(if exact { &mut self.exact } else { &mut self.rounded }) += 1;
        self.shown[usize::from(!exact)] += usize::from(shows);
    }

    fn add(&mut self, other: Self) {
        self.exact += other.exact;
        self.rounded += other.rounded;
        self.shown = [self.shown[0] + other.shown[0], self.shown[1] + other.shown[1]];
        self.figures += other.figures;
    }
}

/// The ties of a check in a document that are known to hold.
#[derive(Clone, Debug, Default)]
pub struct Proof {
    /// How many there are.
    pub count: Count,
    /// Figures of those that show something.
    pub figures: Vec<NodeId>,
    /// The records that they are of.
    pub(super) records: Vec<(NodeId, Count)>,
}

impl Proof {
    /// The records of which a tie has a figure that is wanted, and what is proved of the others.
    pub fn split(&self, wanted: impl Fn(&NodeId) -> bool) -> (Vec<NodeId>, Self) {
        let (mut with, mut without) = (Vec::new(), Self::default());
        if !self.figures.iter().any(&wanted) {
            return (with, without);
        }
        let mut start = 0;
        for (record, count) in &self.records {
            let figures = &self.figures[start..start + count.figures];
            start += count.figures;
            if figures.iter().any(&wanted) {
                with.push(*record);
            } else {
                without.figures.extend_from_slice(figures);
                without.add(*record, *count);
            }
        }
        (with, without)
    }

    /// The ties of a record, whose figures stand last.
    pub(super) fn add(&mut self, record: NodeId, count: Count) {
        self.count.add(count);
        self.records.push((record, count));
    }
}
