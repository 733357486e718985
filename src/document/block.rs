//! Records that stand in a list one behind the other, with the same fields in the same order: their values form
//! a grid, so that what is known of a field of one is known of all.

use super::NodeId;

/// Records of a list that are alike, each an object of single values only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// The first of them.
    pub first: NodeId,
    /// How many there are.
    pub records: u32,
    /// From one to the next: one more than each has fields.
    pub stride: u32,
}

impl Block {
    /// The value behind all of them.
    #[inline]
    #[must_use]
    pub fn end(&self) -> NodeId {
        NodeId(self.first.0 + self.records * self.stride)
    }

    /// The records; or a field of each, if it is that of the first.
    #[inline]
    pub fn column(&self, first: NodeId) -> impl Iterator<Item = NodeId> + use<> {
        let stride = self.stride;
        (0..self.records).map(move |record| NodeId(first.0 + record * stride))
    }

    /// The fields of the first record.
    #[inline]
    pub fn fields(&self) -> impl Iterator<Item = NodeId> + use<> {
        (self.first.0 + 1..self.first.0 + self.stride).map(NodeId)
    }
}
