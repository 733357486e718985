//! Formulas written out in sentences, as records: of the rate they give where a recipe says how, else as they stand.

use std::sync::OnceLock;

use super::draft::{Printed, Record};
use super::lexicon::Scope;
use super::statements::{self, Named, Reader, printed};
use crate::document::{Formula, Mention, Part, Side, Statement};
use crate::term::{Layout, Step, plain};

/// A sentence of more formulas has lost its lines, and nothing says which figures belong to which.
const MOST: usize = 64;

/// The records of the formulas of a sentence, each with where it goes.
#[must_use]
pub fn records<'a>(statement: &Statement, layout: &'a Layout, reader: &Reader<'a>) -> Vec<(&'a [Step], Record)> {
    if statement.formulas.len() > MOST {
        return Vec::new();
    }
    let named = if statement.formulas.is_empty() { Vec::new() } else { named(statement, layout, reader) };
    let record = |formula| record(statement, formula, layout, reader, &named);
    statement.formulas.iter().filter_map(record).collect()
}

/// What names each figure of the sentence, whatever section it is stated for.
fn named<'a>(statement: &Statement, layout: &'a Layout, reader: &Reader<'a>) -> Vec<Option<Named>> {
    let mut all = vec![None; statement.mentions.len()];
    for stated in &layout.statements {
        for (known, named) in all.iter_mut().zip(reader.named(statement, stated)) {
            *known = known.take().or(named);
        }
    }
    all
}

fn record<'a>(
    statement: &Statement,
    formula: &Formula,
    layout: &'a Layout,
    reader: &Reader<'_>,
    named: &[Option<Named>],
) -> Option<(&'a [Step], Record)> {
    let text = statement.passage.text();
    let name = text.get(formula.name.clone())?;
    let side = formula.figures.as_ref()?;
    let result = statement.mentions.get(formula.result?)?;
    let meaning = reader.lexicon.meaning(&plain(name), Scope { terms: None, labels: &[], only: false });
    let words = formula.words.as_ref().and_then(|side| text.get(side.range.clone())).map(plain).unwrap_or_default();
    let mut recipes = layout.recipes.iter().filter(|recipe| {
        let said = recipe.words.is_empty() || recipe.words.iter().any(|word| words.contains(word.as_str()));
        said && Some(recipe.result.as_str()) == meaning.term
    });
    let Some((recipe, fields)) = recipes.find_map(|recipe| Some((recipe, matched(&recipe.form, side)?))) else {
        return plain_formula(statement, formula, side);
    };
    // The figures of the sentence that the formula speaks of are mostly of the latest year that it names; what is said
    // behind it is what they are compared with.
    let said = statement.mentions.iter().filter(|mention| mention.literal.start < formula.range.end);
    let latest = said.max_by_key(|mention| mention.year);
    let year = latest.and_then(|mention| statements::year(statement, mention)).or_else(|| reader.year.cloned());
    // Without a year nothing tells this year's figure from last year's.
    if year.is_none() && recipe.form.contains("prior.") {
        return plain_formula(statement, formula, side);
    }
    let mut record = Record::at(statement.passage.span(formula.range.clone()));
    let label = statement.passage.part(formula.name.clone()).trimmed();
    record.print("label", Printed::context(&label));
    record.print("form", Printed::said(&recipe.form, record.span));
    if let Some(year) = &year {
        record.print("year", year.clone());
    }
    for (field, mention) in fields {
        let Some(figure) = statement.mentions.get(mention) else { continue };
        let (holder, field) = field.split_once('.').unwrap_or(("", &field));
        let axes = axes(statement, mention, field, named, reader);
        let record = if holder.is_empty() { &mut record } else { record.record(holder) };
        record.print(field, printed(statement, figure));
        let declared = recipe.context.iter().filter(|(known, _)| known == holder).flat_map(|(_, axes)| axes);
        for (axis, value) in axes.iter().flatten().chain(declared) {
            record.print(axis, Printed::said(value, record.span));
        }
    }
    let prior = year.and_then(|year| year.text.parse::<u16>().ok()).map(|year| (year - 1).to_string());
    if let (true, Some(prior)) = (record.has_record("prior"), prior) {
        let span = record.span;
        record.record("prior").print("year", Printed::said(&prior, span));
    }
    record.print(&recipe.result, printed(statement, result));
    Some((&recipe.path, record))
}

/// The axes of a figure of a formula: those of the figure of its term that the sentence prints alike.
fn axes(
    statement: &Statement,
    mention: usize,
    field: &str,
    named: &[Option<Named>],
    reader: &Reader<'_>,
) -> Option<Vec<(String, String)>> {
    let text = statement.passage.text();
    let literal = |mention: &Mention| text.get(mention.literal.clone()).unwrap_or_default();
    let own = literal(statement.mentions.get(mention)?);
    let subject = |term: &str| reader.vocabulary.term(term).map(|term| term.subject.clone());
    let alike = statement.mentions.iter().zip(named).filter(|(other, _)| !other.in_formula && literal(other) == own);
    let mut found =
        alike.filter_map(|(_, named)| named.as_ref()).filter(|named| subject(&named.term) == subject(field));
    found.next().map(|named| named.axes.clone())
}

/// A formula that no recipe knows, for what it says itself.
fn plain_formula<'a>(statement: &Statement, formula: &Formula, side: &Side) -> Option<(&'a [Step], Record)> {
    static PATH: OnceLock<Vec<Step>> = OnceLock::new();
    let path = PATH.get_or_init(|| Step::path("formulas[]"));
    // One figure that is merely written as percent relates nothing.
    if essential(side).count() < 2 {
        return None;
    }
    let text = statement.passage.text();
    let mut record = Record::at(statement.passage.span(formula.range.clone()));
    let name = text.get(formula.name.clone()).unwrap_or_default().trim().to_owned();
    if !name.is_empty() {
        let span = statement.passage.span(formula.name.clone());
        record.print("label", Printed { text: name, span, context: true, ..Printed::default() });
    }
    let mut form = Vec::new();
    let mut figures = Vec::new();
    for part in &side.list {
        form.push(match part {
            Part::Figure(mention) => {
                let mention = statement.mentions.get(*mention)?;
                let mut figure = Record::at(statement.passage.span(mention.literal.clone()));
                figure.print("value", printed(statement, mention));
                figures.push(figure);
                (figures.len() - 1).to_string()
            }
            Part::Constant(range) => {
                let digits: String = text.get(range.clone())?.chars().filter(char::is_ascii_digit).collect();
                format!("{digits}%")
            }
            Part::Word(_) => return None,
            Part::Plus => "+".into(),
            Part::Minus => "-".into(),
            Part::Times => "*".into(),
            Part::Over => "/".into(),
            Part::Open => "(".into(),
            Part::Close => ")".into(),
        });
    }
    record.print("form", Printed::said(&form.join(" "), record.span));
    *record.list("figures") = figures;
    record.print("result", printed(statement, statement.mentions.get(formula.result?)?));
    Some((path, record))
}

/// The fields of a form by the figures that stand in their places; `None` if the formula has another form.
fn matched(form: &str, side: &Side) -> Option<Vec<(String, usize)>> {
    let mut fields = Vec::new();
    let mut parts = essential(side);
    for token in tokens(form) {
        let part = parts.next()?;
        match (token.as_str(), part) {
            ("+", Part::Plus) | ("-", Part::Minus) | ("*", Part::Times) | ("/", Part::Over) => {}
            (name, Part::Figure(mention)) if name.starts_with(|letter: char| letter.is_ascii_alphabetic()) => {
                let known = fields.iter().any(|(field, _): &(String, usize)| field == name);
                if !known {
                    fields.push((name.to_owned(), *mention));
                }
            }
            _ => return None,
        }
    }
    parts.next().is_none().then_some(fields)
}

/// The parts of a side without brackets and without what it is multiplied by for percent.
fn essential(side: &Side) -> impl Iterator<Item = &Part> {
    let constant = |part: Option<&Part>| matches!(part, Some(Part::Constant(_)));
    let kept = side.list.iter().enumerate().filter(move |(at, part)| match part {
        Part::Open | Part::Close | Part::Constant(_) => false,
        Part::Times => {
            !constant(side.list.get(at + 1)) && !constant(at.checked_sub(1).and_then(|at| side.list.get(at)))
        }
        _ => true,
    });
    kept.map(|(_, part)| part)
}

fn tokens(form: &str) -> Vec<String> {
    let spaced: String = form.chars().filter(|letter| !matches!(letter, '(' | ')')).collect();
    spaced.split_whitespace().map(str::to_owned).collect()
}
