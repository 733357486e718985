//! Elected readings: several lawful definitions of one relation, of which the report means one.

use std::collections::BTreeMap;

use foldhash::HashSet;

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
    let kept = |reading: usize| voting.iter().filter(|ballot| keeps(ballot, reading)).count();
    let counts: Vec<usize> = (0..check.readings.len()).map(kept).collect();
    let most = counts.iter().copied().max().unwrap_or(0);
    let voters = voting.len();
    let elected: Vec<usize> = (0..counts.len()).filter(|at| counts[*at] == most && 2 * most > voters).collect();
    let decided = ballots.into_iter().map(|ballot| match (voters, &elected[..]) {
        (0 | 1, _) => alone(ballot),
        (_, [winner]) => under(check, ballot, *winner),
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

/// Whether all ties of a record under a reading hold.
fn keeps(ballot: &Ballot, reading: usize) -> bool {
    let mut ties = ballot.iter().filter(|(at, _)| *at == reading).peekable();
    ties.peek().is_some() && ties.all(|(_, tie)| holds(tie))
}

/// A record votes if its readings give different values, so that they can differ.
fn votes(ballot: &Ballot) -> bool {
    let value = |tie: &Tie| {
        let value = tie.outcome.recomputed.and_then(|value| value.round(9));
        value.map_or_else(String::new, |value| value.trim().to_string())
    };
    let mut values: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (at, tie) in ballot {
        values.entry(*at).or_default().push(value(tie));
    }
    let distinct: HashSet<&Vec<String>> = values.values().collect();
    distinct.len() > 1 && !ballot.iter().all(|(_, tie)| holds(tie))
}

fn of(ballot: Ballot, reading: usize) -> Vec<Tie> {
    ballot.into_iter().filter(|(at, _)| *at == reading).map(|(_, tie)| tie).collect()
}

/// Decided under the elected reading; a record that lacks an operand of it is undecided.
fn under(check: &Check, ballot: Ballot, winner: usize) -> Vec<Tie> {
    if ballot.iter().any(|(at, _)| *at == winner) {
        return of(ballot, winner);
    }
    let missing = Outcome::undecided(Reason::Missing(check.readings[winner].name.clone()));
    let first = ballot.into_iter().next();
    first.map(|(_, tie)| Tie { outcome: missing, reading: None, ..tie }).into_iter().collect()
}

/// Too few votes: what holds under some reading holds; what breaks under all may mean another one.
fn alone(ballot: Ballot) -> Vec<Tie> {
    let readings: Vec<usize> = ballot.iter().map(|(at, _)| *at).collect();
    let Some(first) = readings.first().copied() else { return Vec::new() };
    let kept = readings.into_iter().find(|reading| keeps(&ballot, *reading)).unwrap_or(first);
    let mut ties = of(ballot, kept);
    // No reading was elected, so none is named.
    ties.iter_mut().for_each(|tie| tie.reading = None);
    for tie in ties.iter_mut().filter(|tie| tie.outcome.verdict == Verdict::Broken) {
        tie.outcome.reason = Some(Reason::FewVotes);
    }
    ties
}

/// No reading has a majority.
fn open(ballot: Ballot) -> Vec<Tie> {
    let first = ballot.first().map_or(0, |(at, _)| *at);
    let undecided = |tie| Tie { outcome: Outcome::undecided(Reason::NoReading), reading: None, ..tie };
    of(ballot, first).into_iter().map(undecided).collect()
}
