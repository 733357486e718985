//! Applies checks to the records of a document, which gives ties; or a proof that they all hold.

use foldhash::{HashMap, HashSet};
use rayon::prelude::*;
use smallvec::SmallVec;

use super::agree;
use super::declaration::{Check, Scope};
use super::election;
use super::index::Index;
use super::proof::Proof;
use super::prove::{Proved, prove};
use super::requirement::{frame, requirement};
use super::syntax::{Expr, Node};
use super::truth::Truth;
use super::world::World;
use crate::document::NodeId;
use crate::fault::Fault;
use crate::tie::{Reason, Tie, Verdict};

/// So many values for all checks to look at are worth more threads than one.
const LARGE: usize = 1 << 18;

/// Checks are asked of it in so many pieces.
const PIECES: usize = 48;

/// Room for so many ties is made at once.
const FEW: usize = 256;

/// What checks found in one document.
#[derive(Debug, Default)]
pub struct Applied {
    /// Ties, each once, in the order of the checks; those apart that are only counted in a proof.
    pub ties: Vec<Tie>,
    /// Ties that hold and that nothing has to be said of.
    pub proofs: Vec<Proof>,
    /// Checks of which some ties are made and others only proved.
    pub partly: Vec<String>,
    /// Checks that bound nothing.
    pub unbound: Vec<String>,
    /// Records that lack exactly one of three or more names of a check.
    pub nearly_bound: Vec<(String, usize)>,
    /// Checks that could not be made.
    pub faults: Vec<Fault>,
}

/// What became of one check.
#[derive(Default)]
struct Made {
    /// Its ties, but for those that hold and are only counted.
    ties: Vec<Tie>,
    proof: Proof,
    /// The records that the ties were made of, where others are proved.
    open: Vec<NodeId>,
}

/// Applies the checks to a document. Unless `all` ties are asked for, those that hold and share no figure
/// with one that is broken are only counted.
pub fn apply<'a>(checks: &[&'a Check], all: bool, world: World<'a>) -> Applied {
    let mut applied = Applied::default();
    let mut made: Vec<(&Check, Made)> = Vec::new();
    for (check, asked) in checks.iter().zip(make(checks, all, world)) {
        if asked.nearly > 0 {
            applied.nearly_bound.push((check.rule.id.clone(), asked.nearly));
        }
        match asked.made {
            Some(ties) => made.push((check, ties)),
            // What it found is a part of what it asks for, and would pass for all.
            None => applied.faults.push(too_much_work(check)),
        }
    }
    disclose(&mut made, world);
    applied.ties.reserve_exact(made.iter().map(|(_, made)| made.ties.len()).sum());
    for (check, Made { mut ties, proof, .. }) in made {
        let is_proved = proof.count.exact + proof.count.rounded > 0;
        let bound = is_proved || !ties.is_empty();
        if is_proved && !ties.is_empty() {
            applied.partly.push(check.rule.id.clone());
        }
        applied.ties.append(&mut ties);
        applied.proofs.extend(is_proved.then_some(proof));
        if !bound {
            applied.unbound.push(check.rule.id.clone());
        }
    }
    applied
}

/// A check that was asked of a document.
struct Asked {
    nearly: usize,
    /// Nothing where it wanted to look at more than it may.
    made: Option<Made>,
}

/// Asks the checks of a document, in their order; of a large one by several threads.
fn make<'a>(checks: &[&'a Check], all: bool, world: World<'a>) -> Vec<Asked> {
    let World { document, figures, vocabulary, .. } = world;
    if document.len().saturating_mul(checks.len()) < LARGE {
        return checks.iter().map(|check| ask(check, all, world)).collect();
    }
    // What one thread has looked up is of no use to another.
    let ask = |index: &mut Index, check: &&Check| ask(check, all, World { document, figures, vocabulary, index });
    checks.par_iter().with_min_len(checks.len().div_ceil(PIECES)).map_init(Index::default, ask).collect()
}

fn ask(check: &Check, all: bool, world: World<'_>) -> Asked {
    world.begin();
    let (records, nearly) = records(check, world);
    let proved = check.plan.as_ref().filter(|_| !all).and_then(|plan| prove(check, plan, &records, world));
    let made = proved.and_then(|proved| partly(check, proved, world));
    let made = made.unwrap_or_else(|| Made { ties: ties(check, &records, world), ..Made::default() });
    Asked { nearly, made: (!world.is_exhausted()).then_some(made) }
}

/// Makes the ties of the records of which nothing is proved; `None` if one has to be seen beside all others:
/// it holds only thanks to rounding.
fn partly(check: &Check, Proved { proof, open }: Proved, world: World<'_>) -> Option<Made> {
    let ties = finished(check, asked(check, &open, world));
    let (exact, rounded) = (Verdict::Exact, Verdict::Rounded);
    let shown = || ties.iter().filter(|tie| !tie.is_trivial());
    let of = |verdict: Verdict| shown().filter(|tie| tie.outcome.verdict == verdict).count();
    let odd = of(rounded) > 0
        || proof.count.shown[1] == 1 && proof.count.shown[0] + of(exact) >= 2 && of(exact) == shown().count();
    (!odd).then_some(Made { ties, proof, open })
}

fn too_much_work(check: &Check) -> Fault {
    let id = &check.rule.id;
    let (en, zh) = (
        format!("`{id}` takes more work than a check is given, and was left out"),
        format!("审核公式 `{id}` 计算量过大，未执行"),
    );
    Fault::new("check/too-much-work", en, zh).at(&check.source, check.span).help(
        "a filter that compares a field with something of `this` by `=` is looked up; others try every row",
        "以 `=` 将字段与 this 的内容比较的筛选可直接查找，其他筛选需逐行尝试",
    )
}

/// Makes the ties that were proved but share a figure with a broken one: what is suggested to mend one must
/// not break another.
fn disclose(made: &mut [(&Check, Made)], world: World<'_>) {
    let ties = made.iter().flat_map(|(_, made)| &made.ties);
    let broken = ties.filter(|tie| tie.outcome.verdict == Verdict::Broken);
    let shared: HashSet<NodeId> = broken.flat_map(|tie| &tie.operands).map(|operand| operand.node).collect();
    if shared.is_empty() {
        return;
    }
    for (check, made) in made {
        let (mut open, proof) = made.proof.split(|node| shared.contains(node));
        if open.is_empty() {
            continue;
        }
        open.extend(&made.open);
        open.sort_unstable();
        world.begin();
        let ties = finished(check, asked(check, &open, world));
        if !world.is_exhausted() {
            *made = Made { ties, proof, open };
        }
    }
}

/// The ties of a check.
fn ties(check: &Check, records: &[NodeId], world: World<'_>) -> Vec<Tie> {
    let ties = match &check.scope {
        Scope::Agree(agreement) => agree::ties(check, agreement, world),
        Scope::For(_) => asked(check, records, world),
        Scope::Each(Expr { node: Node::Path(path), .. }) => {
            asked(check, &world.find_some(path, frame(check, world.document.root())), world)
        }
        Scope::Each(_) => Vec::new(),
    };
    finished(check, ties)
}

/// Without those that nobody wants to hear of, and each once.
fn finished(check: &Check, mut ties: Vec<Tie>) -> Vec<Tie> {
    if check.missing_ignored {
        ties.retain(|tie| !matches!(tie.outcome.reason, Some(Reason::Missing(_))));
    }
    ties.retain(|tie| !tie.is_with_itself());
    if ties.len() > 1 {
        once_each(&mut ties);
    }
    ties
}

/// The ties of a check that is asked of these records.
fn asked(check: &Check, records: &[NodeId], world: World<'_>) -> Vec<Tie> {
    let applies = |this: &&NodeId| {
        check.when.as_ref().is_none_or(|when| matches!(world.truth(when, frame(check, **this)), Truth::Yes(_)))
    };
    let asked = records.iter().filter(applies);
    if check.readings.len() > 1 {
        return election::ties(check, &asked.copied().collect::<Vec<_>>(), world);
    }
    let mut ties = Vec::with_capacity(records.len().min(FEW));
    for this in asked {
        check.readings.iter().for_each(|reading| ties.append(&mut requirement(check, &reading.expr, *this, world)));
    }
    ties
}

/// The identity of a tie is its rule and the set of its places. Two requirements over the same figures, as in
/// `a >= 0 and a <= 100`, are two ties.
fn once_each(ties: &mut Vec<Tie>) {
    let mut seen: HashMap<Vec<NodeId>, Vec<usize>> = HashMap::default();
    let mut again = vec![false; ties.len()];
    for (at, tie) in ties.iter().enumerate() {
        let mut places: Vec<NodeId> =
            tie.operands.iter().map(|operand| operand.node).chain(tie.blanks.iter().copied()).collect();
        places.sort_unstable();
        // Ties without any place are told apart by where they were asked.
        if places.is_empty() {
            places.push(tie.scope);
        }
        let known = seen.entry(places).or_default();
        let asks_the_same = |other: &usize| {
            let other = &ties[*other];
            (other.relation, &other.left, &other.right) == (tie.relation, &tie.left, &tie.right)
        };
        again[at] = known.iter().any(asks_the_same);
        known.push(at);
    }
    let mut again = again.into_iter();
    ties.retain(|_| again.next() != Some(true));
}

/// The records that have all names of a check, and how many lack exactly one of three or more.
fn records(check: &Check, world: World<'_>) -> (Vec<NodeId>, usize) {
    let Scope::For(names) = &check.scope else { return (Vec::new(), 0) };
    let symbols = names.iter().filter_map(|name| world.document.symbol(name));
    let mut holders: SmallVec<[&[NodeId]; 8]> = symbols.map(|symbol| world.holders(symbol)).collect();
    // Nearly always all stand in the same records.
    if let [first, others @ ..] = &holders[..]
        && holders.len() == names.len()
        && others.iter().all(|other| other == first)
    {
        return (first.to_vec(), 0);
    }
    let (mut bound, mut nearly) = (Vec::new(), 0);
    // All lists are in order, so the next record is the first of one of them.
    while let Some(record) = holders.iter().filter_map(|records| records.first()).min().copied() {
        let mut has = 0;
        for records in &mut holders {
            if let Some((first, rest)) = records.split_first()
                && *first == record
            {
                (has, *records) = (has + 1, rest);
            }
        }
        match names.len() - has {
            0 => bound.push(record),
            1 if names.len() >= 3 => nearly += 1,
            _ => {}
        }
    }
    (bound, nearly)
}
