//! Elected readings: several lawful definitions of one relation, of which the report means one.

use std::collections::HashSet;

use super::declaration::Check;
use super::requirement::requirement;
use super::world::World;
use crate::document::NodeId;
use crate::tie::{Outcome, Reason, Tie, Verdict};

/// One record's ties under each reading that it has the operands for.
type Ballot = Vec<(usize, Tie)>;

/// The ties of a check with several readings: decided under the reading that most records keep.
pub fn ties(check: &Check, scopes: &[NodeId], world: World<'_>) -> Vec<Tie> {
    let ballots: Vec<Ballot> = scopes.iter().map(|scope| ballot(check, *scope, world)).collect();
    let voting: Vec<&Ballot> = ballots.iter().filter(|ballot| votes(ballot)).collect();
    let kept = |reading: usize| {
        voting.iter().filter(|ballot| ballot.iter().any(|(at, tie)| *at == reading && holds(tie))).count()
    };
    let counts: Vec<usize> = (0..check.readings.len()).map(kept).collect();
    let most = counts.iter().copied().max().unwrap_or(0);
    let voters = voting.len();
    let elected: Vec<usize> = (0..counts.len()).filter(|at| counts[*at] == most && 2 * most > voters).collect();
    let decided = ballots.into_iter().map(|ballot| match (voters, &elected[..]) {
        (0 | 1, _) => alone(ballot),
        (_, [winner]) => under(ballot, *winner),
        _ => open(ballot),
    });
    decided.flatten().collect()
}

fn ballot(check: &Check, scope: NodeId, world: World<'_>) -> Ballot {
    let offered = check.readings.iter().enumerate().flat_map(|(at, reading)| {
        requirement(check, &reading.expr, scope, world)
            .into_iter()
            .map(move |tie| (at, Tie { reading: Some(reading.name.clone()), ..tie }))
    });
    // A reading whose operand is missing is not offered to this record.
    offered.filter(|(_, tie)| !matches!(tie.outcome.reason, Some(Reason::Missing(_) | Reason::Blank(_)))).collect()
}

fn holds(tie: &Tie) -> bool {
    matches!(tie.outcome.verdict, Verdict::Exact | Verdict::Rounded)
}

/// A record votes if its readings give different values, so that they can differ.
fn votes(ballot: &Ballot) -> bool {
    let values: HashSet<String> = ballot
        .iter()
        .map(|(_, tie)| {
            tie.outcome
                .recomputed
                .and_then(|value| value.round(9))
                .map_or_else(String::new, |value| value.trim().to_string())
        })
        .collect();
    values.len() > 1 && !ballot.iter().all(|(_, tie)| holds(tie))
}

/// Decided under the elected reading; a record that lacks an operand of it says nothing.
fn under(ballot: Ballot, winner: usize) -> Option<Tie> {
    ballot.into_iter().find(|(at, _)| *at == winner).map(|(_, tie)| tie)
}

/// Too few votes: what holds under some reading holds; what breaks under all may mean another one.
fn alone(ballot: Ballot) -> Option<Tie> {
    let kept = ballot.iter().position(|(_, tie)| holds(tie)).unwrap_or(0);
    let (_, mut tie) = ballot.into_iter().nth(kept)?;
    if tie.outcome.verdict == Verdict::Broken {
        tie.outcome.reason = Some(Reason::FewVotes);
    }
    Some(tie)
}

/// No reading has a majority.
fn open(ballot: Ballot) -> Option<Tie> {
    let (_, tie) = ballot.into_iter().next()?;
    Some(Tie { outcome: Outcome::undecided(Reason::NoReading), reading: None, ..tie })
}
