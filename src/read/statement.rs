//! Sentences with figures: each figure with the words that name it, and the formulas written out.

mod formula;
mod math;
mod mention;
mod numeral;
mod role;
mod sentences;
mod unit;
mod year;

use super::table::Prose;
use crate::document::{Passage, Statement};

/// The sentences that carry figures of the paragraph of that number.
pub fn statements(prose: &Prose, number: usize) -> Vec<Statement> {
    let paragraph = u32::try_from(number).unwrap_or(u32::MAX);
    let decoded = math::decoded(&prose.passage);
    let passage = decoded.as_ref().unwrap_or(&prose.passage);
    let sentences = sentences::sentences(passage.text()).into_iter();
    let mut about = lead(passage);
    sentences
        .filter_map(|range| {
            let sentence = passage.part(range);
            // Several may stand in one paragraph, each behind its code: `A101 …。A102 …：…`
            if let Some(own) = lead(&sentence).filter(|own| starts_with_code(own.text())) {
                about = Some(own);
            }
            Some(Statement { paragraph, lead: about.clone(), ..statement(prose, sentence)? })
        })
        .collect()
}

/// Whether a text starts with a capital letter and a digit.
fn starts_with_code(text: &str) -> bool {
    matches!(text.trim_start().as_bytes(), [b'A'..=b'Z', b'0'..=b'9', ..])
}

/// A lead has at most so many characters.
const LONGEST_LEAD: usize = 40;

/// The words before the first colon of a paragraph, where they are few.
fn lead(passage: &Passage) -> Option<Passage> {
    let text = passage.text();
    let end = text.find([':', '：']).filter(|end| *end > 0)?;
    (text[..end].chars().count() <= LONGEST_LEAD).then(|| passage.part(0..end).trimmed())
}

/// One sentence; `None` if it holds no figure, or nothing but figures.
fn statement(prose: &Prose, passage: Passage) -> Option<Statement> {
    let text = passage.text();
    if !text.contains(char::is_alphabetic) {
        return None;
    }
    let pairs = sentences::pairs(text);
    let mut numerals = numeral::numerals(text);
    let roles = role::roles(text, &mut numerals, &pairs);
    let mut drafts = formula::formulas(text);
    let mentions = mention::mentions(text, &numerals, &roles, &pairs, &mut drafts);
    if mentions.is_empty() && drafts.is_empty() {
        return None;
    }
    let formulas = drafts.into_iter().map(|draft| draft.formula).collect();
    let (headings, grid) = (prose.headings.clone(), prose.grid);
    Some(Statement { passage, headings, grid, mentions, formulas, ..Statement::default() })
}

#[cfg(test)]
mod tests;
