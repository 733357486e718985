//! What a sentence divides that was said before it: `全年支出9,480.34万元。分季度看，一季度1,386.42万元、二季度2,147.85万元…`.

use super::equation;
use super::sentence::{LEAST_DIGITS, Said, Sentence, holds};
use crate::document::{Document, Figures};
use crate::tie::{Tie, TieKind};

/// Fewer parts may be some of many.
const FEWEST: usize = 3;

/// So many sentences before it may print the whole.
const BEFORE: usize = 4;

/// Ties for the sentences that divide an amount of those before them in the paragraph.
#[must_use]
pub fn divided(sentences: &[Sentence], _: &Document, _: &Figures) -> Vec<Tie> {
    let of_sentence = |(at, sentence): (usize, &Sentence)| {
        let parts = parts(sentence);
        if !sentence.divides || parts.len() < FEWEST {
            return None;
        }
        let before = sentences[..at].iter().rev().take(BEFORE);
        let before = before.take_while(|before| before.paragraph == sentence.paragraph);
        let figures = before.flat_map(|before| (0..before.said.len()).rev().map(move |whole| (before, whole)));
        let wholes: Vec<(&Sentence, usize)> =
            figures.filter(|(before, whole)| is_of(parts[0], &before.said[*whole])).collect();
        let tie = |(before, whole): &(&Sentence, usize)| {
            let operands = parts.iter().map(|part| part.operand.clone()).collect();
            before.relate(*whole, TieKind::Sum, equation::sum(parts.len()), operands)
        };
        let held = wholes.iter().filter_map(tie).find(holds);
        let is_slip = |(before, whole): &&(&Sentence, usize)| is_slip(&before.said[*whole], &parts);
        held.or_else(|| wholes.iter().filter(is_slip).find_map(tie))
    };
    sentences.iter().enumerate().filter_map(of_sentence).collect()
}

/// The amounts that a sentence begins with which are of one unit, the shares between them apart.
fn parts(sentence: &Sentence) -> Vec<&Said> {
    let amounts = sentence.said.iter().filter(|said| !said.percent && said.again.is_none());
    let mut parts: Vec<&Said> = Vec::new();
    for said in amounts {
        if parts.first().is_some_and(|first| !is_of(said, first)) {
            break;
        }
        parts.push(said);
    }
    parts
}

fn is_of(part: &Said, whole: &Said) -> bool {
    whole.is_like(part) && whole.unit == part.unit
}

/// Whether one digit of the whole or of one of its parts is all that is wrong, with enough digits that this is no chance.
fn is_slip(whole: &Said, parts: &[&Said]) -> bool {
    let rest = parts.iter().try_fold(whole.operand.value, |rest, part| rest.sub(part.operand.value));
    let Some(rest) = rest else { return false };
    let is_off = |said: &Said, more: bool| {
        let value = if more { said.operand.value.add(rest) } else { said.operand.value.sub(rest) };
        said.digits > LEAST_DIGITS + 1 && value.is_some_and(|value| said.nearly(value))
    };
    is_off(whole, false) || parts.iter().any(|part| is_off(part, true))
}
