//! The figures of a document, found by its vocabulary.

use super::NodeId;
use crate::figure::Figure;

/// What binding read at a value.
#[derive(Clone, Debug)]
pub enum Reading {
    /// A figure.
    Figure(Figure),
    /// A text that reads as a number but whose name says nothing: a figure only if a check asks for it.
    Loose(Figure),
    /// A blank cell where a figure is due.
    Blank,
    /// Words where a figure is due.
    Text,
    /// A number of too many digits.
    TooLong,
}

impl Reading {
    /// The figure, or the text that reads as one.
    #[must_use]
    pub fn any(&self) -> Option<&Figure> {
        match self {
            Self::Figure(figure) | Self::Loose(figure) => Some(figure),
            _ => None,
        }
    }

    /// The same, to be changed.
    pub fn any_mut(&mut self) -> Option<&mut Figure> {
        match self {
            Self::Figure(figure) | Self::Loose(figure) => Some(figure),
            _ => None,
        }
    }
}

/// What stands where a figure is due, by value; everything else is no figure.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// For each value of the document, one more than the index of its reading; 0 if it has none.
    slots: Vec<u32>,
    readings: Vec<(NodeId, Reading)>,
    /// Figures printed finer than all others of their column, which they do not tighten.
    pub lone: Vec<NodeId>,
}

impl Figures {
    /// No figures yet, for a document of so many values.
    #[must_use]
    pub fn new(nodes: usize) -> Self {
        Self { slots: vec![0; nodes], readings: Vec::with_capacity(nodes / 2), lone: Vec::new() }
    }

    /// Values of the document, figures or not.
    #[must_use]
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// Records what was read at a value; values are told in the order of the source.
    pub fn add(&mut self, node: NodeId, reading: Reading) {
        self.readings.push((node, reading));
        self.slots[node.0 as usize] = u32::try_from(self.readings.len()).unwrap_or(0);
    }

    /// What was read at a value.
    #[must_use]
    pub fn get(&self, node: NodeId) -> Option<&Reading> {
        let index = (self.slots[node.0 as usize] as usize).checked_sub(1)?;
        Some(&self.readings[index].1)
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
        self.get(node)?.any()
    }

    /// All that was read, in the order of the source.
    pub fn readings(&self) -> &[(NodeId, Reading)] {
        &self.readings
    }

    /// The same, to be changed.
    pub fn readings_mut(&mut self) -> &mut [(NodeId, Reading)] {
        &mut self.readings
    }

    /// All figures, in the order of the source.
    pub fn iter(&self) -> impl Iterator<Item = (NodeId, &Figure)> {
        self.readings.iter().filter_map(|(node, reading)| match reading {
            Reading::Figure(figure) => Some((*node, figure)),
            _ => None,
        })
    }
}
