//! Formulas written out in a report: what stands before the equals sign gives what stands behind it.

use std::sync::{Arc, OnceLock};

use crate::document::{Document, Figures, NodeId};
use crate::fault::Bilingual;
use crate::figure::{Figure, Number, Ratio, Reach, Rounding};
use crate::rule::{Rule, Severity};
use crate::tie::{Blanks, Confidence, Expression, Operand, Relation, Settings, Tie, TieKind, Verdict, decide};

/// The rule of all such ties.
pub fn rule() -> Arc<Rule> {
    static RULE: OnceLock<Arc<Rule>> = OnceLock::new();
    let rule = || Rule {
        id: "formula/holds".into(),
        title: Bilingual::new(
            "A formula written out gives the result printed behind it",
            "文中列出的算式应得出所列结果",
        ),
        because: Bilingual::new(
            "Whoever writes out a formula invites the reader to recompute it; its figures are meant as printed, and only the result was rounded.",
            "算式连同数字一并列出，即以所列数字为准，仅结果可能四舍五入。",
        ),
        severity: Severity::Error,
        decision: false,
        message: None,
    };
    Arc::clone(RULE.get_or_init(|| Arc::new(rule())))
}

/// One tie for each formula of the document: the records of its list `formulas`, each with the `form` of its figures
/// (`( 0 - 1 ) / 1 * 100%`, where whole numbers count the `figures`) and the `result`.
#[must_use]
pub fn formulas(document: &Document, figures: &Figures) -> Vec<Tie> {
    let list = document.get(document.root(), "formulas");
    let records = list.into_iter().flat_map(|list| document.children(list));
    records.filter_map(|record| tie(document, figures, record)).collect()
}

fn tie(document: &Document, figures: &Figures, record: NodeId) -> Option<Tie> {
    let form = document.text(document.get(record, "form")?)?;
    let result = document.content(document.get(record, "result")?);
    let nodes: Vec<NodeId> = document.children(document.get(record, "figures")?).collect();
    let value = |id: NodeId| document.get(id, "value").map(|id| document.content(id));
    let mut nodes: Vec<NodeId> = nodes.into_iter().map(value).collect::<Option<_>>()?;
    nodes.push(result);
    let mut read: Vec<Figure> = nodes.iter().map(|node| figures.any(*node)).collect::<Option<_>>()?;
    // Units count only where every figure that could have one states it.
    if read.iter().any(|figure| figure.unit.is_none() && !figure.percent) {
        read.iter_mut().for_each(|figure| figure.unit = None);
    }
    let operands = nodes.iter().zip(&read).map(|(node, figure)| operand(*node, *figure)).collect::<Option<Vec<_>>>()?;
    let target = operands.len() - 1;
    let percent = read[target].percent;
    let settings = Settings { rounding: Rounding::Result, within: None };
    let weigh = |hundred: bool| {
        let left = Parser::new(form, target, hundred).whole()?;
        let right = Expression::Operand(target);
        let outcome = decide(&left, Relation::Equal, &right, &operands, Some(target), &settings, Blanks::default());
        Some((left, outcome))
    };
    // `× 100%` is one, and `× 100` makes percent. Where the result prints no percent sign either may be meant.
    let plain = weigh(false)?;
    let (left, outcome) = match plain.1.verdict {
        Verdict::Broken if !percent => {
            weigh(true).filter(|(_, outcome)| outcome.verdict < Verdict::Broken).unwrap_or(plain)
        }
        _ => plain,
    };
    Some(Tie {
        rule: rule(),
        kind: kind(&left),
        scope: record,
        left,
        relation: Relation::Equal,
        right: Expression::Operand(target),
        operands,
        targets: vec![target],
        blanks: Vec::new(),
        reading: None,
        assumed: Vec::new(),
        confidence: Confidence::Declared,
        settings,
        outcome,
        fingerprint: String::new(),
    })
}

/// A figure as it takes part: the result may have been rounded to the digits it prints, whatever it counts.
fn operand(node: NodeId, figure: Figure) -> Option<Operand> {
    let factor: Ratio = Number::power_of_ten(figure.unit.map_or(0, |unit| unit.exponent))?.into();
    let value = figure.value.mul(factor)?;
    let decimals = figure.decimals.checked_sub(figure.unit.map_or(0, |unit| unit.exponent))?;
    let reach = Reach::half_unit(value, decimals)?;
    Some(Operand { node, figure: Some(figure), reach, value })
}

fn kind(left: &Expression) -> TieKind {
    match left {
        Expression::Quotient(over, _) => match &**over {
            Expression::Sum(parts) if parts.iter().any(|(negative, _)| *negative) => TieKind::RelativeChange,
            _ => TieKind::Ratio,
        },
        Expression::Sum(parts) if parts.iter().any(|(negative, _)| *negative) => TieKind::Difference,
        Expression::Sum(_) => TieKind::Sum,
        Expression::Product(one, other) if matches!(**other, Expression::Constant(_)) => kind(one),
        _ => TieKind::Other,
    }
}

/// Reads a form; its tokens stand apart by spaces.
struct Parser<'a> {
    tokens: Vec<&'a str>,
    at: usize,
    /// How many figures there are.
    figures: usize,
    /// `100%` stands for a hundred.
    hundred: bool,
}

/// Brackets are read so deep.
const DEEPEST: usize = 32;

impl<'a> Parser<'a> {
    fn new(form: &'a str, figures: usize, hundred: bool) -> Self {
        Self { tokens: form.split_whitespace().collect(), at: 0, figures, hundred }
    }

    fn whole(mut self) -> Option<Expression> {
        let expression = self.sum(0)?;
        (self.at == self.tokens.len()).then_some(expression)
    }

    fn next_is(&mut self, token: &str) -> bool {
        let found = self.tokens.get(self.at) == Some(&token);
        self.at += usize::from(found);
        found
    }

    fn sum(&mut self, depth: usize) -> Option<Expression> {
        let mut parts = vec![(false, self.product(depth)?)];
        loop {
            let negative = if self.next_is("+") {
                false
            } else if self.next_is("-") {
                true
            } else {
                break;
            };
            parts.push((negative, self.product(depth)?));
        }
        if parts.len() == 1 { parts.pop().map(|(_, only)| only) } else { Some(Expression::Sum(parts)) }
    }

    fn product(&mut self, depth: usize) -> Option<Expression> {
        let mut left = self.part(depth)?;
        loop {
            if self.next_is("*") {
                let right = self.part(depth)?;
                // What a ratio is multiplied by to be percent changes nothing.
                let is_one = matches!(&right, Expression::Constant(value) if *value == Ratio::from(Number::from(1)));
                left = if is_one { left } else { Expression::Product(Box::new(left), Box::new(right)) };
            } else if self.next_is("/") {
                left = Expression::Quotient(Box::new(left), Box::new(self.part(depth)?));
            } else {
                return Some(left);
            }
        }
    }

    fn part(&mut self, depth: usize) -> Option<Expression> {
        if self.next_is("(") {
            let inner = if depth < DEEPEST { self.sum(depth + 1)? } else { return None };
            return self.next_is(")").then_some(inner);
        }
        let token = self.tokens.get(self.at)?;
        self.at += 1;
        if let Some(constant) = token.strip_suffix('%') {
            let value = Number::read(constant)?;
            let percent = value == Number::from(100);
            let value = if percent && self.hundred { value } else { value.mul(Number::power_of_ten(-2)?)? };
            return Some(Expression::Constant(value.into()));
        }
        let index: usize = token.parse().ok()?;
        (index < self.figures).then_some(Expression::Operand(index))
    }
}
