//! Tries a change of one figure on every tie that it takes part in.

use std::cell::Cell;
use std::sync::OnceLock;

use foldhash::HashMap;
use smallvec::SmallVec;

use super::spot::Known;
use crate::document::{NodeId, Symbol};
use crate::figure::{Figure, Number, Ratio, Reach};
use crate::tie::{Blanks, Operand, Relation, Tie, TieKind, Verdict, decide_with};

/// Figures by the digits of their values, and how many of them stand after the point.
type ByValue = HashMap<(i128, u32), SmallVec<[NodeId; 2]>>;

/// Figures of one name.
#[derive(Debug, Default)]
struct Named {
    /// In the order of the source.
    figures: Vec<NodeId>,
    /// The same by their values, when first asked for.
    by_value: OnceLock<ByValue>,
}

/// All ties of a document, by the figures that take part.
#[derive(Debug)]
pub struct Network<'a> {
    ties: &'a [Tie],
    /// Figures with the ties that they take part in, in order.
    by_node: Vec<(NodeId, usize)>,
    by_name: HashMap<Symbol, Named>,
    known: Known<'a>,
    /// How many of the ties are broken.
    broken: usize,
}

/// Changes that are tried out for one broken tie.
#[derive(Debug)]
pub struct Trial<'a> {
    network: &'a Network<'a>,
    /// Figures looked at, and how many may be.
    tried: Cell<usize>,
    most: usize,
}

/// So many figures are looked at in trying out changes in one document, as many for each of its broken ties: where a
/// hundred thousand are broken, no reader waits for the cause of each.
const MOST_TRIED: usize = 5_000_000;

/// What a change of one figure would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// Broken ties that would hold.
    pub mended: usize,
    /// Ties that hold, and show something, that would break.
    pub broken: usize,
}

impl Named {
    fn by_value(&self, known: Known<'_>) -> &ByValue {
        self.by_value.get_or_init(|| {
            let mut by_value: ByValue = HashMap::default();
            for node in &self.figures {
                if let Some(value) = known.figures.figure(*node).and_then(|figure| figure.value.exact()) {
                    by_value.entry(key(value)).or_default().push(*node);
                }
            }
            by_value
        })
    }
}

impl<'a> Network<'a> {
    /// Indexes the ties.
    pub fn new(ties: &'a [Tie], known: Known<'a>) -> Self {
        // Only what is broken is to be mended.
        let count = ties.iter().filter(|tie| tie.outcome.verdict == Verdict::Broken).count();
        let broken = count > 0;
        let of_tie = |(at, tie): (usize, &'a Tie)| tie.operands.iter().map(move |operand| (operand.node, at));
        let mut by_node: Vec<(NodeId, usize)> = ties.iter().enumerate().filter(|_| broken).flat_map(of_tie).collect();
        by_node.sort_unstable();
        let mut by_name: HashMap<Symbol, Named> = HashMap::default();
        for (node, _) in broken.then(|| known.figures.kinds()).into_iter().flatten() {
            if let Some(name) = known.document.field_symbol(node) {
                by_name.entry(name).or_default().figures.push(node);
            }
        }
        Self { ties, by_node, by_name, known, broken: count }
    }

    /// Figures of a name that print a value, in the order of the source.
    pub fn printed(&self, name: &str, value: Number) -> &[NodeId] {
        let named = self.known.document.symbol(name).and_then(|name| self.by_name.get(&name));
        let figures = named.and_then(|named| named.by_value(self.known).get(&key(value)));
        figures.map_or(&[], |figures| figures)
    }

    /// Ties that a figure takes part in.
    pub fn of(&self, node: NodeId) -> impl Iterator<Item = (usize, &'a Tie)> + '_ {
        let from = self.by_node.partition_point(|(known, _)| *known < node);
        self.by_node[from..].iter().take_while(move |(known, _)| *known == node).map(|(_, at)| (*at, &self.ties[*at]))
    }

    /// What is tried out for one of the broken ties.
    pub fn trial(&'a self) -> Trial<'a> {
        Trial { network: self, tried: Cell::new(0), most: MOST_TRIED / self.broken.max(1) }
    }
}

impl<'a> Trial<'a> {
    /// The ties.
    pub fn network(&self) -> &'a Network<'a> {
        self.network
    }

    /// Whether enough was tried out: what was found since is not to be trusted.
    pub fn is_exhausted(&self) -> bool {
        self.tried.get() > self.most
    }

    /// The verdict of a tie if one of its figures printed another value.
    pub fn with(&self, tie: &Tie, node: NodeId, value: Number, decimals: i32) -> Option<Verdict> {
        self.tried.set(self.tried.get().saturating_add(tie.operands.len()));
        if self.is_exhausted() { None } else { with(tie, node, value, decimals) }
    }

    /// What would happen if a figure printed another value (in its own unit) with so many decimals.
    pub fn effect(&self, node: NodeId, value: Number, decimals: i32) -> Effect {
        let mut effect = Effect::default();
        for (_, tie) in self.network.of(node) {
            let Some(now) = self.with(tie, node, value, decimals) else { continue };
            match (tie.outcome.verdict, now) {
                (Verdict::Broken, Verdict::Exact | Verdict::Rounded) => effect.mended += 1,
                (Verdict::Exact | Verdict::Rounded, Verdict::Broken) if !tie.is_trivial() => effect.broken += 1,
                _ => {}
            }
        }
        effect
    }
}

fn key(value: Number) -> (i128, u32) {
    let trimmed = value.trim();
    (trimmed.mantissa(), trimmed.scale())
}

fn with(tie: &Tie, node: NodeId, value: Number, decimals: i32) -> Option<Verdict> {
    let at = tie.operands.iter().position(|operand| operand.node == node)?;
    let figure = tie.operands[at].figure?;
    let exponent = figure.unit.map_or(0, |unit| unit.exponent);
    let base = Ratio::from(value).mul(Number::power_of_ten(exponent)?.into())?;
    let decimals = if figure.kind == crate::figure::Kind::Ratio { decimals } else { decimals.max(figure.decimals) };
    let reach = if figure.is_exact() {
        Reach::exact(base)
    } else {
        Reach::half_unit(value.into(), decimals)?.shift(exponent)?
    };
    if tie.kind == TieKind::Equal && tie.operands.len() > 2 {
        // The same figure in many places: all of them must meet.
        let others = tie.operands.iter().enumerate().filter(|(index, _)| *index != at);
        let meets = others.clone().all(|(_, other)| other.reach.holds(base) || reach.holds(other.value));
        let agree =
            others.clone().all(|(_, other)| others.clone().all(|(_, another)| other.reach.holds(another.value)));
        return Some(if meets && agree { Verdict::Exact } else { Verdict::Broken });
    }
    let target = tie.targets.first().copied().filter(|_| tie.targets.len() == 1);
    let target = target.or_else(|| tie.right.single()).or_else(|| tie.left.single());
    let blanks = Blanks { count: tie.blanks.len(), ..Blanks::default() };
    let figure = Some(Figure { value: value.into(), ..figure });
    let changed = Operand { node, figure, reach, value: base };
    let outcome = decide_with(tie, (at, &changed), target, blanks);
    (tie.relation == Relation::Equal || !tie.operands.is_empty()).then_some(outcome.verdict)
}
