//! What a requirement makes of one record: ties.

use std::sync::Arc;

use foldhash::HashMap;

use super::declaration::Check;
use super::draft::{Draft, like};
use super::shape::shape;
use super::syntax::{Expr, Node, Operator};
use super::truth::{Truth, alike, folded};
use super::world::{Frame, World};
use crate::document::{NodeId, Reading, Symbol, Value};
use crate::figure::{self, Kind, Number, Reach};
use crate::term::Content;
use crate::tie::{Blanks, Confidence, Expression, Outcome, Reason, Relation, Tie, TieKind, Verdict, decide, evaluate};

/// A check standing at a record.
pub fn frame<'a>(check: &'a Check, this: NodeId) -> Frame<'a> {
    Frame { this, item: None, lets: &check.lets }
}

/// The ties that a requirement makes of one record.
pub fn requirement(check: &Check, expr: &Expr, this: NodeId, world: World<'_>) -> Vec<Tie> {
    let at = frame(check, this);
    match &expr.node {
        Node::Binary(Operator::And, left, right) => {
            let mut ties = requirement(check, left, this, world);
            ties.extend(requirement(check, right, this, world));
            ties
        }
        Node::Binary(Operator::Or, left, right) => either(check, [left, right], this, world),
        Node::Binary(operator, left, right) if operator.compares() => {
            if let Some((first, second)) = world.texts(left, right, at) {
                let equates = matches!(operator, Operator::Equal | Operator::Unequal);
                if !equates && figure::read(first).is_ok() && figure::read(second).is_ok() {
                    // Serial numbers are often printed as texts, and have an order all the same.
                    return vec![comparison(check, *operator, (left, right), None, this, world)];
                }
                if !equates {
                    let outcome = Outcome::undecided(Reason::NotAFigure(first.to_owned()));
                    return vec![Tie { outcome, ..texts(check, &[left, right], true, this, world) }];
                }
                let holds = alike(first, second) != (*operator == Operator::Unequal);
                return vec![texts(check, &[left, right], holds, this, world)];
            }
            match columns(left, right, at, world) {
                Some(columns) => columns
                    .into_iter()
                    .map(|column| comparison(check, *operator, (left, right), Some(column), this, world))
                    .collect(),
                None => vec![comparison(check, *operator, (left, right), None, this, world)],
            }
        }
        Node::Call(name, arguments) if name == "distinct" => distinct(check, arguments, this, world),
        _ => {
            let outcome = match world.truth(expr, at) {
                Truth::Yes(verdict) => Outcome::of(verdict),
                Truth::No => Outcome::of(Verdict::Broken),
                Truth::Unknown(reason) => Outcome::undecided(reason),
            };
            let draft = witnesses(expr, at, world);
            // A share that no count gives is what is wrong, as is a date that there is not.
            let about_first = matches!(&expr.node, Node::Call(name, _) if matches!(name.as_str(), "attainable" | "is_date" | "starts_with"));
            let targets = if about_first && !draft.operands.is_empty() { vec![0] } else { Vec::new() };
            vec![Tie { kind: TieKind::Other, targets, outcome, ..plain(check, draft, this) }]
        }
    }
}

/// The better of two requirements: one of them is enough.
fn either(check: &Check, sides: [&Expr; 2], this: NodeId, world: World<'_>) -> Vec<Tie> {
    let [first, second] = sides.map(|side| requirement(check, side, this, world));
    let worst = |ties: &[Tie]| ties.iter().map(|tie| tie.outcome.verdict).max().unwrap_or(Verdict::Undecided);
    let better = if worst(&second) < worst(&first) { second } else { first };
    if worst(&better) < Verdict::Broken {
        return better;
    }
    // Neither holds: one tie of all their figures.
    let mut draft = Draft::default();
    for side in sides {
        witnesses(side, frame(check, this), world).operands.into_iter().for_each(|operand| {
            draft.operand(operand);
        });
    }
    vec![Tie { kind: TieKind::Other, outcome: Outcome::of(Verdict::Broken), ..plain(check, draft, this) }]
}

/// Everything an expression names, as places without figures.
fn witnesses(expr: &Expr, at: Frame<'_>, world: World<'_>) -> Draft {
    let mut draft = Draft::default();
    expr.each(&mut |part| {
        if let Node::Path(path) = &part.node
            && let Ok(found) = world.find(path, at)
        {
            for node in found.nodes {
                let mut one = Draft::default();
                match world.quantity(part, at, None, &mut one) {
                    Ok(_) => one.operands.into_iter().for_each(|operand| {
                        draft.operand(operand);
                    }),
                    Err(_) => {
                        draft.witness(node);
                    }
                }
            }
        }
    });
    draft
}

fn texts(check: &Check, sides: &[&Expr], holds: bool, this: NodeId, world: World<'_>) -> Tie {
    let mut draft = Draft::default();
    for side in sides {
        if let Node::Path(path) = &side.node
            && let Ok(found) = world.find(path, frame(check, this))
        {
            found.nodes.into_iter().for_each(|node| {
                draft.witness(node);
            });
        }
    }
    let targets = draft.operands.len().checked_sub(1).into_iter().collect();
    let outcome = Outcome::of(if holds { Verdict::Exact } else { Verdict::Broken });
    Tie { kind: TieKind::Text, targets, outcome, ..plain(check, draft, this) }
}

/// No two items alike in all keys: one tie for each item, which differs from those before it or not.
fn distinct(check: &Check, arguments: &[Expr], this: NodeId, world: World<'_>) -> Vec<Tie> {
    let at = frame(check, this);
    let Some((Expr { node: Node::Path(path), .. }, keys)) = arguments.split_first() else { return Vec::new() };
    let nodes = match world.find(path, at) {
        Ok(found) => found.nodes,
        Err(reason) => {
            return vec![Tie { outcome: Outcome::undecided(reason), ..plain(check, Draft::default(), this) }];
        }
    };
    let key = |item: NodeId| -> Option<String> {
        let parts: Option<Vec<String>> = keys
            .iter()
            .map(|key| match &key.node {
                Node::Path(path) => {
                    let node = world.find(path, Frame { item: Some(item), ..at }).ok()?.one().ok()?;
                    if world.is_blank(node) || world.document.printed(node).trim().is_empty() {
                        return None;
                    }
                    let figure = world.figures.figure(node).and_then(|figure| figure.value.exact());
                    Some(
                        figure.map_or_else(|| folded(world.document.printed(node)), |number| number.trim().to_string()),
                    )
                }
                _ => None,
            })
            .collect();
        parts.map(|parts| parts.join("\u{1f}"))
    };
    // What is shown of an item is what it must not share: its first key.
    let shown = |item: NodeId| match keys.first().map(|key| &key.node) {
        Some(Node::Path(path)) => {
            world.find(path, Frame { item: Some(item), ..at }).ok().and_then(|found| found.one().ok()).unwrap_or(item)
        }
        _ => item,
    };
    let mut seen: HashMap<String, Vec<NodeId>> = HashMap::default();
    let mut ties = Vec::with_capacity(nodes.len());
    for node in nodes {
        let Some(key) = key(node) else { continue };
        let before = seen.entry(key).or_default();
        let mut draft = Draft::default();
        let target = draft.witness(shown(node));
        // The first that holds the key is evidence enough.
        before.iter().take(1).for_each(|other| {
            draft.witness(shown(*other));
        });
        let outcome = Outcome::of(if before.is_empty() { Verdict::Exact } else { Verdict::Broken });
        before.push(node);
        ties.push(Tie { kind: TieKind::Distinct, targets: vec![target], outcome, ..plain(check, draft, this) });
    }
    ties
}

/// If a side is a single record: the names of the amounts and counts it has.
fn columns(left: &Expr, right: &Expr, at: Frame<'_>, world: World<'_>) -> Option<Vec<Symbol>> {
    let document = world.document;
    let record = [right, left].into_iter().find_map(|side| {
        let Node::Path(path) = &side.node else { return None };
        let node = world.find(path, at).ok()?.one().ok()?;
        document.is_record(node).then_some(node)
    })?;
    let fields = document.children(record).filter(|field| {
        let content = document.content(*field);
        let kind = match world.figures.get(content) {
            Some(Reading::Figure(figure) | Reading::Loose(figure)) => Some(figure.kind),
            Some(_) => match world.vocabulary.term(document.key(*field)).map(|term| term.content) {
                Some(Content::Figure(kind)) => Some(kind),
                _ => None,
            },
            None => None,
        };
        // Without a term, a null is due to be a figure if its name has figures elsewhere.
        let due = || {
            let name = document.key(*field);
            document.node(content).value == Value::Null
                && !world.vocabulary.is_context(name)
                && !name.starts_with('$')
                && world.bears_figures(name)
        };
        matches!(kind, Some(Kind::Amount | Kind::Count)) || (kind.is_none() && due())
    });
    Some(fields.filter_map(|field| document.node(field).key).collect())
}

fn comparison(
    check: &Check,
    operator: Operator,
    (left, right): (&Expr, &Expr),
    column: Option<Symbol>,
    this: NodeId,
    world: World<'_>,
) -> Tie {
    let at = frame(check, this);
    let relation = match operator {
        Operator::Equal => Relation::Equal,
        Operator::Unequal => Relation::Unequal,
        Operator::Less => Relation::Less,
        Operator::AtMost => Relation::AtMost,
        Operator::Greater => Relation::Greater,
        _ => Relation::AtLeast,
    };
    let mut draft = Draft::new(check.blank_is_zero);
    let left_result = world.quantity(left, at, column, &mut draft);
    draft.left_blanks = draft.blanks.len();
    let sides = (left_result, world.quantity(right, at, column, &mut draft));
    let (left_side, right_side) = match sides {
        (Ok(left), Ok(right)) => (left, right),
        (Ok(known), Err(Reason::Blank(name))) => {
            return blank_target(check, known, right, column, draft, this, world, &name);
        }
        (Err(Reason::Blank(name)), Ok(known)) => {
            return blank_target(check, known, left, column, draft, this, world, &name);
        }
        (Err(reason), _) | (_, Err(reason)) => {
            return Tie { kind: TieKind::Other, outcome: Outcome::undecided(reason), ..plain(check, draft, this) };
        }
    };
    let both = Expression::Sum(vec![(false, left_side.clone()), (true, right_side.clone())]);
    if let Err(reason) = like(&both, &draft) {
        return Tie { outcome: Outcome::undecided(reason), ..plain(check, draft, this) };
    }
    let target = right_side.single().or(left_side.single());
    let (on_right, on_both) = (draft.left_blanks == 0, (1..draft.blanks.len()).contains(&draft.left_blanks));
    let can_be_negative = draft.negative_blanks;
    let blanks = Blanks { count: draft.blanks.len(), can_be_negative, on_right, on_both };
    whole_result(&mut draft, target, [&left_side, &right_side], world);
    let outcome = decide(&left_side, relation, &right_side, &draft.operands, target, &check.settings, blanks);
    let kind = if relation == Relation::Equal {
        shape(&left_side, &right_side, target, &draft.operands)
    } else {
        TieKind::Order
    };
    let targets = target.into_iter().collect();
    Tie { kind, left: left_side, relation, right: right_side, targets, outcome, ..plain(check, draft, this) }
}

/// A whole number without a term that is the result of a division, or of figures with decimals, was
/// rounded to it and is no count.
fn whole_result(draft: &mut Draft, target: Option<usize>, sides: [&Expression; 2], world: World<'_>) {
    let Some(target) = target else { return };
    let finer = draft.operands.iter().filter_map(|operand| operand.figure).any(|figure| figure.decimals > 0);
    let operand = &mut draft.operands[target];
    let Some(figure) = operand.figure.filter(|figure| figure.kind == Kind::Count) else { return };
    let named = world.vocabulary.term(world.document.field_name(operand.node)).is_some();
    if !named && (finer || sides.iter().any(|side| side.divides())) {
        operand.reach = Reach::half_unit(operand.value, figure.decimals).unwrap_or(operand.reach);
    }
}

/// A blank where the target is due: it is implied by the rest.
#[expect(clippy::too_many_arguments, reason = "the parts of one comparison")]
fn blank_target(
    check: &Check,
    known: Expression,
    side: &Expr,
    column: Option<Symbol>,
    mut draft: Draft,
    this: NodeId,
    world: World<'_>,
    name: &str,
) -> Tie {
    let place = match &side.node {
        Node::Path(path) => world.find(path, frame(check, this)).ok().and_then(|found| found.one().ok()),
        _ => None,
    };
    let place = place.map(|node| {
        let field = column.and_then(|column| world.document.field(node, column));
        field.map_or(node, |field| world.document.content(field))
    });
    let value = evaluate(&known, &|index| draft.operands[index].value).ok();
    let (Some(place), Some(value), true) = (place, value, draft.blanks.is_empty()) else {
        return Tie { outcome: Outcome::undecided(Reason::Blank(name.to_owned())), ..plain(check, draft, this) };
    };
    let target = draft.witness(place);
    let unit = world.vocabulary.term(world.document.field_name(place)).and_then(|term| term.unit);
    let factor = Number::power_of_ten(-unit.map_or(0, |unit| unit.exponent));
    let implied = factor.and_then(|factor| value.mul(factor.into()));
    let outcome = Outcome { implied, ..Outcome::of(Verdict::Implied) };
    Tie {
        kind: TieKind::Sum,
        left: known,
        right: Expression::Operand(target),
        targets: vec![target],
        outcome,
        ..plain(check, draft, this)
    }
}

/// A tie of a check and its operands, with everything else still open.
pub fn plain(check: &Check, draft: Draft, scope: NodeId) -> Tie {
    Tie {
        rule: Arc::clone(&check.rule),
        kind: TieKind::Other,
        scope,
        left: Expression::Sum(Vec::new()),
        relation: Relation::Equal,
        right: Expression::Sum(Vec::new()),
        operands: draft.operands,
        targets: Vec::new(),
        blanks: draft.blanks,
        reading: None,
        assumed: Vec::new(),
        confidence: Confidence::Declared,
        settings: check.settings,
        outcome: Outcome::of(Verdict::Exact),
        fingerprint: String::new(),
    }
}
