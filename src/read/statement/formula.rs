//! Formulas written out in a sentence: `执行率=（支出/预算）×100%=(40/80)×100%=50%`.

use std::ops::Range;

use super::numeral::{Numeral, is_digit, numerals};
use super::sentences::trimmed;
use crate::document::{Formula, Part, Side};

/// A formula whose figures are counted from its own first.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub formula: Formula,
    pub numerals: Vec<Numeral>,
    /// The literal of its result, where that stands before the formula and is not among its figures.
    pub result: Option<Range<usize>>,
}

/// The formulas of a sentence, in the order they are written.
pub fn formulas(text: &str) -> Vec<Draft> {
    let mut found = Vec::new();
    let mut floor = 0;
    while let Some((at, length)) = equals(text, floor) {
        let start = border(text, floor, at);
        let (sides, end) = sides(text, start, at, length);
        floor = end;
        found.extend(draft(text, &sides));
    }
    // They are in order, and apart from each other.
    let beside = |draft: &Draft| {
        let next = found.partition_point(|other| other.formula.range.end <= draft.formula.range.start);
        found.get(next).is_none_or(|other| draft.formula.range.end <= other.formula.range.start)
    };
    let mut explained: Vec<Draft> = explained(text).into_iter().filter(beside).collect();
    found.append(&mut explained);
    found.sort_by_key(|draft| draft.formula.range.start);
    found
}

/// Whole numbers that are hardly anything but years.
const YEARS: std::ops::RangeInclusive<u16> = 1990..=2100;

/// A bracket that explains a figure, and what leads up to it, have at most so many bytes.
const LONGEST: usize = 256;

/// The formulas in brackets behind their result: `302.5 人（85,255 人÷282 所）`.
fn explained(text: &str) -> Vec<Draft> {
    let opens = text.char_indices().filter(|(_, each)| matches!(each, '(' | '（'));
    opens.filter_map(|(at, open)| in_brackets(text, at, open)).collect()
}

fn in_brackets(text: &str, at: usize, open: char) -> Option<Draft> {
    let start = at + open.len_utf8();
    let mut depth = 1;
    let inside = text.get(start..)?;
    let (length, _) = inside.char_indices().take_while(|(at, _)| *at < LONGEST).find(|(_, each)| {
        depth += i32::from(matches!(each, '(' | '（')) - i32::from(matches!(each, ')' | '）'));
        depth == 0
    })?;
    let side = Expression::read(text, start..start + length, false)?;
    let floor = (at.saturating_sub(LONGEST)..at).find(|floor| text.is_char_boundary(*floor))?;
    let head = text.get(border(text, floor, at)..at)?;
    let behind = numerals(head).into_iter().next_back().map(|number| shifted(number, at - head.len()))?;
    let is_result = behind.end() == at - (head.len() - head.trim_end().len()) && !behind.dotted && !behind.words;
    // `5 分（4/5）`, `10 人（3-5 岁）` and `12 万元（2×5 次）` explain in other ways.
    let has = |sign: fn(&Part) -> bool| side.list.iter().any(|token| matches!(token, Token::Sign(part) if sign(part)));
    let (times, over) = (has(|part| *part == Part::Times), has(|part| *part == Part::Over));
    let is_quotient = over && (behind.percent || inside.get(..length)?.contains('÷'));
    let computes = is_quotient || !over && !times && has(|part| *part == Part::Plus);
    // `（2019/12）` is a month.
    let is_date = side.list.iter().any(|token| {
        matches!(token, Token::Number(number) if number.unit.is_none() && number.whole(text).is_some_and(|whole| YEARS.contains(&whole)))
    });
    let measures = behind.percent || behind.unit.is_some();
    if !is_result || !measures || !computes || is_date || !side.is_figures() || side.is_single() {
        return None;
    }
    let mut draft = Draft { result: Some(behind.literal), ..Draft::default() };
    draft.formula.range = side.range.clone();
    draft.formula.name = start..start;
    draft.formula.figures = Some(draft.side(side));
    Some(draft)
}

/// The next equals sign that is no part of `<=` and its like, and its length.
fn equals(text: &str, from: usize) -> Option<(usize, usize)> {
    let rest = text.get(from..)?;
    let sign = rest.char_indices().find(|(at, each)| is_equals(text, from + at, *each))?;
    Some((from + sign.0, sign.1.len_utf8()))
}

fn is_equals(text: &str, at: usize, each: char) -> bool {
    let before = text.get(..at).and_then(|head| head.chars().next_back());
    let next = text.get(at + each.len_utf8()..).and_then(|rest| rest.chars().next());
    let part = |each: Option<char>| each.is_some_and(|each| "<>!=".contains(each));
    matches!(each, '=' | '＝' | '≈') && !part(before) && !part(next)
}

/// Where the clause before an equals sign starts: behind a mark, or behind a bracket that is still open.
fn border(text: &str, floor: usize, at: usize) -> usize {
    let head = text.get(floor..at).unwrap_or_default();
    let mut depth = 0i32;
    for (offset, each) in head.char_indices().rev() {
        match each {
            ')' | '）' | ']' => depth += 1,
            '(' | '（' | '[' => depth -= 1,
            _ => {}
        }
        if depth < 0 || ends(text, floor + offset, each) {
            return floor + offset + each.len_utf8();
        }
    }
    floor
}

/// Whether a mark ends the clause; a comma or a point inside a number does not.
fn ends(text: &str, at: usize, each: char) -> bool {
    let next = text.get(at + each.len_utf8()..).and_then(|rest| rest.chars().next());
    let before = text.get(..at).and_then(|head| head.chars().next_back());
    match each {
        ',' => !(before.is_some_and(is_digit) && next.is_some_and(is_digit)),
        '.' => next.is_none_or(char::is_whitespace),
        '—' => next == Some('—') || before == Some('—'),
        _ => "，。；;：:、？?！!\n".contains(each),
    }
}

/// The sides between the equals signs from the first on, and where the last ends.
fn sides(text: &str, start: usize, first: usize, length: usize) -> (Vec<Range<usize>>, usize) {
    let mut sides: Vec<_> = std::iter::once(start..first).collect();
    let mut from = first + length;
    let mut depth = 0i32;
    for (offset, each) in text.get(from..).unwrap_or_default().char_indices() {
        let at = first + length + offset;
        match each {
            '(' | '（' | '[' => depth += 1,
            ')' | '）' | ']' => depth -= 1,
            _ => {}
        }
        if depth < 0 || ends(text, at, each) {
            sides.push(from..at);
            return (sides, at);
        }
        if is_equals(text, at, each) {
            sides.push(from..at);
            (from, depth) = (at + each.len_utf8(), 0);
        }
    }
    sides.push(from..text.len());
    (sides, text.len())
}

/// A token of a side.
#[derive(Clone, Debug)]
enum Token {
    Word(Range<usize>),
    Number(Numeral),
    Constant(Range<usize>),
    /// A sign or bracket.
    Sign(Part),
}

fn draft(text: &str, sides: &[Range<usize>]) -> Option<Draft> {
    let (first, rest) = sides.split_first()?;
    let mut read: Vec<Expression> = Vec::new();
    for (index, side) in rest.iter().enumerate() {
        read.push(Expression::read(text, side.clone(), index + 1 == rest.len())?);
    }
    let mut draft = Draft::default();
    let name = trimmed(text, first.clone());
    let left = Expression::left(text, first.clone()).filter(|_| read.iter().all(Expression::is_single));
    draft.formula.name = match &left {
        Some((name, _)) => name.clone(),
        None => name.clone(),
    };
    draft.formula.range = name.start..read.last().map_or(name.end, |last| last.range.end);
    // `收入-支出=结余`: the result has its name behind.
    if let (Some((name, left)), Some(last)) = (&left, read.last())
        && name.is_empty()
        && let ([Token::Word(word)], false) = (last.list.as_slice(), left.is_figures())
    {
        draft.formula.name = word.clone();
    }
    let all = left.map(|(_, side)| side).into_iter().chain(read);
    let mut result = None;
    for side in all {
        result = match side.list.as_slice() {
            [Token::Number(_)] => Some(draft.numerals.len()),
            _ => None,
        };
        let (is_figures, single) = (side.is_figures(), side.is_single());
        let kept = draft.side(side);
        let slot = if is_figures { &mut draft.formula.figures } else { &mut draft.formula.words };
        if !single && slot.is_none() {
            *slot = Some(kept);
        }
    }
    draft.formula.result = result;
    (draft.formula.words.is_some() || draft.formula.figures.is_some()).then_some(draft)
}

impl Draft {
    fn side(&mut self, side: Expression) -> Side {
        let list = side.list.into_iter().map(|token| match token {
            Token::Word(range) => Part::Word(range),
            Token::Constant(range) => Part::Constant(range),
            Token::Sign(part) => part,
            Token::Number(numeral) => {
                self.numerals.push(numeral);
                Part::Figure(self.numerals.len() - 1)
            }
        });
        Side { range: side.range, list: list.collect() }
    }
}

/// A side that reads as an expression.
#[derive(Clone, Debug)]
struct Expression {
    range: Range<usize>,
    list: Vec<Token>,
}

impl Expression {
    /// `None` unless operands and operators take turns and all brackets close. Words may follow the last
    /// number of the last side.
    fn read(text: &str, range: Range<usize>, last: bool) -> Option<Self> {
        let mut lexer = Lexer { text, range: trimmed(text, range), last, list: Vec::new(), pending: None, ended: None };
        lexer.run();
        let end = lexer.ended.unwrap_or(lexer.range.end);
        let mut side = Self { range: lexer.range.start..end, list: lexer.list };
        side.constants(text);
        side.is_sound().then_some(side)
    }

    /// What stands left of the first equals sign, where it is an expression, with the words before it.
    fn left(text: &str, range: Range<usize>) -> Option<(Range<usize>, Self)> {
        let mut side = Self::read(text, range, false)?;
        let mut name = side.range.start..side.range.start;
        if let Some(Token::Word(word)) = side.list.first() {
            let word = word.clone();
            let numbers = numerals(text.get(word.clone())?);
            if let Some(number) = numbers.into_iter().next_back().map(|number| shifted(number, word.start))
                && number.end() == word.end
                && number.digits.len() == number.digits.end - number.digits.start
                && !number.words
            {
                name = trimmed(text, word.start..number.start());
                side.range.start = number.start();
                *side.list.first_mut()? = Token::Number(number);
            }
        }
        let all_words = side.list.iter().all(|token| !matches!(token, Token::Number(_)));
        let operators = !side.is_single();
        (operators && (side.is_figures() || (all_words && name.is_empty()))).then_some((name, side))
    }

    /// One operand and nothing else.
    fn is_single(&self) -> bool {
        self.list.len() == 1
    }

    /// No word in it.
    fn is_figures(&self) -> bool {
        !self.list.iter().any(|token| matches!(token, Token::Word(_)))
    }

    /// A hundred that the side is multiplied by measures nothing.
    fn constants(&mut self, text: &str) {
        for at in 0..self.list.len() {
            let times = |token: Option<&Token>| matches!(token, Some(Token::Sign(Part::Times)));
            let before = at.checked_sub(1).and_then(|before| self.list.get(before));
            let multiplied = times(before) || (before.is_none() && times(self.list.get(at + 1)));
            if let Some(Token::Number(number)) = self.list.get(at)
                && multiplied
                && matches!(text.get(number.digits.clone()), Some("100" | "１００" | "1000"))
                && number.unit.is_none()
            {
                let constant = Token::Constant(number.literal.clone());
                if let Some(token) = self.list.get_mut(at) {
                    *token = constant;
                }
            }
        }
    }

    fn is_sound(&self) -> bool {
        let (mut depth, mut operand) = (0i32, true);
        for token in &self.list {
            let fits = match token {
                Token::Word(_) | Token::Number(_) | Token::Constant(_) => std::mem::replace(&mut operand, false),
                Token::Sign(Part::Open) => {
                    depth += 1;
                    operand
                }
                Token::Sign(Part::Close) => {
                    depth -= 1;
                    !operand && depth >= 0
                }
                Token::Sign(_) => !std::mem::replace(&mut operand, true),
            };
            if !fits {
                return false;
            }
        }
        depth == 0 && !operand
    }
}

struct Lexer<'a> {
    text: &'a str,
    range: Range<usize>,
    /// The last side: prose may go on behind its last number.
    last: bool,
    list: Vec<Token>,
    /// Where an operand started that has not ended.
    pending: Option<usize>,
    /// Where the side ends before its range does.
    ended: Option<usize>,
}

impl Lexer<'_> {
    fn run(&mut self) {
        // Brackets inside of an operand: `收入（含结转）`.
        let mut inside = 0i32;
        for (offset, each) in self.text.get(self.range.clone()).unwrap_or_default().char_indices() {
            let at = self.range.start + offset;
            let (open, close) = (matches!(each, '(' | '（' | '['), matches!(each, ')' | '）' | ']'));
            if inside > 0 {
                inside += i32::from(open) - i32::from(close);
                continue;
            }
            if open && self.pending.is_some() {
                if self.is_number(at) {
                    self.flush(at);
                    self.ended = self.ended.or(Some(at));
                } else {
                    inside = 1;
                }
            } else if let Some(part) = self.sign(at, each) {
                self.flush(at);
                if self.ended.is_none() {
                    self.list.push(Token::Sign(part));
                }
            } else if !each.is_whitespace() && self.pending.is_none() {
                self.pending = Some(at);
            }
            if self.ended.is_some() {
                return;
            }
        }
        self.flush(self.range.end);
    }

    /// Whether the operand before a bracket is a number.
    fn is_number(&self, end: usize) -> bool {
        let operand = self.pending.and_then(|start| self.text.get(start..end)).unwrap_or_default();
        operand.starts_with(is_digit) && operand.chars().all(|each| is_digit(each) || ".,%％ ".contains(each))
    }

    /// The operator or bracket that this is, if it is one here.
    fn sign(&self, at: usize, each: char) -> Option<Part> {
        let before = self.text.get(self.range.start..at).and_then(|head| head.trim_end().chars().next_back());
        let rest = self.text.get(at + each.len_utf8()..self.range.end).unwrap_or_default();
        let next = rest.trim_start().chars().next();
        // A hyphen or stroke inside of an English word: `non-current`, `and/or`.
        let spaced = rest.starts_with(' ') || self.text.get(..at).is_some_and(|head| head.ends_with(' '));
        let letter = |each: Option<char>| each.is_some_and(|each| each.is_ascii_alphabetic());
        let joins = letter(before) && letter(next) && !spaced;
        let figures = before.is_some_and(|each| is_digit(each) || "%％)）]".contains(each))
            && next.is_some_and(|each| is_digit(each) || "(（[".contains(each));
        let signed = self.pending.is_none()
            && matches!(self.list.last(), None | Some(Token::Sign(Part::Open)))
            && rest.starts_with(is_digit);
        match each {
            '(' | '（' | '[' => Some(Part::Open),
            ')' | '）' | ']' => Some(Part::Close),
            '+' | '＋' => (!signed).then_some(Part::Plus),
            '-' | '−' | '–' | '—' | '－' => (!joins && !signed).then_some(Part::Minus),
            '×' | '*' | '＊' | '✕' | '✖' => Some(Part::Times),
            'x' | 'X' | '·' | '╳' => figures.then_some(Part::Times),
            '/' | '÷' | '／' => (!joins).then_some(Part::Over),
            _ => None,
        }
    }

    /// Ends the operand.
    fn flush(&mut self, end: usize) {
        let Some(start) = self.pending.take() else { return };
        let range = trimmed(self.text, start..end);
        let operand = self.text.get(range.clone()).unwrap_or_default();
        let number = operand
            .starts_with(|each| is_digit(each) || "+-−－＋".contains(each))
            .then(|| numerals(operand).into_iter().next().filter(|number| number.literal.start == 0))
            .flatten()
            .filter(|number| !number.dotted)
            .map(|number| shifted(number, start));
        match number {
            Some(number) if number.end() == range.end => self.list.push(Token::Number(number)),
            // `18.6%高于上年`: the sentence goes on.
            Some(number) if self.last && end == self.range.end && self.goes_on(&number) => {
                self.ended = Some(number.end());
                self.list.push(Token::Number(number));
            }
            _ => self.list.push(Token::Word(range)),
        }
    }

    fn goes_on(&self, number: &Numeral) -> bool {
        let digits = self.text.get(number.digits.clone()).unwrap_or_default();
        number.percent || number.unit.is_some() || digits.contains('.')
    }
}

/// The numeral, counted from the start of the whole text.
fn shifted(mut numeral: Numeral, by: usize) -> Numeral {
    for range in [&mut numeral.digits, &mut numeral.literal] {
        *range = range.start + by..range.end + by;
    }
    for range in [&mut numeral.unit, &mut numeral.money, &mut numeral.about].into_iter().flatten() {
        *range = range.start + by..range.end + by;
    }
    numeral
}

impl Draft {
    /// Its figures stand among others, the first of them at a place.
    pub fn counted_from(&mut self, first: usize) {
        let sides = [&mut self.formula.words, &mut self.formula.figures];
        for part in sides.into_iter().flatten().flat_map(|side| &mut side.list) {
            if let Part::Figure(at) = part {
                *at += first;
            }
        }
        self.formula.result = self.formula.result.map(|at| at + first);
    }
}
