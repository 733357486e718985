//! Shares of what the words name: `三项合计777.43万元，占项目支出年末结转结余的67.08%`, where a figure of that name stands in this
//! sentence or right before it.

use super::sentence::{LEAST_DIGITS, Said, Sentence, are_apart, between, holds};
use crate::document::{Document, Figures};
use crate::figure::Ratio;
use crate::term::plain;
use crate::tie::{Expression, Tie, TieKind};

/// How what leads to the name of a whole begins.
const LEADS: [&str; 6] = ["约占", "占", "为", "相当于", "约为", "达到"];

/// How it ends.
const ENDS: [&str; 5] = ["的比例", "的比重", "的比例为", "的比重为", "的"];

/// Fewer letters name nothing of its own: `占总数的`.
const LEAST_LETTERS: usize = 4;

/// The whole stands at most so many bytes before the share.
const NEAR: u32 = 600;

/// Letters between a name and its figure.
const LEADING: [char; 12] = ['为', '是', '共', '计', '达', '到', '了', '约', '有', '仅', '：', ' '];

/// Ties for the sentences that name the whole of a share. Shares that are known to other ties need none.
#[must_use]
pub fn named(document: &Document, _: &Figures, sentences: &[Sentence]) -> Vec<Tie> {
    let amounts = sentences.iter().flat_map(|sentence| &sentence.said).filter(|said| said.is_amount());
    let mut wholes: Vec<(u32, String, &Said)> =
        amounts.map(|said| (said.span.start, name(&said.label), said)).filter(|(_, name, _)| is_name(name)).collect();
    wholes.sort_by_key(|(start, ..)| *start);
    let wholes = Wholes { document, wholes };
    let all = |sentence: &Sentence| -> Vec<Tie> {
        (1..sentence.said.len()).filter_map(|at| wholes.of(sentence, at)).collect()
    };
    sentences.iter().flat_map(all).collect()
}

/// Amounts by where they stand, with what they are called.
struct Wholes<'a> {
    document: &'a Document,
    wholes: Vec<(u32, String, &'a Said)>,
}

impl Wholes<'_> {
    /// The tie of a share of the amount right before it.
    fn of(&self, sentence: &Sentence, at: usize) -> Option<Tie> {
        let share = &sentence.said[at];
        if !share.percent || share.known || share.digits < LEAST_DIGITS {
            return None;
        }
        let called = whole(&share.label)?;
        // 人员经费 A（工资 B、补助 C），占 …: what stands in brackets only explains the part.
        let is_outside = |other: &&Said| {
            let between = between(self.document, other, share);
            between.matches(['（', '(']).count() == between.matches(['）', ')']).count()
        };
        let part = sentence.said[..at].iter().rev().find(is_outside).filter(|part| part.is_amount())?;
        let place = share.span.start;
        let from = self.wholes.partition_point(|(start, ..)| *start < place.saturating_sub(NEAR));
        let before = self.wholes[from..].iter().take_while(|(start, ..)| *start < place);
        let alike = before.filter(|(_, name, said)| {
            let is_same = said.operand.node == part.operand.node;
            *name == called && said.is_like(part) && said.unit == part.unit && !is_same
        });
        // What another paragraph says may be of something else.
        let alike = alike.filter(|(.., said)| !are_apart(between(self.document, said, share)));
        let ties = alike.filter_map(|(.., whole)| {
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
}

/// What a share says that it is of, in plain words.
fn whole(label: &str) -> Option<String> {
    let words = label.trim_matches(|letter: char| letter.is_whitespace() || "，、；,;".contains(letter));
    let words = LEADS.iter().find_map(|lead| words.strip_prefix(lead))?;
    let words = ENDS.iter().find_map(|end| words.strip_suffix(end))?;
    Some(without_year(&plain(words))).filter(|name| is_name(name))
}

/// What a figure is called, in plain words: the end of what stands before it.
fn name(label: &str) -> String {
    let words = label.trim_end_matches(LEADING);
    let last = words.rsplit(['，', '、', '；', '。', '：', ',', ';', '（', '(']).next().unwrap_or(words);
    without_year(&plain(last))
}

/// Words without the year that they begin with.
fn without_year(words: &str) -> String {
    let rest = words.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let rest = if rest.len() + 4 == words.len() { rest.strip_prefix('年').unwrap_or(rest) } else { words };
    rest.strip_prefix('度').unwrap_or(rest).to_owned()
}

fn is_name(words: &str) -> bool {
    words.chars().count() >= LEAST_LETTERS
}
