//! Ties → findings: which ties a person should look at, where their figures stand, and what may
//! have happened.

mod cause;
mod gather;
mod remark;
mod repair;
mod shifted;
mod show;
mod spot;

pub use gather::{Context, findings, prepare, records};
pub use remark::remarks;
