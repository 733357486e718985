//! The figures of a document, found by its vocabulary.

use super::NodeId;
use crate::figure::{Compact, Figure, Kind};

/// What binding read at a value.
#[derive(Clone, Copy, Debug)]
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

/// A reading as it is kept: nearly all figures are short.
#[derive(Clone, Copy, Debug)]
enum Slot {
    Nothing,
    Blank,
    Text,
    TooLong,
    Short(Compact),
    LooseShort(Compact),
    /// Index of a figure at length.
    Long(u32),
    LooseLong(u32),
}

/// What stands where a figure is due, by value; everything else is no figure.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    slots: Vec<Slot>,
    long: Vec<Figure>,
    /// Figures printed finer than all others of their column, which they do not tighten.
    pub lone: Vec<NodeId>,
}

impl Figures {
    /// No figures yet, for a document of so many values.
    #[must_use]
    pub fn new(nodes: usize) -> Self {
        Self { slots: vec![Slot::Nothing; nodes], long: Vec::new(), lone: Vec::new() }
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

    /// Records a figure in short.
    #[inline]
    pub fn set_short(&mut self, node: NodeId, figure: Compact) {
        self.slots[node.0 as usize] = Slot::Short(figure);
    }

    /// Records what was read at a value.
    pub fn set(&mut self, node: NodeId, reading: &Reading) {
        self.slots[node.0 as usize] = match reading {
            Reading::Blank => Slot::Blank,
            Reading::Text => Slot::Text,
            Reading::TooLong => Slot::TooLong,
            Reading::Figure(figure) => {
                Compact::new(figure).map_or_else(|| Slot::Long(self.at_length(*figure)), Slot::Short)
            }
            Reading::Loose(figure) => {
                Compact::new(figure).map_or_else(|| Slot::LooseLong(self.at_length(*figure)), Slot::LooseShort)
            }
        };
    }

    fn at_length(&mut self, figure: Figure) -> u32 {
        self.long.push(figure);
        u32::try_from(self.long.len() - 1).unwrap_or(u32::MAX)
    }

    /// What was read at a value.
    #[must_use]
    pub fn get(&self, node: NodeId) -> Option<Reading> {
        Some(match self.slots[node.0 as usize] {
            Slot::Nothing => return None,
            Slot::Blank => Reading::Blank,
            Slot::Text => Reading::Text,
            Slot::TooLong => Reading::TooLong,
            Slot::Short(compact) => Reading::Figure(compact.figure()),
            Slot::LooseShort(compact) => Reading::Loose(compact.figure()),
            Slot::Long(at) => Reading::Figure(self.long[at as usize]),
            Slot::LooseLong(at) => Reading::Loose(self.long[at as usize]),
        })
    }

    /// The figure at a value.
    #[must_use]
    pub fn figure(&self, node: NodeId) -> Option<Figure> {
        match self.get(node) {
            Some(Reading::Figure(figure)) => Some(figure),
            _ => None,
        }
    }

    /// The figure at a value, if it is kept in short.
    #[inline]
    #[must_use]
    pub fn short(&self, node: NodeId) -> Option<&Compact> {
        match &self.slots[node.0 as usize] {
            Slot::Short(compact) => Some(compact),
            _ => None,
        }
    }

    /// Whether nothing was read at a value.
    #[inline]
    #[must_use]
    pub fn is_none(&self, node: NodeId) -> bool {
        matches!(self.slots[node.0 as usize], Slot::Nothing)
    }

    /// The figure at a value, or the text there that reads as one.
    #[must_use]
    pub fn any(&self, node: NodeId) -> Option<Figure> {
        match self.get(node) {
            Some(Reading::Figure(figure) | Reading::Loose(figure)) => Some(figure),
            _ => None,
        }
    }

    /// Changes kind and decimals of the figure at a value, or the text there that reads as one.
    pub fn settle(&mut self, node: NodeId, kind: Kind, decimals: i32) {
        match &mut self.slots[node.0 as usize] {
            Slot::Short(compact) | Slot::LooseShort(compact) => {
                compact.kind = kind;
                compact.decimals = i16::try_from(decimals).unwrap_or(compact.decimals);
            }
            Slot::Long(at) | Slot::LooseLong(at) => {
                let figure = &mut self.long[*at as usize];
                (figure.kind, figure.decimals) = (kind, decimals);
            }
            Slot::Nothing | Slot::Blank | Slot::Text | Slot::TooLong => {}
        }
    }

    /// All figures, in the order of the source.
    pub fn iter(&self) -> impl Iterator<Item = (NodeId, Figure)> {
        (0u32..).map(NodeId).zip(&self.slots).filter_map(|(node, slot)| match slot {
            Slot::Short(compact) => Some((node, compact.figure())),
            Slot::Long(at) => Some((node, self.long[*at as usize])),
            _ => None,
        })
    }

    /// The kinds of all figures, in the order of the source.
    pub fn kinds(&self) -> impl Iterator<Item = (NodeId, Kind)> {
        (0u32..).map(NodeId).zip(&self.slots).filter_map(|(node, slot)| match slot {
            Slot::Short(compact) => Some((node, compact.kind)),
            Slot::Long(at) => Some((node, self.long[*at as usize].kind)),
            _ => None,
        })
    }
}
