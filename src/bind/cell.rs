//! What a cell says: a figure, words in place of one, a code, an axis.

use super::draft::{Printed, Record};
use super::label::Label;
use super::table::View;
use crate::document::Cell;
use crate::figure::{NotANumber, read};
use crate::source::Span;
use crate::term::{Content, Step};

/// A cell under a term of figures: the figure, or what it says in words.
pub fn put(view: &View<'_>, record: &mut Record, term: &str, cell: &Cell) {
    let text = cell.passage.text();
    if cell.passage.is_blank() && cell.passage.whole().end == 0 {
        // A cell that was lost would stand behind those that are there.
        let span = Span { start: record.span.end, end: record.span.end };
        record.print(term, Printed { span, ..Printed::default() });
        return;
    }
    if !matches!(read(text.trim()), Err(NotANumber::Text)) {
        record.print(term, Printed::cell(cell));
        named(view, record, term, Printed::cell(cell));
        return;
    }
    if let Some((literal, unit)) = measured(text) {
        record.print(term, Printed::part(cell, literal));
        record.print("unit", Printed { context: true, ..Printed::part(cell, unit) });
        return;
    }
    match view.section.otherwise.iter().find(|(of, _)| of == term) {
        Some((_, words)) => record.print(words, Printed::cell(cell)),
        None => record.print(term, Printed::cell(cell)),
    }
}

/// The figure of a term may be one of the term that the record is called by as well.
fn named(view: &View<'_>, record: &mut Record, term: &str, printed: Printed) {
    if view.section.named.as_deref() != Some(term) {
        return;
    }
    let Some(label) = record.get("label") else { return };
    let words = Label::read(&label.text).words;
    let rates = |name: &&str| {
        view.words.vocabulary.term(name).is_some_and(|term| term.content == Content::Figure(crate::figure::Kind::Ratio))
    };
    let scope = super::lexicon::Scope { terms: None, labels: &[], only: false };
    let meaning = view.words.lexicon.meaning(&words, scope);
    if let Some(rate) = meaning.term.filter(rates).filter(|_| meaning.understood == words.len()) {
        record.print(rate, printed);
    }
}

/// A figure and the unit behind it, where that is no unit that figures are converted by: `39 μg/m³`.
fn measured(text: &str) -> Option<(std::ops::Range<usize>, std::ops::Range<usize>)> {
    let start = text.len() - text.trim_start().len();
    let digits = start + text[start..].find(|letter: char| letter.is_ascii_digit())?;
    let end = digits
        + text[digits..]
            .find(|letter: char| !(letter.is_ascii_digit() || matches!(letter, '.' | ',')))
            .unwrap_or(text.len() - digits);
    let unit = text[end..].trim();
    let from = text.len() - text[end..].trim_start().len();
    let is_unit = !unit.is_empty()
        && unit.chars().count() <= 8
        && !unit.contains(|letter: char| letter.is_ascii_digit() || "，。；、,;".contains(letter));
    (is_unit && read(text[start..end].trim()).is_ok()).then(|| (start..end, from..from + unit.len()))
}

/// The plain numbers in a text.
pub fn numbers(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|letter: char| letter.is_ascii_digit()).map(|start| at + start) {
        let end = text[start..]
            .find(|letter: char| !(letter.is_ascii_digit() || letter == '.'))
            .map_or(text.len(), |end| start + end);
        found.push(start..start + text[start..end].trim_end_matches('.').len());
        at = end;
    }
    found
}

/// Whether a term is of amounts.
pub fn is_amount(view: &View<'_>, term: &str) -> bool {
    view.words.vocabulary.term(term).is_some_and(|term| term.content == Content::Figure(crate::figure::Kind::Amount))
}

/// Code, name and label of a record whose label starts with a code.
pub fn code(record: &mut Record, cell: &Cell, label: &Label) {
    let text = cell.passage.text();
    let whole = Printed::cell(cell);
    if let Some(code) = &label.code {
        let at = text.find(code.as_str()).unwrap_or(0);
        let printed = Printed::part(cell, at..at + code.len());
        record.print("code", printed.clone());
        record.print("indicator", Printed { context: true, ..printed });
        let rest = &text[at + code.len()..];
        let start = at + code.len() + rest.len() - rest.trim_start().len();
        // Without what stands in brackets at its end.
        let end = label
            .bracket
            .as_ref()
            .map_or(text.len(), |bracket| text[..bracket.start].rfind(['(', '（']).unwrap_or(text.len()));
        record.print("label", Printed::part(cell, start..end.max(start)));
    } else {
        record.print("indicator", Printed { context: true, ..whole.clone() });
        record.print("label", whole);
    }
}

/// A figure in the brackets of a label.
pub fn figure(record: &mut Record, term: &str, cell: &Cell, bracket: std::ops::Range<usize>) {
    let inside = Printed::part(cell, bracket);
    if read(&inside.text).is_ok() {
        record.print(term, inside);
    }
}

/// The label of a group, and the axis that it states.
pub fn name(view: &View<'_>, group: &mut Record, cell: &Cell, step: &Step) {
    group.print("label", Printed::cell(cell));
    axis(view, group, step);
}

/// What the label of a record states of the axis of its list.
pub fn axis(view: &View<'_>, record: &mut Record, step: &Step) {
    let Some(axis) = &step.axis else { return };
    let Some(label) = record.get("label").cloned() else { return };
    let words = Label::read(&label.text).words;
    // What stands in brackets may be a part of the name: 单价 50 万元（含）以上的通用设备.
    let full = crate::term::plain(super::label::outline(&label.text).1);
    let scope = super::lexicon::Scope { terms: Some(&[]), labels: &[], only: false };
    let exact = |words: &String| {
        let meaning = view.words.lexicon.meaning(words, scope);
        let stated = meaning.axes.iter().find(|(name, _)| name == axis).map(|(_, value)| *value);
        stated.filter(|_| meaning.understood == words.len())
    };
    let stated = exact(&full).or_else(|| exact(&words));
    if let Some(value) = stated.or_else(|| view.words.lexicon.value(axis, &words)) {
        record.print(axis, Printed::said(value, label.span));
    }
}
