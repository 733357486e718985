//! How large an expression is with the names it uses written out: what it costs to make it once.

use super::syntax::{Expr, Node};

/// Larger expressions are refused. It bounds the depth too, and with it the stack.
pub const MOST_PARTS: usize = 1000;

/// The first expression that is too large, and its size. A name that stands for a path may be used in a
/// filter for each item, which is bounded where it is made.
#[must_use]
pub fn too_large<'a>(lets: &'a [(String, Expr)], exprs: impl Iterator<Item = &'a Expr>) -> Option<(&'a Expr, usize)> {
    let mut known: Vec<(&str, usize)> = Vec::with_capacity(lets.len());
    for (name, expr) in lets {
        let size = parts(expr, &known);
        if size > MOST_PARTS {
            return Some((expr, size));
        }
        known.push((name, size));
    }
    exprs.map(|expr| (expr, parts(expr, &known))).find(|(_, size)| *size > MOST_PARTS)
}

fn parts(expr: &Expr, known: &[(&str, usize)]) -> usize {
    let mut total = 0usize;
    expr.each(&mut |part| {
        let named = match &part.node {
            Node::Path(path) => known.iter().find(|(name, _)| *name == path.first).map_or(0, |(_, size)| *size),
            _ => 0,
        };
        total = total.saturating_add(1 + named);
    });
    total
}
