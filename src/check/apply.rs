//! Applies checks to the records of a document, which gives ties.

use std::collections::HashMap;

use super::agree;
use super::declaration::{Check, Scope};
use super::election;
use super::requirement::{frame, requirement};
use super::syntax::{Expr, Node};
use super::truth::Truth;
use super::world::World;
use crate::document::{NodeId, Symbol};
use crate::fault::Fault;
use crate::tie::{Reason, Tie};

/// What checks found in one document.
#[derive(Debug, Default)]
pub struct Applied {
    /// All ties, each once.
    pub ties: Vec<Tie>,
    /// Checks that bound nothing.
    pub unbound: Vec<String>,
    /// Records that lack exactly one of three or more names of a check.
    pub nearly_bound: Vec<(String, usize)>,
    /// Checks that could not be made.
    pub faults: Vec<Fault>,
}

/// Applies the checks to a document.
#[must_use]
pub fn apply(checks: &[Check], world: World<'_>) -> Applied {
    let mut applied = Applied::default();
    for check in checks {
        world.begin();
        let mut ties = match &check.scope {
            Scope::Agree(agreement) => agree::ties(check, agreement, world),
            _ => {
                let (scopes, nearly) = scopes(check, world);
                if nearly > 0 {
                    applied.nearly_bound.push((check.rule.id.clone(), nearly));
                }
                let asked: Vec<NodeId> = scopes
                    .into_iter()
                    .filter(|this| {
                        check
                            .when
                            .as_ref()
                            .is_none_or(|when| matches!(world.truth(when, frame(check, *this)), Truth::Yes(_)))
                    })
                    .collect();
                if check.readings.len() > 1 {
                    election::ties(check, &asked, world)
                } else {
                    asked
                        .iter()
                        .flat_map(|this| {
                            check.readings.iter().flat_map(|reading| requirement(check, &reading.expr, *this, world))
                        })
                        .collect()
                }
            }
        };
        if world.is_exhausted() {
            // What it found is a part of what it asks for, and would pass for all.
            applied.faults.push(too_much_work(check));
            continue;
        }
        if check.missing_ignored {
            ties.retain(|tie| !matches!(tie.outcome.reason, Some(Reason::Missing(_))));
        }
        once_each(&mut ties);
        if ties.is_empty() {
            applied.unbound.push(check.rule.id.clone());
        }
        applied.ties.append(&mut ties);
    }
    applied
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

/// The identity of a tie is its rule and the set of its places.
fn once_each(ties: &mut Vec<Tie>) {
    let mut seen: HashMap<Vec<NodeId>, Vec<String>> = HashMap::new();
    ties.retain(|tie| {
        let mut places: Vec<NodeId> =
            tie.operands.iter().map(|operand| operand.node).chain(tie.blanks.iter().copied()).collect();
        places.sort_unstable();
        // Ties without any place are told apart by where they were asked.
        if places.is_empty() {
            places.push(tie.scope);
        }
        // Two requirements over the same figures, as in `a >= 0 and a <= 100`, are two ties.
        let form = format!("{:?} {:?} {:?}", tie.relation, tie.left, tie.right);
        let forms = seen.entry(places).or_default();
        let new = !forms.contains(&form);
        forms.push(form);
        new
    });
}

/// The records a check is asked of, and how many lack exactly one of its names.
fn scopes(check: &Check, world: World<'_>) -> (Vec<NodeId>, usize) {
    let document = world.document;
    match &check.scope {
        Scope::For(names) => {
            let symbols: Vec<Option<Symbol>> = names.iter().map(|name| document.symbol(name)).collect();
            let (mut bound, mut nearly) = (Vec::new(), 0);
            let mut at = document.root();
            while (at.0 as usize) < document.len() {
                if document.key(at).starts_with('$') {
                    at = document.end(at);
                    continue;
                }
                if document.is_record(at) {
                    let has =
                        |symbol: &&Option<Symbol>| symbol.is_some_and(|symbol| document.field(at, symbol).is_some());
                    let lacking = symbols.len() - symbols.iter().filter(has).count();
                    if lacking == 0 {
                        bound.push(at);
                    }
                    nearly += usize::from(lacking == 1 && symbols.len() >= 3);
                }
                at = NodeId(at.0 + 1);
            }
            (bound, nearly)
        }
        Scope::Each(Expr { node: Node::Path(path), .. }) => (world.find_some(path, frame(check, document.root())), 0),
        Scope::Each(_) | Scope::Agree(_) => (Vec::new(), 0),
    }
}
