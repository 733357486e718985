//! Expressions of a check → expressions of a tie, which remember the figures that take part.

use foldhash::HashMap;

use super::date;
use super::index::KEEPING;
use super::syntax::{Expr, Node, Operator, Step};
use super::truth::Truth;
use super::world::{Frame, World};
use crate::document::{NodeId, Reading, Symbol, Value};
use crate::figure::{Dimension, Number, Ratio, Reach, read};
use crate::tie::{Expression, Function, Operand, Reason};

/// A tie while it is being drawn up.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Figures and texts so far, each place once.
    pub operands: Vec<Operand>,
    index: HashMap<NodeId, usize>,
    /// Blank items of sums.
    pub blanks: Vec<NodeId>,
    /// How many of them stood on the left side.
    pub left_blanks: usize,
    /// Whether one of the blanks can stand for a negative figure.
    pub negative_blanks: bool,
    /// Blanks are zero, whatever their term says.
    pub blank_is_zero: bool,
}

impl Draft {
    /// Nothing yet; with whether a blank means zero.
    #[must_use]
    pub fn new(blank_is_zero: bool) -> Self {
        Self { blank_is_zero, ..Self::default() }
    }

    /// The operand of a place.
    pub fn operand(&mut self, operand: Operand) -> usize {
        let next = self.operands.len();
        let at = *self.index.entry(operand.node).or_insert(next);
        if at == next {
            self.operands.push(operand);
        }
        at
    }

    /// A place that takes part without a figure: a text, a counted record, a blank.
    pub fn witness(&mut self, node: NodeId) -> usize {
        self.operand(Operand { node, figure: None, reach: Reach::exact(Ratio::ZERO), value: Ratio::ZERO })
    }
}

/// The functions of the language, with how many arguments they take.
pub const FUNCTIONS: [(&str, std::ops::RangeInclusive<usize>); 15] = [
    ("sum", 1..=2),
    ("count", 1..=1),
    ("mean", 1..=2),
    ("min", 1..=2),
    ("max", 1..=2),
    ("abs", 1..=1),
    ("round", 2..=2),
    ("if", 3..=3),
    ("exists", 1..=1),
    ("distinct", 2..=9),
    ("attainable", 2..=2),
    ("starts_with", 2..=2),
    ("date", 1..=1),
    ("year", 1..=1),
    ("is_date", 1..=1),
];

impl<'a> World<'a> {
    /// The quantity an expression is. Records stand for their figure in the column.
    ///
    /// # Errors
    /// An operand is missing, blank, or no figure.
    pub fn quantity(
        &self,
        expr: &Expr,
        frame: Frame<'a>,
        column: Option<Symbol>,
        draft: &mut Draft,
    ) -> Result<Expression, Reason> {
        match &expr.node {
            Node::Number(value) => Ok(Expression::Constant(*value)),
            Node::Text(text) => Err(Reason::NotAFigure(text.clone())),
            Node::Negative(inside) => Ok(Expression::Sum(vec![(true, self.quantity(inside, frame, column, draft)?)])),
            Node::Binary(operator, left, right) => {
                let adds = matches!(operator, Operator::Add);
                let left = self.addend(left, adds || *operator == Operator::Subtract, frame, column, draft)?;
                let before = draft.blanks.len();
                let right = self.addend(right, adds, frame, column, draft)?;
                let sum = matches!(operator, Operator::Add | Operator::Subtract);
                // What is blank can only be filled in where it is added.
                if !adds && draft.blanks.len() > before || !sum && !draft.blanks.is_empty() {
                    return Err(Reason::Blank(draft.blanks.last().map_or_else(String::new, |node| self.shown(*node))));
                }
                match operator {
                    Operator::Add | Operator::Subtract => {
                        let negative = *operator == Operator::Subtract;
                        let mut parts = match left {
                            Expression::Sum(parts) => parts,
                            other => vec![(false, other)],
                        };
                        parts.push((negative, right));
                        let sum = Expression::Sum(parts);
                        like(&sum, draft)?;
                        Ok(sum)
                    }
                    Operator::Multiply => Ok(Expression::Product(Box::new(left), Box::new(right))),
                    Operator::Divide => Ok(Expression::Quotient(Box::new(left), Box::new(right))),
                    _ => Err(Reason::NotAFigure("=".into())),
                }
            }
            Node::Path(path) => {
                if path.steps.is_empty()
                    && let Some(at) = self.defined(&path.first, frame)
                {
                    return self.quantity(
                        &frame.lets[at].1,
                        Frame { lets: &frame.lets[..at], item: None, ..frame },
                        column,
                        draft,
                    );
                }
                let node = self.find(path, frame)?.one()?;
                self.figure(node, column, draft)?.ok_or_else(|| Reason::Blank(self.shown(node)))
            }
            Node::Call(name, arguments) => self.call(name, arguments, frame, column, draft),
            Node::Not(_) | Node::In(..) => Err(Reason::NotAFigure("not".into())),
        }
    }

    /// An operand; of a sum it may be blank, which is remembered.
    fn addend(
        &self,
        expr: &Expr,
        of_sum: bool,
        frame: Frame<'a>,
        column: Option<Symbol>,
        draft: &mut Draft,
    ) -> Result<Expression, Reason> {
        let value = self.quantity(expr, frame, column, draft);
        match (&expr.node, value) {
            (Node::Path(path), Err(Reason::Blank(_))) if of_sum => {
                let node = self.find(path, frame)?.one()?;
                Ok(self.item(node, column, draft)?.unwrap_or(Expression::Sum(Vec::new())))
            }
            (_, value) => value,
        }
    }

    /// Index of a `let` that is no path and not hidden by a field.
    fn defined(&self, name: &str, frame: Frame<'a>) -> Option<usize> {
        let hidden = self.document.get(frame.item.unwrap_or(frame.this), name).is_some();
        let at = frame.lets.iter().position(|(known, _)| known == name)?;
        (!hidden && !matches!(frame.lets[at].1.node, Node::Path(_))).then_some(at)
    }

    fn call(
        &self,
        name: &str,
        arguments: &[Expr],
        frame: Frame<'a>,
        column: Option<Symbol>,
        draft: &mut Draft,
    ) -> Result<Expression, Reason> {
        let first = arguments.first().ok_or_else(|| Reason::Missing(name.to_owned()))?;
        match name {
            "sum" => Ok(Expression::Sum(
                self.items(arguments, frame, column, draft)?.into_iter().map(|part| (false, part)).collect(),
            )),
            "count" => {
                let nodes = self.listed(first, frame)?.nodes;
                self.look(KEEPING.saturating_mul(nodes.len()))?;
                let count = Number::from(i128::try_from(nodes.len()).map_err(|_| Reason::Overflow)?);
                nodes.into_iter().for_each(|node| {
                    draft.witness(node);
                });
                Ok(Expression::Constant(count.into()))
            }
            "date" | "year" => {
                let node = match &first.node {
                    Node::Path(path) => self.find(path, frame)?.one()?,
                    _ => return Err(Reason::NotADate(name.to_owned())),
                };
                if self.is_blank(node) {
                    return Err(Reason::Blank(self.shown(node)));
                }
                let printed = date::read(self.document.printed(node));
                let number = printed.and_then(|date| if name == "year" { Some(date.year) } else { date.day });
                let number = number.ok_or_else(|| Reason::NotADate(self.shown(node)))?;
                let value = Ratio::from(Number::from(i128::from(number)));
                let operand = Operand { node, figure: None, reach: Reach::exact(value), value };
                Ok(Expression::Operand(draft.operand(operand)))
            }
            "abs" => Ok(Expression::Call(Function::Abs, vec![self.quantity(first, frame, column, draft)?])),
            "round" => {
                let decimals = match arguments.get(1).map(|second| &second.node) {
                    Some(Node::Number(value)) => {
                        value.exact().and_then(Number::whole).and_then(|whole| u32::try_from(whole).ok())
                    }
                    _ => None,
                };
                let decimals = decimals.ok_or_else(|| Reason::NotAFigure("round".into()))?;
                Ok(Expression::Call(Function::Round(decimals), vec![self.quantity(first, frame, column, draft)?]))
            }
            "if" => {
                let (Some(yes), Some(no)) = (arguments.get(1), arguments.get(2)) else {
                    return Err(Reason::Missing("if".into()));
                };
                match self.truth(first, frame) {
                    Truth::Yes(_) => self.quantity(yes, frame, column, draft),
                    Truth::No => self.quantity(no, frame, column, draft),
                    Truth::Unknown(reason) => Err(reason),
                }
            }
            "mean" | "min" | "max" => {
                // `max(0, a)` compares two quantities; `max(list[*], a)` goes through a list.
                let scalar = name != "mean" && !is_list(first);
                let parts = match arguments.get(1) {
                    Some(second) if scalar => {
                        vec![self.quantity(first, frame, column, draft)?, self.quantity(second, frame, column, draft)?]
                    }
                    _ => self.items(arguments, frame, column, draft)?,
                };
                if let Some(blank) = draft.blanks.last() {
                    return Err(Reason::Blank(self.shown(*blank)));
                }
                if parts.is_empty() {
                    return Err(Reason::Missing(name.to_owned()));
                }
                Ok(match name {
                    "mean" => Expression::Mean(parts),
                    "min" => Expression::Call(Function::Min, parts),
                    _ => Expression::Call(Function::Max, parts),
                })
            }
            _ => Err(Reason::Missing(name.to_owned())),
        }
    }

    /// The values a list argument leads to.
    fn listed<'p>(&self, expr: &'p Expr, frame: Frame<'a>) -> Result<super::world::Found<'p>, Reason> {
        match &expr.node {
            Node::Path(path) => self.find(path, frame),
            _ => Err(Reason::Missing("[*]".into())),
        }
    }

    /// The items of an aggregate: of each its figure, or the second argument evaluated for it.
    fn items(
        &self,
        arguments: &[Expr],
        frame: Frame<'a>,
        column: Option<Symbol>,
        draft: &mut Draft,
    ) -> Result<Vec<Expression>, Reason> {
        let first = arguments.first().ok_or_else(|| Reason::Missing("[*]".into()))?;
        let found = self.listed(first, frame)?;
        if found.nodes.is_empty() && found.filtered {
            return Err(Reason::Missing(found.shown()));
        }
        let mut parts = Vec::with_capacity(found.nodes.len());
        for node in found.nodes {
            match arguments.get(1) {
                None => parts.extend(self.item(node, column, draft)?),
                Some(each) => match &each.node {
                    // A plain name may be blank in some items, as in a column.
                    Node::Path(path) => {
                        let value = self.find(path, Frame { item: Some(node), ..frame })?.one()?;
                        parts.extend(self.item(value, column, draft)?);
                    }
                    _ => {
                        self.look(KEEPING)?;
                        parts.push(self.quantity(each, Frame { item: Some(node), ..frame }, column, draft)?);
                    }
                },
            }
        }
        Ok(parts)
    }

    /// The figure of an item of a sum; a blank is remembered instead.
    fn item(&self, node: NodeId, column: Option<Symbol>, draft: &mut Draft) -> Result<Option<Expression>, Reason> {
        let figure = self.figure(node, column, draft)?;
        if figure.is_none() && !draft.blank_is_zero {
            let cell = self.cell(node, column)?;
            let term = self.vocabulary.term(self.document.field_name(cell));
            if !term.is_some_and(|term| term.blank_is_zero) {
                draft.blanks.push(cell);
                draft.negative_blanks |= term.is_none_or(|term| term.can_be_negative);
            }
        }
        Ok(figure)
    }

    /// The value itself, or a record's field in the column.
    fn cell(&self, node: NodeId, column: Option<Symbol>) -> Result<NodeId, Reason> {
        if !self.document.is_record(node) {
            return Ok(node);
        }
        let column = column.ok_or_else(|| Reason::NotAFigure(self.shown(node)))?;
        let field = self.document.field(node, column);
        field
            .map(|field| self.document.content(field))
            .ok_or_else(|| Reason::Missing(self.document.name(column).to_owned()))
    }

    /// The figure at a value; `None` if it is blank.
    fn figure(&self, node: NodeId, column: Option<Symbol>, draft: &mut Draft) -> Result<Option<Expression>, Reason> {
        let node = self.cell(node, column)?;
        self.look(KEEPING)?;
        let operand = match self.figures.get(node) {
            Some(Reading::Figure(figure) | Reading::Loose(figure)) => {
                let exponent = figure.unit.map_or(0, |unit| unit.exponent);
                let value = figure.value.shift(exponent).ok_or(Reason::Overflow)?;
                let reach = if figure.is_exact() {
                    Reach::exact(value)
                } else {
                    let reach = Reach::half_unit(figure.value, figure.decimals).ok_or(Reason::Overflow)?;
                    reach.shift(exponent).ok_or(Reason::Overflow)?
                };
                Operand { node, figure: Some(figure), reach, value }
            }
            Some(Reading::Blank) => {
                let term = self.vocabulary.term(self.document.field_name(node));
                if draft.blank_is_zero || term.is_some_and(|term| term.blank_is_zero) {
                    draft.witness(node);
                    return Ok(Some(Expression::Constant(Ratio::ZERO)));
                }
                return Ok(None);
            }
            Some(Reading::TooLong) => return Err(Reason::TooLong(self.shown(node))),
            Some(Reading::Text) => return Err(Reason::NotAFigure(self.shown(node))),
            // Years, serials and the like are exact numbers that are no figures.
            None => match self.document.node(node).value {
                Value::Null => return Ok(None),
                Value::Number | Value::Text(_) => {
                    let literal =
                        read(self.document.printed(node)).map_err(|_| Reason::NotAFigure(self.shown(node)))?;
                    Operand { node, figure: None, reach: Reach::exact(literal.value), value: literal.value }
                }
                _ => return Err(Reason::NotAFigure(self.shown(node))),
            },
        };
        Ok(Some(Expression::Operand(draft.operand(operand))))
    }

    /// Whether nothing is printed at a value.
    #[must_use]
    pub fn is_blank(&self, node: NodeId) -> bool {
        matches!(self.figures.get(node), Some(Reading::Blank)) || self.document.node(node).value == Value::Null
    }

    /// What a message calls a value: what is printed there, or its name.
    fn shown(&self, node: NodeId) -> String {
        match self.document.node(node).value {
            Value::List | Value::Object => self.document.pointer(node),
            _ if self.is_blank(node) => self.document.field_name(node).to_owned(),
            _ => self.document.printed(node).to_owned(),
        }
    }
}

/// Whether an argument leads to the items of a list.
fn is_list(expr: &Expr) -> bool {
    matches!(&expr.node, Node::Path(path) if path.steps.iter().any(|step| matches!(step, Step::All | Step::Where(_))))
}

/// Figures that are added or compared must measure the same.
///
/// # Errors
/// The names of two unlike units.
pub fn like(expression: &Expression, draft: &Draft) -> Result<(), Reason> {
    dimension(expression, draft).map(|_| ())
}

fn dimension(expression: &Expression, draft: &Draft) -> Result<Option<(Dimension, &'static str)>, Reason> {
    match expression {
        Expression::Operand(index) => {
            Ok(draft.operands[*index].figure.and_then(|figure| figure.unit).map(|unit| (unit.dimension, unit.name)))
        }
        Expression::Sum(parts) => {
            let mut known: Option<(Dimension, &'static str)> = None;
            for (_, part) in parts {
                match (known, dimension(part, draft)?) {
                    (Some((before, name)), Some((now, other))) if before != now => {
                        return Err(Reason::UnlikeUnits(name.to_owned(), other.to_owned()));
                    }
                    (before, now) => known = before.or(now),
                }
            }
            Ok(known)
        }
        _ => Ok(None),
    }
}
