//! A document while it is put together, section by section, in any order.

use crate::document::{Builder, Cell, Document, Grid, NodeId, Passage, Value};
use crate::source::Span;
use crate::term::Step;

/// A text with its place; blank if there is none.
#[derive(Clone, Debug, Default)]
pub struct Printed {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// The cell it stands in.
    pub grid: Option<Grid>,
    /// Of a report that was written as JSON: its `$at`.
    pub at: Option<NodeId>,
    /// Of a part of such a text: its first byte in the whole, the characters before it, and its bytes.
    pub shift: Option<(usize, usize, usize)>,
    /// It says what other figures are, and is none itself.
    pub context: bool,
}

impl Printed {
    /// What a cell holds.
    #[must_use]
    pub fn cell(cell: &Cell) -> Self {
        let passage = &cell.passage;
        let text = passage.text().trim().to_owned();
        Self { text, span: passage.whole(), grid: cell.grid, at: cell.at, ..Self::default() }
    }

    /// A part of what a cell holds, without the blanks around it.
    #[must_use]
    pub fn part(cell: &Cell, part: std::ops::Range<usize>) -> Self {
        let whole = cell.passage.text();
        let text = whole.get(part.clone()).unwrap_or_default();
        let start = part.start + text.len() - text.trim_start().len();
        let text = text.trim();
        let before = whole.get(..start).unwrap_or_default().trim_start();
        Self {
            text: text.to_owned(),
            span: cell.passage.span(start..start + text.len()),
            grid: cell.grid,
            at: cell.at,
            shift: Some((before.len(), before.chars().count(), text.len())),
            context: false,
        }
    }

    /// What a passage says of others.
    #[must_use]
    pub fn context(passage: &Passage) -> Self {
        let text = passage.text().trim().to_owned();
        Self { text, span: passage.whole(), context: true, ..Self::default() }
    }

    /// A word that is printed nowhere, said at a place.
    #[must_use]
    pub fn said(text: &str, span: Span) -> Self {
        Self { text: text.to_owned(), span, context: true, ..Self::default() }
    }
}

/// A record to be: what it prints, the records it holds, and the lists of records.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Where it stands.
    pub span: Span,
    /// Of a report that was written as JSON: its `$at`.
    pub at: Option<NodeId>,
    fields: Vec<(String, Printed)>,
    records: Vec<(String, Record)>,
    lists: Vec<(String, Vec<Record>)>,
}

/// The part of a list under a name, made where it is missing.
fn entry<'a, T: Default>(list: &'a mut Vec<(String, T)>, name: &str) -> &'a mut T {
    let at = list.iter().position(|(known, _)| known == name).unwrap_or(list.len());
    if at == list.len() {
        list.push((name.to_owned(), T::default()));
    }
    &mut list[at].1
}

impl Record {
    /// An empty record at a place.
    #[must_use]
    pub fn at(span: Span) -> Self {
        Self { span, ..Self::default() }
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.records.is_empty() && self.lists.is_empty()
    }

    /// Whether it prints more than another.
    #[must_use]
    pub fn has_more_than(&self, other: &Self) -> bool {
        self.fields.len() > other.fields.len()
    }

    /// What it prints under a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Printed> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, printed)| printed)
    }

    /// What it prints under a name, to be changed.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Printed> {
        self.fields.iter_mut().find(|(known, _)| known == name).map(|(_, printed)| printed)
    }

    /// Adds what is printed under a name, unless something is already.
    pub fn print(&mut self, name: &str, printed: Printed) {
        if self.get(name).is_none() {
            self.fields.push((name.to_owned(), printed));
        }
    }

    /// Adds all that another prints and it does not.
    pub fn print_rest(&mut self, other: &Self) {
        other.fields.iter().for_each(|(name, printed)| self.print(name, printed.clone()));
    }

    /// How many records stand below it.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.lists.iter().flat_map(|(_, list)| list).map(|record| 1 + record.lines()).sum()
    }

    /// The record under a name, made where it is missing.
    pub fn record(&mut self, name: &str) -> &mut Self {
        let span = self.span;
        let record = entry(&mut self.records, name);
        if record.is_empty() {
            record.span = span;
        }
        record
    }

    /// Whether a record stands under a name.
    #[must_use]
    pub fn has_record(&self, name: &str) -> bool {
        self.records.iter().any(|(known, _)| known == name)
    }

    /// The list under a name, made where it is missing.
    pub fn list(&mut self, name: &str) -> &mut Vec<Self> {
        entry(&mut self.lists, name)
    }

    /// Adds a record where a path leads from here. An item of a list that is told apart by an axis is found by
    /// what the record states of it. What stands already where the path ends and is no list is added to, unless
    /// both say the same field: then the record is given back.
    ///
    /// # Errors
    /// The record, where its place is taken.
    pub fn place(&mut self, path: &[Step], axis: &dyn Fn(&str) -> Option<Printed>, record: Self) -> Result<(), Self> {
        let Some((step, rest)) = path.split_first() else { return self.merge(record) };
        if !step.is_list {
            return self.record(&step.name).place(rest, axis, record);
        }
        let stated = step.axis.as_deref().and_then(|name| Some((name, axis(name)?)));
        let list = self.list(&step.name);
        let same = |item: &Self| match &stated {
            Some((name, value)) => item.get(name).is_some_and(|known| known.text == value.text),
            None => true,
        };
        // Without an axis, what a path goes through is the last item, and what it ends in is a new one.
        let through = step.axis.is_some() || !rest.is_empty();
        let found = if through { list.iter().rposition(same) } else { None };
        let at = found.unwrap_or_else(|| {
            let mut item = Self::at(record.span);
            if let Some((name, value)) = stated {
                item.print(name, value);
            }
            list.push(item);
            list.len() - 1
        });
        list[at].place(rest, axis, record)
    }

    fn merge(&mut self, other: Self) -> Result<(), Self> {
        let clash = |(name, _): &(String, Printed)| self.get(name).is_some_and(|known| !known.context);
        let records = |(name, _): &(String, Self)| self.has_record(name);
        let lists =
            |(name, _): &(String, Vec<Self>)| self.lists.iter().any(|(known, list)| known == name && !list.is_empty());
        if other.fields.iter().any(clash) || other.records.iter().any(records) || other.lists.iter().any(lists) {
            return Err(other);
        }
        if self.is_empty() {
            self.span = other.span;
        }
        other.fields.into_iter().for_each(|(name, printed)| self.print(&name, printed));
        self.records.extend(other.records);
        other.lists.into_iter().for_each(|(name, list)| *self.list(&name) = list);
        Ok(())
    }

    /// Writes the record; `original` is the document that the report itself was written as, if it was.
    pub fn write(&self, builder: &mut Builder, original: Option<&Document>) {
        builder.open(Value::Object, self.span.start as usize);
        if let Some((document, at)) = original.zip(self.at) {
            builder.key("$at", document.node(at).span);
            builder.graft(document, at);
        }
        for (name, printed) in &self.fields {
            builder.key(name, printed.span);
            printed.write(builder, original);
        }
        for (name, record) in &self.records {
            builder.key(name, record.span);
            record.write(builder, original);
        }
        for (name, list) in &self.lists {
            // A row of blanks stands nowhere.
            let spans = || list.iter().map(|record| record.span).filter(|span| span.end > span.start);
            let start = spans().map(|span| span.start).min().unwrap_or(self.span.start);
            let end = spans().map(|span| span.end).max().unwrap_or(start);
            builder.key(name, Span { start, end: start });
            builder.open(Value::List, start as usize);
            list.iter().for_each(|record| record.write(builder, original));
            builder.close(end as usize);
        }
        builder.close(self.span.end as usize);
    }
}

impl Printed {
    fn write(&self, builder: &mut Builder, original: Option<&Document>) {
        let origin = original.zip(self.at);
        if origin.is_some() {
            builder.open(Value::Object, self.span.start as usize);
            builder.key("value", self.span);
        }
        if self.text.is_empty() {
            builder.scalar(Value::Null, self.span);
        } else {
            builder.decoded(self.text.clone(), self.span);
        }
        if let Some(grid) = self.grid {
            builder.grid(grid);
        }
        if let Some((document, at)) = origin {
            builder.key("$at", document.node(at).span);
            match self.shift {
                None => builder.graft(document, at),
                Some(shift) => shifted(builder, document, at, shift),
            }
            builder.close(self.span.end as usize);
        }
    }
}

/// The `$at` of a part of a text, from that of the whole.
fn shifted(builder: &mut Builder, document: &Document, at: NodeId, (bytes, characters, length): (usize, usize, usize)) {
    let number = |name: &str| document.get(at, name).and_then(|id| document.printed(id).parse::<usize>().ok());
    let start = number("start").map(|start| start + bytes);
    builder.open(Value::Object, document.node(at).span.start as usize);
    for child in document.children(at) {
        let span = document.node(child).span;
        builder.key(document.key(child), document.node(child).key_span);
        let moved = match document.key(child) {
            "column" => number("column").map(|column| column + characters),
            "start" => start,
            "end" => start.map(|start| start + length),
            _ => None,
        };
        match moved {
            Some(moved) => {
                builder.decoded(moved.to_string(), span);
            }
            None => builder.graft(document, child),
        }
    }
    builder.close(document.node(at).span.end as usize);
}
