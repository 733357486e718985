//! How the tables and sentences of a report become the typed sections that checks speak of.

/// One step of a path: a field, or a list whose items are told apart by an axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Name of the field.
    pub name: String,
    /// Whether it holds a list; each table adds an item.
    pub is_list: bool,
    /// The axis that the label of an item states. Items of a path that state the same are one.
    pub axis: Option<String>,
}

impl Step {
    /// `name`, `name[]` or `name[axis]`.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let (name, rest) = text.split_once('[').map_or((text, None), |(name, rest)| (name, rest.strip_suffix(']')));
        let axis = rest.filter(|axis| !axis.is_empty()).map(str::to_owned);
        Self { name: name.to_owned(), is_list: rest.is_some(), axis }
    }

    /// A path, its steps parted by points.
    #[must_use]
    pub fn path(text: &str) -> Vec<Self> {
        text.split('.').map(Self::read).collect()
    }
}

/// Columns under one spanning header, which are a record in the record of the row.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// Name of its field.
    pub field: String,
    /// What its header is called.
    pub labels: Vec<String>,
    /// The terms that its columns are of.
    pub terms: Vec<String>,
}

/// A part of a table that ends with a subtotal of its own, and what its amounts are.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// Name of its field.
    pub field: String,
    /// The term that takes the place of the table's.
    pub term: String,
}

/// A column of ranges.
#[derive(Clone, Debug, Default)]
pub struct Ranges {
    /// What it is called, in plain words.
    pub labels: Vec<String>,
    /// The term of the lower end.
    pub low: String,
    /// The term of the upper end.
    pub high: String,
}

/// Tables of one kind, and the section of the typed document that each becomes.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// Where it goes.
    pub path: Vec<Step>,
    /// Terms that its columns (its rows, if it is transposed) must be of.
    pub needs: Vec<String>,
    /// Further terms that they may be of.
    pub may: Vec<String>,
    /// One of these words stands in its caption, header or the heading above; none: any table.
    pub words: Vec<String>,
    /// None of these words does.
    pub without: Vec<String>,
    /// Terms are named by the rows, and each column is a record.
    pub transposed: bool,
    /// What terms are called in these tables only.
    pub labels: Vec<(String, Vec<String>)>,
    /// Spanning headers whose columns are a record by a name.
    pub groups: Vec<Group>,
    /// Spanning headers whose columns are each an item of this list, labelled by the header.
    pub spans: Option<Step>,
    /// The lists that rows are items of, the outermost first.
    pub levels: Vec<Step>,
    /// Names of the label columns, where they are not the levels.
    pub names: Vec<String>,
    /// Rows of these names, in plain words, are none.
    pub skip: Vec<String>,
    /// Field of the subtotal in its group.
    pub subtotal: Option<String>,
    /// Field of the total.
    pub total: Option<String>,
    /// Field of the row of means.
    pub mean: Option<String>,
    /// The term of the total, where it is another than that of the rows.
    pub total_term: Option<String>,
    /// Parts that end with a subtotal each.
    pub parts: Vec<Part>,
    /// The field that what the table is about fills: its heading, where that is numbered, else its caption.
    pub title: Option<String>,
    /// Axes that the words of its columns state, in a transposed table.
    pub axes: Vec<String>,
    /// Context that every such table has: field and value.
    pub context: Vec<(String, String)>,
    /// Labels start with a code, `A101 …`, which says the level, and may state a figure of this term in brackets.
    pub coded: Option<String>,
    /// Where a cell holds words in place of a figure of a term, they are of another.
    pub otherwise: Vec<(String, String)>,
    /// A figure of this term is also one of the term that the label names.
    pub named: Option<String>,
    /// The field that holds the code which the label of a row has elsewhere in the report, else the label itself.
    pub refers: Option<String>,
    /// The record of the table that its rows are put in, where that is not the table's own.
    pub within: Option<String>,
    /// Columns of ranges in words, `90>P≥80`: what they are called, and the terms of their lower and upper end.
    pub ranges: Option<Ranges>,
    /// A unit that a label states in brackets, with the terms it makes another of.
    pub units: Vec<(String, Vec<(String, String)>)>,
    /// Lists of nested rows by outline: `一、` over `（一）` over `1.`; the last repeats.
    pub outline: bool,
    /// Whether its rows are years, each a record of its own; where nothing is said, they may be.
    pub years: Option<bool>,
}

/// A formula that reports write out, and the record that it becomes.
#[derive(Clone, Debug, Default)]
pub struct Recipe {
    /// Where it goes.
    pub path: Vec<Step>,
    /// The term of its result.
    pub result: String,
    /// Fields of its figures by the form of the formula: `(a - prior.a) / prior.a`.
    pub form: String,
    /// One of these words, in plain letters, stands in the formula's words; none: any formula.
    pub words: Vec<String>,
    /// Axes of its figures, by the record in it (empty: its own), where the sentence says none.
    pub context: Vec<(String, Vec<(String, String)>)>,
}

/// How the reports of a pack become typed documents.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// Its tables.
    pub sections: Vec<Section>,
    /// Its formulas.
    pub recipes: Vec<Recipe>,
    /// What sentences state, by the section it goes to.
    pub statements: Vec<Stated>,
}

/// What sentences state.
#[derive(Clone, Debug, Default)]
pub struct Stated {
    /// Where their records go.
    pub path: Vec<Step>,
    /// Their terms.
    pub terms: Vec<String>,
    /// What terms are called in sentences only.
    pub labels: Vec<(String, Vec<String>)>,
    /// Axes that their words state.
    pub axes: Vec<String>,
    /// The labels here are the only ones of its terms.
    pub only: bool,
    /// Whether sentences in the cells of tables count.
    pub cells: bool,
    /// Axes that the headings above them state, else their own words.
    pub around: Vec<String>,
    /// Fields that a record must have to count: without them nothing says what its figures are of.
    pub requires: Vec<String>,
    /// What every such record is of: field and value.
    pub context: Vec<(String, String)>,
    /// Words, in plain letters, that name none of the terms though they end like one.
    pub ignore: Vec<String>,
    /// Words, in plain letters, that name none where a sentence begins with them: `项目支出 846.13 万元` is of the project that
    /// its paragraph is about.
    pub alone: Vec<String>,
}
