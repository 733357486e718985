//! The language of checks: text → syntax tree, every part with its place in the text.

use super::lexer::{Token, tokens};
use crate::figure::Ratio;

/// A part of a check's text: byte range in it.
pub type Range = std::ops::Range<usize>;

/// An expression with its place.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it is.
    pub node: Node,
    /// Where it stands in the text of the check.
    pub range: Range,
}

impl Expr {
    /// Visits the expression and every part of it.
    pub fn each(&self, visit: &mut dyn FnMut(&Expr)) {
        visit(self);
        match &self.node {
            Node::Number(_) | Node::Text(_) => {}
            Node::Path(path) => path.steps.iter().for_each(|step| {
                if let Step::Where(condition) = step {
                    condition.each(visit);
                }
            }),
            Node::Negative(inside) | Node::Not(inside) => inside.each(visit),
            Node::Binary(_, left, right) => {
                left.each(visit);
                right.each(visit);
            }
            Node::In(left, list) => {
                left.each(visit);
                list.iter().for_each(|item| item.each(visit));
            }
            Node::Call(_, list) => list.iter().for_each(|item| item.each(visit)),
        }
    }
}

/// What an expression is.
#[derive(Clone, Debug)]
pub enum Node {
    /// An exact number.
    Number(Ratio),
    /// A text in quotes.
    Text(String),
    /// Leads to values of the document.
    Path(Path),
    /// `-a`
    Negative(Box<Expr>),
    /// `not a`
    Not(Box<Expr>),
    /// `a + b` and its like.
    Binary(Operator, Box<Expr>, Box<Expr>),
    /// `a in (b, c)`
    In(Box<Expr>, Vec<Expr>),
    /// `sum(a)` and its like.
    Call(String, Vec<Expr>),
}

/// An operator between two expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `or`
    Or,
    /// `and`
    And,
    /// `=`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

impl Operator {
    /// How tightly it binds.
    fn power(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Add | Self::Subtract => 5,
            Self::Multiply | Self::Divide => 6,
            _ => 4,
        }
    }

    /// Whether it compares two quantities.
    #[must_use]
    pub fn compares(self) -> bool {
        self.power() == 4
    }
}

/// A path: a name and steps from it.
#[derive(Clone, Debug)]
pub struct Path {
    /// First name: `this`, `root`, a field, a `let` …
    pub first: String,
    /// Steps.
    pub steps: Vec<Step>,
}

/// A step of a path.
#[derive(Clone, Debug)]
pub enum Step {
    /// `.name`
    Field(String),
    /// `[*]`
    All,
    /// `[0]`, `[-1]`
    At(i64),
    /// `[condition]`
    Where(Box<Expr>),
}

/// What is wrong with the text of an expression.
#[derive(Clone, Debug)]
pub struct SyntaxError {
    /// Where.
    pub range: Range,
    /// What was found, as it stands.
    pub found: String,
    /// What was expected, in English and Chinese.
    pub expected: (&'static str, &'static str),
}

/// Nesting beyond this is refused.
const MOST_NESTED: usize = 64;

/// Longer expressions are refused.
const MOST_TOKENS: usize = 1000;

/// Parses an expression.
///
/// # Errors
/// The first place that cannot be understood.
pub fn parse(text: &str) -> Result<Expr, SyntaxError> {
    let mut parser = Parser { tokens: tokens(text)?, at: 0, depth: 0, end: text.len() };
    if parser.tokens.len() > MOST_TOKENS {
        return Err(SyntaxError {
            range: 0..text.len(),
            found: String::new(),
            expected: ("a shorter expression", "较短的表达式"),
        });
    }
    let expression = parser.expression(0)?;
    match parser.peek() {
        None => Ok(expression),
        Some(_) => Err(parser.error(("an operator or the end", "运算符或结尾"))),
    }
}

struct Parser {
    tokens: Vec<(Token, Range)>,
    at: usize,
    depth: usize,
    end: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    fn range(&self) -> Range {
        self.tokens.get(self.at).map_or(self.end..self.end, |(_, range)| range.clone())
    }

    fn error(&self, expected: (&'static str, &'static str)) -> SyntaxError {
        let found = self.peek().map_or_else(String::new, Token::shown);
        SyntaxError { range: self.range(), found, expected }
    }

    fn take(&mut self, sign: &str) -> bool {
        let there = matches!(self.peek(), Some(Token::Sign(found)) if *found == sign);
        self.at += usize::from(there);
        there
    }

    fn expect(&mut self, sign: &str, expected: (&'static str, &'static str)) -> Result<(), SyntaxError> {
        if self.take(sign) { Ok(()) } else { Err(self.error(expected)) }
    }

    fn operator(&self) -> Option<Operator> {
        Some(match self.peek()? {
            Token::Word(word) if word == "or" => Operator::Or,
            Token::Word(word) if word == "and" => Operator::And,
            Token::Sign(sign) => match *sign {
                "=" => Operator::Equal,
                "!=" => Operator::Unequal,
                "<" => Operator::Less,
                "<=" => Operator::AtMost,
                ">" => Operator::Greater,
                ">=" => Operator::AtLeast,
                "+" => Operator::Add,
                "-" => Operator::Subtract,
                "*" => Operator::Multiply,
                "/" => Operator::Divide,
                _ => return None,
            },
            _ => return None,
        })
    }

    fn expression(&mut self, least: u8) -> Result<Expr, SyntaxError> {
        self.depth += 1;
        if self.depth > MOST_NESTED {
            return Err(self.error(("less nesting", "较少的嵌套")));
        }
        let mut left = self.operand()?;
        loop {
            if least <= 4 && matches!(self.peek(), Some(Token::Word(word)) if word == "in") {
                self.at += 1;
                self.expect("(", ("`(` and a list", "“(”和列表"))?;
                let list = self.arguments()?;
                let range = left.range.start..self.tokens[self.at - 1].1.end;
                left = Expr { node: Node::In(Box::new(left), list), range };
                continue;
            }
            let Some(operator) = self.operator().filter(|operator| operator.power() > least) else { break };
            self.at += 1;
            let right = self.expression(operator.power())?;
            let range = left.range.start..right.range.end;
            left = Expr { node: Node::Binary(operator, Box::new(left), Box::new(right)), range };
            if operator.compares() && self.operator().is_some_and(Operator::compares) {
                return Err(self.error(("one comparison only: join two with `and`", "一个比较：两个比较用 and 连接")));
            }
        }
        self.depth -= 1;
        Ok(left)
    }

    fn operand(&mut self) -> Result<Expr, SyntaxError> {
        let start = self.range();
        let node = match self.peek().cloned() {
            Some(Token::Number(value)) => {
                self.at += 1;
                Node::Number(value)
            }
            Some(Token::Text(text)) => {
                self.at += 1;
                Node::Text(text)
            }
            Some(Token::Sign("-")) => {
                self.at += 1;
                Node::Negative(Box::new(self.expression(5)?))
            }
            Some(Token::Sign("(")) => {
                self.at += 1;
                let inside = self.expression(0)?;
                self.expect(")", ("`)`", "“)”"))?;
                return Ok(inside);
            }
            Some(Token::Word(word)) if word == "not" => {
                self.at += 1;
                Node::Not(Box::new(self.expression(3)?))
            }
            Some(Token::Word(word)) if !matches!(word.as_str(), "and" | "or" | "in") => {
                self.at += 1;
                if self.take("(") { Node::Call(word, self.arguments()?) } else { Node::Path(self.path(word)?) }
            }
            Some(Token::Quoted(name)) => {
                self.at += 1;
                Node::Path(self.path(name)?)
            }
            _ => return Err(self.error(("a name, a number or `(`", "名称、数字或“(”"))),
        };
        let end = self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).map_or(start.end, |(_, range)| range.end);
        Ok(Expr { node, range: start.start..end })
    }

    /// What stands between brackets, closing bracket included.
    fn arguments(&mut self) -> Result<Vec<Expr>, SyntaxError> {
        let mut list = Vec::new();
        if self.take(")") {
            return Ok(list);
        }
        loop {
            list.push(self.expression(0)?);
            if self.take(")") {
                return Ok(list);
            }
            self.expect(",", ("`,` or `)`", "“,”或“)”"))?;
        }
    }

    fn path(&mut self, first: String) -> Result<Path, SyntaxError> {
        let mut steps = Vec::new();
        loop {
            if self.take(".") {
                match self.peek().cloned() {
                    Some(Token::Word(name) | Token::Quoted(name)) => steps.push(Step::Field(name)),
                    _ => return Err(self.error(("a name", "名称"))),
                }
                self.at += 1;
            } else if self.take("[") {
                let step = self.selection()?;
                self.expect("]", ("`]`", "“]”"))?;
                steps.push(step);
            } else {
                return Ok(Path { first, steps });
            }
        }
    }

    fn selection(&mut self) -> Result<Step, SyntaxError> {
        if self.take("*") {
            return Ok(Step::All);
        }
        let expression = self.expression(0)?;
        let (negative, number) = match &expression.node {
            Node::Negative(inside) => (true, &inside.node),
            node => (false, node),
        };
        let Node::Number(value) = number else { return Ok(Step::Where(Box::new(expression))) };
        let whole = value.exact().and_then(crate::figure::Number::whole).and_then(|whole| i64::try_from(whole).ok());
        match whole {
            Some(whole) => Ok(Step::At(if negative { -whole } else { whole })),
            None => Err(self.error(("a whole number", "整数"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shape(text: &str) -> String {
        fn show(expr: &Expr) -> String {
            match &expr.node {
                Node::Number(value) => value.exact().map(|number| number.to_string()).unwrap_or_default(),
                Node::Text(text) => format!("{text:?}"),
                Node::Path(path) => format!("{}{}", path.first, path.steps.iter().map(step).collect::<String>()),
                Node::Negative(inside) => format!("(- {})", show(inside)),
                Node::Not(inside) => format!("(not {})", show(inside)),
                Node::Binary(operator, left, right) => format!("({operator:?} {} {})", show(left), show(right)),
                Node::In(left, list) => format!("(in {} {})", show(left), list.iter().map(show).collect::<String>()),
                Node::Call(name, list) => format!("{name}({})", list.iter().map(show).collect::<Vec<_>>().join(",")),
            }
        }
        fn step(step: &Step) -> String {
            match step {
                Step::Field(name) => format!(".{name}"),
                Step::All => "[*]".into(),
                Step::At(index) => format!("[{index}]"),
                Step::Where(condition) => format!("[{}]", show(condition)),
            }
        }
        parse(text).map_or_else(|error| format!("{:?} {}", error.range, error.expected.0), |expr| show(&expr))
    }

    #[test]
    fn operators_bind_as_in_arithmetic() {
        assert_eq!(
            shape("a + b * -c = d and not e < 5% or f"),
            "(Or (And (Equal (Add a (Multiply b (- c))) d) (not (Less e 0.05))) f)"
        );
        assert_eq!(shape("a - b - c"), "(Subtract (Subtract a b) c)");
        assert_eq!(shape("a = b in (c)"), "(Equal a (in b c))");
    }

    #[test]
    fn paths_select_and_names_may_be_chinese_or_quoted() {
        assert_eq!(
            shape("root.budget.years[year = this.year - 1]"),
            "root.budget.years[(Equal year (Subtract this.year 1))]"
        );
        assert_eq!(shape("sum(行[*], `a b` * 2) = 合计[-1].数"), "(Equal sum(行[*],(Multiply a b 2)) 合计[-1].数)");
        assert_eq!(shape("label in (\"合计\", \"小计\")"), "(in label \"合计\"\"小计\")");
    }

    #[test]
    fn errors_name_their_place() {
        assert_eq!(shape("a + = b"), "4..5 a name, a number or `(`");
        assert_eq!(shape("sum(a"), "5..5 `,` or `)`");
        assert_eq!(shape("a = b = c"), "6..7 one comparison only: join two with `and`");
        assert_eq!(shape("a # b"), "2..3 a name, a number or an operator");
        assert_eq!(shape("a b c"), "2..3 an operator or the end");
        for word in ["and", "or", "in"] {
            assert_eq!(shape(&format!("{word} = 1")), format!("0..{} a name, a number or `(`", word.len()));
        }
        assert!(parse(&"(".repeat(10_000)).is_err());
        let nested = |levels: usize| parse(&format!("{}a{}", "(".repeat(levels), ")".repeat(levels)));
        assert!(nested(63).is_ok() && nested(64).is_err(), "sixty-four expressions, one in another");
        assert!(parse(&format!("-a{}", " + a".repeat(499))).is_ok(), "a thousand tokens");
        assert!(parse(&format!("a{}", " + a".repeat(500))).is_err());
    }

    proptest! {
        #[test]
        fn nothing_makes_the_parser_panic(text in "[a-z0-9 .,+*/()\\[\\]=<>!\"`%合-计-]{0,40}") {
            let _ = parse(&text);
        }
    }
}
