//! The same figure in many places: all figures alike in subject and axes must agree.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use foldhash::{HashMap, HashSet};

use super::declaration::{Agreement, Check};
use super::draft::Draft;
use super::requirement::plain;
use super::syntax::{Expr, Node, Path};
use super::truth::folded;
use super::world::{Frame, World};
use crate::document::{NodeId, Value};
use crate::figure::{Figure, Kind, Number, Ratio, Reach};
use crate::term::{ALL, Term};
use crate::tie::{Expression, Operand, Outcome, Reason, Tie, TieKind, Verdict};

/// So many different values of one figure are those of several.
const LEAST_MANY: usize = 4;

/// What a group of figures has said on an axis: `None` where it is left unsaid.
type Key = Vec<Option<String>>;

/// One tie for each key over all its figures.
pub fn ties(check: &Check, agreement: &Agreement, world: World<'_>) -> Vec<Tie> {
    let axes: Vec<&str> = agreement.keys.iter().map(String::as_str).filter(|key| *key != "term").collect();
    let records = records(agreement, world);
    let mut groups: BTreeMap<Key, Vec<NodeId>> = BTreeMap::new();
    // A limit (`≤10%`) says of a figure what it may be, not what it is; unless it is set, as a target is.
    let says = |figure: &Figure| figure.bound.is_none() || figure.kind == Kind::Parameter;
    let named = |term: &&Term| {
        let terms = &agreement.terms;
        terms.is_empty() || terms.contains(&term.name) || terms.contains(&term.subject)
    };
    let terms: Vec<Option<&Term>> =
        world.document.names().map(|name| world.vocabulary.term(name).filter(named)).collect();
    for (node, _) in world.figures.iter().filter(|(_, figure)| says(figure)) {
        let symbol = world.document.field_symbol(node);
        let Some(term) = symbol.and_then(|symbol| terms[symbol.0 as usize]) else { continue };
        if records.as_ref().is_some_and(|records| !records.contains(&world.document.record(node))) {
            continue;
        }
        let subject = std::iter::once(Some(term.subject.clone()));
        let key = subject.chain(axes.iter().map(|axis| said(world, node, term, axis))).collect();
        groups.entry(key).or_default().push(node);
    }
    let joined = axes
        .iter()
        .enumerate()
        .fold(groups.into_iter().map(|(key, nodes)| (key, nodes, Vec::new())).collect(), |groups, (at, axis)| {
            assume(groups, at + 1, axis)
        });
    joined
        .into_iter()
        .filter(|(_, nodes, _)| nodes.len() > 1 && !are_neighbours(nodes, world))
        .filter_map(|(_, nodes, assumed)| Some(Tie { assumed, ..tie(check, &nodes, world)? }))
        .collect()
}

/// Whether two of the figures stand in rows of one table: then the key does not tell rows apart, and
/// nothing is restated. Sentences do restate.
fn are_neighbours(nodes: &[NodeId], world: World<'_>) -> bool {
    let document = world.document;
    let in_prose = |node: NodeId| {
        document.upwards(node).any(|at| world.vocabulary.prose.iter().any(|name| name == document.key(at)))
    };
    let mut lists = HashSet::default();
    let mut named: HashMap<_, NodeId> = HashMap::default();
    nodes.iter().filter(|node| !in_prose(**node)).any(|node| {
        let name = document.field_name(*node);
        let list = document.parent(document.record(*node)).filter(|list| document.node(*list).value == Value::List);
        // Lists of several levels are one table, whose rows may go by one name that each of them prints.
        let label = document.get(document.record(*node), "label");
        let row = document.grid(*node).map(|grid| grid.table).zip(label);
        let start = |label: NodeId| document.node(label).span.start;
        let is_another =
            row.is_some_and(|(table, label)| start(*named.entry((table, name)).or_insert(label)) != start(label));
        is_another || list.is_some_and(|list| !lists.insert((list, name)))
    })
}

/// The records that take part; `None` for all.
fn records(agreement: &Agreement, world: World<'_>) -> Option<HashSet<NodeId>> {
    let frame = Frame { this: world.document.root(), item: None, lets: &[] };
    let found = agreement.among.iter().filter_map(|path| match &path.node {
        Node::Path(path) => Some(world.find_some(path, frame)),
        _ => None,
    });
    (!agreement.among.is_empty()).then(|| found.flatten().collect())
}

type Group = (Key, Vec<NodeId>, Vec<String>);

/// Figures that leave an axis unsaid join those that say it, if they all say the same, or are of all: that is an
/// assumption.
fn assume(groups: Vec<Group>, at: usize, axis: &str) -> Vec<Group> {
    let rest = |key: &Key| -> Key {
        key.iter().enumerate().filter(|(index, _)| *index != at).map(|(_, said)| said.clone()).collect()
    };
    let (unsaid, mut joined): (Vec<Group>, Vec<Group>) = groups.into_iter().partition(|(key, ..)| key[at].is_none());
    let mut alike: HashMap<Key, Vec<usize>> = HashMap::default();
    for (index, (key, ..)) in joined.iter().enumerate() {
        alike.entry(rest(key)).or_default().push(index);
    }
    for (key, nodes, assumed) in unsaid {
        let said = alike.get(&rest(&key)).map_or(&[][..], Vec::as_slice);
        let of_all = said.iter().find(|index| joined[**index].0[at].as_deref() == Some(ALL));
        match (said, of_all) {
            ([only], _) | (_, Some(only)) => {
                joined[*only].1.extend(nodes);
                joined[*only].1.sort_unstable();
                joined[*only].2.push(axis.to_owned());
            }
            _ => joined.push((key, nodes, assumed)),
        }
    }
    joined
}

/// What a figure says on an axis: its term, its record and what holds it, the term's default, the axis' default.
fn said(world: World<'_>, node: NodeId, term: &Term, axis: &str) -> Option<String> {
    let value = |axes: &[(String, String)]| axes.iter().find(|(name, _)| name == axis).map(|(_, value)| value.clone());
    let context = || world.document.context(node, axis).map(|at| folded(world.document.printed(at)));
    let default =
        || world.vocabulary.axes.iter().find(|known| known.name == axis).and_then(|known| known.default.clone());
    value(&term.axes).or_else(context).or_else(|| value(&term.default)).or_else(default)
}

fn tie(check: &Check, nodes: &[NodeId], world: World<'_>) -> Option<Tie> {
    let mut draft = Draft::default();
    for node in nodes {
        let frame = Frame { this: *node, item: None, lets: &[] };
        let this = Expr { node: Node::Path(Path { first: "this".into(), steps: Vec::new() }), range: 0..0 };
        if let Err(reason) = world.quantity(&this, frame, None, &mut draft) {
            let outcome = Outcome::undecided(reason);
            return Some(Tie { kind: TieKind::Equal, outcome, ..plain(check, draft, *node) });
        }
    }
    if are_many(&draft.operands) {
        let name = world.document.field_name(*nodes.first()?).to_owned();
        let outcome = Outcome::undecided(Reason::Ambiguous(name));
        return Some(Tie { kind: TieKind::Equal, outcome, ..plain(check, draft, *nodes.first()?) });
    }
    let (targets, outcome) = judge(&draft.operands);
    let first = targets.first().copied().unwrap_or(draft.operands.len() - 1);
    // Without a majority all are targets, and any two that differ show it.
    let differs = |index: &usize| draft.operands[*index].value != draft.operands[first].value;
    let other = (0..draft.operands.len()).find(|index| !targets.contains(index));
    let other = other.or_else(|| (0..draft.operands.len()).find(differs)).unwrap_or(0);
    let (left, right) = (Expression::Operand(other), Expression::Operand(first));
    let scope = nodes.first().copied()?;
    Some(Tie { kind: TieKind::Equal, left, right, targets, outcome, ..plain(check, draft, scope) })
}

/// Whether the figures are of many things, which only go by one name: nearly all of several say something else.
fn are_many(operands: &[Operand]) -> bool {
    let mut values: Vec<Ratio> = operands.iter().map(|operand| operand.value).collect();
    values.sort_by(|left, right| left.compare(*right));
    values.dedup_by(|left, right| left == right);
    values.len() >= LEAST_MANY && 3 * values.len() > 2 * operands.len() && 2 * largest(operands).len() <= operands.len()
}

/// All reaches must share a point; else those outside the majority are the targets.
fn judge(operands: &[Operand]) -> (Vec<usize>, Outcome) {
    let Some(first) = operands.first() else { return (Vec::new(), Outcome::of(Verdict::Exact)) };
    if operands.iter().all(|operand| operand.value == first.value) {
        return (Vec::new(), Outcome::of(Verdict::Exact));
    }
    let shared = operands.iter().try_fold(first.reach, |shared, operand| meet(shared, operand.reach));
    if shared.is_some() {
        return (Vec::new(), Outcome { allowance: widest(operands), ..Outcome::of(Verdict::Rounded) });
    }
    let largest = largest(operands);
    if 2 * largest.len() <= operands.len() {
        return ((0..operands.len()).collect(), Outcome::of(Verdict::Broken));
    }
    let targets: Vec<usize> = (0..operands.len()).filter(|index| !largest.contains(index)).collect();
    // Equal restatements take the finest reach: the most precise of the majority speaks for it.
    let width = |index: &usize| operands[*index].reach.half_width();
    let finest = largest.iter().copied().min_by(|left, right| match (width(left), width(right)) {
        (Some(left), Some(right)) => left.compare(right),
        _ => Ordering::Equal,
    });
    let finest = finest.map(|index| &operands[index]);
    let target = targets.first().map(|index| &operands[*index]);
    let exponent = target.and_then(|target| target.figure?.unit).map_or(0, |unit| unit.exponent);
    let scale = |value: Option<Ratio>| value.and_then(|value| value.mul(Number::power_of_ten(-exponent)?.into()));
    let recomputed = finest.map(|operand| operand.value);
    let one_value = targets.iter().all(|index| Some(operands[*index].value) == target.map(|target| target.value));
    let difference = match (target, recomputed, one_value) {
        (Some(target), Some(recomputed), true) => target.value.sub(recomputed),
        _ => None,
    };
    let halves = |operand: Option<&Operand>| operand.and_then(|operand| operand.reach.half_width());
    let allowance = halves(target).and_then(|half| half.add(halves(finest)?));
    let outcome = Outcome {
        recomputed: scale(recomputed),
        difference: scale(difference),
        allowance: scale(allowance),
        ..Outcome::of(Verdict::Broken)
    };
    (targets, outcome)
}

/// The most figures that share a point: some such point is the low end of one of them.
fn largest(operands: &[Operand]) -> Vec<usize> {
    let order = |left: &Ratio, right: &Ratio| left.compare(*right);
    let sorted = |end: fn(&Operand) -> Ratio| {
        let mut ends: Vec<Ratio> = operands.iter().map(end).collect();
        ends.sort_by(order);
        ends
    };
    let (lows, highs) = (sorted(|operand| operand.reach.low), sorted(|operand| operand.reach.high));
    // Those that begin by a point, less those that end before it.
    let sharing = |point: Ratio| {
        let begun = lows.partition_point(|low| order(low, &point) != Ordering::Greater);
        begun - highs.partition_point(|high| order(high, &point) == Ordering::Less).min(begun)
    };
    let point = operands.iter().map(|operand| operand.reach.low).max_by_key(|low| sharing(*low));
    let holds = |at: &usize| point.is_some_and(|point| operands[*at].reach.holds(point));
    (0..operands.len()).filter(holds).collect()
}

/// How far apart two of the figures may be: the two widest halves.
fn widest(operands: &[Operand]) -> Option<Ratio> {
    let mut halves = operands.iter().map(|operand| operand.reach.half_width()).collect::<Option<Vec<_>>>()?;
    halves.sort_by(|left, right| right.compare(*left));
    let unit = operands.first()?.figure?.unit.map_or(0, |unit| unit.exponent);
    halves.first()?.add(*halves.get(1)?)?.mul(Number::power_of_ten(-unit)?.into())
}

fn meet(left: Reach, right: Reach) -> Option<Reach> {
    let low = if left.low.compare(right.low) == Ordering::Less { right.low } else { left.low };
    let high = if left.high.compare(right.high) == Ordering::Greater { right.high } else { left.high };
    (low.compare(high) != Ordering::Greater).then_some(Reach { low, high })
}
