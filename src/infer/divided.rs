//! What a sentence divides that was said before it: `全年支出9,480.34万元。分季度看，一季度1,386.42万元、二季度2,147.85万元…`.

use super::equation;
use super::sentence::{LEAST_DIGITS, Said, Sentence, are_apart, between, holds};
use crate::document::{Document, Figures};
use crate::tie::{Tie, TieKind};

/// How the first clause of such a sentence begins and ends.
const BEGINS: [char; 3] = ['按', '分', '从'];
const ENDS: [char; 2] = ['分', '看'];

/// A first clause of more letters says something else.
const LONGEST: usize = 12;

/// Fewer parts may be some of many.
const FEWEST: usize = 3;

/// The whole stands at most so many bytes before the sentence.
const NEAR: u32 = 600;

/// Ties for the sentences that divide an amount of the sentences before them.
#[must_use]
pub fn divided(document: &Document, _: &Figures, sentences: &[Sentence]) -> Vec<Tie> {
    let of_sentence = |(at, sentence): (usize, &Sentence)| {
        if !divides(document, sentence) {
            return None;
        }
        let first = sentence.said.first()?;
        let near = sentences[..at].iter().rev().map_while(|sentence| {
            let last = sentence.said.last()?;
            let is_near = first.span.start.checked_sub(last.span.start).is_some_and(|far| far < NEAR);
            (is_near && !are_apart(between(document, last, first))).then_some(sentence)
        });
        let wholes: Vec<(&Sentence, usize)> =
            near.flat_map(|sentence| (0..sentence.said.len()).rev().map(move |at| (sentence, at))).collect();
        let parts: Vec<&Said> = parts(sentence);
        let tie = |(whole, at): &(&Sentence, usize)| {
            let is_whole = parts.len() >= FEWEST && parts.iter().all(|part| is_of(part, &whole.said[*at]));
            let operands = parts.iter().map(|part| part.operand.clone()).collect();
            is_whole.then(|| whole.relate(*at, TieKind::Sum, equation::sum(parts.len()), operands)).flatten()
        };
        let held = wholes.iter().filter_map(tie).find(holds);
        held.or_else(|| {
            let is_off = |(whole, at): &&(&Sentence, usize)| is_slip(&whole.said[*at], &parts);
            wholes.iter().filter(is_off).find_map(tie)
        })
    };
    sentences.iter().enumerate().filter_map(of_sentence).collect()
}

/// Whether a sentence begins with how it divides something: `按资金级次划分，`.
fn divides(document: &Document, sentence: &Sentence) -> bool {
    let text = document.source().text().get(document.node(sentence.record).span.start as usize..).unwrap_or_default();
    let text = text.trim_start();
    let Some(end) = text.find(['，', '：', ',', ':']) else { return false };
    let clause = text[..end].trim_end();
    clause.starts_with(BEGINS) && clause.ends_with(ENDS) && clause.chars().count() <= LONGEST
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
    let Some(rest) = rest.filter(|_| parts.iter().all(|part| is_of(part, whole))) else { return false };
    let is_off = |said: &Said, more: bool| {
        let value = if more { said.operand.value.add(rest) } else { said.operand.value.sub(rest) };
        said.digits > LEAST_DIGITS + 1 && value.is_some_and(|value| said.nearly(value))
    };
    is_off(whole, false) || parts.iter().any(|part| is_off(part, true))
}
