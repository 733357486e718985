//! Formulas written out in sentences, as records: of the rate they give where a recipe says how, else as they stand.

use std::sync::OnceLock;

use super::draft::{Printed, Record};
use super::lexicon::{Lexicon, Scope};
use super::statements::printed;
use crate::document::{Formula, Part, Side, Statement};
use crate::term::{Recipe, Step, plain};

/// The records of the formulas of a sentence, each with where it goes.
#[must_use]
pub fn records<'a>(statement: &Statement, recipes: &'a [Recipe], lexicon: &Lexicon<'_>) -> Vec<(&'a [Step], Record)> {
    statement.formulas.iter().filter_map(|formula| record(statement, formula, recipes, lexicon)).collect()
}

fn record<'a>(
    statement: &Statement,
    formula: &Formula,
    recipes: &'a [Recipe],
    lexicon: &Lexicon<'_>,
) -> Option<(&'a [Step], Record)> {
    let text = statement.passage.text();
    let name = text.get(formula.name.clone())?;
    let side = formula.figures.as_ref()?;
    let result = statement.mentions.get(formula.result?)?;
    let meaning = lexicon.meaning(&plain(name), Scope { terms: None, labels: &[] });
    let recipe = recipes.iter().find(|recipe| Some(recipe.result.as_str()) == meaning.term);
    let Some((recipe, fields)) = recipe.and_then(|recipe| Some((recipe, matched(&recipe.form, side)?))) else {
        return plain_formula(statement, formula, side);
    };
    let mut record = Record::at(statement.passage.span(formula.range.clone()));
    record.print(
        "label",
        Printed {
            text: name.trim().to_owned(),
            span: statement.passage.span(formula.name.clone()),
            context: true,
            ..Printed::default()
        },
    );
    let year = statement.mentions.iter().filter(|mention| mention.in_formula).find_map(|mention| mention.year);
    if let Some(year) = year {
        record.print("year", Printed::said(&year.to_string(), record.span));
    }
    for (field, mention) in fields {
        let Some(mention) = statement.mentions.get(mention) else { continue };
        let (holder, field) =
            field.split_once('.').map_or((None, field.as_str()), |(holder, field)| (Some(holder), field));
        let record = match holder {
            Some(holder) => record.record(holder),
            None => &mut record,
        };
        record.print(field, printed(statement, mention));
    }
    if let (true, Some(year)) = (record.has_record("prior"), year) {
        let span = record.span;
        record.record("prior").print("year", Printed::said(&(year - 1).to_string(), span));
    }
    record.print(&recipe.result, printed(statement, result));
    Some((&recipe.path, record))
}

/// A formula that no recipe knows, for what it says itself.
fn plain_formula<'a>(statement: &Statement, formula: &Formula, side: &Side) -> Option<(&'a [Step], Record)> {
    static PATH: OnceLock<Vec<Step>> = OnceLock::new();
    let path = PATH.get_or_init(|| Step::path("formulas[]"));
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
        Part::Times => !constant(side.list.get(at + 1)) && !(*at > 0 && constant(side.list.get(at - 1))),
        _ => true,
    });
    kept.map(|(_, part)| part)
}

fn tokens(form: &str) -> Vec<String> {
    let spaced: String = form.chars().filter(|letter| !matches!(letter, '(' | ')')).collect();
    spaced.split_whitespace().map(str::to_owned).collect()
}
