//! Shares of what the words name: `三项合计777.43万元，占项目支出年末结转结余的67.08%`, where a figure of that name stands in this
//! sentence or right before it.

use super::sentence::{LEAST_DIGITS, Said, Sentence, holds};
use crate::figure::Ratio;
use crate::term::plain;
use crate::tie::{Expression, Tie, TieKind};

/// How what leads to the name of a whole begins.
const LEADS: [&str; 6] = ["约占", "占", "为", "相当于", "约为", "达到"];

/// How it ends.
const ENDS: [&str; 5] = ["的比例", "的比重", "的比例为", "的比重为", "的"];

/// Fewer letters name nothing of its own: `占总数的`.
const LEAST_LETTERS: usize = 4;

/// So many sentences before it may print the whole.
const BEFORE: usize = 4;

/// Ties for the sentences that name the whole of a share. Shares that are known to other ties need none.
#[must_use]
pub fn named(sentences: &[Sentence]) -> Vec<Tie> {
    let names = |sentence: &Sentence| sentence.said.iter().map(name).collect();
    let names: Vec<Vec<String>> = sentences.iter().map(names).collect();
    let of_sentence = |(number, sentence): (usize, &Sentence)| {
        let shares = (1..sentence.said.len()).filter(|at| whole(&sentence.said[*at].label).is_some());
        let of_share = |at: usize| {
            // What another paragraph says may be of something else.
            let others = sentences[..number].iter().zip(&names).rev().take(BEFORE);
            let others = others.take_while(|(before, _)| before.paragraph == sentence.paragraph);
            let others = others.flat_map(|(before, names)| before.said.iter().zip(names));
            let before = sentence.said[..at].iter().zip(&names[number]).chain(others);
            share(sentence, at, before)
        };
        shares.filter_map(of_share).collect::<Vec<Tie>>()
    };
    sentences.iter().enumerate().flat_map(of_sentence).collect()
}

/// The tie of a share of the amount right before it, over one of those before that with their names.
fn share<'a>(sentence: &Sentence, at: usize, before: impl Iterator<Item = (&'a Said, &'a String)>) -> Option<Tie> {
    let share = &sentence.said[at];
    if !share.percent || share.known || share.digits < LEAST_DIGITS {
        return None;
    }
    let called = whole(&share.label)?;
    // 人员经费 A（工资 B、补助 C），占 …: what stands in brackets only explains the part.
    let part = sentence.said[..at].iter().rfind(|part| part.inside == share.inside).filter(|part| part.is_amount())?;
    let alike = before.filter(|(said, name)| {
        let is_same = said.operand.node == part.operand.node;
        **name == called && said.is_like(part) && said.unit == part.unit && !is_same
    });
    let ties = alike.filter_map(|(whole, _)| {
        let expression = Expression::Quotient(Box::new(Expression::Operand(0)), Box::new(Expression::Operand(1)));
        let operands = vec![part.operand.clone(), whole.operand.clone()];
        Some((whole.operand.value, sentence.relate(at, TieKind::Share, expression, operands)?))
    });
    let ties: Vec<(Ratio, Tie)> = ties.collect();
    let held = ties.iter().position(|(_, tie)| holds(tie));
    // Figures of one name that differ are of several things.
    let is_one = ties.iter().all(|(value, _)| Some(value) == ties.first().map(|(value, _)| value));
    held.or(is_one.then_some(0)).and_then(|at| ties.into_iter().nth(at)).map(|(_, tie)| tie)
}

/// What a share says that it is of, in plain words.
fn whole(label: &str) -> Option<String> {
    let words = label.trim_matches(|letter: char| letter.is_whitespace() || "，、；,;".contains(letter));
    let words = LEADS.iter().find_map(|lead| words.strip_prefix(lead))?;
    let words = ENDS.iter().find_map(|end| words.strip_suffix(end))?;
    Some(without_year(&plain(words))).filter(|name| name.chars().count() >= LEAST_LETTERS)
}

/// What a figure is called, in plain words: the end of what stands before it.
fn name(said: &Said) -> String {
    let words = said.words();
    let last = words.rsplit(['，', '、', '；', '。', '：', ',', ';', '（', '(']).next().unwrap_or(words);
    without_year(&plain(last))
}

/// Words without the year that they begin with.
fn without_year(words: &str) -> String {
    let rest = words.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let rest = if rest.len() + 4 == words.len() { rest.strip_prefix('年').unwrap_or(rest) } else { words };
    rest.strip_prefix('度').unwrap_or(rest).to_owned()
}
