//! What a sentence divides that was said before it: `全年支出9,480.34万元。分季度看，一季度1,386.42万元、二季度2,147.85万元…`.

use super::equation;
use super::sentence::{LEAST_DIGITS, Said, Sentence, holds};
use crate::tie::{Tie, TieKind};

/// Fewer parts may be some of many.
const FEWEST: usize = 3;

/// So many sentences before it may print the whole.
const BEFORE: usize = 4;

/// Ties for the sentences that divide amounts of those before them in the paragraph.
#[must_use]
pub fn divided(sentences: &[Sentence]) -> Vec<Tie> {
    let of_sentence = |(at, sentence): (usize, &Sentence)| {
        let before = sentences[..at].iter().rev().take(BEFORE);
        let before = before.take_while(|before| before.paragraph == sentence.paragraph);
        sentence.divides.then(|| ties(sentence, &before.collect::<Vec<_>>()))
    };
    sentences.iter().enumerate().filter_map(of_sentence).flatten().collect()
}

/// The ties of a sentence that divides amounts of those before it, the nearest first.
fn ties(sentence: &Sentence, before: &[&Sentence]) -> Vec<Tie> {
    let kinds = kinds(sentence);
    let tie = |parts: &[&Said], whole: (&Sentence, usize)| {
        let operands = parts.iter().map(|part| part.operand.clone()).collect();
        whole.0.relate(whole.1, TieKind::Sum, equation::sum(parts.len()), operands)
    };
    let wholes = |part: &Said| {
        let figures = before.iter().flat_map(|before| (0..before.said.len()).rev().map(move |at| (*before, at)));
        figures.filter(|(before, at)| is_of(part, &before.said[*at])).collect::<Vec<(&Sentence, usize)>>()
    };
    let held = |parts: &[&Said]| {
        wholes(parts[0]).into_iter().find_map(|whole| Some((whole, tie(parts, whole).filter(holds)?)))
    };
    // 分方式看：公开招标 14 项、8,764.90 万元；…: the amounts show that these are all, and of what; so do the counts count.
    let sure = kinds.iter().filter(|parts| parts.iter().all(|part| part.digits > LEAST_DIGITS)).find_map(|parts| {
        let ((of, _), _) = held(parts)?;
        Some((of, parts.len()))
    });
    let of_kind = |parts: &Vec<&Said>| {
        if let Some((_, tie)) = held(parts) {
            return Some(tie);
        }
        let wholes = wholes(parts[0]);
        if let Some((of, _)) = sure.filter(|(_, count)| *count == parts.len()) {
            let mut own = wholes.iter().filter(|(before, _)| before.record == of.record);
            return own.next().filter(|_| own.next().is_none()).and_then(|whole| tie(parts, *whole));
        }
        wholes.iter().find(|(before, at)| is_slip(&before.said[*at], parts)).and_then(|whole| tie(parts, *whole))
    };
    kinds.iter().filter_map(of_kind).collect()
}

/// The amounts of a sentence by their units, those in brackets and the shares between them apart.
fn kinds(sentence: &Sentence) -> Vec<Vec<&Said>> {
    let amounts = sentence.said.iter().filter(|said| !said.percent && said.again.is_none() && !said.inside);
    let mut kinds: Vec<Vec<&Said>> = Vec::new();
    for said in amounts {
        match kinds.iter_mut().find(|kind| is_of(said, kind[0])) {
            Some(kind) => kind.push(said),
            None => kinds.push(vec![said]),
        }
    }
    kinds.retain(|kind| kind.len() >= FEWEST);
    kinds
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
