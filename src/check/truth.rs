//! Conditions: true, false or unknown, on printed values.

use std::cmp::Ordering;

use super::date;
use super::draft::Draft;
use super::syntax::{Expr, Node, Operator};
use super::world::{Frame, World};
use crate::document::Value;
use crate::figure::Ratio;
use crate::tie::{Reason, Verdict, evaluate};

/// Kleene's three values; what is true is so exactly or thanks to rounding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Truth {
    /// True.
    Yes(Verdict),
    /// False.
    No,
    /// Cannot be known.
    Unknown(Reason),
}

impl Truth {
    /// Exactly true, or false.
    #[must_use]
    pub fn of(holds: bool) -> Self {
        if holds { Self::Yes(Verdict::Exact) } else { Self::No }
    }

    /// The worse of two.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (unknown @ Self::Unknown(_), _) | (_, unknown @ Self::Unknown(_)) => unknown,
            (Self::Yes(left), Self::Yes(right)) => Self::Yes(left.max(right)),
        }
    }

    /// The better of two.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes(left), Self::Yes(right)) => Self::Yes(left.min(right)),
            (yes @ Self::Yes(_), _) | (_, yes @ Self::Yes(_)) => yes,
            (unknown @ Self::Unknown(_), _) | (_, unknown @ Self::Unknown(_)) => unknown,
            (Self::No, Self::No) => Self::No,
        }
    }

    /// The opposite; of a rounded truth nothing is known.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Yes(Verdict::Exact) => Self::No,
            Self::Yes(_) => Self::Unknown(Reason::RoundedTest),
            Self::No => Self::of(true),
            unknown @ Self::Unknown(_) => unknown,
        }
    }
}

/// A text to be compared: without spaces, full-width forms and kinds of quotes and brackets folded.
#[must_use]
pub fn folded(text: &str) -> String {
    folded_characters(text).collect()
}

/// Whether two texts are the same, so compared.
#[must_use]
pub fn alike(left: &str, right: &str) -> bool {
    if left == right {
        return true;
    }
    // Nearly always the first letter tells them apart.
    let first =
        |text: &str| text.bytes().next().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase());
    let differ = first(left).zip(first(right)).is_some_and(|(left, right)| left != right);
    !differ && folded_characters(left).eq(folded_characters(right))
}

fn folded_characters(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .filter(|each| !each.is_whitespace())
        .map(|each| match each {
            '！'..='～' => char::from_u32(each as u32 - 0xFEE0).unwrap_or(each),
            '“' | '”' | '〝' | '〞' => '"',
            '‘' | '’' => '\'',
            '〔' | '【' => '[',
            '〕' | '】' => ']',
            other => other,
        })
        .map(|each| each.to_ascii_lowercase())
}

impl<'a> World<'a> {
    /// Whether a condition holds as printed.
    #[must_use]
    pub fn truth(&self, expr: &Expr, frame: Frame<'a>) -> Truth {
        match &expr.node {
            Node::Not(inside) => self.truth(inside, frame).negated(),
            Node::Binary(Operator::And, left, right) => self.truth(left, frame).and(self.truth(right, frame)),
            Node::Binary(Operator::Or, left, right) => self.truth(left, frame).or(self.truth(right, frame)),
            Node::Binary(operator, left, right) if operator.compares() => {
                self.comparison(*operator, left, right, frame)
            }
            Node::In(left, list) => {
                list.iter().fold(Truth::No, |found, item| found.or(self.comparison(Operator::Equal, left, item, frame)))
            }
            Node::Call(name, arguments) if name == "exists" => {
                Truth::of(match arguments.first().map(|first| &first.node) {
                    Some(Node::Path(path)) => {
                        self.find(path, frame).is_ok_and(|found| found.nodes.iter().any(|node| !self.is_blank(*node)))
                    }
                    _ => false,
                })
            }
            Node::Call(name, arguments) if name == "attainable" => match &arguments[..] {
                [share, whole] => self.attainable(share, whole, frame).unwrap_or_else(Truth::Unknown),
                _ => Truth::Unknown(Reason::Missing(name.clone())),
            },
            Node::Call(name, arguments) if name == "starts_with" => match &arguments[..] {
                [whole, start] => match (self.text(whole, frame), self.text(start, frame)) {
                    (Some(whole), Some(start)) => Truth::of(folded(whole).starts_with(&folded(start))),
                    _ => Truth::Unknown(Reason::Missing(name.clone())),
                },
                _ => Truth::Unknown(Reason::Missing(name.clone())),
            },
            Node::Call(name, arguments) if name == "is_date" => {
                match arguments.first().and_then(|first| self.text(first, frame)) {
                    Some(text) if !text.trim().is_empty() => Truth::of(date::read(text).is_some()),
                    _ => Truth::Unknown(Reason::Missing(name.clone())),
                }
            }
            _ => match self.text(expr, frame) {
                Some(text) => Truth::of(text == "true"),
                None => Truth::Unknown(Reason::NotAFigure(String::new())),
            },
        }
    }

    /// Whether some whole number out of so many is printed as this share (the GRIM test).
    fn attainable(&self, share: &Expr, whole: &Expr, frame: Frame<'a>) -> Result<Truth, Reason> {
        let mut draft = Draft::default();
        let share = self.quantity(share, frame, None, &mut draft)?;
        let whole = self.quantity(whole, frame, None, &mut draft)?;
        let printed = |index: usize| draft.operands[index].value;
        let whole = evaluate(&whole, &printed).map_err(|_| Reason::Overflow)?;
        let (low, high) = match share.single() {
            Some(index) => (draft.operands[index].reach.low, draft.operands[index].reach.high),
            None => {
                let value = evaluate(&share, &printed).map_err(|_| Reason::Overflow)?;
                (value, value)
            }
        };
        let count = |share: Ratio| share.mul(whole).ok_or(Reason::Overflow);
        let nearest = count(high)?.floor().ok_or(Reason::Overflow)?;
        let order = Ratio::from(nearest).compare(count(low)?);
        Ok(Truth::of(order != Ordering::Less))
    }

    fn comparison(&self, operator: Operator, left: &Expr, right: &Expr, frame: Frame<'a>) -> Truth {
        // An order is one of figures, even if they are printed as texts, as serial numbers often are.
        if matches!(operator, Operator::Equal | Operator::Unequal)
            && let Some((left, right)) = self.texts(left, right, frame)
        {
            let same = alike(left, right);
            return Truth::of(if operator == Operator::Unequal { !same } else { same });
        }
        let mut draft = Draft::default();
        let mut value = |expr: &Expr| {
            let expression = self.quantity(expr, frame, None, &mut draft)?;
            evaluate(&expression, &|index| draft.operands[index].value).map_err(|_| Reason::Overflow)
        };
        let order = value(left).and_then(|left| Ok((left, value(right)?)));
        match order.map(|(left, right)| left.compare(right)) {
            Ok(order) => Truth::of(match operator {
                Operator::Equal => order == Ordering::Equal,
                Operator::Unequal => order != Ordering::Equal,
                Operator::Less => order == Ordering::Less,
                Operator::AtMost => order != Ordering::Greater,
                Operator::Greater => order == Ordering::Greater,
                _ => order != Ordering::Less,
            }),
            Err(reason) => Truth::Unknown(reason),
        }
    }

    /// The texts that both expressions are; none where both read as figures, which are compared as such.
    #[must_use]
    pub fn texts<'b>(&self, left: &'b Expr, right: &'b Expr, frame: Frame<'a>) -> Option<(&'b str, &'b str)>
    where
        'a: 'b,
    {
        let (left, left_is_loose) = self.said(left, frame)?;
        let (right, right_is_loose) = self.said(right, frame)?;
        (!(left_is_loose && right_is_loose)).then_some((left, right))
    }

    /// The text an expression is, if it is one and no figure.
    #[must_use]
    pub fn text<'b>(&self, expr: &'b Expr, frame: Frame<'a>) -> Option<&'b str>
    where
        'a: 'b,
    {
        self.said(expr, frame).map(|(text, _)| text)
    }

    /// The text an expression is, and whether it reads as a figure.
    fn said<'b>(&self, expr: &'b Expr, frame: Frame<'a>) -> Option<(&'b str, bool)>
    where
        'a: 'b,
    {
        match &expr.node {
            Node::Text(text) => Some((text, false)),
            Node::Path(path) => {
                let node = self.find(path, frame).ok()?.one().ok()?;
                if self.figures.figure(node).is_some() {
                    return None;
                }
                let text = match self.document.node(node).value {
                    Value::Bool(true) => "true",
                    Value::Bool(false) => "false",
                    _ => self.document.text(node)?,
                };
                Some((text, self.figures.any(node).is_some()))
            }
            _ => None,
        }
    }
}
