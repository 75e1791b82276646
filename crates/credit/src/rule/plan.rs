//! The common shapes of rules, lowered to a small tree that runs without allocation.
//!
//! The plan answers only where its answer is certainly CEL's own; a comparison that CEL would
//! refuse, or a shape it does not know, gives `None` and the interpreter decides.

use super::Var;
use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue, operators};

/// A condition over the items of one row.
#[derive(Debug)]
pub(super) struct Plan(Test);

impl Plan {
    /// The answer, or `None` where the interpreter must decide.
    pub(super) fn holds<'a>(
        &self,
        today: &'a str,
        get: &(dyn Fn(usize) -> Var<'a> + Sync),
    ) -> Option<bool> {
        self.0.holds(&Row { today, get })
    }
}

struct Row<'r, 'a> {
    today: &'a str,
    get: &'r (dyn Fn(usize) -> Var<'a> + Sync),
}

#[derive(Debug)]
enum Test {
    Always(bool),
    Not(Box<Test>),
    And(Box<Test>, Box<Test>),
    Or(Box<Test>, Box<Test>),
    If(Box<Test>, Box<Test>, Box<Test>),
    Compare(Order, Term, Term),
    Among(Term, Vec<Term>),
    Part(Part, Term, Box<str>),
    Matches(Term, regex::Regex),
}

#[derive(Clone, Copy, Debug)]
enum Order {
    Equal,
    Different,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

#[derive(Clone, Copy, Debug)]
enum Part {
    Contains,
    Starts,
    Ends,
}

#[derive(Debug)]
enum Term {
    Item(usize),
    Today,
    Text(Box<str>),
    Number(f64),
    Null,
    Size(Box<Term>),
}

impl Test {
    fn holds(&self, row: &Row<'_, '_>) -> Option<bool> {
        match self {
            Test::Always(answer) => Some(*answer),
            Test::Not(inner) => inner.holds(row).map(|answer| !answer),
            // CEL lets either side settle `&&` and `||` when the other fails.
            Test::And(left, right) => match left.holds(row) {
                Some(false) => Some(false),
                Some(true) => right.holds(row),
                None => right.holds(row).filter(|answer| !answer),
            },
            Test::Or(left, right) => match left.holds(row) {
                Some(true) => Some(true),
                Some(false) => right.holds(row),
                None => right.holds(row).filter(|answer| *answer),
            },
            Test::If(test, yes, no) => {
                if test.holds(row)? {
                    yes.holds(row)
                } else {
                    no.holds(row)
                }
            }
            Test::Compare(order, left, right) => {
                compare(*order, left.value(row)?, right.value(row)?)
            }
            Test::Among(term, list) => {
                let value = term.value(row)?;
                for each in list {
                    if compare(Order::Equal, value, each.value(row)?)? {
                        return Some(true);
                    }
                }
                Some(false)
            }
            Test::Part(part, term, piece) => match term.value(row)? {
                Var::Text(text) => Some(match part {
                    Part::Contains => text.contains(&**piece),
                    Part::Starts => text.starts_with(&**piece),
                    Part::Ends => text.ends_with(&**piece),
                }),
                _ => None,
            },
            Test::Matches(term, pattern) => match term.value(row)? {
                Var::Text(text) => Some(pattern.is_match(text)),
                _ => None,
            },
        }
    }
}

impl Term {
    fn value<'t, 'a: 't>(&'t self, row: &Row<'_, 'a>) -> Option<Var<'t>> {
        Some(match self {
            Term::Item(slot) => (row.get)(*slot),
            Term::Today => Var::Text(row.today),
            Term::Text(text) => Var::Text(text),
            Term::Number(number) => Var::Number(*number),
            Term::Null => Var::Null,
            Term::Size(inner) => match inner.value(row)? {
                Var::Text(text) => {
                    Var::Number(f64::from(u32::try_from(text.chars().count()).ok()?))
                }
                _ => return None,
            },
        })
    }
}

fn compare(order: Order, left: Var<'_>, right: Var<'_>) -> Option<bool> {
    use std::cmp::Ordering;
    let found = match (left, right) {
        (Var::Text(left), Var::Text(right)) => Some(left.cmp(right)),
        (Var::Number(left), Var::Number(right)) => Some(left.partial_cmp(&right)?),
        (Var::Null, Var::Null) => match order {
            Order::Equal | Order::Different => Some(Ordering::Equal),
            _ => return None,
        },
        // Values of different types are unequal; they have no order.
        _ => match order {
            Order::Equal | Order::Different => None,
            Order::Less | Order::LessEqual | Order::Greater | Order::GreaterEqual => return None,
        },
    };
    Some(match order {
        Order::Equal => found == Some(Ordering::Equal),
        Order::Different => found != Some(Ordering::Equal),
        Order::Less => found == Some(Ordering::Less),
        Order::LessEqual => matches!(found, Some(Ordering::Less | Ordering::Equal)),
        Order::Greater => found == Some(Ordering::Greater),
        Order::GreaterEqual => matches!(found, Some(Ordering::Greater | Ordering::Equal)),
    })
}

/// Lowers an expression whose items stand in `items`; `None` for shapes left to the interpreter.
pub(super) fn lower(expression: &IdedExpr, items: &[String]) -> Option<Plan> {
    test(expression, items).map(Plan)
}

fn test(expression: &IdedExpr, items: &[String]) -> Option<Test> {
    match &expression.expr {
        Expr::Literal(LiteralValue::Boolean(answer)) => Some(Test::Always(*answer.inner())),
        Expr::Call(call) => condition(call, items),
        _ => None,
    }
}

fn condition(call: &CallExpr, items: &[String]) -> Option<Test> {
    if let Some(target) = &call.target {
        let [argument] = call.args.as_slice() else {
            return None;
        };
        return part(&call.func_name, target, argument, items);
    }
    match (call.func_name.as_str(), call.args.as_slice()) {
        (operators::LOGICAL_NOT, [inner]) => Some(Test::Not(Box::new(test(inner, items)?))),
        (operators::LOGICAL_AND, [left, right]) => Some(Test::And(
            Box::new(test(left, items)?),
            Box::new(test(right, items)?),
        )),
        (operators::LOGICAL_OR, [left, right]) => Some(Test::Or(
            Box::new(test(left, items)?),
            Box::new(test(right, items)?),
        )),
        (operators::CONDITIONAL, [when, yes, no]) => Some(Test::If(
            Box::new(test(when, items)?),
            Box::new(test(yes, items)?),
            Box::new(test(no, items)?),
        )),
        (operators::IN, [value, list]) => among(value, list, items),
        (name, [left, right]) => Some(Test::Compare(
            order(name)?,
            term(left, items)?,
            term(right, items)?,
        )),
        _ => None,
    }
}

fn order(name: &str) -> Option<Order> {
    Some(match name {
        operators::EQUALS => Order::Equal,
        operators::NOT_EQUALS => Order::Different,
        operators::LESS => Order::Less,
        operators::LESS_EQUALS => Order::LessEqual,
        operators::GREATER => Order::Greater,
        operators::GREATER_EQUALS => Order::GreaterEqual,
        _ => return None,
    })
}

fn among(value: &IdedExpr, list: &IdedExpr, items: &[String]) -> Option<Test> {
    let Expr::List(list) = &list.expr else {
        return None;
    };
    let value = term(value, items)?;
    let list: Option<Vec<Term>> = list.elements.iter().map(|each| term(each, items)).collect();
    Some(Test::Among(value, list?))
}

fn part(name: &str, target: &IdedExpr, argument: &IdedExpr, items: &[String]) -> Option<Test> {
    let Expr::Literal(LiteralValue::String(piece)) = &argument.expr else {
        return None;
    };
    let target = term(target, items)?;
    let kind = match name {
        "contains" => Part::Contains,
        "startsWith" => Part::Starts,
        "endsWith" => Part::Ends,
        "matches" => {
            return Some(Test::Matches(
                target,
                regex::Regex::new(piece.inner()).ok()?,
            ));
        }
        _ => return None,
    };
    Some(Test::Part(kind, target, piece.inner().into()))
}

fn term(expression: &IdedExpr, items: &[String]) -> Option<Term> {
    match &expression.expr {
        Expr::Ident(name) if name == "today" => Some(Term::Today),
        Expr::Ident(name) => items.iter().position(|item| item == name).map(Term::Item),
        Expr::Literal(LiteralValue::String(text)) => Some(Term::Text(text.inner().into())),
        Expr::Literal(LiteralValue::Double(number)) => Some(Term::Number(*number.inner())),
        // Whole numbers up to 2^53 are doubles exactly; larger ones are left to the interpreter.
        Expr::Literal(LiteralValue::Int(number)) => i32::try_from(*number.inner())
            .ok()
            .map(|number| Term::Number(f64::from(number))),
        Expr::Literal(LiteralValue::Null) => Some(Term::Null),
        Expr::Call(call) if call.func_name == "size" => {
            match (&call.target, call.args.as_slice()) {
                (Some(inner), []) => Some(Term::Size(Box::new(term(inner, items)?))),
                (None, [inner]) => Some(Term::Size(Box::new(term(inner, items)?))),
                _ => None,
            }
        }
        _ => None,
    }
}
