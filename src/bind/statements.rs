//! Sentences whose figures are named by terms, as records.

use super::draft::{Printed, Record};
use super::label::Label;
use super::lexicon::{Lexicon, Scope};
use crate::document::{Mention, Statement};
use crate::term::{Stated, Vocabulary, plain};

/// Words between the name of a figure and the figure, which say nothing of what it is.
const FILLERS: [&str; 40] = [
    "分别为",
    "合计为",
    "共计为",
    "达到了",
    "为",
    "是",
    "共",
    "共计",
    "合计",
    "总计",
    "达到",
    "达",
    "约为",
    "约",
    "数为",
    "有",
    "等于",
    "占",
    "了",
    "计",
    "金额为",
    "金额",
    "总额为",
    "总额",
    "资金为",
    "数",
    "人数",
    "人",
    "个",
    "分",
    "was",
    "were",
    "is",
    "are",
    "of",
    "totalled",
    "totaled",
    "amounted to",
    "to",
    "的",
];

/// The records of a sentence.
#[must_use]
pub fn records(statement: &Statement, stated: &Stated, lexicon: &Lexicon<'_>, vocabulary: &Vocabulary) -> Vec<Record> {
    let mut records: Vec<(Key, Record)> = Vec::new();
    let scope = Scope { terms: Some(&stated.terms), labels: &stated.labels };
    let text = statement.passage.text();
    let mut above: Vec<(String, String)> = Vec::new();
    for mention in statement.mentions.iter().filter(|mention| !mention.in_formula && mention.hedge.is_none()) {
        let before = text.get(mention.before.clone()).unwrap_or_default();
        let Some((term, mut axes)) = name(before, lexicon, scope) else { continue };
        // What is said 其中 is of what was said before it.
        let said = &text[..mention.literal.start];
        let is_part = said.rfind("其中").is_some_and(|at| !said[at..].contains(['；', ';']));
        let fixed: Vec<(String, String)> = vocabulary.term(&term).map(|term| term.axes.clone()).unwrap_or_default();
        if is_part {
            for (axis, value) in above.iter().filter(|(axis, _)| axis != "class") {
                if axes.iter().chain(&fixed).all(|(known, _)| known != axis) {
                    axes.push((axis.clone(), value.clone()));
                }
            }
        } else {
            above = axes.iter().chain(&fixed).cloned().collect();
        }
        axes.sort();
        let key = Key { part: mention.part, year: mention.year, axes };
        let found = records.iter().position(|(known, record)| *known == key && record.get(&term).is_none());
        let at = found.unwrap_or_else(|| {
            records.push((key.clone(), context(statement, mention, &key)));
            records.len() - 1
        });
        records[at].1.print(&term, printed(statement, mention));
    }
    records.into_iter().map(|(_, record)| record).collect()
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Key {
    part: u32,
    year: Option<u16>,
    axes: Vec<(String, String)>,
}

/// What the sentence says of a record besides its figures.
fn context(statement: &Statement, mention: &Mention, key: &Key) -> Record {
    let span = statement.passage.whole();
    let mut record = Record::at(span);
    if let Some(year) = key.year {
        let digits = year.to_string();
        let at = statement.passage.text()[..mention.literal.start].rfind(&digits);
        let place = at.map_or(span, |at| statement.passage.span(at..at + digits.len()));
        record.print("year", Printed::said(&digits, place));
    }
    for (axis, value) in &key.axes {
        record.print(axis, Printed::said(value, statement.passage.span(mention.before.clone())));
    }
    let coded = statement
        .lead
        .iter()
        .chain(statement.headings.iter().rev())
        .find_map(|text| Some((text, Label::read(text.text()).code?)));
    if let Some((text, code)) = coded {
        record.print("indicator", Printed { text: code, ..Printed::context(text) });
    }
    record
}

/// The figure of a mention with its unit.
pub fn printed(statement: &Statement, mention: &Mention) -> Printed {
    let text = statement.passage.text();
    let literal = text.get(mention.literal.clone()).unwrap_or_default().trim();
    let unit = mention.unit.as_ref().and_then(|unit| text.get(unit.clone())).unwrap_or_default().trim();
    let known = crate::figure::Unit::named(unit).is_some() && !literal.ends_with(['%', '‰']);
    let text = if known { format!("{literal}{unit}") } else { literal.to_owned() };
    let span = statement.passage.span(mention.literal.clone());
    Printed { text, span, grid: statement.grid, at: mention.at, context: false }
}

/// The term that the words before a figure name, and the axes they state with it.
pub fn name(before: &str, lexicon: &Lexicon<'_>, scope: Scope<'_>) -> Option<(String, Vec<(String, String)>)> {
    let words = plain(before.trim_end_matches([':', '：', '（', '(', ' ', '，', ',']));
    let meaning = lexicon.meaning(&words, scope);
    let own = |meaning: super::lexicon::Meaning<'_>| {
        let axes = meaning.axes.iter().map(|(axis, value)| ((*axis).to_owned(), (*value).to_owned())).collect();
        meaning.term.map(|term| (term.to_owned(), axes))
    };
    if meaning.term.is_some() {
        return own(meaning);
    }
    // The longest first, one after the other.
    let mut rest = words.as_str();
    for _ in 0..3 {
        let filler =
            FILLERS.iter().filter(|filler| rest.ends_with(&plain(filler))).max_by_key(|filler| filler.len())?;
        rest = &rest[..rest.len() - plain(filler).len()];
        let meaning = lexicon.meaning(rest, scope);
        if meaning.term.is_some() {
            return own(meaning);
        }
    }
    None
}
