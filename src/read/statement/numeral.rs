//! The numbers of a sentence, as they are printed, before anybody knows whether they measure something.

use std::ops::Range;

use super::unit;
use crate::figure;

/// A number in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numeral {
    /// Its digits, with what stands between them.
    pub digits: Range<usize>,
    /// The digits with bound, sign, percent sign and magnitude.
    pub literal: Range<usize>,
    /// The unit behind it, or the sign of money before it.
    pub unit: Option<Range<usize>>,
    /// The sign of money before it.
    pub money: Option<Range<usize>>,
    /// `左右`, `余`: a word behind its digits that it is not meant exactly.
    pub about: Option<Range<usize>>,
    /// Printed with a percent sign.
    pub percent: bool,
    /// Several points, as in dates and the numbers of headings.
    pub dotted: bool,
    /// Written in words: `三`.
    pub words: bool,
}

impl Numeral {
    /// Where it starts, with its sign of money.
    pub fn start(&self) -> usize {
        self.money.as_ref().map_or(self.literal.start, |money| money.start.min(self.literal.start))
    }

    /// Where it ends, with its unit.
    pub fn end(&self) -> usize {
        self.unit.as_ref().map_or(self.literal.end, |unit| unit.end.max(self.literal.end))
    }

    /// Its digits where they are a short whole number.
    pub fn whole(&self, text: &str) -> Option<u16> {
        let digits = text.get(self.digits.clone())?;
        (digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok())?
    }
}

const BOUNDS: [&str; 12] = ["不超过", "不低于", "不少于", "<=", ">=", "≤", "≥", "<", ">", "＜", "＞", "≧"];
const ABOUT: [&str; 4] = ["余", "多", "来", "几"];

/// All numbers in digits, and those in words that count something.
pub fn numerals(text: &str) -> Vec<Numeral> {
    let mut found: Vec<Numeral> = Vec::new();
    let mut at = 0;
    while let Some(each) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let next = if is_digit(each) {
            let floor = found.last().map_or(0, Numeral::end);
            Some(in_digits(text, at, floor))
        } else if is_word(each) {
            in_words(text, at, each)
        } else {
            None
        };
        at = match next {
            Some(numeral) => {
                // The number in words of a unit (`百分点`) is none: what follows starts behind the unit.
                let end = numeral.end().max(numeral.digits.end);
                found.push(numeral);
                end
            }
            None => at + each.len_utf8(),
        };
    }
    found
}

/// Whether it is a digit, of either width.
pub fn is_digit(each: char) -> bool {
    each.is_ascii_digit() || ('０'..='９').contains(&each)
}

fn is_word(each: char) -> bool {
    "两二三四五六七八九十".contains(each)
}

/// The digits that start here, with thousands separators and a point; and whether there are several points.
fn digits(text: &str, start: usize) -> (usize, bool) {
    let rest = text.get(start..).unwrap_or_default();
    let run = |at: usize| {
        let rest = rest.get(at..).unwrap_or_default();
        at + rest.find(|each| !is_digit(each)).unwrap_or(rest.len())
    };
    let group = |at: usize| {
        let rest = rest.get(at..)?.strip_prefix(',')?;
        let three = rest.chars().take(4).take_while(|each| each.is_ascii_digit()).count() == 3;
        three.then_some(at + 4)
    };
    let mut end = run(0);
    while end <= 3 || rest.get(..end).is_some_and(|digits| digits.contains(',')) {
        let Some(next) = group(end) else { break };
        end = next;
    }
    let mut points = 0;
    while let Some(point) = rest.get(end..).and_then(|rest| rest.chars().next()).filter(|each| ".．".contains(*each)) {
        let next = run(end + point.len_utf8());
        if next == end + point.len_utf8() {
            break;
        }
        // `1.2018 年`: the number of a heading, and a year.
        if points == 0
            && end <= 2
            && next - end == 5
            && text.get(start + next..).is_some_and(|rest| rest.trim_start().starts_with('年'))
        {
            break;
        }
        (end, points) = (next, points + 1);
    }
    (start + end, points > 1)
}

fn in_digits(text: &str, start: usize, floor: usize) -> Numeral {
    let (end, dotted) = digits(text, start);
    let mut numeral = Numeral {
        digits: start..end,
        literal: start..end,
        unit: None,
        money: None,
        about: None,
        percent: false,
        dotted,
        words: false,
    };
    head(text, &mut numeral, floor);
    tail(text, &mut numeral);
    numeral
}

/// Sign, bound and sign of money before the digits.
fn head(text: &str, numeral: &mut Numeral, floor: usize) {
    let start = numeral.digits.start;
    numeral.money = unit::before(text, start).filter(|money| money.start >= floor);
    let until = |at: usize| text.get(floor..at).unwrap_or_default();
    let head = until(start);
    if let Some(sign) = head.chars().next_back().filter(|each| "-−－+＋△▲".contains(*each)) {
        let at = start - sign.len_utf8();
        // Right behind a figure or a letter it is a dash.
        let free = !until(at).trim_end().is_empty() || floor == 0;
        let letter = until(at).ends_with(|each: char| each.is_ascii_alphanumeric() || ")）]%％".contains(each));
        let doubled = until(at).ends_with(sign);
        if free && !letter && !doubled {
            numeral.literal.start = at;
        }
    }
    let head = until(numeral.literal.start).trim_end();
    if let Some(bound) = BOUNDS.iter().find(|bound| head.ends_with(**bound)) {
        let start = floor + head.len() - bound.len();
        let literal = text.get(start..numeral.digits.end).unwrap_or_default();
        if figure::read(literal).is_ok() {
            numeral.literal.start = start;
        }
    }
}

/// Percent sign, magnitude and unit behind the digits.
fn tail(text: &str, numeral: &mut Numeral) {
    let end = numeral.digits.end;
    let rest = text.get(end..).unwrap_or_default();
    let (blank, sign) = match rest.strip_prefix(' ') {
        Some(rest) => (1, rest),
        None => (0, rest),
    };
    if let Some(sign) = sign.chars().next().filter(|each| "%％‰".contains(*each)) {
        numeral.literal.end = end + blank + sign.len_utf8();
        numeral.percent = true;
        return;
    }
    let mut at = end;
    at = about(text, at, numeral);
    numeral.unit = unit::behind(text, at);
    if numeral.unit.is_none()
        && let Some(power) = text.get(at..).map(|rest| (rest, rest.trim_start_matches(' ')))
        && power.0.len() - power.1.len() <= 1
        && let Some(sign) = power.1.chars().next().filter(|each| "万亿千".contains(*each))
        && numeral.about.is_none()
    {
        numeral.literal.end = at + (power.0.len() - power.1.len()) + sign.len_utf8();
        at = about(text, numeral.literal.end, numeral);
        numeral.unit = unit::behind(text, at);
    }
    if numeral.unit.as_ref().and_then(|unit| text.get(unit.clone())) == Some("m") && numeral.money.is_some() {
        numeral.unit = None;
    }
    if numeral.unit.is_none() {
        numeral.unit = unit::magnitude(text, at, numeral.money.is_some()).or_else(|| numeral.money.clone());
    }
    // `余` without a unit behind is the first of other words.
    if numeral.about.is_some() && numeral.unit.is_none() {
        numeral.about = None;
    }
}

fn about(text: &str, at: usize, numeral: &mut Numeral) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let blank = usize::from(rest.starts_with(' '));
    let rest = rest.get(blank..).unwrap_or_default();
    let Some(word) = ABOUT.iter().find(|word| rest.starts_with(**word)) else { return at };
    let start = at + blank;
    numeral.about = Some(start..start + word.len());
    start + word.len()
}

/// `两个`, `三项`: a numeral that stands alone before a measure word.
fn in_words(text: &str, start: usize, each: char) -> Option<Numeral> {
    let end = start + each.len_utf8();
    let before = text.get(..start)?.chars().next_back();
    let another = |each: char| "一两二三四五六七八九十百千万亿第零〇○几初周之·每数".contains(each);
    if before.is_some_and(|before| another(before) || before.is_ascii_digit()) {
        return None;
    }
    let unit = unit::counted(text, end)?;
    figure::read(text.get(start..unit.end)?.trim()).ok().or_else(|| figure::read(text.get(start..end)?).ok())?;
    Some(Numeral {
        digits: start..end,
        literal: start..end,
        unit: Some(unit),
        money: None,
        about: None,
        percent: false,
        dotted: false,
        words: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(&str, &str)> {
        let slice = |range: Range<usize>| &text[range];
        numerals(text).into_iter().map(|each| (slice(each.literal), each.unit.map_or("", slice))).collect()
    }

    #[test]
    fn numbers_are_read_with_all_that_belongs_to_them() {
        for (text, literal, unit) in [
            ("预算 1,262.5 万元", "1,262.5", "万元"),
            ("１２．５％的", "１２．５％", ""),
            ("下降-5.2%", "-5.2%", ""),
            ("≥ 279 天", "≥ 279", "天"),
            ("不超过 10%", "不超过 10%", ""),
            ("惠及 1.2 万户", "1.2 万", "户"),
            ("3 亿", "3 亿", ""),
            ("100 余万元", "100", "万元"),
            ("revenue of $1,234.5 million", "1,234.5", "million"),
            ("£59.1m at", "59.1", "m"),
            ("$300,000,", "300,000", "$"),
            ("增加三个", "三", "个"),
            ("19 蒸吨", "19", "蒸吨"),
        ] {
            assert_eq!(read(text), [(literal, unit)], "{text}");
        }
        assert_eq!(read("2018,2019"), [("2018", ""), ("2019", "")]);
        assert_eq!(read("10%-20%"), [("10%", ""), ("20%", "")]);
        assert_eq!(read("10万元-20万元"), [("10", "万元"), ("20", "万元")]);
        assert_eq!(read("2.2019 年"), [("2", ""), ("2019", "")]);
        assert!(read("第三个、十二项、五位、十分、三级").len() == 1);
    }
}
