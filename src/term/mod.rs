//! The vocabulary of a field: terms (what figures are called) and axes (what else they are).

mod layout;
mod words;

pub use layout::{Group, Layout, Part, Ranges, Recipe, Section, Stated, Step};
pub use words::plain;

use foldhash::HashMap;

use crate::fault::Bilingual;
use crate::figure::{Kind, Unit};

/// What the values of a term are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Figures of a kind.
    Figure(Kind),
    /// Serial numbers: exact whole numbers that are no figures.
    Serial,
    /// Words.
    Text,
    /// Dates.
    Date,
}

/// Whether a quantity may be added over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// Of a period: added over time.
    Flow,
    /// At a moment: not added over time.
    Stock,
    /// Never added.
    Rate,
}

/// Whether more is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// The nearer to one hundred percent the better.
    Toward,
}

/// Axis values by axis name.
pub type Axes = Vec<(String, String)>;

/// The canonical name of a quantity and what is known of it.
#[derive(Clone, Debug)]
pub struct Term {
    /// Canonical name, `opening_balance`.
    pub name: String,
    /// What its values are.
    pub content: Content,
    /// Unit when a record states none.
    pub unit: Option<&'static Unit>,
    /// Flow, stock or rate.
    pub nature: Option<Nature>,
    /// Whether more is better.
    pub direction: Option<Direction>,
    /// Whether it can be negative.
    pub can_be_negative: bool,
    /// Decimals that its figures have at least, however few are printed.
    pub decimals: Option<u32>,
    /// Whether a blank means zero.
    pub blank_is_zero: bool,
    /// The subject it reduces to: itself, or the term it fixes axes of.
    pub subject: String,
    /// Axes it fixes.
    pub axes: Axes,
    /// Axes it has where the context says nothing.
    pub default: Axes,
    /// What it is called in reports; the first of each language is shown.
    pub label: Bilingual,
    /// All labels, to recognise it by.
    pub labels: Vec<String>,
}

/// A dimension of figures besides their term: year, basis, fund …
#[derive(Clone, Debug)]
pub struct Axis {
    /// Its name, which is also the name of the context field that states it.
    pub name: String,
    /// What an unsaid axis means; `None`: it is assumed to agree, and that is said.
    pub default: Option<String>,
    /// Its values with what they are shown as.
    pub values: Vec<(String, Bilingual)>,
    /// All labels, to recognise a value by: each with its value.
    pub labels: Vec<(String, String)>,
}

/// What a figure says on an axis that is of all its values together.
pub const ALL: &str = "all";

/// All terms and axes of a pack; empty for data without a pack.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    terms: Vec<Term>,
    index: HashMap<String, usize>,
    /// The axes.
    pub axes: Vec<Axis>,
    /// Whether a name in a check that is no term is a fault.
    pub closed: bool,
    /// How the tables and sentences of a report become its records.
    pub layout: Layout,
    /// Sections whose figures stand in sentences, so that none lends its decimals to another.
    pub prose: Vec<String>,
}

impl Vocabulary {
    /// A vocabulary of these terms and axes.
    #[must_use]
    pub fn new(terms: Vec<Term>, axes: Vec<Axis>) -> Self {
        let index = terms.iter().enumerate().map(|(at, term)| (term.name.clone(), at)).collect();
        Self { terms, index, axes, closed: false, layout: Layout::default(), prose: Vec::new() }
    }

    /// The term of a name.
    #[must_use]
    pub fn term(&self, name: &str) -> Option<&Term> {
        self.index.get(name).map(|at| &self.terms[*at])
    }

    /// All terms.
    #[must_use]
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Whether a field of this name says what its record is, and is no figure: `year`, an axis, `index` …
    #[must_use]
    pub fn is_context(&self, name: &str) -> bool {
        matches!(name, "year" | "index" | "unit" | "label" | "caption" | "section" | "scope")
            || self.axes.iter().any(|axis| axis.name == name)
            || self.term(name).is_some_and(|term| !matches!(term.content, Content::Figure(_)))
    }
}
