//! Blanks that one tie shows to be zero are zero in the others.

use foldhash::HashSet;

use super::{Reason, Tie, Verdict};
use crate::document::NodeId;

/// One pass over ties that are decided: where all blanks of a tie but one are shown to be zero elsewhere,
/// the tie gives the value of that one.
///
/// Where none is left and the rest differs from its total, the tie stays undecided: the total may count
/// what its columns do not show, so nothing contradicts.
pub fn settle_blanks(ties: &mut [Tie]) {
    let zero: HashSet<NodeId> =
        ties.iter().filter(|tie| tie.outcome.zeros).flat_map(|tie| tie.blanks.iter().copied()).collect();
    for tie in ties.iter_mut().filter(|tie| matches!(tie.outcome.reason, Some(Reason::Blanks(_)))) {
        let open: Vec<NodeId> = tie.blanks.iter().copied().filter(|blank| !zero.contains(blank)).collect();
        tie.outcome.reason = match open.len() {
            0 => continue,
            1 => {
                tie.outcome.verdict = Verdict::Implied;
                None
            }
            count => Some(Reason::Blanks(count)),
        };
        tie.blanks = open;
    }
}
