//! The figures of a document, found by its vocabulary.

use super::NodeId;
use crate::figure::Figure;

/// What binding read at a value.
#[derive(Clone, Debug)]
pub enum Reading {
    /// A figure.
    Figure(Box<Figure>),
    /// A text that reads as a number but whose name says nothing: a figure only if a check asks for it.
    Loose(Box<Figure>),
    /// A blank cell where a figure is due.
    Blank,
    /// Words where a figure is due.
    Text,
    /// A number of too many digits.
    TooLong,
}

/// What stands where a figure is due, by value; everything else is no figure.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    by_node: Vec<Option<Reading>>,
    /// Figures printed finer than all others of their column, which they do not tighten.
    pub lone: Vec<NodeId>,
}

impl Figures {
    /// No figures yet, for a document of so many values.
    #[must_use]
    pub fn new(nodes: usize) -> Self {
        Self { by_node: vec![None; nodes], lone: Vec::new() }
    }

    /// Values of the document, figures or not.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_node.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_node.is_empty()
    }

    /// Records what was read at a value.
    pub fn set(&mut self, node: NodeId, reading: Reading) {
        self.by_node[node.0 as usize] = Some(reading);
    }

    /// What was read at a value.
    #[must_use]
    pub fn get(&self, node: NodeId) -> Option<&Reading> {
        self.by_node[node.0 as usize].as_ref()
    }

    /// The figure at a value.
    #[must_use]
    pub fn figure(&self, node: NodeId) -> Option<&Figure> {
        match self.get(node) {
            Some(Reading::Figure(figure)) => Some(figure),
            _ => None,
        }
    }

    /// The figure at a value, or the text there that reads as one.
    #[must_use]
    pub fn any(&self, node: NodeId) -> Option<&Figure> {
        match self.get(node) {
            Some(Reading::Figure(figure) | Reading::Loose(figure)) => Some(figure),
            _ => None,
        }
    }

    /// Changes the figure at a value, or the text there that reads as one.
    pub fn change(&mut self, node: NodeId, change: impl FnOnce(&mut Figure)) {
        if let Some(Reading::Figure(figure) | Reading::Loose(figure)) = &mut self.by_node[node.0 as usize] {
            change(figure);
        }
    }

    /// All figures and texts that read as one.
    pub fn iter_all(&self) -> impl Iterator<Item = (NodeId, &Figure)> {
        (0u32..).map(NodeId).zip(&self.by_node).filter_map(|(node, _)| Some((node, self.any(node)?)))
    }

    /// All figures, in the order of the source.
    pub fn iter(&self) -> impl Iterator<Item = (NodeId, &Figure)> {
        (0u32..).map(NodeId).zip(&self.by_node).filter_map(|(node, reading)| match reading {
            Some(Reading::Figure(figure)) => Some((node, &**figure)),
            _ => None,
        })
    }
}
