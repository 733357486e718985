//! The exit status of a run, the same in every format.

use clap::ValueEnum;

use crate::audit::Summary;
use crate::finding::Severity;

/// Nothing at or above what `--fail-on` says.
const FINE: u8 = 0;
/// There are findings.
pub const FOUND: u8 = 1;
/// What was asked could not be done; wins over findings.
pub const CANNOT: u8 = 2;

/// The least that makes a run fail; each includes those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum FailOn {
    /// Errors.
    Error,
    /// Warnings.
    Warning,
    /// Ties that could not be decided.
    Undecided,
    /// Notes.
    Note,
    /// Nothing.
    Never,
}

/// The exit status. A named file in which nothing could be tied is a fault.
pub fn of(summary: &Summary, fail_on: FailOn) -> u8 {
    if summary.faults > 0 || summary.ties.total() == 0 {
        return CANNOT;
    }
    let found = match fail_on {
        FailOn::Error => summary.at_least(Severity::Error),
        FailOn::Warning => summary.at_least(Severity::Warning),
        FailOn::Undecided => summary.at_least(Severity::Warning) + summary.ties.undecided,
        FailOn::Note => summary.at_least(Severity::Note) + summary.ties.undecided,
        FailOn::Never => 0,
    };
    if found > 0 { FOUND } else { FINE }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::TieCounts;

    #[test]
    fn two_wins_over_one_and_each_level_includes_those_before() {
        use FailOn::{Error, Never, Note, Undecided, Warning};
        // Notes, warnings, errors; undecided; exact; faults; level; status.
        let table = [
            ([0, 0, 0], 0, 5, 0, Note, 0),
            ([0, 0, 1], 0, 5, 0, Error, 1),
            ([0, 1, 0], 0, 5, 0, Error, 0),
            ([0, 1, 0], 0, 5, 0, Warning, 1),
            ([1, 0, 0], 0, 5, 0, Warning, 0),
            ([0, 0, 0], 1, 5, 0, Warning, 0),
            ([0, 0, 0], 1, 5, 0, Undecided, 1),
            ([1, 0, 0], 0, 5, 0, Undecided, 0),
            ([1, 0, 0], 0, 5, 0, Note, 1),
            ([0, 0, 0], 1, 5, 0, Note, 1),
            ([9, 9, 9], 9, 5, 0, Never, 0),
            ([0, 0, 1], 0, 5, 1, Error, 2),
            ([0, 0, 0], 0, 5, 1, Never, 2),
            ([0, 0, 0], 0, 0, 0, Never, 2),
            ([0, 0, 1], 0, 0, 0, Error, 2),
        ];
        for (findings, undecided, exact, faults, level, expected) in table {
            let ties = TieCounts { exact, undecided, ..TieCounts::default() };
            let summary = Summary { findings, faults, ties, ..Summary::default() };
            assert_eq!(of(&summary, level), expected, "{findings:?} {undecided} {exact} {faults} {level:?}");
        }
    }
}
