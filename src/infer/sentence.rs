//! What the figures of a sentence are of each other: a rate and its two amounts, a change, a whole and its parts. Nothing
//! says which of them are meant, so a relation counts where the figures keep it, or would but for one digit.

use std::sync::{Arc, OnceLock};

use foldhash::HashSet;

use super::equation::{self, operand};
use crate::document::{Document, Figures, NodeId};
use crate::fault::Bilingual;
use crate::figure::{Dimension, Number, Ratio, Unit};
use crate::rule::Rule;
use crate::tie::{Expression, Operand, Tie, TieKind, Verdict, evaluate, range};

/// The list that holds the sentences of a report.
pub const SENTENCES: &str = "sentences";

/// Figures that are related stand so near to each other.
const BEFORE: usize = 6;
const BEHIND: usize = 2;

/// So many pairs of amounts are nearest to a rate.
pub const NEAREST: usize = 2;

/// A figure of fewer digits agrees, or nearly does, by chance.
pub const LEAST_DIGITS: usize = 3;

/// Places that a point is out by, units taken for others included.
const SHIFTS: [i32; 6] = [1, -1, 2, -2, 4, -4];

/// Letters between a name and its figure.
pub const LEADING: &str = "为是共计达到了约";

/// Letters that lead from a change to what came of it.
pub const UP_TO: [char; 2] = ['至', '到'];

/// What changes are called.
const OF_CHANGES: [&str; 19] = [
    "增",
    "减",
    "降",
    "升",
    "多",
    "少",
    "差",
    "结余",
    "节约",
    "剩余",
    "尚未",
    "其余",
    "净值",
    "尚余",
    "increase",
    "decrease",
    "difference",
    "saved",
    "remaining",
];

/// The rules of rates, of changes, of parts, and of amounts in two units.
pub fn rules() -> &'static [Arc<Rule>; 4] {
    static RULES: OnceLock<[Arc<Rule>; 4]> = OnceLock::new();
    let rules = || {
        let rule = |id: &str, en: &str, zh: &str| {
            let because = Bilingual::new(
                "The figures stand side by side in one sentence and agree but for one digit, which is hardly chance.",
                "同一句中的数字仅差一位即可勾稽，通常并非巧合。",
            );
            equation::rule(id, Bilingual::new(en, zh), because)
        };
        [
            rule(
                "sentence/rate",
                "A rate or an average in a sentence is that of the amounts beside it",
                "句中比率、均值应与句中所列金额或数量一致",
            ),
            rule(
                "sentence/change",
                "A change in a sentence is that of the amounts beside it",
                "句中增减额应与句中所列两数之差一致",
            ),
            rule(
                "sentence/parts",
                "The parts that a sentence lists add up to the whole",
                "句中所列各分项之和应等于总数",
            ),
            rule(
                "sentence/converted",
                "An amount that a sentence says in two units is the same in both",
                "句中同一金额以两种单位表述时应一致",
            ),
        ]
    };
    RULES.get_or_init(rules)
}

fn rule(kind: TieKind) -> Arc<Rule> {
    let [rate, change, parts, converted] = rules();
    Arc::clone(match kind {
        TieKind::Difference => change,
        TieKind::Sum => parts,
        TieKind::Equal => converted,
        _ => rate,
    })
}

/// A figure of a sentence.
pub struct Said {
    /// As it takes part.
    pub operand: Operand,
    /// The words behind a share.
    pub behind: String,
    /// It stands in brackets.
    pub inside: bool,
    /// The words before it.
    pub label: String,
    /// The first of the parts of what was said before.
    pub of_which: bool,
    /// What was said right before in another unit; and whether about so much.
    pub again: Option<bool>,
    /// Printed with a percent sign.
    pub percent: bool,
    /// The unit it is printed in.
    pub unit: Option<&'static Unit>,
    /// The year that it is of.
    pub year: Option<u16>,
    /// The digits it prints, from the first that is not zero.
    pub digits: usize,
    /// Some tie speaks of it already.
    pub known: bool,
}

/// The records of the list `sentences`, each with its `figures` in order.
#[must_use]
pub fn sentences(document: &Document, figures: &Figures) -> Vec<Sentence> {
    let list = document.get(document.root(), SENTENCES);
    let records = list.into_iter().flat_map(|list| document.children(list));
    records.map(|record| Sentence::new(document, figures, record)).collect()
}

/// What the figures of each sentence are of each other. Those that are known to other ties are no targets.
#[must_use]
pub fn related(sentences: &[Sentence]) -> Vec<Tie> {
    sentences.iter().flat_map(Sentence::ties).collect()
}

impl Said {
    fn new(document: &Document, figures: &Figures, record: NodeId) -> Option<Self> {
        let node = document.content(document.get(record, "value")?);
        let figure = figures.any(node).filter(|figure| figure.bound.is_none())?;
        let printed = |name: &str| document.get(record, name).map_or("", |at| document.printed(document.content(at)));
        let label = printed("label");
        let digits = figure.value.exact()?.pad(u32::try_from(figure.decimals).unwrap_or(0)).mantissa().unsigned_abs();
        Some(Self {
            operand: operand(node, figure)?,
            behind: printed("behind").trim().to_lowercase(),
            inside: document.get(record, "inside").is_some(),
            label: label.to_lowercase() + " ",
            of_which: document.get(record, "of_which").is_some(),
            again: document.get(record, "again").map(|again| document.printed(document.content(again)) == "about"),
            percent: figure.percent,
            unit: figure.unit,
            year: document.get(record, "year").and_then(|year| document.printed(document.content(year)).parse().ok()),
            digits: digits.checked_ilog10().map_or(0, |log| log as usize + 1),
            known: false,
        })
    }

    /// Whether one of the words stands before it.
    pub fn is_called(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.label.contains(word))
    }

    /// The words before it, those apart that only lead up to a figure.
    pub fn words(&self) -> &str {
        let leads = |letter: char| LEADING.contains(letter) && letter != '计' || !letter.is_alphanumeric();
        self.label.trim_end_matches(leads)
    }

    /// The last letters of the words before it, those apart that only lead up to a figure.
    pub fn name(&self) -> &str {
        let words = self.label.trim_end_matches(|letter: char| LEADING.contains(letter) || !letter.is_alphanumeric());
        let start = words.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
        &words[start..]
    }

    /// Whether it says by how much two rates differ, in percentage points.
    pub fn is_of_rates(&self) -> bool {
        !self.percent && self.unit.is_some_and(|unit| unit.dimension == Dimension::Ratio)
    }

    /// Whether it is an amount or a count.
    pub fn is_amount(&self) -> bool {
        !self.percent && !self.is_of_rates() && self.again.is_none()
    }

    /// Whether it is an amount of money.
    pub fn is_money(&self) -> bool {
        self.unit.is_some_and(|unit| unit.dimension == Dimension::Money)
    }

    /// Whether it is a number of points that are given or taken off.
    pub fn is_marks(&self) -> bool {
        self.unit.is_some_and(|unit| unit.dimension == Dimension::Points)
    }

    /// The power of ten that its unit is.
    pub fn exponent(&self) -> i32 {
        self.unit.map_or(0, |unit| unit.exponent)
    }

    /// Whether it measures what another does.
    pub fn is_like(&self, other: &Self) -> bool {
        self.is_amount() && other.is_amount() && self.measures_as(other)
    }

    /// Whether its unit is of the kind that another's is.
    pub fn measures_as(&self, other: &Self) -> bool {
        // What is counted has many names, 人 and 名, 个 and 家.
        let alike = self.unit.zip(other.unit).is_none_or(|(one, other)| one.dimension == other.dimension);
        alike && self.is_money() == other.is_money() && self.is_marks() == other.is_marks()
    }

    /// Whether it prints a value but for a slip: one digit, two that changed places, or the point.
    pub fn slipped(&self, value: Ratio) -> bool {
        self.nearly(value) || self.is_shifted(value)
    }

    /// Whether it prints a value but for its point, with enough digits that this is no chance.
    fn is_shifted(&self, value: Ratio) -> bool {
        let shifted = |by: i32| {
            let figure = self.operand.figure?;
            let wanted = value.shift(by.checked_sub(self.exponent())?)?.round(u32::try_from(figure.decimals).ok()?)?;
            Some(figure.value.exact()?.compare(wanted).is_eq())
        };
        // Amounts are printed with zeros that say nothing; rates are not.
        let digits = self.operand.value.exact().map_or(0, |value| value.trim().mantissa().unsigned_abs());
        let digits = digits.checked_ilog10().map_or(0, |log| log as usize + 1);
        let digits = if self.percent { self.digits } else { digits };
        digits > LEAST_DIGITS && SHIFTS.iter().any(|by| shifted(*by).unwrap_or(false))
    }

    /// Whether one digit for another, or two that changed places, would make it a value from the one to the other.
    pub fn slips_between(&self, low: Ratio, high: Ratio) -> bool {
        let slips = || {
            let figure = self.operand.figure?;
            let decimals = u32::try_from(figure.decimals).ok()?;
            let unit = Number::power_of_ten(self.exponent().checked_sub(figure.decimals)?)?;
            let digits = figure.value.exact()?.pad(decimals).mantissa().unsigned_abs().to_string().into_bytes();
            let is_between = |digits: &[u8]| {
                let number = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse::<i128>().ok());
                let value = number.and_then(|number| Number::from(number).mul(unit)).map(Ratio::from);
                value.is_some_and(|value| value.compare(low).is_ge() && value.compare(high).is_le())
            };
            let other = |at: usize| {
                let (before, behind) = (at.saturating_sub(1), at);
                let mut all: Vec<Vec<u8>> = (b'0'..=b'9')
                    .map(|digit| {
                        let mut other = digits.clone();
                        other[at] = digit;
                        other
                    })
                    .collect();
                let mut swapped = digits.clone();
                swapped.swap(before, behind);
                all.push(swapped);
                all
            };
            Some((0..digits.len()).flat_map(other).any(|other| is_between(&other)))
        };
        slips().unwrap_or(false)
    }

    /// Whether it prints a value but for one digit, or two that changed places.
    pub fn nearly(&self, value: Ratio) -> bool {
        let nearly = || {
            let figure = self.operand.figure?;
            let exponent = figure.unit.map_or(0, |unit| unit.exponent);
            let decimals = u32::try_from(figure.decimals).ok()?;
            let wanted = value.mul(Number::power_of_ten(exponent.checked_neg()?)?.into())?.round(decimals)?;
            let printed = figure.value.exact()?;
            if printed.signum() * wanted.signum() < 0 {
                return None;
            }
            let digits = |number: Number| number.pad(decimals).mantissa().unsigned_abs().to_string();
            let (printed, wanted) = (digits(printed), digits(wanted));
            let (printed, wanted) = (printed.as_bytes(), wanted.as_bytes());
            if printed.len() != wanted.len() {
                return None;
            }
            let differ: Vec<usize> = (0..printed.len()).filter(|at| printed[*at] != wanted[*at]).collect();
            Some(match differ[..] {
                [_] => true,
                [first, second] => {
                    second == first + 1 && printed[first] == wanted[second] && printed[second] == wanted[first]
                }
                _ => false,
            })
        };
        nearly().unwrap_or(false)
    }
}

/// A relation of one figure to others, by their places in the sentence.
pub struct Relating {
    /// Its form.
    pub kind: TieKind,
    /// The others.
    pub others: Vec<usize>,
    /// Over the others, in their order.
    pub expression: Expression,
}

/// A sentence with its figures.
pub struct Sentence {
    /// Its record.
    pub record: NodeId,
    /// What tells its paragraph.
    pub paragraph: String,
    /// It divides what was said before it.
    pub divides: bool,
    /// Its figures, in order.
    pub said: Vec<Said>,
}

impl Sentence {
    fn new(document: &Document, figures: &Figures, record: NodeId) -> Self {
        let list = document.get(record, "figures");
        let said = list.into_iter().flat_map(|list| document.children(list));
        Self {
            record,
            paragraph: document.get(record, "paragraph").map_or("", |at| document.printed(at)).to_owned(),
            divides: document.get(record, "divides").is_some(),
            said: said.filter_map(|figure| Said::new(document, figures, figure)).collect(),
        }
    }

    /// Marks its figures that are known to other ties, by their first byte.
    pub fn know(&mut self, document: &Document, known: &HashSet<u32>) {
        self.said.iter_mut().for_each(|said| said.known = known.contains(&document.node(said.operand.node).span.start));
    }

    fn ties(&self) -> Vec<Tie> {
        let shares = self.shares();
        let of = |at: usize| {
            let said = &self.said[at];
            let share = shares.iter().find(|(share, _)| *share == at).map(|(_, tie)| tie.clone());
            let own = match (said.known, said.percent) {
                (true, _) => None,
                (false, true) if share.is_some() => share,
                (false, true) => self.way(at).or_else(|| self.over_base(at)).or_else(|| self.rate(at)),
                (false, false) if said.is_of_rates() => self.way(at).or_else(|| self.points(at)),
                (false, false) if said.again.is_some() => self.converted(at),
                (false, false) => self
                    .rolled_forward(at)
                    .or_else(|| self.way(at))
                    .or_else(|| self.change(at))
                    .or_else(|| self.average(at))
                    .or_else(|| self.whole_behind(at)),
            };
            own.into_iter().chain(self.parts(at)).chain(self.marks(at))
        };
        (0..self.said.len()).flat_map(of).collect()
    }

    /// Pairs of like amounts around a figure, the nearest first.
    pub fn pairs(&self, at: usize) -> Vec<(usize, usize)> {
        let amount = |other: &usize| self.said[*other].is_amount();
        let mut around: Vec<usize> = (0..at).rev().filter(amount).take(BEFORE).collect();
        // What a sentence begins with is often the whole of all that follows.
        let first = (0..at).find(amount);
        around.extend(first.filter(|first| !around.contains(first)));
        around.extend((at + 1..self.said.len()).take(BEHIND).filter(amount));
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for (index, one) in around.iter().enumerate() {
            let like = around[index + 1..].iter().filter(|other| self.said[*one].is_like(&self.said[**other]));
            pairs.extend(like.map(|other| (*one, *other)));
        }
        // A rate follows what it is of more often than not.
        let distance = |other: usize| match other {
            _ if Some(other) == first => (at - other).min(2),
            _ if other < at => at - other,
            _ => BEFORE + other - at,
        };
        pairs.sort_by_key(|(one, other)| distance(*one) + distance(*other));
        pairs
    }

    /// How much the larger of two is more than the other.
    pub fn difference(&self, one: usize, other: usize) -> Relating {
        let larger = self.said[one].operand.value.compare(self.said[other].operand.value).is_ge();
        let (more, less) = if larger { (one, other) } else { (other, one) };
        let expression = Expression::Sum(vec![(false, Expression::Operand(0)), (true, Expression::Operand(1))]);
        Relating { kind: TieKind::Difference, others: vec![more, less], expression }
    }

    /// The difference of two amounts beside it.
    fn change(&self, at: usize) -> Option<Tie> {
        let change = &self.said[at];
        // 减至: what is left, not what it changed by.
        if change.digits < LEAST_DIGITS || !change.is_called(&OF_CHANGES) || change.label.trim_end().ends_with(UP_TO) {
            return None;
        }
        let pairs = self.pairs(at).into_iter().filter(|(one, _)| change.is_like(&self.said[*one]));
        let forms: Vec<Relating> = pairs.map(|(one, other)| self.difference(one, other)).collect();
        let held = forms.iter().find_map(|form| self.held(at, form));
        let nearly = |form: &&Relating| self.value(form).is_some_and(|value| change.nearly(value));
        // Of many differences one is near to four digits by chance.
        let most = if change.digits > LEAST_DIGITS + 1 { forms.len() } else { NEAREST };
        let near = || forms.iter().take(most).find(nearly);
        let is_off = |form: &&Relating| {
            let [more, less] = form.others[..] else { return false };
            let (more, less, change) = (&self.said[more], &self.said[less], change.operand.value);
            let is_off = |said: &Said, wanted: Option<Ratio>| {
                said.digits > LEAST_DIGITS + 1 && wanted.is_some_and(|wanted| said.nearly(wanted))
            };
            is_off(less, more.operand.value.sub(change)) || is_off(more, less.operand.value.add(change))
        };
        let is_long = change.digits > LEAST_DIGITS + 1;
        let off = || forms.iter().take(NEAREST).find(|form| is_long && is_off(form));
        held.or_else(|| near().or_else(off).and_then(|form| self.tie(at, form)))
    }

    /// What the others give.
    pub fn value(&self, form: &Relating) -> Option<Ratio> {
        evaluate(&form.expression, &|index| self.said[form.others[index]].operand.value).ok()
    }

    /// The tie of a figure, if it is decided.
    pub fn tie(&self, at: usize, form: &Relating) -> Option<Tie> {
        let others = form.others.iter().map(|other| self.said[*other].operand.clone());
        self.relate(at, form.kind, form.expression.clone(), others.collect())
    }

    /// The tie, if it holds. Most relations that are tried are far from it, which shows sooner than by how much.
    pub fn held(&self, at: usize, form: &Relating) -> Option<Tie> {
        let printed = self.said[at].operand.reach;
        let given = range(&form.expression, &|index| self.said[form.others[index]].operand.reach);
        let is_far =
            given.is_ok_and(|given| given.high.compare(printed.low).is_lt() || given.low.compare(printed.high).is_gt());
        if is_far { None } else { self.tie(at, form).filter(holds) }
    }

    /// The same, of figures wherever they stand.
    pub fn relate(&self, at: usize, kind: TieKind, left: Expression, mut operands: Vec<Operand>) -> Option<Tie> {
        operands.push(self.said[at].operand.clone());
        equation::shown(rule(kind), kind, self.record, left, operands)
    }
}

/// Whether a tie holds.
pub fn holds(tie: &Tie) -> bool {
    matches!(tie.outcome.verdict, Verdict::Exact | Verdict::Rounded)
}
