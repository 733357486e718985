//! What one document teaches for the next: those of a run nearly always have the same fields in the same places.

use crate::bind::Known;
use crate::check::Routes;
use crate::document::Names;

/// What is known from the documents before, of one thread.
#[derive(Debug, Default)]
pub struct Memory<'a> {
    /// The names of fields; what is said of them below is lost where they are.
    pub names: Names,
    /// What the vocabulary knows of them.
    pub terms: Known<'a>,
    /// Where checks found them.
    pub routes: Routes,
}
