//! What a check sees: a document with its figures and vocabulary, and where in it the check stands.

use smallvec::{SmallVec, smallvec};

use super::index::Index;
use super::syntax::{Expr, Node, Path, Step};
use super::truth::Truth;
use crate::document::{Document, Figures, NodeId, Value};
use crate::term::Vocabulary;
use crate::tie::Reason;

/// A document with what is known of it.
#[derive(Clone, Copy, Debug)]
pub struct World<'a> {
    /// The tree.
    pub document: &'a Document,
    /// Its figures.
    pub figures: &'a Figures,
    /// The vocabulary.
    pub vocabulary: &'a Vocabulary,
    /// Indexes of its lists, empty at first.
    pub index: &'a Index,
}

/// Where a check stands.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// The record of the scope.
    pub this: NodeId,
    /// Inside `[ ]` and aggregates: the item.
    pub item: Option<NodeId>,
    /// Names for expressions.
    pub lets: &'a [(String, Expr)],
}

/// Values that are found: nearly always one.
pub type Nodes = SmallVec<[NodeId; 4]>;

/// Values a path leads to.
#[derive(Clone, Debug)]
pub struct Found<'p> {
    /// The values, figures written as objects opened.
    pub nodes: Nodes,
    /// Whether a filter took part, so that nothing found is nothing there.
    pub filtered: bool,
    /// The path that led to them, and how many of its steps.
    shown: Shown<'p>,
}

/// A path up to one of its steps, for messages.
#[derive(Clone, Copy, Debug)]
struct Shown<'p> {
    path: &'p Path,
    steps: usize,
}

impl Shown<'_> {
    /// One step further.
    fn then(self) -> Self {
        Self { steps: self.steps + 1, ..self }
    }
}

impl std::fmt::Display for Shown<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.path.first)?;
        for step in self.path.steps.iter().take(self.steps) {
            match step {
                Step::Field(name) => write!(out, ".{name}")?,
                Step::All => out.write_str("[*]")?,
                Step::At(index) => write!(out, "[{index}]")?,
                Step::Where(_) => out.write_str("[…]")?,
            }
        }
        Ok(())
    }
}

impl Found<'_> {
    /// As it is shown in a message.
    #[must_use]
    pub fn shown(&self) -> String {
        self.shown.to_string()
    }

    /// The only value.
    ///
    /// # Errors
    /// There is none, or several.
    pub fn one(&self) -> Result<NodeId, Reason> {
        match self.nodes[..] {
            [only] => Ok(only),
            [] => Err(Reason::Missing(self.shown())),
            _ => Err(Reason::Ambiguous(self.shown())),
        }
    }
}

impl<'a> World<'a> {
    /// The values a path leads to.
    ///
    /// # Errors
    /// A name on the way is missing.
    pub fn find<'p>(&self, path: &'p Path, frame: Frame<'a>) -> Result<Found<'p>, Reason> {
        self.look(1)?;
        let mut found = self.first(path, frame)?;
        for step in &path.steps {
            found = self.step(found, step, frame)?;
        }
        Ok(found)
    }

    /// The values a path leads to, those parts of the document that lack a name on the way left out.
    #[must_use]
    pub fn find_some(&self, path: &Path, frame: Frame<'a>) -> Vec<NodeId> {
        let Ok(first) = self.first(path, frame) else { return Vec::new() };
        let mut nodes = first.nodes.into_vec();
        for (at, step) in path.steps.iter().enumerate() {
            let each =
                |node: NodeId| Found { nodes: smallvec![node], filtered: false, shown: Shown { path, steps: at } };
            let found = nodes.into_iter().filter_map(|node| self.step(each(node), step, frame).ok());
            nodes = found.flat_map(|found| found.nodes).collect();
        }
        nodes
    }

    fn first<'p>(&self, path: &'p Path, frame: Frame<'a>) -> Result<Found<'p>, Reason> {
        let name = path.first.as_str();
        let document = self.document;
        let base = frame.item.unwrap_or(frame.this);
        let field = |record: NodeId| document.get(record, name).map(|node| document.content(node));
        let node = match name {
            "this" => Some(frame.this),
            "root" => Some(document.root()),
            "parent" => self.holder(base),
            "prev" => self.neighbour(base, -1),
            "next" => self.neighbour(base, 1),
            _ => match field(base) {
                Some(node) => Some(node),
                None => match frame.lets.iter().position(|(known, _)| known == name) {
                    Some(at) => return self.named(&frame.lets[at].1, Frame { lets: &frame.lets[..at], ..frame }, path),
                    // What holds a record says what it is: its year, unit, basis …
                    None if self.vocabulary.is_context(name) => document.context(base, name),
                    None => None,
                },
            },
        };
        let node = node.ok_or_else(|| Reason::Missing(name.to_owned()))?;
        Ok(Found { nodes: smallvec![node], filtered: false, shown: Shown { path, steps: 0 } })
    }

    /// The values of a `let` that is a path.
    fn named<'p>(&self, expr: &Expr, frame: Frame<'a>, outer: &'p Path) -> Result<Found<'p>, Reason> {
        match &expr.node {
            Node::Path(path) => {
                let Found { nodes, filtered, .. } = self.find(path, Frame { item: None, ..frame })?;
                Ok(Found { nodes, filtered, shown: Shown { path: outer, steps: 0 } })
            }
            _ => Err(Reason::Missing(outer.first.clone())),
        }
    }

    fn step<'p>(&self, found: Found<'p>, step: &'p Step, frame: Frame<'a>) -> Result<Found<'p>, Reason> {
        let document = self.document;
        let mut nodes = Nodes::with_capacity(found.nodes.len());
        let mut filtered = found.filtered;
        let shown = found.shown.then();
        let missing = || Reason::Missing(shown.to_string());
        let is_list = |node: &NodeId| document.node(*node).value == Value::List;
        if !matches!(step, Step::Field(_)) && !found.nodes.iter().all(is_list) {
            return Err(Reason::Missing(format!("{}[…]", found.shown)));
        }
        match step {
            Step::Field(name) => {
                for node in &found.nodes {
                    let field = document
                        .get(*node, name)
                        .or_else(|| self.vocabulary.is_context(name).then(|| document.context(*node, name)).flatten());
                    nodes.push(document.content(field.ok_or_else(missing)?));
                }
            }
            Step::All => {
                for list in &found.nodes {
                    let all = self.rows(*list);
                    self.look(all.len())?;
                    nodes.extend_from_slice(&all);
                }
            }
            Step::At(index) => {
                for node in &found.nodes {
                    let all = self.rows(*node);
                    let at = if *index < 0 {
                        all.len().checked_sub(index.unsigned_abs() as usize)
                    } else {
                        usize::try_from(*index).ok()
                    };
                    nodes.push(*at.and_then(|at| all.get(at)).ok_or_else(missing)?);
                }
            }
            Step::Where(condition) => {
                filtered = true;
                let wanted = self.wanted(condition, frame);
                for list in &found.nodes {
                    let all = self.rows(*list);
                    let tried = match &wanted {
                        Some((field, keys)) => self.candidates(*list, &all, field, keys),
                        None => (0..all.len()).collect(),
                    };
                    self.look(tried.len())?;
                    nodes.extend(tried.into_iter().map(|at| all[at]).filter(|item| {
                        matches!(self.truth(condition, Frame { item: Some(*item), ..frame }), Truth::Yes(_))
                    }));
                }
            }
        }
        Ok(Found { nodes, filtered, shown })
    }

    /// The record that holds a record, lists between them skipped.
    fn holder(&self, node: NodeId) -> Option<NodeId> {
        self.document.upwards(node).skip(1).find(|at| self.document.is_record(*at))
    }

    fn neighbour(&self, node: NodeId, step: isize) -> Option<NodeId> {
        let at = self.document.position(node)?.checked_add_signed(step)?;
        self.rows(self.document.parent(node)?).get(at).copied()
    }
}
