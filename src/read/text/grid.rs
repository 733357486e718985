//! stub
use super::lines::Line;
use crate::read::block::RawTable;
use std::ops::Range;
pub struct Grid {
    pub lines: Range<usize>,
    pub table: RawTable,
}
pub fn grids(_lines: &[Line]) -> Vec<Grid> {
    Vec::new()
}
