//! The plain core of the language, compiled: requirements that can be proved without making ties.
//!
//! Most checks compare sums of figures, or a figure with a quotient of two, and most documents keep
//! them. For these a [`Plan`] is drawn up once; whatever it does not cover has none.

use super::declaration::{Check, Scope};
use super::syntax::{Expr, Node, Operator, Path, Step};
use crate::figure::Number;

/// A name, by its index among those of a plan.
pub type Name = usize;

/// What a check asks, in a form that can be proved.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The names of fields that it uses, each time that it does: the same name may stand elsewhere in other records.
    pub names: Vec<String>,
    /// Names of `let`s: a record with a field of such a name means the field.
    pub hidden: Vec<Name>,
    /// The records that it is asked of, if the check names a path to them.
    pub scope: Option<Route>,
    /// Asked only where this leads to something.
    pub when: Option<Route>,
    /// All of them must hold.
    pub equations: Vec<Equation>,
}

/// Two sides that must agree, each a sum or a sum over another.
#[derive(Clone, Debug, Default)]
pub struct Equation {
    /// What the sums add up.
    pub parts: Vec<Part>,
    /// Whether the left side has a divisor, and the right one.
    pub has_divisor: [bool; 2],
    /// Whether it has a number.
    pub has_number: bool,
}

/// A sum of an equation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The left side, or its dividend.
    Left,
    /// The right side, or its dividend.
    Right,
    /// The divisor of the left side.
    UnderLeft,
    /// The divisor of the right side.
    UnderRight,
}

/// A part of a sum.
#[derive(Clone, Debug)]
pub struct Part {
    /// The sum.
    pub place: Place,
    /// Whether it is subtracted.
    pub negative: bool,
    /// What is added.
    pub value: Value,
}

/// What a part adds.
#[derive(Clone, Debug)]
pub enum Value {
    /// The one figure a route leads to.
    One(Route),
    /// All figures a route leads to.
    All(Route),
    /// A number.
    Constant(Number),
}

/// The way from a record to figures.
#[derive(Clone, Debug)]
pub struct Route {
    /// Where it starts.
    pub start: Start,
    /// Steps from there.
    pub hops: Vec<Hop>,
}

/// Where a route starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// At the record.
    This,
    /// At what holds it.
    Parent,
    /// At the document.
    Root,
}

/// A step of a route.
#[derive(Clone, Debug)]
pub enum Hop {
    /// To a field.
    Field(Name),
    /// To every item.
    All,
    /// To the items whose field says the same as the figure or text at a route, plus a number.
    Where(Name, Route, i128),
}

impl Route {
    /// Whether it leads through a filter.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        self.hops.iter().any(|hop| matches!(hop, Hop::Where(..)))
    }
}

impl Plan {
    /// The plan of a check, if it needs no more than the plain core of the language.
    #[must_use]
    pub fn new(check: &Check) -> Option<Self> {
        if check.missing_ignored || check.blank_is_zero || matches!(check.scope, Scope::Agree(_)) {
            return None;
        }
        let [reading] = &check.readings[..] else { return None };
        let mut draft = Draft { lets: &check.lets, names: Vec::new(), hidden: Vec::new() };
        let mut equations = Vec::new();
        draft.equations(&reading.expr, &mut equations)?;
        let when = match check.when.as_ref().map(|when| &when.node) {
            None => None,
            Some(Node::Call(name, arguments)) if name == "exists" => Some(draft.path(arguments.first()?)?),
            Some(_) => return None,
        };
        let scope = match &check.scope {
            Scope::Each(path) => Some(draft.path(path).filter(|route| route.start != Start::Parent)?),
            _ => None,
        };
        // A figure of the record itself in every equation makes the ties of two records two.
        let own = |part: &Part| match &part.value {
            Value::One(route) => {
                let is_divisor = matches!(part.place, Place::UnderLeft | Place::UnderRight);
                let is_within = route.hops.iter().all(|hop| matches!(hop, Hop::Field(_)));
                !is_divisor && route.start == Start::This && is_within
            }
            _ => false,
        };
        let apart = equations.iter().all(|equation| equation.parts.iter().any(own));
        apart.then_some(Self { names: draft.names, hidden: draft.hidden, scope, when, equations })
    }
}

/// A plan while it is drawn up.
struct Draft<'a> {
    lets: &'a [(String, Expr)],
    names: Vec<String>,
    hidden: Vec<Name>,
}

impl Draft<'_> {
    fn name(&mut self, name: &str) -> Name {
        self.names.push(name.to_owned());
        self.names.len() - 1
    }

    fn equations(&mut self, expr: &Expr, into: &mut Vec<Equation>) -> Option<()> {
        match &expr.node {
            Node::Binary(Operator::And, left, right) => {
                self.equations(left, into)?;
                self.equations(right, into)
            }
            Node::Binary(Operator::Equal, left, right) => {
                let mut equation = Equation::default();
                self.side(left, [Place::Left, Place::UnderLeft], &mut equation)?;
                self.side(right, [Place::Right, Place::UnderRight], &mut equation)?;
                equation.has_number = equation.parts.iter().any(|part| matches!(part.value, Value::Constant(_)));
                into.push(equation);
                Some(())
            }
            _ => None,
        }
    }

    fn side(&mut self, expr: &Expr, [over, under]: [Place; 2], into: &mut Equation) -> Option<()> {
        let Node::Binary(Operator::Divide, dividend, divisor) = &expr.node else {
            return self.parts(expr, over, false, &mut into.parts);
        };
        into.has_divisor[over as usize] = true;
        self.parts(dividend, over, false, &mut into.parts)?;
        self.parts(divisor, under, false, &mut into.parts)
    }

    fn parts(&mut self, expr: &Expr, place: Place, negative: bool, into: &mut Vec<Part>) -> Option<()> {
        let value = match &expr.node {
            Node::Binary(Operator::Add, left, right) => {
                self.parts(left, place, negative, into)?;
                return self.parts(right, place, negative, into);
            }
            Node::Binary(Operator::Subtract, left, right) => {
                self.parts(left, place, negative, into)?;
                return self.parts(right, place, !negative, into);
            }
            Node::Negative(inside) => return self.parts(inside, place, !negative, into),
            Node::Number(number) => Value::Constant(number.exact()?),
            Node::Path(_) => Value::One(self.path(expr)?),
            Node::Call(name, arguments) if name == "sum" => match &arguments[..] {
                [list] => Value::All(self.path(list)?),
                [list, each] => {
                    let mut route = self.path(list)?;
                    let Node::Path(Path { first, steps }) = &each.node else { return None };
                    self.plain(first)?;
                    route.hops.push(Hop::Field(self.name(first)));
                    self.hops(steps, &mut route)?;
                    Value::All(route)
                }
                _ => return None,
            },
            _ => return None,
        };
        into.push(Part { place, negative, value });
        Some(())
    }

    /// A name that can only be that of a field.
    fn plain(&self, name: &str) -> Option<()> {
        let special = matches!(name, "this" | "root" | "parent" | "prev" | "next");
        (!special && self.lets.iter().all(|(known, _)| known != name)).then_some(())
    }

    fn path(&mut self, expr: &Expr) -> Option<Route> {
        let Node::Path(path) = &expr.node else { return None };
        let mut route = match path.first.as_str() {
            "this" => Route { start: Start::This, hops: Vec::new() },
            "parent" => Route { start: Start::Parent, hops: Vec::new() },
            "root" => Route { start: Start::Root, hops: Vec::new() },
            "prev" | "next" => return None,
            name => {
                let own = self.name(name);
                match self.lets.iter().position(|(known, _)| known == name) {
                    Some(at) => {
                        self.hidden.push(own);
                        let (lets, all) = (&self.lets[..at], self.lets);
                        self.lets = lets;
                        let route = self.path(&all[at].1);
                        self.lets = all;
                        route?
                    }
                    None => Route { start: Start::This, hops: vec![Hop::Field(own)] },
                }
            }
        };
        self.hops(&path.steps, &mut route)?;
        Some(route)
    }

    fn hops(&mut self, steps: &[Step], route: &mut Route) -> Option<()> {
        for step in steps {
            let hop = match step {
                Step::Field(name) => Hop::Field(self.name(name)),
                Step::All => Hop::All,
                Step::At(_) => return None,
                Step::Where(condition) => self.filter(condition)?,
            };
            route.hops.push(hop);
        }
        Some(())
    }

    /// `[field = this.other]`, `[field = this.other - 1]`
    fn filter(&mut self, condition: &Expr) -> Option<Hop> {
        let Node::Binary(Operator::Equal, left, right) = &condition.node else { return None };
        let Node::Path(Path { first, steps }) = &left.node else { return None };
        self.plain(first)?;
        let (sought, offset) = match &right.node {
            Node::Path(_) => (&**right, 0),
            Node::Binary(operator @ (Operator::Add | Operator::Subtract), sought, number) => {
                let Node::Number(number) = &number.node else { return None };
                let number = number.exact()?.whole()?;
                (&**sought, if *operator == Operator::Subtract { number.checked_neg()? } else { number })
            }
            _ => return None,
        };
        // Inside the brackets a bare name is the item's.
        let starts_outside = matches!(&sought.node, Node::Path(path) if path.first == "this");
        if !steps.is_empty() || !starts_outside {
            return None;
        }
        Some(Hop::Where(self.name(first), self.path(sought)?, offset))
    }
}
